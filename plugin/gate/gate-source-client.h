/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "plugin/gate/gate-source.h"

G_BEGIN_DECLS

/**
 * TtecommGateSourceClient:
 *
 * The gate's answers from TTcloud, through a TtecommClient. Whoever owns the client also connects
 * its `notify::server-today` to ttecomm_gate_note_server_today(): other answers tell the date too.
 *
 * Thread: the client's.
 */
#define TTECOMM_TYPE_GATE_SOURCE_CLIENT (ttecomm_gate_source_client_get_type ())
G_DECLARE_FINAL_TYPE (TtecommGateSourceClient,
                      ttecomm_gate_source_client,
                      TTECOMM,
                      GATE_SOURCE_CLIENT,
                      GObject)

TtecommGateSource *ttecomm_gate_source_client_new (TtecommClient *client);

/**
 * ttecomm_gate_cause_from_cloud_error:
 * @error: a %TTECOMM_CLOUD_ERROR
 *
 * The B row of a request that failed. An unsigned "no" (403, 404, a problem) is "refused": it never
 * says anything about the subscription.
 */
TtecommGateCause ttecomm_gate_cause_from_cloud_error (const GError *error);

G_END_DECLS
