/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/key-set.h"

G_BEGIN_DECLS

/*
 * TTcloud's signed answer about one installation and one account (gate.md, section 2; S24, S25).
 * A TtecommStatement exists only verified; it is immutable and reference counted. Thread: any.
 */

#define TTECOMM_STATEMENT_TYP "tt-service-flag+jwt"
#define TTECOMM_STATEMENT_MAX_BYTES 8192
#define TTECOMM_STATEMENT_ISS "ttcloud"
#define TTECOMM_STATEMENT_AUD "prosoft-remote"

/* exp may be this much later than iat. */
#define TTECOMM_STATEMENT_MAX_LIFE (72 * 3600)

/* The service that remote sessions need. */
#define TTECOMM_STATEMENT_REMOTE_SERVICES "RS"

#define TTECOMM_STATEMENT_ERROR (ttecomm_statement_error_quark ())
GQuark ttecomm_statement_error_quark (void);

/**
 * TtecommStatementError:
 * @TTECOMM_STATEMENT_ERROR_SIZE: more than 8 KiB
 * @TTECOMM_STATEMENT_ERROR_FORMAT: no canonical compact JWS, or cut short
 * @TTECOMM_STATEMENT_ERROR_HEADER: another alg or typ, or another member than alg, typ and kid
 * @TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN: the key set has no such kid: fetch it once
 * @TTECOMM_STATEMENT_ERROR_SIGNATURE: not signed by the key it names
 * @TTECOMM_STATEMENT_ERROR_KEY_EXPIRED: iat lies outside the key's nbf and exp
 * @TTECOMM_STATEMENT_ERROR_CONTENT: signed, but not the JSON it must be (a member missing, twice,
 * ...)
 * @TTECOMM_STATEMENT_ERROR_ISSUER: another iss
 * @TTECOMM_STATEMENT_ERROR_AUDIENCE: another aud
 * @TTECOMM_STATEMENT_ERROR_ENVIRONMENT: another env than the keys'
 * @TTECOMM_STATEMENT_ERROR_SUBJECT: about another installation
 * @TTECOMM_STATEMENT_ERROR_ACCOUNT: for another account
 * @TTECOMM_STATEMENT_ERROR_NONCE: not the answer to our question
 * @TTECOMM_STATEMENT_ERROR_RANGE: a value that cannot be, exp later than iat + 72 h included
 * @TTECOMM_STATEMENT_ERROR_OLD: a lower ver than one seen before, and no nonce to excuse it
 */
typedef enum
{
  TTECOMM_STATEMENT_ERROR_SIZE,
  TTECOMM_STATEMENT_ERROR_FORMAT,
  TTECOMM_STATEMENT_ERROR_HEADER,
  TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN,
  TTECOMM_STATEMENT_ERROR_SIGNATURE,
  TTECOMM_STATEMENT_ERROR_KEY_EXPIRED,
  TTECOMM_STATEMENT_ERROR_CONTENT,
  TTECOMM_STATEMENT_ERROR_ISSUER,
  TTECOMM_STATEMENT_ERROR_AUDIENCE,
  TTECOMM_STATEMENT_ERROR_ENVIRONMENT,
  TTECOMM_STATEMENT_ERROR_SUBJECT,
  TTECOMM_STATEMENT_ERROR_ACCOUNT,
  TTECOMM_STATEMENT_ERROR_NONCE,
  TTECOMM_STATEMENT_ERROR_RANGE,
  TTECOMM_STATEMENT_ERROR_OLD,
} TtecommStatementError;

typedef enum
{
  TTECOMM_SERVICE_STATE_ACTIVE,
  TTECOMM_SERVICE_STATE_PAYMENT_FAILED,
  TTECOMM_SERVICE_STATE_NOT_ACTIVATED,
  TTECOMM_SERVICE_STATE_ENDED,
  TTECOMM_SERVICE_STATE_SUSPENDED,
  TTECOMM_SERVICE_STATE_NOT_LINKED,
} TtecommServiceState;

typedef enum
{
  TTECOMM_STATEMENT_ROLE_SI,
  TTECOMM_STATEMENT_ROLE_OWNER,
  TTECOMM_STATEMENT_ROLE_USER,
  TTECOMM_STATEMENT_ROLE_UNKNOWN,
} TtecommStatementRole;

/* The words of the contract, and back: %FALSE for any other word. */
const char *ttecomm_service_state_to_string (TtecommServiceState state);
gboolean ttecomm_service_state_from_string (const char *word, TtecommServiceState *state);
const char *ttecomm_statement_role_to_string (TtecommStatementRole role);
gboolean ttecomm_statement_role_from_string (const char *word, TtecommStatementRole *role);

/**
 * TtecommServiceFlag:
 * @id: "RS", "VC", "ATMOS", ...
 * @until: the last day, for people; not valid (g_date_valid()) when there was never one
 * @until_ts: the first second at which it is over, by the server; 0 when there was never one
 *
 * A service that was never bought, is paused or not linked may come without the two `until`s.
 */
typedef struct
{
  const char *id;
  gboolean flag;
  gboolean renew;
  TtecommServiceState state;
  GDate until;
  gint64 until_ts;
} TtecommServiceFlag;

/**
 * TtecommStatementExpected:
 * @keys: the key set; its environment must be the statement's
 * @nonce: (nullable): what we asked with; %NULL for a statement from the cache
 * @min_ver: the highest ver seen for this installation, or 0; with a nonce a lower one is accepted,
 *   since a backup may have been restored at the server
 */
typedef struct
{
  const TtecommKeySet *keys;
  const char *installation;
  const char *account;
  const char *nonce;
  gint64 min_ver;
} TtecommStatementExpected;

typedef struct _TtecommStatement TtecommStatement;

/**
 * ttecomm_statement_verify:
 * @text: (array length=length): the compact JWS, need not be NUL-terminated
 *
 * Verifies in this order: size, header, kid, signature, the key's time, iss, aud, env, sub, acct,
 * nonce, ranges, ver.
 *
 * Returns: (transfer full): the statement, or %NULL with %TTECOMM_STATEMENT_ERROR
 */
TtecommStatement *ttecomm_statement_verify (const char *text,
                                            gsize length,
                                            const TtecommStatementExpected *expected,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * TtecommStatementFind:
 * @installation: whom a statement says it is about; its signature has been verified
 * @expected: its installation, nonce (never %NULL) and min_ver are to be filled in
 *
 * Returns: %FALSE when nothing was asked about it, or it has been answered
 */
typedef gboolean (*TtecommStatementFind) (const char *installation,
                                          TtecommStatementExpected *expected,
                                          gpointer user_data);

/**
 * ttecomm_statement_verify_one_of:
 * @find: (scope call)
 *
 * As ttecomm_statement_verify(), for an answer among many that come in any order: what it says of
 * its installation tells which question it answers. One that answers none is
 * %TTECOMM_STATEMENT_ERROR_SUBJECT.
 *
 * Returns: (transfer full): the statement, or %NULL with %TTECOMM_STATEMENT_ERROR
 */
TtecommStatement *ttecomm_statement_verify_one_of (const char *text,
                                                   gsize length,
                                                   const TtecommKeySet *keys,
                                                   const char *account,
                                                   TtecommStatementFind find,
                                                   gpointer user_data,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
TtecommStatement *ttecomm_statement_ref (TtecommStatement *self);
void ttecomm_statement_unref (TtecommStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommStatement, ttecomm_statement_unref)

/* The compact JWS it was read from, to be kept in the cache; never to be logged. */
const char *ttecomm_statement_get_jws (const TtecommStatement *self);
const char *ttecomm_statement_get_kid (const TtecommStatement *self);
const char *ttecomm_statement_get_installation (const TtecommStatement *self);
const char *ttecomm_statement_get_account (const TtecommStatement *self);
gint64 ttecomm_statement_get_ver (const TtecommStatement *self);

/* Server time of the answer, and the last second it may be used without asking again. */
gint64 ttecomm_statement_get_iat (const TtecommStatement *self);
gint64 ttecomm_statement_get_exp (const TtecommStatement *self);

/* (nullable): the flag of one service, borrowed; "RS" is always there */
const TtecommServiceFlag *ttecomm_statement_get_service (const TtecommStatement *self,
                                                         const char *id);
guint ttecomm_statement_get_n_services (const TtecommStatement *self);
const TtecommServiceFlag *ttecomm_statement_get_nth_service (const TtecommStatement *self, guint n);

TtecommStatementRole ttecomm_statement_get_role (const TtecommStatement *self);
gboolean ttecomm_statement_get_si_access (const TtecommStatement *self);
gboolean ttecomm_statement_get_connected (const TtecommStatement *self);

/* When the installation was last connected, Unix seconds; 0 when not known. */
gint64 ttecomm_statement_get_seen (const TtecommStatement *self);
const char *ttecomm_statement_get_min_prosoft (const TtecommStatement *self);

/* Seconds until the next poll is welcome. */
gint64 ttecomm_statement_get_next (const TtecommStatement *self);

/* (nullable): the payer's display name */
const char *ttecomm_statement_get_payer (const TtecommStatement *self);

G_END_DECLS
