/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "plugin/purchase/basket.h"
#include "tests/harness/harness.h"

#define VILLA "site-villa"

/* A quote for one service, as TTcloud would make it. */
static TtecommQuote *
quote_for (const char *action, const char *installation, const char *service)
{
  g_autofree char *text = g_strdup_printf (
      "{\"server_today\":\"2026-09-18\",\"quote_id\":\"quote-00000001\","
      "\"valid_on\":\"2026-09-18\",\"currency\":\"EUR\",\"lines\":[{\"action\":\"%s\","
      "\"installation\":\"%s\",\"installation_name\":\"Villa\",\"service\":\"%s\","
      "\"order_reference\":\"TSF16100\",\"name\":\"A service\",\"period\":\"1y\","
      "\"start\":\"2026-09-18\",\"end\":\"2027-09-30\",\"free_days\":12,\"net_cents\":6000,"
      "\"next_charge\":null,\"label_after\":{\"state\":\"active\",\"date\":\"2027-09-30\"},"
      "\"blockers\":[]}],\"net_cents\":6000,\"vat\":[{\"rate_bp\":2100,\"net_cents\":6000,"
      "\"vat_cents\":1260,\"kind\":\"standard\"}],\"vat_cents\":1260,\"gross_cents\":7260,"
      "\"due_now_cents\":7260,\"payer\":{\"name\":\"Mara\",\"email\":\"mara@example.org\","
      "\"you\":true},\"card\":null,\"blockers\":[],\"terms_of_sale\":{\"version\":\"2026-09\","
      "\"url\":\"https://ttecomm.example/terms\"}}",
      action, installation, service);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object
      = ttecomm_json_parse_object (text, strlen (text), strlen (text), &error);
  TtecommQuote *quote;

  g_assert_no_error (error);
  quote = ttecomm_quote_from_json (object, &error);
  g_assert_no_error (error);
  return quote;
}

static void
give_quote (TtecommBasket *basket, const char *service)
{
  g_autoptr (TtecommQuote) quote = quote_for ("buy", VILLA, service);
  g_autoptr (GError) error = NULL;

  g_assert_true (ttecomm_basket_take_quote (basket, quote, &error));
  g_assert_no_error (error);
  ttecomm_basket_accept (basket, TRUE);
}

static void
test_begins_empty (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_auto (GStrv) services = ttecomm_basket_dup_services (basket);

  g_assert_true (ttecomm_basket_is_empty (basket));
  g_assert_false (ttecomm_basket_is_full (basket));
  g_assert_false (ttecomm_basket_contains (basket, "RS"));
  g_assert_false (ttecomm_basket_remove (basket, "RS"));
  g_assert_cmpuint (g_strv_length (services), ==, 0);
}

static void
test_keeps_the_order (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autofree TtecommQuoteRequestLine *lines = NULL;

  g_assert_true (ttecomm_basket_add (basket, VILLA, "VC"));
  g_assert_true (ttecomm_basket_add (basket, VILLA, "RS"));
  g_assert_false (ttecomm_basket_add (basket, VILLA, "VC"));
  g_assert_true (ttecomm_basket_add (basket, VILLA, "ATMOS"));
  g_assert_true (ttecomm_basket_remove (basket, "RS"));
  lines = ttecomm_basket_make_lines (basket);
  g_assert_cmpuint (basket->services->len, ==, 2);
  g_assert_cmpstr (lines[0].service, ==, "VC");
  g_assert_cmpstr (lines[1].service, ==, "ATMOS");
  g_assert_cmpstr (lines[1].installation, ==, VILLA);
  g_assert_cmpint (lines[1].action, ==, TTECOMM_QUOTE_ACTION_BUY);
}

/* One basket, one installation (what the quote and the record say must be true of all of it). */
static void
test_another_installation_starts_anew (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();

  g_assert_true (ttecomm_basket_add (basket, VILLA, "RS"));
  g_assert_true (ttecomm_basket_add (basket, "site-other", "VC"));
  g_assert_cmpuint (basket->services->len, ==, 1);
  g_assert_cmpstr (basket->installation, ==, "site-other");
  g_assert_true (ttecomm_basket_contains (basket, "VC"));
}

static void
test_is_full_at_the_limit (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();

  for (guint i = 0; i < TTECOMM_BASKET_MAX; i++)
    {
      g_autofree char *service = g_strdup_printf ("S%u", i);

      g_assert_false (ttecomm_basket_is_full (basket));
      g_assert_true (ttecomm_basket_add (basket, VILLA, service));
    }
  g_assert_true (ttecomm_basket_is_full (basket));
  g_assert_false (ttecomm_basket_add (basket, VILLA, "one more"));
  g_assert_cmpuint (basket->services->len, ==, TTECOMM_BASKET_MAX);
}

static void
test_any_change_drops_the_quote (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();

  ttecomm_basket_add (basket, VILLA, "RS");
  give_quote (basket, "RS");
  g_assert_false (ttecomm_basket_add (basket, VILLA, "RS"));
  g_assert_nonnull (basket->quote);
  g_assert_true (ttecomm_basket_add (basket, VILLA, "VC"));
  g_assert_null (basket->quote);
  g_assert_false (basket->has_accepted);
  g_assert_true (ttecomm_basket_remove (basket, "VC"));
  give_quote (basket, "RS");
  g_assert_true (ttecomm_basket_remove (basket, "RS"));
  g_assert_null (basket->quote);
  g_assert_false (basket->has_accepted);
}

/* The terms belong to one quote: those of the next are not accepted yet. */
static void
test_a_new_quote_is_not_accepted (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autoptr (TtecommQuote) quote = quote_for ("buy", VILLA, "RS");

  ttecomm_basket_add (basket, VILLA, "RS");
  give_quote (basket, "RS");
  g_assert_true (ttecomm_basket_take_quote (basket, quote, NULL));
  g_assert_false (basket->has_accepted);
}

static void
test_a_quote_for_something_else (void)
{
  static const char *const others[][3] = {
    { "buy", VILLA, "VC" },
    { "buy", "site-other", "RS" },
    { "deactivate", VILLA, "RS" },
    { "reactivate", VILLA, "RS" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
      g_autoptr (TtecommQuote) quote = quote_for (others[i][0], others[i][1], others[i][2]);
      g_autoptr (GError) error = NULL;

      ttecomm_basket_add (basket, VILLA, "RS");
      g_assert_false (ttecomm_basket_take_quote (basket, quote, &error));
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
      g_assert_null (basket->quote);
    }
}

static void
test_a_quote_for_more_or_less (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autoptr (TtecommQuote) quote = quote_for ("buy", VILLA, "RS");

  g_assert_false (ttecomm_basket_take_quote (basket, quote, NULL));
  ttecomm_basket_add (basket, VILLA, "RS");
  ttecomm_basket_add (basket, VILLA, "VC");
  g_assert_false (ttecomm_basket_take_quote (basket, quote, NULL));
}

static void
test_its_record (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autoptr (TtecommBasket) other = ttecomm_basket_new ();
  g_autoptr (TtecommOrderRecord) record = NULL;
  g_autofree char *key = ttecomm_order_record_derive_key ("acct-1", "quote-00000001");

  ttecomm_basket_add (basket, VILLA, "RS");
  give_quote (basket, "RS");
  record = ttecomm_basket_make_record (basket, "https://ttcloud.example", "acct-1");
  g_assert_cmpstr (record->origin, ==, "https://ttcloud.example");
  g_assert_cmpstr (record->account, ==, "acct-1");
  g_assert_cmpstr (record->installation, ==, VILLA);
  g_assert_cmpstr (record->quote_id, ==, "quote-00000001");
  g_assert_cmpstr (record->terms, ==, "2026-09");
  g_assert_cmpstr (record->key, ==, key);
  g_assert_null (record->order_id);
  ttecomm_basket_add (other, "site-other", "VC");
  ttecomm_basket_take_record (other, record);
  g_assert_cmpstr (other->installation, ==, VILLA);
  g_assert_cmpuint (other->services->len, ==, 1);
  g_assert_true (ttecomm_basket_contains (other, "RS"));
  g_assert_null (other->quote);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "basket", "begins-empty", test_begins_empty);
  harness_add (harness, "basket", "keeps-the-order", test_keeps_the_order);
  harness_add (harness, "basket", "another-installation-starts-anew",
               test_another_installation_starts_anew);
  harness_add (harness, "basket", "is-full-at-the-limit", test_is_full_at_the_limit);
  harness_add (harness, "basket", "any-change-drops-the-quote", test_any_change_drops_the_quote);
  harness_add (harness, "basket", "a-new-quote-is-not-accepted", test_a_new_quote_is_not_accepted);
  harness_add (harness, "basket", "a-quote-for-something-else", test_a_quote_for_something_else);
  harness_add (harness, "basket", "a-quote-for-more-or-less", test_a_quote_for_more_or_less);
  harness_add (harness, "basket", "its-record", test_its_record);
}

HARNESS_MAIN (register_tests)
