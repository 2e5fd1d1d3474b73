/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/basket-line.h"

#include <string.h>

TtecommBasketLine *
ttecomm_basket_line_new (const char *installation, const char *service)
{
  TtecommBasketLine *line = g_new0 (TtecommBasketLine, 1);

  line->installation = g_strdup (installation);
  line->service = g_strdup (service);
  return line;
}

TtecommBasketLine *
ttecomm_basket_line_copy (const TtecommBasketLine *line)
{
  TtecommBasketLine *copy = ttecomm_basket_line_new (line->installation, line->service);

  copy->name = g_strdup (line->name);
  copy->period = g_strdup (line->period);
  return copy;
}

void
ttecomm_basket_line_free (TtecommBasketLine *line)
{
  g_free (line->installation);
  g_free (line->name);
  g_free (line->service);
  g_free (line->period);
  g_free (line);
}

void
ttecomm_basket_line_set_name (TtecommBasketLine *line, const char *name)
{
  char *copy;

  if (name == NULL || *name == '\0')
    return;
  copy = g_strdup (name);
  g_free (line->name);
  line->name = copy;
}

GPtrArray *
ttecomm_basket_lines_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_basket_line_free);
}

GPtrArray *
ttecomm_basket_lines_copy (const GPtrArray *lines)
{
  GPtrArray *copy = ttecomm_basket_lines_new ();

  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (copy, ttecomm_basket_line_copy (lines->pdata[i]));
  return copy;
}

GPtrArray *
ttecomm_basket_lines_of_order (const TtecommOrder *order)
{
  GPtrArray *lines = ttecomm_basket_lines_new ();

  for (guint i = 0; i < order->lines->len; i++)
    {
      const TtecommQuoteLine *ordered = order->lines->pdata[i];
      TtecommBasketLine *line;

      if (ordered->action != TTECOMM_QUOTE_ACTION_BUY)
        continue;
      line = ttecomm_basket_line_new (ordered->installation, ordered->service);
      line->period = g_strdup (ordered->period);
      ttecomm_basket_line_set_name (line, ordered->installation_name);
      g_ptr_array_add (lines, line);
    }
  return lines;
}

gboolean
ttecomm_basket_lines_find (const GPtrArray *lines,
                           const char *installation,
                           const char *service,
                           guint *index)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const TtecommBasketLine *line = lines->pdata[i];

      if (!g_str_equal (line->installation, installation) || !g_str_equal (line->service, service))
        continue;
      if (index != NULL)
        *index = i;
      return TRUE;
    }
  return FALSE;
}

gboolean
ttecomm_basket_is_po (const char *po)
{
  if (strlen (po) > TTECOMM_BASKET_PO_MAX || !g_utf8_validate (po, -1, NULL))
    return FALSE;
  for (const char *at = po; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}
