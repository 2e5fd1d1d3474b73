/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/secret-store.h"

G_DEFINE_INTERFACE (TtecommSecretStore, ttecomm_secret_store, G_TYPE_OBJECT)

/* Set once, when the interface is made. */
static guint saved_signal;

static void
ttecomm_secret_store_default_init (TtecommSecretStoreInterface *iface)
{
  saved_signal = g_signal_new ("saved", TTECOMM_TYPE_SECRET_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

void
ttecomm_secret_store_emit_saved (TtecommSecretStore *self, gboolean good)
{
  g_return_if_fail (TTECOMM_IS_SECRET_STORE (self));

  g_signal_emit (self, saved_signal, 0, good);
}

void
ttecomm_secret_store_load_async (TtecommSecretStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (TTECOMM_IS_SECRET_STORE (self));

  TTECOMM_SECRET_STORE_GET_IFACE (self)->load_async (self, cancellable, callback, user_data);
}

GBytes *
ttecomm_secret_store_load_finish (TtecommSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TTECOMM_IS_SECRET_STORE (self), NULL);

  return TTECOMM_SECRET_STORE_GET_IFACE (self)->load_finish (self, result, error);
}

void
ttecomm_secret_store_save (TtecommSecretStore *self, GBytes *secret)
{
  g_return_if_fail (TTECOMM_IS_SECRET_STORE (self));
  g_return_if_fail (secret == NULL || g_bytes_get_size (secret) <= TTECOMM_SECRET_MAX);

  TTECOMM_SECRET_STORE_GET_IFACE (self)->save (self, secret);
}
