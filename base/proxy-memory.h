/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION: what a proxy script said a moment ago
 *
 * Looking for a script in the network takes seconds where there is none, and Windows looks anew
 * each time it is asked: as long as a whole question to TTcloud may take. So what came of it is
 * good for a minute, and after that still what there is while somebody looks again.
 *
 * Thread: any one at a time. The time is given: microseconds of a clock that does not run back.
 */
typedef struct _TtecommProxyMemory TtecommProxyMemory;

/**
 * TtecommProxyMemoryAge:
 * @TTECOMM_PROXY_MEMORY_UNKNOWN: never asked
 * @TTECOMM_PROXY_MEMORY_OLD: the last answer, which should be looked for again
 * @TTECOMM_PROXY_MEMORY_FRESH: of this minute
 */
typedef enum
{
  TTECOMM_PROXY_MEMORY_UNKNOWN,
  TTECOMM_PROXY_MEMORY_OLD,
  TTECOMM_PROXY_MEMORY_FRESH,
} TtecommProxyMemoryAge;

#define TTECOMM_PROXY_MEMORY_US (60 * G_USEC_PER_SEC)
/* Origins that are remembered at once. */
#define TTECOMM_PROXY_MEMORY_MAX 32

/* Returns: (transfer full) */
TtecommProxyMemory *ttecomm_proxy_memory_new (void);
void ttecomm_proxy_memory_free (TtecommProxyMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommProxyMemory, ttecomm_proxy_memory_free)

/**
 * ttecomm_proxy_memory_find:
 * @settings: where the script is said to be
 * @uri: an absolute URI
 * @proxies: (out) (transfer full) (nullable): as #GProxyResolver gives them; %NULL if there was no
 * script to be had, for any URI
 *
 * Returns: how well it is known; the newer of what was said of that origin and of all
 */
TtecommProxyMemoryAge ttecomm_proxy_memory_find (TtecommProxyMemory *self,
                                                 const char *settings,
                                                 const char *uri,
                                                 gint64 now_us,
                                                 char ***proxies);

/**
 * ttecomm_proxy_memory_keep:
 * @proxies: (nullable): what the script said of all URIs of that origin; %NULL: there was none
 */
void ttecomm_proxy_memory_keep (TtecommProxyMemory *self,
                                const char *settings,
                                const char *uri,
                                gint64 now_us,
                                const char *const *proxies);

G_END_DECLS
