/* SPDX-License-Identifier: MIT */
#include "tests/harness/gtest.h"

#include "tests/harness/child.h"
#include "tests/harness/filter.h"
#include "tests/harness/report.h"
#include "tests/harness/xml.h"

static GPtrArray *
select_tests (Harness *harness, const char *filter)
{
  GPtrArray *selected = g_ptr_array_new ();

  for (guint i = 0; i < harness->tests->len; i++)
    {
      HarnessTest *test = g_ptr_array_index (harness->tests, i);

      if (harness_filter_matches (filter, test->full_name))
        g_ptr_array_add (selected, test);
    }
  return selected;
}

static gboolean
will_run (const HarnessTest *test, const HarnessOptions *options)
{
  return !test->disabled || options->also_disabled;
}

static void
announce (GPtrArray *tests, const HarnessOptions *options)
{
  g_autoptr (GHashTable) suites = g_hash_table_new (g_str_hash, g_str_equal);
  guint count = 0;

  for (guint i = 0; i < tests->len; i++)
    {
      HarnessTest *test = g_ptr_array_index (tests, i);

      if (!will_run (test, options))
        continue;
      g_hash_table_add (suites, test->suite);
      count++;
    }
  harness_report_start (count, g_hash_table_size (suites));
}

/* In this process, so that a debugger attached to it stops where the test fails. */
static HarnessResult *
run_here (Harness *harness, const HarnessTest *test, const char *program)
{
  HarnessResult *result = harness_result_new (test);
  char *words[] = { (char *)program, (char *)"-p", test->path, NULL };
  char **argv = words;
  int argc = 3;
  gint64 start = g_get_monotonic_time ();

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  harness_register_with_glib (harness, TRUE);
  if (g_test_run () != 0)
    harness_result_fail (result, NULL, 0, "failed in this process; see above");
  result->duration_us = g_get_monotonic_time () - start;
  return result;
}

static HarnessResult *
run_one (Harness *harness,
         const HarnessTest *test,
         const HarnessOptions *options,
         const char *program,
         gboolean here)
{
  HarnessResult *result = NULL;

  if (!will_run (test, options))
    {
      result = harness_result_new (test);
      result->verdict = HARNESS_VERDICT_SUPPRESSED;
      return result;
    }
  harness_report_run (test);
  if (here)
    result = run_here (harness, test, program);
  else
    result = harness_child_run (program, test, options->also_disabled);
  harness_report_result (result);
  return result;
}

static GPtrArray *
run_all (Harness *harness, GPtrArray *tests, const HarnessOptions *options, const char *program)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify)harness_result_free);
  gboolean here = options->break_on_failure && tests->len == 1;

  announce (tests, options);
  for (guint i = 0; i < tests->len; i++)
    g_ptr_array_add (results,
                     run_one (harness, g_ptr_array_index (tests, i), options, program, here));
  harness_report_end (results);
  return results;
}

static int
write_xml (const HarnessOptions *options, const char *xml)
{
  g_autoptr (GError) error = NULL;

  if (options->xml_path == NULL || harness_xml_write (options->xml_path, xml, &error))
    return 0;
  g_printerr ("harness: the XML report was not written: %s\n", error->message);
  return 1;
}

static int
list (GPtrArray *tests, const HarnessOptions *options)
{
  g_autofree char *xml = harness_xml_list (tests);

  harness_report_list (tests);
  return write_xml (options, xml);
}

static int
run (Harness *harness, GPtrArray *tests, const HarnessOptions *options, const char *program)
{
  g_autoptr (GPtrArray) results = run_all (harness, tests, options, program);
  g_autofree char *xml = harness_xml_results (results);
  int written = write_xml (options, xml);

  return harness_results_count (results, NULL, HARNESS_VERDICT_FAILED) > 0 ? 1 : written;
}

int
harness_gtest_main (Harness *harness, const HarnessOptions *options, const char *program)
{
  g_autoptr (GPtrArray) tests = select_tests (harness, options->filter);
  g_autofree char *found = g_find_program_in_path (program);
  g_autofree char *absolute = NULL;

  if (options->list)
    return list (tests, options);

  absolute = g_canonicalize_filename (found != NULL ? found : program, NULL);
  return run (harness, tests, options, absolute);
}
