/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/scheduler.h"

#include <string.h>

#include "base/civil-date.h"
#include "plugin/terms/payment.h"
#include "tests/sandbox/ledger.h"

char *
sandbox_scheduler_id (const char *installation, const char *service)
{
  return g_strconcat (installation, "/", service, NULL);
}

/* A row of the query in load_subscriptions(), as the scheduler keeps it. */
static TtecommSubscription *
read_subscription (SandboxWorld *world, SandboxRow *row, GError **error)
{
  const SandboxProduct *product
      = sandbox_catalogue_find (world->catalogue, sandbox_row_text (row, 1));
  g_autofree char *id = sandbox_scheduler_id (sandbox_row_text (row, 0), sandbox_row_text (row, 1));
  TtecommTermChoice choice = { .period = sandbox_row_text (row, 3) };
  g_autoptr (TtecommSubscription) subscription = NULL;
  GDate start;

  if (product == NULL)
    {
      g_set_error (error, SANDBOX_DATABASE_ERROR, 0, "no product for %s", id);
      return NULL;
    }
  if (!ttecomm_date_parse (sandbox_row_text (row, 4), &start, error))
    return NULL;
  subscription = ttecomm_subscription_new (id, product->terms, &choice, sandbox_row_text (row, 2),
                                           sandbox_row_int (row, 10), &start, error);
  if (subscription == NULL
      || !ttecomm_date_parse (sandbox_row_text (row, 6), &subscription->end, error))
    return NULL;
  subscription->n = sandbox_row_int (row, 5);
  subscription->auto_renew = sandbox_row_int (row, 7) != 0;
  subscription->failed = sandbox_row_int (row, 8) != 0;
  subscription->reminded = (guint)sandbox_row_int (row, 9);
  subscription->end_is_told = sandbox_row_int (row, 11) != 0;
  return g_steal_pointer (&subscription);
}

static gboolean
load_subscriptions (SandboxWorld *world, TtecommSchedule *schedule, GError **error)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (
      world->db,
      "SELECT installation, service, accounts.email, period, original_start, n, end, renew, "
      "failed, reminded, next_cents, end_is_told FROM subscriptions "
      "JOIN accounts ON accounts.id = payer",
      "");

  while (sandbox_row_next (row))
    {
      g_autoptr (TtecommSubscription) subscription = read_subscription (world, row, error);

      if (subscription == NULL || !ttecomm_schedule_put (schedule, subscription, error))
        return FALSE;
    }
  return TRUE;
}

/* An account without a card cannot be charged. */
static gboolean
load_cards (SandboxWorld *world, TtecommSchedule *schedule, GError **error)
{
  g_autoptr (SandboxRow) row = sandbox_database_query (
      world->db,
      "SELECT email, expires, good AND verified FROM accounts LEFT JOIN cards ON account = id", "");

  while (sandbox_row_next (row))
    {
      GDate last;
      gboolean has_card = !sandbox_row_is_null (row, 1);

      if (has_card && !ttecomm_card_last_day (sandbox_row_text (row, 1), &last, error))
        return FALSE;
      ttecomm_schedule_set_card (schedule, sandbox_row_text (row, 0),
                                 has_card && sandbox_row_int (row, 2) != 0,
                                 has_card ? &last : NULL);
    }
  return TRUE;
}

static TtecommSchedule *
load_on (SandboxWorld *world, const GDate *day)
{
  g_autoptr (TtecommSchedule) schedule = ttecomm_schedule_new (day);
  g_autoptr (GError) error = NULL;

  if (load_subscriptions (world, schedule, &error) && load_cards (world, schedule, &error))
    return g_steal_pointer (&schedule);
  sandbox_database_fail (world->db, error);
  return NULL;
}

TtecommSchedule *
sandbox_scheduler_load (SandboxWorld *world)
{
  GDate today;

  sandbox_clock_today (&world->clock, &today);
  return load_on (world, &today);
}

static void
store_subscription (SandboxWorld *world, const TtecommSubscription *subscription)
{
  const char *slash = strrchr (subscription->id, '/');
  g_autofree char *installation = g_strndup (subscription->id, (gsize)(slash - subscription->id));
  char start[TTECOMM_DATE_SIZE];
  char end[TTECOMM_DATE_SIZE];

  ttecomm_date_format (&subscription->start, start);
  ttecomm_date_format (&subscription->end, end);
  sandbox_database_run (
      world->db,
      "INSERT INTO subscriptions (installation, service, payer, period, original_start, n, end, "
      "renew, failed, reminded, next_cents, end_is_told) SELECT ?, ?, id, ?, ?, ?, ?, ?, ?, ?, ?, "
      "? FROM accounts WHERE email = ? ON CONFLICT (installation, service) DO UPDATE SET "
      "payer = excluded.payer, period = excluded.period, original_start = "
      "excluded.original_start, n = excluded.n, end = excluded.end, renew = excluded.renew, "
      "failed = excluded.failed, reminded = excluded.reminded, next_cents = excluded.next_cents, "
      "end_is_told = excluded.end_is_told",
      "ssssisiiiiis", installation, slash + 1, subscription->period, start, subscription->n, end,
      (gint64)subscription->auto_renew, (gint64)subscription->failed,
      (gint64)subscription->reminded, subscription->cents, (gint64)subscription->end_is_told,
      subscription->payer);
}

static void
store (SandboxWorld *world, TtecommSchedule *schedule, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    sandbox_ledger_record (world, g_ptr_array_index (events, i));
  for (guint i = 0; i < schedule->subscriptions->len; i++)
    store_subscription (world, g_ptr_array_index (schedule->subscriptions, i));
}

void
sandbox_scheduler_finish (SandboxWorld *world, TtecommSchedule *schedule, GPtrArray *events)
{
  g_autoptr (GPtrArray) owned = events;
  g_autoptr (GError) error = NULL;

  if (!ttecomm_schedule_settle (schedule, owned, &error))
    sandbox_database_fail (world->db, error);
  store (world, schedule, owned);
}

void
sandbox_scheduler_run_days (SandboxWorld *world)
{
  g_autofree char *last_run = sandbox_database_text (world->db, "SELECT last_run FROM world", "");
  g_autofree char *today_text = sandbox_clock_today_text (&world->clock);
  g_autoptr (TtecommSchedule) schedule = NULL;
  g_autoptr (GPtrArray) events = ttecomm_events_new ();
  g_autoptr (GError) error = NULL;
  GDate last;
  GDate today;

  if (last_run == NULL || strcmp (last_run, today_text) >= 0
      || !ttecomm_date_parse (last_run, &last, NULL))
    return;
  sandbox_clock_today (&world->clock, &today);
  schedule = load_on (world, &last);
  while (schedule != NULL && g_date_compare (&schedule->today, &today) < 0)
    if (!ttecomm_schedule_advance_day (schedule, events, &error))
      {
        sandbox_database_fail (world->db, error);
        return;
      }
  if (schedule == NULL)
    return;
  store (world, schedule, events);
  sandbox_database_run (world->db, "UPDATE world SET last_run = ?", "s", today_text);
}
