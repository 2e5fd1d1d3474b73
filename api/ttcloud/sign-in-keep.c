/* SPDX-License-Identifier: MIT */
/* TtecommSignIn's memory: what the host's safe place keeps, and what another window did to it. */
#include "api/ttcloud/sign-in-private.h"

#include "api/ttcloud/kept.h"
#include "api/ttcloud/secret-text.h"

/* One look into the store; it is over when sign_in->reading is another. */
typedef struct
{
  TtecommSignIn *sign_in;    /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Look;

static void restored_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void compared_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void looked_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
look_free (Look *look)
{
  g_object_unref (look->sign_in);
  g_object_unref (look->cancellable);
  g_free (look);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
stop_reading (TtecommSignIn *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->must_keep = FALSE;
}

/* Whether @look is the one that counts; then it is over now. */
static gboolean
end_look (const Look *look)
{
  TtecommSignIn *self = look->sign_in;

  if (self->reading != look->cancellable)
    return FALSE;
  g_clear_object (&self->reading);
  self->must_keep = FALSE;
  return TRUE;
}

static void
look (TtecommSignIn *self, GAsyncReadyCallback callback)
{
  Look *look = g_new0 (Look, 1);

  self->reading = g_cancellable_new ();
  look->sign_in = g_object_ref (self);
  look->cancellable = g_object_ref (self->reading);
  ttecomm_secret_store_load_async (self->store, self->reading, callback, look);
}

static TtecommKept *
read_secret (TtecommSignIn *self, GBytes *secret, GError **error)
{
  return ttecomm_kept_read (secret, self->origin, self->ttecomm_origin, error);
}

/* An account that has not been asked yet may be anybody's. */
static gboolean
is_same_account (const TtecommTokens *a, const TtecommTokens *b)
{
  return a->account_id != NULL && b->account_id != NULL
         && g_str_equal (a->account_id, b->account_id);
}

/* Somebody else's sign-in for sure. */
static gboolean
is_another (const TtecommTokens *kept, const TtecommTokens *ours)
{
  if (kept->refresh != NULL && ours->refresh != NULL
      && ttecomm_secret_text_equal (kept->refresh, ours->refresh))
    return FALSE;
  return kept->account_id != NULL && ours->account_id != NULL && !is_same_account (kept, ours);
}

TtecommTokens *
ttecomm_sign_in_read_own (TtecommSignIn *self, GBytes *secret)
{
  g_autoptr (TtecommKept) kept = secret != NULL ? read_secret (self, secret, NULL) : NULL;

  if (kept == NULL || kept->tokens == NULL || kept->tokens->refresh == NULL || self->tokens == NULL
      || !is_same_account (kept->tokens, self->tokens))
    return NULL;
  return g_steal_pointer (&kept->tokens);
}

/* --- writing --- */

static void
write_down (TtecommSignIn *self)
{
  gint64 discovered = 0;
  TtecommDiscovery *discovery
      = ttecomm_discoverer_get_known (ttecomm_oauth_get_discoverer (self->oauth), &discovered);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) secret
      = ttecomm_kept_write (self->tokens, discovery, discovered, self->origin, &error);

  if (secret != NULL)
    {
      ttecomm_secret_store_save (self->store, secret);
      return;
    }
  g_debug ("%s", error->message);
  ttecomm_sign_in_note_saved (self, FALSE);
}

void
ttecomm_sign_in_keep_now (TtecommSignIn *self)
{
  if (self->store == NULL)
    return;
  stop_reading (self);
  self->was_kept = self->is_elsewhere = self->is_overwriting = FALSE;
  self->not_kept = self->not_erased = self->not_revoked = FALSE;
  if (self->tokens != NULL)
    write_down (self);
  else
    ttecomm_secret_store_save (self->store, NULL);
}

void
ttecomm_sign_in_keep (TtecommSignIn *self)
{
  if (self->store == NULL || self->tokens == NULL || self->is_elsewhere)
    return;
  stop_reading (self);
  look (self, compared_cb);
  self->must_keep = TRUE;
}

/* What may be put in the place of @secret, in which another window may have had a hand. */
static gboolean
may_write_over (TtecommSignIn *self, GBytes *secret)
{
  g_autoptr (TtecommKept) kept = secret != NULL ? read_secret (self, secret, NULL) : NULL;

  /* What nobody can use, and what has never been kept, is not of another window. */
  if (secret != NULL ? kept == NULL : !self->was_kept)
    return TRUE;
  if (kept == NULL || kept->tokens == NULL || is_another (kept->tokens, self->tokens))
    {
      self->is_elsewhere = TRUE;
      return FALSE;
    }
  self->was_kept = TRUE;
  return kept->tokens->serial <= self->tokens->serial;
}

/* TTcloud refused ours; another window's may do. */
static void
take_other (TtecommSignIn *self, GBytes *secret)
{
  g_autoptr (TtecommTokens) tokens = ttecomm_sign_in_read_own (self, secret);

  if (tokens == NULL || tokens->serial <= self->tokens->serial || self->refreshing != NULL
      || ttecomm_sign_in_get_state (self) != TTECOMM_SIGN_IN_AGAIN)
    return;
  ttecomm_sign_in_take (self, g_steal_pointer (&tokens));
  ttecomm_sign_in_tell (self);
}

/* A store that cannot be read may still be written: the newest token is worth the risk. */
static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  TtecommSignIn *self = look->sign_in;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) secret
      = ttecomm_secret_store_load_finish (TTECOMM_SECRET_STORE (source), result, &error);

  if (!end_look (look))
    return;
  if (error != NULL || may_write_over (self, secret))
    write_down (self);
  else
    take_other (self, secret);
}

void
ttecomm_sign_in_flush (TtecommSignIn *self)
{
  g_return_if_fail (TTECOMM_IS_SIGN_IN (self));

  if (!self->must_keep)
    return;
  stop_reading (self);
  write_down (self);
}

/* What is left behind when nothing can be erased: that nobody is signed in. */
static void
overwrite (TtecommSignIn *self)
{
  g_autoptr (GBytes) nobody = ttecomm_kept_write (NULL, NULL, 0, self->origin, NULL);

  self->is_overwriting = TRUE;
  if (nobody != NULL)
    ttecomm_secret_store_save (self->store, nobody);
}

void
ttecomm_sign_in_note_saved (TtecommSignIn *self, gboolean good)
{
  if (self->tokens != NULL)
    {
      self->was_kept = self->was_kept || good;
      self->not_kept = !good;
    }
  else if (!good && !self->is_overwriting)
    overwrite (self);
  else
    self->not_erased = !good;
  ttecomm_sign_in_tell_trouble (self);
}

TtecommSignInTrouble
ttecomm_sign_in_get_trouble (TtecommSignIn *self)
{
  g_return_val_if_fail (TTECOMM_IS_SIGN_IN (self), TTECOMM_SIGN_IN_NO_TROUBLE);

  if (self->tokens != NULL)
    return self->not_kept ? TTECOMM_SIGN_IN_NOT_KEPT : TTECOMM_SIGN_IN_NO_TROUBLE;
  if (!self->not_erased)
    return TTECOMM_SIGN_IN_NO_TROUBLE;
  return self->not_revoked ? TTECOMM_SIGN_IN_NOT_ENDED : TTECOMM_SIGN_IN_NOT_ERASED;
}

/* --- from an earlier run, or another window --- */

static gboolean
restore (TtecommSignIn *self, GBytes *secret, GError **error)
{
  g_autoptr (TtecommKept) kept = NULL;

  if (self->restore_generation != self->generation || self->tokens != NULL || self->attempt != NULL)
    return TRUE;
  kept = read_secret (self, secret, error);
  if (kept == NULL)
    {
      g_prefix_error (error, "The kept sign-in is of no use and was left alone: ");
      return FALSE;
    }
  if (kept->tokens == NULL)
    return TRUE;
  if (kept->discovery != NULL)
    ttecomm_discoverer_remember (ttecomm_oauth_get_discoverer (self->oauth), kept->discovery,
                                 kept->discovered);
  self->tokens = g_steal_pointer (&kept->tokens);
  self->was_kept = TRUE;
  ttecomm_sign_in_tell (self);
  return TRUE;
}

void
ttecomm_sign_in_restore_async (TtecommSignIn *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TTECOMM_IS_SIGN_IN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ttecomm_sign_in_restore_async);
  self->restore_generation = self->generation;
  if (self->store == NULL)
    g_task_return_boolean (task, TRUE);
  else
    ttecomm_secret_store_load_async (self->store, cancellable, restored_cb,
                                     g_steal_pointer (&task));
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommSignIn *self = g_task_get_source_object (task);
  g_autoptr (GBytes) secret = NULL;
  GError *error = NULL;

  secret = ttecomm_secret_store_load_finish (TTECOMM_SECRET_STORE (source), result, &error);
  if (error != NULL || (secret != NULL && !restore (self, secret, &error)))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
ttecomm_sign_in_restore_finish (TtecommSignIn *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_sign_in_restore_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
ttecomm_sign_in_restore_late (TtecommSignIn *self, GBytes *secret, GError **error)
{
  g_return_val_if_fail (TTECOMM_IS_SIGN_IN (self), FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);

  return restore (self, secret, error);
}

void
ttecomm_sign_in_look_again (TtecommSignIn *self)
{
  g_return_if_fail (TTECOMM_IS_SIGN_IN (self));

  if (self->store != NULL && self->reading == NULL
      && ttecomm_sign_in_get_state (self) == TTECOMM_SIGN_IN_AGAIN)
    look (self, looked_cb);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  TtecommSignIn *self = look->sign_in;
  g_autoptr (GBytes) secret
      = ttecomm_secret_store_load_finish (TTECOMM_SECRET_STORE (source), result, NULL);

  if (end_look (look))
    take_other (self, secret);
}
