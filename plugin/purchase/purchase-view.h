/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

#include "api/ttcloud/quote.h"
#include "plugin/purchase/basket-line.h"

G_BEGIN_DECLS

/* Where a purchase is. Only WAITING and after it has an order of the server's behind it. */
typedef enum
{
  TTECOMM_PURCHASE_EMPTY,    /* nothing in the basket */
  TTECOMM_PURCHASE_FILLED,   /* services chosen, no valid quote */
  TTECOMM_PURCHASE_QUOTING,  /* the quote is being asked for */
  TTECOMM_PURCHASE_BLOCKED,  /* quoted, but the answer names blockers */
  TTECOMM_PURCHASE_QUOTED,   /* quoted; terms_accepted tells whether it may be paid */
  TTECOMM_PURCHASE_ORDERING, /* the record is on disk, the order goes out (or is asked for again) */
  TTECOMM_PURCHASE_WAITING,  /* the order exists and is pending: a person pays in the browser */
  TTECOMM_PURCHASE_PAID,     /* the end of a good one */
  TTECOMM_PURCHASE_FAILED,   /* the card was refused; the basket is as it was */
  TTECOMM_PURCHASE_CANCELLED, /* the person gave up; the basket is as it was */
  TTECOMM_PURCHASE_EXPIRED,   /* nobody paid in time; the basket is as it was */
} TtecommPurchaseState;

/* What the page shows of a purchase: an immutable copy. */
typedef struct
{
  TtecommPurchaseState state;
  GPtrArray *lines; /* (owned) (element-type TtecommBasketLine) what is in the basket, in the order
                       it was put in; in ORDERING and WAITING what was ordered */
  char *po;         /* (owned) (nullable) of the same */
  TtecommQuote *quote; /* (owned) (nullable) */
  guint n_blocked;     /* lines that ttecomm_purchase_remove_blocked() would take out */
  gboolean terms_accepted;
  TtecommOrder *order; /* (owned) (nullable) the last order, also after it failed */
  GError *error;       /* (owned) (nullable) why the last step did not succeed */
  gboolean offline;    /* WAITING or ORDERING, and TTcloud cannot be asked just now */
  gboolean found;      /* @order was not made by this run: it was found at a start, or at TTcloud */
} TtecommPurchaseView;

TtecommPurchaseView *ttecomm_purchase_view_copy (const TtecommPurchaseView *view);
void ttecomm_purchase_view_free (TtecommPurchaseView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPurchaseView, ttecomm_purchase_view_free)

const char *ttecomm_purchase_state_to_string (TtecommPurchaseState state);

G_END_DECLS
