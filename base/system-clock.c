/* SPDX-License-Identifier: MIT */
#include "base/system-clock.h"

#include "base/platform.h"

struct _TtecommSystemClock
{
  GObject parent_instance;

  char *boot_id; /* (owned) (nullable) read once: it cannot change while we run */
  gint offset;   /* (atomic) seconds */
};

static void ttecomm_system_clock_iface_init (TtecommClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TtecommSystemClock,
                               ttecomm_system_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TTECOMM_TYPE_CLOCK,
                                                      ttecomm_system_clock_iface_init))

static gboolean
ttecomm_system_clock_get_wall (TtecommClock *clock, gint64 *unix_seconds)
{
  TtecommSystemClock *self = TTECOMM_SYSTEM_CLOCK (clock);
  gint64 now;

  if (!ttecomm_platform_get_wall (&now))
    return FALSE;
  *unix_seconds = now + g_atomic_int_get (&self->offset);
  return TRUE;
}

static gint64
ttecomm_system_clock_get_boottime_us (TtecommClock *clock)
{
  return ttecomm_platform_get_boottime_us ();
}

static const char *
ttecomm_system_clock_get_boot_id (TtecommClock *clock)
{
  return ((TtecommSystemClock *)clock)->boot_id; /* unchecked: see clock.c */
}

static void
ttecomm_system_clock_finalize (GObject *object)
{
  TtecommSystemClock *self = TTECOMM_SYSTEM_CLOCK (object);

  g_free (self->boot_id);
  G_OBJECT_CLASS (ttecomm_system_clock_parent_class)->finalize (object);
}

static void
ttecomm_system_clock_class_init (TtecommSystemClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_system_clock_finalize;
}

static void
ttecomm_system_clock_iface_init (TtecommClockInterface *iface)
{
  iface->get_wall = ttecomm_system_clock_get_wall;
  iface->get_boottime_us = ttecomm_system_clock_get_boottime_us;
  iface->get_boot_id = ttecomm_system_clock_get_boot_id;
}

static void
ttecomm_system_clock_init (TtecommSystemClock *self)
{
  self->boot_id = ttecomm_platform_dup_boot_id ();
}

TtecommClock *
ttecomm_system_clock_new (void)
{
  return g_object_new (TTECOMM_TYPE_SYSTEM_CLOCK, NULL);
}

void
ttecomm_system_clock_set_offset (TtecommSystemClock *self, gint64 seconds)
{
  g_return_if_fail (TTECOMM_IS_SYSTEM_CLOCK (self));

  g_atomic_int_set (&self->offset, (gint)CLAMP (seconds, -G_MAXINT, G_MAXINT));
}
