/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/timings.h"
#include "plugin/gate/decision.h"

G_BEGIN_DECLS

/* Where the statement that was decided upon came from. */
typedef enum
{
  TTECOMM_GATE_FROM_NOTHING,
  TTECOMM_GATE_FROM_MEMORY,
  TTECOMM_GATE_FROM_NET,
  TTECOMM_GATE_FROM_DISK,
} TtecommGateFrom;

/* "none", "memory", "net", "disk" */
const char *ttecomm_gate_from_to_string (TtecommGateFrom from);

/**
 * TtecommGateVerdict:
 * @statement: (nullable): what was decided upon
 * @valid_until: Unix seconds, the smaller of exp and until_ts; 0 when the session does not open
 * @when: {when} of the texts: the server time of @statement, 0 without one
 * @days: {n} of A14: whole days until the end, rounded up; 0 when it is over or not known
 * @clock_difference: {diff} of A15: wall clock minus server time at receipt, seconds; 0 unknown
 * @wall: {date} of C3 and B7: the wall clock at the decision; -1 when it cannot be read
 * @high_water: {high water} of C3; 0 without a cache
 * @http_status: {status} of B6; 0 when there was no answer
 * @issuer: (nullable): {issuer} of B8
 * @ver_lower: the server's ver went back, and the answer has our nonce: a backup was restored
 * @verify_us: microseconds that checking the signature took; -1 when none was checked
 * @total_us: microseconds from the question to the decision
 * @details: one line for the log and "Copy details"; no token, nonce, address or statement in it,
 *   the installation as four characters of a salted hash (gate.md, section 6)
 *
 * What one check came to, with all that a text about it may need. The words are plugin/page's.
 */
typedef struct
{
  TtecommGateDecision decision;
  TtecommStatement *statement; /* (owned) (nullable) */
  TtecommGateFrom from;
  gint64 valid_until;
  gint64 when;
  gint64 days;
  gint64 clock_difference;
  gint64 wall;
  gint64 high_water;
  guint http_status;
  char *issuer; /* (owned) (nullable) */
  gboolean ver_lower;
  TtecommTimings timings;
  gint64 verify_us;
  gint64 total_us;
  char *details; /* (owned) */
} TtecommGateVerdict;

TtecommGateVerdict *ttecomm_gate_verdict_copy (const TtecommGateVerdict *self);
void ttecomm_gate_verdict_free (TtecommGateVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGateVerdict, ttecomm_gate_verdict_free)

G_END_DECLS
