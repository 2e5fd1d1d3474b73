/* SPDX-License-Identifier: MIT */
#include <glib.h>
#include <openssl/crypto.h>
#include <windows.h>

/* What GLib keeps for each thread, and for the process: a handler of exceptions that comes first.
 * It lets go of them in a DllMain of its own where it is a DLL of its own. No header declares it.
 */
extern void g_thread_win32_thread_detach (void);
extern void g_thread_win32_process_detach (void);

/*
 * Windows holds its loader lock here, so nothing is started, joined or waited for. The host's
 * threads that called in leave nothing behind, and neither does a module that was only looked at:
 * its code goes. The end of the process needs nothing: its memory goes anyway, and threads of ours
 * may have been stopped in the middle of anything.
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
  if (reason == DLL_PROCESS_DETACH && reserved == NULL)
    g_thread_win32_process_detach ();
  return TRUE;
}
