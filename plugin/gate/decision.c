/* SPDX-License-Identifier: MIT */
#include "plugin/gate/decision.h"

#include "base/version.h"

#define SOON (30 * 86400)
#define STALE_AFTER 86400
#define CLOCK_TOLERANCE 600

/* One row of the table. */
static TtecommGateDecision
row (TtecommGateOutcome outcome, TtecommGateCode code)
{
  return (TtecommGateDecision){ outcome, code, TTECOMM_GATE_CAUSE_NONE, TTECOMM_GATE_CODE_NONE, 0 };
}
#define ALLOW(code) row (TTECOMM_GATE_ALLOW, TTECOMM_GATE_CODE_##code)
#define NOTE(code) row (TTECOMM_GATE_NOTE, TTECOMM_GATE_CODE_##code)
#define WAIT(code) row (TTECOMM_GATE_WAIT, TTECOMM_GATE_CODE_##code)
#define DENY(code) row (TTECOMM_GATE_DENY, TTECOMM_GATE_CODE_##code)

gboolean
ttecomm_gate_outcome_opens (TtecommGateOutcome outcome)
{
  return outcome == TTECOMM_GATE_ALLOW || outcome == TTECOMM_GATE_NOTE;
}

/* A1-A7: whom and what the answer is about. Ahead of the end on purpose: nobody is sent to pay for
 * something that would still not open. */
static TtecommGateDecision
decide_standing (const TtecommGateFacts *facts, const char *prosoft)
{
  if (ttecomm_version_compare (prosoft, facts->min_prosoft) < 0)
    return DENY (PROSOFT_OLD);
  if (facts->state == TTECOMM_SERVICE_STATE_NOT_LINKED)
    return DENY (NOT_LINKED);
  if (facts->role == TTECOMM_STATEMENT_ROLE_USER)
    return DENY (ROLE);
  if (facts->role == TTECOMM_STATEMENT_ROLE_UNKNOWN)
    return WAIT (ROLE_UNKNOWN);
  if (facts->role == TTECOMM_STATEMENT_ROLE_SI && !facts->si_access)
    return DENY (ACCESS_DISABLED_BY_OWNER);
  if (facts->state == TTECOMM_SERVICE_STATE_SUSPENDED)
    return DENY (SUSPENDED);
  if (facts->state == TTECOMM_SERVICE_STATE_NOT_ACTIVATED)
    return DENY (NOT_ACTIVATED);
  return ALLOW (OK);
}

/* A8-A10: it is over. */
static TtecommGateDecision
decide_over (const TtecommGateFacts *facts)
{
  if (facts->state == TTECOMM_SERVICE_STATE_PAYMENT_FAILED)
    return DENY (PAYMENT);
  return facts->renew ? DENY (ENDED_CHECK) : DENY (ENDED);
}

/* A1-A14 at the time @t. */
static TtecommGateDecision
decide_answer (const TtecommGateFacts *facts, const char *prosoft, gint64 t)
{
  TtecommGateDecision standing = decide_standing (facts, prosoft);

  if (standing.outcome != TTECOMM_GATE_ALLOW)
    return standing;
  if (t >= facts->until_ts)
    return decide_over (facts);
  if (!facts->flag || facts->state == TTECOMM_SERVICE_STATE_ENDED)
    return DENY (FLAG_OFF);
  if (!facts->connected)
    return WAIT (NOT_CONNECTED);
  if (facts->state == TTECOMM_SERVICE_STATE_PAYMENT_FAILED)
    return NOTE (PAYMENT_SOON);
  if (!facts->renew && facts->until_ts - t <= SOON)
    return NOTE (ENDS_SOON);
  return ALLOW (OK);
}

/* A15: at receipt, did the wall clock differ from the server's? */
static gboolean
clock_differs (const TtecommGateInputs *in)
{
  gint64 difference = in->wall - in->answer_age - in->answer->iat;

  return in->has_wall && (difference > CLOCK_TOLERANCE || difference < -CLOCK_TOLERANCE);
}

/* Part A. */
static TtecommGateDecision
decide_online (const TtecommGateInputs *in)
{
  gint64 t = in->answer->iat + in->answer_age;
  TtecommGateDecision decision = decide_answer (in->answer, in->prosoft, t);

  if (decision.code == TTECOMM_GATE_CODE_OK && clock_differs (in))
    decision = NOTE (CLOCK);
  decision.time = t;
  return decision;
}

/* Whether the cached answer came since this PC was last started; any doubt is a no. */
static gboolean
is_same_boot (const TtecommGateInputs *in)
{
  return in->boot_id != NULL && in->cache_boot_id != NULL
         && g_str_equal (in->boot_id, in->cache_boot_id) && in->cache_boottime >= 0
         && in->boottime >= in->cache_boottime;
}

/* C2 and C3; else the trusted time in @t. */
static TtecommGateDecision
find_offline_time (const TtecommGateInputs *in, gint64 *t)
{
  gint64 high_water = MAX (in->cache->iat, in->high_water);

  if (is_same_boot (in))
    {
      *t = in->cache->iat + (in->boottime - in->cache_boottime);
      return ALLOW (OK);
    }
  if (!in->has_wall)
    return WAIT (CLOCK_UNREADABLE);
  if (in->wall < high_water - CLOCK_TOLERANCE)
    return WAIT (CLOCK_BACK);
  *t = MAX (in->wall, high_water);
  return ALLOW (OK);
}

/* C5-C9 at the trusted time @t, for a cached answer that opened a session when it came. */
static TtecommGateDecision
decide_age (const TtecommGateFacts *cache, gint64 t)
{
  if (t > cache->exp)
    return WAIT (GRACE_OVER);
  if (t >= cache->until_ts)
    return cache->renew ? WAIT (RENEWAL_UNCONFIRMED) : WAIT (ENDED_UNCONFIRMED);
  return t - cache->iat > STALE_AFTER ? NOTE (STALE) : NOTE (RECENT);
}

/* Part C, with a cache. */
static TtecommGateDecision
decide_offline (const TtecommGateInputs *in)
{
  TtecommGateDecision last = decide_answer (in->cache, in->prosoft, in->cache->iat);
  gint64 t = 0;
  TtecommGateDecision decision = find_offline_time (in, &t);

  if (decision.outcome == TTECOMM_GATE_ALLOW && !ttecomm_gate_outcome_opens (last.outcome))
    {
      decision = WAIT (UNKNOWN_WAS_NO);
      decision.was = last.code;
    }
  else if (decision.outcome == TTECOMM_GATE_ALLOW)
    decision = decide_age (in->cache, t);
  decision.time = t;
  return decision;
}

TtecommGateDecision
ttecomm_gate_decide (const TtecommGateInputs *in)
{
  TtecommGateDecision decision;

  if (in->cancelled)
    return WAIT (CANCELLED);
  if (!in->signed_in)
    return WAIT (SIGN_IN);
  if (in->answer != NULL && in->answer_age >= 0 && in->answer_age < TTECOMM_GATE_ANSWER_MAX_AGE)
    return decide_online (in);
  decision = in->cache != NULL ? decide_offline (in) : WAIT (FLAG_UNKNOWN);
  decision.cause = in->cause;
  return decision;
}

void
ttecomm_gate_facts_from_statement (TtecommGateFacts *facts, const TtecommStatement *statement)
{
  const TtecommServiceFlag *flag
      = ttecomm_statement_get_service (statement, TTECOMM_STATEMENT_REMOTE_SERVICES);

  facts->iat = ttecomm_statement_get_iat (statement);
  facts->exp = ttecomm_statement_get_exp (statement);
  facts->until_ts = flag->until_ts;
  facts->flag = flag->flag;
  facts->renew = flag->renew;
  facts->state = flag->state;
  facts->role = ttecomm_statement_get_role (statement);
  facts->si_access = ttecomm_statement_get_si_access (statement);
  facts->connected = ttecomm_statement_get_connected (statement);
  facts->min_prosoft = ttecomm_statement_get_min_prosoft (statement);
}
