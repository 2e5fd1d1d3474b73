/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_THREAD_CHECK_H
#define PROSOFT_THREAD_CHECK_H

#include "host.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_THREAD_CHECK "prosoft.thread-check/1"

/* Host half. A host must have it. */
typedef struct prosoft_host_thread_check
{
  /* 1 on the main thread (R4), else 0.
   * [any, non-blocking] */
  int32_t (PROSOFT_ABI *is_main_thread) (const prosoft_host_t *host);
} prosoft_host_thread_check_t;

#ifdef __cplusplus
}
#endif

#endif
