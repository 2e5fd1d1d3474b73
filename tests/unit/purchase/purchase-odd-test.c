/* SPDX-License-Identifier: MIT */
/* A TTcloud whose answers do not agree with each other: nothing is bought, and nobody is pestered.
 */
#include "plugin/purchase/purchase.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"
#include "tests/unit/ttcloud/objects-samples.h"

#define PATIENCE 60000
#define LIST "GET /v1/orders?state=pending"
#define STATE "GET /v1/orders/order-1"

typedef struct
{
  CloudFixture cloud;
  TtecommPurchase *purchase; /* (owned) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  cloud_fixture_set_up (&self->cloud, NULL);
  cloud_fixture_restore (&self->cloud, TRUE);
  self->purchase
      = ttecomm_purchase_new (self->cloud.client, test_server_get_origin (self->cloud.server),
                              "acct-1", harness_tmpdir ());
  ttecomm_purchase_set_pace (self->purchase, 1);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ttecomm_purchase_stop (self->purchase);
  g_clear_object (&self->purchase);
  cloud_fixture_tear_down (&self->cloud, NULL);
}

static gboolean
was_refused (gpointer data)
{
  g_autoptr (TtecommPurchaseView) view = ttecomm_purchase_get_view (data);

  return view->error != NULL;
}

/* As long as so many questions and answers take. */
static void
let_pass (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (TtecommCatalogue) catalogue = NULL;

      ttecomm_client_catalogue_async (self->cloud.client, &TTECOMM_LIMITS_ORDINARY, NULL,
                                      test_store_result, &result);
      test_await (&result);
      catalogue = ttecomm_client_catalogue_finish (self->cloud.client, result, NULL);
    }
}

/* The number of an order that is listed is not known: it is not looked for again and again. */
static void
test_listed_and_not_known (Fixture *self, gconstpointer data)
{
  static const char listed[]
      = "{\"server_today\":\"2026-09-18\",\"orders\":[" SAMPLE_ORDER (CLOUD_WEB, "order-1",
                                                                      "key-of-order-1",
                                                                      "pending") "]}";
  static const char unknown[] = "{\"type\":\"urn:ttecomm:problem:not_found\",\"title\":\"No\","
                                "\"status\":404,\"server_today\":\"2026-09-18\"}";
  const CloudAnswer answers[] = { { "/v1/orders?state=pending", 200, NULL, listed, 1000, FALSE },
                                  { "/v1/orders/order-1", 404, NULL, unknown, 1000, FALSE },
                                  { 0 } };
  g_autoptr (TtecommPurchaseView) view = NULL;

  cloud_fixture_set_answers (&self->cloud, answers);
  g_assert_cmpuint (ttecomm_purchase_recover (self->purchase), ==, 0);
  g_assert_true (harness_wait_until (was_refused, self->purchase, PATIENCE));
  let_pass (self, 10);
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, LIST), ==, 1);
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, STATE), ==, 1);
  view = ttecomm_purchase_get_view (self->purchase);
  g_assert_cmpint (view->state, ==, TTECOMM_PURCHASE_FILLED);
  g_assert_error (view->error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
}

static gboolean
is_waiting (gpointer data)
{
  g_autoptr (TtecommPurchaseView) view = ttecomm_purchase_get_view (data);

  return view->state == TTECOMM_PURCHASE_WAITING;
}

/* An order is found while a price is being asked for, whichever answer comes first: it is offered,
 * and what was put into the basket is kept. */
static void
test_found_while_quoting (Fixture *self, gconstpointer data)
{
  static const char order[] = SAMPLE_ORDER (CLOUD_WEB, "order-1", "key-of-order-1", "pending");
  static const char listed[]
      = "{\"server_today\":\"2026-09-18\",\"orders\":[" SAMPLE_ORDER (CLOUD_WEB, "order-1",
                                                                      "key-of-order-1",
                                                                      "pending") "]}";
  const CloudAnswer answers[] = { { "/v1/orders?state=pending", 200, NULL, listed, 1000, FALSE },
                                  { "/v1/orders/order-1", 200, NULL, order, 1, FALSE },
                                  { "/v1/orders/order-1", 200, NULL, NULL, 1000, TRUE },
                                  { 0 } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TtecommPurchaseView) view = NULL;

  cloud_fixture_set_answers (&self->cloud, answers);
  g_assert_true (ttecomm_purchase_add (self->purchase, "inst-9", "VC", NULL));
  g_assert_cmpuint (ttecomm_purchase_recover (self->purchase), ==, 0);
  ttecomm_purchase_quote_async (self->purchase, NULL, test_store_result, &result);
  test_await (&result);
  g_assert_false (ttecomm_purchase_quote_finish (self->purchase, result, NULL));
  g_assert_true (harness_wait_until (is_waiting, self->purchase, PATIENCE));
  view = ttecomm_purchase_get_view (self->purchase);
  g_assert_true (view->found);
  g_assert_cmpstr (view->order->id, ==, "order-1");
}

/* What answers a Cancel under the right number is another order by its key: it ends nothing here.
 */
static void
test_cancel_answered_with_another (Fixture *self, gconstpointer data)
{
  static const char order[] = SAMPLE_ORDER (CLOUD_WEB, "order-1", "key-of-order-1", "pending");
  static const char another[] = SAMPLE_ORDER (CLOUD_WEB, "order-1", "key-of-order-2", "cancelled");
  static const char listed[]
      = "{\"server_today\":\"2026-09-18\",\"orders\":[" SAMPLE_ORDER (CLOUD_WEB, "order-1",
                                                                      "key-of-order-1",
                                                                      "pending") "]}";
  const CloudAnswer answers[] = { { "/v1/orders?state=pending", 200, NULL, listed, 1000, FALSE },
                                  { "/v1/orders/order-1/cancel", 200, NULL, another, 1, FALSE },
                                  { "/v1/orders/order-1", 200, NULL, order, 1, FALSE },
                                  { "/v1/orders/order-1", 200, NULL, NULL, 1000, TRUE },
                                  { 0 } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TtecommPurchaseView) view = NULL;
  g_autoptr (GError) error = NULL;

  cloud_fixture_set_answers (&self->cloud, answers);
  g_assert_cmpuint (ttecomm_purchase_recover (self->purchase), ==, 0);
  g_assert_true (harness_wait_until (is_waiting, self->purchase, PATIENCE));
  ttecomm_purchase_cancel_async (self->purchase, test_store_result, &result);
  test_await (&result);
  g_assert_true (ttecomm_purchase_cancel_finish (self->purchase, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, "POST /v1/orders/order-1/cancel"), ==, 1);
  view = ttecomm_purchase_get_view (self->purchase);
  g_assert_cmpint (view->state, ==, TTECOMM_PURCHASE_WAITING);
  g_assert_cmpint (view->order->state, ==, TTECOMM_ORDER_STATE_PENDING);
}

static void
register_tests (Harness *harness)
{
  harness_add_fixture (harness, "purchase-odd", "listed-and-not-known", Fixture, NULL, set_up,
                       test_listed_and_not_known, tear_down);
  harness_add_fixture (harness, "purchase-odd", "found-while-quoting", Fixture, NULL, set_up,
                       test_found_while_quoting, tear_down);
  harness_add_fixture (harness, "purchase-odd", "cancel-answered-with-another", Fixture, NULL,
                       set_up, test_cancel_answered_with_another, tear_down);
}

HARNESS_MAIN (register_tests)
