/* SPDX-License-Identifier: MIT */
/*
 * The Secret Service of a desktop session (GNOME Keyring, KWallet, KeePassXC), by libsecret. Only
 * compiled when there is libsecret; safe.h is what the desktop uses.
 *
 * A call ends in its callback, from the default main context, when the service has answered or its
 * `cancellable` was cancelled. A service that hangs while it asks the person ends nothing, so who
 * calls has a timer. Calls that run at the same time may overtake each other.
 */
#pragma once

#include "tests/host/desktop/keyring-service.h"

G_BEGIN_DECLS

typedef struct _DesktopKeyring DesktopKeyring;

DesktopKeyring *desktop_keyring_new (KeyringServiceAsks asks, gpointer data);

/* Calls that still run go on, but `asks` is not called any more. */
void desktop_keyring_free (DesktopKeyring *self);

/* Whether this object has ever reached a service. */
gboolean desktop_keyring_was_there (const DesktopKeyring *self);

void desktop_keyring_load (DesktopKeyring *self,
                           const char *key,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);

/* `bytes` are borrowed for the call. */
void desktop_keyring_store (DesktopKeyring *self,
                            const char *key,
                            gconstpointer bytes,
                            gsize size,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);

/* Everything under the key, also what is locked. */
void desktop_keyring_erase (DesktopKeyring *self,
                            const char *key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);

/* Of any of them: what was loaded; NULL without an error when there is nothing, or it is done.
 * (transfer full) */
SecretValue *desktop_keyring_finish (GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
