/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "plugin/gate/gate-source.h"

G_BEGIN_DECLS

/**
 * ttecomm_client_source_new:
 *
 * The gate's questions, asked of TTcloud: connect 3 s, first byte 5 s (gate.md, section 4). Every
 * failure becomes a cause of the B rows; only %G_IO_ERROR_CANCELLED stays an error. Thread: the
 * worker.
 *
 * Returns: (transfer full):
 */
TtecommGateSource *ttecomm_client_source_new (TtecommClient *client);

G_END_DECLS
