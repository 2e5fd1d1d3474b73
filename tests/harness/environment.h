/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Set for a process that shall run a disabled test. */
#define HARNESS_RUN_DISABLED "HARNESS_RUN_DISABLED"

/* Cuts this process, and whatever it starts, off from the person's desktop, home, settings and
 * proxies. To be called first in main(), before any thread. */
void harness_environment_isolate (void);

/* How many times slower than usual the tests run: HARNESS_SLOW, 1 to 1000, otherwise 1. */
guint harness_environment_slowness (void);

/* The longest one test may take, in milliseconds: HARNESS_TIMEOUT (seconds) or 120 s, times the
 * slowness. */
guint harness_environment_test_timeout_ms (void);
