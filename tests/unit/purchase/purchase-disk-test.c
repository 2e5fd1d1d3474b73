/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include "tests/harness/harness.h"
#include "tests/support/disk-faults.h"
#include "tests/unit/purchase/buyer.h"

/* A person pays, and the disk fails at any call of writing the order down. */

static Buyer *
prepare (Shop *shop, ShopCustomer *customer, const char *folder)
{
  Buyer *buyer = buyer_of_customer (shop, customer, folder);

  buyer_add (buyer, "RS");
  buyer_quote (buyer);
  buyer_accept (buyer);
  return buyer;
}

/* Not written down, it is not sent: not now, and not by the next start either. */
static void
assert_not_ordered (Shop *shop, ShopCustomer *customer, const char *folder)
{
  g_autoptr (Buyer) next = buyer_of_customer (shop, customer, folder);

  g_assert_cmpuint (buyer_count_records (folder), ==, 0);
  g_assert_cmpuint (ttecomm_purchase_recover (next->purchase), ==, 0);
  g_assert_cmpint (buyer_get_state (next), ==, TTECOMM_PURCHASE_EMPTY);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 0);
}

static void
test_not_written_not_sent (void)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  guint n_refused = 0;

  for (guint nth = 1; nth < 20; nth++)
    {
      const char *folder = harness_tmpdir ();
      g_autoptr (Buyer) buyer = prepare (shop, customer, folder);
      g_autoptr (GError) error = NULL;

      disk_faults_arm (nth, DISK_FAILS, EIO);
      error = buyer_try_pay (buyer);
      disk_faults_disarm ();
      g_test_message ("call %u: %s", nth, error != NULL ? error->message : "ordered");
      if (error == NULL)
        break;
      g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_RECORD);
      assert_not_ordered (shop, customer, folder);
      n_refused++;
    }
  /* A file made, locked, written, made durable, renamed, its folder made durable. */
  g_assert_cmpuint (n_refused, >=, 6);
  g_assert_cmpuint (n_refused, <, 19);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 1);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "purchase-disk", "not-written-not-sent", test_not_written_not_sent);
}

HARNESS_MAIN (register_tests)
