/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Civil dates: a day of the calendar without time, zone or locale (C25). Every date that crosses a
 * border of this project is the text YYYY-MM-DD; inside it is a GDate.
 *
 * Months are added by clamping (31 January and one month is 28 or 29 February), never by rolling
 * over, and always to the original day: adding one month twice to a clamped date drifts, so whoever
 * wants the n-th date adds n months to the first.
 *
 * Thread: any. No I/O, no clock, no locale.
 */

/* The years a date may lie in; anything else is refused, also as a result. */
#define TTECOMM_DATE_MIN_YEAR 1900
#define TTECOMM_DATE_MAX_YEAR 2999

/* Room for YYYY-MM-DD or dd/mm/yyyy with its NUL. */
#define TTECOMM_DATE_SIZE 11

/**
 * TtecommDateError:
 * @TTECOMM_DATE_ERROR_INVALID: not written YYYY-MM-DD, or a day that does not exist (C9)
 * @TTECOMM_DATE_ERROR_RANGE: outside the years above
 */
typedef enum
{
  TTECOMM_DATE_ERROR_INVALID,
  TTECOMM_DATE_ERROR_RANGE,
} TtecommDateError;

#define TTECOMM_DATE_ERROR (ttecomm_date_error_quark ())
GQuark ttecomm_date_error_quark (void);

/**
 * ttecomm_date_parse:
 * @iso: (nullable): exactly YYYY-MM-DD, a day that exists
 * @out: (out): untouched on %FALSE
 */
gboolean ttecomm_date_parse (const char *iso, GDate *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_date_format:
 * @date: a valid date
 *
 * Writes YYYY-MM-DD; an invalid date gives an empty text and a critical.
 */
void ttecomm_date_format (const GDate *date, char out[TTECOMM_DATE_SIZE]);

/* As ttecomm_date_format(), dd/mm/yyyy: what the handbooks' labels show (S34). */
void ttecomm_date_format_dmy (const GDate *date, char out[TTECOMM_DATE_SIZE]);

/**
 * ttecomm_date_add_months:
 * @date: a valid date
 * @months: may be negative
 * @out: (out): may be @date; untouched on %FALSE
 *
 * The same day of another month, or that month's last day where there is no such day.
 * %TTECOMM_DATE_ERROR_RANGE when the result leaves the years above.
 */
gboolean ttecomm_date_add_months (const GDate *date, gint64 months, GDate *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* As ttecomm_date_add_months(), in days. */
gboolean ttecomm_date_add_days (const GDate *date, gint64 days, GDate *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* The last day of @date's month. */
void ttecomm_date_month_end (const GDate *date, GDate *out);

G_END_DECLS
