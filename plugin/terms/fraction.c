/* SPDX-License-Identifier: MIT */
#include "plugin/terms/fraction.h"

#include "plugin/terms/terms.h"

/*
 * A number is carried as whole + rest / divisor with rest < divisor, and multiplied by doubling and
 * adding. Each step adds two such numbers, so with a divisor below 2^63 nothing overflows but the
 * whole part, which only grows: 32-bit targets have no wider type, and none is needed.
 */
typedef struct
{
  guint64 whole;
  guint64 rest;
} Mixed;

static gboolean
mixed_add (Mixed *a, Mixed b, guint64 divisor)
{
  guint64 rest = a->rest + b.rest;
  guint64 carry = rest >= divisor ? 1 : 0;

  if (!g_uint64_checked_add (&a->whole, a->whole, b.whole)
      || !g_uint64_checked_add (&a->whole, a->whole, carry))
    return FALSE;
  a->rest = rest - carry * divisor;
  return TRUE;
}

static gboolean
mixed_multiply (Mixed *value, guint64 factor, guint64 divisor)
{
  Mixed product = { 0, 0 };

  for (guint bit = 64; bit > 0; bit--)
    {
      if (!mixed_add (&product, product, divisor))
        return FALSE;
      if (((factor >> (bit - 1)) & 1) != 0 && !mixed_add (&product, *value, divisor))
        return FALSE;
    }
  *value = product;
  return TRUE;
}

static guint64
greatest_common_divisor (guint64 a, guint64 b)
{
  while (b != 0)
    {
      guint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* The product of the divisors, less what cancels out with one of the factors. */
static gboolean
reduce (guint64 *factors,
        gsize n_factors,
        const guint64 *divisors,
        gsize n_divisors,
        guint64 *divisor)
{
  *divisor = 1;
  for (gsize i = 0; i < n_divisors; i++)
    {
      guint64 left = divisors[i];

      g_return_val_if_fail (left != 0, FALSE);
      for (gsize j = 0; j < n_factors; j++)
        {
          guint64 common = greatest_common_divisor (factors[j], left);

          factors[j] /= common;
          left /= common;
        }
      if (!g_uint64_checked_mul (divisor, *divisor, left))
        return FALSE;
    }
  return *divisor <= G_MAXINT64;
}

static gboolean
multiply_and_round (guint64 *factors,
                    gsize n_factors,
                    const guint64 *divisors,
                    gsize n_divisors,
                    gint64 *out)
{
  guint64 divisor;
  Mixed value;

  /* A zero anywhere is a zero, however large the others are. */
  for (gsize i = 0; i < n_factors; i++)
    if (factors[i] == 0)
      {
        *out = 0;
        return TRUE;
      }
  if (!reduce (factors, n_factors, divisors, n_divisors, &divisor))
    return FALSE;

  value = divisor == 1 ? (Mixed){ 1, 0 } : (Mixed){ 0, 1 };
  for (gsize i = 0; i < n_factors; i++)
    if (!mixed_multiply (&value, factors[i], divisor))
      return FALSE;
  if (value.rest >= divisor - value.rest && !g_uint64_checked_add (&value.whole, value.whole, 1))
    return FALSE;
  if (value.whole > G_MAXINT64)
    return FALSE;
  *out = (gint64)value.whole;
  return TRUE;
}

gboolean
ttecomm_fraction_round_half_up (const guint64 *factors,
                                gsize n_factors,
                                const guint64 *divisors,
                                gsize n_divisors,
                                gint64 *out,
                                GError **error)
{
  g_autofree guint64 *reduced = g_memdup2 (factors, n_factors * sizeof *factors);

  g_return_val_if_fail (out != NULL, FALSE);

  if (multiply_and_round (reduced, n_factors, divisors, n_divisors, out))
    return TRUE;
  g_set_error_literal (error, TTECOMM_TERMS_ERROR, TTECOMM_TERMS_ERROR_OVERFLOW,
                       "The amount is too large to be counted");
  return FALSE;
}
