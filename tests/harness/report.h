/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/harness/result.h"

/* The lines GoogleTest prints, on stdout, each flushed: editors read them while the tests run.
 * Never coloured. */

void harness_report_list (GPtrArray *tests);

/* Before the first test; `suites` and `tests` are how many will run. */
void harness_report_start (guint tests, guint suites);

void harness_report_run (const HarnessTest *test);
void harness_report_result (const HarnessResult *result);

/* After the last test. */
void harness_report_end (GPtrArray *results);
