/* SPDX-License-Identifier: MIT */
#include "tests/support/zone.h"

GTimeZone *
test_zone_new (const char *name)
{
  static const struct
  {
    const char *name;
    const char *here;
  } zones[] = {
    { "UTC", "UTC" },
    { "America/New_York", "Eastern Standard Time" },
    { "America/Toronto", "Eastern Standard Time" },
    { "Europe/Brussels", "Romance Standard Time" },
    { "Europe/Madrid", "Romance Standard Time" },
    { "Europe/Oslo", "W. Europe Standard Time" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_str_equal (zones[i].name, name))
      return g_time_zone_new_identifier (zones[i].here);
  return NULL;
}
