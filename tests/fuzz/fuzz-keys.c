/* SPDX-License-Identifier: MIT */
/*
 * Whom we believe: a digit, then
 *   0  a key set (api/ttcloud/key-set.h), a JWS as fuzz_take_jws() reads it
 *   1  the host's `ttcloud-trust` (api/ttcloud/trust.h), as it is
 *
 * A key set that is accepted is signed by the root; its keys are safe and no kid occurs twice; it
 * is refused when one character is changed or when a newer one was seen.
 */
#include "tests/fuzz/signed.h"

#include "api/ttcloud/jws.h"

static gboolean
verify (const char *text, gsize length, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommKeySet) keys
      = ttecomm_key_set_verify (text, length, fuzz_signer ()->trust, 0, &error);

  return keys != NULL;
}

static void
assert_key (const TtecommKeySet *keys, JsonObject *key)
{
  const char *kid = json_object_get_string_member (key, "kid");
  TtecommSigner signer;

  g_assert_true (ttecomm_jws_is_kid (kid));
  g_assert_true (ttecomm_key_set_lookup (keys, kid, &signer));
  g_assert_cmpstr (signer.kid, ==, kid);
  g_assert_true (ttecomm_ed25519_key_is_safe (signer.key));
  g_assert_cmpint (signer.nbf, ==, json_object_get_int_member (key, "nbf"));
  g_assert_cmpint (signer.exp, ==, json_object_get_int_member (key, "exp"));
  g_assert_cmpint (signer.nbf, <=, signer.exp);
}

static void
assert_key_set (const TtecommKeySet *keys, const char *jws, gsize length)
{
  g_autoptr (JsonObject) payload = fuzz_dup_payload (jws, length);
  JsonArray *array = json_object_get_array_member (payload, "keys");
  gint64 ver = ttecomm_key_set_get_ver (keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommKeySet) newer = NULL;

  g_assert_true (fuzz_is_signed_by (jws, length, fuzz_signer ()->root));
  fuzz_assert_kept (ttecomm_key_set_get_jws (keys), jws, length);
  g_assert_cmpstr (ttecomm_key_set_get_env (keys), ==, "sandbox");
  g_assert_cmpint (ver, ==, json_object_get_int_member (payload, "ver"));
  g_assert_cmpint (ver, >=, 0);
  g_assert_cmpuint (json_array_get_length (array), <=, 64);
  for (guint i = 0; i < json_array_get_length (array); i++)
    assert_key (keys, json_array_get_object_element (array, i));
  newer = ttecomm_key_set_verify (jws, length, fuzz_signer ()->trust, ver + 1, &error);
  g_assert_null (newer);
  g_assert_error (error, TTECOMM_KEY_SET_ERROR, TTECOMM_KEY_SET_ERROR_OLD);
}

static void
run_key_set (FuzzInput *input)
{
  gsize length = 0;
  g_autofree char *jws = fuzz_take_jws (input, fuzz_signer ()->root, TTECOMM_KEY_SET_TYP, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommKeySet) keys
      = ttecomm_key_set_verify (jws, length, fuzz_signer ()->trust, 0, &error);

  if (keys == NULL)
    {
      fuzz_assert_error (error, TTECOMM_KEY_SET_ERROR);
      return;
    }
  assert_key_set (keys, jws, length);
  fuzz_assert_brittle (jws, length, verify, NULL);
}

static void
run_trust (FuzzInput *input)
{
  gsize length = 0;
  g_autofree char *text = (char *)fuzz_input_take_rest (input, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommTrust) trust = ttecomm_trust_new_from_json (text, length, &error);
  const TtecommFakeSigner *signer = fuzz_signer ();
  const guint8 *root;

  if (trust == NULL)
    {
      fuzz_assert_error (error, TTECOMM_TRUST_ERROR);
      return;
    }
  /* A host can never speak for production. */
  g_assert_cmpstr (ttecomm_trust_get_env (trust), ==, "sandbox");
  root = ttecomm_trust_lookup (trust, "root-1");
  g_assert_true (root == NULL || ttecomm_ed25519_key_is_safe (root));
  g_assert_false (root != NULL && ttecomm_trust_is_empty (trust));
  /* Another root believes nothing that ours has signed. */
  if (root == NULL
      || memcmp (root, ttecomm_signing_key_get_public (signer->root), TTECOMM_ED25519_KEY_SIZE)
             != 0)
    {
      g_autoptr (TtecommKeySet) keys
          = ttecomm_key_set_verify (signer->keys_jws, strlen (signer->keys_jws), trust, 0, &error);

      g_assert_null (keys);
    }
}

int
ttecomm_fuzz_keys (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };

  if (fuzz_input_take_choice (&input, 2) == 0)
    run_key_set (&input);
  else
    run_trust (&input);
  return 0;
}
