/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "base/clock.h"

G_BEGIN_DECLS

/*
 * The one clock of a world: the real time plus an offset that only grows. Nothing else in the
 * sandbox reads a clock, so nothing can stay behind when the world travels.
 *
 * Sign-in keeps to the real time: a year of travel must not sign everybody out.
 */
typedef struct
{
  TtecommClock *real; /* (owned): the machine's, or a test's */
  GTimeZone *zone;    /* (owned): Europe/Brussels (C25) */
  gint64 offset_seconds;
} SandboxClock;

/* No world goes past this day: every signing key ends with it. */
#define SANDBOX_CLOCK_LAST_DAY "2099-12-31"

/* @real: (nullable): the machine's when NULL */
gboolean sandbox_clock_init (SandboxClock *self,
                             TtecommClock *real,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_clock_clear (SandboxClock *self);

gint64 sandbox_clock_real_now (SandboxClock *self);
/* The world's Unix seconds. */
gint64 sandbox_clock_now (SandboxClock *self);
void sandbox_clock_today (SandboxClock *self, GDate *out);
/* (transfer full): the world's day, YYYY-MM-DD */
char *sandbox_clock_today_text (SandboxClock *self) G_GNUC_WARN_UNUSED_RESULT;

/* The first second of a day in Brussels; the first second after `end` is that of the day after. */
gint64 sandbox_clock_day_begins (SandboxClock *self, const GDate *day);
gint64 sandbox_clock_day_ends (SandboxClock *self, const GDate *day);

/* Moves the offset so that the world's time is 10:00 in Brussels on `day`. Forward only, but for a
 * world that has not started yet. */
void sandbox_clock_set_day (SandboxClock *self, const GDate *day);

/* (transfer full): RFC 3339 in UTC */
char *sandbox_clock_format (gint64 unix_seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
