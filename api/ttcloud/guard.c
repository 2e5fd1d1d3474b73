/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/guard.h"

struct _TtecommGuard
{
  GCancellable *own;    /* (owned) */
  GCancellable *caller; /* (owned) (nullable) */
  GSource *watch;       /* (owned) (nullable): the caller's cancellable */
  GSource *total;       /* (owned) */
  TtecommCloudError code;
  GSource *phase;   /* (owned) (nullable) */
  const char *what; /* a literal */
  GError *reason;   /* (owned) (nullable) */
};

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach (GSource *source, GSourceFunc callback, TtecommGuard *self)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static gboolean
total_cb (gpointer user_data)
{
  TtecommGuard *self = user_data;
  const char *text = self->code == TTECOMM_CLOUD_ERROR_EXPIRED
                         ? "Nobody finished the sign-in in time; start it again"
                         : "TTcloud did not answer in time; try again";

  ttecomm_guard_stop (self, g_error_new_literal (TTECOMM_CLOUD_ERROR, (int)self->code, text));
  return G_SOURCE_REMOVE;
}

static gboolean
phase_cb (gpointer user_data)
{
  TtecommGuard *self = user_data;

  ttecomm_guard_stop (self,
                      g_error_new (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SLOW,
                                   "TTcloud did not answer in time (%s); try again", self->what));
  return G_SOURCE_REMOVE;
}

/* In the worker's context: a cancel from another thread never runs our code there. */
static gboolean
watch_cb (GCancellable *caller, gpointer user_data)
{
  TtecommGuard *self = user_data;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (caller, &error))
    ttecomm_guard_stop (self, error);
  return G_SOURCE_REMOVE;
}

TtecommGuard *
ttecomm_guard_new (GCancellable *cancellable, guint total_ms, TtecommCloudError code)
{
  TtecommGuard *self = g_new0 (TtecommGuard, 1);

  self->own = g_cancellable_new ();
  self->code = code;
  self->total = attach (g_timeout_source_new (total_ms), total_cb, self);
  if (cancellable != NULL)
    {
      self->caller = g_object_ref (cancellable);
      self->watch = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (watch_cb), self);
    }
  return self;
}

void
ttecomm_guard_free (TtecommGuard *self)
{
  drop_source (&self->watch);
  drop_source (&self->total);
  drop_source (&self->phase);
  g_clear_object (&self->own);
  g_clear_object (&self->caller);
  g_clear_error (&self->reason);
  g_free (self);
}

GCancellable *
ttecomm_guard_get_cancellable (TtecommGuard *self)
{
  return self->own;
}

void
ttecomm_guard_arm (TtecommGuard *self, guint ms, const char *what)
{
  drop_source (&self->phase);
  self->what = what;
  self->phase = attach (g_timeout_source_new (ms), phase_cb, self);
}

void
ttecomm_guard_disarm (TtecommGuard *self)
{
  drop_source (&self->phase);
}

void
ttecomm_guard_stop (TtecommGuard *self, GError *error)
{
  if (self->reason == NULL)
    self->reason = error;
  else
    g_error_free (error);
  g_cancellable_cancel (self->own);
}

GError *
ttecomm_guard_steal_reason (TtecommGuard *self)
{
  return g_steal_pointer (&self->reason);
}
