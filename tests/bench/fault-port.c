/* SPDX-License-Identifier: MIT */
#include "tests/bench/fault-port.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

struct _FaultPort
{
  int fd;
  guint16 number;
  GThread *thread; /* (owned) (nullable) */
};

/* RFC 8446, section 6: an alert, fatal, handshake_failure. */
static const guint8 alert[] = { 21, 3, 3, 0, 2, 2, 40 };

static gpointer
run (gpointer data)
{
  FaultPort *self = data;
  int client;

  /* Ends when the listening socket is shut down. */
  while ((client = accept4 (self->fd, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    {
      guint8 hello[2048];

      if (recv (client, hello, sizeof hello, 0) > 0
          && send (client, alert, sizeof alert, MSG_NOSIGNAL) != (gssize)sizeof alert)
        g_error ("bench: an alert cannot be sent: %s", g_strerror (errno));
      shutdown (client, SHUT_WR);
      while (recv (client, hello, sizeof hello, 0) > 0)
        ;
      close (client);
    }
  return NULL;
}

FaultPort *
fault_port_new (FaultPortKind kind)
{
  FaultPort *self = g_new0 (FaultPort, 1);
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t size = sizeof address;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (self->fd < 0 || bind (self->fd, (struct sockaddr *)&address, sizeof address) != 0
      || getsockname (self->fd, (struct sockaddr *)&address, &size) != 0
      || (kind == FAULT_PORT_ALERT && listen (self->fd, SOMAXCONN) != 0))
    g_error ("bench: no port: %s", g_strerror (errno));
  self->number = ntohs (address.sin_port);
  if (kind == FAULT_PORT_ALERT)
    self->thread = g_thread_new ("fault-port", run, self);
  return self;
}

void
fault_port_free (FaultPort *self)
{
  if (self->thread != NULL)
    {
      shutdown (self->fd, SHUT_RDWR);
      g_thread_join (self->thread);
    }
  close (self->fd);
  g_free (self);
}

guint16
fault_port_get_number (FaultPort *self)
{
  return self->number;
}
