/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_PLUGIN_H
#define PROSOFT_PLUGIN_H

#include "abi.h"
#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a plug-in is. Static: valid until entry->deinit(). */
typedef struct prosoft_plugin_descriptor
{
  uint32_t struct_size; /* of the writer (R3) */
  uint32_t reserved;    /* 0 */
  const char *id;       /* reverse DNS, eg: "be.teletask.ttecomm" */
  const char *name;     /* eg: "TTecomm subscriptions" */
  const char *vendor;
  const char *version; /* eg: "0.1.0" */
  const char *description;
} prosoft_plugin_descriptor_t;

#define PROSOFT_PLUGIN_DESCRIPTOR_SIZE_V1 (8 + 5 * sizeof (void *))

/*
 * One instance, made by the factory. Frozen (R3).
 *
 * Its life: create -> init -> ... -> destroy. While one of its functions is on the stack the host
 * calls no other function of the instance, not even from a modal message loop (R6).
 */
typedef struct prosoft_plugin
{
  const prosoft_plugin_descriptor_t *descriptor;
  void *plugin_data; /* reserved for the plug-in */

  /* Fetches the host's extensions and starts what the plug-in needs to run. Takes at most 10 ms.
   * On failure the host must call destroy() and nothing else.
   * [main] */
  prosoft_result_t (PROSOFT_ABI *init) (const struct prosoft_plugin *plugin, prosoft_error_t *error);

  /* Completes all open operations with PROSOFT_E_CANCELLED (R10), stops, frees the instance. Takes at
   * most 5 s. When it has returned nothing of this instance reaches the host from any thread (R11).
   * [main] */
  void (PROSOFT_ABI *destroy) (const struct prosoft_plugin *plugin);

  /* Returns the plug-in's table `id`, or NULL (R14). Valid from a successful init() to destroy().
   * [main, non-blocking] */
  const void *(PROSOFT_ABI *get_extension) (const struct prosoft_plugin *plugin, const char *id);

  /* The answer to host->request_callback(): hands over everything that is ready. May be called
   * when nothing was asked.
   * [main, non-blocking] */
  void (PROSOFT_ABI *on_main_thread) (const struct prosoft_plugin *plugin);
} prosoft_plugin_t;

#ifdef __cplusplus
}
#endif

#endif
