/* SPDX-License-Identifier: MIT */
/* What the scheduler refuses, and that nothing has happened then. */
#include "base/civil-date.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"
#include "tests/unit/terms/world.h"

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
          = ttecomm_subscription_new ("A", world.terms, &world_one_year, "P", 6000, &start, NULL);
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
      g_assert_false (ttecomm_schedule_buy (world.schedule, ids[i], world.terms, &world_one_year,
                                            "P", 6000, world.events, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (ttecomm_schedule_buy (world.schedule, "A", world.terms, &two_years, "P", 6000,
                                        world.events, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD);
  g_clear_error (&error);
  g_assert_false (ttecomm_schedule_buy (world.schedule, "A", world.terms, &world_one_year, "P", -1,
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
  world_buy (&world, "A/RS", "SI1", 6000);
  world_settle (&world);
  world.schedule->today = charge;
  g_assert_false (ttecomm_schedule_settle (world.schedule, world.events, &error));
  g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
  g_assert_cmpint (ttecomm_schedule_lookup (world.schedule, "A/RS")->n, ==, 1);
  g_assert_cmpuint (world.events->len, ==, 1);
}

static void
test_refuses_a_second_purchase (void)
{
  g_auto (World) world;

  world_init (&world, "2026-09-18");
  world_buy (&world, "A/RS", "SI1", 6000);
  world_assert_buy_refused (&world, "A/RS", "OWN", TTECOMM_SCHEDULE_ERROR_RUNNING);
  world_settle (&world);
  world_deactivate (&world, "A/RS");
  g_ptr_array_set_size (world.events, 0);
  world_advance_to (&world, "2027-09-30");
  world_assert_buy_refused (&world, "A/RS", "OWN", TTECOMM_SCHEDULE_ERROR_RUNNING);
  world_assert_events (&world, "");
}

static void
test_refuses_bad_cards (void)
{
  g_auto (World) world;
  g_autoptr (GError) error = NULL;

  world_init (&world, "2026-09-18");
  ttecomm_schedule_set_card (world.schedule, "OWN", FALSE, NULL);
  world_assert_buy_refused (&world, "A/RS", "OWN", TTECOMM_SCHEDULE_ERROR_BAD_CARD);
  g_assert_null (ttecomm_schedule_lookup (world.schedule, "A/RS"));
  world_buy (&world, "A/RS", "SI1", 6000);
  world_deactivate (&world, "A/RS");
  g_assert_false (
      ttecomm_schedule_reactivate (world.schedule, "A/RS", "OWN", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_BAD_CARD);
  g_assert_cmpstr (ttecomm_schedule_lookup (world.schedule, "A/RS")->payer, ==, "SI1");
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
  world_buy (&world, "A/RS", "SI1", 6000);
  world_settle (&world);
  g_assert_false (
      ttecomm_schedule_reactivate (world.schedule, "A/RS", "OWN", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_ALREADY_ON);
  g_clear_error (&error);
  world_deactivate (&world, "A/RS");
  g_assert_false (ttecomm_schedule_deactivate (world.schedule, "A/RS", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_ALREADY_OFF);
  g_clear_error (&error);
  world_advance_to (&world, "2027-10-01");
  g_assert_false (
      ttecomm_schedule_reactivate (world.schedule, "A/RS", "OWN", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_OVER);
}

static void
register_tests (Harness *harness)
{
  /* rules: S16 */
  harness_add (harness, "schedule-refusal", "refuses-a-second-purchase",
               test_refuses_a_second_purchase);
  /* rules: S64 S88 */
  harness_add (harness, "schedule-refusal", "refuses-bad-cards", test_refuses_bad_cards);
  harness_add (harness, "schedule-refusal", "refusals-name-their-reason",
               test_refusals_name_their_reason);
  harness_add (harness, "schedule-refusal", "refuses-impossible-rows",
               test_refuses_impossible_rows);
  harness_add (harness, "schedule-refusal", "refuses-bad-purchases", test_refuses_bad_purchases);
  harness_add (harness, "schedule-refusal", "stops-at-the-end-of-the-calendar",
               test_stops_at_the_end_of_the_calendar);
}

HARNESS_MAIN (register_tests)
