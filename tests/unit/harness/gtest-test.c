/* SPDX-License-Identifier: MIT */
/* The GoogleTest command line, looked at from outside: every way a test can end, read with the
 * regular expressions of the editors that will read it. */
#include "tests/harness/harness.h"
#include "tests/harness/system.h"
#include "tests/unit/harness/run.h"

#include <string.h>

/* TestMate's, and (for names) the narrower ones of the Visual Studio adapter. */
#define HELP_RE                                                                                    \
  "This program contains tests written using .*--(\\w+)list_tests.*"                               \
  "List the names of all tests instead of running them"
#define SUITE_RE "^[A-Za-z_][A-Za-z0-9_]*\\.$"
#define NAME_RE "^  [A-Za-z_][A-Za-z0-9_]*$"
#define RUN_RE "^\\[ RUN      \\] ((.+)\\.(.+))$"
#define FAILURE_RE "^((.+)[:(]([0-9]+)\\)?)(: )((Failure|EXPECT_CALL|error)(.*))$"

#ifdef __SANITIZE_ADDRESS__
#define LEAK_LABEL "  FAILED  "
#define LEAK_MESSAGE "Direct leak of 4321 byte(s)"
#define PASSED "4"
#define FAILED "11"
#else
#define LEAK_LABEL "       OK "
#define LEAK_MESSAGE NULL
#define PASSED "5"
#define FAILED "10"
#endif

typedef struct
{
  const char *filter;
  const char *label;          /* between the brackets of the last line */
  const char *message;        /* (nullable): to be found in the output */
  const char *(*tell) (void); /* (nullable): tells the message where systems differ */
} Ending;

static const Ending endings[] = {
  { "Specimen.passes", "       OK ", NULL },
  { "Specimen.passes_not", "  FAILED  ", "code should not be reached" },
  { "Specimen.fails", "  FAILED  ", "assertion failed (1 == 2): (1 == 2)" },
  { "Specimen.fails_softly", "  FAILED  ", NULL },
  { "Specimen.warns", "  FAILED  ", "a warning that nobody expected" },
  { "Specimen.aborts", "  FAILED  ", NULL, harness_system_describe_abort },
  { "Specimen.segfaults", "  FAILED  ", NULL, harness_system_describe_fault },
  { "Specimen.hangs", "  FAILED  ", "took longer than 1 s and was stopped" },
  { "Specimen.exits", "  FAILED  ", "ended without a verdict; did it call exit()?" },
  { "Specimen.exits_late", "  FAILED  ", "exited with status 23 after the test had passed" },
  { "Specimen.skips", "  SKIPPED ", "no such thing here" },
  { "Specimen.litters", "  FAILED  ", NULL, harness_system_describe_abort },
  { "Specimen.shouts", "  FAILED  ", "  | [ RUN      ] Fake.test" },
  { "Specimen.floods", "       OK ", NULL },
  { "Specimen.leaks", LEAK_LABEL, LEAK_MESSAGE },
  { "Other_things.has_data", "       OK ", NULL },
  { "Other_things.has_a_fixture", "       OK ", NULL },
};

static guint
count_matches (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex
      = g_regex_new (pattern, G_REGEX_MULTILINE | G_REGEX_RAW, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint count = 0;

  g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    count++;
  return count;
}

static void
assert_contains (const char *text, const char *wanted)
{
  if (strstr (text, wanted) == NULL)
    {
      g_test_message ("%s", text);
      g_error ("\"%s\" is not in the text above", wanted);
    }
}

/* One test ran, was announced once, judged once, in the form that each editor reads. */
static void
test_ending (gconstpointer data)
{
  const Ending *ending = data;
  g_autofree char *arguments = g_strconcat ("--gtest_filter=", ending->filter, NULL);
  gboolean hangs = g_str_has_suffix (ending->filter, "hangs");
  g_autoptr (Run) run = run_specimen (arguments, hangs ? "HARNESS_TIMEOUT=1" : NULL);
  g_autofree char *end
      = g_strdup_printf ("^\\[%s\\] %s \\([0-9]+ ms\\)$", ending->label, ending->filter);
  const char *message = ending->tell != NULL ? ending->tell () : ending->message;
  gboolean failed = g_str_equal (ending->label, "  FAILED  ");

  g_test_message ("%s", run->out);
  assert_contains (run->out, "[==========] Running 1 test from 1 test suite.\n");
  g_assert_cmpuint (count_matches (run->out, RUN_RE), ==, 1);
  g_assert_cmpuint (count_matches (run->out, end), ==, 1);
  g_assert_cmpuint (count_matches (run->out, FAILURE_RE), ==, failed ? 1 : 0);
  g_assert_cmpuint (count_matches (run->out, "^\\[==========\\] 1 test from 1 test suite ran\\. "
                                             "\\([0-9]+ ms total\\)$"),
                    ==, 1);
  if (message != NULL)
    assert_contains (run->out, message);
  g_assert_cmpint (run->status, ==, failed ? 1 : 0);
}

/* The specimen's own source, and the line in it that fails. */
static void
test_failure_names_its_place (void)
{
  g_autoptr (Run) run = run_specimen ("--gtest_filter=Specimen.fails", NULL);
  g_autofree char *source = harness_source_path ("tests/unit/harness/specimen.c");
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;
  const char *here = NULL;
  guint line = 1;

  g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
  here = strstr (text, "/* FAILS HERE */");
  g_assert_nonnull (here);
  for (const char *p = text; p < here; p++)
    line += *p == '\n';
  place = g_strdup_printf ("%s:%u: Failure\n", source, line);
  assert_contains (run->out, place);
}

static void
test_everything_runs_and_is_counted (void)
{
  g_autoptr (Run) run = run_specimen ("--gtest_filter=*-*hangs", NULL);

  assert_contains (run->out, "[==========] Running 16 tests from 2 test suites.\n");
  assert_contains (run->out, "[  PASSED  ] " PASSED " tests.\n");
  assert_contains (run->out, "[  SKIPPED ] 1 test, listed below:\n[  SKIPPED ] Specimen.skips\n");
  assert_contains (run->out, "[  FAILED  ] " FAILED " tests, listed below:\n"
                             "[  FAILED  ] Specimen.passes_not\n");
  assert_contains (run->out, "  YOU HAVE 1 DISABLED TEST\n");
  g_assert_cmpuint (count_matches (run->out, RUN_RE), ==, 16);
  g_assert_cmpint (run->status, ==, 1);
}

/* A process that died leaves nothing in the temporary directory. */
static void
test_litter_is_removed (void)
{
  g_autoptr (Run) run = run_specimen ("--gtest_filter=Specimen.litters:Specimen.fails", NULL);
  g_autoptr (GDir) dir = g_dir_open (run->tmpdir, 0, NULL);

  g_assert_cmpint (run->status, ==, 1);
  g_assert_nonnull (dir);
  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
}

static void
test_disabled_is_left_out (void)
{
  g_autoptr (Run) run = run_specimen ("--gtest_filter=*DISABLED*", NULL);

  assert_contains (run->out, "Running 0 tests from 0 test suites.");
  g_assert_null (strstr (run->out, "[ RUN"));
  g_assert_cmpint (run->status, ==, 0);
}

static void
test_disabled_runs_when_asked (void)
{
  g_autoptr (Run) run
      = run_specimen ("--gtest_also_run_disabled_tests --gtest_filter=*DISABLED*", NULL);

  assert_contains (run->out, "[  FAILED  ] Specimen.DISABLED_fails (");
  g_assert_cmpint (run->status, ==, 1);
}

static void
test_list_is_clean (void)
{
  g_autoptr (Run) run = run_specimen ("--gtest_list_tests", NULL);
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpuint (g_strv_length (lines), ==, 21);
  g_assert_cmpstr (lines[20], ==, "");
  for (gsize i = 0; i < 20; i++)
    {
      gboolean suite = g_regex_match_simple (SUITE_RE, lines[i], 0, 0);
      gboolean name = g_regex_match_simple (NAME_RE, lines[i], 0, 0);
      g_assert_true (suite != name);
    }
  g_assert_true (g_str_has_prefix (run->out, "Specimen.\n  passes\n  passes_not\n"));
  assert_contains (run->out, "\n  DISABLED_fails\nOther_things.\n  has_data\n");
}

static void
test_list_honours_the_filter (void)
{
  g_autoptr (Run) run
      = run_specimen ("--gtest_filter=Other* --gtest_list_tests --gtest_color=yes", NULL);

  g_assert_cmpstr (run->out, ==, "Other_things.\n  has_data\n  has_a_fixture\n");
  g_assert_cmpint (run->status, ==, 0);
}

static void
test_last_flag_wins (void)
{
  g_autoptr (Run) run = run_specimen ("--gtest_list_tests --gtest_filter=Specimen.* "
                                      "--gtest_filter=*.has_data --gmock_verbose=info",
                                      NULL);

  g_assert_cmpstr (run->out, ==, "Other_things.\n  has_data\n");
}

static void
test_help_is_recognised (void)
{
  static const char *const asks[] = { "--help", "-h", "--gtest_list_tests --help" };

  for (gsize i = 0; i < G_N_ELEMENTS (asks); i++)
    {
      g_autoptr (Run) run = run_specimen (asks[i], NULL);
      g_autoptr (GRegex) regex = g_regex_new (HELP_RE, G_REGEX_DOTALL, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *prefix = NULL;

      g_assert_true (g_regex_match (regex, run->out, 0, &match));
      prefix = g_match_info_fetch (match, 1);
      g_assert_cmpstr (prefix, ==, "gtest_");
      g_assert_cmpint (run->status, ==, 0);
    }
}

static void
test_unknown_flags_are_ignored (void)
{
  g_autoptr (Run) run = run_specimen ("--gtest_shuffle --gtest_random_seed=3 --gtest_repeat=1 "
                                      "--gtest_catch_exceptions=0 --gtest_print_time=0 "
                                      "--gtest_brief=1 --gtest_filter=*has_data",
                                      NULL);

  assert_contains (run->out, "[       OK ] Other_things.has_data (");
  g_assert_cmpint (run->status, ==, 0);
}

/* For a debugger: one process, so GLib's own output shows on ours. */
static void
test_break_runs_in_process (void)
{
  g_autoptr (Run) run = run_specimen ("--gtest_break_on_failure --gtest_filter=*has_data", NULL);

  assert_contains (run->out, "ok 1 /other-things/has-data");
  assert_contains (run->out, "[       OK ] Other_things.has_data (");
  g_assert_cmpint (run->status, ==, 0);
}

static void
test_without_flags_it_is_glib (void)
{
  g_autoptr (Run) run = run_specimen ("-p /other-things", NULL);
  g_autoptr (Run) listed = run_specimen ("-l", NULL);
  g_autoptr (Run) disabled = run_specimen ("-p /specimen/DISABLED_fails", NULL);

  assert_contains (run->out, "ok 1 /other-things/has-data\n");
  assert_contains (run->out, "ok 2 /other-things/has-a-fixture\n");
  g_assert_cmpint (run->status, ==, 0);
  assert_contains (listed->out, "/specimen/passes-not\n");
  assert_contains (disabled->out, "# SKIP");
}

static void
test_mistake_is_refused (gconstpointer data)
{
  g_autofree char *variable = g_strconcat ("SPECIMEN_MISTAKE=", data, NULL);
  g_autoptr (Run) run = run_specimen ("--gtest_list_tests", variable);

  g_assert_cmpint (run->status, !=, 0);
  g_assert_cmpstr (run->out, ==, "");
  assert_contains (run->err, "specimen.c:");
}

static void
test_wrapper_wraps_each_test (void)
{
  g_autoptr (Run) run
      = run_specimen ("--gtest_filter=*has_data", "HARNESS_WRAPPER=/nonexistent/tool -q");

  g_assert_cmpint (run->status, ==, 1);
  assert_contains (run->out, "/nonexistent/tool");
}

static void
register_tests (Harness *harness)
{
  static const char *const mistakes[]
      = { "same-path", "same-name", "same-suite-name", "bad-name", "bad-suite", "empty-name" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat ("ends-", endings[i].filter, NULL);
      g_strdelimit (name, ".", '-');
      harness_add_full (harness, "gtest", name, test_ending, (gpointer)&endings[i], NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *name = g_strconcat ("refuses-", mistakes[i], NULL);
      harness_add_full (harness, "gtest", name, test_mistake_is_refused, (gpointer)mistakes[i],
                        NULL);
    }
  harness_add (harness, "gtest", "failure-names-its-place", test_failure_names_its_place);
  harness_add (harness, "gtest", "everything-runs", test_everything_runs_and_is_counted);
  harness_add (harness, "gtest", "litter-is-removed", test_litter_is_removed);
  harness_add (harness, "gtest", "disabled-is-left-out", test_disabled_is_left_out);
  harness_add (harness, "gtest", "disabled-runs-when-asked", test_disabled_runs_when_asked);
  harness_add (harness, "gtest", "list-is-clean", test_list_is_clean);
  harness_add (harness, "gtest", "list-honours-the-filter", test_list_honours_the_filter);
  harness_add (harness, "gtest", "last-flag-wins", test_last_flag_wins);
  harness_add (harness, "gtest", "help-is-recognised", test_help_is_recognised);
  harness_add (harness, "gtest", "unknown-flags-are-ignored", test_unknown_flags_are_ignored);
  harness_add (harness, "gtest", "break-runs-in-process", test_break_runs_in_process);
  harness_add (harness, "gtest", "without-flags-it-is-glib", test_without_flags_it_is_glib);
  harness_add (harness, "gtest", "wrapper-wraps-each-test", test_wrapper_wraps_each_test);
}

HARNESS_MAIN (register_tests)
