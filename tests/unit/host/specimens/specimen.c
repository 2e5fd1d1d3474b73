/* SPDX-License-Identifier: MIT */
#include "tests/unit/host/specimens/specimen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static prosoft_result_t
refuse (prosoft_error_t *error, prosoft_result_t code, const char *message)
{
  if (error != NULL)
    {
      memset (error, 0, sizeof *error);
      error->code = code;
      snprintf (error->message, sizeof error->message, "%s", message);
    }
  return code;
}

static Specimen *
self_of (const prosoft_plugin_t *plugin)
{
  return plugin->plugin_data;
}

/* --- operations ------------------------------------------------------------------------------ */

prosoft_op_t
specimen_begin (Specimen *self, bool is_check, bool hangs, bool admits)
{
  SpecimenOp *op = &self->ops[self->n_ops++];

  *op = (SpecimenOp){ ++self->last_op, is_check, hangs, admits, PROSOFT_OK };
  self->host->request_callback (self->host);
  return op->id;
}

void
specimen_complete (Specimen *self, prosoft_op_t op, prosoft_result_t result)
{
  prosoft_completion_t completion = { .struct_size = sizeof completion, .op = op };

  completion.result = result;
  completion.message = result == PROSOFT_OK ? "Done." : NULL;
  self->operations->completed (self->host, &completion);
}

void
specimen_decide (Specimen *self, prosoft_op_t op, bool admits, prosoft_result_t result)
{
  static const prosoft_gate_button_t retry
      = { .id = "retry", .label = "Try again", .kind = PROSOFT_GATE_BUTTON_RETRY };
  prosoft_gate_decision_t decision = { .struct_size = sizeof decision };
  prosoft_session_t session = 0;

  decision.allowed = admits ? 1 : 0;
  decision.outcome = admits                 ? PROSOFT_GATE_ALLOW
                     : result == PROSOFT_OK ? PROSOFT_GATE_DENY
                                            : PROSOFT_GATE_WAIT;
  decision.valid_until = admits ? 4102444800 : 0;
  decision.code = admits ? "ok" : result == PROSOFT_OK ? "not_activated" : "cancelled";
  decision.message = admits ? NULL : "Remote Services is not activated yet for this site.";
  decision.details = "specimen";
  decision.n_buttons = admits ? 0 : 1;
  decision.buttons = admits ? NULL : &retry;
  if (admits)
    session = ++self->last_session;
  if (specimen_hooks.decision != NULL)
    specimen_hooks.decision (&decision, &session);
  self->gate->decided (self->host, op, &decision, session);
}

static void
finish (Specimen *self, int at)
{
  SpecimenOp op = self->ops[at];

  memmove (&self->ops[at], &self->ops[at + 1], sizeof op * (size_t)(--self->n_ops - at));
  if (op.is_check)
    specimen_decide (self, op.id, op.admits, op.result);
  else
    specimen_complete (self, op.id, op.result);
}

static prosoft_result_t PROSOFT_ABI
cancel (const prosoft_plugin_t *plugin, prosoft_op_t id)
{
  Specimen *self = self_of (plugin);

  for (int i = 0; i < self->n_ops; i++)
    if (self->ops[i].id == id)
      {
        self->ops[i].hangs = self->ops[i].admits = false;
        self->ops[i].result = PROSOFT_E_CANCELLED;
        self->host->request_callback (self->host);
        return PROSOFT_OK;
      }
  return PROSOFT_E_INVALID;
}

static const prosoft_plugin_operations_t operations_table = { cancel };

/* --- pages ----------------------------------------------------------------------------------- */

void
specimen_show (Specimen *self, const char *note)
{
  snprintf (self->note, sizeof self->note, "%s", note);
  self->revision++;
  if (self->view != 0)
    self->pages->changed (self->host, self->view, self->revision);
}

static uint32_t PROSOFT_ABI
count_pages (const prosoft_plugin_t *plugin)
{
  return 1;
}

static const prosoft_page_info_t *PROSOFT_ABI
page_info (const prosoft_plugin_t *plugin, uint32_t index)
{
  static const prosoft_page_info_t info = { .struct_size = sizeof info,
                                            .id = SPECIMEN_PAGE,
                                            .menu_path = PROSOFT_MENU_USERS_AND_SETTINGS,
                                            .title = "Specimen" };

  return index == 0 ? &info : NULL;
}

static prosoft_result_t PROSOFT_ABI
open_page (const prosoft_plugin_t *plugin,
           const char *page_id,
           prosoft_view_t view,
           prosoft_error_t *error)
{
  Specimen *self = self_of (plugin);

  if (strcmp (page_id, SPECIMEN_PAGE) != 0)
    return refuse (error, PROSOFT_E_NOT_FOUND, "there is no such page");
  if (view == 0 || view == self->view)
    return refuse (error, PROSOFT_E_INVALID, "the view is in use");
  self->view = view;
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
render (const prosoft_plugin_t *plugin,
        prosoft_view_t view,
        const prosoft_writer_t *writer,
        int64_t *revision)
{
  static const char good[]
      = "{\"page\":\"specimen\",\"title\":\"Specimen\",\"revision\":%lld,\"state\":\"ready\","
        "\"blocks\":["
        "{\"id\":\"note\",\"type\":\"text\",\"text\":\"%s\",\"fallback_text\":\"%s\"},"
        "{\"id\":\"work\",\"type\":\"action\",\"label\":\"Work\",\"name\":\"Do the work\","
        "\"style\":\"primary\",\"enabled\":true,\"fallback_text\":\"Work\"},"
        "{\"id\":\"browse\",\"type\":\"action\",\"label\":\"Browse\",\"name\":\"Browse\","
        "\"style\":\"normal\",\"enabled\":true,\"fallback_text\":\"Browse\"},"
        "{\"id\":\"forbidden\",\"type\":\"action\",\"label\":\"Forbidden\",\"name\":\"Forbidden\","
        "\"style\":\"normal\",\"enabled\":false,\"disabled_reason\":\"Ask the owner first.\","
        "\"fallback_text\":\"Forbidden\"}]}";
  Specimen *self = self_of (plugin);
  char page[8192];

  if (view != self->view)
    return PROSOFT_E_INVALID;
  *revision = specimen_hooks.render_revision != 0 ? specimen_hooks.render_revision : self->revision;
  if (specimen_hooks.page != NULL)
    return writer->write (writer, specimen_hooks.page, (int64_t)strlen (specimen_hooks.page));
  if (specimen_hooks.write_page != NULL)
    specimen_hooks.write_page (self, page, sizeof page, (long long)*revision);
  else
    snprintf (page, sizeof page, good, (long long)*revision, self->note, self->note);
  return writer->write (writer, page, (int64_t)strlen (page));
}

static void
use_host (Specimen *self, const char *action)
{
  if (strcmp (action, "browse") == 0)
    self->open_uri->open (self->host, "https://example.invalid/checkout");
  else if (strcmp (action, "keep") == 0 && self->secrets != NULL)
    self->secrets->store (self->host, "sign-in", "s3cret", 6, 71);
  else if (strcmp (action, "recall") == 0 && self->secrets != NULL)
    self->secrets->load (self->host, "sign-in", 72);
  else if (strcmp (action, "forget") == 0 && self->secrets != NULL)
    self->secrets->erase (self->host, "sign-in");
  else if (strcmp (action, "save") == 0 && self->files != NULL)
    self->files->save (self->host, "list.csv", "text/csv", 73);
  else if (strcmp (action, "warn") == 0 && self->attention != NULL)
    self->attention->attention (self->host, PROSOFT_ATTENTION_WARNING, "Look here.", SPECIMEN_PAGE);
}

static prosoft_result_t PROSOFT_ABI
invoke (const prosoft_plugin_t *plugin,
        const prosoft_page_call_t *call,
        prosoft_op_t *op,
        prosoft_error_t *error)
{
  Specimen *self = self_of (plugin);

  if (specimen_hooks.invoke != NULL)
    return specimen_hooks.invoke (self, call, op);
  if (strcmp (call->action_id, "forbidden") == 0)
    return refuse (error, PROSOFT_E_STALE, "the action is disabled");
  if (self->n_ops == SPECIMEN_MAX_OPS)
    return refuse (error, PROSOFT_E_BUSY, "too many operations");
  use_host (self, call->action_id);
  *op = specimen_begin (self, false, strcmp (call->action_id, "hang") == 0, false);
  return PROSOFT_OK;
}

static void PROSOFT_ABI
activated (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
  if (specimen_hooks.activated != NULL)
    specimen_hooks.activated (self_of (plugin));
  else
    specimen_show (self_of (plugin), "activated");
}

static void PROSOFT_ABI
close_page (const prosoft_plugin_t *plugin, prosoft_view_t view)
{
  self_of (plugin)->view = 0;
}

static const prosoft_plugin_pages_t pages_table
    = { count_pages, page_info, open_page, render, invoke, activated, close_page };

/* --- gate ------------------------------------------------------------------------------------ */

static prosoft_result_t PROSOFT_ABI
check (const prosoft_plugin_t *plugin,
       const prosoft_gate_request_t *request,
       int32_t timeout_ms,
       prosoft_op_t *op)
{
  Specimen *self = self_of (plugin);
  const char *id = request->installation_id != NULL ? request->installation_id : "";

  if (timeout_ms < 0 || self->n_ops == SPECIMEN_MAX_OPS)
    return PROSOFT_E_INVALID;
  if (specimen_hooks.check != NULL)
    return specimen_hooks.check (self, op);
  *op = specimen_begin (self, true, strcmp (id, "slow") == 0, strcmp (id, "good") == 0);
  return PROSOFT_OK;
}

static void PROSOFT_ABI
session_ended (const prosoft_plugin_t *plugin, prosoft_session_t session)
{
  specimen_show (self_of (plugin), "session ended");
}

static const prosoft_plugin_session_gate_t gate_table = { check, session_ended };

/* --- project, values, answers ---------------------------------------------------------------- */

static void
read_project (Specimen *self)
{
  char buffer[4096], note[64];
  int64_t total = 0, got;

  while ((got = self->reader->read (self->reader, total, buffer, sizeof buffer)) > 0)
    total += got;
  snprintf (note, sizeof note, "read %lld of %lld bytes", (long long)total,
            (long long)self->reader->size (self->reader));
  specimen_show (self, note);
}

static prosoft_result_t PROSOFT_ABI
opened (const prosoft_plugin_t *plugin,
        const prosoft_project_info_t *info,
        const prosoft_reader_t *reader,
        prosoft_error_t *error)
{
  Specimen *self = self_of (plugin);

  if (self->reader != NULL)
    return refuse (error, PROSOFT_E_BUSY, "another project is open");
  self->reader = reader;
  read_project (self);
  return PROSOFT_OK;
}

static prosoft_result_t PROSOFT_ABI
changed (const prosoft_plugin_t *plugin,
         const prosoft_project_info_t *info,
         const prosoft_reader_t *reader)
{
  self_of (plugin)->reader = reader;
  read_project (self_of (plugin));
  return PROSOFT_OK;
}

static void PROSOFT_ABI
closed (const prosoft_plugin_t *plugin, const char *project_id)
{
  Specimen *self = self_of (plugin);

  self->former = self->reader;
  self->reader = NULL;
}

static const prosoft_plugin_project_t project_table = { opened, changed, closed };

static void PROSOFT_ABI
value_changed (const prosoft_plugin_t *plugin, const char *key)
{
  Specimen *self = self_of (plugin);
  char value[32] = "";

  self->environment->get (self->host, key, value, sizeof value);
  specimen_show (self, value);
}

static const prosoft_plugin_environment_t environment_table = { value_changed };

static prosoft_result_t PROSOFT_ABI
save_to (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie, const prosoft_writer_t *writer)
{
  specimen_show (self_of (plugin), "saved");
  return writer->write (writer, "a;b\r\n", 5);
}

static void PROSOFT_ABI
save_cancelled (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie)
{
  specimen_show (self_of (plugin), "not saved");
}

static const prosoft_plugin_files_t files_table = { save_to, save_cancelled };

static void PROSOFT_ABI
loaded (const prosoft_plugin_t *plugin,
        prosoft_cookie_t cookie,
        prosoft_result_t result,
        const void *data,
        int32_t size)
{
  char note[64];

  snprintf (note, sizeof note, "loaded %d %.*s", (int)result, (int)size,
            data != NULL ? (const char *)data : "");
  specimen_show (self_of (plugin), note);
}

static void PROSOFT_ABI
stored (const prosoft_plugin_t *plugin, prosoft_cookie_t cookie, prosoft_result_t result)
{
  specimen_show (self_of (plugin), result == PROSOFT_OK ? "stored" : "not stored");
}

static const prosoft_plugin_secrets_t secrets_table = { loaded, stored };

/* --- life ------------------------------------------------------------------------------------ */

static void *
work (void *data)
{
  Specimen *self = data;

  self->log->log (self->host, PROSOFT_LOG_DEBUG, "worker", "running");
  if (specimen_hooks.worker != NULL)
    specimen_hooks.worker (self);
  self->host->request_callback (self->host);
  return NULL;
}

static prosoft_result_t PROSOFT_ABI
init (const prosoft_plugin_t *plugin, prosoft_error_t *error)
{
  Specimen *self = self_of (plugin);
  const prosoft_host_t *host = self->host;

  if (specimen_hooks.refuse_init != NULL)
    return refuse (error, PROSOFT_E_FAILED, specimen_hooks.refuse_init);
  self->log = host->get_extension (host, PROSOFT_EXT_LOG);
  self->operations = host->get_extension (host, PROSOFT_EXT_OPERATIONS);
  self->pages = host->get_extension (host, PROSOFT_EXT_PAGES);
  self->gate = host->get_extension (host, PROSOFT_EXT_SESSION_GATE);
  self->environment = host->get_extension (host, PROSOFT_EXT_ENVIRONMENT);
  self->open_uri = host->get_extension (host, PROSOFT_EXT_OPEN_URI);
  self->attention = host->get_extension (host, PROSOFT_EXT_ATTENTION);
  self->files = host->get_extension (host, PROSOFT_EXT_FILES);
  self->secrets = host->get_extension (host, PROSOFT_EXT_SECRETS);
  if (self->log == NULL || self->operations == NULL || self->pages == NULL || self->gate == NULL
      || self->environment == NULL || self->open_uri == NULL)
    return refuse (error, PROSOFT_E_UNSUPPORTED, "the host lacks an extension that it must have");
  if (specimen_hooks.init != NULL)
    specimen_hooks.init (self);
  self->has_worker = pthread_create (&self->worker, NULL, work, self) == 0;
  return PROSOFT_OK;
}

static void PROSOFT_ABI
destroy (const prosoft_plugin_t *plugin)
{
  Specimen *self = self_of (plugin);

  if (self->has_worker)
    pthread_join (self->worker, NULL);
  if (specimen_hooks.destroy != NULL)
    specimen_hooks.destroy (self);
  while (self->n_ops > 0 && !specimen_hooks.keep_ops)
    {
      self->ops[0].result = PROSOFT_E_CANCELLED;
      self->ops[0].admits = false;
      finish (self, 0);
    }
  free (self);
}

static const void *PROSOFT_ABI
get_extension (const prosoft_plugin_t *plugin, const char *id)
{
  static const struct
  {
    const char *id;
    const void *table;
  } tables[] = {
    { PROSOFT_EXT_OPERATIONS, &operations_table },   { PROSOFT_EXT_PAGES, &pages_table },
    { PROSOFT_EXT_SESSION_GATE, &gate_table },       { PROSOFT_EXT_PROJECT, &project_table },
    { PROSOFT_EXT_ENVIRONMENT, &environment_table }, { PROSOFT_EXT_FILES, &files_table },
    { PROSOFT_EXT_SECRETS, &secrets_table },
  };

  for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
    if (strcmp (tables[i].id, id) == 0)
      return tables[i].table;
  return NULL;
}

static void PROSOFT_ABI
on_main_thread (const prosoft_plugin_t *plugin)
{
  Specimen *self = self_of (plugin);

  if (specimen_hooks.main_thread != NULL)
    specimen_hooks.main_thread (self);
  for (int i = 0; i < self->n_ops;)
    if (self->ops[i].hangs)
      i++;
    else
      finish (self, i);
}

static const prosoft_plugin_descriptor_t descriptor = { .struct_size = sizeof descriptor,
                                                        .id = "org.example.specimen",
                                                        .name = "Specimen",
                                                        .vendor = "Example",
                                                        .version = "1.0",
                                                        .description = "For tests of a host" };

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
  Specimen *self;

  if (specimen_hooks.refuse_create != NULL || strcmp (plugin_id, descriptor.id) != 0)
    {
      refuse (error, PROSOFT_E_NOT_FOUND,
              specimen_hooks.refuse_create != NULL ? specimen_hooks.refuse_create : "unknown id");
      return NULL;
    }
  self = calloc (1, sizeof *self);
  if (self == NULL)
    return NULL;
  self->host = host;
  self->plugin
      = (prosoft_plugin_t){ &descriptor, self, init, destroy, get_extension, on_main_thread };
  self->revision = 1;
  snprintf (self->note, sizeof self->note, "new");
  if (specimen_hooks.create != NULL)
    specimen_hooks.create (self);
  return &self->plugin;
}

static const prosoft_plugin_factory_t factory_table = { count, describe, create };

/* Of POSIX, of a drive, or of a server. */
static bool
is_absolute (const char *path)
{
  return path[0] == '/' || path[0] == '\\' || (path[0] != '\0' && path[1] == ':');
}

static prosoft_result_t PROSOFT_ABI
enter (const char *module_path, prosoft_error_t *error)
{
  if (module_path == NULL || !is_absolute (module_path))
    return refuse (error, PROSOFT_E_INVALID, "the module path is not absolute");
  if (specimen_hooks.enter != NULL)
    specimen_hooks.enter ();
  return PROSOFT_OK;
}

static void PROSOFT_ABI
leave (void)
{
  if (specimen_hooks.leave != NULL)
    specimen_hooks.leave ();
}

static const void *PROSOFT_ABI
get_factory (const char *id)
{
  return !specimen_hooks.no_factory && strcmp (id, PROSOFT_PLUGIN_FACTORY_ID) == 0 ? &factory_table
                                                                                   : NULL;
}

#ifndef SPECIMEN_ABI_MAJOR
#define SPECIMEN_ABI_MAJOR PROSOFT_ABI_MAJOR
#endif

PROSOFT_EXPORT extern const prosoft_entry_t prosoft_entry;
const prosoft_entry_t prosoft_entry
    = { { SPECIMEN_ABI_MAJOR, PROSOFT_ABI_MINOR }, enter, leave, get_factory };
