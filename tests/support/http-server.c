/* SPDX-License-Identifier: MIT */
#include "tests/support/http-server.h"

#include "base/platform.h"
#include "tests/harness/harness.h"

#include <gio/gnetworking.h>
#include <string.h>

#define MAX_HEAD (1024 * 1024)
#define SOCKET_TIMEOUT 30 /* seconds */
#define AWAIT_MS 20000

struct _TestServer
{
  GSocketService *service;      /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  TestServerHandler handler;
  gpointer user_data;
  char *origin; /* (owned) */
  guint16 port;
  GCancellable *stopped; /* (owned) */

  GMutex mutex; /* of the rest */
  GCond idle;
  GCond told;
  gboolean resets_now; /* those that wait for it go now */
  guint n_active;
  guint n_connections;
  gint64 fact_us;
  GPtrArray *requests; /* (owned) (element-type utf8) */
};

static void
answer_init (TestAnswer *answer)
{
  answer->bytes = g_string_new (NULL);
  answer->drip = 0;
  answer->drip_ms = 0;
  answer->then = TEST_THEN_KEEP;
}

static void
http_request_clear (TestHttpRequest *request)
{
  g_free (request->method);
  g_free (request->target);
  g_free (request->head);
  g_free (request->body);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestHttpRequest, http_request_clear)

char *
test_http_request_get_header (const TestHttpRequest *self, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (self->head, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip (g_strdup (lines[i] + length + 1));
  return NULL;
}

/* Byte by byte: slow, and it never takes what belongs to the next request. */
static char *
read_head (TestServer *self, GInputStream *in)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (head->len < MAX_HEAD && g_input_stream_read (in, &byte, 1, self->stopped, NULL) == 1)
    {
      g_string_append_c (head, byte);
      if (head->len >= 4 && strcmp (head->str + head->len - 4, "\r\n\r\n") == 0)
        return g_strdup (head->str);
    }
  return NULL;
}

static gboolean
read_request (TestServer *self, GInputStream *in, TestHttpRequest *request)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *length = NULL;
  gsize size;

  request->head = read_head (self, in);
  if (request->head == NULL)
    return FALSE;
  words = g_strsplit (request->head, " ", 3);
  if (g_strv_length (words) != 3)
    return FALSE;
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[1]);
  length = test_http_request_get_header (request, "Content-Length");
  size = length != NULL ? (gsize)g_ascii_strtoull (length, NULL, 10) : 0;
  request->body = g_malloc0 (size + 1);
  return g_input_stream_read_all (in, request->body, size, NULL, self->stopped, NULL);
}

static gboolean
write_answer (TestServer *self, GOutputStream *out, const TestAnswer *answer)
{
  gsize step = answer->drip > 0 ? answer->drip : answer->bytes->len;

  for (gsize done = 0; done < answer->bytes->len; done += step)
    {
      gsize size = MIN (step, answer->bytes->len - done);

      if (!g_output_stream_write_all (out, answer->bytes->str + done, size, NULL, self->stopped,
                                      NULL))
        return FALSE;
      if (answer->drip > 0)
        {
          GPollFD stopped;

          /* a pause that ends when the server is freed */
          if (!g_cancellable_make_pollfd (self->stopped, &stopped))
            return FALSE;
          g_poll (&stopped, 1, (int)answer->drip_ms);
          g_cancellable_release_fd (self->stopped);
        }
    }
  return g_output_stream_flush (out, self->stopped, NULL);
}

static void
wait_for_the_end (TestServer *self, GInputStream *in)
{
  char byte;

  while (g_input_stream_read (in, &byte, 1, self->stopped, NULL) == 1)
    ;
}

static void
handle (TestServer *self, const TestHttpRequest *request, TestAnswer *answer)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, g_strconcat (request->head, request->body, NULL));
  self->handler (request, answer, self->user_data);
  self->fact_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

static void
note_fact (TestServer *self)
{
  g_mutex_lock (&self->mutex);
  self->fact_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

static gboolean
serve_one (TestServer *self, GIOStream *stream, TestThen *then)
{
  GInputStream *in = g_io_stream_get_input_stream (stream);
  g_auto (TestHttpRequest) request = { 0 };
  TestAnswer answer;
  gboolean written;

  if (!read_request (self, in, &request))
    return FALSE;
  answer_init (&answer);
  handle (self, &request, &answer);
  written = write_answer (self, g_io_stream_get_output_stream (stream), &answer);
  *then = answer.then;
  if (written && answer.then == TEST_THEN_STALL)
    wait_for_the_end (self, in);
  g_string_free (answer.bytes, TRUE);
  return written && *then == TEST_THEN_KEEP;
}

static void
reset (GSocket *socket)
{
  const struct linger now = { .l_onoff = 1, .l_linger = 0 };

  g_assert_cmpint (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, (const char *)&now,
                               sizeof now),
                   ==, 0);
  g_socket_close (socket, NULL);
}

static void
wait_until_told (TestServer *self)
{
  g_mutex_lock (&self->mutex);
  while (!self->resets_now)
    g_cond_wait (&self->told, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

void
test_server_reset_now (TestServer *self)
{
  g_mutex_lock (&self->mutex);
  self->resets_now = TRUE;
  g_cond_broadcast (&self->told);
  g_mutex_unlock (&self->mutex);
}

static void
serve (TestServer *self, GSocketConnection *connection)
{
  g_autoptr (GIOStream) stream = g_object_ref (G_IO_STREAM (connection));
  GSocket *socket = g_socket_connection_get_socket (connection);
  TestThen then = TEST_THEN_CLOSE;

  g_socket_set_timeout (socket, SOCKET_TIMEOUT);
  if (self->certificate != NULL)
    {
      g_object_unref (stream);
      stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
      note_fact (self);
      if (!g_tls_connection_handshake (G_TLS_CONNECTION (stream), self->stopped, NULL))
        return;
    }
  while (serve_one (self, stream, &then))
    ;
  if (then != TEST_THEN_STALL)
    note_fact (self);
  if (then == TEST_THEN_RESET_LATER)
    wait_until_told (self);
  if (then == TEST_THEN_RESET || then == TEST_THEN_RESET_LATER)
    {
      reset (socket);
      return;
    }
  g_io_stream_close (stream, self->stopped, NULL);
}

/* Counts before a thread is asked for: test_server_free(), on this same thread, then waits for one
 * that has not begun yet as well. */
static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  TestServer *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_active++;
  self->n_connections++;
  g_mutex_unlock (&self->mutex);
  return FALSE;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  TestServer *self = user_data;

  serve (self, connection);

  g_mutex_lock (&self->mutex);
  self->n_active--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

TestServer *
test_server_new (GTlsCertificate *certificate, TestServerHandler handler, gpointer user_data)
{
  TestServer *self = g_new0 (TestServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  /* Before its client looks for TLS. */
  ttecomm_platform_enter_worker ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  g_cond_init (&self->told);
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->handler = handler;
  self->user_data = user_data;
  self->stopped = g_cancellable_new ();
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->service = g_threaded_socket_service_new (-1);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->origin
      = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http", self->port);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  return self;
}

void
test_server_free (TestServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->stopped);
  test_server_reset_now (self);
  g_mutex_lock (&self->mutex);
  while (self->n_active > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_object_unref (self->service);
  g_clear_object (&self->certificate);
  g_object_unref (self->stopped);
  g_ptr_array_unref (self->requests);
  g_free (self->origin);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  g_cond_clear (&self->told);
  g_free (self);
}

guint16
test_server_get_port (TestServer *self)
{
  return self->port;
}

const char *
test_server_get_origin (TestServer *self)
{
  return self->origin;
}

guint
test_server_get_n_requests (TestServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return n;
}

guint
test_server_get_n_connections (TestServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_connections;
  g_mutex_unlock (&self->mutex);
  return n;
}

guint
test_server_get_n_active (TestServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_active;
  g_mutex_unlock (&self->mutex);
  return n;
}

gint64
test_server_get_fact_us (TestServer *self)
{
  gint64 fact_us;

  g_mutex_lock (&self->mutex);
  fact_us = self->fact_us;
  g_mutex_unlock (&self->mutex);
  return fact_us;
}

char *
test_server_get_request (TestServer *self, guint number)
{
  char *request = NULL;

  g_mutex_lock (&self->mutex);
  if (number < self->requests->len)
    request = g_strdup (self->requests->pdata[number]);
  g_mutex_unlock (&self->mutex);
  return request;
}

void
test_answer_set (TestAnswer *self,
                 guint status,
                 const char *content_type,
                 const char *headers,
                 const char *body)
{
  g_string_printf (self->bytes,
                   "HTTP/1.1 %u Test\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                   "\r\n%s\r\n%s",
                   status, content_type, strlen (body), headers != NULL ? headers : "", body);
}

void
test_answer_json (TestAnswer *self, guint status, const char *body)
{
  test_answer_set (self, status, status < 400 ? "application/json" : "application/problem+json",
                   NULL, body);
}

void
test_store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  GAsyncResult **slot = data;

  return *slot != NULL;
}

void
test_await (GAsyncResult **result)
{
  g_assert_true (harness_wait_until (has_result, result, AWAIT_MS));
}
