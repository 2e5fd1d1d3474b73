/* SPDX-License-Identifier: MIT */
/* TtecommSignIn's access tokens: one refresh, however many wait. */
#include "api/ttcloud/sign-in-private.h"

#include "api/ttcloud/secret-text.h"

/* A token this close to its end would be over on arrival. */
#define MARGIN 30

/* One caller that waits for the refresh. */
typedef struct
{
  GTask *task;          /* (owned) */
  GSource *watch;       /* (owned) (nullable): its cancellable */
  TtecommSignIn *owner; /* the task holds a reference */
} Waiter;

/* One refresh, with its second try. */
typedef struct
{
  TtecommSignIn *sign_in;    /* (owned) */
  GCancellable *cancellable; /* (owned): sign_in->refreshing, unless this one is over */
  char *refused;             /* (owned) (nullable): the access token that must not come back */
  char *sent;                /* (owned): the refresh token that was sent */
  gboolean reloaded;         /* the store has been read again */
  GError *error;             /* (owned) (nullable): what TTcloud said before that */
} Refresh;

static void refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
ttecomm_sign_in_waiter_free (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->watch != NULL)
    {
      g_source_destroy (waiter->watch);
      g_source_unref (waiter->watch);
    }
  g_object_unref (waiter->task);
  g_free (waiter);
}

static void
refresh_free (Refresh *refresh)
{
  g_object_unref (refresh->sign_in);
  g_object_unref (refresh->cancellable);
  ttecomm_secret_text_free (refresh->refused);
  ttecomm_secret_text_free (refresh->sent);
  g_clear_error (&refresh->error);
  g_free (refresh);
}

static void
return_token (GTask *task, const TtecommTokens *tokens)
{
  g_task_return_pointer (task, g_strdup (tokens->access), (GDestroyNotify)ttecomm_secret_text_free);
}

/* All who wait, taken out first: their callbacks may ask again. @error: (nullable) */
static void
answer_waiters (TtecommSignIn *self, const GError *error)
{
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);
  g_autoptr (TtecommTokens) tokens = NULL;

  self->waiters = g_ptr_array_new_with_free_func (ttecomm_sign_in_waiter_free);
  if (error == NULL)
    tokens = ttecomm_tokens_copy (self->tokens);
  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = waiters->pdata[i];

      if (error != NULL)
        g_task_return_error (waiter->task, g_error_copy (error));
      else
        return_token (waiter->task, tokens);
    }
}

void
ttecomm_sign_in_stop_refresh (TtecommSignIn *self, GError *error)
{
  g_autoptr (GError) owned = error;

  if (self->refreshing == NULL)
    return;
  g_cancellable_cancel (self->refreshing);
  g_clear_object (&self->refreshing);
  answer_waiters (self, owned);
}

/* Another sign-in, or a sign-out, came in between: whoever waited has been answered. */
static gboolean
is_over (const Refresh *refresh)
{
  return refresh->sign_in->refreshing != refresh->cancellable;
}

/* The refresh is through; takes @refresh. @error: (nullable) */
static void
finish (Refresh *refresh, const GError *error)
{
  TtecommSignIn *self = refresh->sign_in;

  if (!is_over (refresh))
    {
      g_clear_object (&self->refreshing);
      answer_waiters (self, error);
    }
  refresh_free (refresh);
}

static void
send_refresh (Refresh *refresh)
{
  TtecommSignIn *self = refresh->sign_in;

  ttecomm_secret_text_free (refresh->sent);
  refresh->sent = g_strdup (self->tokens->refresh);
  ttecomm_oauth_refresh_async (self->oauth, refresh->sent, refresh->cancellable, refreshed_cb,
                               refresh);
}

/* TTcloud takes none of our tokens any more: the account stays, the person signs in again. */
static void
give_up (Refresh *refresh)
{
  TtecommTokens *tokens = refresh->sign_in->tokens;
  g_autoptr (GError) error = g_steal_pointer (&refresh->error);

  g_clear_pointer (&tokens->refresh, ttecomm_secret_text_free);
  g_clear_pointer (&tokens->access, ttecomm_secret_text_free);
  tokens->expires = 0;
  ttecomm_sign_in_tell (refresh->sign_in);
  finish (refresh, error);
}

/* Refused for another reason than the token, which may be good again when TTcloud is. Takes
 * @error. */
static void
wait_for_person (Refresh *refresh, GError *error)
{
  g_autoptr (GError) reason
      = g_error_new (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN,
                     "TTcloud did not renew the sign-in; sign in again (%s)", error->message);

  g_error_free (error);
  refresh->sign_in->is_refused = TRUE;
  ttecomm_sign_in_tell (refresh->sign_in);
  finish (refresh, reason);
}

static void
take_tokens (Refresh *refresh, TtecommTokens *tokens)
{
  TtecommSignIn *self = refresh->sign_in;

  tokens->account_id = g_strdup (self->tokens->account_id);
  tokens->email = g_strdup (self->tokens->email);
  tokens->serial = ttecomm_sign_in_next_serial (self);
  ttecomm_sign_in_take (self, tokens);
  ttecomm_sign_in_keep (self);
  ttecomm_sign_in_tell (self);
  finish (refresh, NULL);
}

/* Another window may have renewed it; asked once. Takes @error. */
static void
read_again (Refresh *refresh, GError *error)
{
  TtecommSignIn *self = refresh->sign_in;

  g_clear_error (&refresh->error);
  refresh->error = error;
  if (refresh->reloaded || self->store == NULL)
    {
      give_up (refresh);
      return;
    }
  refresh->reloaded = TRUE;
  ttecomm_secret_store_load_async (self->store, refresh->cancellable, reloaded_cb, refresh);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Refresh *refresh = user_data;
  TtecommRefusal refusal = TTECOMM_REFUSAL_NONE;
  g_autoptr (GError) error = NULL;
  TtecommTokens *tokens
      = ttecomm_oauth_tokens_finish (TTECOMM_OAUTH (source), result, &refusal, &error);

  if (is_over (refresh))
    {
      g_clear_pointer (&tokens, ttecomm_tokens_free);
      refresh_free (refresh);
    }
  else if (tokens != NULL)
    take_tokens (refresh, tokens);
  else if (refusal == TTECOMM_REFUSAL_GRANT)
    read_again (refresh, g_steal_pointer (&error));
  else if (refusal == TTECOMM_REFUSAL_OTHER)
    wait_for_person (refresh, g_steal_pointer (&error));
  else
    finish (refresh, error);
}

static gboolean
is_usable (TtecommSignIn *self, const char *refused)
{
  const TtecommTokens *tokens = self->tokens;
  gint64 now = 0;

  if (tokens->access == NULL
      || (refused != NULL && ttecomm_secret_text_equal (tokens->access, refused)))
    return FALSE;
  /* without a clock, and without a known end, it is good until TTcloud says no */
  return tokens->expires == 0 || !ttecomm_clock_get_wall (self->clock, &now)
         || now < tokens->expires - MARGIN;
}

/* What the store holds is either what was refused, and then it need not be kept; or another
 * window's, and then that window knows better. */
static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Refresh *refresh = user_data;
  g_autoptr (TtecommSignIn) self = g_object_ref (refresh->sign_in);
  g_autoptr (GBytes) secret
      = ttecomm_secret_store_load_finish (TTECOMM_SECRET_STORE (source), result, NULL);
  g_autoptr (TtecommTokens) kept = NULL;

  if (is_over (refresh))
    {
      refresh_free (refresh);
      return;
    }
  kept = ttecomm_sign_in_read_own (self, secret);
  if (kept == NULL || ttecomm_secret_text_equal (kept->refresh, refresh->sent))
    {
      give_up (refresh);
      if (kept != NULL)
        ttecomm_sign_in_keep (self);
      return;
    }
  ttecomm_sign_in_take (self, g_steal_pointer (&kept));
  ttecomm_sign_in_tell (self);
  if (is_over (refresh)) /* somebody signed out when told */
    refresh_free (refresh);
  else if (is_usable (self, refresh->refused))
    finish (refresh, NULL);
  else
    send_refresh (refresh);
}

static void
start_refresh (TtecommSignIn *self, const char *refused)
{
  Refresh *refresh = g_new0 (Refresh, 1);

  self->refreshing = g_cancellable_new ();
  refresh->sign_in = g_object_ref (self);
  refresh->cancellable = g_object_ref (self->refreshing);
  refresh->refused = g_strdup (refused);
  send_refresh (refresh);
}

/* --- the callers --- */

static gboolean
waiter_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  g_autoptr (GTask) task = g_object_ref (waiter->task);

  g_ptr_array_remove_fast (waiter->owner->waiters, waiter);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
add_waiter (TtecommSignIn *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->task = g_object_ref (task);
  waiter->owner = self;
  if (cancellable != NULL)
    {
      waiter->watch = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->watch, G_SOURCE_FUNC (waiter_cancelled_cb), waiter, NULL);
      g_source_attach (waiter->watch, g_main_context_get_thread_default ());
    }
  g_ptr_array_add (self->waiters, waiter);
}

void
ttecomm_sign_in_get_token_async (TtecommSignIn *self,
                                 const char *refused,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TTECOMM_IS_SIGN_IN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ttecomm_sign_in_get_token_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->tokens == NULL || self->tokens->refresh == NULL)
    g_task_return_error (task, ttecomm_sign_in_no_token (self));
  else if (is_usable (self, refused))
    return_token (task, self->tokens);
  else
    {
      add_waiter (self, task);
      if (self->refreshing == NULL)
        start_refresh (self, refused);
    }
}

char *
ttecomm_sign_in_get_token_finish (TtecommSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_sign_in_get_token_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
