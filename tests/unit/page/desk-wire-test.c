/* SPDX-License-Identifier: MIT */
/* What the host hears of the gate (gate.md, section 6), once each, and what a running session
 * hears: from answers that come over a real connection. */
#include "plugin/gate/gate-private.h"
#include "plugin/page/desk-private.h"
#include "tests/harness/harness.h"
#include "tests/unit/gate/wire-fixture.h"

#include <string.h>

#define HOUR 3600
#define DAY (24 * HOUR)
#define SHORT_MS 150

typedef struct
{
  WireFixture wire;
  TtecommCloud cloud; /* of the wire's parts */
  TtecommDesk *desk;
  GString *told; /* events and notices since the last look, one a line */
  GString *log;
} Fixture;

/* --- the host --- */

static void
on_event (gpointer data,
          TtecommGateEventKind kind,
          const char *installation,
          const char *code,
          const char *cause,
          int days,
          const char *text)
{
  static const char *const kinds[]
      = { "changed", "ends_soon", "ended", "stale", "fresh", "clock_suspect" };

  g_assert_cmpstr (installation, ==, WIRE_SITE);
  g_assert_nonnull (text);
  g_string_append_printf (((Fixture *)data)->told, "%s %s %s %d\n", kinds[kind],
                          code != NULL ? code : "-", cause != NULL ? cause : "-", days);
}

static void
on_notice (gpointer data, guint64 session, TtecommDecision *decision)
{
  g_assert_nonnull (decision->message);
  g_assert_nonnull (decision->details);
  g_string_append_printf (((Fixture *)data)->told, "notice %" G_GUINT64_FORMAT " %s\n", session,
                          decision->code);
}

static void
on_log (gpointer data, TtecommLogSeverity severity, const char *domain, const char *text)
{
  g_string_append_printf (((Fixture *)data)->log, "%s\n", text);
  harness_witness_log (text);
}

static const TtecommModelSink sink = { .log = on_log, .notice = on_notice, .event = on_event };

/* As the settings name it. With @is_quiet nothing is asked by itself, so that what a test changes
 * meets no question on its way. */
static void
set_cloud (Fixture *self, gboolean is_quiet)
{
  const guint never = 30 * 60 * 1000;

  ttecomm_desk_set_cloud (self->desk, &self->cloud, self->wire.folder);
  if (is_quiet)
    {
      TtecommGateBudgets *budgets = &self->desk->gate->budgets;

      budgets->retry_min_ms = budgets->retry_max_ms = budgets->poll_min_ms = never;
    }
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommText) text = ttecomm_text_new ("en");

  wire_fixture_init (&self->wire, data, harness_tmpdir (), SHORT_MS);
  wire_fixture_start_client (&self->wire, TRUE);
  self->told = g_string_new (NULL);
  self->log = g_string_new (NULL);
  self->cloud
      = (TtecommCloud){ .client = self->wire.client, .trust = self->wire.cloud->signer->trust };
  self->desk = ttecomm_desk_new (TTECOMM_CLOCK (self->wire.clock), &sink, self);
  ttecomm_desk_set_text (self->desk, text);
  ttecomm_desk_set_host (self->desk, "5.1.2.0", NULL);
  set_cloud (self, TRUE);
  ttecomm_desk_set_account (self->desk, TRUE, TTECOMM_FAKE_ACCOUNT, "mara@example.org");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ttecomm_desk_stop (self->desk);
  g_clear_object (&self->desk);
  wire_fixture_clear (&self->wire);
  g_string_free (self->told, TRUE);
  g_string_free (self->log, TRUE);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

/* Asks, whatever is in memory. (transfer full) */
static TtecommDecision *
ask (Fixture *self, const char *installation, guint timeout_ms)
{
  g_autoptr (GAsyncResult) result = NULL;

  ttecomm_desk_check_async (self->desk, installation, "Villa Picos", TRUE, timeout_ms, NULL,
                            test_store_result, &result);
  g_assert_true (wire_run_until (&self->wire, has_result, &result));
  return ttecomm_desk_check_finish (self->desk, result);
}

/* What was told since the last time, exactly. */
static void
assert_told (Fixture *self, const char *expected)
{
  while (g_main_context_iteration (self->wire.context, FALSE))
    ;
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_truncate (self->told, 0);
}

/* Asks twice: it is told the first time, and not again. */
static void
expect (Fixture *self, const char *code, const char *told)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TtecommDecision) decision = ask (self, WIRE_SITE, 0);

      g_test_message ("%s", decision->details);
      g_assert_cmpstr (decision->code, ==, code);
      assert_told (self, i == 0 ? told : "");
    }
}

/* Time goes by, here and at TTcloud. */
static void
pass (Fixture *self, gint64 seconds)
{
  ttecomm_fake_clock_advance (self->wire.clock, seconds);
  self->wire.cloud->statement.iat += seconds;
  self->wire.cloud->statement.exp += seconds;
}

static void
fail (Fixture *self, const char *row)
{
  wire_cloud_set_row (self->wire.cloud, row != NULL ? wire_row_find (row) : NULL);
}

/* --- events --- */

static void
test_changed (Fixture *self, gconstpointer data)
{
  expect (self, "ok", "");
  self->wire.cloud->statement.state = "suspended";
  expect (self, "suspended", "changed suspended - 0\n");
  fail (self, "refuse-503");
  expect (self, "unknown_was_no", "changed unknown_was_no busy 0\n");
  fail (self, NULL);
  self->wire.cloud->statement.state = "active";
  expect (self, "ok", "changed ok - 0\n");
  fail (self, "reset");
  expect (self, "recent", "changed recent offline 0\n");
  /* another reason for the same: no news */
  fail (self, "html-200");
  expect (self, "recent", "");
  fail (self, NULL);
  expect (self, "ok", "changed ok - 0\n");
}

static void
test_ends_soon (Fixture *self, gconstpointer data)
{
  self->wire.cloud->statement.until_ts = WIRE_NOW + 31 * DAY;
  self->wire.cloud->statement.renew = FALSE;
  expect (self, "ok", "");
  pass (self, DAY);
  expect (self, "ends_soon", "changed ends_soon - 0\nends_soon ends_soon - 30\n");
  pass (self, HOUR);
  expect (self, "ends_soon", "");
  fail (self, "hang-up");
  expect (self, "recent", "changed recent offline 0\n");
  fail (self, NULL);
  expect (self, "ends_soon", "changed ends_soon - 0\n");
  pass (self, DAY);
  expect (self, "ends_soon", "ends_soon ends_soon - 29\n");
}

static void
test_ended (Fixture *self, gconstpointer data)
{
  self->wire.cloud->statement.until_ts = WIRE_NOW + DAY;
  expect (self, "ok", "");
  pass (self, DAY);
  expect (self, "ended_check", "changed ended_check - 0\nended ended_check - 0\n");
  self->wire.cloud->statement.renew = FALSE;
  expect (self, "ended", "changed ended - 0\n");
  self->wire.cloud->statement.until_ts = WIRE_NOW + 400 * DAY;
  self->wire.cloud->statement.renew = TRUE;
  expect (self, "ok", "changed ok - 0\n");
}

static void
test_stale_and_fresh (Fixture *self, gconstpointer data)
{
  expect (self, "ok", "");
  fail (self, "bad-gateway-502");
  pass (self, HOUR);
  expect (self, "recent", "changed recent busy 0\n");
  pass (self, DAY);
  expect (self, "stale", "changed stale busy 0\nstale stale - 1\n");
  pass (self, 2 * DAY);
  expect (self, "grace_over", "changed grace_over busy 0\n");
  fail (self, NULL);
  expect (self, "ok", "changed ok - 0\nfresh - - 0\n");
}

static void
test_clock_suspect (Fixture *self, gconstpointer data)
{
  expect (self, "ok", "");
  ttecomm_fake_clock_set_wall (self->wire.clock, WIRE_NOW - 2 * HOUR);
  expect (self, "clock", "changed clock - 0\nclock_suspect clock - 0\n");
  fail (self, "forbidden-403");
  expect (self, "recent", "changed recent refused 0\n");
  fail (self, NULL);
  expect (self, "clock", "changed clock - 0\n");
  ttecomm_fake_clock_set_wall (self->wire.clock, WIRE_NOW);
  expect (self, "ok", "changed ok - 0\n");
  ttecomm_fake_clock_set_wall (self->wire.clock, WIRE_NOW + 2 * HOUR);
  expect (self, "clock", "changed clock - 0\nclock_suspect clock - 0\n");
}

/* No answer, and the certificate says why. */
static void
test_clock_suspect_by_certificate (Fixture *self, gconstpointer data)
{
  wire_fixture_put_cache (&self->wire, HOUR);
  set_cloud (self, TRUE);
  ttecomm_desk_set_account (self->desk, TRUE, TTECOMM_FAKE_ACCOUNT, "mara@example.org");
  expect (self, "recent", "clock_suspect clock - 0\n");
}

/* What the one has heard, the next has not. */
static void
test_sign_out_resets (Fixture *self, gconstpointer data)
{
  self->wire.cloud->statement.until_ts = WIRE_NOW + DAY;
  self->wire.cloud->statement.renew = FALSE;
  expect (self, "ends_soon", "ends_soon ends_soon - 1\n");
  pass (self, DAY);
  expect (self, "ended", "changed ended - 0\nended ended - 0\n");
  ttecomm_desk_set_account (self->desk, FALSE, NULL, NULL);
  expect (self, "sign_in", "");
  ttecomm_desk_set_account (self->desk, TRUE, TTECOMM_FAKE_ACCOUNT, "mara@example.org");
  expect (self, "ended", "ended ended - 0\n");
}

/* --- sessions --- */

static void
test_a_session_hears_of_a_no_once (Fixture *self, gconstpointer data)
{
  guint n_asked;

  expect (self, "ok", "");
  ttecomm_desk_session_started (self->desk, 7, WIRE_SITE);
  ttecomm_desk_session_started (self->desk, 9, "TT-0009");
  n_asked = wire_cloud_count (self->wire.cloud, WIRE_ASK);
  self->wire.cloud->statement.until_ts = WIRE_NOW;
  expect (self, "ended_check",
          "notice 7 ended_check\nchanged ended_check - 0\nended ended_check - 0\n");
  g_assert_cmpuint (wire_cloud_count (self->wire.cloud, WIRE_ASK), ==, n_asked + 2);
  /* a failed refresh is no news to it */
  fail (self, "reset");
  expect (self, "unknown_was_no", "changed unknown_was_no offline 0\n");
  fail (self, NULL);
  expect (self, "ended_check", "changed ended_check - 0\n");
  self->wire.cloud->statement.until_ts = WIRE_NOW + 90 * DAY;
  expect (self, "ok", "changed ok - 0\n");
  self->wire.cloud->statement.role = "user";
  expect (self, "role", "notice 7 role\nchanged role - 0\n");
  self->wire.cloud->statement.role = "si";
  expect (self, "ok", "changed ok - 0\n");
  ttecomm_desk_session_ended (self->desk, 7);
  self->wire.cloud->statement.role = "user";
  expect (self, "role", "changed role - 0\n");
}

/* Each of them, and a host that says twice that it began changes nothing. */
static void
test_every_session_hears (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommDecision) decision = NULL;

  expect (self, "ok", "");
  ttecomm_desk_session_started (self->desk, 7, WIRE_SITE);
  ttecomm_desk_session_started (self->desk, 7, WIRE_SITE);
  ttecomm_desk_session_started (self->desk, 8, WIRE_SITE);
  self->wire.cloud->statement.state = "suspended";
  decision = ask (self, WIRE_SITE, 0);
  g_assert_nonnull (strstr (self->told->str, "notice 7 suspended\n"));
  g_assert_nonnull (strstr (self->told->str, "notice 8 suspended\n"));
  g_assert_cmpuint (self->told->len, ==,
                    strlen ("notice 7 suspended\nnotice 8 suspended\nchanged suspended - 0\n"));
}

static gboolean
has_been_told (gpointer data)
{
  return ((Fixture *)data)->told->len > 0;
}

/* Nobody asks, and the settings have named TTcloud anew meanwhile. */
static void
test_a_session_goes_on_being_watched (Fixture *self, gconstpointer data)
{
  expect (self, "ok", "");
  ttecomm_desk_session_started (self->desk, 7, WIRE_SITE);
  set_cloud (self, FALSE);
  self->wire.cloud->statement.state = "suspended";
  ttecomm_desk_set_account (self->desk, TRUE, TTECOMM_FAKE_ACCOUNT, "mara@example.org");
  g_assert_true (wire_run_until (&self->wire, has_been_told, self));
  assert_told (self, "notice 7 suspended\n");
  ttecomm_desk_session_ended (self->desk, 7);
}

/* --- the page and the log --- */

static void
open_file (Fixture *self)
{
  g_autoptr (TtecommInstallation) installation = ttecomm_installation_new (FALSE);

  installation->name = g_strdup ("Villa Picos");
  installation->ttcloud_id = g_strdup (WIRE_SITE);
  installation->connected = TRUE;
  ttecomm_desk_set_project (self->desk, TRUE, installation);
}

static gboolean
page_says_ok (gpointer data)
{
  gint64 wall;
  TtecommDecision *decision = ttecomm_desk_get_decision (((Fixture *)data)->desk, &wall);

  return decision != NULL && g_str_equal (decision->code, "ok");
}

/* The click was decided without TTcloud; what TTcloud says later is shown as well. */
static void
test_the_page_follows (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommDecision) decision = NULL;

  self->wire.cloud->drip_ms = 60;
  open_file (self);
  decision = ask (self, NULL, SHORT_MS);
  g_assert_cmpstr (decision->code, ==, "flag_unknown");
  g_assert_cmpstr (decision->cause, ==, "slow");
  g_assert_true (wire_run_until (&self->wire, page_says_ok, self));
  g_assert_cmpuint (wire_cloud_count (self->wire.cloud, WIRE_ASK), ==, 1);
}

/* "Copy details" is the line in the log, and every check has one. */
static void
assert_logged (Fixture *self, const char *installation, const char *code)
{
  g_autoptr (TtecommDecision) decision = NULL;
  g_autofree char *line = NULL;
  g_autofree char *word = g_strdup_printf (" code=%s", code);

  g_string_truncate (self->log, 0);
  decision = ask (self, installation, 0);
  line = g_strdup_printf ("%s\n", decision->details);
  g_test_message ("%s", line);
  g_assert_nonnull (strstr (line, word));
  g_assert_true (g_str_has_prefix (line, "time=2026-09-21T14:13:20Z installation="));
  g_assert_null (strstr (line, WIRE_SITE));
  g_assert_true (g_str_has_suffix (self->log->str, line));
  g_assert_true (strstr (self->log->str, line) == g_strrstr (self->log->str, line));
}

static void
test_details_are_logged (Fixture *self, gconstpointer data)
{
  g_autoptr (TtecommInstallation) unconnected = ttecomm_installation_new (FALSE);

  assert_logged (self, WIRE_SITE, "ok");
  fail (self, "busy-429");
  assert_logged (self, WIRE_SITE, "recent");
  assert_logged (self, NULL, "flag_unknown");
  unconnected->name = g_strdup ("Villa Picos");
  ttecomm_desk_set_project (self->desk, TRUE, unconnected);
  assert_logged (self, NULL, "never_connected");
  ttecomm_desk_set_account (self->desk, TRUE, NULL, NULL);
  assert_logged (self, WIRE_SITE, "flag_unknown");
  ttecomm_desk_set_account (self->desk, FALSE, NULL, NULL);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, row, func)                                                                       \
  harness_add_fixture (harness, "desk-wire", name, Fixture, wire_row_find (row), set_up, func,     \
                       tear_down)
  ADD ("changed", "", test_changed);
  ADD ("ends-soon", "", test_ends_soon);
  ADD ("ended", "", test_ended);
  ADD ("stale-and-fresh", "", test_stale_and_fresh);
  ADD ("clock-suspect", "", test_clock_suspect);
  ADD ("clock-suspect-by-certificate", "certificate-expired", test_clock_suspect_by_certificate);
  ADD ("sign-out-resets", "", test_sign_out_resets);
  ADD ("a-session-hears-of-a-no-once", "", test_a_session_hears_of_a_no_once);
  ADD ("every-session-hears", "", test_every_session_hears);
  ADD ("a-session-goes-on-being-watched", "", test_a_session_goes_on_being_watched);
  ADD ("the-page-follows", "", test_the_page_follows);
  ADD ("details-are-logged", "", test_details_are_logged);
}

HARNESS_MAIN (register_tests)
