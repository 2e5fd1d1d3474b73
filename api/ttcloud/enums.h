/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The closed lists of openapi.yaml. A value outside its list makes the whole answer unusable
 * (TTECOMM_JSON_ERROR_RANGE): half an understood order is worse than none.
 */

typedef enum
{
  TTECOMM_CLOUD_ROLE_OWNER,
  TTECOMM_CLOUD_ROLE_INTEGRATOR,
  TTECOMM_CLOUD_ROLE_USER,
  TTECOMM_CLOUD_ROLE_UNKNOWN,
} TtecommCloudRole;

typedef enum
{
  TTECOMM_CLOUD_STATE_NONE,
  TTECOMM_CLOUD_STATE_REQUESTED,
  TTECOMM_CLOUD_STATE_REJECTED,
  TTECOMM_CLOUD_STATE_SCHEDULED,
  TTECOMM_CLOUD_STATE_ACTIVE,
  TTECOMM_CLOUD_STATE_ENDING,
  TTECOMM_CLOUD_STATE_PAST_DUE,
  TTECOMM_CLOUD_STATE_EXPIRED,
} TtecommCloudState;

typedef enum
{
  TTECOMM_QUOTE_ACTION_BUY,
  TTECOMM_QUOTE_ACTION_DEACTIVATE,
  TTECOMM_QUOTE_ACTION_REACTIVATE,
} TtecommQuoteAction;

typedef enum
{
  TTECOMM_VAT_STANDARD,
  TTECOMM_VAT_REVERSE_CHARGE,
  TTECOMM_VAT_OUTSIDE,
} TtecommVatKind;

typedef enum
{
  TTECOMM_ORDER_STATE_PENDING,
  TTECOMM_ORDER_STATE_PAID,
  TTECOMM_ORDER_STATE_FAILED,
  TTECOMM_ORDER_STATE_CANCELLED,
  TTECOMM_ORDER_STATE_EXPIRED,
} TtecommOrderState;

typedef enum
{
  TTECOMM_ORDER_REASON_NONE,
  TTECOMM_ORDER_REASON_CARD_DECLINED,
  TTECOMM_ORDER_REASON_CARD_REFUSED_BRAND,
  TTECOMM_ORDER_REASON_CONFIRMATION_FAILED,
  TTECOMM_ORDER_REASON_CANCELLED_BY_PERSON,
  TTECOMM_ORDER_REASON_TIMED_OUT,
  TTECOMM_ORDER_REASON_ALREADY_SUBSCRIBED, /* another order for one of its lines was paid first */
} TtecommOrderReason;

/* Why something cannot be bought or changed; a set, since several may hold at once. */
typedef enum
{
  TTECOMM_BLOCKERS_NONE = 0,
  TTECOMM_BLOCKER_ROLE = 1 << 0,
  TTECOMM_BLOCKER_NOT_CONNECTED = 1 << 1,
  TTECOMM_BLOCKER_PROSOFT_TOO_OLD = 1 << 2,
  TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE = 1 << 3,
  TTECOMM_BLOCKER_CARD_NOT_VERIFIED = 1 << 4,
  TTECOMM_BLOCKER_ALREADY_SUBSCRIBED = 1 << 5,
  TTECOMM_BLOCKER_NOT_FOUND = 1 << 6,
  TTECOMM_BLOCKER_CONFLICT = 1 << 7,
} TtecommBlockers;

/* What an account lacks for buying (S31, S36, C23). */
typedef enum
{
  TTECOMM_MISSING_NONE = 0,
  TTECOMM_MISSING_ADDRESS = 1 << 0,
  TTECOMM_MISSING_COUNTRY = 1 << 1,
  TTECOMM_MISSING_COMPANY = 1 << 2,
  TTECOMM_MISSING_TAX_ID = 1 << 3,
  TTECOMM_MISSING_INVOICE_EMAIL = 1 << 4,
} TtecommMissing;

/* The contract's words. For the two sets: of one bit; %NULL for none or several. */
const char *ttecomm_cloud_role_to_string (TtecommCloudRole role);
const char *ttecomm_cloud_state_to_string (TtecommCloudState state);
const char *ttecomm_quote_action_to_string (TtecommQuoteAction action);
const char *ttecomm_order_state_to_string (TtecommOrderState state);
const char *ttecomm_order_reason_to_string (TtecommOrderReason reason);
const char *ttecomm_blocker_to_string (TtecommBlockers blocker);
const char *ttecomm_missing_to_string (TtecommMissing missing);

G_END_DECLS
