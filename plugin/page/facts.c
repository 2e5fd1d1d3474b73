/* SPDX-License-Identifier: MIT */
#include "plugin/page/facts.h"

struct _TtecommFacts
{
  GObject parent_instance;

  TtecommClient *client;         /* (owned) */
  TtecommClock *clock;           /* (owned) */
  char *installation;            /* (owned) (nullable) */
  TtecommAccount *account;       /* (owned) (nullable) */
  TtecommCatalogue *catalogue;   /* (owned) (nullable) */
  TtecommInstallationInfo *info; /* (owned) (nullable) of @installation */
  GError *error;                 /* (owned) (nullable) of the last refresh that ended */
  gint64 asked;

  GPtrArray *waiting;        /* (owned) (element-type GTask) share the refresh that runs */
  GCancellable *cancellable; /* (owned) of the refresh that runs */
  GError *trouble;           /* (owned) (nullable) the first error of it */
  guint n_pending;           /* questions of it still on their way */
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (TtecommFacts, ttecomm_facts, G_TYPE_OBJECT)

static guint changed_signal;

static void
emit_changed (TtecommFacts *self)
{
  if (!self->stopped)
    g_signal_emit (self, changed_signal, 0);
}

/* @error: (nullable): told to all who wait. A handler of `changed` may begin the next refresh. */
static void
finish_refresh (TtecommFacts *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  emit_changed (self);
  for (guint i = 0; i < waiting->len; i++)
    if (error != NULL)
      g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (error));
    else
      g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
}

/* One question ended; @error is taken over. The first error is the one that is told. */
static void
end_question (TtecommFacts *self, GError *error)
{
  g_autoptr (GError) told = NULL;
  gint64 wall;

  if (error == NULL && ttecomm_clock_get_wall (self->clock, &wall))
    self->asked = wall;
  if (self->trouble == NULL)
    self->trouble = error;
  else
    g_clear_error (&error);
  if (--self->n_pending > 0)
    return;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&self->trouble);
  told = self->error != NULL ? g_error_copy (self->error) : NULL;
  finish_refresh (self, told);
}

static gboolean
is_for_nobody (TtecommFacts *self, GCancellable *cancellable)
{
  return g_cancellable_is_cancelled (cancellable) || self->cancellable != cancellable;
}

typedef struct
{
  TtecommFacts *facts;       /* (owned) */
  GCancellable *cancellable; /* (owned) of the refresh that asked */
} Question;

static Question *
question_new (TtecommFacts *self)
{
  Question *question = g_new0 (Question, 1);

  question->facts = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  self->n_pending++;
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->facts);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
account_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  TtecommFacts *self = question->facts;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommAccount) account
      = ttecomm_client_account_finish (TTECOMM_CLIENT (source), result, &error);

  if (is_for_nobody (self, question->cancellable))
    return;
  if (account != NULL)
    {
      g_clear_pointer (&self->account, ttecomm_account_unref);
      self->account = g_steal_pointer (&account);
    }
  end_question (self, g_steal_pointer (&error));
}

static void
catalogue_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  TtecommFacts *self = question->facts;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommCatalogue) catalogue
      = ttecomm_client_catalogue_finish (TTECOMM_CLIENT (source), result, &error);

  if (is_for_nobody (self, question->cancellable))
    return;
  if (catalogue != NULL)
    {
      g_clear_pointer (&self->catalogue, ttecomm_catalogue_unref);
      self->catalogue = g_steal_pointer (&catalogue);
    }
  end_question (self, g_steal_pointer (&error));
}

static void
installation_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  TtecommFacts *self = question->facts;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommInstallationInfo) info
      = ttecomm_client_installation_finish (TTECOMM_CLIENT (source), result, &error);

  if (is_for_nobody (self, question->cancellable))
    return;
  /* TTcloud's own "no" (not linked, no role) is an answer: what was known before is not true any
   * more. */
  if (info != NULL || g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM))
    {
      g_clear_pointer (&self->info, ttecomm_installation_info_unref);
      self->info = g_steal_pointer (&info);
    }
  end_question (self, g_steal_pointer (&error));
}

static void
start_refresh (TtecommFacts *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_error (&self->trouble);
  self->n_pending = 0;
  ttecomm_client_account_async (self->client, &TTECOMM_LIMITS_ORDINARY, self->cancellable,
                                account_cb, question_new (self));
  ttecomm_client_catalogue_async (self->client, &TTECOMM_LIMITS_ORDINARY, self->cancellable,
                                  catalogue_cb, question_new (self));
  if (self->installation != NULL)
    ttecomm_client_installation_async (self->client, self->installation, &TTECOMM_LIMITS_ORDINARY,
                                       self->cancellable, installation_cb, question_new (self));
  emit_changed (self);
}

void
ttecomm_facts_refresh_async (TtecommFacts *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ttecomm_facts_refresh_async);
  g_ptr_array_add (self->waiting, task);
  if (self->waiting->len == 1)
    start_refresh (self);
}

void
ttecomm_facts_refresh_afresh_async (TtecommFacts *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ttecomm_facts_refresh_async);
  g_ptr_array_add (self->waiting, task);
  start_refresh (self);
}

gboolean
ttecomm_facts_refresh_finish (TtecommFacts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whoever waits is told that it was for nothing; late answers find nobody. */
static void
abandon_refresh (TtecommFacts *self)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (self->cancellable);
  if (self->waiting->len == 0)
    return;
  error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no longer wanted");
  finish_refresh (self, error);
}

void
ttecomm_facts_set_installation (TtecommFacts *self, const char *installation)
{
  if (g_strcmp0 (self->installation, installation) == 0)
    return;
  g_free (self->installation);
  self->installation = g_strdup (installation);
  g_clear_pointer (&self->info, ttecomm_installation_info_unref);
  /* Whoever waits is told of the new one. */
  if (self->waiting->len > 0)
    start_refresh (self);
  emit_changed (self);
}

void
ttecomm_facts_clear (TtecommFacts *self)
{
  abandon_refresh (self);
  g_clear_pointer (&self->account, ttecomm_account_unref);
  g_clear_pointer (&self->info, ttecomm_installation_info_unref);
  g_clear_error (&self->error);
  self->asked = 0;
  emit_changed (self);
}

void
ttecomm_facts_stop (TtecommFacts *self)
{
  self->stopped = TRUE;
  abandon_refresh (self);
}

TtecommAccount *
ttecomm_facts_get_account (TtecommFacts *self)
{
  return self->account;
}

TtecommCatalogue *
ttecomm_facts_get_catalogue (TtecommFacts *self)
{
  return self->catalogue;
}

TtecommInstallationInfo *
ttecomm_facts_get_info (TtecommFacts *self)
{
  return self->info;
}

const GError *
ttecomm_facts_get_error (TtecommFacts *self)
{
  return self->error;
}

gint64
ttecomm_facts_get_asked (TtecommFacts *self)
{
  return self->asked;
}

gboolean
ttecomm_facts_is_refreshing (TtecommFacts *self)
{
  return self->waiting->len > 0;
}

gboolean
ttecomm_facts_is_complete (TtecommFacts *self)
{
  return self->account != NULL && self->catalogue != NULL
         && (self->installation == NULL || self->info != NULL);
}

static void
ttecomm_facts_finalize (GObject *object)
{
  TtecommFacts *self = TTECOMM_FACTS (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, ttecomm_account_unref);
  g_clear_pointer (&self->catalogue, ttecomm_catalogue_unref);
  g_clear_pointer (&self->info, ttecomm_installation_info_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_error (&self->trouble);
  g_free (self->installation);
  G_OBJECT_CLASS (ttecomm_facts_parent_class)->finalize (object);
}

static void
ttecomm_facts_class_init (TtecommFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_facts_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
ttecomm_facts_init (TtecommFacts *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

TtecommFacts *
ttecomm_facts_new (TtecommClient *client, TtecommClock *clock)
{
  TtecommFacts *self = g_object_new (TTECOMM_TYPE_FACTS, NULL);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  return self;
}
