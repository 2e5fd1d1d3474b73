/* SPDX-License-Identifier: MIT */
/* What holds of every run of the scheduler. */
#include "plugin/terms/dates.h"
#include "plugin/terms/preview.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"
#include "tests/unit/terms/world.h"

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

  world_buy (world, "A/RS", "SI1", 6000);
  if (restarts)
    restart (world);
  world_buy (world, "B/RS", "SI2", 4900);
  ttecomm_schedule_set_card (world->schedule, "SI2", FALSE, NULL);
  world_settle (world);
  for (guint day = 0; g_date_compare (&world->schedule->today, &to) < 0; day++)
    {
      if (restarts)
        restart (world);
      if (day == 400)
        world_deactivate (world, "A/RS");
      g_assert_true (ttecomm_schedule_advance_day (world->schedule, world->events, NULL));
      world_settle (world);
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
  expected = world_print_events (straight.events);
  world_assert_events (&restarted, expected);
}

static void
test_settling_again_does_nothing (void)
{
  g_auto (World) world;
  const GDate to = support_date ("2029-11-01");

  world_init (&world, "2026-01-31");
  world_buy (&world, "A/RS", "SI1", 6000);
  while (g_date_compare (&world.schedule->today, &to) < 0)
    {
      guint count;

      world_settle (&world);
      count = world.events->len;
      world_settle (&world);
      world_settle (&world);
      g_assert_cmpuint (world.events->len, ==, count);
      g_assert_true (ttecomm_schedule_next_day (world.schedule, NULL));
    }
  g_assert_cmpuint (world.events->len, ==, 1 + 2 * 3);
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
                                           day % 2 == 0 ? &choice : &world_one_year,
                                           payers[day % 3], 6000, world.events, NULL));
      world_settle (&world);
      next_day (&world);
    }
  while (g_date_compare (&world.schedule->today, &to) < 0)
    {
      world_settle (&world);
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

  /* Days on which nothing can happen are left out. */
  for (; g_date_compare (&start, &last) <= 0; g_date_add_days (&start, 1))
    {
      g_autoptr (TtecommSchedule) schedule = ttecomm_schedule_new (&start);
      g_autoptr (GPtrArray) events = ttecomm_events_new ();

      g_assert_true (
          ttecomm_schedule_buy (schedule, "A", terms, &world_one_year, "P", 6000, events, NULL));
      g_assert_true (ttecomm_schedule_settle (schedule, events, NULL));
      for (gint64 n = 1; n <= 5; n++)
        {
          const TtecommSubscription *subscription = ttecomm_schedule_lookup (schedule, "A");
          GDate charge;
          GDate end;

          g_assert_true (ttecomm_terms_end_date (terms, &world_one_year, &start, n, &end, NULL));
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
      = ttecomm_subscription_new ("A", terms, &world_one_year, "P", 6000, &start, NULL);
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

static void
register_tests (Harness *harness)
{
  harness_add (harness, "schedule-property", "survives-restarts", test_survives_restarts);
  harness_add (harness, "schedule-property", "settling-again-does-nothing",
               test_settling_again_does_nothing);
  /* rules: S57 */
  harness_add (harness, "schedule-property", "one-renewal-invoice-a-month",
               test_one_renewal_invoice_a_month);
  /* rules: S27 S44 S55 */
  harness_add (harness, "schedule-property", "every-start-renews", test_every_start_renews);
  /* rules: S60 */
  harness_add (harness, "schedule-property", "preview-is-what-happens",
               test_preview_is_what_happens);
  /* rules: S83 S86 C18 */
  harness_add (harness, "schedule-property", "previews-renewal", test_previews_renewal);
}

HARNESS_MAIN (register_tests)
