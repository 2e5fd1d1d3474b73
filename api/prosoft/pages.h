/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_PAGES_H
#define PROSOFT_PAGES_H

#include "host.h"
#include "plugin.h"
#include "stream.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_PAGES "prosoft.pages/1"

#define PROSOFT_PAGE_MEDIA_TYPE "application/vnd.prosoft.page+json;v=1"
#define PROSOFT_MENU_USERS_AND_SETTINGS "extra/users-and-settings"

/* Borrowed until the next info() call or destroy(). */
typedef struct prosoft_page_info
{
  uint32_t struct_size;  /* of the writer (R3) */
  uint32_t reserved;     /* 0 */
  const char *id;        /* eg: "subscriptions" */
  const char *menu_path; /* eg: PROSOFT_MENU_USERS_AND_SETTINGS */
  const char *title;     /* in the host's language */
} prosoft_page_info_t;

#define PROSOFT_PAGE_INFO_SIZE_V1 (8 + 3 * sizeof (void *))

/* What a person did on a page. Borrowed for the call. */
typedef struct prosoft_page_call
{
  uint32_t struct_size; /* of the writer (R3) */
  uint32_t reserved;    /* 0 */
  prosoft_view_t view;
  int64_t revision;        /* of the rendering that the person saw */
  const char *action_id;   /* id of an action block */
  const char *inputs_json; /* {"input id": "text" | true | false}, at most 64 KiB; may be NULL */
} prosoft_page_call_t;

#define PROSOFT_PAGE_CALL_SIZE_V1 (24 + 2 * sizeof (void *))

/*
 * Plug-in half: pages as data (page.schema.json), drawn natively by the host.
 *
 * 1. open(page, view): the host shows the page in a view of its own numbering.
 * 2. render(view): writes the page as JSON, with the revision it has.
 * 3. The plug-in says changed(view, revision); the host renders again and diffs by block id, so that
 *    typed text, focus and scroll position stay.
 * 4. invoke(call): starts an operation for what the person did. Every invoke makes one, local ones too.
 * 5. activated(view): its window has the focus again (a browser may have been in between).
 * 6. close(view): nothing for this view arrives any more.
 */
typedef struct prosoft_plugin_pages
{
  /* [main, non-blocking] */
  uint32_t (PROSOFT_ABI *count) (const prosoft_plugin_t *plugin);

  /* NULL when index >= count().
   * [main, non-blocking] */
  const prosoft_page_info_t *(PROSOFT_ABI *info) (const prosoft_plugin_t *plugin, uint32_t index);

  /* Unknown page: PROSOFT_E_NOT_FOUND; view 0 or in use: PROSOFT_E_INVALID.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *open) (const prosoft_plugin_t *plugin, const char *page_id,
                                        prosoft_view_t view, prosoft_error_t *error);

  /* Writes one JSON object of PROSOFT_PAGE_MEDIA_TYPE and its revision, which only grows. A writer
   * that fails: its code, and nothing is lost.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *render) (const prosoft_plugin_t *plugin, prosoft_view_t view,
                                          const prosoft_writer_t *writer, int64_t *revision);

  /* PROSOFT_E_STALE when the action is gone or disabled, or when its confirm text or amount is
   * another than in `call->revision`: render again and let the person decide again.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *invoke) (const prosoft_plugin_t *plugin,
                                          const prosoft_page_call_t *call, prosoft_op_t *op,
                                          prosoft_error_t *error);

  /* [main, non-blocking] */
  void (PROSOFT_ABI *activated) (const prosoft_plugin_t *plugin, prosoft_view_t view);

  /* [main, non-blocking] */
  void (PROSOFT_ABI *close) (const prosoft_plugin_t *plugin, prosoft_view_t view);
} prosoft_plugin_pages_t;

/* Host half. A host must have it. */
typedef struct prosoft_host_pages
{
  /* count() or info() would answer differently now (eg: another language).
   * [main, non-blocking] */
  void (PROSOFT_ABI *rescan) (const prosoft_host_t *host);

  /* `view` can be rendered at `revision` now.
   * [main, non-blocking] */
  void (PROSOFT_ABI *changed) (const prosoft_host_t *host, prosoft_view_t view, int64_t revision);
} prosoft_host_pages_t;

#ifdef __cplusplus
}
#endif

#endif
