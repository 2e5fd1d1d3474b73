/* SPDX-License-Identifier: MIT */
#include "tests/bench/delay-proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/series.h"

#define BUFFER 65536
#define NS G_GINT64_CONSTANT (1000000000)
/* poll() wakes late by tens of microseconds: the last of the wait is spent awake. */
#define AWAKE_NS 60000

/* What was read, to be written when it is due; of no bytes: the end. */
typedef struct
{
  gint64 due;
  gsize length;
  guint8 bytes[];
} Chunk;

/* One direction of a connection. */
typedef struct
{
  int in;
  int out;
  GQueue chunks; /* (owned) (element-type Chunk) */
  gint64 extra;  /* nanoseconds more for what comes first */
  gboolean ended;
} Lane;

typedef struct
{
  int client;
  int server; /* the client itself when it echoes */
  Lane up;
  Lane down;
} Link;

struct _DelayProxy
{
  int listener;
  int quit[2];
  guint16 upstream;
  guint16 port;
  gint64 delay;
  GPtrArray *links; /* (owned) (element-type Link) */
  GThread *thread;  /* (owned) */
};

static void
must (gboolean well, const char *what)
{
  if (!well)
    g_error ("bench: the proxy cannot %s: %s", what, g_strerror (errno));
}

static int
new_socket (guint16 port, struct sockaddr_in *address)
{
  const int on = 1;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  must (fd >= 0, "make a socket");
  must (setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "set TCP_NODELAY");
  *address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons (port) };
  address->sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  return fd;
}

static void
link_free (gpointer data)
{
  Link *link = data;

  g_queue_clear_full (&link->up.chunks, g_free);
  g_queue_clear_full (&link->down.chunks, g_free);
  if (link->server != link->client)
    close (link->server);
  close (link->client);
  g_free (link);
}

static void
add_link (DelayProxy *self)
{
  const int on = 1;
  struct sockaddr_in address;
  Link *link;
  int client = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);

  if (client < 0)
    return;
  must (setsockopt (client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "set TCP_NODELAY");
  link = g_new0 (Link, 1);
  link->client = link->server = client;
  if (self->upstream != 0)
    {
      link->server = new_socket (self->upstream, &address);
      must (connect (link->server, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    }
  link->up = (Lane){ .in = client, .out = link->server, .extra = 2 * self->delay };
  link->down = (Lane){ .in = link->server, .out = client };
  /* An echo is one lane with both delays, and its connection was made long ago. */
  if (self->upstream == 0)
    link->up.extra = 0;
  g_queue_init (&link->up.chunks);
  g_queue_init (&link->down.chunks);
  g_ptr_array_add (self->links, link);
}

static void
read_lane (DelayProxy *self, Lane *lane, gint64 delay)
{
  guint8 buffer[BUFFER];
  gssize n = recv (lane->in, buffer, sizeof buffer, MSG_DONTWAIT);
  Chunk *chunk;

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;
  chunk = g_malloc0 (sizeof *chunk + (gsize)MAX (n, 0));
  chunk->length = (gsize)MAX (n, 0);
  chunk->due = bench_now_ns () + delay + lane->extra;
  memcpy (chunk->bytes, buffer, chunk->length);
  lane->extra = 0;
  lane->ended = n <= 0;
  g_queue_push_tail (&lane->chunks, chunk);
}

/* Whether the lane goes on. */
static gboolean
write_lane (Lane *lane, gint64 now)
{
  Chunk *chunk;

  while ((chunk = g_queue_peek_head (&lane->chunks)) != NULL && chunk->due <= now)
    {
      gboolean is_end = chunk->length == 0;
      gboolean well
          = is_end
            || send (lane->out, chunk->bytes, chunk->length, MSG_NOSIGNAL) == (gssize)chunk->length;

      g_free (g_queue_pop_head (&lane->chunks));
      if (is_end || !well)
        return FALSE;
    }
  return TRUE;
}

static gint64
earliest (DelayProxy *self)
{
  gint64 due = G_MAXINT64;

  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = g_ptr_array_index (self->links, i);
      Chunk *up = g_queue_peek_head (&link->up.chunks);
      Chunk *down = g_queue_peek_head (&link->down.chunks);

      due = MIN (due, up != NULL ? up->due : G_MAXINT64);
      due = MIN (due, down != NULL ? down->due : G_MAXINT64);
    }
  return due;
}

static void
add_poll (GArray *polls, int fd, gboolean wanted)
{
  struct pollfd entry = { .fd = wanted ? fd : -1, .events = POLLIN };

  g_array_append_val (polls, entry);
}

/* What can be read is in @polls afterwards: the listener, the end, and two for each link. */
static void
wait_for_something (DelayProxy *self, GArray *polls)
{
  gint64 due = earliest (self);
  gint64 left = due - bench_now_ns () - AWAKE_NS;
  struct timespec timeout = { .tv_sec = MAX (left, 0) / NS, .tv_nsec = MAX (left, 0) % NS };

  g_array_set_size (polls, 0);
  add_poll (polls, self->listener, TRUE);
  add_poll (polls, self->quit[0], TRUE);
  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = g_ptr_array_index (self->links, i);

      add_poll (polls, link->client, !link->up.ended);
      add_poll (polls, link->server, !link->down.ended && link->server != link->client);
    }
  ppoll ((struct pollfd *)(void *)polls->data, polls->len, due == G_MAXINT64 ? NULL : &timeout,
         NULL);
}

static gboolean
is_ready (GArray *polls, guint i)
{
  return g_array_index (polls, struct pollfd, i).revents != 0;
}

static gpointer
run (gpointer data)
{
  DelayProxy *self = data;
  g_autoptr (GArray) polls = g_array_new (FALSE, TRUE, sizeof (struct pollfd));

  while (wait_for_something (self, polls), !is_ready (polls, 1))
    {
      gint64 now = bench_now_ns ();

      for (guint i = self->links->len; i > 0; i--)
        {
          Link *link = g_ptr_array_index (self->links, i - 1);
          gboolean echo = link->server == link->client;

          if (is_ready (polls, 2 * i))
            read_lane (self, &link->up, echo ? 2 * self->delay : self->delay);
          if (is_ready (polls, 2 * i + 1))
            read_lane (self, &link->down, self->delay);
          if (!write_lane (&link->up, now) || !write_lane (&link->down, now))
            g_ptr_array_remove_index_fast (self->links, i - 1);
        }
      if (is_ready (polls, 0))
        add_link (self);
    }
  return NULL;
}

DelayProxy *
delay_proxy_new (guint16 port, gint64 delay_ns)
{
  DelayProxy *self = g_new0 (DelayProxy, 1);
  struct sockaddr_in address;
  socklen_t size = sizeof address;

  self->upstream = port;
  self->delay = delay_ns;
  self->links = g_ptr_array_new_with_free_func (link_free);
  self->listener = new_socket (0, &address);
  must (bind (self->listener, (struct sockaddr *)&address, sizeof address) == 0
            && listen (self->listener, SOMAXCONN) == 0
            && getsockname (self->listener, (struct sockaddr *)&address, &size) == 0
            && pipe (self->quit) == 0,
        "listen");
  self->port = ntohs (address.sin_port);
  self->thread = g_thread_new ("delay-proxy", run, self);
  return self;
}

void
delay_proxy_free (DelayProxy *self)
{
  must (write (self->quit[1], "", 1) == 1, "end");
  g_thread_join (self->thread);
  g_ptr_array_unref (self->links);
  close (self->listener);
  close (self->quit[0]);
  close (self->quit[1]);
  g_free (self);
}

guint16
delay_proxy_get_port (DelayProxy *self)
{
  return self->port;
}
