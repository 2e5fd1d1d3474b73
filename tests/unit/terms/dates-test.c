/* SPDX-License-Identifier: MIT */
#include "base/civil-date.h"
#include "plugin/terms/dates.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"
#include "tests/support/zone.h"

#define N_TERMS 12

typedef void (*EveryStart) (const TtecommTerms *terms,
                            const TtecommTermChoice *choice,
                            const GDate *start);

/* Every start day of 26 years, for every way of selling that there is. */
static void
for_every_start (EveryStart check)
{
  static const struct
  {
    const char *terms;
    TtecommTermChoice choice;
  } ways[] = {
    { "ttecomm", { "1y", 0 } },   { "ttecomm-long", { "3y", 0 } }, { "airthings", { "5y", 0 } },
    { "tmas", { "monthly", 0 } }, { "dexma", { "custom", 7 } },    { "dexma", { "custom", 1 } },
  };
  const GDate last = support_date ("2044-12-31");

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (TtecommTerms) terms = support_terms (ways[i].terms);
      GDate start = support_date ("2019-01-01");

      for (; g_date_compare (&start, &last) <= 0; g_date_add_days (&start, 1))
        check (terms, &ways[i].choice, &start);
    }
}

static void
check_tiles (const TtecommTerms *terms, const TtecommTermChoice *choice, const GDate *start)
{
  GDate expected = *start;

  for (gint64 n = 1; n <= N_TERMS; n++)
    {
      GDate from;
      GDate end;

      g_assert_true (ttecomm_terms_period_start (terms, choice, start, n, &from, NULL));
      g_assert_true (ttecomm_terms_term_end (terms, choice, start, n, &end, NULL));
      g_assert_cmpint (g_date_compare (&from, &expected), ==, 0);
      g_assert_cmpint (g_date_compare (&from, &end), <=, 0);
      expected = end;
      g_date_add_days (&expected, 1);
    }
}

/* No gap, no overlap. */
static void
test_terms_tile (void)
{
  for_every_start (check_tiles);
}

/* The n-th term ends where the calendar says, whatever the terms before it did: n terms of m months
 * end as one term of n * m months does, and the day of the month never wanders off. */
static void
check_does_not_drift (const TtecommTerms *terms,
                      const TtecommTermChoice *choice,
                      const GDate *start)
{
  gint64 months;

  g_assert_true (ttecomm_terms_resolve (terms, choice, &months, NULL, NULL));
  for (gint64 n = 1; n <= N_TERMS; n++)
    {
      GDate wanted = *start;
      GDate end;

      g_assert_true (ttecomm_terms_term_end (terms, choice, start, n, &end, NULL));
      g_date_add_months (&wanted, (guint)(n * months));
      if (terms->alignment == TTECOMM_ALIGNMENT_END_OF_MONTH)
        {
          g_assert_true (g_date_is_last_of_month (&end));
          g_assert_cmpint (g_date_get_month (&end), ==, g_date_get_month (&wanted));
          g_assert_cmpint (g_date_get_year (&end), ==, g_date_get_year (&wanted));
          continue;
        }
      g_date_add_days (&end, 1);
      g_assert_cmpint (g_date_compare (&end, &wanted), ==, 0);
    }
}

static void
test_terms_do_not_drift (void)
{
  for_every_start (check_does_not_drift);
}

/* Reminded, then charged, then over (or charged on the day after, without a lead). */
static void
check_charges_in_time (const TtecommTerms *terms,
                       const TtecommTermChoice *choice,
                       const GDate *start)
{
  for (gint64 n = 1; n <= 3; n++)
    {
      GDate reminders[TTECOMM_TERMS_MAX_REMINDERS];
      GDate from;
      GDate end;
      GDate charge;

      g_assert_true (ttecomm_terms_period_start (terms, choice, start, n, &from, NULL));
      g_assert_true (ttecomm_terms_term_end (terms, choice, start, n, &end, NULL));
      g_assert_true (ttecomm_terms_charge_date (terms, &end, NULL, &charge, NULL));
      g_assert_cmpint (g_date_valid (&charge), ==, terms->renewal_auto);
      if (!terms->renewal_auto)
        continue;
      g_assert_cmpint (g_date_compare (&charge, &from), >, 0);
      if (terms->charge_lead.count > 0)
        g_assert_cmpint (g_date_compare (&charge, &end), <, 0);
      else
        g_assert_cmpint (g_date_days_between (&end, &charge), ==, 1);
      g_assert_true (ttecomm_terms_reminder_dates (terms, &end, reminders, NULL));
      for (guint i = 0; i < terms->n_reminders; i++)
        g_assert_cmpint (g_date_compare (&reminders[i], &charge), <, 0);
    }
}

static void
test_charges_in_time (void)
{
  for_every_start (check_charges_in_time);
}

/* Offsets are counted from the end, each for itself: 31 May less two months is 31 March, although
 * 31 May less one month is 30 April and that less one is 30 March. */
static void
test_offsets_are_not_chained (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const GDate end = support_date ("2027-05-31");
  const GDate today = support_date ("2027-05-10");
  GDate reminders[TTECOMM_TERMS_MAX_REMINDERS];
  GDate charge;

  g_assert_true (ttecomm_terms_charge_date (terms, &end, NULL, &charge, NULL));
  support_assert_date (&charge, "2027-04-30");
  g_assert_true (ttecomm_terms_reminder_dates (terms, &end, reminders, NULL));
  support_assert_date (&reminders[0], "2027-03-31");
  g_assert_true (ttecomm_terms_charge_date (terms, &end, &today, &charge, NULL));
  support_assert_date (&charge, "2027-05-10");
}

static void
test_same_month_same_end (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const TtecommTermChoice choice = { "1y", 0 };
  GDate day = support_date ("2028-02-01");

  for (; g_date_get_month (&day) == G_DATE_FEBRUARY; g_date_add_days (&day, 1))
    {
      GDate end;

      g_assert_true (ttecomm_terms_end_date (terms, &choice, &day, 1, &end, NULL));
      support_assert_date (&end, "2029-02-28");
    }
}

static void
test_refuses_bad_n (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const TtecommTermChoice choice = { "1y", 0 };
  const GDate start = support_date ("2026-09-18");
  static const gint64 bad[] = { 0, -1, G_MININT64, G_MAXINT64, TTECOMM_TERMS_MAX_N + 1 };
  g_autoptr (GError) error = NULL;
  GDate date;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (ttecomm_terms_end_date (terms, &choice, &start, bad[i], &date, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_false (ttecomm_terms_period_start (terms, &choice, &start, bad[i], &date, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID);
      g_clear_error (&error);
    }
}

static void
test_refuses_the_end_of_the_calendar (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const TtecommTermChoice choice = { "1y", 0 };
  const GDate start = support_date ("2026-09-18");
  const GDate last = support_date ("2999-12-31");
  const GDate first = support_date ("1900-01-01");
  g_autoptr (GError) error = NULL;
  GDate date;

  g_assert_true (ttecomm_terms_end_date (terms, &choice, &start, 973, &date, NULL));
  support_assert_date (&date, "2999-09-30");
  g_assert_false (ttecomm_terms_end_date (terms, &choice, &start, 974, &date, &error));
  g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
  g_assert_false (ttecomm_terms_renewal_date (&last, &date, NULL));
  g_assert_false (ttecomm_terms_charge_date (terms, &first, NULL, &date, NULL));
}

static void
test_today_is_the_zone_s (void)
{
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");
  g_autoptr (GError) error = NULL;
  GDate date;

  g_assert_nonnull (zone);
  /* 2026-09-30T22:00:00Z is midnight in Brussels; a second earlier is still September. */
  g_assert_true (ttecomm_terms_civil_today (zone, G_GINT64_CONSTANT (1790805600), &date, NULL));
  support_assert_date (&date, "2026-10-01");
  g_assert_true (ttecomm_terms_civil_today (zone, G_GINT64_CONSTANT (1790805599), &date, NULL));
  support_assert_date (&date, "2026-09-30");
  g_assert_false (ttecomm_terms_civil_today (zone, G_MAXINT64, &date, &error));
  g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (ttecomm_terms_civil_today (zone, G_MININT64, &date, &error));
  g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "dates", "terms-tile", test_terms_tile);
  harness_add (harness, "dates", "terms-do-not-drift", test_terms_do_not_drift);
  /* rules: S49 C10 */
  harness_add (harness, "dates", "charges-in-time", test_charges_in_time);
  /* rules: S43 S45 C10 C11 C18 */
  harness_add (harness, "dates", "offsets-are-not-chained", test_offsets_are_not_chained);
  /* rules: S55 S58 C8 C16 */
  harness_add (harness, "dates", "same-month-same-end", test_same_month_same_end);
  harness_add (harness, "dates", "refuses-bad-n", test_refuses_bad_n);
  harness_add (harness, "dates", "refuses-the-end-of-the-calendar",
               test_refuses_the_end_of_the_calendar);
  /* rules: C25 */
  harness_add (harness, "dates", "today-is-the-zone-s", test_today_is_the_zone_s);
}

HARNESS_MAIN (register_tests)
