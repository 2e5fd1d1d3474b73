/* SPDX-License-Identifier: MIT */
/*
 * A plug-in that does everything right in the smallest way, and the places where a specimen does
 * one thing wrong. Each module links specimen.c and one specimen-NAME.c with its `specimen_hooks`.
 *
 * Page "specimen", actions: "work" completes from on_main_thread(), "hang" only when it is
 * cancelled or the plug-in destroyed, "forbidden" is refused, "browse", "keep" and "save" use the
 * host's open-uri, secrets and files. The gate lets the installation "good" in and nothing else; a
 * check of "slow" waits for a cancel.
 */
#pragma once

#include <pthread.h>
#include <stdbool.h>

#include "api/prosoft/prosoft.h"

#define SPECIMEN_PAGE "specimen"
#define SPECIMEN_MAX_OPS 64

typedef struct SpecimenOp
{
  prosoft_op_t id;
  bool is_check;
  bool hangs;
  bool admits;
  prosoft_result_t result;
} SpecimenOp;

typedef struct Specimen
{
  prosoft_plugin_t plugin; /* plugin_data: this */
  const prosoft_host_t *host;
  const prosoft_host_log_t *log;
  const prosoft_host_operations_t *operations;
  const prosoft_host_pages_t *pages;
  const prosoft_host_session_gate_t *gate;
  const prosoft_host_environment_t *environment;
  const prosoft_host_open_uri_t *open_uri;
  const prosoft_host_attention_t *attention; /* may be NULL, as the next two */
  const prosoft_host_files_t *files;
  const prosoft_host_secrets_t *secrets;
  pthread_t worker;
  bool has_worker;
  SpecimenOp ops[SPECIMEN_MAX_OPS]; /* those that are open */
  int n_ops;
  prosoft_op_t last_op;
  prosoft_session_t last_session;
  prosoft_view_t view; /* 0: none */
  int64_t revision;
  char note[256];                 /* shown on the page */
  const prosoft_reader_t *reader; /* NULL: no project */
  const prosoft_reader_t *former; /* the last one that was closed */
} Specimen;

typedef struct SpecimenHooks
{
  void (*enter) (void);
  void (*leave) (void);
  bool no_factory;
  const char *refuse_create; /* the reason */
  const char *refuse_init;
  void (*create) (Specimen *self);
  void (*init) (Specimen *self);
  void (*worker) (Specimen *self); /* on the worker thread */
  void (*main_thread) (Specimen *self);
  void (*destroy) (Specimen *self); /* before the open operations are completed */
  /* Instead of starting an op; both may call specimen_begin(). */
  prosoft_result_t (*invoke) (Specimen *self, const prosoft_page_call_t *call, prosoft_op_t *op);
  prosoft_result_t (*check) (Specimen *self, prosoft_op_t *op);
  void (*decision) (prosoft_gate_decision_t *decision, prosoft_session_t *session);
  const char *page; /* what render() writes */
  void (*write_page) (Specimen *self, char *page, size_t size, long long revision);
  void (*activated) (Specimen *self);
  int64_t render_revision; /* 0: the right one */
  bool keep_ops;           /* destroy() completes nothing */
} SpecimenHooks;

extern const SpecimenHooks specimen_hooks;

/* Another page: the next revision, announced. */
void specimen_show (Specimen *self, const char *note);

/* Starts an op that completes from on_main_thread(). */
prosoft_op_t specimen_begin (Specimen *self, bool is_check, bool hangs, bool admits);
void specimen_complete (Specimen *self, prosoft_op_t op, prosoft_result_t result);
void specimen_decide (Specimen *self, prosoft_op_t op, bool admits, prosoft_result_t result);
