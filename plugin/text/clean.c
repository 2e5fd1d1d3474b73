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

static gboolean
is_plain (gunichar c)
{
  return c >= 0x20 && c < 0x7F;
}

/* How many of the first @max characters are plain, in a row. */
static gsize
plain_run (const char *text, gsize max)
{
  gsize n = 0;

  while (n < max && is_plain ((guchar)text[n]))
    n++;
  return n;
}

/* Most texts are plain already, and a page has thousands of them. (transfer full) (nullable) */
static char *
copy_plain (const char *text, gsize max_chars)
{
  gsize n = plain_run (text, max_chars + 1);

  if (n == 0 || n > max_chars || text[n] != '\0' || text[0] == ' ' || text[n - 1] == ' ')
    return NULL;
  return g_strndup (text, n);
}

static gunichar
clean_char (gunichar c)
{
  GUnicodeType type;

  if (is_plain (c))
    return c;
  type = g_unichar_type (c);
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
  g_autoptr (GString) out = NULL;
  char *plain;
  gsize n = 0;

  g_return_val_if_fail (max_chars >= 1, g_strdup (""));

  plain = text != NULL ? copy_plain (text, max_chars) : NULL;
  if (plain != NULL)
    return plain;

  /* Nothing longer is looked at: no character takes more than six bytes. */
  valid = g_utf8_make_valid (text != NULL ? text : "",
                             text != NULL ? (gssize)strnlen (text, (max_chars + 1) * 6) : 0);
  g_strstrip (valid);
  out = g_string_sized_new (strlen (valid) + 4);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize run = plain_run (p, max_chars - n - 1);

      g_string_append_len (out, p, (gssize)run);
      n += run;
      p += run;
      if (*p == '\0')
        break;
      if (++n == max_chars && *g_utf8_next_char (p) != '\0')
        {
          g_string_append_unichar (out, ELLIPSIS);
          break;
        }
      g_string_append_unichar (out, clean_char (g_utf8_get_char (p)));
    }
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}
