/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The most that prosoft.secrets/1 keeps for one key. */
#define TTECOMM_SECRET_MAX 2048

/**
 * TtecommSecretStore:
 *
 * Where the sign-in is kept between runs: the host's safe place (prosoft.secrets/1). Two windows of
 * the host may share it, so that the other one may have put a newer secret there.
 *
 * Signal `saved` (gboolean good): how the last save ended, erasing included; a store that never
 * learns it never emits it.
 *
 * Thread: called on the worker; answers in the thread-default main context of the call.
 */
#define TTECOMM_TYPE_SECRET_STORE (ttecomm_secret_store_get_type ())
G_DECLARE_INTERFACE (TtecommSecretStore, ttecomm_secret_store, TTECOMM, SECRET_STORE, GObject)

struct _TtecommSecretStoreInterface
{
  GTypeInterface parent_iface;

  /* load_finish: (transfer full) (nullable): NULL without error = nothing is kept; an error =
   * nobody knows. */
  void (*load_async) (TtecommSecretStore *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  GBytes *(*load_finish) (TtecommSecretStore *self, GAsyncResult *result, GError **error);

  /* Keeps @secret (at most TTECOMM_SECRET_MAX bytes), or erases what is kept when NULL. Later calls
   * win. */
  void (*save) (TtecommSecretStore *self, GBytes *secret);
};

void ttecomm_secret_store_load_async (TtecommSecretStore *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GBytes *ttecomm_secret_store_load_finish (TtecommSecretStore *self,
                                          GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_secret_store_save (TtecommSecretStore *self, GBytes *secret);

/* For implementations: emits `saved`. */
void ttecomm_secret_store_emit_saved (TtecommSecretStore *self, gboolean good);

G_END_DECLS
