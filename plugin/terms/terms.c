/* SPDX-License-Identifier: MIT */
#include "plugin/terms/terms.h"

G_DEFINE_QUARK (ttecomm - terms - error - quark, ttecomm_terms_error)

const char *
ttecomm_terms_error_name (TtecommTermsError code)
{
  switch (code)
    {
    case TTECOMM_TERMS_ERROR_INVALID:
      return "invalid";
    case TTECOMM_TERMS_ERROR_UNSUPPORTED:
      return "unsupported";
    case TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD:
      return "unknown_period";
    case TTECOMM_TERMS_ERROR_MONTHS_OUT_OF_RANGE:
      return "months_out_of_range";
    case TTECOMM_TERMS_ERROR_BELOW_MINIMUM_UNITS:
      return "below_minimum_units";
    case TTECOMM_TERMS_ERROR_ABOVE_MAXIMUM_UNITS:
      return "above_maximum_units";
    case TTECOMM_TERMS_ERROR_EXPIRED:
      return "expired";
    case TTECOMM_TERMS_ERROR_OVERFLOW:
      return "overflow";
    default:
      return "unknown";
    }
}

TtecommTerms *
ttecomm_terms_ref (TtecommTerms *terms)
{
  g_return_val_if_fail (terms != NULL, NULL);
  return g_atomic_rc_box_acquire (terms);
}

static void
terms_clear (TtecommTerms *terms)
{
  g_free (terms->id);
  g_free (terms->currency);
  g_free (terms->tz);
  g_free (terms->unit_kind);
  g_free (terms->unit_scope);
  g_clear_pointer (&terms->periods, g_ptr_array_unref);
  for (guint i = 0; i < terms->n_reminders; i++)
    g_free (terms->reminders[i].to);
  g_free (terms->cancel_effect);
  g_free (terms->removal_effect);
  g_free (terms->payer_scope);
  g_free (terms->payer_change);
  g_strfreev (terms->payer_who);
  g_free (terms->invoice_po);
  g_strfreev (terms->cards);
  g_free (terms->requires_prosoft);
  g_free (terms->requires_role);
}

void
ttecomm_terms_unref (TtecommTerms *terms)
{
  g_return_if_fail (terms != NULL);
  g_atomic_rc_box_release_full (terms, (GDestroyNotify)terms_clear);
}

const TtecommPeriod *
ttecomm_terms_find_period (const TtecommTerms *terms, const char *id)
{
  g_return_val_if_fail (terms != NULL, NULL);

  for (guint i = 0; id != NULL && i < terms->periods->len; i++)
    {
      const TtecommPeriod *period = g_ptr_array_index (terms->periods, i);

      if (g_str_equal (period->id, id))
        return period;
    }
  return NULL;
}

gboolean
ttecomm_terms_resolve (const TtecommTerms *terms,
                       const TtecommTermChoice *choice,
                       gint64 *months,
                       gint64 *discount_bp,
                       GError **error)
{
  const TtecommPeriod *period;

  g_return_val_if_fail (choice != NULL, FALSE);

  period = ttecomm_terms_find_period (terms, choice->period);
  if (period == NULL)
    {
      g_set_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_UNKNOWN_PERIOD,
                   "The terms \"%s\" have no such period", terms->id);
      return FALSE;
    }
  if (period->months == 0
      && (choice->months < period->months_min || choice->months > period->months_max))
    {
      g_set_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_MONTHS_OUT_OF_RANGE,
                   "The period \"%s\" takes %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " months",
                   period->id, period->months_min, period->months_max);
      return FALSE;
    }

  *months = period->months != 0 ? period->months : choice->months;
  if (discount_bp != NULL)
    *discount_bp = period->discount_bp;
  return TRUE;
}
