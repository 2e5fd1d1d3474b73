/* SPDX-License-Identifier: MIT */
/* The desktop host's own words and colours: complete, alike in all languages, readable. */
#include <math.h>
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/host/desktop/words.h"

/* --- words ------------------------------------------------------------------------------------ */

static const char *
word (int language, int number)
{
  return desktop_word ((DesktopLanguage)language, (DesktopWord)number);
}

static void
test_nothing_is_missing (void)
{
  for (int i = 0; i < DESKTOP_N_WORDS; i++)
    for (int l = 0; l < DESKTOP_N_LANGUAGES; l++)
      {
        g_test_message ("%d in %s", i, desktop_language_code ((DesktopLanguage)l));
        g_assert_nonnull (word (l, i));
        g_assert_cmpint (*word (l, i), !=, '\0');
        g_assert_true (g_utf8_validate (word (l, i), -1, NULL));
      }
}

/* A text of more than a word or two that is the same in two languages was forgotten. */
static void
test_no_sentence_is_the_same (void)
{
  for (int i = 0; i < DESKTOP_N_WORDS; i++)
    for (int l = 1; l < DESKTOP_N_LANGUAGES; l++)
      {
        g_auto (GStrv) words = g_strsplit (word (0, i), " ", -1);

        if (g_strv_length (words) > 2)
          g_assert_cmpstr (word (l, i), !=, word (0, i));
      }
}

/* "%s", "%u": in this order. (transfer full) */
static char *
placeholders_of (const char *text)
{
  GString *found = g_string_new (NULL);

  for (const char *at = strchr (text, '%'); at != NULL; at = strchr (at + 1, '%'))
    g_string_append_len (found, at, 2);
  return g_string_free (found, FALSE);
}

static void
test_placeholders_are_alike (void)
{
  guint n = 0;

  for (int i = 0; i < DESKTOP_N_WORDS; i++)
    for (int l = 0; l < DESKTOP_N_LANGUAGES; l++)
      {
        g_autofree char *expected = placeholders_of (word (0, i));
        g_autofree char *found = placeholders_of (word (l, i));

        g_assert_cmpstr (found, ==, expected);
        g_assert_true (*found == '\0' || g_str_equal (found, "%s") || g_str_equal (found, "%u"));
        n += *found != '\0';
      }
  g_assert_cmpuint (n, >=, 4 * 8);
}

static gunichar
mnemonic_of (const char *text)
{
  const char *mark = strchr (text, '_');

  g_assert_nonnull (mark);
  g_assert_null (strchr (mark + 1, '_'));
  return g_unichar_tolower (g_utf8_get_char (mark + 1));
}

static void
test_mnemonics_of_a_menu_differ (void)
{
  static const DesktopWord menus[][8] = {
    { DESKTOP_WORD_MENU_FILE, DESKTOP_WORD_MENU_EXTRA, DESKTOP_WORD_MENU_REMOTE,
      DESKTOP_WORD_MENU_HELP, DESKTOP_N_WORDS },
    { DESKTOP_WORD_MENU_OPEN, DESKTOP_WORD_MENU_RECENT, DESKTOP_WORD_MENU_CLOSE,
      DESKTOP_WORD_MENU_QUIT, DESKTOP_N_WORDS },
    { DESKTOP_WORD_MENU_USERS, DESKTOP_WORD_MENU_LANGUAGE, DESKTOP_WORD_MENU_DARK,
      DESKTOP_N_WORDS },
    { DESKTOP_WORD_MENU_SESSION, DESKTOP_WORD_MENU_END_SESSION, DESKTOP_N_WORDS },
    { DESKTOP_WORD_MENU_ABOUT, DESKTOP_WORD_MENU_DIAGNOSTICS, DESKTOP_N_WORDS },
  };

  for (int l = 0; l < DESKTOP_N_LANGUAGES; l++)
    for (gsize m = 0; m < G_N_ELEMENTS (menus); m++)
      {
        g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

        for (gsize i = 0; menus[m][i] != DESKTOP_N_WORDS; i++)
          {
            const char *text = word (l, (int)menus[m][i]);

            g_test_message ("%s", text);
            g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (mnemonic_of (text))));
          }
      }
}

static void
test_languages (void)
{
  static const struct
  {
    const char *name;
    DesktopLanguage language;
  } rows[] = {
    { "nl", DESKTOP_LANGUAGE_NL },         { "nl_BE.UTF-8", DESKTOP_LANGUAGE_NL },
    { "fr-BE", DESKTOP_LANGUAGE_FR },      { "DE", DESKTOP_LANGUAGE_DE },
    { "de_AT@euro", DESKTOP_LANGUAGE_DE }, { "en", DESKTOP_LANGUAGE_EN },
    { "C", DESKTOP_LANGUAGE_EN },          { "", DESKTOP_LANGUAGE_EN },
    { NULL, DESKTOP_LANGUAGE_EN },         { "nld", DESKTOP_LANGUAGE_EN },
    { "tlh-Latn", DESKTOP_LANGUAGE_EN },   { "../../fr", DESKTOP_LANGUAGE_EN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (desktop_language_parse (rows[i].name), ==, rows[i].language);
}

static void
test_fills_in (void)
{
  g_autofree char *more = desktop_words_format (DESKTOP_LANGUAGE_NL, DESKTOP_WORD_SHOW_MORE, 12u);
  g_autofree char *plain = desktop_word_plain (DESKTOP_LANGUAGE_EN, DESKTOP_WORD_MENU_QUIT);

  g_assert_cmpstr (more, ==, "Meer tonen (12)");
  g_assert_cmpstr (plain, ==, "Quit");
}

/* --- colours ---------------------------------------------------------------------------------- */

/* Text on what it stands on. Each in both themes. */
static const struct
{
  const char *ink, *paper;
} pairs[] = {
  { "ink", "window" },           { "ink", "surface" },
  { "quiet", "surface" },        { "quiet", "window" },
  { "accent", "window" },        { "accent", "surface" },
  { "on_accent", "accent" },     { "on_accent", "accent_hover" },
  { "on_danger", "danger" },     { "on_danger", "danger_hover" },
  { "good", "good_soft" },       { "info", "info_soft" },
  { "warning", "warning_soft" }, { "error", "error_soft" },
  { "neutral", "neutral_soft" }, { "ink", "good_soft" },
  { "ink", "info_soft" },        { "ink", "warning_soft" },
  { "ink", "error_soft" },       { "quiet", "neutral_soft" },
  { "error", "surface" },
};

static double
luminance (const char *css, const char *name)
{
  g_autofree char *definition = g_strdup_printf ("@define-color %s #", name);
  const char *at = strstr (css, definition);
  guint64 rgb;
  double sum = 0;
  static const double weights[] = { 0.0722, 0.7152, 0.2126 };

  if (at == NULL)
    g_error ("there is no colour %s", name);
  rgb = g_ascii_strtoull (at + strlen (definition), NULL, 16);
  for (int i = 0; i < 3; i++, rgb >>= 8)
    {
      double part = (double)(rgb & 0xff) / 255;

      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static double
contrast (const char *css, const char *a, const char *b)
{
  double one = luminance (css, a), other = luminance (css, b);

  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static void
test_colours_can_be_read (void)
{
  static const char *const themes[] = { "light", "dark" };

  g_assert_cmpfloat_with_epsilon (contrast ("@define-color a #000000;@define-color b #ffffff;", "a",
                                            "b"),
                                  21.0, 0.01);
  for (gsize t = 0; t < G_N_ELEMENTS (themes); t++)
    {
      g_autofree char *file = g_strdup_printf ("tests/host/desktop/%s.css", themes[t]);
      g_autofree char *path = harness_source_path (file);
      g_autofree char *css = NULL;

      g_assert_true (g_file_get_contents (path, &css, NULL, NULL));
      for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
        {
          double ratio = contrast (css, pairs[i].ink, pairs[i].paper);

          g_test_message ("%s: %s on %s: %.2f", themes[t], pairs[i].ink, pairs[i].paper, ratio);
          g_assert_cmpfloat (ratio, >=, 4.5);
        }
      /* What only has to be seen. */
      g_assert_cmpfloat (contrast (css, "strong_line", "surface"), >=, 3.0);
    }
}

/* --- pictures --------------------------------------------------------------------------------- */

/* What the README shows is there, says what it shows, and is quickly fetched. */
static void
test_pictures_of_the_readme (void)
{
  g_autofree char *path = harness_source_path ("README.md");
  g_autofree char *text = NULL;
  g_autoptr (GRegex) regex
      = g_regex_new ("!\\[([^\\]]*)\\]\\(([^)]+)\\)", G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL), n++)
    {
      g_autofree char *words = g_match_info_fetch (match, 1);
      g_autofree char *name = g_match_info_fetch (match, 2);
      g_autofree char *file = harness_source_path (name);
      g_autofree char *bytes = NULL;
      gsize size = 0;

      g_test_message ("%s", name);
      g_assert_cmpuint (strlen (words), >, 20);
      g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
      g_assert_cmpuint (size, <=, 150 * 1024);
      g_assert_true (size > 8 && memcmp (bytes, "\211PNG", 4) == 0);
    }
  g_assert_cmpuint (n, ==, 4);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "desktop-words", "nothing-is-missing", test_nothing_is_missing);
  harness_add (harness, "desktop-words", "no-sentence-is-the-same", test_no_sentence_is_the_same);
  harness_add (harness, "desktop-words", "placeholders-are-alike", test_placeholders_are_alike);
  harness_add (harness, "desktop-words", "mnemonics-of-a-menu-differ",
               test_mnemonics_of_a_menu_differ);
  harness_add (harness, "desktop-words", "languages", test_languages);
  harness_add (harness, "desktop-words", "fills-in", test_fills_in);
  harness_add (harness, "desktop-words", "colours-can-be-read", test_colours_can_be_read);
  harness_add (harness, "desktop-words", "pictures-of-the-readme", test_pictures_of_the_readme);
}

HARNESS_MAIN (register_tests)
