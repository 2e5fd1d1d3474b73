/* SPDX-License-Identifier: MIT */
#include "base/platform.h"

#include <glib/gstdio.h>

#include "tests/harness/harness.h"
#include "tests/support/disk.h"

/* The owner of @path in @folder: a helper so that each test says only what is different. */
static char *
in_folder (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static guint
count_temps (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, TTECOMM_PLATFORM_TEMP_PREFIX) ? 1 : 0;
  return n;
}

static void
test_replaces_durably (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *path = in_folder (folder, "file");
  g_autofree char *lock = in_folder (folder, "lock");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (ttecomm_platform_replace_file (path, "old", 3, lock, &error));
  g_assert_no_error (error);
  g_assert_true (ttecomm_platform_replace_file (path, "newer", 5, NULL, &error));
  bytes = ttecomm_platform_read_file (path, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), (int)g_bytes_get_size (bytes), "newer", 5);
  test_disk_assert_private (path, 0600);
  g_assert_cmpuint (count_temps (folder), ==, 0);
}

static void
test_held_lock_writes_nothing (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *path = in_folder (folder, "file");
  g_autofree char *lock_path = in_folder (folder, "lock");
  g_autoptr (TtecommPlatformLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (ttecomm_platform_replace_file (path, "old", 3, lock_path, &error));
  lock = ttecomm_platform_lock (lock_path, &error);
  g_assert_no_error (error);
  g_assert_false (ttecomm_platform_replace_file (path, "new", 3, lock_path, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_LOCKED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (count_temps (folder), ==, 0);

  g_clear_pointer (&lock, ttecomm_platform_lock_free);
  g_clear_error (&error);
  g_assert_true (ttecomm_platform_replace_file (path, "new", 3, lock_path, &error));
}

static void
expect_read_error (const char *path, gsize max_bytes, TtecommPlatformError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ttecomm_platform_read_file (path, max_bytes, &error);

  g_assert_null (bytes);
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, (gint)code);
}

/* What somebody else may have put where our file belongs. */
static void
test_reads_ordinary_files_only (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *file = in_folder (folder, "file");
  g_autofree char *missing = in_folder (folder, "missing");

  g_assert_true (g_file_set_contents (file, "12345", 5, NULL));
  expect_read_error (missing, 10, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
  expect_read_error (folder, 10, TTECOMM_PLATFORM_ERROR_KIND);
  expect_read_error (test_disk_get_device (), 10, TTECOMM_PLATFORM_ERROR_KIND);
  expect_read_error (file, 4, TTECOMM_PLATFORM_ERROR_SIZE);
}

static void
test_follows_no_link (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *file = in_folder (folder, "file");
  g_autofree char *link = in_folder (folder, "link");

  g_assert_true (g_file_set_contents (file, "12345", 5, NULL));
  if (!test_disk_make_link (file, link))
    {
      g_test_skip ("no links here");
      return;
    }
  expect_read_error (link, 10, TTECOMM_PLATFORM_ERROR_KIND);
}

static void
test_waits_for_no_pipe (void)
{
  g_autofree char *pipe = in_folder (harness_tmpdir (), "pipe");

  if (!test_disk_make_pipe (pipe))
    {
      g_test_skip ("no pipes among files here");
      return;
    }
  expect_read_error (pipe, 10, TTECOMM_PLATFORM_ERROR_KIND);
}

static void
test_empty_file (void)
{
  g_autofree char *path = in_folder (harness_tmpdir (), "file");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (ttecomm_platform_replace_file (path, NULL, 0, NULL, &error));
  bytes = ttecomm_platform_read_file (path, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
}

static void
test_says_why_it_cannot_write (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *no_folder = in_folder (folder, "missing/file");
  g_autofree char *on_folder = in_folder (folder, "taken");
  g_autoptr (GError) error = NULL;

  g_assert_false (ttecomm_platform_replace_file (no_folder, "x", 1, NULL, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_cmpint (g_mkdir (on_folder, 0700), ==, 0);
  g_assert_false (ttecomm_platform_replace_file (on_folder, "x", 1, NULL, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
  g_assert_cmpuint (count_temps (folder), ==, 0);
}

static void
test_removes (void)
{
  g_autofree char *path = in_folder (harness_tmpdir (), "file");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_true (ttecomm_platform_remove_file (path, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (ttecomm_platform_remove_file (path, &error));
  g_assert_no_error (error);
}

static void
test_removes_stale_temps_only (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *stale = in_folder (folder, TTECOMM_PLATFORM_TEMP_PREFIX "abc");
  g_autofree char *busy = in_folder (folder, TTECOMM_PLATFORM_TEMP_PREFIX "def");
  g_autofree char *other = in_folder (folder, "other");
  g_autofree char *missing = in_folder (folder, "missing");
  g_autoptr (TtecommPlatformLock) writer = NULL;

  g_assert_true (g_file_set_contents (stale, "half", 4, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  writer = ttecomm_platform_lock (busy, NULL);
  g_assert_nonnull (writer);

  g_assert_cmpuint (ttecomm_platform_remove_stale_temps (folder), ==, 1);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (busy, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (ttecomm_platform_remove_stale_temps (missing), ==, 0);
}

static void
test_private_folder (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *deep = in_folder (folder, "a/b");
  g_autofree char *file = in_folder (folder, "file");
  g_autofree char *below_file = in_folder (folder, "file/c");
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_platform_make_private_folder (deep, &error));
  g_assert_true (ttecomm_platform_make_private_folder (deep, &error));
  test_disk_assert_private (deep, 0700);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_false (ttecomm_platform_make_private_folder (below_file, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "platform", "replaces-durably", test_replaces_durably);
  harness_add (harness, "platform", "held-lock-writes-nothing", test_held_lock_writes_nothing);
  harness_add (harness, "platform", "reads-ordinary-files-only", test_reads_ordinary_files_only);
  harness_add (harness, "platform", "follows-no-link", test_follows_no_link);
  harness_add (harness, "platform", "waits-for-no-pipe", test_waits_for_no_pipe);
  harness_add (harness, "platform", "empty-file", test_empty_file);
  harness_add (harness, "platform", "says-why-it-cannot-write", test_says_why_it_cannot_write);
  harness_add (harness, "platform", "removes", test_removes);
  harness_add (harness, "platform", "removes-stale-temps-only", test_removes_stale_temps_only);
  harness_add (harness, "platform", "private-folder", test_private_folder);
}

HARNESS_MAIN (register_tests)
