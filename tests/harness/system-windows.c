/* SPDX-License-Identifier: MIT */
#include "tests/harness/system.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <io.h>
#include <windows.h>

/* No box, no debugger: the process ends with the exception as its exit code, which child.c tells.
 */
static LONG WINAPI
end_with_exception (EXCEPTION_POINTERS *exception)
{
  TerminateProcess (GetCurrentProcess (), exception->ExceptionRecord->ExceptionCode);
  return EXCEPTION_EXECUTE_HANDLER;
}

void
harness_system_settle (void)
{
  SetErrorMode (SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  SetUnhandledExceptionFilter (end_with_exception);
  _setmode (_fileno (stdout), _O_BINARY);
  _setmode (_fileno (stderr), _O_BINARY);
}

/* As every program for Windows begins; its C library reads no variable. */
const char *
harness_system_get_locale (void)
{
  return "C";
}

const char *
harness_system_describe_abort (void)
{
  return "exited with status 3";
}

const char *
harness_system_describe_fault (void)
{
  return "ended by exception 0xc0000005 (access violation)";
}

/* N: no program that the test starts has it as well. */
FILE *
harness_system_open_to_append (const char *path)
{
  return g_fopen (path, "abN");
}
