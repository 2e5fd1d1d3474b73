/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/card.h"

#include "api/ttcloud/fields.h"
#include "base/civil-date.h"
#include "base/json.h"

#include <string.h>

/* In the order of TtecommCardBrand. */
static const char *const brand_names[] = { "visa", "mastercard", NULL };

/* YYYY-MM */
static gboolean
read_expires (JsonObject *object, TtecommCard *self, GError **error)
{
  const char *value = NULL;
  g_autofree char *first_day = NULL;
  GDate date;

  if (!ttecomm_json_get_string (object, "expires", 7, &value, error))
    return FALSE;
  first_day = g_strconcat (value, "-01", NULL);
  if (!ttecomm_date_parse (first_day, &date, NULL))
    {
      g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                           "member \"expires\" is not a month (2027-09)");
      return FALSE;
    }
  self->expires_year = g_date_get_year (&date);
  self->expires_month = (guint)g_date_get_month (&date);
  return TRUE;
}

TtecommCard *
ttecomm_card_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommCard) self = g_atomic_rc_box_new0 (TtecommCard);
  g_autofree char *last4 = NULL;
  int brand = 0;

  if (!ttecomm_field_enum (object, "brand", brand_names, &brand, error)
      || !ttecomm_field_word (object, "last4", TTECOMM_CHARS_DIGIT, 4, 4, &last4, error)
      || !read_expires (object, self, error)
      || !ttecomm_json_get_boolean (object, "verified", &self->verified, error))
    return NULL;
  self->brand = (TtecommCardBrand)brand;
  g_strlcpy (self->last4, last4, sizeof self->last4);
  return g_steal_pointer (&self);
}

TtecommCard *
ttecomm_card_ref (TtecommCard *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_card_unref (TtecommCard *self)
{
  g_atomic_rc_box_release (self);
}

const char *
ttecomm_card_brand_to_string (TtecommCardBrand brand)
{
  g_return_val_if_fail ((guint)brand <= TTECOMM_CARD_MASTERCARD, NULL);

  return brand_names[brand];
}
