/* SPDX-License-Identifier: MIT */
/* The module file: open it, compare the ABI, and make the one instance. */
#include "tests/host/host-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PLUGINS 64

/* Messages come from a caller-allocated struct that a plug-in filled. */
static const char *
message_of (prosoft_error_t *reason)
{
  reason->message[sizeof reason->message - 1] = '\0';
  return reason->message[0] != '\0' ? reason->message : "no reason given";
}

static prosoft_result_t
open_module (Host *host, const char *path, char **absolute, prosoft_error_t *error)
{
  char *reason = NULL;

  *absolute = host_find_file (path);
  if (*absolute == NULL)
    return host_error (error, PROSOFT_E_NOT_FOUND, "cannot open the module %s: %s", path,
                       strerror (errno));
  host->module = host_library_open (*absolute, &reason);
  if (host->module == NULL)
    {
      host_error (error, PROSOFT_E_FORMAT, "%s is not a module that can be loaded: %s", path,
                  reason);
      free (reason);
      return PROSOFT_E_FORMAT;
    }
  host->entry = host_library_find (host->module, PROSOFT_ENTRY_SYMBOL);
  if (host->entry == NULL)
    return host_error (error, PROSOFT_E_FORMAT,
                       "%s is no plug-in for PROSOFT: it does not export %s", path,
                       PROSOFT_ENTRY_SYMBOL);
  return PROSOFT_OK;
}

static prosoft_result_t
check_entry (const prosoft_entry_t *entry, const char *path, prosoft_error_t *error)
{
  if (entry->abi.major != PROSOFT_ABI_MAJOR)
    return host_error (error, PROSOFT_E_UNSUPPORTED,
                       "%s was built for version %u of the plug-in interface, this host has %u; "
                       "install the module that goes with this PROSOFT",
                       path, (unsigned)entry->abi.major, PROSOFT_ABI_MAJOR);
  if (entry->init == NULL || entry->deinit == NULL || entry->get_factory == NULL)
    return host_error (error, PROSOFT_E_FORMAT, "%s has an entry with a NULL function", path);
  return PROSOFT_OK;
}

/* Sources there are the plug-in's only in a host that has none. */
static void
check_context (Host *host, const char *when)
{
  if (!host->has_main_context)
    host_process_state_check_context (host->process, host->module, when, host->findings);
}

static prosoft_result_t
enter_module (Host *host, const char *path, prosoft_error_t *error)
{
  prosoft_error_t reason = { 0 };
  prosoft_result_t result;
  int64_t started;

  if (!host_call_begin (host, "entry.init", &started))
    return host_error (error, PROSOFT_E_BUSY, "the plug-in is on the stack");
  result = host->entry->init (path, &reason);
  if (result >= 0)
    host->factory = host->entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  host_call_end (host, started);
  if (result < 0)
    return host_error (error, result, "%s did not start: %s", path, message_of (&reason));
  if (host->factory == NULL)
    {
      host->entry->deinit ();
      return host_error (error, PROSOFT_E_UNSUPPORTED, "%s has no %s", path,
                         PROSOFT_PLUGIN_FACTORY_ID);
    }
  return PROSOFT_OK;
}

static void
close_module (Host *host)
{
  if (host->module != NULL)
    host_library_close (host->module);
  host->module = NULL;
  host->entry = NULL;
  host->factory = NULL;
}

prosoft_result_t
host_load (Host *host, const char *path, prosoft_error_t *error)
{
  int64_t started = host_monotonic_us ();
  prosoft_result_t result;
  char *absolute = NULL;

  if (host->module != NULL)
    return host_error (error, PROSOFT_E_BUSY, "a module is loaded already");
  if (host->process != NULL)
    host_process_state_free (host->process);
  host->process = host_process_state_new ();
  host->threads_before = host_count_threads ();

  result = open_module (host, path, &absolute, error);
  if (result >= 0)
    result = check_entry (host->entry, path, error);
  if (result >= 0)
    {
      check_context (host, "load");
      result = enter_module (host, absolute, error);
    }
  if (result < 0)
    close_module (host);
  free (absolute);
  host->timing.load_us = host_monotonic_us () - started;
  return result;
}

uint32_t
host_count_plugins (Host *host)
{
  uint32_t count;
  int64_t started;

  if (host->factory == NULL || !host_call_begin (host, "factory.count", &started))
    return 0;
  count = host->factory->count (host->factory);
  host_call_end (host, started);
  return count <= MAX_PLUGINS ? count : MAX_PLUGINS;
}

static bool
descriptor_good (Host *host, const prosoft_plugin_descriptor_t *descriptor)
{
  if (descriptor->struct_size < PROSOFT_PLUGIN_DESCRIPTOR_SIZE_V1)
    {
      host_blame_plugin (host, HOST_CHECK_STRUCT, "a descriptor is shorter than its first version");
      return false;
    }
  return host_text_good (host, "the id of a plug-in", descriptor->id, false)
         && host_text_good (host, "the name of a plug-in", descriptor->name, false)
         && host_text_good (host, "the vendor of a plug-in", descriptor->vendor, false)
         && host_text_good (host, "the version of a plug-in", descriptor->version, false)
         && host_text_good (host, "the description of a plug-in", descriptor->description, false);
}

const prosoft_plugin_descriptor_t *
host_describe_plugin (Host *host, uint32_t index)
{
  const prosoft_plugin_descriptor_t *descriptor;
  int64_t started;

  if (host->factory == NULL || !host_call_begin (host, "factory.descriptor", &started))
    return NULL;
  descriptor = host->factory->descriptor (host->factory, index);
  host_call_end (host, started);
  return descriptor != NULL && descriptor_good (host, descriptor) ? descriptor : NULL;
}

static prosoft_result_t
create (Host *host, const char *id, prosoft_error_t *error)
{
  const prosoft_plugin_descriptor_t *first = NULL;
  prosoft_error_t reason = { 0 };
  int64_t started;

  if (id == NULL)
    {
      first = host_describe_plugin (host, 0);
      if (first == NULL)
        return host_error (error, PROSOFT_E_FORMAT, "the module describes no plug-in");
      id = first->id;
    }
  if (!host_call_begin (host, "factory.create", &started))
    return host_error (error, PROSOFT_E_BUSY, "the plug-in is on the stack");
  host->instance++;
  atomic_store (&host->state, HOST_STATE_CREATING);
  host->plugin = host->factory->create (host->factory, &host->table, id, &reason);
  atomic_store (&host->state, HOST_STATE_IDLE);
  host_call_end (host, started);
  if (host->plugin == NULL)
    return host_error (error, reason.code < 0 ? reason.code : PROSOFT_E_NOT_FOUND,
                       "the plug-in %s was not made: %s", id, message_of (&reason));
  if (host->threads_before >= 0 && host_count_threads () > host->threads_before)
    host_blame_plugin (host, HOST_CHECK_THREADS, "there are %d threads before init(); %d before",
                       host_count_threads (), host->threads_before);
  return PROSOFT_OK;
}

static const void *
plugin_table (Host *host, const char *id)
{
  const void *table;
  int64_t started;

  if (!host_call_begin (host, "plugin.get_extension", &started))
    return NULL;
  table = host->plugin->get_extension (host->plugin, id);
  host_call_end (host, started);
  return table;
}

static void
fetch_tables (Host *host)
{
  host->environment_table = plugin_table (host, PROSOFT_EXT_ENVIRONMENT);
  host->operations_table = plugin_table (host, PROSOFT_EXT_OPERATIONS);
  host->project_table = plugin_table (host, PROSOFT_EXT_PROJECT);
  host->pages_table = plugin_table (host, PROSOFT_EXT_PAGES);
  host->gate_table = plugin_table (host, PROSOFT_EXT_SESSION_GATE);
  host->files_table = plugin_table (host, PROSOFT_EXT_FILES);
  host->secrets_table = plugin_table (host, PROSOFT_EXT_SECRETS);
}

static void
forget_tables (Host *host)
{
  host->plugin = NULL;
  host->environment_table = NULL;
  host->operations_table = NULL;
  host->project_table = NULL;
  host->pages_table = NULL;
  host->gate_table = NULL;
  host->files_table = NULL;
  host->secrets_table = NULL;
}

static void
destroy (Host *host)
{
  int64_t started, begun = host_monotonic_us ();

  if (!host_call_begin (host, "plugin.destroy", &started))
    return;
  host->plugin->destroy (host->plugin);
  atomic_store (&host->state, HOST_STATE_STOPPED);
  host->depth--;
  host->in_call = NULL;
  host->timing.destroy_us = host_monotonic_us () - begun;
  forget_tables (host);
  /* Answers that still wait in the loop are for nobody. */
  while (host_loop_iterate (host->loop, 0))
    ;
  host_operations_look_for_missing (host);
  host_process_state_compare (host->process, "destroy()", host->findings);
  check_context (host, "destroy()");
}

prosoft_result_t
host_start (Host *host, const char *id, prosoft_error_t *error)
{
  prosoft_error_t reason = { 0 };
  prosoft_result_t result;
  int64_t started;

  if (host->factory == NULL || host->plugin != NULL)
    return host_error (error, PROSOFT_E_INVALID, "load a module first, and start it once");
  result = create (host, id, error);
  if (result < 0)
    return result;

  if (!host_call_begin (host, "plugin.init", &started))
    return host_error (error, PROSOFT_E_BUSY, "the plug-in is on the stack");
  atomic_store (&host->callback_wanted, false);
  atomic_store (&host->state, HOST_STATE_RUNNING);
  result = host->plugin->init (host->plugin, &reason);
  host->timing.init_us = host_monotonic_us () - started;
  host->depth--;
  host->in_call = NULL;
  host_process_state_compare (host->process, "init()", host->findings);
  check_context (host, "init()");
  if (result < 0)
    {
      destroy (host);
      return host_error (error, result, "the plug-in did not start: %s", message_of (&reason));
    }
  fetch_tables (host);
  return PROSOFT_OK;
}

void
host_stop (Host *host)
{
  if (host->plugin == NULL || host->depth > 0)
    {
      if (host->depth > 0)
        host_blame_host (host, HOST_CHECK_REENTRANCY, "destroy() was asked for inside %s",
                         host->in_call);
      return;
    }
  while (host->n_views > 0)
    host_close_page (host, host->views[0]->id);
  host_close_project (host);
  destroy (host);
}

void
host_unload (Host *host)
{
  host_stop (host);
  if (host->entry != NULL)
    host->entry->deinit ();
  close_module (host);
}
