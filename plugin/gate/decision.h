/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/statement.h"

G_BEGIN_DECLS

/*
 * May this remote session start? The decision table of gate.md, section 5, as one pure function
 * (S24, S25, C26): no I/O, no clock, no lock, no allocation. Page, log, host and tests read its
 * result; nothing else looks at a state or a flag. Thread: any.
 */

/* The numbers are the host's (session-gate/1). */
typedef enum
{
  TTECOMM_GATE_ALLOW = 1, /* opens silently */
  TTECOMM_GATE_NOTE = 2,  /* opens and shows one line */
  TTECOMM_GATE_WAIT = 3,  /* not opened, and nothing is wrong with the subscription */
  TTECOMM_GATE_DENY = 4,  /* not opened, for a verified reason */
} TtecommGateOutcome;

/* In the order of the table; the comment is the row. */
typedef enum
{
  TTECOMM_GATE_CODE_NONE,
  TTECOMM_GATE_CODE_CANCELLED,                /* 0 */
  TTECOMM_GATE_CODE_NEVER_CONNECTED,          /* 0a, said before this function is asked */
  TTECOMM_GATE_CODE_LOCKED,                   /* 0b, likewise */
  TTECOMM_GATE_CODE_SIGN_IN,                  /* 1 */
  TTECOMM_GATE_CODE_PROSOFT_OLD,              /* A1 */
  TTECOMM_GATE_CODE_NOT_LINKED,               /* A2 */
  TTECOMM_GATE_CODE_ROLE,                     /* A3 */
  TTECOMM_GATE_CODE_ROLE_UNKNOWN,             /* A4 */
  TTECOMM_GATE_CODE_ACCESS_DISABLED_BY_OWNER, /* A5 */
  TTECOMM_GATE_CODE_SUSPENDED,                /* A6 */
  TTECOMM_GATE_CODE_NOT_ACTIVATED,            /* A7 */
  TTECOMM_GATE_CODE_PAYMENT,                  /* A8 */
  TTECOMM_GATE_CODE_ENDED,                    /* A9 */
  TTECOMM_GATE_CODE_ENDED_CHECK,              /* A10 */
  TTECOMM_GATE_CODE_FLAG_OFF,                 /* A11 */
  TTECOMM_GATE_CODE_NOT_CONNECTED,            /* A12 */
  TTECOMM_GATE_CODE_PAYMENT_SOON,             /* A13 */
  TTECOMM_GATE_CODE_ENDS_SOON,                /* A14 */
  TTECOMM_GATE_CODE_CLOCK,                    /* A15 */
  TTECOMM_GATE_CODE_OK,                       /* A16 */
  TTECOMM_GATE_CODE_FLAG_UNKNOWN,             /* C1 */
  TTECOMM_GATE_CODE_CLOCK_UNREADABLE,         /* C2 */
  TTECOMM_GATE_CODE_CLOCK_BACK,               /* C3 */
  TTECOMM_GATE_CODE_UNKNOWN_WAS_NO,           /* C4 */
  TTECOMM_GATE_CODE_GRACE_OVER,               /* C5 */
  TTECOMM_GATE_CODE_RENEWAL_UNCONFIRMED,      /* C6 */
  TTECOMM_GATE_CODE_ENDED_UNCONFIRMED,        /* C7 */
  TTECOMM_GATE_CODE_STALE,                    /* C8 */
  TTECOMM_GATE_CODE_RECENT,                   /* C9 */
} TtecommGateCode;
#define TTECOMM_GATE_N_CODES (TTECOMM_GATE_CODE_RECENT + 1)

/* Why there is no usable answer: the B rows. A cause never changes an outcome, only the words. */
typedef enum
{
  TTECOMM_GATE_CAUSE_NONE,
  TTECOMM_GATE_CAUSE_REPLY_ALTERED, /* B1 */
  TTECOMM_GATE_CAUSE_KEYS,          /* B2 */
  TTECOMM_GATE_CAUSE_REPLAY,        /* B3 */
  TTECOMM_GATE_CAUSE_WRONG_SITE,    /* B4 */
  TTECOMM_GATE_CAUSE_PORTAL,        /* B5 */
  TTECOMM_GATE_CAUSE_SIGN_IN,       /* B6: 401 */
  TTECOMM_GATE_CAUSE_REFUSED,       /* B6: 403, 404 */
  TTECOMM_GATE_CAUSE_PROXY_LOGIN,   /* B6: 407 */
  TTECOMM_GATE_CAUSE_BUSY,          /* B6: 429, 5xx */
  TTECOMM_GATE_CAUSE_TLS_CLOCK,     /* B7 */
  TTECOMM_GATE_CAUSE_TLS_TRUST,     /* B8 */
  TTECOMM_GATE_CAUSE_OFFLINE,       /* B9: DNS failure, refused, unreachable */
  TTECOMM_GATE_CAUSE_BLOCKED,       /* B9: 0.0.0.0 or an unexpected loopback */
  TTECOMM_GATE_CAUSE_SLOW,          /* B9: timeout */
} TtecommGateCause;
#define TTECOMM_GATE_N_CAUSES (TTECOMM_GATE_CAUSE_SLOW + 1)

/* The rules' words ("ALLOW", "unknown_was_no", "tls_trust"); %NULL for the NONE of code and cause.
 */
const char *ttecomm_gate_outcome_to_string (TtecommGateOutcome outcome);
const char *ttecomm_gate_code_to_string (TtecommGateCode code);
const char *ttecomm_gate_cause_to_string (TtecommGateCause cause);
/* %FALSE for any other word; %NULL is NONE. */
gboolean ttecomm_gate_cause_from_string (const char *word, TtecommGateCause *cause);

/* An answer younger than this counts as the answer to this question. */
#define TTECOMM_GATE_ANSWER_MAX_AGE 300

/* What the gate reads of a statement. Times are Unix seconds, server time. */
typedef struct
{
  gint64 iat;
  gint64 exp;
  gint64 until_ts; /* first second it is over */
  gboolean flag;
  gboolean renew;
  TtecommServiceState state;
  TtecommStatementRole role;
  gboolean si_access;
  gboolean connected;
  const char *min_prosoft; /* borrowed */
} TtecommGateFacts;

/**
 * TtecommGateInputs:
 *
 * All that the decision depends on. Everything is borrowed.
 */
typedef struct
{
  gboolean cancelled;
  gboolean signed_in;  /* an account is held; a refused token refresh is cause SIGN_IN, not this */
  const char *prosoft; /* (nullable): the host's version; unreadable counts as oldest */

  /* now, by this PC */
  gboolean has_wall;
  gint64 wall;
  const char *boot_id; /* (nullable) */
  gint64 boottime;     /* seconds; negative when unknown */

  /* verified online, with our nonce */
  const TtecommGateFacts *answer; /* (nullable) */
  gint64 answer_age;              /* seconds since it was received */

  TtecommGateCause cause;

  /* verified from disk */
  const TtecommGateFacts *cache; /* (nullable) */
  const char *cache_boot_id;     /* (nullable) */
  gint64 cache_boottime;         /* at receipt; negative when unknown */
  gint64 high_water;             /* the latest server time known to have passed */
} TtecommGateInputs;

/**
 * TtecommGateDecision:
 * @cause: why there is no usable answer; NONE in rows 0, 1 and A
 * @was: in row C4 the code of the last verified answer, else NONE
 * @time: the trusted time the decision rests on; 0 in the rows that need none
 */
typedef struct
{
  TtecommGateOutcome outcome;
  TtecommGateCode code;
  TtecommGateCause cause;
  TtecommGateCode was;
  gint64 time;
} TtecommGateDecision;

TtecommGateDecision ttecomm_gate_decide (const TtecommGateInputs *inputs);

/* Only ALLOW and NOTE open a session. */
gboolean ttecomm_gate_outcome_opens (TtecommGateOutcome outcome);

/* The "RS" part of a statement, borrowed from it. */
void ttecomm_gate_facts_from_statement (TtecommGateFacts *facts, const TtecommStatement *statement);

G_END_DECLS
