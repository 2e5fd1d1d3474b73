/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/record.h"
#include "plugin/gate/verdict.h"

G_BEGIN_DECLS

/* A verdict without what the request adds: status, timings, issuer. @record may be NULL. */
TtecommGateVerdict *ttecomm_gate_verdict_new (const TtecommGateDecision *decision,
                                              const TtecommGateRecord *record,
                                              TtecommGateFrom from,
                                              TtecommClock *clock);

/* Writes @self->details, once all else is filled in. */
void ttecomm_gate_verdict_describe (TtecommGateVerdict *self, const char *pseudonym);

G_END_DECLS
