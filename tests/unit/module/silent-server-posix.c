/* SPDX-License-Identifier: MIT */
/* GSocket is left alone, since it changes what SIGPIPE does. */
#include "tests/unit/module/silent-server.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

struct _SilentServer
{
  int fd;
  char *origin; /* (owned) */
};

SilentServer *
silent_server_new (void)
{
  SilentServer *server = g_new0 (SilentServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t size = sizeof address;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  server->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (server->fd, >=, 0);
  g_assert_cmpint (bind (server->fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (server->fd, 64), ==, 0);
  g_assert_cmpint (getsockname (server->fd, (struct sockaddr *)&address, &size), ==, 0);
  server->origin = g_strdup_printf ("https://127.0.0.1:%u", ntohs (address.sin_port));
  return server;
}

void
silent_server_free (SilentServer *server)
{
  close (server->fd);
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
  struct pollfd waiting = { .fd = server->fd, .events = POLLIN };

  return poll (&waiting, 1, 0) == 1;
}
