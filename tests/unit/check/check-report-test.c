/* SPDX-License-Identifier: MIT */
/* prosoft-check's command line, and its reports: each can be read by what reads such reports. */
#include <string.h>

#include "tests/unit/check/support.h"

typedef struct
{
  guint n_suites, n_tests, n_failures, n_skipped;
  guint said_tests, said_failures;
  guint depth;
} Junit;

static const char *
attribute (const char **names, const char **values, const char *name)
{
  for (gsize i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  g_error ("no attribute %s", name);
}

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  Junit *junit = data;

  if (strcmp (element, "testsuites") == 0)
    {
      junit->said_tests = (guint)atoi (attribute (names, values, "tests"));
      junit->said_failures = (guint)atoi (attribute (names, values, "failures"));
    }
  else if (strcmp (element, "testsuite") == 0)
    junit->n_suites++;
  else if (strcmp (element, "testcase") == 0)
    {
      junit->n_tests++;
      g_assert_cmpstr (attribute (names, values, "classname"), !=, "");
    }
  else if (strcmp (element, "failure") == 0)
    junit->n_failures++;
  else if (strcmp (element, "skipped") == 0)
    junit->n_skipped++;
  else
    g_assert_cmpstr (element, ==, "system-out");
}

static Junit
parse_junit (const char *text)
{
  static const GMarkupParser parser = { .start_element = start_element };
  Junit junit = { 0 };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &junit, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_markup_parse_context_parse (context, text, -1, &error));
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  return junit;
}

static char *
run (const char *specimen, const char *format, const char *group, int *status)
{
  g_autofree char *path = checker_specimen (specimen);
  const char *arguments[] = { "plugin", path, "--format", format, "--group", group, NULL };

  return checker_run (arguments, status);
}

static void
test_junit (void)
{
  int status;
  g_autofree char *good = run ("good", "junit", "R14", &status);
  g_autofree char *bad = NULL;
  Junit junit = parse_junit (good);

  g_assert_cmpuint (junit.n_suites, ==, 1);
  g_assert_cmpuint (junit.n_tests, ==, junit.said_tests);
  g_assert_cmpuint (junit.n_tests, >, 2);
  g_assert_cmpuint (junit.n_failures, ==, 0);
  bad = run ("r14-prefix", "junit", "R14", &status);
  g_test_message ("%s", bad);
  junit = parse_junit (bad);
  g_assert_cmpuint (junit.said_failures, ==, 1);
  g_assert_cmpuint (junit.n_failures, >, 1);
  g_assert_nonnull (strstr (bad, "type=\"R14\""));
}

/* The id in the finding is not UTF-8: what a plug-in brings up breaks no report. */
static void
test_hostile_texts (void)
{
  int status;
  g_autofree char *text = run ("r14-prefix", "json", "R14", &status);
  g_autoptr (JsonNode) report = NULL;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (strstr (text, "prosoft.pages/1\\ufffd\\ufffd"));
  report = checker_parse (text);
  g_assert_nonnull (report);
}

/* Rule, test, verdict, what is wrong, where, what to do. */
static void
test_text (void)
{
  static const char *const parts[] = { "R10   Operations: exactly one completion each",
                                       "FAIL  destroy-ends-all",
                                       "expected: destroy() completes what is open",
                                       "R10  destroy() returned and",
                                       "where: plugin.destroy",
                                       "to do: Keep a table of open operations",
                                       "Broken rules: R10\n",
                                       "pass  cancel " };
  int status;
  g_autofree char *text = run ("r10-lost", "text", "R10", &status);

  g_test_message ("%s", text);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_nonnull (strstr (text, parts[i]));
  g_assert_cmpint (status, ==, 1);
}

static void
test_output_file (void)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), "report.xml", NULL);
  g_autofree char *module = checker_specimen ("good"), *text = NULL, *summary = NULL;
  const char *arguments[]
      = { "plugin", module, "--format", "junit", "--group", "R2", "--output", path, NULL };
  int status;

  summary = checker_run (arguments, &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_str_has_prefix (summary, "2 passed, 0 failed, 0 skipped"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (parse_junit (text).n_tests, ==, 2);
}

typedef struct
{
  const char *name;
  const char *arguments; /* split by blanks */
} Misuse;

static const Misuse misuses[] = {
  { "nothing", "" },
  { "no-module", "plugin" },
  { "module-not-there", "plugin /nowhere/module.so" },
  { "unknown-option", "plugin /bin/true --shiny yes" },
  { "no-value", "plugin /bin/true --level" },
  { "level-0", "plugin /bin/true --level 0" },
  { "level-11", "plugin /bin/true --level 11" },
  { "level-word", "plugin /bin/true --level high" },
  { "unknown-rule", "plugin /bin/true --group R15" },
  { "unknown-format", "plugin /bin/true --format yaml" },
  { "unknown-test", "plugin /bin/true --test nothing-of-this-name" },
  { "no-project", "plugin /bin/true --project /nowhere/file.nbt" },
  { "child-command", "run-test R1 none" },
};

static void
test_misuse (gconstpointer data)
{
  const Misuse *misuse = data;
  g_auto (GStrv) arguments = g_strsplit (misuse->arguments, " ", -1);
  g_autofree char *text = NULL;
  int status;

  text = checker_run ((const char *const *)arguments, &status);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpint (status, ==, 2);
}

/* A file that is no module is a plug-in that fails, not a checker that does. */
static void
test_no_module (gconstpointer data)
{
  g_autofree char *path = harness_data_path (data), *text = NULL, *broken = NULL;
  const char *arguments[]
      = { "plugin", path, "--group", "R1", "--group", "R2", "--format", "json", NULL };
  g_autoptr (JsonNode) report = NULL;
  int status;

  text = checker_run (arguments, &status);
  g_assert_cmpint (status, ==, 1);
  report = checker_parse (text);
  broken = checker_broken_rules (report);
  g_assert_cmpstr (broken, ==, "R2");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "check-report", "junit", test_junit);
  harness_add (harness, "check-report", "hostile-texts", test_hostile_texts);
  harness_add (harness, "check-report", "text", test_text);
  harness_add (harness, "check-report", "output-file", test_output_file);
  harness_add_full (harness, "check-report", "no-module", test_no_module,
                    (gpointer) "villa-picos.nbt", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (misuses); i++)
    harness_add_full (harness, "check-misuse", misuses[i].name, test_misuse, (gpointer)&misuses[i],
                      NULL);
}

HARNESS_MAIN (register_tests)
