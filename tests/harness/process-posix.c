/* SPDX-License-Identifier: MIT */
#include "tests/harness/process.h"

#include <gio/gio.h>

#define READ_SIZE 8192
/* How long a pipe may stay open once the program's own process has ended. */
#define GRACE_MS 1000

typedef struct
{
  GSubprocess *process;      /* (owned) */
  GMainContext *context;     /* (owned) */
  GCancellable *cancellable; /* (owned): ends the reading */
  HarnessProcessOutput output;
  gpointer data; /* (unowned) */
  guint8 buffer[READ_SIZE];
  gboolean at_end;    /* nothing more to read */
  gboolean exited;    /* the process is gone */
  gboolean timed_out; /* it was stopped for its slowness */
} Process;

static void
process_free (Process *self)
{
  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_main_context_unref (self->context);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Process, process_free)

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_more (Process *self)
{
  g_input_stream_read_async (g_subprocess_get_stdout_pipe (self->process), self->buffer, READ_SIZE,
                             G_PRIORITY_DEFAULT, self->cancellable, read_cb, self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Process *self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      self->at_end = TRUE;
      return;
    }
  self->output ((const char *)self->buffer, (gsize)n, self->data);
  read_more (self);
}

static void
attach_timeout (Process *self, guint delay_ms, GSourceFunc func)
{
  g_autoptr (GSource) source = g_timeout_source_new (delay_ms);

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
}

static gboolean
stop_reading_cb (gpointer user_data)
{
  Process *self = user_data;

  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
exit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Process *self = user_data;

  (void)g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  self->exited = TRUE;
  /* Something it started may hold the pipe for ever. */
  attach_timeout (self, GRACE_MS, stop_reading_cb);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Process *self = user_data;

  if (!self->exited)
    {
      self->timed_out = TRUE;
      g_subprocess_force_exit (self->process);
    }
  return G_SOURCE_REMOVE;
}

static char *
describe_end (const Process *self)
{
  if (g_subprocess_get_if_signaled (self->process))
    {
      int number = g_subprocess_get_term_sig (self->process);
      return g_strdup_printf ("ended by signal %d (%s)", number, g_strsignal (number));
    }
  if (g_subprocess_get_exit_status (self->process) != 0)
    return g_strdup_printf ("exited with status %d", g_subprocess_get_exit_status (self->process));
  return NULL;
}

static gboolean
spawn (Process *self, const char *const *argv, const char *const *environment, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);

  g_subprocess_launcher_set_environ (launcher, (char **)environment);
  self->process = g_subprocess_launcher_spawnv (launcher, argv, error);
  return self->process != NULL;
}

static void
wait_for (Process *self, guint timeout_ms)
{
  attach_timeout (self, timeout_ms, timeout_cb);
  g_subprocess_wait_async (self->process, NULL, exit_cb, self);
  read_more (self);
  while (!self->exited || !self->at_end)
    g_main_context_iteration (self->context, TRUE);
}

gboolean
harness_process_run (const char *const *argv,
                     const char *const *environment,
                     guint timeout_ms,
                     HarnessProcessOutput output,
                     gpointer data,
                     HarnessProcessEnd *end,
                     GError **error)
{
  g_autoptr (Process) self = g_new0 (Process, 1);
  gboolean started;

  self->context = g_main_context_new ();
  self->cancellable = g_cancellable_new ();
  self->output = output;
  self->data = data;
  g_main_context_push_thread_default (self->context);
  started = spawn (self, argv, environment, error);
  if (started)
    {
      wait_for (self, timeout_ms);
      end->timed_out = self->timed_out;
      end->ending = describe_end (self);
    }
  g_main_context_pop_thread_default (self->context);
  return started;
}
