/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/catalogue.h"

#include <gio/gio.h>

#include "base/json.h"

#define MAX_BYTES (256 * 1024)
#define MAX_PRODUCTS 64

static void
product_free (SandboxProduct *product)
{
  g_free (product->id);
  g_free (product->order_reference);
  g_strfreev (product->aliases);
  g_free (product->name);
  g_clear_pointer (&product->terms, ttecomm_terms_unref);
  g_free (product);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxProduct, product_free)

static GStrv
read_aliases (JsonObject *object, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;
  const char *alias;

  if (!ttecomm_json_get_array (object, "aliases", 16, &array, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!ttecomm_json_array_get_string (array, i, 32, &alias, error))
        return NULL;
      g_strv_builder_add (builder, alias);
    }
  return g_strv_builder_end (builder);
}

static SandboxProduct *
read_product (JsonObject *object, JsonObject *all_terms, GError **error)
{
  g_autoptr (SandboxProduct) product = g_new0 (SandboxProduct, 1);
  const char *id;
  const char *reference;
  const char *name;
  const char *terms;
  JsonObject *terms_object;

  if (!ttecomm_json_get_string (object, "id", 16, &id, error)
      || !ttecomm_json_get_string (object, "ref", 16, &reference, error)
      || !ttecomm_json_get_string (object, "name", 200, &name, error)
      || !ttecomm_json_get_string (object, "terms", 64, &terms, error)
      || !ttecomm_json_get_int (object, "list_cents", 0, TTECOMM_TERMS_MAX_CENTS,
                                &product->list_cents, error)
      || !ttecomm_json_get_object (all_terms, terms, &terms_object, error))
    return NULL;
  product->id = g_strdup (id);
  product->order_reference = g_strdup (reference);
  product->name = g_strdup (name);
  product->aliases = read_aliases (object, error);
  if (product->aliases == NULL)
    return NULL;
  product->terms = ttecomm_terms_new_from_json (terms_object, error);
  return product->terms != NULL ? g_steal_pointer (&product) : NULL;
}

static GBytes *
lookup (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat ("/ttecomm/sandbox/", name, NULL);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

static JsonObject *
load_object (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = lookup (name, error);

  if (bytes == NULL)
    return NULL;
  return ttecomm_json_parse_object (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                    MAX_BYTES, error);
}

static gboolean
load_products (SandboxCatalogue *self, GError **error)
{
  g_autoptr (GBytes) bytes = lookup ("products.json", error);

  if (bytes == NULL)
    return FALSE;
  self->products_json
      = ttecomm_json_parse_array (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  MAX_BYTES, MAX_PRODUCTS, error);
  for (guint i = 0; self->products_json != NULL && i < json_array_get_length (self->products_json);
       i++)
    {
      JsonObject *object;
      SandboxProduct *product;

      if (!ttecomm_json_array_get_object (self->products_json, i, &object, error))
        return FALSE;
      product = read_product (object, self->terms_json, error);
      if (product == NULL)
        return FALSE;
      g_ptr_array_add (self->products, product);
    }
  return self->products_json != NULL;
}

SandboxCatalogue *
sandbox_catalogue_new (GError **error)
{
  g_autoptr (SandboxCatalogue) self = g_new0 (SandboxCatalogue, 1);
  g_autoptr (JsonObject) taxes = load_object ("tax.json", error);

  self->products = g_ptr_array_new_with_free_func ((GDestroyNotify)product_free);
  if (taxes == NULL)
    return NULL;
  self->taxes = ttecomm_tax_table_new_from_json (taxes, error);
  if (self->taxes == NULL)
    return NULL;
  self->terms_json = load_object ("terms-of-sale.json", error);
  if (self->terms_json == NULL || !load_products (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
sandbox_catalogue_free (SandboxCatalogue *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->products_json, json_array_unref);
  g_clear_pointer (&self->terms_json, json_object_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->taxes, ttecomm_tax_table_free);
  g_free (self);
}

const SandboxProduct *
sandbox_catalogue_find (const SandboxCatalogue *self, const char *name)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      const SandboxProduct *product = g_ptr_array_index (self->products, i);

      if (g_str_equal (product->id, name) || g_str_equal (product->order_reference, name)
          || g_strv_contains ((const char *const *)product->aliases, name))
        return product;
    }
  return NULL;
}
