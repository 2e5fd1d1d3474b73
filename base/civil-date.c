/* SPDX-License-Identifier: MIT */
#include "base/civil-date.h"

#include <string.h>

#define ISO_LENGTH 10

G_DEFINE_QUARK (ttecomm - date - error - quark, ttecomm_date_error)

/* Reads exactly `count` ASCII digits. */
static gboolean
read_digits (const char *text, guint count, guint *out)
{
  guint value = 0;

  for (guint i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      value = value * 10 + (guint)g_ascii_digit_value (text[i]);
    }
  *out = value;
  return TRUE;
}

static gboolean
year_in_range (gint64 year)
{
  return year >= TTECOMM_DATE_MIN_YEAR && year <= TTECOMM_DATE_MAX_YEAR;
}

static gboolean
set_range_error (GError **error)
{
  g_set_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_RANGE,
               "The date lies outside the years %d to %d", TTECOMM_DATE_MIN_YEAR,
               TTECOMM_DATE_MAX_YEAR);
  return FALSE;
}

/* The text may come from anywhere: only a harmless piece of it is shown. */
static gboolean
set_invalid_error (const char *iso, GError **error)
{
  g_autofree char *shown = NULL;
  g_autofree char *valid = g_utf8_make_valid (iso, (gssize)strnlen (iso, 2 * ISO_LENGTH));

  shown = g_strescape (valid, NULL);
  g_set_error (error, TTECOMM_DATE_ERROR, TTECOMM_DATE_ERROR_INVALID,
               "\"%s\" is not a date: YYYY-MM-DD of a day that exists is needed", shown);
  return FALSE;
}

gboolean
ttecomm_date_parse (const char *iso, GDate *out, GError **error)
{
  guint year;
  guint month;
  guint day;

  g_return_val_if_fail (out != NULL, FALSE);

  if (iso == NULL)
    return set_invalid_error ("", error);
  if (strnlen (iso, ISO_LENGTH + 1) != ISO_LENGTH || iso[4] != '-' || iso[7] != '-'
      || !read_digits (iso, 4, &year) || !read_digits (iso + 5, 2, &month)
      || !read_digits (iso + 8, 2, &day))
    return set_invalid_error (iso, error);
  /* GDateYear and GDateDay are narrow: the values are at most 9999 and 99 here. */
  if (!g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return set_invalid_error (iso, error);
  if (!year_in_range (year))
    return set_range_error (error);

  g_date_clear (out, 1);
  g_date_set_dmy (out, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

void
ttecomm_date_format (const GDate *date, char out[TTECOMM_DATE_SIZE])
{
  out[0] = '\0';
  g_return_if_fail (g_date_valid (date));
  g_snprintf (out, TTECOMM_DATE_SIZE, "%04u-%02u-%02u", g_date_get_year (date) % 10000u,
              (guint)g_date_get_month (date) % 100u, g_date_get_day (date) % 100u);
}

void
ttecomm_date_format_dmy (const GDate *date, char out[TTECOMM_DATE_SIZE])
{
  out[0] = '\0';
  g_return_if_fail (g_date_valid (date));
  g_snprintf (out, TTECOMM_DATE_SIZE, "%02u/%02u/%04u", g_date_get_day (date) % 100u,
              (guint)g_date_get_month (date) % 100u, g_date_get_year (date) % 10000u);
}

/* g_date_add_months() takes a guint and overflows silently: the month is computed here. */
gboolean
ttecomm_date_add_months (const GDate *date, gint64 months, GDate *out, GError **error)
{
  const gint64 limit = 12 * (TTECOMM_DATE_MAX_YEAR - TTECOMM_DATE_MIN_YEAR + 1);
  gint64 index;
  GDateYear year;
  GDateMonth month;
  GDateDay day;

  g_return_val_if_fail (g_date_valid (date), FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  if (months > limit || months < -limit)
    return set_range_error (error);
  index = 12 * (gint64)g_date_get_year (date) + g_date_get_month (date) - G_DATE_JANUARY + months;
  if (index < 0 || !year_in_range (index / 12))
    return set_range_error (error);

  year = (GDateYear)(index / 12);
  month = (GDateMonth)(index % 12 + G_DATE_JANUARY);
  day = MIN (g_date_get_day (date), g_date_get_days_in_month (month, year));
  g_date_clear (out, 1);
  g_date_set_dmy (out, day, month, year);
  return TRUE;
}

gboolean
ttecomm_date_add_days (const GDate *date, gint64 days, GDate *out, GError **error)
{
  const gint64 limit = 366 * (TTECOMM_DATE_MAX_YEAR - TTECOMM_DATE_MIN_YEAR + 1);
  gint64 julian;
  GDate result;

  g_return_val_if_fail (g_date_valid (date), FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  if (days > limit || days < -limit)
    return set_range_error (error);
  julian = (gint64)g_date_get_julian (date) + days;
  if (julian < 1)
    return set_range_error (error);

  g_date_clear (&result, 1);
  g_date_set_julian (&result, (guint32)julian);
  if (!year_in_range (g_date_get_year (&result)))
    return set_range_error (error);
  *out = result;
  return TRUE;
}

void
ttecomm_date_month_end (const GDate *date, GDate *out)
{
  GDateYear year;
  GDateMonth month;

  g_return_if_fail (g_date_valid (date));
  g_return_if_fail (out != NULL);

  year = g_date_get_year (date);
  month = g_date_get_month (date);
  g_date_clear (out, 1);
  g_date_set_dmy (out, g_date_get_days_in_month (month, year), month, year);
}
