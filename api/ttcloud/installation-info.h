/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/subscription.h"

G_BEGIN_DECLS

/**
 * TtecommInstallationInfo:
 *
 * One installation as TTcloud knows it. Unsigned: it never reaches the gate (gate.md section 2).
 * Immutable, counted; any thread.
 */
typedef struct
{
  GDate server_today;
  char *id;   /* (owned) */
  char *name; /* (owned) */
  gboolean connected;
  gint64 last_seen; /* unix seconds; -1 when never */
  TtecommCloudRole role;
  gboolean si_access;       /* H15: the owner lets system integrators in */
  char *prosoft;            /* (owned): the version that transmitted last */
  GPtrArray *subscriptions; /* (owned) (element-type TtecommSubscription): one a product at most */
} TtecommInstallationInfo;

TtecommInstallationInfo *
ttecomm_installation_info_from_json (JsonObject *object, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommInstallationInfo *ttecomm_installation_info_ref (TtecommInstallationInfo *self);
void ttecomm_installation_info_unref (TtecommInstallationInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommInstallationInfo, ttecomm_installation_info_unref)

/* (nullable) (transfer none): by product id */
const TtecommSubscription *ttecomm_installation_info_find (const TtecommInstallationInfo *self,
                                                           const char *service);

G_END_DECLS
