/* SPDX-License-Identifier: MIT */
/* Starts a thread when it is loaded. */
#include "tests/unit/host/specimens/specimen.h"

static pthread_t early;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *
wait (void *data)
{
  pthread_mutex_lock (&gate);
  pthread_mutex_unlock (&gate);
  return data;
}

static void
enter (void)
{
  pthread_mutex_lock (&gate);
  pthread_create (&early, NULL, wait, NULL);
}

static void
leave (void)
{
  pthread_mutex_unlock (&gate);
  pthread_join (early, NULL);
}

const SpecimenHooks specimen_hooks = { .enter = enter, .leave = leave };
