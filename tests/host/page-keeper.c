/* SPDX-License-Identifier: MIT */
#include "tests/host/page-keeper.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* FNV-1a. */
static uint64_t
digest (const unsigned char *bytes, size_t size)
{
  uint64_t hash = UINT64_C (0xcbf29ce484222325);

  for (size_t i = 0; i < size; i++)
    hash = (hash ^ bytes[i]) * UINT64_C (0x100000001b3);
  return hash;
}

/* Whole or not at all: some tests kill who writes. */
static void
write_whole (const char *path, const void *bytes, size_t size)
{
  char part[PATH_MAX];
  FILE *file;
  bool whole;

  snprintf (part, sizeof part, "%s.%ld", path, (long)getpid ());
  file = fopen (part, "wb");
  if (file == NULL)
    return;
  whole = fwrite (bytes, 1, size, file) == size;
  /* Windows renames nothing that is open. */
  if (fclose (file) == 0 && whole)
    rename (part, path);
}

void
host_keep_page (const void *bytes, size_t size)
{
  const char *folder = getenv (HOST_PAGES_VARIABLE);
  char path[PATH_MAX - 32];

  if (folder == NULL || *folder == '\0')
    return;
  snprintf (path, sizeof path, "%s/%016llx.json", folder, (unsigned long long)digest (bytes, size));
  if (access (path, F_OK) != 0)
    write_whole (path, bytes, size);
}
