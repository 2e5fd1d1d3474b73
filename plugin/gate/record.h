/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/clock.h"
#include "plugin/gate/decision.h"

G_BEGIN_DECLS

/**
 * TtecommGateRecord:
 *
 * A verified statement and when it came, by this PC's clocks. Immutable, reference counted.
 * Thread: any.
 */
typedef struct _TtecommGateRecord TtecommGateRecord;

/**
 * TtecommGateStamp:
 * @boot_id: (nullable): at receipt, as the two clocks below
 * @boottime_us: -1 when unknown
 * @wall: Unix seconds; -1 when it could not be read
 * @high_water: the latest server time that is known to have passed. It rises only with a verified
 *   iat and the time that has passed since on the boot clock, so that a wall clock that was once
 * set to 2099 locks nobody out
 */
typedef struct
{
  const char *boot_id;
  gint64 boottime_us;
  gint64 wall;
  gint64 high_water;
} TtecommGateStamp;

TtecommGateRecord *ttecomm_gate_record_new (TtecommStatement *statement,
                                            const TtecommGateStamp *stamp);

/* A record of @statement received now: the high water is its iat. */
TtecommGateRecord *ttecomm_gate_record_new_now (TtecommStatement *statement, TtecommClock *clock);

/* The same with the high water as it is now; @self itself (another reference) when it has not risen
 * by @at_least seconds, or cannot, since @self is of another boot. */
TtecommGateRecord *
ttecomm_gate_record_raise (TtecommGateRecord *self, TtecommClock *clock, gint64 at_least);
TtecommGateRecord *ttecomm_gate_record_ref (TtecommGateRecord *self);
void ttecomm_gate_record_unref (TtecommGateRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGateRecord, ttecomm_gate_record_unref)

TtecommStatement *ttecomm_gate_record_get_statement (const TtecommGateRecord *self);
const TtecommGateFacts *ttecomm_gate_record_get_facts (const TtecommGateRecord *self);
const TtecommGateStamp *ttecomm_gate_record_get_stamp (const TtecommGateRecord *self);

/* Seconds since receipt on the boot clock; -1 when that cannot be told. */
gint64 ttecomm_gate_record_get_age (const TtecommGateRecord *self, TtecommClock *clock);

/* Fills in what @inputs say of the clocks now. */
void ttecomm_gate_inputs_set_now (TtecommGateInputs *inputs, TtecommClock *clock);

/* Fills in @self as the online answer of that age, and the wall clock as it was at receipt (A15).
 */
void ttecomm_gate_inputs_set_answer (TtecommGateInputs *inputs,
                                     const TtecommGateRecord *self,
                                     gint64 age);

/* Fills in @self as the cache. */
void ttecomm_gate_inputs_set_cache (TtecommGateInputs *inputs, const TtecommGateRecord *self);

G_END_DECLS
