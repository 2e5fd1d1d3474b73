/* SPDX-License-Identifier: MIT */
/*
 * The smallest host that keeps the rules: one module, a fixed life, a loop by hand. What stands
 * behind BAD() is what one specimen does wrong.
 *
 * usage: host-NAME MODULE FOLDER
 */
#include <dlfcn.h>
#include <fenv.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/prosoft/prosoft.h"

enum
{
  HOST_GOOD,
  HOST_R3_SIZE,       /* says of its gate requests that they are 0 bytes long */
  HOST_R4_THREAD,     /* answers request_callback() on another thread */
  HOST_R4_FLAG,       /* is_main_thread() says yes everywhere */
  HOST_R5_LOCK,       /* holds a lock during calls that log() needs */
  HOST_R5_NEVER,      /* never answers request_callback() */
  HOST_R6_CALLBACK,   /* answers request_callback() inside itself */
  HOST_R6_CHANGED,    /* renders inside changed() */
  HOST_R7_BUFFER,     /* cuts a value to the buffer */
  HOST_R7_READER,     /* reads on behind the end */
  HOST_R8_LATIN,      /* has a value that is not UTF-8 */
  HOST_R9_HTTP,       /* opens any address */
  HOST_R11_DEINIT,    /* deinit() before destroy() */
  HOST_R11_TABLES,    /* other tables each time */
  HOST_R13_FLOATING,  /* turns floating-point traps on in log() */
  HOST_R14_PREFIX,    /* compares the beginning of ids */
  HOST_R14_MISSING,   /* has no operations */
  HOST_PAGES_OPEN,    /* destroys with the page open */
  HOST_PAGES_TWICE,   /* closes a page twice */
  HOST_PAGES_PROJECT, /* opens a project while one is open */
  HOST_GATE_TWO,      /* admits whenever allowed is not 0 */
};

#define BAD(what) (SPECIMEN == (what))
#define N_CHECKS 6

static const prosoft_plugin_t *plugin;
static const prosoft_plugin_pages_t *pages;
static pthread_t main_thread;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int wanted;
static char data_dir[1000];
static prosoft_session_t admitted[N_CHECKS];
static size_t n_admitted;
static prosoft_view_t shown;
static const char project_bytes[] = "a project of the smallest host";

/* Around calls of the plug-in. */
static void
hold (void)
{
  if (BAD (HOST_R5_LOCK))
    pthread_mutex_lock (&lock);
}

static void
let_go (void)
{
  if (BAD (HOST_R5_LOCK))
    pthread_mutex_unlock (&lock);
}

/* --- the host's half ------------------------------------------------------------------------- */

static void PROSOFT_ABI
log_line (const prosoft_host_t *host,
          prosoft_log_severity_t severity,
          const char *domain,
          const char *text)
{
  if (BAD (HOST_R13_FLOATING))
    feenableexcept (FE_OVERFLOW);
  /* On [main] the lock is held already. */
  if (BAD (HOST_R5_LOCK) && !pthread_equal (pthread_self (), main_thread))
    {
      pthread_mutex_lock (&lock);
      pthread_mutex_unlock (&lock);
    }
}

static int32_t PROSOFT_ABI
is_main_thread (const prosoft_host_t *host)
{
  return BAD (HOST_R4_FLAG) || pthread_equal (pthread_self (), main_thread) ? 1 : 0;
}

static int32_t PROSOFT_ABI
get_value (const prosoft_host_t *host, const char *key, char *buffer, int32_t capacity)
{
  const char *value = strcmp (key, PROSOFT_ENV_DATA_DIR) == 0                       ? data_dir
                      : strcmp (key, PROSOFT_ENV_LOCALE) == 0                       ? "en"
                      : strcmp (key, PROSOFT_ENV_THEME) == 0 && BAD (HOST_R8_LATIN) ? "h\xe9"
                                                                                    : NULL;
  size_t size = value != NULL ? strlen (value) + 1 : 0;

  if (size > 0 && BAD (HOST_R7_BUFFER) && capacity > 0)
    snprintf (buffer, (size_t)capacity, "%s", value);
  else if (size > 0 && (int32_t)size <= capacity)
    memcpy (buffer, value, size);
  return (int32_t)size;
}

static void PROSOFT_ABI
progress (const prosoft_host_t *host, prosoft_op_t op, double fraction, const char *text)
{
}

static void PROSOFT_ABI
completed (const prosoft_host_t *host, const prosoft_completion_t *completion)
{
}

static void PROSOFT_ABI
rescan (const prosoft_host_t *host)
{
}

static prosoft_result_t PROSOFT_ABI
write_page (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  return PROSOFT_OK;
}

static void
render (void)
{
  static const prosoft_writer_t writer = { NULL, write_page };
  int64_t revision;

  pages->render (plugin, shown, &writer, &revision);
}

static void PROSOFT_ABI
changed (const prosoft_host_t *host, prosoft_view_t view, int64_t revision)
{
  if (BAD (HOST_R6_CHANGED))
    render ();
}

static void PROSOFT_ABI
decided (const prosoft_host_t *host,
         prosoft_op_t op,
         const prosoft_gate_decision_t *decision,
         prosoft_session_t session)
{
  if (decision->allowed == 1 || (BAD (HOST_GATE_TWO) && decision->allowed != 0))
    admitted[n_admitted++] = session;
}

static void PROSOFT_ABI
notice (const prosoft_host_t *host,
        prosoft_session_t session,
        const prosoft_gate_decision_t *decision)
{
}

static void PROSOFT_ABI
event (const prosoft_host_t *host, const prosoft_gate_event_t *what)
{
}

static prosoft_result_t PROSOFT_ABI
open_uri (const prosoft_host_t *host, const char *uri)
{
  return strncmp (uri, "https://", 8) == 0 || BAD (HOST_R9_HTTP) ? PROSOFT_OK : PROSOFT_E_INVALID;
}

static const prosoft_host_log_t log_table = { log_line };
static const prosoft_host_thread_check_t thread_table = { is_main_thread };
static const prosoft_host_environment_t environment_table = { get_value };
static const prosoft_host_operations_t operations_table = { progress, completed };
static const prosoft_host_pages_t pages_table = { rescan, changed };
static const prosoft_host_pages_t other_pages_table = { rescan, changed };
static const prosoft_host_session_gate_t gate_table = { decided, notice, event };
static const prosoft_host_open_uri_t open_uri_table = { open_uri };

static const void *PROSOFT_ABI
get_extension (const prosoft_host_t *host, const char *id)
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
    { PROSOFT_EXT_SESSION_GATE, &gate_table },
    { PROSOFT_EXT_OPEN_URI, &open_uri_table },
  };
  static _Atomic int asked;

  if (BAD (HOST_R14_MISSING) && strcmp (id, PROSOFT_EXT_OPERATIONS) == 0)
    return NULL;
  if (BAD (HOST_R11_TABLES) && strcmp (id, PROSOFT_EXT_PAGES) == 0)
    return atomic_fetch_add (&asked, 1) % 2 == 0 ? &pages_table : &other_pages_table;
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    if (strncmp (tables[i].id, id, BAD (HOST_R14_PREFIX) ? strlen (tables[i].id) : 1000) == 0)
      return tables[i].table;
  return NULL;
}

static void PROSOFT_ABI
request_callback (const prosoft_host_t *host)
{
  if (BAD (HOST_R6_CALLBACK) && plugin != NULL && pthread_equal (pthread_self (), main_thread))
    plugin->on_main_thread (plugin);
  else
    atomic_store (&wanted, 1);
}

/* --- what it does ---------------------------------------------------------------------------- */

static void *
call_back (void *data)
{
  hold ();
  plugin->on_main_thread (plugin);
  let_go ();
  return data;
}

static void
pump (int ms)
{
  for (; ms > 0; ms -= 5)
    {
      pthread_t thread;

      usleep (5000);
      if (BAD (HOST_R5_NEVER) || !atomic_exchange (&wanted, 0))
        continue;
      if (!BAD (HOST_R4_THREAD) || pthread_create (&thread, NULL, call_back, NULL) != 0)
        call_back (NULL);
      else
        pthread_join (thread, NULL);
    }
}

static void
invoke (const char *action)
{
  prosoft_page_call_t call
      = { .struct_size = sizeof call, .view = shown, .revision = 1, .action_id = action };
  prosoft_error_t error;
  prosoft_op_t op;

  hold ();
  pages->invoke (plugin, &call, &op, &error);
  let_go ();
  pump (50);
}

static int64_t PROSOFT_ABI
project_size (const prosoft_reader_t *reader)
{
  return sizeof project_bytes;
}

static int64_t PROSOFT_ABI
project_read (const prosoft_reader_t *reader, int64_t offset, void *buffer, int64_t capacity)
{
  int64_t left = (int64_t)sizeof project_bytes - offset;

  if (BAD (HOST_R7_READER) && left <= 0)
    return memset (buffer, 0, (size_t)capacity) != NULL ? capacity : 0;
  if (left > capacity)
    left = capacity;
  if (left <= 0)
    return 0;
  memcpy (buffer, project_bytes + offset, (size_t)left);
  return left;
}

static void
use_project (const prosoft_plugin_project_t *table)
{
  static const prosoft_reader_t reader = { NULL, project_size, project_read };
  prosoft_project_info_t info = { .struct_size = sizeof info, .id = "one" };

  table->opened (plugin, &info, &reader, NULL);
  if (BAD (HOST_PAGES_PROJECT))
    table->opened (plugin, &info, &reader, NULL);
  table->closed (plugin, "one");
}

static void
use_page (void)
{
  shown = 1;
  pages->open (plugin, "hostcheck", shown, NULL);
  render ();
  invoke ("threads");
  invoke ("inside");
  invoke ("addresses");
  pages->activated (plugin, shown);
  if (!BAD (HOST_PAGES_OPEN))
    pages->close (plugin, shown);
  if (BAD (HOST_PAGES_TWICE))
    pages->close (plugin, shown);
}

static void
use_gate (const prosoft_plugin_session_gate_t *table)
{
  prosoft_gate_request_t request
      = { .struct_size = BAD (HOST_R3_SIZE) ? 0 : sizeof request, .kind = PROSOFT_SESSION_REMOTE };

  request.installation_id = "site";
  for (int i = 0; i < N_CHECKS; i++)
    {
      prosoft_op_t op;

      hold ();
      table->check (plugin, &request, 0, &op);
      let_go ();
    }
  pump (BAD (HOST_R5_NEVER) ? 7000 : 700);
  for (size_t i = 0; i < n_admitted; i++)
    table->session_ended (plugin, admitted[i]);
}

int
main (int argc, char **argv)
{
  static const prosoft_host_t host = { { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
                                       NULL,
                                       "The smallest host",
                                       NULL,
                                       "1.0",
                                       get_extension,
                                       request_callback };
  void *module = argc == 3 ? dlopen (argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  const prosoft_entry_t *entry = module != NULL ? dlsym (module, PROSOFT_ENTRY_SYMBOL) : NULL;
  const prosoft_plugin_factory_t *factory;

  if (entry == NULL || entry->init (argv[1], NULL) < 0)
    return 2;
  main_thread = pthread_self ();
  snprintf (data_dir, sizeof data_dir, "%s", argv[2]);
  factory = entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  plugin = factory->create (factory, &host, factory->descriptor (factory, 0)->id, NULL);
  if (plugin == NULL || plugin->init (plugin, NULL) < 0)
    return 3;
  pages = plugin->get_extension (plugin, PROSOFT_EXT_PAGES);
  use_project (plugin->get_extension (plugin, PROSOFT_EXT_PROJECT));
  use_page ();
  use_gate (plugin->get_extension (plugin, PROSOFT_EXT_SESSION_GATE));
  if (BAD (HOST_R11_DEINIT))
    entry->deinit ();
  else
    plugin->destroy (plugin);
  if (!BAD (HOST_R11_DEINIT))
    entry->deinit ();
  return 0;
}
