/* SPDX-License-Identifier: MIT */
/* Texts that must not stay behind. That both kinds of secret can be had in one file is half of it.
 */
#include "api/ttcloud/secret-text.h"
#include "base/secret.h"
#include "tests/harness/harness.h"

#include <string.h>

static void
test_equal (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean same;
  } rows[] = {
    { "", "", TRUE },
    { "token", "token", TRUE },
    { "token", "tokem", FALSE },
    { "a", "", FALSE },
    { "", "a", FALSE },
    { "token", "tokens", FALSE },
    { "Xoken", "token", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommSecretText) copy = g_strdup (rows[i].a);

      g_assert_cmpint (ttecomm_secret_text_equal (copy, rows[i].b), ==, rows[i].same);
    }
  ttecomm_secret_text_free (NULL);
}

/* The bytes are the text's own, not a copy that would stay behind, and without its NUL. */
static void
test_bytes (void)
{
  char *text = g_strdup ("refresh-1");
  g_autoptr (GBytes) bytes = ttecomm_secret_text_free_to_bytes (text);
  g_autoptr (TtecommSecret) secret = NULL;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_true (data == text);
  g_assert_cmpuint (length, ==, 9);
  secret = ttecomm_secret_new_from (data, length);
  g_assert_cmpstr ((const char *)ttecomm_secret_get_data (secret), ==, "refresh-1");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "secret-text", "equal", test_equal);
  harness_add (harness, "secret-text", "bytes", test_bytes);
}

HARNESS_MAIN (register_tests)
