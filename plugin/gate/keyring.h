/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/gate-source.h"
#include "plugin/gate/writer.h"

G_BEGIN_DECLS

/**
 * TtecommGateKeyring:
 *
 * The key set: read from disk at first, fetched when a statement names a key that is not in it,
 * kept when it is newer. Fetches that run at the same time are one.
 *
 * Thread: the worker.
 */
#define TTECOMM_TYPE_GATE_KEYRING (ttecomm_gate_keyring_get_type ())
G_DECLARE_FINAL_TYPE (TtecommGateKeyring, ttecomm_gate_keyring, TTECOMM, GATE_KEYRING, GObject)

/* @cache, @writer: (nullable): both or none; the writer is borrowed until close. */
TtecommGateKeyring *ttecomm_gate_keyring_new (TtecommGateSource *source,
                                              TtecommTrust *trust,
                                              TtecommGateCache *cache,
                                              TtecommGateWriter *writer);

/* (nullable) (transfer none): until the next refresh */
TtecommKeySet *ttecomm_gate_keyring_get_keys (TtecommGateKeyring *self);

/**
 * TtecommGateKeysFailure:
 *
 * Why there is no new key set, for the words and for the pause before the next question; as in
 * #TtecommGateReply.
 */
typedef struct
{
  TtecommGateCause cause;
  guint http_status;
  gint64 retry_after;
} TtecommGateKeysFailure;

/* Who is cancelled is told at once; the fetch ends with the last who waits for it. */
void ttecomm_gate_keyring_refresh_async (TtecommGateKeyring *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

/**
 * ttecomm_gate_keyring_refresh_finish:
 * @failure: (out): filled in on %FALSE; its cause is NONE when it was cancelled
 */
gboolean ttecomm_gate_keyring_refresh_finish (TtecommGateKeyring *self,
                                              GAsyncResult *result,
                                              TtecommGateKeysFailure *failure,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives up what is in flight and forgets the writer. */
void ttecomm_gate_keyring_close (TtecommGateKeyring *self);

/* The cause that a failed verification stands for: a TTECOMM_STATEMENT_ERROR or
 * TTECOMM_KEY_SET_ERROR (B1-B4). */
TtecommGateCause ttecomm_gate_cause_from_error (const GError *error);

/* Errors of a refresh: the code is a TtecommGateCause. */
#define TTECOMM_GATE_CAUSE_ERROR (ttecomm_gate_cause_error_quark ())
GQuark ttecomm_gate_cause_error_quark (void);

G_END_DECLS
