/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/client.h"

#include "api/ttcloud/cause.h"
#include "api/ttcloud/client-private.h"
#include "api/ttcloud/client-read.h"
#include "api/ttcloud/fields.h"
#include "api/ttcloud/origin.h"
#include "base/json.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (TtecommClient, ttecomm_client, G_TYPE_OBJECT)

enum
{
  PROP_SERVER_TODAY = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
ttecomm_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SERVER_TODAY)
    g_value_set_boxed (value, ttecomm_client_get_server_today (TTECOMM_CLIENT (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ttecomm_client_finalize (GObject *object)
{
  TtecommClient *self = TTECOMM_CLIENT (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->sign_in);
  g_clear_pointer (&self->ttecomm_origin, g_uri_unref);

  G_OBJECT_CLASS (ttecomm_client_parent_class)->finalize (object);
}

static void
ttecomm_client_class_init (TtecommClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ttecomm_client_get_property;
  object_class->finalize = ttecomm_client_finalize;
  properties[PROP_SERVER_TODAY]
      = g_param_spec_boxed ("server-today", NULL, NULL, G_TYPE_DATE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
ttecomm_client_init (TtecommClient *self)
{
  g_date_clear (&self->server_today, 1);
}

TtecommClient *
ttecomm_client_new (TtecommTransport *transport, TtecommSignIn *sign_in, GUri *ttecomm_origin)
{
  TtecommClient *self;

  g_return_val_if_fail (TTECOMM_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (TTECOMM_IS_SIGN_IN (sign_in), NULL);
  g_return_val_if_fail (ttecomm_origin != NULL, NULL);

  self = g_object_new (TTECOMM_TYPE_CLIENT, NULL);
  self->transport = g_object_ref (transport);
  self->sign_in = g_object_ref (sign_in);
  self->ttecomm_origin = g_uri_ref (ttecomm_origin);
  return self;
}

TtecommSignIn *
ttecomm_client_get_sign_in (TtecommClient *self)
{
  g_return_val_if_fail (TTECOMM_IS_CLIENT (self), NULL);

  return self->sign_in;
}

const GDate *
ttecomm_client_get_server_today (TtecommClient *self)
{
  g_return_val_if_fail (TTECOMM_IS_CLIENT (self), NULL);

  return g_date_valid (&self->server_today) ? &self->server_today : NULL;
}

gboolean
ttecomm_client_is_id (const char *id)
{
  return id != NULL && ttecomm_field_matches (id, TTECOMM_CHARS_ID, 1, TTECOMM_ID_MAX);
}

void
ttecomm_client_note_today (TtecommClient *self, const GDate *today)
{
  if (g_date_valid (&self->server_today) && g_date_compare (&self->server_today, today) == 0)
    return;
  self->server_today = *today;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER_TODAY]);
}

/* --- making calls --- */

TtecommCall *
ttecomm_client_make_call (TtecommClient *self,
                          const char *path,
                          const char *query,
                          JsonBuilder *body,
                          const TtecommLimits *limits,
                          TtecommCallRead read,
                          GDestroyNotify free_result)
{
  GUri *origin = ttecomm_transport_get_origin (self->transport);
  g_autoptr (GUri) uri
      = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (origin), NULL, g_uri_get_host (origin),
                     g_uri_get_port (origin), path, query, NULL);
  TtecommCall *call = g_new0 (TtecommCall, 1);

  call->transport = g_object_ref (self->transport);
  call->sign_in = g_object_ref (self->sign_in);
  call->ttecomm_origin = g_uri_ref (self->ttecomm_origin);
  call->request = ttecomm_request_new (body != NULL ? "POST" : "GET", uri, limits);
  call->request->repeatable = TRUE;
  call->read = read;
  call->free_result = free_result;
  if (body != NULL)
    {
      g_autoptr (JsonBuilder) owned = json_builder_end_object (body);
      g_autoptr (JsonNode) root = json_builder_get_root (owned);
      char *text = ttecomm_json_to_text (root);

      call->request->body = g_bytes_new_take (text, strlen (text));
      call->request->content_type = g_strdup ("application/json");
    }
  return call;
}

void
ttecomm_client_refuse (TtecommClient *self,
                       const char *what,
                       gpointer tag,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_task_report_error (self, callback, user_data, tag,
                       ttecomm_cause_new_error (TTECOMM_CLOUD_ERROR_INVALID, what));
}

JsonBuilder *
ttecomm_client_body_new (void)
{
  JsonBuilder *body = json_builder_new ();

  json_builder_begin_object (body);
  return body;
}

void
ttecomm_client_body_add (JsonBuilder *body, const char *name, const char *value)
{
  json_builder_set_member_name (body, name);
  json_builder_add_string_value (body, value);
}

/* --- account --- */

void
ttecomm_client_account_async (TtecommClient *self,
                              const TtecommLimits *limits,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  ttecomm_call_run_async (self,
                          ttecomm_client_make_call (self, "/v1/account", NULL, NULL, limits,
                                                    ttecomm_read_account,
                                                    (GDestroyNotify)ttecomm_account_unref),
                          ttecomm_client_account_async, cancellable, callback, user_data);
}

TtecommAccount *
ttecomm_client_account_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_account_async, NULL, error);
}

void
ttecomm_client_installation_async (TtecommClient *self,
                                   const char *installation,
                                   const TtecommLimits *limits,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autofree char *path = NULL;
  TtecommCall *call;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  if (!ttecomm_client_is_id (installation))
    {
      ttecomm_client_refuse (self, "not the id of an installation",
                             ttecomm_client_installation_async, callback, user_data);
      return;
    }
  path = g_strconcat ("/v1/installations/", installation, NULL);
  call = ttecomm_client_make_call (self, path, NULL, NULL, limits, ttecomm_read_installation,
                                   (GDestroyNotify)ttecomm_installation_info_unref);
  ttecomm_call_expect (call, g_strdup (installation), g_free);
  ttecomm_call_run_async (self, call, ttecomm_client_installation_async, cancellable, callback,
                          user_data);
}

TtecommInstallationInfo *
ttecomm_client_installation_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_installation_async, NULL, error);
}

/* --- service flag --- */

void
ttecomm_client_service_flag_async (TtecommClient *self,
                                   const char *installation,
                                   const char *nonce,
                                   const TtecommLimits *limits,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  JsonBuilder *body;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  if (!ttecomm_client_is_id (installation) || nonce == NULL
      || !ttecomm_field_matches (nonce, TTECOMM_CHARS_ID, 22, 22))
    {
      ttecomm_client_refuse (self, "not the id of an installation, or not a nonce",
                             ttecomm_client_service_flag_async, callback, user_data);
      return;
    }
  body = ttecomm_client_body_new ();
  ttecomm_client_body_add (body, "installation", installation);
  ttecomm_client_body_add (body, "nonce", nonce);
  ttecomm_call_run_async (self,
                          ttecomm_client_make_call (self, "/v1/service-flag", NULL, body, limits,
                                                    ttecomm_read_statement, g_free),
                          ttecomm_client_service_flag_async, cancellable, callback, user_data);
}

char *
ttecomm_client_service_flag_finish (TtecommClient *self,
                                    GAsyncResult *result,
                                    TtecommTimings *timings,
                                    GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_service_flag_async, timings, error);
}

void
ttecomm_client_keys_async (TtecommClient *self,
                           const TtecommLimits *limits,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  TtecommCall *call;

  g_return_if_fail (TTECOMM_IS_CLIENT (self));
  g_return_if_fail (limits != NULL);

  call = ttecomm_client_make_call (self, "/v1/keys", NULL, NULL, limits, ttecomm_read_keys, g_free);
  g_clear_object (&call->sign_in);
  ttecomm_call_run_async (self, call, ttecomm_client_keys_async, cancellable, callback, user_data);
}

char *
ttecomm_client_keys_finish (TtecommClient *self, GAsyncResult *result, GError **error)
{
  return ttecomm_call_run_finish (self, result, ttecomm_client_keys_async, NULL, error);
}
