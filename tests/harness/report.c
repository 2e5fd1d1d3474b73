/* SPDX-License-Identifier: MIT */
#include "tests/harness/report.h"

#include <stdio.h>
#include <string.h>

static void say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vfprintf (stdout, format, args);
  va_end (args);
  fputc ('\n', stdout);
  fflush (stdout);
}

static const char *
plural (guint count, const char *one, const char *many)
{
  return count == 1 ? one : many;
}

static gint64
to_ms (gint64 duration_us)
{
  return (duration_us + 500) / 1000;
}

/* Suites in order of appearance, each once, with all its tests under it. */
void
harness_report_list (GPtrArray *tests)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < tests->len; i++)
    {
      const HarnessTest *first = g_ptr_array_index (tests, i);

      if (!g_hash_table_add (seen, first->suite))
        continue;
      say ("%s.", first->suite);
      for (guint j = i; j < tests->len; j++)
        {
          const HarnessTest *test = g_ptr_array_index (tests, j);

          if (g_str_equal (test->suite, first->suite))
            say ("  %s", test->name);
        }
    }
}

void
harness_report_start (guint tests, guint suites)
{
  say ("[==========] Running %u %s from %u %s.", tests, plural (tests, "test", "tests"), suites,
       plural (suites, "test suite", "test suites"));
  say ("[----------] Global test environment set-up.");
}

void
harness_report_run (const HarnessTest *test)
{
  say ("[ RUN      ] %s", test->full_name);
}

/* Indented, so that nothing a test printed can pass for one of our own lines. */
static void
say_output (const char *output)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  say ("What it printed:");
  for (gsize i = 0; lines[i] != NULL; i++)
    say ("  | %s", lines[i]);
}

static void
say_failure (const HarnessResult *result)
{
  say ("%s:%d: Failure", result->file, result->line);
  say ("%s", result->message);
  if (result->output != NULL && *result->output != '\0')
    say_output (result->output);
  say ("%s", "");
}

void
harness_report_result (const HarnessResult *result)
{
  const char *name = result->test->full_name;
  gint64 ms = to_ms (result->duration_us);

  switch (result->verdict)
    {
    case HARNESS_VERDICT_PASSED:
      say ("[       OK ] %s (%" G_GINT64_FORMAT " ms)", name, ms);
      break;
    case HARNESS_VERDICT_SKIPPED:
      if (result->message != NULL)
        say ("Skipped: %s", result->message);
      say ("[  SKIPPED ] %s (%" G_GINT64_FORMAT " ms)", name, ms);
      break;
    case HARNESS_VERDICT_FAILED:
      say_failure (result);
      say ("[  FAILED  ] %s (%" G_GINT64_FORMAT " ms)", name, ms);
      break;
    case HARNESS_VERDICT_SUPPRESSED:
      break;
    }
}

static void
say_listed (GPtrArray *results, HarnessVerdict verdict, const char *label)
{
  guint count = harness_results_count (results, NULL, verdict);

  if (count == 0)
    return;
  say ("[%s] %u %s, listed below:", label, count, plural (count, "test", "tests"));
  for (guint i = 0; i < results->len; i++)
    {
      const HarnessResult *result = g_ptr_array_index (results, i);

      if (result->verdict == verdict)
        say ("[%s] %s", label, result->test->full_name);
    }
}

void
harness_report_end (GPtrArray *results)
{
  g_autoptr (GPtrArray) suites = harness_results_suites (results);
  guint passed = harness_results_count (results, NULL, HARNESS_VERDICT_PASSED);
  guint failed = harness_results_count (results, NULL, HARNESS_VERDICT_FAILED);
  guint suppressed = harness_results_count (results, NULL, HARNESS_VERDICT_SUPPRESSED);
  guint ran = results->len - suppressed;

  say ("[----------] Global test environment tear-down");
  say ("[==========] %u %s from %u %s ran. (%" G_GINT64_FORMAT " ms total)", ran,
       plural (ran, "test", "tests"), suites->len,
       plural (suites->len, "test suite", "test suites"),
       to_ms (harness_results_duration_us (results, NULL)));
  say ("[  PASSED  ] %u %s.", passed, plural (passed, "test", "tests"));
  say_listed (results, HARNESS_VERDICT_SKIPPED, "  SKIPPED ");
  say_listed (results, HARNESS_VERDICT_FAILED, "  FAILED  ");
  if (failed > 0)
    say ("\n %u FAILED %s", failed, plural (failed, "TEST", "TESTS"));
  if (suppressed > 0)
    say ("\n  YOU HAVE %u DISABLED %s\n", suppressed, plural (suppressed, "TEST", "TESTS"));
}
