/* SPDX-License-Identifier: MIT */
#include "plugin/gate/status.h"

#define CLOCK_TOLERANCE 600

static gboolean
is_over (TtecommGateCode code)
{
  return code == TTECOMM_GATE_CODE_ENDED || code == TTECOMM_GATE_CODE_ENDED_CHECK
         || code == TTECOMM_GATE_CODE_PAYMENT;
}

static gboolean
is_clock_suspect (const TtecommGateDecision *decision, gboolean online, gint64 difference)
{
  if (online)
    return difference > CLOCK_TOLERANCE || difference < -CLOCK_TOLERANCE;
  return decision->code == TTECOMM_GATE_CODE_CLOCK_BACK
         || decision->code == TTECOMM_GATE_CODE_CLOCK_UNREADABLE
         || decision->cause == TTECOMM_GATE_CAUSE_TLS_CLOCK;
}

/* Keeps in @state what is so now; @event if it was not so before. */
static TtecommGateEvents
rise (gboolean *state, gboolean now, TtecommGateEvents event)
{
  gboolean rises = now && !*state;

  *state = now;
  return rises ? event : 0;
}

static TtecommGateEvents
update_days (TtecommGateStatus *self, TtecommGateCode code, gint64 days)
{
  gboolean soon = code == TTECOMM_GATE_CODE_ENDS_SOON;
  gboolean fell = soon && (self->days == 0 || days < self->days);

  self->days = soon ? days : 0;
  return fell ? TTECOMM_GATE_EVENT_ENDS_SOON : 0;
}

TtecommGateEvents
ttecomm_gate_status_update (TtecommGateStatus *self,
                            const TtecommGateDecision *decision,
                            gboolean online,
                            gint64 days,
                            gint64 clock_difference)
{
  TtecommGateCode code = decision->code;
  TtecommGateEvents events = 0;

  if (code == TTECOMM_GATE_CODE_CANCELLED || code == TTECOMM_GATE_CODE_SIGN_IN)
    return 0;
  if (self->code != TTECOMM_GATE_CODE_NONE && self->code != code)
    events |= TTECOMM_GATE_EVENT_CHANGED;
  self->code = code;
  if (online)
    {
      events |= update_days (self, code, days);
      events |= rise (&self->over, is_over (code), TTECOMM_GATE_EVENT_ENDED);
      events |= self->stale ? TTECOMM_GATE_EVENT_FRESH : 0;
      self->stale = FALSE;
    }
  else if (code == TTECOMM_GATE_CODE_STALE)
    events |= rise (&self->stale, TRUE, TTECOMM_GATE_EVENT_STALE);
  events |= rise (&self->clock_suspect, is_clock_suspect (decision, online, clock_difference),
                  TTECOMM_GATE_EVENT_CLOCK_SUSPECT);
  return events;
}
