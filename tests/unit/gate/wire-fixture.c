/* SPDX-License-Identifier: MIT */
#include "tests/unit/gate/wire-fixture.h"

#include "api/ttcloud/origin.h"
#include "plugin/gate/cache.h"
#include "tests/harness/harness.h"
#include "tests/support/test-resolver.h"

#include <string.h>

#define NEVER_MS (30 * 60 * 1000)
#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define TICK_MS 5
#define BOOTTIME_US (G_GINT64_CONSTANT (30) * 86400 * G_USEC_PER_SEC)
#define WEB "https://web.test"

static void
set_limits (WireFixture *self, const WireRow *row, guint short_ms)
{
  WireEnd end = row != NULL ? row->end : WIRE_AT_ONCE;

  self->limits = (TtecommLimits){ NEVER_MS, NEVER_MS, NEVER_MS, TTECOMM_KEY_SET_MAX_BYTES + 4096 };
  self->budgets = (TtecommGateBudgets){ NEVER_MS, NEVER_MS, NEVER_MS, NEVER_MS,
                                        NEVER_MS, NEVER_MS, NEVER_MS };
  if (end == WIRE_CONNECT_LIMIT)
    self->limits.connect_ms = short_ms;
  else if (end == WIRE_FIRST_BYTE_LIMIT)
    self->limits.first_byte_ms = short_ms;
  else if (end == WIRE_GATE_BUDGET)
    self->budgets.with_cache_ms = self->budgets.without_cache_ms = short_ms;
}

void
wire_fixture_init (WireFixture *self, const WireRow *row, const char *folder, guint short_ms)
{
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->clock = ttecomm_fake_clock_new (WIRE_NOW);
  ttecomm_fake_clock_reboot (self->clock, "boot-1", BOOTTIME_US);
  self->folder = g_build_filename (folder, "cache", NULL);
  self->log = g_string_new (NULL);
  self->cloud = wire_cloud_new (row, WIRE_NOW, folder);
  if (row != NULL && row->host != NULL)
    {
      g_autoptr (TestResolver) resolver = test_resolver_new (row->host, row->address);

      self->resolvers = g_resolver_get_default ();
      g_resolver_set_default (G_RESOLVER (resolver));
    }
  set_limits (self, row, short_ms);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
wire_run_until (WireFixture *self, WireCondition condition, gpointer data)
{
  g_autoptr (GSource) tick = g_timeout_source_new (TICK_MS);
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;
  gboolean holds = condition (data);

  g_source_set_callback (tick, tick_cb, NULL, NULL);
  g_source_attach (tick, self->context);
  while (!holds && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (self->context, TRUE);
      holds = condition (data);
    }
  g_source_destroy (tick);
  return holds;
}

static gboolean
is_gone (gpointer data)
{
  gpointer *pointer = data;

  return *pointer == NULL;
}

/* Drops the last reference that is ours, and waits for those that are not. */
static void
assert_dropped (WireFixture *self, gpointer object_pointer)
{
  GObject **pointer = object_pointer;
  GObject *object = *pointer;

  if (object == NULL)
    return;
  g_object_add_weak_pointer (object, (gpointer *)pointer);
  g_object_unref (object);
  g_assert_true (wire_run_until (self, is_gone, pointer));
}

void
wire_fixture_stop (WireFixture *self)
{
  if (self->gate != NULL)
    ttecomm_gate_shutdown (self->gate);
  assert_dropped (self, &self->gate);
  assert_dropped (self, &self->source);
  assert_dropped (self, &self->client);
  assert_dropped (self, &self->sign_in);
  assert_dropped (self, &self->transport);
  g_clear_object (&self->store);
}

void
wire_fixture_clear (WireFixture *self)
{
  wire_fixture_stop (self);
  wire_cloud_free (self->cloud);
  if (self->resolvers != NULL)
    g_resolver_set_default (self->resolvers);
  g_clear_object (&self->resolvers);
  g_assert_cmpuint (G_OBJECT (self->clock)->ref_count, ==, 1);
  g_object_unref (self->clock);
  g_string_free (self->log, TRUE);
  g_free (self->folder);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
}

void
wire_fixture_put_cache (WireFixture *self, gint64 age)
{
  TtecommFakeSigner *signer = self->cloud->signer;
  TtecommFakeStatement claims = ttecomm_fake_statement (WIRE_SITE, WIRE_NOW - age);
  TtecommStatementExpected expected
      = { signer->keys, WIRE_SITE, TTECOMM_FAKE_ACCOUNT, TTECOMM_FAKE_NONCE, 0 };
  TtecommGateStamp stamp
      = { "boot-1", BOOTTIME_US - age * G_USEC_PER_SEC, WIRE_NOW - age, WIRE_NOW - age };
  g_autofree char *jws = ttecomm_fake_signer_sign (signer, &claims);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGateCache) cache = NULL;
  g_autoptr (TtecommStatement) statement = NULL;
  g_autoptr (TtecommGateRecord) record = NULL;

  cache = ttecomm_gate_cache_new (self->folder, TTECOMM_GATE_CACHE_MAX_FILES);
  g_assert_true (ttecomm_gate_cache_prepare (cache, &error));
  g_assert_true (ttecomm_gate_cache_store_keys (cache, signer->keys, &error));
  if (age == WIRE_NO_CACHE)
    return;
  statement = ttecomm_statement_verify (jws, strlen (jws), &expected, &error);
  g_assert_no_error (error);
  record = ttecomm_gate_record_new (statement, &stamp);
  g_assert_true (ttecomm_gate_cache_store (cache, record, &error));
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

static void
sign_in (WireFixture *self, gboolean token_is_good)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *origin = g_uri_to_string (ttecomm_transport_get_origin (self->transport));
  g_autofree char *secret
      = g_strdup_printf ("{\"v\":2,\"origin\":\"%s\",\"serial\":1,\"expires\":%" G_GINT64_FORMAT
                         ",\"refresh\":\"refresh-1\",\"access\":\"access-%u\","
                         "\"account\":\"" TTECOMM_FAKE_ACCOUNT "\",\"email\":\"mara@example.org\"}",
                         origin, token_is_good ? WIRE_NOW + 365 * 86400 : WIRE_NOW - 1,
                         self->cloud->n_tokens);

  fake_store_put (self->store, secret);
  ttecomm_sign_in_restore_async (self->sign_in, NULL, store_result, &result);
  g_assert_true (wire_run_until (self, has_result, &result));
  g_assert_true (ttecomm_sign_in_restore_finish (self->sign_in, result, &error));
}

static void
log_cb (TtecommGate *gate, int level, const char *text, gpointer user_data)
{
  g_string_append_printf (((WireFixture *)user_data)->log, "%s\n", text);
  harness_witness_log (text);
}

void
wire_fixture_start_client (WireFixture *self, gboolean token_is_good)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) web = ttecomm_origin_parse (WEB, TTECOMM_ORIGIN_HTTPS, NULL);
  g_autoptr (GUri) origin
      = ttecomm_origin_parse (self->cloud->origin, TTECOMM_ORIGIN_HTTPS, &error);

  g_assert_no_error (error);
  self->transport = ttecomm_transport_new (origin, test_ca_get_pem (self->cloud->ca),
                                           self->cloud->proxy_url, &error);
  g_assert_no_error (error);
  self->store = fake_store_new ();
  self->sign_in = ttecomm_sign_in_new (self->transport, web, TTECOMM_CLOCK (self->clock),
                                       TTECOMM_SECRET_STORE (self->store));
  self->client = ttecomm_client_new (self->transport, self->sign_in, web);
  sign_in (self, token_is_good);
}

void
wire_fixture_start (WireFixture *self, gboolean token_is_good)
{
  TtecommGateConfig config = { .clock = TTECOMM_CLOCK (self->clock),
                               .trust = self->cloud->signer->trust,
                               .cache_folder = self->folder,
                               .prosoft = "5.1.2.0",
                               .budgets = self->budgets };

  wire_fixture_start_client (self, token_is_good);
  self->source = ttecomm_gate_source_client_new (self->client, &self->limits);
  config.source = self->source;
  self->gate = ttecomm_gate_new (&config);
  g_signal_connect (self->gate, "log", G_CALLBACK (log_cb), self);
  ttecomm_gate_set_account (self->gate, TTECOMM_FAKE_ACCOUNT);
}

/* --- checks --- */

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WireWait *wait = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (wait->verdict);
  wait->at_us = g_get_monotonic_time ();
  wait->verdict = ttecomm_gate_check_finish (TTECOMM_GATE (source), result, &error);
  g_assert_no_error (error);
}

void
wire_check_begin (WireFixture *self,
                  WireWait *wait,
                  TtecommGateFlags flags,
                  guint timeout_ms,
                  GCancellable *cancellable)
{
  *wait = (WireWait){ 0 };
  ttecomm_gate_check_async (self->gate, WIRE_SITE, flags, timeout_ms, cancellable, checked_cb,
                            wait);
  g_assert_null (wait->verdict);
}

static gboolean
has_verdict (gpointer data)
{
  return ((WireWait *)data)->verdict != NULL;
}

void
wire_wait (WireFixture *self, WireWait *wait)
{
  g_assert_true (wire_run_until (self, has_verdict, wait));
}

void
wire_wait_clear (WireWait *wait)
{
  g_clear_pointer (&wait->verdict, ttecomm_gate_verdict_free);
}

TtecommGateVerdict *
wire_check (WireFixture *self, TtecommGateFlags flags)
{
  WireWait wait;

  wire_check_begin (self, &wait, flags, 0, NULL);
  wire_wait (self, &wait);
  return wait.verdict;
}
