/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/statement.h"

#include <json-glib/json-glib.h>

#include "tests/harness/harness.h"
#include "tests/support/fake-signer.h"

#define IAT G_GINT64_CONSTANT (1790000000)
#define SITE "TT-0001"

static TtecommStatementExpected
expected_of (TtecommFakeSigner *signer)
{
  return (TtecommStatementExpected){ signer->keys, SITE, TTECOMM_FAKE_ACCOUNT, TTECOMM_FAKE_NONCE,
                                     0 };
}

static void
expect_error (const TtecommStatementExpected *expected,
              const char *text,
              TtecommStatementError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommStatement) statement
      = ttecomm_statement_verify (text, strlen (text), expected, &error);

  g_assert_null (statement);
  g_assert_error (error, TTECOMM_STATEMENT_ERROR, (gint)code);
}

static void
test_reads (void)
{
  g_autofree char *path = harness_data_path ("vectors/jws-node.json");
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommStatement) statement = NULL;
  TtecommStatementExpected expected = expected_of (signer);
  const TtecommServiceFlag *flag;
  JsonObject *data;
  const char *text;

  /* Signed by Node's crypto with the same seeds as the fake signer's. */
  g_assert_true (json_parser_load_from_file (parser, path, &error));
  data = json_node_get_object (json_parser_get_root (parser));
  text = json_object_get_string_member (data, "statement");
  statement = ttecomm_statement_verify (text, strlen (text), &expected, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ttecomm_statement_get_jws (statement), ==, text);
  g_assert_cmpstr (ttecomm_statement_get_kid (statement), ==, "2026a");
  g_assert_cmpstr (ttecomm_statement_get_installation (statement), ==, SITE);
  g_assert_cmpstr (ttecomm_statement_get_account (statement), ==, "acct-1");
  g_assert_cmpint (ttecomm_statement_get_ver (statement), ==, 12);
  g_assert_cmpint (ttecomm_statement_get_iat (statement), ==, IAT);
  g_assert_cmpint (ttecomm_statement_get_exp (statement), ==, IAT + 72 * 3600);
  g_assert_cmpint (ttecomm_statement_get_role (statement), ==, TTECOMM_STATEMENT_ROLE_SI);
  g_assert_true (ttecomm_statement_get_si_access (statement));
  g_assert_true (ttecomm_statement_get_connected (statement));
  g_assert_cmpint (ttecomm_statement_get_seen (statement), ==, IAT - 5);
  g_assert_cmpstr (ttecomm_statement_get_min_prosoft (statement), ==, "3.7.3");
  g_assert_cmpint (ttecomm_statement_get_next (statement), ==, 3600);
  g_assert_cmpstr (ttecomm_statement_get_payer (statement), ==, "Élodie & Søn – 内 \"BV\"");

  g_assert_cmpuint (ttecomm_statement_get_n_services (statement), ==, 2);
  flag = ttecomm_statement_get_service (statement, "RS");
  g_assert_true (flag->flag && flag->renew);
  g_assert_cmpint (flag->state, ==, TTECOMM_SERVICE_STATE_ACTIVE);
  g_assert_cmpint (flag->until_ts, ==, 1806530400);
  g_assert_cmpuint (g_date_get_year (&flag->until), ==, 2027);
  flag = ttecomm_statement_get_service (statement, "VC");
  g_assert_false (flag->flag);
  g_assert_cmpint (flag->until_ts, ==, 0);
  g_assert_false (g_date_valid (&flag->until));
  g_assert_null (ttecomm_statement_get_service (statement, "rs"));

  text = json_object_get_string_member (data, "statement_by_stranger");
  expect_error (&expected, text, TTECOMM_STATEMENT_ERROR_SIGNATURE);
}

typedef struct
{
  const char *installation;
  const char *nonce;
  guint n_asked;
} Question;

static gboolean
find_question (const char *installation, TtecommStatementExpected *expected, gpointer user_data)
{
  Question *question = user_data;

  question->n_asked++;
  if (!g_str_equal (installation, question->installation))
    return FALSE;
  expected->installation = question->installation;
  expected->nonce = question->nonce;
  return TRUE;
}

/* Among many: the installation it names tells the question, once the signature is good, and
 * everything else is compared as ever. */
static void
test_one_of (void)
{
  static const struct
  {
    Question question;
    const char *account;
    gint code; /* -1: good */
  } rows[] = {
    { { SITE, TTECOMM_FAKE_NONCE, 0 }, TTECOMM_FAKE_ACCOUNT, -1 },
    { { "TT-0002", TTECOMM_FAKE_NONCE, 0 }, TTECOMM_FAKE_ACCOUNT, TTECOMM_STATEMENT_ERROR_SUBJECT },
    { { SITE, "AQECAwQFBgcICQoLDA0ODw", 0 }, TTECOMM_FAKE_ACCOUNT, TTECOMM_STATEMENT_ERROR_NONCE },
    { { SITE, TTECOMM_FAKE_NONCE, 0 }, "acct-2", TTECOMM_STATEMENT_ERROR_ACCOUNT },
  };
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autofree char *text = ttecomm_fake_signer_sign (signer, &fake);
  Question unasked = rows[0].question;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Question question = rows[i].question;
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommStatement) statement
          = ttecomm_statement_verify_one_of (text, strlen (text), signer->keys, rows[i].account,
                                             find_question, &question, &error);

      g_assert_cmpuint (question.n_asked, ==, 1);
      if (rows[i].code >= 0)
        g_assert_error (error, TTECOMM_STATEMENT_ERROR, rows[i].code);
      else
        g_assert_cmpstr (ttecomm_statement_get_installation (statement), ==, SITE);
    }
  text[strlen (text) - 5] = text[strlen (text) - 5] == 'A' ? 'B' : 'A';
  g_assert_null (ttecomm_statement_verify_one_of (text, strlen (text), signer->keys,
                                                  TTECOMM_FAKE_ACCOUNT, find_question, &unasked,
                                                  NULL));
  g_assert_cmpuint (unasked.n_asked, ==, 0);
}

/* In @json, @from once, becomes @to; signed by the right key. */
static char *
sign_replaced (TtecommFakeSigner *signer, const char *from, const char *to)
{
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autofree char *json = ttecomm_fake_statement_to_json (&fake);
  g_auto (GStrv) parts = g_strsplit (json, from, -1);
  g_autofree char *changed = NULL;

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  changed = g_strjoinv (to, parts);
  return ttecomm_fake_signer_sign_json (signer, changed);
}

/* Properly signed, each wrong in one thing. */
static void
test_refuses_claims (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    TtecommStatementError code;
  } rows[] = {
    { "\"iss\":\"ttcloud\"", "\"iss\":\"ttcl0ud\"", TTECOMM_STATEMENT_ERROR_ISSUER },
    { "\"iss\":\"ttcloud\",", "", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"iss\":\"ttcloud\"", "\"iss\":[\"ttcloud\"]", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "prosoft-remote", "prosoft-local", TTECOMM_STATEMENT_ERROR_AUDIENCE },
    { "\"env\":\"sandbox\"", "\"env\":\"prod\"", TTECOMM_STATEMENT_ERROR_ENVIRONMENT },
    { "TT-0001", "TT-0002", TTECOMM_STATEMENT_ERROR_SUBJECT },
    { "TT-0001", "tt-0001", TTECOMM_STATEMENT_ERROR_SUBJECT },
    { "TT-0001", "TT-00012", TTECOMM_STATEMENT_ERROR_SUBJECT },
    { "TT-0001", "TT-000", TTECOMM_STATEMENT_ERROR_SUBJECT },
    { "acct-1", "acct-2", TTECOMM_STATEMENT_ERROR_ACCOUNT },
    { TTECOMM_FAKE_NONCE, "AQECAwQFBgcICQoLDA0ODw", TTECOMM_STATEMENT_ERROR_NONCE },
    { ",\"nonce\":\"" TTECOMM_FAKE_NONCE "\"", "", TTECOMM_STATEMENT_ERROR_NONCE },
    { "\"" TTECOMM_FAKE_NONCE "\"", "null", TTECOMM_STATEMENT_ERROR_NONCE },
    { "\"" TTECOMM_FAKE_NONCE "\"", "\"\"", TTECOMM_STATEMENT_ERROR_NONCE },
    { "\"iss\":\"ttcloud\"", "\"iss\":\"x\",\"iss\":\"ttcloud\"", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"flag\":true", "\"flag\":false,\"flag\":true", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"ver\":12", "\"ver\":-1", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"ver\":12", "\"ver\":9007199254740993", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"ver\":12", "\"ver\":\"12\"", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"ver\":12", "\"ver\":12.0", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"ver\":12", "\"ver\":99999999999999999999", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"iat\":1790000000", "\"iat\":0", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"iat\":1790000000", "\"iat\":9223372036854775807", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"iat\":1790000000,", "", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"exp\":1790259200", "\"exp\":1790259201", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"exp\":1790259200", "\"exp\":1789999999", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"exp\":1790259200", "\"exp\":9223372036854775807", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"exp\":1790259200", "\"exp\":-9223372036854775808", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"until_ts\":1798640000", "\"until_ts\":-1", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"until_ts\":1798640000", "\"until_ts\":32503680000", TTECOMM_STATEMENT_ERROR_RANGE },
    { ",\"until_ts\":1798640000", "", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"until\":\"2027-03-31\",", "", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"until\":\"2027-03-31\",\"until_ts\":1798640000,", "", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"until\":\"2027-03-31\",\"until_ts\":1798640000,", "\"until\":null,\"until_ts\":0,",
      TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"until\":\"2027-03-31\",\"until_ts\":1798640000,\"renew\":true,\"state\":\"active\"",
      "\"renew\":true,\"state\":\"payment_failed\"", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"until\":\"2027-03-31\",\"until_ts\":1798640000,\"renew\":true,\"state\":\"active\"",
      "\"renew\":true,\"state\":\"ended\"", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "2027-03-31", "2027-02-29", TTECOMM_STATEMENT_ERROR_RANGE },
    { "2027-03-31", "31/03/2027", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"state\":\"active\"", "\"state\":\"ACTIVE\"", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"state\":\"active\"", "\"state\":true", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"flag\":true", "\"flag\":1", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"renew\":true,", "", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"RS\":", "\"VC\":", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"RS\":", "\"\":", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"RS\":", "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\":", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"RS\":{", "\"VC\":7,\"RS\":{", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"role\":\"si\"", "\"role\":\"admin\"", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"si_access\":true", "\"si_access\":\"true\"", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"connected\":true,", "", TTECOMM_STATEMENT_ERROR_CONTENT },
    { "\"seen\":1789999995", "\"seen\":-5", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"min_prosoft\":\"3.7.3\"", "\"min_prosoft\":\"3.7.x\"", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"min_prosoft\":\"3.7.3\"", "\"min_prosoft\":\"\"", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"next\":3600", "\"next\":604801", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"next\":3600", "\"next\":-1", TTECOMM_STATEMENT_ERROR_RANGE },
    { "\"payer\":\"Mara\"", "\"payer\":7", TTECOMM_STATEMENT_ERROR_CONTENT },
  };
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommStatementExpected expected = expected_of (signer);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = sign_replaced (signer, rows[i].from, rows[i].to);

      g_test_message ("%s -> %s", rows[i].from, rows[i].to);
      expect_error (&expected, text, rows[i].code);
    }
}

static void
test_accepts_claims (void)
{
  static const char *const rows[][2] = {
    { "\"exp\":1790259200", "\"exp\":1790000000" },
    { ",\"payer\":\"Mara\"", "" },
    { "\"payer\":\"Mara\"", "\"payer\":null" },
    { "\"seen\":1789999995", "\"seen\":null" },
    { "\"iss\":", "\"new\":{\"later\":[1,2]},\"iss\":" },
    { "\"next\":3600", "\"next\":0" },
    { "\"until\":\"2027-03-31\",\"until_ts\":1798640000,\"renew\":true,\"state\":\"active\"",
      "\"until\":null,\"until_ts\":null,\"renew\":false,\"state\":\"not_activated\"" },
    { "\"until\":\"2027-03-31\",\"until_ts\":1798640000,\"renew\":true,\"state\":\"active\"",
      "\"renew\":false,\"state\":\"not_linked\"" },
  };
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommStatementExpected expected = expected_of (signer);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = sign_replaced (signer, rows[i][0], rows[i][1]);
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommStatement) statement
          = ttecomm_statement_verify (text, strlen (text), &expected, &error);

      g_test_message ("%s", rows[i][1]);
      g_assert_no_error (error);
      g_assert_nonnull (statement);
    }
}

static void
test_refuses_what_is_no_json (void)
{
  static const char *const rows[] = { "",      "null",  "[]",
                                      "\"x\"", "{",     "{\"iss\":\"ttcloud\"}",
                                      "\xff",  "{} {}", "\xef\xbb\xbf{}" };
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommStatementExpected expected = expected_of (signer);

  for (guint i = 1; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = ttecomm_fake_signer_sign_json (signer, rows[i]);

      expect_error (&expected, text, TTECOMM_STATEMENT_ERROR_CONTENT);
    }
  {
    g_autofree char *empty = ttecomm_fake_signer_sign_json (signer, rows[0]);

    expect_error (&expected, empty, TTECOMM_STATEMENT_ERROR_FORMAT);
  }
}

static void
test_keys (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommStatementExpected expected = expected_of (signer);
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autofree char *text = ttecomm_fake_signer_sign (signer, &fake);
  g_autoptr (TtecommSigningKey) other = ttecomm_signing_key_generate ("2027a", NULL);
  const struct
  {
    const TtecommSigningKey *key;
    gint64 nbf;
    gint64 exp;
    gint code;
  } rows[] = {
    { signer->key, IAT, IAT, -1 },
    { signer->key, IAT + 1, IAT + 9, TTECOMM_STATEMENT_ERROR_KEY_EXPIRED },
    { signer->key, 0, IAT - 1, TTECOMM_STATEMENT_ERROR_KEY_EXPIRED },
    { other, 0, IAT + 9, TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *jws
          = ttecomm_fake_signer_make_keys (signer, 4, rows[i].key, rows[i].nbf, rows[i].exp);
      g_autoptr (TtecommKeySet) keys
          = ttecomm_key_set_verify (jws, strlen (jws), signer->trust, 0, NULL);
      g_autoptr (TtecommStatement) statement = NULL;
      g_autoptr (GError) error = NULL;

      expected.keys = keys;
      statement = ttecomm_statement_verify (text, strlen (text), &expected, &error);
      if (rows[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, TTECOMM_STATEMENT_ERROR, rows[i].code);
    }
}

/* With our nonce a lower ver is a backup that was restored; without, it is a replay. */
static void
test_ver (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommStatementExpected expected = expected_of (signer);
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autofree char *text = ttecomm_fake_signer_sign (signer, &fake);
  g_autoptr (TtecommStatement) with_nonce = NULL;
  g_autoptr (TtecommStatement) same = NULL;

  expected.min_ver = 13;
  with_nonce = ttecomm_statement_verify (text, strlen (text), &expected, NULL);
  g_assert_nonnull (with_nonce);
  expected.nonce = NULL;
  expect_error (&expected, text, TTECOMM_STATEMENT_ERROR_OLD);
  expected.min_ver = 12;
  same = ttecomm_statement_verify (text, strlen (text), &expected, NULL);
  g_assert_nonnull (same);
}

static void
test_size (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommStatementExpected expected = expected_of (signer);
  g_autofree char *padding = g_strnfill (8192, 'x');
  g_autofree char *member = g_strdup_printf ("\"pad\":\"%s\",\"iss\":", padding);
  g_autofree char *text = sign_replaced (signer, "\"iss\":", member);

  expect_error (&expected, text, TTECOMM_STATEMENT_ERROR_SIZE);
}

/* One bit anywhere, or a cut anywhere: never accepted. */
static void
test_tampered_at_every_byte (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  TtecommStatementExpected expected = expected_of (signer);
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autofree char *good = ttecomm_fake_signer_sign (signer, &fake);
  gsize length = strlen (good);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *bad = g_strdup (good);

      g_assert_null (ttecomm_statement_verify (good, i, &expected, NULL));
      for (guint bit = 0; bit < 8; bit++)
        {
          bad[i] = (char)(good[i] ^ (1 << bit));
          g_assert_null (ttecomm_statement_verify (bad, length, &expected, NULL));
        }
      /* another letter of the alphabet: the base64url stays good */
      bad[i] = good[i] == 'A' ? 'B' : 'A';
      g_assert_null (ttecomm_statement_verify (bad, length, &expected, NULL));
    }
}

static void
test_words (void)
{
  for (guint i = 0; i <= TTECOMM_SERVICE_STATE_NOT_LINKED; i++)
    {
      TtecommServiceState back = TTECOMM_SERVICE_STATE_ACTIVE;

      g_assert_true (ttecomm_service_state_from_string (
          ttecomm_service_state_to_string ((TtecommServiceState)i), &back));
      g_assert_cmpuint (back, ==, i);
    }
  for (guint i = 0; i <= TTECOMM_STATEMENT_ROLE_UNKNOWN; i++)
    {
      TtecommStatementRole back = TTECOMM_STATEMENT_ROLE_SI;

      g_assert_true (ttecomm_statement_role_from_string (
          ttecomm_statement_role_to_string ((TtecommStatementRole)i), &back));
      g_assert_cmpuint (back, ==, i);
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "statement", "reads", test_reads);
  harness_add (harness, "statement", "refuses-claims", test_refuses_claims);
  harness_add (harness, "statement", "accepts-claims", test_accepts_claims);
  harness_add (harness, "statement", "refuses-what-is-no-json", test_refuses_what_is_no_json);
  harness_add (harness, "statement", "one-of", test_one_of);
  harness_add (harness, "statement", "keys", test_keys);
  harness_add (harness, "statement", "ver", test_ver);
  harness_add (harness, "statement", "size", test_size);
  harness_add (harness, "statement", "tampered-at-every-byte", test_tampered_at_every_byte);
  harness_add (harness, "statement", "words", test_words);
}

HARNESS_MAIN (register_tests)
