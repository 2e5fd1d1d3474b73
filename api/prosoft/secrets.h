/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_SECRETS_H
#define PROSOFT_SECRETS_H

#include "host.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_SECRETS "prosoft.secrets/1"
#define PROSOFT_SECRET_MAX_SIZE 2048

/*
 * A safe place for a sign-in: DPAPI, Credential Manager, Secret Service. Two host processes may share
 * it. Each load and store is answered by one loaded() or stored() with the same cookie, from the host's
 * loop, never from inside the call (R6). Without this table a sign-in lasts as long as the process.
 */

/* Host half. Optional. */
typedef struct prosoft_host_secrets
{
  /* Answered by loaded().
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *load) (const prosoft_host_t *host, const char *key,
                                        prosoft_cookie_t cookie);

  /* Keeps `size` bytes, 1 to PROSOFT_SECRET_MAX_SIZE, borrowed for the call. Answered by stored().
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *store) (const prosoft_host_t *host, const char *key,
                                         const void *data, int32_t size, prosoft_cookie_t cookie);

  /* A key that is not there is no error.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *erase) (const prosoft_host_t *host, const char *key);
} prosoft_host_secrets_t;

/* Plug-in half. */
typedef struct prosoft_plugin_secrets
{
  /* PROSOFT_OK with the bytes, borrowed for the call; PROSOFT_E_NOT_FOUND; or why it failed.
   * [main, non-blocking] */
  void (PROSOFT_ABI *loaded) (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie,
                              prosoft_result_t result, const void *data, int32_t size);

  /* [main, non-blocking] */
  void (PROSOFT_ABI *stored) (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie,
                              prosoft_result_t result);
} prosoft_plugin_secrets_t;

#ifdef __cplusplus
}
#endif

#endif
