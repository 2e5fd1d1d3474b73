/* SPDX-License-Identifier: MIT */
#include "tests/unit/module/silent-server.h"

#include <gio/gio.h>

struct _SilentServer
{
  GSocket *socket; /* (owned) */
  char *origin;    /* (owned) */
};

SilentServer *
silent_server_new (void)
{
  SilentServer *server = g_new0 (SilentServer, 1);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  server->socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (server->socket, any_port, FALSE, &error));
  g_assert_true (g_socket_listen (server->socket, &error));
  address = g_socket_get_local_address (server->socket, &error);
  g_assert_no_error (error);
  server->origin
      = g_strdup_printf ("https://127.0.0.1:%u",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  return server;
}

void
silent_server_free (SilentServer *server)
{
  g_object_unref (server->socket);
  g_free (server->origin);
  g_free (server);
}

const char *
silent_server_get_origin (SilentServer *server)
{
  return server->origin;
}

gboolean
silent_server_is_asked (SilentServer *server)
{
  return (g_socket_condition_check (server->socket, G_IO_IN) & G_IO_IN) != 0;
}
