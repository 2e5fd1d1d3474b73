/* SPDX-License-Identifier: MIT */
#include "tests/host/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/host/util.h"

extern char **environ;

struct HostChild
{
  pid_t pid;
};

HostChild *
host_child_start (char *const *arguments, char **reason)
{
  posix_spawn_file_actions_t actions;
  HostChild *child;
  pid_t pid;
  int failed;

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, STDERR_FILENO, STDOUT_FILENO);
  failed = posix_spawnp (&pid, arguments[0], &actions, NULL, arguments, environ);
  posix_spawn_file_actions_destroy (&actions);
  if (failed != 0)
    {
      *reason = host_strdup (strerror (failed));
      return NULL;
    }
  child = host_alloc (sizeof *child);
  child->pid = pid;
  return child;
}

bool
host_child_has_ended (HostChild *child, char **failure)
{
  int status = 0;
  pid_t ended = waitpid (child->pid, &status, WNOHANG);

  *failure = NULL;
  if (ended > 0 && WIFSIGNALED (status))
    *failure = host_format ("signal %d", WTERMSIG (status));
  else if (ended > 0 && WEXITSTATUS (status) != 0)
    *failure = host_format ("exit status %d", WEXITSTATUS (status));
  return ended != 0;
}

void
host_child_free (HostChild *child)
{
  free (child);
}
