/* SPDX-License-Identifier: MIT */
#include "tests/support/sandbox-spawn.h"

GSubprocess *
sandbox_spawn (const char *const *arguments, const char *log, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_MERGE);

  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  return g_subprocess_launcher_spawnv (launcher, arguments, error);
}
