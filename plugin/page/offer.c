/* SPDX-License-Identifier: MIT */
#include "plugin/page/offer.h"

#include "plugin/terms/roles.h"

/* This file sees plugin/terms and no object of api/ttcloud: both have words of their own for the
 * same things (blockers, subscriptions), and this is where one becomes the other. */

gboolean
ttecomm_offer_may_buy (JsonObject *terms, const char *role, const char *state)
{
  g_autoptr (TtecommTerms) parsed = NULL;
  TtecommState known;

  if (terms == NULL || !ttecomm_state_from_name (state, &known))
    return FALSE;
  parsed = ttecomm_terms_new_from_json (terms, NULL);
  return parsed != NULL
         && (ttecomm_terms_allowed (parsed, role, known, FALSE) & TTECOMM_ACTION_BUY) != 0;
}

GStrv
ttecomm_offer_blockers (JsonObject *terms, const TtecommOfferBuyer *buyer, char **minimum)
{
  const TtecommBuyer asked = {
    .role = buyer->role,
    .prosoft = buyer->prosoft,
    .cloud = buyer->connected,
    .verified_card = buyer->verified_card,
    .has_active = buyer->has_active,
    .account_complete = buyer->account_complete,
  };
  g_autoptr (TtecommTerms) parsed = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint blockers;

  *minimum = NULL;
  if (terms == NULL)
    return NULL;
  parsed = ttecomm_terms_new_from_json (terms, NULL);
  if (parsed == NULL)
    return NULL;
  *minimum = g_strdup (parsed->requires_prosoft);
  blockers = ttecomm_terms_blockers (parsed, &asked);
  for (guint i = 0; i < TTECOMM_N_BLOCKERS; i++)
    if ((blockers & (1u << i)) != 0)
      g_strv_builder_add (names, ttecomm_blocker_name ((TtecommBlocker)(1u << i)));
  return g_strv_builder_end (names);
}

char *
ttecomm_offer_label (const char *state, const GDate *end)
{
  TtecommState known;

  if (!ttecomm_state_from_name (state, &known))
    return g_strdup ("");
  return ttecomm_state_label (known, end);
}
