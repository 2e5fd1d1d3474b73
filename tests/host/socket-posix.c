/* SPDX-License-Identifier: MIT */
#include "tests/host/socket.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/host/util.h"

struct HostSocket
{
  int fd; /* (owned) non-blocking */
};

static void
fail (prosoft_error_t *error, int reason)
{
  host_error (error, reason == ETIMEDOUT ? PROSOFT_E_TIMEOUT : PROSOFT_E_IO, "%s",
              strerror (reason));
}

/* Waits until the socket is ready; FALSE after the deadline, with ETIMEDOUT. */
static bool
wait_for (int fd, short events, int64_t deadline)
{
  struct pollfd polled = { .fd = fd, .events = events };
  int64_t left;
  int ready;

  do
    {
      left = (deadline - host_monotonic_us ()) / 1000;
      ready = left > 0 ? poll (&polled, 1, (int)left) : 0;
    }
  while (ready < 0 && errno == EINTR);
  if (ready == 0)
    errno = ETIMEDOUT;
  return ready > 0;
}

/* 0, or why not. */
static int
connect_to (int fd, const struct addrinfo *address, int64_t deadline)
{
  socklen_t size = sizeof (int);
  int failed = 0;

  if (connect (fd, address->ai_addr, address->ai_addrlen) == 0)
    return 0;
  if (errno != EINPROGRESS || !wait_for (fd, POLLOUT, deadline))
    return errno;
  return getsockopt (fd, SOL_SOCKET, SO_ERROR, &failed, &size) == 0 ? failed : errno;
}

HostSocket *
host_socket_open (const char *host, const char *port, int64_t deadline, prosoft_error_t *error)
{
  struct addrinfo hints
      = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM },
      *found = NULL;
  HostSocket *self = NULL;
  int fd = -1, failed = EINVAL;

  if (getaddrinfo (host, port, &hints, &found) == 0)
    {
      fd = socket (found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      failed = fd >= 0 ? connect_to (fd, found, deadline) : errno;
      freeaddrinfo (found);
    }
  if (failed == 0)
    {
      self = host_alloc (sizeof *self);
      self->fd = fd;
      return self;
    }
  fail (error, failed);
  if (fd >= 0)
    close (fd);
  return NULL;
}

void
host_socket_close (HostSocket *self)
{
  close (self->fd);
  free (self);
}

bool
host_socket_send (HostSocket *self,
                  const void *data,
                  size_t size,
                  int64_t deadline,
                  prosoft_error_t *error)
{
  const char *at = data;

  while (size > 0)
    {
      ssize_t sent = send (self->fd, at, size, MSG_NOSIGNAL);

      if (sent > 0)
        {
          at += sent;
          size -= (size_t)sent;
        }
      else if ((errno != EAGAIN && errno != EINTR) || !wait_for (self->fd, POLLOUT, deadline))
        {
          fail (error, errno);
          return false;
        }
    }
  return true;
}

int64_t
host_socket_receive (HostSocket *self,
                     void *buffer,
                     size_t capacity,
                     int64_t deadline,
                     prosoft_error_t *error)
{
  while (wait_for (self->fd, POLLIN, deadline))
    {
      ssize_t got = recv (self->fd, buffer, capacity, 0);

      if (got >= 0)
        return got;
      if (errno != EAGAIN && errno != EINTR)
        break;
    }
  fail (error, errno);
  return -1;
}
