/* SPDX-License-Identifier: MIT */
#include "tests/host/http-get.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/host/host.h"

#define MAX_ANSWER (64 * 1024)

typedef struct Address
{
  char host[64]; /* without the brackets of IPv6 */
  char port[8];
  const char *path;
} Address;

static bool
split (const char *url, Address *address, prosoft_error_t *error)
{
  const char *reason, *at, *end;
  size_t size;

  if (!host_uri_allowed (url, true, &reason) || strncmp (url, "http://", 7) != 0)
    {
      host_error (error, PROSOFT_E_INVALID, "%s is no address of a sandbox on this machine", url);
      return false;
    }
  at = url + 7;
  end = *at == '[' ? strchr (at, ']') : at + strcspn (at, ":/");
  if (*at == '[')
    at++;
  size = (size_t)(end - at);
  snprintf (address->host, sizeof address->host, "%.*s", (int)size, at);
  end += *end == ']';
  snprintf (address->port, sizeof address->port, "80");
  if (*end == ':')
    {
      size = strcspn (++end, "/?#");
      snprintf (address->port, sizeof address->port, "%.*s", size < 6 ? (int)size : 6, end);
      end += size;
    }
  address->path = *end == '/' ? end : "/";
  return true;
}

/* Waits until the socket is ready; FALSE after the deadline. */
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

static int
connect_to (const Address *address, int64_t deadline)
{
  struct addrinfo hints
      = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM },
      *found = NULL;
  int fd, failed = 0;
  socklen_t size = sizeof failed;

  if (getaddrinfo (address->host, address->port, &hints, &found) != 0)
    return errno = EINVAL, -1;
  fd = socket (found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect (fd, found->ai_addr, found->ai_addrlen) != 0)
    {
      failed = errno;
      if (failed == EINPROGRESS && wait_for (fd, POLLOUT, deadline))
        getsockopt (fd, SOL_SOCKET, SO_ERROR, &failed, &size);
      else if (failed == EINPROGRESS)
        failed = errno;
    }
  freeaddrinfo (found);
  if (fd >= 0 && failed != 0)
    {
      close (fd);
      fd = -1;
      errno = failed;
    }
  return fd;
}

static bool
send_request (int fd, const Address *address, int64_t deadline)
{
  char *request = host_format ("GET %s HTTP/1.0\r\nHost: %s:%s\r\nAccept: application/json\r\n\r\n",
                               address->path, address->host, address->port);
  size_t sent = 0, size = strlen (request);
  bool good = true;

  while (good && sent < size)
    {
      ssize_t got = send (fd, request + sent, size - sent, MSG_NOSIGNAL);

      if (got > 0)
        sent += (size_t)got;
      else
        good = (errno == EAGAIN || errno == EINTR) && wait_for (fd, POLLOUT, deadline);
    }
  free (request);
  return good;
}

static char *
receive (int fd, int64_t deadline)
{
  char *answer = host_alloc (MAX_ANSWER + 1);
  size_t size = 0;

  while (size < MAX_ANSWER && wait_for (fd, POLLIN, deadline))
    {
      ssize_t got = recv (fd, answer + size, MAX_ANSWER - size, 0);

      if (got == 0)
        return answer;
      if (got > 0)
        size += (size_t)got;
      else if (errno != EAGAIN && errno != EINTR)
        break;
    }
  if (size == MAX_ANSWER)
    errno = EFBIG;
  free (answer);
  return NULL;
}

/* Leaves the body in `answer`; FALSE when the status is not 200 or the body is cut short. */
static bool
take_body (char *answer)
{
  char *body = strstr (answer, "\r\n\r\n");
  const char *length;

  if (body == NULL
      || (strncmp (answer, "HTTP/1.0 200", 12) != 0 && strncmp (answer, "HTTP/1.1 200", 12) != 0))
    return false;
  *body = '\0';
  body += 4;
  length = strcasestr (answer, "\r\nContent-Length:");
  if (length == NULL || strtoul (length + 17, NULL, 10) != strlen (body))
    return false;
  memmove (answer, body, strlen (body) + 1);
  return true;
}

char *
host_http_get (const char *url, int timeout_ms, prosoft_error_t *error)
{
  int64_t deadline = host_monotonic_us () + (int64_t)timeout_ms * 1000;
  Address address;
  char *answer = NULL;
  int fd;

  if (!split (url, &address, error))
    return NULL;
  fd = connect_to (&address, deadline);
  if (fd >= 0 && send_request (fd, &address, deadline))
    answer = receive (fd, deadline);
  if (answer == NULL)
    host_error (error, errno == ETIMEDOUT ? PROSOFT_E_TIMEOUT : PROSOFT_E_IO,
                "%s does not answer: %s", url, strerror (errno));
  else if (!take_body (answer))
    {
      host_error (error, PROSOFT_E_FORMAT, "%s did not give a whole answer with status 200", url);
      free (answer);
      answer = NULL;
    }
  if (fd >= 0)
    close (fd);
  return answer;
}
