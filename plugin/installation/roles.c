/* SPDX-License-Identifier: MIT */
#include "plugin/installation/roles.h"

#include "plugin/installation/clean.h"

static TtecommInstallationRole
highest (const TtecommRoles *roles, gboolean is_user)
{
  if (roles->is_owner)
    return TTECOMM_INSTALLATION_ROLE_OWNER;
  if (roles->is_integrator)
    return TTECOMM_INSTALLATION_ROLE_INTEGRATOR;
  return is_user ? TTECOMM_INSTALLATION_ROLE_USER : TTECOMM_INSTALLATION_ROLE_NONE;
}

TtecommRoles
ttecomm_roles_of (const TtecommInstallation *installation, const char *address)
{
  TtecommRoles roles = { TTECOMM_INSTALLATION_ROLE_UNKNOWN, FALSE, FALSE };
  g_autofree char *wanted = ttecomm_clean_address (address);
  gboolean is_user = FALSE;

  if (!installation->roles_known)
    return roles;
  roles.role = TTECOMM_INSTALLATION_ROLE_NONE;
  if (wanted == NULL)
    return roles;

  for (guint i = 0; i < installation->people->len; i++)
    {
      const TtecommPerson *person = installation->people->pdata[i];

      if (g_strcmp0 (person->address, wanted) != 0)
        continue;
      roles.is_owner |= person->cloud_access == TTECOMM_CLOUD_ACCESS_OWNER;
      roles.is_integrator |= person->is_integrator;
      is_user |= person->cloud_access == TTECOMM_CLOUD_ACCESS_USER;
    }
  for (guint i = 0; i < installation->integrators->len; i++)
    {
      const TtecommIntegrator *integrator = installation->integrators->pdata[i];

      roles.is_integrator |= g_strcmp0 (integrator->address, wanted) == 0;
    }
  roles.role = highest (&roles, is_user);
  return roles;
}

TtecommOwnerState
ttecomm_roles_get_owner_state (const TtecommInstallation *installation)
{
  if (!installation->roles_known)
    return TTECOMM_OWNER_UNKNOWN;
  for (guint i = 0; i < installation->people->len; i++)
    {
      const TtecommPerson *person = installation->people->pdata[i];

      if (person->cloud_access == TTECOMM_CLOUD_ACCESS_OWNER && person->address != NULL)
        return TTECOMM_OWNER_PRESENT;
    }
  return TTECOMM_OWNER_MISSING;
}

const char *
ttecomm_installation_role_to_string (TtecommInstallationRole role)
{
  switch (role)
    {
    case TTECOMM_INSTALLATION_ROLE_NONE:
      return "none";
    case TTECOMM_INSTALLATION_ROLE_USER:
      return "user";
    case TTECOMM_INSTALLATION_ROLE_INTEGRATOR:
      return "integrator";
    case TTECOMM_INSTALLATION_ROLE_OWNER:
      return "owner";
    case TTECOMM_INSTALLATION_ROLE_UNKNOWN:
    default:
      return "unknown";
    }
}
