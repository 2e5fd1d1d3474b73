/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/key-set.h"
#include "api/ttcloud/trust.h"

#include <json-glib/json-glib.h>

#include "tests/harness/harness.h"
#include "tests/support/fake-signer.h"

#define X_SMALL "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static TtecommKeySet *
verify (TtecommFakeSigner *signer, const char *text, gint64 min_ver, GError **error)
{
  return ttecomm_key_set_verify (text, strlen (text), signer->trust, min_ver, error);
}

static void
test_reads (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = ttecomm_fake_signer_make_keys (signer, 7, signer->key, 100, 200);
  g_autoptr (TtecommKeySet) keys = verify (signer, text, 7, &error);
  TtecommSigner found = { 0 };

  g_assert_no_error (error);
  g_assert_cmpint (ttecomm_key_set_get_ver (keys), ==, 7);
  g_assert_cmpstr (ttecomm_key_set_get_env (keys), ==, "sandbox");
  g_assert_cmpstr (ttecomm_key_set_get_jws (keys), ==, text);
  g_assert_true (ttecomm_key_set_lookup (keys, "2026a", &found));
  g_assert_cmpint (found.nbf, ==, 100);
  g_assert_cmpint (found.exp, ==, 200);
  g_assert_cmpmem (found.key, 32, ttecomm_signing_key_get_public (signer->key), 32);
  g_assert_false (ttecomm_key_set_lookup (keys, "2026", &found));
  g_assert_false (ttecomm_key_set_lookup (keys, "", &found));
}

static void
expect_error (TtecommFakeSigner *signer, const char *text, gint64 min_ver, TtecommKeySetError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommKeySet) keys = verify (signer, text, min_ver, &error);

  g_assert_null (keys);
  g_assert_error (error, TTECOMM_KEY_SET_ERROR, (gint)code);
}

static void
test_refuses_signatures (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (TtecommSigningKey) other_root = ttecomm_signing_key_generate ("root-2", NULL);
  g_autoptr (TtecommSigningKey) false_root = ttecomm_signing_key_generate ("root-1", NULL);
  g_autoptr (TtecommTrust) nobody = ttecomm_trust_new_production ();
  const char *json = "{\"ver\":1,\"keys\":[]}";
  g_autofree char *by_other = ttecomm_jws_sign (other_root, TTECOMM_KEY_SET_TYP, json, -1, NULL);
  g_autofree char *by_false = ttecomm_jws_sign (false_root, TTECOMM_KEY_SET_TYP, json, -1, NULL);
  g_autofree char *other_typ
      = ttecomm_jws_sign (signer->root, TTECOMM_STATEMENT_TYP, json, -1, NULL);
  g_autofree char *by_signer = ttecomm_jws_sign (signer->key, TTECOMM_KEY_SET_TYP, json, -1, NULL);
  g_autofree char *old = ttecomm_fake_signer_make_keys (signer, 6, signer->key, 1, 2);
  g_autoptr (GError) error = NULL;

  expect_error (signer, by_other, 0, TTECOMM_KEY_SET_ERROR_ROOT);
  expect_error (signer, by_signer, 0, TTECOMM_KEY_SET_ERROR_ROOT);
  expect_error (signer, by_false, 0, TTECOMM_KEY_SET_ERROR_ALTERED);
  expect_error (signer, other_typ, 0, TTECOMM_KEY_SET_ERROR_ALTERED);
  expect_error (signer, "", 0, TTECOMM_KEY_SET_ERROR_ALTERED);
  expect_error (signer, "<html>", 0, TTECOMM_KEY_SET_ERROR_ALTERED);
  expect_error (signer, old, 7, TTECOMM_KEY_SET_ERROR_OLD);

  /* A release build has no sandbox root. */
  g_assert_true (ttecomm_trust_is_empty (nobody));
  g_assert_cmpstr (ttecomm_trust_get_env (nobody), ==, "prod");
  g_assert_null (
      ttecomm_key_set_verify (signer->keys_jws, strlen (signer->keys_jws), nobody, 0, &error));
  g_assert_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_ROOT);
}

/* Properly signed by the root, and still not a key set we use. */
/* RFC 8037 A.2; the same of 30 bytes, and with three more than 30. */
#define X_SHORT "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcH"
#define X_GOOD X_SHORT "URo"
#define X_LONG X_SHORT "AAAA"
#define ONE_KEY(kid, x)                                                                            \
  "{\"ver\":1,\"keys\":[{\"kid\":\"" kid "\",\"x\":\"" x "\",\"nbf\":1,\"exp\":2}]}"

static void
test_refuses_contents (void)
{
  static const struct
  {
    const char *json;
    TtecommKeySetError code;
  } rows[] = {
    { "{}", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "[]", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "null", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "{\"ver\":-1,\"keys\":[]}", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "{\"ver\":1.5,\"keys\":[]}", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "{\"ver\":99999999999999999,\"keys\":[]}", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "{\"ver\":1,\"ver\":2,\"keys\":[]}", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "{\"ver\":1,\"keys\":{}}", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "{\"ver\":1,\"keys\":[7]}", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "{\"ver\":1,\"keys\":[{\"kid\":\"a\",\"nbf\":1,\"exp\":2}]}", TTECOMM_KEY_SET_ERROR_ALTERED },
    { "{\"ver\":1,\"keys\":[{\"kid\":\"a b\",\"x\":\"AA\",\"nbf\":1,\"exp\":2}]}",
      TTECOMM_KEY_SET_ERROR_KEY },
    { "{\"ver\":1,\"keys\":[{\"kid\":\"a\",\"x\":\"AA\",\"nbf\":1,\"exp\":2}]}",
      TTECOMM_KEY_SET_ERROR_KEY },
    { ONE_KEY ("a b", X_GOOD), TTECOMM_KEY_SET_ERROR_KEY },
    { ONE_KEY ("", X_GOOD), TTECOMM_KEY_SET_ERROR_KEY },
    { ONE_KEY ("a", X_SHORT), TTECOMM_KEY_SET_ERROR_KEY },
    { ONE_KEY ("a", X_LONG), TTECOMM_KEY_SET_ERROR_KEY },
    { "{\"ver\":1,\"keys\":[{\"kid\":\"a\",\"x\":\"" X_SMALL "\",\"nbf\":1,\"exp\":2}]}",
      TTECOMM_KEY_SET_ERROR_KEY },
  };
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autofree char *good
      = ttecomm_jws_sign (signer->root, TTECOMM_KEY_SET_TYP, ONE_KEY ("a", X_GOOD), -1, NULL);
  g_autoptr (TtecommKeySet) keys = verify (signer, good, 0, NULL);

  g_assert_nonnull (keys);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text
          = ttecomm_jws_sign (signer->root, TTECOMM_KEY_SET_TYP, rows[i].json, -1, NULL);

      g_test_message ("%s", rows[i].json);
      expect_error (signer, text, 0, rows[i].code);
    }
}

/* One key, with @x and times given, @n times under the names k0, k1, ... or all under k0. */
static char *
make_many (TtecommFakeSigner *signer, guint n, gboolean same_kid, gint64 nbf, gint64 exp)
{
  g_autofree char *x = ttecomm_signing_key_dup_x (signer->key);
  g_autoptr (GString) json = g_string_new ("{\"ver\":1,\"keys\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (json,
                            "%s{\"kid\":\"k%u\",\"x\":\"%s\",\"nbf\":%" G_GINT64_FORMAT
                            ",\"exp\":%" G_GINT64_FORMAT "}",
                            i > 0 ? "," : "", same_kid ? 0 : i, x, nbf, exp);
  g_string_append (json, "]}");
  return ttecomm_jws_sign (signer->root, TTECOMM_KEY_SET_TYP, json->str, -1, NULL);
}

static void
test_bounds (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autofree char *none = make_many (signer, 0, FALSE, 1, 2);
  g_autofree char *most = make_many (signer, 64, FALSE, 1, 1);
  g_autofree char *too_many = make_many (signer, 65, FALSE, 1, 2);
  g_autofree char *twice = make_many (signer, 2, TRUE, 1, 2);
  g_autofree char *backwards = make_many (signer, 1, FALSE, 2, 1);
  g_autofree char *negative = make_many (signer, 1, FALSE, -1, 1);
  g_autofree char *too_long = g_strnfill (TTECOMM_KEY_SET_MAX_BYTES + 1, 'A');
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommKeySet) empty = verify (signer, none, 0, &error);
  g_autoptr (TtecommKeySet) full = verify (signer, most, 0, &error);

  g_assert_no_error (error);
  g_assert_nonnull (empty);
  g_assert_nonnull (full);
  expect_error (signer, too_many, 0, TTECOMM_KEY_SET_ERROR_ALTERED);
  expect_error (signer, twice, 0, TTECOMM_KEY_SET_ERROR_KEY);
  expect_error (signer, backwards, 0, TTECOMM_KEY_SET_ERROR_ALTERED);
  expect_error (signer, negative, 0, TTECOMM_KEY_SET_ERROR_ALTERED);
  expect_error (signer, too_long, 0, TTECOMM_KEY_SET_ERROR_ALTERED);
}

/* What a second implementation signed is accepted, what a stranger signed is not. */
static void
test_node_vectors (void)
{
  g_autofree char *path = harness_data_path ("vectors/jws-node.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommTrust) trust = NULL;
  g_autoptr (TtecommKeySet) keys = NULL;
  g_autofree char *trust_json = NULL;
  JsonObject *data;
  const char *text;

  g_assert_true (json_parser_load_from_file (parser, path, &error));
  data = json_node_get_object (json_parser_get_root (parser));
  trust_json = json_to_string (json_object_get_member (data, "trust"), FALSE);
  trust = ttecomm_trust_new_from_json (trust_json, strlen (trust_json), &error);
  g_assert_no_error (error);
  text = json_object_get_string_member (data, "keys");
  keys = ttecomm_key_set_verify (text, strlen (text), trust, 3, &error);
  g_assert_no_error (error);
  text = json_object_get_string_member (data, "keys_by_stranger");
  g_assert_null (ttecomm_key_set_verify (text, strlen (text), trust, 3, &error));
  g_assert_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_ALTERED);
}

#define JWK_GOOD                                                                                   \
  "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"r\","                                            \
  "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"

static void
test_trust (void)
{
  static const struct
  {
    const char *json;
    TtecommTrustError code;
  } rows[] = {
    { "", TTECOMM_TRUST_ERROR_FORMAT },
    { "{}", TTECOMM_TRUST_ERROR_FORMAT },
    { "{\"env\":\"sandbox\"}", TTECOMM_TRUST_ERROR_FORMAT },
    { "{\"env\":\"prod\",\"keys\":[" JWK_GOOD "]}", TTECOMM_TRUST_ERROR_ENVIRONMENT },
    { "{\"env\":\"\",\"keys\":[" JWK_GOOD "]}", TTECOMM_TRUST_ERROR_ENVIRONMENT },
    { "{\"env\":\"sandbox\",\"keys\":[" JWK_GOOD "," JWK_GOOD "]}", TTECOMM_TRUST_ERROR_KEY },
    { "{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"r\",\"x\":\"" X_SMALL
      "\"}]}",
      TTECOMM_TRUST_ERROR_KEY },
    { "{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"r\","
      "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}",
      TTECOMM_TRUST_ERROR_KEY },
    { "{\"env\":\"sandbox\",\"keys\":[{\"kty\":\"EC\",\"crv\":\"Ed25519\",\"kid\":\"r\","
      "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}",
      TTECOMM_TRUST_ERROR_KEY },
  };
  const char *good = "{\"env\":\"sandbox\",\"keys\":[" JWK_GOOD "]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommTrust) trust = ttecomm_trust_new_from_json (good, strlen (good), &error);

  g_assert_no_error (error);
  g_assert_false (ttecomm_trust_is_empty (trust));
  g_assert_nonnull (ttecomm_trust_lookup (trust, "r"));
  g_assert_null (ttecomm_trust_lookup (trust, "s"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) refused = NULL;

      g_test_message ("%s", rows[i].json);
      g_assert_null (ttecomm_trust_new_from_json (rows[i].json, strlen (rows[i].json), &refused));
      g_assert_error (refused, TTECOMM_TRUST_ERROR, (gint)rows[i].code);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "key-set", "reads", test_reads);
  harness_add (harness, "key-set", "refuses-signatures", test_refuses_signatures);
  harness_add (harness, "key-set", "refuses-contents", test_refuses_contents);
  harness_add (harness, "key-set", "bounds", test_bounds);
  harness_add (harness, "key-set", "node-vectors", test_node_vectors);
  harness_add (harness, "key-set", "trust", test_trust);
}

HARNESS_MAIN (register_tests)
