/* SPDX-License-Identifier: MIT */
/* What a sandbox's folder tells a host, and the one GET of its clock. */
#include "tests/harness/harness.h"

#include <glib/gstdio.h>

#include "tests/host/http-get.h"
#include "tests/host/sandbox-dir.h"

#define TRUST "{\"env\":\"sandbox\",\"keys\":[]}"
#define PEM "-----BEGIN CERTIFICATE-----\n"

static void
put (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
put_all (const char *dir, const char *control)
{
  g_autofree char *urls = g_strdup_printf (
      "{\"ttcloud_url\":\"https://127.0.0.1:1\",\"ttecomm_url\":\"http://127.0.0.1:2\","
      "\"control_url\":\"%s\",\"pid\":1}",
      control);

  put (dir, "ca.pem", PEM);
  put (dir, "trust.json", TRUST);
  put (dir, "urls.json", urls);
}

/* --- one connection, one canned answer -------------------------------------------------------- */

typedef struct
{
  GSocketListener *listener; /* (owned) */
  GThread *thread;           /* (owned) */
  const char *answer;        /* NULL: never */
  char *url;                 /* (owned) */
  GCancellable *stop;        /* (owned) */
} Server;

static gpointer
serve (gpointer data)
{
  Server *server = data;
  g_autoptr (GSocketConnection) connection
      = g_socket_listener_accept (server->listener, NULL, server->stop, NULL);
  char request[1024];

  if (connection == NULL)
    return NULL;
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request,
                       sizeof request, server->stop, NULL);
  if (server->answer != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                               server->answer, strlen (server->answer), NULL, NULL, NULL);
  else
    g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request,
                         sizeof request, server->stop, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return NULL;
}

static Server *
server_new (const char *answer)
{
  Server *server = g_new0 (Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  server->listener = g_socket_listener_new ();
  server->stop = g_cancellable_new ();
  server->answer = answer;
  g_assert_true (g_socket_listener_add_address (server->listener, any, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  server->url = g_strdup_printf ("http://127.0.0.1:%u",
                                 g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  server->thread = g_thread_new ("server", serve, server);
  return server;
}

static void
server_free (Server *server)
{
  g_cancellable_cancel (server->stop);
  g_thread_join (server->thread);
  g_object_unref (server->listener);
  g_object_unref (server->stop);
  g_free (server->url);
  g_free (server);
}

/* --- tests ------------------------------------------------------------------------------------ */

typedef struct
{
  const char *name;
  const char *answer;
  const char *body;  /* (nullable): what comes back */
  const char *wrong; /* (nullable): part of the error */
} Answer;

static const Answer answers[] = {
  { "get-good", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", "body", NULL },
  { "get-old", "HTTP/1.0 200 OK\r\nX: y\r\ncontent-length: 2\r\n\r\n{}", "{}", NULL },
  { "get-cut", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody", NULL, "whole answer" },
  { "get-no-length", "HTTP/1.1 200 OK\r\n\r\nbody", NULL, "whole answer" },
  { "get-missing", "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", NULL, "status 200" },
  { "get-nothing", "", NULL, "whole answer" },
  { "get-garbage", "\x01\x02\x03", NULL, "whole answer" },
};

static void
test_get (gconstpointer data)
{
  const Answer *answer = data;
  Server *server = server_new (answer->answer);
  prosoft_error_t error = { 0 };
  char *body = host_http_get (server->url, 5000, &error);

  g_assert_cmpstr (body, ==, answer->body);
  if (answer->wrong != NULL)
    g_assert_nonnull (strstr (error.message, answer->wrong));
  free (body);
  server_free (server);
}

static void
test_get_times_out (void)
{
  Server *server = server_new (NULL);
  prosoft_error_t error = { 0 };

  g_assert_null (host_http_get (server->url, 60, &error));
  g_assert_cmpint (error.code, ==, PROSOFT_E_TIMEOUT);
  server_free (server);
}

static void
test_get_refuses_addresses (void)
{
  static const char *const urls[] = { "https://127.0.0.1:1/", "http://example.org/",
                                      "http://localhost:1/", "ftp://127.0.0.1/", "" };
  prosoft_error_t error = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_assert_null (host_http_get (urls[i], 1000, &error));
      g_assert_cmpint (error.code, ==, PROSOFT_E_INVALID);
    }
  /* Nobody listens on port 1; a port that is none is refused too. */
  g_assert_null (host_http_get ("http://127.0.0.1:1/", 1000, &error));
  g_assert_null (host_http_get ("http://127.0.0.1:999999/", 1000, &error));
}

static void
test_reads (void)
{
  static const char clock_answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 53\r\n\r\n"
                                     "{\"now\":\"2026-10-10T10:00:00Z\",\"offset_seconds\":86400}";
  const char *dir = harness_tmpdir ();
  g_autofree char *remembered = g_build_filename (dir, "kept.json", NULL);
  g_autofree char *urls = g_build_filename (dir, "urls.json", NULL);
  Server *server = server_new (clock_answer);
  g_autoptr (HostSandbox) sandbox = NULL;
  g_autoptr (HostSandbox) again = NULL;
  g_autoptr (GError) error = NULL;

  put_all (dir, server->url);
  sandbox = host_sandbox_read (dir, remembered, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sandbox->ttcloud_url, ==, "https://127.0.0.1:1");
  g_assert_cmpstr (sandbox->ca, ==, PEM);
  g_assert_true (host_sandbox_ask_clock (sandbox, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sandbox->offset, ==, 86400);
  g_assert_true (host_sandbox_remember (sandbox, remembered, &error));
  server_free (server);

  /* It has ended: nobody answers, its addresses are remembered, and so is its clock. */
  g_assert_cmpint (g_unlink (urls), ==, 0);
  again = host_sandbox_read (dir, remembered, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->ttcloud_url, ==, "https://127.0.0.1:1");
  g_assert_cmpint (again->offset, ==, 86400);
  g_assert_false (host_sandbox_ask_clock (again, &error));
  g_assert_cmpint (again->offset, ==, 86400);
}

static void
assert_unreadable (const char *dir, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HostSandbox) sandbox = host_sandbox_read (dir, NULL, &error);

  g_assert_null (sandbox);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refuses_folders (void)
{
  const char *dir = harness_tmpdir ();

  assert_unreadable (dir, "no sandbox runs in");
  put_all (dir, "http://127.0.0.1:3");
  put (dir, "urls.json", "{}");
  assert_unreadable (dir, "ttcloud_url");
  put_all (dir, "http://example.org/");
  assert_unreadable (dir, "control_url");
  put_all (dir, "http://127.0.0.1:3");
  put (dir, "trust.json", "{\"env\":\"production\",\"keys\":[]}");
  assert_unreadable (dir, "env is not \"sandbox\"");
  put (dir, "trust.json", "[");
  assert_unreadable (dir, "trust.json: ");
  put (dir, "ca.pem", "\xff");
  assert_unreadable (dir, "it is not text");
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    harness_add_full (harness, "host-sandbox", answers[i].name, test_get, (gpointer)&answers[i],
                      NULL);
  harness_add (harness, "host-sandbox", "get-times-out", test_get_times_out);
  harness_add (harness, "host-sandbox", "get-refuses-addresses", test_get_refuses_addresses);
  harness_add (harness, "host-sandbox", "reads", test_reads);
  harness_add (harness, "host-sandbox", "refuses-folders", test_refuses_folders);
}

HARNESS_MAIN (register_tests)
