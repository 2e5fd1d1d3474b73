/* SPDX-License-Identifier: MIT */
/*
 * What a host can see of the rules, and who broke them. A finding is counted, kept and logged as
 * PLUGIN_MISBEHAVING or HOST_MISBEHAVING. Any thread.
 */
#pragma once

#include <stddef.h>

#include "tests/host/util.h"

typedef enum
{
  HOST_CHECK_THREAD,       /* R4: a [main] function from another thread */
  HOST_CHECK_IN_CREATE,    /* factory/1: create() called the host */
  HOST_CHECK_REENTRANCY,   /* R6: the host called while a plug-in function was on the stack */
  HOST_CHECK_TEXT,         /* R8: NULL or not UTF-8 where text must be; a line feed in a log line */
  HOST_CHECK_STRUCT,       /* R3: a struct below its V1 size, or a count without its array */
  HOST_CHECK_RESULT,       /* R9: a code and what came with it disagree */
  HOST_CHECK_OP_NUMBER,    /* R10: OK without an op, an op with an error, or a number used again */
  HOST_CHECK_OP_INSIDE,    /* R10: completed inside the call that started it */
  HOST_CHECK_OP_TWICE,     /* R10: completed more than once */
  HOST_CHECK_OP_UNKNOWN,   /* R10: completion or progress of what was never started */
  HOST_CHECK_OP_KIND,      /* R10: `decided` for an action, `completed` for a check */
  HOST_CHECK_OP_MISSING,   /* R10: destroy() returned, and an operation is still open */
  HOST_CHECK_LATE_CALL,    /* R11: the host was called after destroy() */
  HOST_CHECK_THREADS,      /* a thread before init() */
  HOST_CHECK_LOCALE,       /* R13, like the next five */
  HOST_CHECK_FOLDER,       /* the current folder */
  HOST_CHECK_VARIABLES,    /* environment variables */
  HOST_CHECK_SIGNALS,      /* what a signal does; on Windows, what an error does */
  HOST_CHECK_FLOATING,     /* rounding or the exception mask */
  HOST_CHECK_MAIN_CONTEXT, /* GLib's default main context is in use */
  HOST_CHECK_VIEW,         /* pages/1: changed() for a view that is not open */
  HOST_CHECK_REVISION,     /* pages/1: a revision that went back */
  HOST_CHECK_PAGE,         /* pages/1: what render() wrote is not a page */
  HOST_CHECK_DECISION,     /* session-gate/1: allowed, outcome and session disagree */
  HOST_CHECK_URI,          /* open-uri/1: an address that no browser may be given */
  HOST_CHECK_ANSWER,       /* secrets/1, files/1: an argument or answer out of bounds */
  HOST_N_CHECKS
} HostCheck;

typedef struct HostFinding
{
  HostCheck check;
  bool by_host; /* the host broke it, not the plug-in */
  char *text;   /* (owned) what happened */
} HostFinding;

typedef struct HostFindings HostFindings;

/* Called once for each finding, on the thread that it was found on. */
typedef void (*HostFindingFunc) (void *data, const HostFinding *finding);

HostFindings *host_findings_new (HostFindingFunc report, void *data);
void host_findings_free (HostFindings *findings);

/* All findings are counted; the text of the first 100 is kept. */
void host_findings_add (HostFindings *findings, HostCheck check, bool by_host, const char *text);
size_t host_findings_count (HostFindings *findings, HostCheck check);
size_t host_findings_total (HostFindings *findings);

/* Finding `index` of those kept; NULL behind the last. Valid until the findings are freed. */
const HostFinding *host_findings_get (HostFindings *findings, size_t index);

/* A word for the check and the rule it belongs to, eg: "op-twice", "R10". */
const char *host_check_name (HostCheck check);
const char *host_check_rule (HostCheck check);
