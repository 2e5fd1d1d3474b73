/* SPDX-License-Identifier: MIT */
/* One basket over several installations (S39) at a sandbox: one quote, one order, one payment. */
#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/purchase/buyer.h"

#define LINDE "site-expired"
#define ENDING "site-ending"

typedef struct
{
  Shop *shop;
  ShopCustomer *customer;
  const char *folder;
  Buyer *buyer;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->shop = shop_new ();
  self->customer = shop_customer_new (self->shop, SHOP_MARA);
  self->folder = harness_tmpdir ();
  self->buyer = buyer_of_customer (self->shop, self->customer, self->folder);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  buyer_free (self->buyer);
  shop_customer_free (self->customer);
  shop_free (self->shop);
}

static void
add_for (Buyer *buyer, const char *installation, const char *service)
{
  buyer->installation = installation;
  buyer_add (buyer, service);
}

/* RS for the villa, RS and VC for Hoeve Linde: all can be bought. */
static void
fill (Buyer *buyer)
{
  add_for (buyer, SHOP_VILLA, "RS");
  add_for (buyer, LINDE, "RS");
  add_for (buyer, LINDE, "VC");
}

static void
pay_now (Buyer *buyer)
{
  g_autoptr (GError) error = NULL;

  buyer_accept (buyer);
  error = buyer_try_pay (buyer);
  g_assert_no_error (error);
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
}

static void
assert_line (const GPtrArray *lines, guint i, const char *installation, const char *service)
{
  const TtecommBasketLine *line = g_ptr_array_index (lines, i);

  g_assert_cmpstr (line->installation, ==, installation);
  g_assert_cmpstr (line->service, ==, service);
}

static void
test_one_order_one_payment (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) quoted = NULL;
  g_autoptr (TtecommPurchaseView) paid = NULL;
  gint64 net = 0;

  fill (buyer);
  buyer_quote (buyer);
  quoted = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpuint (quoted->lines->len, ==, 3);
  assert_line (quoted->lines, 0, SHOP_VILLA, "RS");
  assert_line (quoted->lines, 2, LINDE, "VC");
  g_assert_cmpstr (((TtecommBasketLine *)quoted->lines->pdata[1])->name, ==, "Hoeve Linde");
  for (guint i = 0; i < 3; i++)
    net += ((TtecommQuoteLine *)quoted->quote->lines->pdata[i])->net_cents;
  g_assert_cmpint (net, ==, quoted->quote->net_cents);
  pay_now (buyer);
  paid = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpint (paid->order->due_now_cents, ==, quoted->quote->due_now_cents);
  g_assert_cmpuint (paid->order->lines->len, ==, 3);
  g_assert_cmpuint (paid->lines->len, ==, 0);
  g_assert_cmpuint (buyer->n_opened, ==, 1);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

/* Blockers are told line by line; taking these lines out leaves the rest to be bought. */
static void
test_mixed_blockers (Fixture *self, gconstpointer data)
{
  static const TtecommBlockers expected[]
      = { TTECOMM_BLOCKERS_NONE, TTECOMM_BLOCKER_ALREADY_SUBSCRIBED, TTECOMM_BLOCKERS_NONE,
          TTECOMM_BLOCKER_PROSOFT_TOO_OLD, TTECOMM_BLOCKER_NOT_FOUND };
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (TtecommPurchaseView) rest = NULL;
  g_autoptr (GError) error = NULL;

  add_for (buyer, SHOP_VILLA, "RS");
  add_for (buyer, "site-active", "RS");
  add_for (buyer, LINDE, "RS");
  add_for (buyer, "site-old-prosoft", "VC");
  add_for (buyer, "site-nowhere", "VC");
  g_assert_false (ttecomm_purchase_remove_blocked (buyer->purchase, NULL));
  error = buyer_try_quote (buyer);
  g_assert_no_error (error);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_BLOCKED);
  view = ttecomm_purchase_get_view (buyer->purchase);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmphex (((TtecommQuoteLine *)view->quote->lines->pdata[i])->blockers, ==, expected[i]);
  g_assert_cmpuint (view->n_blocked, ==, 3);
  g_assert_true (ttecomm_purchase_remove_blocked (buyer->purchase, &error));
  g_assert_no_error (error);
  rest = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpint (rest->state, ==, TTECOMM_PURCHASE_FILLED);
  g_assert_cmpuint (rest->lines->len, ==, 2);
  assert_line (rest->lines, 0, SHOP_VILLA, "RS");
  assert_line (rest->lines, 1, LINDE, "RS");
  buyer_quote (buyer);
  pay_now (buyer);
}

/* What the account lacks blocks every line and takes none out. */
static void
test_an_incomplete_account_keeps_its_lines (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) nina = shop_customer_new (shop, "nina@example.org");
  g_autoptr (Buyer) buyer = buyer_of_customer (shop, nina, harness_tmpdir ());
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;

  add_for (buyer, SHOP_VILLA, "RS");
  add_for (buyer, SHOP_VILLA, "VC");
  error = buyer_try_quote (buyer);
  g_assert_no_error (error);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpint (view->state, ==, TTECOMM_PURCHASE_BLOCKED);
  g_assert_cmpuint (view->n_blocked, ==, 0);
  g_assert_false (ttecomm_purchase_remove_blocked (buyer->purchase, &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 2);
}

/* Something happened to one of three: nothing is ordered, and the next quote says to which. */
static void
test_one_of_three_has_changed (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  fill (buyer);
  buyer_quote (buyer);
  buyer_accept (buyer);
  g_free (shop_control (self->shop, "/sandbox/installations",
                        "{\"id\":\"" SHOP_VILLA "\",\"connected\":false}"));
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmpint (ttecomm_cloud_error_get_problem (error)->name, ==,
                   TTECOMM_PROBLEM_QUOTE_CHANGED);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 3);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (buyer->n_opened, ==, 0);
  again = buyer_try_quote (buyer);
  g_assert_no_error (again);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmphex (((TtecommQuoteLine *)view->quote->lines->pdata[0])->blockers, ==,
                   TTECOMM_BLOCKER_NOT_CONNECTED);
  g_assert_cmphex (((TtecommQuoteLine *)view->quote->lines->pdata[1])->blockers, ==, 0);
  g_assert_cmpuint (view->n_blocked, ==, 1);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 0);
}

/* The terms that were accepted are those of the quote: newer ones are shown and accepted anew. */
static void
test_the_terms_have_changed (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) not_accepted = NULL;

  fill (buyer);
  buyer_quote (buyer);
  buyer_accept (buyer);
  g_free (shop_control (self->shop, "/sandbox/terms", "{\"version\":\"2026-10\"}"));
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmpint (ttecomm_cloud_error_get_problem (error)->name, ==,
                   TTECOMM_PROBLEM_QUOTE_CHANGED);
  buyer_quote (buyer);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpstr (view->quote->terms_of_sale->version, ==, "2026-10");
  g_assert_false (view->terms_accepted);
  not_accepted = buyer_try_pay (buyer);
  g_assert_error (not_accepted, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_TERMS);
  pay_now (buyer);
}

static void
test_declined_then_paid (Fixture *self, gconstpointer data)
{
  const SandboxPersonWishes decline = { .address = "", .decline = TRUE, .expires = "12/99" };
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;

  fill (buyer);
  g_assert_true (ttecomm_purchase_set_po (buyer->purchase, "PO 7", NULL));
  buyer_quote (buyer);
  buyer_accept (buyer);
  error = buyer_try_pay (buyer);
  g_assert_no_error (error);
  g_assert_true (shop_browse (buyer->opened, &decline));
  buyer_await_state (buyer, TTECOMM_PURCHASE_FAILED);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpuint (view->lines->len, ==, 3);
  assert_line (view->lines, 0, SHOP_VILLA, "RS");
  g_assert_cmpstr (view->po, ==, "PO 7");
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 0);
  buyer_quote (buyer);
  pay_now (buyer);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

/* -- the PO reference -- */

static void
test_the_po_goes_with_the_order (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (TtecommPurchaseView) paid = NULL;
  g_autoptr (GError) error = NULL;

  fill (buyer);
  buyer_quote (buyer);
  g_assert_true (ttecomm_purchase_set_po (buyer->purchase, "PO 2026/7 – é", &error));
  /* It is no part of the price. */
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_QUOTED);
  buyer_accept (buyer);
  error = buyer_try_pay (buyer);
  g_assert_no_error (error);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpstr (view->order->po_reference, ==, "PO 2026/7 – é");
  g_assert_cmpstr (view->po, ==, "PO 2026/7 – é");
  g_assert_false (ttecomm_purchase_set_po (buyer->purchase, "PO 8", &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  paid = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpstr (paid->order->po_reference, ==, "PO 2026/7 – é");
  g_assert_null (paid->po);
}

static void
test_a_po_that_is_none (Fixture *self, gconstpointer data)
{
  static const char *const bad[]
      = { "a\nb", "\xff", "01234567890123456789012345678901234567890123456789012345678901234" };
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_add (buyer, "RS");
  g_assert_true (ttecomm_purchase_set_po (buyer->purchase, "PO 7", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ttecomm_purchase_set_po (buyer->purchase, bad[i], &error));
      g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_INVALID);
    }
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpstr (view->po, ==, "PO 7");
}

/* The answer was lost: the same is sent again, PO reference included, or it would be another
 * request under the same key. */
static void
test_the_po_is_sent_again (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;

  fill (buyer);
  g_assert_true (ttecomm_purchase_set_po (buyer->purchase, "PO 7", NULL));
  buyer_quote (buyer);
  buyer_accept (buyer);
  shop_fault (self->shop, "reset-after", "/v1/orders", 4);
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_UNKNOWN);
  shop_heal (self->shop);
  buyer_await_state (buyer, TTECOMM_PURCHASE_WAITING);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpstr (view->order->po_reference, ==, "PO 7");
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
}

/* -- the basket as such -- */

static void
test_a_full_basket (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *installation = g_strdup_printf ("site-%u", i);

      g_assert_true (ttecomm_purchase_add (buyer->purchase, installation, "RS", NULL));
    }
  g_assert_false (ttecomm_purchase_add (buyer->purchase, ENDING, "RS", &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_FULL);
  g_assert_true (ttecomm_purchase_add (buyer->purchase, "site-0", "RS", NULL));
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 64);
}

/* What was not part of the order stays in the basket, and can be bought next. */
static void
test_the_rest_can_be_bought_next (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;

  buyer_order (buyer, "RS");
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  add_for (buyer, LINDE, "RS");
  buyer_quote (buyer);
  pay_now (buyer);
  g_assert_cmpuint (shop_customer_count_orders (self->customer, TTECOMM_ORDER_STATE_PAID), ==, 2);
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "purchase-lines", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  /* rules: S18 S39 */
  add (harness, "one-order-one-payment", test_one_order_one_payment);
  add (harness, "mixed-blockers", test_mixed_blockers);
  harness_add (harness, "purchase-lines", "an-incomplete-account-keeps-its-lines",
               test_an_incomplete_account_keeps_its_lines);
  add (harness, "one-of-three-has-changed", test_one_of_three_has_changed);
  add (harness, "the-terms-have-changed", test_the_terms_have_changed);
  add (harness, "declined-then-paid", test_declined_then_paid);
  add (harness, "the-po-goes-with-the-order", test_the_po_goes_with_the_order);
  add (harness, "a-po-that-is-none", test_a_po_that_is_none);
  add (harness, "the-po-is-sent-again", test_the_po_is_sent_again);
  add (harness, "a-full-basket", test_a_full_basket);
  add (harness, "the-rest-can-be-bought-next", test_the_rest_can_be_bought_next);
}

HARNESS_MAIN (register_tests)
