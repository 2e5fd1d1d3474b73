/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/page.h"
#include "tests/unit/page/samples.h"

G_BEGIN_DECLS

/* What a page may have to show, by name: each role, each state of a subscription and of a purchase,
 * and everything that can be wrong. */
guint scenario_count (void);
const char *scenario_name (guint i);

/* (transfer full) */
TtecommSnapshot *scenario_new (const char *name);
TtecommSnapshot *scenario_new_in (TtecommText *text, const char *name);
TtecommPage *scenario_page (const char *name);

G_END_DECLS
