/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/cloud-error.h"
#include "api/ttcloud/reply.h"
#include "api/ttcloud/request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TtecommTransport:
 *
 * The one way out to the network: HTTP requests to one origin, and to that one only.
 *
 * TLS 1.2 at least; the system's trust store, or in the sandbox one CA in its place; a session that
 * TLS resumed is verified again. Redirects stay within the origin, at most three. No cookies, no
 * dialogs, nothing is logged. Every request states how long it may take and how much it may bring.
 *
 * Thread: everything happens in the thread-default main context of construction (the worker's); all
 * calls from there. A #GCancellable may be cancelled from any thread.
 */
#define TTECOMM_TYPE_TRANSPORT (ttecomm_transport_get_type ())
G_DECLARE_FINAL_TYPE (TtecommTransport, ttecomm_transport, TTECOMM, TRANSPORT, GObject)

/**
 * ttecomm_transport_new:
 * @origin: from ttecomm_origin_parse()
 * @ca_pem: (nullable): PEM text that takes the place of the system's trust store. The caller sees
 *   to it that only the sandbox has one
 * @proxy: (nullable): `direct`, `system` (also when %NULL) or the URL of a proxy
 *
 * Fails with %TTECOMM_CLOUD_ERROR_INVALID.
 */
TtecommTransport *ttecomm_transport_new (GUri *origin,
                                         const char *ca_pem,
                                         const char *proxy,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

GUri *ttecomm_transport_get_origin (TtecommTransport *self);

/**
 * ttecomm_transport_warm_up:
 *
 * Reads the system's trust store (26-37 ms) on a thread of GIO's pool, so that no click waits for
 * it. Does nothing with an own CA. No answer; a request that comes earlier waits by itself.
 */
void ttecomm_transport_warm_up (TtecommTransport *self);

/**
 * ttecomm_transport_send_async:
 * @request: copied
 *
 * Sends @request. Any complete answer is a success here, 500 included: ttecomm_reply_get_object()
 * judges it. Errors: OFFLINE, BLOCKED, SLOW, TLS_CLOCK, TLS_TRUST, PORTAL (foreign redirect),
 * REFUSED (redirects without end), PROXY_LOGIN, ALTERED (cut, too large), INVALID (another
 * origin), and %G_IO_ERROR_CANCELLED.
 */
void ttecomm_transport_send_async (TtecommTransport *self,
                                   const TtecommRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
TtecommReply *ttecomm_transport_send_finish (TtecommTransport *self,
                                             GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
