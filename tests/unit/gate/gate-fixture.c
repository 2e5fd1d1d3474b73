/* SPDX-License-Identifier: MIT */
#include "tests/unit/gate/gate-fixture.h"

static gboolean
count_random (guint8 *buffer, gsize length, gpointer user_data)
{
  GateFixture *f = user_data;

  for (gsize i = 0; i < length; i++)
    buffer[i] = (guint8)g_test_rand_int ();
  return !f->no_random;
}

static void
changed_cb (TtecommGate *gate,
            const char *installation,
            int old_code,
            int code,
            int cause,
            gpointer user_data)
{
  const char *word = ttecomm_gate_cause_to_string ((TtecommGateCause)cause);

  g_string_append_printf (((GateFixture *)user_data)->events, "changed %s %s %s %s\n", installation,
                          ttecomm_gate_code_to_string ((TtecommGateCode)old_code),
                          ttecomm_gate_code_to_string ((TtecommGateCode)code),
                          word != NULL ? word : "-");
}

static void
ends_soon_cb (TtecommGate *gate, const char *installation, gint64 days, gpointer user_data)
{
  g_string_append_printf (((GateFixture *)user_data)->events, "ends-soon %" G_GINT64_FORMAT "\n",
                          days);
}

static void
ended_cb (TtecommGate *gate, const char *installation, int code, gpointer user_data)
{
  g_string_append_printf (((GateFixture *)user_data)->events, "ended %s\n",
                          ttecomm_gate_code_to_string ((TtecommGateCode)code));
}

static void
stale_cb (TtecommGate *gate, const char *installation, gint64 since, gpointer user_data)
{
  g_string_append_printf (((GateFixture *)user_data)->events, "stale %" G_GINT64_FORMAT "\n",
                          since);
}

static void
fresh_cb (TtecommGate *gate, const char *installation, gpointer user_data)
{
  g_string_append (((GateFixture *)user_data)->events, "fresh\n");
}

static void
clock_suspect_cb (TtecommGate *gate, const char *installation, gint64 diff, gpointer user_data)
{
  g_string_append_printf (((GateFixture *)user_data)->events,
                          "clock-suspect %" G_GINT64_FORMAT "\n", diff);
}

static void
log_cb (TtecommGate *gate, int level, const char *text, gpointer user_data)
{
  g_string_append_printf (((GateFixture *)user_data)->log, "%s\n", text);
  harness_witness_log (text);
}

void
gate_fixture_begin (GateFixture *f)
{
  f->gate = ttecomm_gate_new (&f->config);
  g_signal_connect (f->gate, "changed", G_CALLBACK (changed_cb), f);
  g_signal_connect (f->gate, "ends-soon", G_CALLBACK (ends_soon_cb), f);
  g_signal_connect (f->gate, "ended", G_CALLBACK (ended_cb), f);
  g_signal_connect (f->gate, "stale", G_CALLBACK (stale_cb), f);
  g_signal_connect (f->gate, "fresh", G_CALLBACK (fresh_cb), f);
  g_signal_connect (f->gate, "clock-suspect", G_CALLBACK (clock_suspect_cb), f);
  g_signal_connect (f->gate, "log", G_CALLBACK (log_cb), f);
  ttecomm_gate_set_account (f->gate, TTECOMM_FAKE_ACCOUNT);
}

void
gate_fixture_set_up (GateFixture *f, gconstpointer data)
{
  f->context = g_main_context_new ();
  g_main_context_push_thread_default (f->context);
  f->clock = ttecomm_fake_clock_new (GATE_IAT);
  f->source = ttecomm_fake_source_new (GATE_IAT);
  f->folder = g_build_filename (harness_tmpdir (), "cache", NULL);
  f->events = g_string_new (NULL);
  f->log = g_string_new (NULL);
  f->config = (TtecommGateConfig){ .clock = TTECOMM_CLOCK (f->clock),
                                   .source = TTECOMM_GATE_SOURCE (f->source),
                                   .trust = f->source->signer->trust,
                                   .cache_folder = f->folder,
                                   .prosoft = "5.1.2.0",
                                   .random = count_random,
                                   .random_data = f };
  /* Long where a test does not wait, so that nothing happens by itself. */
  f->config.budgets = (TtecommGateBudgets){ 60000, 60000, 60000, 60000, 60000, 60000, 60000 };
  gate_fixture_begin (f);
}

void
gate_fixture_end (GateFixture *f)
{
  gpointer weak = f->gate;

  ttecomm_gate_shutdown (f->gate);
  g_object_add_weak_pointer (G_OBJECT (f->gate), &weak);
  g_clear_object (&f->gate);
  gate_fixture_settle (f);
  g_assert_null (weak);
}

void
gate_fixture_tear_down (GateFixture *f, gconstpointer data)
{
  gate_fixture_end (f);
  g_assert_cmpuint (G_OBJECT (f->clock)->ref_count, ==, 1);
  g_assert_cmpuint (G_OBJECT (f->source)->ref_count, ==, 1);
  g_object_unref (f->clock);
  g_object_unref (f->source);
  g_string_free (f->events, TRUE);
  g_string_free (f->log, TRUE);
  g_free (f->folder);
  g_main_context_pop_thread_default (f->context);
  g_main_context_unref (f->context);
}

void
gate_fixture_restart (GateFixture *f)
{
  gate_fixture_end (f);
  gate_fixture_begin (f);
}

void
gate_fixture_settle (GateFixture *f)
{
  while (g_main_context_iteration (f->context, FALSE))
    ;
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GateWait *wait = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (wait->verdict);
  wait->verdict = ttecomm_gate_check_finish (TTECOMM_GATE (source), result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (wait->verdict);
}

void
gate_check_begin (GateFixture *f,
                  GateWait *wait,
                  const char *installation,
                  TtecommGateFlags flags,
                  guint timeout_ms,
                  GCancellable *cancellable)
{
  wait->verdict = NULL;
  ttecomm_gate_check_async (f->gate, installation, flags, timeout_ms, cancellable, checked_cb,
                            wait);
  g_assert_null (wait->verdict);
}

static gboolean
has_verdict (gpointer data)
{
  return ((GateWait *)data)->verdict != NULL;
}

void
gate_wait (GateWait *wait)
{
  g_assert_true (harness_wait_until (has_verdict, wait, 60000));
}

void
gate_wait_clear (GateWait *wait)
{
  g_clear_pointer (&wait->verdict, ttecomm_gate_verdict_free);
}

TtecommGateVerdict *
gate_check (GateFixture *f, TtecommGateFlags flags)
{
  GateWait wait;

  gate_check_begin (f, &wait, GATE_SITE, flags, 0, NULL);
  gate_wait (&wait);
  return wait.verdict;
}

void
gate_expect (GateFixture *f,
             TtecommGateFlags flags,
             TtecommGateCode code,
             TtecommGateCause cause,
             TtecommGateFrom from)
{
  g_autoptr (TtecommGateVerdict) verdict = gate_check (f, flags);

  g_test_message ("%s", verdict->details);
  g_assert_cmpstr (ttecomm_gate_code_to_string (verdict->decision.code), ==,
                   ttecomm_gate_code_to_string (code));
  g_assert_cmpstr (ttecomm_gate_cause_to_string (verdict->decision.cause), ==,
                   ttecomm_gate_cause_to_string (cause));
  g_assert_cmpstr (ttecomm_gate_from_to_string (verdict->from), ==,
                   ttecomm_gate_from_to_string (from));
}
