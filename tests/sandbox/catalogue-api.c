/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/api.h"
#include "tests/sandbox/quote.h"

static void
add_product (JsonBuilder *builder, const SandboxProduct *product, JsonObject *data)
{
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "id", product->id);
  sandbox_json_string (builder, "order_reference", product->order_reference);
  json_builder_set_member_name (builder, "aliases");
  json_builder_add_value (builder, json_object_dup_member (data, "aliases"));
  sandbox_json_string (builder, "name", product->name);
  sandbox_json_string (builder, "terms", product->terms->id);
  sandbox_json_int (builder, "list_cents", product->list_cents);
  if (json_object_has_member (data, "includes"))
    {
      json_builder_set_member_name (builder, "includes");
      json_builder_add_value (builder, json_object_dup_member (data, "includes"));
    }
  sandbox_json_string (builder, "setup",
                       json_object_get_string_member_with_default (data, "setup", NULL));
  json_builder_end_object (builder);
}

/* The terms that products of this catalogue are sold under, each once, as the data file has them.
 */
static void
add_terms (const SandboxCatalogue *catalogue, JsonBuilder *builder)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  json_builder_begin_object (json_builder_set_member_name (builder, "terms"));
  for (guint i = 0; i < catalogue->products->len; i++)
    {
      const SandboxProduct *product = g_ptr_array_index (catalogue->products, i);

      if (!g_hash_table_add (seen, product->terms->id))
        continue;
      json_builder_set_member_name (builder, product->terms->id);
      json_builder_add_value (builder,
                              json_object_dup_member (catalogue->terms_json, product->terms->id));
    }
  json_builder_end_object (builder);
}

void
sandbox_api_catalogue (SandboxExchange *exchange)
{
  const SandboxCatalogue *catalogue = exchange->world->catalogue;
  JsonBuilder *builder = sandbox_json_new ();

  sandbox_json_string (builder, "currency", "EUR");
  sandbox_json_boolean (builder, "fiction", TRUE);
  json_builder_begin_array (json_builder_set_member_name (builder, "products"));
  for (guint i = 0; i < catalogue->products->len; i++)
    add_product (builder, g_ptr_array_index (catalogue->products, i),
                 json_array_get_object_element (catalogue->products_json, i));
  json_builder_end_array (builder);
  add_terms (catalogue, builder);
  sandbox_terms_of_sale_to_json (exchange->world, builder);
  sandbox_exchange_reply_json (exchange, SOUP_STATUS_OK, builder);
}
