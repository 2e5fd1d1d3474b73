/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

/* Whether `full_name` (Suite.name) is selected by a --gtest_filter: one of the patterns before the
 * first '-' matches (none there means all) and none after it does. */
gboolean harness_filter_matches (const char *filter, const char *full_name);
