/* SPDX-License-Identifier: MIT */
/*
 * A plug-in that has every table and does nothing: what crossing the interface costs by itself.
 * Operations end as they must, at the next on_main_thread().
 */
#include <stddef.h>
#include <string.h>

#include "api/prosoft/prosoft.h"

#define MAX_OPEN 64

typedef struct
{
  prosoft_op_t op;
  int is_check;
} Operation;

static const prosoft_host_t *host;
static Operation operations[MAX_OPEN];
static int n_open;
static prosoft_op_t last_op;

static prosoft_result_t
begin (prosoft_op_t *op, int is_check)
{
  if (n_open == MAX_OPEN)
    return PROSOFT_E_BUSY;
  *op = ++last_op;
  operations[n_open++] = (Operation){ *op, is_check };
  host->request_callback (host);
  return PROSOFT_OK;
}

static void
environment_changed (const prosoft_plugin_t *plugin, const char *key)
{
}

static prosoft_result_t
operations_cancel (const prosoft_plugin_t *plugin, prosoft_op_t op)
{
  return PROSOFT_OK;
}

static prosoft_result_t
project_opened (const prosoft_plugin_t *plugin,
                const prosoft_project_info_t *info,
                const prosoft_reader_t *reader,
                prosoft_error_t *error)
{
  return PROSOFT_OK;
}

static prosoft_result_t
project_changed (const prosoft_plugin_t *plugin,
                 const prosoft_project_info_t *info,
                 const prosoft_reader_t *reader)
{
  return PROSOFT_OK;
}

static void
project_closed (const prosoft_plugin_t *plugin, const char *project_id)
{
}

static uint32_t
pages_count (const prosoft_plugin_t *plugin)
{
  return 1;
}

static const prosoft_page_info_t *
pages_info (const prosoft_plugin_t *plugin, uint32_t index)
{
  static const prosoft_page_info_t info = { .struct_size = sizeof info, .id = "subscriptions" };

  return index == 0 ? &info : NULL;
}

static prosoft_result_t
pages_open (const prosoft_plugin_t *plugin,
            const char *page_id,
            prosoft_view_t view,
            prosoft_error_t *error)
{
  return PROSOFT_OK;
}

static prosoft_result_t
pages_render (const prosoft_plugin_t *plugin,
              prosoft_view_t view,
              const prosoft_writer_t *writer,
              int64_t *revision)
{
  *revision = 1;
  return writer->write (writer, "{}", 2);
}

static prosoft_result_t
pages_invoke (const prosoft_plugin_t *plugin,
              const prosoft_page_call_t *call,
              prosoft_op_t *op,
              prosoft_error_t *error)
{
  return begin (op, 0);
}

static void
pages_view (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
}

static prosoft_result_t
gate_check (const prosoft_plugin_t *plugin,
            const prosoft_gate_request_t *request,
            int32_t timeout_ms,
            prosoft_op_t *op)
{
  return begin (op, 1);
}

static void
gate_session_ended (const prosoft_plugin_t *plugin, prosoft_session_t session)
{
}

static void
secrets_loaded (const prosoft_plugin_t *plugin,
                prosoft_cookie_t cookie,
                prosoft_result_t result,
                const void *data,
                int32_t size)
{
}

static void
secrets_stored (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie, prosoft_result_t result)
{
}

static prosoft_result_t
plugin_init (const prosoft_plugin_t *plugin, prosoft_error_t *error)
{
  return PROSOFT_OK;
}

static void
plugin_destroy (const prosoft_plugin_t *plugin)
{
}

static const void *
plugin_get_extension (const prosoft_plugin_t *plugin, const char *id)
{
  static const prosoft_plugin_environment_t environment = { environment_changed };
  static const prosoft_plugin_operations_t cancelling = { operations_cancel };
  static const prosoft_plugin_project_t project
      = { project_opened, project_changed, project_closed };
  static const prosoft_plugin_pages_t pages
      = { pages_count, pages_info, pages_open, pages_render, pages_invoke, pages_view, pages_view };
  static const prosoft_plugin_session_gate_t gate = { gate_check, gate_session_ended };
  static const prosoft_plugin_secrets_t secrets = { secrets_loaded, secrets_stored };
  static const struct
  {
    const char *id;
    const void *table;
  } tables[] = {
    { PROSOFT_EXT_ENVIRONMENT, &environment }, { PROSOFT_EXT_OPERATIONS, &cancelling },
    { PROSOFT_EXT_PROJECT, &project },         { PROSOFT_EXT_PAGES, &pages },
    { PROSOFT_EXT_SESSION_GATE, &gate },       { PROSOFT_EXT_SECRETS, &secrets },
  };

  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
    if (strcmp (tables[i].id, id) == 0)
      return tables[i].table;
  return NULL;
}

static void
end (const Operation *operation)
{
  const prosoft_host_operations_t *cancelling = host->get_extension (host, PROSOFT_EXT_OPERATIONS);
  const prosoft_host_session_gate_t *gate = host->get_extension (host, PROSOFT_EXT_SESSION_GATE);
  prosoft_completion_t completion = { .struct_size = sizeof completion, .op = operation->op };
  prosoft_gate_decision_t decision
      = { .struct_size = sizeof decision, .outcome = PROSOFT_GATE_WAIT, .code = "flag_unknown" };

  if (operation->is_check)
    gate->decided (host, operation->op, &decision, 0);
  else
    cancelling->completed (host, &completion);
}

static void
plugin_on_main_thread (const prosoft_plugin_t *plugin)
{
  while (n_open > 0)
    end (&operations[--n_open]);
}

static const prosoft_plugin_descriptor_t descriptor
    = { .struct_size = sizeof descriptor, .id = "be.teletask.ttecomm", .name = "Nothing" };

static const prosoft_plugin_t the_plugin = { &descriptor,          NULL,
                                             plugin_init,          plugin_destroy,
                                             plugin_get_extension, plugin_on_main_thread };

static uint32_t
factory_count (const prosoft_plugin_factory_t *factory)
{
  return 1;
}

static const prosoft_plugin_descriptor_t *
factory_descriptor (const prosoft_plugin_factory_t *factory, uint32_t index)
{
  return index == 0 ? &descriptor : NULL;
}

static const prosoft_plugin_t *
factory_create (const prosoft_plugin_factory_t *factory,
                const prosoft_host_t *new_host,
                const char *plugin_id,
                prosoft_error_t *error)
{
  host = new_host;
  return &the_plugin;
}

static prosoft_result_t
entry_init (const char *module_path, prosoft_error_t *error)
{
  return PROSOFT_OK;
}

static void
entry_deinit (void)
{
}

static const void *
entry_get_factory (const char *id)
{
  static const prosoft_plugin_factory_t factory
      = { factory_count, factory_descriptor, factory_create };

  return strcmp (id, PROSOFT_PLUGIN_FACTORY_ID) == 0 ? &factory : NULL;
}

PROSOFT_EXPORT extern const prosoft_entry_t prosoft_entry;

const prosoft_entry_t prosoft_entry = {
  { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
  entry_init,
  entry_deinit,
  entry_get_factory,
};
