/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  TTECOMM_CARD_VISA,
  TTECOMM_CARD_MASTERCARD,
} TtecommCardBrand;

/* The card on file, by reference only. Immutable, counted; any thread. */
typedef struct
{
  TtecommCardBrand brand;
  char last4[5];
  guint expires_year;  /* 1900 to 2999 */
  guint expires_month; /* 1 to 12; good through the last day of this month */
  gboolean verified;   /* S38: the 0.01 debit went through */
} TtecommCard;

TtecommCard *ttecomm_card_from_json (JsonObject *object, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommCard *ttecomm_card_ref (TtecommCard *self);
void ttecomm_card_unref (TtecommCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommCard, ttecomm_card_unref)

/* "visa", "mastercard" */
const char *ttecomm_card_brand_to_string (TtecommCardBrand brand);

G_END_DECLS
