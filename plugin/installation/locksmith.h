/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "plugin/installation/nbt-sealed.h"

G_BEGIN_DECLS

/**
 * TtecommLocksmith:
 *
 * Opens a protected file with a password. Deriving the key takes up to 64 MiB and a good part of a
 * second, so it happens on a thread of its own, one at a time: a password that comes while another
 * one is being tried takes its place, and waits until the thread is free, since scrypt cannot be
 * interrupted. Whatever comes of a password that is no longer wanted is wiped unseen.
 *
 * Functions are called on one thread, whose thread-default main context the results come to.
 */
#define TTECOMM_TYPE_LOCKSMITH (ttecomm_locksmith_get_type ())
G_DECLARE_FINAL_TYPE (TtecommLocksmith, ttecomm_locksmith, TTECOMM, LOCKSMITH, GObject)

TtecommLocksmith *ttecomm_locksmith_new (void);

/**
 * ttecomm_locksmith_open_async:
 * @password: (transfer full): nobody else may hold it: it is wiped as soon as the key is there
 * @cancellable: (nullable): cancelled on this thread; the answer then comes at once
 */
void ttecomm_locksmith_open_async (TtecommLocksmith *self,
                                   TtecommNbtSealed *sealed,
                                   TtecommSecret *password,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * ttecomm_locksmith_open_finish:
 * @key: (out) (transfer full): what opened it, on success
 *
 * Returns: (transfer full): %NULL with an error of ttecomm_nbt_key_derive() or
 *   ttecomm_nbt_sealed_open(), or %G_IO_ERROR_CANCELLED when it was cancelled, or another password
 *   took its place
 */
TtecommInstallation *ttecomm_locksmith_open_finish (TtecommLocksmith *self,
                                                    GAsyncResult *result,
                                                    TtecommSecret **key,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The last call: cancels, and waits for the thread to end, which takes as long as one derivation.
 */
void ttecomm_locksmith_stop (TtecommLocksmith *self);

G_END_DECLS
