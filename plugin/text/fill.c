/* SPDX-License-Identifier: MIT */
#define G_LOG_DOMAIN "ttecomm-text"

#include "plugin/text/fill.h"

#include "plugin/text/clean.h"

#include <string.h>

/* The length of the {name} at @p with its braces, 0 when there is none. */
static gsize
placeholder_length (const char *p)
{
  gsize n = 1;

  if (p[0] != '{')
    return 0;
  while (g_ascii_islower (p[n]) || p[n] == '_')
    n++;
  return n > 1 && p[n] == '}' ? n + 1 : 0;
}

static const TtecommTextValue *
find_value (const char *name, gsize length, const TtecommTextValue *values, gsize n_values)
{
  for (gsize i = 0; i < n_values; i++)
    if (strlen (values[i].name) == length && memcmp (values[i].name, name, length) == 0)
      return values[i].value != NULL ? &values[i] : NULL;
  return NULL;
}

static gboolean
is_sentence (const char *pattern)
{
  gsize length = strlen (pattern);

  return length > 0 && strchr (".?!", pattern[length - 1]) != NULL;
}

/* A name stays as it is, and words of ours begin a sentence with a capital. */
static void
append_value (GString *out, const TtecommTextValue *value, const char *pattern)
{
  g_autofree char *clean = NULL;
  const char *rest = value->value;

  if (!value->is_text)
    {
      clean = ttecomm_text_clean (value->value, TTECOMM_TEXT_VALUE_CHARS);
      rest = clean;
    }
  else if (out->len == 0 && *rest != '\0' && is_sentence (pattern))
    {
      g_string_append_unichar (out, g_unichar_totitle (g_utf8_get_char (rest)));
      rest = g_utf8_next_char (rest);
    }
  g_string_append (out, rest);
}

char *
ttecomm_text_fill (const char *pattern, const TtecommTextValue *values, gsize n_values)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (pattern != NULL, g_strdup (""));

  for (const char *p = pattern; *p != '\0';)
    {
      gsize length = placeholder_length (p);
      const TtecommTextValue *value
          = length == 0 ? NULL : find_value (p + 1, length - 2, values, n_values);

      if (value != NULL)
        {
          append_value (out, value, pattern);
          p += length;
          continue;
        }
      if (length > 0)
        g_warning ("no value for %.*s in \"%s\"", (int)length, p, pattern);
      g_string_append_len (out, p, length > 0 ? (gssize)length : 1);
      p += length > 0 ? length : 1;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
