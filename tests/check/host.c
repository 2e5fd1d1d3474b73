/* SPDX-License-Identifier: MIT */
/* A host's life: load, create, init, the loop, destroy. */
#include "tests/check/host.h"

#include <stdlib.h>
#include <string.h>

#define MAX_HOSTS 64

/* Every host of this process, also of instances that are gone: a late call is recognised. */
static CheckHost *hosts[MAX_HOSTS];
static size_t n_hosts;

CheckHost *
check_host_of (const prosoft_host_t *table)
{
  for (size_t i = 0; i < n_hosts; i++)
    if ((const void *)hosts[i]->tables == (const void *)table)
      return hosts[i];
  return NULL;
}

CheckHost *
check_host_last (void)
{
  for (size_t i = n_hosts; i > 0; i--)
    if (hosts[i - 1]->depth > 0)
      return hosts[i - 1];
  return n_hosts > 0 ? hosts[n_hosts - 1] : NULL;
}

/* --- the module ------------------------------------------------------------------------------ */

static void
find_plugin (Check *check)
{
  const prosoft_plugin_descriptor_t *descriptor;

  check->factory = check->entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  if (check->factory == NULL)
    {
      check_fail ("R14", "get_factory (\"" PROSOFT_PLUGIN_FACTORY_ID "\") gives NULL");
      check_stop ();
    }
  descriptor = check->factory->count (check->factory) > 0
                   ? check->factory->descriptor (check->factory, 0)
                   : NULL;
  if (descriptor == NULL || descriptor->struct_size < PROSOFT_PLUGIN_DESCRIPTOR_SIZE_V1
      || descriptor->id == NULL)
    {
      check_fail ("R3", "the module describes no plug-in: no descriptor, one below its first "
                        "version, or one without id");
      check_stop ();
    }
  check->plugin_id = descriptor->id;
}

void
check_load (Check *check)
{
  const char *why;
  prosoft_error_t error = { 0 };

  check_step ("loading the module");
  check->module = platform_module_open (check->options.module, &why);
  if (check->module == NULL)
    {
      check_fail ("R2", "the module does not load: %s", why);
      check_stop ();
    }
  check->entry = platform_module_symbol (check->module, PROSOFT_ENTRY_SYMBOL);
  if (check->entry == NULL)
    {
      check_fail ("R2", "the module does not export " PROSOFT_ENTRY_SYMBOL);
      check_stop ();
    }
  if (check->entry->abi.major != PROSOFT_ABI_MAJOR || check->entry->init == NULL
      || check->entry->deinit == NULL || check->entry->get_factory == NULL)
    {
      check_fail ("R2", "the entry is for version %u of the interface, or has a NULL function",
                  (unsigned)check->entry->abi.major);
      check_stop ();
    }
  check_step ("entry.init");
  if (check->entry->init (check->options.module, &error) < 0)
    {
      check_fail ("R12", "entry.init fails: %.300s", error.message);
      check_stop ();
    }
  check_step ("entry.get_factory");
  find_plugin (check);
}

void
check_unload (Check *check)
{
  check_step ("entry.deinit");
  check->entry->deinit ();
  check_step ("closing the module");
  platform_module_close (check->module);
  check->module = NULL;
}

/* --- one instance ---------------------------------------------------------------------------- */

static void
set_values (CheckHost *host)
{
  static const char trust[]
      = "{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"check\","
        "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";
  char *data = check_format ("%s/data", host->check->options.folder);
  char *cache = check_format ("%s/cache", host->check->options.folder);

  check_host_set (host, PROSOFT_ENV_LOCALE, "en");
  check_host_set (host, PROSOFT_ENV_THEME, "light");
  check_host_set (host, PROSOFT_ENV_PROXY, "direct");
  check_host_set (host, PROSOFT_ENV_PROSOFT_VERSION, "5.1.2.0");
  check_host_set (host, PROSOFT_ENV_DATA_DIR, data);
  check_host_set (host, PROSOFT_ENV_CACHE_DIR, cache);
  check_host_set (host, PROSOFT_ENV_TTCLOUD_TRUST, trust);
  /* Nobody listens there. */
  check_host_set (host, PROSOFT_ENV_TTCLOUD_URL, "https://127.0.0.1:9");
  check_host_set (host, PROSOFT_ENV_TTECOMM_URL, "https://127.0.0.1:9");
  free (data);
  free (cache);
}

CheckHost *
check_host_new (Check *check)
{
  CheckHost *host = check_alloc (sizeof *host);

  host->check = check;
  host->main = platform_thread_id ();
  host->tables = (CheckTables *)platform_pages_new (sizeof *host->tables, &host->tables_size);
  check_tables_fill (host->tables);
  platform_pages_protect ((char *)host->tables, host->tables_size, PLATFORM_ACCESS_READ);
  check_watch_memory (host->tables, host->tables_size, "R7",
                      "the plug-in wrote into the host's tables");
  set_values (host);
  if (n_hosts == MAX_HOSTS)
    abort ();
  hosts[n_hosts++] = host;
  return host;
}

void
check_host_set (CheckHost *host, const char *key, const char *value)
{
  size_t at = 0;

  while (host->values[at].key != NULL && strcmp (host->values[at].key, key) != 0)
    at++;
  if (at + 1 == CHECK_MAX_VALUES)
    abort ();
  host->values[at].key = key;
  free (host->values[at].value);
  host->values[at].value = value != NULL ? check_format ("%s", value) : NULL;
}

void
check_host_create (CheckHost *host)
{
  const prosoft_plugin_factory_t *factory = host->check->factory;
  prosoft_error_t error = { 0 };
  char *id = check_lend_text (host->check->plugin_id);

  atomic_store (&host->life, CHECK_LIFE_CREATED);
  check_call_begin (host, "factory.create");
  host->plugin = factory->create (factory, &host->tables->host, id, &error);
  check_call_end (host);
  check_take_back (id);
  if (host->plugin == NULL)
    {
      error.message[sizeof error.message - 1] = '\0';
      check_fail (NULL, "factory.create made no instance: %.300s", error.message);
      check_stop ();
    }
}

static const void *
fetch (CheckHost *host, const char *id)
{
  char *lent = check_lend_text (id);
  const void *table;

  check_call_begin (host, "plugin.get_extension");
  table = host->plugin->get_extension (host->plugin, lent);
  check_call_end (host);
  check_take_back (lent);
  return table;
}

void
check_host_start (CheckHost *host)
{
  prosoft_error_t error = { 0 };
  prosoft_result_t result;

  if (host->plugin == NULL)
    check_host_create (host);
  atomic_store (&host->life, CHECK_LIFE_RUNNING);
  check_call_begin (host, "plugin.init");
  result = host->plugin->init (host->plugin, &error);
  check_call_end (host);
  if (result < 0)
    {
      error.message[sizeof error.message - 1] = '\0';
      check_fail (NULL, "plugin.init fails with %d: %.300s", (int)result, error.message);
      check_stop ();
    }
  host->environment = fetch (host, PROSOFT_EXT_ENVIRONMENT);
  host->operations = fetch (host, PROSOFT_EXT_OPERATIONS);
  host->project = fetch (host, PROSOFT_EXT_PROJECT);
  host->pages = fetch (host, PROSOFT_EXT_PAGES);
  host->gate = fetch (host, PROSOFT_EXT_SESSION_GATE);
  host->files = fetch (host, PROSOFT_EXT_FILES);
  host->secrets = fetch (host, PROSOFT_EXT_SECRETS);
}

void
check_host_destroy (CheckHost *host)
{
  check_call_begin (host, "plugin.destroy");
  host->plugin->destroy (host->plugin);
  check_call_end (host);
  atomic_store (&host->life, CHECK_LIFE_DESTROYED);
  host->plugin = NULL;
  platform_pages_protect ((char *)host->tables, host->tables_size, PLATFORM_ACCESS_NONE);
  check_watch_memory (host->tables, host->tables_size, "R11",
                      "the plug-in touched the host's tables after destroy() had returned");
  for (size_t i = 0; i < host->n_ops; i++)
    if (host->ops[i].endings == 0)
      check_fail ("R10", "destroy() returned and %s was never completed",
                  host->ops[i].is_check ? "a check of the gate" : "an action");
}

CheckHost *
check_begin (Check *check)
{
  CheckHost *host;

  check_load (check);
  host = check_host_new (check);
  check_host_start (host);
  return host;
}

/* --- the loop -------------------------------------------------------------------------------- */

void
check_call_begin (CheckHost *host, const char *step)
{
  check_step (step);
  host->depth++;
  host->begun_us = platform_now_us ();
}

void
check_call_end (CheckHost *host)
{
  host->last_us = platform_now_us () - host->begun_us;
  host->depth--;
}

void
check_host_on_main_thread (CheckHost *host)
{
  check_call_begin (host, "plugin.on_main_thread");
  host->plugin->on_main_thread (host->plugin);
  check_call_end (host);
}

static void
answer_load (CheckHost *host, const CheckAnswer *answer)
{
  void *data = host->secret != NULL ? check_lend (host->secret, host->secret_size, "R7") : NULL;

  check_call_begin (host, "secrets.loaded");
  host->secrets->loaded (host->plugin, answer->cookie,
                         data != NULL ? PROSOFT_OK : PROSOFT_E_NOT_FOUND, data,
                         data != NULL ? (int32_t)host->secret_size : 0);
  check_call_end (host);
  check_take_back (data);
}

static void
give_answers (CheckHost *host)
{
  while (host->n_answers > 0 && host->plugin != NULL)
    {
      CheckAnswer answer = host->answers[0];

      host->n_answers--;
      memmove (host->answers, host->answers + 1, host->n_answers * sizeof answer);
      if (host->secrets != NULL && answer.key != NULL)
        answer_load (host, &answer);
      else if (host->secrets != NULL)
        {
          check_call_begin (host, "secrets.stored");
          host->secrets->stored (host->plugin, answer.cookie, PROSOFT_OK);
          check_call_end (host);
        }
      free (answer.key);
    }
}

bool
check_host_until (CheckHost *host, CheckPredicate holds, void *data, int ms)
{
  int64_t deadline = platform_now_us () + (int64_t)ms * 1000;
  bool held = holds != NULL && holds (host, data);

  while (!held && platform_now_us () < deadline)
    {
      if (atomic_exchange (&host->wanted, false))
        check_host_on_main_thread (host);
      else if (host->n_answers > 0)
        give_answers (host);
      else
        {
          check_step ("waiting");
          platform_sleep_ms (1);
        }
      held = holds != NULL && holds (host, data);
    }
  return held;
}

void
check_host_pump (CheckHost *host, int ms)
{
  check_host_until (host, NULL, NULL, ms);
}
