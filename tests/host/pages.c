/* SPDX-License-Identifier: MIT */
/* prosoft.pages/1: views, and what render() wrote into them. */
#include "tests/host/host-private.h"
#include "tests/host/page-keeper.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PAGE_SIZE (16 * 1024 * 1024)

static HostView *
find_view (const Host *host, prosoft_view_t view)
{
  for (size_t i = 0; i < host->n_views; i++)
    if (host->views[i]->id == view)
      return host->views[i];
  return NULL;
}

void
host_view_free (HostView *view)
{
  free (view->page_id);
  free (view->page);
  free (view);
}

static void PROSOFT_ABI
rescan (const prosoft_host_t *table)
{
  Host *host = host_of (table);

  if (host_accept_main (host, "pages.rescan"))
    host->rescans++;
}

static void PROSOFT_ABI
changed (const prosoft_host_t *table, prosoft_view_t id, int64_t revision)
{
  Host *host = host_of (table);
  HostView *view;

  if (!host_accept_main (host, "pages.changed"))
    return;
  view = find_view (host, id);
  if (view == NULL)
    {
      host_blame_plugin (host, HOST_CHECK_VIEW, "changed() for view %llu, which is not open",
                         (unsigned long long)id);
      return;
    }
  if (revision < view->announced || revision < view->revision)
    host_blame_plugin (host, HOST_CHECK_REVISION,
                       "changed() takes view %llu from revision %lld back to %lld",
                       (unsigned long long)id,
                       (long long)(view->announced > view->revision ? view->announced
                                                                    : view->revision),
                       (long long)revision);
  else
    view->announced = revision;
}

const prosoft_host_pages_t host_pages_table = { rescan, changed };

uint32_t
host_count_pages (Host *host)
{
  uint32_t count;
  int64_t started;

  if (!host_is_running (host) || host->pages_table == NULL
      || !host_call_begin (host, "pages.count", &started))
    return 0;
  count = host->pages_table->count (host->plugin);
  host_call_end (host, started);
  return count;
}

static bool
info_good (Host *host, const prosoft_page_info_t *info)
{
  if (info->struct_size < PROSOFT_PAGE_INFO_SIZE_V1)
    {
      host_blame_plugin (host, HOST_CHECK_STRUCT, "a page info is shorter than its first version");
      return false;
    }
  return host_text_good (host, "the id of a page", info->id, false)
         && host_text_good (host, "the menu path of a page", info->menu_path, false)
         && host_text_good (host, "the title of a page", info->title, false);
}

const prosoft_page_info_t *
host_get_page_info (Host *host, uint32_t index)
{
  const prosoft_page_info_t *info;
  int64_t started;

  if (!host_is_running (host) || host->pages_table == NULL
      || !host_call_begin (host, "pages.info", &started))
    return NULL;
  info = host->pages_table->info (host->plugin, index);
  host_call_end (host, started);
  return info != NULL && info_good (host, info) ? info : NULL;
}

static HostView *
add_view (Host *host, const char *page_id)
{
  HostView *view = host_alloc (sizeof *view);

  view->id = ++host->last_view;
  view->page_id = host_strdup (page_id);
  view->revision = view->announced = -1;
  host->views = host_realloc (host->views, (host->n_views + 1) * sizeof (HostView *));
  host->views[host->n_views++] = view;
  return view;
}

static void
remove_view (Host *host, HostView *view)
{
  size_t at = 0;

  while (host->views[at] != view)
    at++;
  memmove (&host->views[at], &host->views[at + 1], (host->n_views - at - 1) * sizeof (HostView *));
  host->n_views--;
  host_view_free (view);
}

prosoft_result_t
host_open_page (Host *host, const char *page_id, prosoft_view_t *id, prosoft_error_t *error)
{
  prosoft_error_t reason = { 0 };
  prosoft_result_t result;
  HostView *view;
  int64_t started;

  if (!host_is_running (host) || host->pages_table == NULL)
    return host_error (error, PROSOFT_E_UNSUPPORTED, "the plug-in has no pages");
  if (!host_call_begin (host, "pages.open", &started))
    return host_error (error, PROSOFT_E_BUSY, "the plug-in is on the stack");
  /* Before the call: changed() may come from inside it. */
  view = add_view (host, page_id);
  result = host->pages_table->open (host->plugin, page_id, view->id, &reason);
  host_call_end (host, started);
  if (result < 0)
    {
      remove_view (host, view);
      return host_error (error, result, "page \"%s\" does not open: %s", page_id, reason.message);
    }
  *id = view->id;
  return PROSOFT_OK;
}

void
host_close_page (Host *host, prosoft_view_t id)
{
  HostView *view = find_view (host, id);
  int64_t started;

  if (view == NULL || !host_is_running (host) || !host_call_begin (host, "pages.close", &started))
    return;
  host->pages_table->close (host->plugin, id);
  host_call_end (host, started);
  remove_view (host, view);
}

prosoft_result_t
host_activate_page (Host *host, prosoft_view_t id)
{
  int64_t started;

  if (find_view (host, id) == NULL || !host_is_running (host))
    return PROSOFT_E_INVALID;
  if (!host_call_begin (host, "pages.activated", &started))
    return PROSOFT_E_BUSY;
  host->pages_table->activated (host->plugin, id);
  host_call_end (host, started);
  return PROSOFT_OK;
}

/* What a writer has got so far. */
typedef struct Page
{
  char *bytes; /* (owned) (nullable) */
  size_t size;
  prosoft_result_t failed; /* stays once it is set */
} Page;

static prosoft_result_t PROSOFT_ABI
write_page (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  Page *page = writer->writer_data;

  if (page->failed < 0)
    return page->failed;
  if (size < 0 || (size > 0 && data == NULL))
    return page->failed = PROSOFT_E_INVALID;
  if ((uint64_t)size > MAX_PAGE_SIZE - page->size)
    return page->failed = PROSOFT_E_TOO_LARGE;
  page->bytes = host_realloc (page->bytes, page->size + (size_t)size + 1);
  if (size > 0)
    memcpy (page->bytes + page->size, data, (size_t)size);
  page->size += (size_t)size;
  page->bytes[page->size] = '\0';
  return PROSOFT_OK;
}

static prosoft_result_t
accept_page (Host *host, HostView *view, Page *page, int64_t revision)
{
  if (page->bytes == NULL || !host_utf8_valid (page->bytes, page->size)
      || strlen (page->bytes) != page->size)
    {
      host_blame_plugin (host, HOST_CHECK_TEXT, "render() wrote %s",
                         page->bytes == NULL ? "nothing" : "what is not UTF-8 text");
      return PROSOFT_E_FORMAT;
    }
  if (revision < 0 || revision < view->revision || revision < view->announced)
    {
      host_blame_plugin (host, HOST_CHECK_REVISION,
                         "render() gives revision %lld; %lld was there and %lld announced",
                         (long long)revision, (long long)view->revision,
                         (long long)view->announced);
      return PROSOFT_E_FORMAT;
    }
  host_keep_page (page->bytes, page->size);
  free (view->page);
  view->page = page->bytes;
  view->page_size = page->size;
  page->bytes = NULL;
  view->revision = view->announced = revision;
  return PROSOFT_OK;
}

static prosoft_result_t
render (Host *host, HostView *view)
{
  Page page = { NULL, 0, PROSOFT_OK };
  prosoft_writer_t writer = { &page, write_page };
  int64_t revision = -1, started;
  prosoft_result_t result;

  if (!host_call_begin (host, "pages.render", &started))
    return PROSOFT_E_BUSY;
  result = host->pages_table->render (host->plugin, view->id, &writer, &revision);
  host_call_end (host, started);
  if (result >= 0 && page.failed < 0)
    {
      host_blame_plugin (host, HOST_CHECK_RESULT, "render() returned %d after its writer failed",
                         (int)result);
      result = page.failed;
    }
  if (result >= 0)
    result = accept_page (host, view, &page, revision);
  free (page.bytes);
  return result;
}

prosoft_result_t
host_refresh_view (Host *host, prosoft_view_t id)
{
  HostView *view = find_view (host, id);

  if (view == NULL || !host_is_running (host))
    return PROSOFT_E_INVALID;
  if (view->page != NULL && view->announced <= view->revision)
    return PROSOFT_OK;
  return render (host, view);
}

const HostView *
host_get_view (Host *host, prosoft_view_t id)
{
  return find_view (host, id);
}

unsigned
host_get_rescans (const Host *host)
{
  return host->rescans;
}

prosoft_result_t
host_invoke (Host *host,
             prosoft_view_t id,
             const char *action_id,
             const char *inputs_json,
             prosoft_op_t *op,
             prosoft_error_t *error)
{
  const HostView *view = find_view (host, id);
  prosoft_page_call_t call = { .struct_size = sizeof call, .view = id };
  prosoft_error_t reason = { 0 };
  prosoft_result_t result;
  int64_t started;

  *op = 0;
  if (view == NULL || !host_is_running (host))
    return host_error (error, PROSOFT_E_INVALID, "view %llu is not open", (unsigned long long)id);
  if (!host_call_begin (host, "pages.invoke", &started))
    return host_error (error, PROSOFT_E_BUSY, "the plug-in is on the stack");
  call.revision = view->revision;
  call.action_id = action_id;
  call.inputs_json = inputs_json;
  host_operation_starting (host);
  result = host->pages_table->invoke (host->plugin, &call, op, &reason);
  result = host_operation_started (host, "pages.invoke", false, result, *op);
  host_call_end (host, started);
  if (result < 0)
    {
      reason.message[sizeof reason.message - 1] = '\0';
      return host_error (error, result, "action \"%s\" was not taken: %s", action_id,
                         reason.message[0] != '\0' ? reason.message : "no reason given");
    }
  return PROSOFT_OK;
}
