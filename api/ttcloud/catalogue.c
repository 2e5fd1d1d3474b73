/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/catalogue.h"

#include "api/ttcloud/fields.h"
#include "base/json.h"

#include <string.h>

#define MAX_PRODUCTS 64

static void
clear (gpointer data)
{
  TtecommCatalogue *self = data;

  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->terms, json_object_unref);
  g_clear_pointer (&self->terms_of_sale, ttecomm_terms_of_sale_unref);
}

static gboolean
knows (const TtecommProduct *product, const char *name)
{
  return strcmp (product->id, name) == 0 || strcmp (product->order_reference, name) == 0
         || g_strv_contains ((const char *const *)product->aliases, name);
}

/* Every product's terms are there, and no name means two products. */
static gboolean
check_products (const TtecommCatalogue *self, GError **error)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      const TtecommProduct *product = self->products->pdata[i];

      if (!json_object_has_member (self->terms, product->terms))
        {
          g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                       "product %s names terms that are not in member \"terms\"", product->id);
          return FALSE;
        }
      if (ttecomm_catalogue_find (self, product->id) != product
          || ttecomm_catalogue_find (self, product->order_reference) != product)
        {
          g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                       "member \"products\" has two products for %s", product->id);
          return FALSE;
        }
    }
  return TRUE;
}

TtecommCatalogue *
ttecomm_catalogue_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommCatalogue) self = g_atomic_rc_box_new0 (TtecommCatalogue);
  JsonObject *terms = NULL;
  gpointer terms_of_sale = NULL;

  if (!ttecomm_field_date (object, "server_today", &self->server_today, error)
      || !ttecomm_field_currency (object, "currency", self->currency, error)
      || !ttecomm_json_get_optional_boolean (object, "fiction", FALSE, &self->fiction, error)
      || !ttecomm_field_list (object, "products", 0, MAX_PRODUCTS,
                              (TtecommFieldParse)ttecomm_product_from_json,
                              (GDestroyNotify)ttecomm_product_unref, &self->products, error)
      || !ttecomm_json_get_object (object, "terms", &terms, error)
      || !ttecomm_field_object (object, "terms_of_sale",
                                (TtecommFieldParse)ttecomm_terms_of_sale_from_json, &terms_of_sale,
                                error))
    return NULL;
  self->terms_of_sale = terms_of_sale;
  self->terms = json_object_ref (terms);
  json_object_seal (self->terms);
  if (!check_products (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

TtecommCatalogue *
ttecomm_catalogue_ref (TtecommCatalogue *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_catalogue_unref (TtecommCatalogue *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const TtecommProduct *
ttecomm_catalogue_find (const TtecommCatalogue *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->products->len; i++)
    if (knows (self->products->pdata[i], name))
      return self->products->pdata[i];
  return NULL;
}
