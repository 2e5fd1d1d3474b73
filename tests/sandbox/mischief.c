/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/mischief.h"

#include <string.h>

/* -- instead of an answer -- */

static void
answer (SoupServerMessage *message, guint status, const char *type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
answer_busy (SoupServerMessage *message, guint status, const SandboxFault *fault)
{
  answer (message, status, "text/plain", "busy\n");
  if (fault->retry_after >= 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, fault->retry_after);

      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Retry-After", seconds);
    }
}

static void
answer_redirect (SoupServerMessage *message)
{
  answer (message, SOUP_STATUS_FOUND, "text/html", "<html><title>Guest network</title></html>");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                "https://portal.hotel.example/login");
}

/* The connection ends without another byte, not even TLS's goodbye. */
static void
hang_up (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autoptr (GIOStream) base = NULL;

  if (G_IS_TLS_CONNECTION (stream))
    {
      g_object_get (stream, "base-io-stream", &base, NULL);
      g_io_stream_close (base, NULL, NULL);
    }
  else if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
}

/* -- a byte at a time, or not all of them -- */

typedef struct
{
  GIOStream *stream;      /* (owned) */
  GCancellable *stopping; /* (owned) */
  char *text;             /* (owned) */
  gsize length;           /* to be sent of text */
  gsize sent;
  gsize step;
  guint interval; /* ms */
} Writer;

static void
writer_free (Writer *writer)
{
  g_io_stream_close_async (writer->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (writer->stream);
  g_object_unref (writer->stopping);
  g_free (writer->text);
  g_free (writer);
}

static void write_on (Writer *writer);

static gboolean
interval_cb (gpointer data)
{
  write_on (data);
  return G_SOURCE_REMOVE;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Writer *writer = data;
  g_autoptr (GSource) wait = NULL;
  gsize written = 0;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &written, NULL)
      || (writer->sent += written) >= writer->length)
    {
      writer_free (writer);
      return;
    }
  wait = g_timeout_source_new (writer->interval);
  g_source_set_callback (wait, interval_cb, writer, NULL);
  g_source_attach (wait, g_main_context_get_thread_default ());
}

static void
write_on (Writer *writer)
{
  gsize step = MIN (writer->step, writer->length - writer->sent);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (writer->stream),
                                   writer->text + writer->sent, step, G_PRIORITY_DEFAULT,
                                   writer->stopping, written_cb, writer);
}

static void
append_header (const char *name, const char *value, gpointer text)
{
  if (g_ascii_strcasecmp (name, "Content-Length") != 0
      && g_ascii_strcasecmp (name, "Connection") != 0)
    g_string_append_printf (text, "%s: %s\r\n", name, value);
}

/* (transfer full): the answer as it goes over the wire; `head` (out) is the length of its head. */
static char *
flatten (SoupServerMessage *message, gsize *head, gsize *total)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  guint status = soup_server_message_get_status (message);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  soup_message_headers_foreach (soup_server_message_get_response_headers (message), append_header,
                                text);
  g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n",
                          g_bytes_get_size (bytes));
  *head = text->len;
  g_string_append_len (text, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes));
  *total = text->len;
  return g_string_free (text, FALSE);
}

static void
write_by_hand (SoupServerMessage *message, const SandboxFault *fault, GCancellable *stopping)
{
  Writer *writer = g_new0 (Writer, 1);
  gsize head;
  gsize total;

  writer->text = flatten (message, &head, &total);
  writer->length = total;
  writer->step = total;
  writer->stopping = g_object_ref (stopping);
  if (fault->kind == SANDBOX_FAULT_CUT_BODY)
    writer->length = head + (total - head) / 2;
  else
    {
      writer->step = 1;
      writer->interval = (guint)fault->ms;
    }
  writer->stream = soup_server_message_steal_connection (message);
  write_on (writer);
}

/* -- another body -- */

static void
answer_huge (SoupServerMessage *message, gsize bytes)
{
  static const char begin[] = "{\"huge\":\"";
  static const char end[] = "\"}";
  gsize length = strlen (begin) + bytes + strlen (end);
  char *body = g_malloc (length);

  memcpy (body, begin, strlen (begin));
  memset (body + strlen (begin), 'x', bytes);
  memcpy (body + strlen (begin) + bytes, end, strlen (end));
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, body, length);
}

/* The same answer with its first member once more at the end, saying something else. */
static void
duplicate_member (SoupServerMessage *message)
{
  g_autoptr (GBytes) bytes
      = soup_message_body_flatten (soup_server_message_get_response_body (message));
  gsize length = g_bytes_get_size (bytes);
  const char *text = g_bytes_get_data (bytes, NULL);
  g_autofree char *body = NULL;

  if (length < 2 || text[length - 1] != '}')
    return;
  body = g_strdup_printf ("%.*s,\"server_today\":\"1999-01-01\"}", (int)length - 1, text);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

/* For who reads along: this answer is not what the contract says, and shall not be. */
static void
mark (SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Sandbox-Fault",
                                "yes");
}

static void
spoil (SandboxWorld *world, SoupServerMessage *message, GCancellable *stopping)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  SandboxFault fault = sandbox_faults_take (world, SANDBOX_FAULT_AFTER, path);
  static const char broken[] = "{\"server_today\":\"2026-09-18\",";

  if (fault.kind != SANDBOX_FAULT_NONE)
    mark (message);
  if (fault.kind == SANDBOX_FAULT_RESET_AFTER)
    hang_up (message);
  else if (fault.kind == SANDBOX_FAULT_DRIP || fault.kind == SANDBOX_FAULT_CUT_BODY)
    write_by_hand (message, &fault, stopping);
  else if (fault.kind == SANDBOX_FAULT_HUGE_BODY)
    answer_huge (message, (gsize)fault.bytes);
  else if (fault.kind == SANDBOX_FAULT_BAD_JSON)
    answer (message, SOUP_STATUS_OK, "application/json", broken);
  else if (fault.kind == SANDBOX_FAULT_DUPLICATE_MEMBERS)
    duplicate_member (message);
}

/* -- before it is handled -- */

typedef struct
{
  SandboxWorld *world;        /* (unowned): outlives it, see `stopping` */
  SoupServerMessage *message; /* (owned) */
  SandboxServe serve;
  GCancellable *stopping; /* (owned) */
} Delayed;

static void
delayed_free (Delayed *delayed)
{
  g_object_unref (delayed->message);
  g_object_unref (delayed->stopping);
  g_free (delayed);
}

static gboolean
delay_over_cb (gpointer data)
{
  Delayed *delayed = data;

  if (g_cancellable_is_cancelled (delayed->stopping))
    return G_SOURCE_REMOVE;
  delayed->serve (delayed->world, delayed->message);
  spoil (delayed->world, delayed->message, delayed->stopping);
  soup_server_message_unpause (delayed->message);
  return G_SOURCE_REMOVE;
}

static void
delay (SandboxWorld *world,
       SoupServerMessage *message,
       SandboxServe serve,
       guint ms,
       GCancellable *stopping)
{
  Delayed *delayed = g_new0 (Delayed, 1);
  g_autoptr (GSource) wait = g_timeout_source_new (ms);

  delayed->world = world;
  delayed->message = g_object_ref (message);
  delayed->serve = serve;
  delayed->stopping = g_object_ref (stopping);
  soup_server_message_pause (message);
  g_source_set_callback (wait, delay_over_cb, delayed, (GDestroyNotify)delayed_free);
  g_source_attach (wait, g_main_context_get_thread_default ());
}

/* Whether the fault took the request's place. */
static gboolean
stand_in (SoupServerMessage *message, const SandboxFault *fault)
{
  static const char page[] = "<!DOCTYPE html><html lang=\"en\"><title>Guest network</title>"
                             "<h1>Welcome! Please sign in to our network.</h1></html>";

  if (fault->kind != SANDBOX_FAULT_NONE)
    mark (message);
  switch ((int)fault->kind)
    {
    case SANDBOX_FAULT_REFUSE_503:
      answer_busy (message, SOUP_STATUS_SERVICE_UNAVAILABLE, fault);
      return TRUE;
    case SANDBOX_FAULT_BUSY_429:
      answer_busy (message, 429, fault);
      return TRUE;
    case SANDBOX_FAULT_UNAUTHORIZED_401:
      answer (message, SOUP_STATUS_UNAUTHORIZED, "text/plain", "unauthorized\n");
      return TRUE;
    case SANDBOX_FAULT_FORBIDDEN_403:
      answer (message, SOUP_STATUS_FORBIDDEN, "text/plain", "forbidden\n");
      return TRUE;
    case SANDBOX_FAULT_NOT_FOUND_404:
      answer (message, SOUP_STATUS_NOT_FOUND, "text/plain", "not found\n");
      return TRUE;
    case SANDBOX_FAULT_PROXY_407:
      answer (message, SOUP_STATUS_PROXY_UNAUTHORIZED, "text/html", page);
      return TRUE;
    case SANDBOX_FAULT_HTML_200:
      answer (message, SOUP_STATUS_OK, "text/html", page);
      return TRUE;
    case SANDBOX_FAULT_REDIRECT_FOREIGN:
      answer_redirect (message);
      return TRUE;
    case SANDBOX_FAULT_STALL:
      soup_server_message_pause (message);
      return TRUE;
    case SANDBOX_FAULT_RESET:
      hang_up (message);
      return TRUE;
    default:
      return FALSE;
    }
}

void
sandbox_mischief_serve (SandboxWorld *world,
                        SoupServerMessage *message,
                        SandboxServe serve,
                        GCancellable *stopping)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  SandboxFault fault = sandbox_faults_take (world, SANDBOX_FAULT_BEFORE, path);

  if (fault.kind == SANDBOX_FAULT_SLOW)
    delay (world, message, serve, (guint)fault.ms, stopping);
  else if (!stand_in (message, &fault))
    {
      serve (world, message);
      spoil (world, message, stopping);
    }
}
