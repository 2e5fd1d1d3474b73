/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/purchase/basket.h"
#include "plugin/purchase/order-watch.h"
#include "plugin/purchase/purchase-state.h"
#include "plugin/purchase/purchase.h"

G_BEGIN_DECLS

/*
 * TtecommPurchase lives in three files: purchase.c (the basket and what it costs),
 * purchase-order.c (the order and its end) and purchase-recovery.c (orders that this run did not
 * make). This is what they share.
 */
struct _TtecommPurchase
{
  GObject parent_instance;

  TtecommClient *client; /* (owned) */
  char *origin;          /* (owned) */
  char *account;         /* (owned) */
  char *folder;          /* (owned) (nullable) */
  guint second_ms;

  TtecommBasket *basket; /* (owned) */
  TtecommPurchaseState state;
  GCancellable *quoting; /* (owned) (nullable) of the quote that is being asked for */
  TtecommOrder *order;   /* (owned) (nullable) the last one known */
  GError *error;         /* (owned) (nullable) */
  gboolean offline;
  gboolean order_is_found; /* the order was not made by this run */

  TtecommOrderWatch *watch;  /* (owned) (nullable) of the order on its way */
  GTask *paying;             /* (owned) (nullable) who waits for the order to exist */
  GCancellable *cancellable; /* (owned) cancelled by stop */

  GPtrArray *found;        /* (owned) (element-type TtecommOrderRecord) still to be asked for */
  GCancellable *searching; /* (owned) (nullable) of the question for pending orders */
  GSource *search_timer;   /* (owned) (nullable) it had no answer: the next one */
  guint search_pause_s;
};

/* All changes of state pass here; what does not fit is refused by name, never done half. */
gboolean ttecomm_purchase_step (TtecommPurchase *self, TtecommPurchaseEvent event, GError **error);

/* @error: (nullable): copied */
void ttecomm_purchase_set_error (TtecommPurchase *self, const GError *error);

void ttecomm_purchase_emit_changed (TtecommPurchase *self);
void ttecomm_purchase_emit_open_url (TtecommPurchase *self, const char *url);
void ttecomm_purchase_emit_paid (TtecommPurchase *self);

/* Nobody wants the quote any more that is being asked for, if one is; its caller is told. */
void ttecomm_purchase_abandon_quote (TtecommPurchase *self);

/* Of the order that is watched. */
TtecommOrderRecord *ttecomm_purchase_get_record (TtecommPurchase *self);
/* @record: (transfer full): its order goes out, or is asked for. */
void ttecomm_purchase_start_watch (TtecommPurchase *self, TtecommOrderRecord *record);
void ttecomm_purchase_end_watch (TtecommPurchase *self);

/* Takes up the next order that was found, when no other is on its way. */
void ttecomm_purchase_take_next_found (TtecommPurchase *self);

/* Asks TTcloud for pending orders, until it has answered. What was asked before is void: it may
 * tell of an order that has ended since. */
void ttecomm_purchase_search (TtecommPurchase *self);
/* The person is back: now rather than later, when it is still to be asked. */
void ttecomm_purchase_nudge_search (TtecommPurchase *self);
/* Asks anew when a question was on its way. */
void ttecomm_purchase_renew_search (TtecommPurchase *self);
void ttecomm_purchase_end_search (TtecommPurchase *self);

G_END_DECLS
