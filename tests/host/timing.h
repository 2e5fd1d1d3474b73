/* SPDX-License-Identifier: MIT */
/* How long the calls into a plug-in take (R5): counted in classes, so that it costs nothing. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define HOST_TIMING_CLASSES 512

typedef struct HostTiming
{
  uint64_t counts[HOST_TIMING_CLASSES]; /* 16 classes for each doubling: within 6.25 % */
  uint64_t calls;
  uint64_t slow; /* longer than 1 ms */
  int64_t max_us;
  const char *slowest; /* (static) (nullable) which call max_us was */
  int64_t init_us;     /* measured apart, as are the next two */
  int64_t destroy_us;
  int64_t load_us;
} HostTiming;

void host_timing_add (HostTiming *timing, const char *call, int64_t us);

/* The time that 999 of 1000 calls did not exceed, in µs, rounded up to its class; 0 without calls.
 */
int64_t host_timing_p999 (const HostTiming *timing);
