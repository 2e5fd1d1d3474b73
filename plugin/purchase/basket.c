/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/basket.h"

/* What the person can put right without touching the basket. */
#define OF_THE_PERSON (TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE | TTECOMM_BLOCKER_CARD_NOT_VERIFIED)

TtecommBasket *
ttecomm_basket_new (void)
{
  TtecommBasket *self = g_new0 (TtecommBasket, 1);

  self->lines = ttecomm_basket_lines_new ();
  return self;
}

void
ttecomm_basket_free (TtecommBasket *self)
{
  ttecomm_basket_drop_quote (self);
  g_ptr_array_unref (self->lines);
  g_free (self->po);
  g_free (self);
}

gboolean
ttecomm_basket_is_empty (const TtecommBasket *self)
{
  return self->lines->len == 0;
}

gboolean
ttecomm_basket_is_full (const TtecommBasket *self)
{
  return self->lines->len >= TTECOMM_BASKET_MAX;
}

gboolean
ttecomm_basket_contains (const TtecommBasket *self, const char *installation, const char *service)
{
  return ttecomm_basket_lines_find (self->lines, installation, service, NULL);
}

/* @line: (transfer full) */
static gboolean
put_in (TtecommBasket *self, TtecommBasketLine *line)
{
  if (ttecomm_basket_is_full (self)
      || ttecomm_basket_contains (self, line->installation, line->service))
    {
      ttecomm_basket_line_free (line);
      return FALSE;
    }
  g_ptr_array_add (self->lines, line);
  ttecomm_basket_drop_quote (self);
  return TRUE;
}

static void
remove_at (TtecommBasket *self, guint index)
{
  g_ptr_array_remove_index (self->lines, index);
  ttecomm_basket_drop_quote (self);
  /* The next basket is another purchase: it must not carry this one's number. */
  if (ttecomm_basket_is_empty (self))
    g_clear_pointer (&self->po, g_free);
}

gboolean
ttecomm_basket_add (TtecommBasket *self, const char *installation, const char *service)
{
  return put_in (self, ttecomm_basket_line_new (installation, service));
}

gboolean
ttecomm_basket_remove (TtecommBasket *self, const char *installation, const char *service)
{
  guint index;

  if (!ttecomm_basket_lines_find (self->lines, installation, service, &index))
    return FALSE;
  remove_at (self, index);
  return TRUE;
}

void
ttecomm_basket_set_name (TtecommBasket *self, const char *installation, const char *name)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      TtecommBasketLine *line = self->lines->pdata[i];

      if (g_str_equal (line->installation, installation))
        ttecomm_basket_line_set_name (line, name);
    }
}

/* The lines of a quote are those of the basket, one by one. */
static gboolean
is_blocked (const TtecommBasket *self, guint index)
{
  const TtecommQuoteLine *line;

  if (self->quote == NULL)
    return FALSE;
  line = self->quote->lines->pdata[index];
  return (line->blockers & ~(guint)OF_THE_PERSON) != 0;
}

guint
ttecomm_basket_count_blocked (const TtecommBasket *self)
{
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += is_blocked (self, i) ? 1 : 0;
  return n;
}

guint
ttecomm_basket_remove_blocked (TtecommBasket *self)
{
  g_autoptr (GPtrArray) blocked = ttecomm_basket_lines_new ();

  for (guint i = 0; i < self->lines->len; i++)
    if (is_blocked (self, i))
      g_ptr_array_add (blocked, ttecomm_basket_line_copy (self->lines->pdata[i]));
  ttecomm_basket_take_out (self, blocked);
  return blocked->len;
}

void
ttecomm_basket_put_back (TtecommBasket *self, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    put_in (self, ttecomm_basket_line_copy (lines->pdata[i]));
}

void
ttecomm_basket_take_out (TtecommBasket *self, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const TtecommBasketLine *line = lines->pdata[i];

      ttecomm_basket_remove (self, line->installation, line->service);
    }
}

void
ttecomm_basket_set_po (TtecommBasket *self, const char *po)
{
  char *copy;

  g_return_if_fail (po == NULL || ttecomm_basket_is_po (po));

  copy = po != NULL && *po != '\0' ? g_strdup (po) : NULL;
  g_free (self->po);
  self->po = copy;
}

TtecommQuoteRequestLine *
ttecomm_basket_make_lines (const TtecommBasket *self)
{
  TtecommQuoteRequestLine *lines = g_new0 (TtecommQuoteRequestLine, self->lines->len);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const TtecommBasketLine *line = self->lines->pdata[i];

      lines[i].action = TTECOMM_QUOTE_ACTION_BUY;
      lines[i].installation = line->installation;
      lines[i].service = line->service;
      lines[i].period = line->period;
    }
  return lines;
}

static gboolean
is_of_line (const TtecommBasketLine *line, const TtecommQuoteLine *quoted)
{
  return quoted->action == TTECOMM_QUOTE_ACTION_BUY
         && g_str_equal (quoted->installation, line->installation)
         && g_str_equal (quoted->service, line->service)
         && (line->period == NULL || g_strcmp0 (quoted->period, line->period) == 0);
}

static gboolean
is_of_basket (const TtecommBasket *self, const TtecommQuote *quote)
{
  if (quote->lines->len != self->lines->len)
    return FALSE;
  for (guint i = 0; i < quote->lines->len; i++)
    if (!is_of_line (self->lines->pdata[i], quote->lines->pdata[i]))
      return FALSE;
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
  for (guint i = 0; i < quote->lines->len; i++)
    ttecomm_basket_line_set_name (self->lines->pdata[i],
                                  ((TtecommQuoteLine *)quote->lines->pdata[i])->installation_name);
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

  record = ttecomm_order_record_new (origin, account, self->quote->quote_id);
  g_ptr_array_unref (record->lines);
  record->lines = ttecomm_basket_lines_copy (self->lines);
  record->po = g_strdup (self->po);
  record->terms = g_strdup (self->quote->terms_of_sale->version);
  return record;
}
