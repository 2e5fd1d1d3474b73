/* SPDX-License-Identifier: MIT */
#ifndef PROSOFT_SESSION_GATE_H
#define PROSOFT_SESSION_GATE_H

#include "host.h"
#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define PROSOFT_EXT_SESSION_GATE "prosoft.session-gate/1"

/*
 * May this remote session start (S24, S25)? Asked each time somebody opens one.
 *
 * **Only `allowed == 1` admits.** An error, a time-out, a cancelled check, a missing table: refused.
 *
 * Honest limit: a gate inside the host's own process can be patched out, so TTcloud or the central
 * unit must enforce the service flag as well.
 */

typedef int32_t prosoft_session_kind_t;
#define PROSOFT_SESSION_REMOTE 1 /* a PROSOFT session over the internet (S8) */

typedef struct prosoft_gate_request
{
  uint32_t struct_size; /* of the writer (R3) */
  prosoft_session_kind_t kind;
  const char *installation_id; /* TTcloud's; NULL: the open project */
  const char *site_name;       /* for texts; may be NULL */
} prosoft_gate_request_t;

#define PROSOFT_GATE_REQUEST_SIZE_V1 (8 + 2 * sizeof (void *))

typedef int32_t prosoft_gate_outcome_t;
#define PROSOFT_GATE_ALLOW 1 /* opens silently */
#define PROSOFT_GATE_NOTE 2  /* opens, and one line is shown */
#define PROSOFT_GATE_WAIT 3  /* not opened, and nothing is wrong with the subscription */
#define PROSOFT_GATE_DENY 4  /* not opened, for a verified reason */

typedef int32_t prosoft_gate_button_kind_t;
#define PROSOFT_GATE_BUTTON_ACTION 1 /* target: an action id of page `page_id` */
#define PROSOFT_GATE_BUTTON_URI 2    /* target: a URL for the system browser */
#define PROSOFT_GATE_BUTTON_RETRY 3  /* target: NULL; ask again */
#define PROSOFT_GATE_BUTTON_HOST 4   /* target: "date-settings", "close", "update" or another window of the host */

typedef struct prosoft_gate_button
{
  const char *id;
  const char *label; /* in the host's language */
  const char *target;
  prosoft_gate_button_kind_t kind;
  uint32_t reserved; /* 0 */
} prosoft_gate_button_t;

/* Borrowed for the call. An array of buttons has no struct_size of its own and never grows (R3). */
typedef struct prosoft_gate_decision
{
  uint32_t struct_size; /* of the writer (R3) */
  int32_t allowed;      /* 1: the session may start */
  prosoft_gate_outcome_t outcome;
  uint32_t n_buttons;
  int64_t valid_until; /* Unix s: not after this without asking again; 0 when not allowed */
  const char *code;    /* one word for logs, eg: "ok", "ended"; all of them: plugin/gate/decision.h */
  const char *cause;   /* why TTcloud could not be asked, eg: "offline"; NULL when it was */
  const char *was;     /* code of the last verified answer, for "unknown_was_no"; else NULL */
  const char *message; /* for the person; NULL when there is nothing to say */
  const char *details; /* one English line for support, without secrets */
  const prosoft_gate_button_t *buttons; /* n_buttons of them; NULL when none */
  const char *page_id;                  /* the page that tells more; may be NULL */
} prosoft_gate_decision_t;

#define PROSOFT_GATE_DECISION_SIZE_V1 (24 + 7 * sizeof (void *))

typedef int32_t prosoft_gate_event_kind_t;
#define PROSOFT_GATE_EVENT_CHANGED 1       /* the next check will answer another code */
#define PROSOFT_GATE_EVENT_ENDS_SOON 2     /* `days` are left and renewal is off */
#define PROSOFT_GATE_EVENT_ENDED 3         /* verified */
#define PROSOFT_GATE_EVENT_STALE 4         /* TTcloud could not be reached for `days` */
#define PROSOFT_GATE_EVENT_FRESH 5         /* it can again */
#define PROSOFT_GATE_EVENT_CLOCK_SUSPECT 6 /* the PC's clock is off */

/* Edge-triggered. Borrowed for the call. */
typedef struct prosoft_gate_event
{
  uint32_t struct_size; /* of the writer (R3) */
  prosoft_gate_event_kind_t kind;
  int32_t days;
  uint32_t reserved;        /* 0 */
  const char *installation; /* TTcloud's id */
  const char *code;         /* as in a decision; may be NULL */
  const char *cause;        /* as in a decision; may be NULL */
  const char *text;         /* for the person */
} prosoft_gate_event_t;

#define PROSOFT_GATE_EVENT_SIZE_V1 (16 + 4 * sizeof (void *))

/* Plug-in half. Works with no project open, or another one. */
typedef struct prosoft_plugin_session_gate
{
  /* Starts a check; its one completion is `decided`, also after cancel and destroy.
   * `timeout_ms` 0: the plug-in's budgets (2.5 s with a usable last answer, else 8 s); else the
   * smaller of both. Negative, unknown kind, NULL request: PROSOFT_E_INVALID. No installation id and
   * no open project: PROSOFT_E_NOT_FOUND.
   * [main, non-blocking] */
  prosoft_result_t (PROSOFT_ABI *check) (const prosoft_plugin_t *plugin,
                                         const prosoft_gate_request_t *request, int32_t timeout_ms,
                                         prosoft_op_t *op);

  /* The session is over; no further notice about it arrives.
   * [main, non-blocking] */
  void (PROSOFT_ABI *session_ended) (const prosoft_plugin_t *plugin, prosoft_session_t session);
} prosoft_plugin_session_gate_t;

/* Host half. A host that opens sessions must have it. */
typedef struct prosoft_host_session_gate
{
  /* The completion of check(). `session` is not 0 exactly when `decision->allowed == 1`.
   * [main, non-blocking] */
  void (PROSOFT_ABI *decided) (const prosoft_host_t *host, prosoft_op_t op,
                               const prosoft_gate_decision_t *decision, prosoft_session_t session);

  /* What was learnt while `session` runs: tell the person. The host need not end the session.
   * [main, non-blocking] */
  void (PROSOFT_ABI *notice) (const prosoft_host_t *host, prosoft_session_t session,
                              const prosoft_gate_decision_t *decision);

  /* [main, non-blocking] */
  void (PROSOFT_ABI *event) (const prosoft_host_t *host, const prosoft_gate_event_t *event);
} prosoft_host_session_gate_t;

#ifdef __cplusplus
}
#endif

#endif
