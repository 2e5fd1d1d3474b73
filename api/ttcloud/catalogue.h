/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/product.h"
#include "api/ttcloud/terms-of-sale.h"

G_BEGIN_DECLS

/* Products, order references, terms as data. Immutable, counted; any thread. */
typedef struct
{
  GDate server_today;
  char currency[4];
  gboolean fiction;                  /* C28: the prices are invented */
  GPtrArray *products;               /* (owned) (element-type TtecommProduct) */
  JsonObject *terms;                 /* (owned): terms by id, sealed; read by plugin/terms */
  TtecommTermsOfSale *terms_of_sale; /* (owned) */
} TtecommCatalogue;

TtecommCatalogue *ttecomm_catalogue_from_json (JsonObject *object,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommCatalogue *ttecomm_catalogue_ref (TtecommCatalogue *self);
void ttecomm_catalogue_unref (TtecommCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommCatalogue, ttecomm_catalogue_unref)

/* (nullable) (transfer none): by id, order reference or alias, exactly as written */
const TtecommProduct *ttecomm_catalogue_find (const TtecommCatalogue *self, const char *name);

G_END_DECLS
