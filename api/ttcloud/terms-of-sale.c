/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/terms-of-sale.h"

#include "api/ttcloud/fields.h"
#include "api/ttcloud/origin.h"

static void
clear (gpointer data)
{
  TtecommTermsOfSale *self = data;

  g_free (self->version);
  g_free (self->url);
}

TtecommTermsOfSale *
ttecomm_terms_of_sale_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommTermsOfSale) self = g_atomic_rc_box_new0 (TtecommTermsOfSale);

  if (!ttecomm_field_word (object, "version", TTECOMM_CHARS_ID ".", 1, 32, &self->version, error)
      || !ttecomm_field_text (object, "url", TTECOMM_URL_MAX, &self->url, error))
    return NULL;
  return g_steal_pointer (&self);
}

TtecommTermsOfSale *
ttecomm_terms_of_sale_ref (TtecommTermsOfSale *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_terms_of_sale_unref (TtecommTermsOfSale *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
