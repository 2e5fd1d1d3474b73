/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/discovery.h"
#include "api/ttcloud/transport.h"
#include "base/clock.h"

G_BEGIN_DECLS

/* How long an answer is used without asking again, in seconds. */
#define TTECOMM_DISCOVERER_SECONDS 86400

/**
 * TtecommDiscoverer:
 *
 * Asks TTcloud where to sign in, and remembers the answer for a day of this PC's clock; errors are
 * never remembered. A clock that has gone back makes it ask again.
 *
 * Thread: the worker. For this room only.
 */
#define TTECOMM_TYPE_DISCOVERER (ttecomm_discoverer_get_type ())
G_DECLARE_FINAL_TYPE (TtecommDiscoverer, ttecomm_discoverer, TTECOMM, DISCOVERER, GObject)

TtecommDiscoverer *
ttecomm_discoverer_new (TtecommTransport *transport, GUri *ttecomm_origin, TtecommClock *clock);

/**
 * ttecomm_discoverer_ask_async:
 * @afresh: what is remembered will not do
 */
void ttecomm_discoverer_ask_async (TtecommDiscoverer *self,
                                   gboolean afresh,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full). @was_known: (out) (optional): it was remembered, so it may have changed since */
TtecommDiscovery *ttecomm_discoverer_ask_finish (TtecommDiscoverer *self,
                                                 GAsyncResult *result,
                                                 gboolean *was_known,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What an earlier run remembered: @at is unix seconds; ignored when that is too long ago, not known
 * or still to come. */
void ttecomm_discoverer_remember (TtecommDiscoverer *self, TtecommDiscovery *discovery, gint64 at);
/* (transfer none) (nullable): what is remembered. @at: (out): 0 when not known */
TtecommDiscovery *ttecomm_discoverer_get_known (TtecommDiscoverer *self, gint64 *at);

G_END_DECLS
