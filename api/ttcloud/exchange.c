/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/exchange.h"

#include "api/ttcloud/cause.h"
#include "api/ttcloud/origin.h"

#include <string.h>

#define READ_SIZE (16 * 1024)
#define MAX_RETRY_AFTER 86400
#define CLOCK_TOLERANCE 600 /* seconds; gate.md, A15 */

typedef struct
{
  const TtecommRequest *request; /* the caller's */
  TtecommGuard *guard;           /* the caller's */
  SoupMessage *message;          /* (owned) */
  GInputStream *stream;          /* (owned) (nullable) */
  GByteArray *body;              /* (owned) */
  GTlsCertificateFlags flags;    /* what is wrong with the certificate */
  char *issuer;                  /* (owned) (nullable) */
  gboolean connected_anew;
  gboolean clock_is_right;
  gint64 started; /* monotonic */
  TtecommExchangeResult result;
} Exchange;

static void opened_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
ttecomm_exchange_result_clear (TtecommExchangeResult *self)
{
  g_clear_pointer (&self->reply, ttecomm_reply_free);
  g_clear_pointer (&self->location, g_free);
}

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self->issuer);
  ttecomm_exchange_result_clear (&self->result);
  g_free (self);
}

/* --- what is seen while connecting --- */

static void
stop (Exchange *self, TtecommCloudError code, const char *detail)
{
  ttecomm_guard_stop (self->guard, ttecomm_cause_new_error (code, detail));
}

static void
note_certificate (Exchange *self, GTlsCertificate *certificate, GTlsCertificateFlags flags)
{
  self->flags = flags;
  g_clear_pointer (&self->issuer, g_free);
  if (certificate != NULL)
    self->issuer = g_tls_certificate_get_issuer_name (certificate);
}

static GError *
certificate_error (Exchange *self)
{
  TtecommCloudError code = ttecomm_cause_from_certificate (self->flags, self->clock_is_right);
  GError *error = ttecomm_cause_new_error (code, self->issuer);

  ttecomm_cloud_error_set_issuer (error, self->issuer);
  return error;
}

/* A name that leads to this PC was bent on the way (a hosts file, a filter); the address of a
 * proxy may be here. */
static void
check_address (Exchange *self, GIOStream *stream)
{
  g_autoptr (GSocketAddress) address = NULL;

  if (!G_IS_SOCKET_CONNECTION (stream)
      || ttecomm_origin_host_is_loopback (g_uri_get_host (self->request->uri)))
    return;
  address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (stream), NULL);
  if (G_IS_PROXY_ADDRESS (address) || !G_IS_INET_SOCKET_ADDRESS (address))
    return;
  if (ttecomm_cause_is_blocked_address (
          g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    stop (self, TTECOMM_CLOUD_ERROR_BLOCKED, NULL);
}

/* Once more, although the handshake did so: a session resumed from one that other code in this
 * process had verified with another trust store is not verified again by GnuTLS. */
static void
check_chain (Exchange *self, GTlsConnection *connection)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (connection);
  GTlsDatabase *database = g_tls_connection_get_database (connection);
  GSocketConnectable *identity
      = g_tls_client_connection_get_server_identity (G_TLS_CLIENT_CONNECTION (connection));
  GTlsCertificateFlags flags = G_TLS_CERTIFICATE_GENERIC_ERROR;

  if (certificate != NULL && database != NULL && identity != NULL)
    flags = g_tls_database_verify_chain (database, certificate,
                                         G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                         G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
  if (flags == 0)
    return;
  note_certificate (self, certificate, flags);
  ttecomm_guard_stop (self->guard, certificate_error (self));
}

/* libsoup has no setting for the lowest version; the server has seen no request yet. */
static void
check_tls (Exchange *self, GIOStream *stream)
{
  if (!G_IS_TLS_CLIENT_CONNECTION (stream))
    stop (self, TTECOMM_CLOUD_ERROR_TLS_TRUST, "no TLS");
  /* glib-networking's OpenSSL takes a connection that ends in the handshake for one that has come
   * about. Nothing was said. */
  else if (g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (stream)) == NULL)
    stop (self, TTECOMM_CLOUD_ERROR_OFFLINE, "the connection ended in the TLS handshake");
  else if (g_tls_connection_get_protocol_version (G_TLS_CONNECTION (stream))
           < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    stop (self, TTECOMM_CLOUD_ERROR_TLS_TRUST, "TLS is older than 1.2");
  else
    check_chain (self, G_TLS_CONNECTION (stream));
}

static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  Exchange *self = user_data;

  self->connected_anew = TRUE;
  if (event == G_SOCKET_CLIENT_CONNECTING)
    check_address (self, connection);
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    check_tls (self, connection);
}

static gboolean
accept_certificate_cb (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       gpointer user_data)
{
  note_certificate (user_data, certificate, flags);
  return FALSE;
}

/* Emitted when a connection is there and the request is about to be written. */
static void
starting_cb (SoupMessage *message, gpointer user_data)
{
  Exchange *self = user_data;

  ttecomm_guard_arm (self->guard, self->request->limits.first_byte_ms, "first byte");
}

/* --- how it went --- */

static int
between (guint64 start, guint64 end)
{
  if (start == 0 || end < start)
    return -1;
  return (int)MIN ((end - start) / 1000, (guint64)G_MAXINT);
}

static TtecommTimings
measure (Exchange *self)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (self->message);
  TtecommTimings timings = TTECOMM_TIMINGS_NONE;
  guint64 tls_start;

  timings.total_ms = between ((guint64)self->started, (guint64)g_get_monotonic_time ());
  if (metrics == NULL)
    return timings;
  tls_start = soup_message_metrics_get_tls_start (metrics);
  timings.dns_ms = between (soup_message_metrics_get_dns_start (metrics),
                            soup_message_metrics_get_dns_end (metrics));
  timings.connect_ms
      = between (soup_message_metrics_get_connect_start (metrics),
                 tls_start != 0 ? tls_start : soup_message_metrics_get_connect_end (metrics));
  timings.tls_ms = between (tls_start, soup_message_metrics_get_connect_end (metrics));
  timings.first_byte_ms = between (soup_message_metrics_get_request_start (metrics),
                                   soup_message_metrics_get_response_start (metrics));
  return timings;
}

/* Why it failed: our own reason to stop, the certificate, or the network. Takes @error. */
static GError *
explain (Exchange *self, GError *error, gboolean in_body)
{
  g_autoptr (GError) network_error = error;
  GError *reason = ttecomm_guard_steal_reason (self->guard);

  if (reason == NULL && self->flags != 0)
    reason = certificate_error (self);
  if (reason == NULL)
    {
      self->result.was_dead = !in_body && !self->connected_anew;
      reason = ttecomm_cause_new_error (
          ttecomm_cause_from_network (error, G_OBJECT_TYPE_NAME (g_tls_backend_get_default ()),
                                      in_body),
          error->message);
    }
  if (reason->domain == TTECOMM_CLOUD_ERROR)
    {
      TtecommTimings timings = measure (self);

      ttecomm_cloud_error_set_timings (reason, &timings);
    }
  return reason;
}

static void
fail (GTask *task, TtecommCloudError code, const char *detail)
{
  Exchange *self = g_task_get_task_data (task);

  stop (self, code, detail);
  g_task_return_error (task, explain (self, NULL, TRUE));
}

/* --- the answer --- */

static gboolean
get_declared_length (SoupMessage *message, guint64 *length)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *text = soup_message_headers_get_one (headers, "Content-Length");

  return text != NULL && soup_message_headers_get_one (headers, "Transfer-Encoding") == NULL
         && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, length, NULL);
}

/* libsoup takes a body that ends early for whole when the answer is HTTP/1.0. (nghttp2 compares
 * by itself, and its metrics count frames.) */
static gboolean
is_whole (Exchange *self)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (self->message);
  guint64 length = 0;

  if (metrics == NULL || soup_message_get_http_version (self->message) == SOUP_HTTP_2_0
      || !get_declared_length (self->message, &length))
    return TRUE;
  return soup_message_metrics_get_response_body_bytes_received (metrics) == length;
}

static gint64
to_unix (const char *http_date)
{
  g_autoptr (GDateTime) date
      = http_date != NULL ? soup_date_time_new_from_http_string (http_date) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : -1;
}

/* Seconds, or a date: by the server's own clock if it tells its time, not by this PC's. */
static gint64
read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  gint64 now = to_unix (soup_message_headers_get_one (headers, "Date"));
  gint64 then;
  g_autoptr (GError) error = NULL;
  guint64 seconds = 0;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, MAX_RETRY_AFTER, &seconds, &error))
    return (gint64)seconds;
  if (g_error_matches (error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
    return MAX_RETRY_AFTER;
  then = to_unix (text);
  return then < 0 || now < 0 ? -1 : CLAMP (then - now, 0, MAX_RETRY_AFTER);
}

static void
note_clock (Exchange *self, SoupMessageHeaders *headers)
{
  gint64 server = to_unix (soup_message_headers_get_one (headers, "Date"));
  gint64 here = g_get_real_time () / G_USEC_PER_SEC;

  self->result.clock_is_right = server >= 0 && ABS (here - server) <= CLOCK_TOLERANCE;
}

static void
make_reply (Exchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  TtecommReply *reply
      = ttecomm_reply_new (soup_message_get_status (self->message),
                           soup_message_headers_get_content_type (headers, NULL), body);

  reply->retry_after = read_retry_after (headers);
  reply->timings = measure (self);
  self->result.reply = reply;
  self->result.location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  note_clock (self, headers);
}

static void
read_on (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->stream, READ_SIZE, G_PRIORITY_DEFAULT,
                                   ttecomm_guard_get_cancellable (self->guard), read_cb,
                                   g_object_ref (task));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;
  guint64 length = 0;

  ttecomm_guard_disarm (self->guard);
  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL)
    g_task_return_error (task, explain (self, error, FALSE));
  else if (get_declared_length (self->message, &length) && length > self->request->limits.max_bytes)
    fail (task, TTECOMM_CLOUD_ERROR_ALTERED, "too large");
  else
    read_on (task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize size;

  if (bytes == NULL)
    {
      g_task_return_error (task, explain (self, error, TRUE));
      return;
    }
  size = g_bytes_get_size (bytes);
  if (size > self->request->limits.max_bytes - self->body->len)
    fail (task, TTECOMM_CLOUD_ERROR_ALTERED, "too large");
  else if (size > 0)
    {
      g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL), (guint)size);
      read_on (task);
    }
  else if (!is_whole (self))
    fail (task, TTECOMM_CLOUD_ERROR_ALTERED, "cut short");
  else
    g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT,
                                ttecomm_guard_get_cancellable (self->guard), closed_cb,
                                g_object_ref (task));
}

/* Closed, so that the connection can serve the next request at once. All bytes are here: an error
 * of closing changes nothing. */
static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  (void)g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
  make_reply (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/* --- the request --- */

static SoupMessage *
make_message (const TtecommRequest *request, gboolean new_connection)
{
  SoupMessage *message = soup_message_new_from_uri (request->method, request->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS
                                       | (request->repeatable ? SOUP_MESSAGE_IDEMPOTENT : 0)
                                       | (new_connection ? SOUP_MESSAGE_NEW_CONNECTION : 0));
  soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");
  if (request->bearer != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", request->bearer, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (request->idempotency_key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", request->idempotency_key);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
  return message;
}

void
ttecomm_exchange_run_async (SoupSession *session,
                            const TtecommRequest *request,
                            TtecommGuard *guard,
                            gboolean new_connection,
                            gboolean clock_is_right,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Exchange *self = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, ttecomm_exchange_run_async);
  g_task_set_task_data (task, self, exchange_free);
  self->request = request;
  self->guard = guard;
  self->clock_is_right = clock_is_right;
  self->started = g_get_monotonic_time ();
  self->body = g_byte_array_new ();
  self->message = make_message (request, new_connection);
  g_signal_connect (self->message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect (self->message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);

  ttecomm_guard_arm (guard, request->limits.connect_ms, "connect");
  soup_session_send_async (session, self->message, G_PRIORITY_DEFAULT,
                           ttecomm_guard_get_cancellable (guard), opened_cb,
                           g_steal_pointer (&task));
}

gboolean
ttecomm_exchange_run_finish (GAsyncResult *result,
                             TtecommExchangeResult *result_out,
                             GError **error)
{
  Exchange *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_exchange_run_async), FALSE);

  self = g_task_get_task_data (G_TASK (result));
  *result_out = self->result;
  self->result = (TtecommExchangeResult){ 0 };
  return g_task_propagate_boolean (G_TASK (result), error);
}
