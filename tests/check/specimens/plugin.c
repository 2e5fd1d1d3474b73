/* SPDX-License-Identifier: MIT */
/*
 * The smallest plug-in that keeps all rules: one page, one action, a gate that admits nobody. What
 * stands behind BAD() is what one specimen does wrong (bad.h).
 */
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/check/specimens/plugin.h"

#define ID "org.example.specimen"

static Plugin *left; /* for the specimen that acts when it is over */

prosoft_result_t
specimen_refuse (prosoft_error_t *error, prosoft_result_t code, const char *why)
{
  if (error != NULL && !BAD (R9_SILENT))
    {
      memset (error, 0, sizeof *error);
      error->code = code;
      snprintf (error->message, sizeof error->message, "%s", why);
    }
  return code;
}

Plugin *
specimen_self (const prosoft_plugin_t *plugin)
{
  return plugin->plugin_data;
}

/* Whether a struct of the host's is long enough. */
int
specimen_fits (uint32_t size, size_t least)
{
  if (BAD (R3_SHORT))
    return 1;
  return BAD (R3_EXACT) ? size == least : size >= least;
}

/* --- operations ------------------------------------------------------------------------------ */

prosoft_result_t
specimen_begin (Plugin *self, int is_check, prosoft_op_t *op)
{
  size_t at = 0;

  while (at < MAX_OPS && self->ops[at].id != 0)
    at++;
  if (at == MAX_OPS)
    return PROSOFT_E_BUSY;
  self->ops[at] = (Op){ .id = ++self->last_op, .is_check = is_check };
  *op = BAD (R10_NUMBER) ? 7 : self->last_op;
  self->ops[at].id = *op;
  self->host->request_callback (BAD (R7_COPY) ? &self->copy : self->host);
  return PROSOFT_OK;
}

static void
decide (Plugin *self, prosoft_op_t op)
{
  static const prosoft_gate_button_t retry
      = { "retry", "Try again", NULL, BAD (R1_KIND) ? 77 : PROSOFT_GATE_BUTTON_RETRY, 0 };
  prosoft_gate_decision_t decision = { .struct_size = sizeof decision };
  int admits = BAD (GATE_ADMITS);

  decision.allowed = BAD (R1_FLAG) ? 2 : admits;
  decision.outcome = admits                 ? PROSOFT_GATE_ALLOW
                     : BAD (GATE_DISAGREES) ? PROSOFT_GATE_NOTE
                                            : PROSOFT_GATE_WAIT;
  decision.valid_until = admits ? 4102444800 : 0;
  decision.n_buttons = 1;
  decision.buttons = &retry;
  decision.code = "flag_unknown";
  decision.details = "a specimen asks nobody";
  self->gate->decided (self->host, op, &decision, admits ? op : 0);
}

void
specimen_end (Plugin *self, const Op *op, prosoft_result_t result)
{
  prosoft_completion_t completion
      = { .struct_size = BAD (R3_COMPLETION) ? 0 : sizeof completion, .op = op->id };

  completion.result = result;
  if (op->is_check)
    decide (self, op->id);
  else
    self->operations->completed (self->host, &completion);
}

static void
end_all (Plugin *self, int destroyed)
{
  for (size_t i = 0; i < MAX_OPS; i++)
    if (self->ops[i].id != 0)
      {
        Op op = self->ops[i];

        self->ops[i].id = 0;
        specimen_end (self, &op, destroyed || op.cancelled ? PROSOFT_E_CANCELLED : PROSOFT_OK);
        if (BAD (R10_TWICE))
          specimen_end (self, &op, PROSOFT_OK);
      }
}

static prosoft_result_t PROSOFT_ABI
cancel (const prosoft_plugin_t *plugin, prosoft_op_t op)
{
  Plugin *self = specimen_self (plugin);

  for (size_t i = 0; i < MAX_OPS; i++)
    if (op != 0 && self->ops[i].id == op)
      {
        self->ops[i].cancelled = 1;
        return PROSOFT_OK;
      }
  return PROSOFT_E_INVALID;
}

static const prosoft_plugin_operations_t operations_table = { cancel };

/* --- gate ------------------------------------------------------------------------------------ */

static prosoft_result_t PROSOFT_ABI
check (const prosoft_plugin_t *plugin,
       const prosoft_gate_request_t *request,
       int32_t timeout_ms,
       prosoft_op_t *op)
{
  Plugin *self = specimen_self (plugin);

  if (request == NULL || timeout_ms < 0
      || !specimen_fits (request->struct_size, PROSOFT_GATE_REQUEST_SIZE_V1)
      || request->kind != PROSOFT_SESSION_REMOTE)
    return PROSOFT_E_INVALID;
  if (BAD (R3_BEHIND) && ((const volatile char *)request)[sizeof *request] == 77)
    return PROSOFT_E_INVALID;
  if (request->installation_id == NULL && self->project == NULL)
    return PROSOFT_E_NOT_FOUND;
  if (self->gate == NULL)
    return PROSOFT_E_UNSUPPORTED;
  return specimen_begin (self, 1, op);
}

static void PROSOFT_ABI
session_ended (const prosoft_plugin_t *plugin, prosoft_session_t session)
{
}

static const prosoft_plugin_session_gate_t gate_table = { check, session_ended };

/* --- environment ----------------------------------------------------------------------------- */

static void
announce (Plugin *self)
{
  self->revision += BAD (PAGES_BACK) ? -1 : 1;
  for (size_t i = 0; i < MAX_VIEWS; i++)
    if (self->views[i] != 0 && self->pages != NULL)
      self->pages->changed (self->host, self->views[i], self->revision);
}

static void PROSOFT_ABI
environment_changed (const prosoft_plugin_t *plugin, const char *key)
{
  Plugin *self = specimen_self (plugin);

  announce (self);
}

static const prosoft_plugin_environment_t environment_table = { environment_changed };

/* --- life ------------------------------------------------------------------------------------ */

static void *
work (void *data)
{
  Plugin *self = data;
  volatile double zero = 0, one = 1;

  if (!BAD (R13_FLOATING))
    fesetenv (FE_DFL_ENV);
  one = one / zero;
  if (BAD (R4_THREAD) && self->pages != NULL)
    self->pages->rescan (self->host);
  if (BAD (R11_THREAD))
    usleep (100000);
  if (self->log != NULL)
    self->log->log (self->host, PROSOFT_LOG_DEBUG, "specimen", "a thread has worked");
  return NULL;
}

static void
misbehave_in_init (Plugin *self)
{
  left = self;
  if (BAD (R5_INIT))
    usleep (40000);
  if (BAD (R7_WRITES))
    ((prosoft_host_t *)self->host)->host_data = self;
  if (BAD (R8_LATIN) && self->log != NULL)
    self->log->log (self->host, PROSOFT_LOG_INFO, "specimen", "caf\xe9");
  if (BAD (R13_LOCALE))
    setlocale (LC_ALL, "C.UTF-8");
  if (BAD (R13_FOLDER) && chdir ("/") != 0)
    return;
  if (BAD (R13_SIGNAL))
    signal (SIGPIPE, SIG_IGN);
}

static prosoft_result_t PROSOFT_ABI
init (const prosoft_plugin_t *plugin, prosoft_error_t *error)
{
  Plugin *self = specimen_self (plugin);
  const prosoft_host_t *host = self->host;

  self->log = host->get_extension (host, PROSOFT_EXT_LOG);
  self->operations = host->get_extension (host, PROSOFT_EXT_OPERATIONS);
  self->pages = host->get_extension (host, PROSOFT_EXT_PAGES);
  self->gate = host->get_extension (host, PROSOFT_EXT_SESSION_GATE);
  if (BAD (R14_NEEDS_LOG) && self->log == NULL)
    return specimen_refuse (error, PROSOFT_E_UNSUPPORTED, "no log, no life");
  self->running = 1;
  self->copy = *host;
  misbehave_in_init (self);
  if (pthread_create (&self->thread, NULL, work, self) != 0)
    return specimen_refuse (error, PROSOFT_E_MEMORY, "no thread to be had");
  return PROSOFT_OK;
}

static void PROSOFT_ABI
destroy (const prosoft_plugin_t *plugin)
{
  Plugin *self = specimen_self (plugin);

  if (self->running && BAD (R11_THREAD))
    pthread_detach (self->thread);
  else if (self->running)
    pthread_join (self->thread, NULL);
  if (!BAD (R10_LOST))
    end_all (self, 1);
  if (BAD (R7_READER) && self->reader != NULL)
    self->reader->size (self->reader);
  self->running = 0;
  free (self->project);
  /* What a specimen leaves behind looks at it later. */
  if (!BAD (R11_THREAD) && !BAD (R11_LATE))
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
    { PROSOFT_EXT_ENVIRONMENT, &environment_table }, { PROSOFT_EXT_OPERATIONS, &operations_table },
    { PROSOFT_EXT_PROJECT, &specimen_project },      { PROSOFT_EXT_PAGES, &specimen_pages },
    { PROSOFT_EXT_SESSION_GATE, &gate_table },
  };

  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    if (strncmp (tables[i].id, id, BAD (R14_PREFIX) ? strlen (tables[i].id) : 1000) == 0)
      return tables[i].table;
  return NULL;
}

static void PROSOFT_ABI
on_main_thread (const prosoft_plugin_t *plugin)
{
  Plugin *self = specimen_self (plugin);

  end_all (self, 0);
  if (BAD (R5_SPINS))
    self->host->request_callback (self->host);
}

/* --- module ---------------------------------------------------------------------------------- */

static const prosoft_plugin_descriptor_t descriptor = { .struct_size = sizeof descriptor,
                                                        .id = ID,
                                                        .name = "Specimen",
                                                        .vendor = "Nobody",
                                                        .version = "1.0",
                                                        .description = "Shows how" };

static uint32_t PROSOFT_ABI
plugin_count (const prosoft_plugin_factory_t *factory)
{
  return 1;
}

static const prosoft_plugin_descriptor_t *PROSOFT_ABI
plugin_descriptor (const prosoft_plugin_factory_t *factory, uint32_t index)
{
  return index == 0 ? &descriptor : NULL;
}

static const prosoft_plugin_t *PROSOFT_ABI
create (const prosoft_plugin_factory_t *factory,
        const prosoft_host_t *host,
        const char *plugin_id,
        prosoft_error_t *error)
{
  Plugin *self;

  if (host->abi.major != PROSOFT_ABI_MAJOR || strcmp (plugin_id, ID) != 0)
    {
      specimen_refuse (error, PROSOFT_E_NOT_FOUND, "no such plug-in, or a host of another version");
      return NULL;
    }
  self = calloc (1, sizeof *self);
  if (self == NULL)
    return NULL;
  self->host = host;
  self->revision = BAD (PAGES_BACK) ? 1000 : 1;
  self->plugin
      = (prosoft_plugin_t){ &descriptor, self, init, destroy, get_extension, on_main_thread };
  if (BAD (R11_EARLY))
    host->request_callback (host);
  return &self->plugin;
}

static const prosoft_plugin_factory_t factory = { plugin_count, plugin_descriptor, create };

static int n_inits;

static prosoft_result_t PROSOFT_ABI
enter (const char *path, prosoft_error_t *error)
{
  if (BAD (R12_COUNT) && n_inits > 0)
    return specimen_refuse (error, PROSOFT_E_BUSY, "initialized already");
  n_inits++;
  return PROSOFT_OK;
}

static void PROSOFT_ABI
leave (void)
{
  n_inits--;
  if (BAD (R11_LATE) && left != NULL)
    left->host->request_callback (left->host);
}

static const void *PROSOFT_ABI
get_factory (const char *id)
{
  return strcmp (id, PROSOFT_PLUGIN_FACTORY_ID) == 0 ? &factory : NULL;
}

PROSOFT_EXPORT extern const prosoft_entry_t prosoft_entry;

const prosoft_entry_t prosoft_entry
    = { { BAD (R2_MAJOR) ? 2 : PROSOFT_ABI_MAJOR, 0 }, enter, leave, get_factory };

#ifdef SPECIMEN_EXPORTS
PROSOFT_EXPORT extern int one_symbol_too_many;
int one_symbol_too_many = 1;
#endif
