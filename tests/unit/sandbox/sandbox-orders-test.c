/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

static const SandboxPersonWishes pays = { .address = "", .expires = "12/99" };

static Reply *
order_with (Site *site, const char *token, const char *key, const char *quote, const char *terms)
{
  g_autofree char *json
      = g_strdup_printf ("{\"quote_id\":\"%s\",\"accept_terms\":\"%s\"}", quote, terms);

  return site_send (site, "POST", "/v1/orders",
                    &(SiteBody){ .token = token, .key = key, .json = json });
}

static void
test_an_order_is_paid (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);
  g_autofree char *path = NULL;
  g_autoptr (Reply) paid = NULL;
  g_autoptr (Reply) list = NULL;
  g_autoptr (Reply) installation = NULL;

  g_assert_cmpuint (order->status, ==, 201);
  g_assert_cmpstr (json_text (order->json, "state"), ==, "pending");
  g_assert_true (g_str_has_prefix (json_text (order->json, "checkout_url"),
                                   ttecomm_sandbox_get_web_url (site->sandbox)));
  g_assert_true (site_browse (site, json_text (order->json, "checkout_url"), &pays));
  path = g_strconcat ("/v1/orders/", json_text (order->json, "id"), NULL);
  paid = site_get (site, path, token);
  g_assert_cmpstr (json_text (paid->json, "state"), ==, "paid");
  g_assert_cmpstr (json_text (paid->json, "invoice"), ==, "SBX-2026-000001");
  g_assert_cmpstr (json_text (paid->json, "po_reference"), ==, "PO 7");
  g_assert_true (json_object_get_null_member (paid->json, "checkout_url"));
  list = site_get (site, "/v1/orders?state=paid", token);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (list->json, "orders")), ==,
                    1);
  installation = site_get (site, "/v1/installations/" SITE_VILLA, token);
  g_assert_nonnull (strstr (installation->text, "\"state\":\"active\""));
}

/* Payments of one day share an invoice (S61). */
static void
test_orders_of_a_day_share_an_invoice (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) list = NULL;
  JsonArray *orders;

  site_do (site, token, "buy", SITE_VILLA, "RS");
  site_do (site, token, "buy", SITE_VILLA, "VC");
  list = site_get (site, "/v1/orders?state=paid", token);
  orders = json_object_get_array_member (list->json, "orders");
  g_assert_cmpuint (json_array_get_length (orders), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (json_text (json_array_get_object_element (orders, i), "invoice"), ==,
                     "SBX-2026-000001");
}

static void
test_the_key_decides (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) first = order_with (site, token, "the-key-1", id, "2026-09");
  g_autoptr (Reply) again = order_with (site, token, "the-key-1", id, "2026-09");
  g_autoptr (Reply) other_body = order_with (site, token, "the-key-1", id, "2025-01");
  g_autoptr (Reply) other_key = order_with (site, token, "the-key-2", id, "2026-09");
  g_autoptr (Reply) advance = NULL;
  g_autoptr (Reply) for_ever = NULL;

  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (json_text (again->json, "id"), ==, json_text (first->json, "id"));
  assert_problem (other_body, "idempotency_conflict", 409);
  assert_problem (other_key, "conflict", 409);
  advance = site_advance (site, "2027-06-01");
  for_ever = order_with (site, token, "the-key-1", id, "2026-09");
  g_assert_cmpuint (for_ever->status, ==, 200);
  g_assert_cmpstr (json_text (for_ever->json, "state"), ==, "expired");
}

/* Two of the same at once: one order. */
static void
test_concurrent_duplicates (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autofree char *json
      = g_strdup_printf ("{\"quote_id\":\"%s\",\"accept_terms\":\"2026-09\"}", id);
  const SiteBody same = { .token = token, .key = "same-key-1", .json = json };
  const SiteBody other = { .token = token, .key = "other-key-1", .json = json };
  SiteCall *calls[6];
  guint made = 0;
  guint repeated = 0;
  guint refused = 0;
  g_autoptr (Reply) list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = site_begin (site, "POST", "/v1/orders", i < 4 ? &same : &other);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (Reply) reply = site_finish (calls[i]);

      made += reply->status == 201;
      repeated += reply->status == 200;
      refused += reply->status == 409;
    }
  g_assert_cmpuint (made, ==, 1);
  g_assert_cmpuint (repeated + refused, ==, 5);
  list = site_get (site, "/v1/orders?state=pending", token);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (list->json, "orders")), ==,
                    1);
}

static void
test_refused_orders (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *mara = site_sign_in (site, MARA);
  g_autofree char *jonas = site_sign_in (site, "jonas@example.org");
  g_autoptr (Reply) quote = site_quote (site, mara, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autofree char *json
      = g_strdup_printf ("{\"quote_id\":\"%s\",\"accept_terms\":\"2026-09\"}", id);
  g_autofree char *more
      = g_strdup_printf ("{\"quote_id\":\"%s\",\"accept_terms\":\"2026-09\",\"price\":1}", id);
  g_autoptr (Reply) no_key = site_post (site, "/v1/orders", mara, json);
  g_autoptr (Reply) short_key = order_with (site, mara, "short", id, "2026-09");
  g_autoptr (Reply) odd_key = order_with (site, mara, "a key with spaces", id, "2026-09");
  g_autoptr (Reply) other = order_with (site, jonas, "key-12345", id, "2026-09");
  g_autoptr (Reply) unknown = order_with (site, mara, "key-12345", "q-unknown", "2026-09");
  g_autoptr (Reply) terms = order_with (site, mara, "key-12345", id, "2025-01");
  g_autoptr (Reply) member
      = site_send (site, "POST", "/v1/orders",
                   &(SiteBody){ .token = mara, .key = "key-12345", .json = more });

  assert_problem (no_key, "invalid", 400);
  assert_problem (short_key, "invalid", 400);
  assert_problem (odd_key, "invalid", 400);
  assert_problem (other, "not_found", 404);
  assert_problem (unknown, "not_found", 404);
  assert_problem (terms, "invalid", 400);
  assert_problem (member, "invalid", 400);
}

/* A quote is good on its day, and only while it would still come out the same. */
static void
test_quotes_go_stale (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *mara = site_sign_in (site, MARA);
  g_autofree char *jonas = site_sign_in (site, "jonas@example.org");
  g_autoptr (Reply) quote = site_quote (site, mara, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) changed = NULL;
  g_autoptr (Reply) late_quote = NULL;
  g_autofree char *late_id = NULL;
  g_autoptr (Reply) advance = NULL;
  g_autoptr (Reply) late = NULL;
  g_autofree char *blockers = NULL;

  site_do (site, jonas, "buy", SITE_VILLA, "RS");
  changed = site_order (site, mara, id);
  assert_problem (changed, "quote_changed", 409);
  blockers = json_blockers (changed->json);
  g_assert_cmpstr (blockers, ==, "already_subscribed");
  late_quote = site_quote (site, mara, "buy", SITE_VILLA, "VC");
  late_id = site_quote_id (late_quote);
  advance = site_advance (site, "2026-09-19");
  late = site_order (site, mara, late_id);
  assert_problem (late, "quote_expired", 409);
}

/* The installation is disconnected, or the role is taken away, between quote and order. */
static void
test_what_changes_a_quote (void)
{
  static const char *const changes[] = {
    "{\"id\":\"" SITE_VILLA "\",\"connected\":false}",
    "{\"id\":\"" SITE_VILLA "\",\"prosoft\":\"3.7.2.9\"}",
    "{\"id\":\"" SITE_VILLA "\",\"people\":[{\"email\":\"mara@example.org\",\"role\":\"user\"}]}",
    "{\"id\":\"" SITE_VILLA "\",\"people\":[]}",
  };
  static const char *const why[] = { "not_connected", "prosoft_too_old", "role", "not_found" };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
      g_autofree char *token = site_sign_in (site, MARA);
      g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
      g_autofree char *id = site_quote_id (quote);
      g_autoptr (Reply) change = site_control (site, "POST", "/sandbox/installations", changes[i]);
      g_autoptr (Reply) order = site_order (site, token, id);
      g_autofree char *blockers = NULL;

      g_assert_cmpuint (change->status, ==, 200);
      assert_problem (order, "quote_changed", 409);
      blockers = json_blockers (order->json);
      g_assert_cmpstr (blockers, ==, why[i]);
    }
}

static void
test_orders_expire_after_half_an_hour (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);
  g_autofree char *path = g_strconcat ("/v1/orders/", json_text (order->json, "id"), NULL);
  g_autofree char *later = NULL;
  g_autoptr (Reply) before = NULL;
  g_autoptr (Reply) after = NULL;

  ttecomm_fake_clock_advance (site->clock, 30 * 60 - 1);
  later = site_sign_in (site, MARA);
  before = site_get (site, path, later);
  g_assert_cmpstr (json_text (before->json, "state"), ==, "pending");
  ttecomm_fake_clock_advance (site->clock, 1);
  after = site_get (site, path, later);
  g_assert_cmpstr (json_text (after->json, "state"), ==, "expired");
  g_assert_cmpstr (json_text (after->json, "reason"), ==, "timed_out");
  g_assert_false (site_browse (site, json_text (order->json, "checkout_url"), &pays));
}

static void
test_orders_are_cancelled (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *mara = site_sign_in (site, MARA);
  g_autofree char *jonas = site_sign_in (site, "jonas@example.org");
  g_autoptr (Reply) quote = site_quote (site, mara, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, mara, id);
  g_autofree char *path
      = g_strconcat ("/v1/orders/", json_text (order->json, "id"), "/cancel", NULL);
  const SiteBody body = { .token = mara, .key = "cancel-key-1" };
  const SiteBody another = { .token = mara, .key = "cancel-key-2" };
  g_autoptr (Reply) keyless = site_send (site, "POST", path, &(SiteBody){ .token = mara });
  g_autoptr (Reply) foreign
      = site_send (site, "POST", path, &(SiteBody){ .token = jonas, .key = "cancel-key-1" });
  g_autoptr (Reply) cancelled = site_send (site, "POST", path, &body);
  g_autoptr (Reply) again = site_send (site, "POST", path, &body);
  g_autoptr (Reply) over = site_send (site, "POST", path, &another);

  assert_problem (keyless, "invalid", 400);
  assert_problem (foreign, "not_found", 404);
  g_assert_cmpuint (cancelled->status, ==, 200);
  g_assert_cmpstr (json_text (cancelled->json, "state"), ==, "cancelled");
  g_assert_cmpuint (again->status, ==, 200);
  assert_problem (over, "conflict", 409);
  g_assert_false (site_browse (site, json_text (order->json, "checkout_url"), &pays));
}

/* -- long polls -- */

static void
test_a_long_poll_ends_with_the_payment (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);
  g_autofree char *path
      = g_strconcat ("/v1/orders/", json_text (order->json, "id"), "?wait=25", NULL);
  SiteCall *first = site_begin (site, "GET", path, &(SiteBody){ .token = token });
  SiteCall *second = site_begin (site, "GET", path, &(SiteBody){ .token = token });
  SiteCall *gone = site_begin (site, "GET", path, &(SiteBody){ .token = token });
  g_autoptr (Reply) other = site_get (site, "/v1/account", token);
  gint64 started = g_get_monotonic_time ();
  g_autoptr (Reply) answer = NULL;
  g_autoptr (Reply) same = NULL;
  g_autoptr (Reply) given_up = NULL;

  g_assert_cmpuint (other->status, ==, 200);
  g_assert_false (site_is_done (first));
  site_cancel (gone);
  given_up = site_finish (gone);
  g_assert_error (given_up->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (site_browse (site, json_text (order->json, "checkout_url"), &pays));
  answer = site_finish (first);
  same = site_finish (second);
  g_assert_cmpstr (json_text (answer->json, "state"), ==, "paid");
  g_assert_cmpstr (json_text (same->json, "state"), ==, "paid");
  g_assert_cmpint (g_get_monotonic_time () - started, <, 20 * G_USEC_PER_SEC);
}

static void
test_a_long_poll_ends_by_itself (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);
  g_autofree char *path
      = g_strconcat ("/v1/orders/", json_text (order->json, "id"), "?wait=1", NULL);
  g_autofree char *bad
      = g_strconcat ("/v1/orders/", json_text (order->json, "id"), "?wait=26", NULL);
  g_autoptr (Reply) answer = site_get (site, path, token);
  g_autoptr (Reply) refused = site_get (site, bad, token);

  g_assert_cmpstr (json_text (answer->json, "state"), ==, "pending");
  assert_problem (refused, "invalid", 400);
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    GTestFunc func;
  } tests[] = {
    /* rules: S21 S41 S51 */
    { "an-order-is-paid", test_an_order_is_paid },
    /* rules: S61 */
    { "orders-of-a-day-share-an-invoice", test_orders_of_a_day_share_an_invoice },
    { "the-key-decides", test_the_key_decides },
    { "concurrent-duplicates", test_concurrent_duplicates },
    { "refused-orders", test_refused_orders },
    { "quotes-go-stale", test_quotes_go_stale },
    /* rules: S2 S4 */
    { "what-changes-a-quote", test_what_changes_a_quote },
    { "orders-expire-after-half-an-hour", test_orders_expire_after_half_an_hour },
    /* rules: S87 */
    { "orders-are-cancelled", test_orders_are_cancelled },
    { "a-long-poll-ends-with-the-payment", test_a_long_poll_ends_with_the_payment },
    { "a-long-poll-ends-by-itself", test_a_long_poll_ends_by_itself },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add (harness, "sandbox-orders", tests[i].name, tests[i].func);
}

HARNESS_MAIN (register_tests)
