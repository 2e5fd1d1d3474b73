/* SPDX-License-Identifier: MIT */
/* What the two halves of the specimen share. */
#pragma once

#include <pthread.h>

#include "api/prosoft/prosoft.h"
#include "tests/check/specimens/bad.h"

#define MAX_OPS 256
#define MAX_VIEWS 8

typedef struct Op
{
  prosoft_op_t id; /* 0: free */
  int is_check;
  int cancelled;
} Op;

typedef struct Plugin
{
  prosoft_plugin_t plugin; /* plugin_data: this */
  const prosoft_host_t *host;
  prosoft_host_t copy; /* for R7_COPY */
  const prosoft_host_log_t *log;
  const prosoft_host_operations_t *operations;
  const prosoft_host_pages_t *pages;
  const prosoft_host_session_gate_t *gate;
  int running;
  prosoft_view_t views[MAX_VIEWS];
  int64_t revision;
  Op ops[MAX_OPS];
  prosoft_op_t last_op;
  char *project; /* (owned) */
  const char *lent;
  const prosoft_reader_t *reader;
  pthread_t thread;
} Plugin;

extern const prosoft_plugin_pages_t specimen_pages;
extern const prosoft_plugin_project_t specimen_project;

Plugin *specimen_self (const prosoft_plugin_t *plugin);
prosoft_result_t specimen_refuse (prosoft_error_t *error, prosoft_result_t code, const char *why);

/* Whether a struct of the host's is long enough. */
int specimen_fits (uint32_t size, size_t least);

/* Starts an operation, which ends in the next on_main_thread(). */
prosoft_result_t specimen_begin (Plugin *self, int is_check, prosoft_op_t *op);
void specimen_end (Plugin *self, const Op *op, prosoft_result_t result);
