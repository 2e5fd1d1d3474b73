/* SPDX-License-Identifier: MIT */
#include "tests/guest/guest-host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_VALUE (64 * 1024)

static GuestHost *
host_of (const prosoft_host_t *table)
{
  return table->host_data;
}

static GuestHost *
on_main (const prosoft_host_t *table)
{
  GuestHost *host = host_of (table);

  if (GetCurrentThreadId () != host->main)
    InterlockedIncrement (&host->n_wrong);
  return host;
}

/* --- the tables ------------------------------------------------------------------------------- */

static void PROSOFT_ABI
log_line (const prosoft_host_t *table,
          prosoft_log_severity_t severity,
          const char *domain,
          const char *text)
{
  GuestHost *host = host_of (table);

  if (severity == PROSOFT_LOG_HOST_MISBEHAVING)
    InterlockedIncrement (&host->n_blamed);
  if (strpbrk (text, "\r\n") != NULL)
    InterlockedIncrement (&host->n_wrong);
}

static int32_t PROSOFT_ABI
is_main_thread (const prosoft_host_t *table)
{
  return GetCurrentThreadId () == host_of (table)->main;
}

/* A value is what its file holds. A test may read a file on [main]; a host has it in memory. */
static int32_t PROSOFT_ABI
get_value (const prosoft_host_t *table, const char *key, char *buffer, int32_t capacity)
{
  GuestHost *host = on_main (table);
  static char value[MAX_VALUE];
  wchar_t path[1024];
  size_t size;
  FILE *file;

  if (host->folder == NULL || _snwprintf (path, 1024, L"%ls\\%hs", host->folder, key) < 0)
    return 0;
  file = _wfopen (path, L"rb");
  if (file == NULL)
    return 0;
  size = fread (value, 1, sizeof value - 1, file);
  fclose (file);
  value[size] = '\0';
  if (size < (size_t)capacity)
    memcpy (buffer, value, size + 1);
  return (int32_t)size + 1;
}

static void PROSOFT_ABI
progress (const prosoft_host_t *table, prosoft_op_t op, double fraction, const char *text)
{
  on_main (table);
}

static void PROSOFT_ABI
completed (const prosoft_host_t *table, const prosoft_completion_t *completion)
{
  GuestHost *host = on_main (table);

  host->completed = completion->op;
  host->result = completion->result;
  snprintf (host->message, sizeof host->message, "%s (%s)",
            completion->message != NULL ? completion->message : "",
            completion->details != NULL ? completion->details : "");
}

static void PROSOFT_ABI
rescan (const prosoft_host_t *table)
{
  on_main (table);
}

static void PROSOFT_ABI
changed (const prosoft_host_t *table, prosoft_view_t view, int64_t revision)
{
  if (view != GUEST_VIEW)
    InterlockedIncrement (&on_main (table)->n_wrong);
}

static prosoft_result_t PROSOFT_ABI
open_uri (const prosoft_host_t *table, const char *uri)
{
  on_main (table)->n_opened++;
  return PROSOFT_OK;
}

static const prosoft_host_log_t log_table = { log_line };
static const prosoft_host_thread_check_t thread_table = { is_main_thread };
static const prosoft_host_environment_t environment_table = { get_value };
static const prosoft_host_operations_t operations_table = { progress, completed };
static const prosoft_host_pages_t pages_table = { rescan, changed };
static const prosoft_host_open_uri_t open_table = { open_uri };

static const void *PROSOFT_ABI
get_extension (const prosoft_host_t *table, const char *id)
{
  static const struct
  {
    const char *id;
    const void *table;
  } tables[] = {
    { PROSOFT_EXT_LOG, &log_table },
    { PROSOFT_EXT_THREAD_CHECK, &thread_table },
    { PROSOFT_EXT_ENVIRONMENT, &environment_table },
    { PROSOFT_EXT_OPERATIONS, &operations_table },
    { PROSOFT_EXT_PAGES, &pages_table },
    { PROSOFT_EXT_OPEN_URI, &open_table },
  };

  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
    if (strcmp (tables[i].id, id) == 0)
      return tables[i].table;
  return NULL;
}

static void PROSOFT_ABI
request_callback (const prosoft_host_t *table)
{
  SetEvent (host_of (table)->wake);
}

/* --- a life ----------------------------------------------------------------------------------- */

HMODULE
guest_load (const wchar_t *path, const prosoft_entry_t **entry, char reason[256])
{
  HMODULE module
      = LoadLibraryExW (path, NULL,
                        LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);

  if (module == NULL)
    {
      snprintf (reason, 256, "LoadLibraryExW: error %lu", GetLastError ());
      return NULL;
    }
  *entry = (const prosoft_entry_t *)(void *)GetProcAddress (module, PROSOFT_ENTRY_SYMBOL);
  if (*entry != NULL && (*entry)->abi.major == PROSOFT_ABI_MAJOR)
    return module;
  snprintf (reason, 256, "no entry of this interface");
  FreeLibrary (module);
  return NULL;
}

const char *
guest_utf8 (const wchar_t *path)
{
  static char text[4096];

  WideCharToMultiByte (CP_UTF8, 0, path, -1, text, sizeof text, NULL, NULL);
  return text;
}

static void
fill_table (GuestHost *host, const wchar_t *folder)
{
  memset (host, 0, sizeof *host);
  host->folder = folder;
  host->main = GetCurrentThreadId ();
  host->wake = CreateEventW (NULL, FALSE, FALSE, NULL);
  host->table.abi.major = PROSOFT_ABI_MAJOR;
  host->table.abi.minor = PROSOFT_ABI_MINOR;
  host->table.host_data = host;
  host->table.name = "guest";
  host->table.version = "5.1.2.0";
  host->table.get_extension = get_extension;
  host->table.request_callback = request_callback;
}

const char *
guest_start (GuestHost *host, const prosoft_entry_t *entry, const wchar_t *folder)
{
  static prosoft_error_t error;
  const prosoft_plugin_factory_t *factory = entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);

  memset (&error, 0, sizeof error);
  fill_table (host, folder);
  if (factory == NULL || factory->count (factory) != 1)
    return "no factory of one plug-in";
  host->plugin
      = factory->create (factory, &host->table, factory->descriptor (factory, 0)->id, &error);
  if (host->plugin == NULL)
    return error.message;
  if (host->plugin->init (host->plugin, &error) < 0)
    return error.message;
  host->pages = host->plugin->get_extension (host->plugin, PROSOFT_EXT_PAGES);
  if (host->pages == NULL
      || host->pages->open (host->plugin, host->pages->info (host->plugin, 0)->id, GUEST_VIEW,
                            &error)
             < 0)
    return "no page";
  return NULL;
}

void
guest_stop (GuestHost *host)
{
  if (host->pages != NULL)
    host->pages->close (host->plugin, GUEST_VIEW);
  if (host->plugin != NULL)
    host->plugin->destroy (host->plugin);
  host->plugin = NULL;
  host->pages = NULL;
  CloseHandle (host->wake);
}

bool
guest_pump (GuestHost *host, DWORD ms, prosoft_op_t op)
{
  DWORD started = GetTickCount (), gone = 0;

  while (gone <= ms && (op == 0 || host->completed != op))
    {
      MSG message;

      if (MsgWaitForMultipleObjects (1, &host->wake, FALSE, ms - gone, QS_ALLINPUT)
          == WAIT_OBJECT_0)
        host->plugin->on_main_thread (host->plugin);
      while (PeekMessageW (&message, NULL, 0, 0, PM_REMOVE))
        DispatchMessageW (&message);
      gone = GetTickCount () - started;
    }
  return op != 0 && host->completed == op;
}

static prosoft_result_t PROSOFT_ABI
write_page (const prosoft_writer_t *writer, const void *bytes, int64_t size)
{
  GuestHost *host = writer->writer_data;

  if (size < 0 || (size_t)size >= GUEST_MAX_PAGE - host->page_size)
    return PROSOFT_E_TOO_LARGE;
  memcpy (host->page + host->page_size, bytes, (size_t)size);
  host->page_size += (size_t)size;
  host->page[host->page_size] = '\0';
  return PROSOFT_OK;
}

bool
guest_render (GuestHost *host)
{
  prosoft_writer_t writer = { 0 };

  writer.writer_data = host;
  writer.write = write_page;
  host->page_size = 0;
  return host->pages->render (host->plugin, GUEST_VIEW, &writer, &host->revision) >= 0;
}

bool
guest_await (GuestHost *host, const char *text, DWORD ms)
{
  DWORD started = GetTickCount ();

  while (GetTickCount () - started <= ms)
    {
      if (!guest_render (host))
        return false;
      if (strstr (host->page, text) != NULL)
        return true;
      guest_pump (host, 20, 0);
    }
  return false;
}

prosoft_op_t
guest_invoke (GuestHost *host, const char *action)
{
  prosoft_page_call_t call = { 0 };
  prosoft_error_t error = { 0 };
  prosoft_op_t op = 0;

  call.struct_size = sizeof call;
  call.view = GUEST_VIEW;
  call.revision = host->revision;
  call.action_id = action;
  return host->pages->invoke (host->plugin, &call, &op, &error) >= 0 ? op : 0;
}
