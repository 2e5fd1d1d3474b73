/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/subscription.h"

#include "api/ttcloud/enum-names.h"
#include "api/ttcloud/fields.h"
#include "base/json.h"

static void
clear (gpointer data)
{
  TtecommSubscription *self = data;

  g_free (self->service);
  g_free (self->order_reference);
  g_free (self->name);
  g_clear_pointer (&self->next_charge, ttecomm_charge_unref);
  g_clear_pointer (&self->payer, ttecomm_payer_unref);
}

TtecommSubscription *
ttecomm_subscription_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommSubscription) self = g_atomic_rc_box_new0 (TtecommSubscription);
  gpointer charge = NULL;
  gpointer payer = NULL;
  int state = 0;

  if (!ttecomm_field_service (object, "service", &self->service, error)
      || !ttecomm_field_order_reference (object, "order_reference", &self->order_reference, error)
      || !ttecomm_field_text (object, "name", TTECOMM_NAME_MAX, &self->name, error)
      || !ttecomm_field_enum (object, "state", ttecomm_cloud_state_names, &state, error)
      || !ttecomm_json_get_boolean (object, "auto_renew", &self->auto_renew, error)
      || !ttecomm_field_optional_date (object, "end", &self->end, error)
      || !ttecomm_field_optional_object (object, "next_charge",
                                         (TtecommFieldParse)ttecomm_charge_from_json, &charge,
                                         error))
    return NULL;
  self->state = (TtecommCloudState)state;
  self->next_charge = charge;
  if (!ttecomm_field_optional_object (object, "payer", (TtecommFieldParse)ttecomm_payer_from_json,
                                      &payer, error))
    return NULL;
  self->payer = payer;
  return g_steal_pointer (&self);
}

TtecommSubscription *
ttecomm_subscription_ref (TtecommSubscription *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_subscription_unref (TtecommSubscription *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
