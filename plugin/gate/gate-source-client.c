/* SPDX-License-Identifier: MIT */
#include "plugin/gate/gate-source-client.h"

#include "api/ttcloud/cloud-error.h"
#include "base/civil-date.h"

struct _TtecommGateSourceClient
{
  GObject parent_instance;

  TtecommClient *client; /* (owned) */
  TtecommLimits limits;
};

static void iface_init (TtecommGateSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TtecommGateSourceClient,
                               ttecomm_gate_source_client,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TTECOMM_TYPE_GATE_SOURCE, iface_init))

TtecommGateCause
ttecomm_gate_cause_from_cloud_error (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == TTECOMM_CLOUD_ERROR,
                        TTECOMM_GATE_CAUSE_OFFLINE);

  switch ((TtecommCloudError)error->code)
    {
    case TTECOMM_CLOUD_ERROR_BLOCKED:
      return TTECOMM_GATE_CAUSE_BLOCKED;
    case TTECOMM_CLOUD_ERROR_SLOW:
      return TTECOMM_GATE_CAUSE_SLOW;
    case TTECOMM_CLOUD_ERROR_TLS_CLOCK:
      return TTECOMM_GATE_CAUSE_TLS_CLOCK;
    case TTECOMM_CLOUD_ERROR_TLS_TRUST:
      return TTECOMM_GATE_CAUSE_TLS_TRUST;
    case TTECOMM_CLOUD_ERROR_PORTAL:
      return TTECOMM_GATE_CAUSE_PORTAL;
    case TTECOMM_CLOUD_ERROR_SIGN_IN:
    case TTECOMM_CLOUD_ERROR_DENIED:
    case TTECOMM_CLOUD_ERROR_EXPIRED:
    case TTECOMM_CLOUD_ERROR_REPLACED:
      return TTECOMM_GATE_CAUSE_SIGN_IN;
    case TTECOMM_CLOUD_ERROR_REFUSED:
    case TTECOMM_CLOUD_ERROR_PROBLEM:
    case TTECOMM_CLOUD_ERROR_INVALID:
      return TTECOMM_GATE_CAUSE_REFUSED;
    case TTECOMM_CLOUD_ERROR_PROXY_LOGIN:
      return TTECOMM_GATE_CAUSE_PROXY_LOGIN;
    case TTECOMM_CLOUD_ERROR_BUSY:
      return TTECOMM_GATE_CAUSE_BUSY;
    case TTECOMM_CLOUD_ERROR_ALTERED:
    case TTECOMM_CLOUD_ERROR_FOREIGN_LINK:
      return TTECOMM_GATE_CAUSE_REPLY_ALTERED;
    case TTECOMM_CLOUD_ERROR_OFFLINE:
    default:
      return TTECOMM_GATE_CAUSE_OFFLINE;
    }
}

/* Takes @error. */
static TtecommGateReply *
reply_from_error (GError *error)
{
  g_autoptr (GError) owned = error;
  TtecommGateReply *reply
      = ttecomm_gate_reply_new (ttecomm_gate_cause_from_cloud_error (error), NULL);
  const TtecommTimings *timings = ttecomm_cloud_error_get_timings (error);

  reply->http_status = ttecomm_cloud_error_get_status (error);
  reply->retry_after = ttecomm_cloud_error_get_retry_after (error);
  reply->issuer = g_strdup (ttecomm_cloud_error_get_issuer (error));
  /* The word and no more: a server's own text does not belong into a log. */
  reply->message
      = g_strconcat ("TTcloud could not be asked: ",
                     ttecomm_cloud_error_code_name ((TtecommCloudError)error->code), NULL);
  if (timings != NULL)
    reply->timings = *timings;
  return reply;
}

/* The reply to a call of the client, which failed with @call_error (transfer full) or, when that is
 * NULL, gave something. */
static TtecommGateReply *
make_reply (TtecommGateSourceClient *self,
            const TtecommTimings *timings,
            GError *call_error,
            GError **error)
{
  const GDate *today = ttecomm_client_get_server_today (self->client);
  TtecommGateReply *reply;

  if (call_error != NULL && call_error->domain != TTECOMM_CLOUD_ERROR)
    {
      g_propagate_error (error, call_error);
      return NULL;
    }
  if (call_error != NULL)
    return reply_from_error (call_error);
  reply = ttecomm_gate_reply_new (TTECOMM_GATE_CAUSE_NONE, NULL);
  reply->http_status = 200;
  reply->timings = *timings;
  if (today != NULL)
    {
      reply->server_today = g_malloc (TTECOMM_DATE_SIZE);
      ttecomm_date_format (today, reply->server_today);
    }
  return reply;
}

/* The client's result travels inside ours, whose source is the client. */
static void
fetched_cb (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);

  g_task_return_pointer (task, g_object_ref (result), g_object_unref);
}

/* (transfer full): the client's result; %NULL with @error when it was cancelled before it came */
static GAsyncResult *
take_result (TtecommGateSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fetch_statement_async (TtecommGateSource *source,
                       const char *installation,
                       const char *nonce,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  TtecommGateSourceClient *self = TTECOMM_GATE_SOURCE_CLIENT (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fetch_statement_async);
  ttecomm_client_service_flag_async (self->client, installation, nonce, &self->limits, cancellable,
                                     fetched_cb, g_steal_pointer (&task));
}

static TtecommGateReply *
fetch_statement_finish (TtecommGateSource *source, GAsyncResult *result, GError **error)
{
  TtecommGateSourceClient *self = TTECOMM_GATE_SOURCE_CLIENT (source);
  g_autoptr (GAsyncResult) inner = take_result (source, result, error);
  TtecommTimings timings = TTECOMM_TIMINGS_NONE;
  g_autofree char *body = NULL;
  GError *call_error = NULL;
  TtecommGateReply *reply;

  if (inner == NULL)
    return NULL;
  body = ttecomm_client_service_flag_finish (self->client, inner, &timings, &call_error);
  reply = make_reply (self, &timings, call_error, error);
  if (reply != NULL)
    reply->body = g_steal_pointer (&body);
  return reply;
}

static void
fetch_statements_async (TtecommGateSource *source,
                        const TtecommServiceFlagItem *items,
                        gsize n_items,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  TtecommGateSourceClient *self = TTECOMM_GATE_SOURCE_CLIENT (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fetch_statements_async);
  ttecomm_client_service_flags_async (self->client, items, n_items, &TTECOMM_LIMITS_ORDINARY,
                                      cancellable, fetched_cb, g_steal_pointer (&task));
}

static TtecommGateReply *
fetch_statements_finish (TtecommGateSource *source, GAsyncResult *result, GError **error)
{
  TtecommGateSourceClient *self = TTECOMM_GATE_SOURCE_CLIENT (source);
  g_autoptr (GAsyncResult) inner = take_result (source, result, error);
  TtecommTimings timings = TTECOMM_TIMINGS_NONE;
  g_auto (GStrv) bodies = NULL;
  GError *call_error = NULL;
  TtecommGateReply *reply;

  if (inner == NULL)
    return NULL;
  bodies = ttecomm_client_service_flags_finish (self->client, inner, &timings, &call_error);
  reply = make_reply (self, &timings, call_error, error);
  if (reply != NULL)
    reply->bodies = g_steal_pointer (&bodies);
  return reply;
}

static void
fetch_keys_async (TtecommGateSource *source,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  TtecommGateSourceClient *self = TTECOMM_GATE_SOURCE_CLIENT (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fetch_keys_async);
  ttecomm_client_keys_async (self->client, &self->limits, cancellable, fetched_cb,
                             g_steal_pointer (&task));
}

static TtecommGateReply *
fetch_keys_finish (TtecommGateSource *source, GAsyncResult *result, GError **error)
{
  TtecommGateSourceClient *self = TTECOMM_GATE_SOURCE_CLIENT (source);
  g_autoptr (GAsyncResult) inner = take_result (source, result, error);
  const TtecommTimings none = TTECOMM_TIMINGS_NONE;
  g_autofree char *body = NULL;
  GError *call_error = NULL;
  TtecommGateReply *reply;

  if (inner == NULL)
    return NULL;
  body = ttecomm_client_keys_finish (self->client, inner, &call_error);
  reply = make_reply (self, &none, call_error, error);
  if (reply != NULL)
    reply->body = g_steal_pointer (&body);
  return reply;
}

static void
iface_init (TtecommGateSourceInterface *iface)
{
  iface->fetch_statement_async = fetch_statement_async;
  iface->fetch_statement_finish = fetch_statement_finish;
  iface->fetch_statements_async = fetch_statements_async;
  iface->fetch_statements_finish = fetch_statements_finish;
  iface->fetch_keys_async = fetch_keys_async;
  iface->fetch_keys_finish = fetch_keys_finish;
}

static void
ttecomm_gate_source_client_finalize (GObject *object)
{
  g_object_unref (TTECOMM_GATE_SOURCE_CLIENT (object)->client);
  G_OBJECT_CLASS (ttecomm_gate_source_client_parent_class)->finalize (object);
}

static void
ttecomm_gate_source_client_class_init (TtecommGateSourceClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_gate_source_client_finalize;
}

static void
ttecomm_gate_source_client_init (TtecommGateSourceClient *self)
{
}

TtecommGateSource *
ttecomm_gate_source_client_new (TtecommClient *client, const TtecommLimits *limits)
{
  TtecommGateSourceClient *self;

  g_return_val_if_fail (TTECOMM_IS_CLIENT (client), NULL);

  self = g_object_new (TTECOMM_TYPE_GATE_SOURCE_CLIENT, NULL);
  self->client = g_object_ref (client);
  self->limits = *limits;
  return TTECOMM_GATE_SOURCE (self);
}
