/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/harness/result.h"

/* Runs `test` alone in a new process of `program` (this one, by its path), waits for it and judges
 * it: by what it printed, how it ended and how long it took. The process has a temporary directory
 * of its own, removed afterwards whatever happened. (transfer full), never NULL */
HarnessResult *
harness_child_run (const char *program, const HarnessTest *test, gboolean run_disabled);
