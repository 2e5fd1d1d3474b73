/* SPDX-License-Identifier: MIT */
#include "tests/harness/harness.h"

#include <glib/gstdio.h>

static void
test_tmpdir_is_empty_and_new (void)
{
  const char *first = harness_tmpdir ();
  const char *second = harness_tmpdir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (first, 0, &error);

  g_assert_no_error (error);
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpstr (first, !=, second);
  g_assert_true (g_path_is_absolute (first));
}

static void
test_paths_are_absolute (void)
{
  g_autofree char *data = harness_data_path ("a.nbt");
  g_autofree char *source = harness_source_path ("meson.build");
  g_autofree char *build = harness_build_path ("build.ninja");

  g_assert_true (g_str_has_suffix (data, "/a.nbt"));
  g_assert_true (g_path_is_absolute (data));
  g_assert_true (g_file_test (source, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (build, G_FILE_TEST_IS_REGULAR));
}

static void
test_data_path_follows_the_environment (void)
{
  g_autofree char *expected = g_canonicalize_filename ("/elsewhere/data/a.nbt", "/");
  g_autofree char *path = NULL;

  g_setenv ("TEST_DATA_DIR", "/elsewhere/data", TRUE);
  path = harness_data_path ("a.nbt");
  g_unsetenv ("TEST_DATA_DIR");
  g_assert_cmpstr (path, ==, expected);
}

static gboolean
is_set (gpointer data)
{
  return g_atomic_int_get ((int *)data) != 0;
}

static gboolean
set_cb (gpointer data)
{
  g_atomic_int_set ((int *)data, 1);
  return G_SOURCE_REMOVE;
}

static gpointer
set_thread (gpointer data)
{
  g_atomic_int_set ((int *)data, 1);
  return NULL;
}

static void
test_wait_ends_with_the_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) source = g_idle_source_new ();
  int flag = 0;

  g_main_context_push_thread_default (context);
  g_source_set_callback (source, set_cb, &flag, NULL);
  g_source_attach (source, context);
  g_assert_true (harness_wait_until (is_set, &flag, 60000));
  g_main_context_pop_thread_default (context);
}

static void
test_wait_sees_another_thread (void)
{
  int flag = 0;
  GThread *thread = g_thread_new ("setter", set_thread, &flag);

  g_assert_true (harness_wait_until (is_set, &flag, 60000));
  g_thread_join (thread);
}

static void
test_wait_gives_up (void)
{
  int flag = 0;

  g_assert_false (harness_wait_until (is_set, &flag, 1));
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "support", "tmpdir-is-empty-and-new", test_tmpdir_is_empty_and_new);
  harness_add (harness, "support", "paths-are-absolute", test_paths_are_absolute);
  harness_add (harness, "support", "data-path-follows-the-environment",
               test_data_path_follows_the_environment);
  harness_add (harness, "support", "wait-ends-with-the-context", test_wait_ends_with_the_context);
  harness_add (harness, "support", "wait-sees-another-thread", test_wait_sees_another_thread);
  harness_add (harness, "support", "wait-gives-up", test_wait_gives_up);
}

HARNESS_MAIN (register_tests)
