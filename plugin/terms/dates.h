/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/*
 * When things happen. Every date of a subscription is computed from its original start or from an
 * end, never from another computed date: chained months drift (31, 28, 28, ...).
 *
 * All of these fail with #TtecommTermsError for arguments that make no sense and with
 * #TtecommDateError when a result leaves the calendar of base/civil-date.h; @out is then untouched.
 */

/**
 * ttecomm_terms_civil_today:
 * @zone: the zone of the terms' `tz`. Only a server turns instants into days (C25); others are
 * told.
 *
 * Rule 4a-1.
 */
gboolean ttecomm_terms_civil_today (GTimeZone *zone,
                                    gint64 unix_seconds,
                                    GDate *out,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_terms_end_date:
 * @start: the original start
 * @n: the n-th term, from 1
 * @out: (out): the last day of service; none for evergreen terms
 *
 * Rule 4a-2 (S55, S56).
 */
gboolean ttecomm_terms_end_date (const TtecommTerms *terms,
                                 const TtecommTermChoice *choice,
                                 const GDate *start,
                                 gint64 n,
                                 GDate *out,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_terms_period_start:
 *
 * The first day of the n-th term: the day after the term before. Rule 4a-3.
 */
gboolean ttecomm_terms_period_start (const TtecommTerms *terms,
                                     const TtecommTermChoice *choice,
                                     const GDate *start,
                                     gint64 n,
                                     GDate *out,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_terms_term_end:
 *
 * As ttecomm_terms_end_date(), and for evergreen terms the day before the next term starts: the
 * last day that is paid for.
 */
gboolean ttecomm_terms_term_end (const TtecommTerms *terms,
                                 const TtecommTermChoice *choice,
                                 const GDate *start,
                                 gint64 n,
                                 GDate *out,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_terms_charge_date:
 * @today: (nullable): the charge is not earlier than this (C18)
 * @out: (out): none when the terms do not renew by themselves
 *
 * Rule 4a-4 (S45, C10, C11): months count back from the end, days from the renewal date.
 */
gboolean ttecomm_terms_charge_date (const TtecommTerms *terms,
                                    const GDate *end,
                                    const GDate *today,
                                    GDate *out,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The day after the end. Rule 4a-5 (C13). */
gboolean
ttecomm_terms_renewal_date (const GDate *end, GDate *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_terms_reminder_dates:
 * @out: (out): `terms->n_reminders` dates, in the order of `reminders[]`
 *
 * Rule 4a-6 (S43, C11): each from the end.
 */
gboolean ttecomm_terms_reminder_dates (const TtecommTerms *terms,
                                       const GDate *end,
                                       GDate out[TTECOMM_TERMS_MAX_REMINDERS],
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The last day on which notice counts; the end without notice. Rule 4a-7 (A8). */
gboolean ttecomm_terms_last_cancel_date (const TtecommTerms *terms,
                                         const GDate *end,
                                         GDate *out,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first day on which seats can no longer be removed; none without freeze. Rule 4a-8 (A32). */
gboolean ttecomm_terms_freeze_start (const TtecommTerms *terms,
                                     const GDate *end,
                                     GDate *out,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  TTECOMM_START_OK,
  TTECOMM_START_SCHEDULED,
  TTECOMM_START_TOO_EARLY,
  TTECOMM_START_TOO_LATE,
} TtecommStart;

/* Whether a subscription may begin on @start. Rule 4a-9 (A14-A16). */
TtecommStart
ttecomm_terms_validate_start (const TtecommTerms *terms, const GDate *today, const GDate *start);

G_END_DECLS
