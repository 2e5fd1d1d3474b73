/* SPDX-License-Identifier: MIT */
/* What the files of the host share. Not for its users. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "tests/host/child.h"
#include "tests/host/files.h"
#include "tests/host/host.h"
#include "tests/host/library.h"
#include "tests/host/process-state.h"

typedef enum
{
  HOST_STATE_IDLE,     /* no instance */
  HOST_STATE_CREATING, /* in create(), which must not call the host */
  HOST_STATE_RUNNING,  /* from init() to destroy() */
  HOST_STATE_STOPPED,  /* destroy() has returned: nothing may come any more */
} HostState;

typedef struct HostPair
{
  char *key;   /* (owned) */
  char *value; /* (owned) (nullable) */
} HostPair;

/* A list of pairs, small and in order. */
typedef struct HostPairs
{
  HostPair *items; /* (owned) */
  size_t count;
} HostPairs;

typedef struct HostProject
{
  prosoft_reader_t reader; /* reader_data: this */
  Host *host;
  HostFile *file;           /* (owned) (nullable) NULL: closed, and the reader must not be called */
  char *path;               /* (owned) */
  struct HostProject *next; /* among those that were closed */
} HostProject;

struct Host
{
  prosoft_host_t table; /* host_data: this */
  pthread_t main;
  _Atomic int state;            /* HostState */
  uint64_t instance;            /* counts them, so that a late answer is not for the next one */
  _Atomic bool callback_wanted; /* request_callback() was called and not answered yet */
  unsigned depth;               /* plug-in functions on the stack */
  const char *in_call;          /* (static) (nullable) the one on the stack */
  HostLoop *loop;               /* (owned) */
  HostFindings *findings;       /* (owned) */
  HostTiming timing;
  HostProcessState *process; /* (owned) (nullable) from load to unload */
  int threads_before;

  /* the options, copied */
  FILE *log_file;
  pthread_mutex_t log_lock;
  prosoft_log_severity_t log_threshold;
  char *version;     /* (owned) */
  char **browser;    /* (owned) (nullable) */
  HostSafe safe;     /* without `load`: no secrets */
  char *secrets_dir; /* (owned) (nullable) */
  char *save_dir;    /* (owned) (nullable) */
  char **missing;    /* (owned) (nullable) */
  bool sandbox;
  bool short_reads;
  bool has_main_context;

  /* the module */
  HostLibrary *module;                                   /* (owned) (nullable) */
  const prosoft_entry_t *entry;                          /* (nullable) */
  const prosoft_plugin_factory_t *factory;               /* (nullable) */
  const prosoft_plugin_t *plugin;                        /* (nullable) */
  const prosoft_plugin_environment_t *environment_table; /* (nullable) like the rest */
  const prosoft_plugin_operations_t *operations_table;
  const prosoft_plugin_project_t *project_table;
  const prosoft_plugin_pages_t *pages_table;
  const prosoft_plugin_session_gate_t *gate_table;
  const prosoft_plugin_files_t *files_table;
  const prosoft_plugin_secrets_t *secrets_table;

  HostPairs environment;
  HostProject *project; /* (owned) (nullable) */
  HostProject *retired; /* (owned) (nullable) closed ones: a late call of their reader is seen */

  HostView **views; /* (owned) */
  size_t n_views;
  prosoft_view_t last_view;
  unsigned rescans;

  HostOperation **operations; /* (owned) all there ever were */
  size_t n_operations;
  bool starting; /* a start call is on the stack */
  prosoft_op_t completed_inside;

  HostSafeAnswer **answers; /* (owned) all there ever were: a second answer is seen */
  size_t n_answers;

  HostPairs attentions;           /* page id, text */
  HostPairs attention_severities; /* page id, word */
  HostDecision *notice;           /* (owned) (nullable) */
  char *event_text;               /* (owned) (nullable) */
  prosoft_gate_event_kind_t event_kind;
  unsigned n_notices, n_events; /* so far */
  prosoft_session_t last_session;
  char **opened; /* (owned) */
  size_t n_opened;
  HostChild **children; /* (owned) browsers that have not ended yet */
  size_t n_children;
};

/* Extension tables, one a file. */
extern const prosoft_host_log_t host_log_table;
extern const prosoft_host_thread_check_t host_thread_check_table;
extern const prosoft_host_environment_t host_environment_table;
extern const prosoft_host_operations_t host_operations_table;
extern const prosoft_host_pages_t host_pages_table;
extern const prosoft_host_session_gate_t host_session_gate_table;
extern const prosoft_host_open_uri_t host_open_uri_table;
extern const prosoft_host_attention_t host_attention_table;
extern const prosoft_host_files_t host_files_table;
extern const prosoft_host_secrets_t host_secrets_table;

Host *host_of (const prosoft_host_t *table);

/* call.c: the way in and out ------------------------------------------------------------------ */

/* Before a plug-in function is called: FALSE, and a finding against the host, when another is on
 * the stack (R6). The two go together; host_call_end() measures. */
bool host_call_begin (Host *host, const char *call, int64_t *started);
void host_call_end (Host *host, int64_t started);

/* At the start of each [main] function of the host, `function` as "operations.completed". FALSE:
 * do nothing; the finding is added. */
bool host_accept_main (Host *host, const char *function);

/* The same for the [any] functions. */
bool host_accept_any (Host *host, const char *function);

/* A finding against the plug-in, or the host. [any] */
void host_blame_plugin (Host *host, HostCheck check, const char *format, ...) HOST_PRINTF (3, 4);
void host_blame_host (Host *host, HostCheck check, const char *format, ...) HOST_PRINTF (3, 4);

/* Whether `text` is what R8 asks for; if not, the finding names `what`. */
bool host_text_good (Host *host, const char *what, const char *text, bool may_be_null);

/* Writes a line, whatever the threshold. [any] */
void
host_write_log (Host *host, prosoft_log_severity_t severity, const char *domain, const char *text);

/* lists --------------------------------------------------------------------------------------- */

HostPair *host_pairs_find (HostPairs *pairs, const char *key);
void host_pairs_set (HostPairs *pairs, const char *key, const char *value);
void host_pairs_clear (HostPairs *pairs);
char **host_copy_list (const char *const *list);
void host_free_list (char **list);

/* operations ---------------------------------------------------------------------------------- */

/* Around pages->invoke() and session_gate->check(). */
void host_operation_starting (Host *host);
prosoft_result_t host_operation_started (Host *host,
                                         const char *call,
                                         bool is_check,
                                         prosoft_result_t result,
                                         prosoft_op_t op);
void host_operation_free (HostOperation *operation);
HostOperation *host_operation_find (const Host *host, prosoft_op_t op);

/* The operation that a completion names, or NULL with the finding. `is_check` is what came. */
HostOperation *host_operation_completing (Host *host, prosoft_op_t op, bool is_check);
void host_operations_look_for_missing (Host *host);

/* the rest ------------------------------------------------------------------------------------ */

/* The safe of the options, or their folder. */
void host_secrets_set_up (Host *host, const HostSafe *safe);
void host_secrets_free (Host *host);

void host_decision_free (HostDecision *decision);
void host_project_free (HostProject *project);
void host_view_free (HostView *view);

/* Forgets the browsers that have ended; says how one failed. */
void host_reap_children (Host *host);

/* The same, and lets go of those that have not: they outlive the host. */
void host_forget_children (Host *host);
