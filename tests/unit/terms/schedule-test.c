/* SPDX-License-Identifier: MIT */
#include "base/civil-date.h"
#include "plugin/terms/dates.h"
#include "plugin/terms/preview.h"
#include "plugin/terms/schedule.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"

static const TtecommTermChoice one_year = { "1y", 0 };

/* A world, and everything that has happened in it. */
typedef struct
{
  TtecommTerms *terms;       /* (owned) */
  TtecommSchedule *schedule; /* (owned) */
  GPtrArray *events;         /* (owned) (element-type TtecommEvent) */
} World;

static void
world_init (World *world, const char *today)
{
  GDate date = support_date (today);

  world->terms = support_terms ("ttecomm");
  world->schedule = ttecomm_schedule_new (&date);
  world->events = ttecomm_events_new ();
}

static void
world_clear (World *world)
{
  g_clear_pointer (&world->terms, ttecomm_terms_unref);
  g_clear_pointer (&world->schedule, ttecomm_schedule_free);
  g_clear_pointer (&world->events, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
settle (World *world)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_schedule_settle (world->schedule, world->events, &error));
  g_assert_no_error (error);
}

/* As a server's clock does: day by day, settled at every midnight. */
static void
advance_to (World *world, const char *day)
{
  GDate to = support_date (day);

  while (g_date_compare (&world->schedule->today, &to) < 0)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (ttecomm_schedule_advance_day (world->schedule, world->events, &error));
      g_assert_no_error (error);
    }
}

static void
buy (World *world, const char *id, const char *payer, gint64 cents)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_schedule_buy (world->schedule, id, world->terms, &one_year, payer, cents,
                                       world->events, &error));
  g_assert_no_error (error);
}

static void
assert_buy_refused (World *world, const char *id, const char *payer, TtecommScheduleError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ttecomm_schedule_buy (world->schedule, id, world->terms, &one_year, payer, 6000,
                                        world->events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, (gint)code);
}

static void
deactivate (World *world, const char *id)
{
  g_assert_true (ttecomm_schedule_deactivate (world->schedule, id, world->events, NULL));
}

static void
reactivate (World *world, const char *id, const char *payer)
{
  g_assert_true (ttecomm_schedule_reactivate (world->schedule, id, payer, world->events, NULL));
}

static char *
print_event (const TtecommEvent *event)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *day = support_date_text (&event->day);

  g_string_append_printf (text, "%s %s %s ", day, ttecomm_event_kind_name (event->kind),
                          event->payer);
  for (guint i = 0; i < event->lines->len; i++)
    {
      const TtecommEventLine *line = g_ptr_array_index (event->lines, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", line->subscription);
    }
  g_string_append_printf (text, " %" G_GINT64_FORMAT "\n", event->cents);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
print_events (const GPtrArray *events)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *line = print_event (g_ptr_array_index (events, i));

      g_string_append (text, line);
    }
  return g_string_free (text, FALSE);
}

static void
assert_events (const World *world, const char *expected)
{
  g_autofree char *got = print_events (world->events);

  g_assert_cmpstr (got, ==, expected);
}

static TtecommState
state_of (World *world, const char *id)
{
  return ttecomm_subscription_state (ttecomm_schedule_lookup (world->schedule, id),
                                     &world->schedule->today);
}

static const char golden[] = "2026-09-18 purchase_invoice SI1 A/RS,A/VC 10900\n"
                             "2026-09-29 purchase_invoice SI1 B/RS 6000\n"
                             "2026-10-05 purchase_invoice SI1 C/RS 6000\n"
                             "2027-03-10 deactivated SI1 A/VC 0\n"
                             "2027-03-10 reactivated OWN A/VC 0\n"
                             "2027-06-01 deactivated SI1 C/RS 0\n"
                             "2027-07-30 reminder OWN A/VC 4900\n"
                             "2027-07-30 reminder SI1 A/RS,B/RS 12000\n"
                             "2027-08-30 charge_failed OWN A/VC 4900\n"
                             "2027-08-30 renewal_invoice SI1 A/RS,B/RS 12000\n"
                             "2027-09-20 renewal_invoice OWN A/VC 4900\n"
                             "2027-11-01 expired SI1 C/RS 0\n"
                             "2028-07-30 reminder OWN A/VC 4900\n"
                             "2028-07-30 reminder SI1 A/RS,B/RS 12000\n"
                             "2028-08-30 charge_failed OWN A/VC 4900\n"
                             "2028-08-30 renewal_invoice SI1 A/RS,B/RS 12000\n"
                             "2028-10-01 expired OWN A/VC 0\n";

/* The time-travel run every implementation must reproduce, as a live server runs it: every day is
 * settled at midnight, and once more after what people did. */
static void
test_golden_run (void)
{
  g_auto (World) world;

  world_init (&world, "2026-09-18");
  buy (&world, "A/RS", "SI1", 6000);
  buy (&world, "A/VC", "SI1", 4900);
  settle (&world);
  advance_to (&world, "2026-09-29");
  buy (&world, "B/RS", "SI1", 6000);
  settle (&world);
  advance_to (&world, "2026-10-05");
  buy (&world, "C/RS", "SI1", 6000);
  settle (&world);
  advance_to (&world, "2027-03-10");
  deactivate (&world, "A/VC");
  reactivate (&world, "A/VC", "OWN");
  settle (&world);
  advance_to (&world, "2027-06-01");
  deactivate (&world, "C/RS");
  settle (&world);
  advance_to (&world, "2027-08-15");
  ttecomm_schedule_set_card (world.schedule, "OWN", FALSE, NULL);
  settle (&world);
  advance_to (&world, "2027-09-20");
  ttecomm_schedule_set_card (world.schedule, "OWN", TRUE, NULL);
  settle (&world);
  support_assert_date (&ttecomm_schedule_lookup (world.schedule, "A/VC")->end, "2028-09-30");
  advance_to (&world, "2028-08-01");
  ttecomm_schedule_set_card (world.schedule, "OWN", FALSE, NULL);
  settle (&world);
  advance_to (&world, "2028-10-05");
  assert_events (&world, golden);
}

/* Whatever is stored and put back every day goes on as if nothing had been stored. */
static void
restart (World *world)
{
  g_autoptr (TtecommSchedule) fresh = ttecomm_schedule_new (&world->schedule->today);
  GHashTableIter iter;
  gpointer payer;
  gpointer card;

  for (guint i = world->schedule->subscriptions->len; i > 0; i--)
    {
      g_autoptr (GError) error = NULL;
      gboolean put
          = ttecomm_schedule_put (fresh, g_ptr_array_index (world->schedule->subscriptions, i - 1),
                                  &error);

      g_assert_no_error (error);
      g_assert_true (put);
    }
  g_hash_table_iter_init (&iter, world->schedule->cards);
  while (g_hash_table_iter_next (&iter, &payer, &card))
    ttecomm_schedule_set_card (fresh, payer, ((const TtecommPayerCard *)card)->good,
                               &((const TtecommPayerCard *)card)->last_day);
  ttecomm_schedule_free (world->schedule);
  world->schedule = g_steal_pointer (&fresh);
}

static void
run_with_restarts (World *world, gboolean restarts)
{
  const GDate to = support_date ("2029-01-01");

  buy (world, "A/RS", "SI1", 6000);
  if (restarts)
    restart (world);
  buy (world, "B/RS", "SI2", 4900);
  ttecomm_schedule_set_card (world->schedule, "SI2", FALSE, NULL);
  settle (world);
  for (guint day = 0; g_date_compare (&world->schedule->today, &to) < 0; day++)
    {
      if (restarts)
        restart (world);
      if (day == 400)
        deactivate (world, "A/RS");
      g_assert_true (ttecomm_schedule_advance_day (world->schedule, world->events, NULL));
      settle (world);
    }
}

static void
test_survives_restarts (void)
{
  g_auto (World) straight;
  g_auto (World) restarted;
  g_autofree char *expected = NULL;

  world_init (&straight, "2026-09-18");
  world_init (&restarted, "2026-09-18");
  run_with_restarts (&straight, FALSE);
  run_with_restarts (&restarted, TRUE);
  g_assert_cmpuint (straight.events->len, >, 6);
  expected = print_events (straight.events);
  assert_events (&restarted, expected);
}

static void
test_settling_again_does_nothing (void)
{
  g_auto (World) world;
  const GDate to = support_date ("2029-11-01");

  world_init (&world, "2026-01-31");
  buy (&world, "A/RS", "SI1", 6000);
  while (g_date_compare (&world.schedule->today, &to) < 0)
    {
      guint count;

      settle (&world);
      count = world.events->len;
      settle (&world);
      settle (&world);
      g_assert_cmpuint (world.events->len, ==, count);
      g_assert_true (ttecomm_schedule_next_day (world.schedule, NULL));
    }
  g_assert_cmpuint (world.events->len, ==, 1 + 2 * 3);
}

static void
test_refuses_a_second_purchase (void)
{
  g_auto (World) world;

  world_init (&world, "2026-09-18");
  buy (&world, "A/RS", "SI1", 6000);
  assert_buy_refused (&world, "A/RS", "OWN", TTECOMM_SCHEDULE_ERROR_RUNNING);
  settle (&world);
  deactivate (&world, "A/RS");
  g_ptr_array_set_size (world.events, 0);
  advance_to (&world, "2027-09-30");
  assert_buy_refused (&world, "A/RS", "OWN", TTECOMM_SCHEDULE_ERROR_RUNNING);
  assert_events (&world, "");
}

/* A new purchase has a new start; bought before the day is settled, it records the expiry first. */
static void
test_buys_again_after_the_end (void)
{
  g_auto (World) world;

  world_init (&world, "2026-09-18");
  buy (&world, "A/RS", "SI1", 6000);
  settle (&world);
  deactivate (&world, "A/RS");
  advance_to (&world, "2027-09-30");
  g_assert_cmpint (state_of (&world, "A/RS"), ==, TTECOMM_STATE_ENDING);
  g_assert_true (ttecomm_schedule_next_day (world.schedule, NULL));
  g_assert_cmpint (state_of (&world, "A/RS"), ==, TTECOMM_STATE_EXPIRED);
  g_ptr_array_set_size (world.events, 0);
  buy (&world, "A/RS", "OWN", 6600);
  settle (&world);
  assert_events (&world, "2027-10-01 expired SI1 A/RS 0\n"
                         "2027-10-01 purchase_invoice OWN A/RS 6600\n");
  support_assert_date (&ttecomm_schedule_lookup (world.schedule, "A/RS")->end, "2028-10-31");
}

static void
test_refuses_bad_cards (void)
{
  g_auto (World) world;
  g_autoptr (GError) error = NULL;

  world_init (&world, "2026-09-18");
  ttecomm_schedule_set_card (world.schedule, "OWN", FALSE, NULL);
  assert_buy_refused (&world, "A/RS", "OWN", TTECOMM_SCHEDULE_ERROR_BAD_CARD);
  g_assert_null (ttecomm_schedule_lookup (world.schedule, "A/RS"));
  buy (&world, "A/RS", "SI1", 6000);
  deactivate (&world, "A/RS");
  g_assert_false (
      ttecomm_schedule_reactivate (world.schedule, "A/RS", "OWN", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_BAD_CARD);
  g_assert_cmpstr (ttecomm_schedule_lookup (world.schedule, "A/RS")->payer, ==, "SI1");
}

/* A card is good through the last day of its month, and fails the charge after it. */
static void
test_cards_die (void)
{
  g_auto (World) world;
  const GDate last_day = support_date ("2027-08-29");

  world_init (&world, "2026-09-18");
  ttecomm_schedule_set_card (world.schedule, "SI1", TRUE, &last_day);
  buy (&world, "A/RS", "SI1", 6000);
  settle (&world);
  advance_to (&world, "2027-08-29");
  g_assert_true (ttecomm_schedule_card_is_good (world.schedule, "SI1"));
  g_ptr_array_set_size (world.events, 0);
  advance_to (&world, "2027-08-30");
  assert_events (&world, "2027-08-30 charge_failed SI1 A/RS 6000\n");
  g_assert_cmpint (state_of (&world, "A/RS"), ==, TTECOMM_STATE_PAST_DUE);
}

static void
test_refusals_name_their_reason (void)
{
  g_auto (World) world;
  g_autoptr (GError) error = NULL;

  world_init (&world, "2026-09-18");
  g_assert_false (ttecomm_schedule_deactivate (world.schedule, "A/RS", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_UNKNOWN);
  g_clear_error (&error);
  buy (&world, "A/RS", "SI1", 6000);
  settle (&world);
  g_assert_false (
      ttecomm_schedule_reactivate (world.schedule, "A/RS", "OWN", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_ALREADY_ON);
  g_clear_error (&error);
  deactivate (&world, "A/RS");
  g_assert_false (ttecomm_schedule_deactivate (world.schedule, "A/RS", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_ALREADY_OFF);
  g_clear_error (&error);
  advance_to (&world, "2027-10-01");
  g_assert_false (
      ttecomm_schedule_reactivate (world.schedule, "A/RS", "OWN", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_OVER);
}

/* Retrying is for the payer of a failed charge, with a good card. */
static void
test_retries (void)
{
  g_auto (World) world;
  g_autoptr (GError) error = NULL;

  world_init (&world, "2026-09-18");
  buy (&world, "A/RS", "SI1", 6000);
  settle (&world);
  g_assert_false (ttecomm_schedule_retry (world.schedule, "SI1", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_NOTHING_DUE);
  g_clear_error (&error);
  ttecomm_schedule_set_card (world.schedule, "SI1", FALSE, NULL);
  advance_to (&world, "2027-09-01");
  g_assert_false (ttecomm_schedule_retry (world.schedule, "SI1", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_BAD_CARD);
  g_clear_error (&error);
  ttecomm_schedule_set_card (world.schedule, "SI1", TRUE, NULL);
  g_assert_false (ttecomm_schedule_retry (world.schedule, "OWN", world.events, NULL));
  g_ptr_array_set_size (world.events, 0);
  g_assert_true (ttecomm_schedule_retry (world.schedule, "SI1", world.events, &error));
  settle (&world);
  assert_events (&world, "2027-09-01 renewal_invoice SI1 A/RS 6000\n");
}

/* C18: re-activated inside the charge window, the new payer is charged the same day. C19: switched
 * off after that, the paid term stands. */
static void
test_the_last_month (void)
{
  g_auto (World) world;

  world_init (&world, "2026-09-18");
  buy (&world, "A/RS", "SI1", 6000);
  settle (&world);
  deactivate (&world, "A/RS");
  advance_to (&world, "2027-09-10");
  g_ptr_array_set_size (world.events, 0);
  reactivate (&world, "A/RS", "OWN");
  settle (&world);
  deactivate (&world, "A/RS");
  settle (&world);
  advance_to (&world, "2028-10-02");
  assert_events (&world, "2027-09-10 reactivated OWN A/RS 0\n"
                         "2027-09-10 renewal_invoice OWN A/RS 6000\n"
                         "2027-09-10 deactivated OWN A/RS 0\n"
                         "2028-10-01 expired OWN A/RS 0\n");
}

/* What is due is found without moving the world. */
static void
test_looks_ahead (void)
{
  g_auto (World) world;
  g_autoptr (GPtrArray) ahead = NULL;
  g_autofree char *text = NULL;
  const GDate to = support_date ("2027-08-30");
  const GDate past = support_date ("2020-01-01");

  world_init (&world, "2026-09-18");
  buy (&world, "A/RS", "SI1", 6000);
  settle (&world);
  ahead = ttecomm_schedule_due_events (world.schedule, &to, NULL);
  text = print_events (ahead);
  g_assert_cmpstr (text, ==,
                   "2027-07-30 reminder SI1 A/RS 6000\n"
                   "2027-08-30 renewal_invoice SI1 A/RS 6000\n");
  support_assert_date (&world.schedule->today, "2026-09-18");
  support_assert_date (&ttecomm_schedule_lookup (world.schedule, "A/RS")->end, "2027-09-30");
  g_clear_pointer (&ahead, g_ptr_array_unref);
  ahead = ttecomm_schedule_due_events (world.schedule, &past, NULL);
  g_assert_cmpuint (ahead->len, ==, 0);
}

static void
check_one_invoice_a_month (const GPtrArray *events)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const TtecommEvent *event = g_ptr_array_index (events, i);

      g_assert_cmpint (event->kind, !=, TTECOMM_EVENT_EXPIRED);
      if (event->kind == TTECOMM_EVENT_RENEWAL_INVOICE)
        g_assert_true (
            g_hash_table_add (seen, g_strdup_printf ("%s %u-%u", event->payer,
                                                     g_date_get_year (&event->day),
                                                     (guint)g_date_get_month (&event->day))));
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 100);
}

static void
next_day (World *world)
{
  g_assert_true (ttecomm_schedule_next_day (world->schedule, NULL));
}

/* Something is bought by one of three payers on every day of two years, under two terms of sale:
 * no payer ever gets two renewal invoices in a month, and nothing expires (S57). */
static void
test_one_renewal_invoice_a_month (void)
{
  static const char *const payers[] = { "SI1", "SI2", "OWN" };
  static const char *const periods[] = { "1y", "3y", "5y" };
  g_auto (World) world;
  g_autoptr (TtecommTerms) longer = support_terms ("ttecomm-long");
  const GDate to = support_date ("2034-01-01");

  world_init (&world, "2027-06-15");
  for (guint day = 0; day < 731; day++)
    {
      g_autofree char *id = g_strdup_printf ("I%03u/RS", day);
      const TtecommTermChoice choice = { periods[day % 7 % 3], 0 };

      g_assert_true (ttecomm_schedule_buy (world.schedule, id, day % 2 == 0 ? longer : world.terms,
                                           day % 2 == 0 ? &choice : &one_year, payers[day % 3],
                                           6000, world.events, NULL));
      settle (&world);
      next_day (&world);
    }
  while (g_date_compare (&world.schedule->today, &to) < 0)
    {
      settle (&world);
      next_day (&world);
    }
  check_one_invoice_a_month (world.events);
}

/* Every start day of 26 years: each line is charged exactly once a term, before its end, and the
 * ends are those of the original start. */
static void
test_every_start_renews (void)
{
  const GDate last = support_date ("2044-12-31");
  GDate start = support_date ("2019-01-01");
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");

  /* Seven years of days at a time would be slow: each start is followed to its charge days only. */
  for (; g_date_compare (&start, &last) <= 0; g_date_add_days (&start, 1))
    {
      g_autoptr (TtecommSchedule) schedule = ttecomm_schedule_new (&start);
      g_autoptr (GPtrArray) events = ttecomm_events_new ();

      g_assert_true (
          ttecomm_schedule_buy (schedule, "A", terms, &one_year, "P", 6000, events, NULL));
      g_assert_true (ttecomm_schedule_settle (schedule, events, NULL));
      for (gint64 n = 1; n <= 5; n++)
        {
          const TtecommSubscription *subscription = ttecomm_schedule_lookup (schedule, "A");
          GDate charge;
          GDate end;

          g_assert_true (ttecomm_terms_end_date (terms, &one_year, &start, n, &end, NULL));
          g_assert_cmpint (subscription->n, ==, n);
          g_assert_cmpint (g_date_compare (&subscription->end, &end), ==, 0);
          g_assert_true (ttecomm_subscription_next_charge (subscription, NULL, &charge, NULL));
          schedule->today = charge;
          g_date_subtract_days (&schedule->today, 1);
          g_assert_true (ttecomm_schedule_settle (schedule, events, NULL));
          g_assert_cmpuint (events->len, ==, (guint)(2 * n));
          g_assert_true (ttecomm_schedule_advance_day (schedule, events, NULL));
          g_assert_cmpuint (events->len, ==, (guint)(2 * n + 1));
        }
    }
}

/* A preview shows what the order then does. */
static void
test_preview_is_what_happens (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const TtecommPriceInput input = { { "1y", 0 }, 1, 6000, 0 };
  const GDate last = support_date ("2028-12-31");
  GDate today = support_date ("2027-01-01");

  for (; g_date_compare (&today, &last) <= 0; g_date_add_days (&today, 1))
    {
      g_autoptr (TtecommSchedule) schedule = ttecomm_schedule_new (&today);
      g_autoptr (GPtrArray) events = ttecomm_events_new ();
      const TtecommSubscription *bought;
      TtecommPreview preview;
      TtecommPreview again;
      GDate charge;

      g_assert_true (ttecomm_preview_purchase (terms, &input, &today, &preview, NULL));
      g_assert_true (ttecomm_preview_purchase (terms, &input, &today, &again, NULL));
      g_assert_true (ttecomm_preview_equal (&preview, &again));
      g_assert_true (ttecomm_schedule_buy (schedule, "A", terms, &input.choice, "P",
                                           preview.net_cents, events, NULL));
      g_assert_true (ttecomm_schedule_settle (schedule, events, NULL));
      bought = ttecomm_schedule_lookup (schedule, "A");
      g_assert_true (ttecomm_subscription_next_charge (bought, &today, &charge, NULL));
      g_assert_cmpint (g_date_compare (&preview.start, &bought->start), ==, 0);
      g_assert_cmpint (g_date_compare (&preview.end, &bought->end), ==, 0);
      g_assert_cmpint (g_date_compare (&preview.next_charge, &charge), ==, 0);
      g_assert_cmpint (preview.next_cents, ==, bought->cents);
      g_assert_cmpint (preview.state_after, ==, ttecomm_subscription_state (bought, &today));
      g_assert_cmpint (preview.free_days, ==,
                       g_date_get_days_in_month (g_date_get_month (&today),
                                                 g_date_get_year (&today))
                           - g_date_get_day (&today) + 1);
    }
}

static void
test_previews_renewal (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const GDate start = support_date ("2026-09-18");
  const GDate early = support_date ("2027-03-10");
  const GDate late = support_date ("2027-09-10");
  g_autoptr (TtecommSubscription) subscription
      = ttecomm_subscription_new ("A", terms, &one_year, "P", 6000, &start, NULL);
  TtecommPreview preview;

  g_assert_true (ttecomm_preview_renewal (subscription, TRUE, &early, &preview, NULL));
  support_assert_date (&preview.next_charge, "2027-08-30");
  g_assert_cmpint (preview.next_cents, ==, 6000);
  g_assert_cmpint (preview.net_cents, ==, 0);
  g_assert_cmpint (preview.state_after, ==, TTECOMM_STATE_ACTIVE);
  g_assert_true (ttecomm_preview_renewal (subscription, TRUE, &late, &preview, NULL));
  support_assert_date (&preview.next_charge, "2027-09-10");
  g_assert_true (ttecomm_preview_renewal (subscription, FALSE, &late, &preview, NULL));
  support_assert_date (&preview.next_charge, "none");
  g_assert_cmpint (preview.next_cents, ==, 0);
  support_assert_date (&preview.end, "2027-09-30");
  g_assert_cmpint (preview.state_after, ==, TTECOMM_STATE_ENDING);
}

typedef void (*Spoil) (TtecommSubscription *subscription);

static void
spoil_end (TtecommSubscription *subscription)
{
  g_date_add_days (&subscription->end, 1);
}

static void
spoil_no_end (TtecommSubscription *subscription)
{
  g_date_clear (&subscription->end, 1);
}

static void
spoil_n (TtecommSubscription *subscription)
{
  subscription->n = 0;
}

static void
spoil_cents (TtecommSubscription *subscription)
{
  subscription->cents = -1;
}

static void
spoil_price (TtecommSubscription *subscription)
{
  subscription->cents = G_MAXINT64;
}

static void
spoil_period (TtecommSubscription *subscription)
{
  subscription->period[0] = '9';
}

static void
spoil_failed (TtecommSubscription *subscription)
{
  subscription->auto_renew = FALSE;
  subscription->failed = TRUE;
}

static void
spoil_reminded (TtecommSubscription *subscription)
{
  subscription->reminded = 1u << 1;
}

static void
spoil_payer (TtecommSubscription *subscription)
{
  subscription->payer[0] = '\0';
}

/* What comes from a store is not trusted. */
static void
test_refuses_impossible_rows (void)
{
  static const Spoil spoils[]
      = { spoil_end,    spoil_no_end, spoil_n,        spoil_cents, spoil_price,
          spoil_period, spoil_failed, spoil_reminded, spoil_payer };
  g_auto (World) world;
  const GDate start = support_date ("2026-09-18");

  world_init (&world, "2026-09-18");
  for (gsize i = 0; i < G_N_ELEMENTS (spoils); i++)
    {
      g_autoptr (TtecommSubscription) subscription
          = ttecomm_subscription_new ("A", world.terms, &one_year, "P", 6000, &start, NULL);
      g_autoptr (GError) error = NULL;
      gint code = spoils[i] == spoil_period ? TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD
                                            : TTECOMM_TERMS_ERROR_INVALID;

      spoils[i](subscription);
      g_assert_false (ttecomm_schedule_put (world.schedule, subscription, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, code);
    }
  g_assert_null (ttecomm_schedule_lookup (world.schedule, "A"));
}

static void
test_refuses_bad_purchases (void)
{
  g_auto (World) world;
  g_autofree char *long_id = g_strnfill (129, 'x');
  const char *const ids[] = { "", long_id, "\xff" };
  const TtecommTermChoice two_years = { "2y", 0 };
  g_autoptr (GError) error = NULL;

  world_init (&world, "2026-09-18");
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_false (ttecomm_schedule_buy (world.schedule, ids[i], world.terms, &one_year, "P",
                                            6000, world.events, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (ttecomm_schedule_buy (world.schedule, "A", world.terms, &two_years, "P", 6000,
                                        world.events, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD);
  g_clear_error (&error);
  g_assert_false (ttecomm_schedule_buy (world.schedule, "A", world.terms, &one_year, "P", -1,
                                        world.events, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID);
  g_assert_cmpuint (world.schedule->subscriptions->len, ==, 0);
}

/* At the end of the calendar nothing is half done: the charge is not made, and says why. */
static void
test_stops_at_the_end_of_the_calendar (void)
{
  g_auto (World) world;
  g_autoptr (GError) error = NULL;
  const GDate charge = support_date ("2999-08-30");

  world_init (&world, "2998-09-18");
  buy (&world, "A/RS", "SI1", 6000);
  settle (&world);
  world.schedule->today = charge;
  g_assert_false (ttecomm_schedule_settle (world.schedule, world.events, &error));
  g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
  g_assert_cmpint (ttecomm_schedule_lookup (world.schedule, "A/RS")->n, ==, 1);
  g_assert_cmpuint (world.events->len, ==, 1);
}

/* Terms that do not renew by themselves: three reminders of the end, and then it is over. */
static void
test_manual_renewal (void)
{
  g_auto (World) world;
  g_autoptr (TtecommTerms) dexma = support_terms ("dexma");
  const TtecommTermChoice choice = { "custom", 12 };
  g_autoptr (GError) error = NULL;

  world_init (&world, "2027-01-01");
  g_assert_true (
      ttecomm_schedule_buy (world.schedule, "D", dexma, &choice, "S", 2000, world.events, NULL));
  settle (&world);
  g_assert_false (ttecomm_schedule_reactivate (world.schedule, "D", "S", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_NOT_RENEWABLE);
  advance_to (&world, "2028-02-01");
  assert_events (&world, "2027-01-01 purchase_invoice S D 2000\n"
                         "2027-11-30 reminder S D 2000\n"
                         "2027-12-24 reminder S D 2000\n"
                         "2027-12-31 reminder S D 2000\n"
                         "2028-01-01 expired S D 0\n");
}

/* Without a lead the charge falls on the day after the end, and service does not stop for it. */
static void
test_charges_on_the_renewal_date (void)
{
  g_auto (World) world;
  g_autoptr (TtecommTerms) tmas = support_terms ("tmas");
  const TtecommTermChoice monthly = { "monthly", 0 };

  world_init (&world, "2028-01-31");
  g_assert_true (
      ttecomm_schedule_buy (world.schedule, "T", tmas, &monthly, "C", 900, world.events, NULL));
  settle (&world);
  advance_to (&world, "2028-05-01");
  assert_events (&world, "2028-01-31 purchase_invoice C T 900\n"
                         "2028-02-29 renewal_invoice C T 900\n"
                         "2028-03-31 renewal_invoice C T 900\n"
                         "2028-04-30 renewal_invoice C T 900\n");
  ttecomm_schedule_set_card (world.schedule, "C", FALSE, NULL);
  g_ptr_array_set_size (world.events, 0);
  advance_to (&world, "2028-06-30");
  assert_events (&world, "2028-05-31 charge_failed C T 900\n"
                         "2028-05-31 expired C T 0\n");
}

/* Invoices one a subscription where the terms say so; other currencies never share one. */
static void
test_groups_invoices (void)
{
  g_auto (World) world;
  g_autoptr (TtecommTerms) airthings = support_terms ("airthings");
  g_autoptr (TtecommTerms) tmas = support_terms ("tmas");
  const TtecommTermChoice monthly = { "monthly", 0 };

  world_init (&world, "2028-01-31");
  g_assert_true (ttecomm_schedule_buy (world.schedule, "2", airthings, &one_year, "P", 200,
                                       world.events, NULL));
  g_assert_true (ttecomm_schedule_buy (world.schedule, "1", airthings, &one_year, "P", 100,
                                       world.events, NULL));
  g_assert_true (
      ttecomm_schedule_buy (world.schedule, "3", tmas, &monthly, "P", 300, world.events, NULL));
  buy (&world, "4", "P", 400);
  buy (&world, "5", "P", 500);
  settle (&world);
  assert_events (&world, "2028-01-31 purchase_invoice P 1 100\n"
                         "2028-01-31 purchase_invoice P 2 200\n"
                         "2028-01-31 purchase_invoice P 4,5 900\n"
                         "2028-01-31 purchase_invoice P 3 300\n");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "schedule", "golden-run", test_golden_run);
  harness_add (harness, "schedule", "survives-restarts", test_survives_restarts);
  harness_add (harness, "schedule", "settling-again-does-nothing",
               test_settling_again_does_nothing);
  harness_add (harness, "schedule", "refuses-a-second-purchase", test_refuses_a_second_purchase);
  harness_add (harness, "schedule", "buys-again-after-the-end", test_buys_again_after_the_end);
  harness_add (harness, "schedule", "refuses-bad-cards", test_refuses_bad_cards);
  harness_add (harness, "schedule", "cards-die", test_cards_die);
  harness_add (harness, "schedule", "refusals-name-their-reason", test_refusals_name_their_reason);
  harness_add (harness, "schedule", "retries", test_retries);
  harness_add (harness, "schedule", "the-last-month", test_the_last_month);
  harness_add (harness, "schedule", "looks-ahead", test_looks_ahead);
  harness_add (harness, "schedule", "one-renewal-invoice-a-month",
               test_one_renewal_invoice_a_month);
  harness_add (harness, "schedule", "every-start-renews", test_every_start_renews);
  harness_add (harness, "schedule", "preview-is-what-happens", test_preview_is_what_happens);
  harness_add (harness, "schedule", "previews-renewal", test_previews_renewal);
  harness_add (harness, "schedule", "refuses-impossible-rows", test_refuses_impossible_rows);
  harness_add (harness, "schedule", "refuses-bad-purchases", test_refuses_bad_purchases);
  harness_add (harness, "schedule", "stops-at-the-end-of-the-calendar",
               test_stops_at_the_end_of_the_calendar);
  harness_add (harness, "schedule", "manual-renewal", test_manual_renewal);
  harness_add (harness, "schedule", "charges-on-the-renewal-date",
               test_charges_on_the_renewal_date);
  harness_add (harness, "schedule", "groups-invoices", test_groups_invoices);
}

HARNESS_MAIN (register_tests)
