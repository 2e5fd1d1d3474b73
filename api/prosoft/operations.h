/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_OPERATIONS_H
#define PROSOFT_OPERATIONS_H

#include "host.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_OPERATIONS "prosoft.operations/1"

/*
 * Work that takes longer than a call (R10). A start call (pages->invoke, session_gate->check) returns
 * PROSOFT_OK and an op, or an error and no op. Each op ends with exactly one completion, on [main],
 * never inside the call that started it: `decided` for a gate check, `completed` for all others, also
 * when it was cancelled or the plug-in destroyed.
 */
typedef struct prosoft_completion
{
  uint32_t struct_size;    /* of the writer (R3) */
  prosoft_result_t result; /* PROSOFT_OK, PROSOFT_E_CANCELLED or what went wrong */
  prosoft_op_t op;
  const char *message; /* for the person, in the host's language; may be NULL */
  const char *details; /* English, for support; may be NULL */
} prosoft_completion_t;

#define PROSOFT_COMPLETION_SIZE_V1 (16 + 2 * sizeof (void *))

/* Plug-in half. */
typedef struct prosoft_plugin_operations
{
  /* A request: the op still ends with its one completion, and may have succeeded. Idempotent.
   * An op that is unknown or over: PROSOFT_E_INVALID.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *cancel) (const prosoft_plugin_t *plugin, prosoft_op_t op);
} prosoft_plugin_operations_t;

/* Host half. A host must have it. */
typedef struct prosoft_host_operations
{
  /* How far `op` is, 0 to 1, or -1 when that is not known; `text` (may be NULL) is for the person.
   * [main, non-blocking] */
  void (PROSOFT_ABI *progress) (const prosoft_host_t *host, prosoft_op_t op, double fraction,
                                const char *text);

  /* `completion` is borrowed for the call.
   * [main, non-blocking] */
  void (PROSOFT_ABI *completed) (const prosoft_host_t *host, const prosoft_completion_t *completion);
} prosoft_host_operations_t;

#ifdef __cplusplus
}
#endif

#endif
