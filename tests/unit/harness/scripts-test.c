/* SPDX-License-Identifier: MIT */
/* ./dev in a tree of its own, with stand-ins for what it calls: what it installs, what it says when
 * it cannot, and what it counts. */
#include "tests/harness/harness.h"
#include "tests/unit/harness/tree.h"

#include <glib/gstdio.h>
#include <string.h>

/* A copy of the scripts, and a folder of stand-ins that comes first in PATH. */
typedef struct
{
  const char *root; /* (unowned): the test's directory */
  char *bin;        /* (owned): the stand-ins */
  char *calls;      /* (owned): where they write what they were called with */
  char *out;        /* (owned) (nullable): of the last run */
  char *err;        /* (owned) (nullable): of the last run */
  int status;       /* of the last run */
} House;

static void
write_file (const char *path, const char *text)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0755), ==, 0);
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error));
  g_assert_no_error (error);
}

static void
add_stand_in (House *house, const char *name, const char *body)
{
  g_autofree char *path = g_build_filename (house->bin, name, NULL);
  g_autofree char *text = g_strdup_printf ("#!/usr/bin/env bash\necho \"%s $*\" >>%s\n%s\n", name,
                                           house->calls, body);

  write_file (path, text);
}

static void
copy_script (House *house, const char *path)
{
  g_autofree char *text = tree_read (path);
  g_autofree char *target = g_build_filename (house->root, path, NULL);

  write_file (target, text);
}

/* What stands for the search for secrets; leaks-test.c has the search itself. */
static void
add_search (House *house, const char *body)
{
  g_autofree char *path = g_build_filename (house->root, "tests/harness/leaks.py", NULL);
  g_autofree char *text = g_strdup_printf ("import sys\n%s\n", body);

  /* Written without G_FILE_SET_CONTENTS_CONSISTENT, the end of a longer one would stay. */
  g_unlink (path);
  write_file (path, text);
}

/* A script that ./dev starts. */
static void
add_part (House *house, const char *name, const char *body)
{
  g_autofree char *path = g_build_filename (house->root, name, NULL);
  g_autofree char *text = g_strdup_printf ("#!/usr/bin/env bash\n%s\n", body);

  write_file (path, text);
}

/* What ./dev starts in a folder of tests. */
static void
add_run (House *house, const char *folder, const char *body)
{
  g_autofree char *name = g_build_filename ("tests", folder, "run", NULL);

  add_part (house, name, body);
}

/* What ./dev samples starts: a Python program. */
static void
add_samples (House *house, const char *line, int status)
{
  g_autofree char *path = g_build_filename (house->root, "tests/samples/samples.py", NULL);
  g_autofree char *text = g_strdup_printf ("import sys\nprint('%s')\nsys.exit(%d)\n", line, status);

  write_file (path, text);
}

static void
set_up (House *house, gconstpointer data)
{
  house->root = harness_tmpdir ();
  house->bin = g_build_filename (house->root, "bin", NULL);
  house->calls = g_build_filename (house->root, "calls", NULL);
  copy_script (house, "dev");
  copy_script (house, ".ci/run");
  copy_script (house, "tests/harness/tally.py");
  add_samples (house, "no compiler for them", 77);
  add_search (house, "print('0 passed, 0 failed')");
  /* All is installed, configured and built, unless a test says otherwise. */
  add_run (house, "fuzz", "echo \"fuzz $*\"");
  add_part (house, "windows/run", "exit 77");
  add_part (house, "windows/libraries", "exit 0");
  add_part (house, "packaging/package", "exit 77");
  add_stand_in (house, "id", "echo 1000");
  add_stand_in (house, "sudo", "exit 1");
  add_stand_in (house, "apt-get", "exit 1");
  add_stand_in (house, "dpkg-query", "printf 'install ok installed'");
  add_stand_in (house, "ninja", "exit 0");
  add_stand_in (house, "meson",
                "[ \"$1\" = setup ] || exit 0\n"
                "mkdir -p \"$2/meson-info\"; touch \"$2/build.ninja\"\n"
                "printf '{\"source\": \"%s\"}' \"$PWD\" >\"$2/meson-info/meson-info.json\"");
}

static void
tear_down (House *house, gconstpointer data)
{
  g_free (house->bin);
  g_free (house->calls);
  g_free (house->out);
  g_free (house->err);
}

static void
run (House *house, const char *script, const char *arguments)
{
  g_autofree char *line = g_strdup_printf ("%s/%s %s", house->root, script, arguments);
  g_auto (GStrv) argv = g_strsplit (g_strchomp (line), " ", -1);
  g_autofree char *path = g_strdup_printf ("%s:%s", house->bin, g_getenv ("PATH"));
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "PATH", path, TRUE);
  g_subprocess_launcher_set_cwd (launcher, "/");
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  g_assert_no_error (error);
  g_clear_pointer (&house->out, g_free);
  g_clear_pointer (&house->err, g_free);
  g_assert_true (
      g_subprocess_communicate_utf8 (process, NULL, NULL, &house->out, &house->err, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  house->status = g_subprocess_get_exit_status (process);
  g_test_message ("out:\n%s\nerr:\n%s", house->out, house->err);
}

static char *
calls_of (House *house)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (house->calls, &text, NULL, NULL));
  return text;
}

static void
assert_contains (const char *text, const char *wanted)
{
  if (strstr (text, wanted) == NULL)
    g_error ("\"%s\" is not in \"%s\"", wanted, text);
}

/* The output ends with this line and nothing after it. */
static void
assert_last_line (House *house, const char *line)
{
  g_autofree char *wanted = g_strdup_printf ("\n%s\n", line);

  g_assert_true (g_str_has_suffix (house->out, wanted));
}

static void
test_says_what_to_install (House *house, gconstpointer data)
{
  g_autofree char *calls = NULL;

  add_stand_in (house, "dpkg-query",
                "case $* in *libsoup*|*meson*) exit 1 ;; *) printf 'install ok installed' ;; esac");
  run (house, "dev", "build");
  g_assert_cmpint (house->status, ==, 2);
  g_assert_cmpstr (house->out, ==,
                   "  sudo apt-get update && sudo apt-get install --no-install-recommends "
                   "meson libsoup-3.0-dev\n");
  calls = calls_of (house);
  g_assert_null (strstr (calls, "\napt-get"));
  g_assert_null (strstr (calls, "\nninja"));
}

/* A removed package whose settings are still there is not an installed one. */
static void
test_sees_a_removed_package (House *house, gconstpointer data)
{
  add_stand_in (house, "dpkg-query",
                "case $* in *gettext*) printf 'deinstall ok config-files' ;; "
                "*) printf 'install ok installed' ;; esac");
  run (house, "dev", "build");
  g_assert_cmpint (house->status, ==, 2);
  assert_contains (house->out, "--no-install-recommends gettext\n");
}

static void
test_installs_with_root_and_retries (House *house, gconstpointer data)
{
  g_autofree char *calls = NULL;
  const char *second = NULL;

  add_stand_in (house, "id", "echo 0");
  add_stand_in (house, "dpkg-query",
                "case $* in *meson*) exit 1 ;; *) printf 'install ok installed' ;; esac");
  add_stand_in (house, "apt-get",
                "[ \"$DEBIAN_FRONTEND\" = noninteractive ] || exit 1\n"
                "case $* in *update*) exit 0 ;; esac\n"
                "[ $(grep -c 'apt-get.*install' ${0%/*}/../calls) = 2 ]");
  run (house, "dev", "build");
  g_assert_cmpint (house->status, ==, 0);
  calls = calls_of (house);
  second = g_strrstr (calls, "install --no-install-recommends meson\n");
  g_assert_nonnull (second);
  g_assert_true (g_strstr_len (calls, second - calls, "install --no-install-recommends meson\n"));
  g_assert_nonnull (g_strstr_len (calls, second - calls, " update\n"));
  g_assert_null (strstr (calls, "sudo"));
}

static void
test_failed_installation_is_told (House *house, gconstpointer data)
{
  add_stand_in (house, "dpkg-query", "exit 1");
  add_stand_in (house, "sudo", "[ \"$2\" = true ] || { echo no network; exit 100; }");
  run (house, "dev", "build");
  g_assert_cmpint (house->status, ==, 2);
  assert_contains (house->err, "no network");
  assert_contains (house->out, "sudo apt-get update && sudo apt-get install");
}

static void
test_build_failure_is_told (House *house, gconstpointer data)
{
  static const char *const commands[] = { "build", "test", "demo", "valgrind", "vectors dev" };

  add_stand_in (house, "ninja", "echo 'x.c:1: error: boom'; exit 1");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_str_has_prefix (commands[i], "vectors")
                                  ? g_strdup_printf ("vectors %s/dev", house->root)
                                  : g_strdup (commands[i]);
      run (house, "dev", line);
      g_assert_cmpint (house->status, ==, 1);
      assert_contains (house->err, "x.c:1: error: boom");
      assert_contains (house->err, "build/logs/build-build.log");
      assert_contains (house->err, "dev: the build failed\n");
    }
}

static void
test_moved_tree_is_configured_anew (House *house, gconstpointer data)
{
  g_autofree char *stale = g_build_filename (house->root, "build", "stale", NULL);
  g_autofree char *calls = NULL;

  write_file (stale, "");
  run (house, "dev", "build");
  g_assert_cmpint (house->status, ==, 0);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
  write_file (stale, "");
  run (house, "dev", "build");
  g_assert_true (g_file_test (stale, G_FILE_TEST_EXISTS));
  calls = calls_of (house);
  g_assert_true (strstr (calls, "meson setup") == g_strrstr (calls, "meson setup"));
}

/* Makes `meson test` leave these results behind and exit with `status`. */
static void
add_results (House *house, int status, const char *log, const char *report)
{
  g_autofree char *logged = g_shell_quote (log);
  g_autofree char *reported = g_shell_quote (report);
  g_autofree char *body = g_strdup_printf (
      "if [ \"$1\" = setup ]; then\n"
      "  mkdir -p \"$2/meson-info\"; touch \"$2/build.ninja\"\n"
      "  printf '{\"source\": \"%%s\"}' \"$PWD\" >\"$2/meson-info/meson-info.json\"; exit\n"
      "fi\n"
      "case $* in *--list*) echo 'ttecomm:gate / a'; exit ;; esac\n"
      "mkdir -p \"$3/meson-logs\"\n"
      "[ -z %s ] || printf '%%s' %s >\"$3/meson-logs/testlog.json\"\n"
      "[ -z %s ] || printf '%%s' %s >\"$3/a.xml\"\n"
      "exit %d",
      logged, logged, reported, reported, status);

  add_stand_in (house, "meson", body);
}

#define A_FAILED "{\"name\": \"ttecomm:gate / a\", \"result\": \"FAIL\"}\n"
#define A_OK "{\"name\": \"ttecomm:gate / a\", \"result\": \"OK\"}\n"
#define A_TIMEOUT "{\"name\": \"ttecomm:gate / a\", \"result\": \"TIMEOUT\"}\n"
#define B_OK "{\"name\": \"ttecomm:gate / b\", \"result\": \"OK\"}\n"
#define C_SKIP "{\"name\": \"ttecomm:gate / c\", \"result\": \"SKIP\"}\n"
#define PASS_CASE "<testcase classname=\"A\" name=\"p\" status=\"run\"/>"
#define FAIL_CASE                                                                                  \
  "<testcase classname=\"A\" name=\"f\" status=\"run\">"                                           \
  "<failure message=\"x.c:3&#x0A;why\"/></testcase>"
#define SKIP_CASE "<testcase classname=\"A\" name=\"s\" status=\"run\"><skipped/></testcase>"
#define REPORT(cases) "<testsuites><testsuite>" cases "</testsuite></testsuites>"

typedef struct
{
  const char *name;
  int meson_status;
  const char *log;
  const char *report;
  const char *last_line;
} Count;

static const Count counts[] = {
  { "all-good", 0, A_OK B_OK, REPORT (PASS_CASE PASS_CASE), "3 passed, 0 failed" },
  { "one-case-failed", 1, A_FAILED B_OK, REPORT (PASS_CASE FAIL_CASE), "2 passed, 1 failed" },
  { "skipped", 0, A_OK C_SKIP, REPORT (PASS_CASE SKIP_CASE), "1 passed, 0 failed, 2 skipped" },
  { "died-after-good-cases", 1, A_FAILED, REPORT (PASS_CASE), "1 passed, 1 failed" },
  { "died-without-report", 1, A_FAILED B_OK, "", "1 passed, 1 failed" },
  { "timed-out", 1, A_TIMEOUT, "", "0 passed, 1 failed" },
  { "meson-itself-failed", 2, A_OK, REPORT (PASS_CASE), "1 passed, 1 failed" },
  { "nothing-ran", 0, "", "", "0 passed, 1 failed" },
  { "empty-log", 0, "\n", "", "0 passed, 1 failed" },
  { "broken-report", 0, A_OK, "<testsuites>", "0 passed, 1 failed" },
};

static void
test_count (House *house, gconstpointer data)
{
  const Count *count = data;
  gboolean good = strstr (count->last_line, " 0 failed") != NULL;

  add_results (house, count->meson_status, count->log, count->report);
  run (house, "dev", "test --plain");
  assert_last_line (house, count->last_line);
  g_assert_cmpint (house->status, ==, good ? 0 : 1);
}

static void
test_failure_is_named (House *house, gconstpointer data)
{
  add_results (house, 1, A_FAILED, REPORT (FAIL_CASE));
  run (house, "dev", "test --plain");
  assert_contains (house->out, "  FAILED a A.f: x.c:3: why\n");
  assert_contains (house->err, "build/logs");
}

/* What a sanitizer found, not the pages after it; of one without a report, what it said last. */
static void
test_failure_is_shown (House *house, gconstpointer data)
{
  add_results (house, 1, A_FAILED,
               REPORT ("<testcase classname=\"A\" name=\"f\"><failure message=\"x.c:3&#x0A;why\">"
                       "x.c:3\nwhy\nbefore\n==7==ERROR: AddressSanitizer: heap\n  #0 found\n"
                       "</failure></testcase>"));
  run (house, "dev", "test --plain");
  assert_contains (house->out, "  FAILED a A.f: x.c:3: why\n"
                               "    | ==7==ERROR: AddressSanitizer: heap\n"
                               "    |   #0 found\n");
  g_assert_null (strstr (house->out, "before"));
  add_results (house, 1,
               "{\"name\": \"ttecomm:gate / a\", \"result\": \"TIMEOUT\","
               " \"stdout\": \"it hung\"}\n",
               "");
  run (house, "dev", "test --plain");
  assert_contains (house->out, "  FAILED a: timeout\n    | it hung\n");
}

/* A run in which all went well, but that said a secret, is not a good one. */
static void
test_said_secrets_fail (House *house, gconstpointer data)
{
  g_autofree char *witness = g_build_filename (house->root, "build/logs/witness", NULL);
  g_autofree char *expected = g_strdup_printf ("--complete %s", witness);

  add_results (house, 0, A_OK, REPORT (PASS_CASE PASS_CASE));
  add_search (house,
              "print(*sys.argv[1:]); print('FAILED card: x:1'); print('0 passed, 1 failed')");
  run (house, "dev", "test --plain");
  assert_last_line (house, "2 passed, 1 failed");
  assert_contains (house->out, "\nFAILED card: x:1\n");
  assert_contains (house->out, expected);
  assert_contains (house->out, " build/meson-logs/testlog.json");
  assert_contains (house->out, " build/a.xml");
  assert_contains (house->out, "/build/logs/tests.log");
  g_assert_cmpint (house->status, ==, 1);
  /* Of one test it cannot be asked that it used each kind of secret. */
  run (house, "dev", "test --plain a");
  g_assert_null (strstr (house->out, "--complete"));
  g_assert_true (g_file_test (witness, G_FILE_TEST_IS_DIR));
}

/* A search that cannot say what it found has found something. */
static void
test_broken_search_fails (House *house, gconstpointer data)
{
  add_results (house, 0, A_OK, REPORT (PASS_CASE PASS_CASE));
  add_search (house, "sys.exit('no such file')");
  run (house, "dev", "test --plain");
  assert_last_line (house, "2 passed, 1 failed");
  assert_contains (house->out, "no such file");
}

/* Plainly, under the sanitizers, under valgrind: three runs of the same. */
static void
test_runs_are_summed (House *house, gconstpointer data)
{
  g_autofree char *calls = NULL;

  add_results (house, 0, A_OK, REPORT (PASS_CASE PASS_CASE));
  run (house, "dev", "test");
  assert_last_line (house, "6 passed, 0 failed");
  calls = calls_of (house);
  assert_contains (calls, "meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false");
  assert_contains (calls, "meson test -C build-asan");
  assert_contains (calls, "--setup valgrind");
}

static void
test_a_room_can_be_chosen (House *house, gconstpointer data)
{
  g_autofree char *calls = NULL;

  add_results (house, 0, A_OK, REPORT (PASS_CASE));
  run (house, "dev", "test --plain gate");
  assert_last_line (house, "1 passed, 0 failed");
  calls = calls_of (house);
  assert_contains (calls, "meson test -C build --no-rebuild a\n");
  run (house, "dev", "test --plain attic");
  g_assert_cmpint (house->status, ==, 2);
  assert_contains (house->err, "no test and no room is called attic");
}

static void
test_ci_counts_last (House *house, gconstpointer data)
{
  g_autofree char *demo = g_build_filename (house->root, "build/tests/demo/ttecomm-demo", NULL);

  add_results (house, 0, A_OK, REPORT (PASS_CASE));
  add_run (house, "referees", "echo 'SKIPPED'; exit 77");
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nOF THE SAMPLES SOME OR ALL WERE SKIPPED\n");
  assert_contains (house->out, "\nOF THE REFEREES SOME OR ALL WERE SKIPPED\n");
  assert_last_line (house, "3 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 0);
  write_file (demo, "#!/bin/sh\necho shown\nexit 3\n");
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nshown\nthe demo failed\n");
  assert_last_line (house, "3 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 3);
}

static void
test_ci_counts_the_referees (House *house, gconstpointer data)
{
  add_results (house, 0, A_OK, REPORT (PASS_CASE));
  add_run (house, "referees", "echo '40 passed, 0 failed'");
  run (house, ".ci/run", "");
  assert_last_line (house, "43 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 0);
  add_run (house, "referees", "echo '38 passed, 2 failed'; exit 1");
  run (house, ".ci/run", "");
  assert_last_line (house, "41 passed, 2 failed");
  g_assert_cmpint (house->status, ==, 1);
}

/* Also what a suite counted that had to skip a part; a failure of one ends the rest. */
static void
test_ci_counts_the_samples (House *house, gconstpointer data)
{
  add_results (house, 0, A_OK, REPORT (PASS_CASE));
  add_samples (house, "20 passed, 0 failed, 2 skipped", 77);
  add_run (house, "referees", "echo '40 passed, 0 failed'");
  run (house, ".ci/run", "");
  assert_last_line (house, "63 passed, 0 failed, 2 skipped");
  g_assert_cmpint (house->status, ==, 0);
  add_samples (house, "19 passed, 1 failed", 1);
  run (house, ".ci/run", "");
  assert_last_line (house, "22 passed, 1 failed");
  g_assert_cmpint (house->status, ==, 1);
}

/* Where its libraries can be had; then its demo, too, and what is packed. */
static void
test_ci_builds_for_windows (House *house, gconstpointer data)
{
  add_results (house, 0, A_OK, REPORT (PASS_CASE));
  add_run (house, "referees", "exit 77");
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nOF THE WINDOWS SOME OR ALL WERE SKIPPED\n");
  assert_contains (house->out, "\nOF THE PACKAGE SOME OR ALL WERE SKIPPED\n");
  assert_last_line (house, "3 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 0);
  add_part (house, "windows/run", "echo '900 passed, 0 failed'");
  add_part (house, "packaging/package", "echo '4 passed, 0 failed'");
  add_part (house, "build-windows/x86_64/tests/demo/ttecomm-demo.exe", "exit 0");
  add_part (house, "windows/demo", "echo shown under Wine");
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nshown under Wine\n");
  assert_last_line (house, "907 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 0);
  add_part (house, "windows/demo", "exit 5");
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nthe demo for Windows failed\n");
  assert_last_line (house, "903 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 5);
  add_part (house, "windows/run", "echo '899 passed, 1 failed'; exit 1");
  run (house, ".ci/run", "");
  assert_last_line (house, "902 passed, 1 failed");
  g_assert_cmpint (house->status, ==, 1);
}

/* A machine that is too slow is told what it did not run. */
static void
test_ci_leaves_out_what_does_not_fit (House *house, gconstpointer data)
{
  add_results (house, 0, A_OK, REPORT (PASS_CASE));
  add_run (house, "referees", "exit 77");
  add_part (house, "windows/run", "echo '900 passed, 0 failed'");
  g_setenv ("CI_MINUTES", "20", TRUE);
  run (house, ".ci/run", "");
  assert_contains (house->out,
                   "\nTHE MODULE FOR WINDOWS: SKIPPED, IT TAKES 24 MINUTES AND 20 ARE LEFT\n");
  assert_contains (house->out, "\nfuzz 60\n");
  assert_last_line (house, "3 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 0);
  g_setenv ("CI_MINUTES", "2", TRUE);
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nTHE FUZZERS: SKIPPED, IT TAKES 3 MINUTES AND 2 ARE LEFT\n");
  g_unsetenv ("CI_MINUTES");
}

static void
test_ci_fuzzes (House *house, gconstpointer data)
{
  add_results (house, 0, A_OK, REPORT (PASS_CASE));
  add_run (house, "referees", "exit 77");
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nfuzz 60\n");
  assert_last_line (house, "3 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 0);
  add_run (house, "fuzz", "exit 77");
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nTHE FUZZERS WERE SKIPPED\n");
  g_assert_cmpint (house->status, ==, 0);
  add_run (house, "fuzz", "exit 1");
  run (house, ".ci/run", "");
  assert_contains (house->out, "\nthe fuzzers found something\n");
  assert_last_line (house, "3 passed, 0 failed");
  g_assert_cmpint (house->status, ==, 1);
}

static void
test_wrong_use (House *house, gconstpointer data)
{
  static const char *const uses[]
      = { "dance", "vectors", "vectors /nonexistent/file", "test --fast", "vectors a b" };

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      run (house, "dev", uses[i]);
      g_assert_cmpint (house->status, ==, 2);
      g_assert_true (g_str_has_prefix (house->err, "dev: "));
    }
  run (house, "dev", "help");
  g_assert_cmpint (house->status, ==, 0);
  assert_contains (house->out, "usage: ./dev COMMAND");
}

/* Xvfb begins anew when its last client goes, unless told not to: who comes in that moment finds no
 * display, and what was set is forgotten. */
static void
test_display_outlives_its_clients (void)
{
  static const char *const parts[] = { "Xvfb", "xdotool" };
  g_autofree char *script = harness_source_path ("tests/tools/with-display");
  const char *argv[] = {
    script, "sh",
    "-c",   "xdotool mousemove 7 11 && for i in 1 2 3; do xdotool getmouselocation; done",
    NULL,
  };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *found = g_find_program_in_path (parts[i]);

      if (found == NULL)
        {
          g_test_skip ("there is no Xvfb or no xdotool here");
          return;
        }
    }
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  for (const char *at = out; *at != '\0'; at = strchr (at, '\n') + 1)
    g_assert_true (g_str_has_prefix (at, "x:7 y:11 "));
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *name = g_strconcat ("counts-", counts[i].name, NULL);
      harness_add_fixture (harness, "scripts", name, House, &counts[i], set_up, test_count,
                           tear_down);
    }
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "scripts", name, House, NULL, set_up, func, tear_down)
  ADD ("says-what-to-install", test_says_what_to_install);
  ADD ("sees-a-removed-package", test_sees_a_removed_package);
  ADD ("installs-with-root", test_installs_with_root_and_retries);
  ADD ("failed-installation-is-told", test_failed_installation_is_told);
  ADD ("build-failure-is-told", test_build_failure_is_told);
  ADD ("moved-tree", test_moved_tree_is_configured_anew);
  ADD ("failure-is-named", test_failure_is_named);
  ADD ("failure-is-shown", test_failure_is_shown);
  ADD ("said-secrets-fail", test_said_secrets_fail);
  ADD ("broken-search-fails", test_broken_search_fails);
  ADD ("runs-are-summed", test_runs_are_summed);
  ADD ("a-room-can-be-chosen", test_a_room_can_be_chosen);
  ADD ("ci-counts-last", test_ci_counts_last);
  ADD ("ci-counts-the-referees", test_ci_counts_the_referees);
  ADD ("ci-counts-the-samples", test_ci_counts_the_samples);
  ADD ("ci-builds-for-windows", test_ci_builds_for_windows);
  ADD ("ci-leaves-out-what-does-not-fit", test_ci_leaves_out_what_does_not_fit);
  ADD ("ci-fuzzes", test_ci_fuzzes);
  ADD ("wrong-use", test_wrong_use);
#undef ADD
  harness_add (harness, "scripts", "display-outlives-its-clients",
               test_display_outlives_its_clients);
}

HARNESS_MAIN (register_tests)
