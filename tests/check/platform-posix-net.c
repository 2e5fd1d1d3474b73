/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "tests/check/platform.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static bool
wait_readable (intptr_t socket, int timeout_ms)
{
  struct pollfd fd = { .fd = (int)socket, .events = POLLIN };

  return poll (&fd, 1, timeout_ms) > 0;
}

intptr_t
platform_listen (int *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd < 0 || bind (fd, (struct sockaddr *)&address, size) != 0 || listen (fd, 64) != 0
      || getsockname (fd, (struct sockaddr *)&address, &size) != 0)
    {
      if (fd >= 0)
        close (fd);
      return -1;
    }
  *port = ntohs (address.sin_port);
  return fd;
}

intptr_t
platform_accept (intptr_t listener, int timeout_ms)
{
  return wait_readable (listener, timeout_ms) ? accept4 ((int)listener, NULL, NULL, SOCK_CLOEXEC)
                                              : -1;
}

int
platform_receive (intptr_t socket, void *buffer, int size, int timeout_ms)
{
  return wait_readable (socket, timeout_ms) ? (int)recv ((int)socket, buffer, (size_t)size, 0) : -1;
}

bool
platform_send (intptr_t socket, const void *data, int size)
{
  return send ((int)socket, data, (size_t)size, MSG_NOSIGNAL) == size;
}

void
platform_close (intptr_t socket, bool abruptly)
{
  struct linger reset = { 1, 0 };

  if (abruptly)
    setsockopt ((int)socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close ((int)socket);
}
