/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/harness/options.h"
#include "tests/harness/registry.h"

/* Does what a --gtest_* command line asks: lists or runs the selected tests. Returns the exit
 * status: 0 when listed or nothing failed, 1 otherwise. `program` is argv[0]. */
int harness_gtest_main (Harness *harness, const HarnessOptions *options, const char *program);
