/* SPDX-License-Identifier: MIT */
#include <glib.h>
#include <openssl/crypto.h>
#include <windows.h>

/* What GLib keeps for each thread, and frees in a DllMain of its own where it is a DLL of its own.
 * No header declares it. */
extern void g_thread_win32_thread_detach (void);

/*
 * Windows holds its loader lock here, so nothing is started, joined or waited for. The host's
 * threads that called in leave nothing behind; the end of the process needs nothing: its memory
 * goes anyway, and threads of ours may have been stopped in the middle of anything.
 */
BOOL WINAPI DllMain (HINSTANCE module, DWORD reason, LPVOID reserved);

BOOL WINAPI
DllMain (HINSTANCE module, DWORD reason, LPVOID reserved)
{
  if (reason == DLL_THREAD_DETACH)
    {
      OPENSSL_thread_stop ();
      g_thread_win32_thread_detach ();
    }
  return TRUE;
}
