/* SPDX-License-Identifier: MIT */
/* What a real TTcloud never answers, and how often it is asked. */
#include <string.h>

#include "plugin/purchase/order-watch.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/cloud-fixture.h"
#include "tests/unit/ttcloud/objects-samples.h"

/* What must happen has this long, in ms; what must not has been seen not to for a moment. */
#define PATIENCE 60000
#define A_MOMENT 50
#define ORDER(id, key, state) SAMPLE_ORDER (CLOUD_WEB, id, key, state)

typedef struct
{
  CloudFixture cloud;
  TtecommOrderWatch *watch; /* (owned) */
  char *key;                /* (owned) of the record */
  guint n_orders;
  guint n_refused;
  guint n_silent;
  GError *error; /* (owned) (nullable) the last one */
  /* Of the silences, monotonic µs: a moment before its pause began, and one after. */
  gint64 before[16];
  gint64 after[16];
} Fixture;

static void
order_cb (TtecommOrderWatch *watch, TtecommOrder *order, Fixture *self)
{
  g_assert_cmpstr (order->key, ==, self->key);
  self->n_orders++;
}

static void
refused_cb (TtecommOrderWatch *watch, const GError *error, Fixture *self)
{
  self->n_refused++;
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static void
silence_cb (TtecommOrderWatch *watch, const GError *error, Fixture *self)
{
  if (self->n_silent < G_N_ELEMENTS (self->after))
    {
      self->before[self->n_silent] = g_source_get_time (g_main_current_source ());
      self->after[self->n_silent] = g_get_monotonic_time ();
    }
  self->n_silent++;
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  cloud_fixture_set_up (&self->cloud, NULL);
  cloud_fixture_restore (&self->cloud, TRUE);
  self->key = ttecomm_order_record_derive_key ("acct-1", "quote-0001");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ttecomm_order_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_error (&self->error);
  g_free (self->key);
  cloud_fixture_tear_down (&self->cloud, NULL);
}

/* @order_id: (nullable): as after the first answer */
static void
make_watch (Fixture *self, const char *order_id, guint second_ms)
{
  TtecommOrderRecord *record
      = ttecomm_order_record_new (test_server_get_origin (self->cloud.server), "acct-1",
                                  "quote-0001");

  g_ptr_array_add (record->lines, ttecomm_basket_line_new ("inst-1", "RS"));
  g_free (record->key);
  record->key = g_strdup (self->key);
  record->terms = g_strdup ("2026-01");
  record->order_id = g_strdup (order_id);
  self->watch = ttecomm_order_watch_new (self->cloud.client, record, second_ms);
  g_signal_connect (self->watch, "order", G_CALLBACK (order_cb), self);
  g_signal_connect (self->watch, "refused", G_CALLBACK (refused_cb), self);
  g_signal_connect (self->watch, "silence", G_CALLBACK (silence_cb), self);
}

static void
begin (Fixture *self, const char *order_id, guint second_ms)
{
  make_watch (self, order_id, second_ms);
  ttecomm_order_watch_nudge (self->watch);
}

typedef struct
{
  guint *count;
  guint n;
} Count;

static gboolean
has_count (gpointer data)
{
  const Count *count = data;

  return *count->count >= count->n;
}

static void
await (guint *counter, guint n)
{
  Count count = { counter, n };

  g_assert_true (harness_wait_until (has_count, &count, PATIENCE));
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

static void
let_pass (guint ms)
{
  g_assert_false (harness_wait_until (never, NULL, ms));
}

/* -- answers that are not this order's -- */

static void
test_another_key (Fixture *self, gconstpointer data)
{
  const CloudAnswer answers[]
      = { { "/v1/orders", 201, NULL, ORDER ("order-1", "key-of-another", "paid"), 100, FALSE },
          { 0 } };
  g_autofree char *header = g_strdup_printf ("\r\nIdempotency-Key: %s\r\n", self->key);

  cloud_fixture_set_answers (&self->cloud, answers);
  begin (self, NULL, 1);
  await (&self->n_silent, 3);
  g_assert_error (self->error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
  g_assert_cmpuint (self->n_orders, ==, 0);
  g_assert_cmpuint (self->n_refused, ==, 0);
  for (guint i = 0; i < test_server_get_n_requests (self->cloud.server); i++)
    {
      g_autofree char *request = test_server_get_request (self->cloud.server, i);

      g_assert_true (g_str_has_prefix (request, "POST /v1/orders "));
      g_assert_nonnull (strstr (request, header));
    }
}

static void
test_another_key_later (Fixture *self, gconstpointer data)
{
  const CloudAnswer answers[]
      = { { "/v1/orders/", 200, NULL, ORDER ("order-1", "key-of-another", "paid"), 100, FALSE },
          { 0 } };

  cloud_fixture_set_answers (&self->cloud, answers);
  begin (self, "order-1", 1);
  await (&self->n_silent, 2);
  g_assert_error (self->error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
  g_assert_cmpuint (self->n_orders, ==, 0);
}

static void
test_another_order (Fixture *self, gconstpointer data)
{
  g_autofree char *body = g_strdup_printf (ORDER ("order-2", "%s", "paid"), self->key);
  const CloudAnswer answers[] = { { "/v1/orders/", 200, NULL, body, 100, FALSE }, { 0 } };

  cloud_fixture_set_answers (&self->cloud, answers);
  begin (self, "order-1", 1);
  await (&self->n_silent, 2);
  g_assert_error (self->error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
  g_assert_cmpuint (self->n_orders, ==, 0);
}

/* A checkout page elsewhere is never handed on; the order is asked for again. */
static void
test_a_foreign_checkout (Fixture *self, gconstpointer data)
{
  g_autofree char *body
      = g_strdup_printf (SAMPLE_ORDER ("https://evil.test", "order-1", "%s", "pending"), self->key);
  const CloudAnswer answers[] = { { "/v1/orders", 201, NULL, body, 100, FALSE }, { 0 } };

  cloud_fixture_set_answers (&self->cloud, answers);
  begin (self, NULL, 1);
  await (&self->n_silent, 2);
  g_assert_error (self->error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_FOREIGN_LINK);
  g_assert_cmpuint (self->n_orders, ==, 0);
}

/* -- no -- */

#define PROBLEM(name, status)                                                                      \
  "{\"type\":\"urn:ttecomm:problem:" name "\",\"title\":\"No\",\"status\":" status                 \
  ",\"server_today\":\"2026-09-18\"}"

typedef struct
{
  const char *name;
  const char *order_id; /* (nullable): the order is sent */
  guint status;
  const char *type; /* (nullable) */
  const char *body;
  gboolean is_an_end;
} No;

static const No nos[] = {
  { "quote-changed", NULL, 409, NULL, PROBLEM ("quote_changed", "409"), TRUE },
  { "quote-expired", NULL, 409, NULL, PROBLEM ("quote_expired", "409"), TRUE },
  { "role", NULL, 403, NULL, PROBLEM ("role", "403"), TRUE },
  { "no-such-quote", NULL, 404, NULL, PROBLEM ("not_found", "404"), TRUE },
  { "no-such-order", "order-1", 404, NULL, PROBLEM ("not_found", "404"), TRUE },
  { "too-many", NULL, 429, NULL, PROBLEM ("too_many", "429"), FALSE },
  { "not-signed-in", NULL, 401, NULL, PROBLEM ("not_signed_in", "401"), FALSE },
  { "role-later", "order-1", 403, NULL, PROBLEM ("role", "403"), FALSE },
  { "a-404-of-a-proxy", NULL, 404, "text/html", "<html>no</html>", FALSE },
  { "a-404-of-a-proxy-later", "order-1", 404, "text/html", "<html>no</html>", FALSE },
  { "a-problem-nobody-knows", NULL, 409, NULL, PROBLEM ("tomato", "409"), FALSE },
  { "a-problem-of-another-status", NULL, 404, NULL, PROBLEM ("quote_changed", "409"), FALSE },
};

static void
test_no (Fixture *self, gconstpointer data)
{
  const No *no = data;
  const CloudAnswer answers[]
      = { { "/v1/orders", no->status, no->type, no->body, 1000, FALSE }, { 0 } };
  guint n_requests;

  cloud_fixture_set_answers (&self->cloud, answers);
  begin (self, no->order_id, 1);
  if (!no->is_an_end)
    {
      await (&self->n_silent, 2);
      g_assert_cmpuint (self->n_refused, ==, 0);
      return;
    }
  await (&self->n_refused, 1);
  g_assert_error (self->error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_PROBLEM);
  n_requests = test_server_get_n_requests (self->cloud.server);
  let_pass (A_MOMENT);
  g_assert_cmpuint (test_server_get_n_requests (self->cloud.server), ==, n_requests);
  g_assert_cmpuint (self->n_refused, ==, 1);
  g_assert_cmpuint (self->n_silent, ==, 0);
}

/* -- how often -- */

/* 2, 4, 8 ... 60 "seconds", never faster. */
static void
test_backs_off (Fixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = { { "/v1/orders", 503, "text/plain", "busy", 1000, FALSE }, { 0 } };
  static const guint pauses[] = { 2, 4, 8, 16, 32, 60, 60 };

  cloud_fixture_set_answers (&self->cloud, answers);
  begin (self, NULL, 4);
  await (&self->n_silent, G_N_ELEMENTS (pauses) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    g_assert_cmpint (self->after[i + 1] - self->before[i], >=, pauses[i] * 4 * 1000);
  g_assert_error (self->error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY);
}

/* The first question is answered at once, the next ones may take their time; an answer after a
 * silence ends the pauses. */
static void
test_polls (Fixture *self, gconstpointer data)
{
  g_autofree char *pending = g_strdup_printf (ORDER ("order-1", "%s", "pending"), self->key);
  g_autofree char *paid = g_strdup_printf (ORDER ("order-1", "%s", "paid"), self->key);
  const CloudAnswer answers[] = {
    { "/v1/orders/", 200, NULL, pending, 2, FALSE },
    { "/v1/orders/", 503, "text/plain", "busy", 1, FALSE },
    { "/v1/orders/", 200, NULL, paid, 1, FALSE },
    { 0 },
  };
  guint n_requests;

  cloud_fixture_set_answers (&self->cloud, answers);
  begin (self, "order-1", 2);
  await (&self->n_orders, 3);
  g_assert_cmpuint (self->n_silent, ==, 1);
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, "GET /v1/orders/order-1 "), ==, 1);
  g_assert_cmpuint (cloud_fixture_count (&self->cloud, "GET /v1/orders/order-1?wait=20 "), ==, 3);
  n_requests = test_server_get_n_requests (self->cloud.server);
  let_pass (A_MOMENT);
  g_assert_cmpuint (test_server_get_n_requests (self->cloud.server), ==, n_requests);
}

/* When its time is over it asks no more, until somebody comes back. */
static void
test_gives_up_and_comes_back (Fixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = { { "/v1/orders", 503, "text/plain", "busy", 1000, FALSE }, { 0 } };

  cloud_fixture_set_answers (&self->cloud, answers);
  make_watch (self, NULL, 1);
  ttecomm_order_watch_set_duration (self->watch, 0);
  ttecomm_order_watch_nudge (self->watch);
  await (&self->n_silent, 1);
  let_pass (A_MOMENT);
  g_assert_cmpuint (test_server_get_n_requests (self->cloud.server), ==, 1);
  ttecomm_order_watch_set_duration (self->watch, TTECOMM_ORDER_WATCH_SECONDS * 1000);
  ttecomm_order_watch_nudge (self->watch);
  await (&self->n_silent, 4);
}

static gboolean
has_asked (gpointer data)
{
  return test_server_get_n_requests (((Fixture *)data)->cloud.server) > 0;
}

static void
test_stopped_while_asking (Fixture *self, gconstpointer data)
{
  const CloudAnswer answers[] = { { "/v1/orders", 200, NULL, "", 1, TRUE }, { 0 } };

  cloud_fixture_set_answers (&self->cloud, answers);
  begin (self, NULL, 1);
  g_assert_true (harness_wait_until (has_asked, self, PATIENCE));
  ttecomm_order_watch_stop (self->watch);
  ttecomm_order_watch_nudge (self->watch);
  let_pass (A_MOMENT);
  g_assert_cmpuint (self->n_orders + self->n_refused + self->n_silent, ==, 0);
  g_assert_cmpuint (test_server_get_n_requests (self->cloud.server), ==, 1);
}

static void
add (Harness *harness, const char *name, void (*func) (Fixture *, gconstpointer))
{
  harness_add_fixture (harness, "order-watch", name, Fixture, NULL, set_up, func, tear_down);
}

static void
register_tests (Harness *harness)
{
  add (harness, "another-key", test_another_key);
  add (harness, "another-key-later", test_another_key_later);
  add (harness, "another-order", test_another_order);
  add (harness, "a-foreign-checkout", test_a_foreign_checkout);
  for (guint i = 0; i < G_N_ELEMENTS (nos); i++)
    harness_add_fixture (harness, "order-watch-no", nos[i].name, Fixture, &nos[i], set_up, test_no,
                         tear_down);
  add (harness, "backs-off", test_backs_off);
  add (harness, "polls", test_polls);
  add (harness, "gives-up-and-comes-back", test_gives_up_and_comes_back);
  add (harness, "stopped-while-asking", test_stopped_while_asking);
}

HARNESS_MAIN (register_tests)
