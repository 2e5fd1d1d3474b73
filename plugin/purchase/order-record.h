/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/purchase/basket-line.h"

G_BEGIN_DECLS

/**
 * TtecommOrderRecord:
 *
 * What must survive a crash between "pay" and "paid": written durably before the order goes out,
 * removed when its end is known. One file an order, `order-KEY.json` in data-dir; it holds no token
 * and no card data. Files of version 1, which knew one installation only, are read as well.
 */
typedef struct
{
  char *origin;     /* (owned) of TTcloud's API: an order of the sandbox is none of production's */
  char *account;    /* (owned) who ordered */
  GPtrArray *lines; /* (owned) (element-type TtecommBasketLine) what was ordered */
  char *po;         /* (owned) (nullable) the person's own order number */
  char *key;        /* (owned) the Idempotency-Key, derived from the quote */
  char *quote_id;   /* (owned) */
  char *terms;      /* (owned) (nullable) version of the terms of sale that were accepted; NULL only
                       in the record of an order that TTcloud told of: it is never sent */
  char *order_id;   /* (owned) (nullable) once TTcloud has answered */
} TtecommOrderRecord;

/* Without lines, terms and number; with the key of its quote. */
TtecommOrderRecord *
ttecomm_order_record_new (const char *origin, const char *account, const char *quote_id);

/* Of an order that TTcloud told of and that has no file: made by another PC, or its file is lost.
 */
TtecommOrderRecord *ttecomm_order_record_new_for_order (const char *origin,
                                                        const char *account,
                                                        const TtecommOrder *order);

void ttecomm_order_record_free (TtecommOrderRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommOrderRecord, ttecomm_order_record_free)

/* The key that the order of @quote_id by @account always has: 43 characters of base64url. Whatever
 * window, process or run confirms the quote, TTcloud sees one order. */
char *ttecomm_order_record_derive_key (const char *account, const char *quote_id);

/* Writes or replaces the file, durably. Blocks: worker only. G_IO_ERROR or TTECOMM_PLATFORM_ERROR.
 */
gboolean ttecomm_order_record_save (const TtecommOrderRecord *record,
                                    const char *folder,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Removes the file; one that is gone is no error. */
gboolean ttecomm_order_record_remove (const TtecommOrderRecord *record,
                                      const char *folder,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_order_record_load_all:
 *
 * The records of @account at @origin, at most 100, in the order of their keys. Files that are
 * garbage, foreign or too large are left where they are and counted in @n_odd. What a process that
 * was killed left half-written is removed.
 *
 * Returns: (transfer full) (element-type TtecommOrderRecord): never %NULL
 */
GPtrArray *ttecomm_order_record_load_all (const char *folder,
                                          const char *origin,
                                          const char *account,
                                          guint *n_odd);

/* Removes all records of @account at @origin: the person has signed out, and TTcloud still knows
 * the orders. Those of others stay. Fails when one cannot be removed; the others are gone all the
 * same.
 */
gboolean ttecomm_order_record_remove_all (const char *folder,
                                          const char *origin,
                                          const char *account,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
