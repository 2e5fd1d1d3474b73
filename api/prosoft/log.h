/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_LOG_H
#define PROSOFT_LOG_H

#include "host.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_LOG "prosoft.log/1"

typedef int32_t prosoft_log_severity_t;
#define PROSOFT_LOG_DEBUG 0
#define PROSOFT_LOG_INFO 1
#define PROSOFT_LOG_WARNING 2
#define PROSOFT_LOG_ERROR 3
#define PROSOFT_LOG_HOST_MISBEHAVING 4   /* the host broke a rule of this interface */
#define PROSOFT_LOG_PLUGIN_MISBEHAVING 5 /* the plug-in did; said by a host or a layer in between */

/* Host half. A host must have it. */
typedef struct prosoft_host_log
{
  /* One finished line of text, without a line feed. `domain` says which part speaks, eg: "gate".
   * Never a token, a nonce, an e-mail address or a card number. Arrives from several threads.
   * [any, non-blocking] */
  void (PROSOFT_ABI *log) (const prosoft_host_t *host, prosoft_log_severity_t severity,
                           const char *domain, const char *text);
} prosoft_host_log_t;

#ifdef __cplusplus
}
#endif

#endif
