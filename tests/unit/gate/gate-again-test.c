/* SPDX-License-Identifier: MIT */
/* "Try again" while the question behind an earlier click is still out: the button asks anew, and
 * what comes late makes nothing older than it is. */
#include "tests/unit/gate/gate-fixture.h"

#define CODE(name) TTECOMM_GATE_CODE_##name
#define CAUSE(name) TTECOMM_GATE_CAUSE_##name
#define FROM(name) TTECOMM_GATE_FROM_##name
#define CLICK TTECOMM_GATE_CLICK
#define PREFETCH TTECOMM_GATE_PREFETCH
#define REFRESH TTECOMM_GATE_REFRESH

static void
begin (GateFixture *f, GateWait *wait, TtecommGateFlags flags)
{
  gate_check_begin (f, wait, GATE_SITE, flags, 0, NULL);
}

/* A click that has waited its time; its question goes on behind. */
static void
click_in_vain (GateFixture *f)
{
  GateWait wait;

  gate_check_begin (f, &wait, GATE_SITE, CLICK, 1, NULL);
  gate_wait (&wait);
  g_assert_cmpint (wait.verdict->decision.cause, ==, CAUSE (SLOW));
  gate_wait_clear (&wait);
}

/* The @index'th question that is held is answered, oldest first. */
static void
answer (GateFixture *f, guint index)
{
  ttecomm_fake_source_release_one (f->source, index);
  gate_fixture_settle (f);
}

static void
end (GateWait *wait, TtecommGateCode code)
{
  gate_wait (wait);
  g_assert_cmpstr (ttecomm_gate_code_to_string (wait->verdict->decision.code), ==,
                   ttecomm_gate_code_to_string (code));
  gate_wait_clear (wait);
}

/* The click after one that was answered asks; those that come while it waits share. */
static void
test_asks_anew (GateFixture *f, gconstpointer data)
{
  GateWait waits[3];

  f->source->hold = TRUE;
  click_in_vain (f);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    begin (f, &waits[i], i == 1 ? REFRESH : CLICK);
  g_assert_cmpuint (f->source->n_statements, ==, 2);
  g_assert_cmpuint (f->source->held->len, ==, 2);
  g_assert_cmpstr (f->source->nonces->pdata[0], !=, f->source->nonces->pdata[1]);
  answer (f, 1);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    end (&waits[i], CODE (OK));
  /* the older one's answer would be of no use any more */
  g_assert_cmpuint (f->source->held->len, ==, 0);
  gate_expect (f, CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
}

/* So does one whose own budget was spent, not the host's. */
static void
test_asks_anew_after_the_budget (GateFixture *f, gconstpointer data)
{
  f->config.budgets.without_cache_ms = 5;
  gate_fixture_restart (f);
  f->source->hold = TRUE;
  gate_expect (f, CLICK, CODE (FLAG_UNKNOWN), CAUSE (SLOW), FROM (NOTHING));
  gate_expect (f, CLICK, CODE (FLAG_UNKNOWN), CAUSE (SLOW), FROM (NOTHING));
  g_assert_cmpuint (f->source->n_statements, ==, 2);
}

/* What was fetched ahead and is stuck is nobody's click: the first one shares it, the next asks.
 * All are answered by the newest. */
static void
test_fetched_ahead (GateFixture *f, gconstpointer data)
{
  GateWait ahead, again, behind;

  f->source->hold = TRUE;
  begin (f, &ahead, PREFETCH);
  click_in_vain (f);
  g_assert_cmpuint (f->source->n_statements, ==, 1);
  begin (f, &again, CLICK);
  begin (f, &behind, PREFETCH);
  g_assert_cmpuint (f->source->n_statements, ==, 2);
  answer (f, 1);
  end (&ahead, CODE (OK));
  end (&again, CODE (OK));
  end (&behind, CODE (OK));
}

/* Nobody presses a button to fetch ahead: that shares what is under way. */
static void
test_fetching_ahead_shares (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, PREFETCH);
  g_assert_cmpuint (f->source->n_statements, ==, 1);
  answer (f, 0);
  end (&wait, CODE (OK));
}

/* The older question's answer comes first. A "yes" opens at once, as it would from memory; what the
 * newer one says counts from then on. */
static void
test_late_yes (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, CLICK);
  answer (f, 0);
  end (&wait, CODE (OK));
  gate_expect (f, CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
  f->source->statement.state = "suspended";
  answer (f, 0);
  g_assert_nonnull (strstr (f->events->str, "changed TT-0001 ok suspended -"));
  f->source->hold = FALSE;
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, CLICK, CODE (UNKNOWN_WAS_NO), CAUSE (OFFLINE), FROM (MEMORY));
}

/* A "no" from before the button was pressed is not the answer to it ... */
static void
test_late_no (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, CLICK);
  f->source->statement.state = "not_activated";
  answer (f, 0);
  g_assert_null (wait.verdict);
  f->source->statement.state = "active";
  answer (f, 0);
  end (&wait, CODE (OK));
}

/* ... and to "check now" nothing is. */
static void
test_refresh_waits_for_its_own (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, REFRESH);
  answer (f, 0);
  g_assert_null (wait.verdict);
  f->source->statement.state = "suspended";
  answer (f, 0);
  end (&wait, CODE (SUSPENDED));
}

/* Both answers are there at once, the newer one first: the older one changes nothing. */
static void
test_older_does_not_overwrite (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, CLICK);
  f->source->statement.state = "suspended";
  ttecomm_fake_source_release_one (f->source, 1);
  f->source->statement.state = "active";
  answer (f, 0);
  end (&wait, CODE (SUSPENDED));
  f->source->hold = FALSE;
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, CLICK, CODE (UNKNOWN_WAS_NO), CAUSE (OFFLINE), FROM (MEMORY));
}

static void
test_older_fails (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, CLICK);
  f->source->fail = CAUSE (OFFLINE);
  answer (f, 0);
  g_assert_null (wait.verdict);
  f->source->fail = CAUSE (NONE);
  answer (f, 0);
  end (&wait, CODE (OK));
}

static void
test_newer_fails (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, CLICK);
  f->source->fail = CAUSE (BUSY);
  answer (f, 1);
  end (&wait, CODE (FLAG_UNKNOWN));
  f->source->fail = CAUSE (NONE);
  answer (f, 0);
  gate_expect (f, CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
}

/* However often it is pressed: a few are under way, among them the one that has waited longest. */
static void
test_bounded (GateFixture *f, gconstpointer data)
{
  gpointer first;

  f->source->hold = TRUE;
  click_in_vain (f);
  first = f->source->held->pdata[0];
  for (guint i = 0; i < 20; i++)
    click_in_vain (f);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->n_statements, ==, 21);
  g_assert_cmpuint (f->source->held->len, ==, 3);
  g_assert_true (f->source->held->pdata[0] == first);
  answer (f, 0);
  gate_expect (f, CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
}

/* What was asked before an order was paid is nobody's answer, however long it takes. */
static void
test_paid (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, CLICK);
  ttecomm_gate_drop_answers (f->gate);
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->n_statements, ==, 3);
  g_assert_cmpuint (f->source->held->len, ==, 1);
  answer (f, 0);
  end (&wait, CODE (OK));
}

/* Cancel gives up what the cancelled asked for, not what runs behind an earlier click. */
static void
test_cancelled (GateFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GateWait wait;
  gpointer first;

  f->source->hold = TRUE;
  click_in_vain (f);
  first = f->source->held->pdata[0];
  gate_check_begin (f, &wait, GATE_SITE, CLICK, 0, cancellable);
  g_cancellable_cancel (cancellable);
  end (&wait, CODE (CANCELLED));
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->held->len, ==, 1);
  g_assert_true (f->source->held->pdata[0] == first);
  answer (f, 0);
  gate_expect (f, CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
}

/* The date changes while the question is out: the click has its answer, the next one asks. */
static void
test_another_day (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  ttecomm_gate_note_server_today (f->gate, "2026-09-21");
  f->source->hold = TRUE;
  f->source->server_today = "2026-09-21";
  begin (f, &wait, CLICK);
  ttecomm_gate_note_server_today (f->gate, "2026-09-22");
  answer (f, 0);
  end (&wait, CODE (OK));
  f->source->hold = FALSE;
  f->source->server_today = "2026-09-22";
  gate_expect (f, CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_expect (f, CLICK, CODE (OK), CAUSE (NONE), FROM (MEMORY));
}

typedef struct
{
  GateFixture *f;
  GateWait wait;
  gboolean has_asked;
} Asker;

static void
ask_again_cb (TtecommGate *gate, gpointer user_data)
{
  Asker *asker = user_data;

  if (asker->has_asked)
    return;
  asker->has_asked = TRUE;
  asker->f->source->hold = TRUE;
  begin (asker->f, &asker->wait, REFRESH);
}

/* Whoever hears of the new date asks at once: the answer that brought the date is for those who
 * waited for it, and memory waits for the newer one. */
static void
test_asked_by_a_handler (GateFixture *f, gconstpointer data)
{
  Asker asker = { .f = f };
  GateWait wait;

  ttecomm_gate_note_server_today (f->gate, "2026-09-21");
  f->source->server_today = "2026-09-22";
  begin (f, &wait, CLICK);
  g_signal_connect (f->gate, "memory-changed", G_CALLBACK (ask_again_cb), &asker);
  end (&wait, CODE (OK));
  g_assert_true (asker.has_asked);
  g_assert_cmpuint (ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (f->gate)), ==, 0);
  f->source->statement.state = "suspended";
  answer (f, 0);
  end (&asker.wait, CODE (SUSPENDED));
}

/* Without a nonce nothing new is asked; what is under way still answers all who wait. */
static void
test_no_randomness (GateFixture *f, gconstpointer data)
{
  GateWait ahead, again;

  f->source->hold = TRUE;
  begin (f, &ahead, PREFETCH);
  click_in_vain (f);
  f->no_random = TRUE;
  begin (f, &again, CLICK);
  end (&again, CODE (FLAG_UNKNOWN));
  f->source->fail = CAUSE (OFFLINE);
  answer (f, 0);
  end (&ahead, CODE (FLAG_UNKNOWN));
}

/* Signing out ends all of it. */
static void
test_signed_out (GateFixture *f, gconstpointer data)
{
  GateWait wait;

  f->source->hold = TRUE;
  click_in_vain (f);
  begin (f, &wait, CLICK);
  ttecomm_gate_set_account (f->gate, NULL);
  end (&wait, CODE (SIGN_IN));
  gate_fixture_settle (f);
  g_assert_cmpuint (f->source->held->len, ==, 0);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "gate-again", name, GateFixture, NULL, gate_fixture_set_up, func,  \
                       gate_fixture_tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("asks-anew", test_asks_anew);
  ADD ("asks-anew-after-the-budget", test_asks_anew_after_the_budget);
  ADD ("fetched-ahead", test_fetched_ahead);
  ADD ("fetching-ahead-shares", test_fetching_ahead_shares);
  ADD ("late-yes", test_late_yes);
  ADD ("late-no", test_late_no);
  ADD ("refresh-waits-for-its-own", test_refresh_waits_for_its_own);
  ADD ("older-does-not-overwrite", test_older_does_not_overwrite);
  ADD ("older-fails", test_older_fails);
  ADD ("newer-fails", test_newer_fails);
  ADD ("bounded", test_bounded);
  ADD ("paid", test_paid);
  ADD ("cancelled", test_cancelled);
  ADD ("another-day", test_another_day);
  ADD ("asked-by-a-handler", test_asked_by_a_handler);
  ADD ("no-randomness", test_no_randomness);
  ADD ("signed-out", test_signed_out);
}

HARNESS_MAIN (register_tests)
