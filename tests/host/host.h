/* SPDX-License-Identifier: MIT */
/*
 * A host for PROSOFT plug-ins in plain C: one module, one instance, a main loop of its own. It has
 * every extension of api/prosoft, and reports what it sees of broken rules (checks.h).
 *
 *   HostOptions options = { .data_dir = ..., .cache_dir = ... };
 *   Host *host = host_new (&options);
 *   host_load (host, "/path/to/module.so", &error) && host_start (host, NULL, &error);
 *   host_open_project (host, "villa.nbt", &error);
 *   host_open_page (host, "subscriptions", &view, &error);
 *   host_run_until (host, page_is_there, host, 5000);
 *   host_stop (host);
 *   host_free (host);
 *
 * All functions belong to the thread that called host_new(): the plug-in's [main]. Numbers, results
 * and lifetimes are those of the headers; a host function that is called while the plug-in is on
 * the stack returns PROSOFT_E_BUSY (R6).
 */
#pragma once

#include <stdio.h>

#include "tests/host/checks.h"
#include "tests/host/loop.h"
#include "tests/host/timing.h"

typedef struct Host Host;

/* --- a safe place for secrets ----------------------------------------------------------------- */

/* What a load or a store waits for. */
typedef struct HostSafeAnswer HostSafeAnswer;

/*
 * Where prosoft.secrets/1 keeps its values, when that is not the folder of HostOptions. Keys are
 * UTF-8 of 1 to 64 bytes, values have 1 to PROSOFT_SECRET_MAX_SIZE; both are borrowed for the call.
 *
 * Each load and store is answered exactly once, on [main], inside the call or whenever later: the
 * plug-in is told from the loop. A safe that outlives the host still gives its answers; they go
 * nowhere then, and release what the host held for them.
 */
typedef struct HostSafe
{
  void *data; /* the first argument of each; it lives until host_stop() has returned */

  /* Answered by host_safe_loaded(). */
  void (*load) (void *data, const char *key, HostSafeAnswer *answer);

  /* Answered by host_safe_stored(). */
  void (
      *store) (void *data, const char *key, const void *bytes, size_t size, HostSafeAnswer *answer);

  /* PROSOFT_OK when the key is gone, was never there, or will be erased. */
  prosoft_result_t (*erase) (void *data, const char *key);
} HostSafe;

/*
 * PROSOFT_OK with the bytes, borrowed for the call; PROSOFT_E_NOT_FOUND; or why it failed. Both
 * return whether the plug-in that asked will be told: not when it was stopped, even if another
 * instance runs by now, nor when the host is freed. An answer that was given before, is of the
 * wrong kind or comes on another thread changes nothing, and is a finding against the host.
 */
bool
host_safe_loaded (HostSafeAnswer *answer, prosoft_result_t result, const void *bytes, size_t size);
bool host_safe_stored (HostSafeAnswer *answer, prosoft_result_t result);

/* --- the host --------------------------------------------------------------------------------- */

/* Borrowed for host_new() only, but for the log. NULL or 0 where nothing else is said. */
typedef struct HostOptions
{
  FILE *log_file;                       /* (owned): host_free() closes it; NULL: stderr */
  prosoft_log_severity_t log_threshold; /* lines below it are not written */
  const char *version;                  /* of PROSOFT; NULL: "5.1.2.0" */
  const char *const *browser;           /* argv, NULL-terminated; the address is appended */
  const HostSafe *safe;                 /* (copied) NULL: `secrets_dir` */
  const char *secrets_dir;              /* a folder that is a safe; without one, no secrets */
  const char *save_dir;                 /* NULL: saving is cancelled by the person */
  const char *const *missing;           /* ids of extensions to leave out, NULL-terminated */
  bool sandbox;                         /* "ttcloud-trust" declares the sandbox */
  bool short_reads;                     /* a project's reader gives at most 509 bytes a call */
  bool has_main_context;                /* GLib's default one is the host's own: not looked at */
} HostOptions;

Host *host_new (const HostOptions *options);

/* Stops what is not stopped, unloads, frees. */
void host_free (Host *host);

/* --- the module ------------------------------------------------------------------------------ */

/* Opens the module, compares the ABI before calling anything, calls entry->init(). */
prosoft_result_t host_load (Host *host, const char *path, prosoft_error_t *error);

/* How many plug-ins the loaded module has, and what they are. */
uint32_t host_count_plugins (Host *host);
const prosoft_plugin_descriptor_t *host_describe_plugin (Host *host, uint32_t index);

/* Makes the plug-in `id` (NULL: the first) and calls its init(). */
prosoft_result_t host_start (Host *host, const char *id, prosoft_error_t *error);

/* Closes project and views, destroys the instance, looks for operations without a completion. */
void host_stop (Host *host);

/* entry->deinit() and dlclose(); the instance must be stopped. */
void host_unload (Host *host);

bool host_is_running (const Host *host);

/* The table `id` of the running plug-in, or NULL; for what this library has no function for. */
const void *host_get_plugin_extension (Host *host, const char *id);

/* The host's half, as a plug-in sees it. */
const prosoft_host_t *host_get_table (Host *host);

/* --- the loop -------------------------------------------------------------------------------- */

HostLoop *host_get_loop (Host *host);

/* Iterates until `predicate` holds; returns whether it did within `timeout_ms`. */
bool host_run_until (Host *host, HostPredicate predicate, void *data, int timeout_ms);

/* Iterates for a while, for what must not come. */
void host_run_for (Host *host, int ms);

/* --- values ---------------------------------------------------------------------------------- */

/* Sets a value of the environment (NULL removes it) and tells a running plug-in. */
prosoft_result_t host_set_environment (Host *host, const char *key, const char *value);
const char *host_get_environment (Host *host, const char *key);

/* --- the project ----------------------------------------------------------------------------- */

prosoft_result_t host_open_project (Host *host, const char *path, prosoft_error_t *error);

/* The file was saved again: opens it anew and hands the new reader over. */
prosoft_result_t host_change_project (Host *host, prosoft_error_t *error);
void host_close_project (Host *host);

/* --- pages ----------------------------------------------------------------------------------- */

typedef struct HostView
{
  prosoft_view_t id;
  char *page_id;     /* (owned) */
  char *page;        /* (owned) (nullable) what render() wrote last, NUL-terminated */
  size_t page_size;  /* without the NUL */
  int64_t revision;  /* of `page`; -1 before the first */
  int64_t announced; /* the largest that changed() said; -1 before the first */
} HostView;

uint32_t host_count_pages (Host *host);
const prosoft_page_info_t *host_get_page_info (Host *host, uint32_t index);
prosoft_result_t
host_open_page (Host *host, const char *page_id, prosoft_view_t *view, prosoft_error_t *error);
void host_close_page (Host *host, prosoft_view_t view);
prosoft_result_t host_activate_page (Host *host, prosoft_view_t view);

/* Renders when something newer was announced, or nothing is there yet. */
prosoft_result_t host_refresh_view (Host *host, prosoft_view_t view);

/* NULL when it is not open. Borrowed until it is closed; `page` until the next refresh. */
const HostView *host_get_view (Host *host, prosoft_view_t view);

/* How often rescan() was called. */
unsigned host_get_rescans (const Host *host);

/* --- operations ------------------------------------------------------------------------------ */

typedef struct HostButton
{
  char *id, *label, *target; /* (owned) (nullable) */
  prosoft_gate_button_kind_t kind;
} HostButton;

/* A copy of a gate's decision, with the session that it let in. */
typedef struct HostDecision
{
  int32_t allowed;
  prosoft_gate_outcome_t outcome;
  int64_t valid_until;
  char *code, *cause, *was, *message, *details, *page_id; /* (owned) (nullable) */
  HostButton *buttons;                                    /* (owned) */
  uint32_t n_buttons;
  prosoft_session_t session;
} HostDecision;

typedef struct HostOperation
{
  prosoft_op_t id;
  bool is_check; /* of the gate, else an action of a page */
  bool done;
  prosoft_result_t result;
  char *message, *details; /* (owned) (nullable) */
  double fraction;         /* -1: not known */
  char *progress_text;     /* (owned) (nullable) */
  HostDecision *decision;  /* (owned) (nullable) of a check that is done */
} HostOperation;

prosoft_result_t host_invoke (Host *host,
                              prosoft_view_t view,
                              const char *action_id,
                              const char *inputs_json,
                              prosoft_op_t *op,
                              prosoft_error_t *error);
prosoft_result_t host_cancel (Host *host, prosoft_op_t op);

/* `installation_id` NULL: the open project. */
prosoft_result_t host_check_session (Host *host,
                                     const char *installation_id,
                                     const char *site_name,
                                     int32_t timeout_ms,
                                     prosoft_op_t *op);
prosoft_result_t host_end_session (Host *host, prosoft_session_t session);

/* NULL for an op that was never started. Borrowed until host_free(). */
const HostOperation *host_get_operation (Host *host, prosoft_op_t op);
size_t host_count_open_operations (const Host *host);

/* Whether a person may open the session: only a done check with `allowed == 1` (session-gate.h). */
bool host_operation_admits (const HostOperation *operation);

/* --- what the plug-in said ------------------------------------------------------------------- */

/* What attention() said last for a page; NULL when nothing. */
const char *host_get_attention (Host *host, const char *page_id);
/* info, warning or urgent; NULL when nothing was said. */
const char *host_get_attention_severity (Host *host, const char *page_id);

/* The last notice() and event(): NULL before the first. Borrowed until the next one. */
const HostDecision *host_get_notice (Host *host, prosoft_session_t *session);
const char *host_get_event_text (Host *host, prosoft_gate_event_kind_t *kind);
/* How many of each there were: whoever keeps the number sees that there is a new one. */
unsigned host_count_notices (const Host *host);
unsigned host_count_events (const Host *host);

/* The person follows a link of the page: PROSOFT_E_INVALID when a browser may not be given it. */
prosoft_result_t host_follow_link (Host *host, const char *uri);

/* Addresses that were opened, in order; NULL behind the last. */
const char *host_get_opened_uri (const Host *host, size_t index);

/* How many browser commands have not ended yet. */
size_t host_count_browsers (Host *host);

/* Whether a browser may be given `uri`; if not, `reason` (static) says why. */
bool host_uri_allowed (const char *uri, bool sandbox, const char **reason);

HostFindings *host_get_findings (Host *host);
const HostTiming *host_get_timing (const Host *host);

/* Writes a line of the host's own into its log. [any] */
void host_log (Host *host, prosoft_log_severity_t severity, const char *format, ...)
    HOST_PRINTF (3, 4);
