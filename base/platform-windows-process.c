/* SPDX-License-Identifier: MIT */
/* Clocks, and how the module lives in a process that is not its own. */
#include "base/platform-private.h"

#include <openssl/crypto.h>
#include <string.h>
#include <windows.h>
#include <winternl.h>

/* TLS for GIO, linked in (glib-networking, its OpenSSL backend); no header declares it. A second
 * call in one process would register its types again. */
extern void g_io_openssl_load (GIOModule *module);

/* What every process can read at this address; the kernel counts boots there since Windows 10. */
#define SHARED_BOOT_ID ((const volatile ULONG *)(ULONG_PTR)0x7ffe02c4)

/* SYSTEM_TIMEOFDAY_INFORMATION, of which winternl.h tells the size alone. */
typedef struct
{
  LARGE_INTEGER boot_time;
  BYTE rest[40];
} TimeOfDay;

gboolean
ttecomm_platform_get_wall (gint64 *unix_seconds)
{
  FILETIME now;
  gint64 ticks;

  GetSystemTimeAsFileTime (&now);
  /* 100 ns since 1601 */
  ticks = (gint64)((guint64)now.dwHighDateTime << 32 | now.dwLowDateTime);
  ticks -= G_GINT64_CONSTANT (116444736000000000);
  if (ticks < 0)
    return FALSE;
  *unix_seconds = ticks / 10000000;
  return TRUE;
}

gint64
ttecomm_platform_get_boottime_us (void)
{
  typedef VOID (WINAPI * QueryFunc) (PULONGLONG);
  HMODULE module = GetModuleHandleW (L"kernelbase.dll");
  QueryFunc query = NULL;
  ULONGLONG ticks = 0;

  /* Windows 10 and later; both counters include sleep. */
  if (module != NULL)
    query = (QueryFunc)(void (*) (void))GetProcAddress (module, "QueryInterruptTime");
  if (query == NULL)
    return (gint64)GetTickCount64 () * 1000;
  query (&ticks);
  return (gint64)(ticks / 10);
}

/* When this boot was. It moves when somebody sets the clock, which then looks like another boot:
 * the careful side. */
static gint64
boot_time (void)
{
  typedef NTSTATUS (NTAPI * QueryFunc) (ULONG, PVOID, ULONG, PULONG);
  HMODULE module = GetModuleHandleW (L"ntdll.dll");
  QueryFunc query = NULL;
  TimeOfDay info;
  ULONG size = 0;

  memset (&info, 0, sizeof info);
  if (module != NULL)
    query = (QueryFunc)(void (*) (void))GetProcAddress (module, "NtQuerySystemInformation");
  if (query == NULL || query (SystemTimeOfDayInformation, &info, sizeof info, &size) < 0)
    return 0;
  return info.boot_time.QuadPart / 10000000;
}

char *
ttecomm_platform_dup_boot_id (void)
{
  ULONG count = *SHARED_BOOT_ID;
  gint64 time;

  if (count != 0)
    return g_strdup_printf ("windows-%lu", (unsigned long)count);
  time = boot_time ();
  return time > 0 ? g_strdup_printf ("windows-at-%" G_GINT64_FORMAT, time) : NULL;
}

/* GLib's own writer would ask for the console's code page and write to a console that is the
 * host's, or show a box. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      {
        g_autofree gunichar2 *text
            = g_utf8_to_utf16 (fields[i].value, (glong)fields[i].length, NULL, NULL, NULL);

        if (text != NULL)
          OutputDebugStringW ((const wchar_t *)text);
      }
  return G_LOG_WRITER_HANDLED;
}

/* The handle of this module, which stays for as long as the process; NULL when Windows refuses. */
static HMODULE
pin (void)
{
  HMODULE self = NULL;

  return GetModuleHandleExW (GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                             (LPCWSTR)(void *)pin, &self)
             ? self
             : NULL;
}

/* Each copy has a GLib of its own, so types tell nothing; the process has one table of atoms. */
gboolean
ttecomm_platform_is_only_copy (void)
{
  static gboolean own = FALSE; /* [main] only */

  if (!own && FindAtomW (L"TtecommModuleMarker") == 0)
    own = pin () != NULL && AddAtomW (L"TtecommModuleMarker") != 0;
  return own;
}

gboolean
ttecomm_platform_enter (GError **error)
{
  static gboolean entered = FALSE; /* [main] only */
  HMODULE self = NULL;

  if (entered)
    return TRUE;
  self = pin ();
  if (self == NULL)
    {
      g_autofree char *text = g_win32_error_message ((int)GetLastError ());

      g_set_error (error, TTECOMM_PLATFORM_ERROR, TTECOMM_PLATFORM_ERROR_IO,
                   "The module cannot be kept in memory: %s", text);
      return FALSE;
    }
  /* Linked into a program of our own, a test say, GLib is that program's. */
  if (self != GetModuleHandleW (NULL))
    g_log_set_writer_func (write_log, NULL, NULL);
  entered = TRUE;
  return TRUE;
}

void
ttecomm_platform_enter_worker (void)
{
  static gsize loaded = 0;

  if (!g_once_init_enter (&loaded))
    return;
  /* Before any other call of OpenSSL: else its tables go at the end of the process, under a thread
   * that still uses them; and it would read the settings that OPENSSL_CONF names, another
   * program's. */
  OPENSSL_init_crypto (OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
  g_io_openssl_load (NULL);
  g_once_init_leave (&loaded, 1);
}
