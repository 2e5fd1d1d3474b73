/* SPDX-License-Identifier: MIT */
#include "base/platform-private.h"

#include <windows.h>

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

static void
set_error (GError **error, const char *what, const char *path, DWORD code)
{
  g_autofree char *text = g_win32_error_message ((int)code);
  gboolean missing = code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;

  g_set_error (error, TTECOMM_PLATFORM_ERROR,
               missing ? TTECOMM_PLATFORM_ERROR_NOT_FOUND : TTECOMM_PLATFORM_ERROR_IO, "%s %s: %s",
               what, path, text);
}

/* UTF-8 to UTF-16; NULL with @error when @path is no UTF-8. */
static wchar_t *
wide (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gunichar2 *text = g_utf8_to_utf16 (path, -1, NULL, NULL, &local_error);

  if (text == NULL)
    g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO,
                 "A path is not UTF-8: %s", local_error->message);
  return (wchar_t *)text;
}

gboolean
ttecomm_platform_get_wall (gint64 *unix_seconds)
{
  FILETIME now;
  gint64 ticks;

  GetSystemTimeAsFileTime (&now);
  ticks = (gint64)((guint64)now.dwHighDateTime << 32 | now.dwLowDateTime);
  /* 100 ns since 1601 */
  ticks -= G_GINT64_CONSTANT (116444736000000000);
  if (ticks < 0)
    return FALSE;
  *unix_seconds = ticks / 10000000;
  return TRUE;
}

gint64
ttecomm_platform_get_boottime_us (void)
{
  typedef VOID (WINAPI * QueryFunc) (PULONGLONG);
  HMODULE module = GetModuleHandleW (L"kernelbase.dll");
  QueryFunc query = NULL;
  ULONGLONG ticks = 0;

  /* Windows 10 and later; both counters include sleep. */
  if (module != NULL)
    query = (QueryFunc)(void (*) (void))GetProcAddress (module, "QueryInterruptTime");
  if (query == NULL)
    return (gint64)GetTickCount64 () * 1000;
  query (&ticks);
  return (gint64)(ticks / 10);
}

char *
ttecomm_platform_dup_boot_id (void)
{
  DWORD number = 0;
  DWORD size = sizeof number;
  LSTATUS status;

  /* Counted up by the system at every boot. */
  status = RegGetValueW (HKEY_LOCAL_MACHINE,
                         L"SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management"
                         L"\\PrefetchParameters",
                         L"BootId", RRF_RT_REG_DWORD, NULL, &number, &size);
  return status == ERROR_SUCCESS ? g_strdup_printf ("windows-%lu", (unsigned long)number) : NULL;
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
  handle = CreateFileW (name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                        NULL, OPEN_EXISTING,
                        FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS, NULL);
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

  if (wide_to == NULL)
    return FALSE;
  if (MoveFileExW (wide_from, wide_to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
    return TRUE;
  set_error (error, "Cannot replace", to, GetLastError ());
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

  *existed = FALSE;
  if (name == NULL)
    return FALSE;
  *existed = DeleteFileW (name);
  code = *existed ? ERROR_SUCCESS : GetLastError ();
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

  lock->handle = INVALID_HANDLE_VALUE;
  if (name == NULL)
    return NULL;
  lock->handle
      = CreateFileW (name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                     OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (lock->handle == INVALID_HANDLE_VALUE)
    {
      set_error (error, "Cannot open the lock", path, GetLastError ());
      return NULL;
    }
  for (guint i = 0; i < TTECOMM_PLATFORM_LOCK_TRIES; i++)
    {
      OVERLAPPED whole = { 0 };

      if (LockFileEx (lock->handle, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                      &whole))
        return g_steal_pointer (&lock);
      g_usleep (TTECOMM_PLATFORM_LOCK_PAUSE_US);
    }
  g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_LOCKED,
               "%s is held by another process", path);
  return NULL;
}

void
ttecomm_platform_lock_free (TtecommPlatformLock *lock)
{
  auto_handle_close (&lock->handle);
  g_free (lock);
}

void
ttecomm_platform_prepare_sockets (void)
{
}
