/* SPDX-License-Identifier: MIT */
#include "tests/unit/purchase/customer.h"

#include "tests/harness/harness.h"
#include "tests/support/http-server.h"

static void
opened_cb (TtecommSignIn *sign_in, const char *url, char **opened)
{
  g_assert_null (*opened);
  *opened = g_strdup (url);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static void
ask_account (TtecommClient *client)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TtecommAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  ttecomm_client_account_async (client, &TTECOMM_LIMITS_ORDINARY, NULL, test_store_result, &result);
  test_await (&result);
  account = ttecomm_client_account_finish (client, result, &error);
  g_assert_no_error (error);
}

void
shop_sign_in (TtecommSignIn *sign_in, TtecommClient *client, const char *email)
{
  const TtecommSignInPages pages = { "en", "Done", "Done.", "No", "No.", "Nothing", "Nothing." };
  const SandboxPersonWishes wishes = { .address = email, .password = "sandbox" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *opened = NULL;
  g_autoptr (GError) error = NULL;
  gulong handler = g_signal_connect (sign_in, "open-url", G_CALLBACK (opened_cb), &opened);

  ttecomm_sign_in_start_async (sign_in, &pages, NULL, test_store_result, &result);
  g_assert_true (harness_wait_until (is_there, &opened, SHOP_PATIENCE));
  g_assert_true (shop_browse (opened, &wishes));
  test_await (&result);
  g_assert_true (ttecomm_sign_in_start_finish (sign_in, result, &error));
  g_signal_handler_disconnect (sign_in, handler);
  ask_account (client);
}

ShopCustomer *
shop_customer_new (Shop *shop, const char *email)
{
  ShopCustomer *customer = g_new0 (ShopCustomer, 1);
  g_autoptr (GError) error = NULL;

  customer->transport = ttecomm_transport_new (shop->origin, shop->ca_pem, "direct", &error);
  g_assert_no_error (error);
  customer->sign_in
      = ttecomm_sign_in_new (customer->transport, shop->web, TTECOMM_CLOCK (shop->clock), NULL);
  customer->client = ttecomm_client_new (customer->transport, customer->sign_in, shop->web);
  shop_sign_in (customer->sign_in, customer->client, email);
  return customer;
}

void
shop_customer_free (ShopCustomer *customer)
{
  g_object_unref (customer->client);
  g_object_unref (customer->sign_in);
  g_object_unref (customer->transport);
  g_free (customer);
}

const char *
shop_customer_get_account (ShopCustomer *customer)
{
  return ttecomm_sign_in_get_account_id (customer->sign_in);
}

guint
shop_customer_count_orders (ShopCustomer *customer, TtecommOrderState state)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GError) error = NULL;

  ttecomm_client_orders_async (customer->client, state, &TTECOMM_LIMITS_ORDINARY, NULL,
                               test_store_result, &result);
  test_await (&result);
  orders = ttecomm_client_orders_finish (customer->client, result, &error);
  g_assert_no_error (error);
  return orders->len;
}

guint
shop_customer_count_all_orders (ShopCustomer *customer)
{
  guint n = 0;

  for (guint state = TTECOMM_ORDER_STATE_PENDING; state <= TTECOMM_ORDER_STATE_EXPIRED; state++)
    n += shop_customer_count_orders (customer, (TtecommOrderState)state);
  return n;
}
