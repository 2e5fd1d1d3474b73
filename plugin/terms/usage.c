/* SPDX-License-Identifier: MIT */
#include "plugin/terms/usage.h"

static gboolean
refuse_count (GError **error)
{
  g_set_error (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_INVALID,
               "Units are counted from 0 to %" G_GINT64_FORMAT, TTECOMM_TERMS_MAX_UNITS);
  return FALSE;
}

static gboolean
count_is_valid (gint64 count)
{
  return count >= 0 && count <= TTECOMM_TERMS_MAX_UNITS;
}

gboolean
ttecomm_terms_seats_for (const TtecommTerms *terms,
                         const gint64 *units,
                         gsize n_units,
                         gint64 *out,
                         GError **error)
{
  gint64 seats = 0;

  for (gsize i = 0; i < n_units; i++)
    {
      if (!count_is_valid (units[i]))
        return refuse_count (error);
      seats += MAX (1, units[i] / terms->unit_per_seat + (units[i] % terms->unit_per_seat != 0));
      if (!count_is_valid (seats))
        return refuse_count (error);
    }
  *out = seats;
  return TRUE;
}

const char *
ttecomm_usage_status_name (TtecommUsageStatus status)
{
  switch (status)
    {
    case TTECOMM_USAGE_GREEN:
      return "green";
    case TTECOMM_USAGE_YELLOW:
      return "yellow";
    case TTECOMM_USAGE_GREY:
    default:
      return "grey";
    }
}

gboolean
ttecomm_usage (gint64 used, gint64 allotted, TtecommUsage *out, GError **error)
{
  if (!count_is_valid (used) || !count_is_valid (allotted))
    return refuse_count (error);

  out->green = MIN (used, allotted);
  out->grey = MAX (0, allotted - used);
  out->yellow = MAX (0, used - allotted);
  if (used > allotted)
    out->status = TTECOMM_USAGE_YELLOW;
  else
    out->status = used > 0 ? TTECOMM_USAGE_GREEN : TTECOMM_USAGE_GREY;
  return TRUE;
}

gboolean
ttecomm_usage_typed (TtecommTypedUsage *types,
                     gsize n_types,
                     TtecommUsageStatus *status,
                     gboolean *limited,
                     GError **error)
{
  TtecommUsageStatus worst = TTECOMM_USAGE_GREY;
  gboolean has_seats = FALSE;

  for (gsize i = 0; i < n_types; i++)
    {
      TtecommUsage usage;

      if (!ttecomm_usage (types[i].used, types[i].seats, &usage, error))
        return FALSE;
      types[i].missing = usage.yellow;
      worst = MAX (worst, usage.status);
      has_seats = has_seats || types[i].seats > 0;
    }
  *status = worst;
  *limited = !has_seats && worst != TTECOMM_USAGE_GREY;
  return TRUE;
}

TtecommChange
ttecomm_terms_change_units (const TtecommTerms *terms,
                            gint64 current,
                            gint64 used,
                            gint64 delta,
                            gint64 *units)
{
  gint64 limit = terms->unit_max >= 0 ? terms->unit_max : TTECOMM_TERMS_MAX_UNITS;

  *units = current;
  /* Both bounds lie far inside gint64: saturating there decides as the true sum would. */
  delta = CLAMP (delta, -4 * TTECOMM_TERMS_MAX_UNITS, 4 * TTECOMM_TERMS_MAX_UNITS);
  current = CLAMP (current, 0, TTECOMM_TERMS_MAX_UNITS);
  if (current + delta < terms->unit_min)
    return TTECOMM_CHANGE_BELOW_MINIMUM_UNITS;
  if (current + delta > limit)
    return TTECOMM_CHANGE_ABOVE_MAXIMUM_UNITS;
  if (delta < 0 && current + delta < used)
    return TTECOMM_CHANGE_BELOW_UNITS_IN_USE;
  *units = current + delta;
  return (terms->approval & TTECOMM_APPROVAL_UNITS) != 0 ? TTECOMM_CHANGE_PENDING_APPROVAL
                                                         : TTECOMM_CHANGE_OK;
}
