/* SPDX-License-Identifier: MIT */
#include "plugin/gate/decision.h"

static const char *const outcomes[] = { NULL, "ALLOW", "NOTE", "WAIT", "DENY" };

static const char *const codes[] = {
  [TTECOMM_GATE_CODE_NONE] = NULL,
  [TTECOMM_GATE_CODE_CANCELLED] = "cancelled",
  [TTECOMM_GATE_CODE_NEVER_CONNECTED] = "never_connected",
  [TTECOMM_GATE_CODE_LOCKED] = "locked",
  [TTECOMM_GATE_CODE_SIGN_IN] = "sign_in",
  [TTECOMM_GATE_CODE_PROSOFT_OLD] = "prosoft_old",
  [TTECOMM_GATE_CODE_NOT_LINKED] = "not_linked",
  [TTECOMM_GATE_CODE_ROLE] = "role",
  [TTECOMM_GATE_CODE_ROLE_UNKNOWN] = "role_unknown",
  [TTECOMM_GATE_CODE_ACCESS_DISABLED_BY_OWNER] = "access_disabled_by_owner",
  [TTECOMM_GATE_CODE_SUSPENDED] = "suspended",
  [TTECOMM_GATE_CODE_NOT_ACTIVATED] = "not_activated",
  [TTECOMM_GATE_CODE_PAYMENT] = "payment",
  [TTECOMM_GATE_CODE_ENDED] = "ended",
  [TTECOMM_GATE_CODE_ENDED_CHECK] = "ended_check",
  [TTECOMM_GATE_CODE_FLAG_OFF] = "flag_off",
  [TTECOMM_GATE_CODE_NOT_CONNECTED] = "not_connected",
  [TTECOMM_GATE_CODE_PAYMENT_SOON] = "payment_soon",
  [TTECOMM_GATE_CODE_ENDS_SOON] = "ends_soon",
  [TTECOMM_GATE_CODE_CLOCK] = "clock",
  [TTECOMM_GATE_CODE_OK] = "ok",
  [TTECOMM_GATE_CODE_FLAG_UNKNOWN] = "flag_unknown",
  [TTECOMM_GATE_CODE_CLOCK_UNREADABLE] = "clock_unreadable",
  [TTECOMM_GATE_CODE_CLOCK_BACK] = "clock_back",
  [TTECOMM_GATE_CODE_UNKNOWN_WAS_NO] = "unknown_was_no",
  [TTECOMM_GATE_CODE_GRACE_OVER] = "grace_over",
  [TTECOMM_GATE_CODE_RENEWAL_UNCONFIRMED] = "renewal_unconfirmed",
  [TTECOMM_GATE_CODE_ENDED_UNCONFIRMED] = "ended_unconfirmed",
  [TTECOMM_GATE_CODE_STALE] = "stale",
  [TTECOMM_GATE_CODE_RECENT] = "recent",
};

static const char *const causes[] = {
  [TTECOMM_GATE_CAUSE_NONE] = NULL,
  [TTECOMM_GATE_CAUSE_REPLY_ALTERED] = "reply_altered",
  [TTECOMM_GATE_CAUSE_KEYS] = "keys",
  [TTECOMM_GATE_CAUSE_REPLAY] = "replay",
  [TTECOMM_GATE_CAUSE_WRONG_SITE] = "wrong_site",
  [TTECOMM_GATE_CAUSE_PORTAL] = "portal",
  [TTECOMM_GATE_CAUSE_SIGN_IN] = "sign_in",
  [TTECOMM_GATE_CAUSE_REFUSED] = "refused",
  [TTECOMM_GATE_CAUSE_PROXY_LOGIN] = "proxy_login",
  [TTECOMM_GATE_CAUSE_BUSY] = "busy",
  [TTECOMM_GATE_CAUSE_TLS_CLOCK] = "tls_clock",
  [TTECOMM_GATE_CAUSE_TLS_TRUST] = "tls_trust",
  [TTECOMM_GATE_CAUSE_OFFLINE] = "offline",
  [TTECOMM_GATE_CAUSE_BLOCKED] = "blocked",
  [TTECOMM_GATE_CAUSE_SLOW] = "slow",
};

G_STATIC_ASSERT (G_N_ELEMENTS (outcomes) == TTECOMM_GATE_DENY + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (codes) == TTECOMM_GATE_N_CODES);
G_STATIC_ASSERT (G_N_ELEMENTS (causes) == TTECOMM_GATE_N_CAUSES);

const char *
ttecomm_gate_outcome_to_string (TtecommGateOutcome outcome)
{
  g_return_val_if_fail ((guint)outcome < G_N_ELEMENTS (outcomes), NULL);

  return outcomes[outcome];
}

const char *
ttecomm_gate_code_to_string (TtecommGateCode code)
{
  g_return_val_if_fail ((guint)code < G_N_ELEMENTS (codes), NULL);

  return codes[code];
}

const char *
ttecomm_gate_cause_to_string (TtecommGateCause cause)
{
  g_return_val_if_fail ((guint)cause < G_N_ELEMENTS (causes), NULL);

  return causes[cause];
}

gboolean
ttecomm_gate_cause_from_string (const char *word, TtecommGateCause *cause)
{
  if (word == NULL)
    {
      *cause = TTECOMM_GATE_CAUSE_NONE;
      return TRUE;
    }
  for (guint i = 1; i < G_N_ELEMENTS (causes); i++)
    if (g_str_equal (causes[i], word))
      {
        *cause = (TtecommGateCause)i;
        return TRUE;
      }
  return FALSE;
}
