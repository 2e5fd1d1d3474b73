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
  gboolean refuses_saves;
  gboolean refuses_erasing;
  gboolean holds;
  GPtrArray *held; /* (element-type GTask) */
};

static void fake_store_iface_init (TtecommSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeStore,
                               fake_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TTECOMM_TYPE_SECRET_STORE,
                                                      fake_store_iface_init))

static void
answer (FakeStore *self, GTask *task)
{
  if (self->is_broken)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The safe is locked");
  else
    g_task_return_pointer (task,
                           self->text != NULL ? g_bytes_new (self->text, strlen (self->text))
                                              : NULL,
                           (GDestroyNotify)g_bytes_unref);
}

static void
load_async (TtecommSecretStore *store,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  FakeStore *self = FAKE_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_loads++;
  if (self->holds)
    g_ptr_array_add (self->held, g_steal_pointer (&task));
  else
    answer (self, task);
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

  gboolean good = secret != NULL ? !self->refuses_saves : !self->refuses_erasing;

  self->n_saves++;
  if (good)
    {
      g_free (self->text);
      self->text = secret != NULL
                       ? g_strndup (g_bytes_get_data (secret, NULL), g_bytes_get_size (secret))
                       : NULL;
    }
  ttecomm_secret_store_emit_saved (store, good);
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
  g_ptr_array_unref (FAKE_STORE (object)->held);

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
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
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

void
fake_store_refuse (FakeStore *self, gboolean saves, gboolean erasing)
{
  self->refuses_saves = saves;
  self->refuses_erasing = erasing;
}

void
fake_store_hold (FakeStore *self, gboolean hold)
{
  self->holds = hold;
}

void
fake_store_answer (FakeStore *self)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&self->held);

  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < held->len; i++)
    answer (self, held->pdata[i]);
}
