/* SPDX-License-Identifier: MIT */
/* The plug-in's life, and what is looked at in every call. */
#include "tests/check/hostcheck/hostcheck.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALLBACK_US 1000000
#define WAKE_MS 20

/* Instances that are not destroyed: entry->deinit() must find none. Of [main]. */
static Hostcheck *alive[8];

Hostcheck *
hostcheck_self (const prosoft_plugin_t *plugin)
{
  return plugin->plugin_data;
}

prosoft_result_t
hostcheck_refuse (prosoft_error_t *error, prosoft_result_t code, const char *why)
{
  if (error != NULL)
    {
      memset (error, 0, sizeof *error);
      error->code = code;
      snprintf (error->message, sizeof error->message, "%s", why);
    }
  return code;
}

/* --- every call ------------------------------------------------------------------------------ */

bool
hostcheck_enter (Hostcheck *self, const char *function, const char **before)
{
  bool on_main = self->main == 0 || platform_thread_id () == self->main;

  *before = NULL;
  hostcheck_expect (self, HOSTCHECK_ORDER, self->running,
                    "%s is called before init(), or in destroy()", function);
  hostcheck_expect (self, HOSTCHECK_MAIN, on_main, "%s is called on another thread than init()",
                    function);
  if (!self->running || !on_main)
    return false;
  *before = atomic_exchange (&self->in_call, function);
  hostcheck_expect (self, HOSTCHECK_REENTRY, *before == NULL, "%s is called while %s is running",
                    function, *before);
  return true;
}

void
hostcheck_leave (Hostcheck *self, const char *before)
{
  atomic_store (&self->in_call, before);
}

void
hostcheck_ask_callback (Hostcheck *self)
{
  int64_t none = 0;

  atomic_compare_exchange_strong (&self->asked_us, &none, platform_now_us ());
  self->host->request_callback (self->host);
}

static void PROSOFT_ABI
on_main_thread (const prosoft_plugin_t *plugin)
{
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;
  int64_t asked;

  /* It came, if only on the wrong thread. */
  asked = atomic_exchange (&self->asked_us, 0);
  if (!hostcheck_enter (self, "plugin.on_main_thread", &before))
    return;
  if (asked != 0)
    hostcheck_seen (self, HOSTCHECK_CALLBACK);
  hostcheck_complete (self, false);
  hostcheck_leave (self, before);
}

static const void *PROSOFT_ABI
get_extension (const prosoft_plugin_t *plugin, const char *id)
{
  static const struct
  {
    const char *id;
    const void *table;
  } tables[] = {
    { PROSOFT_EXT_ENVIRONMENT, &hostcheck_environment_table },
    { PROSOFT_EXT_OPERATIONS, &hostcheck_operations_table },
    { PROSOFT_EXT_PROJECT, &hostcheck_project_table },
    { PROSOFT_EXT_PAGES, &hostcheck_pages_table },
    { PROSOFT_EXT_SESSION_GATE, &hostcheck_gate_table },
  };
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;
  const void *found = NULL;

  if (!hostcheck_enter (self, "plugin.get_extension", &before))
    return NULL;
  if (hostcheck_text (self, "the id of an extension", id, false))
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
      if (strcmp (tables[i].id, id) == 0)
        found = tables[i].table;
  hostcheck_leave (self, before);
  return found;
}

/* --- life ------------------------------------------------------------------------------------ */

/* For what is due later the host has to be woken; from here, since timers are the host's. */
static void
wake (void *data)
{
  Hostcheck *self = data;

  while (!atomic_load (&self->stop))
    {
      int64_t asked = atomic_load (&self->asked_us);

      platform_sleep_ms (WAKE_MS);
      self->host->request_callback (self->host);
      /* A host may be busy for a moment; five times what it is given is no moment. */
      if (asked != 0 && asked == atomic_load (&self->asked_us)
          && atomic_load (&self->in_call) == NULL && platform_now_us () - asked > 5 * CALLBACK_US)
        hostcheck_find (self, HOSTCHECK_CALLBACK, "request_callback() was not answered within %d s",
                        5);
    }
}

static void
fetch (Hostcheck *self)
{
  const prosoft_host_t *host = self->host;

  self->log = host->get_extension (host, PROSOFT_EXT_LOG);
  self->thread_check = host->get_extension (host, PROSOFT_EXT_THREAD_CHECK);
  self->environment = host->get_extension (host, PROSOFT_EXT_ENVIRONMENT);
  self->operations = host->get_extension (host, PROSOFT_EXT_OPERATIONS);
  self->pages = host->get_extension (host, PROSOFT_EXT_PAGES);
  self->gate = host->get_extension (host, PROSOFT_EXT_SESSION_GATE);
  self->open_uri = host->get_extension (host, PROSOFT_EXT_OPEN_URI);
}

static prosoft_result_t PROSOFT_ABI
init (const prosoft_plugin_t *plugin, prosoft_error_t *error)
{
  Hostcheck *self = hostcheck_self (plugin);
  const prosoft_host_t *host = self->host;

  if (self->running)
    {
      hostcheck_find (self, HOSTCHECK_ORDER, "plugin.init is called twice");
      return hostcheck_refuse (error, PROSOFT_E_INVALID, "init() was called before");
    }
  self->main = platform_thread_id ();
  atomic_store (&self->in_call, "plugin.init");
  self->running = true;
  self->host_copy = *host;
  hostcheck_text (self, "the name of the host", host->name, false);
  hostcheck_text (self, "the vendor of the host", host->vendor, true);
  hostcheck_text (self, "the version of the host", host->version, false);
  fetch (self);
  hostcheck_probe_extensions (self);
  hostcheck_probe_environment (self);
  if (self->thread_check != NULL)
    hostcheck_expect (self, HOSTCHECK_IS_MAIN, self->thread_check->is_main_thread (host) == 1,
                      "is_main_thread() is not 1 in init()");
  self->waker = platform_thread_new (wake, self);
  atomic_store (&self->in_call, NULL);
  return PROSOFT_OK;
}

static void
look_at_the_end (Hostcheck *self)
{
  for (size_t i = 0; i < HOSTCHECK_MAX_VIEWS; i++)
    hostcheck_expect (self, HOSTCHECK_VIEWS, self->views[i] == 0,
                      "destroy() comes while a page is open");
  hostcheck_expect (self, HOSTCHECK_PROJECT, self->project[0] == '\0',
                    "destroy() comes while a project is open");
  hostcheck_probe_tables (self);
}

static void
forget (Hostcheck *self)
{
  for (size_t i = 0; i < sizeof alive / sizeof *alive; i++)
    if (alive[i] == self)
      alive[i] = NULL;
}

static void PROSOFT_ABI
destroy (const prosoft_plugin_t *plugin)
{
  Hostcheck *self = hostcheck_self (plugin);
  const char *before;

  if (self->running && hostcheck_enter (self, "plugin.destroy", &before))
    {
      look_at_the_end (self);
      atomic_store (&self->stop, true);
      platform_thread_join (self->waker);
      hostcheck_complete (self, true);
      hostcheck_write (self);
    }
  forget (self);
  if (self->stuck == NULL)
    free (self);
}

/* --- module ---------------------------------------------------------------------------------- */

static const prosoft_plugin_descriptor_t descriptor
    = { .struct_size = sizeof descriptor,
        .id = HOSTCHECK_ID,
        .name = "Check of this host",
        .vendor = "PROSOFT plug-in interface",
        .version = "1.0",
        .description = "Looks whether a host keeps the rules of api/prosoft" };

static uint32_t PROSOFT_ABI
count (const prosoft_plugin_factory_t *factory)
{
  return 1;
}

static const prosoft_plugin_descriptor_t *PROSOFT_ABI
describe (const prosoft_plugin_factory_t *factory, uint32_t index)
{
  return index == 0 ? &descriptor : NULL;
}

static const prosoft_plugin_t *PROSOFT_ABI
create (const prosoft_plugin_factory_t *factory,
        const prosoft_host_t *host,
        const char *plugin_id,
        prosoft_error_t *error)
{
  Hostcheck *self = NULL;
  size_t at = 0;

  if (host == NULL || plugin_id == NULL || host->abi.major != PROSOFT_ABI_MAJOR
      || strcmp (plugin_id, HOSTCHECK_ID) != 0 || host->get_extension == NULL
      || host->request_callback == NULL)
    {
      hostcheck_refuse (error, PROSOFT_E_NOT_FOUND,
                        "create: not this plug-in's id, or a host of another version or without "
                        "functions");
      return NULL;
    }
  while (at < sizeof alive / sizeof *alive && alive[at] != NULL)
    at++;
  if (at < sizeof alive / sizeof *alive)
    self = calloc (1, sizeof *self);
  if (self == NULL)
    {
      hostcheck_refuse (error, PROSOFT_E_MEMORY, "create: too many instances");
      return NULL;
    }
  alive[at] = self;
  self->host = host;
  self->revision = 1;
  self->plugin = (prosoft_plugin_t){ .descriptor = &descriptor,
                                     .plugin_data = self,
                                     .init = init,
                                     .destroy = destroy,
                                     .get_extension = get_extension,
                                     .on_main_thread = on_main_thread };
  return &self->plugin;
}

static const prosoft_plugin_factory_t factory = { count, describe, create };
static unsigned n_inits;

static prosoft_result_t PROSOFT_ABI
enter (const char *path, prosoft_error_t *error)
{
  if (path == NULL)
    return hostcheck_refuse (error, PROSOFT_E_INVALID, "init: the module's path is NULL");
  n_inits++;
  return PROSOFT_OK;
}

/* The host goes, and has not destroyed what it made: the report is written now or never. */
static void PROSOFT_ABI
leave (void)
{
  if (n_inits > 0 && --n_inits > 0)
    return;
  for (size_t i = 0; i < sizeof alive / sizeof *alive; i++)
    if (alive[i] != NULL)
      {
        hostcheck_find (alive[i], HOSTCHECK_ORDER, "entry.deinit comes before plugin.destroy");
        hostcheck_write (alive[i]);
      }
}

static const void *PROSOFT_ABI
get_factory (const char *id)
{
  return id != NULL && strcmp (id, PROSOFT_PLUGIN_FACTORY_ID) == 0 ? &factory : NULL;
}

PROSOFT_EXPORT extern const prosoft_entry_t prosoft_entry;

const prosoft_entry_t prosoft_entry
    = { { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR }, enter, leave, get_factory };
