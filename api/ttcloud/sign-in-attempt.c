/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/sign-in-attempt.h"

#include "api/ttcloud/loopback-page.h"
#include "api/ttcloud/loopback.h"
#include "api/ttcloud/pkce.h"
#include "api/ttcloud/secret-text.h"

#define SCOPES "openid email offline_access ttcloud"

typedef struct
{
  TtecommOauth *oauth;       /* (owned) */
  TtecommSignInPages *pages; /* (owned) */
  TtecommGuard *guard;       /* (owned) */
  TtecommClock *clock;       /* (owned) */
  gint64 begin_us;           /* by the boot clock; -1 = not known */
  guint limit_ms;
  TtecommOpenUrl open_url;
  gpointer user_data;
  char *state;               /* (owned) (nullable): a secret */
  char *verifier;            /* (owned) (nullable): a secret */
  TtecommLoopback *loopback; /* (owned) (nullable) */
} Attempt;

static void discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void came_back_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
attempt_free (gpointer data)
{
  Attempt *self = data;

  g_object_unref (self->oauth);
  ttecomm_sign_in_pages_free (self->pages);
  ttecomm_guard_free (self->guard);
  g_object_unref (self->clock);
  ttecomm_secret_text_free (self->state);
  ttecomm_secret_text_free (self->verifier);
  g_clear_object (&self->loopback);
  g_free (self);
}

/* Takes @error; the guard's reason, if it has one, is why. */
static void
fail (GTask *task, GError *error)
{
  Attempt *self = g_task_get_task_data (task);
  GError *reason = ttecomm_guard_steal_reason (self->guard);

  if (reason == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
  g_task_return_error (task, reason);
}

void
ttecomm_sign_in_attempt_async (TtecommOauth *oauth,
                               const TtecommSignInPages *pages,
                               TtecommGuard *guard,
                               TtecommClock *clock,
                               guint limit_ms,
                               TtecommOpenUrl open_url,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Attempt *self = g_new0 (Attempt, 1);

  self->oauth = g_object_ref (oauth);
  self->pages = ttecomm_sign_in_pages_copy (pages);
  self->guard = guard;
  self->clock = g_object_ref (clock);
  self->begin_us = ttecomm_clock_get_boottime_us (clock);
  self->limit_ms = limit_ms;
  self->open_url = open_url;
  self->user_data = user_data;
  g_task_set_source_tag (task, ttecomm_sign_in_attempt_async);
  g_task_set_task_data (task, self, attempt_free);
  /* afresh: a browser that is sent to the wrong place does not come back to say so */
  ttecomm_discoverer_ask_async (ttecomm_oauth_get_discoverer (oauth), TRUE,
                                ttecomm_guard_get_cancellable (guard), discovered_cb,
                                g_steal_pointer (&task));
}

/* An end point may have a query of its own. */
static char *
make_url (Attempt *self, GUri *endpoint)
{
  const char *own = g_uri_get_query (endpoint);
  g_autofree char *challenge = ttecomm_pkce_challenge (self->verifier);
  g_autoptr (GString) query = g_string_new (own);
  g_autoptr (GUri) uri = NULL;

  if (own != NULL && *own != '\0')
    g_string_append_c (query, '&');
  g_string_append (
      query, "response_type=code&code_challenge_method=S256&client_id=" TTECOMM_OAUTH_CLIENT_ID);
  g_string_append_printf (query, "&code_challenge=%s&state=%s&redirect_uri=", challenge,
                          self->state);
  g_string_append_uri_escaped (query, ttecomm_loopback_get_redirect_uri (self->loopback), NULL,
                               FALSE);
  g_string_append (query, "&scope=");
  g_string_append_uri_escaped (query, SCOPES, NULL, FALSE);
  /* What the person reads in the browser is one conversation: theirs, then ours. */
  g_string_append (query, "&ui_locales=");
  g_string_append_uri_escaped (query, self->pages->language, NULL, FALSE);
  uri = g_uri_build (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE,
                     g_uri_get_scheme (endpoint), NULL, g_uri_get_host (endpoint),
                     g_uri_get_port (endpoint), g_uri_get_path (endpoint), query->str, NULL);
  return g_uri_to_string (uri);
}

static gboolean
prepare (Attempt *self, GError **error)
{
  self->state = ttecomm_pkce_random (error);
  if (self->state == NULL)
    return FALSE;
  self->verifier = ttecomm_pkce_random (error);
  if (self->verifier == NULL)
    return FALSE;
  self->loopback = ttecomm_loopback_new (self->state, self->pages, error);
  return self->loopback != NULL;
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *self = g_task_get_task_data (task);
  g_autoptr (TtecommDiscovery) discovery = NULL;
  g_autofree char *url = NULL;
  GError *error = NULL;

  discovery = ttecomm_discoverer_ask_finish (TTECOMM_DISCOVERER (source), result, NULL, &error);
  if (discovery == NULL || !prepare (self, &error))
    {
      fail (task, error);
      return;
    }
  url = make_url (self, discovery->authorization);
  ttecomm_loopback_wait_async (self->loopback, ttecomm_guard_get_cancellable (self->guard),
                               came_back_cb, g_object_ref (task));
  self->open_url (url, self->user_data);
}

/* The guard's timer stands still while the PC sleeps. */
static gboolean
is_too_late (const Attempt *self)
{
  gint64 now_us = ttecomm_clock_get_boottime_us (self->clock);

  return self->begin_us >= 0 && now_us >= 0
         && now_us - self->begin_us >= (gint64)self->limit_ms * 1000;
}

static void
came_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *self = g_task_get_task_data (task);
  g_autoptr (TtecommSecretText) code = NULL;
  GError *error = NULL;

  code = ttecomm_loopback_wait_finish (TTECOMM_LOOPBACK (source), result, &error);
  if (code != NULL && is_too_late (self))
    {
      g_clear_pointer (&code, ttecomm_secret_text_free);
      error = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_EXPIRED,
                                   "Nobody finished the sign-in in time; start it again");
    }
  if (code == NULL)
    {
      fail (task, error);
      return;
    }
  ttecomm_oauth_exchange_async (self->oauth, code,
                                ttecomm_loopback_get_redirect_uri (self->loopback), self->verifier,
                                ttecomm_guard_get_cancellable (self->guard), exchanged_cb,
                                g_steal_pointer (&task));
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TtecommTokens *tokens
      = ttecomm_oauth_tokens_finish (TTECOMM_OAUTH (source), result, NULL, &error);

  if (tokens == NULL)
    fail (task, error);
  else
    g_task_return_pointer (task, tokens, (GDestroyNotify)ttecomm_tokens_free);
}

TtecommTokens *
ttecomm_sign_in_attempt_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_sign_in_attempt_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
