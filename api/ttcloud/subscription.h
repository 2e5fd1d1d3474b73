/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/charge.h"
#include "api/ttcloud/enums.h"
#include "api/ttcloud/payer.h"

G_BEGIN_DECLS

/* One product on one installation (S33). Immutable, counted; any thread. */
typedef struct
{
  char *service;         /* (owned): id of the product, "RS" */
  char *order_reference; /* (owned): "TSF16100" */
  char *name;            /* (owned) */
  TtecommCloudState state;
  gboolean auto_renew;
  GDate end;                  /* inclusive; not valid when there is none */
  TtecommCharge *next_charge; /* (owned) (nullable): NULL when renewal is off */
  TtecommPayer *payer;        /* (owned) (nullable) */
} TtecommSubscription;

TtecommSubscription *ttecomm_subscription_from_json (JsonObject *object,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommSubscription *ttecomm_subscription_ref (TtecommSubscription *self);
void ttecomm_subscription_unref (TtecommSubscription *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSubscription, ttecomm_subscription_unref)

G_END_DECLS
