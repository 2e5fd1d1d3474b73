/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/oauth.h"

#include "api/ttcloud/secret-text.h"
#include "base/json.h"

#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"
/* Longer than any form here gets: a buffer that grew would leave a secret behind. */
#define FORM_SIZE 8192

struct _TtecommOauth
{
  GObject parent_instance;

  TtecommTransport *transport;   /* (owned) */
  TtecommClock *clock;           /* (owned) */
  TtecommDiscoverer *discoverer; /* (owned) */
};

G_DEFINE_FINAL_TYPE (TtecommOauth, ttecomm_oauth, G_TYPE_OBJECT)

/* One form to be posted, and how its answer is read. */
typedef struct
{
  GBytes *form;     /* (owned): a secret */
  gboolean revokes; /* else it asks for tokens */
  gboolean repeatable;
  GUri *sent_to;       /* (owned) (nullable): the end point that was asked last */
  gboolean was_known;  /* that one was remembered */
  TtecommReply *reply; /* (owned) (nullable): what a remembered end point said that is none */
  TtecommRefusal refusal;
} Call;

static void discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void replied_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void return_reply (GTask *task, const TtecommReply *reply);

static void
call_free (gpointer data)
{
  Call *call = data;

  g_bytes_unref (call->form);
  g_clear_pointer (&call->sent_to, g_uri_unref);
  g_clear_pointer (&call->reply, ttecomm_reply_free);
  g_free (call);
}

static void
ttecomm_oauth_finalize (GObject *object)
{
  TtecommOauth *self = TTECOMM_OAUTH (object);

  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_object (&self->discoverer);

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
  self->clock = g_object_ref (clock);
  self->discoverer = ttecomm_discoverer_new (transport, ttecomm_origin, clock);
  return self;
}

TtecommDiscoverer *
ttecomm_oauth_get_discoverer (TtecommOauth *self)
{
  return self->discoverer;
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
  return ttecomm_secret_text_free_to_bytes (g_string_free (form, FALSE));
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
  ttecomm_discoverer_ask_async (self->discoverer, FALSE, cancellable, discovered_cb,
                                g_steal_pointer (&task));
}

static void
send_form (GTask *task)
{
  TtecommOauth *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (TtecommRequest) request
      = ttecomm_request_new ("POST", call->sent_to, &TTECOMM_LIMITS_CLICK);

  request->content_type = g_strdup (FORM_TYPE);
  request->body = g_bytes_ref (call->form);
  request->repeatable = call->repeatable;
  ttecomm_transport_send_async (self->transport, request, g_task_get_cancellable (task), replied_cb,
                                g_object_ref (task));
}

static gboolean
is_same (GUri *a, GUri *b)
{
  g_autofree char *left = g_uri_to_string (a);
  g_autofree char *right = g_uri_to_string (b);

  return strcmp (left, right) == 0;
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (TtecommDiscovery) discovery = NULL;
  GUri *endpoint;
  GError *error = NULL;

  discovery = ttecomm_discoverer_ask_finish (TTECOMM_DISCOVERER (source), result, &call->was_known,
                                             &error);
  if (discovery == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  endpoint = call->revokes ? discovery->revocation : discovery->token;
  /* It is where it was after all: what it said stands. */
  if (call->reply != NULL && is_same (call->sent_to, endpoint))
    {
      return_reply (task, call->reply);
      return;
    }
  g_clear_pointer (&call->sent_to, g_uri_unref);
  call->sent_to = g_uri_ref (endpoint);
  send_form (task);
}

/* RFC 6749, 5.2: TTcloud's own words, unlike a 401 of whoever stands in between. */
static TtecommRefusal
read_refusal (const TtecommReply *reply)
{
  g_autoptr (JsonObject) object
      = reply->status == 400 || reply->status == 401 ? ttecomm_reply_get_any_object (reply) : NULL;
  const char *name = NULL;

  if (object == NULL || !ttecomm_json_get_string (object, "error", 64, &name, NULL))
    return TTECOMM_REFUSAL_NONE;
  return reply->status == 400 && strcmp (name, "invalid_grant") == 0 ? TTECOMM_REFUSAL_GRANT
                                                                     : TTECOMM_REFUSAL_OTHER;
}

static gint64
read_clock (TtecommOauth *self)
{
  gint64 now = 0;

  return ttecomm_clock_get_wall (self->clock, &now) ? now : 0;
}

/* A TTECOMM_JSON_ERROR becomes ALTERED; takes @error. */
static GError *
as_cloud_error (const TtecommReply *reply, GError *error)
{
  return error->domain == TTECOMM_CLOUD_ERROR ? error : ttecomm_reply_altered (reply, error);
}

static TtecommTokens *
read_tokens (TtecommOauth *self, const TtecommReply *reply, TtecommRefusal *refusal, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  GError *local_error = NULL;
  TtecommTokens *tokens = NULL;

  *refusal = read_refusal (reply);
  if (*refusal == TTECOMM_REFUSAL_GRANT)
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
return_revocation (GTask *task, const TtecommReply *reply)
{
  g_autoptr (JsonObject) object = NULL;
  GError *error = NULL;

  if (reply->status == 200)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  object = ttecomm_reply_get_object (reply, &error);
  if (error == NULL) /* 201: no such answer is in the contract */
    error = ttecomm_reply_altered (reply,
                                   g_error_new_literal (TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE,
                                                        "the status is not 200"));
  g_task_return_error (task, error);
}

static void
return_reply (GTask *task, const TtecommReply *reply)
{
  TtecommOauth *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (TtecommTokens) tokens = NULL;
  GError *error = NULL;

  if (call->revokes)
    {
      return_revocation (task, reply);
      return;
    }
  tokens = read_tokens (self, reply, &call->refusal, &error);
  if (tokens == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&tokens), (GDestroyNotify)ttecomm_tokens_free);
}

/* Nothing of the kind is there: the end point has moved since it was remembered. Whatever was sent
 * was not used, so it may be sent once more. */
static gboolean
has_moved (const Call *call, const TtecommReply *reply)
{
  return call->was_known && call->reply == NULL
         && (reply->status == 404 || reply->status == 405 || reply->status == 410);
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommOauth *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (TtecommReply) reply = NULL;
  GError *error = NULL;

  reply = ttecomm_transport_send_finish (TTECOMM_TRANSPORT (source), result, &error);
  if (reply == NULL)
    g_task_return_error (task, error);
  else if (has_moved (call, reply))
    {
      call->reply = g_steal_pointer (&reply);
      ttecomm_discoverer_ask_async (self->discoverer, TRUE, cancellable, discovered_cb,
                                    g_steal_pointer (&task));
    }
  else
    return_reply (task, reply);
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
                             TtecommRefusal *refusal,
                             GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_oauth_tokens_finish), NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (refusal != NULL)
    *refusal = call->refusal;
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
