/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "plugin/terms/fraction.h"
#include "plugin/terms/price.h"
#include "plugin/terms/tax.h"
#include "resources/resources.h"
#include "tests/harness/harness.h"
#include "tests/unit/terms/support.h"

static gboolean
divide (guint64 a, guint64 b, guint64 c, guint64 d, gint64 *out, GError **error)
{
  const guint64 factors[] = { a, b };
  const guint64 divisors[] = { c, d };

  return ttecomm_fraction_round_half_up (factors, 2, divisors, 2, out, error);
}

static void
test_rounds_half_up_once (void)
{
  static const struct
  {
    guint64 a, b, c, d;
    gint64 expected;
  } rows[] = {
    { 1, 1, 2, 1, 1 },
    { 1, 1, 3, 1, 0 },
    { 2, 1, 3, 1, 1 },
    { 3, 1, 2, 1, 2 },
    { 5, 1, 10, 1, 1 },
    { 49, 1, 100, 1, 0 },
    { 0, G_MAXUINT64, 7, 1, 0 },
    { G_MAXINT64, 1, 1, 1, G_MAXINT64 },
    /* The product does not fit 64 bits, the result does. */
    { G_MAXINT64, 7, 7, 1, G_MAXINT64 },
    { G_MAXINT64, 3, 4, 1, G_GINT64_CONSTANT (6917529027641081855) },
    { G_GUINT64_CONSTANT (4000000000000000003), 1000000007, 1000000009, 5,
      G_GINT64_CONSTANT (799999998400000015) },
    { 2, G_MAXUINT64, G_MAXINT64, 2, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 got = -1;

      g_assert_true (divide (rows[i].a, rows[i].b, rows[i].c, rows[i].d, &got, &error));
      g_assert_no_error (error);
      g_assert_cmpint (got, ==, rows[i].expected);
    }
}

static void
test_refuses_overflow (void)
{
  static const guint64 rows[][4] = {
    { G_MAXINT64, 2, 1, 1 },
    { (guint64)G_MAXINT64 + 1, 1, 1, 1 },
    { G_MAXUINT64, G_MAXUINT64, 1, 1 },
    { 1, 1, G_MAXUINT64, G_MAXUINT64 },
    { 3, (guint64)G_MAXINT64, 2, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 got = -1;

      g_assert_false (divide (rows[i][0], rows[i][1], rows[i][2], rows[i][3], &got, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_OVERFLOW);
      g_assert_cmpint (got, ==, -1);
    }
}

/* C31: discounts multiply, and only terms that say so add them. */
static void
test_stacks_discounts (void)
{
  g_autoptr (JsonObject) object = support_terms_object ("airthings");
  g_autoptr (TtecommTerms) multiply = ttecomm_terms_new_from_json (object, NULL);
  g_autoptr (TtecommTerms) add = NULL;
  TtecommPriceInput input = { { "3y", 0 }, 7, 5000, 1250 };
  gint64 cents;

  json_object_set_string_member (json_object_get_object_member (object, "price"), "stack", "add");
  add = ttecomm_terms_new_from_json (object, NULL);
  g_assert_true (ttecomm_terms_quote (multiply, &input, &cents, NULL));
  g_assert_cmpint (cents, ==, 82688); /* 105000 x 0.9 x 0.875 = 82687.5 */
  g_assert_true (ttecomm_terms_quote (add, &input, &cents, NULL));
  g_assert_cmpint (cents, ==, 81375); /* 105000 x 0.775 */
  input.partner_bp = 9999;
  g_assert_true (ttecomm_terms_quote (add, &input, &cents, NULL));
  g_assert_cmpint (cents, ==, 0);
}

static void
test_quote_refuses (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("airthings");
  static const struct
  {
    TtecommPriceInput input;
    TtecommTermsError code;
  } rows[] = {
    { { { "1y", 0 }, 1, -1, 0 }, TTECOMM_TERMS_ERROR_INVALID },
    { { { "1y", 0 }, 1, 100, -1 }, TTECOMM_TERMS_ERROR_INVALID },
    { { { "1y", 0 }, 1, 100, 10001 }, TTECOMM_TERMS_ERROR_INVALID },
    { { { "1y", 0 }, 0, 100, 0 }, TTECOMM_TERMS_ERROR_BELOW_MINIMUM_UNITS },
    { { { "1y", 0 }, G_MININT64, 100, 0 }, TTECOMM_TERMS_ERROR_BELOW_MINIMUM_UNITS },
    { { { "2y", 0 }, 1, 100, 0 }, TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD },
    { { { "5y", 0 }, 1, G_MAXINT64, 0 }, TTECOMM_TERMS_ERROR_OVERFLOW },
    { { { "1y", 0 }, G_MAXINT64, G_MAXINT64, 0 }, TTECOMM_TERMS_ERROR_OVERFLOW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 cents = -1;

      g_assert_false (ttecomm_terms_quote (terms, &rows[i].input, &cents, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, (gint)rows[i].code);
      g_assert_cmpint (cents, ==, -1);
    }
}

/* One of a kind: a second one is not sold, one is. */
static void
test_quote_refuses_too_many (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("ttecomm");
  TtecommPriceInput input = { { "1y", 0 }, 1, 6000, 0 };
  g_autoptr (GError) error = NULL;
  gint64 cents = -1;

  g_assert_true (ttecomm_terms_quote (terms, &input, &cents, NULL));
  g_assert_cmpint (cents, ==, 6000);
  input.quantity = 2;
  g_assert_false (ttecomm_terms_quote (terms, &input, &cents, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_ABOVE_MAXIMUM_UNITS);
}

/* A result that fits is found however large the products on the way are. */
static void
test_quote_survives_large_products (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("airthings");
  const TtecommPriceInput input = { { "5y", 0 }, 1, G_MAXINT64 / 5, 0 };
  const TtecommPriceInput free_of_charge = { { "5y", 0 }, G_MAXINT64, G_MAXINT64, 10000 };
  gint64 cents;

  g_assert_true (ttecomm_terms_quote (terms, &input, &cents, NULL));
  /* (2^63 - 1) / 5 rounds down to ...161, times 4.25 */
  g_assert_cmpint (cents, ==, G_GINT64_CONSTANT (7839866231326559434));
  g_assert_true (ttecomm_terms_quote (terms, &free_of_charge, &cents, NULL));
  g_assert_cmpint (cents, ==, 0);
}

/* What is paid on the first day is all of it, and on the last day a day's share. */
static void
test_prorates_by_day (void)
{
  g_autoptr (TtecommTerms) terms = support_terms ("airthings");
  const TtecommPriceInput input = { { "1y", 0 }, 1, 36500, 0 };
  const GDate start = support_date ("2027-01-01");
  const GDate last = support_date ("2027-12-31");
  const GDate after = support_date ("2028-01-01");
  const GDate before = support_date ("2026-12-01");
  g_autoptr (GError) error = NULL;
  gint64 cents;

  g_assert_true (ttecomm_terms_prorated (terms, &input, &start, &start, &cents, NULL));
  g_assert_cmpint (cents, ==, 36500);
  g_assert_true (ttecomm_terms_prorated (terms, &input, &start, &before, &cents, NULL));
  g_assert_cmpint (cents, ==, 36500);
  g_assert_true (ttecomm_terms_prorated (terms, &input, &start, &last, &cents, NULL));
  g_assert_cmpint (cents, ==, 100);
  g_assert_false (ttecomm_terms_prorated (terms, &input, &start, &after, &cents, &error));
  g_assert_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_EXPIRED);
}

static TtecommTaxTable *
load_table (void)
{
  g_autoptr (GBytes) bytes = ttecomm_resources_lookup ("tax.json", NULL);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  TtecommTaxTable *table;
  gconstpointer data;
  gsize size;

  g_assert_nonnull (bytes);
  data = g_bytes_get_data (bytes, &size);
  object = ttecomm_json_parse_object (data, size, 1024 * 1024, &error);
  g_assert_no_error (error);
  table = ttecomm_tax_table_new_from_json (object, &error);
  g_assert_no_error (error);
  return table;
}

static void
test_vat_rates (void)
{
  g_autoptr (TtecommTaxTable) table = load_table ();
  static const struct
  {
    const char *country;
    gboolean number;
    gint64 rate;
    TtecommVatKind kind;
  } rows[] = {
    { "BE", TRUE, 2100, TTECOMM_VAT_STANDARD },   { "BE", FALSE, 2100, TTECOMM_VAT_STANDARD },
    { "be", TRUE, 2100, TTECOMM_VAT_STANDARD },   { "FR", TRUE, 0, TTECOMM_VAT_REVERSE_CHARGE },
    { "FR", FALSE, 2000, TTECOMM_VAT_STANDARD },  { "fi", FALSE, 2550, TTECOMM_VAT_STANDARD },
    { "IN", TRUE, 0, TTECOMM_VAT_OUTSIDE },       { "CH", FALSE, 0, TTECOMM_VAT_OUTSIDE },
    { "", FALSE, 0, TTECOMM_VAT_OUTSIDE },        { NULL, TRUE, 0, TTECOMM_VAT_OUTSIDE },
    { "Belgium", FALSE, 0, TTECOMM_VAT_OUTSIDE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TtecommVatKind kind;

      g_assert_cmpint (ttecomm_vat_rate (table, rows[i].country, rows[i].number, &kind), ==,
                       rows[i].rate);
      g_assert_cmpint (kind, ==, rows[i].kind);
    }
}

/* Three lines of 1.12 EUR: 21 % of each rounds to 24 cents, of all of them to 71. */
static void
test_vat_once_a_rate (void)
{
  TtecommVatLine lines[] = { { 2100, 112, 0 }, { 0, 500, 0 }, { 2100, 112, 0 }, { 2100, 112, 0 } };
  gsize n_rates;
  gint64 gross;

  g_assert_true (ttecomm_vat_invoice (lines, G_N_ELEMENTS (lines), &n_rates, &gross, NULL));
  g_assert_cmpuint (n_rates, ==, 2);
  g_assert_cmpint (lines[0].rate_bp, ==, 0);
  g_assert_cmpint (lines[0].net_cents, ==, 500);
  g_assert_cmpint (lines[0].vat_cents, ==, 0);
  g_assert_cmpint (lines[1].rate_bp, ==, 2100);
  g_assert_cmpint (lines[1].net_cents, ==, 336);
  g_assert_cmpint (lines[1].vat_cents, ==, 71);
  g_assert_cmpint (gross, ==, 907);
}

static void
test_vat_of_nothing (void)
{
  gsize n_rates = 7;
  gint64 gross = 7;

  g_assert_true (ttecomm_vat_invoice (NULL, 0, &n_rates, &gross, NULL));
  g_assert_cmpuint (n_rates, ==, 0);
  g_assert_cmpint (gross, ==, 0);
}

static void
test_vat_refuses (void)
{
  static const struct
  {
    TtecommVatLine lines[2];
    TtecommTermsError code;
  } rows[] = {
    { { { 2100, G_MAXINT64, 0 }, { 0, 0, 0 } }, TTECOMM_TERMS_ERROR_OVERFLOW },
    { { { 0, G_MAXINT64, 0 }, { 0, 1, 0 } }, TTECOMM_TERMS_ERROR_OVERFLOW },
    { { { 0, G_MAXINT64, 0 }, { 100, 1, 0 } }, TTECOMM_TERMS_ERROR_OVERFLOW },
    { { { 2100, -1, 0 }, { 0, 0, 0 } }, TTECOMM_TERMS_ERROR_INVALID },
    { { { -1, 100, 0 }, { 0, 0, 0 } }, TTECOMM_TERMS_ERROR_INVALID },
    { { { 10001, 100, 0 }, { 0, 0, 0 } }, TTECOMM_TERMS_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      TtecommVatLine lines[2];
      gsize n_rates;
      gint64 gross = -1;

      memcpy (lines, rows[i].lines, sizeof lines);
      g_assert_false (ttecomm_vat_invoice (lines, 2, &n_rates, &gross, &error));
      g_assert_error (error, TTECOMM_TERMS_ERROR, (gint)rows[i].code);
      g_assert_cmpint (gross, ==, -1);
    }
}

static void
test_tax_table_refuses (void)
{
  static const char *const bad[] = {
    "{}",
    "{\"schema\":2,\"seller\":\"BE\",\"vat\":{\"BE\":2100},\"gst\":[]}",
    "{\"schema\":1,\"seller\":\"US\",\"vat\":{\"BE\":2100},\"gst\":[]}",
    "{\"schema\":1,\"seller\":\"BE\",\"vat\":{\"BE\":10001},\"gst\":[]}",
    "{\"schema\":1,\"seller\":\"BE\",\"vat\":{\"BE\":21.0},\"gst\":[]}",
    "{\"schema\":1,\"seller\":\"BE\",\"vat\":{\"BE\":2100,\"Fr\":2000},\"gst\":[]}",
    "{\"schema\":1,\"seller\":\"BE\",\"vat\":{\"BE\":2100},\"gst\":[7]}",
    "{\"schema\":1,\"seller\":\"BE\",\"vat\":{\"BE\":2100}}",
    "{\"schema\":1,\"vat\":{\"BE\":2100},\"gst\":[]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) object
          = ttecomm_json_parse_object (bad[i], strlen (bad[i]), 1024, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (object);
      g_assert_null (ttecomm_tax_table_new_from_json (object, &error));
      g_assert_nonnull (error);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "money", "rounds-half-up-once", test_rounds_half_up_once);
  harness_add (harness, "money", "refuses-overflow", test_refuses_overflow);
  /* rules: C31 A20 A22 */
  harness_add (harness, "money", "stacks-discounts", test_stacks_discounts);
  harness_add (harness, "money", "quote-refuses", test_quote_refuses);
  harness_add (harness, "money", "quote-refuses-too-many", test_quote_refuses_too_many);
  /* rules: A21 */
  harness_add (harness, "money", "quote-survives-large-products",
               test_quote_survives_large_products);
  /* rules: A13 */
  harness_add (harness, "money", "prorates-by-day", test_prorates_by_day);
  harness_add (harness, "money", "vat-rates", test_vat_rates);
  harness_add (harness, "money", "vat-once-a-rate", test_vat_once_a_rate);
  harness_add (harness, "money", "vat-of-nothing", test_vat_of_nothing);
  harness_add (harness, "money", "vat-refuses", test_vat_refuses);
  harness_add (harness, "money", "tax-table-refuses", test_tax_table_refuses);
}

HARNESS_MAIN (register_tests)
