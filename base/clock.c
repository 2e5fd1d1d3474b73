/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

G_DEFINE_INTERFACE (TtecommClock, ttecomm_clock, G_TYPE_OBJECT)

static void
ttecomm_clock_default_init (TtecommClockInterface *iface)
{
}

gboolean
ttecomm_clock_get_wall (TtecommClock *self, gint64 *unix_seconds)
{
  g_return_val_if_fail (TTECOMM_IS_CLOCK (self), FALSE);
  g_return_val_if_fail (unix_seconds != NULL, FALSE);

  return TTECOMM_CLOCK_GET_IFACE (self)->get_wall (self, unix_seconds);
}

gint64
ttecomm_clock_get_boottime_us (TtecommClock *self)
{
  g_return_val_if_fail (TTECOMM_IS_CLOCK (self), -1);

  return TTECOMM_CLOCK_GET_IFACE (self)->get_boottime_us (self);
}

const char *
ttecomm_clock_get_boot_id (TtecommClock *self)
{
  g_return_val_if_fail (TTECOMM_IS_CLOCK (self), NULL);

  return TTECOMM_CLOCK_GET_IFACE (self)->get_boot_id (self);
}
