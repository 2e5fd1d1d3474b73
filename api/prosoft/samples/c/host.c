/* SPDX-License-Identifier: MIT */
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Host *
host_of (const prosoft_host_t *table)
{
  return table->host_data;
}

/* --- log, thread-check, environment ----------------------------------------------------------- */

/* [any]: one call of stdio is one line, whoever else writes. */
static void PROSOFT_ABI
log_line (const prosoft_host_t *table,
          prosoft_log_severity_t severity,
          const char *domain,
          const char *text)
{
  static const char *const words[] = { "debug", "info", "warning", "error", "HOST", "PLUG-IN" };

  if (severity >= PROSOFT_LOG_WARNING && severity <= PROSOFT_LOG_PLUGIN_MISBEHAVING)
    fprintf (stderr, "%s: %s: %s\n", words[severity], domain, text);
}

static int32_t PROSOFT_ABI
is_main_thread (const prosoft_host_t *table)
{
  return pthread_equal (pthread_self (), host_of (table)->main) != 0;
}

/* All of the value or nothing, and always how much it is (R7). */
static int32_t PROSOFT_ABI
get_setting (const prosoft_host_t *table, const char *key, char *buffer, int32_t capacity)
{
  const Host *host = host_of (table);

  for (int i = 0; i < host->n_settings; i++)
    if (strcmp (host->settings[i].key, key) == 0)
      {
        int32_t needed = (int32_t)strlen (host->settings[i].value) + 1;

        if (needed <= capacity)
          memcpy (buffer, host->settings[i].value, (size_t)needed);
        return needed;
      }
  return 0;
}

void
host_set (Host *host, const char *key, const char *value)
{
  if (host->n_settings == HOST_MAX_SETTINGS)
    abort ();
  host->settings[host->n_settings++] = (HostSetting){ key, strdup (value) };
}

/* --- operations, pages ------------------------------------------------------------------------ */

static void PROSOFT_ABI
progress (const prosoft_host_t *table, prosoft_op_t op, double fraction, const char *text)
{
  if (text != NULL)
    fprintf (stderr, "working: %s\n", text);
}

static void PROSOFT_ABI
completed (const prosoft_host_t *table, const prosoft_completion_t *completion)
{
  Host *host = host_of (table);

  if (completion->struct_size < PROSOFT_COMPLETION_SIZE_V1)
    return;
  host->completed = completion->op;
  host->result = completion->result;
  if (completion->message != NULL)
    fprintf (stderr, "done: %s\n", completion->message);
}

static void PROSOFT_ABI
rescan (const prosoft_host_t *table)
{
  /* A host with menus asks pages->count() and info() again, from its loop. */
}

/* Only noted: rendering now would be a call while the plug-in is on the stack (R6). */
static void PROSOFT_ABI
changed (const prosoft_host_t *table, prosoft_view_t view, int64_t revision)
{
  host_of (table)->page_changed = true;
}

/* --- session-gate ------------------------------------------------------------------------------ */

static char *
describe (const prosoft_gate_decision_t *decision)
{
  static const char *const outcomes[] = { "?", "allow", "note", "wait", "deny" };
  int32_t outcome = decision->outcome >= 1 && decision->outcome <= 4 ? decision->outcome : 0;
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream (&text, &size);

  if (out == NULL)
    abort ();
  fprintf (out, "gate: %s, %s, %s\n", decision->allowed == 1 ? "admitted" : "refused",
           outcomes[outcome], decision->code != NULL ? decision->code : "?");
  if (decision->cause != NULL)
    fprintf (out, "  cause: %s\n", decision->cause);
  if (decision->message != NULL)
    fprintf (out, "  message: %s\n", decision->message);
  for (uint32_t i = 0; i < decision->n_buttons; i++)
    fprintf (out, "  button: %s, %s\n", decision->buttons[i].id, decision->buttons[i].label);
  fclose (out);
  return text;
}

/* Nothing but `allowed == 1` admits, and what is too short says nothing. */
static void PROSOFT_ABI
decided (const prosoft_host_t *table,
         prosoft_op_t op,
         const prosoft_gate_decision_t *decision,
         prosoft_session_t session)
{
  static const prosoft_gate_decision_t nothing = { .outcome = PROSOFT_GATE_WAIT };
  HostAnswer *answer = &host_of (table)->answer;

  if (decision == NULL || decision->struct_size < PROSOFT_GATE_DECISION_SIZE_V1)
    decision = &nothing;
  free (answer->text);
  *answer = (HostAnswer){ op, session, decision->allowed == 1, describe (decision) };
}

/* The session goes on: this is for the person. */
static void PROSOFT_ABI
notice (const prosoft_host_t *table,
        prosoft_session_t session,
        const prosoft_gate_decision_t *decision)
{
  if (decision->message != NULL)
    fprintf (stderr, "notice: %s\n", decision->message);
}

static void PROSOFT_ABI
event (const prosoft_host_t *table, const prosoft_gate_event_t *what)
{
  if (what->text != NULL)
    fprintf (stderr, "event: %s\n", what->text);
}

/* --- open-uri ---------------------------------------------------------------------------------- */

/* "http://127.x.x.x" or "http://[::1]": an address, since a name can be made to mean another machine,
 * and no user name before it. */
static bool
is_this_machine (const char *uri)
{
  const char *name = uri + strlen ("http://");
  size_t size = strspn (name, "[]:0123456789.");

  return (strncmp (name, "127.", 4) == 0 || strncmp (name, "[::1]", 5) == 0)
         && (name[size] == '\0' || strchr ("/?#", name[size]) != NULL);
}

/* A host with windows hands the address to the system: ShellExecuteExW, xdg-open. */
static prosoft_result_t PROSOFT_ABI
open_uri (const prosoft_host_t *table, const char *uri)
{
  bool secure = uri != NULL && strncmp (uri, "https://", 8) == 0;
  bool local = uri != NULL && host_of (table)->sandbox && strncmp (uri, "http://", 7) == 0
               && is_this_machine (uri);

  if (!secure && !local)
    return PROSOFT_E_INVALID;
  fprintf (stderr, "open in a browser: %s\n", uri);
  return PROSOFT_OK;
}

/* --- the host itself --------------------------------------------------------------------------- */

/* [any] The same table for an id each time, NULL for every other id (R11, R14). */
static const void *PROSOFT_ABI
get_extension (const prosoft_host_t *table, const char *id)
{
  static const prosoft_host_log_t log_table = { log_line };
  static const prosoft_host_thread_check_t thread_table = { is_main_thread };
  static const prosoft_host_environment_t environment_table = { get_setting };
  static const prosoft_host_operations_t operations_table = { progress, completed };
  static const prosoft_host_pages_t pages_table = { rescan, changed };
  static const prosoft_host_session_gate_t gate_table = { decided, notice, event };
  static const prosoft_host_open_uri_t open_uri_table = { open_uri };
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
    { PROSOFT_EXT_SESSION_GATE, &gate_table },
    { PROSOFT_EXT_OPEN_URI, &open_uri_table },
  };

  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    if (strcmp (tables[i].id, id) == 0)
      return tables[i].table;
  return NULL;
}

/* [any] Sends one message to the main loop, however often it is asked, and never calls back from here
 * (R6). With windows: PostMessage, g_idle_add, QMetaObject::invokeMethod (..., Qt::QueuedConnection). */
static void PROSOFT_ABI
request_callback (const prosoft_host_t *table)
{
  Host *host = host_of (table);

  if (!atomic_exchange (&host->is_asked, true))
    while (write (host->wake[1], "", 1) < 0 && errno == EINTR)
      ;
}

bool
host_wait (Host *host, int timeout_ms)
{
  struct pollfd pipe_end = { .fd = host->wake[0], .events = POLLIN };
  char byte;

  if (poll (&pipe_end, 1, timeout_ms) <= 0 || read (host->wake[0], &byte, 1) != 1)
    return false;
  /* From here on a new request is a new byte. */
  atomic_store (&host->is_asked, false);
  return true;
}

bool
host_init (Host *host)
{
  *host = (Host){
    .table = { { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
               host,
               "Sample host",
               "PROSOFT plug-in interface",
               "5.1.2.0",
               get_extension,
               request_callback },
    .main = pthread_self (),
  };
  if (pipe (host->wake) == 0)
    return true;
  perror ("host: cannot make a pipe");
  return false;
}

void
host_clear (Host *host)
{
  for (int i = 0; i < host->n_settings; i++)
    free (host->settings[i].value);
  free (host->answer.text);
  close (host->wake[0]);
  close (host->wake[1]);
}
