/* SPDX-License-Identifier: MIT */
#include "base/civil-date.h"
#include "tests/harness/harness.h"

static GDate
date_of (const char *iso)
{
  GDate date;
  g_autoptr (GError) error = NULL;
  gboolean parsed = ttecomm_date_parse (iso, &date, &error);

  g_assert_no_error (error);
  g_assert_true (parsed);
  return date;
}

static void
assert_date (const GDate *date, const char *expected)
{
  char text[TTECOMM_DATE_SIZE];

  ttecomm_date_format (date, text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_parses_and_formats (void)
{
  static const char *const dates[]
      = { "1900-01-01", "2000-02-29", "2024-02-29", "2026-09-30", "2026-12-31", "2999-12-31" };
  char dmy[TTECOMM_DATE_SIZE];
  GDate date;

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      date = date_of (dates[i]);
      assert_date (&date, dates[i]);
    }
  date = date_of ("2027-01-09");
  ttecomm_date_format_dmy (&date, dmy);
  g_assert_cmpstr (dmy, ==, "09/01/2027");
}

static void
test_refuses_what_is_no_date (void)
{
  /* 31 September is printed in a handbook (C9): it is refused, never rolled over. */
  static const char *const bad[] = {
    "2026-09-31",  "2025-02-29",  "2100-02-29",
    "2026-00-10",  "2026-13-01",  "2026-01-00",
    "2026-01-32",  "0000-01-01",  "",
    "2026-1-01",   "2026-01-1",   "26-01-01",
    "2026-01-01 ", " 2026-01-01", "2026-01-01T00:00:00",
    "2026/01/01",  "01-01-2026",  "20260101",
    "2026-0a-01",  "+026-01-01",  "2026-01--1",
    "２０２６",    "\xff\xfe",    "2026-01-0\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      GDate date;

      g_date_clear (&date, 1);
      g_assert_false (ttecomm_date_parse (bad[i], &date, &error));
      g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_false (g_date_valid (&date));
    }
}

static void
test_refuses_null_and_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, '1');
  g_autoptr (GError) null_error = NULL;
  g_autoptr (GError) long_error = NULL;
  GDate date;

  g_assert_false (ttecomm_date_parse (NULL, &date, &null_error));
  g_assert_error (null_error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_INVALID);
  g_assert_false (ttecomm_date_parse (text, &date, &long_error));
  g_assert_error (long_error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_INVALID);
  g_assert_cmpuint (strlen (long_error->message), <, 200);
}

static void
test_refuses_years_out_of_range (void)
{
  static const char *const bad[] = { "1899-12-31", "0001-01-01", "3000-01-01", "9999-12-31" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      GDate date;

      g_assert_false (ttecomm_date_parse (bad[i], &date, &error));
      g_assert_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
    }
}

static void
test_adds_months_by_clamping (void)
{
  static const struct
  {
    const char *from;
    gint64 months;
    const char *to;
  } rows[] = {
    { "2026-01-31", 1, "2026-02-28" },      { "2028-01-31", 1, "2028-02-29" },
    { "2026-03-31", -1, "2026-02-28" },     { "2024-02-29", 12, "2025-02-28" },
    { "2024-02-29", 48, "2028-02-29" },     { "2026-05-31", -2, "2026-03-31" },
    { "2026-12-15", 1, "2027-01-15" },      { "2026-01-15", -1, "2025-12-15" },
    { "2026-08-31", 0, "2026-08-31" },      { "1900-01-31", 13199, "2999-12-31" },
    { "2999-12-31", -13199, "1900-01-31" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      GDate date = date_of (rows[i].from);

      g_assert_true (ttecomm_date_add_months (&date, rows[i].months, &date, &error));
      g_assert_no_error (error);
      assert_date (&date, rows[i].to);
    }
}

/* Every day of 26 years and every month offset of ten: as GLib itself clamps. */
static void
test_adds_months_as_glib_does (void)
{
  GDate day = date_of ("2019-01-01");
  const GDate last = date_of ("2044-12-31");

  for (; g_date_compare (&day, &last) <= 0; g_date_add_days (&day, 1))
    for (guint months = 0; months <= 120; months++)
      {
        GDate expected = day;
        GDate got;

        g_date_add_months (&expected, months);
        g_assert_true (ttecomm_date_add_months (&day, months, &got, NULL));
        g_assert_cmpint (g_date_compare (&got, &expected), ==, 0);
        expected = day;
        g_date_subtract_months (&expected, months);
        g_assert_true (ttecomm_date_add_months (&day, -(gint64)months, &got, NULL));
        g_assert_cmpint (g_date_compare (&got, &expected), ==, 0);
      }
}

static void
test_adds_days (void)
{
  GDate date = date_of ("2028-02-28");

  g_assert_true (ttecomm_date_add_days (&date, 1, &date, NULL));
  assert_date (&date, "2028-02-29");
  g_assert_true (ttecomm_date_add_days (&date, 366, &date, NULL));
  assert_date (&date, "2029-03-01");
  g_assert_true (ttecomm_date_add_days (&date, -366, &date, NULL));
  assert_date (&date, "2028-02-29");
}

static void
test_refuses_results_out_of_range (void)
{
  static const gint64 amounts[]
      = { G_MAXINT64, G_MININT64, G_MAXINT32, G_MININT32, G_MAXUINT32, 500000, -500000 };
  const GDate start = date_of ("2026-09-18");

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autoptr (GError) month_error = NULL;
      g_autoptr (GError) day_error = NULL;
      GDate date = start;

      g_assert_false (ttecomm_date_add_months (&date, amounts[i], &date, &month_error));
      g_assert_error (month_error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
      g_assert_false (ttecomm_date_add_days (&date, amounts[i], &date, &day_error));
      g_assert_error (day_error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE);
      assert_date (&date, "2026-09-18");
    }
}

static void
test_stops_at_the_first_and_last_day (void)
{
  const GDate first = date_of ("1900-01-01");
  const GDate last = date_of ("2999-12-31");
  GDate date;

  g_assert_false (ttecomm_date_add_days (&first, -1, &date, NULL));
  g_assert_false (ttecomm_date_add_months (&first, -1, &date, NULL));
  g_assert_false (ttecomm_date_add_days (&last, 1, &date, NULL));
  g_assert_false (ttecomm_date_add_months (&last, 1, &date, NULL));
}

static void
test_finds_the_month_end (void)
{
  GDate date = date_of ("2027-02-01");

  ttecomm_date_month_end (&date, &date);
  assert_date (&date, "2027-02-28");
  date = date_of ("2028-02-29");
  ttecomm_date_month_end (&date, &date);
  assert_date (&date, "2028-02-29");
  date = date_of ("2027-12-05");
  ttecomm_date_month_end (&date, &date);
  assert_date (&date, "2027-12-31");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "civil-date", "parses-and-formats", test_parses_and_formats);
  /* rules: C9 */
  harness_add (harness, "civil-date", "refuses-what-is-no-date", test_refuses_what_is_no_date);
  harness_add (harness, "civil-date", "refuses-null-and-long-text",
               test_refuses_null_and_long_text);
  harness_add (harness, "civil-date", "refuses-years-out-of-range",
               test_refuses_years_out_of_range);
  harness_add (harness, "civil-date", "adds-months-by-clamping", test_adds_months_by_clamping);
  harness_add (harness, "civil-date", "adds-months-as-glib-does", test_adds_months_as_glib_does);
  harness_add (harness, "civil-date", "adds-days", test_adds_days);
  harness_add (harness, "civil-date", "refuses-results-out-of-range",
               test_refuses_results_out_of_range);
  harness_add (harness, "civil-date", "stops-at-the-first-and-last-day",
               test_stops_at_the_first_and_last_day);
  harness_add (harness, "civil-date", "finds-the-month-end", test_finds_the_month_end);
}

HARNESS_MAIN (register_tests)
