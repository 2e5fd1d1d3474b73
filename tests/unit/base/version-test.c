/* SPDX-License-Identifier: MIT */
#include "base/version.h"

#include "tests/harness/harness.h"

static void
test_compares_numbers (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    int expected;
  } rows[] = {
    { "3.10", "3.7.3", 1 },
    { "3.7.3", "3.7.3.0", 0 },
    { "3.7.3.0.0.0.0.0", "3.7.3", 0 },
    { "3.7.2.9", "3.7.3", -1 },
    { "5.1.2.0", "3.7.3", 1 },
    { "03.007", "3.7", 0 },
    { "0", "0.0.0.1", -1 },
    { "999999999.1", "999999999.0", 1 },
    { "2", "10", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (ttecomm_version_compare (rows[i].a, rows[i].b), ==, rows[i].expected);
      g_assert_cmpint (ttecomm_version_compare (rows[i].b, rows[i].a), ==, -rows[i].expected);
    }
}

static const char *const bad[] = { "",
                                   ".",
                                   "3.",
                                   ".3",
                                   "3..7",
                                   "3.7.3b",
                                   " 3.7",
                                   "3.7 ",
                                   "-1",
                                   "+1",
                                   "v3",
                                   "1234567890",
                                   "1.2.3.4.5.6.7.8.9",
                                   "1.2.3.4.5.6.7.8.",
                                   "3,7",
                                   "\xd9\xa3" };

static void
test_unreadable_is_oldest (void)
{
  g_assert_cmpint (ttecomm_version_compare (NULL, "0"), ==, -1);
  g_assert_cmpint (ttecomm_version_compare ("0", NULL), ==, 1);
  g_assert_cmpint (ttecomm_version_compare (NULL, "x"), ==, 0);
  g_assert_false (ttecomm_version_is_valid (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (ttecomm_version_is_valid (bad[i]));
      g_assert_cmpint (ttecomm_version_compare (bad[i], "0"), ==, -1);
    }
  g_assert_true (ttecomm_version_is_valid ("1.2.3.4.5.6.7.8"));
}

static void
register_tests (Harness *harness)
{
  /* rules: S2 */
  harness_add (harness, "version", "compares-numbers", test_compares_numbers);
  harness_add (harness, "version", "unreadable-is-oldest", test_unreadable_is_oldest);
}

HARNESS_MAIN (register_tests)
