/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/keyring.h"

G_BEGIN_DECLS

/**
 * TtecommGateAnswer:
 * @record: (nullable): the verified statement; %NULL when @cause says why there is none
 * @verify_us: microseconds of the last verification, -1 when there was nothing to verify
 * @ver_lower: it has our nonce, and a lower ver than one seen before
 *
 * What one question to TTcloud came to.
 */
typedef struct
{
  TtecommGateRecord *record; /* (owned) (nullable) */
  TtecommGateCause cause;
  char *server_today; /* (owned) (nullable) */
  guint http_status;
  gint64 retry_after;
  char *issuer;  /* (owned) (nullable) */
  char *message; /* (owned) (nullable): for the log, without secrets */
  TtecommTimings timings;
  gint64 verify_us;
  gboolean ver_lower;
} TtecommGateAnswer;

void ttecomm_gate_answer_free (TtecommGateAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGateAnswer, ttecomm_gate_answer_free)

/**
 * ttecomm_gate_ask_async:
 * @nonce: sent, and compared with the statement's
 * @min_ver: the highest ver seen for this installation, or 0
 *
 * One question: fetches the statement, verifies it, and fetches the key set once if the key is
 * unknown. Thread: the worker.
 */
void ttecomm_gate_ask_async (TtecommGateSource *source,
                             TtecommGateKeyring *keyring,
                             TtecommClock *clock,
                             const char *installation,
                             const char *account,
                             const char *nonce,
                             gint64 min_ver,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Returns: (transfer full): %NULL with %G_IO_ERROR_CANCELLED alone */
TtecommGateAnswer *ttecomm_gate_ask_finish (GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
