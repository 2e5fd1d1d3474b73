/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Which tax number a buyer needs, and the VAT of an invoice. The countries and rates are data
 * (resources/tax.json): {"schema":1,"seller":"BE","vat":{"BE":2100,...},"gst":["IN"]}.
 * Countries are two letters; the letters' case does not matter.
 */

typedef struct _TtecommTaxTable TtecommTaxTable;

/**
 * ttecomm_tax_table_new_from_json:
 *
 * All or nothing, as the terms of sale; the seller must be one of the VAT countries.
 *
 * Returns: (transfer full)
 */
TtecommTaxTable *ttecomm_tax_table_new_from_json (JsonObject *object,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_tax_table_free (TtecommTaxTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommTaxTable, ttecomm_tax_table_free)

typedef enum
{
  TTECOMM_TAX_ID_NONE,
  TTECOMM_TAX_ID_VAT,
  TTECOMM_TAX_ID_GST,
} TtecommTaxId;

/* "none", "vat", "gst". Static. */
const char *ttecomm_tax_id_name (TtecommTaxId id);

/* Rule 4a-22 (S36, C23). @country: (nullable) */
TtecommTaxId ttecomm_tax_id_needed (const TtecommTaxTable *table, const char *country);

typedef enum
{
  TTECOMM_VAT_STANDARD,
  TTECOMM_VAT_REVERSE_CHARGE, /* the buyer declares it */
  TTECOMM_VAT_OUTSIDE,
} TtecommVatKind;

/* "standard", "reverse_charge", "outside", as in the cloud contract. Static. */
const char *ttecomm_vat_kind_name (TtecommVatKind kind);

/**
 * ttecomm_vat_rate:
 * @country: (nullable): the buyer's
 * @has_vat_number: the buyer gave a VAT number, and it was checked
 * @kind: (out) (nullable)
 *
 * The seller's own country: its rate. Another VAT country: 0 with a number, its own rate without.
 * Elsewhere 0.
 *
 * Returns: the rate in basis points
 */
gint64 ttecomm_vat_rate (const TtecommTaxTable *table,
                         const char *country,
                         gboolean has_vat_number,
                         TtecommVatKind *kind);

/* All lines of one rate on one invoice. */
typedef struct
{
  gint64 rate_bp;
  gint64 net_cents;
  gint64 vat_cents;
} TtecommVatLine;

/**
 * ttecomm_vat_invoice:
 * @lines: (array length=n_lines) (inout): rate and net amount of each line; on %TRUE the array's
 *   first @n_rates entries are the sums, one a rate, lowest rate first
 * @n_rates: (out)
 * @gross_cents: (out): all nets and VATs
 *
 * VAT is taken once a rate and invoice, half up: never line by line. Amounts that do not fit are
 * refused with %TTECOMM_TERMS_ERROR_OVERFLOW, negative ones with %TTECOMM_TERMS_ERROR_INVALID; the
 * array's content is then unspecified.
 */
gboolean ttecomm_vat_invoice (TtecommVatLine *lines,
                              gsize n_lines,
                              gsize *n_rates,
                              gint64 *gross_cents,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
