/* SPDX-License-Identifier: MIT */
#include "tests/unit/ttcloud/fake-store.h"

#include <string.h>

struct _FakeStore
{
  GObject parent_instance;

  char *text; /* (owned) (nullable) */
  guint n_loads;
  guint n_saves;
  gboolean is_broken;
};

static void fake_store_iface_init (TtecommSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeStore,
                               fake_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TTECOMM_TYPE_SECRET_STORE,
                                                      fake_store_iface_init))

static void
load_async (TtecommSecretStore *store,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  FakeStore *self = FAKE_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_loads++;
  if (self->is_broken)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The safe is locked");
  else
    g_task_return_pointer (task,
                           self->text != NULL ? g_bytes_new (self->text, strlen (self->text))
                                              : NULL,
                           (GDestroyNotify)g_bytes_unref);
}

static GBytes *
load_finish (TtecommSecretStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
save (TtecommSecretStore *store, GBytes *secret)
{
  FakeStore *self = FAKE_STORE (store);

  self->n_saves++;
  g_free (self->text);
  self->text = secret != NULL
                   ? g_strndup (g_bytes_get_data (secret, NULL), g_bytes_get_size (secret))
                   : NULL;
}

static void
fake_store_iface_init (TtecommSecretStoreInterface *iface)
{
  iface->load_async = load_async;
  iface->load_finish = load_finish;
  iface->save = save;
}

static void
fake_store_finalize (GObject *object)
{
  g_free (FAKE_STORE (object)->text);

  G_OBJECT_CLASS (fake_store_parent_class)->finalize (object);
}

static void
fake_store_class_init (FakeStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_store_finalize;
}

static void
fake_store_init (FakeStore *self)
{
}

FakeStore *
fake_store_new (void)
{
  return g_object_new (FAKE_TYPE_STORE, NULL);
}

void
fake_store_put (FakeStore *self, const char *text)
{
  g_free (self->text);
  self->text = g_strdup (text);
}

const char *
fake_store_peek (FakeStore *self)
{
  return self->text;
}

guint
fake_store_get_n_loads (FakeStore *self)
{
  return self->n_loads;
}

guint
fake_store_get_n_saves (FakeStore *self)
{
  return self->n_saves;
}

void
fake_store_break (FakeStore *self)
{
  self->is_broken = TRUE;
}
