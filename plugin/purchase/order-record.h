/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TtecommOrderRecord:
 *
 * What must survive a crash between "pay" and "paid": written durably before the order goes out,
 * removed when its end is known (design.md section 6). One file an order, `order-KEY.json` in
 * data-dir; it holds no token and no card data.
 */
typedef struct
{
  char *origin;  /* (owned) of TTcloud's API: an order of the sandbox is none of production's */
  char *account; /* (owned) who ordered */
  char *installation; /* (owned) TTcloud's id */
  GStrv services;     /* (owned) product ids */
  char *key;          /* (owned) the Idempotency-Key, derived from the quote */
  char *quote_id;     /* (owned) */
  char *terms;        /* (owned) version of the terms of sale that were accepted */
  char *order_id;     /* (owned) (nullable) once TTcloud has answered */
} TtecommOrderRecord;

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
 * garbage, foreign or too large are left where they are and counted in @n_odd.
 *
 * Returns: (transfer full) (element-type TtecommOrderRecord): never %NULL
 */
GPtrArray *ttecomm_order_record_load_all (const char *folder,
                                          const char *origin,
                                          const char *account,
                                          guint *n_odd);

G_END_DECLS
