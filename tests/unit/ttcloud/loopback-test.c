/* SPDX-License-Identifier: MIT */
/* The listener's bounds: visitors that say nothing, and too many of them. */
#include "api/ttcloud/loopback.h"
#include "tests/harness/harness.h"
#include "tests/support/http-server.h"

#include <string.h>

#define MAX_VISITORS 8

static const TtecommSignInPages pages = { "en", "a", "b", "c", "d", "e", "f" };

static GSocketConnection *
visit (TtecommLoopback *loopback)
{
  g_autoptr (GUri) uri
      = g_uri_parse (ttecomm_loopback_get_redirect_uri (loopback), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_connect_to_host_async (client, g_uri_get_host (uri),
                                         (guint16)g_uri_get_port (uri), NULL, test_store_result,
                                         &result);
  test_await (&result);
  connection = g_socket_client_connect_to_host_finish (client, result, &error);
  g_assert_no_error (error);
  return connection;
}

/* What is read next; 0 = the end. A reset is an end, too. */
static gssize
read_some (GSocketConnection *connection, char *buffer, gsize size)
{
  g_autoptr (GAsyncResult) result = NULL;
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  gssize got;

  g_input_stream_read_async (in, buffer, size, G_PRIORITY_DEFAULT, NULL, test_store_result,
                             &result);
  test_await (&result);
  got = g_input_stream_read_finish (in, result, NULL);
  return MAX (got, 0);
}

static void
assert_code (TtecommLoopback *loopback, GAsyncResult **result)
{
  g_autoptr (GSocketConnection) connection = visit (loopback);
  g_autoptr (GUri) uri
      = g_uri_parse (ttecomm_loopback_get_redirect_uri (loopback), G_URI_FLAGS_NONE, NULL);
  g_autofree char *request
      = g_strdup_printf ("GET /callback?code=c&state=s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
                         g_uri_get_port (uri));
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[64] = { 0 };

  g_assert_true (
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                 strlen (request), NULL, NULL, NULL));
  g_assert_cmpint (read_some (connection, buffer, sizeof buffer - 1), >, 0);
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200 "));
  test_await (result);
  code = ttecomm_loopback_wait_finish (loopback, *result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, "c");
}

/* The ninth is shown out at once, the eight when their time is over; then there is room again. */
static void
test_silent_visitors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommLoopback) loopback = ttecomm_loopback_new ("s", &pages, &error);
  g_autoptr (GAsyncResult) result = NULL;
  GSocketConnection *visitors[MAX_VISITORS + 1];
  gint64 start = g_get_monotonic_time ();
  char byte;

  g_assert_no_error (error);
  ttecomm_loopback_set_request_timeout (loopback, 4000);
  ttecomm_loopback_wait_async (loopback, NULL, test_store_result, &result);
  for (gsize i = 0; i < G_N_ELEMENTS (visitors); i++)
    visitors[i] = visit (loopback);
  g_assert_cmpint (read_some (visitors[MAX_VISITORS], &byte, 1), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);
  for (gsize i = 0; i < G_N_ELEMENTS (visitors); i++)
    {
      g_assert_cmpint (read_some (visitors[i], &byte, 1), ==, 0);
      g_object_unref (visitors[i]);
    }
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 4 * G_USEC_PER_SEC);
  g_assert_null (result);
  assert_code (loopback, &result);
}

/* Byte by byte is slow, and still right. */
static void
test_in_pieces (void)
{
  g_autoptr (TtecommLoopback) loopback = ttecomm_loopback_new ("s", &pages, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GSocketConnection) first = NULL;
  const char *start = "GET /callback?code=evil&state=s HTTP/1.1\r\nHost: evil.test\r\n\r";
  char buffer[64] = { 0 };

  ttecomm_loopback_wait_async (loopback, NULL, test_store_result, &result);
  first = visit (loopback);
  for (const char *p = start; *p != '\0'; p++)
    {
      g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (first)),
                                                p, 1, NULL, NULL, NULL));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (first)),
                                            "\n", 1, NULL, NULL, NULL));
  g_assert_cmpint (read_some (first, buffer, sizeof buffer - 1), >, 0);
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 404 "));
  assert_code (loopback, &result);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "loopback", "silent-visitors", test_silent_visitors);
  harness_add (harness, "loopback", "in-pieces", test_in_pieces);
}

HARNESS_MAIN (register_tests)
