/* SPDX-License-Identifier: MIT */
/* A module of the system: a shared object, or a DLL. [main] */
#pragma once

typedef struct HostLibrary HostLibrary;

/* `path` is absolute; what it needs is looked for beside it too on Windows. NULL with a `reason`,
 * which the caller frees with free(). */
HostLibrary *host_library_open (const char *path, char **reason);
void host_library_close (HostLibrary *library);

/* NULL when it does not export it. */
void *host_library_find (HostLibrary *library, const char *symbol);

/* The same, or what the program or anything it loaded for all exports, where systems know that. */
void *host_library_find_anywhere (HostLibrary *library, const char *symbol);
