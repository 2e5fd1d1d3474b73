/* SPDX-License-Identifier: MIT */
#include "tests/support/fake-clock.h"

struct _TtecommFakeClock
{
  GObject parent_instance;

  GMutex mutex;
  const char *boot_id; /* (mutex mutex) (nullable) interned: outlives every change */
  gint64 boottime_us;  /* (mutex mutex) -1 when unknown */
  gint64 wall_us;      /* (mutex mutex) */
  gboolean wall_works; /* (mutex mutex) */
};

static void ttecomm_fake_clock_iface_init (TtecommClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TtecommFakeClock,
                               ttecomm_fake_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TTECOMM_TYPE_CLOCK,
                                                      ttecomm_fake_clock_iface_init))

static gboolean
ttecomm_fake_clock_get_wall (TtecommClock *clock, gint64 *unix_seconds)
{
  TtecommFakeClock *self = TTECOMM_FAKE_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->wall_works)
    *unix_seconds = self->wall_us / G_USEC_PER_SEC;
  return self->wall_works;
}

static gint64
ttecomm_fake_clock_get_boottime_us (TtecommClock *clock)
{
  TtecommFakeClock *self = TTECOMM_FAKE_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->boottime_us;
}

static const char *
ttecomm_fake_clock_get_boot_id (TtecommClock *clock)
{
  TtecommFakeClock *self = TTECOMM_FAKE_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->boot_id;
}

static void
ttecomm_fake_clock_finalize (GObject *object)
{
  g_mutex_clear (&TTECOMM_FAKE_CLOCK (object)->mutex);
  G_OBJECT_CLASS (ttecomm_fake_clock_parent_class)->finalize (object);
}

static void
ttecomm_fake_clock_class_init (TtecommFakeClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ttecomm_fake_clock_finalize;
}

static void
ttecomm_fake_clock_iface_init (TtecommClockInterface *iface)
{
  iface->get_wall = ttecomm_fake_clock_get_wall;
  iface->get_boottime_us = ttecomm_fake_clock_get_boottime_us;
  iface->get_boot_id = ttecomm_fake_clock_get_boot_id;
}

static void
ttecomm_fake_clock_init (TtecommFakeClock *self)
{
  g_mutex_init (&self->mutex);
  self->boot_id = g_intern_static_string ("boot-1");
  self->boottime_us = 1000 * G_USEC_PER_SEC;
  self->wall_works = TRUE;
}

TtecommFakeClock *
ttecomm_fake_clock_new (gint64 wall)
{
  TtecommFakeClock *self = g_object_new (TTECOMM_TYPE_FAKE_CLOCK, NULL);

  self->wall_us = wall * G_USEC_PER_SEC;
  return self;
}

void
ttecomm_fake_clock_advance_us (TtecommFakeClock *self, gint64 microseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->wall_us += microseconds;
  if (self->boottime_us >= 0)
    self->boottime_us += microseconds;
}

void
ttecomm_fake_clock_advance (TtecommFakeClock *self, gint64 seconds)
{
  ttecomm_fake_clock_advance_us (self, seconds * G_USEC_PER_SEC);
}

void
ttecomm_fake_clock_set_wall (TtecommFakeClock *self, gint64 wall)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->wall_us = wall * G_USEC_PER_SEC;
  self->wall_works = TRUE;
}

void
ttecomm_fake_clock_break_wall (TtecommFakeClock *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->wall_works = FALSE;
}

void
ttecomm_fake_clock_reboot (TtecommFakeClock *self, const char *boot_id, gint64 boottime_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->boot_id = boot_id != NULL ? g_intern_string (boot_id) : NULL;
  self->boottime_us = boottime_us;
}
