/* SPDX-License-Identifier: MIT */
/* libFuzzer's two functions; TARGET is the one that this program is about. */
#include "tests/fuzz/fuzz.h"
#include "tests/harness/environment.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  harness_environment_isolate ();
  /* A critical is a finding, and words for the log only cost time. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  return TARGET (data, size);
}
