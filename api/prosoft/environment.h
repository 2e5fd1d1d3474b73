/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_ENVIRONMENT_H
#define PROSOFT_ENVIRONMENT_H

#include "host.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_ENVIRONMENT "prosoft.environment/1"

/* BCP 47 language of all texts for people, eg: "nl-BE". Missing: "en". */
#define PROSOFT_ENV_LOCALE "locale"
/* "light" or "dark". */
#define PROSOFT_ENV_THEME "theme"
/* Absolute UTF-8 path of a folder that lasts (orders under way). The plug-in makes it when it is
 * missing. */
#define PROSOFT_ENV_DATA_DIR "data-dir"
/* Absolute UTF-8 path of a folder that may be emptied at any time. */
#define PROSOFT_ENV_CACHE_DIR "cache-dir"
/* "direct", "system" (as when missing) or the URL of a proxy. */
#define PROSOFT_ENV_PROXY "proxy"
/* Dotted numbers, eg: "5.1.2.0". */
#define PROSOFT_ENV_PROSOFT_VERSION "prosoft-version"
/* Origin of TTcloud's API, https. */
#define PROSOFT_ENV_TTCLOUD_URL "ttcloud-url"
/* Origin of the account and checkout pages. */
#define PROSOFT_ENV_TTECOMM_URL "ttecomm-url"
/* {"env":"sandbox","keys":[{"kty":"OKP","crv":"Ed25519","kid":"...","x":"..."}]}. A host may only
 * declare the sandbox; the keys of production are compiled in. */
#define PROSOFT_ENV_TTCLOUD_TRUST "ttcloud-trust"
/* PEM text, honoured only in the sandbox: replaces the system's certificates for ttcloud-url. */
#define PROSOFT_ENV_TTCLOUD_CA "ttcloud-ca"
/* Seconds, sandbox only: how far the sandbox's clock is ahead of this PC's. */
#define PROSOFT_ENV_CLOCK_OFFSET "clock-offset"

/* Host half. A host must have it. No environment variable takes the place of any key. */
typedef struct prosoft_host_environment
{
  /* Writes the value of `key` into `buffer`, NUL-terminated UTF-8, if it fits into `capacity` bytes;
   * else writes nothing. Returns the bytes needed, NUL included; 0 for an unknown key. Capacity 0
   * asks for the size, and `buffer` may then be NULL (R7).
   * [main, non-blocking] */
  int32_t (PROSOFT_ABI *get) (const prosoft_host_t *host, const char *key, char *buffer,
                              int32_t capacity);
} prosoft_host_environment_t;

/* Plug-in half. */
typedef struct prosoft_plugin_environment
{
  /* The value of `key` is another now; NULL: any of them may be.
   * [main, non-blocking] */
  void (PROSOFT_ABI *changed) (const prosoft_plugin_t *plugin, const char *key);
} prosoft_plugin_environment_t;

#ifdef __cplusplus
}
#endif

#endif
