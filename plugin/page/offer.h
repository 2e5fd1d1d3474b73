/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The rules of plugin/terms, asked with the words of the cloud contract: what is offered to whom.
 * The server checks all of it again.
 */

/**
 * ttecomm_offer_may_buy:
 * @terms: (nullable): one object of the catalogue's terms
 * @role: (nullable): owner, integrator, user, unknown
 * @state: the contract's word, "active"
 *
 * Rules 4b: FALSE also for terms that cannot be read.
 */
gboolean ttecomm_offer_may_buy (JsonObject *terms, const char *role, const char *state);

/* Who wants to buy; as TtecommBuyer of plugin/terms. */
typedef struct
{
  const char *role;    /* (nullable) */
  const char *prosoft; /* (nullable) */
  gboolean connected;
  gboolean verified_card;
  gboolean has_active;
  gboolean account_complete;
} TtecommOfferBuyer;

/**
 * ttecomm_offer_blockers:
 * @minimum: (out) (transfer full) (nullable): the oldest PROSOFT that will do
 *
 * Returns: (transfer full): the contract's words for what stands in the way, in the order it is
 *   shown; %NULL for terms that cannot be read
 */
GStrv ttecomm_offer_blockers (JsonObject *terms,
                              const TtecommOfferBuyer *buyer,
                              char **minimum) G_GNUC_WARN_UNUSED_RESULT;

/* TTecomm's words for a state, in English: the page's own are compared with them in a test. */
char *ttecomm_offer_label (const char *state, const GDate *end) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
