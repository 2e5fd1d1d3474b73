/* SPDX-License-Identifier: MIT */
/* Where requests go: redirects, names, addresses, proxies: gate.md, rows B5, B6 and B9. */
#include "api/ttcloud/origin.h"
#include "tests/harness/harness.h"
#include "tests/support/test-resolver.h"
#include "tests/unit/ttcloud/transport-fixture.h"

#include <string.h>

typedef struct
{
  const char *method;
  const char *path;
  int code;
  guint n_requests;
} RedirectRow;

static const RedirectRow redirects[] = {
  { "GET", "/redirect/301/1", -1, 2 },
  { "GET", "/redirect/302/3", -1, 4 },
  { "GET", "/redirect/303/1", -1, 2 },
  { "GET", "/redirect/307/2", -1, 3 },
  { "GET", "/redirect/308/2", -1, 3 },
  { "GET", "/redirect/302/4", TTECOMM_CLOUD_ERROR_REFUSED, 4 },
  { "GET", "/redirect/302/99", TTECOMM_CLOUD_ERROR_REFUSED, 4 },
  { "POST", "/redirect/307/1", -1, 2 },
  { "POST", "/redirect/308/1", -1, 2 },
  { "POST", "/redirect/302/1", TTECOMM_CLOUD_ERROR_REFUSED, 1 },
  { "POST", "/redirect/303/1", TTECOMM_CLOUD_ERROR_REFUSED, 1 },
};

static void
test_redirect (TransportFixture *self, gconstpointer data)
{
  const RedirectRow *row = data;
  g_autoptr (TtecommRequest) request = transport_fixture_request (self, row->method, row->path);
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *last = NULL;

  if (g_str_equal (row->method, "POST"))
    {
      request->content_type = g_strdup ("application/json");
      request->body = g_bytes_new_static ("{}", 2);
    }
  reply = transport_fixture_send (self, request, NULL, &error);
  if (row->code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, TTECOMM_CLOUD_ERROR, row->code);
  g_assert_cmpuint (test_server_get_n_requests (self->server), ==, row->n_requests);
  last = test_server_get_request (self->server, row->n_requests - 1);
  g_assert_true (g_str_has_prefix (last, row->method));
}

/* The token and the body never leave for another origin. */
static void
test_only_one_origin (TransportFixture *self, gconstpointer data)
{
  static const char *const others[] = { "https://127.0.0.1:1/", "https://localhost/",
                                        "http://127.0.0.1/", "https://example.test/" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (others[i], G_URI_FLAGS_NONE, NULL);
      g_autoptr (TtecommRequest) request = ttecomm_request_new ("GET", uri, &self->limits);
      g_autoptr (TtecommReply) reply = NULL;
      g_autoptr (GError) error = NULL;

      reply = transport_fixture_send (self, request, NULL, &error);
      g_assert_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID);
    }
  g_assert_cmpuint (test_server_get_n_connections (self->server), ==, 0);
}

typedef struct
{
  const char *name;
  const char *host;
  const char *address; /* NULL: the name is not found */
  int code;            /* -1 = none */
} NameRow;

static const NameRow names[] = {
  { "name-not-found", "ttcloud.test", NULL, TTECOMM_CLOUD_ERROR_OFFLINE },
  { "name-loopback", "ttcloud.test", "127.0.0.1", TTECOMM_CLOUD_ERROR_BLOCKED },
  { "name-loopback-far", "ttcloud.test", "127.8.8.8", TTECOMM_CLOUD_ERROR_BLOCKED },
  { "name-any", "ttcloud.test", "0.0.0.0", TTECOMM_CLOUD_ERROR_BLOCKED },
  { "name-loopback-6", "ttcloud.test", "::1", TTECOMM_CLOUD_ERROR_BLOCKED },
  { "name-any-6", "ttcloud.test", "::", TTECOMM_CLOUD_ERROR_BLOCKED },
  { "name-mapped", "ttcloud.test", "::ffff:127.0.0.1", TTECOMM_CLOUD_ERROR_BLOCKED },
  { "name-localhost", "localhost", "127.0.0.1", -1 },
};

static void
test_name (gconstpointer data)
{
  const NameRow *row = data;
  const TestCaLeaf leaf = { .name = row->host };
  TransportFixture self = { .limits = TRANSPORT_PATIENT, .mode = "good" };
  g_autoptr (TestResolver) resolver = test_resolver_new (row->host, row->address);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (GUri) origin = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  g_resolver_set_default (G_RESOLVER (resolver));
  self.ca = test_ca_new ("Test CA");
  certificate = test_ca_issue (self.ca, &leaf);
  self.server = test_server_new (certificate, transport_fixture_handle, &self);
  url = g_strdup_printf ("https://%s:%u", row->host, test_server_get_port (self.server));
  origin = ttecomm_origin_parse (url, TTECOMM_ORIGIN_HTTPS, &error);
  self.transport = ttecomm_transport_new (origin, test_ca_get_pem (self.ca), "direct", &error);
  g_assert_no_error (error);
  reply = transport_fixture_get (&self, "/", &error);
  if (row->code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, TTECOMM_CLOUD_ERROR, row->code);
  g_assert_cmpuint (test_server_get_n_requests (self.server), ==, row->code < 0 ? 1 : 0);
  transport_fixture_tear_down (&self, NULL);
}

typedef struct
{
  const char *name;
  const char *answer; /* NULL: nobody listens */
  int code;
} ProxyRow;

static const ProxyRow proxy_rows[] = {
  { "proxy-refused", NULL, TTECOMM_CLOUD_ERROR_OFFLINE },
  { "proxy-login",
    "HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
    TTECOMM_CLOUD_ERROR_PROXY_LOGIN },
  { "proxy-forbidden", "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n",
    TTECOMM_CLOUD_ERROR_REFUSED },
  { "proxy-bad-gateway", "HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n", TTECOMM_CLOUD_ERROR_BUSY },
};

static void
proxy_handler (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  const ProxyRow *row = user_data;

  g_string_assign (answer->bytes, row->answer);
  answer->then = TEST_THEN_CLOSE;
}

/* The name is the proxy's to resolve, and the proxy's own address may be here. */
static void
test_proxy (gconstpointer data)
{
  const ProxyRow *row = data;
  TransportFixture self = { .limits = TRANSPORT_PATIENT };
  g_autoptr (TestServer) proxy = test_server_new (NULL, proxy_handler, (gpointer)row);
  g_autoptr (GUri) origin = g_uri_parse ("https://ttcloud.test:443", G_URI_FLAGS_NONE, NULL);
  g_autofree char *url = g_strdup (test_server_get_origin (proxy));
  g_autoptr (TtecommTransport) transport = NULL;
  g_autoptr (TtecommReply) reply = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = NULL;

  if (row->answer == NULL)
    g_clear_pointer (&proxy, test_server_free);
  transport = ttecomm_transport_new (origin, NULL, url, &error);
  g_assert_no_error (error);
  self.transport = transport;
  reply = transport_fixture_get (&self, "/secret", &error);
  if (reply != NULL)
    object = ttecomm_reply_get_object (reply, &error);
  g_assert_error (error, TTECOMM_CLOUD_ERROR, row->code);
  if (proxy == NULL)
    return;
  seen = test_server_get_request (proxy, 0);
  g_assert_true (g_str_has_prefix (seen, "CONNECT ttcloud.test:443 "));
  g_assert_null (strstr (seen, "/secret"));
  g_assert_cmpuint (test_server_get_n_requests (proxy), ==, 1);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, data, func)                                                                      \
  harness_add_fixture (harness, "transport-route", name, TransportFixture, data,                   \
                       transport_fixture_set_up, func, transport_fixture_tear_down)
  for (gsize i = 0; i < G_N_ELEMENTS (redirects); i++)
    {
      g_autofree char *name
          = g_strdelimit (g_strdup_printf ("%s%s", redirects[i].method, redirects[i].path), "/",
                          '-');

      ADD (name, &redirects[i], test_redirect);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    harness_add_full (harness, "transport-route", names[i].name, test_name, (gpointer)&names[i],
                      NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (proxy_rows); i++)
    harness_add_full (harness, "transport-route", proxy_rows[i].name, test_proxy,
                      (gpointer)&proxy_rows[i], NULL);
  ADD ("only-one-origin", NULL, test_only_one_origin);
}

HARNESS_MAIN (register_tests)
