/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A product of the catalogue. Immutable, counted; any thread. */
typedef struct
{
  char *id;              /* (owned): "RS" */
  char *order_reference; /* (owned): "TSF16100" */
  GStrv aliases;         /* (owned): C3: accepted on input, never given out */
  char *name;            /* (owned) */
  char *terms;           /* (owned): id of its terms */
  gint64 list_cents;     /* net */
  GStrv includes;        /* (owned): may be empty */
  char *setup;           /* (owned) (nullable) */
} TtecommProduct;

TtecommProduct *ttecomm_product_from_json (JsonObject *object,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommProduct *ttecomm_product_ref (TtecommProduct *self);
void ttecomm_product_unref (TtecommProduct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommProduct, ttecomm_product_unref)

G_END_DECLS
