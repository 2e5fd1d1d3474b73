/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_FILES_H
#define PROSOFT_FILES_H

#include "host.h"
#include "plugin.h"
#include "stream.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_FILES "prosoft.files/1"

/* Host half. Optional. */
typedef struct prosoft_host_files
{
  /* Asks the person where to save something. Answered by one save_to() or save_cancelled() with the
   * same cookie, never from inside this call (R6).
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *save) (const prosoft_host_t *host, const char *suggested_name,
                                        const char *media_type, prosoft_cookie_t cookie);
} prosoft_host_files_t;

/* Plug-in half. */
typedef struct prosoft_plugin_files
{
  /* Writes the finished bytes.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *save_to) (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie,
                                           const prosoft_writer_t *writer);

  /* [main, non-blocking] */
  void (PROSOFT_ABI *save_cancelled) (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie);
} prosoft_plugin_files_t;

#ifdef __cplusplus
}
#endif

#endif
