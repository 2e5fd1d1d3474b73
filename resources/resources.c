/* SPDX-License-Identifier: MIT */
#include "resources/resources.h"

#include "resources/ttecomm-resources.h"

void
ttecomm_resources_register (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      ttecomm_register_resource ();
      g_once_init_leave (&registered, 1);
    }
}

GBytes *
ttecomm_resources_lookup (const char *name, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  ttecomm_resources_register ();
  path = g_strconcat (TTECOMM_RESOURCES_PREFIX, name, NULL);
  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}
