/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/statement-private.h"

#include "api/ttcloud/jws.h"
#include "base/json.h"

G_DEFINE_QUARK (ttecomm - statement - error - quark, ttecomm_statement_error)

static void
statement_clear (gpointer data)
{
  TtecommStatement *self = data;

  g_free (self->jws);
  g_free (self->kid);
  g_free (self->installation);
  g_free (self->account);
  g_free (self->min_prosoft);
  g_free (self->payer);
  g_array_unref (self->services);
  g_hash_table_unref (self->ids);
}

static TtecommStatement *
statement_new (const char *text, gsize length, const char *kid)
{
  TtecommStatement *self = g_atomic_rc_box_new0 (TtecommStatement);

  self->jws = g_strndup (text, length);
  self->kid = g_strdup (kid);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->services = g_array_new (FALSE, TRUE, sizeof (TtecommServiceFlag));
  return self;
}

static TtecommStatementError
code_of_jws_error (const GError *error)
{
  if (g_error_matches (error, TTECOMM_JWS_ERROR, TTECOMM_JWS_ERROR_SIZE))
    return TTECOMM_STATEMENT_ERROR_SIZE;
  if (g_error_matches (error, TTECOMM_JWS_ERROR, TTECOMM_JWS_ERROR_FORMAT))
    return TTECOMM_STATEMENT_ERROR_FORMAT;
  if (g_error_matches (error, TTECOMM_JWS_ERROR, TTECOMM_JWS_ERROR_HEADER))
    return TTECOMM_STATEMENT_ERROR_HEADER;
  return TTECOMM_STATEMENT_ERROR_SIGNATURE;
}

/* Takes @inner, an error of the JWS layer. */
static void
propagate_jws (GError **error, GError *inner)
{
  g_set_error (error, TTECOMM_STATEMENT_ERROR, (gint)code_of_jws_error (inner), "Statement: %s",
               inner->message);
  g_error_free (inner);
}

/* The payload and the key that signed it. */
static GBytes *
verify_signature (TtecommJws *jws, const TtecommKeySet *keys, TtecommSigner *signer, GError **error)
{
  GError *inner = NULL;
  GBytes *payload;

  if (!ttecomm_key_set_lookup (keys, ttecomm_jws_get_kid (jws), signer))
    {
      g_set_error (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN,
                   "Statement: the key %s is not in the key set", ttecomm_jws_get_kid (jws));
      return NULL;
    }
  payload = ttecomm_jws_verify (jws, signer->key, &inner);
  if (payload == NULL)
    propagate_jws (error, inner);
  return payload;
}

static JsonObject *
parse_payload (GBytes *payload, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (payload, &length);
  JsonObject *claims
      = ttecomm_json_parse_object (text, length, TTECOMM_STATEMENT_MAX_BYTES, &inner);

  if (claims == NULL)
    g_set_error (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_CONTENT, "%s",
                 inner->message);
  return claims;
}

static gboolean
check_signer (const TtecommSigner *signer, JsonObject *claims, GError **error)
{
  gint64 iat = 0;

  if (!ttecomm_statement_read_iat (claims, &iat, error))
    return FALSE;
  if (iat >= signer->nbf && iat <= signer->exp)
    return TRUE;
  g_set_error (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_KEY_EXPIRED,
               "the key %s does not sign at that time", signer->kid);
  return FALSE;
}

static gboolean
check_ver (const TtecommStatement *self, const TtecommStatementExpected *expected, GError **error)
{
  if (expected->nonce != NULL || self->ver >= expected->min_ver)
    return TRUE;
  g_set_error (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_OLD,
               "ver %" G_GINT64_FORMAT " is older than %" G_GINT64_FORMAT, self->ver,
               expected->min_ver);
  return FALSE;
}

/* Which question the statement answers, when there were several. */
static gboolean
find_expected (JsonObject *claims,
               TtecommStatementFind find,
               gpointer user_data,
               TtecommStatementExpected *expected,
               GError **error)
{
  const char *sub = NULL;

  if (find == NULL)
    return TRUE;
  if (!ttecomm_statement_read_sub (claims, &sub, error))
    return FALSE;
  if (find (sub, expected, user_data))
    return TRUE;
  g_set_error_literal (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_SUBJECT,
                       "sub is not among those still waited for");
  return FALSE;
}

/* @expected: @find (nullable) completes it */
static TtecommStatement *
verify (const char *text,
        gsize length,
        TtecommStatementExpected expected,
        TtecommStatementFind find,
        gpointer user_data,
        GError **error)
{
  g_autoptr (TtecommStatement) self = NULL;
  g_autoptr (TtecommJws) jws = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (JsonObject) claims = NULL;
  TtecommSigner signer = { 0 };
  GError *inner = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (expected.keys != NULL && expected.account != NULL, NULL);

  jws = ttecomm_jws_parse (text, length, TTECOMM_STATEMENT_TYP, TTECOMM_STATEMENT_MAX_BYTES,
                           &inner);
  if (jws == NULL)
    {
      propagate_jws (error, inner);
      return NULL;
    }
  payload = verify_signature (jws, expected.keys, &signer, error);
  if (payload == NULL)
    return NULL;
  self = statement_new (text, length, ttecomm_jws_get_kid (jws));
  claims = parse_payload (payload, &inner);
  if (claims != NULL && check_signer (&signer, claims, &inner)
      && find_expected (claims, find, user_data, &expected, &inner)
      && ttecomm_statement_check_claims (claims, &expected, &inner)
      && ttecomm_statement_read_claims (self, claims, &inner)
      && check_ver (self, &expected, &inner))
    return g_steal_pointer (&self);
  g_propagate_prefixed_error (error, inner, "Statement: ");
  return NULL;
}

TtecommStatement *
ttecomm_statement_verify (const char *text,
                          gsize length,
                          const TtecommStatementExpected *expected,
                          GError **error)
{
  g_return_val_if_fail (expected != NULL && expected->installation != NULL, NULL);

  return verify (text, length, *expected, NULL, NULL, error);
}

TtecommStatement *
ttecomm_statement_verify_one_of (const char *text,
                                 gsize length,
                                 const TtecommKeySet *keys,
                                 const char *account,
                                 TtecommStatementFind find,
                                 gpointer user_data,
                                 GError **error)
{
  TtecommStatementExpected expected = { .keys = keys, .account = account };

  g_return_val_if_fail (find != NULL, NULL);

  return verify (text, length, expected, find, user_data, error);
}

TtecommStatement *
ttecomm_statement_ref (TtecommStatement *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
ttecomm_statement_unref (TtecommStatement *self)
{
  g_atomic_rc_box_release_full (self, statement_clear);
}

const char *
ttecomm_statement_get_jws (const TtecommStatement *self)
{
  return self->jws;
}

const char *
ttecomm_statement_get_kid (const TtecommStatement *self)
{
  return self->kid;
}

const char *
ttecomm_statement_get_installation (const TtecommStatement *self)
{
  return self->installation;
}

const char *
ttecomm_statement_get_account (const TtecommStatement *self)
{
  return self->account;
}

gint64
ttecomm_statement_get_ver (const TtecommStatement *self)
{
  return self->ver;
}

gint64
ttecomm_statement_get_iat (const TtecommStatement *self)
{
  return self->iat;
}

gint64
ttecomm_statement_get_exp (const TtecommStatement *self)
{
  return self->exp;
}

const TtecommServiceFlag *
ttecomm_statement_get_service (const TtecommStatement *self, const char *id)
{
  for (guint i = 0; i < self->services->len; i++)
    {
      const TtecommServiceFlag *flag = &g_array_index (self->services, TtecommServiceFlag, i);

      if (g_str_equal (flag->id, id))
        return flag;
    }
  return NULL;
}

guint
ttecomm_statement_get_n_services (const TtecommStatement *self)
{
  return self->services->len;
}

const TtecommServiceFlag *
ttecomm_statement_get_nth_service (const TtecommStatement *self, guint n)
{
  g_return_val_if_fail (n < self->services->len, NULL);

  return &g_array_index (self->services, TtecommServiceFlag, n);
}

TtecommStatementRole
ttecomm_statement_get_role (const TtecommStatement *self)
{
  return self->role;
}

gboolean
ttecomm_statement_get_si_access (const TtecommStatement *self)
{
  return self->si_access;
}

gboolean
ttecomm_statement_get_connected (const TtecommStatement *self)
{
  return self->connected;
}

gint64
ttecomm_statement_get_seen (const TtecommStatement *self)
{
  return self->seen;
}

const char *
ttecomm_statement_get_min_prosoft (const TtecommStatement *self)
{
  return self->min_prosoft;
}

gint64
ttecomm_statement_get_next (const TtecommStatement *self)
{
  return self->next;
}

const char *
ttecomm_statement_get_payer (const TtecommStatement *self)
{
  return self->payer;
}
