/* SPDX-License-Identifier: MIT */
/* Buying with the real client at a sandbox: each end that an order can have, and each "no" before
 * there is one. */
#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/purchase/buyer.h"

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
test_paid (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_order (buyer, "RS");
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 1);
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer->n_paid, ==, 1);
  g_assert_cmpuint (buyer->n_opened, ==, 1);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 0);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_null (view->quote);
  g_assert_null (view->error);
  g_assert_nonnull (view->order->invoice);
  g_assert_cmpint (view->order->state, ==, TTECOMM_ORDER_STATE_PAID);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
}

/* Two services are one order, and one payment. */
static void
test_two_services_at_once (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_add (buyer, "VC");
  buyer_order (buyer, "RS");
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmpuint (view->order->lines->len, ==, 2);
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
}

/* Not paid: nothing was bought, the basket is as it was, and it can be tried again at once. */
static void
assert_kept_and_again (Fixture *self, TtecommPurchaseState state)
{
  Buyer *buyer = self->buyer;
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;

  buyer_await_state (buyer, state);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_null (view->quote);
  g_assert_false (view->terms_accepted);
  g_assert_cmpstr (((TtecommBasketLine *)view->lines->pdata[0])->service, ==, "RS");
  g_assert_cmpuint (buyer->n_paid, ==, 0);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 0);
  buyer_quote (buyer);
  buyer_accept (buyer);
  error = buyer_try_pay (buyer);
  g_assert_no_error (error);
  g_assert_cmpuint (buyer->n_opened, ==, 2);
  shop_pay (buyer->opened);
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (shop_count_events (self->shop, "purchase_invoice"), ==, 1);
}

static void
test_cancelled_in_the_browser (Fixture *self, gconstpointer data)
{
  const SandboxPersonWishes wishes = { .address = "", .cancel = TRUE };

  buyer_order (self->buyer, "RS");
  g_assert_true (shop_browse (self->buyer->opened, &wishes));
  assert_kept_and_again (self, TTECOMM_PURCHASE_CANCELLED);
}

static void
test_cancelled_on_the_page (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  buyer_order (self->buyer, "RS");
  error = buyer_try_cancel (self->buyer);
  g_assert_no_error (error);
  assert_kept_and_again (self, TTECOMM_PURCHASE_CANCELLED);
}

/* The person paid and pressed cancel: paid it stays, and that is what is shown. */
static void
test_cancelled_too_late (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  buyer_order (buyer, "RS");
  shop_fault (self->shop, "slow", "/v1/orders/", 8);
  shop_pay (buyer->opened);
  if (buyer_get_state (buyer) == TTECOMM_PURCHASE_WAITING)
    {
      ttecomm_purchase_cancel_async (buyer->purchase, test_store_result, &result);
      test_await (&result);
      g_assert_false (ttecomm_purchase_cancel_finish (buyer->purchase, result, &error));
    }
  buyer_await_state (buyer, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (buyer->n_paid, ==, 1);
}

static void
test_declined (Fixture *self, gconstpointer data)
{
  const SandboxPersonWishes wishes = { .address = "", .decline = TRUE, .expires = "12/99" };
  g_autoptr (TtecommPurchaseView) view = NULL;

  buyer_order (self->buyer, "RS");
  g_assert_true (shop_browse (self->buyer->opened, &wishes));
  buyer_await_state (self->buyer, TTECOMM_PURCHASE_FAILED);
  view = ttecomm_purchase_get_view (self->buyer->purchase);
  g_assert_cmpint (view->order->reason, ==, TTECOMM_ORDER_REASON_CARD_DECLINED);
  assert_kept_and_again (self, TTECOMM_PURCHASE_FAILED);
}

static void
test_nobody_paid_in_time (Fixture *self, gconstpointer data)
{
  buyer_order (self->buyer, "RS");
  ttecomm_fake_clock_advance (self->shop->clock, 2 * 3600);
  /* The next question of anybody's makes the world catch up. */
  g_free (shop_control (self->shop, "/sandbox/clock", NULL));
  g_assert_cmpuint (shop_customer_count_orders (self->customer, TTECOMM_ORDER_STATE_EXPIRED), ==,
                    1);
  assert_kept_and_again (self, TTECOMM_PURCHASE_EXPIRED);
}

static void
test_checkout_page_once_more (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autofree char *first = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ttecomm_purchase_open_checkout (buyer->purchase, &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_clear_error (&error);
  buyer_order (buyer, "RS");
  first = g_strdup (buyer->opened);
  g_assert_true (ttecomm_purchase_open_checkout (buyer->purchase, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (buyer->n_opened, ==, 2);
  g_assert_cmpstr (buyer->opened, ==, first);
}

/* A quote is good for a day: on the next one nothing is bought, and the price is asked again. */
static void
test_the_day_has_changed (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) shown = NULL;

  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  buyer_accept (buyer);
  shop_travel (self->shop, "2026-09-19");
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmpint (ttecomm_cloud_error_get_problem (error)->name, ==,
                   TTECOMM_PROBLEM_QUOTE_EXPIRED);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_FILLED);
  shown = buyer_dup_error (buyer);
  g_assert_error (shown, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 1);
  g_assert_cmpuint (buyer->n_opened, ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 0);
  buyer_quote (buyer);
}

/* -- before there is an order -- */

static void
test_terms_not_accepted (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GError) error = NULL;

  g_assert_false (ttecomm_purchase_accept (buyer->purchase, TRUE, &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_clear_error (&error);
  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_TERMS);
  g_clear_error (&error);
  buyer_accept (buyer);
  g_assert_true (ttecomm_purchase_accept (buyer->purchase, FALSE, NULL));
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_TERMS);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_QUOTED);
  g_assert_cmpuint (buyer_count_records (self->folder), ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 0);
}

/* Another basket is another quote, whose terms nobody has accepted. */
static void
test_a_changed_basket_has_no_quote (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GError) error = NULL;

  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  buyer_accept (buyer);
  buyer_add (buyer, "VC");
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_clear_error (&error);
  buyer_quote (buyer);
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_TERMS);
}

static void
test_paid_twice_at_once (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  buyer_accept (buyer);
  ttecomm_purchase_pay_async (buyer->purchase, test_store_result, &first);
  ttecomm_purchase_pay_async (buyer->purchase, test_store_result, &second);
  test_await (&second);
  g_assert_false (ttecomm_purchase_pay_finish (buyer->purchase, second, &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  test_await (&first);
  g_assert_true (ttecomm_purchase_pay_finish (buyer->purchase, first, NULL));
  g_assert_cmpuint (shop_customer_count_all_orders (self->customer), ==, 1);
  g_assert_cmpuint (buyer->n_opened, ==, 1);
}

/* While an order is on its way the basket stays as it was ordered. */
static void
test_the_basket_is_closed_meanwhile (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GError) error = NULL;

  buyer_order (buyer, "RS");
  g_assert_false (ttecomm_purchase_add (buyer->purchase, buyer->installation, "VC", &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (ttecomm_purchase_remove (buyer->purchase, buyer->installation, "RS", &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_clear_error (&error);
  error = buyer_try_quote (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_assert_cmpuint (buyer_count_lines (buyer), ==, 1);
}

static void
test_nothing_to_do (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GError) error = NULL;

  error = buyer_try_quote (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_clear_error (&error);
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_clear_error (&error);
  error = buyer_try_cancel (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_clear_error (&error);
  ttecomm_purchase_nudge (buyer->purchase);
  g_assert_true (ttecomm_purchase_remove (buyer->purchase, buyer->installation, "RS", NULL));
  g_assert_false (ttecomm_purchase_add (buyer->purchase, "../villa", "RS", &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (ttecomm_purchase_add (buyer->purchase, SHOP_VILLA, "", &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (ttecomm_purchase_remove_blocked (buyer->purchase, &error));
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_EMPTY);
}

/* A price that cannot be had leaves the basket, and says why. */
static void
test_no_price (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) shown = NULL;

  buyer_add (buyer, "RS");
  shop_fault (self->shop, "refuse-503", "/v1/quotes", 1);
  error = buyer_try_quote (buyer);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_FILLED);
  shown = buyer_dup_error (buyer);
  g_assert_error (shown, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY);
  buyer_quote (buyer);
}

/* Whoever asked may give up, before or after the question has gone out. */
static void
test_the_question_is_cancelled (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;

  buyer_add (buyer, "RS");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) shown = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      ttecomm_purchase_quote_async (buyer->purchase, cancellable, test_store_result, &result);
      g_cancellable_cancel (cancellable);
      test_await (&result);
      g_assert_false (ttecomm_purchase_quote_finish (buyer->purchase, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_FILLED);
      shown = buyer_dup_error (buyer);
      g_assert_no_error (shown);
    }
  buyer_quote (buyer);
}

/* Whoever asked for a price is told that it was stopped; nobody else hears of it any more. */
static void
test_stopped_while_quoting (Fixture *self, gconstpointer data)
{
  Buyer *buyer = self->buyer;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changed;

  buyer_add (buyer, "RS");
  shop_fault (self->shop, "slow", "/v1/quotes", 1);
  ttecomm_purchase_quote_async (buyer->purchase, NULL, test_store_result, &result);
  ttecomm_purchase_stop (buyer->purchase);
  n_changed = buyer->n_changed;
  test_await (&result);
  g_assert_false (ttecomm_purchase_quote_finish (buyer->purchase, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (buyer->n_changed, ==, n_changed);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_FILLED);
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "purchase", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  /* rules: S21 */
  add (harness, "paid", test_paid);
  add (harness, "stopped-while-quoting", test_stopped_while_quoting);
  add (harness, "two-services-at-once", test_two_services_at_once);
  /* rules: S87 */
  add (harness, "cancelled-in-the-browser", test_cancelled_in_the_browser);
  add (harness, "cancelled-on-the-page", test_cancelled_on_the_page);
  /* rules: S87 */
  add (harness, "cancelled-too-late", test_cancelled_too_late);
  /* rules: S88 */
  add (harness, "declined", test_declined);
  add (harness, "nobody-paid-in-time", test_nobody_paid_in_time);
  add (harness, "checkout-page-once-more", test_checkout_page_once_more);
  add (harness, "the-day-has-changed", test_the_day_has_changed);
  add (harness, "terms-not-accepted", test_terms_not_accepted);
  add (harness, "a-changed-basket-has-no-quote", test_a_changed_basket_has_no_quote);
  add (harness, "paid-twice-at-once", test_paid_twice_at_once);
  add (harness, "the-basket-is-closed-meanwhile", test_the_basket_is_closed_meanwhile);
  add (harness, "nothing-to-do", test_nothing_to_do);
  add (harness, "the-question-is-cancelled", test_the_question_is_cancelled);
  add (harness, "no-price", test_no_price);
}

HARNESS_MAIN (register_tests)
