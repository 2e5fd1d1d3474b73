/* SPDX-License-Identifier: MIT */
#include "tests/host/socket.h"

/* Before windows.h, which brings an older Winsock. */
#include <winsock2.h>

#include <stdlib.h>
#include <windows.h>
#include <ws2tcpip.h>

#include "tests/host/util.h"
#include "tests/host/windows-text.h"

struct HostSocket
{
  SOCKET socket; /* (owned) non-blocking */
};

static void
fail (prosoft_error_t *error, int reason)
{
  char *text = host_system_message ((uint32_t)reason);

  host_error (error, reason == WSAETIMEDOUT ? PROSOFT_E_TIMEOUT : PROSOFT_E_IO, "%s", text);
  free (text);
}

/* Waits until the socket can be read, or written; 0, or why not. A connection that is refused shows
 * among the exceptions. */
static int
wait_for (SOCKET socket, bool to_write, int64_t deadline)
{
  int64_t left = deadline - host_monotonic_us ();
  struct timeval time = { (long)(left / 1000000), (long)(left % 1000000) };
  fd_set wanted, failed;
  int ready;

  if (left <= 0)
    return WSAETIMEDOUT;
  FD_ZERO (&wanted);
  FD_SET (socket, &wanted);
  failed = wanted;
  ready = select (0, to_write ? NULL : &wanted, to_write ? &wanted : NULL, &failed, &time);
  if (ready == SOCKET_ERROR)
    return WSAGetLastError ();
  return ready > 0 ? 0 : WSAETIMEDOUT;
}

/* 0, or why not. */
static int
connect_to (SOCKET socket, const struct addrinfo *address, int64_t deadline)
{
  int failed = 0, size = sizeof failed;

  if (connect (socket, address->ai_addr, (int)address->ai_addrlen) == 0)
    return 0;
  failed = WSAGetLastError ();
  if (failed == WSAEWOULDBLOCK)
    failed = wait_for (socket, true, deadline);
  if (failed == 0
      && getsockopt (socket, SOL_SOCKET, SO_ERROR, (char *)&failed, &size) == SOCKET_ERROR)
    failed = WSAGetLastError ();
  return failed;
}

/* 0, or why not. */
static int
open_socket (HostSocket *self, const char *host, const char *port, int64_t deadline)
{
  struct addrinfo hints
      = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM },
      *found = NULL;
  u_long non_blocking = 1;
  int failed = getaddrinfo (host, port, &hints, &found);

  if (failed != 0)
    return failed;
  self->socket = WSASocketW (found->ai_family, SOCK_STREAM, 0, NULL, 0, WSA_FLAG_NO_HANDLE_INHERIT);
  if (self->socket == INVALID_SOCKET
      || ioctlsocket (self->socket, FIONBIO, &non_blocking) == SOCKET_ERROR)
    failed = WSAGetLastError ();
  else
    failed = connect_to (self->socket, found, deadline);
  freeaddrinfo (found);
  return failed;
}

HostSocket *
host_socket_open (const char *host, const char *port, int64_t deadline, prosoft_error_t *error)
{
  HostSocket *self = host_alloc (sizeof *self);
  WSADATA data;
  int failed = WSAStartup (MAKEWORD (2, 2), &data);

  self->socket = INVALID_SOCKET;
  if (failed != 0)
    {
      fail (error, failed);
      free (self);
      return NULL;
    }
  failed = open_socket (self, host, port, deadline);
  if (failed == 0)
    return self;
  fail (error, failed);
  host_socket_close (self);
  return NULL;
}

void
host_socket_close (HostSocket *self)
{
  if (self->socket != INVALID_SOCKET)
    closesocket (self->socket);
  WSACleanup ();
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
      int sent = send (self->socket, at, (int)size, 0), failed;

      if (sent > 0)
        {
          at += sent;
          size -= (size_t)sent;
          continue;
        }
      failed = WSAGetLastError ();
      if (failed == WSAEWOULDBLOCK)
        failed = wait_for (self->socket, true, deadline);
      if (failed != 0)
        {
          fail (error, failed);
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
  int failed;

  while ((failed = wait_for (self->socket, false, deadline)) == 0)
    {
      int got = recv (self->socket, buffer, (int)capacity, 0);

      if (got >= 0)
        return got;
      failed = WSAGetLastError ();
      if (failed != WSAEWOULDBLOCK)
        break;
    }
  fail (error, failed);
  return -1;
}
