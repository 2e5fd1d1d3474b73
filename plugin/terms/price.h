/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/**
 * TtecommPriceInput:
 * @choice: the period
 * @quantity: units, seats, installations: what the terms count
 * @list_cents: the list price of one, for the time the terms say, net
 * @partner_bp: the partner's discount, 0 to 10000 basis points
 */
typedef struct
{
  TtecommTermChoice choice;
  gint64 quantity;
  gint64 list_cents;
  gint64 partner_bp;
} TtecommPriceInput;

/**
 * ttecomm_terms_quote:
 * @out: (out): net cents of one term, one rounding half up
 *
 * Rule 4a-11 (C31). Refuses a quantity outside the unit's bounds first, then the period.
 */
gboolean ttecomm_terms_quote (const TtecommTerms *terms,
                              const TtecommPriceInput *input,
                              gint64 *out,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_terms_prorated:
 * @start: the first day of the first term
 * @on: the day from which the units are wanted
 *
 * What is left of the first term, that day counting and the whole term as denominator; the full
 * price where the terms do not prorate. Rule 4a-12 (A13). The unit's bounds are not checked: units
 * may be added to what is there. %TTECOMM_TERMS_ERROR_EXPIRED after the end, in every mode.
 */
gboolean ttecomm_terms_prorated (const TtecommTerms *terms,
                                 const TtecommPriceInput *input,
                                 const GDate *start,
                                 const GDate *on,
                                 gint64 *out,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
