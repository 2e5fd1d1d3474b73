/* SPDX-License-Identifier: MIT */
#include "tests/host/loop.h"

#include <pthread.h>
#include <stdlib.h>

#include "tests/host/util.h"
#include "tests/host/wake.h"

#define TICK_MS 50

typedef struct Task
{
  HostTask run;
  void *data;
  struct Task *next;
} Task;

struct HostLoop
{
  HostWake *wake; /* (owned) */
  pthread_mutex_t lock;
  Task *first; /* under lock, like last */
  Task *last;
};

HostLoop *
host_loop_new (void)
{
  HostLoop *loop = host_alloc (sizeof *loop);

  loop->wake = host_wake_new ();
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
  host_wake_free (loop->wake);
  pthread_mutex_destroy (&loop->lock);
  free (loop);
}

void
host_loop_post (HostLoop *loop, HostTask run, void *data)
{
  Task *task = host_alloc (sizeof *task);

  task->run = run;
  task->data = data;
  pthread_mutex_lock (&loop->lock);
  if (loop->last != NULL)
    loop->last->next = task;
  else
    loop->first = task;
  loop->last = task;
  pthread_mutex_unlock (&loop->lock);
  host_wake_signal (loop->wake);
}

intptr_t
host_loop_get_handle (const HostLoop *loop)
{
  return host_wake_get_handle (loop->wake);
}

bool
host_loop_iterate (HostLoop *loop, int timeout_ms)
{
  Task *task;
  bool any;

  if (!host_wake_wait (loop->wake, timeout_ms))
    return false;
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
