/* SPDX-License-Identifier: MIT */
#include "tests/unit/ttcloud/transport-fixture.h"

#include "api/ttcloud/origin.h"

#include <stdio.h>
#include <string.h>

static void
append_repeated (GString *text, char c, gsize n)
{
  gsize length = text->len;

  g_string_set_size (text, length + n);
  memset (text->str + length, c, n);
}

/* 10 MiB of spaces, gzipped, in about 10 KiB. */
static void
answer_gzip_bomb (TestAnswer *answer)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  g_autofree char *spaces = g_strnfill (10 * 1024 * 1024, ' ');
  gsize size;

  g_assert_true (g_output_stream_write_all (out, spaces, strlen (spaces), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  g_string_printf (answer->bytes,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                   "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                   size);
  g_string_append_len (answer->bytes,
                       g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                       (gssize)size);
}

static void
answer_gzip (TestAnswer *answer)
{
  static const guint8 gzipped[]
      = { 0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab,
          0x56, 0xca, 0xcf, 0x56, 0xb2, 0x2a, 0x29, 0x2a, 0x4d, 0xad, 0x05,
          0x00, 0x90, 0x5f, 0xd4, 0xa7, 0x0b, 0x00, 0x00, 0x00 };

  g_string_printf (answer->bytes,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                   "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                   sizeof gzipped);
  g_string_append_len (answer->bytes, (const char *)gzipped, sizeof gzipped);
}

static void
answer_raw (TestAnswer *answer, const char *bytes, TestThen then)
{
  g_string_assign (answer->bytes, bytes);
  answer->then = then;
}

/* "/redirect/302/3": three times to itself with a lower number, then good. */
static void
answer_redirect (const TestHttpRequest *request, TestAnswer *answer)
{
  guint status = 0, left = 0;
  g_autofree char *location = NULL;

  g_assert_cmpint (sscanf (request->target, "/redirect/%u/%u", &status, &left), ==, 2);
  if (left == 0)
    {
      test_answer_json (answer, 200, TRANSPORT_GOOD);
      return;
    }
  location = g_strdup_printf ("Location: /redirect/%u/%u\r\n", status, left - 1);
  test_answer_set (answer, status, "text/html", location, "<p>Moved</p>");
}

static void
answer_by_mode (TransportFixture *self, TestAnswer *answer)
{
  const char *mode = self->mode;

  if (g_str_equal (mode, "good"))
    test_answer_json (answer, 200, TRANSPORT_GOOD);
  else if (g_str_equal (mode, "reset"))
    answer_raw (answer, "", TEST_THEN_RESET);
  else if (g_str_equal (mode, "hang-up"))
    answer_raw (answer, "", TEST_THEN_CLOSE);
  else if (g_str_equal (mode, "stall"))
    answer_raw (answer, "", TEST_THEN_STALL);
  else if (g_str_equal (mode, "stall-in-head"))
    answer_raw (answer, "HTTP/1.1 200 OK\r\nContent-Ty", TEST_THEN_STALL);
  else if (g_str_equal (mode, "stall-in-body"))
    answer_raw (
        answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"o",
        TEST_THEN_STALL);
  else if (g_str_equal (mode, "drip"))
    {
      test_answer_json (answer, 200, TRANSPORT_GOOD);
      answer->drip = 1;
      answer->drip_ms = 50;
    }
  else if (g_str_equal (mode, "cut"))
    answer_raw (
        answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n" TRANSPORT_GOOD,
        TEST_THEN_CLOSE);
  else if (g_str_equal (mode, "cut-http-1.0"))
    answer_raw (
        answer,
        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n" TRANSPORT_GOOD,
        TEST_THEN_CLOSE);
  else if (g_str_equal (mode, "cut-chunked"))
    answer_raw (answer,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                "chunked\r\n\r\n5\r\n{\"ok\"\r\n",
                TEST_THEN_CLOSE);
  else if (g_str_equal (mode, "chunked"))
    answer_raw (answer,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                "chunked\r\n\r\n5\r\n{\"ok\"\r\n6\r\n:true}\r\n0\r\n\r\n",
                TEST_THEN_KEEP);
  else if (g_str_equal (mode, "http-1.0"))
    answer_raw (
        answer,
        "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n" TRANSPORT_GOOD,
        TEST_THEN_CLOSE);
  else if (g_str_equal (mode, "huge-declared"))
    answer_raw (
        answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{",
        TEST_THEN_STALL);
  else if (g_str_equal (mode, "huge"))
    {
      answer_raw (answer,
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n",
                  TEST_THEN_CLOSE);
      append_repeated (answer->bytes, ' ', 1024 * 1024);
    }
  else if (g_str_equal (mode, "huge-head"))
    {
      answer_raw (answer, "HTTP/1.1 200 OK\r\nX: ", TEST_THEN_CLOSE);
      append_repeated (answer->bytes, 'x', 8 * 1024 * 1024);
      g_string_append (answer->bytes, "\r\nContent-Type: application/json\r\n"
                                      "Content-Length: 11\r\n\r\n" TRANSPORT_GOOD);
    }
  else if (g_str_equal (mode, "bomb"))
    answer_gzip_bomb (answer);
  else if (g_str_equal (mode, "gzip"))
    answer_gzip (answer);
  else if (g_str_equal (mode, "bad-gzip"))
    answer_raw (answer,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: "
                "gzip\r\nContent-Length: 11\r\n\r\n" TRANSPORT_GOOD,
                TEST_THEN_KEEP);
  else if (g_str_equal (mode, "garbage"))
    answer_raw (answer, "SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n", TEST_THEN_CLOSE);
  else if (g_str_equal (mode, "foreign"))
    test_answer_set (answer, 302, "text/html", "Location: https://login.hotel.test/\r\n", "");
  else if (g_str_equal (mode, "downgrade"))
    {
      g_autofree char *location = g_strdup_printf ("Location: http://127.0.0.1:%u/\r\n",
                                                   test_server_get_port (self->server));

      test_answer_set (answer, 302, "text/html", location, "");
    }
  else if (g_str_equal (mode, "nowhere"))
    test_answer_set (answer, 302, "text/html", "Location: https://[::1\r\n", "");
  else if (g_str_equal (mode, "retry-after"))
    test_answer_set (answer, 503, "text/plain", "Retry-After: 120\r\n", "no");
  else if (g_str_equal (mode, "retry-after-date"))
    test_answer_set (answer, 503, "text/plain",
                     "Date: Fri, 18 Sep 2026 08:30:00 GMT\r\n"
                     "Retry-After: Fri, 18 Sep 2026 08:31:30 GMT\r\n",
                     "no");
  else if (g_str_equal (mode, "retry-after-odd"))
    test_answer_set (answer, 503, "text/plain", "Retry-After: -5\r\n", "no");
  else if (g_str_equal (mode, "retry-after-long"))
    test_answer_set (answer, 503, "text/plain", "Retry-After: 99999999999\r\n", "no");
  else if (g_str_equal (mode, "login"))
    test_answer_set (answer, 401, "text/plain", "WWW-Authenticate: Basic realm=\"x\"\r\n", "no");
  else if (g_str_equal (mode, "cookie"))
    test_answer_set (answer, 200, "application/json", "Set-Cookie: a=b; Path=/\r\n",
                     TRANSPORT_GOOD);
  else if (g_str_equal (mode, "die-when-idle"))
    {
      /* answers like one that stays, and goes: the client believes it is still open */
      test_answer_json (answer, 200, TRANSPORT_GOOD);
      answer->then = self->n_answers++ == 0 ? TEST_THEN_RESET_LATER : TEST_THEN_KEEP;
    }
  else
    g_assert_not_reached ();
}

void
transport_fixture_handle (const TestHttpRequest *request, TestAnswer *answer, gpointer user_data)
{
  if (g_str_has_prefix (request->target, "/redirect/"))
    answer_redirect (request, answer);
  else
    answer_by_mode (user_data, answer);
}

void
transport_fixture_serve (TransportFixture *self, GTlsCertificate *certificate, const char *ca_pem)
{
  g_autoptr (GUri) origin = NULL;
  g_autoptr (GError) error = NULL;

  self->server = test_server_new (certificate, transport_fixture_handle, self);
  origin
      = ttecomm_origin_parse (test_server_get_origin (self->server), TTECOMM_ORIGIN_HTTPS, &error);
  g_assert_no_error (error);
  self->transport = ttecomm_transport_new (origin, ca_pem, "direct", &error);
  g_assert_no_error (error);
}

void
transport_fixture_set_up (TransportFixture *self, gconstpointer data)
{
  const TestCaLeaf leaf = { 0 };
  g_autoptr (GTlsCertificate) certificate = NULL;

  self->ca = test_ca_new ("Test CA");
  self->limits = TRANSPORT_PATIENT;
  self->mode = "good";
  certificate = test_ca_issue (self->ca, &leaf);
  transport_fixture_serve (self, certificate, test_ca_get_pem (self->ca));
}

/* Nothing may keep the transport alive once the answer is there. */
void
transport_fixture_tear_down (TransportFixture *self, gconstpointer data)
{
  TtecommTransport *transport = self->transport;

  g_object_add_weak_pointer (G_OBJECT (transport), (gpointer *)&self->transport);
  g_object_unref (transport);
  g_assert_null (self->transport);
  g_clear_pointer (&self->server, test_server_free);
  test_ca_free (self->ca);
}

TtecommRequest *
transport_fixture_request (TransportFixture *self, const char *method, const char *path)
{
  GUri *origin = ttecomm_transport_get_origin (self->transport);
  g_autoptr (GUri) uri = g_uri_parse_relative (origin, path, G_URI_FLAGS_ENCODED, NULL);

  return ttecomm_request_new (method, uri, &self->limits);
}

TtecommReply *
transport_fixture_send (TransportFixture *self,
                        const TtecommRequest *request,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ttecomm_transport_send_async (self->transport, request, cancellable, test_store_result, &result);
  test_await (&result);
  return ttecomm_transport_send_finish (self->transport, result, error);
}

TtecommReply *
transport_fixture_get (TransportFixture *self, const char *path, GError **error)
{
  g_autoptr (TtecommRequest) request = transport_fixture_request (self, "GET", path);

  return transport_fixture_send (self, request, NULL, error);
}

void
transport_fixture_assert_body (const TtecommReply *reply, const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (expected, strlen (expected));

  g_assert_true (g_bytes_equal (reply->body, bytes));
}
