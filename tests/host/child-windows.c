/* SPDX-License-Identifier: MIT */
#include "tests/host/child.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "tests/host/command-line.h"
#include "tests/host/util.h"
#include "tests/host/windows-text.h"

struct HostChild
{
  HANDLE process; /* (owned) */
};

/* Where this program complains, or nowhere; for the child to inherit. */
static HANDLE
open_output (void)
{
  HANDLE own = GetStdHandle (STD_ERROR_HANDLE), output = NULL;
  SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };

  if (own != NULL && own != INVALID_HANDLE_VALUE
      && DuplicateHandle (GetCurrentProcess (), own, GetCurrentProcess (), &output, 0, TRUE,
                          DUPLICATE_SAME_ACCESS))
    return output;
  return CreateFileW (L"NUL", GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited,
                      OPEN_EXISTING, 0, NULL);
}

/* The child inherits `handles` and nothing else of this process. */
static LPPROC_THREAD_ATTRIBUTE_LIST
list_inherited (HANDLE *handles, size_t n_handles)
{
  LPPROC_THREAD_ATTRIBUTE_LIST list;
  SIZE_T size = 0;

  InitializeProcThreadAttributeList (NULL, 1, 0, &size);
  list = host_alloc (size);
  InitializeProcThreadAttributeList (list, 1, 0, &size);
  UpdateProcThreadAttribute (list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles,
                             n_handles * sizeof *handles, NULL, NULL);
  return list;
}

static bool
create (wchar_t *command_line, HANDLE *handles, PROCESS_INFORMATION *process)
{
  STARTUPINFOEXW info = { .StartupInfo = { .cb = sizeof info,
                                           .dwFlags = STARTF_USESTDHANDLES,
                                           .hStdInput = handles[0],
                                           .hStdOutput = handles[1],
                                           .hStdError = handles[1] } };
  bool created;

  info.lpAttributeList = list_inherited (handles, 2);
  created = CreateProcessW (NULL, command_line, NULL, NULL, TRUE, EXTENDED_STARTUPINFO_PRESENT,
                            NULL, NULL, &info.StartupInfo, process);
  DeleteProcThreadAttributeList (info.lpAttributeList);
  free (info.lpAttributeList);
  return created;
}

HostChild *
host_child_start (char *const *arguments, char **reason)
{
  SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
  char *text = host_command_line (arguments);
  wchar_t *command_line = host_wide (text);
  PROCESS_INFORMATION process = { 0 };
  HostChild *child = NULL;
  HANDLE handles[2];

  handles[0] = CreateFileW (L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited,
                            OPEN_EXISTING, 0, NULL);
  handles[1] = open_output ();
  if (create (command_line, handles, &process))
    {
      CloseHandle (process.hThread);
      child = host_alloc (sizeof *child);
      child->process = process.hProcess;
    }
  else
    *reason = host_system_message (GetLastError ());
  CloseHandle (handles[0]);
  CloseHandle (handles[1]);
  free (command_line);
  free (text);
  return child;
}

bool
host_child_has_ended (HostChild *child, char **failure)
{
  DWORD status = 0;

  *failure = NULL;
  if (WaitForSingleObject (child->process, 0) == WAIT_TIMEOUT)
    return false;
  if (!GetExitCodeProcess (child->process, &status))
    *failure = host_system_message (GetLastError ());
  else if (status != 0)
    *failure = host_format ("exit status %lu", (unsigned long)status);
  return true;
}

void
host_child_free (HostChild *child)
{
  CloseHandle (child->process);
  free (child);
}
