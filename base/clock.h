/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TTECOMM_TYPE_CLOCK (ttecomm_clock_get_type ())
G_DECLARE_INTERFACE (TtecommClock, ttecomm_clock, TTECOMM, CLOCK, GObject)

/**
 * TtecommClock:
 *
 * The only way in which this project learns what time it is, so that a test can say what time it
 * is.
 *
 * The wall clock belongs to the person at the PC and may be wrong by years; the boot clock only
 * ever goes forward, sleep included, and starts again with every boot; the boot id tells the boots
 * apart.
 *
 * Thread: any. An implementation takes care of its own state.
 */
struct _TtecommClockInterface
{
  GTypeInterface parent_iface;

  gboolean (*get_wall) (TtecommClock *self, gint64 *unix_seconds);
  gint64 (*get_boottime_us) (TtecommClock *self);
  const char *(*get_boot_id) (TtecommClock *self);
};

/**
 * ttecomm_clock_get_wall:
 * @unix_seconds: (out): seconds since 1970-01-01 UTC; untouched on failure
 *
 * Returns: %FALSE when the wall clock cannot be read
 */
gboolean ttecomm_clock_get_wall (TtecommClock *self,
                                 gint64 *unix_seconds) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_clock_get_boottime_us:
 *
 * Returns: microseconds since this boot, time asleep included; -1 when unknown
 */
gint64 ttecomm_clock_get_boottime_us (TtecommClock *self);

/**
 * ttecomm_clock_get_boot_id:
 *
 * Returns: (nullable) (transfer none): a text that differs from boot to boot, valid as long as the
 *   clock; %NULL when unknown
 */
const char *ttecomm_clock_get_boot_id (TtecommClock *self);

G_END_DECLS
