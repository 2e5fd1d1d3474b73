/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "tests/harness/harness.h"

#include <string.h>

#define MAX_BYTES (1024 * 1024)

#define TEXT(literal) literal, sizeof literal - 1

/*
 * Accepted as it stands; json-glib must give @value when it writes it again. Numbers that are not
 * integers are compared as such: what json-glib writes for 1e308 is not JSON.
 */
static const struct
{
  const char *text;
  gsize length;
  const char *value; /* (nullable): the same as text */
} accepted[] = {
  { TEXT ("null"), NULL },
  { TEXT ("true"), NULL },
  { TEXT ("false"), NULL },
  { TEXT (" true "), "true" },
  { TEXT ("\t\r\n null\n"), "null" },
  { TEXT ("{}"), NULL },
  { TEXT ("[]"), NULL },
  { TEXT ("[ ]"), "[]" },
  { TEXT ("{\n}"), "{}" },
  { TEXT ("\"\""), NULL },
  { TEXT ("\"a\""), NULL },
  { TEXT ("[[]]"), NULL },
  { TEXT ("[{}]"), NULL },
  { TEXT ("[[],[]]"), NULL },
  { TEXT ("{\"a\":{}}"), NULL },
  { TEXT ("{\"a\":[]}"), NULL },
  { TEXT ("{\"a\":null}"), NULL },
  { TEXT ("{\"\":0}"), NULL },
  { TEXT ("{ \"a\" : 1 , \"b\" : 2 }"), "{\"a\":1,\"b\":2}" },
  { TEXT ("[1,2,3]"), NULL },
  { TEXT ("[1 ,\n2\t,\r3]"), "[1,2,3]" },
  { TEXT ("[null,true,false,\"\",0,{},[]]"), NULL },
  { TEXT ("{\"a\":1,\"A\":2}"), NULL },
  { TEXT ("{\"a\":1,\"aa\":2,\"aaa\":3}"), NULL },
  { TEXT ("{\"a\":{\"a\":{\"a\":1}}}"), NULL },
  { TEXT ("[{\"a\":1},{\"a\":1}]"), NULL },
  { TEXT ("{\"a\":{\"b\":1},\"b\":1}"), NULL },
  { TEXT ("{\"\\u00e9\":1,\"e\\u0301\":2}"), "{\"\xc3\xa9\":1,\"e\xcc\x81\":2}" },
  /* json-glib 1.6 leaves U+001F as it is. */
  { TEXT ("[\"\\u0001\\u001e\\u001f\\u007f\",\"\\u001f\\u001f\"]"), NULL },
  { TEXT ("{\"\\u001f\":\"x\\u001fy\"}"), NULL },
  { TEXT ("0"), NULL },
  { TEXT ("-0"), "0" },
  { TEXT ("7"), NULL },
  { TEXT ("-1"), NULL },
  { TEXT ("10"), NULL },
  { TEXT ("2147483648"), NULL },
  { TEXT ("9007199254740993"), NULL },
  { TEXT ("9223372036854775807"), NULL },
  { TEXT ("-9223372036854775807"), NULL },
  { TEXT ("-9223372036854775808"), NULL },
  { TEXT ("0.5"), NULL },
  { TEXT ("-0.5"), NULL },
  { TEXT ("0.0"), NULL },
  { TEXT ("-0.0"), NULL },
  { TEXT ("1.25"), NULL },
  { TEXT ("1e2"), NULL },
  { TEXT ("1E2"), NULL },
  { TEXT ("1e+2"), NULL },
  { TEXT ("1E+2"), NULL },
  { TEXT ("25e-2"), NULL },
  { TEXT ("0e0"), NULL },
  { TEXT ("0e1"), NULL },
  { TEXT ("1.5e3"), NULL },
  { TEXT ("-1.5E-1"), NULL },
  { TEXT ("1e01"), NULL },
  { TEXT ("9223372036854775808.0"), NULL },
  { TEXT ("1e308"), NULL },
  { TEXT ("-1.7976931348623157e308"), NULL },
  { TEXT ("1e-400"), NULL },
  { TEXT ("0.00000000000000000000000000000000000000000000000000000000000000000000000001"),
    "1e-74" },
  { TEXT ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
  { TEXT ("\"\\u0041\""), "\"A\"" },
  { TEXT ("\"\\u00e9\\u00E9\""), "\"\xc3\xa9\xc3\xa9\"" },
  { TEXT ("\"\\u20ac\""), "\"\xe2\x82\xac\"" },
  { TEXT ("\"\\ud83d\\ude00\""), "\"\xf0\x9f\x98\x80\"" },
  { TEXT ("\"\\uD834\\uDD1E\""), "\"\xf0\x9d\x84\x9e\"" },
  { TEXT ("\"\\ud800\\udc00\""), "\"\xf0\x90\x80\x80\"" },
  { TEXT ("\"\\udbff\\udfff\""), "\"\xf4\x8f\xbf\xbf\"" },
  { TEXT ("\"\\u0001\""), NULL },
  { TEXT ("\"\\ufeff\""), "\"\xef\xbb\xbf\"" },
  { TEXT ("\"\\uffff\""), "\"\xef\xbf\xbf\"" },
  { TEXT ("\"\\u2028\""), "\"\xe2\x80\xa8\"" },
  { TEXT ("\"\xc3\xa9\""), NULL },
  { TEXT ("\"\xe2\x82\xac\""), NULL },
  { TEXT ("\"\xf0\x9f\x98\x80\""), NULL },
  { TEXT ("\"\x7f\""), "\"\\u007f\"" },
  { TEXT ("\"/* not a comment */\""), NULL },
  { TEXT ("\"'\""), NULL },
  { TEXT ("\"[{]}\""), NULL },
  { TEXT ("\"\\\\u0000\""), NULL },
  { TEXT ("\"\\\\\\\"\""), NULL },
};

/* Refused, with this code at this offset. */
static const struct
{
  const char *text;
  gsize length;
  TtecommJsonError code;
  gsize offset;
} refused[] = {
#define SYNTAX TTECOMM_JSON_ERROR_SYNTAX
#define ENCODING TTECOMM_JSON_ERROR_ENCODING
#define DUPLICATE TTECOMM_JSON_ERROR_DUPLICATE
#define NUMBER TTECOMM_JSON_ERROR_NUMBER
  /* nothing, or not the end */
  { TEXT (""), SYNTAX, 0 },
  { TEXT (" "), SYNTAX, 1 },
  { TEXT ("\n\n"), SYNTAX, 2 },
  { TEXT ("1 2"), SYNTAX, 2 },
  { TEXT ("{}{}"), SYNTAX, 2 },
  { TEXT ("[]]"), SYNTAX, 2 },
  { TEXT ("{}}"), SYNTAX, 2 },
  { TEXT ("true,"), SYNTAX, 4 },
  { TEXT ("null\x0c"), SYNTAX, 4 },
  { TEXT ("\x0b"
          "1"),
    SYNTAX, 0 },
  { TEXT ("\"a\"b"), SYNTAX, 3 },
  { TEXT ("{} //"), SYNTAX, 3 },
  /* words */
  { TEXT ("nul"), SYNTAX, 0 },
  { TEXT ("nulll"), SYNTAX, 4 },
  { TEXT ("True"), SYNTAX, 0 },
  { TEXT ("TRUE"), SYNTAX, 0 },
  { TEXT ("truth"), SYNTAX, 0 },
  { TEXT ("fals"), SYNTAX, 0 },
  { TEXT ("NaN"), SYNTAX, 0 },
  { TEXT ("nan"), SYNTAX, 0 },
  { TEXT ("Infinity"), SYNTAX, 0 },
  { TEXT ("-Infinity"), SYNTAX, 1 },
  { TEXT ("undefined"), SYNTAX, 0 },
  { TEXT ("a"), SYNTAX, 0 },
  /* what json-glib takes */
  { TEXT ("{'a':1}"), SYNTAX, 1 },
  { TEXT ("['a']"), SYNTAX, 1 },
  { TEXT ("/* */1"), SYNTAX, 0 },
  { TEXT ("// \n1"), SYNTAX, 0 },
  { TEXT ("[1/**/]"), SYNTAX, 2 },
  { TEXT ("# \n1"), SYNTAX, 0 },
  { TEXT ("var x = {};"), SYNTAX, 0 },
  { TEXT ("x = 1"), SYNTAX, 0 },
  { TEXT ("{a:1}"), SYNTAX, 1 },
  /* arrays */
  { TEXT ("["), SYNTAX, 1 },
  { TEXT ("]"), SYNTAX, 0 },
  { TEXT ("[1"), SYNTAX, 2 },
  { TEXT ("[1,"), SYNTAX, 3 },
  { TEXT ("[1,]"), SYNTAX, 3 },
  { TEXT ("[,1]"), SYNTAX, 1 },
  { TEXT ("[,]"), SYNTAX, 1 },
  { TEXT ("[1,,2]"), SYNTAX, 3 },
  { TEXT ("[1 2]"), SYNTAX, 3 },
  { TEXT ("[1:2]"), SYNTAX, 2 },
  { TEXT ("[1}"), SYNTAX, 2 },
  { TEXT ("[[]"), SYNTAX, 3 },
  { TEXT ("[\"a\" \"b\"]"), SYNTAX, 5 },
  { TEXT ("[*]"), SYNTAX, 1 },
  /* objects */
  { TEXT ("{"), SYNTAX, 1 },
  { TEXT ("}"), SYNTAX, 0 },
  { TEXT ("{\"a\""), SYNTAX, 4 },
  { TEXT ("{\"a\":"), SYNTAX, 5 },
  { TEXT ("{\"a\":1"), SYNTAX, 6 },
  { TEXT ("{\"a\":1,"), SYNTAX, 7 },
  { TEXT ("{\"a\":1,}"), SYNTAX, 7 },
  { TEXT ("{,}"), SYNTAX, 1 },
  { TEXT ("{\"a\"}"), SYNTAX, 4 },
  { TEXT ("{\"a\" 1}"), SYNTAX, 5 },
  { TEXT ("{\"a\",1}"), SYNTAX, 4 },
  { TEXT ("{\"a\"::1}"), SYNTAX, 5 },
  { TEXT ("{\"a\":}"), SYNTAX, 5 },
  { TEXT ("{:1}"), SYNTAX, 1 },
  { TEXT ("{1:1}"), SYNTAX, 1 },
  { TEXT ("{null:1}"), SYNTAX, 1 },
  { TEXT ("{[]:1}"), SYNTAX, 1 },
  { TEXT ("{\"a\":1 \"b\":2}"), SYNTAX, 7 },
  { TEXT ("{\"a\":1,,\"b\":2}"), SYNTAX, 7 },
  { TEXT ("{\"a\":1]"), SYNTAX, 6 },
  { TEXT ("{\"a\":1;}"), SYNTAX, 6 },
  /* numbers */
  { TEXT ("-"), SYNTAX, 1 },
  { TEXT ("+1"), SYNTAX, 0 },
  { TEXT ("--1"), SYNTAX, 1 },
  { TEXT ("-a"), SYNTAX, 1 },
  { TEXT ("01"), SYNTAX, 0 },
  { TEXT ("-01"), SYNTAX, 0 },
  { TEXT ("00"), SYNTAX, 0 },
  { TEXT ("-00.5"), SYNTAX, 0 },
  { TEXT ("1."), SYNTAX, 2 },
  { TEXT ("1.e1"), SYNTAX, 2 },
  { TEXT (".5"), SYNTAX, 0 },
  { TEXT ("-.5"), SYNTAX, 1 },
  { TEXT ("1.5."), SYNTAX, 3 },
  { TEXT ("1e"), SYNTAX, 2 },
  { TEXT ("1e+"), SYNTAX, 3 },
  { TEXT ("1E-"), SYNTAX, 3 },
  { TEXT ("1e1.5"), SYNTAX, 3 },
  { TEXT ("1ee1"), SYNTAX, 2 },
  { TEXT ("1e+-1"), SYNTAX, 3 },
  { TEXT ("0x10"), SYNTAX, 1 },
  { TEXT ("0b1"), SYNTAX, 1 },
  { TEXT ("0o7"), SYNTAX, 1 },
  { TEXT ("1_000"), SYNTAX, 1 },
  { TEXT ("1,5"), SYNTAX, 1 },
  { TEXT ("1f"), SYNTAX, 1 },
  { TEXT ("- 1"), SYNTAX, 1 },
  { TEXT ("[1a]"), SYNTAX, 2 },
  { TEXT ("\xef\xbc\x91"), SYNTAX, 0 }, /* a full-width 1 */
  { TEXT ("9223372036854775808"), NUMBER, 0 },
  { TEXT ("-9223372036854775809"), NUMBER, 0 },
  { TEXT ("18446744073709551616"), NUMBER, 0 },
  { TEXT ("[99999999999999999999999999999999]"), NUMBER, 1 },
  { TEXT ("1e309"), NUMBER, 0 },
  { TEXT ("-1e309"), NUMBER, 0 },
  { TEXT ("1e400"), NUMBER, 0 },
  { TEXT ("{\"a\":1.5e99999999999999999999}"), NUMBER, 5 },
  /* strings */
  { TEXT ("\""), SYNTAX, 0 },
  { TEXT ("\"a"), SYNTAX, 0 },
  { TEXT ("[\"a]"), SYNTAX, 1 },
  { TEXT ("\"a\\\""), SYNTAX, 0 },
  { TEXT ("\"\\"), SYNTAX, 2 },
  { TEXT ("\"\\a\""), SYNTAX, 2 },
  { TEXT ("\"\\'\""), SYNTAX, 2 },
  { TEXT ("\"\\0\""), SYNTAX, 2 },
  { TEXT ("\"\\x41\""), SYNTAX, 2 },
  { TEXT ("\"\\U0041\""), SYNTAX, 2 },
  { TEXT ("\"\\u\""), SYNTAX, 3 },
  { TEXT ("\"\\u004\""), SYNTAX, 6 },
  { TEXT ("\"\\u004g\""), SYNTAX, 6 },
  { TEXT ("\"\\u 041\""), SYNTAX, 3 },
  { TEXT ("\"\\u00"), SYNTAX, 5 },
  { TEXT ("\"\\\n\""), SYNTAX, 2 },
  { TEXT ("\"a\nb\""), SYNTAX, 2 },
  { TEXT ("\"\t\""), SYNTAX, 1 },
  { TEXT ("\"\x01\""), SYNTAX, 1 },
  { TEXT ("\"\x1f\""), SYNTAX, 1 },
  { TEXT ("{\"a\nb\":1}"), SYNTAX, 3 },
  { TEXT ("\xc3\xa9"), SYNTAX, 0 },
  { TEXT ("\xe2\x80\x9c"
          "a\xe2\x80\x9d"),
    SYNTAX, 0 }, /* typographic quotes */
  { TEXT ("[\xc2\xa0"
          "1]"),
    SYNTAX, 1 }, /* a no-break space */
  { TEXT ("[1]\xe2\x80\xa8"), SYNTAX, 3 },
  /* encoding */
  { TEXT ("\xef\xbb\xbf{}"), ENCODING, 0 },
  { TEXT ("{}\0"), ENCODING, 2 },
  { TEXT ("\"a\0b\""), ENCODING, 2 },
  { TEXT ("\0"), ENCODING, 0 },
  { TEXT ("[\0\"a\"]"), ENCODING, 1 },
  { TEXT ("\"\\u0000\""), ENCODING, 1 },
  { TEXT ("{\"a\\u0000\":1}"), ENCODING, 3 },
  { TEXT ("\"\xff\""), ENCODING, 1 },
  { TEXT ("\"\xe9\""), ENCODING, 1 },
  { TEXT ("\"\xc3\""), ENCODING, 1 },
  { TEXT ("\"\x80\""), ENCODING, 1 },
  { TEXT ("\"\xc0\xaf\""), ENCODING, 1 },             /* overlong */
  { TEXT ("\"\xe0\x80\xaf\""), ENCODING, 1 },         /* overlong */
  { TEXT ("\"\xed\xa0\x80\""), ENCODING, 1 },         /* a surrogate */
  { TEXT ("\"\xf4\x90\x80\x80\""), ENCODING, 1 },     /* above U+10FFFF */
  { TEXT ("\"\xf8\x88\x80\x80\x80\""), ENCODING, 1 }, /* five bytes */
  { TEXT ("{\"\xff\":1}"), ENCODING, 2 },
  { TEXT ("\xff\xfe{\0}\0"), ENCODING, 0 }, /* UTF-16 */
  { TEXT ("{\0}\0"), ENCODING, 1 },
  { TEXT ("\"\xe2\x82"), ENCODING, 1 },
  { TEXT ("\"\\ud83d\""), ENCODING, 1 },
  { TEXT ("\"\\ude00\""), ENCODING, 1 },
  { TEXT ("\"\\ud83d\\ud83d\""), ENCODING, 1 },
  { TEXT ("\"\\ud83dx\""), ENCODING, 1 },
  { TEXT ("\"\\ud83d\\n\""), ENCODING, 1 },
  { TEXT ("\"\\ud83d\\u0041\""), ENCODING, 1 },
  { TEXT ("\"\\ude00\\ud83d\""), ENCODING, 1 },
  { TEXT ("\"\\ud83d"), ENCODING, 1 },
  { TEXT ("\"\\ud83d\\"), ENCODING, 1 },
  { TEXT ("{\"\\udfff\":1}"), ENCODING, 2 },
  /* members twice */
  { TEXT ("{\"a\":1,\"a\":1}"), DUPLICATE, 7 },
  { TEXT ("{\"a\":1,\"b\":2,\"a\":3}"), DUPLICATE, 13 },
  { TEXT ("{\"a\":1,\"\\u0061\":2}"), DUPLICATE, 7 },
  { TEXT ("{\"\\u0061\":1,\"a\":2}"), DUPLICATE, 12 },
  { TEXT ("{\"/\":1,\"\\/\":2}"), DUPLICATE, 7 },
  { TEXT ("{\"\":1,\"\":2}"), DUPLICATE, 6 },
  { TEXT ("{\"\\u00e9\":1,\"\xc3\xa9\":2}"), DUPLICATE, 12 },
  { TEXT ("{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}"), DUPLICATE, 18 },
  { TEXT ("[{\"x\":{\"a\":1,\"a\":1}}]"), DUPLICATE, 13 },
  { TEXT ("{\"a\":{\"b\":1},\"a\":1}"), DUPLICATE, 13 },
#undef SYNTAX
#undef ENCODING
#undef DUPLICATE
#undef NUMBER
};

/* A copy of exactly this length, so that reading past the end is seen. */
static gboolean
scan_copy (const char *text, gsize length, GError **error)
{
  g_autofree char *copy = g_memdup2 (text, length);

  return ttecomm_json_scan (copy, length, MAX_BYTES, error);
}

static void
test_accepts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *copy = g_memdup2 (accepted[i].text, accepted[i].length);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = NULL;
      g_autofree char *written = NULL;
      const char *value = accepted[i].value != NULL ? accepted[i].value : accepted[i].text;

      g_test_message ("%s", accepted[i].text);
      g_assert_true (scan_copy (accepted[i].text, accepted[i].length, &error));
      g_assert_no_error (error);
      root = ttecomm_json_parse (copy, accepted[i].length, MAX_BYTES, &error);
      g_assert_no_error (error);
      g_assert_nonnull (root);
      if (JSON_NODE_HOLDS_VALUE (root) && json_node_get_value_type (root) == G_TYPE_DOUBLE)
        {
          g_assert_cmpfloat (json_node_get_double (root), ==, g_ascii_strtod (value, NULL));
          continue;
        }
      written = ttecomm_json_to_text (root);
      g_assert_cmpstr (written, ==, value);
    }
}

static void
test_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *where
          = g_strdup_printf (" at byte 0x%" G_GSIZE_MODIFIER "x", refused[i].offset);

      g_test_message ("%s", refused[i].text);
      g_assert_false (scan_copy (refused[i].text, refused[i].length, &error));
      g_assert_error (error, TTECOMM_JSON_ERROR, (int)refused[i].code);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_suffix (error->message, where));
      g_assert_null (ttecomm_json_parse (refused[i].text, refused[i].length, MAX_BYTES, NULL));
    }
}

/* Every beginning of a good text is refused, without a read past its end. */
static void
test_refuses_every_beginning (void)
{
  static const char text[]
      = "{\"a\\u00e9\\ud83d\\ude00\xc3\xa9\":[1,-2.5e+3,true,false,null,{\"b\":\"\\n\"}]}";

  g_assert_true (scan_copy (text, sizeof text - 1, NULL));
  for (gsize length = 0; length < sizeof text - 1; length++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (scan_copy (text, length, &error));
      g_assert_nonnull (error);
    }
}

/* `open` and `close` n times around `inner`. */
static char *
nest (guint n, const char *open, const char *inner, const char *close)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; i < n; i++)
    g_string_append (text, close);
  return g_strdup (text->str);
}

/* `item`, numbered when it has a %u, n times with commas between. */
static char *
repeat (guint n, const char *begin, const char *item, gboolean numbered, const char *end)
{
  GString *text = g_string_new (begin);

  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? "," : "");
      if (numbered)
        g_string_append_printf (text, "\"%u\":", i);
      g_string_append (text, item);
    }
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

static void
assert_scan (const char *text, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = scan_copy (text, strlen (text), &error);

  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, TTECOMM_JSON_ERROR, code);
  g_assert_cmpint (ok, ==, code < 0);
}

static void
test_bounds_depth (void)
{
  g_autofree char *deepest = nest (TTECOMM_JSON_MAX_DEPTH, "[", "1", "]");
  g_autofree char *too_deep = nest (TTECOMM_JSON_MAX_DEPTH + 1, "[", "", "]");
  g_autofree char *objects = nest (TTECOMM_JSON_MAX_DEPTH, "{\"a\":", "1", "}");
  g_autofree char *deep_objects = nest (TTECOMM_JSON_MAX_DEPTH + 1, "{\"a\":", "1", "}");
  g_autofree char *bomb = nest (500000, "[", "", "]");
  g_autofree char *open_bomb = nest (500000, "[", "", "");

  assert_scan (deepest, -1);
  assert_scan (objects, -1);
  assert_scan (too_deep, TTECOMM_JSON_ERROR_TOO_LARGE);
  assert_scan (deep_objects, TTECOMM_JSON_ERROR_TOO_LARGE);
  assert_scan (bomb, TTECOMM_JSON_ERROR_TOO_LARGE);
  assert_scan (open_bomb, TTECOMM_JSON_ERROR_TOO_LARGE);
}

static void
test_bounds_values (void)
{
  g_autofree char *most = repeat (TTECOMM_JSON_MAX_VALUES - 1, "[", "1", FALSE, "]");
  g_autofree char *too_many = repeat (TTECOMM_JSON_MAX_VALUES, "[", "1", FALSE, "]");
  g_autofree char *members = repeat (TTECOMM_JSON_MAX_MEMBERS, "{", "1", TRUE, "}");
  g_autofree char *many_members = repeat (TTECOMM_JSON_MAX_MEMBERS + 1, "{", "1", TRUE, "}");
  g_autofree char *twice = repeat (TTECOMM_JSON_MAX_MEMBERS - 1, "{\"7\":0,", "1", TRUE, "}");

  assert_scan (most, -1);
  assert_scan (too_many, TTECOMM_JSON_ERROR_TOO_LARGE);
  assert_scan (members, -1);
  assert_scan (many_members, TTECOMM_JSON_ERROR_TOO_LARGE);
  assert_scan (twice, TTECOMM_JSON_ERROR_DUPLICATE);
}

static void
test_bounds_bytes (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_json_scan ("[1,2]", 5, 5, &error));
  g_assert_no_error (error);
  g_assert_false (ttecomm_json_scan ("[1,2]", 5, 4, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "5 bytes; at most 4"));
  g_clear_error (&error);
  g_assert_false (ttecomm_json_scan (NULL, 0, 0, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_SYNTAX);
}

/* One string, one number, one name as long as the caller allows. */
static void
test_takes_long_tokens (void)
{
  g_autofree char *filler = g_strnfill (500000, '1');
  g_autofree char *string = g_strdup_printf ("\"%s\"", filler);
  g_autofree char *name = g_strdup_printf ("{\"%s\":1}", filler);
  g_autofree char *fraction = g_strdup_printf ("0.%s", filler);
  g_autofree char *integer = g_strdup_printf ("-%s", filler);

  assert_scan (string, -1);
  assert_scan (name, -1);
  assert_scan (fraction, -1);
  assert_scan (integer, TTECOMM_JSON_ERROR_NUMBER);
}

/* Any one byte of a good text replaced: refused, or json-glib reads what was accepted. */
static void
test_agrees_with_json_glib (void)
{
  static const char good[] = "{\"a\":[1,-2.5e+3,true,null,\"\\u00e9\\n\"],\"b\":{\"c\":\"d\"}}";
  guint n_accepted = 0;

  for (gsize at = 0; at < sizeof good - 1; at++)
    for (guint byte = 0; byte < 256; byte++)
      {
        g_autofree char *text = g_memdup2 (good, sizeof good - 1);
        g_autoptr (JsonNode) root = NULL;
        g_autoptr (GError) error = NULL;

        text[at] = (char)byte;
        if (!ttecomm_json_scan (text, sizeof good - 1, MAX_BYTES, NULL))
          continue;
        n_accepted++;
        root = ttecomm_json_parse (text, sizeof good - 1, MAX_BYTES, &error);
        g_assert_no_error (error);
        g_assert_true (JSON_NODE_HOLDS_OBJECT (root));
      }
  g_assert_cmpuint (n_accepted, >, sizeof good);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "json-scan", "accepts", test_accepts);
  harness_add (harness, "json-scan", "refuses", test_refuses);
  harness_add (harness, "json-scan", "refuses-every-beginning", test_refuses_every_beginning);
  harness_add (harness, "json-scan", "bounds-depth", test_bounds_depth);
  harness_add (harness, "json-scan", "bounds-values", test_bounds_values);
  harness_add (harness, "json-scan", "bounds-bytes", test_bounds_bytes);
  harness_add (harness, "json-scan", "takes-long-tokens", test_takes_long_tokens);
  harness_add (harness, "json-scan", "agrees-with-json-glib", test_agrees_with_json_glib);
}

HARNESS_MAIN (register_tests)
