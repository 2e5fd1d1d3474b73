/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/snapshot.h"

G_BEGIN_DECLS

/* Who looks at the page, and what may be offered to them. Pure functions of a snapshot. */

typedef enum
{
  TTECOMM_VIEWER_UNKNOWN,  /* not signed in, or the roles are not known */
  TTECOMM_VIEWER_STRANGER, /* the address is not in the file, or has no cloud access */
  TTECOMM_VIEWER_USER,
  TTECOMM_VIEWER_INTEGRATOR,
  TTECOMM_VIEWER_OWNER,
} TtecommViewer;

/* The file says who is who (S40); where it cannot be read without its password, TTcloud does. */
TtecommViewer ttecomm_viewer_of (const TtecommSnapshot *snapshot);

/* "owner", "integrator", "user", "none", "unknown": the rules' words. */
const char *ttecomm_viewer_role (TtecommViewer viewer);

/* "owner", "system integrator", ... for people. */
const char *ttecomm_viewer_words (const TtecommText *text, TtecommViewer viewer);

/* The name of the installation, or "this installation". Borrowed. */
const char *ttecomm_viewer_site (const TtecommSnapshot *snapshot);

/* The terms under which @service is sold; (nullable), borrowed. */
JsonObject *ttecomm_viewer_terms (const TtecommSnapshot *snapshot, const char *service);

/* The name of a product, or its id. Borrowed. */
const char *ttecomm_viewer_product (const TtecommSnapshot *snapshot, const char *service);

/* The words of the contract for what stands in the way of buying @service, as far as it is known
 * here; (nullable): nothing is known. @minimum as in ttecomm_offer_blockers(). */
GStrv ttecomm_viewer_blockers (const TtecommSnapshot *snapshot,
                               const char *service,
                               char **minimum) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_viewer_refusal:
 *
 * Why @service cannot be put into the basket now, and what to do about it.
 *
 * Returns: (transfer full) (nullable): %NULL when it can
 */
char *ttecomm_viewer_refusal (const TtecommSnapshot *snapshot,
                              const char *service) G_GNUC_WARN_UNUSED_RESULT;

/* Why nothing can be asked of TTcloud now; (nullable): NULL when it can. Borrowed. */
const char *ttecomm_viewer_cut_off (const TtecommSnapshot *snapshot);

/* TTcloud's id of the open installation; (nullable), borrowed. */
const char *ttecomm_viewer_installation (const TtecommSnapshot *snapshot);

gboolean ttecomm_viewer_in_basket (const TtecommSnapshot *snapshot,
                                   const char *installation,
                                   const char *service);

/* What the installation of @line is called, as well as it is known here. Borrowed. */
const char *ttecomm_viewer_line_site (const TtecommSnapshot *snapshot,
                                      const TtecommBasketLine *line);

/* An order is on its way, or waits for its payment. */
gboolean ttecomm_viewer_is_paying (const TtecommSnapshot *snapshot);

G_END_DECLS
