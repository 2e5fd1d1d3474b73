/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_FACTORY_H
#define PROSOFT_FACTORY_H

#include "host.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_PLUGIN_FACTORY_ID "prosoft.plugin-factory/1"

/* Makes plug-ins. Static: valid until entry->deinit(). Frozen (R3). */
typedef struct prosoft_plugin_factory
{
  /* How many plug-ins this module holds.
   * [main, non-blocking] */
  uint32_t (PROSOFT_ABI *count) (const struct prosoft_plugin_factory *factory);

  /* The descriptor of plug-in `index`, or NULL when index >= count().
   * [main, non-blocking] */
  const prosoft_plugin_descriptor_t *(PROSOFT_ABI *descriptor) (
      const struct prosoft_plugin_factory *factory, uint32_t index);

  /* Makes an instance for `host`. Does not call the host. Returns NULL with a reason in `error`
   * (may be NULL) for an unknown id, a host of another ABI major, or when another copy of the same
   * module is loaded in this process ("restart PROSOFT").
   * The host calls init() next, and destroy() in the end in any case.
   * [main, non-blocking] */
  const prosoft_plugin_t *(PROSOFT_ABI *create) (const struct prosoft_plugin_factory *factory,
                                                 const prosoft_host_t *host, const char *plugin_id,
                                                 prosoft_error_t *error);
} prosoft_plugin_factory_t;

#ifdef __cplusplus
}
#endif

#endif
