/* SPDX-License-Identifier: MIT */
#include "plugin/page/host-secrets.h"

struct _TtecommHostSecrets
{
  GObject parent_instance;

  char *key;                    /* (owned) */
  const TtecommModelSink *sink; /* (unowned) */
  gpointer sink_data;
  GPtrArray *waiting; /* (owned) (element-type GTask) for the next answer */
  GSource *timer;     /* (owned) (nullable) */
  guint wait_ms;
  gboolean is_late; /* nobody waits any more for the answer that is owed */
  gboolean stopped;
};

static guint late_signal;

static void ttecomm_host_secrets_iface_init (TtecommSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TtecommHostSecrets,
                               ttecomm_host_secrets,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TTECOMM_TYPE_SECRET_STORE,
                                                      ttecomm_host_secrets_iface_init))

static void
clear_timer (TtecommHostSecrets *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

const char *
ttecomm_host_secrets_get_key (TtecommHostSecrets *self)
{
  return self->key;
}

/* Those who wait, taken out first: they may ask again when told. */
static GPtrArray *
steal_waiting (TtecommHostSecrets *self)
{
  GPtrArray *waiting = g_steal_pointer (&self->waiting);

  clear_timer (self);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  return waiting;
}

void
ttecomm_host_secrets_loaded (TtecommHostSecrets *self, GBytes *secret)
{
  g_autoptr (GPtrArray) waiting = steal_waiting (self);
  gboolean was_late = self->is_late;

  self->is_late = FALSE;
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_pointer (g_ptr_array_index (waiting, i),
                           secret != NULL ? g_bytes_ref (secret) : NULL,
                           (GDestroyNotify)g_bytes_unref);
  if (was_late && waiting->len == 0 && secret != NULL && !self->stopped)
    g_signal_emit (self, late_signal, 0, secret);
}

static void
fail (TtecommHostSecrets *self, GIOErrorEnum code, const char *text)
{
  g_autoptr (GPtrArray) waiting = steal_waiting (self);

  for (guint i = 0; i < waiting->len; i++)
    g_task_return_new_error (g_ptr_array_index (waiting, i), G_IO_ERROR, code, "%s", text);
}

void
ttecomm_host_secrets_failed (TtecommHostSecrets *self)
{
  self->is_late = FALSE;
  fail (self, G_IO_ERROR_FAILED, "the host could not read the kept sign-in; sign in again");
}

void
ttecomm_host_secrets_saved (TtecommHostSecrets *self, gboolean good)
{
  if (!self->stopped)
    ttecomm_secret_store_emit_saved (TTECOMM_SECRET_STORE (self), good);
}

void
ttecomm_host_secrets_stop (TtecommHostSecrets *self)
{
  self->stopped = TRUE;
  ttecomm_host_secrets_loaded (self, NULL);
}

void
ttecomm_host_secrets_set_wait (TtecommHostSecrets *self, guint milliseconds)
{
  self->wait_ms = milliseconds;
}

static gboolean
timer_cb (gpointer data)
{
  TtecommHostSecrets *self = data;

  self->is_late = TRUE;
  fail (self, G_IO_ERROR_TIMED_OUT,
        "the host did not look up the kept sign-in in time; going on without");
  return G_SOURCE_REMOVE;
}

static void
load_async (TtecommSecretStore *store,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  TtecommHostSecrets *self = TTECOMM_HOST_SECRETS (store);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, load_async);
  if (self->stopped)
    {
      g_task_return_pointer (task, NULL, NULL);
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (self->waiting, task);
  if (self->waiting->len > 1)
    return;
  self->timer = g_timeout_source_new (self->wait_ms);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  self->sink->load_secret (self->sink_data, self->key);
}

static GBytes *
load_finish (TtecommSecretStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
save (TtecommSecretStore *store, GBytes *secret)
{
  TtecommHostSecrets *self = TTECOMM_HOST_SECRETS (store);

  if (self->stopped)
    return;
  if (secret != NULL)
    self->sink->store_secret (self->sink_data, self->key, secret);
  else
    self->sink->erase_secret (self->sink_data, self->key);
}

static void
ttecomm_host_secrets_iface_init (TtecommSecretStoreInterface *iface)
{
  iface->load_async = load_async;
  iface->load_finish = load_finish;
  iface->save = save;
}

static void
ttecomm_host_secrets_finalize (GObject *object)
{
  TtecommHostSecrets *self = TTECOMM_HOST_SECRETS (object);

  clear_timer (self);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_free (self->key);
  G_OBJECT_CLASS (ttecomm_host_secrets_parent_class)->finalize (object);
}

static void
ttecomm_host_secrets_class_init (TtecommHostSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_host_secrets_finalize;
  late_signal = g_signal_new ("late", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
}

static void
ttecomm_host_secrets_init (TtecommHostSecrets *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->wait_ms = TTECOMM_HOST_SECRETS_WAIT_MS;
}

TtecommHostSecrets *
ttecomm_host_secrets_new (const char *key, const TtecommModelSink *sink, gpointer sink_data)
{
  TtecommHostSecrets *self = g_object_new (TTECOMM_TYPE_HOST_SECRETS, NULL);

  self->key = g_strdup (key);
  self->sink = sink;
  self->sink_data = sink_data;
  return self;
}
