/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* What a g_test program that ran one test said about it. */
typedef struct
{
  gboolean ok;      /* "ok 1 /path" was printed */
  gboolean not_ok;  /* "not ok 1 /path" was printed */
  gboolean skipped; /* "# SKIP" followed the verdict */
  char *reason;     /* (owned) (nullable): why skipped, or what failed */
  char *file;       /* (owned) (nullable): absolute, where it failed */
  int line;         /* where it failed */
} HarnessTap;

/* Reads everything the program printed. Never fails: what is not understood says nothing. "Bail
 * out!" gives a reason and no verdict: how the process ended tells that. */
HarnessTap *harness_tap_parse (const char *output, const char *path);
void harness_tap_free (HarnessTap *tap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HarnessTap, harness_tap_free)
