/* SPDX-License-Identifier: MIT */
/* French as it is compiled in: numbers, money, dates, plurals, and which host gets it. */
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

#include "tests/harness/harness.h"
#include "tests/unit/text/language.h"

#define NBSP "\u00a0"
#define NOON LANGUAGE_NOON_18_SEP_2026

static void
test_is_chosen_by_the_host (void)
{
  language_check_tags ("fr");
}

static void
test_writes_numbers (void)
{
  g_autoptr (TtecommText) text = language_new ("fr");

  language_take_equal (ttecomm_text_number (text, 0), "0");
  language_take_equal (ttecomm_text_number (text, 999), "999");
  language_take_equal (ttecomm_text_number (text, 1000), "1" NBSP "000");
  language_take_equal (ttecomm_text_number (text, 1000000), "1" NBSP "000" NBSP "000");
  language_take_equal (ttecomm_text_rate (text, 2100), "21" NBSP "%");
  language_take_equal (ttecomm_text_rate (text, 550), "5,5" NBSP "%");
}

static void
test_writes_money (void)
{
  static const LanguageMoney rows[] = {
    { 0, "EUR", "0,00" NBSP "€" },
    { 1, "EUR", "0,01" NBSP "€" },
    { 6000, "EUR", "60,00" NBSP "€" },
    { 123450, "EUR", "1" NBSP "234,50" NBSP "€" },
    { 100000000, "EUR", "1" NBSP "000" NBSP "000,00" NBSP "€" },
    { -1, "EUR", "-0,01" NBSP "€" },
    { -6000, "EUR", "-60,00" NBSP "€" },
    { 7260, "CHF", "72,60" NBSP "CHF" },
    { -7260, "CHF", "-72,60" NBSP "CHF" },
    { 7260, NULL, "72,60" NBSP "?" },
    { 7260, "{amount}", "72,60" NBSP "{amount}" },
    { G_MININT64, "EUR", "-92" NBSP "233" NBSP "720" NBSP "368" NBSP "547" NBSP "758,08" NBSP "€" },
  };

  language_check_money ("fr", rows, G_N_ELEMENTS (rows));
}

/* Nought is singular in French. */
static void
test_counts (void)
{
  static const LanguageSpan rows[] = {
    { 0, "0" NBSP "seconde" },
    { 1, "1" NBSP "seconde" },
    { 2, "2" NBSP "secondes" },
    { 60, "1" NBSP "minute" },
    { 3599, "59" NBSP "minutes" },
    { 3600, "1" NBSP "heure" },
    { -7200, "2" NBSP "heures" },
    { 86400, "1" NBSP "jour" },
    { 86400 * 2, "2" NBSP "jours" },
    { G_GINT64_CONSTANT (86400000000), "1" NBSP "000" NBSP "000" NBSP "jours" },
  };
  g_autoptr (TtecommText) text = language_new ("fr");

  language_check_spans ("fr", rows, G_N_ELEMENTS (rows));
  language_take_equal (ttecomm_text_ago (text, 0), "à l’instant");
  language_take_equal (ttecomm_text_ago (text, 7200), "il y a 2" NBSP "heures");
  language_take_equal (ttecomm_text_ago (text, 86400), "il y a 1" NBSP "jour");
}

static void
test_tells_dates (void)
{
  g_autoptr (TtecommText) text = language_new ("fr");
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 3, G_DATE_SEPTEMBER, 2027);
  language_take_equal (ttecomm_text_date (text, &date), "03/09/2027");
  language_take_equal (ttecomm_text_iso_date (text, "2027-09-03"), "03/09/2027");
  language_take_equal (ttecomm_text_iso_date (text, "2027-09-31"), "2027-09-31");
  language_take_equal (ttecomm_text_day (text, NOON), "18/09/2026");
  language_take_equal (ttecomm_text_instant (text, NOON, NOON), "aujourd’hui à 14:00");
  language_take_equal (ttecomm_text_instant (text, NOON - 86400, NOON), "hier à 14:00");
  language_take_equal (ttecomm_text_instant (text, NOON + 86400, NOON), "19/09/2026 à 14:00");
  language_take_equal (ttecomm_text_instant (text, G_MAXINT64, NOON), "date inconnue");
}

static void
test_lists (void)
{
  static const char *const three[] = { "Alexa", "Jan", "Mara", NULL };
  g_autoptr (TtecommText) text = language_new ("fr");

  language_take_equal (ttecomm_text_list (text, three), "Alexa, Jan et Mara");
}

static void
test_trusts_no_name (void)
{
  language_check_names ("fr", "Remote Services n’est pas encore activé pour ", ".");
}

static void
test_ignores_the_process (void)
{
  language_check_process ("fr", "1" NBSP "234,50" NBSP "€", "il y a 2" NBSP "heures", "Actualiser");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "french", "is-chosen-by-the-host", test_is_chosen_by_the_host);
  harness_add (harness, "french", "writes-numbers", test_writes_numbers);
  harness_add (harness, "french", "writes-money", test_writes_money);
  harness_add (harness, "french", "counts", test_counts);
  harness_add (harness, "french", "tells-dates", test_tells_dates);
  harness_add (harness, "french", "lists", test_lists);
  harness_add (harness, "french", "trusts-no-name", test_trusts_no_name);
  harness_add (harness, "french", "ignores-the-process", test_ignores_the_process);
}

HARNESS_MAIN (register_tests)
