/* SPDX-License-Identifier: MIT */
/* What is for sale, as data: references, names, terms of sale, what is left to do after buying. */
#include "base/json.h"
#include "resources/resources.h"
#include "tests/harness/harness.h"

#include <string.h>

static JsonNode *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ttecomm_resources_lookup (name, &error);
  gconstpointer data;
  gsize size;
  JsonNode *node;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  node = ttecomm_json_parse (data, size, 1024 * 1024, &error);
  g_assert_no_error (error);
  return node;
}

static JsonObject *
find (JsonArray *products, const char *id)
{
  for (guint i = 0; i < json_array_get_length (products); i++)
    {
      JsonObject *product = json_array_get_object_element (products, i);

      if (g_str_equal (json_object_get_string_member (product, "id"), id))
        return product;
    }
  g_error ("no product %s", id);
  return NULL;
}

/* The texts of an array member, joined by commas. (transfer full) */
static char *
joined (JsonObject *product, const char *member)
{
  JsonArray *array = json_object_get_array_member (product, member);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (array, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  const char *id;
  const char *reference;
  const char *aliases;
  const char *terms;
  const char *includes;
  const char *setup; /* a word of it; NULL: nothing to do after buying */
} Product;

static void
assert_product (JsonArray *products, const Product *expected)
{
  JsonObject *product = find (products, expected->id);
  g_autofree char *aliases = joined (product, "aliases");
  g_autofree char *includes = joined (product, "includes");

  g_assert_cmpstr (json_object_get_string_member (product, "ref"), ==, expected->reference);
  g_assert_cmpstr (json_object_get_string_member (product, "terms"), ==, expected->terms);
  g_assert_cmpstr (aliases, ==, expected->aliases);
  g_assert_cmpstr (includes, ==, expected->includes);
  g_assert_cmpint (json_object_get_null_member (product, "setup"), ==, expected->setup == NULL);
  if (expected->setup != NULL)
    g_assert_nonnull (strstr (json_object_get_string_member (product, "setup"), expected->setup));
}

static void
test_remote_services (void)
{
  g_autoptr (JsonNode) node = load ("products.json");

  assert_product (json_node_get_array (node),
                  &(Product){ "RS", "TSF16100", "", "ttecomm",
                              "remote PROSOFT sessions, secure e-mail from a DoIP central unit",
                              NULL });
}

static void
test_voice_control (void)
{
  g_autoptr (JsonNode) node = load ("products.json");

  assert_product (json_node_get_array (node), &(Product){ "VC", "TSF12125", "TDS16120", "ttecomm",
                                                          "Amazon Alexa, Google Home", "PROSOFT" });
}

static void
test_atmos (void)
{
  g_autoptr (JsonNode) node = load ("products.json");

  assert_product (json_node_get_array (node),
                  &(Product){ "ATMOS", "TSF16101", "", "ttecomm-long",
                              "remote control of one or more installations", "GUISOFT" });
}

/* Nothing else is for sale, and every reference is TSF and five digits. */
static void
test_references (void)
{
  g_autoptr (JsonNode) node = load ("products.json");
  JsonArray *products = json_node_get_array (node);

  g_assert_cmpuint (json_array_get_length (products), ==, 3);
  for (guint i = 0; i < json_array_get_length (products); i++)
    g_assert_true (g_regex_match_simple (
        "^TSF[0-9]{5}$",
        json_object_get_string_member (json_array_get_object_element (products, i), "ref"), 0, 0));
}

/* A year for every service; longer for one of them, each length with its discount. */
static void
test_periods (void)
{
  static const struct
  {
    const char *terms;
    const char *periods;
  } rows[] = { { "ttecomm", "1y:12:0" }, { "ttecomm-long", "1y:12:0 3y:36:1000 5y:60:1500" } };
  g_autoptr (JsonNode) node = load ("terms-of-sale.json");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JsonObject *terms
          = json_object_get_object_member (json_node_get_object (node), rows[i].terms);
      JsonArray *periods = json_object_get_array_member (terms, "periods");
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint n = 0; n < json_array_get_length (periods); n++)
        {
          JsonObject *period = json_array_get_object_element (periods, n);

          g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                                  n > 0 ? " " : "", json_object_get_string_member (period, "id"),
                                  json_object_get_int_member (period, "months"),
                                  json_object_get_int_member (period, "discount_bp"));
        }
      g_assert_cmpstr (text->str, ==, rows[i].periods);
    }
}

static void
register_tests (Harness *harness)
{
  /* rules: S9 S23 C1 */
  harness_add (harness, "products", "remote-services", test_remote_services);
  /* rules: S10 S13 S22 C1 C3 */
  harness_add (harness, "products", "voice-control", test_voice_control);
  /* rules: S11 S26 C1 C2 */
  harness_add (harness, "products", "atmos", test_atmos);
  /* rules: S12 C1 C3 */
  harness_add (harness, "products", "references", test_references);
  /* rules: S20 C4 */
  harness_add (harness, "products", "periods", test_periods);
}

HARNESS_MAIN (register_tests)
