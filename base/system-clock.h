/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/clock.h"

G_BEGIN_DECLS

#define TTECOMM_TYPE_SYSTEM_CLOCK (ttecomm_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (TtecommSystemClock, ttecomm_system_clock, TTECOMM, SYSTEM_CLOCK, GObject)

/**
 * ttecomm_system_clock_new:
 *
 * The clocks of this PC. Thread: any.
 *
 * Returns: (transfer full):
 */
TtecommClock *ttecomm_system_clock_new (void);

/**
 * ttecomm_system_clock_set_offset:
 * @seconds: added to the wall clock from now on, never to the boot clock; cut to +-68 years
 *
 * The host's `clock-offset` key, which the caller honours in the sandbox only: when the sandbox's
 * world has travelled in time, the check of the PC clock stays honest. Thread: any.
 */
void ttecomm_system_clock_set_offset (TtecommSystemClock *self, gint64 seconds);

G_END_DECLS
