/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Somebody who stands between the API and its clients and reads along (tests/referees/prism.mjs):
 * the sandbox tells him its port and its identity, and announces his port as its own.
 */

/* HOST:PORT of the one who lets fronts be made; without it there is none. */
#define SANDBOX_FRONT_VARIABLE "TTCLOUD_SANDBOX_FRONT"

/**
 * sandbox_front_open:
 * @address: HOST:PORT
 * @certificate: of the API, with its key: the front shows it to the clients
 * @port: where the API listens
 * @wanted: where the front shall listen; 0 for anywhere
 * @front: (out): where it does
 *
 * Blocks for a round trip.
 *
 * Returns: (transfer full): the front stands for as long as this is open
 */
GIOStream *sandbox_front_open (const char *address,
                               GTlsCertificate *certificate,
                               guint16 port,
                               guint16 wanted,
                               guint16 *front,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
