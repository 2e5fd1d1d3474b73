/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/clock.h"

#include "base/civil-date.h"
#include "base/system-clock.h"
#include "plugin/terms/dates.h"

/* Where a day that was travelled to begins: far from both midnights. */
#define HOUR_OF_ARRIVAL 10

gboolean
sandbox_clock_init (SandboxClock *self, TtecommClock *real, GError **error)
{
  self->real = real != NULL ? g_object_ref (real) : ttecomm_system_clock_new ();
  self->zone = g_time_zone_new_identifier ("Europe/Brussels");
  if (self->zone != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       "the time zone Europe/Brussels is not known here: install tzdata");
  return FALSE;
}

void
sandbox_clock_clear (SandboxClock *self)
{
  g_clear_object (&self->real);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

gint64
sandbox_clock_real_now (SandboxClock *self)
{
  gint64 now;

  if (!ttecomm_clock_get_wall (self->real, &now))
    g_error ("the clock of this machine cannot be read");
  return now;
}

gint64
sandbox_clock_now (SandboxClock *self)
{
  return sandbox_clock_real_now (self) + self->offset_seconds;
}

void
sandbox_clock_today (SandboxClock *self, GDate *out)
{
  g_autoptr (GError) error = NULL;

  if (!ttecomm_terms_civil_today (self->zone, sandbox_clock_now (self), out, &error))
    g_error ("the clock of this machine cannot be used: %s", error->message);
}

char *
sandbox_clock_today_text (SandboxClock *self)
{
  GDate today;
  char text[TTECOMM_DATE_SIZE];

  sandbox_clock_today (self, &today);
  ttecomm_date_format (&today, text);
  return g_strdup (text);
}

static gint64
at_hour (SandboxClock *self, const GDate *day, int hour)
{
  g_autoptr (GDateTime) instant
      = g_date_time_new (self->zone, g_date_get_year (day), g_date_get_month (day),
                         g_date_get_day (day), hour, 0, 0.0);

  return g_date_time_to_unix (instant);
}

gint64
sandbox_clock_day_begins (SandboxClock *self, const GDate *day)
{
  return at_hour (self, day, 0);
}

gint64
sandbox_clock_day_ends (SandboxClock *self, const GDate *day)
{
  GDate next = *day;

  g_date_add_days (&next, 1);
  return at_hour (self, &next, 0);
}

void
sandbox_clock_set_day (SandboxClock *self, const GDate *day)
{
  self->offset_seconds = at_hour (self, day, HOUR_OF_ARRIVAL) - sandbox_clock_real_now (self);
}

char *
sandbox_clock_format (gint64 unix_seconds)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_unix_utc (unix_seconds);

  return g_date_time_format (instant, "%Y-%m-%dT%H:%M:%SZ");
}
