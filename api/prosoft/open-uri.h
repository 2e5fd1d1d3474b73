/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_OPEN_URI_H
#define PROSOFT_OPEN_URI_H

#include "host.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_OPEN_URI "prosoft.open-uri/1"

/* Host half. A host must have it. */
typedef struct prosoft_host_open_uri
{
  /* Hands `uri` to the system browser and returns; PROSOFT_OK does not say that a page was shown.
   * https only; plain http only to a loopback literal, and only when "ttcloud-trust" declares the
   * sandbox. Anything else: PROSOFT_E_INVALID, and nothing is opened.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *open) (const prosoft_host_t *host, const char *uri);
} prosoft_host_open_uri_t;

#ifdef __cplusplus
}
#endif

#endif
