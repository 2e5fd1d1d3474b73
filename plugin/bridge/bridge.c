/* SPDX-License-Identifier: MIT */
#include "plugin/bridge/bridge.h"

#include "base/platform.h"
#include "base/system-clock.h"

TtecommBridge *
ttecomm_bridge_get (const prosoft_plugin_t *plugin)
{
  return plugin != NULL ? plugin->plugin_data : NULL;
}

gboolean
ttecomm_bridge_check (TtecommBridge *self,
                      const char *function,
                      prosoft_result_t *result,
                      prosoft_error_t *error)
{
  g_autofree char *text = NULL;

  if (self == NULL)
    {
      *result = ttecomm_host_error (error, PROSOFT_E_INVALID, "%s: plugin is NULL", function);
      return FALSE;
    }
  if (self->main_thread != NULL && g_thread_self () != self->main_thread)
    {
      text = g_strdup_printf ("%s: called from another thread than init() (R4); nothing was done",
                              function);
      ttecomm_host_link_log (&self->link, PROSOFT_LOG_HOST_MISBEHAVING, "bridge", text);
      *result = ttecomm_host_error (error, PROSOFT_E_WRONG_THREAD, "%s", text);
      return FALSE;
    }
  if (!self->running)
    {
      *result = ttecomm_host_error (error, PROSOFT_E_FAILED,
                                    "%s: only between a successful init() and destroy()", function);
      return FALSE;
    }
  return TRUE;
}

TtecommPage *
ttecomm_bridge_get_page (TtecommBridge *self)
{
  return g_queue_peek_head (&self->pages);
}

void
ttecomm_bridge_set_page (TtecommBridge *self, TtecommPage *page)
{
  gint64 revision = ttecomm_page_get_revision (page);
  TtecommPage *former = ttecomm_bridge_get_page (self);
  gboolean other_title
      = former != NULL
        && !g_str_equal (ttecomm_page_get_title (former), ttecomm_page_get_title (page));

  g_queue_push_head (&self->pages, ttecomm_page_ref (page));
  while (self->pages.length > TTECOMM_PAGES_KEPT)
    ttecomm_page_unref (g_queue_pop_tail (&self->pages));
  if (self->link.pages == NULL)
    return;
  /* The title is in the host's menu as well. */
  if (other_title)
    self->link.pages->rescan (self->link.host);
  for (guint i = 0; i < self->views->len; i++)
    self->link.pages->changed (self->link.host, g_array_index (self->views, prosoft_view_t, i),
                               revision);
}

static prosoft_result_t
result_of_ending (TtecommEnding ending)
{
  switch (ending)
    {
    case TTECOMM_ENDED_OK:
      return PROSOFT_OK;
    case TTECOMM_ENDED_CANCELLED:
      return PROSOFT_E_CANCELLED;
    case TTECOMM_ENDED_INVALID:
      return PROSOFT_E_INVALID;
    case TTECOMM_ENDED_BUSY:
      return PROSOFT_E_BUSY;
    case TTECOMM_ENDED_TIMEOUT:
      return PROSOFT_E_TIMEOUT;
    case TTECOMM_ENDED_FAILED:
    default:
      return PROSOFT_E_FAILED;
    }
}

void
ttecomm_bridge_complete (TtecommBridge *self,
                         guint64 op,
                         TtecommEnding ending,
                         const char *message,
                         const char *details)
{
  if (ttecomm_operations_get_kind (self->operations, op) != TTECOMM_OPERATION_PAGE)
    return;
  ttecomm_operations_end (self->operations, op);
  ttecomm_host_link_completed (&self->link, op, result_of_ending (ending), message, details);
}

static void
tell_session_started (TtecommModel *model, gpointer data)
{
  const guint64 *pair = data;

  ttecomm_model_session_started (model, pair[0], pair[1]);
}

void
ttecomm_bridge_decide (TtecommBridge *self, guint64 op, TtecommDecision *decision)
{
  guint64 session = 0;

  if (ttecomm_operations_get_kind (self->operations, op) != TTECOMM_OPERATION_GATE)
    return;
  ttecomm_operations_end (self->operations, op);
  if (decision->allowed)
    {
      guint64 *key = g_new (guint64, 1);
      guint64 *pair = g_new (guint64, 2);

      session = *key = ++self->last_session;
      g_hash_table_add (self->sessions, key);
      pair[0] = session;
      pair[1] = op;
      ttecomm_bridge_tell (self, tell_session_started, pair, g_free);
    }
  ttecomm_host_link_decided (&self->link, op, decision, session);
}

typedef struct
{
  TtecommBridge *bridge; /* (unowned) outlives the worker */
  TtecommModelFunc func;
  gpointer data;
  GDestroyNotify destroy; /* (nullable) of data */
  guint64 n_asked;        /* 0: changes no decision */
} Question;

static void
question_run (gpointer data)
{
  Question *question = data;

  if (question->bridge->model != NULL)
    question->func (question->bridge->model, question->data);
  if (question->n_asked != 0)
    ttecomm_bridge_answered (question->bridge, question->n_asked);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->destroy != NULL)
    question->destroy (question->data);
  g_free (question);
}

static void
send_question (TtecommBridge *self,
               TtecommModelFunc func,
               gpointer data,
               GDestroyNotify destroy,
               guint64 n_asked)
{
  Question *question = g_new0 (Question, 1);

  question->bridge = self;
  question->func = func;
  question->data = data;
  question->destroy = destroy;
  question->n_asked = n_asked;
  ttecomm_worker_run (self->worker, question_run, question, question_free);
}

void
ttecomm_bridge_ask (TtecommBridge *self,
                    TtecommModelFunc func,
                    gpointer data,
                    GDestroyNotify destroy)
{
  send_question (self, func, data, destroy, ++self->n_asked);
}

void
ttecomm_bridge_tell (TtecommBridge *self,
                     TtecommModelFunc func,
                     gpointer data,
                     GDestroyNotify destroy)
{
  send_question (self, func, data, destroy, 0);
}

typedef struct
{
  TtecommBridge *bridge;     /* (unowned) */
  TtecommSettings *settings; /* (owned) */
} Start;

static void
start_free (gpointer data)
{
  Start *start = data;

  ttecomm_settings_free (start->settings);
  g_free (start);
}

static void
start_model (gpointer data)
{
  Start *start = data;
  g_autoptr (TtecommClock) clock = NULL;

  ttecomm_platform_enter_worker ();
  clock = ttecomm_system_clock_new ();
  start->bridge->model
      = ttecomm_model_new (clock, start->settings, &ttecomm_bridge_sink, start->bridge);
}

static void
stop_model (gpointer data, GWeakRef *busy)
{
  TtecommBridge *self = data;

  if (self->model != NULL)
    {
      ttecomm_model_watch_busy (self->model, busy);
      ttecomm_model_shut_down (self->model);
    }
  g_clear_object (&self->model);
}

/* Later calls are compared with init()'s thread; of init() itself only the host can tell. */
static gboolean
is_main_thread (TtecommBridge *self, prosoft_error_t *error)
{
  static const char text[] = "init: called from another thread than the main one (R4)";

  if (self->link.thread_check == NULL
      || self->link.thread_check->is_main_thread (self->link.host) == 1)
    return TRUE;
  ttecomm_host_link_log (&self->link, PROSOFT_LOG_HOST_MISBEHAVING, "bridge", text);
  ttecomm_host_error (error, PROSOFT_E_WRONG_THREAD, "%s", text);
  return FALSE;
}

static prosoft_result_t
plugin_init (const prosoft_plugin_t *plugin, prosoft_error_t *error)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TtecommPage) page = NULL;
  Start *start;

  if (self == NULL || self->running)
    return ttecomm_host_error (error, PROSOFT_E_INVALID, "init: NULL, or called twice");
  ttecomm_host_link_init (&self->link, self->link.host);
  if (!is_main_thread (self, error))
    return PROSOFT_E_WRONG_THREAD;
  self->main_thread = g_thread_self ();
  if (!ttecomm_platform_enter (&local_error))
    return ttecomm_host_error (error, PROSOFT_E_FAILED, "init: %s", local_error->message);
  self->worker = ttecomm_worker_new ("ttecomm", &local_error);
  if (self->worker == NULL)
    return ttecomm_host_error (error, PROSOFT_E_MEMORY, "init: no thread to be had: %s",
                               local_error->message);
  self->settings = ttecomm_host_link_get_settings (&self->link);
  self->running = TRUE;
  page = ttecomm_model_first_page (self->settings);
  ttecomm_bridge_set_page (self, page);
  start = g_new0 (Start, 1);
  start->bridge = self;
  start->settings = ttecomm_settings_copy (self->settings);
  ttecomm_worker_run (self->worker, start_model, start, start_free);
  return PROSOFT_OK;
}

/* R10: whatever is open ends now, each once; a gate check never by an answer that admits. */
static void
cancel_everything (TtecommBridge *self)
{
  guint64 op;
  TtecommOperationKind kind;

  while (ttecomm_operations_take (self->operations, &op, &kind))
    if (kind == TTECOMM_OPERATION_GATE)
      {
        g_autoptr (TtecommDecision) decision = ttecomm_decision_new ();

        decision->code = g_strdup ("cancelled");
        decision->details = g_strdup ("the plug-in was destroyed");
        ttecomm_host_link_decided (&self->link, op, decision, 0);
      }
    else
      ttecomm_host_link_completed (&self->link, op, PROSOFT_E_CANCELLED, NULL,
                                   "the plug-in was destroyed");
}

static void
bridge_free (TtecommBridge *self)
{
  g_clear_pointer (&self->worker, ttecomm_worker_free);
  g_clear_pointer (&self->mailbox, ttecomm_mailbox_free);
  g_clear_pointer (&self->operations, ttecomm_operations_free);
  g_clear_pointer (&self->admission, ttecomm_admission_unref);
  g_clear_pointer (&self->known, ttecomm_admission_unref);
  g_clear_pointer (&self->views, g_array_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->settings, ttecomm_settings_free);
  g_queue_clear_full (&self->pages, (GDestroyNotify)ttecomm_page_unref);
  g_free (self->page_title);
  g_free (self->project_id);
  g_free (self->load_key);
  g_free (self->store_key);
  g_free (self);
}

static void
plugin_destroy (const prosoft_plugin_t *plugin)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);

  if (self == NULL)
    return;
  if (self->main_thread != NULL && g_thread_self () != self->main_thread)
    {
      ttecomm_host_link_log (
          &self->link, PROSOFT_LOG_HOST_MISBEHAVING, "bridge",
          "destroy: called from another thread than init() (R4); nothing was done");
      return;
    }
  if (self->running)
    cancel_everything (self);
  self->running = FALSE;
  if (self->worker != NULL)
    ttecomm_worker_stop (self->worker, stop_model, self);
  ttecomm_mailbox_deliver_last (self->mailbox, self);
  bridge_free (self);
}

static const void *
plugin_get_extension (const prosoft_plugin_t *plugin, const char *id)
{
  static const struct
  {
    const char *id;
    const void *table;
  } tables[] = {
    { PROSOFT_EXT_ENVIRONMENT, &ttecomm_bridge_environment },
    { PROSOFT_EXT_OPERATIONS, &ttecomm_bridge_operations },
    { PROSOFT_EXT_PROJECT, &ttecomm_bridge_project },
    { PROSOFT_EXT_PAGES, &ttecomm_bridge_pages },
    { PROSOFT_EXT_SESSION_GATE, &ttecomm_bridge_session_gate },
    { PROSOFT_EXT_SECRETS, &ttecomm_bridge_secrets },
  };
  prosoft_result_t result;

  if (!ttecomm_bridge_check (ttecomm_bridge_get (plugin), "get_extension", &result, NULL)
      || id == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (tables[i].id, id))
      return tables[i].table;
  return NULL;
}

static void
plugin_on_main_thread (const prosoft_plugin_t *plugin)
{
  TtecommBridge *self = ttecomm_bridge_get (plugin);
  prosoft_result_t result;

  if (ttecomm_bridge_check (self, "on_main_thread", &result, NULL))
    ttecomm_mailbox_deliver (self->mailbox, self);
}

TtecommBridge *
ttecomm_bridge_new (const prosoft_host_t *host, const prosoft_plugin_descriptor_t *descriptor)
{
  TtecommBridge *self = g_new0 (TtecommBridge, 1);

  self->plugin.descriptor = descriptor;
  self->plugin.plugin_data = self;
  self->plugin.init = plugin_init;
  self->plugin.destroy = plugin_destroy;
  self->plugin.get_extension = plugin_get_extension;
  self->plugin.on_main_thread = plugin_on_main_thread;
  self->link.host = host;
  self->mailbox = ttecomm_mailbox_new ();
  self->operations = ttecomm_operations_new ();
  self->views = g_array_new (FALSE, FALSE, sizeof (prosoft_view_t));
  self->sessions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->pages);
  return self;
}
