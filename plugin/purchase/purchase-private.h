/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/purchase/basket.h"
#include "plugin/purchase/order-watch.h"
#include "plugin/purchase/purchase-state.h"
#include "plugin/purchase/purchase.h"

G_BEGIN_DECLS

/*
 * TtecommPurchase lives in two files: purchase.c (the basket and what it costs) and
 * purchase-order.c (the order and its end). This is what they share.
 */
struct _TtecommPurchase
{
  GObject parent_instance;

  TtecommClient *client; /* (owned) */
  char *origin;          /* (owned) */
  char *account;         /* (owned) */
  char *folder;          /* (owned) (nullable) */
  guint second_ms;

  char *installation;    /* (owned) (nullable) of the open file */
  TtecommBasket *basket; /* (owned) */
  TtecommPurchaseState state;
  GCancellable *quoting; /* (owned) (nullable) of the quote that is being asked for */
  TtecommOrder *order;   /* (owned) (nullable) the last one known */
  GError *error;         /* (owned) (nullable) */
  gboolean offline;

  TtecommOrderWatch *watch;  /* (owned) (nullable) of the order on its way */
  GPtrArray *found;          /* (owned) (element-type TtecommOrderRecord) of earlier runs, still to
                                be asked for */
  GTask *paying;             /* (owned) (nullable) who waits for the order to exist */
  GCancellable *cancellable; /* (owned) cancelled by stop */
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
void ttecomm_purchase_end_watch (TtecommPurchase *self);

G_END_DECLS
