/* SPDX-License-Identifier: MIT */
/* Windows: somebody else has the file open. A virus scanner does so with each new file. */
#include "base/platform.h"

#include <windows.h>

#include "tests/harness/harness.h"

#define EVERYTHING (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
/* Longer than a scan of a small file mostly takes, shorter than the module waits. */
#define FOR_A_MOMENT_US 250000

typedef struct
{
  char *folder; /* (unowned) */
  char *path;   /* (owned) */
  HANDLE other; /* (owned): somebody else's */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = (char *)harness_tmpdir ();
  self->path = g_build_filename (self->folder, "f\xc3\xa9", NULL);
  self->other = INVALID_HANDLE_VALUE;
  g_assert_true (ttecomm_platform_replace_file (self->path, "old", 3, NULL, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->other != INVALID_HANDLE_VALUE)
    CloseHandle (self->other);
  g_free (self->path);
}

static void
open_elsewhere (Fixture *self, DWORD share)
{
  g_autofree gunichar2 *name = g_utf8_to_utf16 (self->path, -1, NULL, NULL, NULL);

  self->other = CreateFileW ((wchar_t *)name, GENERIC_READ, share, NULL, OPEN_EXISTING, 0, NULL);
  g_assert_true (self->other != INVALID_HANDLE_VALUE);
}

static gpointer
close_in_a_moment (gpointer data)
{
  Fixture *self = data;

  g_usleep (FOR_A_MOMENT_US);
  CloseHandle (self->other);
  self->other = INVALID_HANDLE_VALUE;
  return NULL;
}

static void
assert_holds (Fixture *self, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_no_temps (Fixture *self)
{
  g_autoptr (GArray) found
      = ttecomm_platform_list (self->folder, TTECOMM_PLATFORM_TEMP_PREFIX, G_MAXUINT);

  g_assert_cmpuint (found->len, ==, 0);
}

/* Whoever opened it before has the old bytes to the end. Some Windows refuse the change of names.
 */
static void
test_somebody_reads (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char bytes[8] = { 0 };
  DWORD n = 0;

  open_elsewhere (self, EVERYTHING);
  if (ttecomm_platform_replace_file (self->path, "new", 3, NULL, &error))
    assert_holds (self, "new");
  else
    {
      g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
      assert_holds (self, "old");
    }
  g_assert_true (ReadFile (self->other, bytes, sizeof bytes - 1, &n, NULL));
  g_assert_cmpstr (bytes, ==, "old");
  assert_no_temps (self);
}

/* For this the module waits. */
static void
test_somebody_scans (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GThread *thread;

  open_elsewhere (self, GPOINTER_TO_UINT (data));
  thread = g_thread_new ("scanner", close_in_a_moment, self);
  g_assert_true (ttecomm_platform_replace_file (self->path, "new", 3, NULL, &error));
  g_assert_no_error (error);
  g_thread_join (thread);
  assert_holds (self, "new");
}

static void
test_somebody_keeps_it (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_elsewhere (self, FILE_SHARE_READ);
  g_assert_false (ttecomm_platform_replace_file (self->path, "new", 3, NULL, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
  g_assert_nonnull (strstr (error->message, self->path));
  assert_holds (self, "old");
  assert_no_temps (self);
  g_clear_error (&error);

  g_assert_false (ttecomm_platform_remove_file (self->path, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
  assert_holds (self, "old");
}

static void
test_reading_waits_as_well (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  open_elsewhere (self, 0);
  thread = g_thread_new ("scanner", close_in_a_moment, self);
  bytes = ttecomm_platform_read_file (self->path, 9, &error);
  g_assert_no_error (error);
  g_thread_join (thread);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), (int)g_bytes_get_size (bytes), "old", 3);
}

static void
test_removing_and_locking_wait_as_well (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommPlatformLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  open_elsewhere (self, 0);
  thread = g_thread_new ("scanner", close_in_a_moment, self);
  lock = ttecomm_platform_lock (self->path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (lock);
  g_thread_join (thread);
  g_clear_pointer (&lock, ttecomm_platform_lock_free);

  open_elsewhere (self, 0);
  thread = g_thread_new ("scanner", close_in_a_moment, self);
  g_assert_true (ttecomm_platform_remove_file (self->path, &error));
  g_assert_no_error (error);
  g_thread_join (thread);
  g_assert_false (ttecomm_platform_exists (self->path));
}

/* As a backup restores it, or a person marks it. */
static void
test_read_only_files_are_ours (Fixture *self, gconstpointer data)
{
  g_autofree gunichar2 *name = g_utf8_to_utf16 (self->path, -1, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (SetFileAttributesW ((wchar_t *)name, FILE_ATTRIBUTE_READONLY));
  g_assert_true (ttecomm_platform_replace_file (self->path, "new", 3, NULL, &error));
  g_assert_no_error (error);
  assert_holds (self, "new");
  g_assert_true (SetFileAttributesW ((wchar_t *)name, FILE_ATTRIBUTE_READONLY));
  g_assert_true (ttecomm_platform_remove_file (self->path, &error));
  g_assert_no_error (error);
  g_assert_false (ttecomm_platform_exists (self->path));
}

static void
test_reading_does_not_wait_for_ever (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_elsewhere (self, 0);
  g_assert_null (ttecomm_platform_read_file (self->path, 9, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
}

/* A temporary file that somebody writes is none that a killed process left. */
static void
test_temps_in_use_stay (Fixture *self, gconstpointer data)
{
  g_free (self->path);
  self->path = g_build_filename (self->folder, TTECOMM_PLATFORM_TEMP_PREFIX "1", NULL);
  g_assert_true (g_file_set_contents (self->path, "half", 4, NULL));
  open_elsewhere (self, 0);
  g_assert_cmpuint (ttecomm_platform_remove_stale_temps (self->folder), ==, 0);
  CloseHandle (self->other);
  self->other = INVALID_HANDLE_VALUE;
  g_assert_cmpuint (ttecomm_platform_remove_stale_temps (self->folder), ==, 1);
}

#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "platform-busy", name, Fixture, data, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("somebody-reads", NULL, test_somebody_reads);
  ADD ("somebody-scans", NULL, test_somebody_scans);
  ADD ("somebody-scans-and-lets-read", GUINT_TO_POINTER (FILE_SHARE_READ), test_somebody_scans);
  ADD ("somebody-keeps-it", NULL, test_somebody_keeps_it);
  ADD ("reading-waits-as-well", NULL, test_reading_waits_as_well);
  ADD ("removing-and-locking-wait-as-well", NULL, test_removing_and_locking_wait_as_well);
  ADD ("read-only-files-are-ours", NULL, test_read_only_files_are_ours);
  ADD ("reading-does-not-wait-for-ever", NULL, test_reading_does_not_wait_for_ever);
  ADD ("temps-in-use-stay", NULL, test_temps_in_use_stay);
}

HARNESS_MAIN (register_tests)
