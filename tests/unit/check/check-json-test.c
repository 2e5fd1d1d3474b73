/* SPDX-License-Identifier: MIT */
/* The checker's own JSON: what a page may be, and what it may not (RFC 8259). */
#include <string.h>

#include "tests/check/json.h"
#include "tests/harness/harness.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *why; /* (nullable) a part of the reason; NULL: it is JSON */
} Case;

static const Case cases[] = {
  { "object", "{\"a\":[1,-2.5e+3,true,false,null,\"x\"],\"b\":{}}", NULL },
  { "blanks", " \t\r\n[ ] ", NULL },
  { "zero", "[0,-0,0.5,1E5]", NULL },
  { "escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", NULL },
  { "utf-8", "\"\xc3\xa9\xf0\x9f\x98\x80\"", NULL },
  { "nothing", "", "too early" },
  { "bom", "\xef\xbb\xbf[]", "no value" },
  { "latin-1", "\"caf\xe9\"", "not UTF-8" },
  { "surrogate-bytes", "\"\xed\xa0\x80\"", "not UTF-8" },
  { "overlong", "\"\xc0\xaf\"", "not UTF-8" },
  { "behind-the-end", "{} x", "behind the end" },
  { "two-values", "1 2", "behind the end" },
  { "comma-last", "[1,]", "no value" },
  { "comma-first", "[,1]", "no value" },
  { "no-comma", "[1 2]", "no comma" },
  { "open-array", "[1", "no comma" },
  { "open-object", "{\"a\":1", "no comma" },
  { "open-string", "\"a", "without end" },
  { "no-colon", "{\"a\" 1}", "no colon" },
  { "bare-name", "{a:1}", "no string" },
  { "twice", "{\"a\":1,\"\\u0061\":2}", "twice" },
  { "control-character", "\"a\nb\"", "control character" },
  { "escape-unknown", "\"\\x\"", "unknown escape" },
  { "escape-short", "\"\\u12\"", "four hexadecimal" },
  { "escape-nul", "\"\\u0000\"", "NUL" },
  { "half-a-pair", "\"\\ud800\"", "surrogate" },
  { "other-half", "\"\\udc00\"", "surrogate" },
  { "wrong-pair", "\"\\ud800\\u0041\"", "surrogate" },
  { "leading-zero", "01", "behind the end" },
  { "plus", "+1", "no value" },
  { "point-last", "1.", "no digit behind" },
  { "exponent-empty", "1e", "exponent" },
  { "nan", "NaN", "no value" },
  { "single-quotes", "'a'", "no value" },
  { "comment", "/**/1", "no value" },
  { "word", "truth", "no value" },
};

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  char why[120];
  CheckJson *json = check_json_parse (row->text, strlen (row->text), why);

  g_test_message ("%s", why);
  g_assert_cmpint (json != NULL, ==, row->why == NULL);
  if (row->why != NULL)
    g_assert_nonnull (strstr (why, row->why));
  check_json_free (json);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char why[120];

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  g_assert_null (check_json_parse (text->str, text->len, why));
  g_assert_nonnull (strstr (why, "deeper"));
}

/* Every beginning of a text is none, and none is read past its end. */
static void
test_cut_anywhere (void)
{
  static const char text[] = "{\"a\":[1.5e3,\"\\ud83d\\ude00\"],\"b\":null}";

  for (gsize size = 0; size < sizeof text - 1; size++)
    {
      g_autofree char *exact = g_memdup2 (text, size + (size == 0));
      char why[120];

      g_assert_null (check_json_parse (exact, size, why));
    }
}

static void
test_values (void)
{
  static const char text[] = "{\"n\":-42,\"s\":\"\\u00e9\",\"b\":true,\"l\":[1,2,3]}";
  char why[120];
  CheckJson *json = check_json_parse (text, sizeof text - 1, why);

  g_assert_nonnull (json);
  g_assert_cmpint ((int)check_json_get (json, "n")->number, ==, -42);
  g_assert_cmpstr (check_json_get_text (json, "s"), ==, "\xc3\xa9");
  g_assert_true (check_json_get (json, "b")->boolean);
  g_assert_cmpuint (check_json_get (json, "l")->n_children, ==, 3);
  g_assert_null (check_json_get (json, "x"));
  g_assert_null (check_json_get_text (json, "n"));
  check_json_free (json);
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    harness_add_full (harness, "check-json", cases[i].name, test_case, (gpointer)&cases[i], NULL);
  harness_add (harness, "check-json", "depth", test_depth);
  harness_add (harness, "check-json", "cut-anywhere", test_cut_anywhere);
  harness_add (harness, "check-json", "values", test_values);
}

HARNESS_MAIN (register_tests)
