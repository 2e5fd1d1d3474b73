/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/gate-private.h"

G_BEGIN_DECLS

/*
 * TtecommGateReady: the installations whose answers are kept up behind the scenes, so that a click
 * on any of them finds one that is new (gate.md, section 3). Asks about many at once, checks the
 * answers a few at a time behind everything else, and keeps each as if it had come alone. It makes
 * nothing worse: an answer that fails is not used, a question that fails changes nothing.
 *
 * Part of the gate, which owns it; its events are the gate's, so none of its answers makes one.
 */
TtecommGateReady *ttecomm_gate_ready_new (TtecommGate *gate);
void ttecomm_gate_ready_free (TtecommGateReady *self);

/* @installations: up to a NULL; those beyond TTECOMM_GATE_MAX_READY are left out */
void ttecomm_gate_ready_set (TtecommGateReady *self, const char *const *installations);

/* All answers count as old. @at_once: a person made them so; otherwise a date did, for all PCs. */
void ttecomm_gate_ready_note_dropped (TtecommGateReady *self, gboolean at_once);

G_END_DECLS
