/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/order.h"

G_BEGIN_DECLS

/* One thing wanted: a service for an installation. A plain struct; any thread. */
typedef struct
{
  char *installation; /* (owned) TTcloud's id */
  char *name;         /* (owned) (nullable) of the installation, as TTcloud told it last */
  char *service;      /* (owned) product id */
  char *period;       /* (owned) (nullable) id of the terms' period; NULL: the first */
} TtecommBasketLine;

TtecommBasketLine *ttecomm_basket_line_new (const char *installation, const char *service);
TtecommBasketLine *ttecomm_basket_line_copy (const TtecommBasketLine *line);
void ttecomm_basket_line_free (TtecommBasketLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommBasketLine, ttecomm_basket_line_free)

/* An empty name says as little as none, and leaves the one before. */
void ttecomm_basket_line_set_name (TtecommBasketLine *line, const char *name);

/* All of these: (element-type TtecommBasketLine). (transfer full) */
GPtrArray *ttecomm_basket_lines_new (void);
GPtrArray *ttecomm_basket_lines_copy (const GPtrArray *lines);
/* What @order buys, named as it names it. */
GPtrArray *ttecomm_basket_lines_of_order (const TtecommOrder *order);

/* @index: (out) (optional) */
gboolean ttecomm_basket_lines_find (const GPtrArray *lines,
                                    const char *installation,
                                    const char *service,
                                    guint *index);

/* The longest PO reference, in bytes. */
#define TTECOMM_BASKET_PO_MAX 64

/* Whether @po can be a PO reference, the person's own order number: a line of printable text, at
 * most %TTECOMM_BASKET_PO_MAX bytes of UTF-8. */
gboolean ttecomm_basket_is_po (const char *po);

G_END_DECLS
