/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/jws-sign.h"
#include "api/ttcloud/key-set.h"
#include "api/ttcloud/statement.h"

G_BEGIN_DECLS

/* TTcloud's signing side for tests: a root, a key set with one key, and statements by request. */
typedef struct
{
  TtecommSigningKey *root; /* (owned): kid "root-1" */
  TtecommSigningKey *key;  /* (owned): kid "2026a" */
  TtecommTrust *trust;     /* (owned): the sandbox's, with @root */
  char *keys_jws;          /* (owned) */
  TtecommKeySet *keys;     /* (owned): @keys_jws, verified */
} TtecommFakeSigner;

TtecommFakeSigner *ttecomm_fake_signer_new (void);
void ttecomm_fake_signer_free (TtecommFakeSigner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommFakeSigner, ttecomm_fake_signer_free)

/* A key set of that ver, in which @key signs from @nbf to @exp. */
char *ttecomm_fake_signer_make_keys (const TtecommFakeSigner *self,
                                     gint64 ver,
                                     const TtecommSigningKey *key,
                                     gint64 nbf,
                                     gint64 exp);

/* What a statement says. Bad ones are made from its JSON.*/
typedef struct
{
  const char *installation;
  const char *account;
  const char *nonce;
  gint64 ver;
  gint64 iat;
  gint64 exp;
  gint64 until_ts;
  gboolean flag;
  gboolean renew;
  const char *state;
  const char *role;
  gboolean si_access;
  gboolean connected;
  const char *min_prosoft;
  gint64 next;
} TtecommFakeStatement;

/* All fine: active, renewed, ends 100 days after @iat, exp as late as it may be. */
TtecommFakeStatement ttecomm_fake_statement (const char *installation, gint64 iat);

/* Its claims as JSON. */
char *ttecomm_fake_statement_to_json (const TtecommFakeStatement *statement);

/* The compact JWS. */
char *ttecomm_fake_signer_sign (const TtecommFakeSigner *self,
                                const TtecommFakeStatement *statement);
char *ttecomm_fake_signer_sign_json (const TtecommFakeSigner *self, const char *json);

/* The account and the nonce that ttecomm_fake_statement() fills in. */
#define TTECOMM_FAKE_ACCOUNT "acct-1"
#define TTECOMM_FAKE_NONCE "AAECAwQFBgcICQoLDA0ODw"

G_END_DECLS
