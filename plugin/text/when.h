/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/text/text.h"

G_BEGIN_DECLS

/* Dates, instants and spans in words. All results are (transfer full). Thread: any. */

/* dd/mm/yyyy, as the handbooks write it (S34), unless a text of the language says otherwise: German
 * has dd.mm.yyyy. @date must be valid. */
char *ttecomm_text_date (const TtecommText *self, const GDate *date) G_GNUC_WARN_UNUSED_RESULT;

/* @iso: (nullable): YYYY-MM-DD, told as ttecomm_text_date(); what is no date is shown as it is,
 * cleaned. */
char *ttecomm_text_iso_date (const TtecommText *self, const char *iso) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_text_instant:
 * @instant: Unix seconds
 * @now: Unix seconds; what "today" is
 *
 * "today at 14:05", "yesterday at 14:05" or "18/09/2026 at 14:05", in the zone of @self.
 */
char *ttecomm_text_instant (const TtecommText *self,
                            gint64 instant,
                            gint64 now) G_GNUC_WARN_UNUSED_RESULT;

/* The day of an instant as ttecomm_text_date(), in the zone of @self. */
char *ttecomm_text_day (const TtecommText *self, gint64 instant) G_GNUC_WARN_UNUSED_RESULT;

/* "2 hours ago"; "just now" below a minute and for what lies ahead. @seconds since then. */
char *ttecomm_text_ago (const TtecommText *self, gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

/* "12 minutes": the largest unit that fits, rounded down; the sign is ignored. */
char *ttecomm_text_span (const TtecommText *self, gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
