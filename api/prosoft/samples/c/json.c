/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *
skip_blanks (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

static const char *
skip_string (const char *at)
{
  for (at++; *at != '\0' && *at != '"'; at++)
    if (*at == '\\' && at[1] != '\0')
      at++;
  return *at == '"' ? at + 1 : at;
}

/* Behind a value. Brackets are counted, not followed: however deep they are, this needs no stack. */
static const char *
skip_value (const char *at)
{
  size_t depth = 0;

  do
    {
      at = skip_blanks (at);
      if (*at == '"')
        at = skip_string (at);
      else if (*at == '{' || *at == '[')
        depth++, at++;
      else if ((*at == '}' || *at == ']') && depth > 0)
        depth--, at++;
      else if ((*at == ',' || *at == ':') && depth > 0)
        at++;
      else
        {
          size_t word = strcspn (at, ",:{}[]\" \t\r\n");

          if (word == 0)
            return at;
          at += word;
        }
    }
  while (depth > 0 && *at != '\0');
  return at;
}

static const char *
first_in (const char *container, char bracket)
{
  const char *at = container != NULL ? skip_blanks (container) : "";

  if (*at != bracket)
    return NULL;
  at = skip_blanks (at + 1);
  return *at == ']' || *at == '}' || *at == '\0' ? NULL : at;
}

const char *
json_first (const char *array)
{
  return first_in (array, '[');
}

const char *
json_next (const char *element)
{
  const char *at = skip_blanks (skip_value (element));

  if (*at != ',')
    return NULL;
  at = skip_blanks (at + 1);
  return *at == '\0' ? NULL : at;
}

const char *
json_member (const char *object, const char *name)
{
  const char *key = first_in (object, '{');

  while (key != NULL)
    {
      const char *value = skip_blanks (skip_value (key));

      if (*value != ':')
        return NULL;
      value = skip_blanks (value + 1);
      if (json_is (key, name))
        return value;
      key = json_next (value);
    }
  return NULL;
}

/* --- strings --------------------------------------------------------------------------------- */

static char *
put_utf8 (char *to, unsigned long c)
{
  if (c < 0x20 || c == 0x7f)
    c = ' ';
  if (c < 0x80)
    *to++ = (char)c;
  else if (c < 0x800)
    *to++ = (char)(0xc0 | c >> 6), *to++ = (char)(0x80 | (c & 0x3f));
  else if (c < 0x10000)
    *to++ = (char)(0xe0 | c >> 12), *to++ = (char)(0x80 | (c >> 6 & 0x3f)),
    *to++ = (char)(0x80 | (c & 0x3f));
  else
    *to++ = (char)(0xf0 | c >> 18), *to++ = (char)(0x80 | (c >> 12 & 0x3f)),
    *to++ = (char)(0x80 | (c >> 6 & 0x3f)), *to++ = (char)(0x80 | (c & 0x3f));
  return to;
}

/* The four digits behind \u, or -1. */
static long
read_unit (const char *at)
{
  char digits[5] = "";

  if (strspn (at, "0123456789abcdefABCDEF") < 4)
    return -1;
  memcpy (digits, at, 4);
  return strtol (digits, NULL, 16);
}

/* `*at` stands behind the backslash; it is moved behind the escape. */
static char *
put_escape (char *to, const char **at)
{
  static const char letters[] = "bfnrt";
  long c = **at == 'u' ? read_unit (*at + 1) : -1;

  if (c < 0)
    {
      char letter = *(*at)++;

      return put_utf8 (to, strchr (letters, letter) != NULL ? ' ' : (unsigned char)letter);
    }
  *at += 5;
  if (c >= 0xd800 && c < 0xdc00 && (*at)[0] == '\\' && (*at)[1] == 'u')
    {
      long low = read_unit (*at + 2);

      if (low >= 0xdc00 && low < 0xe000)
        {
          *at += 6;
          return put_utf8 (to, 0x10000 + ((unsigned long)(c - 0xd800) << 10)
                                   + (unsigned long)(low - 0xdc00));
        }
    }
  /* Half of a pair is no character. */
  return put_utf8 (to, c >= 0xd800 && c < 0xe000 ? 0xfffd : (unsigned long)c);
}

char *
json_text (const char *value)
{
  const char *at = value != NULL ? skip_blanks (value) : "";
  const char *end = *at == '{' || *at == '[' ? at : skip_value (at);
  char *text = malloc ((size_t)(end - at) + 1), *to = text;

  if (text == NULL)
    abort ();
  if (*at == '"')
    for (at++; at < end && *at != '"';)
      if (*at == '\\' && at + 1 < end)
        at++, to = put_escape (to, &at);
      else if ((unsigned char)*at < 0x80)
        to = put_utf8 (to, (unsigned char)*at++);
      else
        *to++ = *at++;
  else
    while (at < end)
      *to++ = *at++;
  *to = '\0';
  return text;
}

bool
json_is (const char *value, const char *text)
{
  char *mine = json_text (value);
  bool same = value != NULL && *skip_blanks (value) == '"' && strcmp (mine, text) == 0;

  free (mine);
  return same;
}
