/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_PROJECT_H
#define PROSOFT_PROJECT_H

#include "host.h"
#include "plugin.h"
#include "stream.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_PROJECT "prosoft.project/1"

typedef struct prosoft_project_info
{
  uint32_t struct_size; /* of the writer (R3) */
  uint32_t reserved;    /* 0 */
  const char *id;       /* the host's name for this open project, never NULL */
  const char *path;     /* UTF-8, for texts only; may be NULL. The plug-in never opens it. */
} prosoft_project_info_t;

#define PROSOFT_PROJECT_INFO_SIZE_V1 (8 + 2 * sizeof (void *))

/*
 * Plug-in half: the open .nbt file. One at a time; the host may hold the file locked, so its bytes
 * come through a reader.
 *
 * 1. opened(info, reader): the reader stays valid until closed() has returned, or changed() has
 *    brought another. The plug-in reads header and table at once.
 * 2. From on_main_thread() it reads the few sections it needs, at most 256 KiB a call, and asks to
 *    be called again. All parsing is done elsewhere (R13).
 * 3. What is wrong with a file is said on the page, not by a result code.
 */
typedef struct prosoft_plugin_project
{
  /* A project was opened. While another is open: PROSOFT_E_BUSY. A NULL argument, or a struct below
   * its V1 size: PROSOFT_E_INVALID. PROSOFT_OK for every other reader.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *opened) (const prosoft_plugin_t *plugin,
                                          const prosoft_project_info_t *info,
                                          const prosoft_reader_t *reader, prosoft_error_t *error);

  /* The open project was saved or transmitted; `reader` takes the place of the former one. Another
   * id than the open one: PROSOFT_E_NOT_FOUND.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *changed) (const prosoft_plugin_t *plugin,
                                           const prosoft_project_info_t *info,
                                           const prosoft_reader_t *reader);

  /* The project is closed; its reader is not called again.
   * [main, non-blocking] */
  void (PROSOFT_ABI *closed) (const prosoft_plugin_t *plugin, const char *project_id);
} prosoft_plugin_project_t;

#ifdef __cplusplus
}
#endif

#endif
