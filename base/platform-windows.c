/* SPDX-License-Identifier: MIT */
/* Files and locks. Every name goes to the wide functions: the others take the code page of the PC.
 */
#include "base/platform-private.h"

#include <direct.h>
#include <errno.h>
#include <string.h>
#include <windows.h>

/* From here on, less what a name in a folder may have, Windows wants the long form. */
#define LONG_PATH 200
/* Somebody who looks at each new file, a virus scanner, holds it for a moment: ten tries in half a
 * second, close together at first. */
#define BUSY_TRIES 10
#define BUSY_PAUSE_US 1000
/* Who may not read is told so soon: a folder may hold hundreds of such files. */
#define REFUSED_TRIES 3
/* Longer than another process keeps the lock while it tries to rename: that half second. */
#define LOCK_TRIES 40
#define LOCK_PAUSE_US 20000

struct _TtecommPlatformLock
{
  HANDLE handle; /* (owned) */
};

typedef void *AutoHandle;

static void
auto_handle_close (AutoHandle *handle)
{
  if (*handle != INVALID_HANDLE_VALUE)
    CloseHandle (*handle);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AutoHandle, auto_handle_close)

static gboolean is_under_a_file (const char *path);

/* "Path not found" is also what stands below an ordinary file: nothing that a folder would mend. */
static void
set_error (GError **error, const char *what, const char *path, DWORD code)
{
  g_autofree char *text = g_win32_error_message ((int)code);
  gboolean missing
      = code == ERROR_FILE_NOT_FOUND || (code == ERROR_PATH_NOT_FOUND && !is_under_a_file (path));

  g_set_error (error, TTECOMM_PLATFORM_ERROR,
               missing ? TTECOMM_PLATFORM_ERROR_NOT_FOUND : TTECOMM_PLATFORM_ERROR_IO,
               "%s %s: %s (error %lu)", what, path, text, (unsigned long)code);
}

/* The form of a path that may be longer than 260 letters: absolute, with "\\\\?\\" in front. */
static wchar_t *
lengthen (const wchar_t *path)
{
  static const wchar_t prefix[] = L"\\\\?\\", share[] = L"\\\\?\\UNC\\";
  DWORD size = GetFullPathNameW (path, 0, NULL, NULL);
  gboolean is_share;
  wchar_t *result, *end;

  if (size == 0)
    return NULL;
  result = g_new0 (wchar_t, size + G_N_ELEMENTS (share));
  end = result + G_N_ELEMENTS (prefix) - 1;
  if (GetFullPathNameW (path, size, end, NULL) >= size)
    {
      g_free (result);
      return NULL;
    }
  if (wcsncmp (end, prefix, G_N_ELEMENTS (prefix) - 1) == 0)
    return memmove (result, end, (wcslen (end) + 1) * sizeof *end);
  is_share = end[0] == L'\\' && end[1] == L'\\';
  if (is_share)
    memmove (result + G_N_ELEMENTS (share) - 1, end + 2, (wcslen (end + 2) + 1) * sizeof *end);
  memcpy (result, is_share ? share : prefix,
          ((is_share ? G_N_ELEMENTS (share) : G_N_ELEMENTS (prefix)) - 1) * sizeof *end);
  return result;
}

/* UTF-8 to UTF-16; NULL with @error when @path is no UTF-8. */
static wchar_t *
wide (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  glong length = 0;
  g_autofree gunichar2 *text = g_utf8_to_utf16 (path, -1, NULL, &length, &local_error);
  wchar_t *longer;

  if (text == NULL)
    {
      g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO,
                   "A path is not UTF-8: %s", local_error->message);
      return NULL;
    }
  /* After "\\\\?\\" nothing but a backslash parts names. */
  for (glong i = 0; i < length; i++)
    if (text[i] == L'/')
      text[i] = L'\\';
  longer = length >= LONG_PATH ? lengthen ((wchar_t *)text) : NULL;
  return longer != NULL ? longer : (wchar_t *)g_steal_pointer (&text);
}

static gboolean
is_busy (DWORD code)
{
  return code == ERROR_SHARING_VIOLATION || code == ERROR_LOCK_VIOLATION
         || code == ERROR_ACCESS_DENIED;
}

/* Whether to try once more what failed with @code. Waits before that. */
static gboolean
is_worth_a_try (guint *n_tries, DWORD code)
{
  if (!is_busy (code) || ++*n_tries >= BUSY_TRIES)
    return FALSE;
  g_usleep ((gulong)BUSY_PAUSE_US << (*n_tries - 1));
  return TRUE;
}

/* A restored or copied file may be marked as one to be read only: that binds people, and is taken
 * away. */
static void
make_writable (const wchar_t *name)
{
  DWORD attributes = GetFileAttributesW (name);

  if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_READONLY) != 0
      && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
    SetFileAttributesW (name, attributes & ~(DWORD)FILE_ATTRIBUTE_READONLY);
}

static DWORD
attributes_of (const char *path)
{
  g_autofree wchar_t *name = wide (path, NULL);

  return name != NULL ? GetFileAttributesW (name) : INVALID_FILE_ATTRIBUTES;
}

/* Or is one itself, where a folder should be. */
static gboolean
is_under_a_file (const char *path)
{
  g_autofree char *at = g_strdup (path);

  while (attributes_of (at) == INVALID_FILE_ATTRIBUTES)
    {
      char *parent = g_path_get_dirname (at);

      if (g_str_equal (parent, at))
        {
          g_free (parent);
          return FALSE;
        }
      g_free (at);
      at = parent;
    }
  return !ttecomm_platform_os_is_folder (at);
}

/* "C:\\folder" or a share. GLib also takes "\\folder", which is of whatever drive is the current
 * one. */
gboolean
ttecomm_platform_is_absolute (const char *path)
{
  if (G_IS_DIR_SEPARATOR (path[0]))
    return G_IS_DIR_SEPARATOR (path[1]);
  return g_ascii_isalpha (path[0]) && path[1] == ':' && G_IS_DIR_SEPARATOR (path[2]);
}

gboolean
ttecomm_platform_exists (const char *path)
{
  return attributes_of (path) != INVALID_FILE_ATTRIBUTES;
}

gboolean
ttecomm_platform_os_is_folder (const char *path)
{
  DWORD attributes = attributes_of (path);

  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

/* The person's own folder, which the host named, gives its access rights to what is made in it. */
gboolean
ttecomm_platform_os_make_folder (const char *path)
{
  g_autofree wchar_t *name = wide (path, NULL);

  errno = EINVAL;
  return name != NULL && _wmkdir (name) == 0;
}

gboolean
ttecomm_platform_os_remove_folder (const char *path)
{
  g_autofree wchar_t *name = wide (path, NULL);

  return name != NULL && RemoveDirectoryW (name);
}

static gint64
unix_seconds_of (FILETIME time)
{
  /* 100 ns since 1601 */
  gint64 ticks = (gint64)((guint64)time.dwHighDateTime << 32 | time.dwLowDateTime);

  return (ticks - G_GINT64_CONSTANT (116444736000000000)) / 10000000;
}

static void
entry_clear (gpointer entry)
{
  g_free (((TtecommPlatformEntry *)entry)->name);
}

static void
add_entry (GArray *found, const WIN32_FIND_DATAW *data, const char *prefix)
{
  TtecommPlatformEntry entry = {
    .name = g_utf16_to_utf8 ((const gunichar2 *)data->cFileName, -1, NULL, NULL, NULL),
    .is_ordinary
    = (data->dwFileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT)) == 0,
    .modified = unix_seconds_of (data->ftLastWriteTime),
  };

  if (entry.name != NULL && g_str_has_prefix (entry.name, prefix) && !g_str_equal (entry.name, ".")
      && !g_str_equal (entry.name, ".."))
    g_array_append_val (found, entry);
  else
    entry_clear (&entry);
}

GArray *
ttecomm_platform_list (const char *folder, const char *prefix, guint max)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (TtecommPlatformEntry));
  g_autofree char *pattern = g_strdup_printf ("%s\\*", folder);
  g_autofree wchar_t *name = wide (pattern, NULL);
  WIN32_FIND_DATAW data;
  HANDLE search = name != NULL ? FindFirstFileW (name, &data) : INVALID_HANDLE_VALUE;

  g_array_set_clear_func (found, entry_clear);
  if (search == INVALID_HANDLE_VALUE)
    return found;
  do
    add_entry (found, &data, prefix);
  while (found->len < max && FindNextFileW (search, &data));
  FindClose (search);
  if (found->len > max)
    g_array_set_size (found, max);
  return found;
}

/* A folder opens as well, to be refused by its kind; a link is not followed. */
static HANDLE
open_to_read (const wchar_t *name)
{
  HANDLE handle;
  DWORD code;
  guint n_tries = 0;

  do
    {
      handle
          = CreateFileW (name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                         NULL, OPEN_EXISTING,
                         FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS, NULL);
      code = handle == INVALID_HANDLE_VALUE ? GetLastError () : ERROR_SUCCESS;
    }
  while (!(code == ERROR_ACCESS_DENIED && n_tries >= REFUSED_TRIES)
         && is_worth_a_try (&n_tries, code));
  SetLastError (code);
  return handle;
}

GBytes *
ttecomm_platform_os_read_file (const char *path, gsize max_bytes, GError **error)
{
  g_autofree wchar_t *name = wide (path, error);
  g_autofree guint8 *data = NULL;
  g_auto (AutoHandle) handle = INVALID_HANDLE_VALUE;
  BY_HANDLE_FILE_INFORMATION info;
  gsize used = 0;
  DWORD n = 0;

  if (name == NULL)
    return NULL;
  handle = open_to_read (name);
  if (handle == INVALID_HANDLE_VALUE)
    {
      set_error (error, "Cannot open", path, GetLastError ());
      return NULL;
    }
  if (GetFileType (handle) != FILE_TYPE_DISK || !GetFileInformationByHandle (handle, &info)
      || (info.dwFileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT)) != 0)
    {
      g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_KIND,
                   "%s is not an ordinary file; remove it", path);
      return NULL;
    }
  if (info.nFileSizeHigh != 0 || info.nFileSizeLow > max_bytes)
    {
      g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_SIZE,
                   "%s is larger than %" G_GSIZE_FORMAT " bytes", path, max_bytes);
      return NULL;
    }
  data = g_malloc ((gsize)info.nFileSizeLow + 1);
  while (used < info.nFileSizeLow)
    {
      if (!ReadFile (handle, data + used, info.nFileSizeLow - (DWORD)used, &n, NULL))
        {
          set_error (error, "Cannot read", path, GetLastError ());
          return NULL;
        }
      if (n == 0)
        break;
      used += n;
    }
  return g_bytes_new_take (g_steal_pointer (&data), used);
}

static gboolean
write_handle (HANDLE handle, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      DWORD n = 0;

      if (!WriteFile (handle, data, (DWORD)MIN (length, 1u << 20), &n, NULL))
        return FALSE;
      data += n;
      length -= n;
    }
  return FlushFileBuffers (handle);
}

gboolean
ttecomm_platform_os_write_temp (const char *folder,
                                const void *data,
                                gsize length,
                                char **temp,
                                GError **error)
{
  g_autofree char *path = NULL;
  g_autofree wchar_t *name = NULL;
  g_auto (AutoHandle) handle = INVALID_HANDLE_VALUE;

  /* No name is made twice; without FILE_SHARE_DELETE nobody can remove it while it is written. The
   * person's cache folder gives its access rights to what is made in it. */
  path = g_strdup_printf ("%s/" TTECOMM_PLATFORM_TEMP_PREFIX "%08x%08x", folder, g_random_int (),
                          g_random_int ());
  name = wide (path, error);
  if (name == NULL)
    return FALSE;
  handle = CreateFileW (name, GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
  if (handle == INVALID_HANDLE_VALUE)
    {
      set_error (error, "Cannot make a file in", folder, GetLastError ());
      return FALSE;
    }
  if (!write_handle (handle, data, length))
    {
      set_error (error, "Cannot write to", folder, GetLastError ());
      auto_handle_close (&handle);
      handle = INVALID_HANDLE_VALUE;
      DeleteFileW (name);
      return FALSE;
    }
  *temp = g_steal_pointer (&path);
  return TRUE;
}

gboolean
ttecomm_platform_os_rename_over (const char *from, const char *to, GError **error)
{
  g_autofree wchar_t *wide_from = wide (from, error);
  g_autofree wchar_t *wide_to = wide_from != NULL ? wide (to, error) : NULL;
  DWORD code = ERROR_SUCCESS;
  guint n_tries = 0;

  if (wide_to == NULL)
    return FALSE;
  /* A folder of that name is not busy: it stays. */
  do
    {
      if (MoveFileExW (wide_from, wide_to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        return TRUE;
      code = GetLastError ();
      if (code == ERROR_ACCESS_DENIED)
        make_writable (wide_to);
    }
  while (!ttecomm_platform_os_is_folder (to) && is_worth_a_try (&n_tries, code));
  set_error (error, "Cannot replace", to, code);
  return FALSE;
}

/* MOVEFILE_WRITE_THROUGH has done it; a folder cannot be flushed on Windows. */
gboolean
ttecomm_platform_os_sync_folder (const char *folder, GError **error)
{
  return TRUE;
}

gboolean
ttecomm_platform_os_remove_name (const char *path, gboolean *existed, GError **error)
{
  g_autofree wchar_t *name = wide (path, error);
  DWORD code;
  guint n_tries = 0;

  *existed = FALSE;
  if (name == NULL)
    return FALSE;
  do
    {
      *existed = DeleteFileW (name);
      code = *existed ? ERROR_SUCCESS : GetLastError ();
      if (code == ERROR_ACCESS_DENIED)
        make_writable (name);
    }
  while (!ttecomm_platform_os_is_folder (path) && is_worth_a_try (&n_tries, code));
  if (code == ERROR_SUCCESS || code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND)
    return TRUE;
  set_error (error, "Cannot remove", path, code);
  return FALSE;
}

gboolean
ttecomm_platform_os_remove_if_unused (const char *path)
{
  g_autofree wchar_t *name = wide (path, NULL);

  return name != NULL && DeleteFileW (name);
}

void
ttecomm_platform_touch (const char *path)
{
  g_autofree wchar_t *name = wide (path, NULL);
  g_auto (AutoHandle) handle = INVALID_HANDLE_VALUE;
  FILETIME now;

  if (name == NULL)
    return;
  handle = CreateFileW (name, FILE_WRITE_ATTRIBUTES,
                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                        FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  GetSystemTimeAsFileTime (&now);
  if (handle == INVALID_HANDLE_VALUE || !SetFileTime (handle, NULL, NULL, &now))
    g_debug ("Cannot touch %s", path);
}

TtecommPlatformLock *
ttecomm_platform_os_lock (const char *path, GError **error)
{
  g_autoptr (TtecommPlatformLock) lock = g_new0 (TtecommPlatformLock, 1);
  g_autofree wchar_t *name = wide (path, error);
  DWORD code = ERROR_SUCCESS;
  guint n_tries = 0;

  lock->handle = INVALID_HANDLE_VALUE;
  if (name == NULL)
    return NULL;
  do
    {
      lock->handle
          = CreateFileW (name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                         NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
      code = lock->handle == INVALID_HANDLE_VALUE ? GetLastError () : ERROR_SUCCESS;
    }
  while (!ttecomm_platform_os_is_folder (path) && is_worth_a_try (&n_tries, code));
  if (code != ERROR_SUCCESS)
    {
      set_error (error, "Cannot open the lock", path, code);
      return NULL;
    }
  for (guint i = 0; i < LOCK_TRIES; i++)
    {
      OVERLAPPED whole = { 0 };

      if (LockFileEx (lock->handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                      &whole))
        return g_steal_pointer (&lock);
      code = GetLastError ();
      if (code != ERROR_LOCK_VIOLATION && code != ERROR_IO_PENDING)
        {
          set_error (error, "Cannot lock", path, code);
          return NULL;
        }
      g_usleep (LOCK_PAUSE_US);
    }
  g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_LOCKED,
               "%s is held by another process", path);
  return NULL;
}

void
ttecomm_platform_lock_free (TtecommPlatformLock *lock)
{
  OVERLAPPED whole = { 0 };

  /* With the handle alone Windows lets go of it some time later. */
  if (lock->handle != INVALID_HANDLE_VALUE)
    UnlockFileEx (lock->handle, 0, 1, 0, &whole);
  auto_handle_close (&lock->handle);
  g_free (lock);
}
