/* SPDX-License-Identifier: MIT */
#include "tests/unit/purchase/buyer.h"

#include "tests/harness/harness.h"
#include "tests/support/http-server.h"

/* What counts as a second between two questions, in ms. */
#define PACE 5

static void
changed_cb (TtecommPurchase *purchase, Buyer *buyer)
{
  buyer->n_changed++;
}

static void
paid_cb (TtecommPurchase *purchase, Buyer *buyer)
{
  buyer->n_paid++;
}

static void
open_url_cb (TtecommPurchase *purchase, const char *url, Buyer *buyer)
{
  buyer->n_opened++;
  g_free (buyer->opened);
  buyer->opened = g_strdup (url);
}

Buyer *
buyer_new (TtecommClient *client, const char *origin, const char *account, const char *folder)
{
  Buyer *buyer = g_new0 (Buyer, 1);

  buyer->folder = g_strdup (folder);
  buyer->purchase = ttecomm_purchase_new (client, origin, account, folder);
  ttecomm_purchase_set_pace (buyer->purchase, PACE);
  buyer->installation = SHOP_VILLA;
  g_signal_connect (buyer->purchase, "changed", G_CALLBACK (changed_cb), buyer);
  g_signal_connect (buyer->purchase, "paid", G_CALLBACK (paid_cb), buyer);
  g_signal_connect (buyer->purchase, "open-url", G_CALLBACK (open_url_cb), buyer);
  return buyer;
}

Buyer *
buyer_of_customer (Shop *shop, ShopCustomer *customer, const char *folder)
{
  g_autofree char *origin = g_uri_to_string (shop->origin);

  return buyer_new (customer->client, origin, shop_customer_get_account (customer), folder);
}

static void
drop (Buyer *buyer)
{
  g_signal_handlers_disconnect_by_data (buyer->purchase, buyer);
  g_object_unref (buyer->purchase);
  g_free (buyer->folder);
  g_free (buyer->opened);
  g_free (buyer);
}

void
buyer_crash (Buyer *buyer)
{
  drop (buyer);
}

void
buyer_free (Buyer *buyer)
{
  ttecomm_purchase_stop (buyer->purchase);
  drop (buyer);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

TtecommPurchaseState
buyer_get_state (Buyer *buyer)
{
  g_autoptr (TtecommPurchaseView) view = ttecomm_purchase_get_view (buyer->purchase);

  return view->state;
}

typedef struct
{
  Buyer *buyer;
  TtecommPurchaseState state;
} Wanted;

static gboolean
has_state (gpointer data)
{
  const Wanted *wanted = data;

  return buyer_get_state (wanted->buyer) == wanted->state;
}

void
buyer_await_state (Buyer *buyer, TtecommPurchaseState state)
{
  Wanted wanted = { buyer, state };

  if (!harness_wait_until (has_state, &wanted, SHOP_PATIENCE))
    g_error ("still %s, not %s", ttecomm_purchase_state_to_string (buyer_get_state (buyer)),
             ttecomm_purchase_state_to_string (state));
}

static gboolean
is_offline (gpointer data)
{
  g_autoptr (TtecommPurchaseView) view = ttecomm_purchase_get_view (((Buyer *)data)->purchase);

  return view->offline;
}

void
buyer_await_offline (Buyer *buyer)
{
  g_assert_true (harness_wait_until (is_offline, buyer, SHOP_PATIENCE));
}

guint
buyer_count_lines (Buyer *buyer)
{
  g_autoptr (TtecommPurchaseView) view = ttecomm_purchase_get_view (buyer->purchase);

  return view->lines->len;
}

GError *
buyer_dup_error (Buyer *buyer)
{
  g_autoptr (TtecommPurchaseView) view = ttecomm_purchase_get_view (buyer->purchase);

  return g_steal_pointer (&view->error);
}

guint
buyer_count_records (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "order-") && g_str_has_suffix (name, ".json") ? 1 : 0;
  return n;
}

void
buyer_add (Buyer *buyer, const char *service)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_purchase_add (buyer->purchase, buyer->installation, service, &error));
  g_assert_no_error (error);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_FILLED);
}

GError *
buyer_try_quote (Buyer *buyer)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  ttecomm_purchase_quote_async (buyer->purchase, NULL, test_store_result, &result);
  test_await (&result);
  done = ttecomm_purchase_quote_finish (buyer->purchase, result, &error);
  g_assert_cmpint (done, ==, error == NULL);
  return error;
}

void
buyer_quote (Buyer *buyer)
{
  g_autoptr (GError) error = buyer_try_quote (buyer);

  g_assert_no_error (error);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_QUOTED);
}

void
buyer_accept (Buyer *buyer)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_purchase_accept (buyer->purchase, TRUE, &error));
  g_assert_no_error (error);
}

GError *
buyer_try_pay (Buyer *buyer)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  ttecomm_purchase_pay_async (buyer->purchase, test_store_result, &result);
  test_await (&result);
  done = ttecomm_purchase_pay_finish (buyer->purchase, result, &error);
  g_assert_cmpint (done, ==, error == NULL);
  return error;
}

GError *
buyer_try_cancel (Buyer *buyer)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean done;

  ttecomm_purchase_cancel_async (buyer->purchase, test_store_result, &result);
  test_await (&result);
  done = ttecomm_purchase_cancel_finish (buyer->purchase, result, &error);
  g_assert_cmpint (done, ==, error == NULL);
  return error;
}

void
buyer_order (Buyer *buyer, const char *service)
{
  g_autoptr (GError) error = NULL;

  buyer_add (buyer, service);
  buyer_quote (buyer);
  buyer_accept (buyer);
  error = buyer_try_pay (buyer);
  g_assert_no_error (error);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_WAITING);
  g_assert_cmpuint (buyer->n_opened, ==, 1);
}
