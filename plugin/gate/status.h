/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/decision.h"

G_BEGIN_DECLS

/* What a decision made different from the one before: the events of gate.md, section 6. */
typedef enum
{
  TTECOMM_GATE_NEWS_CHANGED = 1 << 0,
  TTECOMM_GATE_NEWS_ENDS_SOON = 1 << 1,
  TTECOMM_GATE_NEWS_ENDED = 1 << 2,
  TTECOMM_GATE_NEWS_STALE = 1 << 3,
  TTECOMM_GATE_NEWS_FRESH = 1 << 4,
  TTECOMM_GATE_NEWS_CLOCK_SUSPECT = 1 << 5,
} TtecommGateNews;

/* What was known of one installation after the last decision; all zero before the first. */
typedef struct
{
  TtecommGateCode code;
  gint64 days;
  gboolean over;
  gboolean stale;
  gboolean clock_suspect;
} TtecommGateStatus;

/**
 * ttecomm_gate_status_update:
 * @online: the decision rests on a verified answer with our nonce
 * @days: whole days until the end
 * @clock_difference: wall clock minus server time at receipt, seconds; 0 when not known
 *
 * Edges only: an event is there when something has become so. Cancelled and not signed in say
 * nothing about the installation and change nothing. Pure; thread: any.
 */
TtecommGateNews ttecomm_gate_status_update (TtecommGateStatus *self,
                                            const TtecommGateDecision *decision,
                                            gboolean online,
                                            gint64 days,
                                            gint64 clock_difference);

G_END_DECLS
