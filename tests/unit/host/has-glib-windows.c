/* SPDX-License-Identifier: MIT */
#include "tests/unit/host/has-glib.h"

#include <windows.h>

#include <tlhelp32.h>

bool
has_glib (void)
{
  HANDLE snapshot = CreateToolhelp32Snapshot (TH32CS_SNAPMODULE, 0);
  MODULEENTRY32W module = { .dwSize = sizeof module };
  bool found = false;

  for (BOOL more = Module32FirstW (snapshot, &module); more;
       more = Module32NextW (snapshot, &module))
    found = found || wcsstr (module.szModule, L"glib-2.0") != NULL;
  CloseHandle (snapshot);
  return found;
}
