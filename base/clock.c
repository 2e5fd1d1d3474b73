/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

G_DEFINE_INTERFACE (TtecommClock, ttecomm_clock, G_TYPE_OBJECT)

static void
ttecomm_clock_default_init (TtecommClockInterface *iface)
{
}

/* No type checks below: the interface's look-up is one already, and a decision from memory reads
 * the clock twice within its 100 ns. */

gboolean
ttecomm_clock_get_wall (TtecommClock *self, gint64 *unix_seconds)
{
  return TTECOMM_CLOCK_GET_IFACE (self)->get_wall (self, unix_seconds);
}

gint64
ttecomm_clock_get_boottime_us (TtecommClock *self)
{
  return TTECOMM_CLOCK_GET_IFACE (self)->get_boottime_us (self);
}

const char *
ttecomm_clock_get_boot_id (TtecommClock *self)
{
  return TTECOMM_CLOCK_GET_IFACE (self)->get_boot_id (self);
}
