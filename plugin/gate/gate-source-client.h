/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "api/ttcloud/key-set.h"
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

/* What a question may take: connect 3 s, first byte 5 s (gate.md, section 4). The gate gives up
 * waiting at its own budget; 30 s bound what runs behind a decision. The body is a key set in JSON
 * at most. */
#define TTECOMM_GATE_SOURCE_LIMITS                                                                 \
  ((TtecommLimits){ 3000, 5000, 30000, TTECOMM_KEY_SET_MAX_BYTES + 4096 })

/* @limits: copied */
TtecommGateSource *ttecomm_gate_source_client_new (TtecommClient *client,
                                                   const TtecommLimits *limits);

/**
 * ttecomm_gate_cause_from_cloud_error:
 * @error: a %TTECOMM_CLOUD_ERROR
 *
 * The B row of a request that failed. An unsigned "no" (403, 404, a problem) is "refused": it never
 * says anything about the subscription.
 */
TtecommGateCause ttecomm_gate_cause_from_cloud_error (const GError *error);

G_END_DECLS
