/* SPDX-License-Identifier: MIT */
#include "plugin/gate/gate-private.h"

#include "base/base64url.h"
#include "plugin/gate/backoff.h"
#include "plugin/gate/verdict-private.h"

/* One question in flight. It may outlive its entry; then its answer is nobody's. */
struct _TtecommGateRequest
{
  TtecommGate *gate;         /* (owned) */
  char *installation;        /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GSource *deadline;         /* (owned) */
  guint64 number;            /* higher than that of all before */
  guint64 day;               /* the gate's when it was asked */
  gint64 begin_us;           /* monotonic */
  gboolean too_slow;
};

static void asked_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
request_free (TtecommGateRequest *request)
{
  g_source_destroy (request->deadline);
  g_source_unref (request->deadline);
  g_object_unref (request->cancellable);
  g_object_unref (request->gate);
  g_free (request->installation);
  g_free (request);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGateRequest, request_free)

static gboolean
deadline_cb (gpointer user_data)
{
  TtecommGateRequest *request = user_data;

  request->too_slow = TRUE;
  g_cancellable_cancel (request->cancellable);
  return G_SOURCE_REMOVE;
}

static TtecommGateRequest *
request_new (TtecommGate *self, const char *installation)
{
  TtecommGateRequest *request = g_new0 (TtecommGateRequest, 1);

  request->gate = g_object_ref (self);
  request->installation = g_strdup (installation);
  request->cancellable = g_cancellable_new ();
  request->number = ++self->asked;
  request->day = self->day;
  request->begin_us = g_get_monotonic_time ();
  request->deadline = g_timeout_source_new (self->budgets.request_ms);
  g_source_set_callback (request->deadline, deadline_cb, request, NULL);
  g_source_set_static_name (request->deadline, "gate request deadline");
  g_source_attach (request->deadline, self->context);
  return request;
}

gboolean
ttecomm_gate_request (TtecommGate *self, TtecommGateEntry *entry)
{
  g_autofree char *nonce = NULL;
  guint8 bytes[16];
  gint64 min_ver = 0;

  if (entry->request != NULL)
    return TRUE;
  if (self->account == NULL || !self->random (bytes, sizeof bytes, self->random_data))
    return FALSE;
  ttecomm_gate_stop_timer (entry);
  nonce = ttecomm_base64url_encode (bytes, sizeof bytes);
  if (entry->record != NULL)
    min_ver = ttecomm_statement_get_ver (ttecomm_gate_record_get_statement (entry->record));
  entry->request = request_new (self, entry->installation);
  entry->asked = entry->request->number;
  entry->is_kept = entry->is_spent = FALSE;
  ttecomm_gate_ask_async (self->source, self->keyring, self->clock, entry->installation,
                          self->account, nonce, min_ver, entry->request->cancellable, asked_cb,
                          entry->request);
  return TRUE;
}

void
ttecomm_gate_give_up (TtecommGateEntry *entry)
{
  TtecommGateRequest *request = g_steal_pointer (&entry->request);

  if (request != NULL)
    g_cancellable_cancel (request->cancellable);
}

/* Of those overtaken, the ones that were asked before @number. */
static void
give_up_older (TtecommGateEntry *entry, guint64 number)
{
  while (entry->overtaken->len > 0)
    {
      TtecommGateRequest *request = entry->overtaken->pdata[0];

      if (request->number >= number)
        return;
      g_ptr_array_remove_index (entry->overtaken, 0);
      g_cancellable_cancel (request->cancellable);
    }
}

void
ttecomm_gate_give_up_all (TtecommGateEntry *entry)
{
  ttecomm_gate_give_up (entry);
  give_up_older (entry, G_MAXUINT64);
}

void
ttecomm_gate_overtake (TtecommGateEntry *entry)
{
  /* The oldest stays: however often somebody clicks, a server that is merely slow gets its time. */
  if (entry->overtaken->len == TTECOMM_GATE_MAX_OVERTAKEN)
    {
      TtecommGateRequest *request
          = g_ptr_array_steal_index (entry->overtaken, entry->overtaken->len - 1);

      g_cancellable_cancel (request->cancellable);
    }
  g_ptr_array_add (entry->overtaken, g_steal_pointer (&entry->request));
}

gboolean
ttecomm_gate_is_asking (const TtecommGateEntry *entry)
{
  return entry->request != NULL || entry->overtaken->len > 0;
}

void
ttecomm_gate_stop_timer (TtecommGateEntry *entry)
{
  if (entry->timer == NULL)
    return;
  g_source_destroy (entry->timer);
  g_clear_pointer (&entry->timer, g_source_unref);
}

/* What a timer needs: the entry may be another one by then. */
typedef struct
{
  TtecommGate *gate;  /* (unowned): its entries own the timer */
  char *installation; /* (owned) */
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_free (plan->installation);
  g_free (plan);
}

static gboolean
timer_cb (gpointer user_data)
{
  Plan *plan = user_data;
  TtecommGate *self = plan->gate;
  TtecommGateEntry *entry = ttecomm_gate_lookup (self, plan->installation);

  g_clear_pointer (&entry->timer, g_source_unref);
  if (ttecomm_gate_request (self, entry))
    entry->is_kept = TRUE;
  else
    ttecomm_gate_plan (self, entry, NULL);
  return G_SOURCE_REMOVE;
}

guint32
ttecomm_gate_random_bits (TtecommGate *self)
{
  guint32 bits = 0;

  /* No randomness: the middle. All it costs is that some PCs ask in the same second. */
  if (!self->random ((guint8 *)&bits, sizeof bits, self->random_data))
    bits = G_MAXUINT32 / 2;
  return bits;
}

static void
start_timer (TtecommGate *self, TtecommGateEntry *entry, guint delay_ms)
{
  Plan *plan = g_new0 (Plan, 1);

  ttecomm_gate_stop_timer (entry);
  plan->gate = self;
  plan->installation = g_strdup (entry->installation);
  entry->timer = g_timeout_source_new (delay_ms);
  g_source_set_callback (entry->timer, timer_cb, plan, plan_free);
  g_source_set_static_name (entry->timer, "gate refresh");
  g_source_attach (entry->timer, self->context);
}

/* When the answer that we have is to be asked for again. */
static guint
poll_delay (TtecommGate *self, const TtecommGateRecord *record)
{
  const TtecommGateFacts *facts = ttecomm_gate_record_get_facts (record);
  gint64 next = ttecomm_statement_get_next (ttecomm_gate_record_get_statement (record));

  return ttecomm_gate_backoff_poll (next, facts->until_ts - facts->iat, self->budgets.poll_min_ms,
                                    ttecomm_gate_random_bits (self));
}

/* Whether anybody would want to know. */
static gboolean
is_wanted (const TtecommGateEntry *entry)
{
  gint64 unused_us = g_get_monotonic_time () - entry->used_us;

  return entry->watchers > 0 || (entry->used_us != 0 && unused_us < TTECOMM_GATE_RETRY_US);
}

/* A Retry-After holds for every question that nobody waits for, until an answer comes. */
static void
note_pause (TtecommGateEntry *entry, const TtecommGateAnswer *answer)
{
  if (answer->record != NULL)
    entry->pause_us = 0;
  if (answer->retry_after <= 0)
    return;
  entry->pause_us = g_get_monotonic_time ()
                    + MIN (answer->retry_after, TTECOMM_GATE_MAX_RETRY_AFTER) * G_USEC_PER_SEC;
  entry->pause_cause = answer->cause;
}

/* In seconds, rounded up. */
static gint64
remaining_pause (const TtecommGateEntry *entry)
{
  gint64 left_us = entry->pause_us - g_get_monotonic_time ();

  return left_us > 0 ? (left_us - 1) / G_USEC_PER_SEC + 1 : 0;
}

void
ttecomm_gate_plan (TtecommGate *self, TtecommGateEntry *entry, const TtecommGateAnswer *answer)
{
  gboolean known = answer != NULL ? answer->record != NULL : entry->online;

  if (answer != NULL)
    note_pause (entry, answer);
  if (self->shut_down || self->account == NULL)
    return;
  if (known)
    {
      entry->backoff_ms = 0;
      if (entry->watchers > 0 && entry->record != NULL)
        start_timer (self, entry, poll_delay (self, entry->record));
      return;
    }
  /* Until the person has signed in again, asking again is in vain. */
  if (!is_wanted (entry) || (answer != NULL && answer->cause == TTECOMM_GATE_CAUSE_SIGN_IN))
    return;
  entry->backoff_ms
      = ttecomm_gate_backoff_next (entry->backoff_ms, self->budgets.retry_min_ms,
                                   self->budgets.retry_max_ms, remaining_pause (entry),
                                   ttecomm_gate_random_bits (self));
  start_timer (self, entry, entry->backoff_ms);
  /* What the server asked for once is no measure for the next pause. */
  entry->backoff_ms = MIN (entry->backoff_ms, self->budgets.retry_max_ms);
}

/* Keeps a verified answer: in memory for the next click, on disk for the next start. */
static void
keep (TtecommGate *self, TtecommGateEntry *entry, TtecommGateRecord *record, gboolean is_new)
{
  g_clear_pointer (&entry->record, ttecomm_gate_record_unref);
  entry->record = ttecomm_gate_record_ref (record);
  entry->online = is_new;
  entry->loaded = FALSE;
  if (self->writer != NULL)
    ttecomm_gate_writer_store (self->writer, record);
  ttecomm_gate_rebuild_memory (self);
}

static void
log_answer (TtecommGate *self, const char *installation, const TtecommGateAnswer *answer)
{
  g_autofree char *pseudonym = ttecomm_gate_dup_pseudonym (self, installation);
  g_autofree char *text = NULL;

  if (answer->ver_lower)
    text = g_strdup_printf ("installation=%s: TTcloud's ver went back; a backup may have been "
                            "restored there",
                            pseudonym);
  else if (answer->message != NULL)
    text = g_strdup_printf ("installation=%s: %s", pseudonym, answer->message);
  if (text != NULL)
    ttecomm_gate_log (self, answer->ver_lower ? G_LOG_LEVEL_WARNING : G_LOG_LEVEL_INFO, text);
}

/* One line a question: for those who wait each has its own. */
static void
log_behind (TtecommGate *self,
            const char *installation,
            TtecommGateVerdict *verdict,
            guint n_waiting)
{
  g_autofree char *pseudonym = ttecomm_gate_dup_pseudonym (self, installation);

  ttecomm_gate_verdict_describe (verdict, pseudonym);
  if (n_waiting == 0)
    ttecomm_gate_log (self, G_LOG_LEVEL_INFO, verdict->details);
}

/* Those who waited for this answer or an older one. A click that asked anew since is answered by
 * what opens, as it would be from memory; by nothing else, and "check now" by its own alone. */
static gboolean
is_answered_by (const TtecommGateCheck *check, guint64 number, const TtecommGateVerdict *verdict)
{
  return check->asked <= number
         || ((check->flags & TTECOMM_GATE_REFRESH) == 0 && verdict->from == TTECOMM_GATE_FROM_NET
             && ttecomm_gate_outcome_opens (verdict->decision.outcome));
}

/* (transfer full) (element-type TtecommGateCheck): they wait no more */
static GPtrArray *
take_answered (TtecommGateEntry *entry, guint64 number, const TtecommGateVerdict *verdict)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&entry->checks);
  GPtrArray *answered = g_ptr_array_new ();

  entry->checks = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (is_answered_by (all->pdata[i], number, verdict) ? answered : entry->checks,
                     all->pdata[i]);
  return answered;
}

/* Keeps an answer, unless a handler has made the gate ask since; plans the next question. @newest:
 * the newest one's number when the answer came */
static void
keep_and_plan (TtecommGate *self,
               const char *installation,
               const TtecommGateAnswer *answer,
               const TtecommGateRequest *request,
               guint64 newest)
{
  gboolean is_new = ttecomm_gate_is_of_today (self, request->day, answer->server_today);
  TtecommGateEntry *entry = ttecomm_gate_lookup (self, installation);

  if (entry != NULL && entry->asked == newest && answer->record != NULL)
    {
      give_up_older (entry, request->number);
      keep (self, entry, answer->record, is_new);
      entry = ttecomm_gate_lookup (self, installation);
    }
  if (entry != NULL && entry->request == NULL && !self->shut_down)
    ttecomm_gate_plan (self, entry, answer);
}

/* Everything that follows from an answer, or from the lack of one. */
static void
settle (TtecommGate *self,
        TtecommGateEntry *entry,
        const TtecommGateAnswer *answer,
        const TtecommGateRequest *request)
{
  g_autofree char *installation = g_strdup (entry->installation);
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (TtecommGateVerdict) verdict = NULL;
  TtecommGateCode old_code = entry->status.code;
  TtecommGateNews events = 0;
  guint64 newest = entry->asked;

  verdict = ttecomm_gate_conclude (self, entry, answer, answer->cause, &events);
  verdict->total_us = g_get_monotonic_time () - request->begin_us;
  checks = take_answered (entry, request->number, verdict);
  if (answer->server_today != NULL)
    ttecomm_gate_note_server_today (self, answer->server_today);
  /* From here on handlers may change the gate: the entry is looked at no more. */
  keep_and_plan (self, installation, answer, request, newest);
  log_answer (self, installation, answer);
  log_behind (self, installation, verdict, checks->len);
  ttecomm_gate_emit (self, installation, old_code, verdict, events);
  ttecomm_gate_check_return_all (self, checks, verdict);
}

/* FALSE: it is not in flight any more for anybody. */
static gboolean
land (TtecommGateEntry *entry, TtecommGateRequest *request)
{
  if (entry == NULL)
    return FALSE;
  if (entry->request != request)
    return g_ptr_array_remove (entry->overtaken, request);
  entry->request = NULL;
  return TRUE;
}

static TtecommGateAnswer *
make_no_answer (const TtecommGateRequest *request)
{
  TtecommGateAnswer *answer = g_new0 (TtecommGateAnswer, 1);

  answer->cause = request->too_slow ? TTECOMM_GATE_CAUSE_SLOW : TTECOMM_GATE_CAUSE_OFFLINE;
  answer->retry_after = -1;
  answer->verify_us = -1;
  answer->timings = TTECOMM_TIMINGS_NONE;
  return answer;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TtecommGateRequest) request = user_data;
  g_autoptr (TtecommGate) self = g_object_ref (request->gate);
  TtecommGateEntry *entry = ttecomm_gate_lookup (self, request->installation);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateAnswer) answer = ttecomm_gate_ask_finish (result, &error);

  if (!land (entry, request))
    return;
  if (answer == NULL)
    answer = make_no_answer (request);
  if (answer->cause == TTECOMM_GATE_CAUSE_SLOW)
    self->slow_us = g_get_monotonic_time ();
  if (answer->record != NULL || entry->request == NULL)
    {
      settle (self, entry, answer, request);
      return;
    }
  /* An overtaken question has failed: whoever waited for it waits for the newer one. */
  note_pause (entry, answer);
  log_answer (self, request->installation, answer);
}
