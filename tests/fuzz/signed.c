/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/signed.h"

#include "base/version.h"
#include "plugin/gate/decision.h"

#include <openssl/evp.h>
#include <string.h>

const TtecommFakeSigner *
fuzz_signer (void)
{
  static TtecommFakeSigner *signer; /* (owned): for as long as the process */

  if (signer == NULL)
    signer = ttecomm_fake_signer_new ();
  return signer;
}

static const TtecommSigningKey *
stranger (void)
{
  static TtecommSigningKey *key; /* (owned): for as long as the process */
  guint8 seed[TTECOMM_ED25519_KEY_SIZE];

  memset (seed, 77, sizeof seed);
  if (key == NULL)
    key = ttecomm_signing_key_new_from_seed ("2026a", seed, NULL);
  return key;
}

char *
fuzz_take_jws (FuzzInput *input, const TtecommSigningKey *key, const char *typ, gsize *length)
{
  guint choice = fuzz_input_take_choice (input, 4);
  g_autofree char *header
      = choice == 2 ? fuzz_input_take_until (input, '\n', NULL)
                    : g_strdup_printf ("{\"alg\":\"EdDSA\",\"typ\":\"%s\",\"kid\":\"%s\"}", typ,
                                       ttecomm_signing_key_get_kid (key));
  g_autofree char *payload = (char *)fuzz_input_take_rest (input, length);
  g_autoptr (GError) error = NULL;
  char *jws;

  if (choice == 0)
    return g_steal_pointer (&payload);
  jws = ttecomm_jws_sign_with_header (choice == 3 ? stranger () : key, header, payload,
                                      (gssize)*length, &error);
  g_assert_no_error (error);
  *length = strlen (jws);
  return jws;
}

/* GLib's decoder, which takes more than ours does. */
static guint8 *
decode (const char *text, gsize length, gsize *out_length)
{
  g_autoptr (GString) standard = g_string_new_len (text, (gssize)length);

  g_string_replace (standard, "-", "+", 0);
  g_string_replace (standard, "_", "/", 0);
  while (standard->len % 4 != 0)
    g_string_append_c (standard, '=');
  return g_base64_decode (standard->str, out_length);
}

gboolean
fuzz_is_signed_by (const char *jws, gsize length, const TtecommSigningKey *key)
{
  const char *dot = g_strrstr_len (jws, (gssize)length, ".");
  g_autofree guint8 *signature = NULL;
  gsize signature_length = 0;
  EVP_PKEY *public_key;
  EVP_MD_CTX *context;
  gboolean good;

  if (dot == NULL)
    return FALSE;
  signature = decode (dot + 1, length - (gsize)(dot + 1 - jws), &signature_length);
  public_key
      = EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, ttecomm_signing_key_get_public (key),
                                     TTECOMM_ED25519_KEY_SIZE);
  context = EVP_MD_CTX_new ();
  good = EVP_DigestVerifyInit (context, NULL, NULL, NULL, public_key) == 1
         && EVP_DigestVerify (context, signature, signature_length, (const guint8 *)jws,
                              (gsize)(dot - jws))
                == 1;
  EVP_MD_CTX_free (context);
  EVP_PKEY_free (public_key);
  return good;
}

JsonObject *
fuzz_dup_payload (const char *jws, gsize length)
{
  g_autofree char *copy = g_strndup (jws, length);
  g_auto (GStrv) parts = g_strsplit (copy, ".", 3);
  g_autofree char *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize text_length = 0;

  text = (char *)decode (parts[1], strlen (parts[1]), &text_length);
  g_assert_true (json_parser_load_from_data (parser, text, (gssize)text_length, NULL));
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

void
fuzz_assert_kept (const char *kept, const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);

  g_assert_cmpuint (strlen (copy), ==, length);
  g_assert_cmpstr (kept, ==, copy);
}

void
fuzz_assert_brittle (const char *text, gsize length, FuzzVerify verify, gpointer user_data)
{
  g_autofree char *copy = g_strndup (text, length);
  gsize at = g_str_hash (copy) % length;

  copy[at] = copy[at] == 'A' ? 'B' : 'A';
  g_assert_false (verify (copy, length, user_data));
  copy[at] = text[at];
  g_assert_false (verify (copy, length - 1, user_data));
  copy[at] = '.';
  g_assert_false (text[at] != '.' && verify (copy, length, user_data));
}

static void
assert_service (const TtecommServiceFlag *flag)
{
  g_assert_nonnull (ttecomm_service_state_to_string (flag->state));
  g_assert_cmpuint (strlen (flag->id), <=, 32);
  g_assert_true (g_utf8_validate (flag->id, -1, NULL));
  g_assert_cmpint (flag->until_ts, >=, 0);
  g_assert_cmpint (g_date_valid (&flag->until), ==, flag->until_ts > 0);
  if (flag->state == TTECOMM_SERVICE_STATE_ACTIVE)
    g_assert_cmpint (flag->until_ts, >, 0);
}

static void
assert_services (const TtecommStatement *statement, JsonObject *claims)
{
  JsonObject *services = json_object_get_object_member (claims, "svc");
  guint n = ttecomm_statement_get_n_services (statement);

  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 64);
  g_assert_cmpuint (n, ==, json_object_get_size (services));
  for (guint i = 0; i < n; i++)
    {
      const TtecommServiceFlag *flag = ttecomm_statement_get_nth_service (statement, i);
      JsonObject *service = json_object_get_object_member (services, flag->id);

      assert_service (flag);
      g_assert_true (flag == ttecomm_statement_get_service (statement, flag->id));
      g_assert_cmpint (flag->flag, ==, json_object_get_boolean_member (service, "flag"));
      g_assert_cmpint (flag->renew, ==, json_object_get_boolean_member (service, "renew"));
      g_assert_cmpstr (ttecomm_service_state_to_string (flag->state), ==,
                       json_object_get_string_member (service, "state"));
    }
  g_assert_nonnull (ttecomm_statement_get_service (statement, TTECOMM_STATEMENT_REMOTE_SERVICES));
}

static void
assert_numbers (const TtecommStatement *statement, JsonObject *claims)
{
  gint64 iat = ttecomm_statement_get_iat (statement);
  gint64 exp = ttecomm_statement_get_exp (statement);

  g_assert_cmpint (iat, ==, json_object_get_int_member (claims, "iat"));
  g_assert_cmpint (exp, ==, json_object_get_int_member (claims, "exp"));
  g_assert_cmpint (exp, >=, iat);
  g_assert_cmpint (exp - iat, <=, TTECOMM_STATEMENT_MAX_LIFE);
  g_assert_cmpint (ttecomm_statement_get_ver (statement), ==,
                   json_object_get_int_member (claims, "ver"));
  g_assert_cmpint (ttecomm_statement_get_ver (statement), >=, 0);
  g_assert_cmpint (ttecomm_statement_get_next (statement), >=, 0);
  g_assert_cmpint (ttecomm_statement_get_next (statement), <=, 7 * 86400);
  g_assert_cmpint (ttecomm_statement_get_seen (statement), >=, 0);
}

void
fuzz_assert_statement (const TtecommStatement *statement, const TtecommStatementExpected *expected)
{
  const char *jws = ttecomm_statement_get_jws (statement);
  g_autoptr (JsonObject) claims = fuzz_dup_payload (jws, strlen (jws));
  TtecommSigner signer;

  g_assert_true (fuzz_is_signed_by (jws, strlen (jws), fuzz_signer ()->key));
  g_assert_cmpuint (strlen (jws), <=, TTECOMM_STATEMENT_MAX_BYTES);
  g_assert_cmpstr (json_object_get_string_member (claims, "iss"), ==, TTECOMM_STATEMENT_ISS);
  g_assert_cmpstr (json_object_get_string_member (claims, "aud"), ==, TTECOMM_STATEMENT_AUD);
  g_assert_cmpstr (json_object_get_string_member (claims, "env"), ==, "sandbox");
  g_assert_cmpstr (json_object_get_string_member (claims, "sub"), ==, expected->installation);
  g_assert_cmpstr (json_object_get_string_member (claims, "acct"), ==, expected->account);
  if (expected->nonce != NULL)
    g_assert_cmpstr (json_object_get_string_member (claims, "nonce"), ==, expected->nonce);
  else
    g_assert_cmpint (ttecomm_statement_get_ver (statement), >=, expected->min_ver);
  g_assert_cmpstr (ttecomm_statement_get_installation (statement), ==, expected->installation);
  g_assert_cmpstr (ttecomm_statement_get_account (statement), ==, expected->account);
  g_assert_true (
      ttecomm_key_set_lookup (expected->keys, ttecomm_statement_get_kid (statement), &signer));
  g_assert_cmpint (ttecomm_statement_get_iat (statement), >=, signer.nbf);
  g_assert_cmpint (ttecomm_statement_get_iat (statement), <=, signer.exp);
  g_assert_true (ttecomm_version_is_valid (ttecomm_statement_get_min_prosoft (statement)));
  g_assert_nonnull (ttecomm_statement_role_to_string (ttecomm_statement_get_role (statement)));
  assert_numbers (statement, claims);
  assert_services (statement, claims);
}

static TtecommGateInputs
make_inputs (const char *prosoft)
{
  return (TtecommGateInputs){
    .signed_in = TRUE,
    .prosoft = prosoft,
    .boot_id = "boot-1",
    .boottime = 1000,
    .cause = TTECOMM_GATE_CAUSE_OFFLINE,
    .cache_boot_id = "boot-1",
    .cache_boottime = 1000,
  };
}

void
fuzz_assert_nothing_opens (void)
{
  for (guint cause = 0; cause < TTECOMM_GATE_N_CAUSES; cause++)
    {
      TtecommGateInputs inputs = make_inputs ("99.0");

      inputs.cause = (TtecommGateCause)cause;
      g_assert_cmpint (ttecomm_gate_decide (&inputs).outcome, ==, TTECOMM_GATE_WAIT);
    }
}

static void
assert_rightly (const TtecommGateInputs *inputs, const TtecommGateFacts *facts, gint64 now)
{
  TtecommGateDecision decision = ttecomm_gate_decide (inputs);

  g_assert_nonnull (ttecomm_gate_code_to_string (decision.code));
  if (inputs->answer == NULL)
    {
      g_assert_cmpint (decision.outcome, !=, TTECOMM_GATE_ALLOW);
      g_assert_cmpint (decision.outcome, !=, TTECOMM_GATE_DENY);
    }
  if (!ttecomm_gate_outcome_opens (decision.outcome))
    return;
  g_assert_true (facts->flag && facts->connected);
  g_assert_cmpint (now, <, facts->until_ts);
  g_assert_true (inputs->answer != NULL || now <= facts->exp);
  g_assert_true (facts->state == TTECOMM_SERVICE_STATE_ACTIVE
                 || facts->state == TTECOMM_SERVICE_STATE_PAYMENT_FAILED);
  g_assert_true (facts->role == TTECOMM_STATEMENT_ROLE_OWNER
                 || (facts->role == TTECOMM_STATEMENT_ROLE_SI && facts->si_access));
  g_assert_cmpint (ttecomm_version_compare (inputs->prosoft, facts->min_prosoft), >=, 0);
}

void
fuzz_assert_opens_rightly (const TtecommStatement *statement)
{
  static const gint64 ages[] = { 0, 299, 300, 86400, TTECOMM_STATEMENT_MAX_LIFE };
  static const char *const versions[] = { "1.0", "3.7.3", "99.0" };
  TtecommGateFacts facts;

  ttecomm_gate_facts_from_statement (&facts, statement);
  for (guint i = 0; i < G_N_ELEMENTS (ages) * G_N_ELEMENTS (versions); i++)
    {
      gint64 age = ages[i % G_N_ELEMENTS (ages)];
      TtecommGateInputs inputs = make_inputs (versions[i / G_N_ELEMENTS (ages)]);

      inputs.boottime += age;
      inputs.cache = &facts;
      assert_rightly (&inputs, &facts, facts.iat + age);
      inputs.has_wall = TRUE;
      inputs.wall = facts.iat + age;
      inputs.cache_boot_id = "boot-0";
      assert_rightly (&inputs, &facts, facts.iat + age);
      inputs.answer = &facts;
      inputs.answer_age = MIN (age, TTECOMM_GATE_ANSWER_MAX_AGE - 1);
      assert_rightly (&inputs, &facts, facts.iat + inputs.answer_age);
    }
}
