/* SPDX-License-Identifier: MIT */
/*
 * prosoft-hostcheck: a plug-in that checks the host it runs in. What it finds stands on its page
 * and, when it is destroyed, as JUnit in the file prosoft-hostcheck.xml of the host's data-dir.
 *
 * It behaves well with one exception, which the rule of the gate needs: one of its decisions has
 * the flag `allowed` at 2, and a host must not let anybody in for that.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "api/prosoft/prosoft.h"
#include "tests/check/platform.h"

#define HOSTCHECK_ID "org.prosoft.hostcheck"
#define HOSTCHECK_PAGE "hostcheck"
#define HOSTCHECK_FILE "prosoft-hostcheck.xml"
#define HOSTCHECK_THREADS 8
#define HOSTCHECK_MAX_VIEWS 16
#define HOSTCHECK_MAX_OPS 32

typedef enum
{
  HOSTCHECK_SIZES,
  HOSTCHECK_MAIN,
  HOSTCHECK_IS_MAIN,
  HOSTCHECK_ANY,
  HOSTCHECK_LOCK,
  HOSTCHECK_CALLBACK,
  HOSTCHECK_REENTRY,
  HOSTCHECK_BUFFERS,
  HOSTCHECK_READER,
  HOSTCHECK_TEXTS,
  HOSTCHECK_ADDRESSES,
  HOSTCHECK_ORDER,
  HOSTCHECK_TABLES,
  HOSTCHECK_FLOATING,
  HOSTCHECK_IDS,
  HOSTCHECK_EXTENSIONS,
  HOSTCHECK_VIEWS,
  HOSTCHECK_PROJECT,
  HOSTCHECK_SESSIONS,
  HOSTCHECK_N
} HostcheckId;

/* What the gate answers, by turns: the third admits nobody, whatever the host makes of it. */
enum
{
  HOSTCHECK_TURN_REFUSED,
  HOSTCHECK_TURN_LATE,
  HOSTCHECK_TURN_TWO,
  HOSTCHECK_TURN_MISSING, /* decided by destroy() only */
  HOSTCHECK_N_TURNS,      /* from here on: admitted */
};

/* One thing that is looked at. */
typedef struct HostcheckItem
{
  const char *rule;
  const char *name;
  const char *title; /* what holds when it passes */
  const char *how;   /* how to have it looked at */
} HostcheckItem;

extern const HostcheckItem hostcheck_items[HOSTCHECK_N];

typedef enum
{
  HOSTCHECK_UNSEEN,
  HOSTCHECK_GOOD,
  HOSTCHECK_CLAIMED, /* being written by a thread */
  HOSTCHECK_BAD,
} HostcheckState;

typedef struct HostcheckOp
{
  prosoft_op_t id; /* 0: free */
  bool is_check;
  int64_t due_us; /* not completed before; INT64_MAX: only by destroy() */
  unsigned turn;  /* which check of the gate it is, from 0 */
} HostcheckOp;

/* Threads at work. */
typedef struct HostcheckJob
{
  struct Hostcheck *self;
  _Atomic int left; /* how many have not ended yet */
} HostcheckJob;

typedef struct Hostcheck
{
  prosoft_plugin_t plugin; /* plugin_data: this */
  const prosoft_host_t *host;
  const prosoft_host_log_t *log;
  const prosoft_host_thread_check_t *thread_check;
  const prosoft_host_environment_t *environment;
  const prosoft_host_operations_t *operations;
  const prosoft_host_pages_t *pages;
  const prosoft_host_session_gate_t *gate;
  const prosoft_host_open_uri_t *open_uri;
  prosoft_host_t host_copy; /* as it was in init() */

  /* What was seen; the first finding of each is kept. Any thread. */
  _Atomic int states[HOSTCHECK_N];
  char findings[HOSTCHECK_N][200];

  uintptr_t main; /* 0 before init() */
  bool running;
  const char *_Atomic in_call; /* (nullable) the function on the stack */
  PlatformThread *waker;       /* wakes the host for operations that are due later */
  _Atomic bool stop;
  HostcheckJob *stuck; /* (nullable) threads that a host would not let go; they still use this */
  _Atomic int64_t asked_us; /* request_callback() waits for its answer since; 0: none */

  prosoft_view_t views[HOSTCHECK_MAX_VIEWS];
  int64_t revision;
  char project[64]; /* "" when none is open */
  HostcheckOp ops[HOSTCHECK_MAX_OPS];
  prosoft_op_t last_op;
  unsigned n_checks;
  prosoft_session_t false_session; /* of the decision that admits nobody */
  prosoft_session_t sessions[HOSTCHECK_MAX_OPS];
  size_t n_sessions;
  char path[1024]; /* of the report; "" when the host has no data-dir */
} Hostcheck;

/* findings.c ------------------------------------------------------------------------------------
 */

/* Looked at, and good so far. */
void hostcheck_seen (Hostcheck *self, HostcheckId id);
void hostcheck_find (Hostcheck *self, HostcheckId id, const char *format, ...)
    __attribute__ ((format (printf, 3, 4)));

/* A finding unless it holds. */
#define hostcheck_expect(self, id, holds, ...)                                                     \
  ((holds) ? hostcheck_seen ((self), (id)) : hostcheck_find ((self), (id), __VA_ARGS__))

/* A finding of R8 unless the text is UTF-8, or NULL where that is allowed. */
bool hostcheck_text (Hostcheck *self, const char *what, const char *text, bool may_be_null);

size_t hostcheck_count (Hostcheck *self, HostcheckState state);

/* The report, written anew. */
void hostcheck_write (Hostcheck *self);

/* The page as JSON; what does not fit is left out. */
void hostcheck_draw (Hostcheck *self, char *text, size_t size);

/* probes.c --------------------------------------------------------------------------------------
 */

/* What can be asked of a host at once, on [main]. */
void hostcheck_probe_extensions (Hostcheck *self);
void hostcheck_probe_environment (Hostcheck *self);
void hostcheck_probe_addresses (Hostcheck *self);

/* From eight threads, and while [main] is in a call. */
void hostcheck_probe_threads (Hostcheck *self);
void hostcheck_probe_reader (Hostcheck *self, const prosoft_reader_t *reader);

/* At the end: have the host's tables stayed? */
void hostcheck_probe_tables (Hostcheck *self);

/* hostcheck.c ------------------------------------------------------------------------------------
 */

/* Around each function of the plug-in: thread, order and re-entrancy. FALSE: do nothing. */
bool hostcheck_enter (Hostcheck *self, const char *function, const char **before);
void hostcheck_leave (Hostcheck *self, const char *before);
void hostcheck_ask_callback (Hostcheck *self);
Hostcheck *hostcheck_self (const prosoft_plugin_t *plugin);
prosoft_result_t hostcheck_refuse (prosoft_error_t *error, prosoft_result_t code, const char *why);

/* work.c, visits.c
 * ----------------------------------------------------------------------------------------- */

extern const prosoft_plugin_operations_t hostcheck_operations_table;
extern const prosoft_plugin_project_t hostcheck_project_table;
extern const prosoft_plugin_pages_t hostcheck_pages_table;
extern const prosoft_plugin_session_gate_t hostcheck_gate_table;
extern const prosoft_plugin_environment_t hostcheck_environment_table;

/* Starts an operation that is not completed before `due_us`. */
prosoft_result_t hostcheck_begin (Hostcheck *self, bool is_check, int64_t due_us, prosoft_op_t *op);

/* Completes what is due, or all of it. */
void hostcheck_complete (Hostcheck *self, bool all);
