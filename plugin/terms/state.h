/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a subscription is, and what is said of it. Rules 4b, S34, S83. */
typedef enum
{
  TTECOMM_STATE_NONE,
  TTECOMM_STATE_REQUESTED,
  TTECOMM_STATE_REJECTED,
  TTECOMM_STATE_SCHEDULED,
  TTECOMM_STATE_ACTIVE,
  TTECOMM_STATE_ENDING,   /* renewal is off: served until the end (S28) */
  TTECOMM_STATE_PAST_DUE, /* the charge failed: still served until the end (S69) */
  TTECOMM_STATE_EXPIRED,
} TtecommState;

/* "none", "requested", ..., as in the cloud contract. Static. */
const char *ttecomm_state_name (TtecommState state);
gboolean ttecomm_state_from_name (const char *name, TtecommState *out) G_GNUC_WARN_UNUSED_RESULT;

/* What a state follows from. */
typedef struct
{
  gboolean requested; /* waits for the vendor's approval */
  gboolean rejected;
  GDate start;         /* invalid: never bought */
  GDate end;           /* invalid: no end */
  gboolean auto_renew; /* meaningful where the terms renew by themselves */
  gboolean failed;     /* the charge for the next term failed and has not been made since */
} TtecommStateFacts;

/* Rule 4a-15. */
TtecommState ttecomm_state_of (const TtecommStateFacts *facts, const GDate *today);

/**
 * ttecomm_state_label:
 * @end: (nullable): the end date; needed by active, ending, past_due and expired
 *
 * The handbook's words, in English, dates dd/mm/yyyy; the page translates them. Rule 4a-16 (S34,
 * C14: the end, not the day of the charge). Without an end the words stand without a date.
 *
 * Returns: (transfer full)
 */
char *ttecomm_state_label (TtecommState state, const GDate *end) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
