/* SPDX-License-Identifier: MIT */
/*
 * The host that a test plays: one instance of the plug-in, tables in memory that cannot be written
 * to, and an eye on every call. What it sees broken goes to check_fail() with the rule's id.
 *
 * All functions on the main thread of the test, which is the plug-in's [main].
 */
#pragma once

#include <stdatomic.h>

#include "tests/check/check.h"

#define CHECK_MAX_OPS 512
#define CHECK_MAX_VALUES 16
#define CHECK_MAX_VIEWS 8
#define CHECK_MAX_ANSWERS 64

typedef enum
{
  CHECK_LIFE_NONE,    /* no instance yet */
  CHECK_LIFE_CREATED, /* from create() to init(): the host is not called */
  CHECK_LIFE_RUNNING, /* from init() to destroy() */
  CHECK_LIFE_DESTROYED,
} CheckLife;

typedef struct CheckOp
{
  prosoft_op_t id;
  bool is_check;
  int endings;
  prosoft_result_t result; /* of a completion */
  int32_t allowed;         /* of a decision */
} CheckOp;

typedef struct CheckValue
{
  const char *key;
  char *value;  /* (owned) */
  char *larger; /* (owned) (nullable) what it is from the second time on that it is asked for */
} CheckValue;

typedef struct CheckView
{
  prosoft_view_t id; /* 0: free */
  bool closed;
  int64_t announced; /* -1: nothing yet */
} CheckView;

typedef struct CheckAnswer
{
  char *key; /* (owned) (nullable) NULL: a store */
  prosoft_cookie_t cookie;
} CheckAnswer;

/* The tables as the plug-in sees them. */
typedef struct CheckTables
{
  prosoft_host_t host;
  prosoft_host_log_t log;
  prosoft_host_thread_check_t thread_check;
  prosoft_host_environment_t environment;
  prosoft_host_operations_t operations;
  prosoft_host_pages_t pages;
  prosoft_host_session_gate_t gate;
  prosoft_host_open_uri_t open_uri;
  prosoft_host_attention_t attention;
  prosoft_host_files_t files;
  prosoft_host_secrets_t secrets;
} CheckTables;

typedef struct CheckHost
{
  Check *check;
  CheckTables *tables; /* in pages of their own */
  size_t tables_size;
  uintptr_t main;
  _Atomic int life;
  _Atomic bool wanted; /* request_callback() was called */
  _Atomic unsigned n_requests;
  int depth;              /* plug-in functions on the stack */
  int64_t begun_us;       /* the one that is running */
  int64_t last_us;        /* how long the last one took */
  bool may_misbehave;     /* the test breaks rules: the plug-in may say so */
  const char *missing;    /* (nullable) the extension this host does not have */
  const char *starting;   /* (nullable) a call that starts an operation is on the stack */
  prosoft_op_t inside_op; /* what was completed inside it */

  const prosoft_plugin_t *plugin;                  /* (nullable) */
  const prosoft_plugin_environment_t *environment; /* (nullable) like the next ones */
  const prosoft_plugin_operations_t *operations;
  const prosoft_plugin_project_t *project;
  const prosoft_plugin_pages_t *pages;
  const prosoft_plugin_session_gate_t *gate;
  const prosoft_plugin_files_t *files;
  const prosoft_plugin_secrets_t *secrets;

  CheckValue values[CHECK_MAX_VALUES];
  CheckOp ops[CHECK_MAX_OPS];
  size_t n_ops;
  CheckView views[CHECK_MAX_VIEWS];
  prosoft_view_t last_view;
  CheckAnswer answers[CHECK_MAX_ANSWERS]; /* that the host owes */
  size_t n_answers;
  char *secret; /* (owned) (nullable) what load() gives */
  size_t secret_size;
} CheckHost;

/* --- life ------------------------------------------------------------------------------------ */

/* Opens the module, looks at its entry, calls entry->init(); stops the test when that fails. */
void check_load (Check *check);
void check_unload (Check *check);

/* A host with the usual values, and its pages; no instance yet. */
CheckHost *check_host_new (Check *check);

void check_host_set (CheckHost *host, const char *key, const char *value);

/* Creates, initializes and fetches the tables. check_host_create() alone gives an instance that was
 * not initialized. Both stop the test when it fails. */
void check_host_create (CheckHost *host);
void check_host_start (CheckHost *host);

/* destroy(), after which the tables can not even be read; looks for operations left open. */
void check_host_destroy (CheckHost *host);

/* check_load(), a host and check_host_start(): how most tests begin. */
CheckHost *check_begin (Check *check);

/* Everything that a friendly host does, once: project, page, actions, gate. */
void check_host_live (CheckHost *host);

/* --- calls ----------------------------------------------------------------------------------- */

/* Around each call into the plug-in; `step` (static) is what findings name as their place. */
void check_call_begin (CheckHost *host, const char *step);
void check_call_end (CheckHost *host);

/* Answers request_callback() and what else the host owes, for `ms` or until `holds`. */
typedef bool (*CheckPredicate) (CheckHost *host, void *data);
void check_host_pump (CheckHost *host, int ms);
bool check_host_until (CheckHost *host, CheckPredicate holds, void *data, int ms);
void check_host_on_main_thread (CheckHost *host);

/* --- memory that is lent for one call -------------------------------------------------------- */

/* A copy that ends where memory ends, so that reading on is seen; check_take_back() makes it
 * untouchable, so that reading later is seen. Up to 1 MiB. */
void *check_lend (const void *bytes, size_t size, const char *rule_behind);
char *check_lend_text (const char *text); /* NULL gives NULL */
void check_take_back (const void *lent);

/* --- what a host does ------------------------------------------------------------------------ */

prosoft_result_t check_open_page (CheckHost *host, const char *page, prosoft_view_t *view);
void check_close_page (CheckHost *host, prosoft_view_t view);

/* The id of the plug-in's first page; stops the test when it has none. (owned) */
char *check_first_page (CheckHost *host);

/* The id of an action of the view's page that can be invoked now; skips the test when there is
 * none. (owned) */
char *check_first_action (CheckHost *host, prosoft_view_t view);

/* What render() writes; NULL when it fails. (owned) */
char *check_render (CheckHost *host, prosoft_view_t view, int64_t *revision);
prosoft_result_t check_invoke (CheckHost *host,
                               prosoft_view_t view,
                               int64_t revision,
                               const char *action,
                               const char *inputs,
                               prosoft_op_t *op);
prosoft_result_t
check_gate (CheckHost *host, const char *installation, int32_t timeout_ms, prosoft_op_t *op);
prosoft_result_t check_cancel (CheckHost *host, prosoft_op_t op);

/* The result of a call that starts an operation, written down. */
void check_starting (CheckHost *host, const char *call);
void check_started (CheckHost *host, bool is_check, prosoft_result_t result, prosoft_op_t op);
CheckOp *check_find_op (CheckHost *host, prosoft_op_t op);

/* Pumps until the operation has ended; FALSE, and a finding of R10, when it does not in time. */
bool check_wait_op (CheckHost *host, prosoft_op_t op);

/* An error struct full of garbage, and a finding of R9 unless it fits `result`. */
void check_error_fill (prosoft_error_t *error);
void check_error_judge (const prosoft_error_t *error, const char *call, prosoft_result_t result);

/* --- the host's functions (tables.c) --------------------------------------------------------- */

void check_tables_fill (CheckTables *tables);
const void *check_tables_find (const CheckHost *host, const char *id);

extern const prosoft_host_session_gate_t check_gate_table;

/* The host that the table belongs to; every host ever made is known. */
CheckHost *check_host_of (const prosoft_host_t *table);

/* The host whose plug-in is being called, else the last one made. */
CheckHost *check_host_last (void);

/* At the start of each function: the host, if it may be called just now; else the finding is made.
 */
CheckHost *check_enter (const prosoft_host_t *table, const char *function, bool any_thread);

/* The operation that ends, if it may; else the finding is made. */
CheckOp *check_ending (CheckHost *host, prosoft_op_t id, bool is_check, const char *function);

/* --- an open file (project.c) ---------------------------------------------------------------- */

typedef struct CheckProject
{
  CheckHost *host;
  prosoft_reader_t *reader; /* in a page of its own */
  size_t page_size;
  const char *bytes; /* (unowned) */
  size_t size;
  size_t largest; /* bytes that one read gives; 0: all that was asked for */
  bool fails;     /* every read does */
  bool open;
} CheckProject;

/* `id` is the host's name for it. */
CheckProject *check_project_new (CheckHost *host, const char *bytes, size_t size, size_t largest);
prosoft_result_t check_project_open (CheckProject *project, const char *id);
prosoft_result_t check_project_change (CheckProject *former, CheckProject *project, const char *id);
void check_project_close (CheckProject *project, const char *id);

/* The file of --project, or a few bytes that are none. (owned) */
char *check_project_bytes (Check *check, size_t *size);
