/* SPDX-License-Identifier: MIT */
/* How the gate asks over a real connection: one request for all, cancelled in each phase, out of
 * time (gate.md, section 4). */
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

static void
settle (WireFixture *f)
{
  while (g_main_context_iteration (f->context, FALSE))
    ;
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

/* --- shared --- */

static void
test_one_request_for_all (WireFixture *f, gconstpointer data)
{
  WireWait waits[8];

  wire_fixture_start (f, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    wire_check_begin (f, &waits[i], i % 2 == 0 ? CLICK : REFRESH, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      wire_wait (f, &waits[i]);
      g_assert_cmpint (waits[i].verdict->decision.code, ==, CODE (OK));
      wire_wait_clear (&waits[i]);
    }
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, 1);
  g_assert_cmpuint (wire_cloud_get_n_connections (f->cloud), ==, 1);
}

static void
test_one_cancelled_the_others_go_on (WireFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  WireWait waits[3];

  f->cloud->drip_ms = 5;
  wire_fixture_start (f, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    wire_check_begin (f, &waits[i], CLICK, 0, i == 1 ? cancellable : NULL);
  g_cancellable_cancel (cancellable);
  wire_wait (f, &waits[1]);
  g_assert_cmpint (waits[1].verdict->decision.code, ==, CODE (CANCELLED));
  g_assert_null (waits[0].verdict);
  g_assert_null (waits[2].verdict);
  wire_wait (f, &waits[0]);
  wire_wait (f, &waits[2]);
  g_assert_cmpint (waits[0].verdict->decision.code, ==, CODE (OK));
  g_assert_cmpint (waits[2].verdict->decision.code, ==, CODE (OK));
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    wire_wait_clear (&waits[i]);
}

static gboolean
nobody_is_connected (gpointer data)
{
  return test_server_get_n_active (((WireFixture *)data)->cloud->server) == 0;
}

static void
test_all_cancelled_ends_the_request (WireFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  WireWait waits[3];

  wire_fixture_start (f, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    wire_check_begin (f, &waits[i], CLICK, 0, cancellable);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      wire_wait (f, &waits[i]);
      g_assert_cmpint (waits[i].verdict->decision.code, ==, CODE (CANCELLED));
      wire_wait_clear (&waits[i]);
    }
  g_assert_true (wire_run_until (f, nobody_is_connected, f));
  g_assert_null (ttecomm_gate_lookup (f->gate, WIRE_SITE)->request);
  g_assert_null (ttecomm_gate_lookup (f->gate, WIRE_SITE)->timer);
}

/* --- cancelled in each phase --- */

typedef struct
{
  const char *name;
  WireRow row;          /* all zero: good */
  const char *stall_at; /* (nullable) */
  gboolean token_is_over;
  const char *seen; /* (nullable): the request that the server has seen by then */
} Phase;

static const Phase phases[] = {
  { "dns", { .host = "ttcloud.test", .address = "" }, NULL, FALSE, NULL },
  { "tcp", { .socket = TEST_RAW_FULL }, NULL, FALSE, NULL },
  { "tls", { .socket = TEST_RAW_SILENT }, NULL, FALSE, NULL },
  { "first-byte", { .bytes = "", .then = TEST_THEN_STALL }, NULL, FALSE, WIRE_ASK },
  { "body",
    { .bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
      .then = TEST_THEN_STALL },
    NULL,
    FALSE,
    WIRE_ASK },
  { "keys", { 0 }, "/v1/keys", FALSE, WIRE_KEYS },
  { "discovery", { 0 }, "/.well-known/", TRUE, "GET /.well-known/" },
  { "token", { 0 }, "/oauth/token", TRUE, WIRE_TOKEN },
};

typedef struct
{
  WireFixture *f;
  const Phase *phase;
} Reached;

static gboolean
has_reached (gpointer data)
{
  const Reached *reached = data;
  WireCloud *cloud = reached->f->cloud;

  if (reached->phase->seen != NULL)
    return wire_cloud_count (cloud, reached->phase->seen) == 1;
  return reached->phase->row.socket != TEST_RAW_SILENT || wire_cloud_get_n_connections (cloud) == 1;
}

static void
store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

/* A refresh token that was sent may have been used up, so that question goes on behind a Cancel,
 * unless the person signs out. */
static void
sign_out (WireFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  f->cloud->stall_at = NULL;
  ttecomm_sign_in_end_async (f->sign_in, NULL, store_result, &result);
  g_assert_true (wire_run_until (f, has_result, &result));
  if (!ttecomm_sign_in_end_finish (f->sign_in, result, &error))
    g_test_message ("%s", error->message);
}

static void
test_cancelled_in (gconstpointer data)
{
  const Phase *phase = data;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  WireFixture f = { 0 };
  Reached reached = { &f, phase };
  WireWait wait;

  set_up (&f, &phase->row);
  f.cloud->stall_at = phase->stall_at;
  wire_fixture_start (&f, !phase->token_is_over);
  wire_check_begin (&f, &wait, CLICK, 0, cancellable);
  settle (&f);
  g_assert_true (wire_run_until (&f, has_reached, &reached));
  settle (&f);
  g_assert_null (wait.verdict);
  g_cancellable_cancel (cancellable);
  wire_wait (&f, &wait);
  g_assert_cmpint (wait.verdict->decision.code, ==, CODE (CANCELLED));
  g_assert_cmpint (wait.verdict->decision.outcome, ==, TTECOMM_GATE_WAIT);
  wire_wait_clear (&wait);
  if (phase->token_is_over)
    sign_out (&f);
  else if (f.cloud->server != NULL)
    g_assert_true (wire_run_until (&f, nobody_is_connected, &f));
  /* Limits are half an hour away: whatever runs on keeps these alive, and fails. */
  wire_fixture_stop (&f);
  tear_down (&f, NULL);
}

/* --- out of time --- */

static void
test_the_budgets_are_as_promised (void)
{
  const TtecommGateBudgets budgets = TTECOMM_GATE_BUDGETS;
  const TtecommLimits limits = TTECOMM_GATE_SOURCE_LIMITS;

  g_assert_cmpuint (budgets.with_cache_ms, ==, 2500);
  g_assert_cmpuint (budgets.after_timeout_ms, ==, 1500);
  g_assert_cmpuint (budgets.without_cache_ms, ==, 8000);
  g_assert_cmpuint (budgets.retry_min_ms, ==, 1000);
  g_assert_cmpuint (budgets.retry_max_ms, ==, 60000);
  g_assert_cmpuint (limits.connect_ms, ==, 3000);
  g_assert_cmpuint (limits.first_byte_ms, ==, 5000);
}

/* With a cache that opens the one budget, without it the other; the rest are half an hour away. */
static void
test_which_budget (WireFixture *f, gconstpointer data)
{
  f->budgets.with_cache_ms = NEVER_MS;
  f->budgets.without_cache_ms = SHORT_MS;
  wire_fixture_start (f, TRUE);
  g_assert_cmpint (expect (f, CLICK, CODE (FLAG_UNKNOWN), CAUSE (SLOW)), >=, SHORT_MS * 1000);
  wire_fixture_stop (f);
  f->budgets.with_cache_ms = SHORT_MS;
  f->budgets.without_cache_ms = NEVER_MS;
  wire_fixture_put_cache (f, 3600);
  wire_fixture_start (f, TRUE);
  g_assert_cmpint (expect (f, CLICK, CODE (RECENT), CAUSE (SLOW)), >=, SHORT_MS * 1000);
}

static gboolean
is_still_asking (WireFixture *f)
{
  return ttecomm_gate_lookup (f->gate, WIRE_SITE)->request != NULL;
}

/* A server that was too slow a moment ago is waited for less. */
static void
test_a_slow_server_gets_less_time (WireFixture *f, gconstpointer data)
{
  f->limits.total_ms = SHORT_MS;
  f->budgets.with_cache_ms = f->budgets.without_cache_ms = NEVER_MS;
  f->budgets.after_timeout_ms = SHORT_MS / 2;
  wire_fixture_put_cache (f, 3600);
  wire_fixture_start (f, TRUE);
  g_assert_cmpint (expect (f, CLICK, CODE (RECENT), CAUSE (SLOW)), >=, SHORT_MS * 1000);
  g_assert_false (is_still_asking (f));
  expect (f, CLICK, CODE (RECENT), CAUSE (SLOW));
  g_assert_true (is_still_asking (f));
}

static gboolean
has_answer_in_memory (gpointer data)
{
  return ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (((WireFixture *)data)->gate)) == 1;
}

/* The budget is spent and the cache decides; the answer comes later, and is there for the next
 * click and for the next start. */
static void
test_the_answer_behind_is_kept (WireFixture *f, gconstpointer data)
{
  f->cloud->drip_ms = 60;
  f->budgets.with_cache_ms = SHORT_MS;
  wire_fixture_put_cache (f, 30 * 3600);
  wire_fixture_start (f, TRUE);
  expect (f, CLICK, CODE (STALE), CAUSE (SLOW));
  g_assert_true (wire_run_until (f, has_answer_in_memory, f));
  expect (f, CLICK, CODE (OK), CAUSE (NONE));
  g_assert_cmpuint (wire_cloud_count (f->cloud, WIRE_ASK), ==, 1);
  g_assert_nonnull (strstr (f->log->str, "code=ok source=net"));
  g_assert_nonnull (strstr (f->log->str, "code=ok source=memory"));
  wire_fixture_stop (f);
  f->cloud->stall_at = "/v1/service-flag";
  wire_fixture_start (f, TRUE);
  expect (f, CLICK, CODE (RECENT), CAUSE (SLOW));
}

/* The host may be in more of a hurry; that says nothing about TTcloud. */
static void
test_the_hosts_hurry (WireFixture *f, gconstpointer data)
{
  WireWait wait;

  f->budgets.with_cache_ms = NEVER_MS;
  f->budgets.without_cache_ms = NEVER_MS;
  wire_fixture_put_cache (f, 3600);
  wire_fixture_start (f, TRUE);
  wire_check_begin (f, &wait, CLICK, SHORT_MS, NULL);
  wire_wait (f, &wait);
  g_assert_cmpint (wait.verdict->decision.code, ==, CODE (RECENT));
  g_assert_cmpint (wait.verdict->decision.cause, ==, CAUSE (SLOW));
  g_assert_cmpint (wait.verdict->total_us, >=, SHORT_MS * 1000);
  wire_wait_clear (&wait);
  g_assert_cmpint (f->gate->slow_us, ==, 0);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, row, func)                                                                       \
  harness_add_fixture (harness, "gate-wire-flow", name, WireFixture, wire_row_find (row), set_up,  \
                       func, tear_down)
  ADD ("one-request-for-all", "", test_one_request_for_all);
  ADD ("one-cancelled-the-others-go-on", "", test_one_cancelled_the_others_go_on);
  ADD ("all-cancelled-ends-the-request", "stall", test_all_cancelled_ends_the_request);
  for (gsize i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      g_autofree char *name = g_strconcat ("cancelled-in-", phases[i].name, NULL);

      harness_add_full (harness, "gate-wire-flow", name, test_cancelled_in, (gpointer)&phases[i],
                        NULL);
    }
  harness_add (harness, "gate-wire-flow", "the-budgets-are-as-promised",
               test_the_budgets_are_as_promised);
  ADD ("which-budget", "stall-in-body", test_which_budget);
  ADD ("a-slow-server-gets-less-time", "stall-in-body", test_a_slow_server_gets_less_time);
  ADD ("the-answer-behind-is-kept", "", test_the_answer_behind_is_kept);
  ADD ("the-hosts-hurry", "stall-in-body", test_the_hosts_hurry);
}

HARNESS_MAIN (register_tests)
