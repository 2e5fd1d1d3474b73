/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/text/text.h"

G_BEGIN_DECLS

/* Numbers, money, rates and lists in words. All results are (transfer full). Thread: any. */

/* "1,234,567" in English. */
char *ttecomm_text_number (const TtecommText *self, guint64 number) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_text_money:
 * @cents: hundredths of @currency
 * @currency: (nullable): ISO 4217, "EUR"
 *
 * "€1,234.50" in English; a currency without a sign of its own stands before the amount,
 * "CHF 72.60". How a language writes it, and where a minus stands, are texts of its catalogue.
 */
char *ttecomm_text_money (const TtecommText *self,
                          gint64 cents,
                          const char *currency) G_GNUC_WARN_UNUSED_RESULT;

/* "21%", "5.5%" of @basis_points, 1/100 of a percent. */
char *ttecomm_text_rate (const TtecommText *self, gint64 basis_points) G_GNUC_WARN_UNUSED_RESULT;

/* "A", "A and B", "A, B and C"; empty for none. */
char *ttecomm_text_list (const TtecommText *self,
                         const char *const *items) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
