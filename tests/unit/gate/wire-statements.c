/* SPDX-License-Identifier: MIT */
#include "tests/unit/gate/wire-statements.h"

#include "base/base64url.h"

#include <string.h>

#define YEAR (365 * 24 * 3600)

char *
wire_statement_good (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  return ttecomm_fake_signer_sign (signer, statement);
}

/* Signs the good claims with @find replaced. */
static char *
sign_changed (const TtecommFakeSigner *signer,
              const TtecommFakeStatement *statement,
              const char *find,
              const char *replace)
{
  g_autofree char *json = ttecomm_fake_statement_to_json (statement);
  g_autoptr (GString) changed = g_string_new (json);

  g_assert_cmpuint (g_string_replace (changed, find, replace, 1), ==, 1);
  return ttecomm_fake_signer_sign_json (signer, changed->str);
}

static char *
with_header (const char *header, const char *jws)
{
  g_autofree char *encoded = ttecomm_base64url_encode ((const guint8 *)header, strlen (header));

  return g_strconcat (encoded, strchr (jws, '.'), NULL);
}

char *
wire_statement_bad_signature (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  char *jws = wire_statement_good (signer, statement);
  char *signature = strrchr (jws, '.') + 1;

  signature[10] = signature[10] == 'A' ? 'B' : 'A';
  return jws;
}

/* The claims say something else than what was signed. */
char *
wire_statement_bad_claims (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  g_autofree char *jws = wire_statement_good (signer, statement);
  g_autofree char *json = NULL;
  g_autofree char *claims = NULL;
  g_auto (GStrv) parts = g_strsplit (jws, ".", 3);

  statement->until_ts += YEAR;
  json = ttecomm_fake_statement_to_json (statement);
  claims = ttecomm_base64url_encode ((const guint8 *)json, strlen (json));
  return g_strjoin (".", parts[0], claims, parts[2], NULL);
}

char *
wire_statement_alg_none (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  g_autofree char *jws = wire_statement_good (signer, statement);
  char *unsigned_jws
      = with_header ("{\"alg\":\"none\",\"typ\":\"tt-service-flag+jwt\",\"kid\":\"2026a\"}", jws);

  strrchr (unsigned_jws, '.')[1] = '\0';
  return unsigned_jws;
}

char *
wire_statement_crit_header (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  g_autofree char *jws = wire_statement_good (signer, statement);

  return with_header ("{\"alg\":\"EdDSA\",\"typ\":\"tt-service-flag+jwt\",\"kid\":\"2026a\","
                      "\"crit\":[\"x\"]}",
                      jws);
}

char *
wire_statement_other_typ (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  g_autofree char *jws = wire_statement_good (signer, statement);

  return with_header ("{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"2026a\"}", jws);
}

char *
wire_statement_over_long (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  g_autofree char *name = g_strnfill (8 * 1024, 'x');
  g_autofree char *payer = g_strdup_printf ("\"payer\":\"%s\"", name);

  return sign_changed (signer, statement, "\"payer\":\"Mara\"", payer);
}

char *
wire_statement_cut_statement (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  char *jws = wire_statement_good (signer, statement);

  jws[strlen (jws) / 2] = '\0';
  return jws;
}

char *
wire_statement_duplicate_claims (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  return sign_changed (signer, statement, "\"payer\":\"Mara\"",
                       "\"payer\":\"Mara\",\"iss\":\"ttcloud\"");
}

char *
wire_statement_long_exp (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  statement->exp++;
  return wire_statement_good (signer, statement);
}

char *
wire_statement_unknown_kid (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  g_autofree char *jws = wire_statement_good (signer, statement);

  return with_header ("{\"alg\":\"EdDSA\",\"typ\":\"tt-service-flag+jwt\",\"kid\":\"2099z\"}", jws);
}

char *
wire_statement_wrong_nonce (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  statement->nonce = TTECOMM_FAKE_NONCE;
  return wire_statement_good (signer, statement);
}

char *
wire_statement_no_nonce (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  g_autofree char *member = g_strdup_printf ("\"nonce\":\"%s\",", statement->nonce);

  return sign_changed (signer, statement, member, "");
}

char *
wire_statement_wrong_site (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  statement->installation = "TT-9999";
  return wire_statement_good (signer, statement);
}

char *
wire_statement_wrong_account (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  statement->account = "acct-9";
  return wire_statement_good (signer, statement);
}

char *
wire_statement_wrong_env (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  return sign_changed (signer, statement, "\"env\":\"sandbox\"", "\"env\":\"prod\"");
}

char *
wire_statement_wrong_audience (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  return sign_changed (signer, statement, "prosoft-remote", "atmos-remote");
}

char *
wire_statement_wrong_issuer (const TtecommFakeSigner *signer, TtecommFakeStatement *statement)
{
  return sign_changed (signer, statement, "\"iss\":\"ttcloud\"", "\"iss\":\"ttclown\"");
}
