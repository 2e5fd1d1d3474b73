/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "plugin/purchase/purchase-view.h"

G_BEGIN_DECLS

/**
 * TtecommPurchaseError:
 * @TTECOMM_PURCHASE_ERROR_STATE: not now: the message says what runs
 * @TTECOMM_PURCHASE_ERROR_TERMS: the terms of sale were not accepted
 * @TTECOMM_PURCHASE_ERROR_RECORD: the order could not be written down, so it was not sent: nothing
 * was bought
 * @TTECOMM_PURCHASE_ERROR_FULL: the basket holds as much as one basket can
 * @TTECOMM_PURCHASE_ERROR_INVALID: not an id, or not a PO reference: see the message
 * @TTECOMM_PURCHASE_ERROR_UNKNOWN: whether the order arrived is not known yet; it is asked again by
 * itself
 */
typedef enum
{
  TTECOMM_PURCHASE_ERROR_STATE,
  TTECOMM_PURCHASE_ERROR_TERMS,
  TTECOMM_PURCHASE_ERROR_RECORD,
  TTECOMM_PURCHASE_ERROR_UNKNOWN,
  TTECOMM_PURCHASE_ERROR_FULL,
  TTECOMM_PURCHASE_ERROR_INVALID,
} TtecommPurchaseError;

#define TTECOMM_PURCHASE_ERROR (ttecomm_purchase_error_quark ())
GQuark ttecomm_purchase_error_quark (void);

/**
 * TtecommPurchase:
 *
 * Basket, quote, order, payment of one account, for as many installations and services as one
 * basket holds (S39): one quote, one order, one payment. The server is the truth: prices, dates and
 * blockers are its quote's, and the order confirms that quote. A record is on disk before the order
 * goes out, under a key that the quote alone decides, so that no crash, window or network error
 * loses an order or buys it twice. An order that has no record here is found at TTcloud.
 *
 * One order at a time is on its way. While it is, the basket is closed; when it ends unpaid, its
 * lines are in the basket again beside what was there.
 *
 * Signals:
 * - `changed`: the view differs.
 * - `open-url` (const char *url): a person pays there; of TTecomm's origin.
 * - `paid`: an order was paid: flags and subscriptions are other now.
 *
 * Thread: the worker only.
 */
#define TTECOMM_TYPE_PURCHASE (ttecomm_purchase_get_type ())
G_DECLARE_FINAL_TYPE (TtecommPurchase, ttecomm_purchase, TTECOMM, PURCHASE, GObject)

/**
 * ttecomm_purchase_new:
 * @origin: of TTcloud's API, kept in the records
 * @account: opaque id of who is signed in
 * @folder: (nullable): the host's data-dir; without one nothing can be ordered
 */
TtecommPurchase *ttecomm_purchase_new (TtecommClient *client,
                                       const char *origin,
                                       const char *account,
                                       const char *folder);

/* For tests: what counts as a second between two questions, in ms. */
void ttecomm_purchase_set_pace (TtecommPurchase *self, guint second_ms);

/* An immutable copy. */
TtecommPurchaseView *ttecomm_purchase_get_view (TtecommPurchase *self);

/* @installation: TTcloud's id; @service: product id. Twice in, or out when it is not in, is no
 * error. STATE while an order runs, FULL, INVALID. */
gboolean ttecomm_purchase_add (TtecommPurchase *self,
                               const char *installation,
                               const char *service,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_purchase_remove (TtecommPurchase *self,
                                  const char *installation,
                                  const char *service,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @name: (nullable): what @installation is called, for its lines in the basket until TTcloud's
 * quote says it. */
void ttecomm_purchase_set_name (TtecommPurchase *self, const char *installation, const char *name);

/* Takes out what the quote says cannot be bought, so that the rest can be. A blocker of the account
 * or its card takes nothing out. STATE without such a quote. */
gboolean ttecomm_purchase_remove_blocked (TtecommPurchase *self,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @po: the person's own order number, printable, at most 64 bytes; none when empty or %NULL. It
 * goes out with the order and stands on the invoice. STATE while an order runs, INVALID. */
gboolean ttecomm_purchase_set_po (TtecommPurchase *self,
                                  const char *po,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The person accepts (or no longer accepts) the terms of the present quote. */
gboolean ttecomm_purchase_accept (TtecommPurchase *self,
                                  gboolean accepted,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Asks what the basket costs. Blockers are no error: they are in the view. */
void ttecomm_purchase_quote_async (TtecommPurchase *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean ttecomm_purchase_quote_finish (TtecommPurchase *self,
                                        GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Orders the quote and opens its checkout page; ends when the order exists, which is watched from
 * then on. */
void ttecomm_purchase_pay_async (TtecommPurchase *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean ttecomm_purchase_pay_finish (TtecommPurchase *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Opens the checkout page of the pending order again. */
gboolean ttecomm_purchase_open_checkout (TtecommPurchase *self,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives up the pending order. One that was paid meanwhile stays paid, and the view says so. */
void ttecomm_purchase_cancel_async (TtecommPurchase *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean ttecomm_purchase_cancel_finish (TtecommPurchase *self,
                                         GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Finds the orders of earlier runs by their records, and asks TTcloud for pending ones without a
 * record, until it has answered. The browser is not opened for them. Returns how many files were
 * odd. */
guint ttecomm_purchase_recover (TtecommPurchase *self);

/* The person is back at the window, or the network is: ask now. */
void ttecomm_purchase_nudge (TtecommPurchase *self);

/* Stops watching; the records stay. */
void ttecomm_purchase_stop (TtecommPurchase *self);

G_END_DECLS
