/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/sign-in-private.h"

#include "api/ttcloud/secret-text.h"
#include "api/ttcloud/sign-in-attempt.h"

G_DEFINE_FINAL_TYPE (TtecommSignIn, ttecomm_sign_in, G_TYPE_OBJECT)

enum
{
  SIGNAL_OPEN_URL,
  SIGNAL_CHANGED,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void started_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void old_revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ttecomm_sign_in_finalize (GObject *object)
{
  TtecommSignIn *self = TTECOMM_SIGN_IN (object);

  /* a sign-in or a refresh that runs holds a reference: there is none here */
  g_clear_object (&self->oauth);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_object (&self->refreshing);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->origin, g_uri_unref);
  g_clear_pointer (&self->ttecomm_origin, g_uri_unref);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  g_clear_pointer (&self->tokens, ttecomm_tokens_free);
  g_free (self->told_id);
  g_free (self->told_email);

  G_OBJECT_CLASS (ttecomm_sign_in_parent_class)->finalize (object);
}

static void
ttecomm_sign_in_class_init (TtecommSignInClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_sign_in_finalize;

  signals[SIGNAL_OPEN_URL] = g_signal_new ("open-url", TTECOMM_TYPE_SIGN_IN, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", TTECOMM_TYPE_SIGN_IN, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", TTECOMM_TYPE_SIGN_IN, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ttecomm_sign_in_init (TtecommSignIn *self)
{
  self->timeout_ms = TTECOMM_SIGN_IN_TIMEOUT_MS;
  self->waiters = g_ptr_array_new_with_free_func (ttecomm_sign_in_waiter_free);
}

TtecommSignIn *
ttecomm_sign_in_new (TtecommTransport *transport,
                     GUri *ttecomm_origin,
                     TtecommClock *clock,
                     TtecommSecretStore *store)
{
  TtecommSignIn *self;

  g_return_val_if_fail (TTECOMM_IS_TRANSPORT (transport), NULL);
  g_return_val_if_fail (ttecomm_origin != NULL, NULL);
  g_return_val_if_fail (TTECOMM_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (store == NULL || TTECOMM_IS_SECRET_STORE (store), NULL);

  self = g_object_new (TTECOMM_TYPE_SIGN_IN, NULL);
  self->oauth = ttecomm_oauth_new (transport, ttecomm_origin, clock);
  self->origin = g_uri_ref (ttecomm_transport_get_origin (transport));
  self->ttecomm_origin = g_uri_ref (ttecomm_origin);
  self->clock = g_object_ref (clock);
  if (store == NULL)
    return self;
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "saved", G_CALLBACK (ttecomm_sign_in_note_saved), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
ttecomm_sign_in_set_timeout (TtecommSignIn *self, guint milliseconds)
{
  g_return_if_fail (TTECOMM_IS_SIGN_IN (self));

  self->timeout_ms = milliseconds;
}

/* --- who --- */

TtecommSignInState
ttecomm_sign_in_get_state (TtecommSignIn *self)
{
  g_return_val_if_fail (TTECOMM_IS_SIGN_IN (self), TTECOMM_SIGN_IN_SIGNED_OUT);

  if (self->tokens == NULL)
    return TTECOMM_SIGN_IN_SIGNED_OUT;
  return self->tokens->refresh != NULL && !self->is_refused ? TTECOMM_SIGN_IN_SIGNED_IN
                                                            : TTECOMM_SIGN_IN_AGAIN;
}

const char *
ttecomm_sign_in_get_account_id (TtecommSignIn *self)
{
  g_return_val_if_fail (TTECOMM_IS_SIGN_IN (self), NULL);

  return self->tokens != NULL ? self->tokens->account_id : NULL;
}

const char *
ttecomm_sign_in_get_email (TtecommSignIn *self)
{
  g_return_val_if_fail (TTECOMM_IS_SIGN_IN (self), NULL);

  return self->tokens != NULL ? self->tokens->email : NULL;
}

guint
ttecomm_sign_in_get_generation (TtecommSignIn *self)
{
  return self->generation;
}

GError *
ttecomm_sign_in_no_token (TtecommSignIn *self)
{
  return g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN,
                              self->tokens != NULL
                                  ? "TTcloud no longer knows this sign-in; sign in again"
                                  : "Nobody is signed in to TTcloud; sign in first");
}

/* A renewed access token is nobody's business. */
void
ttecomm_sign_in_tell (TtecommSignIn *self)
{
  TtecommSignInState state = ttecomm_sign_in_get_state (self);
  const char *id = ttecomm_sign_in_get_account_id (self);
  const char *email = ttecomm_sign_in_get_email (self);

  if (state == self->told_state && g_strcmp0 (id, self->told_id) == 0
      && g_strcmp0 (email, self->told_email) == 0)
    return;
  g_free (self->told_id);
  g_free (self->told_email);
  self->told_state = state;
  self->told_id = g_strdup (id);
  self->told_email = g_strdup (email);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
ttecomm_sign_in_tell_trouble (TtecommSignIn *self)
{
  TtecommSignInTrouble trouble = ttecomm_sign_in_get_trouble (self);

  if (trouble == self->told_trouble)
    return;
  self->told_trouble = trouble;
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0);
}

void
ttecomm_sign_in_take (TtecommSignIn *self, TtecommTokens *tokens)
{
  g_clear_pointer (&self->tokens, ttecomm_tokens_free);
  self->tokens = tokens;
  self->is_refused = FALSE;
}

gint64
ttecomm_sign_in_next_serial (TtecommSignIn *self)
{
  gint64 before = self->tokens != NULL ? self->tokens->serial : 0;
  gint64 now = 0;

  if (!ttecomm_clock_get_wall (self->clock, &now))
    now = 0;
  return CLAMP (now, before + 1, TTECOMM_TOKENS_SERIAL_MAX);
}

void
ttecomm_sign_in_set_account (TtecommSignIn *self, const char *account_id, const char *email)
{
  TtecommTokens *tokens;

  g_return_if_fail (TTECOMM_IS_SIGN_IN (self));
  g_return_if_fail (account_id != NULL && email != NULL);

  tokens = self->tokens;
  if (tokens == NULL
      || (g_strcmp0 (tokens->account_id, account_id) == 0 && g_strcmp0 (tokens->email, email) == 0))
    return;
  g_free (tokens->account_id);
  tokens->account_id = g_strdup (account_id);
  g_free (tokens->email);
  tokens->email = g_strdup (email);
  ttecomm_sign_in_keep (self);
  ttecomm_sign_in_tell (self);
}

/* Whatever runs for the sign-in so far ends here. */
static void
end_present (TtecommSignIn *self)
{
  self->generation++;
  ttecomm_sign_in_stop_refresh (self, ttecomm_sign_in_no_token (self));
}

static void
stop_attempt (TtecommSignIn *self, const char *why)
{
  if (self->attempt == NULL)
    return;
  ttecomm_guard_stop (g_steal_pointer (&self->attempt),
                      g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_REPLACED, why));
}

/* --- start --- */

static void
open_url (const char *url, gpointer user_data)
{
  g_signal_emit (g_task_get_source_object (user_data), signals[SIGNAL_OPEN_URL], 0, url);
}

void
ttecomm_sign_in_start_async (TtecommSignIn *self,
                             const TtecommSignInPages *pages,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TTECOMM_IS_SIGN_IN (self));
  g_return_if_fail (pages != NULL);

  stop_attempt (self, "Another sign-in was started");
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ttecomm_sign_in_start_async);
  g_task_set_check_cancellable (task, FALSE);
  self->attempt = ttecomm_guard_new (cancellable, self->timeout_ms, TTECOMM_CLOUD_ERROR_EXPIRED);
  g_task_set_task_data (task, self->attempt, NULL);
  ttecomm_sign_in_attempt_async (self->oauth, pages, self->attempt, self->clock, self->timeout_ms,
                                 open_url, started_cb, g_steal_pointer (&task));
}

/* The tokens of the account before are of no use to anybody now; nobody waits for this. */
static void
revoke_quietly (TtecommSignIn *self, const TtecommTokens *tokens)
{
  if (tokens != NULL && tokens->refresh != NULL)
    ttecomm_oauth_revoke_async (self->oauth, tokens->refresh, NULL, old_revoked_cb, NULL);
}

static void
old_revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!ttecomm_oauth_revoke_finish (TTECOMM_OAUTH (source), result, &error))
    g_debug ("The earlier sign-in was not revoked: %s", error->message);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommSignIn *self = g_task_get_source_object (task);
  gboolean is_present = self->attempt == g_task_get_task_data (task);
  g_autoptr (TtecommTokens) tokens = NULL;
  GError *error = NULL;

  tokens = ttecomm_sign_in_attempt_finish (result, &error);
  if (is_present)
    self->attempt = NULL;
  if (tokens != NULL && is_present)
    {
      revoke_quietly (self, self->tokens);
      end_present (self);
      tokens->serial = ttecomm_sign_in_next_serial (self);
      ttecomm_sign_in_take (self, g_steal_pointer (&tokens));
      ttecomm_sign_in_keep_now (self);
      ttecomm_sign_in_tell (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  revoke_quietly (self, tokens);
  if (error == NULL)
    error = g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_REPLACED,
                                 "Another sign-in was started");
  g_task_return_error (task, error);
}

gboolean
ttecomm_sign_in_start_finish (TtecommSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_sign_in_start_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- end --- */

static void
guard_free (gpointer guard)
{
  ttecomm_guard_free (guard);
}

void
ttecomm_sign_in_end_async (TtecommSignIn *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (TtecommTokens) tokens = NULL;
  TtecommGuard *guard;

  g_return_if_fail (TTECOMM_IS_SIGN_IN (self));

  stop_attempt (self, "The person signed out");
  tokens = g_steal_pointer (&self->tokens);
  end_present (self);
  ttecomm_sign_in_keep_now (self);
  self->not_revoked = tokens != NULL && tokens->refresh != NULL;
  ttecomm_sign_in_tell (self);
  ttecomm_sign_in_tell_trouble (self);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, ttecomm_sign_in_end_async);
  if (tokens == NULL || tokens->refresh == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  guard = ttecomm_guard_new (cancellable, TTECOMM_SIGN_OUT_TIMEOUT_MS, TTECOMM_CLOUD_ERROR_SLOW);
  g_task_set_task_data (task, guard, guard_free);
  ttecomm_oauth_revoke_async (self->oauth, tokens->refresh, ttecomm_guard_get_cancellable (guard),
                              revoked_cb, g_steal_pointer (&task));
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommSignIn *self = g_task_get_source_object (task);
  GError *error = NULL;
  GError *reason = NULL;

  if (ttecomm_oauth_revoke_finish (TTECOMM_OAUTH (source), result, &error))
    {
      self->not_revoked = FALSE;
      ttecomm_sign_in_tell_trouble (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  reason = ttecomm_guard_steal_reason (g_task_get_task_data (task));
  if (reason != NULL)
    g_clear_error (&error);
  g_task_return_error (task, reason != NULL ? reason : error);
}

gboolean
ttecomm_sign_in_end_finish (TtecommSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_sign_in_end_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
