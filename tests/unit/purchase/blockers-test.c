/* SPDX-License-Identifier: MIT */
/* What stands in the way of buying is no error: it is shown, and nothing can be ordered. */
#include "tests/harness/harness.h"
#include "tests/support/http-server.h"
#include "tests/unit/purchase/buyer.h"

typedef struct
{
  const char *name;
  const char *who;
  const char *installation;
  const char *service;
  TtecommBlockers blocker;
} Row;

static const Row rows[] = {
  /* rules: H6 */
  { "role-user", "tom@example.org", SHOP_VILLA, "RS", TTECOMM_BLOCKER_ROLE },
  { "role-unknown", SHOP_MARA, "site-unknown-role", "RS", TTECOMM_BLOCKER_ROLE },
  /* rules: S4 */
  { "not-connected", SHOP_MARA, "site-offline", "RS", TTECOMM_BLOCKER_NOT_CONNECTED },
  /* rules: S2 */
  { "prosoft-too-old", SHOP_MARA, "site-old-prosoft", "RS", TTECOMM_BLOCKER_PROSOFT_TOO_OLD },
  /* rules: S1 S31 */
  { "account-incomplete", "nina@example.org", SHOP_VILLA, "RS",
    TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE },
  /* rules: S16 */
  { "already-subscribed", SHOP_MARA, "site-active", "RS", TTECOMM_BLOCKER_ALREADY_SUBSCRIBED },
  { "no-such-installation", SHOP_MARA, "site-nowhere", "RS", TTECOMM_BLOCKER_NOT_FOUND },
};

static void
test_blocked (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, row->who);
  const char *folder = harness_tmpdir ();
  g_autoptr (Buyer) buyer = buyer_of_customer (shop, customer, folder);
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;
  TtecommBlockers blockers;

  buyer->installation = row->installation;
  buyer_add (buyer, row->service);
  error = buyer_try_quote (buyer);
  g_assert_no_error (error);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_BLOCKED);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_null (view->error);
  g_assert_null (view->quote->quote_id);
  blockers = view->quote->blockers;
  for (guint i = 0; i < view->quote->lines->len; i++)
    blockers |= ((TtecommQuoteLine *)g_ptr_array_index (view->quote->lines, i))->blockers;
  g_assert_cmphex (blockers & row->blocker, ==, row->blocker);
  g_assert_false (ttecomm_purchase_accept (buyer->purchase, TRUE, NULL));
  error = buyer_try_pay (buyer);
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_STATE);
  g_assert_cmpuint (buyer_count_records (folder), ==, 0);
  g_assert_cmpuint (buyer->n_opened, ==, 0);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 0);
}

/* S38: a card whose test debit did not go through is asked for again. */
static void
test_card_not_verified (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  g_autoptr (Buyer) buyer = buyer_of_customer (shop, customer, harness_tmpdir ());
  g_autofree char *answer = shop_control (shop, "/sandbox/users",
                                          "{\"email\":\"" SHOP_MARA "\",\"card_verified\":false}");
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;

  buyer_add (buyer, "RS");
  error = buyer_try_quote (buyer);
  g_assert_no_error (error);
  view = ttecomm_purchase_get_view (buyer->purchase);
  g_assert_cmphex (view->quote->blockers & TTECOMM_BLOCKER_CARD_NOT_VERIFIED, !=, 0);
  g_assert_cmpint (view->state, ==, TTECOMM_PURCHASE_BLOCKED);
}

/* One bad line blocks the whole basket; taking it out unblocks the rest. */
static void
test_one_line_of_two (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, "jonas@example.org");
  g_autoptr (Buyer) buyer = buyer_of_customer (shop, customer, harness_tmpdir ());
  g_autoptr (GError) error = NULL;

  buyer->installation = "site-ending";
  buyer_add (buyer, "RS");
  buyer_add (buyer, "VC");
  error = buyer_try_quote (buyer);
  g_assert_no_error (error);
  g_assert_cmpint (buyer_get_state (buyer), ==, TTECOMM_PURCHASE_BLOCKED);
  g_assert_true (ttecomm_purchase_remove (buyer->purchase, buyer->installation, "RS", NULL));
  buyer_quote (buyer);
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    harness_add_full (harness, "blockers", rows[i].name, test_blocked, (gpointer)&rows[i], NULL);
  /* rules: S38 */
  harness_add (harness, "blockers", "card-not-verified", test_card_not_verified);
  harness_add (harness, "blockers", "one-line-of-two", test_one_line_of_two);
}

HARNESS_MAIN (register_tests)
