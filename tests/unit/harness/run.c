/* SPDX-License-Identifier: MIT */
#include "tests/unit/harness/run.h"

#include "tests/harness/harness.h"

void
run_free (Run *run)
{
  g_free (run->out);
  g_free (run->err);
  g_free (run);
}

static GSubprocessLauncher *
launcher_new (const char *tmpdir, const char *variable)
{
  GSubprocessLauncher *launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  g_subprocess_launcher_unsetenv (launcher, "HARNESS_WRAPPER");
  g_subprocess_launcher_unsetenv (launcher, "HARNESS_SLOW");
  g_subprocess_launcher_setenv (launcher, "HARNESS_TIMEOUT", "60", TRUE);
  g_subprocess_launcher_setenv (launcher, "TMPDIR", tmpdir, TRUE);
  if (variable != NULL)
    {
      g_auto (GStrv) pair = g_strsplit (variable, "=", 2);
      g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
    }
  return launcher;
}

static char *
text_of (GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strndup (data != NULL ? data : "", size);
}

Run *
run_specimen (const char *arguments, const char *variable)
{
  Run *run = g_new0 (Run, 1);
  const char *tmpdir = harness_tmpdir ();
  g_autofree char *line = g_strconcat (SPECIMEN, " ", arguments, NULL);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocessLauncher) launcher = launcher_new (tmpdir, variable);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, NULL, NULL, &out, &err, &error));
  g_assert_no_error (error);
  run->out = text_of (out);
  run->err = text_of (err);
  run->tmpdir = (char *)tmpdir;
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  return run;
}
