/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/oauth.h"

#include "api/ttcloud/secret.h"
#include "base/json.h"

#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"
#define DISCOVERY_PATH "/.well-known/openid-configuration"
/* Longer than any form here gets: a buffer that grew would leave a secret behind. */
#define FORM_SIZE 8192

struct _TtecommOauth
{
  GObject parent_instance;

  TtecommTransport *transport; /* (owned) */
  GUri *ttecomm_origin;        /* (owned) */
  TtecommClock *clock;         /* (owned) */
  TtecommDiscovery *discovery; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TtecommOauth, ttecomm_oauth, G_TYPE_OBJECT)

/* One form to be posted, and how its answer is read. */
typedef struct
{
  GBytes *form;     /* (owned): a secret */
  gboolean revokes; /* else it asks for tokens */
  gboolean repeatable;
  gboolean refused; /* invalid_grant */
} Call;

static void discovery_replied_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void replied_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
call_free (gpointer data)
{
  Call *call = data;

  g_bytes_unref (call->form);
  g_free (call);
}

static void
ttecomm_oauth_finalize (GObject *object)
{
  TtecommOauth *self = TTECOMM_OAUTH (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->ttecomm_origin, g_uri_unref);
  g_clear_pointer (&self->discovery, ttecomm_discovery_unref);

  G_OBJECT_CLASS (ttecomm_oauth_parent_class)->finalize (object);
}

static void
ttecomm_oauth_class_init (TtecommOauthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_oauth_finalize;
}

static void
ttecomm_oauth_init (TtecommOauth *self)
{
}

TtecommOauth *
ttecomm_oauth_new (TtecommTransport *transport, GUri *ttecomm_origin, TtecommClock *clock)
{
  TtecommOauth *self = g_object_new (TTECOMM_TYPE_OAUTH, NULL);

  self->transport = g_object_ref (transport);
  self->ttecomm_origin = g_uri_ref (ttecomm_origin);
  self->clock = g_object_ref (clock);
  return self;
}

/* --- discovery --- */

void
ttecomm_oauth_discover_async (TtecommOauth *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GUri *origin = ttecomm_transport_get_origin (self->transport);
  g_autoptr (TtecommRequest) request = NULL;
  g_autoptr (GUri) uri = NULL;

  g_task_set_source_tag (task, ttecomm_oauth_discover_async);
  if (self->discovery != NULL)
    {
      g_task_return_pointer (task, ttecomm_discovery_ref (self->discovery),
                             (GDestroyNotify)ttecomm_discovery_unref);
      return;
    }
  uri = g_uri_parse_relative (origin, DISCOVERY_PATH, G_URI_FLAGS_ENCODED, NULL);
  request = ttecomm_request_new ("GET", uri, &TTECOMM_LIMITS_CLICK);
  ttecomm_transport_send_async (self->transport, request, cancellable, discovery_replied_cb,
                                g_steal_pointer (&task));
}

/* A TTECOMM_JSON_ERROR becomes ALTERED; takes @error. */
static GError *
as_cloud_error (const TtecommReply *reply, GError *error)
{
  return error->domain == TTECOMM_CLOUD_ERROR ? error : ttecomm_reply_altered (reply, error);
}

static TtecommDiscovery *
read_discovery (TtecommOauth *self, const TtecommReply *reply, GError **error)
{
  g_autoptr (JsonObject) object = ttecomm_reply_get_object (reply, error);
  GError *local_error = NULL;
  TtecommDiscovery *discovery;

  if (object == NULL)
    return NULL;
  discovery = ttecomm_discovery_from_json (object, ttecomm_transport_get_origin (self->transport),
                                           self->ttecomm_origin, &local_error);
  if (discovery == NULL)
    g_propagate_error (error, as_cloud_error (reply, local_error));
  return discovery;
}

static void
discovery_replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommOauth *self = g_task_get_source_object (task);
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (TtecommDiscovery) discovery = NULL;
  GError *error = NULL;

  reply = ttecomm_transport_send_finish (TTECOMM_TRANSPORT (source), result, &error);
  if (reply != NULL)
    discovery = read_discovery (self, reply, &error);
  if (discovery == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->discovery, ttecomm_discovery_unref);
  self->discovery = ttecomm_discovery_ref (discovery);
  g_task_return_pointer (task, g_steal_pointer (&discovery),
                         (GDestroyNotify)ttecomm_discovery_unref);
}

TtecommDiscovery *
ttecomm_oauth_discover_finish (TtecommOauth *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- forms --- */

static GString *
form_new (void)
{
  GString *form = g_string_sized_new (FORM_SIZE);

  g_string_append (form, "client_id=" TTECOMM_OAUTH_CLIENT_ID);
  return form;
}

static void
form_add (GString *form, const char *name, const char *value)
{
  g_string_append_printf (form, "&%s=", name);
  g_string_append_uri_escaped (form, value, NULL, FALSE);
}

static GBytes *
form_take (GString *form)
{
  return ttecomm_secret_bytes_new_take (g_string_free (form, FALSE));
}

static void
call_async (TtecommOauth *self,
            GString *form,
            gboolean revokes,
            gboolean repeatable,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data,
            gpointer tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->form = form_take (form);
  call->revokes = revokes;
  call->repeatable = repeatable;
  g_task_set_source_tag (task, tag);
  /* tokens that are there are given, whatever was cancelled meanwhile */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, call_free);
  ttecomm_oauth_discover_async (self, cancellable, discovered_cb, g_steal_pointer (&task));
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommOauth *self = TTECOMM_OAUTH (source);
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (TtecommDiscovery) discovery = NULL;
  g_autoptr (TtecommRequest) request = NULL;
  GError *error = NULL;

  discovery = ttecomm_oauth_discover_finish (self, result, &error);
  if (discovery == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  request = ttecomm_request_new ("POST", call->revokes ? discovery->revocation : discovery->token,
                                 &TTECOMM_LIMITS_CLICK);
  request->content_type = g_strdup (FORM_TYPE);
  request->body = g_bytes_ref (call->form);
  request->repeatable = call->repeatable;
  ttecomm_transport_send_async (self->transport, request, cancellable, replied_cb,
                                g_steal_pointer (&task));
}

/* RFC 6749, 5.2: TTcloud's own words, unlike a 401 of whoever stands in between. */
static gboolean
is_invalid_grant (const TtecommReply *reply)
{
  g_autoptr (JsonObject) object
      = reply->status == 400 ? ttecomm_reply_get_any_object (reply) : NULL;
  const char *name = NULL;

  return object != NULL && ttecomm_json_get_string (object, "error", 64, &name, NULL)
         && strcmp (name, "invalid_grant") == 0;
}

static gint64
read_clock (TtecommOauth *self)
{
  gint64 now = 0;

  return ttecomm_clock_get_wall (self->clock, &now) ? now : 0;
}

static TtecommTokens *
read_tokens (TtecommOauth *self, const TtecommReply *reply, gboolean *refused, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  GError *local_error = NULL;
  TtecommTokens *tokens = NULL;

  *refused = is_invalid_grant (reply);
  if (*refused)
    local_error = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN,
                                       "TTcloud no longer knows this sign-in; sign in again");
  else
    object = ttecomm_reply_get_object (reply, &local_error);
  if (object != NULL)
    tokens = ttecomm_tokens_from_json (object, read_clock (self), &local_error);
  if (tokens == NULL)
    g_propagate_error (error, as_cloud_error (reply, local_error));
  return tokens;
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommOauth *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (TtecommTokens) tokens = NULL;
  g_autoptr (JsonObject) object = NULL;
  GError *error = NULL;

  reply = ttecomm_transport_send_finish (TTECOMM_TRANSPORT (source), result, &error);
  if (reply == NULL)
    g_task_return_error (task, error);
  else if (call->revokes && reply->status == 200)
    g_task_return_boolean (task, TRUE);
  else if (call->revokes)
    {
      object = ttecomm_reply_get_object (reply, &error);
      if (error == NULL) /* 201: no such answer is in the contract */
        error = ttecomm_reply_altered (reply, g_error_new_literal (TTECOMM_JSON_ERROR,
                                                                   TTECOMM_JSON_ERROR_TYPE,
                                                                   "the status is not 200"));
      g_task_return_error (task, error);
    }
  else
    {
      tokens = read_tokens (self, reply, &call->refused, &error);
      if (tokens == NULL)
        g_task_return_error (task, error);
      else
        g_task_return_pointer (task, g_steal_pointer (&tokens),
                               (GDestroyNotify)ttecomm_tokens_free);
    }
}

void
ttecomm_oauth_exchange_async (TtecommOauth *self,
                              const char *code,
                              const char *redirect_uri,
                              const char *verifier,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GString *form = form_new ();

  form_add (form, "grant_type", "authorization_code");
  form_add (form, "code", code);
  form_add (form, "redirect_uri", redirect_uri);
  form_add (form, "code_verifier", verifier);
  call_async (self, form, FALSE, FALSE, cancellable, callback, user_data,
              ttecomm_oauth_tokens_finish);
}

void
ttecomm_oauth_refresh_async (TtecommOauth *self,
                             const char *refresh_token,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GString *form = form_new ();

  form_add (form, "grant_type", "refresh_token");
  form_add (form, "refresh_token", refresh_token);
  /* the token before stays good for 60 s: it may be sent twice */
  call_async (self, form, FALSE, TRUE, cancellable, callback, user_data,
              ttecomm_oauth_tokens_finish);
}

TtecommTokens *
ttecomm_oauth_tokens_finish (TtecommOauth *self,
                             GAsyncResult *result,
                             gboolean *refused,
                             GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_oauth_tokens_finish), NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (refused != NULL)
    *refused = call->refused;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ttecomm_oauth_revoke_async (TtecommOauth *self,
                            const char *refresh_token,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GString *form = form_new ();

  form_add (form, "token", refresh_token);
  form_add (form, "token_type_hint", "refresh_token");
  call_async (self, form, TRUE, TRUE, cancellable, callback, user_data, ttecomm_oauth_revoke_async);
}

gboolean
ttecomm_oauth_revoke_finish (TtecommOauth *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_oauth_revoke_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
