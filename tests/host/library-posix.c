/* SPDX-License-Identifier: MIT */
#include "tests/host/library.h"

#include <dlfcn.h>

#include "tests/host/util.h"

/* A HostLibrary is what dlopen() returns. */

HostLibrary *
host_library_open (const char *path, char **reason)
{
  HostLibrary *library = dlopen (path, RTLD_NOW | RTLD_LOCAL);

  if (library == NULL)
    *reason = host_strdup (dlerror ());
  return library;
}

void
host_library_close (HostLibrary *library)
{
  dlclose (library);
}

void *
host_library_find (HostLibrary *library, const char *symbol)
{
  return dlsym (library, symbol);
}

void *
host_library_find_anywhere (HostLibrary *library, const char *symbol)
{
  void *found = dlsym (library, symbol);

  return found != NULL ? found : dlsym (RTLD_DEFAULT, symbol);
}
