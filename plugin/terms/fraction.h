/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ttecomm_fraction_round_half_up:
 * @factors: (array length=n_factors)
 * @divisors: (array length=n_divisors): none of them 0
 * @out: (out): untouched on %FALSE
 *
 * The product of @factors divided by the product of @divisors, exact until the one rounding at the
 * end, half up. It fails with %TTECOMM_TERMS_ERROR_OVERFLOW only when the result does not fit
 * gint64, or the product of the divisors does not: an intermediate product never matters.
 */
gboolean ttecomm_fraction_round_half_up (const guint64 *factors,
                                         gsize n_factors,
                                         const guint64 *divisors,
                                         gsize n_divisors,
                                         gint64 *out,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
