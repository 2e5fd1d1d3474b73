/* SPDX-License-Identifier: MIT */
#include "plugin/terms/dates.h"

#include "base/civil-date.h"

gboolean
ttecomm_terms_civil_today (GTimeZone *zone, gint64 unix_seconds, GDate *out, GError **error)
{
  g_autoptr (GDateTime) instant = NULL;
  g_autoptr (GDateTime) local = NULL;
  char text[TTECOMM_DATE_SIZE];

  g_return_val_if_fail (zone != NULL, FALSE);

  instant = g_date_time_new_from_unix_utc (unix_seconds);
  local = instant != NULL ? g_date_time_to_timezone (instant, zone) : NULL;
  if (local == NULL)
    {
      g_set_error_literal (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE,
                           "The instant lies outside the calendar");
      return FALSE;
    }
  g_snprintf (text, sizeof text, "%04u-%02u-%02u", (guint)g_date_time_get_year (local) % 10000u,
              (guint)g_date_time_get_month (local) % 100u,
              (guint)g_date_time_get_day_of_month (local) % 100u);
  return ttecomm_date_parse (text, out, error);
}

static gboolean
check_n (gint64 n, GError **error)
{
  if (n >= 1 && n <= TTECOMM_TERMS_MAX_N)
    return TRUE;
  g_set_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID,
               "Terms are counted from 1 to %" G_GINT64_FORMAT, TTECOMM_TERMS_MAX_N);
  return FALSE;
}

gboolean
ttecomm_terms_end_date (const TtecommTerms *terms,
                        const TtecommTermChoice *choice,
                        const GDate *start,
                        gint64 n,
                        GDate *out,
                        GError **error)
{
  gint64 months;
  GDate end;

  g_return_val_if_fail (g_date_valid (start), FALSE);

  if (!check_n (n, error) || !ttecomm_terms_resolve (terms, choice, &months, NULL, error))
    return FALSE;
  if (terms->alignment == TTECOMM_ALIGNMENT_EVERGREEN)
    {
      g_date_clear (out, 1);
      return TRUE;
    }

  if (!ttecomm_date_add_months (start, n * months, &end, error))
    return FALSE;
  if (terms->alignment == TTECOMM_ALIGNMENT_END_OF_MONTH)
    {
      ttecomm_date_month_end (&end, out);
      return TRUE;
    }
  return ttecomm_date_add_days (&end, -1, out, error);
}

gboolean
ttecomm_terms_period_start (const TtecommTerms *terms,
                            const TtecommTermChoice *choice,
                            const GDate *start,
                            gint64 n,
                            GDate *out,
                            GError **error)
{
  gint64 months;
  GDate end;

  g_return_val_if_fail (g_date_valid (start), FALSE);

  if (!check_n (n, error))
    return FALSE;
  if (n == 1)
    {
      *out = *start;
      return TRUE;
    }
  if (!ttecomm_terms_resolve (terms, choice, &months, NULL, error))
    return FALSE;
  if (terms->alignment == TTECOMM_ALIGNMENT_EVERGREEN)
    return ttecomm_date_add_months (start, (n - 1) * months, out, error);
  return ttecomm_terms_end_date (terms, choice, start, n - 1, &end, error)
         && ttecomm_date_add_days (&end, 1, out, error);
}

gboolean
ttecomm_terms_term_end (const TtecommTerms *terms,
                        const TtecommTermChoice *choice,
                        const GDate *start,
                        gint64 n,
                        GDate *out,
                        GError **error)
{
  GDate next;

  if (terms->alignment != TTECOMM_ALIGNMENT_EVERGREEN)
    return ttecomm_terms_end_date (terms, choice, start, n, out, error);
  return check_n (n, error)
         && ttecomm_terms_period_start (terms, choice, start, n + 1, &next, error)
         && ttecomm_date_add_days (&next, -1, out, error);
}

/* @date less @offset; the same day without an offset. */
static gboolean
step_back (const GDate *date, TtecommOffset offset, GDate *out, GError **error)
{
  switch (offset.unit)
    {
    case TTECOMM_OFFSET_MONTHS:
      return ttecomm_date_add_months (date, -offset.count, out, error);
    case TTECOMM_OFFSET_DAYS:
      return ttecomm_date_add_days (date, -offset.count, out, error);
    case TTECOMM_OFFSET_NONE:
    default:
      *out = *date;
      return TRUE;
    }
}

gboolean
ttecomm_terms_renewal_date (const GDate *end, GDate *out, GError **error)
{
  return ttecomm_date_add_days (end, 1, out, error);
}

gboolean
ttecomm_terms_charge_date (const TtecommTerms *terms,
                           const GDate *end,
                           const GDate *today,
                           GDate *out,
                           GError **error)
{
  GDate from = *end;
  GDate charge;

  if (!terms->renewal_auto)
    {
      g_date_clear (out, 1);
      return TRUE;
    }
  if (terms->charge_lead.unit == TTECOMM_OFFSET_DAYS
      && !ttecomm_terms_renewal_date (end, &from, error))
    return FALSE;
  if (!step_back (&from, terms->charge_lead, &charge, error))
    return FALSE;
  *out = today != NULL && g_date_compare (today, &charge) > 0 ? *today : charge;
  return TRUE;
}

gboolean
ttecomm_terms_reminder_dates (const TtecommTerms *terms,
                              const GDate *end,
                              GDate out[TTECOMM_TERMS_MAX_REMINDERS],
                              GError **error)
{
  for (guint i = 0; i < terms->n_reminders; i++)
    if (!step_back (end, terms->reminders[i].before, &out[i], error))
      return FALSE;
  return TRUE;
}

gboolean
ttecomm_terms_last_cancel_date (const TtecommTerms *terms,
                                const GDate *end,
                                GDate *out,
                                GError **error)
{
  GDate renewal;

  if (terms->cancel_notice.unit == TTECOMM_OFFSET_NONE)
    {
      *out = *end;
      return TRUE;
    }
  return ttecomm_terms_renewal_date (end, &renewal, error)
         && step_back (&renewal, terms->cancel_notice, out, error);
}

gboolean
ttecomm_terms_freeze_start (const TtecommTerms *terms, const GDate *end, GDate *out, GError **error)
{
  GDate renewal;

  if (terms->removal_freeze.unit == TTECOMM_OFFSET_NONE)
    {
      g_date_clear (out, 1);
      return TRUE;
    }
  return ttecomm_terms_renewal_date (end, &renewal, error)
         && step_back (&renewal, terms->removal_freeze, out, error);
}

TtecommStart
ttecomm_terms_validate_start (const TtecommTerms *terms, const GDate *today, const GDate *start)
{
  gint64 ahead = g_date_days_between (today, start);

  if (ahead < -terms->start_past_days)
    return TTECOMM_START_TOO_EARLY;
  if (ahead > terms->start_future_days)
    return TTECOMM_START_TOO_LATE;
  return ahead > 0 ? TTECOMM_START_SCHEDULED : TTECOMM_START_OK;
}
