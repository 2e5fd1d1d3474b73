/* SPDX-License-Identifier: MIT */
#include "tests/support/raw-server.h"

#include <gio/gnetworking.h>

/* So many are more than a queue of length 0 takes. */
#define N_FILLERS 4

struct _TestRawServer
{
  TestRawFault fault;
  GSocket *listener; /* (owned) */
  guint16 port;
  GThread *thread;    /* (owned) (nullable) */
  GCancellable *stop; /* (owned) */
  GPtrArray *fillers; /* (owned) (element-type GSocket) */
  GPtrArray *taken;   /* (owned) (element-type GSocket): the thread's until it ends */
  gint n_connections; /* atomic */
  GMutex mutex;       /* of fact_us */
  gint64 fact_us;
};

static void
note_fact (TestRawServer *self)
{
  g_mutex_lock (&self->mutex);
  self->fact_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

static void
reset (GSocket *socket)
{
  const struct linger now = { .l_onoff = 1, .l_linger = 0 };

  g_assert_cmpint (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, (const char *)&now,
                               sizeof now),
                   ==, 0);
  g_socket_close (socket, NULL);
}

/* Whether the client has spoken; all that it said is read, so that a close is not a reset. */
static gboolean
read_hello (TestRawServer *self, GSocket *socket)
{
  char hello[4096];

  return g_socket_receive (socket, hello, sizeof hello, self->stop, NULL) > 0;
}

static void
speak (TestRawServer *self, GSocket *socket, const char *bytes, gsize length)
{
  if (!read_hello (self, socket))
    return;
  note_fact (self);
  g_socket_send (socket, bytes, length, self->stop, NULL);
  g_socket_close (socket, NULL);
}

static void
misbehave (TestRawServer *self, GSocket *socket)
{
  static const char alert[] = { 0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28 };
  static const char page[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
                             "\r\n<!DOCTYPE html><title>Guest network</title>";

  switch (self->fault)
    {
    case TEST_RAW_CLOSE:
      note_fact (self);
      g_socket_close (socket, NULL);
      break;
    case TEST_RAW_RESET:
      note_fact (self);
      reset (socket);
      break;
    case TEST_RAW_RESET_ON_HELLO:
      if (!read_hello (self, socket))
        break;
      note_fact (self);
      reset (socket);
      break;
    case TEST_RAW_ALERT:
      speak (self, socket, alert, sizeof alert);
      break;
    case TEST_RAW_PLAIN_PAGE:
      speak (self, socket, page, sizeof page - 1);
      break;
    case TEST_RAW_SILENT:
    case TEST_RAW_NONE:
    case TEST_RAW_REFUSED:
    case TEST_RAW_FULL:
    default:
      break; /* it stays open */
    }
}

static gpointer
serve (gpointer data)
{
  TestRawServer *self = data;
  GSocket *socket;

  while ((socket = g_socket_accept (self->listener, self->stop, NULL)) != NULL)
    {
      g_atomic_int_inc (&self->n_connections);
      g_ptr_array_add (self->taken, socket);
      misbehave (self, socket);
    }
  return NULL;
}

static GSocket *
make_socket (void)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  return socket;
}

static void
fill_queue (TestRawServer *self, GSocketAddress *address)
{
  for (guint i = 0; i < N_FILLERS; i++)
    {
      GSocket *filler = make_socket ();

      g_socket_set_blocking (filler, FALSE);
      g_socket_connect (filler, address, NULL, NULL); /* it is under way, or hangs */
      g_ptr_array_add (self->fillers, filler);
    }
}

TestRawServer *
test_raw_server_new (TestRawFault fault)
{
  TestRawServer *self = g_new0 (TestRawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;

  self->fault = fault;
  g_mutex_init (&self->mutex);
  self->stop = g_cancellable_new ();
  self->fillers = g_ptr_array_new_with_free_func (g_object_unref);
  self->taken = g_ptr_array_new_with_free_func (g_object_unref);
  self->listener = make_socket ();
  g_assert_true (g_socket_bind (self->listener, any_port, FALSE, NULL));
  address = g_socket_get_local_address (self->listener, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  if (fault == TEST_RAW_REFUSED)
    return self; /* bound, so that nobody else gets the port, and deaf */
  if (fault == TEST_RAW_FULL)
    g_socket_set_listen_backlog (self->listener, 0);
  g_assert_true (g_socket_listen (self->listener, NULL));
  if (fault == TEST_RAW_FULL)
    fill_queue (self, address);
  else
    self->thread = g_thread_new ("raw-server", serve, self);
  return self;
}

void
test_raw_server_free (TestRawServer *self)
{
  g_cancellable_cancel (self->stop);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_ptr_array_unref (self->taken);
  g_ptr_array_unref (self->fillers);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint16
test_raw_server_get_port (TestRawServer *self)
{
  return self->port;
}

guint
test_raw_server_get_n_connections (TestRawServer *self)
{
  return (guint)g_atomic_int_get (&self->n_connections);
}

gint64
test_raw_server_get_fact_us (TestRawServer *self)
{
  gint64 fact_us;

  g_mutex_lock (&self->mutex);
  fact_us = self->fact_us;
  g_mutex_unlock (&self->mutex);
  return fact_us;
}
