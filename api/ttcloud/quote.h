/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/card.h"
#include "api/ttcloud/payer.h"
#include "api/ttcloud/quote-line.h"
#include "api/ttcloud/terms-of-sale.h"

G_BEGIN_DECLS

/* What one VAT rate takes. @rate_bp in basis points: 2100 = 21 %. */
typedef struct
{
  guint rate_bp;
  TtecommVatKind kind;
  gint64 net_cents;
  gint64 vat_cents;
} TtecommVatLine;

/**
 * TtecommQuote:
 *
 * The preview of a purchase or a change. The sums have been checked: gross is net and VAT, the VAT
 * is that of its lines. Immutable, counted; any thread.
 */
typedef struct
{
  GDate server_today;
  char *quote_id; /* (owned) (nullable): NULL exactly when something blocks it */
  GDate valid_on; /* the last day */
  char currency[4];
  GPtrArray *lines; /* (owned) (element-type TtecommQuoteLine) */
  gint64 net_cents;
  GArray *vat; /* (owned) (element-type TtecommVatLine) */
  gint64 vat_cents;
  gint64 gross_cents;
  gint64 due_now_cents;
  TtecommPayer *payer;               /* (owned) */
  TtecommCard *card;                 /* (owned) (nullable) */
  TtecommBlockers blockers;          /* of the basket as a whole; each line has its own as well */
  TtecommTermsOfSale *terms_of_sale; /* (owned) */
} TtecommQuote;

TtecommQuote *ttecomm_quote_from_json (JsonObject *object,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommQuote *ttecomm_quote_ref (TtecommQuote *self);
void ttecomm_quote_unref (TtecommQuote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommQuote, ttecomm_quote_unref)

G_END_DECLS
