/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/**
 * ttecomm_card_last_day:
 * @month: (nullable): exactly YYYY-MM, the month printed on the card
 * @out: (out): the last day on which it can be charged
 */
gboolean
ttecomm_card_last_day (const char *month, GDate *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a card can still be charged on @day. Rule 4a-21. */
gboolean ttecomm_card_ok_on (const char *month, const GDate *day, gboolean *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_terms_payment_methods:
 * @customer_since: (nullable)
 *
 * Card brands in the terms' order, then "other" from an amount on, or for customers from before a
 * day. Rule 4a-23 (S63, T25-T27).
 *
 * Returns: (transfer full)
 */
GStrv ttecomm_terms_payment_methods (const TtecommTerms *terms,
                                     gint64 cents,
                                     const GDate *customer_since) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
