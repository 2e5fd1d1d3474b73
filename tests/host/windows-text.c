/* SPDX-License-Identifier: MIT */
#include "tests/host/windows-text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "tests/host/util.h"

/* A folder must leave room for a name of 8.3 letters in its 260. */
#define LONG_PATH 240

wchar_t *
host_wide (const char *text)
{
  int size = MultiByteToWideChar (CP_UTF8, 0, text, -1, NULL, 0);
  wchar_t *wide = host_alloc ((size_t)(size + 1) * sizeof *wide);

  MultiByteToWideChar (CP_UTF8, 0, text, -1, wide, size);
  return wide;
}

char *
host_narrow (const wchar_t *text)
{
  int size = WideCharToMultiByte (CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
  char *narrow = host_alloc ((size_t)size + 1);

  WideCharToMultiByte (CP_UTF8, 0, text, -1, narrow, size, NULL, NULL);
  return narrow;
}

/* "C:\..." and "\\server\share\..." in the form that no limit applies to. */
static wchar_t *
lengthen (const wchar_t *absolute)
{
  static const wchar_t drive[] = L"\\\\?\\", share[] = L"\\\\?\\UNC";
  bool is_share = absolute[0] == L'\\' && absolute[1] == L'\\';
  const wchar_t *prefix = is_share ? share : drive;
  wchar_t *wide;

  if (wcsncmp (absolute, drive, 4) == 0)
    prefix = L"";
  /* Of a share's two backslashes one remains. */
  else if (is_share)
    absolute++;
  wide = host_alloc ((wcslen (prefix) + wcslen (absolute) + 1) * sizeof *wide);
  wcscpy (wide, prefix);
  wcscat (wide, absolute);
  return wide;
}

wchar_t *
host_wide_path (const char *path)
{
  wchar_t *wide = host_wide (path), *absolute, *longer;
  DWORD size;

  if (wcslen (wide) < LONG_PATH)
    return wide;
  size = GetFullPathNameW (wide, 0, NULL, NULL);
  absolute = host_alloc (((size_t)size + 1) * sizeof *absolute);
  GetFullPathNameW (wide, size, absolute, NULL);
  longer = lengthen (absolute);
  free (absolute);
  free (wide);
  return longer;
}

char *
host_system_message (uint32_t code)
{
  wchar_t text[512] = L"";
  DWORD size = FormatMessageW (FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                               code, 0, text, sizeof text / sizeof text[0], NULL);

  while (size > 0 && wcschr (L"\r\n .", text[size - 1]) != NULL)
    text[--size] = L'\0';
  return size > 0 ? host_narrow (text) : host_format ("error %lu", (unsigned long)code);
}

int
host_errno_of (uint32_t code)
{
  switch (code)
    {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
      return ENOENT;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
      return EACCES;
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS:
      return EEXIST;
    case ERROR_DISK_FULL:
      return ENOSPC;
    default:
      return EIO;
    }
}
