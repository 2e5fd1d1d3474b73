/* SPDX-License-Identifier: MIT */
#include "tests/harness/system.h"

#include <locale.h>

void
harness_system_settle (void)
{
  setlocale (LC_ALL, "");
}

const char *
harness_system_get_locale (void)
{
  return "C.UTF-8";
}

const char *
harness_system_describe_abort (void)
{
  return "ended by signal 6 (Aborted)";
}

/* A sanitizer says it in its own words. */
const char *
harness_system_describe_fault (void)
{
  return NULL;
}

FILE *
harness_system_open_to_append (const char *path)
{
  return fopen (path, "ae");
}
