/* SPDX-License-Identifier: MIT */
#include "tests/unit/gate/gate-fixture.h"

#define CODE(name) TTECOMM_GATE_CODE_##name
#define CAUSE(name) TTECOMM_GATE_CAUSE_##name
#define FROM(name) TTECOMM_GATE_FROM_##name

static void
test_asks_then_remembers (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateVerdict) verdict = gate_check (f, TTECOMM_GATE_CLICK);

  g_assert_cmpint (verdict->decision.outcome, ==, TTECOMM_GATE_ALLOW);
  g_assert_cmpint (verdict->from, ==, FROM (NET));
  g_assert_cmpint (verdict->valid_until, ==, GATE_IAT + 72 * 3600);
  g_assert_cmpint (verdict->when, ==, GATE_IAT);
  g_assert_cmpint (verdict->days, ==, 100);
  g_assert_cmpuint (verdict->http_status, ==, 200);
  g_assert_cmpint (verdict->verify_us, >=, 0);
  g_assert_nonnull (verdict->statement);
  g_assert_cmpuint (f->source->n_statements, ==, 1);
  g_assert_cmpuint (f->source->n_keys, ==, 1);

  ttecomm_fake_clock_advance (f->clock, 299);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
  g_assert_cmpuint (f->source->n_statements, ==, 1);
  ttecomm_fake_clock_advance (f->clock, 1);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  g_assert_cmpuint (f->source->n_statements, ==, 2);
  g_assert_cmpuint (f->source->n_keys, ==, 1);
}

static void
test_asks_again (GateFixture *f, gconstpointer data)
{
  /* "check now" */
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (OK), CAUSE (NONE), FROM (NET));
  /* a paid order */
  ttecomm_gate_drop_answers (f->gate);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  /* another day at the server, told by another answer, then by this one's */
  ttecomm_gate_note_server_today (f->gate, "2026-09-21");
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
  ttecomm_gate_note_server_today (f->gate, "2026-09-22");
  f->source->server_today = "2026-09-22";
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->source->server_today = "2026-09-23";
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
  g_assert_cmpuint (f->source->n_statements, ==, 5);

  /* a "no", every time */
  f->source->statement.state = "suspended";
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (SUSPENDED), CAUSE (NONE), FROM (NET));
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (SUSPENDED), CAUSE (NONE), FROM (NET));
  g_assert_cmpuint (f->source->n_statements, ==, 7);
  for (guint i = 1; i < f->source->nonces->len; i++)
    g_assert_cmpstr (g_ptr_array_index (f->source->nonces, i), !=,
                     g_ptr_array_index (f->source->nonces, i - 1));
  g_assert_cmpuint (strlen (g_ptr_array_index (f->source->nonces, 0)), ==, 22);
}

static void
test_signed_out (GateFixture *f, gconstpointer data)
{
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  g_assert_cmpuint (ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (f->gate)), ==, 1);
  ttecomm_gate_set_account (f->gate, NULL);
  g_assert_cmpuint (ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (f->gate)), ==, 0);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (SIGN_IN), CAUSE (NONE), FROM (NOTHING));
  g_assert_cmpuint (f->source->n_statements, ==, 1);

  /* nothing of it is left on disk */
  gate_fixture_restart (f);
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (OFFLINE), FROM (NOTHING));
}

/* Every failure of the network on its own: without a cache, and with one that was a yes or a no. */
static void
test_causes (GateFixture *f, gconstpointer data)
{
  for (guint i = CAUSE (PORTAL); i <= CAUSE (SLOW); i++)
    {
      f->source->fail = (TtecommGateCause)i;
      gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), (TtecommGateCause)i, FROM (NOTHING));
    }
  f->source->fail = CAUSE (NONE);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  for (guint i = CAUSE (PORTAL); i <= CAUSE (SLOW); i++)
    {
      f->source->fail = (TtecommGateCause)i;
      gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), (TtecommGateCause)i, FROM (MEMORY));
    }
  f->source->fail = CAUSE (NONE);
  f->source->statement.renew = FALSE;
  f->source->statement.until_ts = GATE_IAT;
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (ENDED), CAUSE (NONE), FROM (NET));
  f->source->fail = CAUSE (OFFLINE);
  {
    g_autoptr (TtecommGateVerdict) verdict = gate_check (f, TTECOMM_GATE_CLICK);

    g_assert_cmpint (verdict->decision.code, ==, CODE (UNKNOWN_WAS_NO));
    g_assert_cmpint (verdict->decision.was, ==, CODE (ENDED));
    g_assert_cmpint (verdict->decision.cause, ==, CAUSE (OFFLINE));
    g_assert_cmpint (verdict->when, ==, GATE_IAT);
    g_assert_cmpint (verdict->valid_until, ==, 0);
  }
}

/* A reply that cannot be used is as if there were none, and says why. */
static void
test_unusable_replies (GateFixture *f, gconstpointer data)
{
  g_autofree char *good = ttecomm_fake_signer_sign (f->source->signer, &f->source->statement);

  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->source->body = "<html>Welcome to our hotel</html>";
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (REPLY_ALTERED), FROM (MEMORY));
  f->source->body = "";
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (REPLY_ALTERED), FROM (MEMORY));
  f->source->body = NULL;
  f->source->nonce = "AAAAAAAAAAAAAAAAAAAAAA";
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (REPLAY), FROM (MEMORY));
  f->source->nonce = NULL;
  f->source->installation = "TT-0002";
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (WRONG_SITE), FROM (MEMORY));
  f->source->installation = NULL;
  f->source->statement.account = "acct-2";
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (WRONG_SITE), FROM (MEMORY));
  f->source->statement.account = TTECOMM_FAKE_ACCOUNT;
  f->source->statement.exp = GATE_IAT + 72 * 3600 + 1;
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (REPLY_ALTERED), FROM (MEMORY));
  f->source->statement.exp = GATE_IAT + 72 * 3600;
  f->source->fail = CAUSE (NONE);
  f->source->body = good; /* somebody else's answer, properly signed */
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (WRONG_SITE), FROM (MEMORY));
}

/* A key we do not know is looked for once. */
static void
test_unknown_key (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommSigningKey) next = ttecomm_signing_key_generate ("2027a", NULL);
  g_autofree char *next_keys
      = ttecomm_fake_signer_make_keys (f->source->signer, 4, next, 0, GATE_IAT + 86400);
  g_autofree char *old_keys
      = ttecomm_fake_signer_make_keys (f->source->signer, 2, next, 0, GATE_IAT + 86400);
  TtecommSigningKey *first = f->source->signer->key;

  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  g_assert_cmpuint (f->source->n_keys, ==, 1);

  f->source->signer->key = next;
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (KEYS), FROM (MEMORY));
  g_assert_cmpuint (f->source->n_keys, ==, 2);
  f->source->keys = old_keys;
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (KEYS), FROM (MEMORY));
  f->source->keys = "not a key set";
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (REPLY_ALTERED), FROM (MEMORY));
  f->source->fail_keys = CAUSE (BUSY);
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (BUSY), FROM (MEMORY));
  f->source->fail_keys = CAUSE (NONE);
  f->source->keys = next_keys;
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (OK), CAUSE (NONE), FROM (NET));
  g_assert_cmpuint (f->source->n_keys, ==, 6);

  /* the key set is on disk: after a restart nothing is fetched, offline or not */
  gate_fixture_restart (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  g_assert_cmpuint (f->source->n_keys, ==, 6);
  f->source->signer->key = first;
}

/* A release build has no roots today: nothing is ever believed, and it says why. */
static void
test_no_roots (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommTrust) nobody = ttecomm_trust_new_production ();

  f->config.trust = nobody;
  gate_fixture_restart (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (KEYS), FROM (NOTHING));
}

static void
test_lower_ver (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateVerdict) verdict = NULL;

  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->source->statement.ver = 3;
  verdict = gate_check (f, TTECOMM_GATE_REFRESH);
  g_assert_cmpint (verdict->decision.code, ==, CODE (OK));
  g_assert_true (verdict->ver_lower);
  g_assert_nonnull (strstr (f->log->str, "ver went back"));
}

static void
test_no_randomness (GateFixture *f, gconstpointer data)
{
  f->no_random = TRUE;
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (NONE), FROM (NOTHING));
  g_assert_cmpuint (f->source->n_statements, ==, 0);
}

/* With a cache that opens: the first budget, then the shorter one; without: the long one. The
 * request finishes behind and the next click has its answer. */
static void
test_budgets (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateVerdict) first = NULL;
  g_autoptr (TtecommGateVerdict) second = NULL;
  g_autoptr (TtecommGateVerdict) third = NULL;

  f->config.budgets.without_cache_ms = 40;
  f->config.budgets.after_timeout_ms = 10;
  gate_fixture_restart (f);
  f->source->hold = TRUE;
  first = gate_check (f, TTECOMM_GATE_CLICK);
  g_assert_cmpint (first->decision.code, ==, CODE (FLAG_UNKNOWN));
  g_assert_cmpint (first->decision.cause, ==, CAUSE (SLOW));
  g_assert_cmpint (first->total_us, >=, 40000);

  ttecomm_fake_source_release (f->source);
  gate_fixture_settle (f);
  f->source->hold = FALSE;
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));

  f->source->hold = TRUE;
  second = gate_check (f, TTECOMM_GATE_REFRESH);
  g_assert_cmpint (second->decision.code, ==, CODE (RECENT));
  g_assert_cmpint (second->decision.cause, ==, CAUSE (SLOW));
  g_assert_cmpint (second->total_us, >=, 10000);

  g_assert_cmpint (second->total_us, <, 60000000);

  /* the budget is this check's own, and the smaller counts; so is its request, since the one of
   * before is still out */
  {
    GateWait wait;

    gate_check_begin (f, &wait, GATE_SITE, TTECOMM_GATE_REFRESH, 1, NULL);
    gate_wait (&wait);
    third = wait.verdict;
  }
  g_assert_cmpint (third->decision.code, ==, CODE (RECENT));
  g_assert_cmpuint (f->source->n_statements, ==, 3);
}

/* The first time the server is slow: the budget for a cache that opens. */
static void
test_budget_with_cache (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateVerdict) verdict = NULL;

  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->config.budgets.with_cache_ms = 20;
  gate_fixture_restart (f);
  f->source->hold = TRUE;
  verdict = gate_check (f, TTECOMM_GATE_CLICK);
  g_assert_cmpint (verdict->decision.code, ==, CODE (RECENT));
  g_assert_cmpint (verdict->decision.cause, ==, CAUSE (SLOW));
  g_assert_cmpint (verdict->from, ==, FROM (DISK));
  g_assert_cmpint (verdict->total_us, >=, 20000);
  g_assert_cmpint (verdict->total_us, <, 30000000);
}

/* A cached "no" is no reason to give up early: the long budget. */
static void
test_budget_with_cached_no (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateVerdict) verdict = NULL;

  f->source->statement.state = "suspended";
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (SUSPENDED), CAUSE (NONE), FROM (NET));
  f->config.budgets.without_cache_ms = 40;
  gate_fixture_restart (f);
  f->source->hold = TRUE;
  verdict = gate_check (f, TTECOMM_GATE_CLICK);
  g_assert_cmpint (verdict->decision.code, ==, CODE (UNKNOWN_WAS_NO));
  g_assert_cmpint (verdict->decision.was, ==, CODE (SUSPENDED));
  g_assert_cmpint (verdict->total_us, >=, 40000);
}

/* A request behind a decision does not hang for ever either. */
static void
test_request_deadline (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->config.budgets.request_ms = 5;
  gate_fixture_restart (f);
  f->source->hold = TRUE;
  gate_check_begin (f, &wait, GATE_SITE, TTECOMM_GATE_PREFETCH, 0, NULL);
  gate_wait (&wait);
  g_assert_cmpint (wait.verdict->decision.code, ==, CODE (FLAG_UNKNOWN));
  g_assert_cmpint (wait.verdict->decision.cause, ==, CAUSE (SLOW));
  g_assert_cmpuint (f->source->held->len, ==, 0);
  gate_wait_clear (&wait);
}

static void
test_coalesces_and_cancels (GateFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) already = g_cancellable_new ();
  GateWait waits[4];

  f->source->hold = TRUE;
  g_cancellable_cancel (already);
  gate_check_begin (f, &waits[0], GATE_SITE, TTECOMM_GATE_PREFETCH, 0, NULL);
  gate_check_begin (f, &waits[1], GATE_SITE, TTECOMM_GATE_PREFETCH, 0, cancellable);
  gate_check_begin (f, &waits[2], "TT-0002", TTECOMM_GATE_PREFETCH, 0, NULL);
  gate_check_begin (f, &waits[3], GATE_SITE, TTECOMM_GATE_CLICK, 0, already);
  g_assert_cmpuint (f->source->n_statements, ==, 2);
  gate_wait (&waits[3]);
  g_assert_cmpint (waits[3].verdict->decision.code, ==, CODE (CANCELLED));

  g_cancellable_cancel (cancellable);
  gate_wait (&waits[1]);
  g_assert_cmpint (waits[1].verdict->decision.code, ==, CODE (CANCELLED));
  g_assert_cmpint (waits[1].verdict->decision.outcome, ==, TTECOMM_GATE_WAIT);
  g_assert_null (waits[0].verdict);

  ttecomm_fake_source_release (f->source);
  gate_wait (&waits[0]);
  gate_wait (&waits[2]);
  g_assert_cmpint (waits[0].verdict->decision.code, ==, CODE (OK));
  g_assert_cmpint (waits[2].verdict->decision.code, ==, CODE (OK));
  g_assert_cmpuint (ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (f->gate)), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    gate_wait_clear (&waits[i]);
}

/* The only one who waits goes away: nothing runs on. */
static void
test_cancelled_question_is_given_up (GateFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GateWait wait;

  f->source->hold = TRUE;
  gate_check_begin (f, &wait, GATE_SITE, TTECOMM_GATE_CLICK, 0, cancellable);
  g_cancellable_cancel (cancellable);
  gate_wait (&wait);
  gate_wait_clear (&wait);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->held->len, ==, 0);
}

/* One had waited its time: the answer is for what runs behind the decision, and is kept. */
static void
test_answer_behind_a_budget_is_kept (GateFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GateWait waits[2];

  f->source->hold = TRUE;
  gate_check_begin (f, &waits[0], GATE_SITE, TTECOMM_GATE_CLICK, 5, NULL);
  gate_check_begin (f, &waits[1], GATE_SITE, TTECOMM_GATE_CLICK, 0, cancellable);
  gate_wait (&waits[0]);
  g_cancellable_cancel (cancellable);
  gate_wait (&waits[1]);
  gate_wait_clear (&waits[0]);
  gate_wait_clear (&waits[1]);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->held->len, ==, 1);
  ttecomm_fake_source_release (f->source);
  gate_fixture_settle (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
}

/* An order is paid while a question from before is in flight: it is asked again. */
static void
test_drop_restarts (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  f->source->statement.state = "not_activated";
  gate_check_begin (f, &wait, GATE_SITE, TTECOMM_GATE_PREFETCH, 0, NULL);
  ttecomm_gate_drop_answers (f->gate);
  g_assert_cmpuint (f->source->n_statements, ==, 2);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->held->len, ==, 1);
  g_assert_null (wait.verdict);
  f->source->statement.state = "active";
  ttecomm_fake_source_release (f->source);
  gate_wait (&wait);
  g_assert_cmpint (wait.verdict->decision.code, ==, CODE (OK));
  gate_wait_clear (&wait);
}

static void
test_account_changes_while_waiting (GateFixture *f, gconstpointer data)
{
  GateWait waits[2];

  f->source->hold = TRUE;
  gate_check_begin (f, &waits[0], GATE_SITE, TTECOMM_GATE_PREFETCH, 0, NULL);
  ttecomm_gate_set_account (f->gate, "acct-2");
  g_assert_cmpuint (f->source->n_statements, ==, 2);
  gate_fixture_settle (f);
  f->source->statement.account = "acct-2";
  ttecomm_fake_source_release (f->source);
  gate_wait (&waits[0]);
  g_assert_cmpint (waits[0].verdict->decision.code, ==, CODE (OK));
  g_assert_cmpstr (ttecomm_statement_get_account (waits[0].verdict->statement), ==, "acct-2");

  gate_check_begin (f, &waits[1], "TT-0002", TTECOMM_GATE_CLICK, 0, NULL);
  ttecomm_gate_set_account (f->gate, NULL);
  gate_wait (&waits[1]);
  g_assert_cmpint (waits[1].verdict->decision.code, ==, CODE (SIGN_IN));
  gate_wait_clear (&waits[0]);
  gate_wait_clear (&waits[1]);
}

static void
test_shutdown (GateFixture *f, gconstpointer data)
{
  GateWait waits[2];

  f->source->hold = TRUE;
  gate_check_begin (f, &waits[0], GATE_SITE, TTECOMM_GATE_CLICK, 0, NULL);
  ttecomm_gate_watch (f->gate, "TT-0002");
  ttecomm_gate_shutdown (f->gate);
  gate_check_begin (f, &waits[1], GATE_SITE, TTECOMM_GATE_CLICK, 0, NULL);
  gate_wait (&waits[0]);
  gate_wait (&waits[1]);
  g_assert_cmpint (waits[0].verdict->decision.code, ==, CODE (CANCELLED));
  g_assert_cmpint (waits[1].verdict->decision.code, ==, CODE (CANCELLED));
  g_assert_cmpstr (f->events->str, ==, "");
  gate_wait_clear (&waits[0]);
  gate_wait_clear (&waits[1]);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "gate", name, GateFixture, NULL, gate_fixture_set_up, func,        \
                       gate_fixture_tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("asks-then-remembers", test_asks_then_remembers);
  ADD ("asks-again", test_asks_again);
  ADD ("signed-out", test_signed_out);
  ADD ("causes", test_causes);
  ADD ("unusable-replies", test_unusable_replies);
  ADD ("unknown-key", test_unknown_key);
  ADD ("no-roots", test_no_roots);
  ADD ("lower-ver", test_lower_ver);
  ADD ("no-randomness", test_no_randomness);
  ADD ("budgets", test_budgets);
  ADD ("budget-with-cache", test_budget_with_cache);
  ADD ("budget-with-cached-no", test_budget_with_cached_no);
  ADD ("request-deadline", test_request_deadline);
  ADD ("coalesces-and-cancels", test_coalesces_and_cancels);
  ADD ("cancelled-question-is-given-up", test_cancelled_question_is_given_up);
  ADD ("answer-behind-a-budget-is-kept", test_answer_behind_a_budget_is_kept);
  ADD ("drop-restarts", test_drop_restarts);
  ADD ("account-changes-while-waiting", test_account_changes_while_waiting);
  ADD ("shutdown", test_shutdown);
}

HARNESS_MAIN (register_tests)
