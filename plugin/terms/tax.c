/* SPDX-License-Identifier: MIT */
#include "plugin/terms/tax.h"

#include "base/json.h"
#include "plugin/terms/fraction.h"
#include "plugin/terms/terms.h"

#define SCHEMA 1
#define WHOLE_BP 10000
#define COUNTRY_LENGTH 2
#define MAX_COUNTRIES 300

struct _TtecommTaxTable
{
  char *seller;      /* (owned): a member of `rates` */
  GHashTable *rates; /* (owned) (element-type utf8 int): country to basis points */
  GHashTable *gst;   /* (owned) (element-type utf8): a set */
};

void
ttecomm_tax_table_free (TtecommTaxTable *table)
{
  g_return_if_fail (table != NULL);
  g_free (table->seller);
  g_hash_table_unref (table->rates);
  g_hash_table_unref (table->gst);
  g_free (table);
}

static gboolean
check_country (const char *country, GError **error)
{
  if (strlen (country) == COUNTRY_LENGTH && g_ascii_isupper (country[0])
      && g_ascii_isupper (country[1]))
    return TRUE;
  g_set_error_literal (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID,
                       "a country is two capital letters");
  return FALSE;
}

static gboolean
parse_rates (TtecommTaxTable *table, JsonObject *root, GError **error)
{
  g_autoptr (GList) countries = NULL;
  JsonObject *rates;

  if (!ttecomm_json_get_object (root, "vat", &rates, error))
    return FALSE;
  countries = json_object_get_members (rates);
  for (const GList *link = countries; link != NULL; link = link->next)
    {
      gint64 rate;

      if (!check_country (link->data, error)
          || !ttecomm_json_get_int (rates, link->data, 0, WHOLE_BP, &rate, error))
        {
          g_prefix_error (error, "member \"vat\": ");
          return FALSE;
        }
      g_hash_table_insert (table->rates, g_strdup (link->data), GINT_TO_POINTER ((gint)rate));
    }
  return TRUE;
}

static gboolean
parse_gst (TtecommTaxTable *table, JsonObject *root, GError **error)
{
  JsonArray *countries;

  if (!ttecomm_json_get_array (root, "gst", MAX_COUNTRIES, &countries, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (countries); i++)
    {
      const char *country;

      if (!ttecomm_json_array_get_string (countries, i, COUNTRY_LENGTH, &country, error)
          || !check_country (country, error))
        {
          g_prefix_error (error, "member \"gst\": ");
          return FALSE;
        }
      g_hash_table_add (table->gst, g_strdup (country));
    }
  return TRUE;
}

TtecommTaxTable *
ttecomm_tax_table_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (TtecommTaxTable) table = g_new0 (TtecommTaxTable, 1);
  const char *seller;
  gint64 schema;

  table->rates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  table->gst = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!ttecomm_json_get_int (object, "schema", SCHEMA, SCHEMA, &schema, error)
      || !parse_rates (table, object, error) || !parse_gst (table, object, error)
      || !ttecomm_json_get_string (object, "seller", COUNTRY_LENGTH, &seller, error))
    return NULL;
  if (!g_hash_table_contains (table->rates, seller))
    {
      g_set_error_literal (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID,
                           "member \"seller\" must be a country of \"vat\"");
      return NULL;
    }
  table->seller = g_strdup (seller);
  return g_steal_pointer (&table);
}

/* The country as the table writes it; FALSE for anything that is no country's letters. */
static gboolean
normalise (const char *country, char out[COUNTRY_LENGTH + 1])
{
  if (country == NULL || strlen (country) != COUNTRY_LENGTH)
    return FALSE;
  for (gsize i = 0; i <= COUNTRY_LENGTH; i++)
    out[i] = g_ascii_toupper (country[i]);
  return TRUE;
}

const char *
ttecomm_tax_id_name (TtecommTaxId id)
{
  switch (id)
    {
    case TTECOMM_TAX_ID_VAT:
      return "vat";
    case TTECOMM_TAX_ID_GST:
      return "gst";
    case TTECOMM_TAX_ID_NONE:
    default:
      return "none";
    }
}

TtecommTaxId
ttecomm_tax_id_needed (const TtecommTaxTable *table, const char *country)
{
  char letters[COUNTRY_LENGTH + 1];

  g_return_val_if_fail (table != NULL, TTECOMM_TAX_ID_NONE);

  if (!normalise (country, letters))
    return TTECOMM_TAX_ID_NONE;
  if (g_hash_table_contains (table->rates, letters))
    return TTECOMM_TAX_ID_VAT;
  return g_hash_table_contains (table->gst, letters) ? TTECOMM_TAX_ID_GST : TTECOMM_TAX_ID_NONE;
}

const char *
ttecomm_vat_kind_name (TtecommVatKind kind)
{
  switch (kind)
    {
    case TTECOMM_VAT_STANDARD:
      return "standard";
    case TTECOMM_VAT_REVERSE_CHARGE:
      return "reverse_charge";
    case TTECOMM_VAT_OUTSIDE:
    default:
      return "outside";
    }
}

gint64
ttecomm_vat_rate (const TtecommTaxTable *table,
                  const char *country,
                  gboolean has_vat_number,
                  TtecommVatKind *kind)
{
  char letters[COUNTRY_LENGTH + 1] = "";
  TtecommVatKind found;
  gpointer rate = NULL;

  g_return_val_if_fail (table != NULL, 0);

  if (!normalise (country, letters)
      || !g_hash_table_lookup_extended (table->rates, letters, NULL, &rate))
    found = TTECOMM_VAT_OUTSIDE;
  else if (has_vat_number && !g_str_equal (letters, table->seller))
    found = TTECOMM_VAT_REVERSE_CHARGE;
  else
    found = TTECOMM_VAT_STANDARD;

  if (kind != NULL)
    *kind = found;
  return found == TTECOMM_VAT_STANDARD ? GPOINTER_TO_INT (rate) : 0;
}

static int
compare_rates (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const TtecommVatLine *first = a;
  const TtecommVatLine *second = b;

  return (first->rate_bp > second->rate_bp) - (first->rate_bp < second->rate_bp);
}

static gboolean
add_cents (gint64 *sum, gint64 cents, GError **error)
{
  if (cents <= G_MAXINT64 - *sum)
    {
      *sum += cents;
      return TRUE;
    }
  g_set_error_literal (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_OVERFLOW,
                       "The amount is too large to be counted");
  return FALSE;
}

static gboolean
take_vat (TtecommVatLine *line, gint64 *gross_cents, GError **error)
{
  const guint64 factors[] = { (guint64)line->net_cents, (guint64)line->rate_bp };
  const guint64 divisors[] = { WHOLE_BP };

  return ttecomm_fraction_round_half_up (factors, G_N_ELEMENTS (factors), divisors,
                                         G_N_ELEMENTS (divisors), &line->vat_cents, error)
         && add_cents (gross_cents, line->net_cents, error)
         && add_cents (gross_cents, line->vat_cents, error);
}

/* Sums lines of the same rate into the first of them; the array is sorted by rate. */
static gboolean
merge_rates (TtecommVatLine *lines, gsize n_lines, gsize *n_rates, GError **error)
{
  gsize count = 0;

  for (gsize i = 0; i < n_lines; i++)
    {
      if (lines[i].net_cents < 0 || lines[i].rate_bp < 0 || lines[i].rate_bp > WHOLE_BP)
        {
          g_set_error_literal (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID,
                               "An amount or a rate of an invoice is out of range");
          return FALSE;
        }
      if (count == 0 || lines[count - 1].rate_bp != lines[i].rate_bp)
        lines[count++] = lines[i];
      else if (!add_cents (&lines[count - 1].net_cents, lines[i].net_cents, error))
        return FALSE;
    }
  *n_rates = count;
  return TRUE;
}

gboolean
ttecomm_vat_invoice (TtecommVatLine *lines,
                     gsize n_lines,
                     gsize *n_rates,
                     gint64 *gross_cents,
                     GError **error)
{
  gint64 gross = 0;

  g_return_val_if_fail (n_lines <= G_MAXINT, FALSE);

  if (n_lines > 0)
    g_qsort_with_data (lines, (gint)n_lines, sizeof *lines, compare_rates, NULL);
  if (!merge_rates (lines, n_lines, n_rates, error))
    return FALSE;
  for (gsize i = 0; i < *n_rates; i++)
    if (!take_vat (&lines[i], &gross, error))
      return FALSE;
  *gross_cents = gross;
  return TRUE;
}
