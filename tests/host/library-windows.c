/* SPDX-License-Identifier: MIT */
#include "tests/host/library.h"

#include <stdlib.h>
#include <windows.h>

#include "tests/host/util.h"
#include "tests/host/windows-text.h"

/* A HostLibrary is an HMODULE. */

HostLibrary *
host_library_open (const char *path, char **reason)
{
  wchar_t *wide = host_wide_path (path);
  HMODULE module;

  /* Never from the current folder. */
  module = LoadLibraryExW (wide, NULL,
                           LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
  if (module == NULL)
    *reason = host_system_message (GetLastError ());
  free (wide);
  return (HostLibrary *)module;
}

void
host_library_close (HostLibrary *library)
{
  FreeLibrary ((HMODULE)library);
}

void *
host_library_find (HostLibrary *library, const char *symbol)
{
  return (void *)(uintptr_t)GetProcAddress ((HMODULE)library, symbol);
}

/* There is no namespace of a whole process here. */
void *
host_library_find_anywhere (HostLibrary *library, const char *symbol)
{
  return host_library_find (library, symbol);
}
