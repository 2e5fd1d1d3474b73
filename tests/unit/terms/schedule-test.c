/* SPDX-License-Identifier: MIT */
/* What happens to subscriptions, and when. */
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"
#include "tests/unit/terms/world.h"

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
  world_buy (&world, "A/RS", "SI1", 6000);
  world_buy (&world, "A/VC", "SI1", 4900);
  world_settle (&world);
  world_advance_to (&world, "2026-09-29");
  world_buy (&world, "B/RS", "SI1", 6000);
  world_settle (&world);
  world_advance_to (&world, "2026-10-05");
  world_buy (&world, "C/RS", "SI1", 6000);
  world_settle (&world);
  world_advance_to (&world, "2027-03-10");
  world_deactivate (&world, "A/VC");
  world_reactivate (&world, "A/VC", "OWN");
  world_settle (&world);
  world_advance_to (&world, "2027-06-01");
  world_deactivate (&world, "C/RS");
  world_settle (&world);
  world_advance_to (&world, "2027-08-15");
  ttecomm_schedule_set_card (world.schedule, "OWN", FALSE, NULL);
  world_settle (&world);
  world_advance_to (&world, "2027-09-20");
  ttecomm_schedule_set_card (world.schedule, "OWN", TRUE, NULL);
  world_settle (&world);
  support_assert_date (&ttecomm_schedule_lookup (world.schedule, "A/VC")->end, "2028-09-30");
  world_advance_to (&world, "2028-08-01");
  ttecomm_schedule_set_card (world.schedule, "OWN", FALSE, NULL);
  world_settle (&world);
  world_advance_to (&world, "2028-10-05");
  world_assert_events (&world, golden);
}

/* A new purchase has a new start; bought before the day is settled, it records the expiry first. */
static void
test_buys_again_after_the_end (void)
{
  g_auto (World) world;

  world_init (&world, "2026-09-18");
  world_buy (&world, "A/RS", "SI1", 6000);
  world_settle (&world);
  world_deactivate (&world, "A/RS");
  world_advance_to (&world, "2027-09-30");
  g_assert_cmpint (world_state_of (&world, "A/RS"), ==, TTECOMM_STATE_ENDING);
  g_assert_true (ttecomm_schedule_next_day (world.schedule, NULL));
  g_assert_cmpint (world_state_of (&world, "A/RS"), ==, TTECOMM_STATE_EXPIRED);
  g_ptr_array_set_size (world.events, 0);
  world_buy (&world, "A/RS", "OWN", 6600);
  world_settle (&world);
  world_assert_events (&world, "2027-10-01 expired SI1 A/RS 0\n"
                               "2027-10-01 purchase_invoice OWN A/RS 6600\n");
  support_assert_date (&ttecomm_schedule_lookup (world.schedule, "A/RS")->end, "2028-10-31");
}

/* A card is good through the last day of its month, and fails the charge after it. */
static void
test_cards_die (void)
{
  g_auto (World) world;
  const GDate last_day = support_date ("2027-08-29");

  world_init (&world, "2026-09-18");
  ttecomm_schedule_set_card (world.schedule, "SI1", TRUE, &last_day);
  world_buy (&world, "A/RS", "SI1", 6000);
  world_settle (&world);
  world_advance_to (&world, "2027-08-29");
  g_assert_true (ttecomm_schedule_card_is_good (world.schedule, "SI1"));
  g_ptr_array_set_size (world.events, 0);
  world_advance_to (&world, "2027-08-30");
  world_assert_events (&world, "2027-08-30 charge_failed SI1 A/RS 6000\n");
  g_assert_cmpint (world_state_of (&world, "A/RS"), ==, TTECOMM_STATE_PAST_DUE);
}

/* Retrying is for the payer of a failed charge, with a good card. */
static void
test_retries (void)
{
  g_auto (World) world;
  g_autoptr (GError) error = NULL;

  world_init (&world, "2026-09-18");
  world_buy (&world, "A/RS", "SI1", 6000);
  world_settle (&world);
  g_assert_false (ttecomm_schedule_retry (world.schedule, "SI1", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_NOTHING_DUE);
  g_clear_error (&error);
  ttecomm_schedule_set_card (world.schedule, "SI1", FALSE, NULL);
  world_advance_to (&world, "2027-09-01");
  g_assert_false (ttecomm_schedule_retry (world.schedule, "SI1", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_BAD_CARD);
  g_clear_error (&error);
  ttecomm_schedule_set_card (world.schedule, "SI1", TRUE, NULL);
  g_assert_false (ttecomm_schedule_retry (world.schedule, "OWN", world.events, NULL));
  g_ptr_array_set_size (world.events, 0);
  g_assert_true (ttecomm_schedule_retry (world.schedule, "SI1", world.events, &error));
  world_settle (&world);
  world_assert_events (&world, "2027-09-01 renewal_invoice SI1 A/RS 6000\n");
}

/* C18: re-activated inside the charge window, the new payer is charged the same day. C19: switched
 * off after that, the paid term stands. */
static void
test_the_last_month (void)
{
  g_auto (World) world;

  world_init (&world, "2026-09-18");
  world_buy (&world, "A/RS", "SI1", 6000);
  world_settle (&world);
  world_deactivate (&world, "A/RS");
  world_advance_to (&world, "2027-09-10");
  g_ptr_array_set_size (world.events, 0);
  world_reactivate (&world, "A/RS", "OWN");
  world_settle (&world);
  world_deactivate (&world, "A/RS");
  world_settle (&world);
  world_advance_to (&world, "2028-10-02");
  world_assert_events (&world, "2027-09-10 reactivated OWN A/RS 0\n"
                               "2027-09-10 renewal_invoice OWN A/RS 6000\n"
                               "2027-09-10 deactivated OWN A/RS 0\n"
                               "2028-10-01 expired OWN A/RS 0\n");
}

/* A reminder is about a charge to come: on the day of the charge it is too late for one. */
static void
test_reactivated_on_the_charge_date (void)
{
  g_auto (World) world;

  world_init (&world, "2026-09-18");
  world_buy (&world, "A/RS", "SI1", 6000);
  world_settle (&world);
  world_deactivate (&world, "A/RS");
  world_advance_to (&world, "2027-08-30");
  g_ptr_array_set_size (world.events, 0);
  world_reactivate (&world, "A/RS", "SI1");
  world_settle (&world);
  world_assert_events (&world, "2027-08-30 reactivated SI1 A/RS 0\n"
                               "2027-08-30 renewal_invoice SI1 A/RS 6000\n");
}

/* A/RS of SI1 and B/RS of OWN, on @day of the term's last month, after both charges have failed. */
static void
fail_charges (World *world, const char *day)
{
  world_init (world, "2026-09-18");
  world_buy (world, "A/RS", "SI1", 6000);
  world_buy (world, "B/RS", "OWN", 6600);
  ttecomm_schedule_set_card (world->schedule, "SI1", FALSE, NULL);
  ttecomm_schedule_set_card (world->schedule, "OWN", FALSE, NULL);
  world_settle (world);
  world_advance_to (world, day);
  g_assert_cmpint (world_state_of (world, "A/RS"), ==, TTECOMM_STATE_PAST_DUE);
  g_assert_cmpint (world_state_of (world, "B/RS"), ==, TTECOMM_STATE_PAST_DUE);
  g_ptr_array_set_size (world->events, 0);
}

/* A failed charge is made up for through the last day, */
static void
test_charged_on_the_last_day (void)
{
  g_auto (World) world;

  fail_charges (&world, "2027-09-30");
  ttecomm_schedule_set_card (world.schedule, "SI1", TRUE, NULL);
  world_settle (&world);
  world_assert_events (&world, "2027-09-30 renewal_invoice SI1 A/RS 6000\n");
}

/* and not afterwards: what is over is bought again, not charged. */
static void
test_not_charged_after_the_end (void)
{
  g_auto (World) world;

  fail_charges (&world, "2027-09-30");
  g_assert_true (ttecomm_schedule_next_day (world.schedule, NULL));
  ttecomm_schedule_set_card (world.schedule, "SI1", TRUE, NULL);
  world_settle (&world);
  world_assert_events (&world, "2027-10-01 expired SI1 A/RS 0\n"
                               "2027-10-01 expired OWN B/RS 0\n");
}

/* Who retries pays for himself, though others' cards would be good by now. */
static void
test_retries_for_one_payer (void)
{
  g_auto (World) world;

  fail_charges (&world, "2027-09-10");
  ttecomm_schedule_set_card (world.schedule, "SI1", TRUE, NULL);
  ttecomm_schedule_set_card (world.schedule, "OWN", TRUE, NULL);
  g_assert_true (ttecomm_schedule_retry (world.schedule, "SI1", world.events, NULL));
  world_assert_events (&world, "2027-09-10 renewal_invoice SI1 A/RS 6000\n");
}

/* What is switched off waits for no charge: switched on again, it begins anew. */
static void
test_deactivated_has_not_failed (void)
{
  g_auto (World) world;

  fail_charges (&world, "2027-09-10");
  world_deactivate (&world, "A/RS");
  g_assert_false (ttecomm_schedule_lookup (world.schedule, "A/RS")->failed);
  g_assert_cmpint (world_state_of (&world, "A/RS"), ==, TTECOMM_STATE_ENDING);
  ttecomm_schedule_set_card (world.schedule, "SI1", TRUE, NULL);
  world_reactivate (&world, "A/RS", "SI1");
  g_assert_cmpint (world_state_of (&world, "A/RS"), ==, TTECOMM_STATE_ACTIVE);
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
  world_buy (&world, "A/RS", "SI1", 6000);
  world_settle (&world);
  ahead = ttecomm_schedule_due_events (world.schedule, &to, NULL);
  text = world_print_events (ahead);
  g_assert_cmpstr (text, ==,
                   "2027-07-30 reminder SI1 A/RS 6000\n"
                   "2027-08-30 renewal_invoice SI1 A/RS 6000\n");
  support_assert_date (&world.schedule->today, "2026-09-18");
  support_assert_date (&ttecomm_schedule_lookup (world.schedule, "A/RS")->end, "2027-09-30");
  g_clear_pointer (&ahead, g_ptr_array_unref);
  ahead = ttecomm_schedule_due_events (world.schedule, &past, NULL);
  g_assert_cmpuint (ahead->len, ==, 0);
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
  world_settle (&world);
  g_assert_false (ttecomm_schedule_reactivate (world.schedule, "D", "S", world.events, &error));
  g_assert_error (error, TTECOMM_SCHEDULE_ERROR, TTECOMM_SCHEDULE_ERROR_NOT_RENEWABLE);
  world_advance_to (&world, "2028-02-01");
  world_assert_events (&world, "2027-01-01 purchase_invoice S D 2000\n"
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
  world_settle (&world);
  world_advance_to (&world, "2028-05-01");
  world_assert_events (&world, "2028-01-31 purchase_invoice C T 900\n"
                               "2028-02-29 renewal_invoice C T 900\n"
                               "2028-03-31 renewal_invoice C T 900\n"
                               "2028-04-30 renewal_invoice C T 900\n");
  ttecomm_schedule_set_card (world.schedule, "C", FALSE, NULL);
  g_ptr_array_set_size (world.events, 0);
  world_advance_to (&world, "2028-06-30");
  world_assert_events (&world, "2028-05-31 charge_failed C T 900\n"
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
  g_assert_true (ttecomm_schedule_buy (world.schedule, "2", airthings, &world_one_year, "P", 200,
                                       world.events, NULL));
  g_assert_true (ttecomm_schedule_buy (world.schedule, "1", airthings, &world_one_year, "P", 100,
                                       world.events, NULL));
  g_assert_true (
      ttecomm_schedule_buy (world.schedule, "3", tmas, &monthly, "P", 300, world.events, NULL));
  world_buy (&world, "4", "P", 400);
  world_buy (&world, "5", "P", 500);
  world_settle (&world);
  world_assert_events (&world, "2028-01-31 purchase_invoice P 1 100\n"
                               "2028-01-31 purchase_invoice P 2 200\n"
                               "2028-01-31 purchase_invoice P 4,5 900\n"
                               "2028-01-31 purchase_invoice P 3 300\n");
}

static void
register_tests (Harness *harness)
{
  /* rules: S27 S28 S43 S45 S46 S50 S55 S56 S58 S59 S61 S67 S68 S69 S76 S78 S91 */
  harness_add (harness, "schedule", "golden-run", test_golden_run);
  /* rules: S50 S56 */
  harness_add (harness, "schedule", "buys-again-after-the-end", test_buys_again_after_the_end);
  /* rules: S46 S88 */
  harness_add (harness, "schedule", "cards-die", test_cards_die);
  /* rules: S68 */
  harness_add (harness, "schedule", "retries", test_retries);
  /* rules: S28 S29 S78 C18 C19 */
  harness_add (harness, "schedule", "the-last-month", test_the_last_month);
  harness_add (harness, "schedule", "reactivated-on-the-charge-date",
               test_reactivated_on_the_charge_date);
  harness_add (harness, "schedule", "charged-on-the-last-day", test_charged_on_the_last_day);
  harness_add (harness, "schedule", "not-charged-after-the-end", test_not_charged_after_the_end);
  harness_add (harness, "schedule", "retries-for-one-payer", test_retries_for_one_payer);
  harness_add (harness, "schedule", "deactivated-has-not-failed", test_deactivated_has_not_failed);
  /* rules: C27 */
  harness_add (harness, "schedule", "looks-ahead", test_looks_ahead);
  /* rules: D24 D25 D26 */
  harness_add (harness, "schedule", "manual-renewal", test_manual_renewal);
  /* rules: T13 T23 */
  harness_add (harness, "schedule", "charges-on-the-renewal-date",
               test_charges_on_the_renewal_date);
  /* rules: S61 T24 A12 */
  harness_add (harness, "schedule", "groups-invoices", test_groups_invoices);
}

HARNESS_MAIN (register_tests)
