/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/statement.h"

static const char *const states[]
    = { "active", "payment_failed", "not_activated", "ended", "suspended", "not_linked" };
static const char *const roles[] = { "si", "owner", "user", "unknown" };

G_STATIC_ASSERT (G_N_ELEMENTS (states) == TTECOMM_SERVICE_STATE_NOT_LINKED + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (roles) == TTECOMM_STATEMENT_ROLE_UNKNOWN + 1);

/* The place of @word in @words, or -1. */
static int
find_word (const char *const *words, guint n_words, const char *word)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (words[i], word))
      return (int)i;
  return -1;
}

const char *
ttecomm_service_state_to_string (TtecommServiceState state)
{
  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (states), NULL);

  return states[state];
}

gboolean
ttecomm_service_state_from_string (const char *word, TtecommServiceState *state)
{
  int i = find_word (states, G_N_ELEMENTS (states), word);

  if (i >= 0)
    *state = (TtecommServiceState)i;
  return i >= 0;
}

const char *
ttecomm_statement_role_to_string (TtecommStatementRole role)
{
  g_return_val_if_fail ((guint)role < G_N_ELEMENTS (roles), NULL);

  return roles[role];
}

gboolean
ttecomm_statement_role_from_string (const char *word, TtecommStatementRole *role)
{
  int i = find_word (roles, G_N_ELEMENTS (roles), word);

  if (i >= 0)
    *role = (TtecommStatementRole)i;
  return i >= 0;
}
