/* SPDX-License-Identifier: MIT */
#include "base/json-secret.h"
#include "tests/harness/harness.h"

#include <string.h>

#define MAX_BYTES 4096

static const struct
{
  const char *text;
  const char *secret; /* NULL: none */
  const char *left;
} rows[] = {
  { "{\"p\":\"open\"}", "open", "{\"p\":\"****\"}" },
  { " { \"p\" : \"a b\" , \"q\" : true } ", "a b", " { \"p\" : \"***\" , \"q\" : true } " },
  { "{\"q\":\"p\",\"p\":\"x\"}", "x", "{\"q\":\"p\",\"p\":\"*\"}" },
  { "{\"q\":{\"p\":\"no\"},\"r\":[\"p\",\"no\",{\"p\":\"no\"}],\"p\":\"yes\"}", "yes",
    "{\"q\":{\"p\":\"no\"},\"r\":[\"p\",\"no\",{\"p\":\"no\"}],\"p\":\"***\"}" },
  { "{\"\\u0070\":\"x\"}", "x", "{\"\\u0070\":\"*\"}" },
  { "{\"p\":\"\"}", "", "{\"p\":\"\"}" },
  { "{\"p\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "\"\\/\b\f\n\r\t", "{\"p\":\"****************\"}" },
  { "{\"p\":\"\\u00e9\\u20ac\"}", "\xc3\xa9\xe2\x82\xac", "{\"p\":\"************\"}" },
  { "{\"p\":\"\\ud83d\\udd10!\"}", "\xf0\x9f\x94\x90!", "{\"p\":\"*************\"}" },
  { "{\"p\":\"\xc3\xa9 \xe5\xaf\x86\"}", "\xc3\xa9 \xe5\xaf\x86", "{\"p\":\"******\"}" },
  { "{\"q\\\"p\":\"\\\"p\\\":\\\"x\"}", NULL, "{\"q\\\"p\":\"\\\"p\\\":\\\"x\"}" },
  { "{\"p\":true}", NULL, "{\"p\":true}" },
  { "{\"p\":null}", NULL, "{\"p\":null}" },
  { "{\"p\":{\"p\":\"x\"}}", NULL, "{\"p\":{\"p\":\"x\"}}" },
  { "{\"p2\":\"x\"}", NULL, "{\"p2\":\"x\"}" },
  { "{}", NULL, "{}" },
  { "[\"p\",\"x\"]", NULL, "[\"p\",\"x\"]" },
  { "\"p\"", NULL, "\"p\"" },
};

static void
test_takes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommSecret) text
          = ttecomm_secret_new_from (rows[i].text, strlen (rows[i].text));
      g_autoptr (TtecommSecret) secret = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (ttecomm_json_take_secret (text, MAX_BYTES, "p", &secret, &error));
      g_assert_no_error (error);
      g_assert_cmpstr ((const char *)ttecomm_secret_get_data (text), ==, rows[i].left);
      if (rows[i].secret == NULL)
        g_assert_null (secret);
      else
        g_assert_cmpmem (ttecomm_secret_get_data (secret), (int)ttecomm_secret_get_length (secret),
                         rows[i].secret, (int)strlen (rows[i].secret));
    }
}

static void
test_refuses (void)
{
  static const char *const bad[] = {
    "",
    "{\"p\":\"open\"",
    "{\"p\":\"open}",
    "{\"p\":\"a\\u0000b\"}",
    "{\"p\":\"\\ud83d\"}",
    "{\"p\":\"a\nb\"}",
    "{\"p\":\"a\",\"p\":\"b\"}",
    "{\"p\":\"a\",\"\\u0070\":\"b\"}",
    "{\"p\":\"\xe9\"}",
    "{'p':'open'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (TtecommSecret) text = ttecomm_secret_new_from (bad[i], strlen (bad[i]));
      g_autoptr (TtecommSecret) secret = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (ttecomm_json_take_secret (text, MAX_BYTES, "p", &secret, &error));
      g_assert_nonnull (error);
      g_assert_null (secret);
      g_assert_null (strstr (error->message, "open"));
    }
}

static void
test_refuses_what_is_too_long (void)
{
  g_autoptr (TtecommSecret) text = ttecomm_secret_new_from ("{\"p\":\"open\"}", 12);
  g_autoptr (TtecommSecret) secret = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ttecomm_json_take_secret (text, 11, "p", &secret, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TOO_LARGE);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "json-secret", "takes", test_takes);
  harness_add (harness, "json-secret", "refuses", test_refuses);
  harness_add (harness, "json-secret", "refuses-what-is-too-long", test_refuses_what_is_too_long);
}

HARNESS_MAIN (register_tests)
