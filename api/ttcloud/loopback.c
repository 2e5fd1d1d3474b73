/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/loopback.h"

#include "api/ttcloud/cloud-error.h"
#include "api/ttcloud/fields.h"
#include "api/ttcloud/loopback-page.h"
#include "api/ttcloud/secret-text.h"

#include <openssl/crypto.h>
#include <string.h>

#define MAX_HEAD (8 * 1024)
#define MAX_VISITORS 8
#define MAX_CODE 512
#define REQUEST_TIMEOUT_MS 10000

struct _TtecommLoopback
{
  GObject parent_instance;

  char *state;               /* (owned): a secret */
  TtecommSignInPages *pages; /* (owned) */
  GSocketService *service;   /* (owned) */
  char *authority;           /* (owned): "127.0.0.1:40000" */
  char *redirect_uri;        /* (owned) */
  guint request_timeout_ms;
  guint n_visitors;

  GTask *waiter;  /* (owned) (nullable) */
  GSource *watch; /* (owned) (nullable): the waiter's cancellable */
};

G_DEFINE_FINAL_TYPE (TtecommLoopback, ttecomm_loopback, G_TYPE_OBJECT)

/* One connection. */
typedef struct
{
  TtecommLoopback *loopback;     /* (owned) */
  GSocketConnection *connection; /* (owned) */
  GCancellable *cancellable;     /* (owned) */
  GSource *timeout;              /* (owned) */
  GBytes *page;                  /* (owned) (nullable) */
  gsize length;
  char head[MAX_HEAD + 1];
} Visitor;

static void read_more (Visitor *visitor);
static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void written_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void closed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
stop_listening (TtecommLoopback *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

static void
ttecomm_loopback_dispose (GObject *object)
{
  TtecommLoopback *self = TTECOMM_LOOPBACK (object);

  if (self->service != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->service, self);
      stop_listening (self);
    }
  g_clear_object (&self->service);

  G_OBJECT_CLASS (ttecomm_loopback_parent_class)->dispose (object);
}

static void
ttecomm_loopback_finalize (GObject *object)
{
  TtecommLoopback *self = TTECOMM_LOOPBACK (object);

  /* a waiter holds a reference: there is none here */
  g_clear_pointer (&self->state, ttecomm_secret_text_free);
  g_clear_pointer (&self->pages, ttecomm_sign_in_pages_free);
  g_free (self->authority);
  g_free (self->redirect_uri);

  G_OBJECT_CLASS (ttecomm_loopback_parent_class)->finalize (object);
}

static void
ttecomm_loopback_class_init (TtecommLoopbackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ttecomm_loopback_dispose;
  G_OBJECT_CLASS (klass)->finalize = ttecomm_loopback_finalize;
}

static void
ttecomm_loopback_init (TtecommLoopback *self)
{
  self->service = g_socket_service_new ();
  self->request_timeout_ms = REQUEST_TIMEOUT_MS;
}

/* --- what the browser brought --- */

static GTask *
take_waiter (TtecommLoopback *self)
{
  clear_source (&self->watch);
  return g_steal_pointer (&self->waiter);
}

static GError *
error_from_query (GHashTable *query)
{
  const char *name = g_hash_table_lookup (query, "error");

  if (name == NULL || !ttecomm_field_matches (name, TTECOMM_CHARS_ID, 1, TTECOMM_ID_MAX))
    return g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_ALTERED,
                                "The browser came back without a sign-in; try again");
  if (strcmp (name, "access_denied") == 0)
    return g_error_new_literal (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_DENIED,
                                "The sign-in was stopped in the browser");
  if (strcmp (name, "server_error") == 0 || strcmp (name, "temporarily_unavailable") == 0)
    return g_error_new (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_BUSY,
                        "TTcloud cannot sign anybody in now (%s); try again later", name);
  return g_error_new (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_REFUSED,
                      "TTcloud refused the sign-in (%s); contact support", name);
}

static gboolean
is_code (const char *code)
{
  gsize length = code != NULL ? strlen (code) : 0;

  if (length == 0 || length > MAX_CODE)
    return FALSE;
  for (const char *p = code; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

/* Ends the waiting; the page that belongs to it. */
static GBytes *
take_answer (TtecommLoopback *self, GHashTable *query)
{
  g_autoptr (GTask) waiter = take_waiter (self);
  const TtecommSignInPages *pages = self->pages;
  const char *code = g_hash_table_lookup (query, "code");

  stop_listening (self);
  if (g_hash_table_contains (query, "error") || !is_code (code))
    {
      g_task_return_error (waiter, error_from_query (query));
      return ttecomm_loopback_page (200, pages->language, pages->failed_title, pages->failed_text);
    }
  g_task_return_pointer (waiter, g_strdup (code), (GDestroyNotify)ttecomm_secret_text_free);
  return ttecomm_loopback_page (200, pages->language, pages->done_title, pages->done_text);
}

static GBytes *
answer_for (TtecommLoopback *self, const char *head)
{
  g_autoptr (GHashTable) query = ttecomm_loopback_read_request (head, self->authority);
  const char *state = query != NULL ? g_hash_table_lookup (query, "state") : NULL;

  if (self->waiter != NULL && state != NULL && ttecomm_secret_text_equal (state, self->state))
    return take_answer (self, query);
  return ttecomm_loopback_page (404, self->pages->language, self->pages->unknown_title,
                                self->pages->unknown_text);
}

/* --- one connection --- */

static void
visitor_free (Visitor *visitor)
{
  clear_source (&visitor->timeout);
  visitor->loopback->n_visitors--;
  g_object_unref (visitor->loopback);
  g_object_unref (visitor->connection);
  g_object_unref (visitor->cancellable);
  g_clear_pointer (&visitor->page, g_bytes_unref);
  OPENSSL_cleanse (visitor->head, sizeof visitor->head); /* the code may be in it */
  g_free (visitor);
}

static gboolean
visitor_timeout_cb (gpointer user_data)
{
  Visitor *visitor = user_data;

  g_cancellable_cancel (visitor->cancellable);
  return G_SOURCE_REMOVE;
}

static void
read_more (Visitor *visitor)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (visitor->connection));

  g_input_stream_read_async (in, visitor->head + visitor->length, MAX_HEAD - visitor->length,
                             G_PRIORITY_DEFAULT, visitor->cancellable, read_cb, visitor);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visitor *visitor = user_data;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (visitor->connection));
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  char *end;

  if (size <= 0)
    {
      visitor_free (visitor);
      return;
    }
  visitor->length += (gsize)size;
  visitor->head[visitor->length] = '\0';
  end = strstr (visitor->head, "\r\n\r\n");
  if (end == NULL && visitor->length < MAX_HEAD && strlen (visitor->head) == visitor->length)
    {
      read_more (visitor);
      return;
    }
  if (end != NULL)
    end[2] = '\0';
  visitor->page = answer_for (visitor->loopback, end != NULL ? visitor->head : "");
  g_output_stream_write_all_async (out, g_bytes_get_data (visitor->page, NULL),
                                   g_bytes_get_size (visitor->page), G_PRIORITY_DEFAULT,
                                   visitor->cancellable, written_cb, visitor);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visitor *visitor = user_data;

  (void)g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_io_stream_close_async (G_IO_STREAM (visitor->connection), G_PRIORITY_DEFAULT,
                           visitor->cancellable, closed_cb, visitor);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void)g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  visitor_free (user_data);
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  TtecommLoopback *self = user_data;
  Visitor *visitor;

  if (self->n_visitors >= MAX_VISITORS)
    return TRUE;
  self->n_visitors++;
  visitor = g_new0 (Visitor, 1);
  visitor->loopback = g_object_ref (self);
  visitor->connection = g_object_ref (connection);
  visitor->cancellable = g_cancellable_new ();
  visitor->timeout = g_timeout_source_new (self->request_timeout_ms);
  g_source_set_callback (visitor->timeout, visitor_timeout_cb, visitor, NULL);
  g_source_attach (visitor->timeout, g_main_context_get_thread_default ());
  read_more (visitor);
  return TRUE;
}

/* --- listening --- */

static gboolean
listen_on (TtecommLoopback *self, GSocketFamily family, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &address,
                                      error))
    return FALSE;
  self->authority
      = g_strdup_printf (family == G_SOCKET_FAMILY_IPV4 ? "127.0.0.1:%u" : "[::1]:%u",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  self->redirect_uri = g_strdup_printf ("http://%s/callback", self->authority);
  return TRUE;
}

TtecommLoopback *
ttecomm_loopback_new (const char *state, const TtecommSignInPages *pages, GError **error)
{
  g_autoptr (TtecommLoopback) self = g_object_new (TTECOMM_TYPE_LOOPBACK, NULL);
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (state != NULL && pages != NULL, NULL);

  if (!listen_on (self, G_SOCKET_FAMILY_IPV4, NULL)
      && !listen_on (self, G_SOCKET_FAMILY_IPV6, &local_error))
    {
      g_set_error (error, TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_INVALID,
                   "This PC lets nobody listen for the browser's answer: %s", local_error->message);
      return NULL;
    }
  self->state = g_strdup (state);
  self->pages = ttecomm_sign_in_pages_copy (pages);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
  return g_steal_pointer (&self);
}

const char *
ttecomm_loopback_get_redirect_uri (TtecommLoopback *self)
{
  g_return_val_if_fail (TTECOMM_IS_LOOPBACK (self), NULL);

  return self->redirect_uri;
}

void
ttecomm_loopback_set_request_timeout (TtecommLoopback *self, guint milliseconds)
{
  g_return_if_fail (TTECOMM_IS_LOOPBACK (self));

  self->request_timeout_ms = milliseconds;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  TtecommLoopback *self = user_data;
  g_autoptr (GTask) waiter = take_waiter (self);

  stop_listening (self);
  g_task_return_error_if_cancelled (waiter);
  return G_SOURCE_REMOVE;
}

void
ttecomm_loopback_wait_async (TtecommLoopback *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (TTECOMM_IS_LOOPBACK (self));
  g_return_if_fail (self->waiter == NULL);

  self->waiter = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->waiter, ttecomm_loopback_wait_async);
  if (cancellable == NULL)
    return;
  self->watch = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (cancelled_cb), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

char *
ttecomm_loopback_wait_finish (TtecommLoopback *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, ttecomm_loopback_wait_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
