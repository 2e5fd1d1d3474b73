/* SPDX-License-Identifier: MIT */
#include "plugin/terms/price.h"

#include "plugin/terms/dates.h"
#include "plugin/terms/fraction.h"

#define WHOLE_BP 10000

/* A price not yet rounded: a product of factors over a product of divisors. */
typedef struct
{
  guint64 factors[6];
  gsize n_factors;
  guint64 divisors[4];
  gsize n_divisors;
} Price;

static void
price_times (Price *price, gint64 factor, gint64 divisor)
{
  g_assert (price->n_factors < G_N_ELEMENTS (price->factors));
  g_assert (price->n_divisors < G_N_ELEMENTS (price->divisors));
  price->factors[price->n_factors++] = (guint64)factor;
  price->divisors[price->n_divisors++] = (guint64)divisor;
}

static gboolean
price_round (const Price *price, gint64 *out, GError **error)
{
  return ttecomm_fraction_round_half_up (price->factors, price->n_factors, price->divisors,
                                         price->n_divisors, out, error);
}

static gboolean
check_input (const TtecommPriceInput *input, GError **error)
{
  if (input->quantity >= 0 && input->list_cents >= 0 && input->partner_bp >= 0
      && input->partner_bp <= WHOLE_BP)
    return TRUE;
  g_set_error_literal (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID,
                       "A quantity, a price or a discount is out of range");
  return FALSE;
}

static void
price_discount (Price *price, TtecommStack stack, gint64 period_bp, gint64 partner_bp)
{
  if (stack == TTECOMM_STACK_ADD)
    {
      /* Discounts that add up to more than all make it free, not negative. */
      price_times (price, MAX (0, WHOLE_BP - period_bp - partner_bp), WHOLE_BP);
      return;
    }
  price_times (price, WHOLE_BP - period_bp, WHOLE_BP);
  price_times (price, WHOLE_BP - partner_bp, WHOLE_BP);
}

static gboolean
price_init (Price *price, const TtecommTerms *terms, const TtecommPriceInput *input, GError **error)
{
  gint64 months;
  gint64 period_bp;

  if (!check_input (input, error)
      || !ttecomm_terms_resolve (terms, &input->choice, &months, &period_bp, error))
    return FALSE;
  *price = (Price){ 0 };
  price->factors[price->n_factors++] = (guint64)input->list_cents;
  price->factors[price->n_factors++] = (guint64)input->quantity;
  if (terms->price_list_months != 0)
    price_times (price, months, terms->price_list_months);
  price_discount (price, terms->price_stack, period_bp, input->partner_bp);
  return TRUE;
}

gboolean
ttecomm_terms_quote (const TtecommTerms *terms,
                     const TtecommPriceInput *input,
                     gint64 *out,
                     GError **error)
{
  Price price;

  if (input->quantity < terms->unit_min)
    {
      g_set_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_BELOW_MINIMUM_UNITS,
                   "At least %" G_GINT64_FORMAT " must be bought", terms->unit_min);
      return FALSE;
    }
  if (terms->unit_max >= 0 && input->quantity > terms->unit_max)
    {
      g_set_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_ABOVE_MAXIMUM_UNITS,
                   "At most %" G_GINT64_FORMAT " can be bought", terms->unit_max);
      return FALSE;
    }
  return price_init (&price, terms, input, error) && price_round (&price, out, error);
}

gboolean
ttecomm_terms_prorated (const TtecommTerms *terms,
                        const TtecommPriceInput *input,
                        const GDate *start,
                        const GDate *on,
                        gint64 *out,
                        GError **error)
{
  const GDate *from = g_date_compare (on, start) > 0 ? on : start;
  Price price;
  GDate end;

  if (!price_init (&price, terms, input, error)
      || !ttecomm_terms_term_end (terms, &input->choice, start, 1, &end, error))
    return FALSE;
  if (g_date_compare (on, &end) > 0)
    {
      g_set_error_literal (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_EXPIRED,
                           "The term is over");
      return FALSE;
    }
  if (terms->proration == TTECOMM_PRORATION_BY_DAY)
    price_times (&price, g_date_days_between (from, &end) + 1,
                 g_date_days_between (start, &end) + 1);
  return price_round (&price, out, error);
}
