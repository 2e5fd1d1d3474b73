/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/secret-store.h"

G_DEFINE_INTERFACE (TtecommSecretStore, ttecomm_secret_store, G_TYPE_OBJECT)

static void
ttecomm_secret_store_default_init (TtecommSecretStoreInterface *iface)
{
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
