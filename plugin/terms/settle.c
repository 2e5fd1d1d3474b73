/* SPDX-License-Identifier: MIT */
#include "plugin/terms/settle.h"

#include "plugin/terms/dates.h"

/* What a step has decided for one subscription. */
typedef struct
{
  TtecommSubscription *subscription; /* borrowed */
  gboolean charged;
  GDate end;      /* of the term charged */
  guint reminded; /* bits to set */
} Decision;

typedef struct
{
  GPtrArray *events; /* (owned) (element-type TtecommEvent) */
  GArray *decisions; /* (owned) (element-type Decision) */
} Step;

static void
step_init (Step *step)
{
  step->events = ttecomm_events_new ();
  step->decisions = g_array_new (FALSE, FALSE, sizeof (Decision));
}

static void
step_clear (Step *step)
{
  g_clear_pointer (&step->events, g_ptr_array_unref);
  g_clear_pointer (&step->decisions, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Step, step_clear)

/* Sorts the step's events and hands them over. */
static void
step_publish (Step *step, GPtrArray *events)
{
  ttecomm_events_sort (step->events);
  ttecomm_events_append (events, g_steal_pointer (&step->events));
}

/* The line about the term that follows the paid one. */
static gboolean
next_term (const TtecommSubscription *subscription, TtecommEventLine *line, GError **error)
{
  TtecommTermChoice choice = ttecomm_subscription_choice (subscription);

  line->subscription = subscription->id;
  line->n = subscription->n + 1;
  line->cents = subscription->cents;
  return ttecomm_terms_term_end (subscription->terms, &choice, &subscription->start, line->n,
                                 &line->end, error);
}

static gboolean
step_add (Step *step,
          const TtecommSchedule *schedule,
          TtecommEventKind kind,
          const TtecommEventLine *line,
          const Decision *decision,
          GError **error)
{
  const TtecommSubscription *subscription = decision->subscription;

  if (!ttecomm_events_add (step->events, &schedule->today, kind, subscription->payer,
                           subscription->terms, line, error))
    return FALSE;
  g_array_append_vals (step->decisions, decision, 1);
  return TRUE;
}

/* One invoice a payer for what was bought today (S61). */
static gboolean
settle_purchases (TtecommSchedule *schedule, GPtrArray *events, GError **error)
{
  g_auto (Step) step;

  step_init (&step);
  for (guint i = 0; i < schedule->subscriptions->len; i++)
    {
      TtecommSubscription *subscription = g_ptr_array_index (schedule->subscriptions, i);
      const TtecommEventLine line
          = { subscription->id, subscription->n, subscription->end, subscription->cents };

      if (subscription->to_invoice
          && !step_add (&step, schedule, TTECOMM_EVENT_PURCHASE_INVOICE, &line,
                        &(Decision){ .subscription = subscription }, error))
        return FALSE;
    }
  for (guint i = 0; i < step.decisions->len; i++)
    g_array_index (step.decisions, Decision, i).subscription->to_invoice = FALSE;
  step_publish (&step, events);
  return TRUE;
}

/*
 * The reminders that have become due. Where the terms renew by themselves, a reminder is about the
 * charge: it goes out before it, while renewal is on. Elsewhere it is about the end.
 */
static gboolean
due_reminders (const TtecommSubscription *subscription,
               const GDate *today,
               guint *due,
               GError **error)
{
  GDate dates[TTECOMM_TERMS_MAX_REMINDERS];
  GDate charge;

  *due = 0;
  if (!ttecomm_subscription_runs (subscription, today)
      || subscription->auto_renew != subscription->terms->renewal_auto)
    return TRUE;
  if (!ttecomm_terms_reminder_dates (subscription->terms, &subscription->end, dates, error)
      || !ttecomm_terms_charge_date (subscription->terms, &subscription->end, NULL, &charge, error))
    return FALSE;
  if (g_date_valid (&charge) && g_date_compare (today, &charge) >= 0)
    return TRUE;
  for (guint i = 0; i < subscription->terms->n_reminders; i++)
    if ((subscription->reminded & 1u << i) == 0 && g_date_compare (today, &dates[i]) >= 0)
      *due |= 1u << i;
  return TRUE;
}

static gboolean
settle_reminders (TtecommSchedule *schedule, GPtrArray *events, GError **error)
{
  g_auto (Step) step;

  step_init (&step);
  for (guint i = 0; i < schedule->subscriptions->len; i++)
    {
      Decision decision = { .subscription = g_ptr_array_index (schedule->subscriptions, i) };
      TtecommEventLine line;

      if (!due_reminders (decision.subscription, &schedule->today, &decision.reminded, error))
        return FALSE;
      if (decision.reminded != 0
          && (!next_term (decision.subscription, &line, error)
              || !step_add (&step, schedule, TTECOMM_EVENT_REMINDER, &line, &decision, error)))
        return FALSE;
    }
  for (guint i = 0; i < step.decisions->len; i++)
    {
      const Decision *decision = &g_array_index (step.decisions, Decision, i);

      decision->subscription->reminded |= decision->reminded;
    }
  step_publish (&step, events);
  return TRUE;
}

/* From the charge date through the end, or on that one day where it lies after the end. */
static gboolean
charge_is_due (const TtecommSubscription *subscription,
               const GDate *today,
               gboolean *due,
               GError **error)
{
  GDate charge;

  if (!ttecomm_subscription_next_charge (subscription, NULL, &charge, error))
    return FALSE;
  *due = g_date_valid (&charge) && g_date_compare (today, &charge) >= 0
         && (g_date_compare (today, &subscription->end) <= 0
             || g_date_compare (today, &charge) == 0);
  return TRUE;
}

static gboolean
plan_charge (Step *step,
             TtecommSchedule *schedule,
             TtecommSubscription *subscription,
             GError **error)
{
  Decision decision = { .subscription = subscription };
  TtecommEventLine line;
  gboolean due;

  if (!charge_is_due (subscription, &schedule->today, &due, error))
    return FALSE;
  if (!due)
    return TRUE;
  decision.charged = ttecomm_schedule_card_is_good (schedule, subscription->payer);
  if (!decision.charged && subscription->failed)
    return TRUE;
  if (!next_term (subscription, &line, error))
    return FALSE;
  decision.end = line.end;
  return step_add (step, schedule,
                   decision.charged ? TTECOMM_EVENT_RENEWAL_INVOICE : TTECOMM_EVENT_CHARGE_FAILED,
                   &line, &decision, error);
}

static void
apply_charge (const Decision *decision)
{
  TtecommSubscription *subscription = decision->subscription;

  subscription->failed = !decision->charged;
  if (!decision->charged)
    return;
  subscription->n++;
  subscription->end = decision->end;
  subscription->reminded = 0;
}

gboolean
ttecomm_settle_charges (TtecommSchedule *schedule,
                        const char *payer,
                        GPtrArray *events,
                        GError **error)
{
  g_auto (Step) step;

  step_init (&step);
  for (guint i = 0; i < schedule->subscriptions->len; i++)
    {
      TtecommSubscription *subscription = g_ptr_array_index (schedule->subscriptions, i);

      if ((payer == NULL || g_str_equal (subscription->payer, payer))
          && !plan_charge (&step, schedule, subscription, error))
        return FALSE;
    }
  for (guint i = 0; i < step.decisions->len; i++)
    apply_charge (&g_array_index (step.decisions, Decision, i));
  step_publish (&step, events);
  return TRUE;
}

/* One event a subscription, in their order. */
static gboolean
settle_expiries (TtecommSchedule *schedule, GPtrArray *events, GError **error)
{
  g_auto (Step) step;

  step_init (&step);
  for (guint i = 0; i < schedule->subscriptions->len; i++)
    {
      TtecommSubscription *subscription = g_ptr_array_index (schedule->subscriptions, i);
      const TtecommEventLine line = { subscription->id, subscription->n, subscription->end, 0 };

      if (!subscription->end_is_told && !ttecomm_subscription_runs (subscription, &schedule->today)
          && !step_add (&step, schedule, TTECOMM_EVENT_EXPIRED, &line,
                        &(Decision){ .subscription = subscription }, error))
        return FALSE;
    }
  for (guint i = 0; i < step.decisions->len; i++)
    g_array_index (step.decisions, Decision, i).subscription->end_is_told = TRUE;
  ttecomm_events_append (events, g_steal_pointer (&step.events));
  return TRUE;
}

gboolean
ttecomm_schedule_settle (TtecommSchedule *schedule, GPtrArray *events, GError **error)
{
  return settle_purchases (schedule, events, error) && settle_reminders (schedule, events, error)
         && ttecomm_settle_charges (schedule, NULL, events, error)
         && settle_expiries (schedule, events, error);
}
