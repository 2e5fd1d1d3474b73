/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_HOST_H
#define PROSOFT_HOST_H

#include "abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What a host gives to a plug-in. It and every table that get_extension() returns stay valid and
 * unchanged until plugin->destroy() has returned (R11). Frozen: what is new is an extension (R3).
 */
typedef struct prosoft_host
{
  prosoft_version_t abi; /* PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR of the header the host was built with */
  void *host_data;       /* reserved for the host; the plug-in never touches it */
  const char *name;      /* eg: "PROSOFT Suite", never NULL */
  const char *vendor;    /* eg: "TELETASK", may be NULL */
  const char *version;   /* eg: "5.1.2.0", never NULL */

  /* Returns the table `id` (eg: PROSOFT_EXT_LOG), or NULL for an id that the host does not have.
   * Ids compare exactly (R14). May be called from init() on.
   * [any, non-blocking] */
  const void *(PROSOFT_ABI *get_extension) (const struct prosoft_host *host, const char *id);

  /* Asks the host to call plugin->on_main_thread() soon, once for any number of requests: within 1 s
   * while [main] pumps. Returns at once and never calls back from inside (R6). Ignored once
   * destroy() has begun.
   * [any, non-blocking] */
  void (PROSOFT_ABI *request_callback) (const struct prosoft_host *host);
} prosoft_host_t;

#ifdef __cplusplus
}
#endif

#endif
