/* SPDX-License-Identifier: MIT */
/* How the gate asks over a real connection once more, and when it leaves TTcloud alone (gate.md,
 * section 4). */
#include "plugin/gate/gate-private.h"
#include "tests/harness/harness.h"
#include "tests/unit/gate/wire-fixture.h"

#include <string.h>

#define SHORT_MS 150
#define NEVER_MS (30 * 60 * 1000)

#define CODE(name) TTECOMM_GATE_CODE_##name
#define CAUSE(name) TTECOMM_GATE_CAUSE_##name
#define CLICK TTECOMM_GATE_CLICK
#define REFRESH TTECOMM_GATE_REFRESH

static void
set_up (WireFixture *f, gconstpointer data)
{
  wire_fixture_init (f, data, harness_tmpdir (), SHORT_MS);
}

static void
tear_down (WireFixture *f, gconstpointer data)
{
  wire_fixture_clear (f);
}

/* A check from begin to end, and what must come of it. Returns how long it took, in us. */
static gint64
expect (WireFixture *f, TtecommGateFlags flags, TtecommGateCode code, TtecommGateCause cause)
{
  g_autoptr (TtecommGateVerdict) verdict = wire_check (f, flags);

  g_test_message ("%s", verdict->details);
  g_assert_cmpstr (ttecomm_gate_code_to_string (verdict->decision.code), ==,
                   ttecomm_gate_code_to_string (code));
  g_assert_cmpstr (ttecomm_gate_cause_to_string (verdict->decision.cause), ==,
                   ttecomm_gate_cause_to_string (cause));
  return verdict->total_us;
}

/* --- once more --- */

/* A pooled connection that died unseen: one more question at once, and the person sees nothing. */
static void
test_a_dead_connection (WireFixture *f, gconstpointer data)
{
  wire_fixture_start (f, TRUE);
  expect (f, CLICK, CODE (OK), CAUSE (NONE));
  f->cloud->reset_from = f->cloud->reset_to = 2;
  expect (f, REFRESH, CODE (OK), CAUSE (NONE));
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, 3);
  g_assert_cmpuint (wire_cloud_get_n_connections (f->cloud), ==, 2);
}

static void
test_a_dead_server (WireFixture *f, gconstpointer data)
{
  wire_fixture_start (f, TRUE);
  expect (f, CLICK, CODE (OK), CAUSE (NONE));
  f->cloud->reset_from = 2;
  f->cloud->reset_to = 99;
  expect (f, REFRESH, CODE (RECENT), CAUSE (OFFLINE));
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, 3);
}

/* An access token that is over is renewed before, one that is refused after; once. */
static void
test_the_token_is_renewed (WireFixture *f, gconstpointer data)
{
  wire_fixture_start (f, FALSE);
  expect (f, CLICK, CODE (OK), CAUSE (NONE));
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_TOKEN), ==, 1);
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, 1);
  f->cloud->n_tokens = 9;
  expect (f, REFRESH, CODE (OK), CAUSE (NONE));
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_TOKEN), ==, 2);
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, 3);
}

static gboolean
has_asked_once (gpointer data)
{
  return wire_cloud_count (((WireFixture *)data)->cloud, WIRE_ASK) == 1;
}

/* "Try again" goes past a question that is stuck, on a connection of its own. */
static void
test_past_a_stuck_question (WireFixture *f, gconstpointer data)
{
  WireWait wait;

  f->cloud->stall_at = "/v1/service-flag";
  wire_fixture_start (f, TRUE);
  wire_check_begin (f, &wait, CLICK, SHORT_MS, NULL);
  wire_wait (f, &wait);
  g_assert_cmpint (wait.verdict->decision.cause, ==, CAUSE (SLOW));
  wire_wait_clear (&wait);
  g_assert_true (wire_run_until (f, has_asked_once, f));
  f->cloud->stall_at = NULL;
  expect (f, CLICK, CODE (OK), CAUSE (NONE));
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, 2);
  g_assert_cmpuint (wire_cloud_get_n_connections (f->cloud), ==, 2);
}

/* --- later --- */

/* In how many ms TTcloud is asked by itself; -1: never. */
static gint64
get_next_ms (WireFixture *f)
{
  GSource *timer = ttecomm_gate_lookup (f->gate, WIRE_SITE)->timer;

  if (timer == NULL)
    return -1;
  return (g_source_get_ready_time (timer) - g_get_monotonic_time ()) / 1000;
}

typedef struct
{
  const char *row;
  gint64 seconds; /* 0: none is heeded */
} Pause;

static const Pause pauses[] = {
  { "busy-429", 0 },         { "busy-429-seconds", 120 },  { "busy-429-huge", 3600 },
  { "refuse-503-date", 90 }, { "refuse-503-nonsense", 0 },
};

/* Nobody but a person asks before the time that TTcloud has named, an hour at most; a person asks
 * once. */
static void
test_retry_after (gconstpointer data)
{
  const Pause *pause = data;
  gboolean heeded = pause->seconds > 0;
  WireFixture f = { 0 };
  gint64 next_ms;

  set_up (&f, wire_row_find (pause->row));
  f.budgets.retry_min_ms = 600;
  f.budgets.retry_max_ms = 700;
  f.budgets.poll_min_ms = NEVER_MS;
  wire_fixture_start (&f, TRUE);
  expect (&f, CLICK, CODE (FLAG_UNKNOWN), CAUSE (BUSY));
  next_ms = get_next_ms (&f);
  g_test_message ("next in %" G_GINT64_FORMAT " ms", next_ms);
  if (!heeded)
    g_assert_cmpint (next_ms, <=, 2100);
  else
    {
      /* as late as 60 s on a very slow computer */
      g_assert_cmpint (next_ms, >, (pause->seconds - 60) * 1000);
      g_assert_cmpint (next_ms, <=, (pause->seconds + 2) * 1000);
      expect (&f, TTECOMM_GATE_PREFETCH, CODE (FLAG_UNKNOWN), CAUSE (BUSY));
      g_assert_cmpuint (wire_cloud_count (f.cloud, WIRE_ASK), ==, 1);
      ttecomm_gate_watch (f.gate, WIRE_SITE);
      ttecomm_gate_unwatch (f.gate, WIRE_SITE);
      ttecomm_gate_watch (f.gate, WIRE_SITE);
      g_assert_cmpint (get_next_ms (&f), >, (pause->seconds - 60) * 1000);
      expect (&f, CLICK, CODE (FLAG_UNKNOWN), CAUSE (BUSY));
      g_assert_cmpuint (wire_cloud_count (f.cloud, WIRE_ASK), ==, 2);
      wire_cloud_set_row (f.cloud, NULL);
      expect (&f, REFRESH, CODE (OK), CAUSE (NONE));
      g_assert_cmpint (ttecomm_gate_lookup (f.gate, WIRE_SITE)->pause_us, ==, 0);
    }
  tear_down (&f, NULL);
}

/* Decorrelated jitter: from 1 s to three times the pause before, 60 s at most. */
static void
test_jitter (WireFixture *f, gconstpointer data)
{
  const TtecommGateBudgets promised = TTECOMM_GATE_BUDGETS;
  gint64 before_ms;

  f->budgets.retry_min_ms = promised.retry_min_ms;
  f->budgets.retry_max_ms = promised.retry_max_ms;
  wire_fixture_start (f, TRUE);
  ttecomm_gate_watch (f->gate, WIRE_SITE);
  before_ms = ttecomm_gate_lookup (f->gate, WIRE_SITE)->backoff_ms;
  for (guint i = 0; i < 12; i++)
    {
      guint backoff_ms;

      expect (f, REFRESH, CODE (FLAG_UNKNOWN), CAUSE (OFFLINE));
      backoff_ms = ttecomm_gate_lookup (f->gate, WIRE_SITE)->backoff_ms;
      g_assert_cmpuint (backoff_ms, >=, promised.retry_min_ms);
      g_assert_cmpuint (backoff_ms, <=, MAX (before_ms * 3, (gint64)promised.retry_min_ms));
      g_assert_cmpuint (backoff_ms, <=, promised.retry_max_ms);
      g_assert_cmpint (get_next_ms (f), <=, backoff_ms);
      before_ms = backoff_ms;
    }
}

static void
register_tests (Harness *harness)
{
#define ADD(name, row, func)                                                                       \
  harness_add_fixture (harness, "gate-wire-again", name, WireFixture, wire_row_find (row), set_up, \
                       func, tear_down)
  ADD ("a-dead-connection", "", test_a_dead_connection);
  ADD ("a-dead-server", "", test_a_dead_server);
  ADD ("the-token-is-renewed", "", test_the_token_is_renewed);
  ADD ("past-a-stuck-question", "", test_past_a_stuck_question);
  for (gsize i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      g_autofree char *name = g_strconcat ("pause-", pauses[i].row, NULL);

      harness_add_full (harness, "gate-wire-again", name, test_retry_after, (gpointer)&pauses[i],
                        NULL);
    }
  ADD ("jitter", "refused", test_jitter);
}

HARNESS_MAIN (register_tests)
