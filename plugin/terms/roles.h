/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/state.h"
#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/* What a person may do with a subscription, in the order it is offered. */
typedef enum
{
  TTECOMM_ACTION_PREVIEW = 1 << 0,
  TTECOMM_ACTION_BUY = 1 << 1,
  TTECOMM_ACTION_DEACTIVATE = 1 << 2,
  TTECOMM_ACTION_REACTIVATE = 1 << 3,
  TTECOMM_ACTION_REPLACE_CARD = 1 << 4,
  TTECOMM_ACTION_RETRY_PAYMENT = 1 << 5,
  TTECOMM_ACTION_INVOICES = 1 << 6,
  TTECOMM_ACTION_SET_PO = 1 << 7,
} TtecommAction;

#define TTECOMM_N_ACTIONS 8

/* "preview", "buy", ... for one flag. Static. */
const char *ttecomm_action_name (TtecommAction action);

/**
 * ttecomm_terms_allowed:
 * @role: (nullable): owner, integrator, user, or a vendor's own word
 *
 * Rule 4a-17, the table of 4b (S77-S78). The server checks all of it again.
 *
 * Returns: #TtecommAction flags; 0 for a role that may not pay
 */
guint ttecomm_terms_allowed (const TtecommTerms *terms,
                             const char *role,
                             TtecommState state,
                             gboolean is_payer);

/* What stands in the way of buying, in the order it is shown. */
typedef enum
{
  TTECOMM_BLOCKER_ROLE = 1 << 0,
  TTECOMM_BLOCKER_NOT_CONNECTED = 1 << 1,
  TTECOMM_BLOCKER_PROSOFT_TOO_OLD = 1 << 2,
  TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE = 1 << 3,
  TTECOMM_BLOCKER_CARD_NOT_VERIFIED = 1 << 4,
  TTECOMM_BLOCKER_ALREADY_SUBSCRIBED = 1 << 5,
} TtecommBlocker;

#define TTECOMM_N_BLOCKERS 6

/* "role", "not_connected", ... for one flag, as in the cloud contract. Static. */
const char *ttecomm_blocker_name (TtecommBlocker blocker);

/* Who wants to buy, for what. */
typedef struct
{
  const char *role;    /* (nullable) */
  const char *prosoft; /* (nullable): the version that transmitted last */
  gboolean cloud;      /* the installation is connected to TTcloud */
  gboolean verified_card;
  gboolean has_active; /* one is running already */
  gboolean account_complete;
} TtecommBuyer;

/* Rule 4a-18 (S2, S4, S36, S38). Returns: #TtecommBlocker flags, 0 when nothing stands in the way
 */
guint ttecomm_terms_blockers (const TtecommTerms *terms, const TtecommBuyer *buyer);

G_END_DECLS
