/* SPDX-License-Identifier: MIT */
/* Answers that are kept ready: many are asked about at once, each is believed or not as if it had
 * come alone, and nobody who clicks waits for any of it. */
#include "plugin/gate/cache.h"
#include "tests/unit/gate/gate-fixture.h"

#include <stdio.h>
#include <string.h>

#define CODE(name) TTECOMM_GATE_CODE_##name
#define CAUSE(name) TTECOMM_GATE_CAUSE_##name
#define FROM(name) TTECOMM_GATE_FROM_##name
#define PATIENCE_MS 60000

/* "TT-0001" and on; up to a NULL. */
static GStrv
make_ids (guint n)
{
  GStrv ids = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    ids[i] = g_strdup_printf ("TT-%04u", i + 1);
  return ids;
}

static void
keep_ready (GateFixture *f, guint n)
{
  g_auto (GStrv) ids = make_ids (n);

  ttecomm_gate_keep_ready (f->gate, (const char *const *)ids);
}

typedef struct
{
  GateFixture *f;
  guint n;
} Wanted;

static gboolean
has_memory (gpointer data)
{
  const Wanted *wanted = data;

  return ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (wanted->f->gate)) == wanted->n;
}

static gboolean
has_asked (gpointer data)
{
  const Wanted *wanted = data;

  return wanted->f->source->n_many >= wanted->n;
}

static gboolean
has_logged (gpointer data)
{
  return ((GateFixture *)data)->log->len > 0;
}

static gboolean
file_exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
wait_for (GateFixture *f, HarnessPredicate predicate, guint n)
{
  Wanted wanted = { f, n };

  g_assert_true (harness_wait_until (predicate, &wanted, PATIENCE_MS));
}

/* The click on any of them is decided from memory: no question by name, no event. */
static void
test_clicks_find_answers (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  keep_ready (f, 250);
  wait_for (f, has_memory, 250);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->asked_many->len, ==, 250);
  g_assert_cmpuint (f->source->n_many, >, 1);
  g_assert_cmpuint (f->source->most, <=, TTECOMM_SERVICE_FLAGS_MAX);
  gate_check_begin (f, &wait, "TT-0250", TTECOMM_GATE_CLICK, 0, NULL);
  gate_wait (&wait);
  g_assert_cmpint (wait.verdict->decision.code, ==, CODE (OK));
  g_assert_cmpint (wait.verdict->from, ==, FROM (MEMORY));
  gate_wait_clear (&wait);
  g_assert_cmpuint (f->source->n_statements, ==, 0);
  g_assert_cmpstr (f->events->str, ==, "");
  g_assert_cmpuint (f->source->n_keys, ==, 1);
}

static void
test_nonces_are_all_others (GateFixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  keep_ready (f, 120);
  wait_for (f, has_memory, 120);
  for (guint i = 0; i < f->source->nonces->len; i++)
    g_assert_true (g_hash_table_add (seen, f->source->nonces->pdata[i]));
}

/* They survive a restart, as a single answer does. */
static void
test_on_disk (GateFixture *f, gconstpointer data)
{
  keep_ready (f, 3);
  wait_for (f, has_memory, 3);
  /* what has not been written when the gate ends never will be: wait for it */
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("TT-%04u", i + 1);
      g_autoptr (TtecommGateCache) cache = ttecomm_gate_cache_new (f->folder, 100);
      g_autofree char *file = ttecomm_gate_cache_dup_path (cache, id, TTECOMM_FAKE_ACCOUNT);

      g_assert_true (harness_wait_until (file_exists, file, PATIENCE_MS));
    }
  gate_fixture_restart (f);
  f->source->fail = CAUSE (OFFLINE);
  ttecomm_fake_clock_advance (f->clock, 60);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (RECENT), CAUSE (OFFLINE), FROM (DISK));
}

/* One bad answer is not used and takes nothing from the others, nor from what was known. */
static void
test_one_is_bad (GateFixture *f, gconstpointer data)
{
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->source->spoil = GATE_SITE;
  keep_ready (f, 20);
  wait_for (f, has_memory, 20);
  gate_fixture_settle (f);
  g_assert_nonnull (strstr (f->log->str, "kept ready: 19 installations, 1 answers not used"));
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
}

static void
expect_in_memory (GateFixture *f, const char *installation, gboolean is_there)
{
  TtecommGateDecision decision;

  g_assert_true (ttecomm_gate_memory_decide (ttecomm_gate_get_memory (f->gate),
                                             TTECOMM_CLOCK (f->clock), installation, "5.1.2.0",
                                             &decision, NULL)
                 == is_there);
}

/* What an answer says is about the installation it names, wherever it stands. */
static void
test_reversed (GateFixture *f, gconstpointer data)
{
  f->source->shuffle = TRUE;
  f->source->spoil = "TT-0003";
  keep_ready (f, 20);
  g_assert_true (harness_wait_until (has_logged, f, PATIENCE_MS));
  g_assert_nonnull (strstr (f->log->str, "kept ready: 19 installations, 1 answers not used"));
  wait_for (f, has_memory, 19);
  expect_in_memory (f, "TT-0001", TRUE);
  expect_in_memory (f, "TT-0003", FALSE);
  expect_in_memory (f, "TT-0020", TRUE);
}

/* One installation has one answer; the one whose place was taken has none. */
static void
test_repeated (GateFixture *f, gconstpointer data)
{
  f->source->repeat = TRUE;
  keep_ready (f, 20);
  g_assert_true (harness_wait_until (has_logged, f, PATIENCE_MS));
  g_assert_nonnull (strstr (f->log->str, "kept ready: 19 installations, 1 answers not used"));
  wait_for (f, has_memory, 19);
  expect_in_memory (f, "TT-0001", TRUE);
  expect_in_memory (f, "TT-0020", FALSE);
}

/* Nobody asked about that one. */
static void
test_stranger (GateFixture *f, gconstpointer data)
{
  f->source->stranger = "TT-9999";
  keep_ready (f, 20);
  g_assert_true (harness_wait_until (has_logged, f, PATIENCE_MS));
  g_assert_nonnull (strstr (f->log->str, "kept ready: 19 installations, 1 answers not used"));
  wait_for (f, has_memory, 19);
  expect_in_memory (f, "TT-9999", FALSE);
  expect_in_memory (f, "TT-0020", FALSE);
}

/* The nonce of one question is no answer to another. */
static void
test_another_ones_nonce (GateFixture *f, gconstpointer data)
{
  f->source->stranger = "TT-0001";
  f->source->spoil = "TT-0001";
  keep_ready (f, 20);
  g_assert_true (harness_wait_until (has_logged, f, PATIENCE_MS));
  g_assert_nonnull (strstr (f->log->str, "kept ready: 18 installations, 2 answers not used"));
  wait_for (f, has_memory, 18);
  expect_in_memory (f, "TT-0001", FALSE);
}

static void
test_too_few (GateFixture *f, gconstpointer data)
{
  f->source->one_too_few = TRUE;
  keep_ready (f, 20);
  g_assert_true (harness_wait_until (has_logged, f, PATIENCE_MS));
  g_assert_nonnull (strstr (f->log->str, "not kept ready: reply_altered"));
  wait_for (f, has_memory, 0);
}

/* A question that fails changes nothing, and is asked again by itself. */
static void
test_failure (GateFixture *f, gconstpointer data)
{
  keep_ready (f, 5);
  wait_for (f, has_memory, 5);
  f->config.budgets.retry_min_ms = f->config.budgets.retry_max_ms = 5;
  gate_fixture_restart (f);
  f->source->fail_many = CAUSE (OFFLINE);
  keep_ready (f, 5);
  wait_for (f, has_asked, 4);
  f->source->fail_many = CAUSE (NONE);
  wait_for (f, has_memory, 5);
}

/* Asking again is in vain until the person has signed in again; then the same list is a new one. */
static void
test_signed_out_by_the_server (GateFixture *f, gconstpointer data)
{
  f->config.budgets.retry_min_ms = f->config.budgets.retry_max_ms = 1;
  gate_fixture_restart (f);
  f->source->fail_many = CAUSE (SIGN_IN);
  keep_ready (f, 5);
  g_assert_true (harness_wait_until (has_logged, f, PATIENCE_MS));
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->n_many, ==, 1);
  f->source->fail_many = CAUSE (NONE);
  keep_ready (f, 5);
  wait_for (f, has_memory, 5);
}

static void
test_same_list_is_not_asked_again (GateFixture *f, gconstpointer data)
{
  keep_ready (f, 5);
  wait_for (f, has_memory, 5);
  keep_ready (f, 5);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->n_many, ==, 1);
  keep_ready (f, 6);
  wait_for (f, has_memory, 6);
  g_assert_cmpuint (f->source->n_many, ==, 2);
}

/* About when the server welcomes it. */
static void
test_polled (GateFixture *f, gconstpointer data)
{
  f->config.budgets.poll_min_ms = 5;
  gate_fixture_restart (f);
  f->source->statement.next = 0;
  keep_ready (f, 5);
  wait_for (f, has_asked, 3);
}

/* Whoever needs it first says when: no session is to end because others last longer. */
static void
test_polled_for_the_first (GateFixture *f, gconstpointer data)
{
  f->config.budgets.poll_min_ms = 5;
  gate_fixture_restart (f);
  f->source->statement.next = 86400;
  f->source->soon = "TT-0003";
  keep_ready (f, 5);
  wait_for (f, has_asked, 3);
}

/* Whom a click has asked about meanwhile gets the answer to the click, not an older one. */
static void
test_asked_by_name_meanwhile (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  keep_ready (f, 5);
  wait_for (f, has_asked, 1);
  gate_check_begin (f, &wait, GATE_SITE, TTECOMM_GATE_CLICK, 0, NULL);
  g_assert_cmpuint (f->source->n_statements, ==, 1);
  ttecomm_fake_source_release_one (f->source, 0);
  g_assert_true (harness_wait_until (has_logged, f, PATIENCE_MS));
  g_assert_nonnull (strstr (f->log->str, "kept ready: 5 installations, 0 answers not used"));
  gate_fixture_settle (f);
  expect_in_memory (f, GATE_SITE, FALSE);
  expect_in_memory (f, "TT-0002", TRUE);
  f->source->statement.state = "suspended";
  ttecomm_fake_source_release (f->source);
  gate_wait (&wait);
  g_assert_cmpint (wait.verdict->decision.code, ==, CODE (SUSPENDED));
  gate_wait_clear (&wait);
}

/* A paid order makes all of them old: those under way too. */
static void
test_dropped_under_way (GateFixture *f, gconstpointer data)
{
  f->source->hold = TRUE;
  keep_ready (f, 5);
  wait_for (f, has_asked, 1);
  ttecomm_gate_drop_answers (f->gate);
  wait_for (f, has_asked, 2);
  /* the first one's answer is nobody's */
  f->source->hold = FALSE;
  ttecomm_fake_source_release (f->source);
  wait_for (f, has_memory, 5);
  g_assert_cmpuint (f->source->n_many, ==, 2);
}

/* The date that comes with the answers themselves makes older ones old, not these. */
static void
test_new_day (GateFixture *f, gconstpointer data)
{
  f->source->server_today = "2026-09-21";
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->source->server_today = "2026-09-22";
  keep_ready (f, 3);
  wait_for (f, has_memory, 3);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->n_many, ==, 1);
}

typedef struct
{
  const char *name;
  const char *said; /* (nullable): with the answers that are late */
  gboolean is_new;
} LateRow;

static const LateRow late_rows[] = {
  { "late-of-yesterday", "2026-09-21", FALSE },
  { "late-without-a-date", NULL, FALSE },
  { "late-of-today", "2026-09-22", TRUE },
};

/* The date changes while they are on their way: those asked for before count as old, unless they
 * say the new date themselves. They are kept for when there is no network. */
static void
test_late (GateFixture *f, gconstpointer data)
{
  const LateRow *row = data;

  ttecomm_gate_note_server_today (f->gate, "2026-09-21");
  f->source->hold = TRUE;
  keep_ready (f, 5);
  wait_for (f, has_asked, 1);
  ttecomm_gate_note_server_today (f->gate, "2026-09-22");
  f->source->server_today = row->said;
  ttecomm_fake_source_release (f->source);
  g_assert_true (harness_wait_until (has_logged, f, PATIENCE_MS));
  g_assert_nonnull (strstr (f->log->str, "kept ready: 5 installations, 0 answers not used"));
  wait_for (f, has_memory, row->is_new ? 5 : 0);
  f->source->hold = FALSE;
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (OFFLINE), FROM (MEMORY));
}

/* A date that goes to and fro with every answer does not make us ask without end. */
static void
test_date_to_and_fro (GateFixture *f, gconstpointer data)
{
  f->source->server_today = "2026-09-21";
  keep_ready (f, 5);
  wait_for (f, has_memory, 5);
  for (guint i = 0; i < 50; i++)
    {
      ttecomm_gate_note_server_today (f->gate, i % 2 == 0 ? "2026-09-22" : "2026-09-21");
      gate_fixture_settle (f);
    }
  g_assert_cmpuint (f->source->n_many, ==, 1);
}

/* Another account: nothing of the list is asked for it, and a late answer is not taken. */
static void
test_another_account (GateFixture *f, gconstpointer data)
{
  f->source->hold = TRUE;
  keep_ready (f, 5);
  wait_for (f, has_asked, 1);
  ttecomm_gate_set_account (f->gate, "acct-2");
  f->source->hold = FALSE;
  ttecomm_fake_source_release (f->source);
  gate_fixture_settle (f);
  wait_for (f, has_memory, 0);
  g_assert_cmpuint (f->source->n_many, ==, 1);
  ttecomm_gate_set_account (f->gate, NULL);
  keep_ready (f, 5);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->n_many, ==, 1);
}

/* Whoever is watched, or asked about just now, has an answer of his own. */
static void
test_by_name_comes_first (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  ttecomm_gate_watch (f->gate, "TT-0003");
  f->source->hold = TRUE;
  gate_check_begin (f, &wait, GATE_SITE, TTECOMM_GATE_CLICK, 0, NULL);
  keep_ready (f, 5);
  wait_for (f, has_asked, 1);
  g_assert_cmpuint (f->source->asked_many->len, ==, 3);
  f->source->hold = FALSE;
  ttecomm_fake_source_release (f->source);
  gate_wait (&wait);
  g_assert_cmpint (wait.verdict->from, ==, FROM (NET));
  gate_wait_clear (&wait);
  wait_for (f, has_memory, 4);
}

static void
count_first_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GateFixture *f = user_data;
  g_autoptr (TtecommGateVerdict) verdict
      = ttecomm_gate_check_finish (TTECOMM_GATE (source), result, NULL);

  g_string_append_printf (f->events, "decided with %u in memory\n",
                          ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (f->gate)));
}

/* A click in the middle of a thousand checks is answered before they are done. */
static void
test_click_in_between (GateFixture *f, gconstpointer data)
{
  guint n;

  keep_ready (f, 1000);
  wait_for (f, has_asked, 1);
  ttecomm_gate_check_async (f->gate, "TT-9999", TTECOMM_GATE_CLICK, 0, NULL, count_first_cb, f);
  wait_for (f, has_memory, 1001);
  g_assert_cmpint (sscanf (f->events->str, "decided with %u in memory", &n), ==, 1);
  g_assert_cmpuint (n, <, 1000);
  gate_fixture_settle (f);
  g_test_message ("%s", f->log->str);
}

/* Never more than are known at once, and those who were clicked stay. */
static void
test_bounded (GateFixture *f, gconstpointer data)
{
  g_auto (GStrv) ids = make_ids (3000);
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 2950; i < 3000; i++)
    {
      GateWait wait;

      gate_check_begin (f, &wait, ids[i], TTECOMM_GATE_CLICK, 0, NULL);
      gate_wait (&wait);
      gate_wait_clear (&wait);
    }
  ttecomm_gate_keep_ready (f->gate, (const char *const *)ids);
  wait_for (f, has_memory, 1024);
  gate_fixture_settle (f);
  for (guint i = 0; i < f->source->asked_many->len; i++)
    g_hash_table_add (asked, f->source->asked_many->pdata[i]);
  g_assert_cmpuint (g_hash_table_size (asked), ==, TTECOMM_GATE_MAX_READY);
  for (guint i = 2950; i < 3000; i++)
    {
      TtecommGateDecision decision;

      g_assert_true (ttecomm_gate_memory_decide (ttecomm_gate_get_memory (f->gate),
                                                 TTECOMM_CLOCK (f->clock), ids[i], "5.1.2.0",
                                                 &decision, NULL));
    }
}

/* The end does not wait for what nobody asked for. */
static void
test_shutdown_under_way (GateFixture *f, gconstpointer data)
{
  keep_ready (f, 1000);
  wait_for (f, has_asked, 2);
  gate_fixture_restart (f);
  g_assert_cmpuint (f->source->n_many, <, 10);
}

static void
test_no_randomness (GateFixture *f, gconstpointer data)
{
  f->no_random = TRUE;
  keep_ready (f, 5);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->n_many, ==, 0);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "gate-ready", name, GateFixture, NULL, gate_fixture_set_up, func,  \
                       gate_fixture_tear_down)
  ADD ("clicks-find-answers", test_clicks_find_answers);
  ADD ("nonces-are-all-others", test_nonces_are_all_others);
  ADD ("on-disk", test_on_disk);
  ADD ("one-is-bad", test_one_is_bad);
  ADD ("reversed", test_reversed);
  ADD ("repeated", test_repeated);
  ADD ("stranger", test_stranger);
  ADD ("another-ones-nonce", test_another_ones_nonce);
  ADD ("too-few", test_too_few);
  ADD ("failure", test_failure);
  ADD ("signed-out-by-the-server", test_signed_out_by_the_server);
  ADD ("same-list-is-not-asked-again", test_same_list_is_not_asked_again);
  ADD ("polled", test_polled);
  ADD ("polled-for-the-first", test_polled_for_the_first);
  ADD ("asked-by-name-meanwhile", test_asked_by_name_meanwhile);
  ADD ("dropped-under-way", test_dropped_under_way);
  ADD ("new-day", test_new_day);
  for (gsize i = 0; i < G_N_ELEMENTS (late_rows); i++)
    harness_add_fixture (harness, "gate-ready", late_rows[i].name, GateFixture, &late_rows[i],
                         gate_fixture_set_up, test_late, gate_fixture_tear_down);
  ADD ("date-to-and-fro", test_date_to_and_fro);
  ADD ("another-account", test_another_account);
  ADD ("by-name-comes-first", test_by_name_comes_first);
  ADD ("click-in-between", test_click_in_between);
  ADD ("bounded", test_bounded);
  ADD ("shutdown-under-way", test_shutdown_under_way);
  ADD ("no-randomness", test_no_randomness);
}

HARNESS_MAIN (register_tests)
