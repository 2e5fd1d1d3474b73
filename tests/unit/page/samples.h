/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/snapshot.h"

G_BEGIN_DECLS

/* A Friday at 14:05 in Brussels, of which every sample speaks. */
#define SAMPLE_NOW G_GINT64_CONSTANT (1789733100)

/*
 * Snapshots for tests. sample_new() is the ordinary case: Villa Picos is open and connected, its
 * integrator Mara is signed in with a complete account and a good card, nothing is bought, the
 * basket is empty. The setters take JSON as TTcloud or a .nbt writes it, with ' for ", and check
 * it.
 */
TtecommSnapshot *sample_new (void);
TtecommSnapshot *sample_new_in (TtecommText *text);

TtecommAccount *sample_account (const char *json);
TtecommInstallationInfo *sample_info (const char *json);
TtecommCatalogue *sample_catalogue (const char *json);
TtecommQuote *sample_quote (const char *json);
TtecommOrder *sample_order (const char *json);

void sample_set_account (TtecommSnapshot *snapshot, const char *json);
/* The members besides server_today, id and name; subscriptions is the array. */
void sample_set_info (TtecommSnapshot *snapshot, const char *members, const char *subscriptions);
/* @users: (nullable): section USER; NULL: protected */
void sample_set_installation (TtecommSnapshot *snapshot,
                              const char *inst,
                              const char *users,
                              gboolean transmitted);
void sample_set_purchase (TtecommSnapshot *snapshot,
                          TtecommPurchaseState state,
                          const char *services,
                          const char *quote,
                          const char *order);
void sample_set_decision (TtecommSnapshot *snapshot, int outcome, const char *code);

extern const char sample_inst[];
extern const char sample_users[];
extern const char sample_account_json[];
extern const char sample_online[];
extern const char sample_nothing[];
extern const char sample_active[];
extern const char sample_quote_json[];
extern const char sample_blocked_json[];
extern const char sample_pending_json[];
extern const char sample_paid_json[];
extern const char sample_failed_json[];
extern const char sample_taken_json[];
extern const char sample_three_json[]; /* "RS,RS@site-linde,VC@site-linde" */
extern const char sample_three_blocked_json[];
extern const char sample_three_pending_json[];
extern const char sample_three_paid_json[];

G_END_DECLS
