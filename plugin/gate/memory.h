/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/record.h"
#include "plugin/gate/verdict.h"

G_BEGIN_DECLS

/**
 * TtecommGateMemory:
 *
 * The verified answers of one account, as an immutable snapshot: the worker makes a new one when
 * something changes and posts it, the host's main thread reads, swaps and frees it. So a click can
 * be decided without a lock, an allocation or the network (gate.md, sections 3, 4 and 7).
 */
typedef struct _TtecommGateMemory TtecommGateMemory;

/* An answer is used only so long before its end. */
#define TTECOMM_GATE_MEMORY_MARGIN 86400

#define TTECOMM_GATE_SALT_SIZE 16

/* @records: (element-type TtecommGateRecord): online answers, one for each installation
 * @salt: what the pseudonyms in logs are made with */
TtecommGateMemory *ttecomm_gate_memory_new (GPtrArray *records,
                                            const guint8 salt[TTECOMM_GATE_SALT_SIZE]);
TtecommGateMemory *ttecomm_gate_memory_ref (TtecommGateMemory *self);
void ttecomm_gate_memory_unref (TtecommGateMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommGateMemory, ttecomm_gate_memory_unref)

/* How many answers it holds. */
guint ttecomm_gate_memory_get_size (const TtecommGateMemory *self);

/**
 * ttecomm_gate_memory_decide:
 * @prosoft: (nullable): the host's version
 * @decision: (out): filled in on %TRUE
 * @record: (out) (optional): what was decided upon, borrowed from the snapshot
 *
 * Decides if the answer is younger than 5 minutes, more than 24 hours before its end, and opens: a
 * "no" is asked again every time.
 *
 * Returns: %FALSE when the network must be asked
 */
gboolean ttecomm_gate_memory_decide (const TtecommGateMemory *self,
                                     TtecommClock *clock,
                                     const char *installation,
                                     const char *prosoft,
                                     TtecommGateDecision *decision,
                                     const TtecommGateRecord **record) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_gate_memory_check:
 *
 * The same decision as a whole verdict, details included, for whoever has a host to answer.
 *
 * Returns: (transfer full) (nullable): %NULL when the network must be asked
 */
TtecommGateVerdict *ttecomm_gate_memory_check (const TtecommGateMemory *self,
                                               TtecommClock *clock,
                                               const char *installation,
                                               const char *prosoft) G_GNUC_WARN_UNUSED_RESULT;

/* The four characters that stand for an installation in logs. (transfer full) */
char *ttecomm_gate_memory_dup_pseudonym (const TtecommGateMemory *self, const char *installation);

/* The same for one record: what ttecomm_gate_memory_decide() does once it has found it. */
gboolean
ttecomm_gate_memory_decide_record (const TtecommGateRecord *record,
                                   TtecommClock *clock,
                                   const char *prosoft,
                                   TtecommGateDecision *decision) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
