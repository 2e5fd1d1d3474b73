/* SPDX-License-Identifier: MIT */
#include "tests/host/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/host/util.h"

#define TICK_MS 50

typedef struct Task
{
  HostTask run;
  void *data;
  struct Task *next;
} Task;

struct HostLoop
{
  int wake[2]; /* a pipe; both ends non-blocking */
  pthread_mutex_t lock;
  Task *first; /* under lock, like last */
  Task *last;
};

HostLoop *
host_loop_new (void)
{
  HostLoop *loop = host_alloc (sizeof *loop);

  if (pipe (loop->wake) != 0)
    {
      perror ("a pipe for the main loop");
      abort ();
    }
  for (int i = 0; i < 2; i++)
    {
      fcntl (loop->wake[i], F_SETFD, FD_CLOEXEC);
      fcntl (loop->wake[i], F_SETFL, O_NONBLOCK);
    }
  pthread_mutex_init (&loop->lock, NULL);
  return loop;
}

static Task *
take_tasks (HostLoop *loop)
{
  Task *first;

  pthread_mutex_lock (&loop->lock);
  first = loop->first;
  loop->first = loop->last = NULL;
  pthread_mutex_unlock (&loop->lock);
  return first;
}

void
host_loop_free (HostLoop *loop)
{
  Task *task = take_tasks (loop);

  while (task != NULL)
    {
      Task *next = task->next;

      free (task);
      task = next;
    }
  close (loop->wake[0]);
  close (loop->wake[1]);
  pthread_mutex_destroy (&loop->lock);
  free (loop);
}

void
host_loop_post (HostLoop *loop, HostTask run, void *data)
{
  Task *task = host_alloc (sizeof *task);
  ssize_t written;

  task->run = run;
  task->data = data;
  pthread_mutex_lock (&loop->lock);
  if (loop->last != NULL)
    loop->last->next = task;
  else
    loop->first = task;
  loop->last = task;
  pthread_mutex_unlock (&loop->lock);

  /* A full pipe wakes as well as one more byte would. */
  do
    written = write (loop->wake[1], "", 1);
  while (written < 0 && errno == EINTR);
}

int
host_loop_get_fd (const HostLoop *loop)
{
  return loop->wake[0];
}

static void
drain_wake (HostLoop *loop)
{
  char bytes[64];
  ssize_t got;

  do
    got = read (loop->wake[0], bytes, sizeof bytes);
  while (got > 0 || (got < 0 && errno == EINTR));
}

bool
host_loop_iterate (HostLoop *loop, int timeout_ms)
{
  struct pollfd fd = { .fd = loop->wake[0], .events = POLLIN };
  Task *task;
  bool any;

  if (poll (&fd, 1, timeout_ms) <= 0)
    return false;
  drain_wake (loop);
  task = take_tasks (loop);
  any = task != NULL;
  while (task != NULL)
    {
      Task *next = task->next;

      task->run (task->data);
      free (task);
      task = next;
    }
  return any;
}

bool
host_loop_run_until (HostLoop *loop, HostPredicate predicate, void *data, int timeout_ms)
{
  int64_t deadline = host_monotonic_us () + (int64_t)timeout_ms * 1000;
  bool holds = predicate (data);

  while (!holds)
    {
      int64_t left = (deadline - host_monotonic_us () + 999) / 1000;

      if (left <= 0)
        break;
      host_loop_iterate (loop, left < TICK_MS ? (int)left : TICK_MS);
      holds = predicate (data);
    }
  return holds;
}
