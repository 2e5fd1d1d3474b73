/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include "tests/harness/harness.h"
#include "tests/support/disk-faults.h"
#include "tests/unit/purchase/buyer.h"

/* A person pays, and the disk fails at any call of writing the order down: either that is said and
 * nothing is sent, or it is sent once, whatever happens to the host afterwards. */

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

/* The host died at once and starts again: it is the same order. */
static Buyer *
find_order (Shop *shop, ShopCustomer *customer, const char *folder)
{
  Buyer *next = buyer_of_customer (shop, customer, folder);

  g_assert_cmpuint (buyer_count_records (folder), ==, 1);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 1);
  g_assert_cmpuint (ttecomm_purchase_recover (next->purchase), ==, 0);
  buyer_await_state (next, TTECOMM_PURCHASE_WAITING);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 1);
  return next;
}

static void
assert_bought_once (Shop *shop, ShopCustomer *customer, Buyer *next, const char *folder)
{
  g_assert_true (ttecomm_purchase_open_checkout (next->purchase, NULL));
  shop_pay (next->opened);
  buyer_await_state (next, TTECOMM_PURCHASE_PAID);
  g_assert_cmpuint (shop_customer_count_all_orders (customer), ==, 1);
  g_assert_cmpuint (shop_count_events (shop, "purchase_invoice"), ==, 1);
  g_assert_cmpuint (buyer_count_records (folder), ==, 0);
}

/* Returns whether there was an @nth call. */
static gboolean
pay_and_fail (guint nth, DiskFault fault, int code, guint *n_refused)
{
  g_autoptr (Shop) shop = shop_new ();
  g_autoptr (ShopCustomer) customer = shop_customer_new (shop, SHOP_MARA);
  const char *folder = harness_tmpdir ();
  Buyer *buyer = prepare (shop, customer, folder);
  g_autoptr (GError) error = NULL;
  gboolean reached;

  disk_faults_arm (nth, fault, code);
  error = buyer_try_pay (buyer);
  reached = disk_faults_disarm () >= nth;
  g_test_message ("call %u: %s", nth, error != NULL ? error->message : "ordered");
  buyer_crash (buyer);
  if (error == NULL)
    {
      g_autoptr (Buyer) next = find_order (shop, customer, folder);

      if (!reached)
        assert_bought_once (shop, customer, next, folder);
      return reached;
    }
  g_assert_error (error, TTECOMM_PURCHASE_ERROR, TTECOMM_PURCHASE_ERROR_RECORD);
  assert_not_ordered (shop, customer, folder);
  (*n_refused)++;
  return reached;
}

typedef struct
{
  const char *name;
  DiskFault fault;
  int code;
  guint first; /* then every second call: half of them in one test, to keep it short */
} Trouble;

static const Trouble troubles[] = {
  { "failing-odd", DISK_FAILS, EIO, 1 },
  { "failing-even", DISK_FAILS, EIO, 2 },
  { "full-odd", DISK_IS_FULL, ENOSPC, 1 },
  { "full-even", DISK_IS_FULL, ENOSPC, 2 },
};

static void
test_trouble (gconstpointer data)
{
  const Trouble *trouble = data;
  guint n_refused = 0, nth = trouble->first;

  while (nth < 40 && pay_and_fail (nth, trouble->fault, trouble->code, &n_refused))
    nth += 2;
  /* Before it goes out: a file made, locked, written, made durable, renamed. */
  g_assert_cmpuint (n_refused, >=, 2);
  g_assert_cmpuint (nth, <, 40);
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    harness_add_full (harness, "purchase-disk", troubles[i].name, test_trouble,
                      (gpointer)&troubles[i], NULL);
}

HARNESS_MAIN (register_tests)
