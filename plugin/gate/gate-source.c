/* SPDX-License-Identifier: MIT */
#include "plugin/gate/gate-source.h"

G_DEFINE_INTERFACE (TtecommGateSource, ttecomm_gate_source, G_TYPE_OBJECT)

static void
ttecomm_gate_source_default_init (TtecommGateSourceInterface *iface)
{
}

TtecommGateReply *
ttecomm_gate_reply_new (TtecommGateCause cause, char *body)
{
  TtecommGateReply *self = g_new0 (TtecommGateReply, 1);

  self->cause = cause;
  self->body = body;
  self->retry_after = -1;
  self->timings = TTECOMM_TIMINGS_NONE;
  return self;
}

void
ttecomm_gate_reply_free (TtecommGateReply *self)
{
  g_free (self->body);
  g_strfreev (self->bodies);
  g_free (self->server_today);
  g_free (self->issuer);
  g_free (self->message);
  g_free (self);
}

TtecommGateCause
ttecomm_gate_reply_get_cause (const TtecommGateReply *self)
{
  if (self->cause == TTECOMM_GATE_CAUSE_NONE && self->body == NULL)
    return TTECOMM_GATE_CAUSE_REPLY_ALTERED;
  return self->cause;
}

void
ttecomm_gate_source_fetch_statement_async (TtecommGateSource *self,
                                           const char *installation,
                                           const char *nonce,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  g_return_if_fail (TTECOMM_IS_GATE_SOURCE (self));

  TTECOMM_GATE_SOURCE_GET_IFACE (self)->fetch_statement_async (self, installation, nonce,
                                                               cancellable, callback, user_data);
}

TtecommGateReply *
ttecomm_gate_source_fetch_statement_finish (TtecommGateSource *self,
                                            GAsyncResult *result,
                                            GError **error)
{
  g_return_val_if_fail (TTECOMM_IS_GATE_SOURCE (self), NULL);

  return TTECOMM_GATE_SOURCE_GET_IFACE (self)->fetch_statement_finish (self, result, error);
}

void
ttecomm_gate_source_fetch_statements_async (TtecommGateSource *self,
                                            const TtecommServiceFlagItem *items,
                                            gsize n_items,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  g_return_if_fail (TTECOMM_IS_GATE_SOURCE (self));

  TTECOMM_GATE_SOURCE_GET_IFACE (self)->fetch_statements_async (self, items, n_items, cancellable,
                                                                callback, user_data);
}

TtecommGateReply *
ttecomm_gate_source_fetch_statements_finish (TtecommGateSource *self,
                                             GAsyncResult *result,
                                             GError **error)
{
  g_return_val_if_fail (TTECOMM_IS_GATE_SOURCE (self), NULL);

  return TTECOMM_GATE_SOURCE_GET_IFACE (self)->fetch_statements_finish (self, result, error);
}

void
ttecomm_gate_source_fetch_keys_async (TtecommGateSource *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (TTECOMM_IS_GATE_SOURCE (self));

  TTECOMM_GATE_SOURCE_GET_IFACE (self)->fetch_keys_async (self, cancellable, callback, user_data);
}

TtecommGateReply *
ttecomm_gate_source_fetch_keys_finish (TtecommGateSource *self,
                                       GAsyncResult *result,
                                       GError **error)
{
  g_return_val_if_fail (TTECOMM_IS_GATE_SOURCE (self), NULL);

  return TTECOMM_GATE_SOURCE_GET_IFACE (self)->fetch_keys_finish (self, result, error);
}
