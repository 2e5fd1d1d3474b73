/* SPDX-License-Identifier: MIT */
/* The XML a test program writes: well-formed whatever the tests print, complete, never stale. */
#include "tests/harness/harness.h"
#include "tests/unit/harness/run.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a reader finds in a report. */
typedef struct
{
  GPtrArray *cases;  /* (owned) (element-type GHashTable): the attributes of each test case */
  GHashTable *root;  /* (owned) (nullable): those of the outermost element */
  GString *failures; /* (owned): the text within all failures */
} Report;

static void
report_free (Report *report)
{
  g_ptr_array_unref (report->cases);
  g_clear_pointer (&report->root, g_hash_table_unref);
  g_string_free (report->failures, TRUE);
  g_free (report);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static GHashTable *
attributes_new (const char **names, const char **values)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (gsize i = 0; names[i] != NULL; i++)
    g_assert_true (g_hash_table_insert (table, g_strdup (names[i]), g_strdup (values[i])));
  return table;
}

static void
start_element_cb (GMarkupParseContext *context,
                  const char *element,
                  const char **names,
                  const char **values,
                  gpointer user_data,
                  GError **error)
{
  Report *report = user_data;

  if (g_str_equal (element, "testsuites"))
    report->root = attributes_new (names, values);
  else if (g_str_equal (element, "testcase"))
    g_ptr_array_add (report->cases, attributes_new (names, values));
}

static void
text_cb (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  Report *report = user_data;

  if (g_str_equal (g_markup_parse_context_get_element (context), "failure"))
    g_string_append_len (report->failures, text, (gssize)length);
}

static void
assert_xml_characters (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p++)
    g_assert_true ((guchar)*p >= 0x20 || *p == '\n' || *p == '\t');
}

static Report *
read_report (const char *path)
{
  static const GMarkupParser parser = { start_element_cb, NULL, text_cb, NULL, NULL };
  Report *report = g_new0 (Report, 1);
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, report, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  report->cases = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);
  report->failures = g_string_new (NULL);
  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_cmpuint (strlen (text), ==, length);
  assert_xml_characters (text);
  (void)g_markup_parse_context_parse (context, text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  return report;
}

static const char *
attribute (Report *report, guint number, const char *name)
{
  return g_hash_table_lookup (g_ptr_array_index (report->cases, number), name);
}

/* Runs the specimen with the arguments and an XML report; returns where that is. */
static char *
run_with_xml (const char *arguments, int status)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), "sub", "report.xml", NULL);
  g_autofree char *line = g_strdup_printf ("--gtest_output=xml:%s %s", path, arguments);
  g_autoptr (Run) run = run_specimen (line, NULL);

  g_assert_cmpint (run->status, ==, status);
  return g_steal_pointer (&path);
}

static void
test_results_are_complete (void)
{
  g_autofree char *path
      = run_with_xml ("--gtest_filter=*.passes:*.fails:*.skips:*DISABLED_fails", 1);
  g_autoptr (Report) report = read_report (path);
  g_autofree char *source = harness_source_path ("tests/unit/harness/specimen.c");

  g_assert_cmpuint (report->cases->len, ==, 4);
  g_assert_cmpstr (g_hash_table_lookup (report->root, "tests"), ==, "4");
  g_assert_cmpstr (g_hash_table_lookup (report->root, "failures"), ==, "1");
  g_assert_cmpstr (g_hash_table_lookup (report->root, "disabled"), ==, "1");
  g_assert_cmpstr (g_hash_table_lookup (report->root, "name"), ==, "AllTests");
  g_assert_cmpstr (attribute (report, 0, "name"), ==, "passes");
  g_assert_cmpstr (attribute (report, 0, "classname"), ==, "Specimen");
  g_assert_cmpstr (attribute (report, 0, "status"), ==, "run");
  g_assert_cmpstr (attribute (report, 0, "result"), ==, "completed");
  g_assert_cmpstr (attribute (report, 0, "file"), ==, source);
  g_assert_true (g_regex_match_simple ("^[0-9]+$", attribute (report, 0, "line"), 0, 0));
  g_assert_true (g_regex_match_simple ("^[0-9]+\\.[0-9]{3}$", attribute (report, 0, "time"), 0, 0));
  g_assert_cmpstr (attribute (report, 2, "result"), ==, "skipped");
  g_assert_cmpstr (attribute (report, 3, "status"), ==, "notrun");
  g_assert_cmpstr (attribute (report, 3, "result"), ==, "suppressed");
}

static void
test_failure_is_told (void)
{
  g_autofree char *path = run_with_xml ("--gtest_filter=*.fails", 1);
  g_autoptr (Report) report = read_report (path);

  g_assert_nonnull (strstr (report->failures->str, "specimen.c:"));
  g_assert_nonnull (strstr (report->failures->str, "\nassertion failed (1 == 2)"));
}

static void
test_hostile_output_stays_well_formed (void)
{
  g_autofree char *path = run_with_xml ("--gtest_filter=*.shouts", 1);
  g_autoptr (Report) report = read_report (path);

  g_assert_nonnull (strstr (report->failures->str, "]]> "));
  g_assert_nonnull (strstr (report->failures->str, "& < > \""));
}

static void
test_list_has_places (void)
{
  g_autofree char *path = run_with_xml ("--gtest_list_tests", 0);
  g_autoptr (Report) report = read_report (path);

  g_assert_cmpuint (report->cases->len, ==, 18);
  g_assert_cmpstr (g_hash_table_lookup (report->root, "tests"), ==, "18");
  for (guint i = 0; i < report->cases->len; i++)
    {
      g_assert_true (g_path_is_absolute (attribute (report, i, "file")));
      g_assert_nonnull (attribute (report, i, "line"));
      g_assert_null (attribute (report, i, "status"));
    }
}

static void
test_directory_form (void)
{
  const char *dir = harness_tmpdir ();
  g_autofree char *line
      = g_strdup_printf ("--gtest_output=xml:%s/new/ --gtest_filter=*.passes", dir);
  g_autoptr (Run) run = run_specimen (line, NULL);
  g_autofree char *path = g_build_filename (dir, "new", "specimen.xml", NULL);
  g_autoptr (Report) report = read_report (path);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (report->cases->len, ==, 1);
}

/* A program that dies before it runs anything leaves no report of an earlier run behind. */
static void
test_stale_report_is_removed (void)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), "report.xml", NULL);
  g_autofree char *line = g_strdup_printf ("--gtest_output=xml:%s --gtest_filter=*.passes", path);
  g_autoptr (Run) run = NULL;

  g_assert_true (g_file_set_contents (path, "<testsuites tests=\"99\"/>", -1, NULL));
  run = run_specimen (line, "SPECIMEN_MISTAKE=same-path");
  g_assert_cmpint (run->status, !=, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_unwritable_report_fails_the_run (void)
{
  g_autofree char *blocker = g_build_filename (harness_tmpdir (), "file", NULL);
  g_autofree char *line
      = g_strdup_printf ("--gtest_output=xml:%s/x.xml --gtest_filter=*.passes", blocker);
  g_autoptr (Run) run = NULL;

  g_assert_true (g_file_set_contents (blocker, "", 0, NULL));
  run = run_specimen (line, NULL);
  g_assert_cmpint (run->status, ==, 1);
  g_assert_nonnull (strstr (run->err, "the XML report was not written"));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "xml", "results-are-complete", test_results_are_complete);
  harness_add (harness, "xml", "failure-is-told", test_failure_is_told);
  harness_add (harness, "xml", "hostile-output", test_hostile_output_stays_well_formed);
  harness_add (harness, "xml", "list-has-places", test_list_has_places);
  harness_add (harness, "xml", "directory-form", test_directory_form);
  harness_add (harness, "xml", "stale-report-is-removed", test_stale_report_is_removed);
  harness_add (harness, "xml", "unwritable-report", test_unwritable_report_fails_the_run);
}

HARNESS_MAIN (register_tests)
