/* SPDX-License-Identifier: MIT */
#include "plugin/terms/state.h"

#include "base/civil-date.h"

/* In the order of TtecommState; `dated` is the label's beginning where a date follows. */
static const struct
{
  const char *name;
  const char *label;
  const char *dated;
} states[] = {
  { "none", "not activated yet", NULL },
  { "requested", "awaiting approval", NULL },
  { "rejected", "rejected", NULL },
  { "scheduled", "starts later", NULL },
  { "active", "active", "renews at" },
  { "ending", "renewal is off", "expires at" },
  { "past_due", "payment failed", "payment failed, expires at" },
  { "expired", "expired", "expired at" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (states) == TTECOMM_STATE_EXPIRED + 1);

const char *
ttecomm_state_name (TtecommState state)
{
  g_return_val_if_fail (state <= TTECOMM_STATE_EXPIRED, "none");
  return states[state].name;
}

gboolean
ttecomm_state_from_name (const char *name, TtecommState *out)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (name, states[i].name) == 0)
      {
        *out = (TtecommState)i;
        return TRUE;
      }
  return FALSE;
}

TtecommState
ttecomm_state_of (const TtecommStateFacts *facts, const GDate *today)
{
  g_return_val_if_fail (g_date_valid (today), TTECOMM_STATE_NONE);

  if (facts->requested)
    return TTECOMM_STATE_REQUESTED;
  if (facts->rejected)
    return TTECOMM_STATE_REJECTED;
  if (!g_date_valid (&facts->start))
    return TTECOMM_STATE_NONE;
  if (g_date_compare (today, &facts->start) < 0)
    return TTECOMM_STATE_SCHEDULED;
  if (g_date_valid (&facts->end) && g_date_compare (today, &facts->end) > 0)
    return TTECOMM_STATE_EXPIRED;
  if (!facts->auto_renew)
    return TTECOMM_STATE_ENDING;
  return facts->failed ? TTECOMM_STATE_PAST_DUE : TTECOMM_STATE_ACTIVE;
}

char *
ttecomm_state_label (TtecommState state, const GDate *end)
{
  char date[TTECOMM_DATE_SIZE];

  g_return_val_if_fail (state <= TTECOMM_STATE_EXPIRED, NULL);

  if (states[state].dated == NULL || end == NULL || !g_date_valid (end))
    return g_strdup (states[state].label);
  ttecomm_date_format_dmy (end, date);
  return g_strdup_printf ("%s %s", states[state].dated, date);
}
