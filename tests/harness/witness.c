/* SPDX-License-Identifier: MIT */
#include "tests/harness/witness.h"

#include "tests/harness/harness.h"
#include "tests/harness/system.h"

#include <string.h>

void
harness_witness_append (const char *name, const char *text, gsize length)
{
  const char *folder = g_getenv (HARNESS_WITNESS);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  FILE *file;

  if (folder == NULL)
    return;
  /* Opened for each: what is killed in between has said it, and many processes share it. */
  file = harness_system_open_to_append (path);
  if (file == NULL || fwrite (text, 1, length, file) != length || fclose (file) != 0)
    g_error ("cannot write to %s", path);
}

void
harness_witness_log (const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  harness_witness_append ("module.log", line, strlen (line));
}

void
harness_witness_secret (const char *kind, const char *secret)
{
  g_autofree char *line = g_strdup_printf ("%s %s\n", kind, secret);

  harness_witness_append ("secrets", line, strlen (line));
}
