/* SPDX-License-Identifier: MIT */
#include "tests/host/process-state-private.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

#define MAX_SIGNALS 65
#define SA_RESTORER_FLAG 0x04000000

struct HostHandlers
{
  struct sigaction signals[MAX_SIGNALS];
};

char *
host_process_current_folder (void)
{
  char *folder = getcwd (NULL, 0);

  return folder != NULL ? folder : host_strdup ("(gone)");
}

char **
host_process_variables (void)
{
  size_t count = 0;
  char **copy;

  while (environ != NULL && environ[count] != NULL)
    count++;
  copy = host_alloc ((count + 1) * sizeof *copy);
  for (size_t i = 0; i < count; i++)
    copy[i] = host_strdup (environ[i]);
  return copy;
}

static void
note_signals (struct sigaction *signals)
{
  memset (signals, 0, sizeof *signals * MAX_SIGNALS);
  for (int number = 1; number < MAX_SIGNALS; number++)
    {
      sigaction (number, NULL, &signals[number]);
      /* The C library's own, set by whoever puts a disposition back; it changes nothing. */
      signals[number].sa_flags &= ~SA_RESTORER_FLAG;
    }
}

HostHandlers *
host_handlers_new (void)
{
  HostHandlers *handlers = host_alloc (sizeof *handlers);

  note_signals (handlers->signals);
  return handlers;
}

void
host_handlers_free (HostHandlers *handlers)
{
  free (handlers);
}

void
host_handlers_compare (HostHandlers *handlers, const char *when, HostFindings *findings)
{
  struct sigaction now[MAX_SIGNALS];

  note_signals (now);
  for (int number = 1; number < MAX_SIGNALS; number++)
    if (now[number].sa_handler != handlers->signals[number].sa_handler
        || now[number].sa_flags != handlers->signals[number].sa_flags)
      host_process_add (findings, HOST_CHECK_SIGNALS, "%s changed what signal %d (%s) does", when,
                        number, strsignal (number));
  memcpy (handlers->signals, now, sizeof now);
}

int
host_count_threads (void)
{
  DIR *tasks = opendir ("/proc/self/task");
  const struct dirent *entry;
  int count = 0;

  if (tasks == NULL)
    return -1;
  while ((entry = readdir (tasks)) != NULL)
    count += entry->d_name[0] != '.';
  closedir (tasks);
  return count;
}
