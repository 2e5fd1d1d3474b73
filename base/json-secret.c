/* SPDX-License-Identifier: MIT */
#include "base/json-secret.h"

#include <string.h>

/* All of this runs on a text that the scanner has found good: every string has an end, every escape
 * is whole. */

/* @at: on an opening quote. Returns where the closing one stands. */
static gsize
find_end (const char *text, gsize at)
{
  for (at++; text[at] != '"'; at++)
    if (text[at] == '\\')
      at++;
  return at;
}

static gunichar
read_hex4 (const char *text)
{
  gunichar value = 0;

  for (guint i = 0; i < 4; i++)
    value = value * 16 + (gunichar)g_ascii_xdigit_value (text[i]);
  return value;
}

/* @text: behind a backslash. Returns how many bytes the escape has there. */
static gsize
read_escape (const char *text, gunichar *out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  gunichar c;

  if (*text != 'u')
    {
      *out = (gunichar)meanings[strchr (letters, *text) - letters];
      return 1;
    }
  c = read_hex4 (text + 1);
  *out = c;
  if (c < 0xd800 || c > 0xdbff)
    return 5;
  *out = 0x10000 + ((c - 0xd800) << 10) + (read_hex4 (text + 7) - 0xdc00);
  return 11;
}

/* What stands between two quotes. An escape never has fewer bytes than what it means. */
static TtecommSecret *
unescape (const char *text, gsize length)
{
  TtecommSecret *secret = ttecomm_secret_new (length);
  char *out = (char *)ttecomm_secret_get_data (secret);
  gsize n = 0;

  for (gsize at = 0; at < length;)
    {
      gunichar c;

      if (text[at] != '\\')
        {
          out[n++] = text[at++];
          continue;
        }
      at += 1 + read_escape (text + at + 1, &c);
      n += (gsize)g_unichar_to_utf8 (c, out + n);
    }
  ttecomm_secret_truncate (secret, n);
  return secret;
}

static gsize
skip_space (const char *text, gsize at)
{
  return at + strspn (text + at, " \t\r\n");
}

static gboolean
is_named (const char *text, gsize start, gsize end, const char *name)
{
  g_autoptr (TtecommSecret) found = unescape (text + start + 1, end - start - 1);

  return strcmp ((const char *)ttecomm_secret_get_data (found), name) == 0;
}

/* Returns where the value of the outermost object's member begins; 0: there is none. */
static gsize
find_member (const char *text, const char *name)
{
  guint depth = 0;

  for (gsize at = 0; text[at] != '\0'; at++)
    {
      gsize start = at, colon;

      if (text[at] == '{' || text[at] == '[')
        depth++;
      else if (text[at] == '}' || text[at] == ']')
        depth--;
      if (text[at] != '"')
        continue;
      at = find_end (text, at);
      colon = skip_space (text, at + 1);
      if (depth == 1 && text[colon] == ':' && is_named (text, start, at, name))
        return skip_space (text, colon + 1);
    }
  return 0;
}

gboolean
ttecomm_json_take_secret (TtecommSecret *text,
                          gsize max_bytes,
                          const char *name,
                          TtecommSecret **out,
                          GError **error)
{
  char *data = (char *)ttecomm_secret_get_data (text);
  gsize start, end;

  *out = NULL;
  if (!ttecomm_json_scan (data, ttecomm_secret_get_length (text), max_bytes, error))
    return FALSE;
  start = find_member (data, name);
  if (start == 0 || data[start] != '"')
    return TRUE;
  end = find_end (data, start);
  *out = unescape (data + start + 1, end - start - 1);
  memset (data + start + 1, '*', end - start - 1);
  return TRUE;
}
