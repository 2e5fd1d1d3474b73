/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/basket.h"

TtecommBasket *
ttecomm_basket_new (void)
{
  TtecommBasket *self = g_new0 (TtecommBasket, 1);

  self->services = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
ttecomm_basket_free (TtecommBasket *self)
{
  ttecomm_basket_drop_quote (self);
  g_ptr_array_unref (self->services);
  g_free (self->installation);
  g_free (self);
}

gboolean
ttecomm_basket_is_empty (const TtecommBasket *self)
{
  return self->services->len == 0;
}

gboolean
ttecomm_basket_is_full (const TtecommBasket *self)
{
  return self->services->len >= TTECOMM_BASKET_MAX;
}

static gboolean
find (const TtecommBasket *self, const char *service, guint *index)
{
  return g_ptr_array_find_with_equal_func (self->services, service, g_str_equal, index);
}

gboolean
ttecomm_basket_contains (const TtecommBasket *self, const char *service)
{
  return find (self, service, NULL);
}

gboolean
ttecomm_basket_add (TtecommBasket *self, const char *installation, const char *service)
{
  if (g_strcmp0 (self->installation, installation) != 0)
    ttecomm_basket_clear (self);
  if (ttecomm_basket_is_full (self) || find (self, service, NULL))
    return FALSE;
  if (self->installation == NULL)
    self->installation = g_strdup (installation);
  g_ptr_array_add (self->services, g_strdup (service));
  ttecomm_basket_drop_quote (self);
  return TRUE;
}

gboolean
ttecomm_basket_remove (TtecommBasket *self, const char *service)
{
  guint index;

  if (!find (self, service, &index))
    return FALSE;
  g_ptr_array_remove_index (self->services, index);
  ttecomm_basket_drop_quote (self);
  return TRUE;
}

void
ttecomm_basket_clear (TtecommBasket *self)
{
  g_ptr_array_set_size (self->services, 0);
  g_clear_pointer (&self->installation, g_free);
  ttecomm_basket_drop_quote (self);
}

void
ttecomm_basket_take_record (TtecommBasket *self, const TtecommOrderRecord *record)
{
  ttecomm_basket_clear (self);
  for (gsize i = 0; record->services[i] != NULL; i++)
    ttecomm_basket_add (self, record->installation, record->services[i]);
}

GStrv
ttecomm_basket_dup_services (const TtecommBasket *self)
{
  char **services = g_new0 (char *, self->services->len + 1);

  for (guint i = 0; i < self->services->len; i++)
    services[i] = g_strdup (g_ptr_array_index (self->services, i));
  return services;
}

TtecommQuoteRequestLine *
ttecomm_basket_make_lines (const TtecommBasket *self)
{
  TtecommQuoteRequestLine *lines = g_new0 (TtecommQuoteRequestLine, self->services->len);

  for (guint i = 0; i < self->services->len; i++)
    {
      lines[i].action = TTECOMM_QUOTE_ACTION_BUY;
      lines[i].installation = self->installation;
      lines[i].service = g_ptr_array_index (self->services, i);
    }
  return lines;
}

static gboolean
is_of_basket (const TtecommBasket *self, const TtecommQuote *quote)
{
  if (quote->lines->len != self->services->len)
    return FALSE;
  for (guint i = 0; i < quote->lines->len; i++)
    {
      const TtecommQuoteLine *line = g_ptr_array_index (quote->lines, i);

      if (line->action != TTECOMM_QUOTE_ACTION_BUY
          || g_strcmp0 (line->installation, self->installation) != 0
          || g_strcmp0 (line->service, g_ptr_array_index (self->services, i)) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
ttecomm_basket_take_quote (TtecommBasket *self, TtecommQuote *quote, GError **error)
{
  if (!is_of_basket (self, quote))
    {
      g_set_error_literal (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED,
                           "the quote is not for what is in the basket");
      return FALSE;
    }
  ttecomm_basket_drop_quote (self);
  self->quote = ttecomm_quote_ref (quote);
  return TRUE;
}

void
ttecomm_basket_drop_quote (TtecommBasket *self)
{
  g_clear_pointer (&self->quote, ttecomm_quote_unref);
  self->has_accepted = FALSE;
}

void
ttecomm_basket_accept (TtecommBasket *self, gboolean accepted)
{
  g_return_if_fail (self->quote != NULL);

  self->has_accepted = accepted;
}

TtecommOrderRecord *
ttecomm_basket_make_record (const TtecommBasket *self, const char *origin, const char *account)
{
  TtecommOrderRecord *record;

  g_return_val_if_fail (self->quote != NULL && self->quote->quote_id != NULL, NULL);

  record = g_new0 (TtecommOrderRecord, 1);
  record->origin = g_strdup (origin);
  record->account = g_strdup (account);
  record->installation = g_strdup (self->installation);
  record->services = ttecomm_basket_dup_services (self);
  record->quote_id = g_strdup (self->quote->quote_id);
  record->key = ttecomm_order_record_derive_key (account, self->quote->quote_id);
  record->terms = g_strdup (self->quote->terms_of_sale->version);
  return record;
}
