/* SPDX-License-Identifier: MIT */
#include "tests/host/timing.h"

#define SLOW_US 1000

static unsigned
class_of (uint64_t us)
{
  unsigned shift = 0;

  if (us < 16)
    return (unsigned)us;
  while (us >> shift >= 32)
    shift++;
  if (shift + 1 > HOST_TIMING_CLASSES / 16 - 1)
    return HOST_TIMING_CLASSES - 1;
  return (shift + 1) * 16 + (unsigned)((us >> shift) & 15u);
}

/* The longest time that belongs to the class. */
static int64_t
top_of (unsigned class)
{
  unsigned shift;

  if (class < 16)
    return (int64_t) class;
  shift = class / 16 - 1;
  return (int64_t)((((uint64_t)(class % 16) + 17) << shift) - 1);
}

void
host_timing_add (HostTiming *timing, const char *call, int64_t us)
{
  if (us < 0)
    us = 0;
  timing->calls++;
  timing->counts[class_of ((uint64_t)us)]++;
  if (us > SLOW_US)
    timing->slow++;
  if (us > timing->max_us || timing->slowest == NULL)
    {
      timing->max_us = us;
      timing->slowest = call;
    }
}

int64_t
host_timing_p999 (const HostTiming *timing)
{
  uint64_t seen = 0;

  for (unsigned class = 0; class < HOST_TIMING_CLASSES; class ++)
    {
      seen += timing->counts[class];
      if (seen > 0 && seen * 1000 >= timing->calls * 999)
        return top_of (class) < timing->max_us ? top_of (class) : timing->max_us;
    }
  return timing->max_us;
}
