/* SPDX-License-Identifier: MIT */
#include "tests/host/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/host/util.h"

struct HostWake
{
  int ends[2]; /* (owned) a pipe; both ends non-blocking */
};

HostWake *
host_wake_new (void)
{
  HostWake *wake = host_alloc (sizeof *wake);

  if (pipe (wake->ends) != 0)
    {
      perror ("a pipe for the main loop");
      abort ();
    }
  for (int i = 0; i < 2; i++)
    {
      fcntl (wake->ends[i], F_SETFD, FD_CLOEXEC);
      fcntl (wake->ends[i], F_SETFL, O_NONBLOCK);
    }
  return wake;
}

void
host_wake_free (HostWake *wake)
{
  close (wake->ends[0]);
  close (wake->ends[1]);
  free (wake);
}

void
host_wake_signal (HostWake *wake)
{
  ssize_t written;

  /* A full pipe wakes as well as one more byte would. */
  do
    written = write (wake->ends[1], "", 1);
  while (written < 0 && errno == EINTR);
}

bool
host_wake_wait (HostWake *wake, int timeout_ms)
{
  struct pollfd fd = { .fd = wake->ends[0], .events = POLLIN };
  char bytes[64];
  ssize_t got;

  if (poll (&fd, 1, timeout_ms) <= 0)
    return false;
  do
    got = read (wake->ends[0], bytes, sizeof bytes);
  while (got > 0 || (got < 0 && errno == EINTR));
  return true;
}

intptr_t
host_wake_get_handle (const HostWake *wake)
{
  return wake->ends[0];
}
