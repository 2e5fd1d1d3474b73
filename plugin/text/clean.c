/* SPDX-License-Identifier: MIT */
#include "plugin/text/clean.h"

#include <string.h>

#define REPLACEMENT 0xFFFD
#define ELLIPSIS 0x2026

/* Joiners stay: scripts and emoji need them. */
static gboolean
is_joiner (gunichar c)
{
  return c == 0x200C || c == 0x200D;
}

static gunichar
clean_char (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR
      || type == G_UNICODE_PARAGRAPH_SEPARATOR)
    return ' ';
  if (is_joiner (c))
    return c;
  if (type == G_UNICODE_FORMAT || type == G_UNICODE_SURROGATE || (c & 0xFFFE) == 0xFFFE)
    return REPLACEMENT;
  return c;
}

char *
ttecomm_text_clean (const char *text, gsize max_chars)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  gsize n = 0;

  g_return_val_if_fail (max_chars >= 1, g_strdup (""));

  /* Nothing longer is looked at: no character takes more than six bytes. */
  valid = g_utf8_make_valid (text != NULL ? text : "",
                             text != NULL ? (gssize)strnlen (text, (max_chars + 1) * 6) : 0);
  g_strstrip (valid);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (++n == max_chars && *g_utf8_next_char (p) != '\0')
        {
          g_string_append_unichar (out, ELLIPSIS);
          break;
        }
      g_string_append_unichar (out, clean_char (g_utf8_get_char (p)));
    }
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}
