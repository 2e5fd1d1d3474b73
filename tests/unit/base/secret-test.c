/* SPDX-License-Identifier: MIT */
#include "base/secret.h"
#include "tests/harness/harness.h"

#include <string.h>

static void
test_holds_bytes (void)
{
  g_autoptr (TtecommSecret) secret = ttecomm_secret_new_from ("a\0b", 3);
  g_autoptr (TtecommSecret) again = ttecomm_secret_ref (secret);
  g_autoptr (TtecommSecret) empty = ttecomm_secret_new_from (NULL, 0);
  g_autoptr (TtecommSecret) zero = ttecomm_secret_new (4);

  g_assert_cmpmem (ttecomm_secret_get_data (again), (int)ttecomm_secret_get_length (again),
                   "a\0b\0", 3);
  g_assert_cmpuint (ttecomm_secret_get_data (secret)[3], ==, 0);
  g_assert_cmpuint (ttecomm_secret_get_length (empty), ==, 0);
  g_assert_cmpmem (ttecomm_secret_get_data (zero), 5, "\0\0\0\0\0", 5);
}

static void
test_truncation_wipes (void)
{
  g_autoptr (TtecommSecret) secret = ttecomm_secret_new_from ("open sesame", 11);

  ttecomm_secret_truncate (secret, 4);
  g_assert_cmpuint (ttecomm_secret_get_length (secret), ==, 4);
  g_assert_cmpmem (ttecomm_secret_get_data (secret), 12, "open\0\0\0\0\0\0\0\0", 12);
}

static void
test_wipe (void)
{
  char text[] = "open sesame";

  ttecomm_wipe (text + 1, 3);
  g_assert_cmpmem (text, 12, "o\0\0\0 sesame", 12);
  ttecomm_wipe (NULL, 0);
  ttecomm_wipe_string (NULL);
  ttecomm_wipe_string (g_strdup ("open"));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "secret", "holds-bytes", test_holds_bytes);
  harness_add (harness, "secret", "truncation-wipes", test_truncation_wipes);
  harness_add (harness, "secret", "wipe", test_wipe);
}

HARNESS_MAIN (register_tests)
