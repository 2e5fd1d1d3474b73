/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/origin.h"
#include "api/ttcloud/secret-store.h"
#include "api/ttcloud/transport.h"
#include "base/clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TtecommSignInState:
 * @TTECOMM_SIGN_IN_SIGNED_OUT: nobody
 * @TTECOMM_SIGN_IN_SIGNED_IN: an account is held
 * @TTECOMM_SIGN_IN_AGAIN: an account is held, but TTcloud wants the person to sign in again.
 *   For the gate this is still "signed in", with cause sign_in
 */
typedef enum
{
  TTECOMM_SIGN_IN_SIGNED_OUT,
  TTECOMM_SIGN_IN_SIGNED_IN,
  TTECOMM_SIGN_IN_AGAIN,
} TtecommSignInState;

/**
 * TtecommSignInTrouble:
 * @TTECOMM_SIGN_IN_NO_TROUBLE: all is well
 * @TTECOMM_SIGN_IN_NOT_KEPT: the store did not take the sign-in: it ends with the process, unless
 * the next renewal can be kept
 * @TTECOMM_SIGN_IN_NOT_ERASED: signed out, but the store could not erase what it held, nor write
 *   over it; TTcloud takes it no more
 * @TTECOMM_SIGN_IN_NOT_ENDED: the same, and TTcloud could not be told either
 *
 * What the person should know about where the sign-in is kept.
 */
typedef enum
{
  TTECOMM_SIGN_IN_NO_TROUBLE,
  TTECOMM_SIGN_IN_NOT_KEPT,
  TTECOMM_SIGN_IN_NOT_ERASED,
  TTECOMM_SIGN_IN_NOT_ENDED,
} TtecommSignInTrouble;

/**
 * TtecommSignInPages:
 *
 * What the browser shows at the end, in the person's language; plain text, escaped here.
 */
typedef struct
{
  const char *language; /* BCP 47, "en"; the sign-in page is asked for it, too (ui_locales) */
  const char *done_title;
  const char *done_text; /* "You can close this window and go back to PROSOFT." */
  const char *failed_title;
  const char *failed_text;
  const char *unknown_title; /* for any other request: the 404 page */
  const char *unknown_text;
} TtecommSignInPages;

/* How long a person has, in ms (10 minutes). */
#define TTECOMM_SIGN_IN_TIMEOUT_MS (10 * 60 * 1000)
/* How long signing out waits for TTcloud, in ms. */
#define TTECOMM_SIGN_OUT_TIMEOUT_MS (8 * 1000)

/**
 * TtecommSignIn:
 *
 * Who is signed in to TTcloud, and the tokens that prove it: OAuth 2.0 authorization code with PKCE
 * in the system browser and a loopback redirect (RFC 6749, 7636, 8252). No password passes here.
 *
 * Signals:
 * - `open-url` (const char *url): the person must open this address in a browser. It has been
 *   checked: https (or, in the sandbox, plain http on a loopback literal), of TTcloud's or
 *   TTecomm's origin.
 * - `changed`: state, account id or address changed.
 * - `trouble`: ttecomm_sign_in_get_trouble() changed.
 *
 * Thread: the worker only, with the transport's main context.
 */
#define TTECOMM_TYPE_SIGN_IN (ttecomm_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (TtecommSignIn, ttecomm_sign_in, TTECOMM, SIGN_IN, GObject)

/**
 * ttecomm_sign_in_new:
 * @transport: to TTcloud's origin
 * @ttecomm_origin: origin of the account and checkout pages, from ttecomm_origin_parse(): plain
 *   http only when the host declared the sandbox
 * @clock: for the expiry of access tokens
 * @store: (nullable): without one, the sign-in lasts as long as the process
 */
TtecommSignIn *ttecomm_sign_in_new (TtecommTransport *transport,
                                    GUri *ttecomm_origin,
                                    TtecommClock *clock,
                                    TtecommSecretStore *store);

/* For tests: how long the person has, by this PC's boot clock (asleep or not). */
void ttecomm_sign_in_set_timeout (TtecommSignIn *self, guint milliseconds);

TtecommSignInState ttecomm_sign_in_get_state (TtecommSignIn *self);
TtecommSignInTrouble ttecomm_sign_in_get_trouble (TtecommSignIn *self);
/* (nullable): the opaque id (`acct` of the statements) and the address, once the account has been
 * asked (ttecomm_client_account_async() does that and tells). */
const char *ttecomm_sign_in_get_account_id (TtecommSignIn *self);
const char *ttecomm_sign_in_get_email (TtecommSignIn *self);
void ttecomm_sign_in_set_account (TtecommSignIn *self, const char *account_id, const char *email);

/**
 * ttecomm_sign_in_restore_async:
 *
 * Asks the store for the sign-in of an earlier run. Nothing kept means signed out; so does what
 * cannot be used (garbage, another version, another TTcloud's), which finish reports as a
 * TTECOMM_JSON_ERROR for the log. A store that fails is an error of its own.
 */
void ttecomm_sign_in_restore_async (TtecommSignIn *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean ttecomm_sign_in_restore_finish (TtecommSignIn *self,
                                         GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_sign_in_restore_late:
 * @secret: what the store says now, after it seemed to fail
 *
 * A safe place may ask for a password of its own before it opens. Does nothing when somebody has
 * signed in or out since ttecomm_sign_in_restore_async(). Fails like that.
 */
gboolean ttecomm_sign_in_restore_late (TtecommSignIn *self,
                                       GBytes *secret,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* In state AGAIN: looks whether the person has signed in again in another window. No answer but
 * `changed`. */
void ttecomm_sign_in_look_again (TtecommSignIn *self);

/* The last chance to keep what is not kept yet: the store will not answer any more. */
void ttecomm_sign_in_flush (TtecommSignIn *self);

/**
 * ttecomm_sign_in_start_async:
 * @pages: copied
 *
 * Emits `open-url`, waits for the person, and exchanges the code. Replaces a sign-in that runs
 * (which ends with REPLACED). The account held before stays until the new one is there. Errors:
 * those of the transport, and DENIED, EXPIRED, REPLACED, ALTERED, SIGN_IN (code refused).
 */
void ttecomm_sign_in_start_async (TtecommSignIn *self,
                                  const TtecommSignInPages *pages,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean ttecomm_sign_in_start_finish (TtecommSignIn *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_sign_in_end_async:
 *
 * Signs out, in an order that leaves nothing behind that opens as this account, wherever the
 * process is killed: (1) the tokens leave memory and whoever waits for one is told; (2) the store
 * is told to erase the secret, before anybody hears of it; (3) `changed`: whoever listens deletes
 * what else was kept of the account, all of it worthless without (2); (4) the tokens are revoked,
 * for 8 s at most. (1) to (3) happen before this returns, online or not. An error says only that
 * TTcloud did not confirm the revocation.
 */
void ttecomm_sign_in_end_async (TtecommSignIn *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean ttecomm_sign_in_end_finish (TtecommSignIn *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_sign_in_get_token_async:
 * @refused: (nullable): a token that TTcloud has just answered with 401
 *
 * An access token; a new one when the present one is over or equals @refused. However many ask, one
 * refresh runs, and cancelling one caller stops neither it nor the others. When TTcloud refuses the
 * refresh token, the store is read again once, since another window may have renewed it; when that
 * does not help, the account is held on (state AGAIN). A refresh that could not be asked changes
 * nothing. Errors: SIGN_IN, and those of the transport.
 *
 * Finish returns: (transfer full): free with ttecomm_secret_text_free()
 */
void ttecomm_sign_in_get_token_async (TtecommSignIn *self,
                                      const char *refused,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
char *ttecomm_sign_in_get_token_finish (TtecommSignIn *self,
                                        GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
