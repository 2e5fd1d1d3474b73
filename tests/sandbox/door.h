/* SPDX-License-Identifier: MIT */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SandboxDoor:
 *
 * Takes TLS connections on 127.0.0.1 and hands each to a server when its handshake is done. A
 * server that does this by itself waits for a handshake under way when it is stopped; with a client
 * in the same thread, as in a test, that is for ever.
 */
typedef struct _SandboxDoor SandboxDoor;

/* @port: 0 for any. In the thread-default main context. */
SandboxDoor *sandbox_door_open (SoupServer *server,
                                guint16 port,
                                GTlsCertificate *certificate,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint16 sandbox_door_get_port (SandboxDoor *self);

/* Nobody comes in any more; handshakes under way fail. Frees @self. */
void sandbox_door_close (SandboxDoor *self);

G_END_DECLS
