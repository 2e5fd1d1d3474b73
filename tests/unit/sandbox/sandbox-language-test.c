/* SPDX-License-Identifier: MIT */
/* Which language a page speaks, and how it writes money and dates; no server. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/language.h"

#define NBSP "\u00a0"

static void
take_equal (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_negotiation (void)
{
  static const struct
  {
    const char *header;
    SandboxLanguage language;
  } rows[] = {
    { NULL, SANDBOX_LANGUAGE_EN },
    { "", SANDBOX_LANGUAGE_EN },
    { "fr", SANDBOX_LANGUAGE_FR },
    { "nl-BE", SANDBOX_LANGUAGE_NL },
    { "DE-at", SANDBOX_LANGUAGE_DE },
    { "nl-Latn-BE", SANDBOX_LANGUAGE_NL },
    { "es, pt-BR", SANDBOX_LANGUAGE_EN },
    { "es, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;q=0.5, nl;q=0.8, en;q=0.3", SANDBOX_LANGUAGE_NL },
    { "fr;q=0.8, nl;q=0.8", SANDBOX_LANGUAGE_FR },
    { "nl;q=0.801, fr;q=0.8", SANDBOX_LANGUAGE_NL },
    { "fr ; q=1.000 , de", SANDBOX_LANGUAGE_FR },
    { "fr;Q=0.4, de;q=0.3", SANDBOX_LANGUAGE_FR },
    { "de;q=0", SANDBOX_LANGUAGE_EN },
    { "de;q=0.000, fr;q=0.001", SANDBOX_LANGUAGE_FR },
    { "*", SANDBOX_LANGUAGE_EN },
    { "*, fr;q=0.5", SANDBOX_LANGUAGE_EN },
    { "fr, *;q=0.5", SANDBOX_LANGUAGE_FR },
    { "en;q=0.2, de;q=0.1", SANDBOX_LANGUAGE_EN },
    /* What is not well formed is passed over, and the rest counts. */
    { "fr;q=2, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;q=1.5, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;q=-1, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;q=0.1234, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;q=nan, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;q=0,9, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;q=, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;level=1, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "fr;q=1;q=0, de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "f, fra, french, fr_FR, fr-BE\", de;q=0.1", SANDBOX_LANGUAGE_DE },
    { "\xc3\xa9\xff, <script>, %s%n, de", SANDBOX_LANGUAGE_DE },
    { ",,,;;;,=,q=,;q=1,", SANDBOX_LANGUAGE_EN },
    { "fr-abcdefghijklmnopqrstuvwxyz0123456789-x, nl;q=0.5", SANDBOX_LANGUAGE_NL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (sandbox_language_negotiate (rows[i].header), ==, rows[i].language);
    }
}

/* However long it is: what stands behind the bounds is not read. */
static void
test_a_long_header_is_cut (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GString) large = g_string_new ("fr;q=0.1, ");

  for (guint i = 0; i < 32; i++)
    g_string_append (many, "x,");
  g_string_append (many, "fr");
  g_assert_cmpint (sandbox_language_negotiate (many->str), ==, SANDBOX_LANGUAGE_EN);
  g_assert_cmpint (sandbox_language_negotiate (many->str + 2), ==, SANDBOX_LANGUAGE_FR);
  while (large->len < 1024 * 1024)
    g_string_append (large, "abcdefgh");
  g_string_append (large, ", nl");
  g_assert_cmpint (sandbox_language_negotiate (large->str), ==, SANDBOX_LANGUAGE_FR);
}

static void
test_tags_and_lists (void)
{
  g_assert_cmpint (sandbox_language_from_tag (NULL), ==, SANDBOX_LANGUAGE_UNKNOWN);
  g_assert_cmpint (sandbox_language_from_tag (""), ==, SANDBOX_LANGUAGE_UNKNOWN);
  g_assert_cmpint (sandbox_language_from_tag ("n"), ==, SANDBOX_LANGUAGE_UNKNOWN);
  g_assert_cmpint (sandbox_language_from_tag ("nl "), ==, SANDBOX_LANGUAGE_UNKNOWN);
  g_assert_cmpint (sandbox_language_from_tag ("nlx"), ==, SANDBOX_LANGUAGE_UNKNOWN);
  g_assert_cmpint (sandbox_language_from_tag ("Nl"), ==, SANDBOX_LANGUAGE_NL);
  g_assert_cmpint (sandbox_language_from_list (NULL), ==, SANDBOX_LANGUAGE_UNKNOWN);
  g_assert_cmpint (sandbox_language_from_list ("es it"), ==, SANDBOX_LANGUAGE_UNKNOWN);
  g_assert_cmpint (sandbox_language_from_list ("es  fr-CA de"), ==, SANDBOX_LANGUAGE_FR);
  g_assert_cmpint (sandbox_language_from_list ("de,fr nl"), ==, SANDBOX_LANGUAGE_NL);
  for (guint i = SANDBOX_LANGUAGE_EN; i <= SANDBOX_LAST_LANGUAGE; i++)
    g_assert_cmpint (sandbox_language_from_tag (sandbox_language_tag ((SandboxLanguage)i)), ==, i);
}

static void
test_money (void)
{
  static const struct
  {
    gint64 cents;
    const char *texts[SANDBOX_LAST_LANGUAGE + 1];
  } rows[] = {
    { 7260, { NULL, "€72.60", "72,60" NBSP "€", "€" NBSP "72,60", "72,60" NBSP "€" } },
    { 5, { NULL, "€0.05", "0,05" NBSP "€", "€" NBSP "0,05", "0,05" NBSP "€" } },
    { 123456789,
      { NULL, "€1,234,567.89", "1" NBSP "234" NBSP "567,89" NBSP "€", "€" NBSP "1.234.567,89",
        "1.234.567,89" NBSP "€" } },
    { -100, { NULL, "-€1.00", "-1,00" NBSP "€", "-€" NBSP "1,00", "-1,00" NBSP "€" } },
    { G_MININT64,
      { NULL, "-€92,233,720,368,547,758.08",
        "-92" NBSP "233" NBSP "720" NBSP "368" NBSP "547" NBSP "758,08" NBSP "€",
        "-€" NBSP "92.233.720.368.547.758,08", "-92.233.720.368.547.758,08" NBSP "€" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint l = SANDBOX_LANGUAGE_EN; l <= SANDBOX_LAST_LANGUAGE; l++)
      take_equal (sandbox_language_money ((SandboxLanguage)l, rows[i].cents), rows[i].texts[l]);
}

static void
test_dates (void)
{
  take_equal (sandbox_language_date (SANDBOX_LANGUAGE_EN, "2027-09-30"), "30/09/2027");
  take_equal (sandbox_language_date (SANDBOX_LANGUAGE_FR, "2027-09-30"), "30/09/2027");
  take_equal (sandbox_language_date (SANDBOX_LANGUAGE_NL, "2027-09-30"), "30/09/2027");
  take_equal (sandbox_language_date (SANDBOX_LANGUAGE_DE, "2027-09-30"), "30.09.2027");
  take_equal (sandbox_language_date (SANDBOX_LANGUAGE_DE, "2027-02-30"), "-");
  take_equal (sandbox_language_date (SANDBOX_LANGUAGE_EN, ""), "-");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "sandbox-language", "negotiation", test_negotiation);
  harness_add (harness, "sandbox-language", "a-long-header-is-cut", test_a_long_header_is_cut);
  harness_add (harness, "sandbox-language", "tags-and-lists", test_tags_and_lists);
  harness_add (harness, "sandbox-language", "money", test_money);
  harness_add (harness, "sandbox-language", "dates", test_dates);
}

HARNESS_MAIN (register_tests)
