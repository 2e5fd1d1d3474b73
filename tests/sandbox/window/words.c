/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/window/words.h"

#include <stdarg.h>
#include <string.h>

#include "base/civil-date.h"
#include "tests/sandbox/window/words-table.h"

const char *
window_word (WindowLanguage language, WindowWord word)
{
  g_return_val_if_fail (language < WINDOW_N_LANGUAGES && word < WINDOW_N_WORDS, "");
  return window_words_table[word].in[language];
}

gboolean
window_language_from_locale (const char *locale, WindowLanguage *out)
{
  static const char *const names[WINDOW_N_LANGUAGES] = { "en", "fr", "nl", "de" };
  gsize length = strcspn (locale, "-_.@");

  *out = WINDOW_LANGUAGE_EN;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (length == 2 && g_ascii_strncasecmp (locale, names[i], 2) == 0)
      {
        *out = (WindowLanguage)i;
        return TRUE;
      }
  return FALSE;
}

const char *
window_words_fault (WindowLanguage language, const char *name, WindowWord *group)
{
  for (gsize i = 0; i < window_n_fault_words; i++)
    if (g_str_equal (window_fault_words_table[i].name, name))
      {
        *group = window_fault_words_table[i].group;
        return window_fault_words_table[i].words.in[language];
      }
  *group = WINDOW_WORD_GROUP_OTHER;
  return name;
}

const char *
window_words_nth_fault (guint n)
{
  return n < window_n_fault_words ? window_fault_words_table[n].name : NULL;
}

/* The value of a {name}, or NULL. */
static const char *
find_value (va_list list, const char *name, gsize length)
{
  const char *key;
  const char *found = NULL;

  while ((key = va_arg (list, const char *)) != NULL)
    {
      const char *value = va_arg (list, const char *);

      if (strlen (key) == length && strncmp (key, name, length) == 0)
        found = value;
    }
  return found;
}

char *
window_words_fill (WindowLanguage language, WindowWord word, ...)
{
  const char *rest = window_word (language, word);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *open;

  while ((open = strchr (rest, '{')) != NULL)
    {
      gsize length = strcspn (open + 1, "}");
      const char *value;
      va_list list;

      va_start (list, word);
      value = find_value (list, open + 1, length);
      va_end (list);
      g_string_append_len (text, rest, open - rest);
      g_string_append (text, value != NULL ? value : "");
      rest = open + 1 + length + (open[1 + length] == '}' ? 1 : 0);
    }
  g_string_append (text, rest);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
window_words_long_date (WindowLanguage language, const GDate *date)
{
  g_autofree char *day = g_strdup_printf ("%u", g_date_get_day (date));
  g_autofree char *year = g_strdup_printf ("%u", g_date_get_year (date));
  WindowWord weekday = WINDOW_WORD_MONDAY + (g_date_get_weekday (date) - G_DATE_MONDAY);
  WindowWord month = WINDOW_WORD_JANUARY + (g_date_get_month (date) - G_DATE_JANUARY);

  return window_words_fill (language, WINDOW_WORD_DATE_LONG, "weekday",
                            window_word (language, weekday), "day", day, "month",
                            window_word (language, month), "year", year, NULL);
}

char *
window_words_short_date (WindowLanguage language, const GDate *date)
{
  g_autofree char *day = g_strdup_printf ("%02u", g_date_get_day (date));
  g_autofree char *month = g_strdup_printf ("%02u", (guint)g_date_get_month (date));
  g_autofree char *year = g_strdup_printf ("%u", g_date_get_year (date));

  return window_words_fill (language, WINDOW_WORD_DATE_SHORT, "dd", day, "mm", month, "year", year,
                            NULL);
}

char *
window_words_money (WindowLanguage language, gint64 cents)
{
  g_autofree char *amount
      = g_strdup_printf ("%" G_GINT64_FORMAT "%s%02d", cents / 100,
                         window_word (language, WINDOW_WORD_DECIMAL), (int)(cents % 100));

  return window_words_fill (language, WINDOW_WORD_MONEY, "amount", amount, NULL);
}

gboolean
window_words_read_date (const char *text, GDate *out)
{
  g_autofree char *clean = g_strstrip (g_strdup (text));
  g_autofree char *iso = NULL;
  g_auto (GStrv) parts = NULL;
  guint64 numbers[3];

  if (ttecomm_date_parse (clean, out, NULL))
    return TRUE;
  parts = g_strsplit_set (clean, "/.", 4);
  if (g_strv_length (parts) != 3)
    return FALSE;
  for (gsize i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 1, 9999, &numbers[i], NULL))
      return FALSE;
  iso = g_strdup_printf ("%04u-%02u-%02u", (guint)numbers[2], (guint)numbers[1], (guint)numbers[0]);
  return ttecomm_date_parse (iso, out, NULL);
}
