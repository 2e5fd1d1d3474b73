/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TtecommTimings:
 *
 * How long each phase of a request took, in milliseconds; -1 for a phase that did not happen (a
 * connection that was still open has no DNS, TCP and TLS). @total_ms counts from the call.
 */
typedef struct
{
  int dns_ms;
  int connect_ms;
  int tls_ms;
  int first_byte_ms;
  int total_ms;
} TtecommTimings;

#define TTECOMM_TIMINGS_NONE ((TtecommTimings){ -1, -1, -1, -1, -1 })

G_END_DECLS
