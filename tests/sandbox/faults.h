/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/http.h"

G_BEGIN_DECLS

/*
 * What can go wrong between a client and TTcloud, by name (the server-side B rows of gate.md).
 * README.md beside this file lists the names. Faults strike API requests only, by path prefix, in
 * the order in which they were set; they live in memory and not in the world's database.
 */
typedef enum
{
  SANDBOX_FAULT_NONE,
  /* instead of handling the request */
  SANDBOX_FAULT_REFUSE_503,
  SANDBOX_FAULT_BUSY_429,
  SANDBOX_FAULT_UNAUTHORIZED_401,
  SANDBOX_FAULT_FORBIDDEN_403,
  SANDBOX_FAULT_NOT_FOUND_404,
  SANDBOX_FAULT_PROXY_407,
  SANDBOX_FAULT_HTML_200,
  SANDBOX_FAULT_REDIRECT_FOREIGN,
  SANDBOX_FAULT_STALL,
  SANDBOX_FAULT_RESET,
  /* before handling it */
  SANDBOX_FAULT_SLOW,
  /* after it was handled: the answer is spoilt, the work is done */
  SANDBOX_FAULT_RESET_AFTER,
  SANDBOX_FAULT_DRIP,
  SANDBOX_FAULT_CUT_BODY,
  SANDBOX_FAULT_HUGE_BODY,
  SANDBOX_FAULT_BAD_JSON,
  SANDBOX_FAULT_DUPLICATE_MEMBERS,
  /* inside the signed statement */
  SANDBOX_FAULT_BAD_SIGNATURE,
  SANDBOX_FAULT_UNKNOWN_KID,
  SANDBOX_FAULT_NO_NONCE,
  SANDBOX_FAULT_WRONG_NONCE,
  SANDBOX_FAULT_WRONG_SITE,
  SANDBOX_FAULT_WRONG_ENV,
  SANDBOX_FAULT_ALG_NONE,
  SANDBOX_FAULT_LONG_EXP,
} SandboxFaultKind;

typedef struct
{
  SandboxFaultKind kind;
  char *path;         /* (owned): a prefix */
  gint64 times;       /* how often it still strikes; -1: until it is removed */
  gint64 ms;          /* slow: the wait; drip: between two bytes */
  gint64 retry_after; /* busy-429, refuse-503: seconds; -1: no such header */
  gint64 bytes;       /* huge-body */
} SandboxFault;

typedef enum
{
  SANDBOX_FAULT_BEFORE,
  SANDBOX_FAULT_AFTER,
  SANDBOX_FAULT_STATEMENT,
} SandboxFaultPhase;

void sandbox_fault_free (SandboxFault *fault);

/* Takes one strike from the first fault of this phase whose path fits; kind NONE when there is
 * none. The copy has no path. */
SandboxFault sandbox_faults_take (SandboxWorld *world, SandboxFaultPhase phase, const char *path);

/* Members "faults" and "names". */
void sandbox_faults_to_json (SandboxWorld *world, JsonBuilder *builder);
/* Handlers: GET, POST, DELETE /sandbox/faults. */
void sandbox_faults_list (SandboxExchange *exchange);
void sandbox_faults_add (SandboxExchange *exchange);
void sandbox_faults_clear (SandboxExchange *exchange);

G_END_DECLS
