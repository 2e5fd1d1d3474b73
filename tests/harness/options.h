/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* What the command line asks of a test program. */
typedef struct
{
  gboolean help;             /* --help, -h, -? */
  gboolean gtest;            /* any --gtest_* argument was there */
  gboolean list;             /* --gtest_list_tests */
  gboolean also_disabled;    /* --gtest_also_run_disabled_tests */
  gboolean break_on_failure; /* --gtest_break_on_failure */
  char *filter;              /* (owned): --gtest_filter, "*" without it */
  char *xml_path;            /* (owned) (nullable): --gtest_output, the file to write */
} HarnessOptions;

/* Reads `argv`; the last of two equal flags wins, and what is not known is left to GLib or ignored.
 * A directory given to --gtest_output becomes a file named for the program in it. */
HarnessOptions *harness_options_parse (int argc, char **argv);
void harness_options_free (HarnessOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HarnessOptions, harness_options_free)

/* The text for --help. It holds the two phrases by which TestMate recognises a program. */
const char *harness_options_help (void);
