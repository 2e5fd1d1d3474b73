/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/charge.h"

#include "api/ttcloud/fields.h"
#include "base/json.h"

TtecommCharge *
ttecomm_charge_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommCharge) self = g_atomic_rc_box_new0 (TtecommCharge);

  if (!ttecomm_field_date (object, "date", &self->date, error)
      || !ttecomm_field_cents (object, "net_cents", &self->net_cents, error)
      || !ttecomm_field_cents (object, "vat_cents", &self->vat_cents, error)
      || !ttecomm_field_cents (object, "gross_cents", &self->gross_cents, error)
      || !ttecomm_field_currency (object, "currency", self->currency, error))
    return NULL;
  if (self->gross_cents != self->net_cents + self->vat_cents)
    {
      g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                           "member \"gross_cents\" is not net and VAT together");
      return NULL;
    }
  return g_steal_pointer (&self);
}

TtecommCharge *
ttecomm_charge_ref (TtecommCharge *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_charge_unref (TtecommCharge *self)
{
  g_atomic_rc_box_release (self);
}
