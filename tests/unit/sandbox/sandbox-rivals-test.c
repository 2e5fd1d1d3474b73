/* SPDX-License-Identifier: MIT */
/* Several who want the same: one gets it, nobody pays for nothing. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"
#define JONAS "jonas@example.org"

static const SandboxPersonWishes pays = { .address = "", .expires = "12/99" };

static guint
count_invoices (Site *site)
{
  g_autoptr (Reply) events = site_control (site, "GET", "/sandbox/events", NULL);
  guint n = 0;

  for (const char *at = events->text; (at = strstr (at, "\"purchase_invoice\"")) != NULL; at++)
    n++;
  return n;
}

/* (transfer full): a pending order of one service for the villa */
static Reply *
order_one (Site *site, const char *token, const char *service)
{
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, service);
  g_autofree char *id = site_quote_id (quote);
  Reply *order = site_order (site, token, id);

  g_assert_cmpuint (order->status, ==, 201);
  return order;
}

static Reply *
ask_order (Site *site, const char *token, Reply *order)
{
  g_autofree char *path = g_strconcat ("/v1/orders/", json_text (order->json, "id"), NULL);

  return site_get (site, path, token);
}

/* The own order waits: the same is not ordered twice, neither from a new quote nor from an old one;
 * what else there is can be bought, and after a cancel this, too. */
static void
test_an_account_waits_once (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) old_quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *old_id = site_quote_id (old_quote);
  g_autoptr (Reply) order = order_one (site, token, "RS");
  g_autoptr (Reply) again = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autoptr (Reply) refused = site_order (site, token, old_id);
  g_autoptr (Reply) other = site_quote (site, token, "buy", SITE_VILLA, "VC");
  g_autoptr (Reply) elsewhere = site_quote (site, token, "buy", "site-expired", "RS");
  g_autofree char *cancel
      = g_strconcat ("/v1/orders/", json_text (order->json, "id"), "/cancel", NULL);
  g_autoptr (Reply) cancelled = NULL;
  g_autoptr (Reply) free_again = NULL;

  g_assert_true (json_object_get_null_member (again->json, "quote_id"));
  g_assert_nonnull (strstr (again->text, "\"blockers\":[\"conflict\"]"));
  assert_problem (refused, "quote_changed", 409);
  g_assert_nonnull (strstr (refused->text, "\"blockers\":[\"conflict\"]"));
  g_assert_false (json_object_get_null_member (other->json, "quote_id"));
  g_assert_false (json_object_get_null_member (elsewhere->json, "quote_id"));
  cancelled = site_send (site, "POST", cancel,
                         &(SiteBody){ .token = token, .key = "cancel-it", .json = "{}" });
  g_assert_cmpuint (cancelled->status, ==, 200);
  free_again = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_assert_false (json_object_get_null_member (free_again->json, "quote_id"));
}

/* Two accounts order; who pays first has it, the other is told before the card is asked for. */
static void
test_who_pays_first_has_it (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *mara = site_sign_in (site, MARA);
  g_autofree char *jonas = site_sign_in (site, JONAS);
  g_autoptr (Reply) one = order_one (site, mara, "RS");
  g_autoptr (Reply) two = order_one (site, jonas, "RS");
  g_autoptr (Reply) untouched = order_one (site, jonas, "VC");
  g_autoptr (Reply) won = NULL;
  g_autoptr (Reply) lost = NULL;
  g_autoptr (Reply) still = NULL;
  g_autoptr (Reply) page = NULL;

  g_assert_true (site_browse (site, json_text (one->json, "checkout_url"), &pays));
  won = ask_order (site, mara, one);
  lost = ask_order (site, jonas, two);
  still = ask_order (site, jonas, untouched);
  g_assert_cmpstr (json_text (won->json, "state"), ==, "paid");
  g_assert_cmpstr (json_text (lost->json, "state"), ==, "failed");
  g_assert_cmpstr (json_text (lost->json, "reason"), ==, "already_subscribed");
  g_assert_true (json_object_get_null_member (lost->json, "checkout_url"));
  g_assert_cmpstr (json_text (still->json, "state"), ==, "pending");
  page = site_get (site, json_text (two->json, "checkout_url"), NULL);
  g_assert_nonnull (strstr (page->text, "Nothing was charged"));
  g_assert_false (site_browse (site, json_text (two->json, "checkout_url"), &pays));
  g_assert_cmpuint (count_invoices (site), ==, 1);
}

/* One line of several is enough: an order is paid whole or not at all. */
static void
test_one_line_of_several_is_lost (void)
{
  static const char lines[]
      = "{\"lines\":[{\"action\":\"buy\",\"installation\":\"" SITE_VILLA "\",\"service\":\"VC\"},"
        "{\"action\":\"buy\",\"installation\":\"site-ending\",\"service\":\"VC\"}]}";
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *mara = site_sign_in (site, MARA);
  g_autofree char *jonas = site_sign_in (site, JONAS);
  g_autoptr (Reply) quote = site_post (site, "/v1/quotes", jonas, lines);
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) both = site_order (site, jonas, id);
  g_autoptr (Reply) lost = NULL;
  g_autoptr (Reply) installation = NULL;

  site_do (site, mara, "buy", SITE_VILLA, "VC");
  lost = ask_order (site, jonas, both);
  g_assert_cmpstr (json_text (lost->json, "reason"), ==, "already_subscribed");
  installation = site_get (site, "/v1/installations/site-ending", jonas);
  g_assert_null (strstr (installation->text, "Jonas Maes"));
  g_assert_cmpuint (count_invoices (site), ==, 1);
}

/* New terms of sale are a new quote; an old one cannot be confirmed with either version. */
static void
test_new_terms_are_a_new_quote (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autofree char *newer
      = g_strdup_printf ("{\"quote_id\":\"%s\",\"accept_terms\":\"2026-10\"}", id);
  g_autoptr (Reply) bad = site_control (site, "POST", "/sandbox/terms", "{\"version\":\"a b\"}");
  g_autoptr (Reply) odd = site_control (site, "POST", "/sandbox/terms", "{\"vers\":\"a\"}");
  g_autoptr (Reply) done
      = site_control (site, "POST", "/sandbox/terms", "{\"version\":\"2026-10\"}");
  g_autoptr (Reply) as_shown = site_order (site, token, id);
  g_autoptr (Reply) as_now
      = site_send (site, "POST", "/v1/orders",
                   &(SiteBody){ .token = token, .key = "key-12345", .json = newer });

  assert_problem (bad, "invalid", 400);
  assert_problem (odd, "invalid", 400);
  g_assert_cmpuint (done->status, ==, 200);
  assert_problem (as_shown, "quote_changed", 409);
  assert_problem (as_now, "invalid", 400);
}

/* The key stands for the PO reference as well. */
static void
test_the_key_stands_for_the_po (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autofree char *key = g_strconcat ("key-", id, NULL);
  g_autoptr (Reply) first = site_order (site, token, id);
  const char *const others[]
      = { "", ",\"po_reference\":\"PO 8\"", ",\"po_reference\":\"\"", ",\"po_reference\":null" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *json
          = g_strdup_printf ("{\"quote_id\":\"%s\",\"accept_terms\":\"2026-09\"%s}", id, others[i]);
      g_autoptr (Reply) other = site_send (site, "POST", "/v1/orders",
                                           &(SiteBody){ .token = token, .key = key, .json = json });

      assert_problem (other, "idempotency_conflict", 409);
    }
  {
    g_autoptr (Reply) same = site_order (site, token, id);

    g_assert_cmpuint (same->status, ==, 200);
    g_assert_cmpstr (json_text (same->json, "po_reference"), ==, "PO 7");
    g_assert_cmpstr (json_text (same->json, "id"), ==, json_text (first->json, "id"));
  }
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    GTestFunc func;
  } tests[] = {
    { "an-account-waits-once", test_an_account_waits_once },
    { "who-pays-first-has-it", test_who_pays_first_has_it },
    { "one-line-of-several-is-lost", test_one_line_of_several_is_lost },
    { "new-terms-are-a-new-quote", test_new_terms_are_a_new_quote },
    { "the-key-stands-for-the-po", test_the_key_stands_for_the_po },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add (harness, "sandbox-rivals", tests[i].name, tests[i].func);
}

HARNESS_MAIN (register_tests)
