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

/* Whether this decision can tell that the PC's clock is right. One that came by without looking at
 * it, or that failed for another reason, says nothing. */
static gboolean
is_clock_cleared (TtecommGateCode before, gboolean online)
{
  return online || before == TTECOMM_GATE_CODE_CLOCK_BACK
         || before == TTECOMM_GATE_CODE_CLOCK_UNREADABLE;
}

/* Keeps in @state what is so now; @event if it was not so before. */
static TtecommGateNews
rise (gboolean *state, gboolean now, TtecommGateNews event)
{
  gboolean rises = now && !*state;

  *state = now;
  return rises ? event : 0;
}

static TtecommGateNews
update_days (TtecommGateStatus *self, TtecommGateCode code, gint64 days)
{
  gboolean soon = code == TTECOMM_GATE_CODE_ENDS_SOON;
  gboolean fell = soon && (self->days == 0 || days < self->days);

  if (soon)
    self->days = days;
  else if (code == TTECOMM_GATE_CODE_OK || code == TTECOMM_GATE_CODE_CLOCK || is_over (code))
    self->days = 0; /* the rows before A14 hide it and do not end it */
  return fell ? TTECOMM_GATE_NEWS_ENDS_SOON : 0;
}

TtecommGateNews
ttecomm_gate_status_update (TtecommGateStatus *self,
                            const TtecommGateDecision *decision,
                            gboolean online,
                            gint64 days,
                            gint64 clock_difference)
{
  TtecommGateCode code = decision->code;
  TtecommGateCode before = self->code;
  TtecommGateNews events = 0;
  gboolean suspect;

  if (code == TTECOMM_GATE_CODE_CANCELLED || code == TTECOMM_GATE_CODE_SIGN_IN)
    return 0;
  if (before != TTECOMM_GATE_CODE_NONE && before != code)
    events |= TTECOMM_GATE_NEWS_CHANGED;
  self->code = code;
  if (online)
    {
      events |= update_days (self, code, days);
      events |= rise (&self->over, is_over (code), TTECOMM_GATE_NEWS_ENDED);
      events |= self->stale ? TTECOMM_GATE_NEWS_FRESH : 0;
      self->stale = FALSE;
    }
  else if (code == TTECOMM_GATE_CODE_STALE)
    events |= rise (&self->stale, TRUE, TTECOMM_GATE_NEWS_STALE);
  suspect = is_clock_suspect (decision, online, clock_difference);
  if (suspect || is_clock_cleared (before, online))
    events |= rise (&self->clock_suspect, suspect, TTECOMM_GATE_NEWS_CLOCK_SUSPECT);
  return events;
}
