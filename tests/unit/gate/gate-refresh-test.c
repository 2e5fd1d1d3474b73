/* SPDX-License-Identifier: MIT */
#include "plugin/gate/cache.h"
#include "tests/unit/gate/gate-fixture.h"

#define CODE(name) TTECOMM_GATE_CODE_##name
#define CAUSE(name) TTECOMM_GATE_CAUSE_##name
#define FROM(name) TTECOMM_GATE_FROM_##name

static void
test_restart_offline (GateFixture *f, gconstpointer data)
{
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_fixture_restart (f);
  f->source->fail = CAUSE (OFFLINE);
  ttecomm_fake_clock_advance (f->clock, 60);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (RECENT), CAUSE (OFFLINE), FROM (DISK));
  ttecomm_fake_clock_advance (f->clock, 86400);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (STALE), CAUSE (OFFLINE), FROM (DISK));
  ttecomm_fake_clock_advance (f->clock, 2 * 86400);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (GRACE_OVER), CAUSE (OFFLINE), FROM (DISK));
  g_assert_cmpuint (f->source->n_keys, ==, 1);

  /* another account finds nothing, and what the first left is gone */
  ttecomm_gate_set_account (f->gate, "acct-2");
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (OFFLINE), FROM (NOTHING));
  gate_fixture_restart (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (OFFLINE), FROM (NOTHING));
}

/* High water is written at the end: after a reboot the wall clock may not be set back past it. */
static void
test_high_water_at_shutdown (GateFixture *f, gconstpointer data)
{
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  ttecomm_fake_clock_advance (f->clock, 7200);
  gate_fixture_restart (f);
  f->source->fail = CAUSE (OFFLINE);
  ttecomm_fake_clock_reboot (f->clock, "boot-2", 5 * G_USEC_PER_SEC);
  ttecomm_fake_clock_set_wall (f->clock, GATE_IAT + 3600);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (CLOCK_BACK), CAUSE (OFFLINE), FROM (DISK));
  g_assert_cmpstr (f->events->str, ==, "clock-suspect 0\n");
  ttecomm_fake_clock_break_wall (f->clock);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (CLOCK_UNREADABLE), CAUSE (OFFLINE), FROM (DISK));

  /* any verified online answer resets it */
  f->source->fail = CAUSE (NONE);
  f->source->statement = ttecomm_fake_statement ("", GATE_IAT + 60);
  ttecomm_fake_clock_set_wall (f->clock, GATE_IAT + 60);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->source->fail = CAUSE (OFFLINE);
  ttecomm_fake_clock_reboot (f->clock, "boot-3", 5 * G_USEC_PER_SEC);
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (OFFLINE), FROM (MEMORY));
}

static gboolean
file_exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Another window gets a later answer, of that @ver, and leaves it on disk; then the network goes.
 * (transfer full): what this window says then */
static TtecommGateVerdict *
check_after_other_window (GateFixture *f, gint64 ver)
{
  TtecommGate *other = ttecomm_gate_new (&f->config);
  TtecommGate *mine = f->gate;
  g_autoptr (TtecommGateCache) cache
      = ttecomm_gate_cache_new (f->folder, TTECOMM_GATE_CACHE_MAX_FILES);
  g_autofree char *path = ttecomm_gate_cache_dup_path (cache, GATE_SITE, TTECOMM_FAKE_ACCOUNT);

  ttecomm_gate_set_account (other, TTECOMM_FAKE_ACCOUNT);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  g_assert_true (harness_wait_until (file_exists, path, 60000));
  ttecomm_fake_clock_advance (f->clock, 3600);
  f->source->statement = ttecomm_fake_statement ("", GATE_IAT + 3600);
  f->source->statement.ver = ver;
  f->gate = other;
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  ttecomm_gate_shutdown (other);
  g_object_unref (other);
  f->gate = mine;
  f->source->fail = CAUSE (OFFLINE);
  return gate_check (f, TTECOMM_GATE_REFRESH);
}

/* Two windows: the other one's later answer on disk is taken when the network is gone. */
static void
test_other_window (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateVerdict) verdict = check_after_other_window (f, 13);

  g_assert_cmpint (verdict->from, ==, FROM (DISK));
  g_assert_cmpint (verdict->when, ==, GATE_IAT + 3600);
}

/* A file proves nothing about its order: what has a lower ver than our own answer is left there. */
static void
test_other_window_of_a_lower_ver (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateVerdict) verdict = check_after_other_window (f, 11);

  g_assert_cmpint (verdict->from, ==, FROM (MEMORY));
  g_assert_cmpint (verdict->when, ==, GATE_IAT);
}

/* A folder that cannot be written: sessions work, and the log says so once. */
static void
test_no_disk (GateFixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (f->folder, "..", "file", NULL);
  const char *first;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  f->config.cache_folder = file;
  gate_fixture_restart (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (OK), CAUSE (NONE), FROM (NET));
  ttecomm_gate_set_account (f->gate, NULL);
  ttecomm_gate_set_account (f->gate, TTECOMM_FAKE_ACCOUNT);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (OFFLINE), FROM (MEMORY));
  while (strstr (f->log->str, "not kept on disk") == NULL)
    g_main_context_iteration (f->context, TRUE);
  gate_fixture_settle (f);
  first = strstr (f->log->str, "not kept on disk");
  g_assert_null (strstr (first + 1, "not kept on disk"));
}

static void
test_no_folder (GateFixture *f, gconstpointer data)
{
  f->config.cache_folder = NULL;
  gate_fixture_restart (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_fixture_restart (f);
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (OFFLINE), FROM (NOTHING));
}

/* Somebody changes a byte of the file between two runs: there is no cache. */
static void
test_altered_file (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateCache) cache
      = ttecomm_gate_cache_new (f->folder, TTECOMM_GATE_CACHE_MAX_FILES);
  g_autofree char *path = ttecomm_gate_cache_dup_path (cache, GATE_SITE, TTECOMM_FAKE_ACCOUNT);
  g_autofree char *text = NULL;
  gsize length = 0;

  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_fixture_restart (f);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  text[100] ^= 1;
  g_assert_true (g_file_set_contents (path, text, (gssize)length, NULL));
  f->source->fail = CAUSE (PORTAL);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (PORTAL), FROM (NOTHING));
}

static gboolean
asked_often (gpointer data)
{
  return TTECOMM_FAKE_SOURCE (data)->n_statements >= 5;
}

/* A question that failed is asked again behind the scenes, until there is an answer. */
static void
test_retries (GateFixture *f, gconstpointer data)
{
  f->config.budgets.retry_min_ms = 1;
  f->config.budgets.retry_max_ms = 3;
  gate_fixture_restart (f);
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (OFFLINE), FROM (NOTHING));
  g_assert_true (harness_wait_until (asked_often, f->source, 60000));
  f->source->fail = CAUSE (NONE);
  f->source->n_statements = 4;
  g_assert_true (harness_wait_until (asked_often, f->source, 60000));
  gate_fixture_settle (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
  g_assert_cmpuint (f->source->n_statements, ==, 5);
}

static gboolean
never (gpointer data)
{
  return FALSE;
}

/* A time in which much could happen, were it allowed to. */
static void
let_time_pass (GateFixture *f)
{
  g_assert_false (harness_wait_until (never, f, 30));
}

/* Not while the server asked for patience. A click may ask. */
static void
test_does_not_retry (GateFixture *f, gconstpointer data)
{
  f->config.budgets.retry_min_ms = 1;
  f->config.budgets.retry_max_ms = 3;
  gate_fixture_restart (f);
  f->source->fail = CAUSE (BUSY);
  f->source->http_status = 429;
  f->source->retry_after = 120;
  {
    g_autoptr (TtecommGateVerdict) verdict = gate_check (f, TTECOMM_GATE_CLICK);

    g_assert_cmpint (verdict->decision.cause, ==, CAUSE (BUSY));
    g_assert_cmpuint (verdict->http_status, ==, 429);
  }
  let_time_pass (f);
  g_assert_cmpuint (f->source->n_statements, ==, 1);
  f->source->retry_after = -1;
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (BUSY), FROM (NOTHING));
  let_time_pass (f);
  g_assert_cmpuint (f->source->n_statements, ==, 2);
}

/* Not while the person must sign in, with no pause to hide behind. A click may ask. */
static void
test_does_not_retry_signed_out (GateFixture *f, gconstpointer data)
{
  f->config.budgets.retry_min_ms = 1;
  f->config.budgets.retry_max_ms = 3;
  gate_fixture_restart (f);
  f->source->fail = CAUSE (SIGN_IN);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (SIGN_IN), FROM (NOTHING));
  let_time_pass (f);
  g_assert_cmpuint (f->source->n_statements, ==, 1);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (SIGN_IN), FROM (NOTHING));
  g_assert_cmpuint (f->source->n_statements, ==, 2);
}

/* However long a pause the server asks for, it is counted and kept: what is fetched ahead waits. */
static void
test_absurd_retry_after (GateFixture *f, gconstpointer data)
{
  f->source->fail = CAUSE (BUSY);
  f->source->retry_after = G_MAXINT64;
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (BUSY), FROM (NOTHING));
  gate_expect (f, TTECOMM_GATE_PREFETCH, CODE (FLAG_UNKNOWN), CAUSE (BUSY), FROM (NOTHING));
  g_assert_cmpuint (f->source->n_statements, ==, 1);
}

/* What is watched is asked about again when the server welcomes it, and not afterwards. */
static void
test_polls_what_is_watched (GateFixture *f, gconstpointer data)
{
  f->config.budgets.poll_min_ms = 1;
  f->config.budgets.retry_min_ms = 1;
  gate_fixture_restart (f);
  f->source->statement.next = 0;
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  let_time_pass (f);
  g_assert_cmpuint (f->source->n_statements, ==, 1);

  ttecomm_gate_watch (f->gate, GATE_SITE);
  ttecomm_gate_watch (f->gate, GATE_SITE);
  ttecomm_gate_unwatch (f->gate, GATE_SITE);
  g_assert_true (harness_wait_until (asked_often, f->source, 60000));
  ttecomm_gate_unwatch (f->gate, GATE_SITE);
  ttecomm_gate_unwatch (f->gate, GATE_SITE);
  gate_fixture_settle (f);
  f->source->n_statements = 0;
  let_time_pass (f);
  g_assert_cmpuint (f->source->n_statements, ==, 0);
}

/* Watched before the person has signed in: asked about as soon as there is an account. */
static void
test_watch_waits_for_account (GateFixture *f, gconstpointer data)
{
  f->config.budgets.poll_min_ms = 1;
  f->config.budgets.retry_min_ms = 1;
  gate_fixture_restart (f);
  f->source->statement.next = 0;
  ttecomm_gate_set_account (f->gate, NULL);
  ttecomm_gate_watch (f->gate, GATE_SITE);
  let_time_pass (f);
  g_assert_cmpuint (f->source->n_statements, ==, 0);
  ttecomm_gate_set_account (f->gate, TTECOMM_FAKE_ACCOUNT);
  g_assert_true (harness_wait_until (asked_often, f->source, 60000));
}

static void
test_events (GateFixture *f, gconstpointer data)
{
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
  f->source->statement.renew = FALSE;
  f->source->statement.until_ts = GATE_IAT + 2 * 86400;
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (ENDS_SOON), CAUSE (NONE), FROM (NET));
  ttecomm_fake_clock_advance (f->clock, 86401);
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (STALE), CAUSE (OFFLINE), FROM (MEMORY));
  f->source->fail = CAUSE (NONE);
  f->source->statement.iat = GATE_IAT + 2 * 86400;
  f->source->statement.exp = GATE_IAT + 3 * 86400;
  ttecomm_fake_clock_advance (f->clock, 86400);
  ttecomm_fake_clock_set_wall (f->clock, GATE_IAT + 2 * 86400 - 601);
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (ENDED), CAUSE (NONE), FROM (NET));
  g_assert_cmpstr (f->events->str, ==,
                   "changed TT-0001 ok ends_soon -\n"
                   "ends-soon 2\n"
                   "changed TT-0001 ends_soon stale offline\n"
                   "stale 1790000000\n"
                   "changed TT-0001 stale ended -\n"
                   "ended ended\n"
                   "fresh\n"
                   "clock-suspect -601\n");
}

/* The log line and "Copy details": all that helps, nothing that must not leave the PC. */
static void
test_details (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateVerdict) verdict = gate_check (f, TTECOMM_GATE_CLICK);
  g_autofree char *pseudonym = ttecomm_gate_dup_pseudonym (f->gate, GATE_SITE);
  g_autofree char *other = NULL;
  g_autofree char *expected = NULL;
  const char *jws = ttecomm_statement_get_jws (verdict->statement);

  expected = g_strdup_printf ("time=2026-09-21T14:13:20Z installation=%s outcome=ALLOW code=ok "
                              "source=net verify=%" G_GINT64_FORMAT "us total=%" G_GINT64_FORMAT
                              "us http=200 kid=2026a ver=12 age=0s",
                              pseudonym, verdict->verify_us, verdict->total_us);
  g_assert_cmpstr (verdict->details, ==, expected);
  g_assert_cmpuint (strlen (pseudonym), ==, 4);
  g_assert_nonnull (strstr (f->log->str, verdict->details));
  g_assert_null (strstr (f->log->str, GATE_SITE));
  g_assert_null (strstr (f->log->str, TTECOMM_FAKE_ACCOUNT));
  g_assert_null (strstr (f->log->str, jws));
  g_assert_null (strstr (f->log->str, g_ptr_array_index (f->source->nonces, 0)));

  /* the salt is this run's own */
  gate_fixture_restart (f);
  other = ttecomm_gate_dup_pseudonym (f->gate, GATE_SITE);
  g_assert_cmpuint (strlen (other), ==, 4);
}

static void
expect_in_memory (GateFixture *f, const char *installation, gboolean is_there)
{
  TtecommGateDecision decision;

  g_assert_cmpint (ttecomm_gate_memory_decide (ttecomm_gate_get_memory (f->gate),
                                               TTECOMM_CLOCK (f->clock), installation, "5.1.2.0",
                                               &decision, NULL),
                   ==, is_there);
}

/* A thousand installations and more: what was used least goes, and nothing is lost on disk. */
static void
test_many_installations (GateFixture *f, gconstpointer data)
{
  f->config.cache_folder = NULL;
  gate_fixture_restart (f);
  for (guint i = 0; i < 1030; i++)
    {
      g_autofree char *site = g_strdup_printf ("TT-%u", i);
      GateWait wait;

      gate_check_begin (f, &wait, site, TTECOMM_GATE_CLICK, 5000, NULL);
      gate_wait (&wait);
      gate_wait_clear (&wait);
    }
  g_assert_cmpuint (ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (f->gate)), ==, 1024);
  expect_in_memory (f, "TT-5", FALSE);
  expect_in_memory (f, "TT-6", TRUE);
  expect_in_memory (f, "TT-1028", TRUE);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "gate-refresh", name, GateFixture, NULL, gate_fixture_set_up,      \
                       func, gate_fixture_tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("restart-offline", test_restart_offline);
  ADD ("high-water-at-shutdown", test_high_water_at_shutdown);
  ADD ("other-window", test_other_window);
  ADD ("other-window-of-a-lower-ver", test_other_window_of_a_lower_ver);
  ADD ("no-disk", test_no_disk);
  ADD ("no-folder", test_no_folder);
  ADD ("altered-file", test_altered_file);
  ADD ("retries", test_retries);
  ADD ("does-not-retry", test_does_not_retry);
  ADD ("does-not-retry-signed-out", test_does_not_retry_signed_out);
  ADD ("absurd-retry-after", test_absurd_retry_after);
  ADD ("polls-what-is-watched", test_polls_what_is_watched);
  ADD ("watch-waits-for-account", test_watch_waits_for_account);
  ADD ("events", test_events);
  ADD ("details", test_details);
  ADD ("many-installations", test_many_installations);
}

HARNESS_MAIN (register_tests)
