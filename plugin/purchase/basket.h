/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "plugin/purchase/order-record.h"

G_BEGIN_DECLS

/**
 * TtecommBasket:
 *
 * The services that a person wants for one installation, the quote for exactly these, and whether
 * its terms of sale were accepted. Whatever changes the contents drops the quote. A plain struct,
 * no I/O; members are read-only outside basket.c.
 */
typedef struct
{
  char *installation;  /* (owned) (nullable) TTcloud's id; NULL only while empty */
  GPtrArray *services; /* (owned) (element-type utf8) product ids, in the order they were put in */
  TtecommQuote *quote; /* (owned) (nullable) */
  gboolean has_accepted; /* the terms of @quote */
} TtecommBasket;

/* The most that one basket holds. */
#define TTECOMM_BASKET_MAX 64

TtecommBasket *ttecomm_basket_new (void);
void ttecomm_basket_free (TtecommBasket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommBasket, ttecomm_basket_free)

gboolean ttecomm_basket_is_empty (const TtecommBasket *self);
gboolean ttecomm_basket_is_full (const TtecommBasket *self);
gboolean ttecomm_basket_contains (const TtecommBasket *self, const char *service);

/* %FALSE when nothing changed: it was in (or not in) already. Adding for another installation than
 * that of the contents takes these out first; a full basket takes no more. */
gboolean ttecomm_basket_add (TtecommBasket *self, const char *installation, const char *service);
gboolean ttecomm_basket_remove (TtecommBasket *self, const char *service);
void ttecomm_basket_clear (TtecommBasket *self);

/* The contents of an order of an earlier run, in place of what is in. */
void ttecomm_basket_take_record (TtecommBasket *self, const TtecommOrderRecord *record);

/* (transfer full): what is in */
GStrv ttecomm_basket_dup_services (const TtecommBasket *self) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer container): one a service; the strings are the basket's, valid until it changes */
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
