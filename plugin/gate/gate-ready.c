/* SPDX-License-Identifier: MIT */
#include "plugin/gate/gate-ready.h"

#include "base/base64url.h"
#include "plugin/gate/backoff.h"

/* Installations of one question: TTcloud takes 500; an answer is read in one go, and nobody who
 * clicks is to wait for that. */
#define CHUNK 100

/* Checking signatures goes on for so long, then whoever clicked meanwhile comes first, in us. */
#define SLICE_US 2000

/* A server that does not know the question is not asked more often, in s. */
#define REFUSED_PAUSE 3600

/* One installation of the question under way. */
typedef struct
{
  char *installation; /* (owned) */
  char *nonce;        /* (owned) */
  gboolean is_answered;
} Asked;

struct _TtecommGateReady
{
  TtecommGate *gate; /* (unowned): owns this */
  GPtrArray *ids;    /* (owned) (element-type utf8): whom to keep ready */
  guint n_begun;     /* of these, in this round */
  guint backoff_ms;
  gboolean again;   /* what came in this round is old already */
  gboolean failed;  /* the last round did not come to its end */
  gboolean running; /* a round is under way */
  GSource *timer;   /* (owned) (nullable): the next round */

  /* The question under way. */
  GCancellable *cancellable; /* (owned) (nullable) */
  GPtrArray *asked;          /* (owned) (element-type Asked) */
  TtecommGateReply *reply;   /* (owned) (nullable): once it has come */
  TtecommGateStamp stamp;    /* when; boot_id is the clock's */
  guint64 day;               /* the gate's when it was asked */
  guint n_checked;           /* of the reply's answers, as many as @asked */
  gboolean keys_asked;
  GSource *slice; /* (owned) (nullable): goes on checking */

  /* For the one line that the log gets of a round. */
  guint n_good;
  guint n_bad;
  char *first_problem; /* (owned) (nullable) */
  gint64 check_us;
  gint64 longest_us; /* slice */
  gint64 next;       /* the shortest pause that a statement asked for, in s; -1 none yet */
};

static void ask (TtecommGateReady *self);
static void start_slice (TtecommGateReady *self);

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->installation);
  g_free (asked->nonce);
  g_free (asked);
}

static void
stop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Forgets the question under way; a late answer finds another one, or none. */
static void
drop_question (TtecommGateReady *self)
{
  stop_source (&self->slice);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->reply, ttecomm_gate_reply_free);
  g_ptr_array_set_size (self->asked, 0);
  self->n_checked = 0;
  self->keys_asked = FALSE;
}

static void
begin_round (TtecommGateReady *self)
{
  stop_source (&self->timer);
  drop_question (self);
  self->n_begun = 0;
  self->again = FALSE;
  self->failed = FALSE;
  self->running = TRUE;
  self->n_good = self->n_bad = 0;
  self->check_us = self->longest_us = 0;
  self->next = -1;
  g_clear_pointer (&self->first_problem, g_free);
  ask (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  begin_round (user_data);
  return G_SOURCE_REMOVE;
}

static void
start_timer (TtecommGateReady *self, guint delay_ms)
{
  stop_source (&self->timer);
  self->timer = g_timeout_source_new (delay_ms);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_set_static_name (self->timer, "gate keeps ready");
  g_source_attach (self->timer, self->gate->context);
}

static void
log_round (TtecommGateReady *self)
{
  g_autofree char *text = g_strdup_printf (
      "kept ready: %u installations, %u answers not used%s%s, checked in %" G_GINT64_FORMAT
      " us, longest slice %" G_GINT64_FORMAT " us",
      self->n_good, self->n_bad, self->first_problem != NULL ? ": " : "",
      self->first_problem != NULL ? self->first_problem : "", self->check_us, self->longest_us);

  ttecomm_gate_log (self->gate, self->n_bad > 0 ? G_LOG_LEVEL_WARNING : G_LOG_LEVEL_INFO, text);
}

/* A moment that not all PCs choose: at midnight their answers grow old together. */
static guint
soon (TtecommGateReady *self)
{
  const TtecommGateBudgets *budgets = &self->gate->budgets;

  return ttecomm_gate_backoff_next (budgets->retry_max_ms, budgets->retry_min_ms,
                                    budgets->retry_max_ms, -1,
                                    ttecomm_gate_random_bits (self->gate));
}

static void
end_round (TtecommGateReady *self)
{
  TtecommGate *gate = self->gate;

  drop_question (self);
  self->running = FALSE;
  self->backoff_ms = 0;
  if (self->n_good + self->n_bad > 0)
    log_round (self);
  if (self->again)
    start_timer (self, soon (self));
  else
    start_timer (self, ttecomm_gate_backoff_poll (self->next, 0, gate->budgets.poll_min_ms,
                                                  ttecomm_gate_random_bits (gate)));
}

/* What is kept stays; it is asked for again when that may help. */
static void
fail (TtecommGateReady *self, TtecommGateCause cause, gint64 retry_after, const char *message)
{
  const TtecommGateBudgets *budgets = &self->gate->budgets;
  g_autofree char *text = NULL;

  drop_question (self);
  self->running = FALSE;
  self->failed = TRUE;
  text = g_strdup_printf ("not kept ready: %s (%s)", ttecomm_gate_cause_to_string (cause),
                          message != NULL ? message : "no answer");
  ttecomm_gate_log (self->gate, G_LOG_LEVEL_INFO, text);
  /* Until the person has signed in again, asking again is in vain. */
  if (cause == TTECOMM_GATE_CAUSE_SIGN_IN)
    return;
  if (cause == TTECOMM_GATE_CAUSE_REFUSED)
    retry_after = MAX (retry_after, REFUSED_PAUSE);
  self->backoff_ms
      = ttecomm_gate_backoff_next (self->backoff_ms, budgets->retry_min_ms, budgets->retry_max_ms,
                                   retry_after, ttecomm_gate_random_bits (self->gate));
  start_timer (self, self->backoff_ms);
  self->backoff_ms = MIN (self->backoff_ms, budgets->retry_max_ms);
}

/* Whoever is asked about by name has an answer of his own on its way, or soon. */
static gboolean
is_asked_by_name (const TtecommGateEntry *entry)
{
  return entry != NULL && (ttecomm_gate_is_asking (entry) || entry->watchers > 0);
}

/* (nullable) */
static Asked *
find_asked (TtecommGateReady *self, const char *installation)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked *asked = self->asked->pdata[i];

      if (g_str_equal (asked->installation, installation))
        return asked;
    }
  return NULL;
}

static void
take_answer (TtecommGateReady *self, TtecommStatement *statement)
{
  Asked *asked = find_asked (self, ttecomm_statement_get_installation (statement));
  TtecommGateEntry *entry = ttecomm_gate_lookup (self->gate, asked->installation);
  gint64 next = ttecomm_statement_get_next (statement);

  asked->is_answered = TRUE;
  self->n_good++;
  if (self->next < 0 || next < self->next)
    self->next = next;
  if (is_asked_by_name (entry))
    return;
  self->stamp.high_water = ttecomm_statement_get_iat (statement);
  ttecomm_gate_keep_unasked (self->gate, asked->installation,
                             ttecomm_gate_record_new (statement, &self->stamp),
                             ttecomm_gate_is_of_today (self->gate, self->day,
                                                       self->reply->server_today));
}

/* An answer is about the installation it names, and each has one. */
static gboolean
find_expected (const char *installation, TtecommStatementExpected *expected, gpointer user_data)
{
  TtecommGateReady *self = user_data;
  const Asked *asked = find_asked (self, installation);
  TtecommGateEntry *entry = ttecomm_gate_lookup (self->gate, installation);

  if (asked == NULL || asked->is_answered)
    return FALSE;
  expected->installation = asked->installation;
  expected->nonce = asked->nonce;
  if (entry != NULL && entry->record != NULL)
    expected->min_ver
        = ttecomm_statement_get_ver (ttecomm_gate_record_get_statement (entry->record));
  return TRUE;
}

/* As a single answer is checked: with the nonce that its own installation was asked about with. */
static TtecommStatement *
check (TtecommGateReady *self, const char *jws, GError **error)
{
  const TtecommKeySet *keys = ttecomm_gate_keyring_get_keys (self->gate->keyring);

  if (keys == NULL)
    {
      g_set_error_literal (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN,
                           "There is no key set yet");
      return NULL;
    }
  return ttecomm_statement_verify_one_of (jws, strlen (jws), keys, self->gate->account,
                                          find_expected, self, error);
}

static void
refuse (TtecommGateReady *self, const char *message)
{
  self->n_bad++;
  if (self->first_problem == NULL)
    self->first_problem = g_strdup (message);
}

/* FALSE: the next one needs a key that must be fetched first. */
static gboolean
check_next (TtecommGateReady *self)
{
  g_autoptr (TtecommStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  statement = check (self, self->reply->bodies[self->n_checked], &error);
  if (statement != NULL)
    take_answer (self, statement);
  else if (!self->keys_asked
           && g_error_matches (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN))
    return FALSE;
  else
    refuse (self, error->message);
  self->n_checked++;
  return TRUE;
}

/* What a question carries until its answer. */
typedef struct
{
  TtecommGate *gate;         /* (owned) */
  GCancellable *cancellable; /* (owned): of the question */
} Question;

static Question *
question_new (TtecommGateReady *self)
{
  Question *question = g_new0 (Question, 1);

  question->gate = g_object_ref (self->gate);
  question->cancellable = g_object_ref (self->cancellable);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->gate);
  g_object_unref (question->cancellable);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* (nullable): whose question it still is */
static TtecommGateReady *
question_get (const Question *question)
{
  TtecommGateReady *self = question->gate->ready;

  return self != NULL && self->cancellable == question->cancellable ? self : NULL;
}

static void
keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  TtecommGateReady *self = question_get (question);
  TtecommGateKeysFailure failure;
  g_autoptr (GError) error = NULL;
  gboolean good = ttecomm_gate_keyring_refresh_finish (TTECOMM_GATE_KEYRING (source), result,
                                                       &failure, &error);

  if (self == NULL)
    return;
  if (good)
    start_slice (self);
  else
    fail (self, failure.cause != TTECOMM_GATE_CAUSE_NONE ? failure.cause : TTECOMM_GATE_CAUSE_KEYS,
          failure.retry_after, error->message);
}

static void
end_question (TtecommGateReady *self)
{
  g_autoptr (TtecommGate) alive = g_object_ref (self->gate);

  drop_question (self);
  ttecomm_gate_rebuild_memory (alive);
  if (alive->ready == self && self->running && self->cancellable == NULL)
    ask (self);
}

static gboolean
slice_cb (gpointer user_data)
{
  TtecommGateReady *self = user_data;
  gint64 begin = g_get_monotonic_time ();
  gboolean needs_keys = FALSE;
  gint64 spent = 0;

  while (self->n_checked < self->asked->len && spent < SLICE_US && !needs_keys)
    {
      needs_keys = !check_next (self);
      spent = g_get_monotonic_time () - begin;
    }
  self->check_us += spent;
  self->longest_us = MAX (self->longest_us, spent);
  if (self->n_checked < self->asked->len && !needs_keys)
    return G_SOURCE_CONTINUE;
  stop_source (&self->slice);
  if (!needs_keys)
    {
      end_question (self);
      return G_SOURCE_REMOVE;
    }
  self->keys_asked = TRUE;
  ttecomm_gate_keyring_refresh_async (self->gate->keyring, self->cancellable, keys_cb,
                                      question_new (self));
  return G_SOURCE_REMOVE;
}

/* Behind everything else that the worker has to do. */
static void
start_slice (TtecommGateReady *self)
{
  stop_source (&self->slice);
  self->slice = g_idle_source_new ();
  g_source_set_priority (self->slice, G_PRIORITY_LOW);
  g_source_set_callback (self->slice, slice_cb, self, NULL);
  g_source_set_static_name (self->slice, "gate checks what is kept ready");
  g_source_attach (self->slice, self->gate->context);
}

static void
stamp_receipt (TtecommGateReady *self)
{
  TtecommClock *clock = self->gate->clock;

  self->stamp.boot_id = ttecomm_clock_get_boot_id (clock);
  self->stamp.boottime_us = ttecomm_clock_get_boottime_us (clock);
  if (!ttecomm_clock_get_wall (clock, &self->stamp.wall))
    self->stamp.wall = -1;
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateReply) reply
      = ttecomm_gate_source_fetch_statements_finish (TTECOMM_GATE_SOURCE (source), result, &error);
  TtecommGateReady *self = question_get (question);

  if (self == NULL)
    return;
  if (reply == NULL)
    {
      fail (self, TTECOMM_GATE_CAUSE_OFFLINE, -1, error->message);
      return;
    }
  if (reply->cause != TTECOMM_GATE_CAUSE_NONE || reply->bodies == NULL
      || g_strv_length (reply->bodies) != self->asked->len)
    {
      fail (self,
            reply->cause != TTECOMM_GATE_CAUSE_NONE ? reply->cause
                                                    : TTECOMM_GATE_CAUSE_REPLY_ALTERED,
            reply->retry_after, reply->message);
      return;
    }
  if (reply->server_today != NULL)
    ttecomm_gate_note_server_today (question->gate, reply->server_today);
  self = question_get (question);
  if (self == NULL)
    return;
  self->reply = g_steal_pointer (&reply);
  stamp_receipt (self);
  start_slice (self);
}

/* FALSE: no randomness. */
static gboolean
choose (TtecommGateReady *self)
{
  while (self->n_begun < self->ids->len && self->asked->len < CHUNK)
    {
      const char *installation = self->ids->pdata[self->n_begun];
      guint8 bytes[16];
      Asked *asked;

      if (!is_asked_by_name (ttecomm_gate_lookup (self->gate, installation)))
        {
          if (!self->gate->random (bytes, sizeof bytes, self->gate->random_data))
            return FALSE;
          asked = g_new0 (Asked, 1);
          asked->installation = g_strdup (installation);
          asked->nonce = ttecomm_base64url_encode (bytes, sizeof bytes);
          g_ptr_array_add (self->asked, asked);
        }
      self->n_begun++;
    }
  return TRUE;
}

static void
ask (TtecommGateReady *self)
{
  TtecommServiceFlagItem items[CHUNK];

  if (!choose (self))
    {
      fail (self, TTECOMM_GATE_CAUSE_OFFLINE, -1, "no randomness for a nonce");
      return;
    }
  if (self->asked->len == 0)
    {
      end_round (self);
      return;
    }
  for (guint i = 0; i < self->asked->len; i++)
    {
      const Asked *asked = self->asked->pdata[i];

      items[i] = (TtecommServiceFlagItem){ asked->installation, asked->nonce };
    }
  self->cancellable = g_cancellable_new ();
  self->day = self->gate->day;
  ttecomm_gate_source_fetch_statements_async (self->gate->source, items, self->asked->len,
                                              self->cancellable, replied_cb, question_new (self));
}

TtecommGateReady *
ttecomm_gate_ready_new (TtecommGate *gate)
{
  TtecommGateReady *self = g_new0 (TtecommGateReady, 1);

  self->gate = gate;
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->asked = g_ptr_array_new_with_free_func (asked_free);
  return self;
}

void
ttecomm_gate_ready_free (TtecommGateReady *self)
{
  stop_source (&self->timer);
  drop_question (self);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->asked);
  g_free (self->first_problem);
  g_free (self);
}

/* Takes over @installations, each once; FALSE: they are those that we have. */
static gboolean
take_ids (TtecommGateReady *self, const char *const *installations)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean same;

  for (gsize i = 0; installations[i] != NULL && ids->len < TTECOMM_GATE_MAX_READY; i++)
    if (g_hash_table_add (seen, (gpointer)installations[i]))
      g_ptr_array_add (ids, g_strdup (installations[i]));
  same = ids->len == self->ids->len;
  for (guint i = 0; same && i < ids->len; i++)
    same = g_str_equal (ids->pdata[i], self->ids->pdata[i]);
  if (same)
    return FALSE;
  g_ptr_array_unref (self->ids);
  self->ids = g_steal_pointer (&ids);
  return TRUE;
}

void
ttecomm_gate_ready_set (TtecommGateReady *self, const char *const *installations)
{
  gboolean other = take_ids (self, installations);

  if (other || self->failed)
    begin_round (self);
}

void
ttecomm_gate_ready_note_dropped (TtecommGateReady *self, gboolean at_once)
{
  if (self->ids->len == 0)
    return;
  if (at_once)
    begin_round (self);
  else if (self->running)
    self->again = TRUE;
  else
    start_timer (self, soon (self));
}
