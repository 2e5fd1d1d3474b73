/* SPDX-License-Identifier: MIT */
#include "tests/host/host-private.h"

#include <stdlib.h>
#include <string.h>

static const struct
{
  const char *id;
  const void *table;
} extensions[] = {
  { PROSOFT_EXT_LOG, &host_log_table },
  { PROSOFT_EXT_THREAD_CHECK, &host_thread_check_table },
  { PROSOFT_EXT_ENVIRONMENT, &host_environment_table },
  { PROSOFT_EXT_OPERATIONS, &host_operations_table },
  { PROSOFT_EXT_PAGES, &host_pages_table },
  { PROSOFT_EXT_SESSION_GATE, &host_session_gate_table },
  { PROSOFT_EXT_OPEN_URI, &host_open_uri_table },
  { PROSOFT_EXT_ATTENTION, &host_attention_table },
  { PROSOFT_EXT_FILES, &host_files_table },
  { PROSOFT_EXT_SECRETS, &host_secrets_table },
};

static bool
is_left_out (const Host *host, const char *id)
{
  if (host->safe.load == NULL && strcmp (id, PROSOFT_EXT_SECRETS) == 0)
    return true;
  for (size_t i = 0; host->missing != NULL && host->missing[i] != NULL; i++)
    if (strcmp (host->missing[i], id) == 0)
      return true;
  return false;
}

static const void *PROSOFT_ABI
get_extension (const prosoft_host_t *table, const char *id)
{
  Host *host = host_of (table);

  if (!host_accept_any (host, "host.get_extension")
      || !host_text_good (host, "the id of an extension", id, false) || is_left_out (host, id))
    return NULL;
  for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++)
    if (strcmp (extensions[i].id, id) == 0)
      return extensions[i].table;
  return NULL;
}

static void
answer_callback (void *data)
{
  Host *host = data;
  int64_t started;

  atomic_store (&host->callback_wanted, false);
  if (!host_is_running (host) || !host_call_begin (host, "plugin.on_main_thread", &started))
    return;
  host->plugin->on_main_thread (host->plugin);
  host_call_end (host, started);
}

static void PROSOFT_ABI
request_callback (const prosoft_host_t *table)
{
  Host *host = host_of (table);

  if (host_accept_any (host, "host.request_callback")
      && !atomic_exchange (&host->callback_wanted, true))
    host_loop_post (host->loop, answer_callback, host);
}

static void
report_finding (void *data, const HostFinding *finding)
{
  char *text = host_format ("%s (%s): %s", host_check_rule (finding->check),
                            host_check_name (finding->check), finding->text);

  host_write_log (data,
                  finding->by_host ? PROSOFT_LOG_HOST_MISBEHAVING : PROSOFT_LOG_PLUGIN_MISBEHAVING,
                  "host", text);
  free (text);
}

Host *
host_new (const HostOptions *options)
{
  Host *host = host_alloc (sizeof *host);

  host->main = pthread_self ();
  host->loop = host_loop_new ();
  host->findings = host_findings_new (report_finding, host);
  pthread_mutex_init (&host->log_lock, NULL);
  host->log_file = options->log_file != NULL ? options->log_file : stderr;
  host->log_threshold = options->log_threshold;
  host->version = host_strdup (options->version != NULL ? options->version : "5.1.2.0");
  host->browser = host_copy_list (options->browser);
  host->secrets_dir = host_strdup (options->secrets_dir);
  host_secrets_set_up (host, options->safe);
  host->save_dir = host_strdup (options->save_dir);
  host->missing = host_copy_list (options->missing);
  host->sandbox = options->sandbox;
  host->short_reads = options->short_reads;
  host->has_main_context = options->has_main_context;
  host->table = (prosoft_host_t){ .abi = { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
                                  .host_data = host,
                                  .name = "PROSOFT mock host",
                                  .vendor = "TTecomm for PROSOFT",
                                  .version = host->version,
                                  .get_extension = get_extension,
                                  .request_callback = request_callback };
  host_pairs_set (&host->environment, PROSOFT_ENV_PROSOFT_VERSION, host->version);
  return host;
}

static void
free_records (Host *host)
{
  for (size_t i = 0; i < host->n_views; i++)
    host_view_free (host->views[i]);
  free (host->views);
  for (size_t i = 0; i < host->n_operations; i++)
    host_operation_free (host->operations[i]);
  free (host->operations);
  while (host->retired != NULL)
    {
      HostProject *next = host->retired->next;

      host_project_free (host->retired);
      host->retired = next;
    }
  for (size_t i = 0; i < host->n_opened; i++)
    free (host->opened[i]);
  free (host->opened);
  if (host->notice != NULL)
    host_decision_free (host->notice);
  free (host->event_text);
  host_secrets_free (host);
  host_pairs_clear (&host->attentions);
  host_pairs_clear (&host->attention_severities);
  host_pairs_clear (&host->environment);
}

static void
free_options (Host *host)
{
  free (host->version);
  host_free_list (host->browser);
  free (host->secrets_dir);
  free (host->save_dir);
  host_free_list (host->missing);
}

void
host_free (Host *host)
{
  host_unload (host);
  host_forget_children (host);
  free_records (host);
  free_options (host);
  if (host->process != NULL)
    host_process_state_free (host->process);
  host_loop_free (host->loop);
  host_findings_free (host->findings);
  pthread_mutex_destroy (&host->log_lock);
  if (host->log_file != stderr)
    fclose (host->log_file);
  free (host);
}

bool
host_is_running (const Host *host)
{
  return host->plugin != NULL && host->state == HOST_STATE_RUNNING;
}

const void *
host_get_plugin_extension (Host *host, const char *id)
{
  const void *table;
  int64_t started;

  if (!host_is_running (host) || !host_call_begin (host, "plugin.get_extension", &started))
    return NULL;
  table = host->plugin->get_extension (host->plugin, id);
  host_call_end (host, started);
  return table;
}

const prosoft_host_t *
host_get_table (Host *host)
{
  return &host->table;
}

HostLoop *
host_get_loop (Host *host)
{
  return host->loop;
}

typedef struct Wait
{
  Host *host;
  HostPredicate predicate;
  void *data;
} Wait;

static bool
wait_is_over (void *data)
{
  Wait *wait = data;

  host_reap_children (wait->host);
  return wait->predicate (wait->data);
}

bool
host_run_until (Host *host, HostPredicate predicate, void *data, int timeout_ms)
{
  Wait wait = { host, predicate, data };

  return host_loop_run_until (host->loop, wait_is_over, &wait, timeout_ms);
}

static bool
never (void *data)
{
  return data != NULL;
}

void
host_run_for (Host *host, int ms)
{
  host_run_until (host, never, NULL, ms);
}

HostFindings *
host_get_findings (Host *host)
{
  return host->findings;
}

const HostTiming *
host_get_timing (const Host *host)
{
  return &host->timing;
}
