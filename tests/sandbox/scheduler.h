/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/schedule.h"
#include "tests/sandbox/world.h"

G_BEGIN_DECLS

/*
 * The scheduler of plugin/terms over the rows of the database. It decides; this stores. All inside
 * the caller's transaction. Payers go by their address, subscriptions by INSTALLATION/SERVICE.
 */

/* The whole world on the world's day. NULL after a failure of the database. */
TtecommSchedule *sandbox_scheduler_load (SandboxWorld *world) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full) */
char *sandbox_scheduler_id (const char *installation,
                            const char *service) G_GNUC_WARN_UNUSED_RESULT;

/* Settles what `events` (transfer full) began, writes subscriptions, ledger, invoices and mails. */
void sandbox_scheduler_finish (SandboxWorld *world, TtecommSchedule *schedule, GPtrArray *events);

/* Runs all days after the last one run through today. */
void sandbox_scheduler_run_days (SandboxWorld *world);

G_END_DECLS
