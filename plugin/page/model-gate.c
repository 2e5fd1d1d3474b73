/* SPDX-License-Identifier: MIT */
#include "plugin/page/model-private.h"

/* The most that a check waits for the file or the account, in ms. */
#define MAX_WAIT_MS 8000

/* Gate checks of the host's: each is an operation that ends with one `decided`. */

static void
decided (TtecommModel *self, guint64 op, TtecommDecision *decision)
{
  TtecommModelOperation *operation = g_hash_table_lookup (self->operations, &op);

  if (operation == NULL || self->down)
    return;
  if (decision->allowed)
    g_hash_table_insert (self->admitted, g_memdup2 (&op, sizeof op),
                         g_steal_pointer (&operation->installation));
  g_hash_table_remove (self->operations, &op);
  self->sink->decided (self->sink_data, op, decision);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModelStep) step = user_data;
  g_autoptr (TtecommDecision) decision = ttecomm_desk_check_finish (TTECOMM_DESK (source), result);

  decided (step->model, step->op, decision);
}

static void
start_check (TtecommModel *self, TtecommModelOperation *operation)
{
  const char *asked = operation->installation;
  g_autofree char *site_name = g_steal_pointer (&operation->site_name);

  ttecomm_desk_check_async (self->desk, asked, site_name, FALSE, operation->timeout_ms,
                            operation->cancellable, checked_cb,
                            ttecomm_model_step_new (self, operation->op));
  if (asked == NULL && self->installation != NULL)
    operation->installation = g_strdup (self->installation->ttcloud_id);
}

/* Whose session it is, or who asks, is known in a moment: a file is being read, a sign-in looked
 * up. */
static gboolean
must_wait (TtecommModel *self, const TtecommModelOperation *operation)
{
  if (g_cancellable_is_cancelled (operation->cancellable))
    return FALSE;
  /* The host's safe place has a limit of its own. */
  if (self->restoring)
    return TRUE;
  if (operation->late)
    return FALSE;
  if (operation->installation == NULL && self->reader != NULL)
    return TRUE;
  return self->cloud != NULL && self->account == NULL
         && ttecomm_sign_in_get_state (self->cloud->sign_in) == TTECOMM_SIGN_IN_SIGNED_IN
         && ttecomm_facts_is_refreshing (self->facts);
}

static gboolean
late_cb (gpointer data)
{
  TtecommModelStep *step = data;
  TtecommModelOperation *operation = g_hash_table_lookup (step->model->operations, &step->op);

  if (operation != NULL)
    operation->late = TRUE;
  ttecomm_model_go_on (step->model);
  return G_SOURCE_REMOVE;
}

static void
free_step (gpointer data)
{
  ttecomm_model_step_free (data);
}

/* A person waits 8 s at most (gate.md section 4), whatever the check waits for. */
static void
wait_for (TtecommModel *self, TtecommModelOperation *operation)
{
  guint ms = operation->timeout_ms > 0 ? MIN (operation->timeout_ms, MAX_WAIT_MS) : MAX_WAIT_MS;

  operation->waits = TRUE;
  operation->timer = g_timeout_source_new (ms);
  g_source_set_callback (operation->timer, late_cb, ttecomm_model_step_new (self, operation->op),
                         free_step);
  g_source_attach (operation->timer, g_main_context_get_thread_default ());
}

void
ttecomm_model_check (TtecommModel *self,
                     guint64 op,
                     const char *installation,
                     const char *site_name,
                     guint timeout_ms)
{
  TtecommModelOperation *operation = ttecomm_model_begin (self, op);

  operation->installation = g_strdup (installation);
  operation->site_name = g_strdup (site_name);
  operation->timeout_ms = timeout_ms;
  if (must_wait (self, operation))
    wait_for (self, operation);
  else
    start_check (self, operation);
}

void
ttecomm_model_go_on (TtecommModel *self)
{
  g_autoptr (GPtrArray) ready = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->operations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TtecommModelOperation *operation = value;

      if (operation->waits && !must_wait (self, operation))
        g_ptr_array_add (ready, operation);
    }
  for (guint i = 0; i < ready->len; i++)
    {
      TtecommModelOperation *operation = g_ptr_array_index (ready, i);

      operation->waits = FALSE;
      start_check (self, operation);
    }
}

void
ttecomm_model_admitted (TtecommModel *self,
                        guint64 op,
                        const char *installation,
                        TtecommDecision *decision)
{
  g_hash_table_insert (self->admitted, g_memdup2 (&op, sizeof op), g_strdup (installation));
  ttecomm_desk_note_admitted (self->desk, installation, decision);
}

void
ttecomm_model_session_started (TtecommModel *self, guint64 session, guint64 op)
{
  const char *installation = g_hash_table_lookup (self->admitted, &op);

  if (installation != NULL)
    ttecomm_desk_session_started (self->desk, session, installation);
  g_hash_table_remove (self->admitted, &op);
}

void
ttecomm_model_session_ended (TtecommModel *self, guint64 session)
{
  ttecomm_desk_session_ended (self->desk, session);
}
