/* SPDX-License-Identifier: MIT */
#include "tests/host/http-get.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/host/host.h"
#include "tests/host/socket.h"

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

static bool
send_request (HostSocket *socket, const Address *address, int64_t deadline, prosoft_error_t *error)
{
  char *request = host_format ("GET %s HTTP/1.0\r\nHost: %s:%s\r\nAccept: application/json\r\n\r\n",
                               address->path, address->host, address->port);
  bool good = host_socket_send (socket, request, strlen (request), deadline, error);

  free (request);
  return good;
}

static char *
receive (HostSocket *socket, int64_t deadline, prosoft_error_t *error)
{
  char *answer = host_alloc (MAX_ANSWER + 1);
  size_t size = 0;
  int64_t got = 1;

  while (size < MAX_ANSWER && got > 0)
    {
      got = host_socket_receive (socket, answer + size, MAX_ANSWER - size, deadline, error);
      if (got == 0)
        return answer;
      size += got > 0 ? (size_t)got : 0;
    }
  if (got > 0)
    host_error (error, PROSOFT_E_TOO_LARGE, "the answer is longer than 64 KiB");
  free (answer);
  return NULL;
}

/* What the header `name` holds ("\r\nName:"), or NULL. */
static const char *
find_header (const char *headers, const char *name)
{
  for (const char *at = headers; *at != '\0'; at++)
    if (strncasecmp (at, name, strlen (name)) == 0)
      return at + strlen (name);
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
  length = find_header (answer, "\r\nContent-Length:");
  if (length == NULL || strtoul (length, NULL, 10) != strlen (body))
    return false;
  memmove (answer, body, strlen (body) + 1);
  return true;
}

char *
host_http_get (const char *url, int timeout_ms, prosoft_error_t *error)
{
  int64_t deadline = host_monotonic_us () + (int64_t)timeout_ms * 1000;
  prosoft_error_t reason = { 0 };
  Address address;
  HostSocket *socket;
  char *answer = NULL;

  if (!split (url, &address, error))
    return NULL;
  socket = host_socket_open (address.host, address.port, deadline, &reason);
  if (socket != NULL && send_request (socket, &address, deadline, &reason))
    answer = receive (socket, deadline, &reason);
  if (answer == NULL)
    host_error (error, reason.code, "%s does not answer: %s", url, reason.message);
  else if (!take_body (answer))
    {
      host_error (error, PROSOFT_E_FORMAT, "%s did not give a whole answer with status 200", url);
      free (answer);
      answer = NULL;
    }
  if (socket != NULL)
    host_socket_close (socket);
  return answer;
}
