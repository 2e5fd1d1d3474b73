/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/discoverer.h"
#include "api/ttcloud/tokens.h"
#include "api/ttcloud/transport.h"
#include "base/clock.h"

G_BEGIN_DECLS

#define TTECOMM_OAUTH_CLIENT_ID "prosoft-ttecomm"

/**
 * TtecommRefusal:
 * @TTECOMM_REFUSAL_NONE: TTcloud has said nothing about what was sent
 * @TTECOMM_REFUSAL_GRANT: invalid_grant: what was sent will never do again (the error is SIGN_IN)
 * @TTECOMM_REFUSAL_OTHER: another error of RFC 6749, 5.2, with 400 or 401
 */
typedef enum
{
  TTECOMM_REFUSAL_NONE,
  TTECOMM_REFUSAL_GRANT,
  TTECOMM_REFUSAL_OTHER,
} TtecommRefusal;

/**
 * TtecommOauth:
 *
 * The calls of OAuth 2.0 (RFC 6749, 7009): discovery, code or refresh token against tokens,
 * revocation. Keeps nothing but what discovery said, and that only when it was in order.
 *
 * Thread: the worker. For this room only.
 */
#define TTECOMM_TYPE_OAUTH (ttecomm_oauth_get_type ())
G_DECLARE_FINAL_TYPE (TtecommOauth, ttecomm_oauth, TTECOMM, OAUTH, GObject)

TtecommOauth *
ttecomm_oauth_new (TtecommTransport *transport, GUri *ttecomm_origin, TtecommClock *clock);

/* (transfer none): whom this asks where to go */
TtecommDiscoverer *ttecomm_oauth_get_discoverer (TtecommOauth *self);

/* The code that a browser brought. Sent once only: a code is good once. */
void ttecomm_oauth_exchange_async (TtecommOauth *self,
                                   const char *code,
                                   const char *redirect_uri,
                                   const char *verifier,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void ttecomm_oauth_refresh_async (TtecommOauth *self,
                                  const char *refresh_token,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* For both. (transfer full). @refusal: (out) (optional) */
TtecommTokens *ttecomm_oauth_tokens_finish (TtecommOauth *self,
                                            GAsyncResult *result,
                                            TtecommRefusal *refusal,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

void ttecomm_oauth_revoke_async (TtecommOauth *self,
                                 const char *refresh_token,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean ttecomm_oauth_revoke_finish (TtecommOauth *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
