/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/account.h"
#include "api/ttcloud/catalogue.h"
#include "api/ttcloud/installation-info.h"
#include "api/ttcloud/order.h"
#include "api/ttcloud/quote.h"
#include "api/ttcloud/sign-in.h"
#include "api/ttcloud/transport.h"

G_BEGIN_DECLS

/**
 * TtecommClient:
 *
 * TTcloud's operations (openapi.yaml), one method each. Every call states its limits; a body is
 * read strictly and wholly or not at all; a link in an answer must be of TTecomm's origin
 * (FOREIGN_LINK otherwise). Calls that need an account send the access token, renew it once after a
 * 401 and repeat the call once.
 *
 * Errors: %TTECOMM_CLOUD_ERROR and %G_IO_ERROR_CANCELLED, nothing else.
 *
 * Properties:
 * - `server-today` (GDate, boxed, nullable): TTcloud's date in the last answer that had one, errors
 *   included; notified when it differs from the one before. It is a client's only "today".
 *
 * Thread: the worker only, with the transport's main context.
 */
#define TTECOMM_TYPE_CLIENT (ttecomm_client_get_type ())
G_DECLARE_FINAL_TYPE (TtecommClient, ttecomm_client, TTECOMM, CLIENT, GObject)

TtecommClient *
ttecomm_client_new (TtecommTransport *transport, TtecommSignIn *sign_in, GUri *ttecomm_origin);

TtecommSignIn *ttecomm_client_get_sign_in (TtecommClient *self);
/* (nullable) (transfer none): until the next call */
const GDate *ttecomm_client_get_server_today (TtecommClient *self);

/* What may stand in a path or in a body: ^[A-Za-z0-9_-]{1,64}$ */
gboolean ttecomm_client_is_id (const char *id);

/* Who is signed in; also tells the sign-in whose tokens it holds. */
void ttecomm_client_account_async (TtecommClient *self,
                                   const TtecommLimits *limits,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
TtecommAccount *ttecomm_client_account_finish (TtecommClient *self,
                                               GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Unknown ids are INVALID before anything is sent; an answer about another one is ALTERED. */
void ttecomm_client_installation_async (TtecommClient *self,
                                        const char *installation,
                                        const TtecommLimits *limits,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
TtecommInstallationInfo *
ttecomm_client_installation_finish (TtecommClient *self,
                                    GAsyncResult *result,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_client_service_flag_async:
 * @nonce: 16 random bytes, base64url, 22 characters
 *
 * Finish returns the statement (JWS compact, at most 8 KiB), not verified: that is the gate's.
 * @timings: (out) (optional): filled in on success; an error has them attached.
 */
void ttecomm_client_service_flag_async (TtecommClient *self,
                                        const char *installation,
                                        const char *nonce,
                                        const TtecommLimits *limits,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
char *ttecomm_client_service_flag_finish (TtecommClient *self,
                                          GAsyncResult *result,
                                          TtecommTimings *timings,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The key set (JWS compact, at most 64 KiB), not verified. Needs no account. */
void ttecomm_client_keys_async (TtecommClient *self,
                                const TtecommLimits *limits,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
char *ttecomm_client_keys_finish (TtecommClient *self,
                                  GAsyncResult *result,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

void ttecomm_client_catalogue_async (TtecommClient *self,
                                     const TtecommLimits *limits,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
TtecommCatalogue *ttecomm_client_catalogue_finish (TtecommClient *self,
                                                   GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One change asked for. Copied by the call that takes it. */
typedef struct
{
  TtecommQuoteAction action;
  const char *installation;
  const char *service; /* product id, order reference or alias; at most 64 bytes */
  const char *period;  /* (nullable): id of the terms' period; the first when NULL */
} TtecommQuoteRequestLine;

/* 1 to 500 lines. The answer has a line for each, in the same order. Nothing is bought. */
void ttecomm_client_quote_async (TtecommClient *self,
                                 const TtecommQuoteRequestLine *lines,
                                 gsize n_lines,
                                 const TtecommLimits *limits,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TtecommQuote *ttecomm_client_quote_finish (TtecommClient *self,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_client_order_async:
 * @terms_version: of the terms of sale that the person accepted
 * @po_reference: (nullable): at most 64 bytes
 * @idempotency_key: 8 to 64 of A-Z a-z 0-9 _ -; the same key never buys twice
 *
 * Confirms a quote. An answer with another key or quote is ALTERED. PROBLEM: quote_changed,
 * quote_expired, idempotency_conflict, or a blocker's name.
 */
void ttecomm_client_order_async (TtecommClient *self,
                                 const char *quote_id,
                                 const char *terms_version,
                                 const char *po_reference,
                                 const char *idempotency_key,
                                 const TtecommLimits *limits,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TtecommOrder *ttecomm_client_order_finish (TtecommClient *self,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @wait_seconds: 0 to 25; answered when the order is no longer pending, or then. It is added to
 * the first byte's and the total limit. */
void ttecomm_client_order_state_async (TtecommClient *self,
                                       const char *order,
                                       guint wait_seconds,
                                       const TtecommLimits *limits,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
TtecommOrder *ttecomm_client_order_state_finish (TtecommClient *self,
                                                 GAsyncResult *result,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Finish returns: (transfer full) (element-type TtecommOrder): newest first, at most 100 */
void ttecomm_client_orders_async (TtecommClient *self,
                                  TtecommOrderState state,
                                  const TtecommLimits *limits,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *ttecomm_client_orders_finish (TtecommClient *self,
                                         GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives up a pending order; in any other state PROBLEM conflict. */
void ttecomm_client_cancel_order_async (TtecommClient *self,
                                        const char *order,
                                        const char *idempotency_key,
                                        const TtecommLimits *limits,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
TtecommOrder *ttecomm_client_cancel_order_finish (TtecommClient *self,
                                                  GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
