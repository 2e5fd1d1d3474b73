/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/enums.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TtecommProblemName:
 *
 * The NAME in `urn:ttecomm:problem:NAME`, as in openapi.yaml, each with the one HTTP status that it
 * goes with.
 */
typedef enum
{
  TTECOMM_PROBLEM_NOT_SIGNED_IN,
  TTECOMM_PROBLEM_ROLE,
  TTECOMM_PROBLEM_NOT_FOUND,
  TTECOMM_PROBLEM_INVALID,
  TTECOMM_PROBLEM_NOT_CONNECTED,
  TTECOMM_PROBLEM_PROSOFT_TOO_OLD,
  TTECOMM_PROBLEM_ACCOUNT_INCOMPLETE,
  TTECOMM_PROBLEM_CARD_NOT_VERIFIED,
  TTECOMM_PROBLEM_ALREADY_SUBSCRIBED,
  TTECOMM_PROBLEM_QUOTE_CHANGED,
  TTECOMM_PROBLEM_QUOTE_EXPIRED,
  TTECOMM_PROBLEM_IDEMPOTENCY_CONFLICT,
  TTECOMM_PROBLEM_CONFLICT,
  TTECOMM_PROBLEM_TOO_MANY,
} TtecommProblemName;

/* The NAME ("quote_changed"). */
const char *ttecomm_problem_name_to_string (TtecommProblemName name);

/**
 * TtecommProblem:
 *
 * An RFC 9457 answer. Immutable once made; the strings are the server's English, for the log and
 * for details, never the sentence that a person reads first.
 */
typedef struct
{
  TtecommProblemName name;
  guint status;
  char *title;              /* (owned) */
  char *detail;             /* (owned) (nullable) */
  TtecommBlockers blockers; /* may be none */
} TtecommProblem;

/**
 * ttecomm_problem_from_json:
 * @status: the HTTP status of the answer
 *
 * Fails with a TTECOMM_JSON_ERROR for a member of a wrong type, a type that is not in the list, or
 * a status that contradicts the answer's or the name's: a page of a proxy is not TTcloud's word.
 */
TtecommProblem *ttecomm_problem_from_json (JsonObject *object,
                                           guint status,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommProblem *ttecomm_problem_copy (const TtecommProblem *self);
void ttecomm_problem_free (TtecommProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommProblem, ttecomm_problem_free)

G_END_DECLS
