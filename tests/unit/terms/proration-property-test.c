/* SPDX-License-Identifier: MIT */
/* What holds of every share of a price: the days of a term, priced one by one, cost the term. */
#include "plugin/terms/dates.h"
#include "plugin/terms/price.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"

typedef struct
{
  const char *terms;
  TtecommPriceInput input;
  gint64 cents; /* the term's price, worked out by hand and without a rest */
} Offer;

/* Every way of selling that prorates. The prices leave no rest, so that a share of them can be
 * computed with whole numbers. */
static const Offer offers[] = {
  { "dexma", { { "custom", 1 }, 20, 101, 0 }, 2020 },
  { "dexma", { { "custom", 12 }, 23, 101, 0 }, 27876 },
  { "dexma", { { "custom", 60 }, 20, 99, 0 }, 118800 },
  { "tmas", { { "monthly", 0 }, 3, 499, 0 }, 1497 },
  { "tmas", { { "yearly", 0 }, 7, 4999, 0 }, 34993 },
  { "airthings", { { "1y", 0 }, 1, 4001, 0 }, 4001 },
  { "airthings", { { "3y", 0 }, 10, 4700, 1000 }, 114210 },
  { "airthings", { { "5y", 0 }, 4, 4700, 0 }, 79900 },
};

static gint64
share (const TtecommTerms *terms, const Offer *offer, const GDate *start, gint64 day)
{
  GDate on = *start;
  g_autoptr (GError) error = NULL;
  gint64 cents = -1;
  gboolean priced;

  g_date_add_days (&on, (guint)day);
  priced = ttecomm_terms_prorated (terms, &offer->input, start, &on, &cents, &error);
  g_assert_no_error (error);
  g_assert_true (priced);
  return cents;
}

/* The days of the first term, as the calendar has them. */
static gint64
count_days (const TtecommTerms *terms, const Offer *offer, const GDate *start)
{
  GDate end;

  g_assert_true (ttecomm_terms_term_end (terms, &offer->input.choice, start, 1, &end, NULL));
  return g_date_days_between (start, &end) + 1;
}

/* price * left / days, half up, in plain whole numbers: both stay far below 2^63. */
static gint64
expected_share (gint64 cents, gint64 days, gint64 left)
{
  return (2 * cents * left + days) / (2 * days);
}

static void
assert_share (const TtecommTerms *terms,
              const Offer *offer,
              const GDate *start,
              gint64 days,
              gint64 day)
{
  g_assert_cmpint (share (terms, offer, start, day), ==,
                   expected_share (offer->cents, days, days - day));
}

/* Every start day of 26 years: on the first day all of it, on the last one day's worth, and the
 * exact share on a day in between, another one for each start. */
static void
test_every_start (void)
{
  const GDate last = support_date ("2044-12-31");

  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      g_autoptr (TtecommTerms) terms = support_terms (offers[i].terms);
      GDate start = support_date ("2019-01-01");

      for (; g_date_compare (&start, &last) <= 0; g_date_add_days (&start, 1))
        {
          gint64 days = count_days (terms, &offers[i], &start);
          gint64 quote;

          g_assert_true (ttecomm_terms_quote (terms, &offers[i].input, &quote, NULL));
          g_assert_cmpint (quote, ==, offers[i].cents);
          g_assert_cmpint (share (terms, &offers[i], &start, 0), ==, quote);
          assert_share (terms, &offers[i], &start, days, days - 1);
          assert_share (terms, &offers[i], &start, days, g_date_get_julian (&start) % days);
        }
    }
}

/* Day by day through a term: what is left never grows, each day costs the same but for a cent, and
 * the used part and the rest make the whole. */
static void
check_all_days (const TtecommTerms *terms, const Offer *offer, const GDate *start)
{
  gint64 days = count_days (terms, offer, start);
  gint64 before = offer->cents;
  gint64 sum = 0;

  for (gint64 day = 1; day < days; day++)
    {
      gint64 left = share (terms, offer, start, day);
      gint64 used = expected_share (offer->cents, days, day);
      gboolean tie = 2 * offer->cents * day % (2 * days) == days;

      g_assert_cmpint (before - left, >=, offer->cents / days);
      g_assert_cmpint (before - left, <=, offer->cents / days + 1);
      /* Half a cent on both sides is rounded up on both. */
      g_assert_cmpint (used + left, ==, offer->cents + (tie ? 1 : 0));
      sum += before - left;
      before = left;
    }
  g_assert_cmpint (sum + before, ==, offer->cents);
}

static void
test_every_day (void)
{
  /* The months' ends around a leap day, and an ordinary day. */
  static const char *const starts[]
      = { "2027-01-31", "2027-02-28", "2028-02-29", "2028-03-01", "2026-09-18", "2044-12-31" };

  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (starts); j++)
      {
        g_autoptr (TtecommTerms) terms = support_terms (offers[i].terms);
        const GDate start = support_date (starts[j]);

        check_all_days (terms, &offers[i], &start);
      }
}

/* A rest that the price leaves is not rounded before the share is taken: 12 x 0.875 = 10.5 cents
 * are 11, half of them 5.25 and so 5, not 11 / 2. */
static void
test_rounds_only_once (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("airthings");
  const TtecommPriceInput input = { { "1y", 0 }, 1, 12, 1250 };
  const GDate start = support_date ("2027-03-01"); /* 366 days: 2028 is a leap year */
  const GDate middle = support_date ("2027-08-31");
  gint64 cents;

  g_assert_true (ttecomm_terms_quote (terms, &input, &cents, NULL));
  g_assert_cmpint (cents, ==, 11);
  g_assert_cmpint (g_date_days_between (&start, &middle), ==, 183);
  g_assert_true (ttecomm_terms_prorated (terms, &input, &start, &middle, &cents, NULL));
  g_assert_cmpint (cents, ==, 5);
}

/* Where nothing is divided, every day of the term costs all of it, and no day after it anything. */
static void
test_undivided (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const TtecommPriceInput input = { { "1y", 0 }, 1, 6000, 0 };
  const GDate last = support_date ("2044-12-31");
  GDate start = support_date ("2019-01-01");

  for (; g_date_compare (&start, &last) <= 0; g_date_add_days (&start, 1))
    {
      g_autoptr (GError) error = NULL;
      GDate day;
      gint64 cents;

      g_assert_true (ttecomm_terms_end_date (terms, &input.choice, &start, 1, &day, NULL));
      g_assert_true (ttecomm_terms_prorated (terms, &input, &start, &start, &cents, NULL));
      g_assert_cmpint (cents, ==, 6000);
      g_assert_true (ttecomm_terms_prorated (terms, &input, &start, &day, &cents, NULL));
      g_assert_cmpint (cents, ==, 6000);
      g_date_add_days (&day, 1);
      g_assert_false (ttecomm_terms_prorated (terms, &input, &start, &day, &cents, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_EXPIRED);
    }
}

static void
register_tests (Harness *harness)
{
  /* rules: A13 */
  harness_add (harness, "proration-property", "every-start", test_every_start);
  /* rules: A13 */
  harness_add (harness, "proration-property", "every-day", test_every_day);
  /* rules: C31 */
  harness_add (harness, "proration-property", "rounds-only-once", test_rounds_only_once);
  /* rules: S29 */
  harness_add (harness, "proration-property", "undivided", test_undivided);
}

HARNESS_MAIN (register_tests)
