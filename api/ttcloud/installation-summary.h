/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/enums.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TtecommSubscriptionSummary:
 *
 * One product on one installation, as a list shows it (S33, S71). A part of its
 * TtecommInstallationSummary.
 */
typedef struct
{
  char *service; /* (owned): id of the product, "RS" */
  TtecommCloudState state;
  gboolean auto_renew;
  GDate end;          /* inclusive; not valid when there is none */
  GDate charge_date;  /* of the next charge; not valid when there is none */
  gint64 gross_cents; /* of the next charge, in @currency */
  char currency[4];
  char *payer;           /* (owned) (nullable): a name */
  gboolean payer_is_you; /* it is the signed-in account */
} TtecommSubscriptionSummary;

/**
 * TtecommInstallationSummary:
 *
 * One of the account's installations in a list. Unsigned: it never reaches the gate. Immutable,
 * counted; any thread.
 */
typedef struct
{
  char *id;   /* (owned) */
  char *name; /* (owned) */
  gboolean connected;
  TtecommCloudRole role;
  gboolean si_access;       /* H15: the owner lets system integrators in */
  GPtrArray *subscriptions; /* (owned) (element-type TtecommSubscriptionSummary): one a product */
} TtecommInstallationSummary;

TtecommInstallationSummary *
ttecomm_installation_summary_from_json (JsonObject *object,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommInstallationSummary *ttecomm_installation_summary_ref (TtecommInstallationSummary *self);
void ttecomm_installation_summary_unref (TtecommInstallationSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommInstallationSummary, ttecomm_installation_summary_unref)

/* (nullable) (transfer none): by product id; NULL: never bought */
const TtecommSubscriptionSummary *
ttecomm_installation_summary_find (const TtecommInstallationSummary *self, const char *service);

/* Installations of one page at most. */
#define TTECOMM_INSTALLATION_PAGE_MAX 200

/**
 * TtecommInstallationPage:
 *
 * One answer of GET /v1/installations: no installation twice, and not empty when there is a page
 * after it. Whoever reads several pages looks for what comes again in a later one.
 */
typedef struct
{
  GDate server_today;
  GPtrArray *installations; /* (owned) (element-type TtecommInstallationSummary) */
  char *next;               /* (owned) (nullable): the cursor of the next page; NULL at the end */
} TtecommInstallationPage;

TtecommInstallationPage *
ttecomm_installation_page_from_json (JsonObject *object, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_installation_page_free (TtecommInstallationPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommInstallationPage, ttecomm_installation_page_free)

G_END_DECLS
