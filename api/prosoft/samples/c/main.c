/* SPDX-License-Identifier: MIT */
/*
 * From nothing to a page on screen in C: 1. load, 2. make, 3. pump. Then it presses actions, asks the
 * gate, and lets go of everything in the order that the interface asks for (R11).
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "host.h"
#include "json.h"
#include "options.h"
#include "page.h"

#define VIEW 1
#define NOTICE_MS 5000
#define PROJECT "the-open-project"

typedef struct Sample
{
  Options options;
  Host host;
  const prosoft_entry_t *entry;
  const prosoft_plugin_t *plugin;
  const prosoft_plugin_project_t *project; /* the plug-in's tables; any may be NULL */
  const prosoft_plugin_pages_t *pages;
  const prosoft_plugin_operations_t *operations;
  const prosoft_plugin_session_gate_t *gate;
  prosoft_reader_t reader; /* reader_data: `file` */
  int file;                /* -1: not open */
  bool is_project_open;
  bool is_page_open;
  char *page;              /* (owned) the JSON that was rendered last */
  size_t page_size;
  int64_t revision; /* of `page` */
  int64_t before;   /* the revision that knows no project yet */
} Sample;

static bool fail (const char *format, ...) __attribute__ ((format (printf, 1, 2)));

static bool
fail (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  fputs ("host: ", stderr);
  vfprintf (stderr, format, arguments);
  fputc ('\n', stderr);
  va_end (arguments);
  return false;
}

/* --- 1. load ----------------------------------------------------------------------------------- */

static bool
load (Sample *self)
{
  prosoft_error_t error = { 0 };
  char *path = realpath (self->options.module, NULL); /* absolute: no search path is asked */
  void *module = path != NULL ? dlopen (path, RTLD_NOW | RTLD_LOCAL) : NULL;
  const prosoft_entry_t *entry = module != NULL ? dlsym (module, PROSOFT_ENTRY_SYMBOL) : NULL;

  if (module == NULL)
    fail ("cannot load %s: %s", self->options.module, path != NULL ? dlerror () : strerror (errno));
  else if (entry == NULL)
    fail ("%s is no module for PROSOFT: it has no %s", path, PROSOFT_ENTRY_SYMBOL);
  else if (entry->abi.major != PROSOFT_ABI_MAJOR)
    fail ("%s is for version %u of the interface, this host for %u; update the older of the two",
          path, (unsigned)entry->abi.major, PROSOFT_ABI_MAJOR);
  else if (entry->init (path, &error) != PROSOFT_OK)
    fail ("%s refuses: %s", path, error.message);
  else
    self->entry = entry;
  free (path);
  return self->entry != NULL; /* never dlclose(): the module stays mapped anyway (R12) */
}

/* --- 2. make ----------------------------------------------------------------------------------- */

static bool
make (Sample *self)
{
  prosoft_error_t error = { 0 };
  const prosoft_plugin_factory_t *factory = self->entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  const prosoft_plugin_descriptor_t *what = factory ? factory->descriptor (factory, 0) : NULL;
  const prosoft_plugin_t *plugin;

  if (what == NULL)
    return fail ("there is no plug-in in the module");
  plugin = self->plugin = factory->create (factory, &self->host.table, what->id, &error);
  if (plugin == NULL || plugin->init (plugin, &error) != PROSOFT_OK)
    return fail ("%s does not start: %s", what->name, error.message);
  self->project = plugin->get_extension (plugin, PROSOFT_EXT_PROJECT);
  self->pages = plugin->get_extension (plugin, PROSOFT_EXT_PAGES);
  self->operations = plugin->get_extension (plugin, PROSOFT_EXT_OPERATIONS);
  self->gate = plugin->get_extension (plugin, PROSOFT_EXT_SESSION_GATE);
  printf ("plug-in: %s\n", what->id);
  return true;
}

/* --- the project ------------------------------------------------------------------------------- */

static int64_t PROSOFT_ABI
reader_size (const prosoft_reader_t *reader)
{
  struct stat info;

  return fstat (*(int *)reader->reader_data, &info) == 0 ? info.st_size : PROSOFT_E_IO;
}

static int64_t PROSOFT_ABI
reader_read (const prosoft_reader_t *reader, int64_t offset, void *buffer, int64_t capacity)
{
  ssize_t got = pread (*(int *)reader->reader_data, buffer, (size_t)capacity, offset);

  return got >= 0 ? got : PROSOFT_E_IO;
}

/* The reader stays valid until closed(): the plug-in reads on from on_main_thread(). */
static bool
open_project (Sample *self)
{
  const char *path = self->options.file;
  const prosoft_project_info_t info = { .struct_size = sizeof info, .id = PROJECT, .path = path };
  prosoft_error_t error = { 0 };

  self->file = open (path, O_RDONLY | O_CLOEXEC);
  if (self->file < 0)
    return fail ("cannot open %s: %s", path, strerror (errno));
  self->reader = (prosoft_reader_t){ &self->file, reader_size, reader_read };
  if (self->project == NULL
      || self->project->opened (self->plugin, &info, &self->reader, &error) != PROSOFT_OK)
    return fail ("the plug-in does not take %s: %s", path, error.message);
  return self->is_project_open = true;
}

/* --- 3. pump ----------------------------------------------------------------------------------- */

static int64_t
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The main loop, until `holds` or the time is up. A host with windows has its own loop and calls
 * on_main_thread() when the message of request_callback() arrives there. */
static bool
pump_for (Sample *self, int timeout_ms, bool (*holds) (Sample *self))
{
  int64_t deadline = now_ms () + timeout_ms, left;

  while (!holds (self))
    {
      left = deadline - now_ms ();
      if (left <= 0)
        return false;
      if (host_wait (&self->host, (int)left))
        self->plugin->on_main_thread (self->plugin);
    }
  return true;
}

static bool
pump (Sample *self, bool (*holds) (Sample *self))
{
  return pump_for (self, self->options.timeout_ms, holds);
}

static prosoft_result_t PROSOFT_ABI
write_page (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  Sample *self = writer->writer_data;
  char *page = realloc (self->page, self->page_size + (size_t)size + 1);

  if (page == NULL)
    return PROSOFT_E_MEMORY;
  memcpy (page + self->page_size, data, (size_t)size);
  self->page = page;
  self->page_size += (size_t)size;
  page[self->page_size] = '\0';
  return PROSOFT_OK;
}

static bool
render (Sample *self)
{
  const prosoft_writer_t writer = { self, write_page };

  self->page_size = 0;
  self->host.page_changed = false;
  return self->pages->render (self->plugin, VIEW, &writer, &self->revision) == PROSOFT_OK
         && self->page != NULL;
}

/* Renders what has changed; a page that is not loading any more can be shown. */
static bool
is_page_there (Sample *self)
{
  if (self->host.page_changed && !render (self))
    return false;
  return self->page != NULL && !json_is (json_member (self->page, "state"), "loading");
}

static bool
is_page_newer (Sample *self)
{
  return is_page_there (self) && self->revision > self->before;
}

/* What a window need not know, since it draws every revision: the first page that knows the project is
 * newer than the one of before. A plug-in with nothing to say of a project keeps its page. */
static bool
wait_for_page (Sample *self)
{
  int notice_ms = self->options.timeout_ms < NOTICE_MS ? self->options.timeout_ms : NOTICE_MS;

  pump_for (self, notice_ms, is_page_newer);
  return pump (self, is_page_there) || fail ("the page was not there in time");
}

static bool
show_page (Sample *self)
{
  prosoft_error_t error = { 0 };
  const prosoft_page_info_t *info = self->pages ? self->pages->info (self->plugin, 0) : NULL;

  if (info == NULL)
    return fail ("the plug-in has no page");
  if (self->pages->open (self->plugin, info->id, VIEW, &error) != PROSOFT_OK)
    return fail ("the page does not open: %s", error.message);
  self->is_page_open = self->host.page_changed = true;
  if (!pump (self, is_page_there))
    return fail ("the page was not there in time");
  self->before = self->revision;
  if (!open_project (self) || !wait_for_page (self))
    return false;
  page_print (self->page, stdout);
  return true;
}

/* --- actions and the gate ---------------------------------------------------------------------- */

static bool
is_completed (Sample *self)
{
  return self->host.completed != 0;
}

static bool
press (Sample *self, const char *action)
{
  const prosoft_page_call_t call = { .struct_size = sizeof call,
                                     .view = VIEW,
                                     .revision = self->revision,
                                     .action_id = action };
  prosoft_error_t error = { 0 };
  prosoft_op_t op = 0;

  self->host.completed = 0; /* one operation at a time here */
  if (self->pages->invoke (self->plugin, &call, &op, &error) != PROSOFT_OK)
    return fail ("%s cannot be pressed: %s", action, error.message);
  if (!pump (self, is_completed) || self->host.completed != op)
    return fail ("%s did not end in time", action);
  printf ("pressed: %s, %d\n", action, (int)self->host.result);
  return pump (self, is_page_there) || fail ("the page was not there in time");
}

static bool
is_decided (Sample *self)
{
  return self->host.answer.op != 0;
}

/* May this remote session start? Only the gate's `allowed == 1` says yes; no answer is a no. */
static bool
ask_gate (Sample *self)
{
  const prosoft_gate_request_t request
      = { .struct_size = sizeof request, .kind = PROSOFT_SESSION_REMOTE, .site_name = "Sample" };
  HostAnswer *answer = &self->host.answer;
  prosoft_op_t op = 0;

  answer->op = 0;
  if (self->gate == NULL || self->gate->check (self->plugin, &request, 0, &op) != PROSOFT_OK)
    return fail ("the gate cannot be asked: no session");
  if (!pump (self, is_decided))
    {
      /* It ends all the same, with its one decision (R10). */
      self->operations->cancel (self->plugin, op);
      if (!pump (self, is_decided))
        return fail ("the gate did not answer: no session");
    }
  fputs (answer->text, stdout);
  if (answer->admits)
    {
      /* The session would run here. */
      self->gate->session_ended (self->plugin, answer->session);
    }
  return true;
}

/* ----------------------------------------------------------------------------------------------- */

static bool
use_sandbox (Sample *self, const char *folder)
{
  char *urls = options_read_file (folder, "urls.json");
  char *trust = urls != NULL ? options_read_file (folder, "trust.json") : NULL;
  char *ca = trust != NULL ? options_read_file (folder, "ca.pem") : NULL;

  if (ca != NULL)
    {
      char *ttcloud = json_text (json_member (urls, "ttcloud_url"));
      char *ttecomm = json_text (json_member (urls, "ttecomm_url"));
      char *offset = json_text (json_member (urls, "offset_seconds"));

      host_set (&self->host, PROSOFT_ENV_TTCLOUD_URL, ttcloud);
      host_set (&self->host, PROSOFT_ENV_TTECOMM_URL, ttecomm);
      if (*offset != '\0')
        host_set (&self->host, PROSOFT_ENV_CLOCK_OFFSET, offset);
      host_set (&self->host, PROSOFT_ENV_TTCLOUD_TRUST, trust);
      host_set (&self->host, PROSOFT_ENV_TTCLOUD_CA, ca);
      self->host.sandbox = true;
      free (ttcloud);
      free (ttecomm);
      free (offset);
    }
  free (urls);
  free (trust);
  free (ca);
  return self->host.sandbox;
}

static bool
set_up (Sample *self)
{
  Host *host = &self->host;

  host_set (host, PROSOFT_ENV_LOCALE, "en");
  host_set (host, PROSOFT_ENV_THEME, "light");
  host_set (host, PROSOFT_ENV_DATA_DIR, self->options.data_dir);
  host_set (host, PROSOFT_ENV_CACHE_DIR, self->options.cache_dir);
  host_set (host, PROSOFT_ENV_PROXY, "direct");
  host_set (host, PROSOFT_ENV_PROSOFT_VERSION, host->table.version);
  return self->options.sandbox == NULL || use_sandbox (self, self->options.sandbox);
}

static bool
run (Sample *self)
{
  if (!set_up (self) || !load (self) || !make (self) || !show_page (self))
    return false;
  for (int i = 0; i < self->options.n_presses; i++)
    if (!press (self, self->options.presses[i]))
      return false;
  for (int i = 0; i < self->options.asks; i++)
    if (!ask_gate (self))
      return false;
  return true;
}

/* Pages, project, instance, module: whatever there is of them, in this order. */
static void
let_go (Sample *self)
{
  if (self->is_page_open)
    self->pages->close (self->plugin, VIEW);
  if (self->is_project_open)
    self->project->closed (self->plugin, PROJECT);
  if (self->plugin != NULL)
    self->plugin->destroy (self->plugin);
  if (self->entry != NULL)
    self->entry->deinit ();
  if (self->file >= 0)
    close (self->file);
  free (self->page);
  host_clear (&self->host);
}

int
main (int argc, char **argv)
{
  Sample self = { .file = -1 };
  bool good;

  if (!options_read (&self.options, argc, argv) || !host_init (&self.host))
    return 2;
  good = run (&self);
  let_go (&self);
  return good ? 0 : 1;
}
