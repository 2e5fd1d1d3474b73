/* SPDX-License-Identifier: MIT */
#include "tests/support/zone.h"

GTimeZone *
test_zone_new (const char *name)
{
  return g_time_zone_new_identifier (name);
}
