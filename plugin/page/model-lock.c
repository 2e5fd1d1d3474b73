/* SPDX-License-Identifier: MIT */
#include "plugin/page/model-lock.h"

#include "plugin/page/model-private.h"

/* The password of a protected file: asked for on the page, tried elsewhere, kept nowhere. */

static void
refuse_file (TtecommModel *self, const GError *error)
{
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  g_clear_pointer (&self->lock.sealed, ttecomm_nbt_sealed_unref);
  g_clear_error (&self->project_error);
  self->project_error = g_error_copy (error);
  ttecomm_model_log (self, TTECOMM_LOG_WARNING, "project", error->message);
}

/* The roles are known now. */
static void
take_installation (TtecommModel *self, TtecommInstallation *opened)
{
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  self->installation = opened;
}

static void
cancel_attempt (TtecommModel *self)
{
  guint64 op = self->lock.op;

  self->lock.op = 0;
  if (op != 0)
    ttecomm_model_cancel (self, op);
}

void
ttecomm_model_lock_forget_key (TtecommModel *self)
{
  g_clear_pointer (&self->lock.key, ttecomm_secret_unref);
}

void
ttecomm_model_lock_forget_file (TtecommModel *self)
{
  cancel_attempt (self);
  g_clear_pointer (&self->lock.sealed, ttecomm_nbt_sealed_unref);
  self->lock.trouble = TTECOMM_LOCK_UNTRIED;
}

void
ttecomm_model_lock_clear (TtecommModel *self)
{
  ttecomm_model_lock_forget_file (self);
  ttecomm_model_lock_forget_key (self);
  if (self->lock.locksmith != NULL)
    ttecomm_locksmith_stop (self->lock.locksmith);
  g_clear_object (&self->lock.locksmith);
}

void
ttecomm_model_lock_file_read (TtecommModel *self, TtecommNbtSealed *sealed)
{
  g_autoptr (GError) error = NULL;
  TtecommInstallation *opened = NULL;

  /* It may have been in the middle of being saved: the key is kept for the next time. */
  if (self->installation == NULL)
    return;
  if (sealed != NULL)
    self->lock.sealed = ttecomm_nbt_sealed_ref (sealed);
  if (self->lock.key == NULL)
    return;
  if (sealed != NULL
      && ttecomm_nbt_lock_equal (&self->lock.key_lock, ttecomm_nbt_sealed_get_lock (sealed)))
    opened = ttecomm_nbt_sealed_open (sealed, self->lock.key, &error);
  if (opened != NULL)
    {
      take_installation (self, opened);
      return;
    }
  ttecomm_model_lock_forget_key (self);
  if (error != NULL && !g_error_matches (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_PASSWORD))
    refuse_file (self, error);
}

/* @details: English, for the host */
static void
refuse (TtecommModel *self,
        guint64 op,
        TtecommLockTrouble trouble,
        TtecommEnding ending,
        const char *details)
{
  self->lock.trouble = trouble;
  ttecomm_model_publish (self);
  ttecomm_model_end (self, op, ending, ttecomm_lock_words (self->text, trouble), details);
}

static void
attempt_failed (TtecommModel *self, guint64 op, const GError *error)
{
  if (g_error_matches (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_PASSWORD))
    refuse (self, op, TTECOMM_LOCK_WRONG, TTECOMM_ENDED_FAILED, error->message);
  else if (g_error_matches (error, TTECOMM_NBT_ERROR, TTECOMM_NBT_ERROR_KEY))
    refuse (self, op, TTECOMM_LOCK_NO_MEMORY, TTECOMM_ENDED_FAILED, error->message);
  else
    {
      /* The password is right, and the file is not. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          refuse_file (self, error);
          ttecomm_model_project_known (self, NULL);
        }
      ttecomm_model_publish (self);
      ttecomm_model_end_with (self, op, error);
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  TtecommModel *self = step->model;
  g_autoptr (GError) error = NULL;
  g_autofree char *id_before = NULL;
  TtecommSecret *key = NULL;
  TtecommInstallation *opened
      = ttecomm_locksmith_open_finish (TTECOMM_LOCKSMITH (source), result, &key, &error);

  if (self->lock.op == step->op)
    self->lock.op = 0;
  if (opened == NULL)
    {
      attempt_failed (self, step->op, error);
      return;
    }
  /* Whatever took the file away has cancelled this: it is the file that is open. */
  ttecomm_model_lock_forget_key (self);
  self->lock.key = key;
  self->lock.key_lock = *ttecomm_nbt_sealed_get_lock (self->lock.sealed);
  id_before = g_strdup (self->installation->ttcloud_id);
  take_installation (self, opened);
  ttecomm_model_project_known (self, id_before);
  ttecomm_model_end_with (self, step->op, NULL);
}

static gboolean
check_password (TtecommModel *self, guint64 op, const TtecommSecret *password)
{
  gsize length = password != NULL ? ttecomm_secret_get_length (password) : 0;

  if (self->lock.sealed == NULL || self->installation == NULL || self->installation->roles_known)
    ttecomm_model_end (self, op, TTECOMM_ENDED_INVALID, NULL,
                       "no project is open that waits for a password");
  else if (length == 0)
    refuse (self, op, TTECOMM_LOCK_EMPTY, TTECOMM_ENDED_INVALID,
            "inputs: " TTECOMM_LOCK_INPUT " is missing or empty");
  else if (length > TTECOMM_LOCK_MAX_PASSWORD)
    refuse (self, op, TTECOMM_LOCK_TOO_LONG, TTECOMM_ENDED_INVALID,
            "inputs: " TTECOMM_LOCK_INPUT " is over 1024 bytes");
  else
    return TRUE;
  return FALSE;
}

void
ttecomm_model_lock_open (TtecommModel *self,
                         TtecommModelOperation *operation,
                         const char *argument,
                         JsonObject *inputs)
{
  g_autoptr (TtecommSecret) password = g_steal_pointer (&operation->password);
  guint64 op = operation->op;

  if (!check_password (self, op, password))
    return;
  cancel_attempt (self);
  self->lock.op = op;
  self->lock.trouble = TTECOMM_LOCK_UNTRIED;
  if (self->lock.locksmith == NULL)
    self->lock.locksmith = ttecomm_locksmith_new ();
  ttecomm_locksmith_open_async (self->lock.locksmith, self->lock.sealed,
                                g_steal_pointer (&password), operation->cancellable, opened_cb,
                                ttecomm_model_step_new (self, op));
  self->sink->progress (self->sink_data, op, -1,
                        ttecomm_text_get (self->text, "lock", "The password is being checked."));
  ttecomm_model_publish (self);
}

void
ttecomm_model_lock_cancel (TtecommModel *self,
                           TtecommModelOperation *operation,
                           const char *argument,
                           JsonObject *inputs)
{
  guint64 op = operation->op;

  cancel_attempt (self);
  ttecomm_model_publish (self);
  ttecomm_model_end_with (self, op, NULL);
}
