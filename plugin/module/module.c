/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/platform.h"
#include "plugin/bridge/bridge.h"

#define PLUGIN_ID "be.teletask.ttecomm"

static const prosoft_plugin_descriptor_t descriptor = {
  .struct_size = sizeof descriptor,
  .id = PLUGIN_ID,
  .name = "TTecomm subscriptions",
  .vendor = "TTecomm for PROSOFT",
  .version = TTECOMM_VERSION,
  .description = "Subscriptions, roles and the service flag of remote sessions",
};

static uint32_t
factory_count (const prosoft_plugin_factory_t *factory)
{
  return 1;
}

static const prosoft_plugin_descriptor_t *
factory_descriptor (const prosoft_plugin_factory_t *factory, uint32_t index)
{
  return index == 0 ? &descriptor : NULL;
}

static const prosoft_plugin_t *
factory_create (const prosoft_plugin_factory_t *factory,
                const prosoft_host_t *host,
                const char *plugin_id,
                prosoft_error_t *error)
{
  if (host == NULL || plugin_id == NULL)
    {
      ttecomm_host_error (error, PROSOFT_E_INVALID, "create: host or plug-in id is NULL");
      return NULL;
    }
  if (strcmp (plugin_id, PLUGIN_ID) != 0)
    {
      ttecomm_host_error (error, PROSOFT_E_NOT_FOUND,
                          "create: no plug-in of that id; the only one is " PLUGIN_ID);
      return NULL;
    }
  if (host->abi.major != PROSOFT_ABI_MAJOR)
    {
      ttecomm_host_error (
          error, PROSOFT_E_UNSUPPORTED,
          "create: the host speaks version %u of the plug-in interface, this module %u",
          host->abi.major, PROSOFT_ABI_MAJOR);
      return NULL;
    }
  if (host->get_extension == NULL || host->request_callback == NULL)
    {
      ttecomm_host_error (error, PROSOFT_E_INVALID, "create: the host's functions are NULL");
      return NULL;
    }
  if (!ttecomm_platform_is_only_copy ())
    {
      ttecomm_host_error (error, PROSOFT_E_UNSUPPORTED,
                          "create: another copy of this module is loaded; restart PROSOFT");
      return NULL;
    }
  return &ttecomm_bridge_new (host, &descriptor)->plugin;
}

static const prosoft_plugin_factory_t factory = {
  .count = factory_count,
  .descriptor = factory_descriptor,
  .create = factory_create,
};

/* Calls of init() not yet undone; only the host's main thread touches it (entry.h). */
static guint n_inits = 0;

static prosoft_result_t
entry_init (const char *module_path, prosoft_error_t *error)
{
  if (module_path == NULL)
    return ttecomm_host_error (error, PROSOFT_E_INVALID, "init: the module's path is NULL");
  n_inits++;
  return PROSOFT_OK;
}

static void
entry_deinit (void)
{
  if (n_inits > 0)
    n_inits--;
}

static const void *
entry_get_factory (const char *id)
{
  if (id == NULL || strcmp (id, PROSOFT_PLUGIN_FACTORY_ID) != 0)
    return NULL;
  return &factory;
}

PROSOFT_EXPORT extern const prosoft_entry_t prosoft_entry;

const prosoft_entry_t prosoft_entry = {
  .abi = { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
  .init = entry_init,
  .deinit = entry_deinit,
  .get_factory = entry_get_factory,
};
