/* SPDX-License-Identifier: MIT */
/* Answers that are lost, and a disk that does not take the record. */
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <signal.h>

#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/purchase/buyer.h"

/* Ready to pay. */
static Buyer *
prepare (Shop *shop, ShopCustomer *customer, const char *folder)
{
  Buyer *buyer = buyer_of_customer (shop, customer, folder);

  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  buyer_accept (buyer);
  return buyer;
}

/* -- the answer to the order is lost -- */

static const char *const losses[] = {
  "reset-after", /* processed, then the connection is reset */
  "cut-body",    /* processed, half an answer */
  "bad-json",    /* processed, an answer that cannot be read */
  "reset",       /* not processed; a client cannot tell that from the first */
  "refuse-503",  "busy-429", "html-200", "redirect-foreign", "forbidden-403", "not-found-404",
};

static void
test_lost_answer (gconstpointer data)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  const char *folder = harness_tmpdir ();
  g_autoptr (Buyer) buyer = prepare (shop, customer, folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommPurchaseView) silent = NULL;
  g_autoptr (TtecommPurchaseView) back = NULL;

  /* Often enough to outlast what the transport tries by itself. */
  shop_fault (shop, data, "/v1/orders", 4);
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_UNKNOWN);
  silent = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpint (silent->state, ==, TTECOMM_PURCHASE_ORDERING);
  g_assert_true (silent->offline);
  g_assert_nonnull (silent->error);
  g_assert_cmpuint (buyer_count_records (folder), ==, 1);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 1);
  shop_heal (shop);
  buyer_await_state (buyer, TTECOMM_PURCHASE_WAITING);
  back = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_false (back->offline);
  g_assert_null (back->error);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 1);
  g_assert_true (ttecomm_purchase_open_checkout (buyer->purchase, NULL));
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer->n_paid, ==, 1);
  g_assert_cmpuint (shop_count_events (shop, "purchase_invoice"), ==, 1);
  g_assert_cmpuint (buyer_count_records (folder), ==, 0);
}

/* TTcloud says no by name: that is an end, not a silence. */
static void
test_quote_unknown_to_ttcloud (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  const char *folder = harness_tmpdir ();
  g_autoptr (Buyer) buyer = prepare (shop, customer, folder);
  g_autoptr (Buyer) other = prepare (shop, customer, harness_tmpdir ());
  g_autoptr (GError) error = buyer_try_pay (other);

  g_assert_no_error (error);
  shop_pay (other->opened);
  buyer_await_state (other, TTECOMM_PURCHASE_PAID);
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmpint (ttecomm_cloud_error_get_problem (error)->name, ==,
                   TTECOMM_PROBLEM_QUOTE_CHANGED);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_FILLED);
  g_assert_cmpuint (buyer_count_records (folder), ==, 0);
  g_assert_cmpuint (shop_count_events (shop, "purchase_invoice"), ==, 1);
}

/* -- the record cannot be written: nothing is sent -- */

static void
assert_not_sent (Shop *shop, ShopCustomer *customer, Buyer *buyer)
{
  g_autoptr (GError) error = buyer_try_pay (buyer);
  g_autoptr (GError) shown = buyer_dup_error (buyer);

  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_RECORD);
  g_assert_error (shown, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_RECORD);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_QUOTED);
  g_assert_cmpuint (buyer->n_opened, ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 0);
}

static void
test_no_folder (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  g_autoptr (Buyer) buyer = prepare (shop, customer, NULL);

  assert_not_sent (shop, customer, buyer);
  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
}

static void
test_folder_cannot_be_made (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  g_autofree char *file = g_build_filename (harness_tmpdir (), "file", NULL);
  g_autofree char *folder = g_build_filename (file, "data", NULL);
  g_autoptr (Buyer) below = NULL;
  g_autoptr (Buyer) same = NULL;

  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  below = prepare (shop, customer, folder);
  assert_not_sent (shop, customer, below);
  same = prepare (shop, customer, file);
  assert_not_sent (shop, customer, same);
}

/* A folder that was not there yet is made. */
static void
test_folder_is_made (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  g_autofree char *folder = g_build_filename (harness_tmpdir (), "a", "b", NULL);
  g_autoptr (Buyer) buyer = prepare (shop, customer, folder);
  g_autoptr (GError) error = buyer_try_pay (buyer);

  g_assert_no_error (error);
  g_assert_cmpuint (buyer_count_records (folder), ==, 1);
}

/* No byte can be written, as on a full disk; root is not stopped by permissions. */
static void
test_disk_full (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  const char *folder = harness_tmpdir ();
  g_autoptr (Buyer) buyer = prepare (shop, customer, folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  struct rlimit before;
  struct rlimit none;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  none = before;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  ttecomm_purchase_pay_async (buyer->purchase, test_store_result, &result);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  test_await (&result);
  g_assert_false (ttecomm_purchase_pay_finish (buyer->purchase, result, &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_RECORD);
  g_assert_cmpuint (buyer_count_records (folder), ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 0);
  /* Room again: the same quote goes through. */
  g_clear_error (&error);
  error = buyer_try_pay (buyer);
  g_assert_no_error (error);
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    harness_add_full (harness, "purchase-lost", losses[i], test_lost_answer, (gpointer)losses[i],
                      NULL);
  harness_add (harness, "purchase-fault", "quote-unknown-to-ttcloud",
               test_quote_unknown_to_ttcloud);
  harness_add (harness, "purchase-fault", "no-folder", test_no_folder);
  harness_add (harness, "purchase-fault", "folder-cannot-be-made", test_folder_cannot_be_made);
  harness_add (harness, "purchase-fault", "folder-is-made", test_folder_is_made);
  harness_add (harness, "purchase-fault", "disk-full", test_disk_full);
}

HARNESS_MAIN (register_tests)
