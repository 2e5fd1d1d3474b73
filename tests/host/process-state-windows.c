/* SPDX-License-Identifier: MIT */
#include "tests/host/process-state-private.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include <tlhelp32.h>

#include "tests/host/windows-text.h"

struct HostHandlers
{
  UINT error_mode;
  UINT input_page;
  UINT output_page;
  LPTOP_LEVEL_EXCEPTION_FILTER last_resort;
};

char *
host_process_current_folder (void)
{
  DWORD size = GetCurrentDirectoryW (0, NULL);
  wchar_t *folder = host_alloc (((size_t)size + 1) * sizeof *folder);
  char *text;

  GetCurrentDirectoryW (size, folder);
  text = host_narrow (folder);
  free (folder);
  return text;
}

char **
host_process_variables (void)
{
  wchar_t *block = GetEnvironmentStringsW ();
  size_t count = 0;
  char **copy = host_alloc (sizeof *copy);

  for (const wchar_t *at = block; at != NULL && *at != L'\0'; at += wcslen (at) + 1)
    {
      copy = host_realloc (copy, (count + 2) * sizeof *copy);
      copy[count++] = host_narrow (at);
      copy[count] = NULL;
    }
  if (block != NULL)
    FreeEnvironmentStringsW (block);
  return copy;
}

/* The handler can only be read by putting another in its place; [main] is in no other code now. */
static HostHandlers
note_handlers (void)
{
  HostHandlers now = { GetErrorMode (), GetConsoleCP (), GetConsoleOutputCP (),
                       SetUnhandledExceptionFilter (NULL) };

  SetUnhandledExceptionFilter (now.last_resort);
  return now;
}

HostHandlers *
host_handlers_new (void)
{
  HostHandlers *handlers = host_alloc (sizeof *handlers);

  *handlers = note_handlers ();
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
  HostHandlers now = note_handlers ();

  if (now.error_mode != handlers->error_mode)
    host_process_add (findings, HOST_CHECK_SIGNALS, "%s changed the error mode from 0x%x to 0x%x",
                      when, handlers->error_mode, now.error_mode);
  if (now.input_page != handlers->input_page || now.output_page != handlers->output_page)
    host_process_add (findings, HOST_CHECK_SIGNALS, "%s changed the code page of the console",
                      when);
  if (now.last_resort != handlers->last_resort)
    host_process_add (findings, HOST_CHECK_SIGNALS,
                      "%s changed who is called for an exception that nobody handles", when);
  *handlers = now;
}

int
host_count_threads (void)
{
  HANDLE snapshot = CreateToolhelp32Snapshot (TH32CS_SNAPTHREAD, 0);
  THREADENTRY32 thread = { .dwSize = sizeof thread };
  int count = 0;

  if (snapshot == INVALID_HANDLE_VALUE)
    return -1;
  for (BOOL more = Thread32First (snapshot, &thread); more; more = Thread32Next (snapshot, &thread))
    count += thread.th32OwnerProcessID == GetCurrentProcessId ();
  CloseHandle (snapshot);
  return count;
}
