/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/statement.h"
#include "tests/harness/harness.h"
#include "tests/unit/sandbox/site.h"

#define NONCE "ABCDEFGHIJKLMNOPQRSTUV"

static TtecommKeySet *
fetch_keys (Site *site)
{
  g_autoptr (Reply) reply = site_get (site, "/v1/keys", NULL);
  const char *trust_text = ttecomm_sandbox_get_trust (site->sandbox);
  const char *keys_text = json_text (reply->json, "keys");
  g_autoptr (TtecommTrust) trust = NULL;
  g_autoptr (GError) error = NULL;
  TtecommKeySet *keys;

  trust = ttecomm_trust_new_from_json (trust_text, strlen (trust_text), &error);
  g_assert_no_error (error);
  keys = ttecomm_key_set_verify (keys_text, strlen (keys_text), trust, 0, &error);
  g_assert_no_error (error);
  return keys;
}

static Reply *
ask (Site *site, const char *token, const char *installation)
{
  g_autofree char *json
      = g_strdup_printf ("{\"installation\":\"%s\",\"nonce\":\"" NONCE "\"}", installation);

  return site_post (site, "/v1/service-flag", token, json);
}

static TtecommStatement *
verify (Site *site,
        const char *token,
        const char *account,
        const char *installation,
        GError **error)
{
  g_autoptr (TtecommKeySet) keys = fetch_keys (site);
  g_autoptr (Reply) reply = ask (site, token, installation);
  const TtecommStatementExpected expected
      = { .keys = keys, .installation = installation, .account = account, .nonce = NONCE };
  const char *text;

  g_assert_cmpuint (reply->status, ==, 200);
  text = json_text (reply->json, "statement");
  return ttecomm_statement_verify (text, strlen (text), &expected, error);
}

/* What the statement says of each sort of installation, verified as the module verifies it. */
static void
test_each_state (void)
{
  static const struct
  {
    const char *installation;
    TtecommServiceState state;
    gboolean flag;
    gboolean renew;
    TtecommStatementRole role;
    gboolean si_access;
    gboolean connected;
  } rows[] = {
    { SITE_VILLA, TTECOMM_SERVICE_STATE_NOT_ACTIVATED, FALSE, FALSE, TTECOMM_STATEMENT_ROLE_SI,
      TRUE, TRUE },
    { "site-active", TTECOMM_SERVICE_STATE_ACTIVE, TRUE, TRUE, TTECOMM_STATEMENT_ROLE_SI, TRUE,
      TRUE },
    { "site-ending", TTECOMM_SERVICE_STATE_ACTIVE, TRUE, FALSE, TTECOMM_STATEMENT_ROLE_SI, TRUE,
      TRUE },
    { "site-past-due", TTECOMM_SERVICE_STATE_PAYMENT_FAILED, TRUE, TRUE, TTECOMM_STATEMENT_ROLE_SI,
      TRUE, TRUE },
    { "site-expired", TTECOMM_SERVICE_STATE_ENDED, FALSE, FALSE, TTECOMM_STATEMENT_ROLE_SI, TRUE,
      TRUE },
    { "site-suspended", TTECOMM_SERVICE_STATE_SUSPENDED, FALSE, TRUE, TTECOMM_STATEMENT_ROLE_SI,
      TRUE, TRUE },
    { "site-offline", TTECOMM_SERVICE_STATE_ACTIVE, TRUE, TRUE, TTECOMM_STATEMENT_ROLE_SI, TRUE,
      FALSE },
    { "site-si-off", TTECOMM_SERVICE_STATE_ACTIVE, TRUE, TRUE, TTECOMM_STATEMENT_ROLE_SI, FALSE,
      TRUE },
    { "site-unknown-role", TTECOMM_SERVICE_STATE_NOT_ACTIVATED, FALSE, FALSE,
      TTECOMM_STATEMENT_ROLE_UNKNOWN, TRUE, TRUE },
    { "site-nl", TTECOMM_SERVICE_STATE_NOT_LINKED, FALSE, FALSE, TTECOMM_STATEMENT_ROLE_UNKNOWN,
      FALSE, FALSE },
    { "there-is-none", TTECOMM_SERVICE_STATE_NOT_LINKED, FALSE, FALSE,
      TTECOMM_STATEMENT_ROLE_UNKNOWN, FALSE, FALSE },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, "mara@example.org");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommStatement) statement
          = verify (site, token, "acct-mara", rows[i].installation, &error);
      const TtecommServiceFlag *flag;

      g_test_message ("%s", rows[i].installation);
      g_assert_no_error (error);
      flag = ttecomm_statement_get_service (statement, "RS");
      g_assert_cmpint (flag->state, ==, rows[i].state);
      g_assert_cmpint (flag->flag, ==, rows[i].flag);
      g_assert_cmpint (flag->renew, ==, rows[i].renew);
      g_assert_cmpint (ttecomm_statement_get_role (statement), ==, rows[i].role);
      g_assert_cmpint (ttecomm_statement_get_si_access (statement), ==, rows[i].si_access);
      g_assert_cmpint (ttecomm_statement_get_connected (statement), ==, rows[i].connected);
    }
}

/* C25: the first second that is over is midnight in Brussels, summer or winter. */
static void
test_until_is_brussels_midnight (void)
{
  static const struct
  {
    const char *start;
    const char *end;
    gint64 until_ts;
  } rows[] = {
    { "2026-09-18", "2027-06-30", 1814392800 }, /* 2027-06-30 22:00 UTC */
    { "2026-04-18", "2027-01-31", 1801436400 }, /* 2027-01-31 23:00 UTC */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Site) site = site_new (rows[i].start, NULL, NULL);
      g_autofree char *token = site_sign_in (site, "mara@example.org");
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommStatement) statement
          = verify (site, token, "acct-mara", "site-active", &error);
      const TtecommServiceFlag *flag;
      g_autofree char *end = NULL;

      g_assert_no_error (error);
      flag = ttecomm_statement_get_service (statement, "RS");
      end = g_strdup_printf ("%04u-%02d-%02u", g_date_get_year (&flag->until),
                             g_date_get_month (&flag->until), g_date_get_day (&flag->until));
      g_assert_cmpstr (end, ==, rows[i].end);
      g_assert_cmpint (flag->until_ts, ==, rows[i].until_ts);
    }
}

static void
test_the_worlds_time_counts (void)
{
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, "mara@example.org");
  g_autoptr (Reply) advance = site_advance (site, "2027-03-01");
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommStatement) statement = verify (site, token, "acct-mara", "site-ending", &error);

  g_assert_no_error (error);
  g_assert_cmpint (ttecomm_statement_get_iat (statement), ==, 1803891600); /* 10:00 in Brussels */
  g_assert_cmpint (ttecomm_statement_get_exp (statement), ==, 1803891600 + 72 * 3600);
  g_assert_cmpint (ttecomm_statement_get_service (statement, "RS")->state, ==,
                   TTECOMM_SERVICE_STATE_ENDED);
}

/* The owner's switch (H15), a removed person, a new name: each makes ver grow. */
static void
test_ver_grows (void)
{
  static const char *const changes[] = {
    "{\"id\":\"site-active\",\"si_access\":false}",
    "{\"id\":\"site-active\",\"connected\":false}",
    "{\"id\":\"site-active\",\"suspended\":true}",
    "{\"id\":\"site-active\",\"name\":\"Another\"}",
    "{\"id\":\"site-active\",\"people\":[{\"email\":\"mara@example.org\",\"role\":\"owner\"}]}",
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, "mara@example.org");
  gint64 ver = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (Reply) change = site_control (site, "POST", "/sandbox/installations", changes[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (TtecommStatement) statement
          = verify (site, token, "acct-mara", "site-active", &error);

      g_assert_cmpuint (change->status, ==, 200);
      g_assert_no_error (error);
      g_assert_cmpint (ttecomm_statement_get_ver (statement), >, ver);
      ver = ttecomm_statement_get_ver (statement);
    }
}

/* Each fault of the statement is refused for the reason it was made for. */
static void
test_faults (void)
{
  static const struct
  {
    const char *name;
    TtecommStatementError code;
  } rows[] = {
    { "bad-signature", TTECOMM_STATEMENT_ERROR_SIGNATURE },
    { "unknown-kid", TTECOMM_STATEMENT_ERROR_KEY_UNKNOWN },
    { "no-nonce", TTECOMM_STATEMENT_ERROR_NONCE },
    { "wrong-nonce", TTECOMM_STATEMENT_ERROR_NONCE },
    { "wrong-site", TTECOMM_STATEMENT_ERROR_SUBJECT },
    { "wrong-env", TTECOMM_STATEMENT_ERROR_ENVIRONMENT },
    { "alg-none", TTECOMM_STATEMENT_ERROR_HEADER },
    { "long-exp", TTECOMM_STATEMENT_ERROR_RANGE },
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, "mara@example.org");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"name\":\"%s\",\"times\":1}", rows[i].name);
      g_autoptr (Reply) set = site_control (site, "POST", "/sandbox/faults", json);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) no_error = NULL;
      g_autoptr (TtecommStatement) bad = verify (site, token, "acct-mara", "site-active", &error);
      g_autoptr (TtecommStatement) good
          = verify (site, token, "acct-mara", "site-active", &no_error);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpuint (set->status, ==, 200);
      g_assert_null (bad);
      if (rows[i].code == TTECOMM_STATEMENT_ERROR_HEADER)
        g_assert_true (
            g_error_matches (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_HEADER)
            || g_error_matches (error, TTECOMM_STATEMENT_ERROR, TTECOMM_STATEMENT_ERROR_FORMAT));
      else
        g_assert_error (error, TTECOMM_STATEMENT_ERROR, (int)rows[i].code);
      g_assert_no_error (no_error);
      g_assert_nonnull (good);
    }
}

static void
test_bad_questions (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"installation\":\"x\"}",
    "{\"nonce\":\"" NONCE "\"}",
    "{\"installation\":\"x\",\"nonce\":\"short\"}",
    "{\"installation\":\"x\",\"nonce\":\"ABCDEFGHIJKLMNOPQRSTU=\"}",
    "{\"installation\":\"a/b\",\"nonce\":\"" NONCE "\"}",
    "{\"installation\":\"\",\"nonce\":\"" NONCE "\"}",
    "{\"installation\":1,\"nonce\":\"" NONCE "\"}",
    "{\"installation\":\"x\",\"nonce\":\"" NONCE "\",\"more\":1}",
    "{\"installation\":\"x\",\"installation\":\"y\",\"nonce\":\"" NONCE "\"}",
    "[]",
    "",
    "{'installation':'x'}",
  };
  g_autoptr (Site) site = site_new (SITE_START, NULL, NULL);
  g_autofree char *token = site_sign_in (site, "mara@example.org");

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (Reply) reply = site_post (site, "/v1/service-flag", token, bodies[i]);

      g_test_message ("%s", bodies[i]);
      assert_problem (reply, "invalid", 400);
    }
}

static void
register_tests (Harness *harness)
{
  /* rules: S24 H15 C15 */
  harness_add (harness, "sandbox-service-flag", "each-state", test_each_state);
  /* rules: S24 C25 */
  harness_add (harness, "sandbox-service-flag", "until-is-brussels-midnight",
               test_until_is_brussels_midnight);
  harness_add (harness, "sandbox-service-flag", "the-worlds-time-counts",
               test_the_worlds_time_counts);
  /* rules: H15 */
  harness_add (harness, "sandbox-service-flag", "ver-grows", test_ver_grows);
  harness_add (harness, "sandbox-service-flag", "faults", test_faults);
  harness_add (harness, "sandbox-service-flag", "bad-questions", test_bad_questions);
}

HARNESS_MAIN (register_tests)
