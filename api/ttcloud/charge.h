/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A charge to come. Cents of @currency; gross is net and VAT. Immutable, counted; any thread. */
typedef struct
{
  GDate date;
  gint64 net_cents;
  gint64 vat_cents;
  gint64 gross_cents;
  char currency[4];
} TtecommCharge;

TtecommCharge *ttecomm_charge_from_json (JsonObject *object,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommCharge *ttecomm_charge_ref (TtecommCharge *self);
void ttecomm_charge_unref (TtecommCharge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommCharge, ttecomm_charge_unref)

G_END_DECLS
