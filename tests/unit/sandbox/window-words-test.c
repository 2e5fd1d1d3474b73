/* SPDX-License-Identifier: MIT */
/* What the control window says: whole in four languages, reachable by keyboard, and legible. */
#include <math.h>
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/window/words-table.h"

static guint
count_letter (const char *text, char letter)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == letter ? 1 : 0;
  return n;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* (transfer full): "{from}{to}", sorted */
static char *
placeholders_of (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{\\w+\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    g_ptr_array_add (found, g_match_info_fetch (match, 0));
  g_ptr_array_sort (found, compare);
  g_ptr_array_add (found, NULL);
  return g_strjoinv ("", (GStrv)found->pdata);
}

static void
assert_words (const char *const *in, const char *where)
{
  g_autofree char *wanted = placeholders_of (in[0]);

  for (gsize i = 0; i < WINDOW_N_LANGUAGES; i++)
    {
      g_autofree char *found = NULL;

      g_test_message ("%s, language %zu", where, i);
      g_assert_nonnull (in[i]);
      g_assert_cmpstr (in[i], !=, "");
      g_assert_true (g_utf8_validate (in[i], -1, NULL));
      g_assert_cmpuint (count_letter (in[i], '_'), ==, count_letter (in[0], '_'));
      found = placeholders_of (in[i]);
      g_assert_cmpstr (found, ==, wanted);
    }
}

static void
test_every_word_in_every_language (void)
{
  for (gsize w = 0; w < WINDOW_N_WORDS; w++)
    {
      g_autofree char *where = g_strdup_printf ("word %zu", w);

      assert_words (window_words_table[w].in, where);
    }
  for (gsize i = 0; i < window_n_fault_words; i++)
    assert_words (window_fault_words_table[i].words.in, window_fault_words_table[i].name);
}

/* Two words of one language that want the same key would each be reached by luck. */
static void
test_every_key_once (void)
{
  for (gsize i = 0; i < WINDOW_N_LANGUAGES; i++)
    {
      g_autoptr (GHashTable) keys = g_hash_table_new (NULL, NULL);

      for (gsize w = 0; w < WINDOW_N_WORDS; w++)
        {
          const char *key = strchr (window_words_table[w].in[i], '_');

          if (key == NULL)
            continue;
          g_test_message ("language %zu: %s", i, window_words_table[w].in[i]);
          g_assert_true (g_ascii_isalpha (key[1]));
          g_assert_true (g_hash_table_add (keys, GINT_TO_POINTER (g_ascii_tolower (key[1]))));
        }
      g_assert_cmpuint (g_hash_table_size (keys), ==, 15);
    }
}

static void
test_no_fault_twice (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  WindowWord group;

  for (guint i = 0; window_words_nth_fault (i) != NULL; i++)
    g_assert_true (g_hash_table_add (names, (gpointer)window_words_nth_fault (i)));
  g_assert_cmpstr (window_words_fault (WINDOW_LANGUAGE_EN, "refuse-503", &group), ==,
                   "TTcloud is down (503)");
  g_assert_cmpint (group, ==, WINDOW_WORD_GROUP_REFUSED);
  g_assert_cmpstr (window_words_fault (WINDOW_LANGUAGE_EN, "brand-new", &group), ==, "brand-new");
  g_assert_cmpint (group, ==, WINDOW_WORD_GROUP_OTHER);
}

static void
test_dates (void)
{
  static const char *const longs[WINDOW_N_LANGUAGES]
      = { "Wednesday 17 March 2027", "mercredi 17 mars 2027", "woensdag 17 maart 2027",
          "Mittwoch, 17. M\xc3\xa4rz 2027" };
  static const char *const shorts[WINDOW_N_LANGUAGES]
      = { "17/03/2027", "17/03/2027", "17/03/2027", "17.03.2027" };
  static const char *const amounts[WINDOW_N_LANGUAGES]
      = { "109.05 EUR net", "109,05 EUR HT", "109,05 EUR netto", "109,05 EUR netto" };
  GDate date;

  g_date_set_dmy (&date, 17, G_DATE_MARCH, 2027);
  for (gsize i = 0; i < WINDOW_N_LANGUAGES; i++)
    {
      g_autofree char *long_date = window_words_long_date ((WindowLanguage)i, &date);
      g_autofree char *short_date = window_words_short_date ((WindowLanguage)i, &date);
      g_autofree char *money = window_words_money ((WindowLanguage)i, 10905);
      GDate again;

      g_assert_cmpstr (long_date, ==, longs[i]);
      g_assert_cmpstr (short_date, ==, shorts[i]);
      g_assert_cmpstr (money, ==, amounts[i]);
      g_assert_true (window_words_read_date (short_date, &again));
      g_assert_cmpint (g_date_compare (&again, &date), ==, 0);
    }
}

static void
test_typed_dates (void)
{
  static const char *const good[]
      = { "2027-03-17", "17/03/2027", "17/3/2027", " 17.03.2027 ", "17.3.2027" };
  static const char *const bad[]
      = { "",           "17",         "17/03",        "17/03/27",   "31/02/2027", "17/13/2027",
          "03/17/2027", "17-03-2027", "17/03/2027/1", "17/+3/2027", "tomorrow",   "0/03/2027" };
  GDate wanted;
  GDate date;

  g_date_set_dmy (&wanted, 17, G_DATE_MARCH, 2027);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (window_words_read_date (good[i], &date));
      g_assert_cmpint (g_date_compare (&date, &wanted), ==, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (window_words_read_date (bad[i], &date));
    }
}

static void
test_locales (void)
{
  static const struct
  {
    const char *locale;
    gboolean good;
    WindowLanguage language;
  } rows[] = {
    { "nl", TRUE, WINDOW_LANGUAGE_NL },          { "nl-BE", TRUE, WINDOW_LANGUAGE_NL },
    { "de_AT.UTF-8", TRUE, WINDOW_LANGUAGE_DE }, { "FR", TRUE, WINDOW_LANGUAGE_FR },
    { "en", TRUE, WINDOW_LANGUAGE_EN },          { "it", FALSE, WINDOW_LANGUAGE_EN },
    { "nld", FALSE, WINDOW_LANGUAGE_EN },        { "", FALSE, WINDOW_LANGUAGE_EN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WindowLanguage language;

      g_assert_cmpint (window_language_from_locale (rows[i].locale, &language), ==, rows[i].good);
      g_assert_cmpint (language, ==, rows[i].language);
    }
}

/* -- colours -- */

/* WCAG 2.1: relative luminance of "#rrggbb" */
static double
luminance (const char *tokens, const char *name)
{
  g_autofree char *start = g_strdup_printf ("@define-color %s #", name);
  const char *hex = strstr (tokens, start);
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  if (hex == NULL)
    g_error ("there is no colour %s", name);
  hex += strlen (start);
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      int value = g_ascii_xdigit_value (hex[2 * i]) * 16 + g_ascii_xdigit_value (hex[2 * i + 1]);
      double c = value / 255.0;

      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static void
test_contrast (void)
{
  /* What is written on what, and what must be seen beside what. */
  static const struct
  {
    const char *front;
    const char *back;
    double least;
  } pairs[] = {
    { "ink", "desk", 4.5 },   { "ink", "paper", 4.5 },       { "ink", "soft", 4.5 },
    { "quiet", "desk", 4.5 }, { "quiet", "hair", 4.5 },      { "quiet", "paper", 4.5 },
    { "quiet", "soft", 4.5 }, { "bad", "paper", 4.5 },       { "bad", "soft", 4.5 },
    { "on-act", "act", 4.5 }, { "on-act", "act-near", 4.5 }, { "on-warn", "warn", 4.5 },
    { "on-bad", "bad", 4.5 }, { "line", "paper", 3 },        { "line", "desk", 3 },
    { "act", "paper", 3 },    { "act", "desk", 3 },          { "focus", "paper", 3 },
    { "focus", "desk", 3 },   { "act", "soft", 3 },          { "focus", "soft", 3 },
  };
  static const char *const files[]
      = { "tests/sandbox/window/light.css", "tests/sandbox/window/dark.css" };

  for (gsize f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autofree char *path = harness_source_path (files[f]);
      g_autofree char *tokens = NULL;

      g_assert_true (g_file_get_contents (path, &tokens, NULL, NULL));
      for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
        {
          double a = luminance (tokens, pairs[i].front);
          double b = luminance (tokens, pairs[i].back);
          double ratio = (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);

          g_test_message ("%s: %s on %s: %.2f", files[f], pairs[i].front, pairs[i].back, ratio);
          g_assert_cmpfloat (ratio, >=, pairs[i].least);
        }
    }
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func) harness_add (harness, "window-words", name, func)
  ADD ("every-word-in-every-language", test_every_word_in_every_language);
  ADD ("every-key-once", test_every_key_once);
  ADD ("no-fault-twice", test_no_fault_twice);
  ADD ("dates", test_dates);
  ADD ("typed-dates", test_typed_dates);
  ADD ("locales", test_locales);
  ADD ("contrast", test_contrast);
}

HARNESS_MAIN (register_tests)
