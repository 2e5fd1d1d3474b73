/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A network that is far away: a TCP proxy on loopback that passes every byte on after a delay, each
 * way, as many at once as come. The kernel answers a connect() itself, without delay; so what a
 * client sends first is held for one more round trip, which is where the time of its handshake
 * went. A thread of its own.
 */
typedef struct _DelayProxy DelayProxy;

/* @port: where it connects to, on 127.0.0.1; 0: what comes is sent back. */
DelayProxy *delay_proxy_new (guint16 port, gint64 delay_ns);
void delay_proxy_free (DelayProxy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DelayProxy, delay_proxy_free)

guint16 delay_proxy_get_port (DelayProxy *self);

G_END_DECLS
