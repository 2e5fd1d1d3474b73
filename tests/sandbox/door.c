/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/door.h"

struct _SandboxDoor
{
  gatomicrefcount refs;
  SoupServer *server;           /* (owned) */
  GSocketService *service;      /* (owned) */
  GTlsCertificate *certificate; /* (owned) */
  GPtrArray *entering;          /* (owned) (element-type GSocketConnection): shaking hands */
  guint16 port;
  gboolean closed;
};

static SandboxDoor *
ref (SandboxDoor *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
unref (SandboxDoor *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->server);
  g_clear_object (&self->service);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->entering, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxDoor, unref)

/* One connection on its way in. */
typedef struct
{
  SandboxDoor *door;             /* (owned) */
  GSocketConnection *connection; /* (owned) */
} Entry;

static void
entry_free (Entry *entry)
{
  unref (entry->door);
  g_object_unref (entry->connection);
  g_free (entry);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

static void
let_in (SandboxDoor *self, GIOStream *stream, GSocketConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  if (!soup_server_accept_iostream (self->server, stream, local, remote, &error))
    g_debug ("a connection was not taken: %s", error->message);
}

static void
handshake_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Entry) entry = data;
  SandboxDoor *self = entry->door;
  g_autoptr (GError) error = NULL;

  g_ptr_array_remove (self->entering, entry->connection);
  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error))
    g_debug ("a handshake failed: %s", error->message);
  else if (!self->closed)
    let_in (self, G_IO_STREAM (source), entry->connection);
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             SandboxDoor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) stream
      = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, &error);
  Entry *entry;

  if (stream == NULL)
    {
      g_warning ("no TLS: %s", error->message);
      return TRUE;
    }
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
  entry = g_new0 (Entry, 1);
  entry->door = ref (self);
  entry->connection = g_object_ref (connection);
  g_ptr_array_add (self->entering, connection);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (stream), G_PRIORITY_DEFAULT, NULL,
                                    handshake_cb, entry);
  return TRUE;
}

SandboxDoor *
sandbox_door_open (SoupServer *server, guint16 port, GTlsCertificate *certificate, GError **error)
{
  g_autoptr (SandboxDoor) self = g_new0 (SandboxDoor, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) effective = NULL;

  g_atomic_ref_count_init (&self->refs);
  self->server = g_object_ref (server);
  self->certificate = g_object_ref (certificate);
  self->entering = g_ptr_array_new ();
  self->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &effective,
                                      error))
    return NULL;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  return g_steal_pointer (&self);
}

guint16
sandbox_door_get_port (SandboxDoor *self)
{
  return self->port;
}

void
sandbox_door_close (SandboxDoor *self)
{
  self->closed = TRUE;
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  /* Shut, not closed: the thread that shakes hands still holds the socket. */
  for (guint i = 0; i < self->entering->len; i++)
    g_socket_shutdown (g_socket_connection_get_socket (self->entering->pdata[i]), TRUE, TRUE, NULL);
  unref (self);
}
