/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When to ask again. Pure: the caller brings the randomness. Milliseconds. Thread: any. */

/* Retry-After is honoured so far. */
#define TTECOMM_GATE_MAX_RETRY_AFTER 3600

/**
 * ttecomm_gate_backoff_next:
 * @previous_ms: what this function gave last time, 0 at first
 * @retry_after: seconds, -1 when the server stated none
 * @random: 32 random bits
 *
 * Decorrelated jitter: anything from @min_ms to three times @previous_ms, @max_ms at most, and
 * never sooner than the server asked for, up to an hour.
 */
guint ttecomm_gate_backoff_next (guint previous_ms,
                                 guint min_ms,
                                 guint max_ms,
                                 gint64 retry_after,
                                 guint32 random);

/**
 * ttecomm_gate_backoff_poll:
 * @next: the statement's next, seconds
 * @until_end: seconds until the subscription's end, 0 when it is over: there the next poll is due
 *
 * @next plus or minus a fifth, so that not all PCs ask in the same second; @min_ms at least.
 */
guint ttecomm_gate_backoff_poll (gint64 next, gint64 until_end, guint min_ms, guint32 random);

G_END_DECLS
