/* SPDX-License-Identifier: MIT */
#include "tests/unit/terms/civil.h"

static gint64
month_length (gint64 year, gint64 month)
{
  gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  if (month == 2)
    return leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Civil
civil_from_date (const GDate *date)
{
  return (Civil){ g_date_get_year (date), (gint64)g_date_get_month (date), g_date_get_day (date) };
}

Civil
civil_add_months (Civil civil, gint64 months)
{
  gint64 index = 12 * civil.year + civil.month - 1 + months;
  gint64 length = month_length (index / 12, index % 12 + 1);

  return (Civil){ index / 12, index % 12 + 1, MIN (civil.day, length) };
}

Civil
civil_month_end (Civil civil)
{
  return (Civil){ civil.year, civil.month, month_length (civil.year, civil.month) };
}

Civil
civil_day_before (Civil civil)
{
  if (civil.day > 1)
    return (Civil){ civil.year, civil.month, civil.day - 1 };
  return civil_month_end (civil_add_months (civil, -1));
}

Civil
civil_day_after (Civil civil)
{
  if (civil.day < month_length (civil.year, civil.month))
    return (Civil){ civil.year, civil.month, civil.day + 1 };
  civil.day = 1;
  return civil_add_months (civil, 1);
}

/* Years are counted from March, so that the leap day is a year's last. */
gint64
civil_number (Civil civil)
{
  gint64 month = (civil.month + 9) % 12;
  gint64 year = civil.year - (civil.month < 3 ? 1 : 0);
  gint64 leap_days = year / 4 - year / 100 + year / 400 - (2000 / 4 - 2000 / 100 + 2000 / 400);

  return 365 * (year - 2000) + leap_days + (153 * month + 2) / 5 + civil.day - 1;
}
