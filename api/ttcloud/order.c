/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/order.h"

#include "api/ttcloud/enum-names.h"
#include "api/ttcloud/fields.h"
#include "api/ttcloud/origin.h"

#define MAX_ORDERS 100

static void
clear (gpointer data)
{
  TtecommOrder *self = data;

  g_free (self->id);
  g_free (self->key);
  g_free (self->quote_id);
  g_free (self->checkout_url);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->po_reference);
  g_free (self->invoice);
}

static gboolean
read_identity (JsonObject *object, TtecommOrder *self, GError **error)
{
  return ttecomm_field_date (object, "server_today", &self->server_today, error)
         && ttecomm_field_id (object, "id", &self->id, error)
         && ttecomm_field_word (object, "key", TTECOMM_CHARS_ID, 8, 64, &self->key, error)
         && ttecomm_field_word (object, "quote_id", TTECOMM_CHARS_ID, 8, 64, &self->quote_id, error)
         && ttecomm_field_optional_text (object, "po_reference", TTECOMM_ID_MAX,
                                         &self->po_reference, error)
         && ttecomm_field_instant (object, "created", &self->created, error)
         && ttecomm_field_instant (object, "expires", &self->expires, error)
         && ttecomm_field_optional_text (object, "invoice", TTECOMM_NAME_MAX, &self->invoice,
                                         error);
}

static gboolean
read_state (JsonObject *object, TtecommOrder *self, GError **error)
{
  int state = 0;
  int reason = -1;

  if (!ttecomm_field_enum (object, "state", ttecomm_order_state_names, &state, error)
      || !ttecomm_field_optional_enum (object, "reason", ttecomm_order_reason_names, &reason, error)
      || !ttecomm_field_optional_text (object, "checkout_url", TTECOMM_URL_MAX, &self->checkout_url,
                                       error))
    return FALSE;
  self->state = (TtecommOrderState)state;
  self->reason = (TtecommOrderReason)(reason + 1);
  return TRUE;
}

TtecommOrder *
ttecomm_order_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommOrder) self = g_atomic_rc_box_new0 (TtecommOrder);

  if (!read_identity (object, self, error) || !read_state (object, self, error)
      || !ttecomm_field_currency (object, "currency", self->currency, error)
      || !ttecomm_field_cents (object, "gross_cents", &self->gross_cents, error)
      || !ttecomm_field_cents (object, "due_now_cents", &self->due_now_cents, error))
    return NULL;
  self->lines = ttecomm_quote_lines_from_json (object, "lines", error);
  if (self->lines == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

TtecommOrder *
ttecomm_order_ref (TtecommOrder *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_order_unref (TtecommOrder *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

GPtrArray *
ttecomm_orders_from_json (JsonObject *object, GError **error)
{
  GPtrArray *orders = NULL;

  if (!ttecomm_field_list (object, "orders", 0, MAX_ORDERS,
                           (TtecommFieldParse)ttecomm_order_from_json,
                           (GDestroyNotify)ttecomm_order_unref, &orders, error))
    return NULL;
  return orders;
}
