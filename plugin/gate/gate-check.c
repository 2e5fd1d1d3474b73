/* SPDX-License-Identifier: MIT */
#include "plugin/gate/gate-private.h"

#include "plugin/gate/verdict-private.h"

/* How long a slow server is remembered. */
#define SLOW_SECONDS 600

static void
check_free (gpointer data)
{
  TtecommGateCheck *check = data;

  g_free (check->installation);
  g_free (check);
}

static void
stop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Ends @check with @verdict, of which it takes its own copy. Takes @check. May call back into the
 * gate, so the caller looks at no entry afterwards. */
static void
check_return (TtecommGate *self, TtecommGateCheck *check, const TtecommGateVerdict *verdict)
{
  g_autoptr (GTask) task = check->task;
  g_autofree char *pseudonym = ttecomm_gate_dup_pseudonym (self, check->installation);
  TtecommGateVerdict *own = ttecomm_gate_verdict_copy (verdict);

  stop_source (&check->budget);
  stop_source (&check->cancelled);
  own->total_us = g_get_monotonic_time () - check->begin_us;
  ttecomm_gate_verdict_describe (own, pseudonym);
  if (!self->shut_down)
    ttecomm_gate_log (self, G_LOG_LEVEL_INFO, own->details);
  g_task_return_pointer (task, own, (GDestroyNotify)ttecomm_gate_verdict_free);
}

void
ttecomm_gate_check_return_all (TtecommGate *self,
                               GPtrArray *checks,
                               const TtecommGateVerdict *verdict)
{
  for (guint i = 0; i < checks->len; i++)
    check_return (self, g_ptr_array_index (checks, i), verdict);
}

/* What the request adds to the words. */
static void
add_answer (TtecommGateVerdict *verdict, const TtecommGateAnswer *answer)
{
  if (answer == NULL)
    return;
  verdict->http_status = answer->http_status;
  verdict->issuer = g_strdup (answer->issuer);
  verdict->timings = answer->timings;
  verdict->verify_us = answer->verify_us;
  verdict->ver_lower = answer->ver_lower;
}

TtecommGateVerdict *
ttecomm_gate_conclude (TtecommGate *self,
                       TtecommGateEntry *entry,
                       const TtecommGateAnswer *answer,
                       TtecommGateCause cause,
                       TtecommGateNews *events)
{
  gboolean online = answer != NULL && answer->record != NULL;
  TtecommGateInputs inputs
      = { .signed_in = self->account != NULL, .prosoft = self->prosoft, .cause = cause };
  TtecommGateDecision decision;
  TtecommGateVerdict *verdict;
  TtecommGateFrom from;

  ttecomm_gate_inputs_set_now (&inputs, self->clock);
  if (online)
    {
      /* It has just come: on a PC without a boot clock too. */
      gint64 age = ttecomm_gate_record_get_age (answer->record, self->clock);

      ttecomm_gate_inputs_set_answer (&inputs, answer->record, MAX (age, 0));
    }
  else
    {
      ttecomm_gate_load (self, entry);
      if (entry->record != NULL)
        ttecomm_gate_inputs_set_cache (&inputs, entry->record);
    }
  decision = ttecomm_gate_decide (&inputs);
  if (online)
    from = TTECOMM_GATE_FROM_NET;
  else
    from = entry->loaded ? TTECOMM_GATE_FROM_DISK : TTECOMM_GATE_FROM_MEMORY;
  verdict = ttecomm_gate_verdict_new (&decision, online ? answer->record : entry->record, from,
                                      self->clock);
  add_answer (verdict, answer);
  *events = ttecomm_gate_status_update (&entry->status, &decision, online, verdict->days,
                                        verdict->clock_difference);
  return verdict;
}

/* Decides for this check alone. Takes @check, which waits nowhere any more. */
static void
conclude_check (TtecommGate *self, TtecommGateCheck *check, TtecommGateCause cause)
{
  TtecommGateEntry *entry = ttecomm_gate_ensure (self, check->installation);
  TtecommGateCode old_code = entry->status.code;
  TtecommGateNews events = 0;
  g_autoptr (TtecommGateVerdict) verdict
      = ttecomm_gate_conclude (self, entry, NULL, cause, &events);

  ttecomm_gate_emit (self, check->installation, old_code, verdict, events);
  check_return (self, check, verdict);
}

/* A decision that needs no statement: cancelled, or nobody is signed in. */
static void
return_plain (TtecommGate *self, TtecommGateCheck *check, gboolean cancelled)
{
  TtecommGateInputs inputs = { .cancelled = cancelled, .signed_in = self->account != NULL };
  TtecommGateDecision decision = ttecomm_gate_decide (&inputs);
  g_autoptr (TtecommGateVerdict) verdict
      = ttecomm_gate_verdict_new (&decision, NULL, TTECOMM_GATE_FROM_NOTHING, self->clock);

  check_return (self, check, verdict);
}

void
ttecomm_gate_check_cancel (TtecommGate *self, TtecommGateCheck *check)
{
  return_plain (self, check, TRUE);
}

/* Takes @check out of its entry's list. */
static void
stop_waiting (TtecommGate *self, TtecommGateCheck *check)
{
  TtecommGateEntry *entry = ttecomm_gate_lookup (self, check->installation);

  if (entry != NULL)
    g_ptr_array_remove (entry->checks, check);
}

/* After a Cancel nothing runs on that only the cancelled asked for. @entry: (nullable) */
static void
give_up_unwanted (TtecommGate *self, TtecommGateEntry *entry)
{
  if (entry == NULL || entry->request == NULL || entry->checks->len > 0 || entry->is_kept)
    return;
  ttecomm_gate_give_up (entry);
  if (entry->watchers > 0)
    ttecomm_gate_plan (self, entry, NULL);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  TtecommGateCheck *check = user_data;
  g_autoptr (TtecommGate) self = g_object_ref (g_task_get_source_object (check->task));

  stop_waiting (self, check);
  give_up_unwanted (self, ttecomm_gate_lookup (self, check->installation));
  ttecomm_gate_check_cancel (self, check);
  return G_SOURCE_REMOVE;
}

/* The budget is spent: the cache decides, and the request finishes behind. */
static gboolean
budget_cb (gpointer user_data)
{
  TtecommGateCheck *check = user_data;
  g_autoptr (TtecommGate) self = g_object_ref (g_task_get_source_object (check->task));
  TtecommGateEntry *entry = ttecomm_gate_ensure (self, check->installation);

  if (!check->is_hosts)
    self->slow_us = g_get_monotonic_time ();
  stop_waiting (self, check);
  entry->is_kept = TRUE;
  if (check->asked == entry->asked)
    entry->is_spent = TRUE;
  conclude_check (self, check, TTECOMM_GATE_CAUSE_SLOW);
  return G_SOURCE_REMOVE;
}

/* Whether the cache alone would open the session. One that would not is no reason to wait less. */
static gboolean
cache_would_open (TtecommGate *self, TtecommGateEntry *entry)
{
  TtecommGateInputs inputs = { .signed_in = TRUE, .prosoft = self->prosoft };

  if (entry->record == NULL)
    ttecomm_gate_load (self, entry);
  if (entry->record == NULL)
    return FALSE;
  ttecomm_gate_inputs_set_now (&inputs, self->clock);
  ttecomm_gate_inputs_set_cache (&inputs, entry->record);
  return ttecomm_gate_outcome_opens (ttecomm_gate_decide (&inputs).outcome);
}

static guint
choose_budget (TtecommGate *self, TtecommGateEntry *entry, TtecommGateCheck *check)
{
  gint64 since_slow = g_get_monotonic_time () - self->slow_us;
  guint budget = self->budgets.without_cache_ms;

  if (cache_would_open (self, entry))
    {
      budget = self->budgets.with_cache_ms;
      if (self->slow_us != 0 && since_slow < SLOW_SECONDS * G_USEC_PER_SEC)
        budget = MIN (budget, self->budgets.after_timeout_ms);
    }
  check->is_hosts = check->timeout_ms != 0 && check->timeout_ms < budget;
  return check->is_hosts ? check->timeout_ms : budget;
}

static void
start_budget (TtecommGate *self, TtecommGateCheck *check, guint budget_ms)
{
  gint64 spent_ms = (g_get_monotonic_time () - check->begin_us) / 1000;
  gint64 left_ms = (gint64)budget_ms - spent_ms;

  check->budget = g_timeout_source_new ((guint)CLAMP (left_ms, 0, (gint64)budget_ms));
  g_source_set_callback (check->budget, budget_cb, check, NULL);
  g_source_set_static_name (check->budget, "gate budget");
  g_source_attach (check->budget, self->context);
}

/* Whether memory decides; then @check is taken. */
static gboolean
decide_from_memory (TtecommGate *self, TtecommGateEntry *entry, TtecommGateCheck *check)
{
  TtecommGateDecision decision;
  g_autoptr (TtecommGateVerdict) verdict = NULL;

  if (!entry->online || entry->record == NULL
      || !ttecomm_gate_memory_decide_record (entry->record, self->clock, self->prosoft, &decision))
    return FALSE;
  verdict
      = ttecomm_gate_verdict_new (&decision, entry->record, TTECOMM_GATE_FROM_MEMORY, self->clock);
  check_return (self, check, verdict);
  return TRUE;
}

/* Retry-After is for what nobody waits for; a person's click asks all the same, once. */
static gboolean
must_pause (const TtecommGateEntry *entry, const TtecommGateCheck *check)
{
  return check->flags == TTECOMM_GATE_PREFETCH && entry->request == NULL
         && g_get_monotonic_time () < entry->pause_us;
}

/* A button pressed always asks: what an earlier click has waited for in vain may be stuck. */
static gboolean
must_ask_anew (const TtecommGateEntry *entry, const TtecommGateCheck *check)
{
  return (check->flags & TTECOMM_GATE_PREFETCH) == 0 && entry->request != NULL && entry->is_spent;
}

void
ttecomm_gate_check_begin (TtecommGate *self, TtecommGateCheck *check)
{
  TtecommGateEntry *entry;

  stop_source (&check->budget);
  if (self->shut_down || self->account == NULL)
    {
      return_plain (self, check, self->shut_down);
      return;
    }
  entry = ttecomm_gate_ensure (self, check->installation);
  entry->used_us = g_get_monotonic_time ();
  if ((check->flags & TTECOMM_GATE_REFRESH) != 0)
    ttecomm_gate_drop_answer (self, entry);
  if (decide_from_memory (self, entry, check))
    return;
  if (must_pause (entry, check))
    {
      conclude_check (self, check, entry->pause_cause);
      return;
    }
  if (must_ask_anew (entry, check))
    ttecomm_gate_overtake (entry);
  if (!ttecomm_gate_request (self, entry))
    {
      conclude_check (self, check, TTECOMM_GATE_CAUSE_NONE);
      return;
    }
  check->asked = entry->asked;
  g_ptr_array_add (entry->checks, check);
  if ((check->flags & TTECOMM_GATE_PREFETCH) == 0)
    start_budget (self, check, choose_budget (self, entry, check));
}

void
ttecomm_gate_check_async (TtecommGate *self,
                          const char *installation,
                          TtecommGateFlags flags,
                          guint timeout_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  TtecommGateCheck *check;

  g_return_if_fail (TTECOMM_IS_GATE (self));
  g_return_if_fail (installation != NULL);

  check = g_new0 (TtecommGateCheck, 1);
  /* Without the cancellable: a cancelled check is row 0, not an error. */
  check->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (check->task, ttecomm_gate_check_async);
  g_task_set_task_data (check->task, check, check_free);
  check->installation = g_strdup (installation);
  check->flags = flags;
  check->timeout_ms = timeout_ms;
  check->begin_us = g_get_monotonic_time ();
  if (g_cancellable_is_cancelled (cancellable))
    {
      ttecomm_gate_check_cancel (self, check);
      return;
    }
  if (cancellable != NULL)
    {
      check->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (check->cancelled, G_SOURCE_FUNC (cancelled_cb), check, NULL);
      g_source_attach (check->cancelled, self->context);
    }
  ttecomm_gate_check_begin (self, check);
}

TtecommGateVerdict *
ttecomm_gate_check_finish (TtecommGate *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer)ttecomm_gate_check_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
