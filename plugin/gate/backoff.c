/* SPDX-License-Identifier: MIT */
#include "plugin/gate/backoff.h"

/* A timer holds no more than this; a week is asked about again sooner or later. */
#define MAX_POLL_MS (7u * 86400 * 1000)

/* A number from @low to @high. */
static guint64
between (guint64 low, guint64 high, guint32 random)
{
  return low + (high - low) * random / G_MAXUINT32;
}

guint
ttecomm_gate_backoff_next (guint previous_ms,
                           guint min_ms,
                           guint max_ms,
                           gint64 retry_after,
                           guint32 random)
{
  guint64 high = CLAMP ((guint64)previous_ms * 3, min_ms, MAX (min_ms, max_ms));
  guint64 delay = between (min_ms, high, random);

  if (retry_after > 0)
    delay = MAX (delay, (guint64)MIN (retry_after, TTECOMM_GATE_MAX_RETRY_AFTER) * 1000);
  return (guint)delay;
}

guint
ttecomm_gate_backoff_poll (gint64 next, gint64 until_end, guint min_ms, guint32 random)
{
  guint64 seconds = (guint64)CLAMP (next, 0, MAX_POLL_MS / 1000);
  guint64 delay = between (seconds * 800, seconds * 1200, random);

  /* one second late: at the end itself it is not over by the server's clock perhaps */
  if (until_end > 0)
    delay = MIN (delay, ((guint64)until_end + 1) * 1000);
  return (guint)CLAMP (delay, min_ms, MAX (min_ms, MAX_POLL_MS));
}
