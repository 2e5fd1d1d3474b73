/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/purchase/purchase-view.h"

G_BEGIN_DECLS

/* What can happen to a purchase. */
typedef enum
{
  TTECOMM_PURCHASE_EVENT_BASKET_FILLED,  /* something was put in or taken out, something is in it */
  TTECOMM_PURCHASE_EVENT_BASKET_EMPTIED, /* the last was taken out */
  TTECOMM_PURCHASE_EVENT_ASK_QUOTE,      /* the person asks what it costs */
  TTECOMM_PURCHASE_EVENT_QUOTED,         /* the answer, without blockers */
  TTECOMM_PURCHASE_EVENT_BLOCKED,        /* the answer, with blockers */
  TTECOMM_PURCHASE_EVENT_QUOTE_FAILED,   /* no answer that can be used */
  TTECOMM_PURCHASE_EVENT_PAY,            /* the person orders; the record is on disk */
  TTECOMM_PURCHASE_EVENT_FOUND,          /* a record of an earlier run */
  TTECOMM_PURCHASE_EVENT_ORDER_REFUSED,  /* TTcloud says no to the order: nothing was bought */
  TTECOMM_PURCHASE_EVENT_ORDER_UNKNOWN,  /* it cannot be told whether the order arrived */
  TTECOMM_PURCHASE_EVENT_ORDER_PENDING,
  TTECOMM_PURCHASE_EVENT_ORDER_PAID,
  TTECOMM_PURCHASE_EVENT_ORDER_FAILED,
  TTECOMM_PURCHASE_EVENT_ORDER_CANCELLED,
  TTECOMM_PURCHASE_EVENT_ORDER_EXPIRED,
} TtecommPurchaseEvent;

#define TTECOMM_PURCHASE_N_STATES (TTECOMM_PURCHASE_EXPIRED + 1)
#define TTECOMM_PURCHASE_N_EVENTS (TTECOMM_PURCHASE_EVENT_ORDER_EXPIRED + 1)

/**
 * ttecomm_purchase_next:
 *
 * The one place that says what may follow what. Pure.
 *
 * Returns: %FALSE when @event does not fit @state; @next is then @state
 */
gboolean ttecomm_purchase_next (TtecommPurchaseState state,
                                TtecommPurchaseEvent event,
                                TtecommPurchaseState *next);

/* The basket may be changed: no order is on its way. */
gboolean ttecomm_purchase_state_is_open (TtecommPurchaseState state);

G_END_DECLS
