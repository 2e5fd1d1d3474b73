/* SPDX-License-Identifier: MIT */
/*
 * The edges of every function that counts: the last value that is right, the first that is refused,
 * and no result touched by a refusal.
 */
#include "base/civil-date.h"
#include "plugin/terms/dates.h"
#include "plugin/terms/event.h"
#include "plugin/terms/fraction.h"
#include "plugin/terms/payment.h"
#include "plugin/terms/preview.h"
#include "plugin/terms/price.h"
#include "plugin/terms/schedule.h"
#include "plugin/terms/tax.h"
#include "plugin/terms/usage.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"

#define UNTOUCHED G_GINT64_CONSTANT (-77)

/* The upper and the lower half of a product of two 64-bit numbers, by schoolbook multiplication. */
static void
multiply_wide (guint64 a, guint64 b, guint64 *high, guint64 *low)
{
  const guint64 mask = G_MAXUINT32;
  guint64 middle = (a >> 32) * (b & mask);
  guint64 other = (a & mask) * (b >> 32);
  guint64 bottom = (a & mask) * (b & mask);
  guint64 carry = (bottom >> 32) + (middle & mask) + (other & mask);

  *high = (a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32) + (carry >> 32);
  *low = (carry << 32) | (bottom & mask);
}

/* (a * b) / c by long division, half up; FALSE when it does not fit. */
static gboolean
divide_wide (guint64 a, guint64 b, guint64 c, gint64 *out)
{
  guint64 high;
  guint64 low;
  guint64 rest;
  guint64 quotient = 0;

  multiply_wide (a, b, &high, &low);
  if (high >= c)
    return FALSE;
  rest = high;
  for (guint bit = 64; bit > 0; bit--)
    {
      rest = (rest << 1) | ((low >> (bit - 1)) & 1);
      quotient <<= 1;
      if (rest >= c)
        {
          rest -= c;
          quotient |= 1;
        }
    }
  if (rest >= c - rest)
    {
      if (quotient == G_MAXUINT64)
        return FALSE;
      quotient++;
    }
  *out = (gint64)quotient;
  return quotient <= G_MAXINT64;
}

/* Numbers at which binary arithmetic breaks, each a little off as well. */
static GArray *
awkward_numbers (void)
{
  static const guint64 centres[]
      = { 1, 10000, G_MAXUINT32, G_GUINT64_CONSTANT (1) << 62, G_MAXINT64 - 2 };
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (gsize i = 0; i < G_N_ELEMENTS (centres); i++)
    for (guint64 offset = 0; offset < 5; offset++)
      {
        guint64 number = centres[i] - 2 + offset;

        if (number >= 1 && number <= G_MAXINT64)
          g_array_append_val (numbers, number);
      }
  return numbers;
}

/* Against a long division done otherwise: the same amounts, the same refusals. */
static void
test_fractions_agree_with_long_division (void)
{
  g_autoptr (GArray) numbers = awkward_numbers ();
  guint refused = 0;
  guint answered = 0;

  for (guint i = 0; i < numbers->len; i++)
    for (guint j = 0; j < numbers->len; j++)
      for (guint k = 0; k < numbers->len; k++)
        {
          const guint64 factors[]
              = { g_array_index (numbers, guint64, i), g_array_index (numbers, guint64, j) };
          const guint64 divisor = g_array_index (numbers, guint64, k);
          g_autoptr (GError) error = NULL;
          gint64 expected = UNTOUCHED;
          gint64 got = UNTOUCHED;
          gboolean fits = divide_wide (factors[0], factors[1], divisor, &expected);

          g_assert_cmpint (ttecomm_fraction_round_half_up (factors, 2, &divisor, 1, &got, &error),
                           ==, fits);
          if (fits)
            g_assert_no_error (error);
          else
            g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_OVERFLOW);
          g_assert_cmpint (got, ==, fits ? expected : UNTOUCHED);
          answered += fits ? 1 : 0;
          refused += fits ? 0 : 1;
        }
  g_assert_cmpuint (answered, >, 1000);
  g_assert_cmpuint (refused, >, 1000);
}

/* The divisors' product is counted too: up to the largest number, and not a step further. */
static void
test_divisors_end (void)
{
  const guint64 largest[] = { G_MAXINT64 / 7, 7 };
  const guint64 too_large[] = { G_GUINT64_CONSTANT (1) << 32, G_GUINT64_CONSTANT (1) << 31 };
  const guint64 far_too_large[] = { G_MAXUINT32, G_GUINT64_CONSTANT (1) << 32 };
  const guint64 factors[] = { G_MAXINT64 - 8, 3 };
  const guint64 one[] = { 1 }; /* nothing cancels out */
  gint64 got = UNTOUCHED;

  g_assert_true (ttecomm_fraction_round_half_up (factors, 2, largest, 2, &got, NULL));
  g_assert_cmpint (got, ==, 3);
  got = UNTOUCHED;
  g_assert_false (ttecomm_fraction_round_half_up (one, 1, too_large, 2, &got, NULL));
  g_assert_false (ttecomm_fraction_round_half_up (one, 1, far_too_large, 2, &got, NULL));
  g_assert_cmpint (got, ==, UNTOUCHED);
}

/* One cent more than can be counted is refused, at a full price and at a share of it. */
static void
test_prices_end (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("tmas");
  const GDate start = support_date ("2027-02-01"); /* 28 days */
  const GDate last = support_date ("2027-02-28");
  TtecommPriceInput input = { { "monthly", 0 }, 1, G_MAXINT64, 0 };
  g_autoptr (GError) error = NULL;
  gint64 cents = UNTOUCHED;

  g_assert_true (ttecomm_terms_quote (terms, &input, &cents, NULL));
  g_assert_cmpint (cents, ==, G_MAXINT64);
  g_assert_true (ttecomm_terms_prorated (terms, &input, &start, &start, &cents, NULL));
  g_assert_cmpint (cents, ==, G_MAXINT64);
  input.quantity = 28;
  /* A 28th of 28 times the most there is. */
  g_assert_true (ttecomm_terms_prorated (terms, &input, &start, &last, &cents, NULL));
  g_assert_cmpint (cents, ==, G_MAXINT64);
  input.quantity = 29;
  cents = UNTOUCHED;
  g_assert_false (ttecomm_terms_prorated (terms, &input, &start, &last, &cents, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_OVERFLOW);
  g_clear_error (&error);
  g_assert_false (ttecomm_terms_quote (terms, &input, &cents, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_OVERFLOW);
  g_assert_cmpint (cents, ==, UNTOUCHED);
}

/* What cannot be priced is not previewed, and a price beyond the scheduler's is not sold. */
static void
test_purchases_end (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  const TtecommPriceInput dear = { { "1y", 0 }, 1, -1, 0 };
  const TtecommPriceInput good = { { "1y", 0 }, 1, 6000, 0 };
  const TtecommTermChoice choice = { "1y", 0 };
  const GDate today = support_date ("2027-02-01");
  const GDate end_of_days = support_date ("2999-01-01");
  g_autoptr (TtecommSchedule) schedule = ttecomm_schedule_new (&today);
  g_autoptr (GPtrArray) events = ttecomm_events_new ();
  g_autoptr (GError) error = NULL;
  TtecommPreview preview = { .net_cents = UNTOUCHED };

  g_assert_false (ttecomm_preview_purchase (terms, &dear, &today, &preview, NULL));
  g_assert_false (ttecomm_preview_purchase (terms, &good, &end_of_days, &preview, &error));
  g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_cmpint (preview.net_cents, ==, UNTOUCHED);
  g_assert_true (ttecomm_schedule_buy (schedule, "A", terms, &choice, "P", TTECOMM_TERMS_MAX_CENTS,
                                       events, NULL));
  g_assert_false (ttecomm_schedule_buy (schedule, "B", terms, &choice, "P",
                                        TTECOMM_TERMS_MAX_CENTS + 1, events, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID);
  g_assert_null (ttecomm_schedule_lookup (schedule, "B"));
}

/* An invoice counts as far as a number goes and keeps what it had when one line is too much. */
static void
test_invoices_end (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  g_autoptr (GPtrArray) events = ttecomm_events_new ();
  const GDate day = support_date ("2027-08-30");
  TtecommEventLine line = { (char *)"A", 2, day, G_MAXINT64 - 1 };
  const TtecommEvent *event;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      ttecomm_events_add (events, &day, TTECOMM_EVENT_RENEWAL_INVOICE, "P", terms, &line, NULL));
  line = (TtecommEventLine){ (char *)"B", 2, day, 2 };
  g_assert_false (
      ttecomm_events_add (events, &day, TTECOMM_EVENT_RENEWAL_INVOICE, "P", terms, &line, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_OVERFLOW);
  line.cents = 1;
  g_assert_true (
      ttecomm_events_add (events, &day, TTECOMM_EVENT_RENEWAL_INVOICE, "P", terms, &line, NULL));
  g_assert_cmpuint (events->len, ==, 1);
  event = g_ptr_array_index (events, 0);
  g_assert_cmpuint (event->lines->len, ==, 2);
  g_assert_cmpint (event->cents, ==, G_MAXINT64);
}

static void
test_vat_ends (void)
{
  /* The largest net whose gross fits at 25 %, and the next. */
  const gint64 largest = G_MAXINT64 / 5 * 4 + 1;
  TtecommVatLine fits[] = { { 2500, largest, 0 } };
  TtecommVatLine too_much[] = { { 2500, largest + 1, 0 } };
  TtecommVatLine at_all[] = { { 10000, 3, 0 }, { 0, 0, 0 } };
  gsize n_rates;
  gint64 gross = UNTOUCHED;

  g_assert_true (ttecomm_vat_invoice (fits, 1, &n_rates, &gross, NULL));
  g_assert_cmpint (gross, ==, fits[0].net_cents + fits[0].vat_cents);
  g_assert_cmpint (gross, >=, G_MAXINT64 - 1);
  gross = UNTOUCHED;
  g_assert_false (ttecomm_vat_invoice (too_much, 1, &n_rates, &gross, NULL));
  g_assert_cmpint (gross, ==, UNTOUCHED);
  g_assert_true (ttecomm_vat_invoice (at_all, 2, &n_rates, &gross, NULL));
  g_assert_cmpint (gross, ==, 6);
}

static void
test_counts_end (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("airthings");
  const gint64 most[] = { TTECOMM_TERMS_MAX_UNITS };
  const gint64 more[] = { TTECOMM_TERMS_MAX_UNITS, 1 };
  const gint64 beyond[] = { TTECOMM_TERMS_MAX_UNITS + 1 };
  TtecommTypedUsage typed = { "x", 1, G_MAXINT64, UNTOUCHED };
  TtecommUsage usage = { .green = UNTOUCHED };
  TtecommUsageStatus status;
  gboolean limited;
  gint64 out = UNTOUCHED;

  g_assert_true (ttecomm_terms_seats_for (terms, most, 1, &out, NULL));
  g_assert_cmpint (out, ==, TTECOMM_TERMS_MAX_UNITS);
  out = UNTOUCHED;
  g_assert_false (ttecomm_terms_seats_for (terms, more, 2, &out, NULL));
  g_assert_false (ttecomm_terms_seats_for (terms, beyond, 1, &out, NULL));
  g_assert_cmpint (out, ==, UNTOUCHED);
  g_assert_true (ttecomm_usage (TTECOMM_TERMS_MAX_UNITS, TTECOMM_TERMS_MAX_UNITS, &usage, NULL));
  g_assert_cmpint (usage.green, ==, TTECOMM_TERMS_MAX_UNITS);
  usage.green = UNTOUCHED;
  g_assert_false (ttecomm_usage (TTECOMM_TERMS_MAX_UNITS + 1, 0, &usage, NULL));
  g_assert_false (ttecomm_usage (0, G_MAXINT64, &usage, NULL));
  g_assert_cmpint (usage.green, ==, UNTOUCHED);
  g_assert_false (ttecomm_usage_typed (&typed, 1, &status, &limited, NULL));
  g_assert_cmpint (ttecomm_terms_change_units (terms, TTECOMM_TERMS_MAX_UNITS - 1, 0, 1, &out), ==,
                   TTECOMM_CHANGE_OK);
  g_assert_cmpint (out, ==, TTECOMM_TERMS_MAX_UNITS);
  g_assert_cmpint (ttecomm_terms_change_units (terms, TTECOMM_TERMS_MAX_UNITS, 0, 1, &out), ==,
                   TTECOMM_CHANGE_ABOVE_MAXIMUM_UNITS);
  g_assert_cmpint (ttecomm_terms_change_units (terms, G_MAXINT64, G_MAXINT64, G_MAXINT64, &out), ==,
                   TTECOMM_CHANGE_ABOVE_MAXIMUM_UNITS);
}

/* The parts of a usage bar add up to what is paid for and to what is used. */
static void
test_usage_adds_up (void)
{
  for (gint64 used = 0; used <= 60; used++)
    for (gint64 allotted = 0; allotted <= 60; allotted++)
      {
        TtecommUsage usage;

        g_assert_true (ttecomm_usage (used, allotted, &usage, NULL));
        g_assert_cmpint (usage.green + usage.yellow, ==, used);
        g_assert_cmpint (usage.green + usage.grey, ==, allotted);
        g_assert_true (usage.grey == 0 || usage.yellow == 0);
        g_assert_cmpint (usage.status == TTECOMM_USAGE_YELLOW, ==, usage.yellow > 0);
        g_assert_cmpint (usage.status == TTECOMM_USAGE_GREY, ==, used == 0);
      }
}

typedef gboolean (*FromEnd) (const TtecommTerms *terms,
                             const GDate *end,
                             GDate *out,
                             GError **error);

static gboolean
charge_of (const TtecommTerms *terms, const GDate *end, GDate *out, GError **error)
{
  return ttecomm_terms_charge_date (terms, end, NULL, out, error);
}

static gboolean
reminder_of (const TtecommTerms *terms, const GDate *end, GDate *out, GError **error)
{
  GDate dates[TTECOMM_TERMS_MAX_REMINDERS];

  if (!ttecomm_terms_reminder_dates (terms, end, dates, error))
    return FALSE;
  *out = dates[0];
  return TRUE;
}

static gboolean
renewal_of (const TtecommTerms *terms, const GDate *end, GDate *out, GError **error)
{
  return ttecomm_terms_renewal_date (end, out, error);
}

/* The calendar of this project is 1900 to 2999: the last end that has an answer, and the next. */
static void
test_dates_end (void)
{
  static const struct
  {
    const char *terms;
    FromEnd from_end;
    const char *last;
    const char *expected;
    const char *refused;
  } rows[] = {
    { "ttecomm", charge_of, "1900-02-01", "1900-01-01", "1900-01-31" },
    { "ttecomm", reminder_of, "1900-03-01", "1900-01-01", "1900-02-28" },
    { "ttecomm", renewal_of, "2999-12-30", "2999-12-31", "2999-12-31" },
    { "tmas", charge_of, "2999-12-30", "2999-12-31", "2999-12-31" },
    { "airthings", ttecomm_terms_last_cancel_date, "1900-03-31", "1900-01-01", "1900-03-30" },
    { "airthings", ttecomm_terms_last_cancel_date, "2999-12-30", "2999-10-02", "2999-12-31" },
    { "airthings", ttecomm_terms_freeze_start, "1900-03-31", "1900-01-01", "1900-03-30" },
    { "airthings", ttecomm_terms_freeze_start, "2999-12-30", "2999-09-30", "2999-12-31" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommTerms) terms = support_terms (rows[i].terms);
      const GDate last = support_date (rows[i].last);
      const GDate refused = support_date (rows[i].refused);
      g_autoptr (GError) error = NULL;
      GDate date = support_date ("2000-01-01");

      g_test_message ("%s, %s", rows[i].terms, rows[i].last);
      g_assert_false (rows[i].from_end (terms, &refused, &date, &error));
      g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
      support_assert_date (&date, "2000-01-01");
      g_assert_true (rows[i].from_end (terms, &last, &date, NULL));
      support_assert_date (&date, rows[i].expected);
    }
}

/* The n-th term of what never ends, and of what ends on the day before. */
static void
test_terms_end (void)
{
  static const struct
  {
    const char *terms;
    TtecommTermChoice choice;
    const char *start;
    gint64 n;
    const char *end; /* NULL: refused */
  } rows[] = {
    { "tmas", { "monthly", 0 }, "2999-10-31", 2, "2999-12-30" },
    { "tmas", { "monthly", 0 }, "2999-10-31", 3, NULL },
    { "tmas", { "yearly", 0 }, "2998-01-01", 1, "2998-12-31" },
    { "tmas", { "yearly", 0 }, "2998-01-01", 2, NULL },
    { "dexma", { "custom", 60 }, "2994-12-31", 1, "2999-12-30" },
    { "dexma", { "custom", 60 }, "2995-01-01", 1, NULL },
    { "airthings", { "5y", 0 }, "1900-01-01", 219, "2994-12-31" },
    { "airthings", { "5y", 0 }, "1900-01-01", 220, NULL },
    { "ttecomm", { "1y", 0 }, "2998-12-31", 1, "2999-12-31" },
    { "ttecomm", { "1y", 0 }, "2999-01-01", 1, NULL },
    { "tmas", { "yearly", 0 }, "1900-01-01", TTECOMM_TERMS_MAX_N, NULL },
    { "tmas", { "yearly", 0 }, "1900-01-01", G_MAXINT64, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommTerms) terms = support_terms (rows[i].terms);
      const GDate start = support_date (rows[i].start);
      GDate date = support_date ("2000-01-01");
      gboolean found
          = ttecomm_terms_term_end (terms, &rows[i].choice, &start, rows[i].n, &date, NULL);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (found, ==, rows[i].end != NULL);
      support_assert_date (&date, rows[i].end != NULL ? rows[i].end : "2000-01-01");
    }
}

/* The start window, its first and last day, and a day outside on each side. */
static void
test_starts_end (void)
{
  g_autoptr (TtecommTerms) window = support_terms ("airthings");
  g_autoptr (TtecommTerms) today_only = support_terms ("ttecomm");
  const GDate today = support_date ("2028-02-29");
  static const struct
  {
    gint64 ahead;
    TtecommStart window;
    TtecommStart today_only;
  } rows[] = {
    { -366, TTECOMM_START_TOO_EARLY, TTECOMM_START_TOO_EARLY },
    { -365, TTECOMM_START_OK, TTECOMM_START_TOO_EARLY },
    { -1, TTECOMM_START_OK, TTECOMM_START_TOO_EARLY },
    { 0, TTECOMM_START_OK, TTECOMM_START_OK },
    { 1, TTECOMM_START_SCHEDULED, TTECOMM_START_TOO_LATE },
    { 365, TTECOMM_START_SCHEDULED, TTECOMM_START_TOO_LATE },
    { 366, TTECOMM_START_TOO_LATE, TTECOMM_START_TOO_LATE },
  };
  const GDate first = support_date ("1900-01-01");
  const GDate last = support_date ("2999-12-31");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate start;

      g_assert_true (ttecomm_date_add_days (&today, rows[i].ahead, &start, NULL));
      g_assert_cmpint (ttecomm_terms_validate_start (window, &today, &start), ==, rows[i].window);
      g_assert_cmpint (ttecomm_terms_validate_start (today_only, &today, &start), ==,
                       rows[i].today_only);
    }
  g_assert_cmpint (ttecomm_terms_validate_start (window, &last, &first), ==,
                   TTECOMM_START_TOO_EARLY);
  g_assert_cmpint (ttecomm_terms_validate_start (window, &first, &last), ==,
                   TTECOMM_START_TOO_LATE);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "edges", "fractions-agree-with-long-division",
               test_fractions_agree_with_long_division);
  harness_add (harness, "edges", "divisors-end", test_divisors_end);
  harness_add (harness, "edges", "prices-end", test_prices_end);
  harness_add (harness, "edges", "purchases-end", test_purchases_end);
  harness_add (harness, "edges", "invoices-end", test_invoices_end);
  harness_add (harness, "edges", "vat-ends", test_vat_ends);
  harness_add (harness, "edges", "counts-end", test_counts_end);
  /* rules: T5 T6 T7 */
  harness_add (harness, "edges", "usage-adds-up", test_usage_adds_up);
  harness_add (harness, "edges", "dates-end", test_dates_end);
  harness_add (harness, "edges", "terms-end", test_terms_end);
  /* rules: A14 A15 A16 */
  harness_add (harness, "edges", "starts-end", test_starts_end);
}

HARNESS_MAIN (register_tests)
