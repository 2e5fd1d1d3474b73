/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/purchase/purchase.h"
#include "tests/unit/purchase/customer.h"

G_BEGIN_DECLS

/* One run of a host: a purchase of somebody's, and what it told. */
typedef struct
{
  TtecommPurchase *purchase; /* (owned) */
  char *folder;              /* (owned) (nullable) */
  const char *installation;  /* (unowned) for which buyer_add() adds: the villa, if not set */
  guint n_changed;
  guint n_paid;
  guint n_opened;
  char *opened; /* (owned) (nullable) the last address for the browser */
} Buyer;

/* @client: borrowed. @folder: (nullable). Has a short second. */
Buyer *
buyer_new (TtecommClient *client, const char *origin, const char *account, const char *folder);
Buyer *buyer_of_customer (Shop *shop, ShopCustomer *customer, const char *folder);
/* The host goes away at once: nothing is stopped, nobody says good-bye. */
void buyer_crash (Buyer *buyer);
/* The host ends as it should. */
void buyer_free (Buyer *buyer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Buyer, buyer_free)

TtecommPurchaseState buyer_get_state (Buyer *buyer);
void buyer_await_state (Buyer *buyer, TtecommPurchaseState state);
void buyer_await_offline (Buyer *buyer);
guint buyer_count_lines (Buyer *buyer);
/* (transfer full) (nullable): the error that the view shows */
GError *buyer_dup_error (Buyer *buyer);
/* How many order records are on disk. */
guint buyer_count_records (const char *folder);

/* Each asserts that it works; the state afterwards is what it should be. */
void buyer_add (Buyer *buyer, const char *service);
void buyer_quote (Buyer *buyer);
void buyer_accept (Buyer *buyer);
/* Waits for the end of the call; (transfer full) (nullable): its error. */
GError *buyer_try_quote (Buyer *buyer);
GError *buyer_try_pay (Buyer *buyer);
GError *buyer_try_cancel (Buyer *buyer);
/* Basket, quote, terms, order: afterwards WAITING, with the browser open. */
void buyer_order (Buyer *buyer, const char *service);

G_END_DECLS
