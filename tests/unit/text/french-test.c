/* SPDX-License-Identifier: MIT */
/* French as it is compiled in: numbers, money, dates, plurals, and which host gets it. */
#include "plugin/text/amount.h"
#include "plugin/text/text.h"
#include "plugin/text/when.h"

#include "tests/harness/harness.h"

#include <locale.h>

#define NBSP "\u00a0"
#define NOON_18_SEP_2026 G_GINT64_CONSTANT (1789732800)

static TtecommText *
french (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Brussels");

  return ttecomm_text_new_in_zone ("fr", zone);
}

static void
take_equal (char *owned, const char *expected)
{
  g_autofree char *text = owned;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_is_chosen_by_the_host (void)
{
  g_autofree char *endless = g_strnfill (1000000, 'f');
  const struct
  {
    const char *locale;
    const char *language;
  } rows[] = {
    { "fr", "fr" },         { "FR", "fr" },         { "fr-BE", "fr" },    { "FR-be", "fr" },
    { "fr-CA", "fr" },      { "fr-Latn-BE", "fr" }, { "fr_BE", "fr" },    { "fr_BE.UTF-8", "fr" },
    { "fr_FR@euro", "fr" }, { "fr.", "fr" },        { "fr-", "fr" },      { "en", "en" },
    { "en-GB", "en" },      { "", "en" },           { NULL, "en" },       { "zz", "en" },
    { "C", "en" },          { "POSIX", "en" },      { "fra", "en" },      { "frbe", "en" },
    { "f", "en" },          { "-fr", "en" },        { " fr", "en" },      { "fr be", "en" },
    { "fr/../fr", "en" },   { "../text/fr", "en" }, { "fr\n", "en" },     { "\xc3\xa9", "en" },
    { "\xff\xfe", "en" },   { "fr\xff", "en" },     { "Français", "en" }, { "de", "en" },
    { endless, "en" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommText) text = ttecomm_text_new (rows[i].locale);

      g_assert_cmpstr (ttecomm_text_get_language (text), ==, rows[i].language);
    }
}

static void
test_writes_numbers (void)
{
  g_autoptr (TtecommText) text = french ();

  take_equal (ttecomm_text_number (text, 0), "0");
  take_equal (ttecomm_text_number (text, 999), "999");
  take_equal (ttecomm_text_number (text, 1000), "1" NBSP "000");
  take_equal (ttecomm_text_number (text, 1000000), "1" NBSP "000" NBSP "000");
  take_equal (ttecomm_text_rate (text, 2100), "21" NBSP "%");
  take_equal (ttecomm_text_rate (text, 550), "5,5" NBSP "%");
}

static void
test_writes_money (void)
{
  static const struct
  {
    gint64 cents;
    const char *currency;
    const char *expected;
  } rows[] = {
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
  g_autoptr (TtecommText) text = french ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    take_equal (ttecomm_text_money (text, rows[i].cents, rows[i].currency), rows[i].expected);
}

/* Nought is singular in French. */
static void
test_counts (void)
{
  static const struct
  {
    gint64 seconds;
    const char *span;
  } rows[] = {
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
  g_autoptr (TtecommText) text = french ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    take_equal (ttecomm_text_span (text, rows[i].seconds), rows[i].span);
  take_equal (ttecomm_text_ago (text, 0), "à l’instant");
  take_equal (ttecomm_text_ago (text, 7200), "il y a 2" NBSP "heures");
  take_equal (ttecomm_text_ago (text, 86400), "il y a 1" NBSP "jour");
}

static void
test_tells_dates (void)
{
  g_autoptr (TtecommText) text = french ();

  take_equal (ttecomm_text_iso_date (text, "2027-09-03"), "03/09/2027");
  take_equal (ttecomm_text_instant (text, NOON_18_SEP_2026, NOON_18_SEP_2026),
              "aujourd’hui à 14:00");
  take_equal (ttecomm_text_instant (text, NOON_18_SEP_2026 - 86400, NOON_18_SEP_2026),
              "hier à 14:00");
  take_equal (ttecomm_text_instant (text, NOON_18_SEP_2026 + 86400, NOON_18_SEP_2026),
              "19/09/2026 à 14:00");
  take_equal (ttecomm_text_instant (text, G_MAXINT64, NOON_18_SEP_2026), "date inconnue");
}

static void
test_lists (void)
{
  static const char *const three[] = { "Alexa", "Jan", "Mara", NULL };
  g_autoptr (TtecommText) text = french ();

  take_equal (ttecomm_text_list (text, three), "Alexa, Jan et Mara");
}

static void
test_trusts_no_name (void)
{
  static const struct
  {
    const char *name;
    const char *expected;
  } rows[] = {
    { "{site}", "Remote Services n’est pas encore activé pour {site}." },
    { "{{n}} %s %n", "Remote Services n’est pas encore activé pour {{n}} %s %n." },
    { "\u202Egro.live\u2066",
      "Remote Services n’est pas encore activé pour \ufffdgro.live\ufffd." },
    { "A\r\nB\x1b[31m\x7f", "Remote Services n’est pas encore activé pour A  B [31m." },
    { "\xff\xc3", "Remote Services n’est pas encore activé pour \ufffd\ufffd." },
    { "\u05d5\u05d9\u05dc\u05d4",
      "Remote Services n’est pas encore activé pour \u05d5\u05d9\u05dc\u05d4." },
  };
  g_autoptr (TtecommText) text = french ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    take_equal (ttecomm_text_format (text, "gate",
                                     "Remote Services is not activated yet for {site}.", "site",
                                     rows[i].name, NULL),
                rows[i].expected);
}

static void
set_variable (const char *name, const char *value)
{
  if (value != NULL)
    g_setenv (name, value, TRUE);
  else
    g_unsetenv (name);
}

/* R13: what the process speaks is nobody's business here, and stays what it was. */
static void
test_ignores_the_process (void)
{
  static const struct
  {
    const char *lc_all;
    const char *language;
    const char *lang;
  } rows[] = {
    { "C", NULL, NULL },
    { "C", "de", NULL },
    { NULL, "de:nl", "de_DE.UTF-8" },
    { "tlh_KX.ISO-8859-1", "tlh", "tlh" },
    { "C.UTF-8", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommText) text = NULL;
      g_autofree char *before = NULL;

      set_variable ("LC_ALL", rows[i].lc_all);
      set_variable ("LANGUAGE", rows[i].language);
      set_variable ("LANG", rows[i].lang);
      if (setlocale (LC_ALL, "") == NULL)
        g_assert_nonnull (setlocale (LC_ALL, "C"));
      before = g_strdup (setlocale (LC_ALL, NULL));
      text = french ();
      take_equal (ttecomm_text_money (text, 123450, "EUR"), "1" NBSP "234,50" NBSP "€");
      take_equal (ttecomm_text_ago (text, 7200), "il y a 2" NBSP "heures");
      g_assert_cmpstr (ttecomm_text_get (text, "action", "Refresh"), ==, "Actualiser");
      g_assert_cmpstr (setlocale (LC_ALL, NULL), ==, before);
      g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, rows[i].language);
    }
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
