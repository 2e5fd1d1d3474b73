/* SPDX-License-Identifier: MIT */
/* Dutch as it is compiled in: numbers, money, dates, plurals, and which host gets it. */
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

#include "tests/harness/harness.h"
#include "tests/unit/text/language.h"

#define NBSP "\u00a0"
#define NOON LANGUAGE_NOON_18_SEP_2026

static void
test_is_chosen_by_the_host (void)
{
  language_check_tags ("nl");
}

static void
test_writes_numbers (void)
{
  g_autoptr (TtecommText) text = language_new ("nl");

  language_take_equal (ttecomm_text_number (text, 0), "0");
  language_take_equal (ttecomm_text_number (text, 999), "999");
  language_take_equal (ttecomm_text_number (text, 1000), "1.000");
  language_take_equal (ttecomm_text_number (text, 1000000), "1.000.000");
  language_take_equal (ttecomm_text_rate (text, 2100), "21%");
  language_take_equal (ttecomm_text_rate (text, 550), "5,5%");
}

static void
test_writes_money (void)
{
  static const LanguageMoney rows[] = {
    { 0, "EUR", "€" NBSP "0,00" },
    { 1, "EUR", "€" NBSP "0,01" },
    { 6000, "EUR", "€" NBSP "60,00" },
    { 123450, "EUR", "€" NBSP "1.234,50" },
    { 100000000, "EUR", "€" NBSP "1.000.000,00" },
    { -1, "EUR", "€" NBSP "-0,01" },
    { -123450, "EUR", "€" NBSP "-1.234,50" },
    { 7260, "CHF", "CHF" NBSP "72,60" },
    { -7260, "CHF", "CHF" NBSP "-72,60" },
    { 7260, NULL, "?" NBSP "72,60" },
    { 7260, "{amount}", "{amount}" NBSP "72,60" },
    { G_MININT64, "EUR", "€" NBSP "-92.233.720.368.547.758,08" },
  };

  language_check_money ("nl", rows, G_N_ELEMENTS (rows));
}

/* Nought is plural; an hour has no plural after a number. */
static void
test_counts (void)
{
  static const LanguageSpan rows[] = {
    { 0, "0" NBSP "seconden" },      { 1, "1" NBSP "seconde" },
    { 2, "2" NBSP "seconden" },      { 60, "1" NBSP "minuut" },
    { 3599, "59" NBSP "minuten" },   { 3600, "1" NBSP "uur" },
    { -7200, "2" NBSP "uur" },       { 86400, "1" NBSP "dag" },
    { 86400 * 2, "2" NBSP "dagen" }, { G_GINT64_CONSTANT (86400000000), "1.000.000" NBSP "dagen" },
  };
  g_autoptr (TtecommText) text = language_new ("nl");

  language_check_spans ("nl", rows, G_N_ELEMENTS (rows));
  language_take_equal (ttecomm_text_ago (text, 0), "zojuist");
  language_take_equal (ttecomm_text_ago (text, 60), "1" NBSP "minuut geleden");
  language_take_equal (ttecomm_text_ago (text, 7200), "2" NBSP "uur geleden");
  language_take_equal (ttecomm_text_ago (text, 86400), "1" NBSP "dag geleden");
}

static void
test_tells_dates (void)
{
  g_autoptr (TtecommText) text = language_new ("nl");
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 3, G_DATE_SEPTEMBER, 2027);
  language_take_equal (ttecomm_text_date (text, &date), "03/09/2027");
  language_take_equal (ttecomm_text_iso_date (text, "2027-09-03"), "03/09/2027");
  language_take_equal (ttecomm_text_iso_date (text, "2027-09-31"), "2027-09-31");
  language_take_equal (ttecomm_text_day (text, NOON), "18/09/2026");
  language_take_equal (ttecomm_text_instant (text, NOON, NOON), "vandaag om 14:00");
  language_take_equal (ttecomm_text_instant (text, NOON - 86400, NOON), "gisteren om 14:00");
  language_take_equal (ttecomm_text_instant (text, NOON + 86400, NOON), "19/09/2026 om 14:00");
  language_take_equal (ttecomm_text_instant (text, G_MAXINT64, NOON), "datum onbekend");
}

static void
test_lists (void)
{
  static const char *const three[] = { "Alexa", "Jan", "Mara", NULL };
  g_autoptr (TtecommText) text = language_new ("nl");

  language_take_equal (ttecomm_text_list (text, three), "Alexa, Jan en Mara");
}

static void
test_trusts_no_name (void)
{
  language_check_names ("nl", "Remote Services is nog niet geactiveerd voor ", ".");
}

static void
test_ignores_the_process (void)
{
  language_check_process ("nl", "€" NBSP "1.234,50", "2" NBSP "uur geleden", "Vernieuwen");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "dutch", "is-chosen-by-the-host", test_is_chosen_by_the_host);
  harness_add (harness, "dutch", "writes-numbers", test_writes_numbers);
  harness_add (harness, "dutch", "writes-money", test_writes_money);
  harness_add (harness, "dutch", "counts", test_counts);
  harness_add (harness, "dutch", "tells-dates", test_tells_dates);
  harness_add (harness, "dutch", "lists", test_lists);
  harness_add (harness, "dutch", "trusts-no-name", test_trusts_no_name);
  harness_add (harness, "dutch", "ignores-the-process", test_ignores_the_process);
}

HARNESS_MAIN (register_tests)
