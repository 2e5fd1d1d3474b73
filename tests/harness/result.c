/* SPDX-License-Identifier: MIT */
#include "tests/harness/result.h"

HarnessResult *
harness_result_new (const HarnessTest *test)
{
  HarnessResult *result = g_new0 (HarnessResult, 1);

  result->test = test;
  result->started = g_date_time_new_now_local ();
  return result;
}

void
harness_result_free (HarnessResult *result)
{
  g_free (result->file);
  g_free (result->message);
  g_free (result->output);
  g_clear_pointer (&result->started, g_date_time_unref);
  g_free (result);
}

void
harness_result_fail (HarnessResult *result, const char *file, int line, const char *message)
{
  g_free (result->file);
  g_free (result->message);
  result->verdict = HARNESS_VERDICT_FAILED;
  result->file = g_strdup (file != NULL ? file : result->test->file);
  result->line = file != NULL ? line : result->test->line;
  result->message = g_strdup (message);
}

static gboolean
is_in (const HarnessResult *result, const char *suite)
{
  return suite == NULL || g_str_equal (result->test->suite, suite);
}

guint
harness_results_count (GPtrArray *results, const char *suite, HarnessVerdict verdict)
{
  guint count = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const HarnessResult *result = g_ptr_array_index (results, i);

      if (is_in (result, suite) && result->verdict == verdict)
        count++;
    }
  return count;
}

gint64
harness_results_duration_us (GPtrArray *results, const char *suite)
{
  gint64 total = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const HarnessResult *result = g_ptr_array_index (results, i);

      if (is_in (result, suite))
        total += result->duration_us;
    }
  return total;
}

GPtrArray *
harness_results_suites (GPtrArray *results)
{
  GPtrArray *suites = g_ptr_array_new ();

  for (guint i = 0; i < results->len; i++)
    {
      const HarnessResult *result = g_ptr_array_index (results, i);

      if (!g_ptr_array_find_with_equal_func (suites, result->test->suite, g_str_equal, NULL))
        g_ptr_array_add (suites, result->test->suite);
    }
  return suites;
}
