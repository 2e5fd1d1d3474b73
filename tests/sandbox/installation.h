/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/schedule.h"
#include "tests/sandbox/account.h"

G_BEGIN_DECLS

/* One installation as one account sees it: an installation that is not linked to the account does
 * not exist for it. */
typedef struct
{
  char *id;   /* (owned) */
  char *name; /* (owned) */
  gboolean connected;
  gint64 last_seen; /* the world's Unix seconds; -1: never */
  gboolean si_access;
  gboolean suspended;
  char *prosoft; /* (owned) */
  gint64 ver;
  const char *role; /* owner, integrator, user, unknown; the owner's counts first (S75) */
} SandboxInstallation;

/* (nullable): NULL when there is none, or none for `account`. */
SandboxInstallation *sandbox_installation_load (SandboxWorld *world,
                                                const SandboxAccount *account,
                                                const char *id) G_GNUC_WARN_UNUSED_RESULT;
void sandbox_installation_free (SandboxInstallation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxInstallation, sandbox_installation_free)

/* (nullable): borrowed from the schedule. */
TtecommSubscription *sandbox_installation_subscription (TtecommSchedule *schedule,
                                                        const char *installation,
                                                        const char *service);
/* S15-S18: none when never bought. */
TtecommState sandbox_installation_state (TtecommSchedule *schedule,
                                         const char *installation,
                                         const char *service);

/* A member "next_charge" (or another name) with VAT as `payer` pays it; null without a day. */
void sandbox_charge_to_json (SandboxWorld *world,
                             const char *name,
                             const SandboxAccount *payer,
                             const GDate *day,
                             gint64 net,
                             JsonBuilder *builder);

G_END_DECLS
