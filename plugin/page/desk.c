/* SPDX-License-Identifier: MIT */
#include "plugin/page/desk.h"

#include <string.h>

#include "base/civil-date.h"
#include "plugin/gate/gate-source-client.h"
#include "plugin/gate/gate.h"
#include "plugin/page/gate-words.h"

struct _TtecommDesk
{
  GObject parent_instance;

  TtecommClock *clock;          /* (owned) */
  const TtecommModelSink *sink; /* (unowned) */
  gpointer sink_data;
  TtecommText *text; /* (owned) */
  char *version;     /* (owned) (nullable) of PROSOFT */
  char *ttecomm_url; /* (owned) (nullable) */
  char *account;     /* (owned) (nullable) opaque id */
  char *email;       /* (owned) (nullable) */
  gboolean is_held;  /* somebody is signed in, even if it is not known yet who */
  TtecommGate *gate; /* (owned) (nullable) of the present cloud */

  gboolean project_open;
  TtecommInstallation *installation; /* (owned) (nullable) */
  char *watched;             /* (owned) (nullable) the open file's id, watched by the gate */
  TtecommDecision *decision; /* (owned) (nullable) last one about the open file */
  gint64 decision_wall;
  guint n_checking;
  GHashTable
      *sessions; /* (owned) (element-type guint64 utf8) running ones and their installations */
};

G_DEFINE_FINAL_TYPE (TtecommDesk, ttecomm_desk, G_TYPE_OBJECT)

static guint changed_signal;

static void
emit_changed (TtecommDesk *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static const char *
open_id (TtecommDesk *self)
{
  return self->installation != NULL ? self->installation->ttcloud_id : NULL;
}

static const char *
site_name_of (TtecommDesk *self, const char *installation, const char *site_name)
{
  if (site_name != NULL)
    return site_name;
  if (self->installation != NULL
      && (installation == NULL || g_strcmp0 (installation, open_id (self)) == 0))
    return self->installation->name;
  return NULL;
}

static void
fill_from_statement (TtecommWordFacts *facts, TtecommStatement *statement, char until[11])
{
  const TtecommServiceFlag *flag
      = ttecomm_statement_get_service (statement, TTECOMM_STATEMENT_REMOTE_SERVICES);

  facts->min = ttecomm_statement_get_min_prosoft (statement);
  facts->payer = ttecomm_statement_get_payer (statement);
  facts->seen = ttecomm_statement_get_seen (statement);
  facts->when = ttecomm_statement_get_iat (statement);
  facts->exp = ttecomm_statement_get_exp (statement);
  if (flag == NULL)
    return;
  facts->until_ts = flag->until_ts;
  if (g_date_valid (&flag->until))
    {
      ttecomm_date_format (&flag->until, until);
      facts->until = until;
    }
}

static void
fill_common (TtecommDesk *self,
             TtecommWordFacts *facts,
             const char *installation,
             const char *site_name)
{
  facts->site = site_name_of (self, installation, site_name);
  facts->account = self->email;
  facts->version = self->version;
  facts->ttecomm_url = self->ttecomm_url;
  if (!ttecomm_clock_get_wall (self->clock, &facts->now))
    facts->now = 0;
}

/* Words for a code that was decided before the gate was asked. */
static TtecommDecision *
decide_here (TtecommDesk *self,
             TtecommGateCode code,
             const char *cause,
             const char *installation,
             const char *site_name)
{
  TtecommDecision *decision = ttecomm_decision_new ();
  TtecommWordFacts facts = { .code = ttecomm_gate_code_to_string (code), .cause = cause };

  fill_common (self, &facts, installation, site_name);
  decision->code = g_strdup (facts.code);
  decision->cause = g_strdup (cause);
  g_clear_pointer (&decision->buttons, g_ptr_array_unref);
  ttecomm_gate_words (self->text, &facts, &decision->message, &decision->buttons);
  decision->details = g_strdup_printf ("code=%s source=none", facts.code);
  return decision;
}

static TtecommDecision *
put_into_words (TtecommDesk *self,
                const TtecommGateVerdict *verdict,
                const char *installation,
                const char *site_name)
{
  TtecommDecision *decision = ttecomm_decision_new ();
  const TtecommGateDecision *gate = &verdict->decision;
  g_autofree char *reference = NULL;
  char until[11] = "";
  TtecommWordFacts facts = {
    .code = ttecomm_gate_code_to_string (gate->code),
    .cause = ttecomm_gate_cause_to_string (gate->cause),
    .was = ttecomm_gate_code_to_string (gate->was),
    .trusted = gate->time,
    .status = verdict->http_status,
    .issuer = verdict->issuer,
    .high_water = verdict->high_water,
    .clock_off = verdict->clock_difference,
  };

  fill_common (self, &facts, installation, site_name);
  if (self->gate != NULL)
    facts.reference = reference = ttecomm_gate_dup_pseudonym (self->gate, installation);
  if (verdict->statement != NULL)
    fill_from_statement (&facts, verdict->statement, until);
  decision->outcome = (int)gate->outcome;
  decision->allowed = ttecomm_gate_outcome_opens (gate->outcome);
  decision->valid_until = decision->allowed ? verdict->valid_until : 0;
  decision->code = g_strdup (facts.code);
  decision->cause = g_strdup (facts.cause);
  decision->was = g_strdup (facts.was);
  decision->details = g_strdup (verdict->details);
  g_clear_pointer (&decision->buttons, g_ptr_array_unref);
  ttecomm_gate_words (self->text, &facts, &decision->message, &decision->buttons);
  return decision;
}

static void
keep_for_page (TtecommDesk *self, const char *installation, TtecommDecision *decision)
{
  if (self->project_open && g_strcmp0 (installation, open_id (self)) == 0
      && !g_str_equal (decision->code, "cancelled"))
    {
      g_clear_pointer (&self->decision, ttecomm_decision_unref);
      self->decision = ttecomm_decision_ref (decision);
      if (!ttecomm_clock_get_wall (self->clock, &self->decision_wall))
        self->decision_wall = 0;
    }
  emit_changed (self);
}

/* What a check carries from its start to its end. */
typedef struct
{
  char *installation; /* (owned) */
  char *site_name;    /* (owned) (nullable) */
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->installation);
  g_free (check->site_name);
  g_free (check);
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
  if (verdict != NULL)
    decision = put_into_words (self, verdict, check->installation, check->site_name);
  else
    decision = decide_here (self, TTECOMM_GATE_CODE_FLAG_UNKNOWN, NULL, check->installation,
                            check->site_name);
  keep_for_page (self, check->installation, decision);
  g_task_return_pointer (task, g_steal_pointer (&decision), (GDestroyNotify)ttecomm_decision_unref);
}

/* Rows 0a, 0b and 1, which need no question: NULL when the gate is to be asked about @id. */
static TtecommDecision *
decide_before (TtecommDesk *self, const char *installation, const char *site_name, const char **id)
{
  *id = installation != NULL ? installation : open_id (self);
  if (*id == NULL && self->installation == NULL)
    return decide_here (self, TTECOMM_GATE_CODE_FLAG_UNKNOWN, "file", NULL, site_name);
  if (*id == NULL && self->installation->is_protected && self->installation->name == NULL)
    return decide_here (self, TTECOMM_GATE_CODE_LOCKED, NULL, NULL, site_name);
  if (*id == NULL)
    return decide_here (self, TTECOMM_GATE_CODE_NEVER_CONNECTED, NULL, NULL, site_name);
  if (self->gate == NULL)
    return decide_here (self, TTECOMM_GATE_CODE_FLAG_UNKNOWN, "setup", *id, site_name);
  if (self->is_held && self->account == NULL)
    return decide_here (self, TTECOMM_GATE_CODE_FLAG_UNKNOWN, "offline", *id, site_name);
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
    decision = decide_here (self, TTECOMM_GATE_CODE_CANCELLED, NULL, installation, site_name);
  else
    decision = decide_before (self, installation, site_name, &id);
  if (decision != NULL)
    {
      keep_for_page (self, id, decision);
      g_task_return_pointer (task, g_steal_pointer (&decision),
                             (GDestroyNotify)ttecomm_decision_unref);
      return;
    }
  check = g_new0 (Check, 1);
  check->installation = g_strdup (id);
  check->site_name = g_strdup (site_name);
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

/* A question that no host waits for. */
typedef struct
{
  TtecommDesk *desk;  /* (owned) */
  char *installation; /* (owned) */
} Question;

static Question *
question_new (TtecommDesk *self, const char *installation)
{
  Question *question = g_new0 (Question, 1);

  question->desk = g_object_ref (self);
  question->installation = g_strdup (installation);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->desk);
  g_free (question->installation);
  g_free (question);
}

/* What was learnt ahead of the click is shown: page and gate agree, and nobody finds out too late.
 */
static void
prefetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateVerdict) verdict
      = ttecomm_gate_check_finish (TTECOMM_GATE (source), result, &error);
  g_autoptr (TtecommDecision) decision = NULL;

  if (verdict != NULL && question->desk->gate == TTECOMM_GATE (source))
    {
      decision = put_into_words (question->desk, verdict, question->installation, NULL);
      keep_for_page (question->desk, question->installation, decision);
    }
  question_free (question);
}

void
ttecomm_desk_prefetch (TtecommDesk *self)
{
  if (self->gate != NULL && self->account != NULL && open_id (self) != NULL)
    ttecomm_gate_check_async (self->gate, open_id (self), TTECOMM_GATE_PREFETCH, 0, NULL,
                              prefetched_cb, question_new (self, open_id (self)));
}

void
ttecomm_desk_refresh (TtecommDesk *self, gboolean fetch)
{
  if (self->gate == NULL)
    return;
  ttecomm_gate_drop_answers (self->gate);
  if (fetch)
    ttecomm_desk_prefetch (self);
}

static void
announced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  TtecommDesk *self = question->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateVerdict) verdict
      = ttecomm_gate_check_finish (TTECOMM_GATE (source), result, &error);
  g_autoptr (TtecommDecision) decision = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (verdict != NULL && verdict->decision.outcome == TTECOMM_GATE_DENY)
    {
      decision = put_into_words (self, verdict, question->installation, NULL);
      keep_for_page (self, question->installation, decision);
      g_hash_table_iter_init (&iter, self->sessions);
      while (g_hash_table_iter_next (&iter, &key, &value))
        if (g_str_equal (value, question->installation))
          self->sink->notice (self->sink_data, *(guint64 *)key, decision);
    }
  question_free (question);
}

/* A verified "no" while a session runs is announced, and applies to the next opening (gate.md 5).
 */
static void
tell_sessions (TtecommDesk *self, const char *installation)
{
  if (g_hash_table_size (self->sessions) > 0)
    ttecomm_gate_check_async (self->gate, installation, TTECOMM_GATE_PREFETCH, 0, NULL,
                              announced_cb, question_new (self, installation));
}

static void
changed_cb (TtecommGate *gate,
            const char *installation,
            int old_code,
            int code,
            int cause,
            TtecommDesk *self)
{
  TtecommWordFacts facts = {
    .code = ttecomm_gate_code_to_string ((TtecommGateCode)code),
    .cause = ttecomm_gate_cause_to_string ((TtecommGateCause)cause),
  };
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *message = NULL;

  fill_common (self, &facts, installation, NULL);
  ttecomm_gate_words (self->text, &facts, &message, &buttons);
  self->sink->event (self->sink_data, TTECOMM_GATE_EVENT_CHANGED, installation, facts.code,
                     facts.cause, 0,
                     message != NULL ? message
                                     : ttecomm_text_get (self->text, "gate",
                                                         "Remote sessions can be opened again."));
  tell_sessions (self, installation);
}

static void
ends_soon_cb (TtecommGate *gate, const char *installation, gint64 days, TtecommDesk *self)
{
  g_autofree char *text
      = ttecomm_text_format_plural (self->text, "gate",
                                    "Remote Services ends in {n} day; renewal is off.",
                                    "Remote Services ends in {n} days; renewal is off.",
                                    (guint64)MAX (days, 0), NULL);

  self->sink->event (self->sink_data, TTECOMM_GATE_EVENT_ENDS_SOON, installation, "ends_soon", NULL,
                     (int)CLAMP (days, 0, 3650), text);
}

static void
ended_cb (TtecommGate *gate, const char *installation, int code, TtecommDesk *self)
{
  self->sink->event (
      self->sink_data, TTECOMM_GATE_EVENT_ENDED, installation,
      ttecomm_gate_code_to_string ((TtecommGateCode)code), NULL, 0,
      ttecomm_text_get (
          self->text, "gate",
          "Remote Services has ended. A session that runs is not cut; open Subscriptions to renew."));
  tell_sessions (self, installation);
}

static void
stale_cb (TtecommGate *gate, const char *installation, gint64 since, TtecommDesk *self)
{
  gint64 wall = since;

  if (!ttecomm_clock_get_wall (self->clock, &wall))
    wall = since;
  self->sink->event (
      self->sink_data, TTECOMM_GATE_EVENT_STALE, installation, "stale", NULL,
      (int)CLAMP ((wall - since) / 86400, 0, 3650),
      ttecomm_text_get (
          self->text, "gate",
          "TTcloud has not been reached for a day. Remote sessions still open; check the network."));
}

static void
fresh_cb (TtecommGate *gate, const char *installation, TtecommDesk *self)
{
  self->sink->event (self->sink_data, TTECOMM_GATE_EVENT_FRESH, installation, NULL, NULL, 0,
                     ttecomm_text_get (self->text, "gate", "TTcloud can be reached again."));
}

static void
clock_suspect_cb (TtecommGate *gate, const char *installation, gint64 difference, TtecommDesk *self)
{
  self->sink->event (
      self->sink_data, TTECOMM_GATE_EVENT_CLOCK_SUSPECT, installation, "clock", NULL, 0,
      ttecomm_text_get (self->text, "gate",
                        "The clock of this PC looks wrong. Correct the date and time."));
}

static void
log_cb (TtecommGate *gate, GLogLevelFlags level, const char *text, TtecommDesk *self)
{
  TtecommLogSeverity severity = TTECOMM_LOG_INFO;

  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) != 0)
    severity = TTECOMM_LOG_WARNING;
  else if ((level & G_LOG_LEVEL_DEBUG) != 0)
    severity = TTECOMM_LOG_DEBUG;
  self->sink->log (self->sink_data, severity, "gate", text);
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
}

static void
watch_open_file (TtecommDesk *self)
{
  if (self->gate == NULL || g_strcmp0 (self->watched, open_id (self)) == 0)
    return;
  if (self->watched != NULL)
    ttecomm_gate_unwatch (self->gate, self->watched);
  g_free (self->watched);
  self->watched = g_strdup (open_id (self));
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
  if (cloud == NULL)
    return;
  source = ttecomm_gate_source_client_new (cloud->client, &TTECOMM_GATE_SOURCE_LIMITS);
  config.source = source;
  config.trust = cloud->trust;
  self->gate = ttecomm_gate_new (&config);
  g_signal_connect (self->gate, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->gate, "ends-soon", G_CALLBACK (ends_soon_cb), self);
  g_signal_connect (self->gate, "ended", G_CALLBACK (ended_cb), self);
  g_signal_connect (self->gate, "stale", G_CALLBACK (stale_cb), self);
  g_signal_connect (self->gate, "fresh", G_CALLBACK (fresh_cb), self);
  g_signal_connect (self->gate, "clock-suspect", G_CALLBACK (clock_suspect_cb), self);
  g_signal_connect (self->gate, "log", G_CALLBACK (log_cb), self);
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
  emit_changed (self);
}

void
ttecomm_desk_set_project (TtecommDesk *self, gboolean is_open, TtecommInstallation *installation)
{
  g_autofree char *before = g_strdup (open_id (self));

  self->project_open = is_open;
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  if (installation != NULL)
    self->installation = ttecomm_installation_ref (installation);
  if (g_strcmp0 (before, open_id (self)) != 0)
    g_clear_pointer (&self->decision, ttecomm_decision_unref);
  watch_open_file (self);
  emit_changed (self);
}

void
ttecomm_desk_set_text (TtecommDesk *self, TtecommText *text)
{
  ttecomm_text_ref (text);
  g_clear_pointer (&self->text, ttecomm_text_unref);
  self->text = text;
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
}

void
ttecomm_desk_session_started (TtecommDesk *self, guint64 session, const char *installation)
{
  g_hash_table_insert (self->sessions, g_memdup2 (&session, sizeof session),
                       g_strdup (installation));
  if (self->gate != NULL)
    ttecomm_gate_watch (self->gate, installation);
}

void
ttecomm_desk_session_ended (TtecommDesk *self, guint64 session)
{
  const char *installation = g_hash_table_lookup (self->sessions, &session);

  if (installation == NULL)
    return;
  if (self->gate != NULL)
    ttecomm_gate_unwatch (self->gate, installation);
  g_hash_table_remove (self->sessions, &session);
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
  self->sessions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
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
