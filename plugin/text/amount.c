/* SPDX-License-Identifier: MIT */
#include "plugin/text/amount.h"

#include <string.h>

static const struct
{
  const char *code;
  const char *sign;
} currency_signs[] = {
  { "EUR", "€" },
  { "GBP", "£" },
  { "USD", "$" },
  { "INR", "₹" },
};

static const char *
find_sign (const char *currency)
{
  for (gsize i = 0; i < G_N_ELEMENTS (currency_signs); i++)
    if (g_strcmp0 (currency, currency_signs[i].code) == 0)
      return currency_signs[i].sign;
  return NULL;
}

char *
ttecomm_text_number (const TtecommText *self, guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  const char *separator = ttecomm_text_get (self, "between thousands", ",");
  gsize length = strlen (digits);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (out, separator);
      g_string_append_c (out, digits[i]);
    }
  return g_string_free (out, FALSE);
}

char *
ttecomm_text_money (const TtecommText *self, gint64 cents, const char *currency)
{
  guint64 size = cents < 0 ? -(guint64)cents : (guint64)cents;
  const char *sign = find_sign (currency);
  g_autofree char *whole = ttecomm_text_number (self, size / 100);
  g_autofree char *amount
      = g_strdup_printf ("%s%s%s%02u", cents < 0 && sign == NULL ? "-" : "", whole,
                         ttecomm_text_get (self, "before cents", "."), (guint)(size % 100));

  if (sign == NULL)
    return ttecomm_text_format (self, "money", "{currency} {amount}", "currency",
                                currency != NULL ? currency : "?", "amount", amount, NULL);
  if (cents < 0)
    return ttecomm_text_format (self, "money", "-{sign}{amount}", "sign", sign, "amount", amount,
                                NULL);
  return ttecomm_text_format (self, "money", "{sign}{amount}", "sign", sign, "amount", amount,
                              NULL);
}

char *
ttecomm_text_rate (const TtecommText *self, gint64 basis_points)
{
  gint64 bounded = CLAMP (basis_points, 0, 100 * 10000);
  guint part = (guint)(bounded % 100);
  g_autoptr (GString) number = g_string_new (NULL);

  g_string_append_printf (number, "%u", (guint)(bounded / 100));
  if (part != 0)
    g_string_append_printf (number, "%s%0*u", ttecomm_text_get (self, "before cents", "."),
                            part % 10 == 0 ? 1 : 2, part % 10 == 0 ? part / 10 : part);
  return ttecomm_text_format (self, "rate", "{number}%", "number", number->str, NULL);
}

char *
ttecomm_text_list (const TtecommText *self, const char *const *items)
{
  guint n = items == NULL ? 0 : g_strv_length ((char **)items);
  g_autoptr (GString) out = g_string_new (n > 0 ? items[0] : "");

  for (guint i = 1; i < n; i++)
    {
      g_string_append (out, i + 1 < n ? ttecomm_text_get (self, "in a list", ", ")
                                      : ttecomm_text_get (self, "last in a list", " and "));
      g_string_append (out, items[i]);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
