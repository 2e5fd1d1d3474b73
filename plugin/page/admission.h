/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/memory.h"
#include "plugin/page/decision-words.h"

G_BEGIN_DECLS

/**
 * TtecommAdmission:
 *
 * What lets a remote session in at once, as far as the worker knows at one moment: the gate's
 * memory, and what else its decision depends on. A person who clicks then waits for nothing,
 * however busy the worker is (gate.md, sections 3 and 4).
 *
 * Only what opens silently (A16) is decided here: whatever has to be said needs the words, and
 * whatever is not known the network, and both are the worker's.
 *
 * Immutable, reference counted atomically; any thread.
 */
typedef struct _TtecommAdmission TtecommAdmission;

/* @prosoft: (nullable): the host's version; @open_id: (nullable): TTcloud's id of the open file,
 * NULL while that is not known */
TtecommAdmission *ttecomm_admission_new (TtecommGateMemory *memory,
                                         TtecommClock *clock,
                                         const char *prosoft,
                                         const char *open_id);
TtecommAdmission *ttecomm_admission_ref (TtecommAdmission *self);
void ttecomm_admission_unref (TtecommAdmission *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommAdmission, ttecomm_admission_unref)

/**
 * ttecomm_admission_decide:
 * @installation: (nullable): TTcloud's id; %NULL: the open file's
 * @id: (out) (optional): whose session it is, borrowed from @self or @installation
 *
 * Whoever calls this sees to it that @self is still what the worker knows.
 *
 * Returns: (transfer full) (nullable): a decision that admits; %NULL: ask the worker
 */
TtecommDecision *ttecomm_admission_decide (TtecommAdmission *self,
                                           const char *installation,
                                           const char **id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
