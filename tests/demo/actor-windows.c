/* SPDX-License-Identifier: MIT */
/* GSubprocess would need a program of GLib's beside this one, and cannot say what was killed. */
#include "tests/demo/actor.h"

#include <gio/gwin32inputstream.h>
#include <windows.h>

#include "tests/host/command-line.h"
#include "tests/host/windows-text.h"

/* An exit status that no program chooses. */
#define KILLED 0x6b696c6c

struct _Actor
{
  HANDLE process;       /* (owned) */
  GInputStream *output; /* (owned) */
};

static void
set_error (GError **error, const char *what)
{
  g_autofree char *text = g_win32_error_message ((int)GetLastError ());

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what, text);
}

/* @output: the end of the pipe that the child inherits */
static HANDLE
create (const char *const *arguments, HANDLE output)
{
  char *line = host_command_line ((char *const *)arguments);
  wchar_t *wide = host_wide (line);
  STARTUPINFOW info = { .cb = sizeof info,
                        .dwFlags = STARTF_USESTDHANDLES,
                        .hStdInput = GetStdHandle (STD_INPUT_HANDLE),
                        .hStdOutput = output,
                        .hStdError = output };
  PROCESS_INFORMATION process = { 0 };

  if (CreateProcessW (NULL, wide, NULL, NULL, TRUE, 0, NULL, NULL, &info, &process))
    CloseHandle (process.hThread);
  free (wide);
  free (line);
  return process.hProcess;
}

Actor *
actor_start (const char *const *arguments, GError **error)
{
  g_autoptr (Actor) self = g_new0 (Actor, 1);
  HANDLE ours = NULL, theirs = NULL;

  if (CreatePipe (&ours, &theirs, NULL, 0)
      && SetHandleInformation (theirs, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT))
    self->process = create (arguments, theirs);
  if (self->process == NULL)
    set_error (error, arguments[0]);
  if (theirs != NULL)
    CloseHandle (theirs);
  if (ours != NULL)
    self->output = g_win32_input_stream_new (ours, TRUE);
  return self->process != NULL ? g_steal_pointer (&self) : NULL;
}

void
actor_free (Actor *self)
{
  g_clear_object (&self->output);
  if (self->process != NULL)
    CloseHandle (self->process);
  g_free (self);
}

GInputStream *
actor_get_output (Actor *self)
{
  return self->output;
}

static gboolean
wait_for_status (Actor *self, DWORD *status, GError **error)
{
  if (WaitForSingleObject (self->process, INFINITE) == WAIT_OBJECT_0
      && GetExitCodeProcess (self->process, status))
    return TRUE;
  set_error (error, "a program cannot be waited for");
  return FALSE;
}

gboolean
actor_wait (Actor *self, GError **error)
{
  DWORD status = 0;

  if (!wait_for_status (self, &status, error))
    return FALSE;
  if (status == 0)
    return TRUE;
  g_set_error (error, G_SPAWN_EXIT_ERROR, (int)status, "the program ended with status %lu", status);
  return FALSE;
}

gboolean
actor_kill (Actor *self, gboolean *was_running, GError **error)
{
  DWORD status = 0;

  /* One that has ended keeps its own status. */
  TerminateProcess (self->process, KILLED);
  if (!wait_for_status (self, &status, error))
    return FALSE;
  *was_running = status == KILLED;
  return TRUE;
}
