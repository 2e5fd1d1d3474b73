/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_ATTENTION_H
#define PROSOFT_ATTENTION_H

#include "host.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_ATTENTION "prosoft.attention/1"

typedef int32_t prosoft_attention_severity_t;
#define PROSOFT_ATTENTION_INFO 1
#define PROSOFT_ATTENTION_WARNING 2
#define PROSOFT_ATTENTION_URGENT 3

/* Host half. Optional. */
typedef struct prosoft_host_attention
{
  /* What a person should know without opening the page, eg: "4 subscriptions end this month"; said
   * at start and once a day. It takes the place of what was said before for `page_id`; text NULL:
   * nothing any more.
   * [main, non-blocking] */
  void (PROSOFT_ABI *attention) (const prosoft_host_t *host, prosoft_attention_severity_t severity,
                                 const char *text, const char *page_id);
} prosoft_host_attention_t;

#ifdef __cplusplus
}
#endif

#endif
