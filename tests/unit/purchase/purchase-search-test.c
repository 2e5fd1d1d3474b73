/* SPDX-License-Identifier: MIT */
/* Orders that this run did not make: found by record or at TTcloud, offered, never made twice. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/purchase/buyer.h"

#define LINDE "site-expired"

typedef struct
{
  Shop *shop;
  ShopCustomer *customer;
  ShopCustomer *same; /* the same person at another PC */
  const char *folder;
  char *elsewhere; /* (owned) that PC's data-dir */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->shop = shop_new ();
  self->customer = shop_customer_new (self->shop, SHOP_MARA);
  self->same = shop_customer_new (self->shop, SHOP_MARA);
  self->folder = harness_tmpdir ();
  self->elsewhere = g_build_filename (self->folder, "elsewhere", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  shop_customer_free (self->same);
  shop_customer_free (self->customer);
  shop_free (self->shop);
  g_free (self->elsewhere);
}

static Buyer *
start (Fixture *self)
{
  return buyer_of_customer (self->shop, self->customer, self->folder);
}

static Buyer *
start_elsewhere (Fixture *self)
{
  return buyer_of_customer (self->shop, self->same, self->elsewhere);
}

/* Two lines, two installations, a PO reference; then the host goes away. (transfer full): the
 * checkout page. */
static char *
leave_an_order (Buyer *buyer)
{
  char *checkout;

  g_assert_true (ttecomm_purchase_add (buyer->purchase, LINDE, "RS", NULL));
  g_assert_true (ttecomm_purchase_set_po (buyer->purchase, "PO 7", NULL));
  buyer_order (buyer, "RS");
  checkout = g_strdup (buyer->opened);
  buyer_crash (buyer);
  return checkout;
}

static void
assert_found (Buyer *buyer)
{
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_await_state (buyer, TTECOMM_PURCHASE_WAITING);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_true (view->found);
  g_assert_null (view->quote);
  g_assert_cmpuint (view->lines->len, ==, 2);
  g_assert_cmpstr (view->po, ==, "PO 7");
  g_assert_cmpuint (buyer->n_opened, ==, 0);
}

/* No record: it was made at another PC, or the file is lost. It is paid here, once. */
static void
test_without_a_record (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = leave_an_order (start_elsewhere (self));
  g_autoptr (Buyer) buyer = start (self);

  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  assert_found (buyer);
  g_assert_true (ttecomm_purchase_open_checkout (buyer->purchase, NULL));
  g_assert_cmpstr (buyer->opened, ==, checkout);
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 0);
  g_assert_cmpuint (buyer->n_paid, ==, 1);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

/* Given up, its lines are in the basket beside what was there, and can be bought. */
static void
test_without_a_record_given_up (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = leave_an_order (start_elsewhere (self));
  g_autoptr (Buyer) buyer = start (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_add (buyer, "VC");
  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  assert_found (buyer);
  error = buyer_try_cancel (buyer);
  g_assert_no_error (error);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpint (view->state, ==, TTECOMM_PURCHASE_CANCELLED);
  g_assert_cmpuint (view->lines->len, ==, 3);
  buyer_quote (buyer);
  g_assert_cmpuint (shop_customer_count_orders (self->customer, TTECOMM_ORDER_STATE_CANCELLED), ==,
                    1);
}

/* Given up, its PO reference goes into an empty basket, and not over another purchase's. */
static void
test_given_up_keeps_the_own_po (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = leave_an_order (start_elsewhere (self));
  g_autoptr (Buyer) buyer = start (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_add (buyer, "VC");
  g_assert_true (ttecomm_purchase_set_po (buyer->purchase, "PO 8", NULL));
  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  assert_found (buyer);
  error = buyer_try_cancel (buyer);
  g_assert_no_error (error);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpint (view->state, ==, TTECOMM_PURCHASE_CANCELLED);
  g_assert_cmpuint (view->lines->len, ==, 3);
  g_assert_cmpstr (view->po, ==, "PO 8");
}

/* A price that was asked for another basket does not stand beside the order that was found, nor
 * does it come back when that one is given up: it was for other lines. */
static void
test_the_own_quote_goes (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = leave_an_order (start_elsewhere (self));
  g_autoptr (Buyer) buyer = start (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_add (buyer, "VC");
  buyer_quote (buyer);
  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  assert_found (buyer);
  error = buyer_try_cancel (buyer);
  g_assert_no_error (error);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_null (view->quote);
}

/* The other PC's order, "PO 7", is paid here, beside another line under @po. (transfer full)
 * (nullable): the PO reference that is left for that line. */
static char *
pay_beside_another_line (Fixture *self, const char *po)
{
  g_autofree char *checkout = leave_an_order (start_elsewhere (self));
  g_autoptr (Buyer) buyer = start (self);
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_add (buyer, "VC");
  g_assert_true (ttecomm_purchase_set_po (buyer->purchase, po, NULL));
  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  assert_found (buyer);
  shop_pay (checkout);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpuint (view->lines->len, ==, 1);
  return g_strdup (view->po);
}

/* A PO reference is for one purchase, */
static void
test_the_paid_po_goes (Fixture *self, gconstpointer data)
{
  g_autofree char *left = pay_beside_another_line (self, "PO 7");

  g_assert_null (left);
}

/* and another one is for another purchase. */
static void
test_another_po_stays (Fixture *self, gconstpointer data)
{
  g_autofree char *left = pay_beside_another_line (self, "PO 8");

  g_assert_cmpstr (left, ==, "PO 8");
}

/* Record and TTcloud tell of the same order: it is one. */
static void
test_record_and_ttcloud (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = leave_an_order (start (self));
  g_autoptr (Buyer) buyer = start (self);

  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  assert_found (buyer);
  shop_pay (checkout);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer->n_paid, ==, 1);
  /* A late answer must not bring back what has ended. */
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
}

/* TTcloud does not answer at the start: it is asked again until it does. */
static void
test_ttcloud_answers_late (Fixture *self, gconstpointer data)
{
  g_autofree char *checkout = leave_an_order (start_elsewhere (self));
  g_autoptr (Buyer) buyer = start (self);

  shop_fault (self->shop, "refuse-503", "/v1/orders", 6);
  g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
  assert_found (buyer);
}

/* A file of the older form, as an update finds it. */
static void
test_a_record_of_the_older_form (Fixture *self, gconstpointer data)
{
  Buyer *before = start (self);
  g_autoptr (GDir) dir = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *older = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ends = NULL;
  const char *lines;

  buyer_add (before, "RS");
  buyer_quote (before);
  buyer_accept (before);
  shop_fault (self->shop, "reset-after", "/v1/orders", 1000);
  error = buyer_try_pay (before);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_UNKNOWN);
  buyer_crash (before);
  shop_heal (self->shop);
  dir = g_dir_open (self->folder, 0, NULL);
  path = g_build_filename (self->folder, g_dir_read_name (dir), NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = strstr (text, "\"lines\":");
  g_assert_nonnull (lines);
  ends = g_strsplit (lines, "],", 2);
  older = g_strdup_printf ("{\"version\":1%.*s\"installation\":\"" SHOP_VILLA
                           "\",\"services\":[\"RS\"],%s",
                           (int)(lines - text - strlen ("{\"version\":2")),
                           text + strlen ("{\"version\":2"), ends[1]);
  g_assert_true (g_file_set_contents (path, older, -1, NULL));
  {
    g_autoptr (Buyer) buyer = start (self);

    g_assert_cmpuint (ttecomm_purchase_recover (buyer->purchase), ==, 0);
    buyer_await_state (buyer, TTECOMM_PURCHASE_WAITING);
    g_assert_cmpuint (buyer_count_lines (buyer), ==, 1);
    g_assert_true (ttecomm_purchase_open_checkout (buyer->purchase, NULL));
    shop_pay (buyer->opened);
    buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
    g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
    g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  }
}

/* -- two hosts at once -- */

static void
prepare (Buyer *buyer)
{
  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  buyer_accept (buyer);
}

/* The same person in two windows: the second is refused and offered the first one's order; what
 * else was in its basket is kept. */
static void
test_one_person_two_hosts (Fixture *self, gconstpointer data)
{
  g_autoptr (Buyer) one = start (self);
  g_autoptr (Buyer) two = start_elsewhere (self);
  g_autoptr (TtecommPurchaseView) offered = NULL;
  g_autoptr (TtecommPurchaseView) kept = NULL;
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_true (ttecomm_purchase_add (two->purchase, LINDE, "RS", NULL));
  prepare (one);
  prepare (two);
  first = buyer_try_pay (one);
  g_assert_no_error (first);
  second = buyer_try_pay (two);
  g_assert_error (second, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmphex (ttecomm_cloud_error_get_problem (second)->blockers, ==,
                   TTECOMM_BLOCKER_CONFLICT);
  buyer_await_state (two, TTECOMM_PURCHASE_WAITING);
  offered = ttecomm_purchase_get_view (two->purchase);
  g_assert_true (offered->found);
  g_assert_cmpuint (offered->lines->len, ==, 1);
  g_assert_cmpuint (two->n_opened, ==, 0);
  shop_pay (one->opened);
  buyer_await_state (one, TTECOMM_PURCHASE_PAID);
  buyer_await_state (two, TTECOMM_PURCHASE_PAID);
  kept = ttecomm_purchase_get_view (two->purchase);
  g_assert_cmpuint (kept->lines->len, ==, 1);
  g_assert_cmpstr (((TtecommBasketLine *)kept->lines->pdata[0])->installation, ==, LINDE);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
  buyer_quote (two);
}

/* Already when the price is asked for. */
static void
test_the_price_of_what_waits (Fixture *self, gconstpointer data)
{
  g_autoptr (Buyer) one = start (self);
  g_autoptr (Buyer) two = start_elsewhere (self);
  g_autoptr (GError) error = NULL;

  buyer_order (one, "RS");
  buyer_add (two, "RS");
  error = buyer_try_quote (two);
  g_assert_no_error (error);
  buyer_await_state (two, TTECOMM_PURCHASE_WAITING);
  g_assert_cmpuint (two->n_opened, ==, 0);
  error = buyer_try_cancel (two);
  g_assert_no_error (error);
  buyer_await_state (one, TTECOMM_PURCHASE_CANCELLED);
  g_assert_cmpuint (buyer_count_lines (two), ==, 1);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
}

/* Two people order; the first to pay has it, the other is told and pays nothing. */
static void
test_two_people_both_order (Fixture *self, gconstpointer data)
{
  g_autoptr (ShopCustomer) jonas = shop_customer_new (self->shop, "jonas@example.org");
  g_autoptr (Buyer) one = start (self);
  g_autoptr (Buyer) two = buyer_of_customer (self->shop, jonas, self->elsewhere);
  g_autoptr (TtecommPurchaseView) lost = NULL;

  buyer_order (one, "RS");
  buyer_order (two, "RS");
  shop_pay (one->opened);
  buyer_await_state (one, TTECOMM_PURCHASE_PAID);
  buyer_await_state (two, TTECOMM_PURCHASE_FAILED);
  lost = ttecomm_purchase_get_view (two->purchase);
  g_assert_cmpint (lost->order->reason, ==, TTECOMM_ORDER_REASON_ALREADY_SUBSCRIBED);
  g_assert_cmpuint (lost->lines->len, ==, 1);
  g_assert_cmpuint (two->n_paid, ==, 0);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

/* Both hold a quote, one has paid: the other's order is refused. */
static void
test_two_people_one_has_paid (Fixture *self, gconstpointer data)
{
  g_autoptr (ShopCustomer) jonas = shop_customer_new (self->shop, "jonas@example.org");
  g_autoptr (Buyer) one = start (self);
  g_autoptr (Buyer) two = buyer_of_customer (self->shop, jonas, self->elsewhere);
  g_autoptr (GError) error = NULL;

  prepare (two);
  buyer_order (one, "RS");
  shop_pay (one->opened);
  buyer_await_state (one, TTECOMM_PURCHASE_PAID);
  error = buyer_try_pay (two);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmphex (ttecomm_cloud_error_get_problem (error)->blockers, ==,
                   TTECOMM_BLOCKER_ALREADY_SUBSCRIBED);
  g_assert_cmpuint (two->n_opened, ==, 0);
  g_assert_cmpuint (buyer_count_records (self->elsewhere), ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (jonas), ==, 0);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "purchase-search", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  add (harness, "without-a-record", test_without_a_record);
  add (harness, "without-a-record-given-up", test_without_a_record_given_up);
  add (harness, "given-up-keeps-the-own-po", test_given_up_keeps_the_own_po);
  add (harness, "the-own-quote-goes", test_the_own_quote_goes);
  add (harness, "the-paid-po-goes", test_the_paid_po_goes);
  add (harness, "another-po-stays", test_another_po_stays);
  add (harness, "record-and-ttcloud", test_record_and_ttcloud);
  add (harness, "ttcloud-answers-late", test_ttcloud_answers_late);
  add (harness, "a-record-of-the-older-form", test_a_record_of_the_older_form);
  add (harness, "one-person-two-hosts", test_one_person_two_hosts);
  add (harness, "the-price-of-what-waits", test_the_price_of_what_waits);
  add (harness, "two-people-both-order", test_two_people_both_order);
  add (harness, "two-people-one-has-paid", test_two_people_one_has_paid);
}

HARNESS_MAIN (register_tests)
