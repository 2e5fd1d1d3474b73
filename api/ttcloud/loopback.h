/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/sign-in.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TtecommLoopback:
 *
 * The listener on this PC to which the browser brings the authorization code (RFC 8252, 7.3):
 * 127.0.0.1, or [::1] where there is no IPv4, any free port. It answers once, to the request that
 * holds the right state; everything else gets a small 404 page and changes nothing. A request has
 * 8 KiB and 10 s, and 8 may be open at once.
 *
 * Thread: the worker. For this room only.
 */
#define TTECOMM_TYPE_LOOPBACK (ttecomm_loopback_get_type ())
G_DECLARE_FINAL_TYPE (TtecommLoopback, ttecomm_loopback, TTECOMM, LOOPBACK, GObject)

/* Listens from now on. @state: what the right request holds; @pages: copied. */
TtecommLoopback *ttecomm_loopback_new (const char *state,
                                       const TtecommSignInPages *pages,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* http://127.0.0.1:PORT/callback */
const char *ttecomm_loopback_get_redirect_uri (TtecommLoopback *self);

/* For tests: how long one request has. */
void ttecomm_loopback_set_request_timeout (TtecommLoopback *self, guint milliseconds);

/**
 * ttecomm_loopback_wait_async:
 *
 * Waits for the right request, once. Finish returns (transfer full) the code, a secret. Errors:
 * DENIED (error=access_denied), BUSY (server_error, temporarily_unavailable), REFUSED (any other
 * error), ALTERED (no code, or an odd one), and cancellation.
 */
void ttecomm_loopback_wait_async (TtecommLoopback *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *ttecomm_loopback_wait_finish (TtecommLoopback *self,
                                    GAsyncResult *result,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
