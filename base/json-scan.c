/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <string.h>

#define FEW_NAMES 10

/*
 * An iterative scanner: its stack is an array of TTECOMM_JSON_MAX_DEPTH frames, so that no input
 * can overflow the C stack. It copies nothing but member names that hold an escape.
 */

typedef struct
{
  const char *name; /* into the text, or (unowned) of unescaped; not NUL-terminated */
  gsize length;
  gsize offset;    /* of the opening quote */
  char *unescaped; /* (owned) (nullable) */
} MemberName;

typedef struct
{
  gboolean is_object;
  guint first_name; /* where its names begin in Scanner.names */
} Frame;

typedef struct
{
  const char *text; /* (unowned) (array length=length) */
  gsize length;
  gsize pos;
  guint n_values;
  guint depth;
  Frame frames[TTECOMM_JSON_MAX_DEPTH];
  GArray *names; /* (owned) (element-type MemberName): of all open objects */
} Scanner;

/* What may stand at the next token. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_NAME,
  EXPECT_NAME_OR_END,
  EXPECT_COMMA_OR_END,
} Expect;

static void
member_name_clear (gpointer data)
{
  MemberName *member = data;

  g_clear_pointer (&member->unescaped, g_free);
}

static gboolean G_GNUC_PRINTF (4, 5)
    fail (GError **error, TtecommJsonError code, gsize offset, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, TTECOMM_JSON_ERROR, code, "%s at byte 0x%" G_GSIZE_MODIFIER "x", what,
               offset);
  return FALSE;
}

static gboolean
fail_syntax (Scanner *self, const char *expected, GError **error)
{
  if (self->pos >= self->length)
    return fail (error, TTECOMM_JSON_ERROR_SYNTAX, self->pos,
                 "the JSON text ends where %s is expected", expected);
  return fail (error, TTECOMM_JSON_ERROR_SYNTAX, self->pos, "%s is expected", expected);
}

/* The byte at pos, or 0 at the end: a NUL inside the text was refused before. */
static char
peek (const Scanner *self)
{
  return self->pos < self->length ? self->text[self->pos] : '\0';
}

static void
skip_space (Scanner *self)
{
  for (; self->pos < self->length; self->pos++)
    {
      char c = self->text[self->pos];

      if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
        return;
    }
}

static gboolean
scan_hex4 (Scanner *self, gunichar *out, GError **error)
{
  gunichar value = 0;

  for (guint i = 0; i < 4; i++)
    {
      char c = peek (self);

      if (!g_ascii_isxdigit (c))
        return fail_syntax (self, "a hexadecimal digit", error);
      value = value * 16 + (gunichar)g_ascii_xdigit_value (c);
      self->pos++;
    }
  *out = value;
  return TRUE;
}

/* pos stands after "\u". */
static gboolean
scan_unicode_escape (Scanner *self, GString *unescaped, GError **error)
{
  gsize start = self->pos - 2;
  gunichar c = 0, low = 0;

  if (!scan_hex4 (self, &c, error))
    return FALSE;
  if (c == 0)
    return fail (error, TTECOMM_JSON_ERROR_ENCODING, start, "a string holds \\u0000");
  if (c >= 0xdc00 && c <= 0xdfff)
    return fail (error, TTECOMM_JSON_ERROR_ENCODING, start, "half a surrogate pair stands alone");
  if (c >= 0xd800 && c <= 0xdbff)
    {
      if (self->length - self->pos < 2 || memcmp (self->text + self->pos, "\\u", 2) != 0)
        return fail (error, TTECOMM_JSON_ERROR_ENCODING, start,
                     "half a surrogate pair stands alone");
      self->pos += 2;
      if (!scan_hex4 (self, &low, error))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (error, TTECOMM_JSON_ERROR_ENCODING, start,
                     "half a surrogate pair stands alone");
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  if (unescaped != NULL)
    g_string_append_unichar (unescaped, c);
  return TRUE;
}

/* pos stands on the backslash. */
static gboolean
scan_escape (Scanner *self, GString *unescaped, GError **error)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *found;
  char c;

  self->pos++;
  c = peek (self);
  if (c == 'u')
    {
      self->pos++;
      return scan_unicode_escape (self, unescaped, error);
    }
  found = c != '\0' ? strchr (letters, c) : NULL;
  if (found == NULL)
    return fail_syntax (self, "one of \" \\ / b f n r t u after a backslash", error);
  if (unescaped != NULL)
    g_string_append_c (unescaped, meanings[found - letters]);
  self->pos++;
  return TRUE;
}

/* From @from on: the first byte that is not simply part of a string. */
static gsize
skip_plain (const Scanner *self, gsize from)
{
  const char *p = self->text + from;
  const char *end = self->text + self->length;

  while (p < end && (guchar)*p >= 0x20 && *p != '"' && *p != '\\')
    p++;
  return (gsize)(p - self->text);
}

/* pos stands on the opening quote and ends after the closing one. */
static gboolean
scan_string (Scanner *self, GString *unescaped, GError **error)
{
  gsize start = self->pos;

  self->pos++;
  for (;;)
    {
      gsize plain = skip_plain (self, self->pos);
      char c;

      if (unescaped != NULL)
        g_string_append_len (unescaped, self->text + self->pos, (gssize)(plain - self->pos));
      self->pos = plain;
      if (plain == self->length)
        return fail (error, TTECOMM_JSON_ERROR_SYNTAX, start, "a string without an end begins");
      c = self->text[plain];
      if (c == '"')
        {
          self->pos++;
          return TRUE;
        }
      if (c != '\\')
        return fail (error, TTECOMM_JSON_ERROR_SYNTAX, self->pos,
                     "a string holds the control character 0x%02x unescaped", (guint)(guchar)c);
      if (!scan_escape (self, unescaped, error))
        return FALSE;
    }
}

static gboolean
scan_name (Scanner *self, GError **error)
{
  Frame *frame = &self->frames[self->depth - 1];
  MemberName member = { .offset = self->pos };
  gsize start = self->pos + 1;

  if (self->names->len - frame->first_name >= TTECOMM_JSON_MAX_MEMBERS)
    return fail (error, TTECOMM_JSON_ERROR_TOO_LARGE, self->pos,
                 "an object has more than %d members", TTECOMM_JSON_MAX_MEMBERS);
  if (!scan_string (self, NULL, error))
    return FALSE;

  member.name = self->text + start;
  member.length = self->pos - start - 1;
  if (memchr (member.name, '\\', member.length) != NULL)
    {
      GString *unescaped = g_string_sized_new (member.length);

      self->pos = member.offset;
      if (!scan_string (self, unescaped, error))
        {
          g_string_free (unescaped, TRUE);
          return FALSE;
        }
      member.length = unescaped->len;
      member.name = member.unescaped = g_string_free (unescaped, FALSE);
    }
  g_array_append_val (self->names, member);

  skip_space (self);
  if (peek (self) != ':')
    return fail_syntax (self, "a colon after a member's name", error);
  self->pos++;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer unused)
{
  const MemberName *left = a;
  const MemberName *right = b;

  if (left->length != right->length)
    return left->length < right->length ? -1 : 1;
  return memcmp (left->name, right->name, left->length);
}

static gboolean
fail_duplicate (const MemberName *one, const MemberName *other, GError **error)
{
  return fail (error, TTECOMM_JSON_ERROR_DUPLICATE, MAX (one->offset, other->offset),
               "a member named a second time in its object stands");
}

/* Each with each: the fastest for the few names that most objects have. */
static gboolean
check_few_names (const MemberName *names, guint n, GError **error)
{
  for (guint i = 1; i < n; i++)
    for (guint j = 0; j < i; j++)
      if (compare_names (&names[i], &names[j], NULL) == 0)
        return fail_duplicate (&names[i], &names[j], error);
  return TRUE;
}

/* Sorted rather than hashed: no choice of names makes this slow. */
static gboolean
check_names (Scanner *self, guint first, GError **error)
{
  guint n = self->names->len - first;
  MemberName *names = n > 0 ? &g_array_index (self->names, MemberName, first) : NULL;

  if (n <= FEW_NAMES)
    return check_few_names (names, n, error);
  g_qsort_with_data (names, (int)n, sizeof (MemberName), compare_names, NULL);
  for (guint i = 1; i < n; i++)
    if (compare_names (&names[i - 1], &names[i], NULL) == 0)
      return fail_duplicate (&names[i - 1], &names[i], error);
  return TRUE;
}

static guint
scan_digits (Scanner *self)
{
  gsize start = self->pos;

  while (g_ascii_isdigit (peek (self)))
    self->pos++;
  return (guint)MIN (self->pos - start, G_MAXUINT);
}

static gboolean
integer_fits (const char *digits, gsize n, gboolean negative)
{
  const guint64 limit = negative ? (guint64)G_MAXINT64 + 1 : (guint64)G_MAXINT64;
  guint64 value = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint64 digit = (guint64)g_ascii_digit_value (digits[i]);

      if (value > (limit - digit) / 10)
        return FALSE;
      value = value * 10 + digit;
    }
  return TRUE;
}

static gboolean
double_fits (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  double value = g_ascii_strtod (copy, NULL);

  /* Too large a number is infinite. */
  return value >= -G_MAXDOUBLE && value <= G_MAXDOUBLE;
}

static gboolean
scan_number (Scanner *self, GError **error)
{
  gsize start = self->pos;
  gboolean negative = peek (self) == '-';
  gboolean is_integer = TRUE;
  gboolean leading_zero;
  gboolean fits;

  if (negative)
    self->pos++;
  leading_zero = peek (self) == '0';
  if (leading_zero)
    self->pos++;
  else if (scan_digits (self) == 0)
    return fail_syntax (self, "a digit", error);
  if (leading_zero && g_ascii_isdigit (peek (self)))
    return fail (error, TTECOMM_JSON_ERROR_SYNTAX, start, "a number with a leading zero stands");
  if (peek (self) == '.')
    {
      is_integer = FALSE;
      self->pos++;
      if (scan_digits (self) == 0)
        return fail_syntax (self, "a digit after the decimal point", error);
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      is_integer = FALSE;
      self->pos++;
      if (peek (self) == '+' || peek (self) == '-')
        self->pos++;
      if (scan_digits (self) == 0)
        return fail_syntax (self, "a digit of the exponent", error);
    }
  fits = is_integer
             ? integer_fits (self->text + start + negative, self->pos - start - negative, negative)
             : double_fits (self->text + start, self->pos - start);
  if (!fits)
    return fail (error, TTECOMM_JSON_ERROR_NUMBER, start, "a number that is too large stands");
  return TRUE;
}

static gboolean
scan_word (Scanner *self, const char *word, GError **error)
{
  gsize length = strlen (word);

  if (self->length - self->pos < length || memcmp (self->text + self->pos, word, length) != 0)
    return fail_syntax (self, "a value", error);
  self->pos += length;
  return TRUE;
}

static gboolean
open_container (Scanner *self, gboolean is_object, Expect *expect, GError **error)
{
  if (self->depth == TTECOMM_JSON_MAX_DEPTH)
    return fail (error, TTECOMM_JSON_ERROR_TOO_LARGE, self->pos,
                 "the JSON text is nested deeper than %d levels", TTECOMM_JSON_MAX_DEPTH);
  self->frames[self->depth].is_object = is_object;
  self->frames[self->depth].first_name = self->names->len;
  self->depth++;
  self->pos++;
  *expect = is_object ? EXPECT_NAME_OR_END : EXPECT_VALUE_OR_END;
  return TRUE;
}

/* pos stands on the bracket that closes the innermost container. */
static gboolean
close_container (Scanner *self, Expect *expect, GError **error)
{
  Frame *frame = &self->frames[self->depth - 1];

  if (frame->is_object && !check_names (self, frame->first_name, error))
    return FALSE;
  g_array_set_size (self->names, frame->first_name);
  self->depth--;
  self->pos++;
  *expect = EXPECT_COMMA_OR_END;
  return TRUE;
}

static gboolean
scan_value (Scanner *self, Expect *expect, GError **error)
{
  char c = peek (self);

  if (++self->n_values > TTECOMM_JSON_MAX_VALUES)
    return fail (error, TTECOMM_JSON_ERROR_TOO_LARGE, self->pos,
                 "the JSON text has more than %d values", TTECOMM_JSON_MAX_VALUES);
  if (c == '{' || c == '[')
    return open_container (self, c == '{', expect, error);

  *expect = EXPECT_COMMA_OR_END;
  if (c == '"')
    return scan_string (self, NULL, error);
  if (c == '-' || g_ascii_isdigit (c))
    return scan_number (self, error);
  return scan_word (self, c == 't' ? "true" : c == 'f' ? "false" : "null", error);
}

static gboolean
scan_comma_or_end (Scanner *self, Expect *expect, GError **error)
{
  gboolean is_object = self->frames[self->depth - 1].is_object;

  if (peek (self) == (is_object ? '}' : ']'))
    return close_container (self, expect, error);
  if (peek (self) != ',')
    return fail_syntax (self, is_object ? "a comma or }" : "a comma or ]", error);
  self->pos++;
  *expect = is_object ? EXPECT_NAME : EXPECT_VALUE;
  return TRUE;
}

static gboolean
scan_token (Scanner *self, Expect *expect, GError **error)
{
  switch (*expect)
    {
    case EXPECT_VALUE_OR_END:
      if (peek (self) == ']')
        return close_container (self, expect, error);
      return scan_value (self, expect, error);
    case EXPECT_VALUE:
      return scan_value (self, expect, error);
    case EXPECT_NAME_OR_END:
    case EXPECT_NAME:
      if (*expect == EXPECT_NAME_OR_END && peek (self) == '}')
        return close_container (self, expect, error);
      if (peek (self) != '"')
        return fail_syntax (self, "a member's name in double quotes", error);
      *expect = EXPECT_VALUE;
      return scan_name (self, error);
    case EXPECT_COMMA_OR_END:
    default:
      return scan_comma_or_end (self, expect, error);
    }
}

static gboolean
check_encoding (const char *text, gsize length, GError **error)
{
  const char *end = NULL;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    return fail (error, TTECOMM_JSON_ERROR_ENCODING, 0, "a byte order mark stands");
  if (g_utf8_validate_len (text, length, &end))
    return TRUE;
  return fail (error, TTECOMM_JSON_ERROR_ENCODING, (gsize)(end - text),
               *end == '\0' ? "the JSON text holds a NUL" : "the JSON text is not UTF-8");
}

gboolean
ttecomm_json_scan (const char *text, gsize length, gsize max_bytes, GError **error)
{
  Scanner self = { .text = text, .length = length };
  g_autoptr (GArray) names = NULL;
  Expect expect = EXPECT_VALUE;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (length > max_bytes)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TOO_LARGE,
                   "the JSON text has %" G_GSIZE_FORMAT " bytes; at most %" G_GSIZE_FORMAT
                   " are accepted",
                   length, max_bytes);
      return FALSE;
    }
  if (length > 0 && !check_encoding (text, length, error))
    return FALSE;

  names = g_array_new (FALSE, FALSE, sizeof (MemberName));
  g_array_set_clear_func (names, member_name_clear);
  self.names = names;
  do
    {
      skip_space (&self);
      if (!scan_token (&self, &expect, error))
        return FALSE;
    }
  while (self.depth > 0 || expect != EXPECT_COMMA_OR_END);

  skip_space (&self);
  if (self.pos < self.length)
    return fail_syntax (&self, "the end of the JSON text", error);
  return TRUE;
}
