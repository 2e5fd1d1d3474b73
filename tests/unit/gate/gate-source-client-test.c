/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/cloud-error.h"
#include "plugin/gate/gate-source-client.h"

#include "tests/harness/harness.h"
#include "tests/support/fake-clock.h"
#include "tests/support/fake-signer.h"
#include "tests/support/http-server.h"
#include "tests/support/test-ca.h"

#define NONCE "AAECAwQFBgcICQoLDA0ODw"

/* A client whose TTcloud answers `status` and `body` to everything. Nobody is signed in. */
typedef struct
{
  TestCa *ca;
  TestServer *server;
  TtecommClient *client;
  TtecommGateSource *source;
  guint status;
  char *body;
} Fixture;

static void
answer_cb (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  const Fixture *f = user_data;

  test_answer_set (answer, f->status, "application/json",
                   f->status == 429 ? "Retry-After: 77\r\n" : NULL, f->body);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  const TtecommLimits patient = { 60000, 60000, 60000, TTECOMM_KEY_SET_MAX_BYTES + 4096 };
  const TestCaLeaf leaf = { 0 };
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (TtecommTransport) transport = NULL;
  g_autoptr (TtecommFakeClock) clock = ttecomm_fake_clock_new (1790000000);
  g_autoptr (TtecommSignIn) sign_in = NULL;
  g_autoptr (GUri) origin = NULL;
  g_autoptr (GError) error = NULL;

  f->ca = test_ca_new ("Test CA");
  certificate = test_ca_issue (f->ca, &leaf);
  f->server = test_server_new (certificate, answer_cb, f);
  f->status = 200;
  origin = ttecomm_origin_parse (test_server_get_origin (f->server), TTECOMM_ORIGIN_HTTPS, &error);
  g_assert_no_error (error);
  transport = ttecomm_transport_new (origin, test_ca_get_pem (f->ca), "direct", &error);
  g_assert_no_error (error);
  sign_in = ttecomm_sign_in_new (transport, origin, TTECOMM_CLOCK (clock), NULL);
  f->client = ttecomm_client_new (transport, sign_in, origin);
  f->source = ttecomm_gate_source_client_new (f->client, &patient);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer client = f->client;

  g_object_unref (f->source);
  g_object_add_weak_pointer (G_OBJECT (f->client), &client);
  g_object_unref (f->client);
  g_assert_null (client);
  test_server_free (f->server);
  test_ca_free (f->ca);
  g_free (f->body);
}

static TtecommGateReply *
fetch_keys (Fixture *f, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ttecomm_gate_source_fetch_keys_async (f->source, cancellable, test_store_result, &result);
  test_await (&result);
  return ttecomm_gate_source_fetch_keys_finish (f->source, result, error);
}

static void
test_keys (Fixture *f, gconstpointer data)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (TtecommGateReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  f->body = g_strdup_printf ("{\"server_today\":\"2026-09-21\",\"keys\":\"%s\"}", signer->keys_jws);
  reply = fetch_keys (f, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->cause, ==, TTECOMM_GATE_CAUSE_NONE);
  g_assert_cmpstr (reply->body, ==, signer->keys_jws);
  g_assert_cmpstr (reply->server_today, ==, "2026-09-21");
  g_assert_cmpuint (reply->http_status, ==, 200);
}

static void
test_failures (Fixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateReply) busy = NULL;
  g_autoptr (TtecommGateReply) altered = NULL;
  g_autoptr (GError) error = NULL;

  f->body = g_strdup ("{\"keys\":7}");
  altered = fetch_keys (f, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (altered->cause, ==, TTECOMM_GATE_CAUSE_REPLY_ALTERED);
  g_assert_null (altered->body);
  f->status = 429;
  busy = fetch_keys (f, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (busy->cause, ==, TTECOMM_GATE_CAUSE_BUSY);
  g_assert_cmpuint (busy->http_status, ==, 429);
  g_assert_cmpint (busy->retry_after, ==, 77);
  g_assert_cmpstr (busy->message, ==, "TTcloud could not be asked: busy");
}

static void
test_nobody_signed_in (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TtecommGateReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  ttecomm_gate_source_fetch_statement_async (f->source, "TT-0001", NONCE, NULL, test_store_result,
                                             &result);
  test_await (&result);
  reply = ttecomm_gate_source_fetch_statement_finish (f->source, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->cause, ==, TTECOMM_GATE_CAUSE_SIGN_IN);
  g_assert_cmpuint (test_server_get_n_requests (f->server), ==, 0);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TtecommGateReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  reply = fetch_keys (f, cancellable, &error);
  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Every error of the client has a cause of its own row. */
static void
test_causes (void)
{
  static const struct
  {
    TtecommCloudError code;
    TtecommGateCause cause;
  } rows[] = {
    { TTECOMM_CLOUD_ERROR_OFFLINE, TTECOMM_GATE_CAUSE_OFFLINE },
    { TTECOMM_CLOUD_ERROR_BLOCKED, TTECOMM_GATE_CAUSE_BLOCKED },
    { TTECOMM_CLOUD_ERROR_SLOW, TTECOMM_GATE_CAUSE_SLOW },
    { TTECOMM_CLOUD_ERROR_TLS_CLOCK, TTECOMM_GATE_CAUSE_TLS_CLOCK },
    { TTECOMM_CLOUD_ERROR_TLS_TRUST, TTECOMM_GATE_CAUSE_TLS_TRUST },
    { TTECOMM_CLOUD_ERROR_PORTAL, TTECOMM_GATE_CAUSE_PORTAL },
    { TTECOMM_CLOUD_ERROR_SIGN_IN, TTECOMM_GATE_CAUSE_SIGN_IN },
    { TTECOMM_CLOUD_ERROR_REFUSED, TTECOMM_GATE_CAUSE_REFUSED },
    { TTECOMM_CLOUD_ERROR_PROXY_LOGIN, TTECOMM_GATE_CAUSE_PROXY_LOGIN },
    { TTECOMM_CLOUD_ERROR_BUSY, TTECOMM_GATE_CAUSE_BUSY },
    { TTECOMM_CLOUD_ERROR_ALTERED, TTECOMM_GATE_CAUSE_REPLY_ALTERED },
    { TTECOMM_CLOUD_ERROR_PROBLEM, TTECOMM_GATE_CAUSE_REFUSED },
    { TTECOMM_CLOUD_ERROR_FOREIGN_LINK, TTECOMM_GATE_CAUSE_REPLY_ALTERED },
    { TTECOMM_CLOUD_ERROR_DENIED, TTECOMM_GATE_CAUSE_SIGN_IN },
    { TTECOMM_CLOUD_ERROR_EXPIRED, TTECOMM_GATE_CAUSE_SIGN_IN },
    { TTECOMM_CLOUD_ERROR_REPLACED, TTECOMM_GATE_CAUSE_SIGN_IN },
    { TTECOMM_CLOUD_ERROR_INVALID, TTECOMM_GATE_CAUSE_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (TTECOMM_CLOUD_ERROR, (gint)rows[i].code, "x");

      g_assert_cmpint (rows[i].code, ==, i);
      g_assert_cmpint (ttecomm_gate_cause_from_cloud_error (error), ==, rows[i].cause);
    }
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "gate-source-client", name, Fixture, NULL, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("keys", test_keys);
  ADD ("failures", test_failures);
  ADD ("nobody-signed-in", test_nobody_signed_in);
  ADD ("cancelled", test_cancelled);
  harness_add (harness, "gate-source-client", "causes", test_causes);
}

HARNESS_MAIN (register_tests)
