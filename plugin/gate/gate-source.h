/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client-many.h"
#include "api/ttcloud/timings.h"
#include "plugin/gate/decision.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TtecommGateReply:
 * @cause: %TTECOMM_GATE_CAUSE_NONE when @body is there, else why it is not
 * @body: (nullable): the statement or the key set, compact JWS, not believed yet
 * @bodies: (nullable): the same for many, in any order
 * @server_today: (nullable): YYYY-MM-DD
 * @http_status: 0 when there was no answer
 * @retry_after: seconds, -1 when not stated
 * @dead_connection: the request went out on a pooled connection that had died and nothing came
 * back: asking again at once is right
 * @issuer: (nullable): of a certificate that was not trusted
 * @message: (nullable): for the log, without secrets
 *
 * What became of one question. A failure is an ordinary reply here, since its status, its timings
 * and its Retry-After are needed as much as a body is.
 */
typedef struct
{
  TtecommGateCause cause;
  char *body;         /* (owned) (nullable) */
  GStrv bodies;       /* (owned) (nullable): of a question about many */
  char *server_today; /* (owned) (nullable) */
  guint http_status;
  gint64 retry_after;
  char *issuer;  /* (owned) (nullable) */
  char *message; /* (owned) (nullable) */
  TtecommTimings timings;
} TtecommGateReply;

/* Without timings and Retry-After; takes @body (nullable). */
TtecommGateReply *ttecomm_gate_reply_new (TtecommGateCause cause, char *body);
void ttecomm_gate_reply_free (TtecommGateReply *self);

/* Why @self cannot be used; a success without a body is altered. */
TtecommGateCause ttecomm_gate_reply_get_cause (const TtecommGateReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGateReply, ttecomm_gate_reply_free)

/**
 * TtecommGateSource:
 *
 * Where the gate's answers come from: TTcloud, or a test. It states its own limits for connecting
 * and for the first byte (3 s and 5 s) and repeats a request whose pooled connection had died; the
 * gate cancels what takes too long.
 *
 * The only GError is %G_IO_ERROR_CANCELLED. Everything runs on the thread-default main context.
 */
#define TTECOMM_TYPE_GATE_SOURCE (ttecomm_gate_source_get_type ())
G_DECLARE_INTERFACE (TtecommGateSource, ttecomm_gate_source, TTECOMM, GATE_SOURCE, GObject)

struct _TtecommGateSourceInterface
{
  GTypeInterface parent_iface;

  /* POST /v1/service-flag; @nonce is 16 random bytes, base64url. */
  void (*fetch_statement_async) (TtecommGateSource *self,
                                 const char *installation,
                                 const char *nonce,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
  TtecommGateReply *(*fetch_statement_finish) (TtecommGateSource *self,
                                               GAsyncResult *result,
                                               GError **error);

  /* POST /v1/service-flags; @items as ttecomm_client_service_flags_async() takes them. */
  void (*fetch_statements_async) (TtecommGateSource *self,
                                  const TtecommServiceFlagItem *items,
                                  gsize n_items,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
  TtecommGateReply *(*fetch_statements_finish) (TtecommGateSource *self,
                                                GAsyncResult *result,
                                                GError **error);

  /* GET /v1/keys */
  void (*fetch_keys_async) (TtecommGateSource *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  TtecommGateReply *(*fetch_keys_finish) (TtecommGateSource *self,
                                          GAsyncResult *result,
                                          GError **error);
};

void ttecomm_gate_source_fetch_statement_async (TtecommGateSource *self,
                                                const char *installation,
                                                const char *nonce,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data);

/* Returns: (transfer full): never %NULL without @error */
TtecommGateReply *
ttecomm_gate_source_fetch_statement_finish (TtecommGateSource *self,
                                            GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

void ttecomm_gate_source_fetch_statements_async (TtecommGateSource *self,
                                                 const TtecommServiceFlagItem *items,
                                                 gsize n_items,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);

/* Returns: (transfer full): with `bodies`, as many as items, in the place of `body` */
TtecommGateReply *
ttecomm_gate_source_fetch_statements_finish (TtecommGateSource *self,
                                             GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

void ttecomm_gate_source_fetch_keys_async (TtecommGateSource *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
TtecommGateReply *ttecomm_gate_source_fetch_keys_finish (TtecommGateSource *self,
                                                         GAsyncResult *result,
                                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
