/* SPDX-License-Identifier: MIT */
#include "plugin/page/portfolio-words.h"

#include "plugin/page/labels.h"
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

#include <string.h>

#define NOTHING "–"

char *
ttecomm_portfolio_tell (const TtecommText *text, const TtecommPortfolioCounts *counts)
{
  const char *comma = ttecomm_text_get (text, "in a list", ", ");
  char *parts[4] = { NULL };
  char *told;
  gsize n = 0;

  if (counts->payment_failed > 0)
    parts[n++] = ttecomm_text_format_plural (text, "attention", "{n} payment failed",
                                             "{n} payments failed", counts->payment_failed, NULL);
  if (counts->ended_this_month > 0)
    parts[n++] = ttecomm_text_format_plural (text, "attention", "{n} subscription ended this month",
                                             "{n} subscriptions ended this month",
                                             counts->ended_this_month, NULL);
  if (counts->end_this_month > 0)
    parts[n++] = ttecomm_text_format_plural (text, "attention", "{n} subscription ends this month",
                                             "{n} subscriptions end this month",
                                             counts->end_this_month, NULL);
  told = n > 0 ? g_strjoinv (comma, parts) : NULL;
  for (gsize i = 0; i < n; i++)
    g_free (parts[i]);
  return told;
}

TtecommSeverity
ttecomm_portfolio_severity (const TtecommPortfolioCounts *counts)
{
  if (counts->payment_failed > 0)
    return TTECOMM_SEVERITY_ERROR;
  if (counts->ended_this_month > 0 || counts->end_this_month > 0)
    return TTECOMM_SEVERITY_WARNING;
  return TTECOMM_SEVERITY_GOOD;
}

/* The keys are subscriptions, borrowed from the list, compared by what the word depends on. */
struct _TtecommPortfolioWords
{
  const TtecommText *text; /* borrowed */
  GHashTable *states;      /* (owned) (element-type TtecommSubscriptionSummary utf8) */
  GHashTable *charges;     /* (owned) (element-type TtecommSubscriptionSummary utf8) */
  GHashTable *payers;      /* (owned) (element-type TtecommSubscriptionSummary utf8) */
  GHashTable *dates;       /* (owned) (element-type guint32 utf8): by Julian day */
  char *never_bought;      /* (owned) (nullable) */
  GString *several;        /* (owned): payers of the last installation that has several */
};

static guint
julian (const GDate *date)
{
  return g_date_valid (date) ? g_date_get_julian (date) : 0;
}

static guint
state_hash (gconstpointer key)
{
  const TtecommSubscriptionSummary *subscription = key;

  return julian (&subscription->end) * 8 + (guint)subscription->state;
}

static gboolean
state_equal (gconstpointer left, gconstpointer right)
{
  const TtecommSubscriptionSummary *a = left;
  const TtecommSubscriptionSummary *b = right;

  return a->state == b->state && julian (&a->end) == julian (&b->end);
}

static guint
charge_hash (gconstpointer key)
{
  const TtecommSubscriptionSummary *subscription = key;

  return julian (&subscription->charge_date) * 31 + (guint)subscription->gross_cents;
}

static gboolean
charge_equal (gconstpointer left, gconstpointer right)
{
  const TtecommSubscriptionSummary *a = left;
  const TtecommSubscriptionSummary *b = right;

  return a->gross_cents == b->gross_cents && julian (&a->charge_date) == julian (&b->charge_date)
         && strcmp (a->currency, b->currency) == 0;
}

static guint
payer_hash (gconstpointer key)
{
  return g_str_hash (((const TtecommSubscriptionSummary *)key)->payer);
}

static gboolean
payer_equal (gconstpointer left, gconstpointer right)
{
  const TtecommSubscriptionSummary *a = left;
  const TtecommSubscriptionSummary *b = right;

  return a->payer_is_you == b->payer_is_you && strcmp (a->payer, b->payer) == 0;
}

TtecommPortfolioWords *
ttecomm_portfolio_words_new (const TtecommText *text)
{
  TtecommPortfolioWords *self = g_new0 (TtecommPortfolioWords, 1);

  self->text = text;
  self->states = g_hash_table_new_full (state_hash, state_equal, NULL, g_free);
  self->charges = g_hash_table_new_full (charge_hash, charge_equal, NULL, g_free);
  self->payers = g_hash_table_new_full (payer_hash, payer_equal, NULL, g_free);
  self->dates = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->several = g_string_new (NULL);
  return self;
}

void
ttecomm_portfolio_words_free (TtecommPortfolioWords *self)
{
  g_hash_table_unref (self->states);
  g_hash_table_unref (self->charges);
  g_hash_table_unref (self->payers);
  g_hash_table_unref (self->dates);
  g_string_free (self->several, TRUE);
  g_free (self->never_bought);
  g_free (self);
}

const char *
ttecomm_portfolio_words_state (TtecommPortfolioWords *self,
                               const TtecommSubscriptionSummary *subscription)
{
  const char *word;
  char *made;

  if (subscription == NULL)
    {
      if (self->never_bought == NULL)
        self->never_bought = ttecomm_label (self->text, TTECOMM_CLOUD_STATE_NONE, NULL);
      return self->never_bought;
    }
  word = g_hash_table_lookup (self->states, subscription);
  if (word != NULL)
    return word;
  made = ttecomm_label (self->text, subscription->state, &subscription->end);
  g_hash_table_insert (self->states, (gpointer)subscription, made);
  return made;
}

const char *
ttecomm_portfolio_words_date (TtecommPortfolioWords *self, const GDate *date)
{
  gpointer key = GUINT_TO_POINTER (julian (date));
  const char *word;
  char *made;

  if (key == NULL)
    return NOTHING;
  word = g_hash_table_lookup (self->dates, key);
  if (word != NULL)
    return word;
  made = ttecomm_text_date (self->text, date);
  g_hash_table_insert (self->dates, key, made);
  return made;
}

const char *
ttecomm_portfolio_words_charge (TtecommPortfolioWords *self,
                                const TtecommSubscriptionSummary *subscription)
{
  g_autofree char *gross = NULL;
  const char *word;
  char *made;

  if (subscription == NULL)
    return NOTHING;
  word = g_hash_table_lookup (self->charges, subscription);
  if (word != NULL)
    return word;
  gross = ttecomm_text_money (self->text, subscription->gross_cents, subscription->currency);
  made
      = ttecomm_text_format (self->text, "charge", "{gross} on {date}", "gross", gross, "date",
                             ttecomm_portfolio_words_date (self, &subscription->charge_date), NULL);
  g_hash_table_insert (self->charges, (gpointer)subscription, made);
  return made;
}

static const char *
tell_payer (TtecommPortfolioWords *self, const TtecommSubscriptionSummary *subscription)
{
  const char *word = g_hash_table_lookup (self->payers, subscription);
  char *made;

  if (word != NULL)
    return word;
  made = subscription->payer_is_you ? ttecomm_text_format (self->text, "payer", "{name} (you)",
                                                           "name", subscription->payer, NULL)
                                    : g_strdup (subscription->payer);
  g_hash_table_insert (self->payers, (gpointer)subscription, made);
  return made;
}

static gboolean
is_paid_for (const TtecommSubscriptionSummary *subscription)
{
  return subscription->payer != NULL && ttecomm_portfolio_is_running (subscription->state);
}

/* Whether an earlier one of @installation's has the same payer. */
static gboolean
is_told (const TtecommInstallationSummary *installation, guint index)
{
  const TtecommSubscriptionSummary *subscription = installation->subscriptions->pdata[index];

  for (guint i = 0; i < index; i++)
    if (is_paid_for (installation->subscriptions->pdata[i])
        && payer_equal (installation->subscriptions->pdata[i], subscription))
      return TRUE;
  return FALSE;
}

const char *
ttecomm_portfolio_words_payers (TtecommPortfolioWords *self,
                                const TtecommInstallationSummary *installation)
{
  const char *first = NULL;

  for (guint i = 0; i < installation->subscriptions->len; i++)
    {
      const TtecommSubscriptionSummary *subscription = installation->subscriptions->pdata[i];

      if (!is_paid_for (subscription) || is_told (installation, i))
        continue;
      if (first == NULL)
        {
          first = tell_payer (self, subscription);
          continue;
        }
      if (first != self->several->str)
        g_string_assign (self->several, first);
      g_string_append (self->several, ttecomm_text_get (self->text, "in a list", ", "));
      g_string_append (self->several, tell_payer (self, subscription));
      first = self->several->str;
    }
  return first != NULL ? first : NOTHING;
}
