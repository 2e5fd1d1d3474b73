/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/trust.h"

#include <openssl/rand.h>
#include <string.h>

#include "api/ttcloud/jws-sign.h"
#include "api/ttcloud/key-set.h"
#include "base/civil-date.h"
#include "tests/sandbox/http.h"
#include "tests/sandbox/secrets.h"

#define ROOT_KID "sandbox-root"
#define SIGNER_KID "2026a"
#define UNKNOWN_KID "2099z"
#define STATEMENT_TYP "tt-service-flag+jwt"
/* 2100-01-01: later than any day a world can reach (SANDBOX_CLOCK_LAST_DAY). */
#define SIGNER_EXPIRES G_GINT64_CONSTANT (4102444800)
#define DAY_SECONDS (24 * 60 * 60)

struct _SandboxTrust
{
  TtecommSigningKey *root;    /* (owned) */
  TtecommSigningKey *signer;  /* (owned) */
  TtecommSigningKey *unknown; /* (owned) */
  char *root_seed;            /* (owned): base64 */
  char *signer_seed;          /* (owned): base64 */
  char *key_set;              /* (owned) */
};

static char *
stored_seed (SandboxDatabase *db, const char *kid)
{
  guint8 seed[TTECOMM_ED25519_KEY_SIZE];
  char *stored = sandbox_database_text (db, "SELECT seed FROM keys WHERE name = ?", "s", kid);

  if (stored != NULL)
    return stored;
  if (RAND_bytes (seed, sizeof seed) != 1)
    g_error ("no random numbers from OpenSSL");
  return g_base64_encode (seed, sizeof seed);
}

static TtecommSigningKey *
key_from_seed (const char *kid, const char *text, GError **error)
{
  gsize length = 0;
  g_autofree guint8 *seed = g_base64_decode (text, &length);

  if (length == TTECOMM_ED25519_KEY_SIZE)
    return ttecomm_signing_key_new_from_seed (kid, seed, error);
  g_set_error (error, SANDBOX_DATABASE_ERROR, 0, "the stored key %s is damaged", kid);
  return NULL;
}

static char *
make_key_set (SandboxTrust *self, gint64 now, GError **error)
{
  JsonBuilder *builder = sandbox_json_new ();
  g_autofree char *x = ttecomm_signing_key_dup_x (self->signer);
  g_autofree char *payload = NULL;

  sandbox_json_int (builder, "ver", 1);
  json_builder_begin_array (json_builder_set_member_name (builder, "keys"));
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "kid", SIGNER_KID);
  sandbox_json_string (builder, "x", x);
  sandbox_json_int (builder, "nbf", now - DAY_SECONDS);
  sandbox_json_int (builder, "exp", SIGNER_EXPIRES);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  payload = sandbox_json_finish (builder);
  return ttecomm_jws_sign (self->root, TTECOMM_KEY_SET_TYP, payload, -1, error);
}

SandboxTrust *
sandbox_trust_open (SandboxDatabase *db, gint64 now, GError **error)
{
  g_autoptr (SandboxTrust) self = g_new0 (SandboxTrust, 1);

  self->root_seed = stored_seed (db, ROOT_KID);
  self->signer_seed = stored_seed (db, SIGNER_KID);
  self->root = key_from_seed (ROOT_KID, self->root_seed, error);
  if (self->root == NULL)
    return NULL;
  self->signer = key_from_seed (SIGNER_KID, self->signer_seed, error);
  if (self->signer == NULL)
    return NULL;
  self->unknown = ttecomm_signing_key_generate (UNKNOWN_KID, error);
  if (self->unknown == NULL)
    return NULL;
  self->key_set = make_key_set (self, now, error);
  if (self->key_set == NULL)
    return NULL;
  sandbox_trust_store (self, db);
  return g_steal_pointer (&self);
}

void
sandbox_trust_free (SandboxTrust *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->root, ttecomm_signing_key_free);
  g_clear_pointer (&self->signer, ttecomm_signing_key_free);
  g_clear_pointer (&self->unknown, ttecomm_signing_key_free);
  g_free (self->root_seed);
  g_free (self->signer_seed);
  g_free (self->key_set);
  g_free (self);
}

void
sandbox_trust_store (SandboxTrust *self, SandboxDatabase *db)
{
  const char *sql = "INSERT OR IGNORE INTO keys (name, seed) VALUES (?, ?)";

  sandbox_database_run (db, sql, "ss", ROOT_KID, self->root_seed);
  sandbox_database_run (db, sql, "ss", SIGNER_KID, self->signer_seed);
}

char *
sandbox_trust_to_json (SandboxTrust *self)
{
  JsonBuilder *builder = sandbox_json_new ();
  g_autofree char *x = ttecomm_signing_key_dup_x (self->root);

  sandbox_json_string (builder, "env", "sandbox");
  json_builder_begin_array (json_builder_set_member_name (builder, "keys"));
  json_builder_begin_object (builder);
  sandbox_json_string (builder, "kty", "OKP");
  sandbox_json_string (builder, "crv", "Ed25519");
  sandbox_json_string (builder, "kid", ROOT_KID);
  sandbox_json_string (builder, "x", x);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  return sandbox_json_finish (builder);
}

const char *
sandbox_trust_key_set (SandboxTrust *self)
{
  return self->key_set;
}

char *
sandbox_trust_sign (SandboxTrust *self, const char *payload, GError **error)
{
  return ttecomm_jws_sign (self->signer, STATEMENT_TYP, payload, -1, error);
}

char *
sandbox_trust_sign_unknown (SandboxTrust *self, const char *payload, GError **error)
{
  return ttecomm_jws_sign (self->unknown, STATEMENT_TYP, payload, -1, error);
}

/* RFC 7515, A.5. */
char *
sandbox_trust_sign_none (const char *payload)
{
  const char *header
      = "{\"alg\":\"none\",\"typ\":\"" STATEMENT_TYP "\",\"kid\":\"" SIGNER_KID "\"}";
  g_autofree char *first = sandbox_base64url ((const guint8 *)header, strlen (header));
  g_autofree char *second = sandbox_base64url ((const guint8 *)payload, strlen (payload));

  return g_strconcat (first, ".", second, ".", NULL);
}
