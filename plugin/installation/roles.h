/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/installation.h"

G_BEGIN_DECLS

/*
 * Who is what in an installation, as its .nbt says. Pure functions; any thread. Addresses compare
 * trimmed and case-folded (S40, H12).
 */

typedef enum
{
  TTECOMM_INSTALLATION_ROLE_UNKNOWN, /* protected, and no password was given (H18) */
  TTECOMM_INSTALLATION_ROLE_NONE,    /* the address is not in the file, or has no cloud access */
  TTECOMM_INSTALLATION_ROLE_USER,
  TTECOMM_INSTALLATION_ROLE_INTEGRATOR,
  TTECOMM_INSTALLATION_ROLE_OWNER,
} TtecommInstallationRole;

typedef struct
{
  TtecommInstallationRole role; /* the highest: an owner ranks above an integrator (H5) */
  gboolean is_owner;
  gboolean is_integrator; /* both may be set (S75) */
} TtecommRoles;

/**
 * ttecomm_roles_of:
 * @address: (nullable): e-mail of an account; %NULL or blank is nobody
 */
TtecommRoles ttecomm_roles_of (const TtecommInstallation *installation, const char *address);

typedef enum
{
  TTECOMM_OWNER_UNKNOWN, /* protected, and no password was given */
  TTECOMM_OWNER_MISSING, /* nobody gets the technical mails, TTcloud disconnects (H7, H8) */
  TTECOMM_OWNER_PRESENT,
} TtecommOwnerState;

/* Whether anyone is owner. An owner without an e-mail address cannot log in and does not count. */
TtecommOwnerState ttecomm_roles_get_owner_state (const TtecommInstallation *installation);

/* "unknown", "none", "user", "integrator", "owner": for page and log, not translated. */
const char *ttecomm_installation_role_to_string (TtecommInstallationRole role);

G_END_DECLS
