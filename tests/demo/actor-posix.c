/* SPDX-License-Identifier: MIT */
#include "tests/demo/actor.h"

struct _Actor
{
  GSubprocess *process; /* (owned) */
};

Actor *
actor_start (const char *const *arguments, GError **error)
{
  g_autoptr (Actor) self = g_new0 (Actor, 1);

  self->process
      = g_subprocess_newv (arguments,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, error);
  return self->process != NULL ? g_steal_pointer (&self) : NULL;
}

void
actor_free (Actor *self)
{
  g_clear_object (&self->process);
  g_free (self);
}

GInputStream *
actor_get_output (Actor *self)
{
  return g_subprocess_get_stdout_pipe (self->process);
}

gboolean
actor_wait (Actor *self, GError **error)
{
  return g_subprocess_wait_check (self->process, NULL, error);
}

gboolean
actor_kill (Actor *self, gboolean *was_running, GError **error)
{
  g_subprocess_force_exit (self->process);
  if (!g_subprocess_wait (self->process, NULL, error))
    return FALSE;
  *was_running = g_subprocess_get_if_signaled (self->process);
  return TRUE;
}
