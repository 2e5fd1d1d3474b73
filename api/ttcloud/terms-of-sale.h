/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a person accepts before an order. Immutable, counted; any thread. */
typedef struct
{
  char *version; /* (owned): given back as it came with the order */
  char *url;     /* (owned): checked by the client to be of ttecomm-url's origin */
} TtecommTermsOfSale;

TtecommTermsOfSale *ttecomm_terms_of_sale_from_json (JsonObject *object,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommTermsOfSale *ttecomm_terms_of_sale_ref (TtecommTermsOfSale *self);
void ttecomm_terms_of_sale_unref (TtecommTermsOfSale *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommTermsOfSale, ttecomm_terms_of_sale_unref)

G_END_DECLS
