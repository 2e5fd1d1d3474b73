/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

static const SandboxPersonWishes pays = { .address = "", .expires = "12/99" };

static void
test_cards (void)
{
  static const struct
  {
    SandboxPersonWishes wishes;
    gboolean came_true;
    const char *state;
    const char *reason;
  } rows[] = {
    { { .expires = "12/99" }, TRUE, "paid", NULL },
    { { .card = "4242 4242 4242 4242", .expires = "12/27" }, TRUE, "paid", NULL },
    { { .card = "5555555555554444", .expires = "2027-01" }, TRUE, "paid", NULL },
    { { .card = "4000000000000341", .expires = "12/99" }, TRUE, "paid", NULL },
    { { .card = "4000000000003220", .expires = "12/99" }, TRUE, "paid", NULL },
    { { .card = "4000000000003220", .expires = "12/99", .deny = TRUE },
      TRUE,
      "failed",
      "confirmation_failed" },
    { { .decline = TRUE, .expires = "12/99" }, TRUE, "failed", "card_declined" },
    { { .card = "378282246310005", .expires = "12/99" }, FALSE, "failed", "card_refused_brand" },
    { { .cancel = TRUE }, TRUE, "cancelled", "cancelled_by_person" },
    { { .card = "1234", .expires = "12/99" }, FALSE, "pending", NULL },
    { { .card = "4242424242424242", .expires = "08/26" }, FALSE, "pending", NULL },
    { { .card = "4242424242424242", .expires = "13/27" }, FALSE, "pending", NULL },
    { { .card = "4242424242424242", .expires = "x" }, FALSE, "pending", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
      g_autofree char *token = site_sign_in (site, MARA);
      g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
      g_autofree char *id = site_quote_id (quote);
      g_autoptr (Reply) order = site_order (site, token, id);
      g_autofree char *path = g_strconcat ("/v1/orders/", json_text (order->json, "id"), NULL);
      gboolean came_true
          = site_browse (site, json_text (order->json, "checkout_url"), &rows[i].wishes);
      g_autoptr (Reply) after = site_get (site, path, token);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (came_true, ==, rows[i].came_true);
      g_assert_cmpstr (json_text (after->json, "state"), ==, rows[i].state);
      g_assert_cmpstr (json_text (after->json, "reason"), ==, rows[i].reason);
    }
}

/* A card that pays now and not again: the renewal fails, and a new card repays it (S67, S68). */
static void
test_a_card_that_pays_once (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, MARA);
  g_autoptr (Reply) quote = site_quote (site, token, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, token, id);
  const SandboxPersonWishes once = { .card = "4000000000000341", .expires = "12/99" };
  g_autoptr (Reply) advance = NULL;
  g_autoptr (Reply) failed = NULL;
  g_autoptr (Reply) card = NULL;
  g_autoptr (Reply) repaid = NULL;

  g_assert_true (site_browse (site, json_text (order->json, "checkout_url"), &once));
  advance = site_advance (site, "2027-09-01");
  failed = site_get (site, "/v1/installations/" SITE_VILLA, token);
  g_assert_nonnull (strstr (failed->text, "\"state\":\"past_due\""));
  card = site_control (site, "POST", "/sandbox/users",
                       "{\"email\":\"mara@example.org\",\"card_good\":true}");
  repaid = site_get (site, "/v1/installations/" SITE_VILLA, token);
  g_assert_nonnull (strstr (repaid->text, "\"end\":\"2028-09-30\""));
}

/* Somebody was faster while this one stood at the till: nobody pays twice. */
static void
test_the_slower_payer_pays_nothing (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *mara = site_sign_in (site, MARA);
  g_autofree char *jonas = site_sign_in (site, "jonas@example.org");
  g_autoptr (Reply) quote = site_quote (site, mara, "buy", SITE_VILLA, "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, mara, id);
  g_autofree char *path = g_strconcat ("/v1/orders/", json_text (order->json, "id"), NULL);
  g_autoptr (Reply) after = NULL;

  site_do (site, jonas, "buy", SITE_VILLA, "RS");
  g_assert_false (site_browse (site, json_text (order->json, "checkout_url"), &pays));
  after = site_get (site, path, mara);
  g_assert_cmpstr (json_text (after->json, "state"), ==, "failed");
  g_assert_true (json_object_get_null_member (after->json, "invoice"));
}

/* S78, S86: switching on costs nothing now, and makes the one who does it the payer. */
static void
test_changing_the_payer (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *jonas = site_sign_in (site, "jonas@example.org");
  g_autoptr (Reply) quote = site_quote (site, jonas, "reactivate", "site-ending", "RS");
  g_autofree char *id = site_quote_id (quote);
  g_autoptr (Reply) order = site_order (site, jonas, id);
  g_autoptr (Reply) after = NULL;

  g_assert_cmpint (json_object_get_int_member (quote->json, "due_now_cents"), ==, 0);
  g_assert_cmpuint (order->status, ==, 201);
  g_assert_cmpstr (json_text (order->json, "state"), ==, "paid");
  after = site_get (site, "/v1/installations/site-ending", jonas);
  g_assert_nonnull (strstr (after->text, "\"email\":\"jonas@example.org\",\"you\":true"));
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    GTestFunc func;
  } tests[] = {
    /* rules: S63 S64 S87 S88 */
    { "cards", test_cards },
    /* rules: S46 S68 */
    { "a-card-that-pays-once", test_a_card_that_pays_once },
    { "the-slower-payer-pays-nothing", test_the_slower_payer_pays_nothing },
    /* rules: S76 S78 S85 S86 S89 */
    { "changing-the-payer", test_changing_the_payer },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add (harness, "sandbox-checkout", tests[i].name, tests[i].func);
}

HARNESS_MAIN (register_tests)
