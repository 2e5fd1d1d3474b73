/* SPDX-License-Identifier: MIT */
#include "plugin/text/amount.h"
#include "plugin/text/clean.h"
#include "plugin/text/text.h"
#include "plugin/text/when.h"

#include "tests/harness/harness.h"
#include "tests/unit/text/mo.h"
#include "tests/support/zone.h"

#define NOON_18_SEP_2026 G_GINT64_CONSTANT (1789732800)

static TtecommText *
english (const char *zone_name)
{
  g_autoptr (GTimeZone) zone = test_zone_new (zone_name);

  g_assert_nonnull (zone);
  return ttecomm_text_new_full ("en", NULL, NULL, zone);
}

static void
take_equal (char *owned, const char *expected)
{
  g_autofree char *text = owned;

  g_assert_cmpstr (text, ==, expected);
}

static const MoText dutch[] = {
  { NULL, "", NULL, { "Plural-Forms: nplurals=2; plural=(n != 1);\n" } },
  { "greeting", "Hello {name}", NULL, { "Dag {name}" } },
  { "time", "{n} hour ago", "{n} hours ago", { "{n} uur geleden (1)", "{n} uur geleden" } },
  { "money", "{sign}{amount}", NULL, { "{sign} {amount}" } },
  { "before cents", ".", NULL, { "," } },
  { "between thousands", ",", NULL, { "." } },
  { "empty", "Not translated", NULL, { "" } },
};

static GBytes *
load_dutch (const char *language, gpointer asked)
{
  g_ptr_array_add (asked, g_strdup (language));
  return g_str_equal (language, "nl") ? mo_build (dutch, G_N_ELEMENTS (dutch), FALSE) : NULL;
}

static void
test_looks_up_by_language (void)
{
  static const struct
  {
    const char *locale;
    const char *language;
    const char *asked;
  } rows[] = {
    { "nl-BE", "nl", "nl-be,nl" },
    { "nl", "nl", "nl" },
    { "NL_be.UTF-8@euro", "nl", "nl-be,nl" },
    { "zh-Hant-TW", "en", "zh-hant-tw,zh-hant,zh" },
    { "en-GB", "en", "en-gb" },
    { "en", "en", "" },
    { NULL, "en", "" },
    { "", "en", "" },
    { "../nl", "en", "" },
    { "n", "en", "" },
    { "7x", "en", "" },
    { "nl/../../etc", "en", "" },
    { "a-tag-that-is-far-too-long-to-be-a-tag-of-a-language", "en", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (TtecommText) text
          = ttecomm_text_new_full (rows[i].locale, load_dutch, asked, NULL);
      g_autofree char *joined = NULL;

      g_ptr_array_add (asked, NULL);
      joined = g_strjoinv (",", (char **)asked->pdata);
      g_assert_cmpstr (ttecomm_text_get_language (text), ==, rows[i].language);
      g_assert_cmpstr (joined, ==, rows[i].asked);
    }
}

static void
test_speaks_another_language (void)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TtecommText) text = ttecomm_text_new_full ("nl", load_dutch, asked, NULL);

  take_equal (ttecomm_text_format (text, "greeting", "Hello {name}", "name", "Mara", NULL),
              "Dag Mara");
  take_equal (ttecomm_text_ago (text, 3600), "1 uur geleden (1)");
  take_equal (ttecomm_text_ago (text, 7200), "2 uur geleden");
  take_equal (ttecomm_text_money (text, 123450, "EUR"), "€ 1.234,50");
  /* What a catalogue lacks, has elsewhere, or leaves empty is said in English. */
  g_assert_cmpstr (ttecomm_text_get (text, "menu", "Hello {name}"), ==, "Hello {name}");
  g_assert_cmpstr (ttecomm_text_get (text, "empty", "Not translated"), ==, "Not translated");
  take_equal (ttecomm_text_ago (text, 60), "1 minute ago");
}

static void
test_survives_a_broken_catalogue (void)
{
  g_autoptr (TtecommText) text = NULL;

  g_test_expect_message ("ttecomm-text", G_LOG_LEVEL_WARNING, "fr: *English is used");
  text = ttecomm_text_new_full ("fr", mo_load_garbage, NULL, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (ttecomm_text_get_language (text), ==, "en");
  g_assert_cmpstr (ttecomm_text_get (text, "greeting", "Hello"), ==, "Hello");
}

static void
test_has_no_catalogue_yet_and_falls_back (void)
{
  g_autoptr (TtecommText) text = ttecomm_text_new ("xx-YY");
  g_autoptr (TtecommText) same = ttecomm_text_ref (text);

  g_assert_true (same == text);
  g_assert_cmpstr (ttecomm_text_get_language (text), ==, "en");
}

static void
test_fills_in_names_only_once (void)
{
  static const TtecommTextValue values[]
      = { { "site", "{account} {site}" }, { "account", "a@b" }, { "empty", "" } };
  static const struct
  {
    const char *pattern;
    const char *expected;
  } rows[] = {
    { "", "" },
    { "{site}", "{account} {site}" },
    { "{account}{account}", "a@ba@b" },
    { "no more than {empty}this", "no more than this" },
    { "{ site} {} {Site} {site", "{ site} {} {Site} {site" },
    { "a { b } c }", "a { b } c }" },
    { "{{account}}", "{a@b}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    take_equal (ttecomm_text_fill (rows[i].pattern, values, G_N_ELEMENTS (values)),
                rows[i].expected);
}

static void
test_takes_a_finished_text_whole (void)
{
  g_autofree char *summary = g_strnfill (TTECOMM_TEXT_VALUE_CHARS + 50, 's');
  g_autofree char *expected = g_strdup_printf ("(%s) {site}", summary);
  const TtecommTextValue values[]
      = { { "summary", summary, TRUE }, { "name", "{site}", TRUE }, { "site", "never", FALSE } };

  take_equal (ttecomm_text_fill ("({summary}) {name}", values, G_N_ELEMENTS (values)), expected);
}

/* A name keeps its letters, even "iHome". */
static void
test_begins_a_sentence_with_a_capital (void)
{
  static const struct
  {
    const char *pattern;
    const char *value;
    gboolean is_text;
    const char *expected;
  } rows[] = {
    { "{site} is open.", "this one", TRUE, "This one is open." },
    { "{site} is open?", "écran", TRUE, "Écran is open?" },
    { "{site}!", "", TRUE, "!" },
    { "{site}, open", "this one", TRUE, "this one, open" },
    { "Open {site}.", "this one", TRUE, "Open this one." },
    { "{site} is open.", "iHome", FALSE, "iHome is open." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    take_equal (ttecomm_text_fill (rows[i].pattern,
                                   &(TtecommTextValue){ "site", rows[i].value, rows[i].is_text },
                                   1),
                rows[i].expected);
}

static void
test_warns_of_a_missing_value (void)
{
  g_autoptr (TtecommText) text = english ("UTC");

  g_test_expect_message ("ttecomm-text", G_LOG_LEVEL_WARNING, "no value for {site}*");
  take_equal (ttecomm_text_format (text, "x", "Open {site}", "other", "1", "site", NULL, NULL),
              "Open {site}");
  g_test_assert_expected_messages ();
}

static void
test_cleans_values (void)
{
  static const struct
  {
    const char *text;
    gsize max;
    const char *expected;
  } rows[] = {
    { NULL, 10, "" },
    { "  Villa Picos \n", 20, "Villa Picos" },
    { "a\tb\r\nc\x1b[31m", 20, "a b  c [31m" },
    { "\xe2\x80\xae"
      "moc.live",
      20,
      "\xef\xbf\xbd"
      "moc.live" },
    { "a\xe2\x80\xa8"
      "b",
      20, "a b" },
    { "\xff\xfe", 20, "\xef\xbf\xbd\xef\xbf\xbd" },
    { "abcdef", 6, "abcdef" },
    { "abcdefg", 6, "abcde…" },
    { "éééé", 3, "éé…" },
    { "<b>&amp;</b>", 20, "<b>&amp;</b>" },
    { "क्‍ष", 20, "क्‍ष" },
    { "   ", 20, "" },
    { "x", 1, "x" },
    { "xy", 1, "…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    take_equal (ttecomm_text_clean (rows[i].text, rows[i].max), rows[i].expected);
}

static void
test_bounds_a_long_value (void)
{
  g_autoptr (TtecommText) text = english ("UTC");
  g_autofree char *name = g_strnfill (1000000, 'x');
  g_autofree char *out = ttecomm_text_format (text, "x", "[{name}]", "name", name, NULL);

  g_assert_cmpint (g_utf8_strlen (out, -1), ==, TTECOMM_TEXT_VALUE_CHARS + 2);
  g_assert_true (g_str_has_suffix (out, "…]"));
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
    { 0, "EUR", "€0.00" },
    { 5, "EUR", "€0.05" },
    { 7260, "EUR", "€72.60" },
    { 123456789, "EUR", "€1,234,567.89" },
    { 100000, "GBP", "£1,000.00" },
    { -500, "EUR", "-€5.00" },
    { 7260, "CHF", "CHF 72.60" },
    { -7260, "CHF", "CHF -72.60" },
    { 7260, NULL, "? 72.60" },
    { G_MAXINT64, "EUR", "€92,233,720,368,547,758.07" },
    { G_MININT64, "EUR", "-€92,233,720,368,547,758.08" },
  };
  g_autoptr (TtecommText) text = english ("UTC");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    take_equal (ttecomm_text_money (text, rows[i].cents, rows[i].currency), rows[i].expected);
}

static void
test_writes_rates_and_lists (void)
{
  static const char *const none[] = { NULL };
  static const char *const one[] = { "A", NULL };
  static const char *const two[] = { "A", "B", NULL };
  static const char *const three[] = { "A", "B", "C", NULL };
  g_autoptr (TtecommText) text = english ("UTC");

  take_equal (ttecomm_text_rate (text, 2100), "21%");
  take_equal (ttecomm_text_rate (text, 550), "5.5%");
  take_equal (ttecomm_text_rate (text, 2105), "21.05%");
  take_equal (ttecomm_text_rate (text, 0), "0%");
  take_equal (ttecomm_text_rate (text, -5), "0%");
  take_equal (ttecomm_text_list (text, NULL), "");
  take_equal (ttecomm_text_list (text, none), "");
  take_equal (ttecomm_text_list (text, one), "A");
  take_equal (ttecomm_text_list (text, two), "A and B");
  take_equal (ttecomm_text_list (text, three), "A, B and C");
}

static void
test_tells_dates (void)
{
  g_autoptr (TtecommText) text = english ("UTC");
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 3, G_DATE_SEPTEMBER, 2027);
  take_equal (ttecomm_text_date (text, &date), "03/09/2027");
  take_equal (ttecomm_text_iso_date (text, "2027-09-30"), "30/09/2027");
  take_equal (ttecomm_text_iso_date (text, "2027-09-31"), "2027-09-31");
  take_equal (ttecomm_text_iso_date (text, "30\n09"), "30 09");
  take_equal (ttecomm_text_iso_date (text, NULL), "?");
}

static void
test_tells_instants (void)
{
  static const struct
  {
    const char *zone;
    gint64 before;
    const char *expected;
  } rows[] = {
    { "UTC", 0, "today at 12:00" },
    { "UTC", 12 * 3600, "today at 00:00" },
    { "UTC", 12 * 3600 + 1, "yesterday at 23:59" },
    { "UTC", 36 * 3600 + 1, "16/09/2026 at 23:59" },
    { "UTC", -13 * 3600, "19/09/2026 at 01:00" },
    { "Europe/Brussels", 0, "today at 14:00" },
    { "Europe/Brussels", 14 * 3600, "today at 00:00" },
    { "America/New_York", 12 * 3600, "yesterday at 20:00" },
    /* Winter time two months earlier. */
    { "Europe/Brussels", G_GINT64_CONSTANT (86400) * 200, "02/03/2026 at 13:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommText) text = english (rows[i].zone);

      take_equal (ttecomm_text_instant (text, NOON_18_SEP_2026 - rows[i].before, NOON_18_SEP_2026),
                  rows[i].expected);
    }
}

static void
test_tells_impossible_instants (void)
{
  g_autoptr (TtecommText) text = english ("UTC");

  take_equal (ttecomm_text_instant (text, G_MAXINT64, NOON_18_SEP_2026), "an unknown time");
  take_equal (ttecomm_text_instant (text, NOON_18_SEP_2026, G_MININT64), "18/09/2026 at 12:00");
  take_equal (ttecomm_text_day (text, NOON_18_SEP_2026), "18/09/2026");
  take_equal (ttecomm_text_day (text, G_MININT64), "an unknown time");
}

static void
test_tells_spans (void)
{
  g_autoptr (TtecommText) text = english ("UTC");

  take_equal (ttecomm_text_ago (text, -100), "just now");
  take_equal (ttecomm_text_ago (text, 59), "just now");
  take_equal (ttecomm_text_ago (text, 60), "1 minute ago");
  take_equal (ttecomm_text_ago (text, 2 * 3600), "2 hours ago");
  take_equal (ttecomm_text_ago (text, 86400), "1 day ago");
  take_equal (ttecomm_text_ago (text, 86400 * 400), "400 days ago");
  take_equal (ttecomm_text_span (text, 1), "1 second");
  take_equal (ttecomm_text_span (text, -720), "12 minutes");
  take_equal (ttecomm_text_span (text, 7200), "2 hours");
  take_equal (ttecomm_text_span (text, 86400 * 2), "2 days");
  take_equal (ttecomm_text_span (text, G_MININT64), "106,751,991,167,300 days");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "text", "looks-up-by-language", test_looks_up_by_language);
  harness_add (harness, "text", "speaks-another-language", test_speaks_another_language);
  harness_add (harness, "text", "survives-a-broken-catalogue", test_survives_a_broken_catalogue);
  harness_add (harness, "text", "falls-back-to-english", test_has_no_catalogue_yet_and_falls_back);
  harness_add (harness, "text", "fills-in-names-only-once", test_fills_in_names_only_once);
  harness_add (harness, "text", "takes-a-finished-text-whole", test_takes_a_finished_text_whole);
  harness_add (harness, "text", "begins-a-sentence-with-a-capital",
               test_begins_a_sentence_with_a_capital);
  harness_add (harness, "text", "warns-of-a-missing-value", test_warns_of_a_missing_value);
  harness_add (harness, "text", "cleans-values", test_cleans_values);
  harness_add (harness, "text", "bounds-a-long-value", test_bounds_a_long_value);
  harness_add (harness, "text", "writes-money", test_writes_money);
  harness_add (harness, "text", "writes-rates-and-lists", test_writes_rates_and_lists);
  harness_add (harness, "text", "tells-dates", test_tells_dates);
  harness_add (harness, "text", "tells-instants", test_tells_instants);
  harness_add (harness, "text", "tells-impossible-instants", test_tells_impossible_instants);
  harness_add (harness, "text", "tells-spans", test_tells_spans);
}

HARNESS_MAIN (register_tests)
