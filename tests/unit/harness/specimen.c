/* SPDX-License-Identifier: MIT */
/* Tests that end in every way a test can, for gtest-test.c to look at. Never run by itself. */
#include "tests/harness/harness.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

static void
test_passes (void)
{
}

/* Its path begins with that of the one before: -p /specimen/passes must not run it. */
static void
test_passes_not (void)
{
  g_assert_not_reached ();
}

static void
test_fails (void)
{
  g_assert_cmpint (1, ==, 2); /* FAILS HERE */
}

static void
test_fails_softly (void)
{
  g_test_fail ();
}

static void
test_warns (void)
{
  g_warning ("a warning that nobody expected");
}

static void
test_aborts (void)
{
  abort ();
}

static void
test_segfaults (void)
{
  int *volatile nowhere = GSIZE_TO_POINTER (8);

  *nowhere = 1;
}

static void
test_hangs (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_main_loop_run (loop);
}

static void
test_exits (void)
{
  exit (0);
}

static void
leave_with_23 (void)
{
  _Exit (23);
}

/* What a leak checker does: the test passes, then the process ends badly. */
static void
test_exits_late (void)
{
  atexit (leave_with_23);
}

static void
test_skips (void)
{
  g_test_skip ("no such thing here");
}

static void
test_litters (void)
{
  g_autofree char *file = g_build_filename (harness_tmpdir (), "litter", NULL);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  abort ();
}

static void
test_shouts (void)
{
  static const char text[] = "[ RUN      ] Fake.test\n]]> \x01\x1b[31m \xff\xfe & < > \" \0 x";

  fwrite (text, 1, sizeof text - 1, stdout);
  fflush (stdout);
  g_test_fail ();
}

static void
test_floods (void)
{
  for (int i = 0; i < 200000; i++)
    fputs ("all work and no play\n", stdout);
}

/* Passes, but for a leak checker. */
static void
test_leaks (void)
{
  volatile char *lost = g_malloc (4321);

  lost[0] = 'x';
  lost = NULL;
}

static void
test_has_data (gconstpointer data)
{
  g_assert_cmpstr (data, ==, "row");
  g_print ("it spoke\n");
  harness_witness_log ("a line for the host");
  harness_witness_secret ("nonce", "specimen-of-a-nonce");
}

typedef struct
{
  int value;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture->value, ==, 0);
  fixture->value = GPOINTER_TO_INT (data);
}

static void
test_has_a_fixture (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture->value, ==, 7);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture->value, ==, GPOINTER_TO_INT (data));
}

/* A mistake of the author, on request. */
static void
register_mistake (Harness *harness, const char *mistake)
{
  if (g_str_equal (mistake, "same-path"))
    harness_add (harness, "specimen", "passes", test_passes);
  else if (g_str_equal (mistake, "same-name"))
    harness_add (harness, "specimen", "passes_not", test_passes);
  else if (g_str_equal (mistake, "same-suite-name"))
    harness_add (harness, "Specimen", "fails", test_passes);
  else if (g_str_equal (mistake, "bad-name"))
    harness_add (harness, "specimen", "7-of-9", test_passes);
  else if (g_str_equal (mistake, "bad-suite"))
    harness_add (harness, "a/b", "passes", test_passes);
  else if (g_str_equal (mistake, "empty-name"))
    harness_add (harness, "specimen", "", test_passes);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "specimen", "passes", test_passes);
  harness_add (harness, "specimen", "passes-not", test_passes_not);
  harness_add (harness, "specimen", "fails", test_fails);
  harness_add (harness, "specimen", "fails-softly", test_fails_softly);
  harness_add (harness, "specimen", "warns", test_warns);
  harness_add (harness, "specimen", "aborts", test_aborts);
  harness_add (harness, "specimen", "segfaults", test_segfaults);
  harness_add (harness, "specimen", "hangs", test_hangs);
  harness_add (harness, "specimen", "exits", test_exits);
  harness_add (harness, "specimen", "exits-late", test_exits_late);
  harness_add (harness, "specimen", "skips", test_skips);
  harness_add (harness, "specimen", "litters", test_litters);
  harness_add (harness, "specimen", "shouts", test_shouts);
  harness_add (harness, "specimen", "floods", test_floods);
  harness_add (harness, "specimen", "leaks", test_leaks);
  harness_add (harness, "specimen", "DISABLED_fails", test_fails);
  harness_add_full (harness, "other-things", "has-data", test_has_data, g_strdup ("row"), g_free);
  harness_add_fixture (harness, "other-things", "has-a-fixture", Fixture, GINT_TO_POINTER (7),
                       set_up, test_has_a_fixture, tear_down);
  if (g_getenv ("SPECIMEN_MISTAKE") != NULL)
    register_mistake (harness, g_getenv ("SPECIMEN_MISTAKE"));
}

HARNESS_MAIN (register_tests)
