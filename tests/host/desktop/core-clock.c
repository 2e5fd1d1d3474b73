/* SPDX-License-Identifier: MIT */
/* A sandbox's clock travels; the plug-in's must travel along. Asked for on another thread. */
#include "tests/host/desktop/core-private.h"

#define ASK_EVERY_MS 2000
#define DAY_FORMAT "%d/%m/%Y"
#define DAY_FORMAT_GERMAN "%d.%m.%Y"

/* What the thread has of the sandbox: an address, and what came back. */
typedef struct
{
  HostSandbox sandbox; /* only control_url is set */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->sandbox.control_url);
  g_free (question);
}

static void
ask_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Question *question = data;
  GError *error = NULL;

  if (host_sandbox_ask_clock (&question->sandbox, &error))
    g_task_return_int (task, (gssize)question->sandbox.offset);
  else
    g_task_return_error (task, error);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 offset = g_task_propagate_int (G_TASK (result), &error);
  DesktopCore *self = data;

  /* The core is gone when it was cancelled. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->asking_clock = FALSE;
  if (error == NULL && ABS (offset - self->sandbox->offset) > 1)
    {
      self->sandbox->offset = offset;
      host_sandbox_apply (self->sandbox, self->host);
      desktop_core_look_soon (self);
    }
}

static gboolean
ask (gpointer data)
{
  DesktopCore *self = data;
  g_autoptr (GTask) task = NULL;
  Question *question;

  if (self->asking_clock)
    return G_SOURCE_CONTINUE;
  self->asking_clock = TRUE;
  question = g_new0 (Question, 1);
  question->sandbox.control_url = g_strdup (self->sandbox->control_url);
  task = g_task_new (NULL, self->cancellable, asked_cb, self);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, ask_on_thread);
  return G_SOURCE_CONTINUE;
}

void
desktop_core_start_clock (DesktopCore *self)
{
  if (self->sandbox != NULL)
    self->clock = desktop_core_after (ASK_EVERY_MS, ask, self);
}

char *
desktop_core_get_sandbox_date (DesktopCore *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = NULL;

  if (self->sandbox == NULL)
    return NULL;
  then = g_date_time_add_seconds (now, (double)self->sandbox->offset);
  return g_date_time_format (then != NULL ? then : now, self->language == DESKTOP_LANGUAGE_DE
                                                            ? DAY_FORMAT_GERMAN
                                                            : DAY_FORMAT);
}
