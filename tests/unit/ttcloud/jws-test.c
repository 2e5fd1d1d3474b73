/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/jws-sign.h"
#include "api/ttcloud/jws.h"
#include "base/base64url.h"

#include "tests/harness/harness.h"
#include "tests/support/fake-signer.h"

#define TYP "test+jwt"
#define LIMIT 8192

static guint8 *
from_hex (const char *hex, gsize n_bytes)
{
  guint8 *bytes = g_malloc (n_bytes + 1);

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i]
        = (guint8)(g_ascii_xdigit_value (hex[2 * i]) * 16 + g_ascii_xdigit_value (hex[2 * i + 1]));
  return bytes;
}

/* The authors' own vectors, as Debian's python3-cryptography-vectors has them: each line is
 * secret and public key, public key, message, signature and message, in hex. */
static void
test_ed25519_vectors (void)
{
  g_autofree char *path = harness_data_path ("vectors/ed25519-sign.input");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; **line != '\0'; line++, n++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, ":", -1);
      gsize length = strlen (parts[2]) / 2;
      g_autofree guint8 *seed = from_hex (parts[0], 32);
      g_autofree guint8 *key = from_hex (parts[1], 32);
      g_autofree guint8 *message = from_hex (parts[2], length);
      g_autofree guint8 *expected = from_hex (parts[3], 64);
      g_autoptr (TtecommSigningKey) signing = ttecomm_signing_key_new_from_seed ("k", seed, NULL);
      guint8 signature[64];

      g_assert_cmpmem (ttecomm_signing_key_get_public (signing), 32, key, 32);
      g_assert_true (ttecomm_signing_key_sign (signing, message, length, signature, NULL));
      g_assert_cmpmem (signature, 64, expected, 64);
      g_assert_true (ttecomm_ed25519_key_is_safe (key));
      g_assert_true (ttecomm_ed25519_verify (key, message, length, expected));
      expected[n % 64] ^= 1;
      g_assert_false (ttecomm_ed25519_verify (key, message, length, expected));
    }
  g_assert_cmpuint (n, ==, 40);
}

/* RFC 7515 A.5, the example without a signature: nobody signed it, so nobody reads it. */
static void
test_rfc7515_a5 (void)
{
  static const char text[] = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog"
                             "Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";
  static const char *const types[] = { TYP, "JWT", "tt-service-flag+jwt", "tt-keys+jwt" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommJws) jws = ttecomm_jws_parse (text, strlen (text), types[i], LIMIT, &error);

      g_assert_null (jws);
      g_assert_error (error, TTECOMM_JWS_ERROR, TTECOMM_JWS_ERROR_FORMAT);
    }
}

/* RFC 8037 A.4: the signature is good, and the JWS is refused: its header has no typ and no kid. */
static void
test_rfc8037_a4 (void)
{
  const char *input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  const char *signature_text
      = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt"
        "9g7sVvpAr_MuM0KAg";
  const char *x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  g_autofree char *jws_text = g_strconcat (input, ".", signature_text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommJws) jws = NULL;
  gsize length = 0;
  g_autofree guint8 *signature
      = ttecomm_base64url_decode (signature_text, strlen (signature_text), &length);
  g_autofree guint8 *key = ttecomm_base64url_decode (x, strlen (x), &length);

  g_assert_nonnull (signature);
  g_assert_cmpuint (length, ==, 32);
  g_assert_true (ttecomm_ed25519_verify (key, input, strlen (input), signature));
  jws = ttecomm_jws_parse (jws_text, strlen (jws_text), TYP, LIMIT, &error);
  g_assert_null (jws);
  g_assert_error (error, TTECOMM_JWS_ERROR, TTECOMM_JWS_ERROR_HEADER);
}

/* Parses and verifies; the payload as text, or NULL with @error. */
static char *
read_jws (const char *text, gsize length, const guint8 *key, GError **error)
{
  g_autoptr (TtecommJws) jws = ttecomm_jws_parse (text, length, TYP, LIMIT, error);
  g_autoptr (GBytes) payload = jws != NULL ? ttecomm_jws_verify (jws, key, error) : NULL;

  if (payload == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
}

static void
test_round_trip (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (TtecommSigningKey) other = ttecomm_signing_key_generate ("2026a", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = ttecomm_jws_sign (signer->key, TYP, "{\"a\":1}", -1, &error);
  g_autofree char *payload = NULL;
  g_autofree char *nothing = NULL;
  g_autoptr (TtecommJws) jws = NULL;

  g_assert_no_error (error);
  payload = read_jws (text, strlen (text), ttecomm_signing_key_get_public (signer->key), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (payload, ==, "{\"a\":1}");
  jws = ttecomm_jws_parse (text, strlen (text), TYP, strlen (text), &error);
  g_assert_cmpstr (ttecomm_jws_get_kid (jws), ==, "2026a");

  nothing = read_jws (text, strlen (text), ttecomm_signing_key_get_public (other), &error);
  g_assert_null (nothing);
  g_assert_error (error, TTECOMM_JWS_ERROR, TTECOMM_JWS_ERROR_SIGNATURE);
}

static void
expect_parse_error (const char *text, gssize length, TtecommJwsError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommJws) jws
      = ttecomm_jws_parse (text, length < 0 ? strlen (text) : (gsize)length, TYP, LIMIT, &error);

  g_assert_null (jws);
  g_assert_error (error, TTECOMM_JWS_ERROR, (gint)code);
}

/* Every one of these is signed properly: it is the header alone that is refused. */
static void
test_refuses_headers (void)
{
  static const char *const headers[] = {
    "{\"alg\":\"none\",\"typ\":\"test+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\":\"HS256\",\"typ\":\"test+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\":\"ES256\",\"typ\":\"test+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\":\"eddsa\",\"typ\":\"test+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\":[\"EdDSA\"],\"typ\":\"test+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"TEST+JWT\",\"kid\":\"2026a\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"tt-keys+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\":\"EdDSA\",\"kid\":\"2026a\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\"}",
    "{\"typ\":\"test+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":7}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"a/b\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"crit\":[\"exp\"]}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"jwk\":{\"kty\":\"OKP\"}}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"jku\":\"https://a.example/k\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"x5c\":[\"AAAA\"]}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"x5u\":\"https://a.example/c\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"x5t#S256\":\"AA\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"b64\":false}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"kid\":\"2026a\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\",\"k\\u0069d\":\"x\"}",
    "{\"alg\":\"none\",\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\": \"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\"}",
    "{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"2026a\"}\n",
    "[\"EdDSA\",\"test+jwt\",\"2026a\"]",
    "\"EdDSA\"",
    "null",
    "{",
    "x",
  };
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autofree char *long_kid = g_strnfill (65, 'a');
  g_autofree char *long_header
      = g_strdup_printf ("{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\",\"kid\":\"%s\"}", long_kid);
  g_autofree char *long_text
      = ttecomm_jws_sign_with_header (signer->key, long_header, "{}", -1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *text
          = ttecomm_jws_sign_with_header (signer->key, headers[i], "{}", -1, NULL);

      g_test_message ("header %u", i);
      expect_parse_error (text, -1, TTECOMM_JWS_ERROR_HEADER);
    }
  expect_parse_error (long_text, -1, TTECOMM_JWS_ERROR_HEADER);
}

static void
test_refuses_forms (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autofree char *good = ttecomm_jws_sign (signer->key, TYP, "{\"a\":1}", -1, NULL);
  g_auto (GStrv) parts = g_strsplit (good, ".", -1);
  const struct
  {
    char *text;
  } rows[] = {
    { g_strdup ("") },
    { g_strdup (".") },
    { g_strdup ("..") },
    { g_strconcat (good, ".", NULL) },
    { g_strconcat (good, "=", NULL) },
    { g_strconcat (good, "\n", NULL) },
    { g_strconcat (" ", good, NULL) },
    { g_strconcat (good, "AA", NULL) },
    { g_strconcat (parts[0], ".", parts[1], NULL) },
    { g_strconcat (parts[0], ".", parts[1], ".", NULL) },
    { g_strconcat (parts[0], "..", parts[2], NULL) },
    { g_strconcat (".", parts[1], ".", parts[2], NULL) },
    { g_strconcat (parts[0], "=.", parts[1], ".", parts[2], NULL) },
    { g_strconcat (parts[0], ".", parts[1], "==.", parts[2], NULL) },
    { g_strconcat (parts[0], ".\n", parts[1], ".", parts[2], NULL) },
    { g_strconcat (parts[0], ".", parts[1], ".", parts[2], ".", parts[2], NULL) },
    /* RFC 7515 A.5, alg none */
    { g_strdup ("eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leG"
                "FtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.") },
    { g_strdup ("{\"payload\":\"e30\",\"signatures\":[]}") },
    { g_strdup ("<html><body>Sign in to the hotel network</body></html>") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("form %u", i);
      expect_parse_error (rows[i].text, -1, TTECOMM_JWS_ERROR_FORMAT);
      g_free (rows[i].text);
    }
}

/* alg none with a signature of the right length is refused by its header. */
static void
test_refuses_alg_none_with_signature (void)
{
  g_autofree char *signature = g_strnfill (86, 'A');
  g_autofree char *text = g_strconcat (
      "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxl"
      "LmNvbS9pc19yb290Ijp0cnVlfQ.",
      signature, NULL);

  expect_parse_error (text, -1, TTECOMM_JWS_ERROR_HEADER);
}

static void
test_refuses_size (void)
{
  g_autofree char *text = g_strnfill (LIMIT + 1, 'A');

  expect_parse_error (text, -1, TTECOMM_JWS_ERROR_SIZE);
  expect_parse_error (text, LIMIT, TTECOMM_JWS_ERROR_FORMAT);
}

/* Any one byte changed in any one bit, or anything cut off: never accepted. */
static void
test_tampered_at_every_byte (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  const guint8 *key = ttecomm_signing_key_get_public (signer->key);
  g_autofree char *good = ttecomm_jws_sign (signer->key, TYP, "{\"flag\":true}", -1, NULL);
  gsize length = strlen (good);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *cut = read_jws (good, i, key, NULL);

      g_assert_null (cut);
      for (guint bit = 0; bit < 8; bit++)
        {
          g_autofree char *bad = g_strdup (good);
          g_autofree char *payload = NULL;

          bad[i] = (char)(bad[i] ^ (1 << bit));
          payload = read_jws (bad, length, key, NULL);
          g_assert_null (payload);
        }
    }
}

/* With the neutral point as its key, anybody signs anything: OpenSSL says so, and we refuse the
 * key. */
static void
test_small_order_keys (void)
{
  static const char *const points[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  };
  guint8 identity[32] = { 1 };
  guint8 forged[64] = { 1 };
  guint8 spelled_otherwise[32];

  g_assert_true (ttecomm_ed25519_verify (identity, "anything", 8, forged));
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autofree guint8 *key = from_hex (points[i], 32);

      g_assert_false (ttecomm_ed25519_key_is_safe (key));
      key[31] |= 0x80;
      g_assert_false (ttecomm_ed25519_key_is_safe (key));
    }
  /* p, p + 1, ... 2^255 - 1: numbers below 19, spelled with p added */
  memset (spelled_otherwise, 0xff, sizeof spelled_otherwise);
  for (guint y = 0xed; y <= 0xff; y++)
    {
      spelled_otherwise[0] = (guint8)y;
      spelled_otherwise[31] = 0x7f;
      g_assert_false (ttecomm_ed25519_key_is_safe (spelled_otherwise));
      spelled_otherwise[31] = 0xff;
      g_assert_false (ttecomm_ed25519_key_is_safe (spelled_otherwise));
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "jws", "ed25519-vectors", test_ed25519_vectors);
  harness_add (harness, "jws", "rfc7515-a5", test_rfc7515_a5);
  harness_add (harness, "jws", "rfc8037-a4", test_rfc8037_a4);
  harness_add (harness, "jws", "round-trip", test_round_trip);
  harness_add (harness, "jws", "refuses-headers", test_refuses_headers);
  harness_add (harness, "jws", "refuses-forms", test_refuses_forms);
  harness_add (harness, "jws", "refuses-alg-none-with-signature",
               test_refuses_alg_none_with_signature);
  harness_add (harness, "jws", "refuses-size", test_refuses_size);
  harness_add (harness, "jws", "tampered-at-every-byte", test_tampered_at_every_byte);
  harness_add (harness, "jws", "small-order-keys", test_small_order_keys);
}

HARNESS_MAIN (register_tests)
