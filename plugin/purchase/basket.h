/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "plugin/purchase/order-record.h"

G_BEGIN_DECLS

/**
 * TtecommBasket:
 *
 * What a person wants, for one installation or for many (S39), the quote for exactly this, and
 * whether its terms of sale were accepted: once, for all of it. Whatever changes the contents drops
 * the quote. A plain struct, no I/O; members are read-only outside basket.c.
 */
typedef struct
{
  GPtrArray *lines;    /* (owned) (element-type TtecommBasketLine) in the order they were put in */
  char *po;            /* (owned) (nullable) the person's own order number, for the invoice */
  TtecommQuote *quote; /* (owned) (nullable) */
  gboolean has_accepted; /* the terms of @quote */
} TtecommBasket;

/* The most lines that one basket holds. */
#define TTECOMM_BASKET_MAX 64

TtecommBasket *ttecomm_basket_new (void);
void ttecomm_basket_free (TtecommBasket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommBasket, ttecomm_basket_free)

gboolean ttecomm_basket_is_empty (const TtecommBasket *self);
gboolean ttecomm_basket_is_full (const TtecommBasket *self);
gboolean
ttecomm_basket_contains (const TtecommBasket *self, const char *installation, const char *service);

/* %FALSE when nothing changed: it was in (or not in) already, or the basket is full. */
gboolean ttecomm_basket_add (TtecommBasket *self, const char *installation, const char *service);
gboolean ttecomm_basket_remove (TtecommBasket *self, const char *installation, const char *service);

/* @name: (nullable): for the lines of @installation; keeps the quote */
void ttecomm_basket_set_name (TtecommBasket *self, const char *installation, const char *name);

/* Takes out what the quote says cannot be bought, whoever pays: a blocker of the person's account
 * or card is theirs to lift and takes nothing out. Returns how many lines went. */
guint ttecomm_basket_remove_blocked (TtecommBasket *self);
/* How many lines that would be. */
guint ttecomm_basket_count_blocked (const TtecommBasket *self);

/* Puts @lines in, behind the others; those that are in stay where they are, those that do not fit
 * stay out. */
void ttecomm_basket_put_back (TtecommBasket *self, const GPtrArray *lines);
void ttecomm_basket_take_out (TtecommBasket *self, const GPtrArray *lines);

/* @po: (nullable): with which ttecomm_basket_is_po() agrees; an empty one is none */
void ttecomm_basket_set_po (TtecommBasket *self, const char *po);

/* (transfer container): one a line; the strings are the basket's, valid until it changes */
TtecommQuoteRequestLine *
ttecomm_basket_make_lines (const TtecommBasket *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_basket_take_quote:
 * @quote: (transfer none): the answer to ttecomm_basket_make_lines()
 *
 * A person agrees to what the basket shows: a quote for anything else is refused with
 * %TTECOMM_CLOUD_ERROR_ALTERED.
 */
gboolean ttecomm_basket_take_quote (TtecommBasket *self,
                                    TtecommQuote *quote,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_basket_drop_quote (TtecommBasket *self);

/* The person accepts the terms of the quote, or no longer does. */
void ttecomm_basket_accept (TtecommBasket *self, gboolean accepted);

/* What must be on disk before the quote is ordered; there must be a quote that can be. */
TtecommOrderRecord *ttecomm_basket_make_record (const TtecommBasket *self,
                                                const char *origin,
                                                const char *account) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
