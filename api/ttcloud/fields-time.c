/* SPDX-License-Identifier: MIT */
/* The members that are dates and instants. */
#include "api/ttcloud/fields.h"

#include "base/civil-date.h"
#include "base/json.h"

#include <string.h>

static gboolean
refuse (const char *name, const char *what, GError **error)
{
  g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, "member \"%s\" %s", name, what);
  return FALSE;
}

static gboolean
parse_date (const char *name, const char *value, GDate *out, GError **error)
{
  g_autoptr (GError) date_error = NULL;

  if (ttecomm_date_parse (value, out, &date_error))
    return TRUE;
  g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, "member \"%s\": %s", name,
               date_error->message);
  return FALSE;
}

gboolean
ttecomm_field_date (JsonObject *object, const char *name, GDate *out, GError **error)
{
  const char *value = NULL;

  return ttecomm_json_get_string (object, name, 10, &value, error)
         && parse_date (name, value, out, error);
}

gboolean
ttecomm_field_optional_date (JsonObject *object, const char *name, GDate *out, GError **error)
{
  const char *value = NULL;

  if (!ttecomm_json_get_optional_string (object, name, 10, &value, error))
    return FALSE;
  if (value != NULL)
    return parse_date (name, value, out, error);
  g_date_clear (out, 1);
  return TRUE;
}

/* Two digits at @text, at most @max; -1 otherwise. */
static int
two_digits (const char *text, int max)
{
  int value;

  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return -1;
  value = (text[0] - '0') * 10 + (text[1] - '0');
  return value <= max ? value : -1;
}

static gboolean
is_fraction_and_z (const char *text)
{
  gsize digits;

  if (text[0] == '.')
    {
      digits = strspn (text + 1, TTECOMM_CHARS_DIGIT);
      if (digits == 0)
        return FALSE;
      text += 1 + digits;
    }
  return strcmp (text, "Z") == 0;
}

/* 2026-09-18T08:30:00Z: date, T, time; no leap second, since no clock here knows one. */
static gboolean
parse_instant (const char *name, const char *value, gint64 *out, GError **error)
{
  g_autofree char *day = g_strndup (value, 10);
  g_autoptr (GDateTime) instant = NULL;
  GDate date;
  int hour, minute, second;

  if (strlen (value) < 20 || value[10] != 'T' || value[13] != ':' || value[16] != ':'
      || !is_fraction_and_z (value + 19))
    return refuse (name, "is not an instant in UTC (2026-09-18T08:30:00Z)", error);
  hour = two_digits (value + 11, 23);
  minute = two_digits (value + 14, 59);
  second = two_digits (value + 17, 59);
  if (hour < 0 || minute < 0 || second < 0)
    return refuse (name, "is not a time of day", error);
  if (!parse_date (name, day, &date, error))
    return FALSE;
  instant = g_date_time_new_utc (g_date_get_year (&date), (int)g_date_get_month (&date),
                                 g_date_get_day (&date), hour, minute, second);
  *out = g_date_time_to_unix (instant);
  return TRUE;
}

gboolean
ttecomm_field_instant (JsonObject *object, const char *name, gint64 *out, GError **error)
{
  const char *value = NULL;

  return ttecomm_json_get_string (object, name, 40, &value, error)
         && parse_instant (name, value, out, error);
}

gboolean
ttecomm_field_optional_instant (JsonObject *object, const char *name, gint64 *out, GError **error)
{
  const char *value = NULL;

  if (!ttecomm_json_get_optional_string (object, name, 40, &value, error))
    return FALSE;
  if (value != NULL)
    return parse_instant (name, value, out, error);
  *out = -1;
  return TRUE;
}
