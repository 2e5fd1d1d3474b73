/* SPDX-License-Identifier: MIT */
#include "plugin/terms/schedule.h"

#include "base/civil-date.h"
#include "plugin/terms/settle.h"

G_DEFINE_QUARK (ttecomm - schedule - error - quark, ttecomm_schedule_error)

TtecommSchedule *
ttecomm_schedule_new (const GDate *today)
{
  TtecommSchedule *schedule;

  g_return_val_if_fail (g_date_valid (today), NULL);

  schedule = g_new0 (TtecommSchedule, 1);
  schedule->today = *today;
  schedule->subscriptions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_subscription_free);
  schedule->cards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return schedule;
}

TtecommSchedule *
ttecomm_schedule_copy (const TtecommSchedule *schedule)
{
  TtecommSchedule *copy = ttecomm_schedule_new (&schedule->today);
  GHashTableIter iter;
  gpointer payer;
  gpointer card;

  for (guint i = 0; i < schedule->subscriptions->len; i++)
    g_ptr_array_add (copy->subscriptions,
                     ttecomm_subscription_copy (g_ptr_array_index (schedule->subscriptions, i)));
  g_hash_table_iter_init (&iter, schedule->cards);
  while (g_hash_table_iter_next (&iter, &payer, &card))
    g_hash_table_insert (copy->cards, g_strdup (payer),
                         g_memdup2 (card, sizeof (TtecommPayerCard)));
  return copy;
}

void
ttecomm_schedule_free (TtecommSchedule *schedule)
{
  g_return_if_fail (schedule != NULL);
  g_ptr_array_unref (schedule->subscriptions);
  g_hash_table_unref (schedule->cards);
  g_free (schedule);
}

/* Where @id is, or where it would have to be put. */
static gboolean
find (const TtecommSchedule *schedule, const char *id, guint *index)
{
  guint low = 0;
  guint high = schedule->subscriptions->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const TtecommSubscription *there = g_ptr_array_index (schedule->subscriptions, middle);
      int order = strcmp (id, there->id);

      if (order == 0)
        {
          *index = middle;
          return TRUE;
        }
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  *index = low;
  return FALSE;
}

TtecommSubscription *
ttecomm_schedule_lookup (TtecommSchedule *schedule, const char *id)
{
  guint index;

  g_return_val_if_fail (id != NULL, NULL);

  return find (schedule, id, &index) ? g_ptr_array_index (schedule->subscriptions, index) : NULL;
}

/* Takes @subscription. */
static void
insert (TtecommSchedule *schedule, TtecommSubscription *subscription)
{
  guint index;

  if (find (schedule, subscription->id, &index))
    g_ptr_array_remove_index (schedule->subscriptions, index);
  g_ptr_array_insert (schedule->subscriptions, (gint)index, subscription);
}

gboolean
ttecomm_schedule_put (TtecommSchedule *schedule,
                      const TtecommSubscription *subscription,
                      GError **error)
{
  if (!ttecomm_subscription_check (subscription, error))
    return FALSE;
  insert (schedule, ttecomm_subscription_copy (subscription));
  return TRUE;
}

void
ttecomm_schedule_set_card (TtecommSchedule *schedule,
                           const char *payer,
                           gboolean good,
                           const GDate *last_day)
{
  TtecommPayerCard *card;

  g_return_if_fail (payer != NULL);

  card = g_new0 (TtecommPayerCard, 1);
  card->good = good;
  if (last_day != NULL)
    card->last_day = *last_day;
  g_hash_table_replace (schedule->cards, g_strdup (payer), card);
}

gboolean
ttecomm_schedule_card_is_good (TtecommSchedule *schedule, const char *payer)
{
  const TtecommPayerCard *card = g_hash_table_lookup (schedule->cards, payer);

  if (card == NULL)
    return TRUE;
  return card->good
         && (!g_date_valid (&card->last_day)
             || g_date_compare (&schedule->today, &card->last_day) <= 0);
}

static gboolean
refuse (GError **error, TtecommScheduleError code, const char *why)
{
  g_set_error_literal (error, TTECOMM_SCHEDULE_ERROR, code, why);
  return FALSE;
}

static gboolean
check_card (TtecommSchedule *schedule, const char *payer, GError **error)
{
  if (ttecomm_schedule_card_is_good (schedule, payer))
    return TRUE;
  return refuse (error, TTECOMM_SCHEDULE_ERROR_BAD_CARD,
                 "The payer's card cannot be charged: another card is needed");
}

/* A line about the present term that costs nothing. */
static gboolean
tell (TtecommSchedule *schedule,
      const TtecommSubscription *subscription,
      TtecommEventKind kind,
      const char *payer,
      GPtrArray *events,
      GError **error)
{
  const TtecommEventLine line = { subscription->id, subscription->n, subscription->end, 0 };

  return ttecomm_events_add (events, &schedule->today, kind, payer, subscription->terms, &line,
                             error);
}

gboolean
ttecomm_schedule_buy (TtecommSchedule *schedule,
                      const char *id,
                      TtecommTerms *terms,
                      const TtecommTermChoice *choice,
                      const char *payer,
                      gint64 cents,
                      GPtrArray *events,
                      GError **error)
{
  g_autoptr (TtecommSubscription) bought = NULL;
  const TtecommSubscription *present;

  bought = ttecomm_subscription_new (id, terms, choice, payer, cents, &schedule->today, error);
  if (bought == NULL)
    return FALSE;
  present = ttecomm_schedule_lookup (schedule, id);
  if (present != NULL && ttecomm_subscription_runs (present, &schedule->today))
    return refuse (error, TTECOMM_SCHEDULE_ERROR_RUNNING, "A subscription is running already");
  if (!check_card (schedule, payer, error))
    return FALSE;
  if (present != NULL && !present->end_is_told
      && !tell (schedule, present, TTECOMM_EVENT_EXPIRED, present->payer, events, error))
    return FALSE;

  bought->to_invoice = TRUE;
  insert (schedule, g_steal_pointer (&bought));
  return TRUE;
}

/* The subscription if it is running; NULL with @error set otherwise. */
static TtecommSubscription *
lookup_running (TtecommSchedule *schedule, const char *id, GError **error)
{
  TtecommSubscription *subscription = ttecomm_schedule_lookup (schedule, id);

  if (subscription == NULL)
    {
      refuse (error, TTECOMM_SCHEDULE_ERROR_UNKNOWN, "There is no such subscription");
      return NULL;
    }
  if (!ttecomm_subscription_runs (subscription, &schedule->today))
    {
      refuse (error, TTECOMM_SCHEDULE_ERROR_OVER, "The subscription is over: buy it again");
      return NULL;
    }
  return subscription;
}

gboolean
ttecomm_schedule_deactivate (TtecommSchedule *schedule,
                             const char *id,
                             GPtrArray *events,
                             GError **error)
{
  TtecommSubscription *subscription = lookup_running (schedule, id, error);

  if (subscription == NULL)
    return FALSE;
  if (!subscription->auto_renew)
    return refuse (error, TTECOMM_SCHEDULE_ERROR_ALREADY_OFF, "Renewal is off already");
  if (!tell (schedule, subscription, TTECOMM_EVENT_DEACTIVATED, subscription->payer, events, error))
    return FALSE;

  subscription->auto_renew = FALSE;
  subscription->failed = FALSE;
  return TRUE;
}

gboolean
ttecomm_schedule_reactivate (TtecommSchedule *schedule,
                             const char *id,
                             const char *payer,
                             GPtrArray *events,
                             GError **error)
{
  TtecommSubscription *subscription = lookup_running (schedule, id, error);
  g_autoptr (TtecommSubscription) changed = NULL;

  if (subscription == NULL)
    return FALSE;
  if (!subscription->terms->renewal_auto)
    return refuse (error, TTECOMM_SCHEDULE_ERROR_NOT_RENEWABLE,
                   "This subscription does not renew by itself");
  if (subscription->auto_renew)
    return refuse (error, TTECOMM_SCHEDULE_ERROR_ALREADY_ON, "Renewal is on already");
  if (!check_card (schedule, payer, error))
    return FALSE;

  changed = ttecomm_subscription_copy (subscription);
  g_free (changed->payer);
  changed->payer = g_strdup (payer);
  changed->auto_renew = TRUE;
  if (!ttecomm_subscription_check (changed, error)
      || !tell (schedule, changed, TTECOMM_EVENT_REACTIVATED, payer, events, error))
    return FALSE;
  insert (schedule, g_steal_pointer (&changed));
  return TRUE;
}

gboolean
ttecomm_schedule_retry (TtecommSchedule *schedule,
                        const char *payer,
                        GPtrArray *events,
                        GError **error)
{
  gboolean due = FALSE;

  for (guint i = 0; i < schedule->subscriptions->len && !due; i++)
    {
      const TtecommSubscription *subscription = g_ptr_array_index (schedule->subscriptions, i);

      due = subscription->failed && g_str_equal (subscription->payer, payer)
            && ttecomm_subscription_runs (subscription, &schedule->today);
    }
  if (!due)
    return refuse (error, TTECOMM_SCHEDULE_ERROR_NOTHING_DUE, "No charge waits to be made");
  return check_card (schedule, payer, error)
         && ttecomm_settle_charges (schedule, payer, events, error);
}

gboolean
ttecomm_schedule_next_day (TtecommSchedule *schedule, GError **error)
{
  return ttecomm_date_add_days (&schedule->today, 1, &schedule->today, error);
}

gboolean
ttecomm_schedule_advance_day (TtecommSchedule *schedule, GPtrArray *events, GError **error)
{
  return ttecomm_schedule_next_day (schedule, error)
         && ttecomm_schedule_settle (schedule, events, error);
}

GPtrArray *
ttecomm_schedule_due_events (const TtecommSchedule *schedule, const GDate *to, GError **error)
{
  g_autoptr (TtecommSchedule) copy = ttecomm_schedule_copy (schedule);
  g_autoptr (GPtrArray) events = ttecomm_events_new ();

  g_return_val_if_fail (g_date_valid (to), NULL);

  if (!ttecomm_schedule_settle (copy, events, error))
    return NULL;
  while (g_date_compare (&copy->today, to) < 0)
    if (!ttecomm_schedule_advance_day (copy, events, error))
      return NULL;
  return g_steal_pointer (&events);
}
