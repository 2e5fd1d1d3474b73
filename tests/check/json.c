/* SPDX-License-Identifier: MIT */
#include "tests/check/json.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check/util.h"

#define MAX_DEPTH 64

typedef struct Parser
{
  const char *start;
  const char *at;
  const char *end;
  int depth;
  char *why;
} Parser;

static bool parse_value (Parser *parser, CheckJson *value);

static bool
fail (Parser *parser, const char *what)
{
  if (parser->why[0] == '\0')
    snprintf (parser->why, 120, "%s at byte %zu", what, (size_t)(parser->at - parser->start));
  return false;
}

static void
skip_blanks (Parser *parser)
{
  while (parser->at < parser->end && strchr (" \t\r\n", *parser->at) != NULL && *parser->at != '\0')
    parser->at++;
}

static bool
take (Parser *parser, char wanted)
{
  if (parser->at >= parser->end || *parser->at != wanted)
    return false;
  parser->at++;
  return true;
}

static bool
take_word (Parser *parser, const char *word)
{
  size_t size = strlen (word);

  if ((size_t)(parser->end - parser->at) < size || memcmp (parser->at, word, size) != 0)
    return fail (parser, "no value");
  parser->at += size;
  return true;
}

/* --- strings --------------------------------------------------------------------------------- */

static bool
parse_hex (Parser *parser, unsigned *code)
{
  *code = 0;
  for (int i = 0; i < 4; i++)
    {
      if (parser->at >= parser->end || !isxdigit ((unsigned char)*parser->at))
        return fail (parser, "\\u without four hexadecimal digits");
      *code = *code * 16
              + (unsigned)(isdigit ((unsigned char)*parser->at)
                               ? *parser->at - '0'
                               : tolower ((unsigned char)*parser->at) - 'a' + 10);
      parser->at++;
    }
  return true;
}

static char *
put_character (char *out, unsigned code)
{
  if (code < 0x80)
    *out++ = (char)code;
  else if (code < 0x800)
    {
      *out++ = (char)(0xc0 | code >> 6);
      *out++ = (char)(0x80 | (code & 0x3f));
    }
  else if (code < 0x10000)
    {
      *out++ = (char)(0xe0 | code >> 12);
      *out++ = (char)(0x80 | (code >> 6 & 0x3f));
      *out++ = (char)(0x80 | (code & 0x3f));
    }
  else
    {
      *out++ = (char)(0xf0 | code >> 18);
      *out++ = (char)(0x80 | (code >> 12 & 0x3f));
      *out++ = (char)(0x80 | (code >> 6 & 0x3f));
      *out++ = (char)(0x80 | (code & 0x3f));
    }
  return out;
}

/* Behind "\u". */
static bool
parse_unicode (Parser *parser, char **out)
{
  unsigned code, low;

  if (!parse_hex (parser, &code))
    return false;
  if (code >= 0xdc00 && code <= 0xdfff)
    return fail (parser, "half of a surrogate pair");
  if (code >= 0xd800 && code <= 0xdbff)
    {
      if (!take (parser, '\\') || !take (parser, 'u') || !parse_hex (parser, &low) || low < 0xdc00
          || low > 0xdfff)
        return fail (parser, "half of a surrogate pair");
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
  if (code == 0)
    return fail (parser, "the character NUL");
  *out = put_character (*out, code);
  return true;
}

static bool
parse_escape (Parser *parser, char **out)
{
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (take (parser, 'u'))
    return parse_unicode (parser, out);
  found = parser->at < parser->end && *parser->at != '\0' ? strchr (names, *parser->at) : NULL;
  if (found == NULL)
    return fail (parser, "an unknown escape");
  *(*out)++ = values[found - names];
  parser->at++;
  return true;
}

/* NULL with a reason. Never longer than what is written in the text. */
static char *
parse_string (Parser *parser)
{
  char *text, *out;

  if (!take (parser, '"'))
    {
      fail (parser, "no string");
      return NULL;
    }
  text = out = check_alloc ((size_t)(parser->end - parser->at) + 1);
  while (parser->at < parser->end && *parser->at != '"')
    {
      bool good = true;

      if ((unsigned char)*parser->at < 0x20)
        good = fail (parser, "a control character in a string");
      else if (take (parser, '\\'))
        good = parse_escape (parser, &out);
      else
        *out++ = *parser->at++;
      if (!good)
        {
          free (text);
          return NULL;
        }
    }
  *out = '\0';
  if (take (parser, '"'))
    {
      char *exact = check_format ("%s", text);

      free (text);
      return exact;
    }
  fail (parser, "a string without end");
  free (text);
  return NULL;
}

/* --- the rest -------------------------------------------------------------------------------- */

static bool
take_digits (Parser *parser)
{
  const char *before = parser->at;

  while (parser->at < parser->end && isdigit ((unsigned char)*parser->at))
    parser->at++;
  return parser->at > before;
}

static bool
parse_number (Parser *parser, CheckJson *value)
{
  const char *start = parser->at;

  take (parser, '-');
  if (!take (parser, '0') && !take_digits (parser))
    return fail (parser, "no value");
  if (take (parser, '.') && !take_digits (parser))
    return fail (parser, "no digit behind the point");
  if (parser->at < parser->end && (*parser->at == 'e' || *parser->at == 'E'))
    {
      parser->at++;
      if (!take (parser, '+'))
        take (parser, '-');
      if (!take_digits (parser))
        return fail (parser, "no digit in the exponent");
    }
  value->kind = CHECK_JSON_NUMBER;
  /* Only whole numbers are looked at; strtod() would read the locale's point. */
  value->number = 0;
  for (const char *at = start; at < parser->at && *at != '.' && *at != 'e' && *at != 'E'; at++)
    if (*at != '-')
      value->number = value->number * 10 + (*at - '0');
  if (*start == '-')
    value->number = -value->number;
  return true;
}

static bool
parse_child (Parser *parser, CheckJson *parent, CheckJson ***tail, bool named)
{
  CheckJson *child = check_alloc (sizeof *child);

  **tail = child;
  *tail = &child->next;
  parent->n_children++;
  if (named)
    {
      child->name = parse_string (parser);
      if (child->name == NULL)
        return false;
      if (check_json_get (parent, child->name) != child)
        return fail (parser, "a member twice");
      skip_blanks (parser);
      if (!take (parser, ':'))
        return fail (parser, "no colon");
    }
  return parse_value (parser, child);
}

static bool
parse_list (Parser *parser, CheckJson *value, char close, bool named)
{
  CheckJson **tail = &value->first;

  value->kind = named ? CHECK_JSON_OBJECT : CHECK_JSON_ARRAY;
  skip_blanks (parser);
  if (take (parser, close))
    return true;
  do
    {
      skip_blanks (parser);
      if (!parse_child (parser, value, &tail, named))
        return false;
      skip_blanks (parser);
    }
  while (take (parser, ','));
  return take (parser, close) || fail (parser, "no comma, and no end of the list");
}

static bool
parse_word (Parser *parser, CheckJson *value)
{
  value->kind = *parser->at == 'n' ? CHECK_JSON_NULL : CHECK_JSON_BOOLEAN;
  value->boolean = *parser->at == 't';
  return take_word (parser, *parser->at == 'n' ? "null" : *parser->at == 't' ? "true" : "false");
}

static bool
parse_value (Parser *parser, CheckJson *value)
{
  bool good;

  skip_blanks (parser);
  if (parser->at >= parser->end)
    return fail (parser, "the end, too early");
  if (++parser->depth > MAX_DEPTH)
    return fail (parser, "deeper than 64 levels");
  if (take (parser, '{'))
    good = parse_list (parser, value, '}', true);
  else if (take (parser, '['))
    good = parse_list (parser, value, ']', false);
  else if (*parser->at == '"')
    {
      value->kind = CHECK_JSON_STRING;
      value->text = parse_string (parser);
      good = value->text != NULL;
    }
  else if (*parser->at == 'n' || *parser->at == 't' || *parser->at == 'f')
    good = parse_word (parser, value);
  else
    good = parse_number (parser, value);
  parser->depth--;
  return good;
}

CheckJson *
check_json_parse (const char *text, size_t size, char why[120])
{
  Parser parser = { text, text, text + size, 0, why };
  CheckJson *value = check_alloc (sizeof *value);
  bool good;

  why[0] = '\0';
  if (!check_utf8_valid (text, size))
    good = fail (&parser, "bytes that are not UTF-8, somewhere");
  else
    good = parse_value (&parser, value);
  skip_blanks (&parser);
  if (good && parser.at < parser.end)
    good = fail (&parser, "something behind the end");
  if (good)
    return value;
  check_json_free (value);
  return NULL;
}

void
check_json_free (CheckJson *json)
{
  while (json != NULL)
    {
      CheckJson *next = json->next;

      check_json_free (json->first);
      free (json->text);
      free (json->name);
      free (json);
      json = next;
    }
}

const CheckJson *
check_json_get (const CheckJson *object, const char *name)
{
  if (object == NULL || object->kind != CHECK_JSON_OBJECT)
    return NULL;
  for (const CheckJson *child = object->first; child != NULL; child = child->next)
    if (child->name != NULL && strcmp (child->name, name) == 0)
      return child;
  return NULL;
}

const char *
check_json_get_text (const CheckJson *object, const char *name)
{
  const CheckJson *member = check_json_get (object, name);

  return member != NULL && member->kind == CHECK_JSON_STRING ? member->text : NULL;
}
