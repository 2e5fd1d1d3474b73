/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/quote-line.h"

G_BEGIN_DECLS

/**
 * TtecommOrder:
 *
 * A confirmed quote. Immutable, counted; any thread.
 */
typedef struct
{
  GDate server_today;
  char *id;       /* (owned) */
  char *key;      /* (owned): its Idempotency-Key, by which it is found again */
  char *quote_id; /* (owned) */
  TtecommOrderState state;
  TtecommOrderReason reason;
  char *checkout_url; /* (owned) (nullable): where a person pays, while pending; checked by the
                         client to be of ttecomm-url's origin */
  char currency[4];
  gint64 gross_cents;
  gint64 due_now_cents;
  GPtrArray *lines;   /* (owned) (element-type TtecommQuoteLine) */
  char *po_reference; /* (owned) (nullable) */
  gint64 created;     /* unix seconds */
  gint64 expires;     /* unix seconds */
  char *invoice;      /* (owned) (nullable): its number, once paid */
} TtecommOrder;

TtecommOrder *ttecomm_order_from_json (JsonObject *object,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommOrder *ttecomm_order_ref (TtecommOrder *self);
void ttecomm_order_unref (TtecommOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommOrder, ttecomm_order_unref)

/* (transfer full) (element-type TtecommOrder): the member `orders`, at most 100 */
GPtrArray *ttecomm_orders_from_json (JsonObject *object, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
