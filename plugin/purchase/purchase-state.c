/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/purchase-state.h"

gboolean
ttecomm_purchase_state_is_open (TtecommPurchaseState state)
{
  return state != TTECOMM_PURCHASE_QUOTING && state != TTECOMM_PURCHASE_ORDERING
         && state != TTECOMM_PURCHASE_WAITING;
}

/* An answer about an order: it is on its way, or it was when this host was last closed. */
static gboolean
next_of_order (TtecommPurchaseState state, TtecommPurchaseState to, TtecommPurchaseState *next)
{
  if (state != TTECOMM_PURCHASE_ORDERING && state != TTECOMM_PURCHASE_WAITING)
    return FALSE;
  *next = to;
  return TRUE;
}

static gboolean
next_of_quote (TtecommPurchaseState state, TtecommPurchaseState to, TtecommPurchaseState *next)
{
  if (state != TTECOMM_PURCHASE_QUOTING)
    return FALSE;
  *next = to;
  return TRUE;
}

static gboolean
next_of_basket (TtecommPurchaseState state, TtecommPurchaseState to, TtecommPurchaseState *next)
{
  if (!ttecomm_purchase_state_is_open (state))
    return FALSE;
  *next = to;
  return TRUE;
}

gboolean
ttecomm_purchase_next (TtecommPurchaseState state,
                       TtecommPurchaseEvent event,
                       TtecommPurchaseState *next)
{
  *next = state;
  switch (event)
    {
    case TTECOMM_PURCHASE_EVENT_BASKET_FILLED:
      return next_of_basket (state, TTECOMM_PURCHASE_FILLED, next);
    case TTECOMM_PURCHASE_EVENT_BASKET_EMPTIED:
      return next_of_basket (state, TTECOMM_PURCHASE_EMPTY, next);
    case TTECOMM_PURCHASE_EVENT_ASK_QUOTE:
      if (state == TTECOMM_PURCHASE_EMPTY)
        return FALSE;
      return next_of_basket (state, TTECOMM_PURCHASE_QUOTING, next);
    case TTECOMM_PURCHASE_EVENT_QUOTED:
      return next_of_quote (state, TTECOMM_PURCHASE_QUOTED, next);
    case TTECOMM_PURCHASE_EVENT_BLOCKED:
      return next_of_quote (state, TTECOMM_PURCHASE_BLOCKED, next);
    case TTECOMM_PURCHASE_EVENT_QUOTE_FAILED:
      return next_of_quote (state, TTECOMM_PURCHASE_FILLED, next);
    case TTECOMM_PURCHASE_EVENT_PAY:
      if (state != TTECOMM_PURCHASE_QUOTED)
        return FALSE;
      *next = TTECOMM_PURCHASE_ORDERING;
      return TRUE;
    case TTECOMM_PURCHASE_EVENT_FOUND:
      return next_of_basket (state, TTECOMM_PURCHASE_ORDERING, next);
    case TTECOMM_PURCHASE_EVENT_ORDER_REFUSED:
      return next_of_order (state, TTECOMM_PURCHASE_FILLED, next);
    case TTECOMM_PURCHASE_EVENT_ORDER_UNKNOWN:
      return next_of_order (state, state, next);
    case TTECOMM_PURCHASE_EVENT_ORDER_PENDING:
      return next_of_order (state, TTECOMM_PURCHASE_WAITING, next);
    case TTECOMM_PURCHASE_EVENT_ORDER_PAID:
      return next_of_order (state, TTECOMM_PURCHASE_PAID, next);
    case TTECOMM_PURCHASE_EVENT_ORDER_FAILED:
      return next_of_order (state, TTECOMM_PURCHASE_FAILED, next);
    case TTECOMM_PURCHASE_EVENT_ORDER_CANCELLED:
      return next_of_order (state, TTECOMM_PURCHASE_CANCELLED, next);
    case TTECOMM_PURCHASE_EVENT_ORDER_EXPIRED:
      return next_of_order (state, TTECOMM_PURCHASE_EXPIRED, next);
    default:
      return FALSE;
    }
}
