/* SPDX-License-Identifier: MIT */
/* Lies where GIO would look for modules, and must never be loaded. */
#include <windows.h>

__declspec(dllexport) void g_io_module_load (void *module);

void
g_io_module_load (void *module)
{
  ExitProcess (99);
}
