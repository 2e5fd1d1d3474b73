/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/prosoft/prosoft.h"
#include "tests/bench/series.h"

G_BEGIN_DECLS

/*
 * The least a host can be: it answers, and does nothing else, so that what is measured is the
 * plug-in. Its main thread is the one that made it. One instance of one module.
 */
typedef struct
{
  prosoft_host_t table; /* host_data: this */
  const prosoft_entry_t *entry;
  const prosoft_plugin_t *plugin;
  const prosoft_plugin_environment_t *environment;
  const prosoft_plugin_operations_t *operations;
  const prosoft_plugin_project_t *project;
  const prosoft_plugin_pages_t *pages;
  const prosoft_plugin_session_gate_t *gate;
  const prosoft_plugin_secrets_t *secrets;

  GHashTable
      *values; /* (owned) (element-type utf8 utf8) of the environment; set before the start */

  GMutex lock; /* of wanted */
  GCond woken;
  gboolean wanted; /* request_callback() came */

  /* What came on the main thread. */
  char *load_key; /* (owned) (nullable) a secret that is asked for */
  prosoft_cookie_t load_cookie;
  prosoft_op_t ended; /* the last operation that ended */
  int32_t allowed;    /* of the last decision, as the next two */
  prosoft_session_t session;
  char code[32];
  int64_t revision; /* of the page, as last told or rendered */
  /* What each call of on_main_thread() took, by the wall and by the thread's CPU clock. */
  BenchSeries *calls; /* (unowned) (nullable) */
  BenchSeries *cpu;   /* (unowned) (nullable) */
} BenchHost;

/* Opens the module, which stays open. */
const prosoft_entry_t *bench_host_open_module (const char *path);
/* The module that is measured, build-bench/plugin/ttecomm.so; one that does nothing; and the same
 * one that is linked with the libraries of the first. */
const char *bench_host_module (void);
const char *bench_host_empty_module (void);
const char *bench_host_linked_module (void);

BenchHost *bench_host_new (const prosoft_entry_t *entry);
/* Destroys the instance. */
void bench_host_free (BenchHost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchHost, bench_host_free)

void bench_host_set (BenchHost *self, const char *key, const char *value);

/* Each of the two fails the run when the plug-in refuses. */
void bench_host_create (BenchHost *self);
void bench_host_init (BenchHost *self);
void bench_host_fetch_tables (BenchHost *self);

/* Answers request_callback() until one call has been made; FALSE when none was wanted in time. */
gboolean bench_host_pump (BenchHost *self, guint timeout_ms);
/* The same until nothing was wanted for so long. */
void bench_host_settle (BenchHost *self, guint quiet_ms);
/* Until @op has ended: fails the run when that takes 30 s. */
void bench_host_wait (BenchHost *self, prosoft_op_t op);

/* Gives the kept sign-in that is asked for: account "acct-1", an access token good for years. */
void bench_host_sign_in (BenchHost *self);

/* From the question about @installation to the decision, in nanoseconds. @timeout_ms: 0 for the
 * plug-in's own budgets. */
double bench_host_time_check (BenchHost *self, const char *installation, int32_t timeout_ms);

G_END_DECLS
