/* SPDX-License-Identifier: MIT */
/* Limits, faults on the wire, what is sent and what is not: gate.md, rows B1, B5, B6, B9. */
#include "api/ttcloud/origin.h"
#include "tests/harness/harness.h"
#include "tests/unit/ttcloud/transport-fixture.h"

#include <string.h>

static void
test_good (TransportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommReply) reply = transport_fixture_get (self, "/x?y=1", &error);
  g_autofree char *seen = test_server_get_request (self->server, 0);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->content_type, ==, "application/json");
  transport_fixture_assert_body (reply, TRANSPORT_GOOD);
  g_assert_cmpint (reply->retry_after, ==, -1);
  g_assert_cmpint (reply->timings.connect_ms, >=, 0);
  g_assert_cmpint (reply->timings.tls_ms, >=, 0);
  g_assert_cmpint (reply->timings.first_byte_ms, >=, 0);
  g_assert_cmpint (reply->timings.total_ms, >=, reply->timings.tls_ms);
  g_assert_true (g_str_has_prefix (seen, "GET /x?y=1 HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (seen, "User-Agent: ttecomm/" TTECOMM_VERSION "\r\n"));
  g_assert_null (strstr (seen, "Authorization"));
}

static void
test_sends_what_is_asked (TransportFixture *self, gconstpointer data)
{
  g_autoptr (TtecommRequest) request = transport_fixture_request (self, "POST", "/v1/orders");
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = NULL;

  request->bearer = g_strdup ("secret-token");
  request->idempotency_key = g_strdup ("key-12345678");
  request->content_type = g_strdup ("application/json");
  request->body = g_bytes_new_static ("{}", 2);
  reply = transport_fixture_send (self, request, NULL, &error);
  g_assert_no_error (error);
  seen = test_server_get_request (self->server, 0);
  g_assert_nonnull (strstr (seen, "Authorization: Bearer secret-token\r\n"));
  g_assert_nonnull (strstr (seen, "Idempotency-Key: key-12345678\r\n"));
  g_assert_nonnull (strstr (seen, "Content-Type: application/json\r\n"));
  g_assert_true (g_str_has_suffix (seen, "\r\n\r\n{}"));
}

typedef struct
{
  const char *mode;
  int code; /* -1 = no error */
  const char *body;
} FaultRow;

static const FaultRow faults[] = {
  { "reset", TTECOMM_CLOUD_ERROR_OFFLINE, NULL },
  { "hang-up", TTECOMM_CLOUD_ERROR_OFFLINE, NULL },
  { "cut", TTECOMM_CLOUD_ERROR_ALTERED, NULL },
  { "cut-http-1.0", TTECOMM_CLOUD_ERROR_ALTERED, NULL },
  { "huge-declared", TTECOMM_CLOUD_ERROR_ALTERED, NULL },
  { "huge", TTECOMM_CLOUD_ERROR_ALTERED, NULL },
  /* libsoup hangs up after 64 KiB or so: no answer came to be */
  { "huge-head", TTECOMM_CLOUD_ERROR_OFFLINE, NULL },
  { "bomb", TTECOMM_CLOUD_ERROR_ALTERED, NULL },
  { "garbage", TTECOMM_CLOUD_ERROR_ALTERED, NULL },
  { "foreign", TTECOMM_CLOUD_ERROR_PORTAL, NULL },
  { "downgrade", TTECOMM_CLOUD_ERROR_PORTAL, NULL },
  { "nowhere", TTECOMM_CLOUD_ERROR_ALTERED, NULL },
  { "chunked", -1, TRANSPORT_GOOD },
  { "http-1.0", -1, TRANSPORT_GOOD },
  { "gzip", -1, TRANSPORT_GOOD },
  /* libsoup hands out what is not gzip as it came */
  { "bad-gzip", -1, TRANSPORT_GOOD },
  { "drip", -1, TRANSPORT_GOOD },
};

static void
test_fault (TransportFixture *self, gconstpointer data)
{
  const FaultRow *row = data;
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  self->mode = row->mode;
  reply = transport_fixture_get (self, "/", &error);
  if (row->code < 0)
    {
      g_assert_no_error (error);
      transport_fixture_assert_body (reply, row->body);
      return;
    }
  g_assert_error (error, TTECOMM_CLOUD_ERROR, row->code);
  g_assert_null (reply);
  g_assert_nonnull (ttecomm_cloud_error_get_timings (error));
}

/* libsoup takes a chunked body without its last chunk for whole; the strict reader does not. */
static void
test_cut_between_chunks (TransportFixture *self, gconstpointer data)
{
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  self->mode = "cut-chunked";
  reply = transport_fixture_get (self, "/", &error);
  if (reply != NULL)
    g_assert_null (ttecomm_reply_get_object (reply, &error));
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED);
}

typedef struct
{
  const char *mode;
  TtecommLimits limits;
} SlowRow;

static const SlowRow slow_rows[] = {
  { "stall", { 10000, 150, 15000, 1024 } }, { "stall-in-head", { 10000, 150, 15000, 1024 } },
  { "stall", { 10000, 10000, 200, 1024 } }, { "stall-in-body", { 10000, 10000, 200, 1024 } },
  { "drip", { 10000, 10000, 300, 1024 } },
};

static void
test_slow (TransportFixture *self, gconstpointer data)
{
  const SlowRow *row = data;
  guint budget = MIN (row->limits.first_byte_ms, row->limits.total_ms);
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  self->mode = row->mode;
  self->limits = row->limits;
  reply = transport_fixture_get (self, "/", &error);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SLOW);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, (gint64)budget * 1000);
  /* it is a limit: not the 15 s of the others */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 8 * G_USEC_PER_SEC);
}

static void
test_connect_limit (TransportFixture *self, gconstpointer data)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) origin = NULL;
  g_autoptr (TtecommTransport) transport = NULL;
  g_autoptr (TtecommRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *url = NULL;

  /* takes the connection and never says a word: the handshake hangs */
  g_socket_listener_add_address (listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &address, &error);
  g_assert_no_error (error);
  url = g_strdup_printf ("https://127.0.0.1:%u",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  origin = ttecomm_origin_parse (url, TTECOMM_ORIGIN_HTTPS, &error);
  transport = ttecomm_transport_new (origin, test_ca_get_pem (self->ca), "direct", &error);
  g_assert_no_error (error);
  request = ttecomm_request_new ("GET", origin, &(TtecommLimits){ 150, 10000, 15000, 1024 });
  ttecomm_transport_send_async (transport, request, NULL, test_store_result, &result);
  test_await (&result);
  g_assert_null (ttecomm_transport_send_finish (transport, result, &error));
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_SLOW);
}

static void
test_refused (TransportFixture *self, gconstpointer data)
{
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->server, test_server_free);
  reply = transport_fixture_get (self, "/", &error);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_OFFLINE);
}

static gboolean
has_request (gpointer user_data)
{
  return test_server_get_n_requests (user_data) == 1;
}

static void
test_cancelled (TransportFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TtecommRequest) request = transport_fixture_request (self, "GET", "/");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->mode = "stall-in-body";
  ttecomm_transport_send_async (self->transport, request, cancellable, test_store_result, &result);
  g_assert_true (harness_wait_until (has_request, self->server, 20000));
  g_cancellable_cancel (cancellable);
  test_await (&result);
  g_assert_null (ttecomm_transport_send_finish (self->transport, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_before (TransportFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TtecommRequest) request = transport_fixture_request (self, "GET", "/");
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  reply = transport_fixture_send (self, request, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 0);
}

static void
test_limits_are_required (TransportFixture *self, gconstpointer data)
{
  static const TtecommLimits rows[]
      = { { 0, 1, 1, 1 }, { 1, 0, 1, 1 }, { 1, 1, 0, 1 }, { 1, 1, 1, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      self->limits = rows[i];
      reply = transport_fixture_get (self, "/", &error);
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
    }
}

typedef struct
{
  const char *mode;
  gint64 seconds;
} RetryRow;

static void
test_retry_after (TransportFixture *self, gconstpointer data)
{
  static const RetryRow rows[] = { { "retry-after", 120 },
                                   { "retry-after-date", 90 },
                                   { "retry-after-odd", -1 },
                                   { "retry-after-long", 86400 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      self->mode = rows[i].mode;
      reply = transport_fixture_get (self, "/", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (reply->status, ==, 503);
      g_assert_cmpint (reply->retry_after, ==, rows[i].seconds);
    }
}

/* No dialog, no second request with a guessed password, no cookie that comes back. */
static void
test_no_logins_no_cookies (TransportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommReply) refused = NULL;
  g_autoptr (TtecommReply) first = NULL;
  g_autoptr (TtecommReply) second = NULL;
  g_autofree char *seen = NULL;

  self->mode = "login";
  refused = transport_fixture_get (self, "/", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refused->status, ==, 401);
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 1);

  self->mode = "cookie";
  first = transport_fixture_get (self, "/", &error);
  second = transport_fixture_get (self, "/", &error);
  g_assert_no_error (error);
  seen = test_server_get_request (self->server, 2);
  g_assert_null (strstr (seen, "Cookie:"));
}

static void
test_connection_is_kept (TransportFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TtecommRequest) request
          = transport_fixture_request (self, i == 1 ? "POST" : "GET", "/");
      g_autoptr (TtecommReply) reply = NULL;

      request->repeatable = TRUE;
      reply = transport_fixture_send (self, request, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (reply->timings.tls_ms == -1, ==, i > 0);
    }
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 1);
}

static gboolean
all_ended (gpointer data)
{
  return test_server_get_n_active (data) == 0;
}

static void
test_dead_connection (TransportFixture *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TtecommRequest) request = transport_fixture_request (self, "POST", "/");
      g_autoptr (TtecommReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      self->mode = "die-when-idle";
      request->repeatable = TRUE;
      reply = transport_fixture_send (self, request, NULL, &error);
      g_assert_no_error (error);
      transport_fixture_assert_body (reply, TRANSPORT_GOOD);
      test_server_reset_now (self->server);
      g_assert_true (i == 1 || harness_wait_until (all_ended, self->server, 10000));
    }
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, 2);
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 2);
}

static void
test_bad_configuration (TransportFixture *self, gconstpointer data)
{
  GUri *origin = ttecomm_transport_get_origin (self->transport);
  g_autoptr (GUri) plain = g_uri_parse ("http://127.0.0.1:80", G_URI_FLAGS_NONE, NULL);
  static const char *const cas[] = { "", "not PEM",
                                     "-----BEGIN CERTIFICATE-----\nAAAA\n"
                                     "-----END CERTIFICATE-----\n" };
  static const char *const proxies[] = { "", "maybe", "ftp://proxy.test", "http://" };

  for (gsize i = 0; i < G_N_ELEMENTS (cas) + G_N_ELEMENTS (proxies) + 1; i++)
    {
      g_autoptr (GError) error = NULL;
      const char *ca = i < G_N_ELEMENTS (cas) ? cas[i] : NULL;
      const char *proxy = i >= G_N_ELEMENTS (cas) && i < G_N_ELEMENTS (cas) + G_N_ELEMENTS (proxies)
                              ? proxies[i - G_N_ELEMENTS (cas)]
                              : "direct";

      g_assert_null (
          ttecomm_transport_new (i == G_N_ELEMENTS (cas) + G_N_ELEMENTS (proxies) ? plain : origin,
                                 ca, proxy, &error));
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
    }
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "transport", name, TransportFixture, data,                         \
                       transport_fixture_set_up, func, transport_fixture_tear_down)
  ADD ("good", NULL, test_good);
  ADD ("sends-what-is-asked", NULL, test_sends_what_is_asked);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup_printf ("fault-%s", faults[i].mode), ".", '_');

      ADD (name, &faults[i], test_fault);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (slow_rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("slow-%s-%" G_GSIZE_FORMAT, slow_rows[i].mode, i);

      ADD (name, &slow_rows[i], test_slow);
    }
  ADD ("cut-between-chunks", NULL, test_cut_between_chunks);
  ADD ("connect-limit", NULL, test_connect_limit);
  ADD ("refused", NULL, test_refused);
  ADD ("cancelled", NULL, test_cancelled);
  ADD ("cancelled-before", NULL, test_cancelled_before);
  ADD ("limits-are-required", NULL, test_limits_are_required);
  ADD ("retry-after", NULL, test_retry_after);
  ADD ("no-logins-no-cookies", NULL, test_no_logins_no_cookies);
  ADD ("connection-is-kept", NULL, test_connection_is_kept);
  ADD ("dead-connection", NULL, test_dead_connection);
  ADD ("bad-configuration", NULL, test_bad_configuration);
}

HARNESS_MAIN (register_tests)
