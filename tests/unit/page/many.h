/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/portfolio-list.h"
#include "tests/unit/page/samples.h"

G_BEGIN_DECLS

/* 2026-09-18, the samples' day. */
void many_today (GDate *today);

/* (transfer full): one installation; @subscriptions is the array, with ' for " */
TtecommInstallationSummary *
many_installation (const char *id, const char *name, const char *subscriptions);

/* (transfer full) (element-type TtecommInstallationSummary): @n of them, each with three services
 * in changing states; what would be alike in all of them is not */
GPtrArray *many_installations (guint n);

/* Gives @snapshot that many installations. */
void many_set (TtecommSnapshot *snapshot, guint n);

G_END_DECLS
