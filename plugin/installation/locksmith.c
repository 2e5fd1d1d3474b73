/* SPDX-License-Identifier: MIT */
#include "plugin/installation/locksmith.h"

#include <fenv.h>

/* What the thread works on. The locksmith looks into it only after it has joined the thread. */
typedef struct
{
  TtecommNbtSealed *sealed; /* (owned) */
  TtecommSecret *password;  /* (owned) (nullable): until there is a key */
  GSource *done;            /* (owned): made ready by the thread at its end */

  TtecommInstallation *installation; /* (owned) (nullable) */
  TtecommSecret *key;                /* (owned) (nullable) */
  GError *error;                     /* (owned) (nullable) */
} Work;

struct _TtecommLocksmith
{
  GObject parent_instance;

  GTask *wanted;           /* (owned) (nullable): the newest password's */
  gulong cancelled_id;     /* of its cancellable, or 0 */
  Work *waiting;           /* (owned) (nullable): of `wanted`, until the thread is free */
  Work *work;              /* (owned) (nullable): of the thread */
  gboolean work_is_wanted; /* `work` is that of `wanted` */
  GThread *thread;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TtecommLocksmith, ttecomm_locksmith, G_TYPE_OBJECT)

static void
work_free (Work *work)
{
  ttecomm_nbt_sealed_unref (work->sealed);
  g_clear_pointer (&work->password, ttecomm_secret_unref);
  if (work->done != NULL)
    g_source_destroy (work->done);
  g_clear_pointer (&work->done, g_source_unref);
  g_clear_pointer (&work->installation, ttecomm_installation_unref);
  g_clear_pointer (&work->key, ttecomm_secret_unref);
  g_clear_error (&work->error);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static gpointer
thread_main (gpointer data)
{
  Work *work = data;

  /* A host may run with floating-point exceptions unmasked, and threads inherit that (R13). */
  fesetenv (FE_DFL_ENV);
  work->key = ttecomm_nbt_key_derive (ttecomm_nbt_sealed_get_lock (work->sealed), work->password,
                                      &work->error);
  g_clear_pointer (&work->password, ttecomm_secret_unref);
  if (work->key != NULL)
    work->installation = ttecomm_nbt_sealed_open (work->sealed, work->key, &work->error);
  g_source_set_ready_time (work->done, 0);
  return NULL;
}

/* For whoever answers the newest password: nothing is wanted after it. */
static GTask *
steal_wanted (TtecommLocksmith *self)
{
  GTask *task = g_steal_pointer (&self->wanted);

  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  self->cancelled_id = 0;
  self->work_is_wanted = FALSE;
  g_clear_pointer (&self->waiting, work_free);
  return task;
}

static void
cancel_wanted (TtecommLocksmith *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->wanted == NULL)
    return;
  task = steal_wanted (self);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           "the password is no longer wanted");
}

static gboolean done_cb (gpointer data);

static gboolean
done_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSource *
make_done_source (TtecommLocksmith *self)
{
  static GSourceFuncs funcs = { .dispatch = done_dispatch };
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_static_name (source, "ttecomm-locksmith");
  g_source_set_callback (source, done_cb, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
start_waiting (TtecommLocksmith *self)
{
  g_autoptr (GError) error = NULL;

  if (self->waiting == NULL || self->work != NULL)
    return;
  self->work = g_steal_pointer (&self->waiting);
  self->work->done = make_done_source (self);
  self->thread = g_thread_try_new ("ttecomm-lock", thread_main, self->work, &error);
  self->work_is_wanted = self->thread != NULL;
  if (self->thread == NULL)
    {
      g_autoptr (GTask) task = steal_wanted (self);

      g_clear_pointer (&self->work, work_free);
      g_task_return_new_error (task, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_KEY,
                               "no thread to derive the key on: %s", error->message);
    }
}

static Work *
join (TtecommLocksmith *self)
{
  g_thread_join (g_steal_pointer (&self->thread));
  return g_steal_pointer (&self->work);
}

static gboolean
done_cb (gpointer data)
{
  g_autoptr (TtecommLocksmith) self = g_object_ref (data);
  gboolean is_wanted = self->work_is_wanted;
  g_autoptr (Work) work = join (self);

  if (is_wanted)
    {
      g_autoptr (GTask) task = steal_wanted (self);

      if (work->installation != NULL)
        g_task_return_pointer (task, g_steal_pointer (&work), (GDestroyNotify)work_free);
      else
        g_task_return_error (task, g_steal_pointer (&work->error));
    }
  start_waiting (self);
  return G_SOURCE_REMOVE;
}

void
ttecomm_locksmith_open_async (TtecommLocksmith *self,
                              TtecommNbtSealed *sealed,
                              TtecommSecret *password,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  g_task_set_source_tag (task, ttecomm_locksmith_open_async);
  work->sealed = ttecomm_nbt_sealed_ref (sealed);
  work->password = password;
  cancel_wanted (self);
  if (g_task_return_error_if_cancelled (task))
    {
      work_free (work);
      return;
    }
  self->wanted = g_steal_pointer (&task);
  self->waiting = work;
  if (cancellable != NULL)
    self->cancelled_id
        = g_signal_connect_swapped (cancellable, "cancelled", G_CALLBACK (cancel_wanted), self);
  start_waiting (self);
}

TtecommInstallation *
ttecomm_locksmith_open_finish (TtecommLocksmith *self,
                               GAsyncResult *result,
                               TtecommSecret **key,
                               GError **error)
{
  g_autoptr (Work) work = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  work = g_task_propagate_pointer (G_TASK (result), error);
  if (work == NULL)
    return NULL;
  *key = g_steal_pointer (&work->key);
  return g_steal_pointer (&work->installation);
}

void
ttecomm_locksmith_stop (TtecommLocksmith *self)
{
  cancel_wanted (self);
  if (self->thread != NULL)
    work_free (join (self));
}

static void
ttecomm_locksmith_dispose (GObject *object)
{
  ttecomm_locksmith_stop (TTECOMM_LOCKSMITH (object));
  G_OBJECT_CLASS (ttecomm_locksmith_parent_class)->dispose (object);
}

static void
ttecomm_locksmith_class_init (TtecommLocksmithClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ttecomm_locksmith_dispose;
}

static void
ttecomm_locksmith_init (TtecommLocksmith *self)
{
}

TtecommLocksmith *
ttecomm_locksmith_new (void)
{
  return g_object_new (TTECOMM_TYPE_LOCKSMITH, NULL);
}
