/* SPDX-License-Identifier: MIT */
#include "tests/host/program.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <windows.h>

/* The longest path that there is. */
#define MAX_LENGTH 32768

GStrv
host_program_begin (int argc, char **argv)
{
  /* No carriage returns, which other programs would read as text. */
  _setmode (_fileno (stdout), _O_BINARY);
  return g_win32_get_command_line ();
}

char *
host_program_dup_path (void)
{
  g_autofree gunichar2 *path = g_new0 (gunichar2, MAX_LENGTH);
  DWORD length = GetModuleFileNameW (NULL, (wchar_t *)path, MAX_LENGTH);

  return length > 0 && length < MAX_LENGTH ? g_utf16_to_utf8 (path, length, NULL, NULL, NULL)
                                           : NULL;
}

const char *
host_program_get_browser (void)
{
  return "rundll32 url.dll,FileProtocolHandler";
}
