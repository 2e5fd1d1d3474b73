/* SPDX-License-Identifier: MIT */
#include "plugin/gate/backoff.h"

#include "tests/harness/harness.h"

static void
test_jitter (void)
{
  static const guint32 randoms[] = { 0, 1, G_MAXUINT32 / 2, G_MAXUINT32 };

  for (guint i = 0; i < G_N_ELEMENTS (randoms); i++)
    {
      guint previous = 0;

      for (guint n = 0; n < 20; n++)
        {
          guint next = ttecomm_gate_backoff_next (previous, 1000, 60000, -1, randoms[i]);

          g_assert_cmpuint (next, >=, 1000);
          g_assert_cmpuint (next, <=, MAX (1000, MIN (previous * 3, 60000)));
          previous = next;
        }
    }
  g_assert_cmpuint (ttecomm_gate_backoff_next (0, 1000, 60000, -1, 7), ==, 1000);
  g_assert_cmpuint (ttecomm_gate_backoff_next (9000, 1000, 60000, -1, G_MAXUINT32), ==, 27000);
  g_assert_cmpuint (ttecomm_gate_backoff_next (G_MAXUINT, 1000, 60000, -1, G_MAXUINT32), ==, 60000);
}

static void
test_retry_after (void)
{
  g_assert_cmpuint (ttecomm_gate_backoff_next (0, 1000, 60000, 0, 0), ==, 1000);
  g_assert_cmpuint (ttecomm_gate_backoff_next (0, 1000, 60000, 120, 0), ==, 120000);
  g_assert_cmpuint (ttecomm_gate_backoff_next (0, 1000, 60000, 3600, 0), ==, 3600000);
  g_assert_cmpuint (ttecomm_gate_backoff_next (0, 1000, 60000, 86400, 0), ==, 3600000);
  g_assert_cmpuint (ttecomm_gate_backoff_next (0, 1000, 60000, G_MAXINT64, 0), ==, 3600000);
  g_assert_cmpuint (ttecomm_gate_backoff_next (60000, 1000, 60000, 2, G_MAXUINT32), ==, 60000);
}

static void
test_poll (void)
{
  static const struct
  {
    gint64 next;
    gint64 until_end;
    guint32 random;
    guint expected;
  } rows[] = {
    { 3600, 0, 0, 2880000 },
    { 3600, 0, G_MAXUINT32, 4320000 },
    { 3600, 10000, G_MAXUINT32, 4320000 },
    { 3600, 100, 0, 101000 },
    { 3600, 1, 0, 60000 },
    { 3600, -5, 0, 2880000 },
    { 0, 0, G_MAXUINT32, 60000 },
    { -1, 0, G_MAXUINT32, 60000 },
    { G_MAXINT64, G_MAXINT64 / 2000, G_MAXUINT32, 604800000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpuint (ttecomm_gate_backoff_poll (rows[i].next, rows[i].until_end, 60000,
                                                   rows[i].random),
                        ==, rows[i].expected);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "backoff", "jitter", test_jitter);
  harness_add (harness, "backoff", "retry-after", test_retry_after);
  harness_add (harness, "backoff", "poll", test_poll);
}

HARNESS_MAIN (register_tests)
