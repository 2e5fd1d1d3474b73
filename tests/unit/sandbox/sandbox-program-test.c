/* SPDX-License-Identifier: MIT */
#include <sqlite3.h>
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/database.h"
#include "tests/unit/sandbox/site.h"

#define MARA "mara@example.org"

/* -- the programs, as a person starts them -- */

typedef struct
{
  int status; /* of exit; -1 when it was killed */
  char *out;  /* (owned) */
  char *err;  /* (owned) */
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_free (outcome->out);
  g_free (outcome->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
run (const char *program, const char *const *arguments, Outcome *outcome)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *path = harness_build_path (program);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_strv_builder_add (builder, path);
  g_strv_builder_addv (builder, (const char **)arguments);
  argv = g_strv_builder_end (builder);
  process
      = g_subprocess_newv ((const char *const *)argv,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &outcome->out, &outcome->err, &error);
  g_assert_no_error (error);
  outcome->status
      = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

static gboolean
is_one_line (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL && end[1] == '\0';
}

static void
test_bad_arguments (void)
{
  static const char *const rows[][4] = {
    { "tests/sandbox/ttcloud-sandbox", "--nonsense" },
    { "tests/sandbox/ttcloud-sandbox", "extra" },
    { "tests/sandbox/ttcloud-sandbox", "--start", "2026-09-31" },
    { "tests/sandbox/ttcloud-sandbox", "--start", "yesterday" },
    { "tests/sandbox/ttcloud-sandbox", "--start", "2100-01-01" },
    { "tests/sandbox/ttcloud-sandbox", "--port-api", "70000" },
    { "tests/sandbox/ttcloud-sandbox", "--port-web", "x" },
    { "tests/sandbox/ttcloud-sandbox", "--world", "/nonexistent/world.json" },
    { "tests/sandbox/ttcloud-sandbox", "--db", "/nonexistent/world.db" },
    { "tests/sandbox/ttcloud-sandbox", "--dir", "/dev/null/dir" },
    { "tests/sandbox/sandbox-person", NULL },
    { "tests/sandbox/sandbox-person", "--nonsense" },
    { "tests/sandbox/sandbox-person", "--cancel", "--decline" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const arguments[] = { rows[i][1], rows[i][1] != NULL ? rows[i][2] : NULL, NULL };
      g_auto (Outcome) outcome = { 0 };

      run (rows[i][0], arguments, &outcome);
      g_test_message ("%s %s: %s", rows[i][0], rows[i][1], outcome.err);
      g_assert_cmpint (outcome.status, ==, 2);
      g_assert_true (is_one_line (outcome.err));
      g_assert_cmpstr (outcome.out, ==, "");
    }
}

static void
test_help (void)
{
  static const char *const programs[]
      = { "tests/sandbox/ttcloud-sandbox", "tests/sandbox/sandbox-person" };
  const char *const arguments[] = { "--help", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      run (programs[i], arguments, &outcome);
      g_assert_cmpint (outcome.status, ==, 0);
      g_assert_nonnull (strstr (outcome.out, "Usage:"));
    }
}

static gboolean
file_exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
stop_by_request (const char *control_url)
{
  g_autofree char *url = g_strconcat (control_url, "/sandbox/stop", NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
}

/* The three files for hosts, one line an address, and a clean end: at SIGTERM, or when asked. */
static void
test_running (gconstpointer by_request)
{
  g_autofree char *program = harness_build_path ("tests/sandbox/ttcloud-sandbox");
  g_autofree char *directory = g_build_filename (harness_tmpdir (), "run", "dir", NULL);
  g_autofree char *urls = g_build_filename (directory, "urls.json", NULL);
  g_autofree char *trust = g_build_filename (directory, "trust.json", NULL);
  g_autofree char *ca = g_build_filename (directory, "ca.pem", NULL);
  g_autofree char *text = NULL;
  g_autofree char *out = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--dir", directory,
                              "--start", SITE_START, NULL);
  g_assert_no_error (error);
  g_assert_true (harness_wait_until (file_exists, urls, 20000));
  g_assert_true (file_exists (trust));
  g_assert_true (file_exists (ca));
  g_assert_true (g_file_get_contents (urls, &text, NULL, NULL));
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_subprocess_get_identifier (process), !=, NULL);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "pid"), ==,
                   g_ascii_strtoll (g_subprocess_get_identifier (process), NULL, 10));
  if (by_request != NULL)
    stop_by_request (json_text (json_node_get_object (node), "control_url"));
  else
    g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_nonnull (strstr (out, json_text (json_node_get_object (node), "ttcloud_url")));
  g_assert_false (file_exists (urls));
}

/* -- the world on disk -- */

static void
test_a_database_keeps_the_world (void)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), "world.db", NULL);
  g_autofree char *keys = NULL;
  g_autofree char *trust = NULL;

  {
    g_autoptr (Site) site = site_new (SITE_START, NULL, path);
    g_autofree char *token = site_sign_in (site, MARA);
    g_autoptr (Reply) advance = NULL;
    g_autoptr (Reply) reply = site_get (site, "/v1/keys", NULL);

    keys = g_strdup (json_text (reply->json, "keys"));
    trust = g_strdup (ttecomm_sandbox_get_trust (site->sandbox));
    site_do (site, token, "buy", SITE_VILLA, "RS");
    advance = site_advance (site, "2026-12-01");
  }
  {
    g_autoptr (Site) site = site_new (NULL, NULL, path);
    g_autofree char *token = site_sign_in (site, MARA);
    g_autoptr (Reply) installation = site_get (site, "/v1/installations/" SITE_VILLA, token);
    g_autoptr (Reply) orders = site_get (site, "/v1/orders?state=paid", token);

    g_assert_cmpstr (json_text (installation->json, "server_today"), ==, "2026-12-01");
    g_assert_nonnull (strstr (installation->text, "\"end\":\"2027-09-30\""));
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (orders->json, "orders")),
                      ==, 1);
    g_assert_cmpstr (ttecomm_sandbox_get_trust (site->sandbox), ==, trust);
  }
}

static TtecommSandbox *
try_to_start (const char *start, const char *seed, const char *database, GError **error)
{
  g_autofree char *path = NULL;
  TtecommSandboxOptions options = { 0 };

  if (seed != NULL)
    {
      path = g_build_filename (harness_tmpdir (), "bad-seed.json", NULL);
      g_assert_true (g_file_set_contents (path, seed, -1, NULL));
    }
  options.world.start = start;
  options.world.seed = path;
  options.world.database = database;
  return ttecomm_sandbox_start (NULL, &options, error);
}

static void
test_a_world_begins_once (void)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), "world.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommSandbox) again = NULL;

  {
    g_autoptr (Site) site = site_new (SITE_START, NULL, path);
  }
  again = try_to_start (SITE_START, NULL, path, &error);
  g_assert_null (again);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

/* (transfer full) */
static char *
first_day (const char *start, const char *seed, const char *database, gboolean reset)
{
  g_autoptr (Site) site = site_new (start, seed, database);
  g_autoptr (Reply) reply
      = site_control (site, reset ? "POST" : "GET", reset ? "/sandbox/reset" : "/sandbox/clock",
                      reset ? "{}" : NULL);

  return g_strdup (json_text (reply->json, "today"));
}

/* A seed may say its first day; a person who asks for another gets that. */
static void
test_a_seed_has_its_day (void)
{
  static const struct
  {
    const char *start;
    const char *seed;
    const char *day;
  } rows[] = {
    { NULL, "{\"start\":\"2027-03-17\"}", "2027-03-17" },
    { "2027-05-01", "{\"start\":\"2027-03-17\"}", "2027-05-01" },
    { "2027-05-01", "{}", "2027-05-01" },
    { NULL, "{\"start\":null}", "2026-09-18" },
  };
  g_autofree char *path = g_build_filename (harness_tmpdir (), "world.db", NULL);
  g_autofree char *made = first_day (NULL, rows[0].seed, path, FALSE);
  g_autofree char *again = first_day (NULL, rows[0].seed, path, FALSE);
  g_autofree char *reset = first_day (NULL, rows[0].seed, path, TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *day = first_day (rows[i].start, rows[i].seed, NULL, FALSE);
      g_autofree char *after = first_day (rows[i].start, rows[i].seed, NULL, TRUE);

      g_assert_cmpstr (day, ==, rows[i].day);
      g_assert_cmpstr (after, ==, rows[i].day);
    }
  g_assert_cmpstr (made, ==, "2027-03-17");
  g_assert_cmpstr (again, ==, "2027-03-17");
  g_assert_cmpstr (reset, ==, "2027-03-17");
}

/* A file that is no database, and seeds that cannot be: an error that names the place. */
static void
test_bad_worlds (void)
{
  static const struct
  {
    const char *seed;
    const char *says;
  } rows[] = {
    { "", "seed" },
    { "[]", "seed" },
    { "{\"accounts\":1}", "accounts" },
    { "{\"accounts\":[{}]}", "accounts[0]" },
    { "{\"start\":1}", "start" },
    { "{\"start\":\"2027-02-30\"}", "start" },
    { "{\"start\":\"1999-12-31\"}", "start: a world begins between" },
    { "{\"accounts\":[{\"id\":\"a\",\"email\":\"a@b\",\"name\":\"n\",\"card\":{\"brand\":\"visa\","
      "\"last4\":\"1\",\"expires\":\"x\"}}]}",
      "accounts[0]" },
    { "{\"installations\":[{\"id\":\"i\",\"name\":\"n\",\"prosoft\":\"5\",\"people\":[{}]}]}",
      "installations[0]: people[0]" },
    { "{\"installations\":[{\"id\":\"i\",\"name\":\"n\",\"prosoft\":\"5\",\"subscriptions\":["
      "{\"service\":\"XX\",\"payer\":\"a@b\",\"months_ago\":1}]}]}",
      "subscriptions[0]" },
    { "{\"installations\":[{\"id\":\"i\",\"name\":\"n\",\"prosoft\":\"5\",\"subscriptions\":["
      "{\"service\":\"RS\",\"payer\":\"nobody@b\",\"months_ago\":1}]}]}",
      "payer" },
    { "{\"installations\":[{\"id\":\"i\",\"name\":\"n\",\"prosoft\":\"5\",\"people\":["
      "{\"email\":\"a@b\",\"role\":\"god\"}]}]}",
      "role" },
  };
  g_autofree char *path = g_build_filename (harness_tmpdir (), "not-a.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommSandbox) broken = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) seed_error = NULL;
      g_autoptr (TtecommSandbox) sandbox = try_to_start (NULL, rows[i].seed, NULL, &seed_error);

      g_test_message ("%s: %s", rows[i].seed, seed_error != NULL ? seed_error->message : "");
      g_assert_null (sandbox);
      g_assert_nonnull (seed_error);
      g_assert_nonnull (strstr (seed_error->message, rows[i].says));
    }
  g_assert_true (g_file_set_contents (path, "this is no database, only some text", -1, NULL));
  broken = try_to_start (NULL, NULL, path, &error);
  g_assert_null (broken);
  g_assert_nonnull (error);
}

/* What must never happen twice, the database itself refuses. */
static void
test_constraints (void)
{
  static const char *const bad[] = {
    /* the same term paid twice */
    "INSERT INTO renewals SELECT installation, service, original_start, n, day, invoice FROM "
    "renewals",
    /* two orders of one quote, and two of one key */
    "INSERT INTO orders SELECT id || 'x', serial + 1, account, quote, idempotency_key || 'x', "
    "token || 'x', state, reason, gross_cents, due_now_cents, po_reference, created, expires, "
    "chosen_card, invoice FROM orders",
    "INSERT INTO idempotency SELECT account, key, 'other', order_id FROM idempotency",
    /* two subscriptions to one service */
    "INSERT INTO subscriptions SELECT * FROM subscriptions LIMIT 1",
    /* another role, another state */
    "UPDATE people SET role = 'god'",
    "UPDATE orders SET state = 'half'",
    /* a payer who does not exist */
    "UPDATE subscriptions SET payer = 'nobody'",
  };
  g_autofree char *path = g_build_filename (harness_tmpdir (), "world.db", NULL);
  g_autoptr (SandboxDatabase) db = NULL;
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (Site) site = site_new (SITE_START, NULL, path);
    g_autofree char *token = site_sign_in (site, MARA);

    site_do (site, token, "buy", SITE_VILLA, "RS");
  }
  db = sandbox_database_open (path, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_test_message ("%s", bad[i]);
      sandbox_database_begin (db);
      sandbox_database_run (db, bad[i], "");
      g_assert_false (sandbox_database_commit (db, &refusal));
      g_assert_error (refusal, SANDBOX_DATABASE_ERROR, 0);
      g_assert_nonnull (strstr (refusal->message, "constraint failed"));
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "sandbox-program", "bad-arguments", test_bad_arguments);
  harness_add (harness, "sandbox-program", "help", test_help);
  harness_add_full (harness, "sandbox-program", "running", test_running, NULL, NULL);
  harness_add_full (harness, "sandbox-program", "stopped-by-request", test_running,
                    (gpointer) "control", NULL);
  harness_add (harness, "sandbox-program", "a-database-keeps-the-world",
               test_a_database_keeps_the_world);
  harness_add (harness, "sandbox-program", "a-world-begins-once", test_a_world_begins_once);
  harness_add (harness, "sandbox-program", "a-seed-has-its-day", test_a_seed_has_its_day);
  harness_add (harness, "sandbox-program", "bad-worlds", test_bad_worlds);
  harness_add (harness, "sandbox-program", "constraints", test_constraints);
}

HARNESS_MAIN (register_tests)
