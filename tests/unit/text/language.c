/* SPDX-License-Identifier: MIT */
#include "tests/unit/text/language.h"

#include "plugin/text/amount.h"
#include "plugin/text/when.h"
#include "tests/support/zone.h"

#include <locale.h>
#include <string.h>

TtecommText *
language_new (const char *language)
{
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");
  TtecommText *text = ttecomm_text_new_in_zone (language, zone);

  g_assert_cmpstr (ttecomm_text_get_language (text), ==, language);
  return text;
}

void
language_take_equal (char *owned, const char *expected)
{
  g_autofree char *text = owned;

  g_assert_cmpstr (text, ==, expected);
}

static void
expect_language (const char *locale, const char *language)
{
  g_autoptr (TtecommText) text = ttecomm_text_new (locale);

  g_test_message ("%.40s", locale != NULL ? locale : "none");
  g_assert_cmpstr (ttecomm_text_get_language (text), ==, language);
}

/* Each with xx in it, which stands for the language. */
static void
expect_languages (const char *const *tags, const char *xx, const char *language)
{
  for (gsize i = 0; tags[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (tags[i], "xx", -1);
      g_autofree char *tag = g_strjoinv (xx, parts);

      expect_language (tag, language);
    }
}

void
language_check_tags (const char *language)
{
  static const char *const good[] = {
    "xx",    "xx-BE",       "xx-be",      "xx-ZZ", "xx-Latn-BE", "xx_BE",
    "xx_xx", "xx_BE.UTF-8", "xx_BE@euro", "xx.",   "xx-",        NULL,
  };
  static const char *const bad[] = {
    "xxx",        "xxbe", "x",      "-xx",      " xx",   "xx be", "xx/../xx",
    "../text/xx", "xx\n", "xx\xff", "\xff\xfe", "xxé",   "C",     "POSIX",
    "zz",         "en",   "en-xx",  "it",       "texts", "",      NULL,
  };
  g_autofree char *upper = g_ascii_strup (language, -1);
  g_autofree char *endless = g_strnfill (1000000, language[0]);

  expect_languages (good, language, language);
  expect_languages (good, upper, language);
  expect_languages (bad, language, "en");
  expect_language (endless, "en");
  expect_language (NULL, "en");
}

void
language_check_money (const char *language, const LanguageMoney *rows, gsize n_rows)
{
  g_autoptr (TtecommText) text = language_new (language);

  for (gsize i = 0; i < n_rows; i++)
    language_take_equal (ttecomm_text_money (text, rows[i].cents, rows[i].currency),
                         rows[i].expected);
}

void
language_check_spans (const char *language, const LanguageSpan *rows, gsize n_rows)
{
  g_autoptr (TtecommText) text = language_new (language);

  for (gsize i = 0; i < n_rows; i++)
    language_take_equal (ttecomm_text_span (text, rows[i].seconds), rows[i].expected);
}

void
language_check_names (const char *language, const char *before, const char *after)
{
  static const struct
  {
    const char *name;
    const char *shown;
  } rows[] = {
    { "{site}", "{site}" },
    { "{{n}} %s %n", "{{n}} %s %n" },
    { "\u202Egro.live\u2066", "\ufffdgro.live\ufffd" },
    { "A\r\nB\x1b[31m\x7f", "A  B [31m" },
    { "\xff\xc3", "\ufffd\ufffd" },
    { "\u05d5\u05d9\u05dc\u05d4", "\u05d5\u05d9\u05dc\u05d4" },
  };
  g_autoptr (TtecommText) text = language_new (language);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *expected = g_strconcat (before, rows[i].shown, after, NULL);

      language_take_equal (ttecomm_text_format (text, "gate",
                                                "Remote Services is not activated yet for {site}.",
                                                "site", rows[i].name, NULL),
                           expected);
    }
}

static void
set_variable (const char *name, const char *value)
{
  if (value != NULL)
    g_setenv (name, value, TRUE);
  else
    g_unsetenv (name);
}

void
language_check_process (const char *language,
                        const char *money,
                        const char *ago,
                        const char *refresh)
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
    { NULL, "fr", "fr_BE.UTF-8" },
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
      text = language_new (language);
      language_take_equal (ttecomm_text_money (text, 123450, "EUR"), money);
      language_take_equal (ttecomm_text_ago (text, 7200), ago);
      g_assert_cmpstr (ttecomm_text_get (text, "action", "Refresh"), ==, refresh);
      g_assert_cmpstr (setlocale (LC_ALL, NULL), ==, before);
      g_assert_cmpstr (g_getenv ("LANGUAGE"), ==, rows[i].language);
    }
}
