/* SPDX-License-Identifier: MIT */
/* The table of what pages say: whole in every language, and written as that language is. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/words.h"

#define NBSP "\u00a0"

/* Names, and words that the languages share. */
static const struct
{
  SandboxWord word;
  SandboxLanguage language;
} same_as_english[] = {
  { SANDBOX_WORD_PAGE_TITLE, SANDBOX_LANGUAGE_FR },
  { SANDBOX_WORD_PAGE_TITLE, SANDBOX_LANGUAGE_NL },
  { SANDBOX_WORD_PAGE_TITLE, SANDBOX_LANGUAGE_DE },
  { SANDBOX_WORD_HOME_TITLE, SANDBOX_LANGUAGE_FR },
  { SANDBOX_WORD_HOME_TITLE, SANDBOX_LANGUAGE_NL },
  { SANDBOX_WORD_HOME_TITLE, SANDBOX_LANGUAGE_DE },
  { SANDBOX_WORD_SERVICE, SANDBOX_LANGUAGE_FR },
};

static gboolean
may_be_the_same (SandboxWord word, SandboxLanguage language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (same_as_english); i++)
    if (same_as_english[i].word == word && same_as_english[i].language == language)
      return TRUE;
  return FALSE;
}

static void
for_each_text (void (*check) (SandboxWord word, SandboxLanguage language, const char *text))
{
  for (guint w = 0; w < SANDBOX_N_WORDS; w++)
    for (guint l = SANDBOX_LANGUAGE_EN; l <= SANDBOX_LAST_LANGUAGE; l++)
      {
        const char *text = sandbox_word ((SandboxWord)w, (SandboxLanguage)l);

        g_test_message ("%s, %s: %s", sandbox_word_id ((SandboxWord)w),
                        sandbox_language_tag ((SandboxLanguage)l), text);
        check ((SandboxWord)w, (SandboxLanguage)l, text);
      }
}

static void
check_is_there (SandboxWord word, SandboxLanguage language, const char *text)
{
  gboolean same = g_strcmp0 (text, sandbox_word (word, SANDBOX_LANGUAGE_EN)) == 0;

  g_assert_nonnull (text);
  g_assert_cmpuint (strlen (text), >, 1);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (same, ==, language == SANDBOX_LANGUAGE_EN || may_be_the_same (word, language));
}

static void
test_nothing_is_missing (void)
{
  for_each_text (check_is_there);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* (transfer full): the placeholders, sorted, each as often as it stands there. */
static char *
placeholders (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{[a-z0-9]+\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_regex_match (regex, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    g_ptr_array_add (names, g_match_info_fetch (match, 0));
  g_ptr_array_sort (names, compare);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("", (char **)names->pdata);
}

static guint
count_braces (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '{' || *text == '}';
  return n;
}

/* A brace that belongs to no placeholder would be shown. */
static void
check_placeholders (SandboxWord word, SandboxLanguage language, const char *text)
{
  g_autofree char *expected = placeholders (sandbox_word (word, SANDBOX_LANGUAGE_EN));
  g_autofree char *found = placeholders (text);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (count_braces (text), ==, count_braces (found));
}

static void
test_placeholders_are_those_of_the_english (void)
{
  for_each_text (check_placeholders);
}

/* How a text ends is how all of them end; blanks and quotes are those of print. */
static void
check_typography (SandboxWord word, SandboxLanguage language, const char *text)
{
  static const char *const ends[] = { ".", "?", ":" };
  const char *english = sandbox_word (word, SANDBOX_LANGUAGE_EN);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    g_assert_cmpint (g_str_has_suffix (text, ends[i]) && !g_str_has_suffix (text, "MwSt."), ==,
                     g_str_has_suffix (english, ends[i]));
  g_assert_null (strstr (text, "  "));
  g_assert_null (strpbrk (text, "'\"\t\n<>&"));
  g_assert_false (g_ascii_isspace (text[0]) || g_ascii_isspace (text[strlen (text) - 1]));
  g_assert_null (strstr (text, NBSP));
}

static void
test_typography (void)
{
  for_each_text (check_typography);
}

/* In French a space stands before these, in the others none. */
static void
check_spaces (SandboxWord word, SandboxLanguage language, const char *text)
{
  for (const char *p = strpbrk (text, ":;!?"); p != NULL; p = strpbrk (p + 1, ":;!?"))
    g_assert_cmpint (p > text && p[-1] == ' ', ==, language == SANDBOX_LANGUAGE_FR);
}

static void
test_french_spaces (void)
{
  g_autofree char *text
      = sandbox_word_fill (SANDBOX_WORD_FORGOT_PASSWORD_TEXT, SANDBOX_LANGUAGE_FR, NULL);
  g_autofree char *german = sandbox_word_fill (SANDBOX_WORD_BANNER, SANDBOX_LANGUAGE_DE, NULL);
  g_autofree char *french = sandbox_word_fill (SANDBOX_WORD_BANNER, SANDBOX_LANGUAGE_FR, NULL);

  for_each_text (check_spaces);
  g_assert_nonnull (strstr (text, "«" NBSP "sandbox" NBSP "»"));
  g_assert_nonnull (strstr (french, "test" NBSP ": prix"));
  g_assert_null (strstr (german, NBSP));
}

/* A German reader is "Sie", a Dutch one "u", a French one "vous"; nobody is addressed as a friend.
 */
static void
check_address (SandboxWord word, SandboxLanguage language, const char *text)
{
  static const char *const familiar[SANDBOX_LAST_LANGUAGE + 1] = {
    [SANDBOX_LANGUAGE_FR] = "\\b(tu|te|ton|ta|tes|toi)\\b",
    [SANDBOX_LANGUAGE_NL] = "\\b(je|jij|jou|jouw|jullie)\\b",
    [SANDBOX_LANGUAGE_DE] = "\\b(du|dich|dir|dein|deine|deinem|deinen|deiner)\\b",
  };

  if (familiar[language] != NULL)
    g_assert_false (g_regex_match_simple (familiar[language], text, G_REGEX_CASELESS, 0));
}

static void
test_nobody_is_addressed_as_a_friend (void)
{
  for_each_text (check_address);
}

/* What a value says is not read as a placeholder again, nor its blanks as French. */
static void
test_values_stay_what_they_are (void)
{
  g_autofree char *text
      = sandbox_word_fill (SANDBOX_WORD_SIGNED_IN_AS, SANDBOX_LANGUAGE_FR, "name", "{email} : ?",
                           "email", "{name}", "unknown", "x", NULL);
  g_autofree char *missing
      = sandbox_word_fill (SANDBOX_WORD_SIGNED_IN_AS, SANDBOX_LANGUAGE_EN, "name", NULL, NULL);

  g_assert_cmpstr (text, ==, "Connecté en tant que {email} : ?, {name}.");
  g_assert_cmpstr (missing, ==, "Signed in as , {email}.");
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    GTestFunc func;
  } tests[] = {
    { "nothing-is-missing", test_nothing_is_missing },
    { "placeholders-are-those-of-the-english", test_placeholders_are_those_of_the_english },
    { "typography", test_typography },
    { "french-spaces", test_french_spaces },
    { "nobody-is-addressed-as-a-friend", test_nobody_is_addressed_as_a_friend },
    { "values-stay-what-they-are", test_values_stay_what_they_are },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add (harness, "sandbox-words", tests[i].name, tests[i].func);
}

HARNESS_MAIN (register_tests)
