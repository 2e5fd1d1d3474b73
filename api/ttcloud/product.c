/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/product.h"

#include "api/ttcloud/fields.h"

#define MAX_ITEMS 64

static void
clear (gpointer data)
{
  TtecommProduct *self = data;

  g_free (self->id);
  g_free (self->order_reference);
  g_strfreev (self->aliases);
  g_free (self->name);
  g_free (self->terms);
  g_strfreev (self->includes);
  g_free (self->setup);
}

TtecommProduct *
ttecomm_product_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommProduct) self = g_atomic_rc_box_new0 (TtecommProduct);

  if (!ttecomm_field_service (object, "id", &self->id, error)
      || !ttecomm_field_order_reference (object, "order_reference", &self->order_reference, error)
      || !ttecomm_field_strings (object, "aliases", MAX_ITEMS, TTECOMM_NAME_MAX, &self->aliases,
                                 error)
      || !ttecomm_field_text (object, "name", TTECOMM_NAME_MAX, &self->name, error)
      || !ttecomm_field_text (object, "terms", TTECOMM_ID_MAX, &self->terms, error)
      || !ttecomm_field_cents (object, "list_cents", &self->list_cents, error)
      || !ttecomm_field_optional_strings (object, "includes", MAX_ITEMS, TTECOMM_NAME_MAX,
                                          &self->includes, error)
      || !ttecomm_field_optional_text (object, "setup", TTECOMM_NAME_MAX, &self->setup, error))
    return NULL;
  return g_steal_pointer (&self);
}

TtecommProduct *
ttecomm_product_ref (TtecommProduct *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_product_unref (TtecommProduct *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
