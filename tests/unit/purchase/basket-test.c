/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "plugin/purchase/basket.h"
#include "tests/harness/harness.h"

#define VILLA "site-villa"

#define LINDE "site-linde"

/* What a quote says of one line. */
typedef struct
{
  const char *action;
  const char *installation;
  const char *service;
  const char *blockers; /* (nullable): words in quotes, parted by commas */
} Quoted;

/* A quote as TTcloud would make it. */
static TtecommQuote *
quote_of (const Quoted *lines, gsize n)
{
  g_autoptr (GString) text = g_string_new (
      "{\"server_today\":\"2026-09-18\",\"valid_on\":\"2026-09-18\",\"currency\":\"EUR\","
      "\"net_cents\":6000,\"vat\":[{\"rate_bp\":2100,\"net_cents\":6000,\"vat_cents\":1260,"
      "\"kind\":\"standard\"}],\"vat_cents\":1260,\"gross_cents\":7260,"
      "\"due_now_cents\":7260,\"payer\":{\"name\":\"Mara\",\"email\":\"mara@example.org\","
      "\"you\":true},\"card\":null,\"blockers\":[],\"terms_of_sale\":{\"version\":"
      "\"2026-09\",\"url\":\"https://ttecomm.example/terms\"},\"lines\":[");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  gboolean blocked = FALSE;
  TtecommQuote *quote;

  for (gsize i = 0; i < n; i++)
    {
      blocked = blocked || lines[i].blockers != NULL;
      g_string_append_printf (
          text,
          "%s{\"action\":\"%s\",\"installation\":\"%s\",\"installation_name\":\"The %s\","
          "\"service\":\"%s\",\"order_reference\":\"TSF16100\",\"name\":\"A service\","
          "\"period\":\"1y\",\"start\":\"2026-09-18\",\"end\":\"2027-09-30\","
          "\"free_days\":12,\"net_cents\":6000,\"next_charge\":null,\"label_after\":{"
          "\"state\":\"active\",\"date\":\"2027-09-30\"},\"blockers\":[%s]}",
          i > 0 ? "," : "", lines[i].action, lines[i].installation, lines[i].installation,
          lines[i].service, lines[i].blockers != NULL ? lines[i].blockers : "");
    }
  g_string_append_printf (text, "],\"quote_id\":%s}", blocked ? "null" : "\"quote-00000001\"");
  object = ttecomm_json_parse_object (text->str, text->len, text->len, &error);
  g_assert_no_error (error);
  quote = ttecomm_quote_from_json (object, &error);
  g_assert_no_error (error);
  return quote;
}

static TtecommQuote *
quote_for (const char *action, const char *installation, const char *service)
{
  const Quoted line = { action, installation, service, NULL };

  return quote_of (&line, 1);
}

static const TtecommBasketLine *
nth (const TtecommBasket *basket, guint i)
{
  return g_ptr_array_index (basket->lines, i);
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
give_quote_of_two (TtecommBasket *basket)
{
  static const Quoted quoted[] = { { "buy", VILLA, "RS" }, { "buy", LINDE, "RS" } };
  g_autoptr (TtecommQuote) quote = quote_of (quoted, 2);

  g_assert_true (ttecomm_basket_take_quote (basket, quote, NULL));
}

static void
test_begins_empty (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();

  g_assert_true (ttecomm_basket_is_empty (basket));
  g_assert_false (ttecomm_basket_is_full (basket));
  g_assert_false (ttecomm_basket_contains (basket, VILLA, "RS"));
  g_assert_false (ttecomm_basket_remove (basket, VILLA, "RS"));
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
  g_assert_true (ttecomm_basket_remove (basket, VILLA, "RS"));
  lines = ttecomm_basket_make_lines (basket);
  g_assert_cmpuint (basket->lines->len, ==, 2);
  g_assert_cmpstr (lines[0].service, ==, "VC");
  g_assert_cmpstr (lines[1].service, ==, "ATMOS");
  g_assert_cmpstr (lines[1].installation, ==, VILLA);
  g_assert_cmpint (lines[1].action, ==, TTECOMM_QUOTE_ACTION_BUY);
}

/* S39: the same service for two installations is two lines, and each can go alone. */
static void
test_several_installations (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autofree TtecommQuoteRequestLine *lines = NULL;

  g_assert_true (ttecomm_basket_add (basket, VILLA, "RS"));
  g_assert_true (ttecomm_basket_add (basket, LINDE, "RS"));
  g_assert_true (ttecomm_basket_add (basket, LINDE, "VC"));
  g_assert_false (ttecomm_basket_add (basket, LINDE, "RS"));
  g_assert_cmpuint (basket->lines->len, ==, 3);
  g_assert_false (ttecomm_basket_remove (basket, VILLA, "VC"));
  g_assert_true (ttecomm_basket_remove (basket, VILLA, "RS"));
  g_assert_false (ttecomm_basket_contains (basket, VILLA, "RS"));
  g_assert_true (ttecomm_basket_contains (basket, LINDE, "RS"));
  lines = ttecomm_basket_make_lines (basket);
  g_assert_cmpstr (lines[0].installation, ==, LINDE);
  g_assert_cmpstr (lines[0].service, ==, "RS");
  g_assert_null (lines[0].period);
}

static void
test_names_come_with_the_quote (void)
{
  static const Quoted quoted[] = { { "buy", VILLA, "RS" }, { "buy", LINDE, "RS" } };
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autoptr (TtecommQuote) quote = quote_of (quoted, 2);

  ttecomm_basket_add (basket, VILLA, "RS");
  ttecomm_basket_add (basket, LINDE, "RS");
  g_assert_null (nth (basket, 1)->name);
  ttecomm_basket_set_name (basket, LINDE, "Linde");
  ttecomm_basket_set_name (basket, LINDE, "");
  ttecomm_basket_set_name (basket, LINDE, NULL);
  g_assert_cmpstr (nth (basket, 1)->name, ==, "Linde");
  g_assert_null (nth (basket, 0)->name);
  g_assert_true (ttecomm_basket_take_quote (basket, quote, NULL));
  g_assert_true (ttecomm_basket_remove (basket, VILLA, "RS"));
  g_assert_cmpstr (nth (basket, 0)->name, ==, "The " LINDE);
}

typedef struct
{
  const char *name;
  const char *blockers[3]; /* of the three lines */
  const char *left;        /* of the three, by their numbers */
} Blocked;

static const Blocked blocked_rows[] = {
  { "none", { NULL, NULL, NULL }, "012" },
  { "one", { NULL, "\"role\"", NULL }, "02" },
  { "first-and-last", { "\"not_connected\"", NULL, "\"already_subscribed\"" }, "1" },
  { "all", { "\"role\"", "\"conflict\"", "\"not_found\"" }, "" },
  { "two-reasons", { "\"role\",\"prosoft_too_old\"", NULL, NULL }, "12" },
  { "the-person", { "\"account_incomplete\"", "\"card_not_verified\"", NULL }, "012" },
  { "the-person-and-more",
    { "\"account_incomplete\",\"role\"", "\"account_incomplete\"", NULL },
    "12" },
};

/* What cannot be bought goes; what the person can put right stays. */
static void
test_takes_out_the_blocked (gconstpointer data)
{
  const Blocked *row = data;
  const char *const services[] = { "RS", "VC", "ATMOS" };
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  Quoted quoted[3];
  g_autoptr (TtecommQuote) quote = NULL;
  guint n_left = (guint)strlen (row->left);

  g_assert_cmpuint (ttecomm_basket_remove_blocked (basket), ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      quoted[i] = (Quoted){ "buy", i == 1 ? LINDE : VILLA, services[i], row->blockers[i] };
      ttecomm_basket_add (basket, quoted[i].installation, quoted[i].service);
    }
  g_assert_cmpuint (ttecomm_basket_remove_blocked (basket), ==, 0);
  quote = quote_of (quoted, 3);
  g_assert_true (ttecomm_basket_take_quote (basket, quote, NULL));
  g_assert_cmpuint (ttecomm_basket_count_blocked (basket), ==, 3 - n_left);
  g_assert_cmpuint (ttecomm_basket_remove_blocked (basket), ==, 3 - n_left);
  g_assert_cmpuint (basket->lines->len, ==, n_left);
  for (guint i = 0; i < n_left; i++)
    g_assert_cmpstr (nth (basket, i)->service, ==, services[row->left[i] - '0']);
  g_assert_cmpint (basket->quote != NULL, ==, n_left == 3);
}

static void
test_puts_back_and_takes_out (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autoptr (TtecommBasket) other = ttecomm_basket_new ();

  ttecomm_basket_add (other, LINDE, "RS");
  ttecomm_basket_add (other, VILLA, "RS");
  ttecomm_basket_add (basket, VILLA, "VC");
  ttecomm_basket_add (basket, VILLA, "RS");
  ttecomm_basket_put_back (basket, other->lines);
  g_assert_cmpuint (basket->lines->len, ==, 3);
  g_assert_cmpstr (nth (basket, 2)->installation, ==, LINDE);
  ttecomm_basket_take_out (basket, other->lines);
  g_assert_cmpuint (basket->lines->len, ==, 1);
  g_assert_cmpstr (nth (basket, 0)->service, ==, "VC");
  g_assert_cmpuint (other->lines->len, ==, 2);
}

static const struct
{
  const char *po;
  gboolean good;
} pos[] = {
  { "", TRUE },
  { "PO 7", TRUE },
  { "4500012345/ä", TRUE },
  { "0123456789012345678901234567890123456789012345678901234567890123", TRUE },
  { "01234567890123456789012345678901234567890123456789012345678901234", FALSE },
  { "012345678901234567890123456789012345678901234567890123456789012é", FALSE },
  { "a\nb", FALSE },
  { "a\tb", FALSE },
  { "a\x7f", FALSE },
  { "a\xe2\x80\xae"
    "b",
    FALSE }, /* would be shown backwards */
  { "a\xe2\x80\x8b"
    "b",
    FALSE }, /* would not be shown */
  { "a\xff", FALSE },
};

static void
test_what_a_po_may_be (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pos); i++)
    g_assert_cmpint (ttecomm_basket_is_po (pos[i].po), ==, pos[i].good);
}

/* The number is this purchase's: an emptied basket is another one. */
static void
test_the_po_goes_with_the_last_line (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();

  ttecomm_basket_add (basket, VILLA, "RS");
  ttecomm_basket_add (basket, LINDE, "RS");
  give_quote_of_two (basket);
  ttecomm_basket_set_po (basket, "PO 7");
  g_assert_nonnull (basket->quote);
  g_assert_true (ttecomm_basket_remove (basket, LINDE, "RS"));
  g_assert_cmpstr (basket->po, ==, "PO 7");
  g_assert_true (ttecomm_basket_remove (basket, VILLA, "RS"));
  g_assert_null (basket->po);
  ttecomm_basket_set_po (basket, "");
  g_assert_null (basket->po);
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
  g_assert_cmpuint (basket->lines->len, ==, TTECOMM_BASKET_MAX);
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
  g_assert_true (ttecomm_basket_remove (basket, VILLA, "VC"));
  give_quote (basket, "RS");
  g_assert_true (ttecomm_basket_remove (basket, VILLA, "RS"));
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

/* The same lines in another order are another promise; so is another period. */
static void
test_a_quote_in_another_order (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autoptr (TtecommBasket) other = ttecomm_basket_new ();
  static const Quoted quoted[] = { { "buy", VILLA, "RS" }, { "buy", LINDE, "RS" } };
  g_autoptr (TtecommQuote) quote = quote_of (quoted, 2);

  ttecomm_basket_add (basket, LINDE, "RS");
  ttecomm_basket_add (basket, VILLA, "RS");
  g_assert_false (ttecomm_basket_take_quote (basket, quote, NULL));
  ttecomm_basket_add (other, VILLA, "RS");
  ttecomm_basket_add (other, LINDE, "RS");
  ((TtecommBasketLine *)g_ptr_array_index (other->lines, 1))->period = g_strdup ("2y");
  g_assert_false (ttecomm_basket_take_quote (other, quote, NULL));
}

static void
test_its_record (void)
{
  g_autoptr (TtecommBasket) basket = ttecomm_basket_new ();
  g_autoptr (TtecommOrderRecord) record = NULL;
  g_autofree char *key = ttecomm_order_record_derive_key ("acct-1", "quote-00000001");
  const TtecommBasketLine *line;

  ttecomm_basket_add (basket, VILLA, "RS");
  ttecomm_basket_add (basket, LINDE, "RS");
  give_quote_of_two (basket);
  ttecomm_basket_set_po (basket, "PO 7");
  record = ttecomm_basket_make_record (basket, "https://ttcloud.example", "acct-1");
  g_assert_cmpstr (record->origin, ==, "https://ttcloud.example");
  g_assert_cmpstr (record->account, ==, "acct-1");
  g_assert_cmpstr (record->quote_id, ==, "quote-00000001");
  g_assert_cmpstr (record->terms, ==, "2026-09");
  g_assert_cmpstr (record->po, ==, "PO 7");
  g_assert_cmpstr (record->key, ==, key);
  g_assert_null (record->order_id);
  g_assert_cmpuint (record->lines->len, ==, 2);
  line = g_ptr_array_index (record->lines, 1);
  g_assert_cmpstr (line->installation, ==, LINDE);
  g_assert_cmpstr (line->name, ==, "The " LINDE);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "basket", "begins-empty", test_begins_empty);
  harness_add (harness, "basket", "keeps-the-order", test_keeps_the_order);
  /* rules: S14 S18 S39 */
  harness_add (harness, "basket", "several-installations", test_several_installations);
  harness_add (harness, "basket", "names-come-with-the-quote", test_names_come_with_the_quote);
  harness_add (harness, "basket", "puts-back-and-takes-out", test_puts_back_and_takes_out);
  harness_add (harness, "basket", "what-a-po-may-be", test_what_a_po_may_be);
  harness_add (harness, "basket", "the-po-goes-with-the-last-line",
               test_the_po_goes_with_the_last_line);
  harness_add (harness, "basket", "a-quote-in-another-order", test_a_quote_in_another_order);
  for (guint i = 0; i < G_N_ELEMENTS (blocked_rows); i++)
    {
      g_autofree char *name = g_strconcat ("takes-out-the-blocked-", blocked_rows[i].name, NULL);

      harness_add_full (harness, "basket", name, test_takes_out_the_blocked,
                        (gpointer)&blocked_rows[i], NULL);
    }
  harness_add (harness, "basket", "is-full-at-the-limit", test_is_full_at_the_limit);
  harness_add (harness, "basket", "any-change-drops-the-quote", test_any_change_drops_the_quote);
  harness_add (harness, "basket", "a-new-quote-is-not-accepted", test_a_new_quote_is_not_accepted);
  harness_add (harness, "basket", "a-quote-for-something-else", test_a_quote_for_something_else);
  harness_add (harness, "basket", "a-quote-for-more-or-less", test_a_quote_for_more_or_less);
  harness_add (harness, "basket", "its-record", test_its_record);
}

HARNESS_MAIN (register_tests)
