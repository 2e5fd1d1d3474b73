/* SPDX-License-Identifier: MIT */
#include "plugin/text/when.h"

#include "base/civil-date.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define PART_SIZE 12 /* of a date: any int */

/* Its order and what stands between are the language's. */
static char *
format_date (const TtecommText *self, int day, int month, int year)
{
  char parts[3][PART_SIZE];
  const TtecommTextValue values[]
      = { { "day", parts[0], TRUE }, { "month", parts[1], TRUE }, { "year", parts[2], TRUE } };

  g_snprintf (parts[0], PART_SIZE, "%02d", day);
  g_snprintf (parts[1], PART_SIZE, "%02d", month);
  g_snprintf (parts[2], PART_SIZE, "%04d", year);
  return ttecomm_text_fill (ttecomm_text_get (self, "date", "{day}/{month}/{year}"), values,
                            G_N_ELEMENTS (values));
}

char *
ttecomm_text_date (const TtecommText *self, const GDate *date)
{
  g_return_val_if_fail (g_date_valid (date), g_strdup (""));

  return format_date (self, g_date_get_day (date), (int)g_date_get_month (date),
                      g_date_get_year (date));
}

char *
ttecomm_text_iso_date (const TtecommText *self, const char *iso)
{
  GDate date;

  if (ttecomm_date_parse (iso, &date, NULL))
    return ttecomm_text_date (self, &date);
  return ttecomm_text_fill ("{date}", &(TtecommTextValue){ "date", iso != NULL ? iso : "?" }, 1);
}

/* NULL for what no calendar holds. */
static GDateTime *
local_time (const TtecommText *self, gint64 instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant);

  return utc == NULL ? NULL : g_date_time_to_timezone (utc, ttecomm_text_get_zone (self));
}

static char *
format_day (const TtecommText *self, GDateTime *time)
{
  return format_date (self, g_date_time_get_day_of_month (time), g_date_time_get_month (time),
                      g_date_time_get_year (time));
}

/* Days from @time's day to @now's. */
static gint64
days_between (GDateTime *time, GDateTime *now)
{
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, (GDateDay)g_date_time_get_day_of_month (time),
                  (GDateMonth)g_date_time_get_month (time), (GDateYear)g_date_time_get_year (time));
  g_date_set_dmy (&b, (GDateDay)g_date_time_get_day_of_month (now),
                  (GDateMonth)g_date_time_get_month (now), (GDateYear)g_date_time_get_year (now));
  return g_date_days_between (&a, &b);
}

char *
ttecomm_text_instant (const TtecommText *self, gint64 instant, gint64 now)
{
  g_autoptr (GDateTime) time = local_time (self, instant);
  g_autoptr (GDateTime) present = local_time (self, now);
  g_autofree char *clock = NULL;
  g_autofree char *day = NULL;
  gint64 days;

  if (time == NULL)
    return g_strdup (ttecomm_text_get (self, "time", "an unknown time"));
  clock = g_strdup_printf ("%02d:%02d", g_date_time_get_hour (time), g_date_time_get_minute (time));
  days = present != NULL ? days_between (time, present) : -1;
  if (days == 0)
    return ttecomm_text_format (self, "time", "today at {clock}", "clock", clock, NULL);
  if (days == 1)
    return ttecomm_text_format (self, "time", "yesterday at {clock}", "clock", clock, NULL);
  day = format_day (self, time);
  return ttecomm_text_format (self, "time", "{day} at {clock}", "day", day, "clock", clock, NULL);
}

char *
ttecomm_text_day (const TtecommText *self, gint64 instant)
{
  g_autoptr (GDateTime) time = local_time (self, instant);

  if (time == NULL)
    return g_strdup (ttecomm_text_get (self, "time", "an unknown time"));
  return format_day (self, time);
}

char *
ttecomm_text_ago (const TtecommText *self, gint64 seconds)
{
  if (seconds < MINUTE)
    return g_strdup (ttecomm_text_get (self, "time", "just now"));
  if (seconds < HOUR)
    return ttecomm_text_format_plural (self, "time", "{n} minute ago", "{n} minutes ago",
                                       (guint64)(seconds / MINUTE), NULL);
  if (seconds < DAY)
    return ttecomm_text_format_plural (self, "time", "{n} hour ago", "{n} hours ago",
                                       (guint64)(seconds / HOUR), NULL);
  return ttecomm_text_format_plural (self, "time", "{n} day ago", "{n} days ago",
                                     (guint64)(seconds / DAY), NULL);
}

char *
ttecomm_text_span (const TtecommText *self, gint64 seconds)
{
  guint64 size = seconds < 0 ? -(guint64)seconds : (guint64)seconds;

  if (size < MINUTE)
    return ttecomm_text_format_plural (self, "time", "{n} second", "{n} seconds", size, NULL);
  if (size < HOUR)
    return ttecomm_text_format_plural (self, "time", "{n} minute", "{n} minutes", size / MINUTE,
                                       NULL);
  if (size < DAY)
    return ttecomm_text_format_plural (self, "time", "{n} hour", "{n} hours", size / HOUR, NULL);
  return ttecomm_text_format_plural (self, "time", "{n} day", "{n} days", size / DAY, NULL);
}
