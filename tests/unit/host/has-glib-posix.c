/* SPDX-License-Identifier: MIT */
#include "tests/unit/host/has-glib.h"

#include <stdio.h>
#include <string.h>

bool
has_glib (void)
{
  FILE *maps = fopen ("/proc/self/maps", "re");
  char line[4096];
  bool found = false;

  while (maps != NULL && fgets (line, sizeof line, maps) != NULL)
    found = found || strstr (line, "libglib") != NULL;
  if (maps != NULL)
    fclose (maps);
  return found;
}
