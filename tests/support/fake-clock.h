/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/clock.h"

G_BEGIN_DECLS

#define TTECOMM_TYPE_FAKE_CLOCK (ttecomm_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (TtecommFakeClock, ttecomm_fake_clock, TTECOMM, FAKE_CLOCK, GObject)

/* A clock that stands still until a test moves it. It begins at boot "boot-1", 1,000 s after that
 * boot. Thread: any, under a lock; a boot id handed out stays valid as long as the clock. */
TtecommFakeClock *ttecomm_fake_clock_new (gint64 wall);

/* Time passes: both clocks go on. */
void ttecomm_fake_clock_advance (TtecommFakeClock *self, gint64 seconds);
void ttecomm_fake_clock_advance_us (TtecommFakeClock *self, gint64 microseconds);

/* Somebody sets the wall clock; the boot clock does not notice. */
void ttecomm_fake_clock_set_wall (TtecommFakeClock *self, gint64 wall);
void ttecomm_fake_clock_break_wall (TtecommFakeClock *self);

/* The PC is started again: @boot_id (nullable) and @boottime_us (-1: unknown) from now on. */
void ttecomm_fake_clock_reboot (TtecommFakeClock *self, const char *boot_id, gint64 boottime_us);

G_END_DECLS
