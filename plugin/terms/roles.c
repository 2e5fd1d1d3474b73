/* SPDX-License-Identifier: MIT */
#include "plugin/terms/roles.h"

#include "base/version.h"

static const char *const action_names[] = {
  "preview",      "buy",           "deactivate", "reactivate",
  "replace_card", "retry_payment", "invoices",   "set_po",
};

static const char *const blocker_names[] = {
  "role",
  "not_connected",
  "prosoft_too_old",
  "account_incomplete",
  "card_not_verified",
  "already_subscribed",
};

G_STATIC_ASSERT (G_N_ELEMENTS (action_names) == TTECOMM_N_ACTIONS);
G_STATIC_ASSERT (G_N_ELEMENTS (blocker_names) == TTECOMM_N_BLOCKERS);

static const char *
flag_name (guint flag, const char *const *names, guint n_names)
{
  gint bit = g_bit_nth_lsf (flag, -1);

  g_return_val_if_fail (bit >= 0 && (guint)bit < n_names && flag == 1u << bit, "");
  return names[bit];
}

const char *
ttecomm_action_name (TtecommAction action)
{
  return flag_name (action, action_names, TTECOMM_N_ACTIONS);
}

const char *
ttecomm_blocker_name (TtecommBlocker blocker)
{
  return flag_name (blocker, blocker_names, TTECOMM_N_BLOCKERS);
}

static gboolean
may_pay (const TtecommTerms *terms, const char *role)
{
  return role != NULL && g_strv_contains ((const char *const *)terms->payer_who, role);
}

/* What anybody who may pay can do, and what the present payer can do besides. */
static void
allowed_in (TtecommState state, guint *anybody, guint *payer)
{
  switch (state)
    {
    case TTECOMM_STATE_NONE:
      *anybody = TTECOMM_ACTION_PREVIEW | TTECOMM_ACTION_BUY;
      *payer = 0;
      break;
    case TTECOMM_STATE_EXPIRED:
      *anybody = TTECOMM_ACTION_PREVIEW | TTECOMM_ACTION_BUY;
      *payer = TTECOMM_ACTION_INVOICES;
      break;
    case TTECOMM_STATE_ACTIVE:
      *anybody = TTECOMM_ACTION_DEACTIVATE | TTECOMM_ACTION_SET_PO;
      *payer = TTECOMM_ACTION_REPLACE_CARD | TTECOMM_ACTION_INVOICES;
      break;
    case TTECOMM_STATE_ENDING:
      *anybody = TTECOMM_ACTION_PREVIEW | TTECOMM_ACTION_REACTIVATE | TTECOMM_ACTION_SET_PO;
      *payer = TTECOMM_ACTION_REPLACE_CARD | TTECOMM_ACTION_INVOICES;
      break;
    case TTECOMM_STATE_PAST_DUE:
      *anybody = TTECOMM_ACTION_DEACTIVATE | TTECOMM_ACTION_SET_PO;
      *payer = TTECOMM_ACTION_REPLACE_CARD | TTECOMM_ACTION_RETRY_PAYMENT | TTECOMM_ACTION_INVOICES;
      break;
    case TTECOMM_STATE_REQUESTED:
    case TTECOMM_STATE_REJECTED:
    case TTECOMM_STATE_SCHEDULED:
    default:
      *anybody = 0;
      *payer = 0;
      break;
    }
}

guint
ttecomm_terms_allowed (const TtecommTerms *terms,
                       const char *role,
                       TtecommState state,
                       gboolean is_payer)
{
  guint anybody;
  guint payer;

  if (!may_pay (terms, role))
    return 0;
  allowed_in (state, &anybody, &payer);
  return is_payer ? anybody | payer : anybody;
}

guint
ttecomm_terms_blockers (const TtecommTerms *terms, const TtecommBuyer *buyer)
{
  guint blockers = 0;

  if (!may_pay (terms, buyer->role))
    blockers |= TTECOMM_BLOCKER_ROLE;
  if (terms->requires_cloud && !buyer->cloud)
    blockers |= TTECOMM_BLOCKER_NOT_CONNECTED;
  if (terms->requires_prosoft != NULL
      && ttecomm_version_compare (buyer->prosoft, terms->requires_prosoft) < 0)
    blockers |= TTECOMM_BLOCKER_PROSOFT_TOO_OLD;
  if (!buyer->account_complete)
    blockers |= TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE;
  if (terms->verify_cents > 0 && !buyer->verified_card)
    blockers |= TTECOMM_BLOCKER_CARD_NOT_VERIFIED;
  if (buyer->has_active)
    blockers |= TTECOMM_BLOCKER_ALREADY_SUBSCRIBED;
  return blockers;
}
