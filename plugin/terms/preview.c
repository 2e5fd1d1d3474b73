/* SPDX-License-Identifier: MIT */
#include "plugin/terms/preview.h"

#include "base/civil-date.h"
#include "plugin/terms/dates.h"

/* Aligned to the month's end, the first term is the period and what is left of this month. */
static gint64
count_free_days (const TtecommTerms *terms, const GDate *start)
{
  GDate month_end;

  if (terms->alignment != TTECOMM_ALIGNMENT_END_OF_MONTH)
    return 0;
  ttecomm_date_month_end (start, &month_end);
  return g_date_days_between (start, &month_end) + 1;
}

static gboolean
preview_next_charge (TtecommPreview *preview,
                     const TtecommTerms *terms,
                     const GDate *paid_through,
                     gint64 cents,
                     const GDate *today,
                     GError **error)
{
  if (!ttecomm_terms_charge_date (terms, paid_through, today, &preview->next_charge, error))
    return FALSE;
  preview->next_cents = g_date_valid (&preview->next_charge) ? cents : 0;
  return TRUE;
}

gboolean
ttecomm_preview_purchase (const TtecommTerms *terms,
                          const TtecommPriceInput *input,
                          const GDate *today,
                          TtecommPreview *out,
                          GError **error)
{
  TtecommPreview preview = { .start = *today };
  GDate paid_through;

  g_return_val_if_fail (g_date_valid (today), FALSE);

  if (!ttecomm_terms_quote (terms, input, &preview.net_cents, error)
      || !ttecomm_terms_end_date (terms, &input->choice, today, 1, &preview.end, error)
      || !ttecomm_terms_term_end (terms, &input->choice, today, 1, &paid_through, error)
      || !preview_next_charge (&preview, terms, &paid_through, preview.net_cents, today, error))
    return FALSE;
  preview.free_days = count_free_days (terms, today);
  preview.state_after = terms->renewal_auto ? TTECOMM_STATE_ACTIVE : TTECOMM_STATE_ENDING;
  *out = preview;
  return TRUE;
}

gboolean
ttecomm_preview_renewal (const TtecommSubscription *subscription,
                         gboolean renew,
                         const GDate *today,
                         TtecommPreview *out,
                         GError **error)
{
  TtecommPreview preview = { .start = subscription->start, .end = subscription->end };

  g_return_val_if_fail (g_date_valid (today), FALSE);

  preview.state_after = renew ? TTECOMM_STATE_ACTIVE : TTECOMM_STATE_ENDING;
  if (renew
      && !preview_next_charge (&preview, subscription->terms, &subscription->end,
                               subscription->cents, today, error))
    return FALSE;
  *out = preview;
  return TRUE;
}

static gboolean
dates_equal (const GDate *a, const GDate *b)
{
  if (!g_date_valid (a) || !g_date_valid (b))
    return g_date_valid (a) == g_date_valid (b);
  return g_date_compare (a, b) == 0;
}

gboolean
ttecomm_preview_equal (const TtecommPreview *a, const TtecommPreview *b)
{
  return dates_equal (&a->start, &b->start) && dates_equal (&a->end, &b->end)
         && dates_equal (&a->next_charge, &b->next_charge) && a->free_days == b->free_days
         && a->net_cents == b->net_cents && a->next_cents == b->next_cents
         && a->state_after == b->state_after;
}
