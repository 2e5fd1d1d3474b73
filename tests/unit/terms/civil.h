/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/*
 * A second calendar, written apart from base/civil-date.c and from GLib's: what the dates of the
 * terms are checked against. Years after 1583.
 */
typedef struct
{
  gint64 year;
  gint64 month; /* from 1 */
  gint64 day;
} Civil;

Civil civil_from_date (const GDate *date);

/* The same day @months later (or earlier), or the last one of a shorter month. */
Civil civil_add_months (Civil civil, gint64 months);

/* One day earlier, or later. */
Civil civil_day_before (Civil civil);
Civil civil_day_after (Civil civil);

Civil civil_month_end (Civil civil);

/* Days since 1 March 2000; negative before. */
gint64 civil_number (Civil civil);

/* Fails the test unless both are the same day. */
#define civil_assert_equal(date, civil)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const Civil _got = civil_from_date (date);                                                     \
    const Civil _wanted = (civil);                                                                 \
    g_assert_cmpint (_got.year, ==, _wanted.year);                                                 \
    g_assert_cmpint (_got.month, ==, _wanted.month);                                               \
    g_assert_cmpint (_got.day, ==, _wanted.day);                                                   \
  }                                                                                                \
  G_STMT_END
