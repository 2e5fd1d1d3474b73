/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

/* How a program that a test ran ended. */
typedef struct
{
  char *out;    /* (owned): its standard output */
  char *err;    /* (owned): its standard error */
  int status;   /* exit status, -1 if a signal ended it */
  char *tmpdir; /* (unowned): its temporary directory, still there */
} Run;

void run_free (Run *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

/* Runs the specimen with the `arguments` (one string, split at blanks) and, if it is not NULL, one
 * more variable `NAME=value` in its environment. */
Run *run_specimen (const char *arguments, const char *variable);
