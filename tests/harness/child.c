/* SPDX-License-Identifier: MIT */
#include "tests/harness/child.h"

#include "tests/harness/directory.h"
#include "tests/harness/environment.h"
#include "tests/harness/tap.h"
#include "tests/harness/witness.h"

#define READ_SIZE 8192
#define MAX_OUTPUT (256 * 1024)
/* How long a pipe may stay open once the test's own process has ended. */
#define GRACE_MS 1000

typedef struct
{
  GSubprocess *process;      /* (owned) */
  GMainContext *context;     /* (owned) */
  GCancellable *cancellable; /* (owned): ends the reading */
  GString *output;           /* (owned): its last MAX_OUTPUT bytes at least */
  const char *witness;       /* (unowned): where all of it is kept, if it is collected */
  guint8 buffer[READ_SIZE];
  gboolean at_end;    /* nothing more to read */
  gboolean exited;    /* the process is gone */
  gboolean timed_out; /* it was stopped for its slowness */
} Child;

static void
child_free (Child *child)
{
  g_clear_object (&child->process);
  g_clear_object (&child->cancellable);
  g_main_context_unref (child->context);
  g_string_free (child->output, TRUE);
  g_free (child);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Child, child_free)

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void exit_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_more (Child *child)
{
  g_input_stream_read_async (g_subprocess_get_stdout_pipe (child->process), child->buffer,
                             READ_SIZE, G_PRIORITY_DEFAULT, child->cancellable, read_cb, child);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *child = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      child->at_end = TRUE;
      return;
    }
  g_string_append_len (child->output, (const char *)child->buffer, n);
  harness_witness_append (child->witness, (const char *)child->buffer, (gsize)n);
  /* The verdict and a sanitizer's report come last: a flood loses its beginning. */
  if (child->output->len > 2 * MAX_OUTPUT)
    g_string_erase (child->output, 0, (gssize)(child->output->len - MAX_OUTPUT));
  read_more (child);
}

static void
attach_timeout (Child *child, guint delay_ms, GSourceFunc func)
{
  g_autoptr (GSource) source = g_timeout_source_new (delay_ms);

  g_source_set_callback (source, func, child, NULL);
  g_source_attach (source, child->context);
}

static gboolean
stop_reading_cb (gpointer user_data)
{
  Child *child = user_data;

  g_cancellable_cancel (child->cancellable);
  return G_SOURCE_REMOVE;
}

static void
exit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *child = user_data;

  (void)g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  child->exited = TRUE;
  /* Something it started may hold the pipe for ever. */
  attach_timeout (child, GRACE_MS, stop_reading_cb);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Child *child = user_data;

  if (!child->exited)
    {
      child->timed_out = TRUE;
      g_subprocess_force_exit (child->process);
    }
  return G_SOURCE_REMOVE;
}

static char **
command_new (const char *program, const char *path)
{
  const char *wrapper = g_getenv ("HARNESS_WRAPPER");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  if (wrapper != NULL && g_shell_parse_argv (wrapper, NULL, &words, NULL))
    g_strv_builder_addv (builder, (const char **)words);
  g_strv_builder_add_many (builder, program, "-p", path, NULL);
  return g_strv_builder_end (builder);
}

static GSubprocess *
spawn (const char *program,
       const HarnessTest *test,
       const char *tmpdir,
       gboolean run_disabled,
       GError **error)
{
  g_auto (GStrv) command = command_new (program, test->path);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);

  g_subprocess_launcher_setenv (launcher, "TMPDIR", tmpdir, TRUE);
  g_subprocess_launcher_setenv (launcher, "TEMP", tmpdir, TRUE);
  g_subprocess_launcher_setenv (launcher, "TMP", tmpdir, TRUE);
  if (run_disabled)
    g_subprocess_launcher_setenv (launcher, HARNESS_RUN_DISABLED, "1", TRUE);
  else
    g_subprocess_launcher_unsetenv (launcher, HARNESS_RUN_DISABLED);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *)command, error);
}

static Child *
child_new (GMainContext *context)
{
  Child *child = g_new0 (Child, 1);

  child->context = g_main_context_ref (context);
  child->cancellable = g_cancellable_new ();
  child->output = g_string_new (NULL);
  return child;
}

/* A NUL that a test printed must not hide the lines after it. */
static void
replace_nuls (GString *text)
{
  for (gsize i = 0; i < text->len; i++)
    {
      if (text->str[i] == '\0')
        text->str[i] = ' ';
    }
}

static void
wait_for (Child *child)
{
  attach_timeout (child, harness_environment_test_timeout_ms (), timeout_cb);
  g_subprocess_wait_async (child->process, NULL, exit_cb, child);
  read_more (child);
  while (!child->exited || !child->at_end)
    g_main_context_iteration (child->context, TRUE);
  replace_nuls (child->output);
}

/* GLib says where its isolated directories are, eight lines a test; nobody asked. */
static char *
readable_output (const GString *output)
{
  g_autofree char *valid = g_utf8_make_valid (output->str, (gssize)output->len);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (!g_str_has_prefix (lines[i], "# GLib-DEBUG: g_set_user_dirs"))
        g_string_append_printf (text, "%s\n", lines[i]);
    }
  return g_strchomp (g_string_free (text, FALSE));
}

/* How the process ended, when that alone makes it a failure; NULL if it ended well. */
static char *
describe_end (const Child *child)
{
  if (child->timed_out)
    return g_strdup_printf ("took longer than %u s and was stopped",
                            harness_environment_test_timeout_ms () / 1000);
  if (g_subprocess_get_if_signaled (child->process))
    {
      int number = g_subprocess_get_term_sig (child->process);
      return g_strdup_printf ("ended by signal %d (%s)", number, g_strsignal (number));
    }
  if (g_subprocess_get_exit_status (child->process) != 0)
    return g_strdup_printf ("exited with status %d", g_subprocess_get_exit_status (child->process));
  return NULL;
}

static void
fail (HarnessResult *result, const HarnessTap *tap, const char *end)
{
  g_autofree char *message = NULL;

  if (tap->reason != NULL && end != NULL)
    message = g_strdup_printf ("%s\n%s", tap->reason, end);
  else if (tap->reason != NULL)
    message = g_strdup (tap->reason);
  else if (end != NULL && tap->ok)
    message = g_strdup_printf ("%s after the test had passed", end);
  else
    message = g_strdup (end != NULL ? end : "failed");
  harness_result_fail (result, tap->file, tap->line, message);
}

static void
judge (HarnessResult *result, const Child *child)
{
  g_autoptr (HarnessTap) tap = harness_tap_parse (child->output->str, result->test->path);
  g_autofree char *end = describe_end (child);

  if (end != NULL || tap->not_ok)
    fail (result, tap, end);
  else if (!tap->ok)
    harness_result_fail (result, NULL, 0, "ended without a verdict; did it call exit()?");
  else if (tap->skipped)
    {
      result->verdict = HARNESS_VERDICT_SKIPPED;
      result->message = g_strdup (tap->reason);
    }
  else
    result->verdict = HARNESS_VERDICT_PASSED;

  if (result->verdict == HARNESS_VERDICT_FAILED)
    result->output = readable_output (child->output);
}

static gboolean
run_in_context (HarnessResult *result,
                GMainContext *context,
                const char *program,
                const char *tmpdir,
                gboolean run_disabled,
                GError **error)
{
  g_autoptr (Child) child = child_new (context);
  g_autofree char *name = g_path_get_basename (program);
  g_autofree char *witness = g_strconcat (name, ".output", NULL);

  child->witness = witness;
  child->process = spawn (program, result->test, tmpdir, run_disabled, error);
  if (child->process == NULL)
    return FALSE;
  wait_for (child);
  judge (result, child);
  return TRUE;
}

HarnessResult *
harness_child_run (const char *program, const HarnessTest *test, gboolean run_disabled)
{
  HarnessResult *result = harness_result_new (test);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) error = NULL;
  char *tmpdir = g_dir_make_tmp ("harness-XXXXXX", &error); /* (owned) */
  gint64 start = g_get_monotonic_time ();

  g_main_context_push_thread_default (context);
  if (tmpdir == NULL || !run_in_context (result, context, program, tmpdir, run_disabled, &error))
    harness_result_fail (result, NULL, 0, error->message);
  g_main_context_pop_thread_default (context);
  if (tmpdir != NULL)
    harness_directory_remove_and_free (tmpdir);
  result->duration_us = g_get_monotonic_time () - start;
  return result;
}
