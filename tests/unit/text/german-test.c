/* SPDX-License-Identifier: MIT */
/* German as it is compiled in: numbers, money, dates, plurals, and which host gets it. */
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

#include "tests/harness/harness.h"
#include "tests/unit/text/language.h"

#define NBSP "\u00a0"
#define NOON LANGUAGE_NOON_18_SEP_2026

static void
test_is_chosen_by_the_host (void)
{
  language_check_tags ("de");
}

static void
test_writes_numbers (void)
{
  g_autoptr (TtecommText) text = language_new ("de");

  language_take_equal (ttecomm_text_number (text, 0), "0");
  language_take_equal (ttecomm_text_number (text, 999), "999");
  language_take_equal (ttecomm_text_number (text, 1000), "1.000");
  language_take_equal (ttecomm_text_number (text, 1000000), "1.000.000");
  language_take_equal (ttecomm_text_rate (text, 1900), "19" NBSP "%");
  language_take_equal (ttecomm_text_rate (text, 550), "5,5" NBSP "%");
}

static void
test_writes_money (void)
{
  static const LanguageMoney rows[] = {
    { 0, "EUR", "0,00" NBSP "€" },
    { 1, "EUR", "0,01" NBSP "€" },
    { 6000, "EUR", "60,00" NBSP "€" },
    { 123450, "EUR", "1.234,50" NBSP "€" },
    { 100000000, "EUR", "1.000.000,00" NBSP "€" },
    { -1, "EUR", "-0,01" NBSP "€" },
    { -123450, "EUR", "-1.234,50" NBSP "€" },
    { 7260, "CHF", "72,60" NBSP "CHF" },
    { -7260, "CHF", "-72,60" NBSP "CHF" },
    { 7260, NULL, "72,60" NBSP "?" },
    { 7260, "{amount}", "72,60" NBSP "{amount}" },
    { G_MININT64, "EUR", "-92.233.720.368.547.758,08" NBSP "€" },
  };

  language_check_money ("de", rows, G_N_ELEMENTS (rows));
}

/* Nought is plural. */
static void
test_counts (void)
{
  static const LanguageSpan rows[] = {
    { 0, "0" NBSP "Sekunden" },     { 1, "1" NBSP "Sekunde" },
    { 2, "2" NBSP "Sekunden" },     { 60, "1" NBSP "Minute" },
    { 3599, "59" NBSP "Minuten" },  { 3600, "1" NBSP "Stunde" },
    { -7200, "2" NBSP "Stunden" },  { 86400, "1" NBSP "Tag" },
    { 86400 * 2, "2" NBSP "Tage" }, { G_GINT64_CONSTANT (86400000000), "1.000.000" NBSP "Tage" },
  };
  g_autoptr (TtecommText) text = language_new ("de");

  language_check_spans ("de", rows, G_N_ELEMENTS (rows));
  /* A dative. */
  language_take_equal (ttecomm_text_ago (text, 0), "gerade eben");
  language_take_equal (ttecomm_text_ago (text, 60), "vor 1" NBSP "Minute");
  language_take_equal (ttecomm_text_ago (text, 7200), "vor 2" NBSP "Stunden");
  language_take_equal (ttecomm_text_ago (text, 86400), "vor 1" NBSP "Tag");
  language_take_equal (ttecomm_text_ago (text, 86400 * 2), "vor 2" NBSP "Tagen");
}

static void
test_tells_dates (void)
{
  g_autoptr (TtecommText) text = language_new ("de");
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 3, G_DATE_SEPTEMBER, 2027);
  language_take_equal (ttecomm_text_date (text, &date), "03.09.2027");
  language_take_equal (ttecomm_text_iso_date (text, "2027-09-03"), "03.09.2027");
  language_take_equal (ttecomm_text_iso_date (text, "2027-09-31"), "2027-09-31");
  language_take_equal (ttecomm_text_day (text, NOON), "18.09.2026");
  language_take_equal (ttecomm_text_instant (text, NOON, NOON), "heute um 14:00" NBSP "Uhr");
  language_take_equal (ttecomm_text_instant (text, NOON - 86400, NOON),
                       "gestern um 14:00" NBSP "Uhr");
  language_take_equal (ttecomm_text_instant (text, NOON + 86400, NOON),
                       "19.09.2026 um 14:00" NBSP "Uhr");
  language_take_equal (ttecomm_text_instant (text, G_MAXINT64, NOON), "Datum unbekannt");
}

static void
test_lists (void)
{
  static const char *const three[] = { "Alexa", "Jan", "Mara", NULL };
  g_autoptr (TtecommText) text = language_new ("de");

  language_take_equal (ttecomm_text_list (text, three), "Alexa, Jan und Mara");
}

static void
test_trusts_no_name (void)
{
  language_check_names ("de", "Remote Services ist für ", " noch nicht aktiviert.");
}

static void
test_ignores_the_process (void)
{
  language_check_process ("de", "1.234,50" NBSP "€", "vor 2" NBSP "Stunden", "Aktualisieren");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "german", "is-chosen-by-the-host", test_is_chosen_by_the_host);
  harness_add (harness, "german", "writes-numbers", test_writes_numbers);
  harness_add (harness, "german", "writes-money", test_writes_money);
  harness_add (harness, "german", "counts", test_counts);
  harness_add (harness, "german", "tells-dates", test_tells_dates);
  harness_add (harness, "german", "lists", test_lists);
  harness_add (harness, "german", "trusts-no-name", test_trusts_no_name);
  harness_add (harness, "german", "ignores-the-process", test_ignores_the_process);
}

HARNESS_MAIN (register_tests)
