/* SPDX-License-Identifier: MIT */
/* Without GSubprocess, which starts a helper program for each program there. */
#include "tests/harness/process.h"

#include <gio/gio.h>
#include <windows.h>

#define READ_SIZE 8192
/* Under Wine one process in a thousand dies before it begins; nothing of the program has run then.
 */
#define TRIES 3
/* Above this a process was ended by what NTSTATUS calls an error or a warning. */
#define FIRST_EXCEPTION 0x80000000u

typedef struct
{
  HANDLE pipe;    /* (owned) */
  HANDLE job;     /* (owned): the program and all that it starts */
  HANDLE process; /* (owned) */
  HarnessProcessOutput output;
  gpointer data; /* (unowned) */
} Process;

static void
close_handle (HANDLE handle)
{
  if (handle != NULL)
    CloseHandle (handle);
}

static void
process_free (Process *self)
{
  close_handle (self->pipe);
  close_handle (self->job);
  close_handle (self->process);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Process, process_free)

static gboolean
fail (GError **error, const char *what)
{
  DWORD code = GetLastError ();
  g_autofree char *text = g_win32_error_message ((int)code);

  g_set_error (error, G_IO_ERROR, g_io_error_from_win32_error ((int)code), "%s: %s", what, text);
  return FALSE;
}

/* One argument, in the form that the C library of the other side takes apart again. */
static void
append_quoted (GString *line, const char *argument)
{
  gsize backslashes = 0;

  g_string_append (line, line->len > 0 ? " \"" : "\"");
  for (const char *p = argument; *p != '\0'; p++)
    {
      /* Backslashes count for themselves, except before a quote. */
      if (*p == '"')
        for (gsize i = 0; i <= backslashes; i++)
          g_string_append_c (line, '\\');
      backslashes = *p == '\\' ? backslashes + 1 : 0;
      g_string_append_c (line, *p);
    }
  for (gsize i = 0; i < backslashes; i++)
    g_string_append_c (line, '\\');
  g_string_append_c (line, '"');
}

static wchar_t *
command_line_new (const char *const *argv)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (gsize i = 0; argv[i] != NULL; i++)
    append_quoted (line, argv[i]);
  return (wchar_t *)g_utf8_to_utf16 (line->str, -1, NULL, NULL, NULL);
}

/* Each "NAME=value" with its NUL, and one more. */
static wchar_t *
environment_block_new (const char *const *environment)
{
  g_autoptr (GByteArray) block = g_byte_array_new ();
  static const gunichar2 end[2] = { 0, 0 };

  for (gsize i = 0; environment[i] != NULL; i++)
    {
      glong length = 0;
      g_autofree gunichar2 *text = g_utf8_to_utf16 (environment[i], -1, NULL, &length, NULL);

      if (text != NULL)
        g_byte_array_append (block, (const guint8 *)text,
                             (guint)((gsize)(length + 1) * sizeof *text));
    }
  g_byte_array_append (block, (const guint8 *)end, sizeof end);
  return (wchar_t *)(void *)g_byte_array_free (g_steal_pointer (&block), FALSE);
}

/* The job dies with its last handle, and takes along whatever the program has left behind. */
static gboolean
make_job (Process *self, GError **error)
{
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {
    .BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
  };

  self->job = CreateJobObjectW (NULL, NULL);
  if (self->job == NULL
      || !SetInformationJobObject (self->job, JobObjectExtendedLimitInformation, &limits,
                                   sizeof limits))
    return fail (error, "Cannot make a job");
  return TRUE;
}

/* It runs once it is in the job, so that nothing it starts is outside. */
static gboolean
start_in_job (Process *self, PROCESS_INFORMATION *info, GError **error)
{
  gboolean done = AssignProcessToJobObject (self->job, info->hProcess)
                  && ResumeThread (info->hThread) != (DWORD)-1;

  self->process = info->hProcess;
  if (!done)
    {
      (void)fail (error, "Cannot put the program into its job");
      TerminateProcess (info->hProcess, 1);
    }
  CloseHandle (info->hThread);
  return done;
}

static gboolean
spawn_writing_to (Process *self,
                  const char *const *argv,
                  const char *const *environment,
                  HANDLE out,
                  HANDLE in,
                  GError **error)
{
  g_autofree wchar_t *line = command_line_new (argv);
  g_autofree wchar_t *block = environment_block_new (environment);
  STARTUPINFOW startup = {
    .cb = sizeof startup,
    .dwFlags = STARTF_USESTDHANDLES,
    .hStdInput = in,
    .hStdOutput = out,
    .hStdError = out,
  };
  PROCESS_INFORMATION info;
  gboolean made = FALSE;

  for (guint i = 0; i < TRIES && !made; i++)
    {
      made = CreateProcessW (NULL, line, NULL, NULL, TRUE,
                             CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT, block, NULL, &startup,
                             &info);
      if (!made && GetLastError () != ERROR_INTERNAL_ERROR)
        break;
    }
  if (!made)
    return fail (error, argv[0]);
  return start_in_job (self, &info, error);
}

static gboolean
spawn (Process *self, const char *const *argv, const char *const *environment, GError **error)
{
  SECURITY_ATTRIBUTES inherit = { .nLength = sizeof inherit, .bInheritHandle = TRUE };
  HANDLE out = NULL;
  HANDLE in;
  gboolean started;

  if (!make_job (self, error))
    return FALSE;
  if (!CreatePipe (&self->pipe, &out, &inherit, 0)
      || !SetHandleInformation (self->pipe, HANDLE_FLAG_INHERIT, 0))
    {
      close_handle (out);
      return fail (error, "Cannot make a pipe");
    }
  in = CreateFileW (L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherit,
                    OPEN_EXISTING, 0, NULL);
  started = spawn_writing_to (self, argv, environment, out, in, error);
  CloseHandle (out);
  if (in != INVALID_HANDLE_VALUE)
    CloseHandle (in);
  return started;
}

static gpointer
reader_thread (gpointer data)
{
  Process *self = data;
  char buffer[READ_SIZE];
  DWORD n = 0;

  while (ReadFile (self->pipe, buffer, sizeof buffer, &n, NULL))
    self->output (buffer, n, self->data);
  return NULL;
}

static const char *
name_exception (DWORD code)
{
  static const struct
  {
    DWORD code;
    const char *name;
  } names[] = {
    { EXCEPTION_BREAKPOINT, "breakpoint: GLib's way to abort" },
    { EXCEPTION_ACCESS_VIOLATION, "access violation" },
    { EXCEPTION_ILLEGAL_INSTRUCTION, "illegal instruction" },
    { EXCEPTION_INT_DIVIDE_BY_ZERO, "division by zero" },
    { EXCEPTION_STACK_OVERFLOW, "stack overflow" },
    { STATUS_CONTROL_C_EXIT, "Ctrl+C" },
    { 0xc0000374u, "heap corruption" },
    { 0xc0000409u, "stack overrun" },
    { 0xc0000135u, "a DLL is missing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].code == code)
      return names[i].name;
  return "unnamed";
}

static char *
describe_end (DWORD code)
{
  if (code >= FIRST_EXCEPTION)
    return g_strdup_printf ("ended by exception 0x%08lx (%s)", (unsigned long)code,
                            name_exception (code));
  return code != 0 ? g_strdup_printf ("exited with status %lu", (unsigned long)code) : NULL;
}

gboolean
harness_process_run (const char *const *argv,
                     const char *const *environment,
                     guint timeout_ms,
                     HarnessProcessOutput output,
                     gpointer data,
                     HarnessProcessEnd *end,
                     GError **error)
{
  g_autoptr (Process) self = g_new0 (Process, 1);
  GThread *reader;
  DWORD code = 0;

  self->output = output;
  self->data = data;
  if (!spawn (self, argv, environment, error))
    return FALSE;
  reader = g_thread_new ("output", reader_thread, self);
  end->timed_out = WaitForSingleObject (self->process, timeout_ms) != WAIT_OBJECT_0;
  if (!end->timed_out)
    GetExitCodeProcess (self->process, &code);
  /* What it started may hold the pipe for ever. */
  TerminateJobObject (self->job, 1);
  g_thread_join (reader);
  end->ending = describe_end (code);
  return TRUE;
}
