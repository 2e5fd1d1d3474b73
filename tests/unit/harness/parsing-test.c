/* SPDX-License-Identifier: MIT */
/* The harness's readers of text, row by row: filters, flags, TAP. */
#include "tests/harness/filter.h"
#include "tests/harness/harness.h"
#include "tests/harness/options.h"
#include "tests/harness/tap.h"

typedef struct
{
  const char *filter;
  const char *name;
  gboolean matches;
} FilterRow;

static const FilterRow filter_rows[] = {
  { "*", "A.b", TRUE },
  { "A.b", "A.b", TRUE },
  { "A.b", "A.bc", FALSE },
  { "A.b", "xA.b", FALSE },
  { "A.?", "A.b", TRUE },
  { "A.?", "A.bc", FALSE },
  { "A.*:C.d", "C.d", TRUE },
  { "A.*:C.d", "C.e", FALSE },
  { "A.b:C.*-C.slow", "C.fast", TRUE },
  { "A.b:C.*-C.slow", "C.slow", FALSE },
  { "*-A.*:C.*", "A.b", FALSE },
  { "*-A.*:C.*", "C.b", FALSE },
  { "*-A.*:C.*", "D.b", TRUE },
  { "-A.b", "A.c", TRUE },
  { "-A.b", "A.b", FALSE },
  { "-", "A.b", TRUE },
  { "", "A.b", FALSE },
  { ":", "A.b", FALSE },
  { "*-*", "A.b", FALSE },
  { "A.b-C-D", "A.b", TRUE },
};

static void
test_filter (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filter_rows); i++)
    {
      const FilterRow *row = &filter_rows[i];

      g_test_message ("--gtest_filter=%s and %s", row->filter, row->name);
      g_assert_cmpint (harness_filter_matches (row->filter, row->name), ==, row->matches);
    }
}

static HarnessOptions *
parse (const char *line)
{
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);

  return harness_options_parse ((int)g_strv_length (argv), argv);
}

static void
test_options_default (void)
{
  g_autoptr (HarnessOptions) options = parse ("x -p /a/b --gtestish --verbose");

  g_assert_false (options->gtest);
  g_assert_false (options->list);
  g_assert_cmpstr (options->filter, ==, "*");
  g_assert_null (options->xml_path);
}

static void
test_options_booleans (void)
{
  static const struct
  {
    const char *line;
    gboolean list;
  } rows[] = {
    { "x --gtest_list_tests", TRUE },        { "x --gtest_list_tests=1", TRUE },
    { "x --gtest_list_tests=true", TRUE },   { "x --gtest_list_tests=0", FALSE },
    { "x --gtest_list_tests=false", FALSE }, { "x --gtest_list_tests=F", FALSE },
    { "x --gtest_list_tests_all", FALSE },   { "x --gtest_list_tests --gtest_list_tests=0", FALSE },
    { "x --gtest_list_tests=", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HarnessOptions) options = parse (rows[i].line);

      g_test_message ("%s", rows[i].line);
      g_assert_true (options->gtest);
      g_assert_cmpint (options->list, ==, rows[i].list);
    }
}

/* In the form of this system: on Windows with backslashes. */
static void
assert_path (const char *path, const char *expected)
{
  g_autofree char *here = expected != NULL ? g_canonicalize_filename (expected, "/") : NULL;

  g_assert_cmpstr (path, ==, here);
}

static void
test_options_output (void)
{
  g_autofree char *cwd = g_get_current_dir ();
  g_autofree char *in_cwd = g_build_filename (cwd, "a.xml", NULL);
  g_autofree char *by_default = g_build_filename (cwd, "test_detail.xml", NULL);
  const struct
  {
    const char *line;
    const char *path;
  } rows[] = {
    { "/x/p-test --gtest_output=xml:/t/r.xml", "/t/r.xml" },
    { "/x/p-test --gtest_output=xml:/t/", "/t/p-test.xml" },
    { "/x/p-test.exe --gtest_output=xml:/t/", "/t/p-test.xml" },
    { "/x/p-test --gtest_output=xml:a.xml", in_cwd },
    { "/x/p-test --gtest_output=xml", by_default },
    { "/x/p-test --gtest_output=xml:", by_default },
    { "/x/p-test --gtest_output=json:/t/r.json", NULL },
    { "/x/p-test --gtest_output=", NULL },
    { "/x/p-test --gtest_output=xml:/a --gtest_output=xml:/b", "/b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HarnessOptions) options = parse (rows[i].line);

      g_test_message ("%s", rows[i].line);
      assert_path (options->xml_path, rows[i].path);
    }
}

typedef struct
{
  const char *output;
  gboolean ok;
  gboolean not_ok;
  gboolean skipped;
  const char *reason;
  const char *file;
  int line;
} TapRow;

static const TapRow tap_rows[] = {
  { "", FALSE, FALSE, FALSE, NULL, NULL, 0 },
  { "ok 1 /s/t\n1..1\n", TRUE, FALSE, FALSE, NULL, NULL, 0 },
  { "ok 1 /s/t\r\n", TRUE, FALSE, FALSE, NULL, NULL, 0 },
  { "half a lineok 1 /s/t\n", TRUE, FALSE, FALSE, NULL, NULL, 0 },
  { "ok 1 /s/t-more\n", FALSE, FALSE, FALSE, NULL, NULL, 0 },
  { "ok 1 /s/t/more\n", FALSE, FALSE, FALSE, NULL, NULL, 0 },
  { "# ok 1 /s/t\n", FALSE, FALSE, FALSE, NULL, NULL, 0 },
  { "ok /s/t\n", FALSE, FALSE, FALSE, NULL, NULL, 0 },
  { "ok 1 /s/t # SKIP no disk\n", TRUE, FALSE, TRUE, "no disk", NULL, 0 },
  { "ok 1 /s/t # skip\n", TRUE, FALSE, TRUE, NULL, NULL, 0 },
  { "not ok 1 /s/t\n", FALSE, TRUE, FALSE, NULL, NULL, 0 },
  { "not ok 1 /s/t - it broke\n", FALSE, TRUE, FALSE, "it broke", NULL, 0 },
  { "not ok 1 /s/t - dom:ERROR:/a/x.c:12:f: a == b\n", FALSE, TRUE, FALSE, "a == b", "/a/x.c", 12 },
  { "Bail out! ERROR:/a/x.c:12:f: it: was\n", FALSE, FALSE, FALSE, "it: was", "/a/x.c", 12 },
  { "Bail out! dom:ERROR:/a/x.c:7:f: m\n", FALSE, FALSE, FALSE, "m", "/a/x.c", 7 },
  { "Bail out! GLib-FATAL-CRITICAL: no\n", FALSE, FALSE, FALSE, "GLib-FATAL-CRITICAL: no", NULL,
    0 },
  { "# Bail out! quoted\nok 1 /s/t\n", TRUE, FALSE, FALSE, NULL, NULL, 0 },
  { "\xff\xfeok 1 /s/t\n", TRUE, FALSE, FALSE, NULL, NULL, 0 },
};

static void
test_tap (gconstpointer data)
{
  const TapRow *row = data;
  g_autoptr (HarnessTap) tap = harness_tap_parse (row->output, "/s/t");

  g_assert_cmpint (tap->ok, ==, row->ok);
  g_assert_cmpint (tap->not_ok, ==, row->not_ok);
  g_assert_cmpint (tap->skipped, ==, row->skipped);
  g_assert_cmpstr (tap->reason, ==, row->reason);
  g_assert_cmpstr (tap->file, ==, row->file);
  g_assert_cmpint (tap->line, ==, row->line);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "parsing", "filter", test_filter);
  harness_add (harness, "parsing", "options-default", test_options_default);
  harness_add (harness, "parsing", "options-booleans", test_options_booleans);
  harness_add (harness, "parsing", "options-output", test_options_output);
  for (gsize i = 0; i < G_N_ELEMENTS (tap_rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("tap-%" G_GSIZE_FORMAT, i + 1);
      harness_add_full (harness, "parsing", name, test_tap, (gpointer)&tap_rows[i], NULL);
    }
}

HARNESS_MAIN (register_tests)
