/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/event.h"
#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/*
 * What the scheduler's events leave behind: rows of the ledger, invoices with VAT, paid terms that
 * can never be paid twice, and mails. Inside the caller's transaction.
 */
void sandbox_ledger_record (SandboxWorld *world, const TtecommEvent *event);

/* (transfer full) (nullable): the number of the payer's purchase invoice of the world's day: what
 * is bought on one day shares it (S61). */
char *sandbox_ledger_invoice_of_today (SandboxWorld *world,
                                       const char *account) G_GNUC_WARN_UNUSED_RESULT;

/* A member "events" with rows [day, event, payer, [subscriptions], cents], rules.md 4d: all, or
 * those that were not reported before. */
void sandbox_ledger_to_json (SandboxWorld *world, gboolean only_new, JsonBuilder *builder);
/* The newest `limit`, the newest first, as objects {day, event, payer, subscriptions, n, net_cents}
 * with the first few of `n` subscriptions. */
void sandbox_ledger_newest_to_json (SandboxWorld *world, guint limit, JsonBuilder *builder);

G_END_DECLS
