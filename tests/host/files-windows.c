/* SPDX-License-Identifier: MIT */
#include "tests/host/files.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <windows.h>

#include "tests/host/util.h"
#include "tests/host/windows-text.h"

struct HostFile
{
  HANDLE handle; /* (owned) */
  int64_t size;
};

/* A folder's access rights are those of the one above it: the person's own. */
static bool
make_folder (wchar_t *path)
{
  wchar_t *end = path + wcslen (path);
  bool made;

  if (_wmkdir (path) == 0 || errno == EEXIST)
    return true;
  if (errno != ENOENT)
    return false;
  while (end > path && *end != L'\\' && *end != L'/')
    end--;
  if (end == path)
    return false;
  *end = L'\0';
  made = make_folder (path);
  *end = L'\\';
  return made && (_wmkdir (path) == 0 || errno == EEXIST);
}

bool
host_make_folder (const char *path)
{
  wchar_t *wide = host_wide_path (path);
  bool made = make_folder (wide);

  free (wide);
  return made;
}

static bool
write_all (int fd, const char *data, size_t size)
{
  while (size > 0)
    {
      int written = _write (fd, data, size < 1u << 20 ? (unsigned)size : 1u << 20);

      if (written < 0)
        return false;
      data += written;
      size -= (size_t)written;
    }
  return true;
}

static int
open_file (const char *path, int flags)
{
  wchar_t *wide = host_wide_path (path);
  int fd = _wopen (wide, flags | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);

  free (wide);
  return fd;
}

static bool
rename_over (const char *from, const char *to)
{
  wchar_t *wide_from = host_wide_path (from), *wide_to = host_wide_path (to);
  bool renamed = MoveFileExW (wide_from, wide_to, MOVEFILE_REPLACE_EXISTING);

  if (!renamed)
    errno = host_errno_of (GetLastError ());
  free (wide_from);
  free (wide_to);
  return renamed;
}

bool
host_write_file (const char *path, const void *data, size_t size)
{
  char *temporary = host_format ("%s.%lu.new", path, (unsigned long)GetCurrentProcessId ());
  int fd = open_file (temporary, _O_WRONLY | _O_CREAT | _O_TRUNC);
  bool written = fd >= 0 && write_all (fd, data, size);
  int saved;

  if (fd >= 0 && _close (fd) != 0)
    written = false;
  written = written && rename_over (temporary, path);
  saved = errno;
  if (!written)
    host_remove_file (temporary);
  errno = saved;
  free (temporary);
  return written;
}

static char *
read_all (int fd, size_t limit, size_t *size)
{
  char *bytes = NULL;
  size_t held = 0, capacity = 0;
  int got = 1;

  while (got > 0 && held <= limit)
    {
      if (held + 1 >= capacity)
        /* Never an addition to NULL: the first round makes room. */
        bytes = host_realloc (bytes, capacity = capacity > 0 ? capacity * 2 : 4096);
      /* cppcheck-suppress nullPointerArithmetic */
      got = _read (fd, bytes + held, (unsigned)(capacity - held - 1));
      if (got > 0)
        held += (size_t)got;
    }
  if (got < 0 || held > limit)
    {
      free (bytes);
      errno = got < 0 ? errno : EFBIG;
      return NULL;
    }
  bytes[held] = '\0';
  *size = held;
  return bytes;
}

char *
host_read_file (const char *path, size_t limit, size_t *size)
{
  int fd = open_file (path, _O_RDONLY);
  char *bytes = fd >= 0 ? read_all (fd, limit, size) : NULL;
  int saved = errno;

  if (fd >= 0)
    _close (fd);
  errno = saved;
  return bytes;
}

bool
host_remove_file (const char *path)
{
  wchar_t *wide = host_wide_path (path);
  bool removed = _wunlink (wide) == 0 || errno == ENOENT;

  free (wide);
  return removed;
}

static FILE *
open_stream (const char *path, int flags, const char *mode)
{
  int fd = open_file (path, flags);
  FILE *stream = fd >= 0 ? _fdopen (fd, mode) : NULL;

  if (fd >= 0 && stream == NULL)
    _close (fd);
  return stream;
}

FILE *
host_append_to_file (const char *path)
{
  return open_stream (path, _O_WRONLY | _O_CREAT | _O_APPEND, "ab");
}

FILE *
host_create_file (const char *path)
{
  return open_stream (path, _O_WRONLY | _O_CREAT | _O_EXCL, "wb");
}

char *
host_find_file (const char *path)
{
  wchar_t *wide = host_wide_path (path), *absolute;
  char *found = NULL;
  DWORD size = 0;

  if (GetFileAttributesW (wide) == INVALID_FILE_ATTRIBUTES)
    errno = host_errno_of (GetLastError ());
  else
    size = GetFullPathNameW (wide, 0, NULL, NULL);
  if (size > 0)
    {
      absolute = host_alloc (((size_t)size + 1) * sizeof *absolute);
      GetFullPathNameW (wide, size, absolute, NULL);
      found = host_narrow (absolute);
      free (absolute);
    }
  free (wide);
  return found;
}

/* Shared with all: PROSOFT saves the file while a plug-in reads it. A folder opens as well, to be
 * named by its kind. */
HostFile *
host_file_open (const char *path)
{
  wchar_t *wide = host_wide_path (path);
  HANDLE handle
      = CreateFileW (wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                     NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
  BY_HANDLE_FILE_INFORMATION info;
  HostFile *file;
  int failed = 0;

  free (wide);
  if (handle == INVALID_HANDLE_VALUE || !GetFileInformationByHandle (handle, &info))
    failed = host_errno_of (GetLastError ());
  else if (GetFileType (handle) != FILE_TYPE_DISK
           || (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
    failed = EISDIR;
  if (failed != 0)
    {
      if (handle != INVALID_HANDLE_VALUE)
        CloseHandle (handle);
      errno = failed;
      return NULL;
    }
  file = host_alloc (sizeof *file);
  file->handle = handle;
  file->size = (int64_t)((uint64_t)info.nFileSizeHigh << 32 | info.nFileSizeLow);
  return file;
}

void
host_file_close (HostFile *file)
{
  CloseHandle (file->handle);
  free (file);
}

int64_t
host_file_get_size (const HostFile *file)
{
  return file->size;
}

int64_t
host_file_read (HostFile *file, int64_t offset, void *buffer, size_t capacity)
{
  OVERLAPPED where = { .Offset = (DWORD)offset, .OffsetHigh = (DWORD)(offset >> 32) };
  DWORD got = 0;

  if (ReadFile (file->handle, buffer, capacity < 1u << 30 ? (DWORD)capacity : 1u << 30, &got,
                &where)
      || GetLastError () == ERROR_HANDLE_EOF)
    return got;
  errno = EIO;
  return -1;
}
