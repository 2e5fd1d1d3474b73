/* SPDX-License-Identifier: MIT */
#include "plugin/terms/payment.h"

#include <string.h>

#include "base/civil-date.h"

#define MONTH_LENGTH 7

gboolean
ttecomm_card_last_day (const char *month, GDate *out, GError **error)
{
  char first_day[TTECOMM_DATE_SIZE] = "";
  GDate date;

  /* With another length the text is no date either way: the parser says so. */
  if (month != NULL && strnlen (month, MONTH_LENGTH + 1) == MONTH_LENGTH)
    g_snprintf (first_day, sizeof first_day, "%s-01", month);
  if (!ttecomm_date_parse (first_day, &date, error))
    {
      g_prefix_error (error, "A card's month is written YYYY-MM: ");
      return FALSE;
    }
  ttecomm_date_month_end (&date, out);
  return TRUE;
}

gboolean
ttecomm_card_ok_on (const char *month, const GDate *day, gboolean *out, GError **error)
{
  GDate last;

  g_return_val_if_fail (g_date_valid (day), FALSE);

  if (!ttecomm_card_last_day (month, &last, error))
    return FALSE;
  *out = g_date_compare (day, &last) <= 0;
  return TRUE;
}

GStrv
ttecomm_terms_payment_methods (const TtecommTerms *terms, gint64 cents, const GDate *customer_since)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean large = terms->other_from_cents >= 0 && cents >= terms->other_from_cents;
  gboolean old = customer_since != NULL && g_date_valid (&terms->other_grandfathered_before)
                 && g_date_compare (customer_since, &terms->other_grandfathered_before) < 0;

  g_strv_builder_addv (builder, (const char **)terms->cards);
  if (large || old)
    g_strv_builder_add (builder, "other");
  return g_strv_builder_end (builder);
}
