/* SPDX-License-Identifier: MIT */
#include "plugin/terms/subscription.h"

#include <string.h>

#include "plugin/terms/dates.h"

#define MAX_ID 128
#define MAX_PAYER 320

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID, "A subscription %s", why);
  return FALSE;
}

static gboolean
name_is_valid (const char *name, gsize max_length)
{
  return name != NULL && *name != '\0' && strnlen (name, max_length + 1) <= max_length
         && g_utf8_validate (name, -1, NULL);
}

static gboolean
check_names (const char *id, const char *payer, gint64 cents, GError **error)
{
  if (!name_is_valid (id, MAX_ID))
    return refuse (error, "needs an id of at most 128 bytes of UTF-8");
  if (!name_is_valid (payer, MAX_PAYER))
    return refuse (error, "needs a payer of at most 320 bytes of UTF-8");
  if (cents < 0 || cents > TTECOMM_TERMS_MAX_CENTS)
    return refuse (error, "has a price out of range");
  return TRUE;
}

TtecommSubscription *
ttecomm_subscription_new (const char *id,
                          TtecommTerms *terms,
                          const TtecommTermChoice *choice,
                          const char *payer,
                          gint64 cents,
                          const GDate *start,
                          GError **error)
{
  TtecommSubscription *subscription;
  GDate end;

  g_return_val_if_fail (terms != NULL, NULL);
  g_return_val_if_fail (g_date_valid (start), NULL);

  if (!check_names (id, payer, cents, error)
      || !ttecomm_terms_term_end (terms, choice, start, 1, &end, error))
    return NULL;
  subscription = g_new0 (TtecommSubscription, 1);
  subscription->id = g_strdup (id);
  subscription->terms = ttecomm_terms_ref (terms);
  subscription->period = g_strdup (choice->period);
  subscription->months = choice->months;
  subscription->payer = g_strdup (payer);
  subscription->cents = cents;
  subscription->start = *start;
  subscription->n = 1;
  subscription->end = end;
  subscription->auto_renew = terms->renewal_auto;
  return subscription;
}

TtecommSubscription *
ttecomm_subscription_copy (const TtecommSubscription *subscription)
{
  TtecommSubscription *copy;

  g_return_val_if_fail (subscription != NULL, NULL);

  copy = g_memdup2 (subscription, sizeof *subscription);
  copy->id = g_strdup (subscription->id);
  copy->terms = ttecomm_terms_ref (subscription->terms);
  copy->period = g_strdup (subscription->period);
  copy->payer = g_strdup (subscription->payer);
  return copy;
}

void
ttecomm_subscription_free (TtecommSubscription *subscription)
{
  g_return_if_fail (subscription != NULL);
  g_free (subscription->id);
  ttecomm_terms_unref (subscription->terms);
  g_free (subscription->period);
  g_free (subscription->payer);
  g_free (subscription);
}

gboolean
ttecomm_subscription_check (const TtecommSubscription *subscription, GError **error)
{
  TtecommTermChoice choice = ttecomm_subscription_choice (subscription);
  GDate end;

  g_return_val_if_fail (subscription->terms != NULL, FALSE);

  if (!check_names (subscription->id, subscription->payer, subscription->cents, error))
    return FALSE;
  if (!g_date_valid (&subscription->start) || !g_date_valid (&subscription->end))
    return refuse (error, "needs a start and an end");
  if (!ttecomm_terms_term_end (subscription->terms, &choice, &subscription->start, subscription->n,
                               &end, error))
    return FALSE;
  if (g_date_compare (&end, &subscription->end) != 0)
    return refuse (error, "has an end that is not the end of its term");
  if (subscription->auto_renew && !subscription->terms->renewal_auto)
    return refuse (error, "renews although its terms do not");
  if (subscription->failed && !subscription->auto_renew)
    return refuse (error, "has a failed charge although renewal is off");
  if (subscription->reminded >> subscription->terms->n_reminders != 0)
    return refuse (error, "was reminded more often than its terms say");
  return TRUE;
}

TtecommTermChoice
ttecomm_subscription_choice (const TtecommSubscription *subscription)
{
  return (TtecommTermChoice){ subscription->period, subscription->months };
}

gboolean
ttecomm_subscription_runs (const TtecommSubscription *subscription, const GDate *today)
{
  return !subscription->end_is_told && g_date_compare (today, &subscription->end) <= 0;
}

TtecommState
ttecomm_subscription_state (const TtecommSubscription *subscription, const GDate *today)
{
  const TtecommStateFacts facts = {
    .start = subscription->start,
    .end = subscription->end,
    .auto_renew = subscription->auto_renew,
    .failed = subscription->failed,
  };

  return ttecomm_state_of (&facts, today);
}

gboolean
ttecomm_subscription_next_charge (const TtecommSubscription *subscription,
                                  const GDate *today,
                                  GDate *out,
                                  GError **error)
{
  if (!subscription->auto_renew || subscription->end_is_told)
    {
      g_date_clear (out, 1);
      return TRUE;
    }
  return ttecomm_terms_charge_date (subscription->terms, &subscription->end, today, out, error);
}
