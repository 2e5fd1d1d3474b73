/* SPDX-License-Identifier: MIT */
#include "plugin/gate/client-source.h"

#include "base/civil-date.h"

/* The gate itself gives up at its budget; these bound what runs behind a decision. */
#define STATEMENT_LIMITS ((TtecommLimits){ 3000, 5000, 30000, 64 * 1024 })
#define KEYS_LIMITS ((TtecommLimits){ 3000, 5000, 30000, 256 * 1024 })

#define TTECOMM_TYPE_CLIENT_SOURCE (ttecomm_client_source_get_type ())
G_DECLARE_FINAL_TYPE (TtecommClientSource, ttecomm_client_source, TTECOMM, CLIENT_SOURCE, GObject)

struct _TtecommClientSource
{
  GObject parent_instance;

  TtecommClient *client; /* (owned) */
};

static void ttecomm_client_source_iface_init (TtecommGateSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TtecommClientSource,
                               ttecomm_client_source,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TTECOMM_TYPE_GATE_SOURCE,
                                                      ttecomm_client_source_iface_init))

static TtecommGateCause
cause_of (const GError *error)
{
  if (error->domain != TTECOMM_CLOUD_ERROR)
    return TTECOMM_GATE_CAUSE_OFFLINE;
  switch ((TtecommCloudError)error->code)
    {
    case TTECOMM_CLOUD_ERROR_BLOCKED:
      return TTECOMM_GATE_CAUSE_BLOCKED;
    case TTECOMM_CLOUD_ERROR_SLOW:
    case TTECOMM_CLOUD_ERROR_EXPIRED:
      return TTECOMM_GATE_CAUSE_SLOW;
    case TTECOMM_CLOUD_ERROR_TLS_CLOCK:
      return TTECOMM_GATE_CAUSE_TLS_CLOCK;
    case TTECOMM_CLOUD_ERROR_TLS_TRUST:
      return TTECOMM_GATE_CAUSE_TLS_TRUST;
    case TTECOMM_CLOUD_ERROR_PORTAL:
      return TTECOMM_GATE_CAUSE_PORTAL;
    case TTECOMM_CLOUD_ERROR_SIGN_IN:
    case TTECOMM_CLOUD_ERROR_DENIED:
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

static TtecommGateReply *
reply_of_error (const GError *error)
{
  TtecommGateReply *reply = ttecomm_gate_reply_new (cause_of (error), NULL);
  const TtecommTimings *timings = ttecomm_cloud_error_get_timings (error);

  reply->http_status = ttecomm_cloud_error_get_status (error);
  reply->retry_after = ttecomm_cloud_error_get_retry_after (error);
  reply->issuer = g_strdup (ttecomm_cloud_error_get_issuer (error));
  reply->message = g_strdup (error->message);
  if (timings != NULL)
    reply->timings = *timings;
  return reply;
}

/* Ends @task with what came: an answer or a cause; only "cancelled" is an error. */
static void
return_reply (TtecommClientSource *self, GTask *task, TtecommGateReply *reply, GError *error)
{
  g_autoptr (GError) owned = error;
  const GDate *today = ttecomm_client_get_server_today (self->client);
  char text[11];

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&owned));
      return;
    }
  if (reply == NULL)
    reply = reply_of_error (owned);
  if (today != NULL)
    {
      ttecomm_date_format (today, text);
      reply->server_today = g_strdup (text);
    }
  g_task_return_pointer (task, reply, (GDestroyNotify)ttecomm_gate_reply_free);
}

static void
statement_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommGateReply *reply = NULL;
  TtecommTimings timings;
  GError *error = NULL;
  char *statement
      = ttecomm_client_service_flag_finish (TTECOMM_CLIENT (source), result, &timings, &error);

  if (statement != NULL)
    {
      reply = ttecomm_gate_reply_new (TTECOMM_GATE_CAUSE_NONE, statement);
      reply->http_status = 200;
      reply->timings = timings;
    }
  return_reply (g_task_get_source_object (task), task, reply, error);
}

static void
fetch_statement_async (TtecommGateSource *source,
                       const char *installation,
                       const char *nonce,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  TtecommClientSource *self = TTECOMM_CLIENT_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fetch_statement_async);
  ttecomm_client_service_flag_async (self->client, installation, nonce, &STATEMENT_LIMITS,
                                     cancellable, statement_cb, g_steal_pointer (&task));
}

static void
keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommGateReply *reply = NULL;
  GError *error = NULL;
  char *keys = ttecomm_client_keys_finish (TTECOMM_CLIENT (source), result, &error);

  if (keys != NULL)
    {
      reply = ttecomm_gate_reply_new (TTECOMM_GATE_CAUSE_NONE, keys);
      reply->http_status = 200;
    }
  return_reply (g_task_get_source_object (task), task, reply, error);
}

static void
fetch_keys_async (TtecommGateSource *source,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  TtecommClientSource *self = TTECOMM_CLIENT_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fetch_keys_async);
  ttecomm_client_keys_async (self->client, &KEYS_LIMITS, cancellable, keys_cb,
                             g_steal_pointer (&task));
}

static TtecommGateReply *
fetch_finish (TtecommGateSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
ttecomm_client_source_iface_init (TtecommGateSourceInterface *iface)
{
  iface->fetch_statement_async = fetch_statement_async;
  iface->fetch_statement_finish = fetch_finish;
  iface->fetch_keys_async = fetch_keys_async;
  iface->fetch_keys_finish = fetch_finish;
}

static void
ttecomm_client_source_finalize (GObject *object)
{
  g_clear_object (&TTECOMM_CLIENT_SOURCE (object)->client);
  G_OBJECT_CLASS (ttecomm_client_source_parent_class)->finalize (object);
}

static void
ttecomm_client_source_class_init (TtecommClientSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_client_source_finalize;
}

static void
ttecomm_client_source_init (TtecommClientSource *self)
{
}

TtecommGateSource *
ttecomm_client_source_new (TtecommClient *client)
{
  TtecommClientSource *self = g_object_new (TTECOMM_TYPE_CLIENT_SOURCE, NULL);

  self->client = g_object_ref (client);
  return TTECOMM_GATE_SOURCE (self);
}
