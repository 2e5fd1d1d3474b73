/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/schedule.h"

G_BEGIN_DECLS

/*
 * The steps of ttecomm_schedule_settle(); of this room only. Each first writes its events, which
 * may fail, and then changes the subscriptions, which may not: it is done whole or not at all.
 */

/* @payer: (nullable): only this payer's */
gboolean ttecomm_settle_charges (TtecommSchedule *schedule,
                                 const char *payer,
                                 GPtrArray *events,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
