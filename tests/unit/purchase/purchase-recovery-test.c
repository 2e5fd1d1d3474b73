/* SPDX-License-Identifier: MIT */
/* The host goes away at each step of an order, or runs twice: the order is found again, nothing is
 * bought twice, and no browser opens by itself. */
#include <glib/gstdio.h>

#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/purchase/buyer.h"

typedef struct
{
  Shop *shop;
  ShopCustomer *customer;
  const char *folder;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->shop = shop_new ();
  self->customer = shop_customer_new (self->shop, SHOP_MARA);
  self->folder = harness_tmpdir ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  shop_customer_free (self->customer);
  shop_free (self->shop);
}

static Buyer *
start (Fixture *self)
{
  return buyer_of_customer (self->shop, self->customer, self->folder);
}

/* A new run of the host. */
static Buyer *
start_again (Fixture *self)
{
  Buyer *buyer = start (self);

  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  return buyer;
}

static void
crash_while_ordering (Fixture *self, const char *fault)
{
  Buyer *buyer = start (self);
  g_autoptr (GError) error = NULL;

  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  buyer_accept (buyer);
  shop_fault (self->shop, fault, "/v1/orders", 1000);
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_UNKNOWN);
  buyer_crash (buyer);
  shop_heal (self->shop);
}

/* Leaves an order that waits for its payment; (transfer full): its checkout page. */
static char *
crash_while_waiting (Fixture *self, const char *service)
{
  Buyer *buyer = start (self);
  char *checkout;

  buyer_order (buyer, service);
  checkout = g_strdup (buyer->opened);
  buyer_crash (buyer);
  return checkout;
}

static void
assert_found_and_paid_once (Fixture *self)
{
  g_autoptr (Buyer) buyer = start_again (self);

  buyer_await_state (buyer, TTECOMM_PURCHASE_WAITING);
  g_assert_cmpuint (buyer->n_opened, ==, 0);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 1);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  g_assert_true (ttecomm_purchase_open_checkout (buyer->purchase, NULL));
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer->n_paid, ==, 1);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

static void
test_before_the_order_arrived (Fixture *self, gconstpointer data)
{
  crash_while_ordering (self, "reset");
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 0);
  assert_found_and_paid_once (self);
}

static void
test_after_the_order_arrived (Fixture *self, gconstpointer data)
{
  crash_while_ordering (self, "reset-after");
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  assert_found_and_paid_once (self);
}

static void
test_while_waiting (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = crash_while_waiting (self, "RS");

  assert_found_and_paid_once (self);
}

static void
test_paid_while_away (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = crash_while_waiting (self, "RS");
  g_autoptr (Buyer) buyer = NULL;

  shop_pay (checkout);
  buyer = start_again (self);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer->n_paid, ==, 1);
  g_assert_cmpuint (buyer->n_opened, ==, 0);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 0);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
}

/* The record outlives the end, as when it cannot be removed: a question more, nothing else. */
static void
test_after_paid (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = crash_while_waiting (self, "RS");
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autofree char *record = g_build_filename (self->folder, g_dir_read_name (dir), NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (record, &text, &length, NULL));
  assert_found_and_paid_once (self);
  g_assert_true (g_file_set_contents (record, text, (gssize)length, NULL));
  {
    g_autoptr (Buyer) buyer = start_again (self);

    buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
    g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  }
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

static void
test_cancelled_while_away (Fixture *self, gconstpointer data)
{
  const SandboxPersonWishes wishes = { .address = "", .cancel = TRUE };
  g_autofree char *checkout = crash_while_waiting (self, "RS");
  g_autoptr (Buyer) buyer = NULL;

  g_assert_true (shop_browse (checkout, &wishes));
  buyer = start_again (self);
  buyer_await_state (buyer, TTECOMM_PURCHASE_CANCELLED);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 1);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  buyer_quote (buyer);
}

/* Found a day late, an order that never arrived is not made: its quote is over. */
static void
test_too_late_to_order (Fixture *self, gconstpointer data)
{
  g_autoptr (Buyer) buyer = NULL;
  g_autoptr (GError) shown = NULL;

  crash_while_ordering (self, "reset");
  shop_travel (self->shop, "2026-09-19");
  buyer = start_again (self);
  buyer_await_state (buyer, TTECOMM_PURCHASE_FILLED);
  shown = buyer_dup_error (buyer);
  g_assert_error (shown, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 0);
}

/* An orderly end keeps the record as well. */
static void
test_stopped_while_paying (Fixture *self, gconstpointer data)
{
  Buyer *buyer = start (self);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  buyer_accept (buyer);
  ttecomm_purchase_pay_async (buyer->purchase, test_store_result, &result);
  ttecomm_purchase_stop (buyer->purchase);
  test_await (&result);
  g_assert_false (ttecomm_purchase_pay_finish (buyer->purchase, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 1);
  g_clear_object (&result);
  buyer_free (buyer);
  assert_found_and_paid_once (self);
}

/* -- several orders, hosts and accounts -- */

static void
test_one_after_the_other (Fixture *self, gconstpointer data)
{
  g_autofree char *first = crash_while_waiting (self, "RS");
  g_autofree char *second = crash_while_waiting (self, "VC");
  g_autoptr (Buyer) buyer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (buyer_count_records (self->folder), ==, 2);
  buyer = start_again (self);
  buyer_await_state (buyer, TTECOMM_PURCHASE_WAITING);
  error = buyer_try_cancel (buyer);
  g_assert_no_error (error);
  buyer_await_state (buyer, TTECOMM_PURCHASE_WAITING);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 1);
  error = buyer_try_cancel (buyer);
  g_assert_no_error (error);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_CANCELLED);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (shop_customer_count_orders (self->customer, TTECOMM_ORDER_STATE_CANCELLED), ==,
                    2);
}

static void
test_two_hosts (Fixture *self, gconstpointer data)
{
  ShopCustomer *same = shop_customer_new (self->shop, SHOP_MARA);
  Buyer *one = start (self);
  Buyer *two = buyer_of_customer (self->shop, same, self->folder);

  buyer_order (one, "RS");
  g_assert_cmpuint (ttecomm_purchase_recover (two->purchase), ==, 0);
  buyer_await_state (two, TTECOMM_PURCHASE_WAITING);
  g_assert_cmpuint (two->n_opened, ==, 0);
  shop_pay (one->opened);
  buyer_await_state (one, TTECOMM_PURCHASE_PAID);
  buyer_await_state (two, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (one->n_paid, ==, 1);
  g_assert_cmpuint (two->n_paid, ==, 1);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
  buyer_free (two);
  buyer_free (one);
  shop_customer_free (same);
}

/* Both send the same order at the same time. */
static void
test_two_hosts_order_at_once (Fixture *self, gconstpointer data)
{
  g_autoptr (ShopCustomer) same = shop_customer_new (self->shop, SHOP_MARA);
  g_autoptr (Buyer) one = NULL;
  g_autoptr (Buyer) two = NULL;

  crash_while_ordering (self, "reset");
  one = start_again (self);
  two = buyer_of_customer (self->shop, same, self->folder);
  g_assert_cmpuint (ttecomm_purchase_recover (two->purchase), ==, 0);
  buyer_await_state (one, TTECOMM_PURCHASE_WAITING);
  buyer_await_state (two, TTECOMM_PURCHASE_WAITING);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
}

/* Whose order it is matters: another account does not see it, and does not lose it. */
static void
test_another_account (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = crash_while_waiting (self, "RS");

  {
    g_autoptr (ShopCustomer) jonas = shop_customer_new (self->shop, "jonas@example.org");
    g_autoptr (Buyer) other = buyer_of_customer (self->shop, jonas, self->folder);

    g_assert_cmpuint (ttecomm_purchase_recover (other->purchase), ==, 0);
    g_assert_cmpint (buyer_get_state (other), ==, TTECOMM_PURCHASE_EMPTY);
    g_assert_cmpuint (buyer_count_records (self->folder), ==, 1);
  }
  assert_found_and_paid_once (self);
}

static void
test_odd_records_are_counted (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = crash_while_waiting (self, "RS");
  g_autofree char *odd = g_build_filename (self->folder, "order-odd.json", NULL);
  g_autoptr (Buyer) buyer = start (self);

  g_assert_true (g_file_set_contents (odd, "{}", -1, NULL));
  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 1);
  buyer_await_state (buyer, TTECOMM_PURCHASE_WAITING);
  g_assert_true (g_file_test (odd, G_FILE_TEST_EXISTS));
}

/* Asked once more, what is on its way already is not started a second time. */
static void
test_recover_while_waiting (Fixture *self, gconstpointer data)
{
  g_autoptr (Buyer) buyer = start (self);

  buyer_order (buyer, "RS");
  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer->n_paid, ==, 1);
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "purchase-recovery", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  add (harness, "before-the-order-arrived", test_before_the_order_arrived);
  add (harness, "after-the-order-arrived", test_after_the_order_arrived);
  add (harness, "while-waiting", test_while_waiting);
  add (harness, "paid-while-away", test_paid_while_away);
  add (harness, "after-paid", test_after_paid);
  add (harness, "cancelled-while-away", test_cancelled_while_away);
  add (harness, "too-late-to-order", test_too_late_to_order);
  add (harness, "stopped-while-paying", test_stopped_while_paying);
  add (harness, "one-after-the-other", test_one_after_the_other);
  add (harness, "two-hosts", test_two_hosts);
  add (harness, "two-hosts-order-at-once", test_two_hosts_order_at_once);
  add (harness, "another-account", test_another_account);
  add (harness, "odd-records-are-counted", test_odd_records_are_counted);
  add (harness, "recover-while-waiting", test_recover_while_waiting);
}

HARNESS_MAIN (register_tests)
