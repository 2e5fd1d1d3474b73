/* SPDX-License-Identifier: MIT */
/* Names that a person gives: other letters, blanks, and more of them than 260. And what two
 * processes see of each other. */
#include "base/platform-private.h"

#include <string.h>

#include "tests/harness/harness.h"

/* Windows counts 260 letters for a path. */
#define LONG 300
#define LETTERS "d\xc3\xa9j\xc3\xa0 vu \xe6\xbc\xa2\xe5\xad\x97 \xf0\x9f\x94\x91"
#define PATH_VARIABLE "PLATFORM_TEST_PATH"

static void
assert_holds (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ttecomm_platform_read_file (path, 100, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), (int)g_bytes_get_size (bytes), expected,
                   (int)strlen (expected));
}

static void
assert_lists (const char *folder, const char *name)
{
  g_autoptr (GArray) found = ttecomm_platform_list (folder, name, 10);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (g_array_index (found, TtecommPlatformEntry, 0).name, ==, name);
  g_assert_true (g_array_index (found, TtecommPlatformEntry, 0).is_ordinary);
}

static gint64
get_modified (const char *folder, const char *name)
{
  g_autoptr (GArray) found = ttecomm_platform_list (folder, name, 1);

  g_assert_cmpuint (found->len, ==, 1);
  return g_array_index (found, TtecommPlatformEntry, 0).modified;
}

static void
assert_is_now (gint64 time)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  /* A disk may round. */
  g_assert_cmpint (time, >=, now - 30);
  g_assert_cmpint (time, <=, now + 2);
}

/* All that the module does with files, in @folder, which is made and goes again. */
static void
use (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *lock_path = g_build_filename (folder, "lock", NULL);
  g_autoptr (TtecommPlatformLock) lock = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_platform_make_private_folder (folder, &error));
  g_assert_no_error (error);
  g_assert_false (ttecomm_platform_exists (path));
  g_assert_true (ttecomm_platform_replace_file (path, "old", 3, lock_path, &error));
  g_assert_no_error (error);
  g_assert_true (ttecomm_platform_replace_file (path, "new", 3, lock_path, &error));
  assert_holds (path, "new");
  g_assert_true (ttecomm_platform_exists (path));
  assert_lists (folder, name);
  ttecomm_platform_touch (path);
  assert_is_now (get_modified (folder, name));
  lock = ttecomm_platform_lock (lock_path, &error);
  g_assert_no_error (error);
  g_assert_false (ttecomm_platform_replace_file (path, "late", 4, lock_path, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_LOCKED);
  g_assert_cmpuint (ttecomm_platform_remove_stale_temps (folder), ==, 0);
  g_clear_pointer (&lock, ttecomm_platform_lock_free);
  g_assert_true (ttecomm_platform_remove_file (path, NULL));
  g_assert_false (ttecomm_platform_exists (path));
  g_assert_true (ttecomm_platform_unlink (lock_path, NULL));
  g_assert_true (ttecomm_platform_os_remove_folder (folder));
}

static void
test_other_letters (void)
{
  g_autofree char *folder = g_build_filename (harness_tmpdir (), LETTERS, "a b", NULL);

  use (folder, LETTERS ".txt");
}

/* Folder by folder, since not everybody can remove what lies that deep. */
static void
remove_up_to (const char *path, const char *top)
{
  g_autofree char *at = g_strdup (path);

  while (!g_str_equal (at, top))
    {
      char *parent = g_path_get_dirname (at);

      (void)ttecomm_platform_os_remove_folder (at);
      g_free (at);
      at = parent;
    }
}

static void
test_long_paths (void)
{
  const char *top = harness_tmpdir ();
  g_autoptr (GString) folder = g_string_new (top);

  while (g_utf8_strlen (folder->str, -1) < LONG)
    g_string_append (folder,
                     G_DIR_SEPARATOR_S "quite a long name of a folder \xe6\xbc\xa2\xe5\xad\x97");
  use (folder->str, LETTERS ".txt");
  remove_up_to (folder->str, top);
}

/* On Windows a long path is written in another form, in which "." and "/" would be names. */
static void
test_long_paths_by_detours (void)
{
  const char *top = harness_tmpdir ();
  g_autoptr (GString) folder = g_string_new (top);

  while (folder->len < LONG)
    g_string_append (folder, "/./quite a long name of a folder/../quite a long name of a folder");
  use (folder->str, "file");
  remove_up_to (folder->str, top);
}

static void
test_lists_by_prefix_and_number (void)
{
  g_autofree char *folder = g_build_filename (harness_tmpdir (), "list", NULL);
  static const char *const names[] = { "a-1", "a-2", "a-3", "b-1", "A-1" };
  g_autoptr (GArray) missing = ttecomm_platform_list (folder, "", 9);
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) some = NULL;
  g_autoptr (GArray) few = NULL;
  g_autoptr (GArray) none = NULL;

  g_assert_cmpuint (missing->len, ==, 0);
  g_assert_true (ttecomm_platform_make_private_folder (folder, NULL));
  /* Where letters count the same, small or not, A-1 is a-1. */
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_true (ttecomm_platform_replace_file (path, "x", 1, NULL, NULL));
    }
  all = ttecomm_platform_list (folder, "", 99);
  g_assert_cmpuint (all->len, >=, 4);
  some = ttecomm_platform_list (folder, "a-", 99);
  g_assert_cmpuint (some->len, ==, 3);
  few = ttecomm_platform_list (folder, "a-", 2);
  g_assert_cmpuint (few->len, ==, 2);
  none = ttecomm_platform_list (folder, "", 0);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_a_folder_is_listed_as_one (void)
{
  const char *top = harness_tmpdir ();
  g_autofree char *folder = g_build_filename (top, "folder", NULL);
  g_autoptr (GArray) found = NULL;

  g_assert_true (ttecomm_platform_make_private_folder (folder, NULL));
  found = ttecomm_platform_list (top, "fold", 9);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_false (g_array_index (found, TtecommPlatformEntry, 0).is_ordinary);
}

/* Where a file stands no folder can be, and saying "not found" would send the caller to make one.
 */
static void
test_below_a_file (void)
{
  g_autofree char *file = g_build_filename (harness_tmpdir (), "file", NULL);
  g_autofree char *below = g_build_filename (file, "a", "b", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_platform_replace_file (file, "x", 1, NULL, NULL));
  g_assert_false (ttecomm_platform_replace_file (below, "x", 1, NULL, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (ttecomm_platform_read_file (below, 9, &error));
  g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO);
  assert_holds (file, "x");
}

/* --- two processes --- */

static void
test_lock_is_between_processes (void)
{
  g_autoptr (TtecommPlatformLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (g_test_subprocess ())
    {
      lock = ttecomm_platform_lock (g_getenv (PATH_VARIABLE), &error);
      g_assert_null (lock);
      g_assert_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_LOCKED);
      return;
    }
  path = g_build_filename (harness_tmpdir (), LETTERS, NULL);
  lock = ttecomm_platform_lock (path, &error);
  g_assert_no_error (error);
  g_setenv (PATH_VARIABLE, path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_lock_goes_with_its_process (void)
{
  static TtecommPlatformLock *volatile held; /* never freed: the process ends with it */
  g_autoptr (TtecommPlatformLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (g_test_subprocess ())
    {
      held = ttecomm_platform_lock (g_getenv (PATH_VARIABLE), NULL);
      g_assert_nonnull (held);
      return;
    }
  path = g_build_filename (harness_tmpdir (), "lock", NULL);
  g_setenv (PATH_VARIABLE, path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  lock = ttecomm_platform_lock (path, &error);
  g_assert_no_error (error);
}

static void
test_boot_is_the_same_in_two_processes (void)
{
  g_autofree char *boot_id = ttecomm_platform_dup_boot_id ();
  g_autofree char *pattern = g_strdup_printf ("*[boot %s]*", boot_id);

  if (g_test_subprocess ())
    {
      g_print ("[boot %s]\n", boot_id);
      return;
    }
  g_assert_nonnull (boot_id);
  g_assert_cmpstr (boot_id, !=, "");
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout (pattern);
}

static gboolean
has_risen (gpointer data)
{
  const gint64 *before = data;

  return ttecomm_platform_get_boottime_us () > *before;
}

static void
test_boottime_rises (void)
{
  gint64 before = ttecomm_platform_get_boottime_us ();

  g_assert_cmpint (before, >, 0);
  g_assert_true (harness_wait_until (has_risen, &before, 5000));
}

#define ADD(name, func) harness_add (harness, "platform-paths", name, func)

/* Wherever the process is, on whatever drive. */
static void
test_absolute (void)
{
#ifdef G_OS_WIN32
  static const char *const good[]
      = { "C:\\a", "z:/a/b", "\\\\server\\share", "//server/share", "\\\\?\\C:\\a" };
  static const char *const bad[]
      = { "", "a", "a\\b", "\\a", "/a", "C:", "C:a", "1:\\a", ":\\a", "." };
#else
  static const char *const good[] = { "/", "/a", "//a/b", "/a b" };
  static const char *const bad[] = { "", "a", "a/b", "./a", "../a", "C:\\a", "~" };
#endif

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    if (!ttecomm_platform_is_absolute (good[i]))
      g_error ("\"%s\" is refused", good[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (ttecomm_platform_is_absolute (bad[i]))
      g_error ("\"%s\" is taken", bad[i]);
}

static void
register_tests (Harness *harness)
{
  ADD ("other-letters", test_other_letters);
  ADD ("long-paths", test_long_paths);
  ADD ("long-paths-by-detours", test_long_paths_by_detours);
  ADD ("lists-by-prefix-and-number", test_lists_by_prefix_and_number);
  ADD ("a-folder-is-listed-as-one", test_a_folder_is_listed_as_one);
  ADD ("below-a-file", test_below_a_file);
  ADD ("lock-is-between-processes", test_lock_is_between_processes);
  ADD ("lock-goes-with-its-process", test_lock_goes_with_its_process);
  ADD ("boot-is-the-same-in-two-processes", test_boot_is_the_same_in_two_processes);
  ADD ("boottime-rises", test_boottime_rises);
  harness_add (harness, "platform-paths", "absolute", test_absolute);
}

HARNESS_MAIN (register_tests)
