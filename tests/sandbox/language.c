/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/language.h"

#include <string.h>

#include "base/civil-date.h"

#define MAX_HEADER 1024
#define MAX_RANGES 32
#define MAX_TAG 35
#define NO_BREAK "\u00a0"

static const struct
{
  const char *tag;
  const char *name;
  const char *between_thousands;
  const char *before_cents;
  const char *before_amount;
  const char *after_amount;
  char between_date;
} languages[SANDBOX_LAST_LANGUAGE + 1] = {
  [SANDBOX_LANGUAGE_EN] = { "en", "English", ",", ".", "€", "", '/' },
  [SANDBOX_LANGUAGE_FR] = { "fr", "Français", NO_BREAK, ",", "", NO_BREAK "€", '/' },
  [SANDBOX_LANGUAGE_NL] = { "nl", "Nederlands", ".", ",", "€" NO_BREAK, "", '/' },
  [SANDBOX_LANGUAGE_DE] = { "de", "Deutsch", ".", ",", "", NO_BREAK "€", '.' },
};

const char *
sandbox_language_tag (SandboxLanguage language)
{
  g_return_val_if_fail (language >= SANDBOX_LANGUAGE_EN && language <= SANDBOX_LAST_LANGUAGE, "en");
  return languages[language].tag;
}

const char *
sandbox_language_name (SandboxLanguage language)
{
  g_return_val_if_fail (language >= SANDBOX_LANGUAGE_EN && language <= SANDBOX_LAST_LANGUAGE, "");
  return languages[language].name;
}

/* A tag is letters and digits in groups; the first says which language. */
static SandboxLanguage
from_tag (const char *tag, gsize length)
{
  static const char letters[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-";

  if (length < 2 || length > MAX_TAG || strspn (tag, letters) < length
      || (length > 2 && tag[2] != '-'))
    return SANDBOX_LANGUAGE_UNKNOWN;
  for (guint i = SANDBOX_LANGUAGE_EN; i <= SANDBOX_LAST_LANGUAGE; i++)
    if (g_ascii_strncasecmp (tag, languages[i].tag, 2) == 0)
      return (SandboxLanguage)i;
  return SANDBOX_LANGUAGE_UNKNOWN;
}

SandboxLanguage
sandbox_language_from_tag (const char *tag)
{
  return tag != NULL ? from_tag (tag, strlen (tag)) : SANDBOX_LANGUAGE_UNKNOWN;
}

SandboxLanguage
sandbox_language_from_list (const char *list)
{
  SandboxLanguage found = SANDBOX_LANGUAGE_UNKNOWN;
  const char *p = list != NULL ? list : "";

  for (guint n = 0; found == SANDBOX_LANGUAGE_UNKNOWN && *p != '\0' && n < MAX_RANGES; n++)
    {
      gsize length = strcspn (p, " ");

      found = from_tag (p, length);
      p += length;
      p += strspn (p, " ");
    }
  return found;
}

/* Thousandths of ";q=0.8"; 1000 where nothing is said, -1 where it is not well formed. */
static int
read_weight (char *text)
{
  int weight;
  int unit = 100;

  g_strstrip (text);
  if (*text == '\0')
    return 1000;
  if ((text[0] != 'q' && text[0] != 'Q') || text[1] != '=' || (text[2] != '0' && text[2] != '1'))
    return -1;
  weight = (text[2] - '0') * 1000;
  text += 3;
  if (*text == '.')
    for (text++; g_ascii_isdigit (*text) && unit > 0; text++, unit /= 10)
      weight += (*text - '0') * unit;
  return *text == '\0' && weight <= 1000 ? weight : -1;
}

SandboxLanguage
sandbox_language_negotiate (const char *accept)
{
  g_autofree char *header = g_strndup (accept != NULL ? accept : "", MAX_HEADER);
  g_auto (GStrv) ranges = g_strsplit (header, ",", MAX_RANGES + 1);
  SandboxLanguage best = SANDBOX_LANGUAGE_EN;
  int best_weight = 0;

  /* What stands behind the last range that is read, or is cut off by the end, is not one. */
  for (guint i = 0; i < MAX_RANGES && ranges[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (ranges[i], ";", 2);
      int weight = parts[0] != NULL && parts[1] != NULL ? read_weight (parts[1]) : 1000;
      const char *tag = parts[0] != NULL ? g_strstrip (parts[0]) : "";
      SandboxLanguage language = sandbox_language_from_tag (tag);

      /* "*" wants any of the others: that is the one that is spoken anyway. */
      if (g_str_equal (tag, "*"))
        language = SANDBOX_LANGUAGE_EN;
      if (language != SANDBOX_LANGUAGE_UNKNOWN && weight > best_weight)
        {
          best = language;
          best_weight = weight;
        }
    }
  return best;
}

char *
sandbox_language_money (SandboxLanguage language, gint64 cents)
{
  guint64 size = cents < 0 ? -(guint64)cents : (guint64)cents;
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, size / 100);
  gsize length = strlen (digits);
  GString *out = g_string_new (cents < 0 ? "-" : "");

  g_string_append (out, languages[language].before_amount);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (out, languages[language].between_thousands);
      g_string_append_c (out, digits[i]);
    }
  g_string_append_printf (out, "%s%02u%s", languages[language].before_cents, (guint)(size % 100),
                          languages[language].after_amount);
  return g_string_free (out, FALSE);
}

char *
sandbox_language_date (SandboxLanguage language, const char *iso)
{
  GDate date;
  char text[TTECOMM_DATE_SIZE];

  if (!ttecomm_date_parse (iso, &date, NULL))
    return g_strdup ("-");
  ttecomm_date_format_dmy (&date, text);
  return g_strdup (g_strdelimit (text, "/", languages[language].between_date));
}
