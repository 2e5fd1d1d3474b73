/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/**
 * ttecomm_terms_seats_for:
 * @units: (array length=n_units): units in each place (location, account, ...)
 *
 * Seats are counted place by place, at least one each, and then added (C33). Rule 4a-10 (T8).
 */
gboolean ttecomm_terms_seats_for (const TtecommTerms *terms,
                                  const gint64 *units,
                                  gsize n_units,
                                  gint64 *out,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  TTECOMM_USAGE_GREY,   /* nothing used */
  TTECOMM_USAGE_GREEN,  /* within what is paid for */
  TTECOMM_USAGE_YELLOW, /* beyond */
} TtecommUsageStatus;

/* "grey", "green", "yellow". Static. */
const char *ttecomm_usage_status_name (TtecommUsageStatus status);

/* The status and the lengths of the bar's three parts (T4-T7). */
typedef struct
{
  TtecommUsageStatus status;
  gint64 green;
  gint64 grey;
  gint64 yellow;
} TtecommUsage;

/* Rule 4a-13. Neither number may be negative. */
gboolean ttecomm_usage (gint64 used, gint64 allotted, TtecommUsage *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* One type of device: what is in use, what is paid for, and (out) how many seats are missing. */
typedef struct
{
  const char *type;
  gint64 used;
  gint64 seats;
  gint64 missing;
} TtecommTypedUsage;

/**
 * ttecomm_usage_typed:
 * @types: (array length=n_types) (inout): each type once; `missing` is filled in
 * @limited: (out): something is in use and there are no seats at all (A36)
 *
 * Rule 4a-13 where seats must match by type (A6).
 */
gboolean ttecomm_usage_typed (TtecommTypedUsage *types,
                              gsize n_types,
                              TtecommUsageStatus *status,
                              gboolean *limited,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  TTECOMM_CHANGE_OK,
  TTECOMM_CHANGE_PENDING_APPROVAL,
  TTECOMM_CHANGE_BELOW_MINIMUM_UNITS,
  TTECOMM_CHANGE_ABOVE_MAXIMUM_UNITS,
  TTECOMM_CHANGE_BELOW_UNITS_IN_USE,
} TtecommChange;

/**
 * ttecomm_terms_change_units:
 * @units: (out): the number after the change; meaningful for OK and PENDING_APPROVAL
 *
 * Rule 4a-14. A number that cannot be counted is beyond one of the bounds.
 */
TtecommChange ttecomm_terms_change_units (const TtecommTerms *terms,
                                          gint64 current,
                                          gint64 used,
                                          gint64 delta,
                                          gint64 *units);

G_END_DECLS
