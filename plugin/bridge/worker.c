/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/worker.h"

#include <fenv.h>

#define LAST_CALLBACKS_MS 2000

struct _TtecommWorker
{
  GMainContext *context; /* (owned) */
  GMainLoop *loop;       /* (owned) */
  GThread *thread;       /* (owned) (nullable) joined by stop */
  GWeakRef busy;         /* of stop: what lives until the last callback has come */
};

typedef struct
{
  TtecommWorkerFunc func;
  gpointer data;
  GDestroyNotify destroy; /* (nullable) of data */
} Job;

typedef struct
{
  TtecommWorker *worker;
  TtecommWorkerLast last;
  gpointer data;
} LastJob;

static gboolean
is_busy (TtecommWorker *self)
{
  g_autoptr (GObject) busy = g_weak_ref_get (&self->busy);

  return busy != NULL;
}

static gboolean
end_of_patience (gpointer is_over)
{
  *(gboolean *)is_over = TRUE;
  return G_SOURCE_REMOVE;
}

/* What was cancelled at the end still calls back, and frees what it held: some of it at once, some
 * when a thread of a library has noticed. Bounded, for the host waits. */
static void
let_callbacks_end (TtecommWorker *self)
{
  g_autoptr (GSource) timer = g_timeout_source_new (LAST_CALLBACKS_MS);
  gboolean is_over = FALSE, busy;

  /* Before all others, so that callbacks that breed callbacks cannot put it off. */
  g_source_set_priority (timer, G_PRIORITY_HIGH);
  g_source_set_callback (timer, end_of_patience, &is_over, NULL);
  g_source_attach (timer, self->context);
  do
    busy = is_busy (self);
  while ((g_main_context_iteration (self->context, busy) || busy) && !is_over);
  g_source_destroy (timer);
}

static gpointer
thread_main (gpointer data)
{
  TtecommWorker *self = data;

  /* A Delphi or Free Pascal host runs with floating-point exceptions unmasked, and a new thread
   * inherits that (R13). */
  fesetenv (FE_DFL_ENV);
  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  let_callbacks_end (self);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

TtecommWorker *
ttecomm_worker_new (const char *name, GError **error)
{
  TtecommWorker *self = g_new0 (TtecommWorker, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_weak_ref_init (&self->busy, NULL);
  self->thread = g_thread_try_new (name, thread_main, self, error);
  if (self->thread == NULL)
    {
      ttecomm_worker_free (self);
      return NULL;
    }
  return self;
}

static gboolean
job_run (gpointer data)
{
  Job *job = data;

  job->func (job->data);
  return G_SOURCE_REMOVE;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job);
}

static void
attach (TtecommWorker *self, GSourceFunc func, gpointer data, GDestroyNotify destroy, int priority)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, self->context);
}

void
ttecomm_worker_run (TtecommWorker *self,
                    TtecommWorkerFunc func,
                    gpointer data,
                    GDestroyNotify destroy)
{
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->destroy = destroy;
  attach (self, job_run, job, job_free, G_PRIORITY_DEFAULT);
}

static gboolean
last_job_run (gpointer data)
{
  LastJob *job = data;

  job->last (job->data, &job->worker->busy);
  g_main_loop_quit (job->worker->loop);
  return G_SOURCE_REMOVE;
}

void
ttecomm_worker_stop (TtecommWorker *self, TtecommWorkerLast last, gpointer data)
{
  LastJob *job;

  if (self->thread == NULL)
    return;
  job = g_new0 (LastJob, 1);
  job->worker = self;
  job->last = last;
  job->data = data;
  attach (self, last_job_run, job, g_free, G_PRIORITY_HIGH);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
ttecomm_worker_free (TtecommWorker *self)
{
  g_return_if_fail (self->thread == NULL);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->busy);
  g_free (self);
}
