/* SPDX-License-Identifier: MIT */
#include "tests/support/fake-signer.h"

/* Long enough for every date a test uses. */
#define FOREVER G_GINT64_CONSTANT (32503679999)

static TtecommSigningKey *
make_key (const char *kid, guint8 seed_byte)
{
  g_autoptr (GError) error = NULL;
  guint8 seed[TTECOMM_ED25519_KEY_SIZE];
  TtecommSigningKey *key;

  memset (seed, seed_byte, sizeof seed);
  key = ttecomm_signing_key_new_from_seed (kid, seed, &error);
  g_assert_no_error (error);
  return key;
}

char *
ttecomm_fake_signer_make_keys (const TtecommFakeSigner *self,
                               gint64 ver,
                               const TtecommSigningKey *key,
                               gint64 nbf,
                               gint64 exp)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *x = ttecomm_signing_key_dup_x (key);
  g_autofree char *json
      = g_strdup_printf ("{\"ver\":%" G_GINT64_FORMAT
                         ",\"keys\":[{\"kid\":\"%s\",\"x\":\"%s\",\"nbf\":%" G_GINT64_FORMAT
                         ",\"exp\":%" G_GINT64_FORMAT "}]}",
                         ver, ttecomm_signing_key_get_kid (key), x, nbf, exp);
  char *jws = ttecomm_jws_sign (self->root, TTECOMM_KEY_SET_TYP, json, -1, &error);

  g_assert_no_error (error);
  return jws;
}

TtecommFakeSigner *
ttecomm_fake_signer_new (void)
{
  TtecommFakeSigner *self = g_new0 (TtecommFakeSigner, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *x = NULL;
  g_autofree char *trust = NULL;

  self->root = make_key ("root-1", 1);
  self->key = make_key ("2026a", 2);
  x = ttecomm_signing_key_dup_x (self->root);
  trust = g_strdup_printf ("{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                           "\"kid\":\"root-1\",\"x\":\"%s\"}]}",
                           x);
  self->trust = ttecomm_trust_new_from_json (trust, strlen (trust), &error);
  g_assert_no_error (error);
  self->keys_jws = ttecomm_fake_signer_make_keys (self, 3, self->key, 0, FOREVER);
  self->keys
      = ttecomm_key_set_verify (self->keys_jws, strlen (self->keys_jws), self->trust, 0, &error);
  g_assert_no_error (error);
  return self;
}

void
ttecomm_fake_signer_free (TtecommFakeSigner *self)
{
  ttecomm_signing_key_free (self->root);
  ttecomm_signing_key_free (self->key);
  ttecomm_trust_unref (self->trust);
  ttecomm_key_set_unref (self->keys);
  g_free (self->keys_jws);
  g_free (self);
}

TtecommFakeStatement
ttecomm_fake_statement (const char *installation, gint64 iat)
{
  return (TtecommFakeStatement){
    .installation = installation,
    .account = TTECOMM_FAKE_ACCOUNT,
    .nonce = TTECOMM_FAKE_NONCE,
    .ver = 12,
    .iat = iat,
    .exp = iat + TTECOMM_STATEMENT_MAX_LIFE,
    .until_ts = iat + 100 * 86400,
    .flag = TRUE,
    .renew = TRUE,
    .state = "active",
    .role = "si",
    .si_access = TRUE,
    .connected = TRUE,
    .min_prosoft = "3.7.3",
    .next = 3600,
  };
}

char *
ttecomm_fake_statement_to_json (const TtecommFakeStatement *s)
{
  return g_strdup_printf (
      "{\"iss\":\"ttcloud\",\"aud\":\"prosoft-remote\",\"env\":\"sandbox\",\"sub\":\"%s\","
      "\"acct\":\"%s\",\"ver\":%" G_GINT64_FORMAT ",\"iat\":%" G_GINT64_FORMAT
      ",\"exp\":%" G_GINT64_FORMAT ",\"nonce\":\"%s\",\"svc\":{\"RS\":{\"flag\":%s,"
      "\"until\":\"2027-03-31\",\"until_ts\":%" G_GINT64_FORMAT
      ",\"renew\":%s,\"state\":\"%s\"}},\"who\":{\"role\":\"%s\",\"si_access\":%s},"
      "\"cloud\":{\"connected\":%s,\"seen\":%" G_GINT64_FORMAT
      "},\"min_prosoft\":\"%s\",\"next\":%" G_GINT64_FORMAT ",\"payer\":\"Mara\"}",
      s->installation, s->account, s->ver, s->iat, s->exp, s->nonce, s->flag ? "true" : "false",
      s->until_ts, s->renew ? "true" : "false", s->state, s->role, s->si_access ? "true" : "false",
      s->connected ? "true" : "false", s->iat - 5, s->min_prosoft, s->next);
}

char *
ttecomm_fake_signer_sign_json (const TtecommFakeSigner *self, const char *json)
{
  g_autoptr (GError) error = NULL;
  char *jws = ttecomm_jws_sign (self->key, TTECOMM_STATEMENT_TYP, json, -1, &error);

  g_assert_no_error (error);
  return jws;
}

char *
ttecomm_fake_signer_sign (const TtecommFakeSigner *self, const TtecommFakeStatement *statement)
{
  g_autofree char *json = ttecomm_fake_statement_to_json (statement);

  return ttecomm_fake_signer_sign_json (self, json);
}
