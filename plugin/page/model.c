/* SPDX-License-Identifier: MIT */
#include "plugin/page/model-private.h"

#include "base/system-clock.h"
#include "plugin/page/error-words.h"
#include "plugin/page/model-portfolio.h"
#include "plugin/page/setup-words.h"

/* Facts older than this are asked for again when the person comes back to the page, in s. */
#define FRESH_S 60

G_DEFINE_FINAL_TYPE (TtecommModel, ttecomm_model, G_TYPE_OBJECT)

TtecommModelStep *
ttecomm_model_step_new (TtecommModel *self, guint64 op)
{
  TtecommModelStep *step = g_new0 (TtecommModelStep, 1);

  step->model = g_object_ref (self);
  step->op = op;
  return step;
}

void
ttecomm_model_step_free (TtecommModelStep *step)
{
  g_object_unref (step->model);
  g_free (step);
}

void
ttecomm_model_log (TtecommModel *self,
                   TtecommLogSeverity severity,
                   const char *domain,
                   const char *text)
{
  if (!self->down)
    self->sink->log (self->sink_data, severity, domain, text);
}

static TtecommSignedIn
signed_in_of (TtecommModel *self)
{
  if (self->n_signing_in > 0)
    return TTECOMM_SIGNING_IN;
  if (self->cloud == NULL)
    return TTECOMM_SIGNED_OUT;
  switch (ttecomm_sign_in_get_state (self->cloud->sign_in))
    {
    case TTECOMM_SIGN_IN_SIGNED_IN:
      return TTECOMM_SIGNED_IN;
    case TTECOMM_SIGN_IN_AGAIN:
      return TTECOMM_SIGN_IN_REFUSED;
    case TTECOMM_SIGN_IN_SIGNED_OUT:
    default:
      return TTECOMM_SIGNED_OUT;
    }
}

/* TTcloud did not answer, as opposed to: it answered with a "no". */
static gboolean
is_out_of_reach (const GError *error)
{
  return error != NULL && !g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM)
         && !g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SIGN_IN)
         && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What the page is for is on its way for the first time. After a failure it is "offline" instead,
 * whatever is being tried again. */
static gboolean
is_loading_facts (TtecommFacts *facts)
{
  return ttecomm_facts_is_refreshing (facts)
         && (ttecomm_facts_get_asked (facts) == 0
             || (ttecomm_facts_get_error (facts) == NULL && !ttecomm_facts_is_complete (facts)));
}

static TtecommPageState
page_state_of (TtecommModel *self)
{
  if (self->reader != NULL)
    return TTECOMM_PAGE_LOADING;
  if (self->setup_error != NULL)
    return TTECOMM_PAGE_ERROR;
  if (self->restoring)
    return TTECOMM_PAGE_LOADING;
  if (self->project_error != NULL)
    return TTECOMM_PAGE_ERROR;
  if (self->facts == NULL)
    return TTECOMM_PAGE_READY;
  if (is_loading_facts (self->facts))
    return TTECOMM_PAGE_LOADING;
  return is_out_of_reach (ttecomm_facts_get_error (self->facts)) ? TTECOMM_PAGE_OFFLINE
                                                                 : TTECOMM_PAGE_READY;
}

static void
add_facts (TtecommModel *self, TtecommSnapshot *snapshot)
{
  TtecommAccount *account = ttecomm_facts_get_account (self->facts);
  TtecommCatalogue *catalogue = ttecomm_facts_get_catalogue (self->facts);
  TtecommInstallationInfo *info = ttecomm_facts_get_info (self->facts);
  const GError *error = ttecomm_facts_get_error (self->facts);

  snapshot->account = account != NULL ? ttecomm_account_ref (account) : NULL;
  snapshot->catalogue = catalogue != NULL ? ttecomm_catalogue_ref (catalogue) : NULL;
  snapshot->info = info != NULL ? ttecomm_installation_info_ref (info) : NULL;
  snapshot->cloud_error = error != NULL ? g_error_copy (error) : NULL;
  snapshot->asked_wall = ttecomm_facts_get_asked (self->facts);
  snapshot->refreshing = ttecomm_facts_is_refreshing (self->facts);
}

static char **
copy_strings (GPtrArray *strings)
{
  char **copy = g_new0 (char *, strings->len + 1);

  for (guint i = 0; i < strings->len; i++)
    copy[i] = g_strdup (g_ptr_array_index (strings, i));
  return copy;
}

static TtecommSnapshot *
take_snapshot (TtecommModel *self)
{
  TtecommSnapshot *snapshot = ttecomm_snapshot_new (self->text);
  TtecommDecision *decision = ttecomm_desk_get_decision (self->desk, &snapshot->decision_wall);

  snapshot->state = page_state_of (self);
  snapshot->revision = ++self->revision;
  snapshot->project_open = self->project_open;
  snapshot->project_error = self->project_error != NULL ? g_error_copy (self->project_error) : NULL;
  snapshot->installation
      = self->installation != NULL ? ttecomm_installation_ref (self->installation) : NULL;
  snapshot->unlocking = self->lock.op != 0;
  snapshot->lock_trouble = self->lock.trouble;
  snapshot->sign_in = signed_in_of (self);
  ttecomm_model_add_sign_in (self, snapshot);
  snapshot->sign_in_error = self->sign_in_error != NULL ? g_error_copy (self->sign_in_error) : NULL;
  if (self->facts != NULL)
    add_facts (self, snapshot);
  if (!ttecomm_clock_get_wall (self->clock, &snapshot->now_wall))
    snapshot->now_wall = 0;
  if (self->purchase != NULL)
    snapshot->purchase = ttecomm_purchase_get_view (self->purchase);
  snapshot->portfolio = ttecomm_model_portfolio_view (self);
  snapshot->decision = decision != NULL ? ttecomm_decision_ref (decision) : NULL;
  snapshot->checking = ttecomm_desk_is_checking (self->desk);
  snapshot->prosoft_version = g_strdup (self->settings->prosoft_version);
  snapshot->ttecomm_url = g_strdup (self->settings->ttecomm_url);
  snapshot->config_error
      = self->setup_error != NULL ? ttecomm_setup_words (self->text, self->setup_error) : NULL;
  snapshot->explained = copy_strings (self->explained);
  return snapshot;
}

void
ttecomm_model_clear_publishing (TtecommModel *self)
{
  if (self->publishing != NULL)
    g_source_destroy (self->publishing);
  g_clear_pointer (&self->publishing, g_source_unref);
}

static void
publish_now (TtecommModel *self)
{
  g_autoptr (TtecommSnapshot) snapshot = NULL;
  g_autoptr (TtecommPage) page = NULL;

  ttecomm_model_clear_publishing (self);
  if (self->down)
    return;
  snapshot = take_snapshot (self);
  page = ttecomm_page_build (snapshot);
  self->sink->page (self->sink_data, page);
}

static gboolean
publishing_cb (gpointer data)
{
  publish_now (data);
  return G_SOURCE_REMOVE;
}

void
ttecomm_model_publish (TtecommModel *self)
{
  if (self->publishing != NULL || self->down || self->settling)
    return;
  self->publishing = g_idle_source_new ();
  g_source_set_priority (self->publishing, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->publishing, publishing_cb, self, NULL);
  g_source_attach (self->publishing, g_main_context_get_thread_default ());
}

static void
operation_free (gpointer data)
{
  TtecommModelOperation *operation = data;

  if (operation->timer != NULL)
    g_source_destroy (operation->timer);
  g_clear_pointer (&operation->timer, g_source_unref);
  g_object_unref (operation->cancellable);
  g_free (operation->installation);
  g_free (operation->site_name);
  g_clear_pointer (&operation->password, ttecomm_secret_unref);
  g_free (operation);
}

TtecommModelOperation *
ttecomm_model_begin (TtecommModel *self, guint64 op)
{
  TtecommModelOperation *operation = g_new0 (TtecommModelOperation, 1);

  operation->op = op;
  operation->cancellable = g_cancellable_new ();
  /* The key is the operation's own: of two with one number the later one is left. */
  g_hash_table_replace (self->operations, &operation->op, operation);
  return operation;
}

void
ttecomm_model_end (TtecommModel *self,
                   guint64 op,
                   TtecommEnding ending,
                   const char *message,
                   const char *details)
{
  if (!g_hash_table_remove (self->operations, &op) || self->down)
    return;
  if (self->publishing != NULL)
    publish_now (self);
  self->sink->completed (self->sink_data, op, ending, message, details);
}

static TtecommEnding
ending_of (const GError *error)
{
  if (error == NULL)
    return TTECOMM_ENDED_OK;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_REPLACED))
    return TTECOMM_ENDED_CANCELLED;
  if (g_error_matches (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE))
    return TTECOMM_ENDED_BUSY;
  if (g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SLOW)
      || g_error_matches (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_EXPIRED))
    return TTECOMM_ENDED_TIMEOUT;
  return TTECOMM_ENDED_FAILED;
}

void
ttecomm_model_end_with (TtecommModel *self, guint64 op, const GError *error)
{
  g_autofree char *message = NULL;
  TtecommEnding ending = ending_of (error);

  if (error != NULL && ending != TTECOMM_ENDED_CANCELLED)
    message = ttecomm_error_words (self->text, error);
  ttecomm_model_end (self, op, ending, message, error != NULL ? error->message : NULL);
}

/* @only_sign_ins: those that wait for a browser; otherwise all. */
static void
cancel_operations (TtecommModel *self, gboolean only_sign_ins)
{
  g_autoptr (GPtrArray) cancellables = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->operations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TtecommModelOperation *operation = value;

      if (operation->is_sign_in || !only_sign_ins)
        g_ptr_array_add (cancellables, g_object_ref (operation->cancellable));
    }
  /* Now, since ending one may change the table. */
  for (guint i = 0; i < cancellables->len; i++)
    g_cancellable_cancel (g_ptr_array_index (cancellables, i));
}

void
ttecomm_model_cancel_sign_ins (TtecommModel *self)
{
  cancel_operations (self, TRUE);
}

void
ttecomm_model_cancel (TtecommModel *self, guint64 op)
{
  TtecommModelOperation *operation = g_hash_table_lookup (self->operations, &op);
  g_autoptr (GCancellable) cancellable = NULL;
  gboolean waits, shares;

  if (operation == NULL)
    return;
  /* What is cancelled may end, and be freed, before the call returns. */
  cancellable = g_object_ref (operation->cancellable);
  waits = operation->waits;
  shares = operation->shares;
  g_cancellable_cancel (cancellable);
  if (waits)
    ttecomm_model_go_on (self);
  if (shares)
    ttecomm_model_end (self, op, TTECOMM_ENDED_CANCELLED, NULL, NULL);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ttecomm_facts_refresh_finish (TTECOMM_FACTS (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ttecomm_model_log (self, TTECOMM_LOG_INFO, "cloud", error->message);
}

void
ttecomm_model_refresh (TtecommModel *self)
{
  if (self->facts != NULL
      && ttecomm_sign_in_get_state (self->cloud->sign_in) != TTECOMM_SIGN_IN_SIGNED_OUT)
    ttecomm_facts_refresh_async (self->facts, refreshed_cb, g_object_ref (self));
}

void
ttecomm_model_activated (TtecommModel *self)
{
  gint64 wall = 0;

  ttecomm_model_look_again (self);
  if (self->purchase != NULL)
    ttecomm_purchase_nudge (self->purchase);
  ttecomm_model_portfolio_activated (self);
  if (self->facts == NULL || ttecomm_facts_is_refreshing (self->facts))
    return;
  if (!ttecomm_clock_get_wall (self->clock, &wall)
      || ABS (wall - ttecomm_facts_get_asked (self->facts)) >= FRESH_S)
    ttecomm_model_refresh (self);
}

/* Only the sandbox's clock may be another than this PC's. */
static void
apply_clock_offset (TtecommModel *self)
{
  gint64 offset = 0;

  if (!TTECOMM_IS_SYSTEM_CLOCK (self->clock))
    return;
  if (self->settings->clock_offset != NULL && ttecomm_cloud_settings_are_sandbox (self->settings)
      && !g_ascii_string_to_signed (self->settings->clock_offset, 10, G_MININT32, G_MAXINT32,
                                    &offset, NULL))
    offset = 0;
  ttecomm_system_clock_set_offset (TTECOMM_SYSTEM_CLOCK (self->clock), offset);
}

/* TRUE: it is another language. */
static gboolean
apply_host (TtecommModel *self)
{
  g_autofree char *problem = NULL;
  gboolean other;

  g_clear_pointer (&self->text, ttecomm_text_unref);
  self->text = ttecomm_text_new (self->settings->locale);
  apply_clock_offset (self);
  other = ttecomm_desk_set_text (self->desk, self->text);
  ttecomm_desk_set_host (self->desk, self->settings->prosoft_version, self->settings->ttecomm_url);
  if (self->setup_error != NULL)
    problem = ttecomm_setup_words (self->text, self->setup_error);
  ttecomm_desk_set_problem (self->desk, problem);
  return other;
}

void
ttecomm_model_set_settings (TtecommModel *self, const TtecommSettings *settings)
{
  gboolean other = ttecomm_settings_other_cloud (self->settings, settings);
  gboolean speaks_otherwise;

  ttecomm_settings_free (self->settings);
  self->settings = ttecomm_settings_copy (settings);
  if (other)
    ttecomm_model_close_cloud (self);
  speaks_otherwise = apply_host (self);
  if (other)
    ttecomm_model_open_cloud (self);
  else
    ttecomm_desk_refresh (self->desk, speaks_otherwise);
  if (speaks_otherwise)
    ttecomm_model_portfolio_say_again (self);
  ttecomm_model_go_on (self);
  ttecomm_model_publish (self);
}

TtecommPage *
ttecomm_model_first_page (const TtecommSettings *settings)
{
  g_autoptr (TtecommText) text = ttecomm_text_new (settings->locale);
  g_autoptr (TtecommSnapshot) snapshot = ttecomm_snapshot_new (text);

  snapshot->revision = 1;
  return ttecomm_page_build (snapshot);
}

void
ttecomm_model_watch_busy (TtecommModel *self, GWeakRef *busy)
{
  g_weak_ref_set (busy, self->cloud != NULL ? self->cloud->transport : NULL);
}

void
ttecomm_model_shut_down (TtecommModel *self)
{
  self->down = TRUE;
  ttecomm_model_clear_publishing (self);
  cancel_operations (self, FALSE);
  g_hash_table_remove_all (self->operations);
  ttecomm_model_close_cloud (self);
  ttecomm_model_lock_clear (self);
  g_signal_handlers_disconnect_by_data (self->desk, self);
  ttecomm_desk_stop (self->desk);
}

static void
ttecomm_model_finalize (GObject *object)
{
  TtecommModel *self = TTECOMM_MODEL (object);

  ttecomm_model_lock_clear (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->settings, ttecomm_settings_free);
  g_clear_pointer (&self->text, ttecomm_text_unref);
  g_clear_pointer (&self->reader, ttecomm_nbt_reader_free);
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  g_clear_pointer (&self->operations, g_hash_table_unref);
  g_clear_pointer (&self->admitted, g_hash_table_unref);
  g_clear_pointer (&self->explained, g_ptr_array_unref);
  g_clear_error (&self->project_error);
  g_clear_error (&self->sign_in_error);
  g_free (self->held_account);
  g_free (self->list_words);
  G_OBJECT_CLASS (ttecomm_model_parent_class)->finalize (object);
}

static void
ttecomm_model_class_init (TtecommModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_model_finalize;
}

static void
ttecomm_model_init (TtecommModel *self)
{
  self->operations = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, operation_free);
  self->admitted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->explained = g_ptr_array_new_with_free_func (g_free);
  g_date_clear (&self->said_on, 1);
  /* The host has shown revision 1 already. */
  self->revision = 1;
}

TtecommModel *
ttecomm_model_new (TtecommClock *clock,
                   const TtecommSettings *settings,
                   const TtecommModelSink *sink,
                   gpointer sink_data)
{
  TtecommModel *self = g_object_new (TTECOMM_TYPE_MODEL, NULL);

  self->clock = g_object_ref (clock);
  self->settings = ttecomm_settings_copy (settings);
  self->sink = sink;
  self->sink_data = sink_data;
  self->desk = ttecomm_desk_new (clock, sink, sink_data);
  g_signal_connect_swapped (self->desk, "changed", G_CALLBACK (ttecomm_model_publish), self);
  apply_host (self);
  ttecomm_model_open_cloud (self);
  ttecomm_model_publish (self);
  return self;
}
