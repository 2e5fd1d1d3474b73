/* SPDX-License-Identifier: MIT */
#include "plugin/page/desk-private.h"

#include <string.h>

#include "base/civil-date.h"
#include "plugin/gate/gate-source-client.h"

G_DEFINE_FINAL_TYPE (TtecommDesk, ttecomm_desk, G_TYPE_OBJECT)

static guint changed_signal;

static void
emit_changed (TtecommDesk *self)
{
  g_signal_emit (self, changed_signal, 0);
}

void
ttecomm_desk_keep_for_page (TtecommDesk *self, const char *installation, TtecommDecision *decision)
{
  if (self->project_open && g_strcmp0 (installation, ttecomm_desk_open_id (self)) == 0
      && !g_str_equal (decision->code, "cancelled"))
    {
      g_clear_pointer (&self->decision, ttecomm_decision_unref);
      self->decision = ttecomm_decision_ref (decision);
      if (!ttecomm_clock_get_wall (self->clock, &self->decision_wall))
        self->decision_wall = 0;
    }
  emit_changed (self);
}

/* Row 1 and its kin: without an account that is known, the worker has to look. */
void
ttecomm_desk_publish_admission (TtecommDesk *self)
{
  g_autoptr (TtecommAdmission) admission = NULL;

  if (self->sink->admission == NULL)
    return;
  if (self->gate != NULL && self->account != NULL)
    admission
        = ttecomm_admission_new (ttecomm_gate_get_memory (self->gate), self->clock, self->version,
                                 self->is_reading ? NULL : ttecomm_desk_open_id (self));
  self->sink->admission (self->sink_data, admission);
}

void
ttecomm_desk_note_admitted (TtecommDesk *self, const char *installation, TtecommDecision *decision)
{
  if (self->gate != NULL)
    ttecomm_gate_note_use (self->gate, installation);
  self->sink->log (self->sink_data, TTECOMM_LOG_INFO, "gate", decision->details);
  ttecomm_desk_keep_for_page (self, installation, decision);
}

/* What a check carries from its start to its end. */
typedef struct
{
  char *installation;        /* (owned) */
  char *site_name;           /* (owned) (nullable) */
  char *account;             /* (owned) (nullable) who asked */
  GCancellable *cancellable; /* (owned) (nullable) */
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->installation);
  g_free (check->site_name);
  g_free (check->account);
  g_clear_object (&check->cancellable);
  g_free (check);
}

/* Somebody else signed in, or another TTcloud is meant, since the question went out: whatever it
 * brought is not theirs, and admits nobody. */
static gboolean
is_for_somebody_else (TtecommDesk *self, const char *asker, GObject *gate)
{
  return self->gate != TTECOMM_GATE (gate) || g_strcmp0 (asker, self->account) != 0;
}

/* Whether whoever asked is told what @gate decided. One that is closed under the question calls it
 * cancelled; that is true only when the host cancelled it, and otherwise leaves a person who waits
 * without a word. */
static gboolean
is_to_be_told (TtecommDesk *self,
               const Check *check,
               GObject *gate,
               const TtecommGateVerdict *verdict)
{
  if (ttecomm_gate_outcome_opens (verdict->decision.outcome))
    return !is_for_somebody_else (self, check->account, gate);
  return verdict->decision.code != TTECOMM_GATE_CODE_CANCELLED
         || g_cancellable_is_cancelled (check->cancellable);
}

/* A check that the gate was not asked about, or whose answer was not used, has a line too. */
static void
log_here (TtecommDesk *self, const TtecommDecision *decision)
{
  self->sink->log (self->sink_data, TTECOMM_LOG_INFO, "gate", decision->details);
}

static void
gate_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TtecommDesk *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateVerdict) verdict
      = ttecomm_gate_check_finish (TTECOMM_GATE (source), result, &error);
  g_autoptr (TtecommDecision) decision = NULL;

  self->n_checking--;
  if (verdict != NULL && is_to_be_told (self, check, source, verdict))
    decision = ttecomm_desk_put_into_words (self, verdict, check->installation, check->site_name);
  else
    {
      decision = ttecomm_desk_decide_here (self, TTECOMM_GATE_CODE_FLAG_UNKNOWN, NULL,
                                           check->installation, check->site_name);
      log_here (self, decision);
    }
  ttecomm_desk_keep_for_page (self, check->installation, decision);
  g_task_return_pointer (task, g_steal_pointer (&decision), (GDestroyNotify)ttecomm_decision_unref);
}

/* The network is not to blame when the settings are. */
static TtecommDecision *
decide_without_cloud (TtecommDesk *self, const char *id, const char *site_name)
{
  TtecommDecision *decision
      = ttecomm_desk_decide_here (self, TTECOMM_GATE_CODE_FLAG_UNKNOWN, "setup", id, site_name);

  if (self->problem != NULL)
    {
      g_free (decision->message);
      decision->message = g_strdup (self->problem);
    }
  return decision;
}

/* Rows 0a, 0b and 1, which need no question: NULL when the gate is to be asked about @id. */
static TtecommDecision *
decide_before (TtecommDesk *self, const char *installation, const char *site_name, const char **id)
{
  *id = installation != NULL ? installation : ttecomm_desk_open_id (self);
  if (*id == NULL && self->installation == NULL)
    return ttecomm_desk_decide_here (self, TTECOMM_GATE_CODE_FLAG_UNKNOWN, "file", NULL, site_name);
  if (*id == NULL && self->installation->is_protected && self->installation->name == NULL)
    return ttecomm_desk_decide_here (self, TTECOMM_GATE_CODE_LOCKED, NULL, NULL, site_name);
  if (*id == NULL)
    return ttecomm_desk_decide_here (self, TTECOMM_GATE_CODE_NEVER_CONNECTED, NULL, NULL,
                                     site_name);
  if (self->gate == NULL)
    return decide_without_cloud (self, *id, site_name);
  if (self->is_held && self->account == NULL)
    return ttecomm_desk_decide_here (self, TTECOMM_GATE_CODE_FLAG_UNKNOWN, "offline", *id,
                                     site_name);
  return NULL;
}

void
ttecomm_desk_check_async (TtecommDesk *self,
                          const char *installation,
                          const char *site_name,
                          gboolean afresh,
                          guint timeout_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (TtecommDecision) decision = NULL;
  const char *id;
  Check *check;

  g_task_set_source_tag (task, ttecomm_desk_check_async);
  id = installation;
  if (g_cancellable_is_cancelled (cancellable))
    decision = ttecomm_desk_decide_here (self, TTECOMM_GATE_CODE_CANCELLED, NULL, installation,
                                         site_name);
  else
    decision = decide_before (self, installation, site_name, &id);
  if (decision != NULL)
    {
      log_here (self, decision);
      ttecomm_desk_keep_for_page (self, id, decision);
      g_task_return_pointer (task, g_steal_pointer (&decision),
                             (GDestroyNotify)ttecomm_decision_unref);
      return;
    }
  check = g_new0 (Check, 1);
  check->installation = g_strdup (id);
  check->site_name = g_strdup (site_name);
  check->account = g_strdup (self->account);
  g_set_object (&check->cancellable, cancellable);
  g_task_set_task_data (task, check, check_free);
  self->n_checking++;
  ttecomm_gate_check_async (self->gate, check->installation,
                            afresh ? TTECOMM_GATE_REFRESH : TTECOMM_GATE_CLICK, timeout_ms,
                            cancellable, gate_cb, g_steal_pointer (&task));
  emit_changed (self);
}

TtecommDecision *
ttecomm_desk_check_finish (TtecommDesk *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

TtecommDeskQuestion *
ttecomm_desk_question_new (TtecommDesk *self, const char *installation)
{
  TtecommDeskQuestion *question = g_new0 (TtecommDeskQuestion, 1);

  question->desk = g_object_ref (self);
  question->installation = g_strdup (installation);
  question->account = g_strdup (self->account);
  return question;
}

void
ttecomm_desk_question_free (TtecommDeskQuestion *question)
{
  g_object_unref (question->desk);
  g_free (question->installation);
  g_free (question->account);
  g_free (question);
}

/* What was learnt ahead of the click is shown: page and gate agree, and nobody finds out too late.
 */
static void
prefetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TtecommDeskQuestion *question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateVerdict) verdict
      = ttecomm_gate_check_finish (TTECOMM_GATE (source), result, &error);
  g_autoptr (TtecommDecision) decision = NULL;

  if (verdict != NULL && !is_for_somebody_else (question->desk, question->account, source))
    {
      decision
          = ttecomm_desk_put_into_words (question->desk, verdict, question->installation, NULL);
      ttecomm_desk_keep_for_page (question->desk, question->installation, decision);
    }
  ttecomm_desk_question_free (question);
}

static void
fetch_open_file (TtecommDesk *self, TtecommGateFlags flags)
{
  const char *id = ttecomm_desk_open_id (self);

  if (self->gate != NULL && self->account != NULL && id != NULL)
    ttecomm_gate_check_async (self->gate, id, flags, 0, NULL, prefetched_cb,
                              ttecomm_desk_question_new (self, id));
}

void
ttecomm_desk_prefetch (TtecommDesk *self)
{
  fetch_open_file (self, TTECOMM_GATE_PREFETCH);
}

void
ttecomm_desk_keep_ready (TtecommDesk *self, const char *const *installations)
{
  if (self->gate != NULL && self->account != NULL)
    ttecomm_gate_keep_ready (self->gate, installations);
}

void
ttecomm_desk_refresh (TtecommDesk *self, gboolean fetch)
{
  if (self->gate == NULL)
    return;
  ttecomm_gate_drop_answers (self->gate);
  if (fetch)
    fetch_open_file (self, TTECOMM_GATE_PREFETCH | TTECOMM_GATE_REFRESH);
}

void
ttecomm_desk_note_today (TtecommDesk *self, const GDate *today)
{
  char text[TTECOMM_DATE_SIZE];

  if (self->gate == NULL)
    return;
  ttecomm_date_format (today, text);
  ttecomm_gate_note_server_today (self->gate, text);
}

static void
close_gate (TtecommDesk *self)
{
  if (self->gate == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->gate, self);
  ttecomm_gate_shutdown (self->gate);
  g_clear_object (&self->gate);
  g_clear_pointer (&self->watched, g_free);
  ttecomm_desk_publish_admission (self);
}

static void
watch_open_file (TtecommDesk *self)
{
  if (self->gate == NULL || g_strcmp0 (self->watched, ttecomm_desk_open_id (self)) == 0)
    return;
  if (self->watched != NULL)
    ttecomm_gate_unwatch (self->gate, self->watched);
  g_free (self->watched);
  self->watched = g_strdup (ttecomm_desk_open_id (self));
  if (self->watched != NULL)
    ttecomm_gate_watch (self->gate, self->watched);
}

void
ttecomm_desk_set_cloud (TtecommDesk *self, const TtecommCloud *cloud, const char *cache_dir)
{
  g_autoptr (TtecommGateSource) source = NULL;
  TtecommGateConfig config = {
    .clock = self->clock,
    .cache_folder = cache_dir,
    .prosoft = self->version,
    .budgets = TTECOMM_GATE_BUDGETS,
  };

  close_gate (self);
  g_clear_pointer (&self->decision, ttecomm_decision_unref);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->email, g_free);
  self->is_held = FALSE;
  ttecomm_desk_publish_admission (self);
  if (cloud == NULL)
    return;
  source = ttecomm_gate_source_client_new (cloud->client, &TTECOMM_GATE_SOURCE_LIMITS);
  config.source = source;
  config.trust = cloud->trust;
  self->gate = ttecomm_gate_new (&config);
  ttecomm_desk_listen (self);
  ttecomm_desk_watch_sessions (self);
  watch_open_file (self);
}

void
ttecomm_desk_set_account (TtecommDesk *self,
                          gboolean is_held,
                          const char *account_id,
                          const char *email)
{
  gboolean other = g_strcmp0 (self->account, account_id) != 0;

  self->is_held = is_held;
  g_free (self->email);
  self->email = g_strdup (email);
  if (!other)
    return;
  g_free (self->account);
  self->account = g_strdup (account_id);
  g_clear_pointer (&self->decision, ttecomm_decision_unref);
  if (self->gate != NULL && (account_id != NULL || !is_held))
    ttecomm_gate_set_account (self->gate, account_id);
  ttecomm_desk_publish_admission (self);
  emit_changed (self);
}

void
ttecomm_desk_set_project (TtecommDesk *self, gboolean is_open, TtecommInstallation *installation)
{
  g_autofree char *before = g_strdup (ttecomm_desk_open_id (self));

  self->project_open = is_open;
  self->is_reading = FALSE;
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  if (installation != NULL)
    self->installation = ttecomm_installation_ref (installation);
  if (g_strcmp0 (before, ttecomm_desk_open_id (self)) != 0)
    g_clear_pointer (&self->decision, ttecomm_decision_unref);
  watch_open_file (self);
  ttecomm_desk_publish_admission (self);
  emit_changed (self);
}

void
ttecomm_desk_expect_project (TtecommDesk *self)
{
  self->is_reading = TRUE;
  ttecomm_desk_publish_admission (self);
}

void
ttecomm_desk_set_problem (TtecommDesk *self, const char *words)
{
  g_free (self->problem);
  self->problem = g_strdup (words);
}

gboolean
ttecomm_desk_set_text (TtecommDesk *self, TtecommText *text)
{
  gboolean other
      = self->text != NULL
        && !g_str_equal (ttecomm_text_get_language (self->text), ttecomm_text_get_language (text));

  ttecomm_text_ref (text);
  g_clear_pointer (&self->text, ttecomm_text_unref);
  self->text = text;
  /* What is kept was said in the other language. */
  if (other)
    g_clear_pointer (&self->decision, ttecomm_decision_unref);
  return other;
}

void
ttecomm_desk_set_host (TtecommDesk *self, const char *version, const char *ttecomm_url)
{
  g_free (self->version);
  self->version = g_strdup (version);
  g_free (self->ttecomm_url);
  self->ttecomm_url = g_strdup (ttecomm_url);
  if (self->gate != NULL)
    ttecomm_gate_set_prosoft (self->gate, version);
  ttecomm_desk_publish_admission (self);
}

TtecommDecision *
ttecomm_desk_get_decision (TtecommDesk *self, gint64 *wall)
{
  *wall = self->decision_wall;
  return self->decision;
}

gboolean
ttecomm_desk_is_checking (TtecommDesk *self)
{
  return self->n_checking > 0;
}

void
ttecomm_desk_stop (TtecommDesk *self)
{
  close_gate (self);
}

static void
ttecomm_desk_finalize (GObject *object)
{
  TtecommDesk *self = TTECOMM_DESK (object);

  close_gate (self);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->text, ttecomm_text_unref);
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  g_clear_pointer (&self->decision, ttecomm_decision_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_free (self->problem);
  g_free (self->version);
  g_free (self->ttecomm_url);
  g_free (self->account);
  g_free (self->email);
  g_free (self->watched);
  G_OBJECT_CLASS (ttecomm_desk_parent_class)->finalize (object);
}

static void
ttecomm_desk_class_init (TtecommDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_desk_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
ttecomm_desk_init (TtecommDesk *self)
{
  self->sessions
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, ttecomm_desk_session_free);
}

TtecommDesk *
ttecomm_desk_new (TtecommClock *clock, const TtecommModelSink *sink, gpointer sink_data)
{
  TtecommDesk *self = g_object_new (TTECOMM_TYPE_DESK, NULL);

  self->clock = g_object_ref (clock);
  self->sink = sink;
  self->sink_data = sink_data;
  return self;
}
