/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "tests/unit/purchase/shop.h"

G_BEGIN_DECLS

/* Signs @email in by the pages, and asks who that is. */
void shop_sign_in (TtecommSignIn *sign_in, TtecommClient *client, const char *email);

/* Somebody who is signed in by the pages. */
typedef struct
{
  TtecommTransport *transport; /* (owned) */
  TtecommSignIn *sign_in;      /* (owned) */
  TtecommClient *client;       /* (owned) */
} ShopCustomer;

ShopCustomer *shop_customer_new (Shop *shop, const char *email);
void shop_customer_free (ShopCustomer *customer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShopCustomer, shop_customer_free)

const char *shop_customer_get_account (ShopCustomer *customer);
/* How many orders of this customer are in @state. */
guint shop_customer_count_orders (ShopCustomer *customer, TtecommOrderState state);
/* ... in any state. */
guint shop_customer_count_all_orders (ShopCustomer *customer);

G_END_DECLS
