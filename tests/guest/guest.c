/* SPDX-License-Identifier: MIT */
/*
 * How the module lives in a process that is not its own: one life a command, each in a process of
 * its own, started by guest.py. The last line it writes is "ok" or "FAIL: why"; the exit status is
 * 0 or 1.
 */
#include "tests/guest/guest-host.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tlhelp32.h>
#include <wchar.h>

#define WAIT_MS 20000
#define EXIT_STATUS 7

static GuestHost host;
static FILE *report;

static int
say (int status, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (status != 0)
    fputs ("FAIL: ", report);
  vfprintf (report, format, arguments);
  fputc ('\n', report);
  fflush (report);
  va_end (arguments);
  return status;
}

static unsigned
count_threads (void)
{
  THREADENTRY32 entry = { .dwSize = sizeof entry };
  HANDLE all = CreateToolhelp32Snapshot (TH32CS_SNAPTHREAD, 0);
  unsigned n = 0;

  for (BOOL more = Thread32First (all, &entry); more; more = Thread32Next (all, &entry))
    n += entry.th32OwnerProcessID == GetCurrentProcessId ();
  CloseHandle (all);
  return n;
}

/* Whether the module is mapped. */
static bool
is_there (const wchar_t *path)
{
  const wchar_t *name = wcsrchr (path, L'\\');

  return GetModuleHandleW (name != NULL ? name + 1 : path) != NULL;
}

/* What a scan for plug-ins does: loaded, asked who it is, let go. Nothing of it stays, neither its
 * handler of exceptions. */
static int
scan (wchar_t **words)
{
  unsigned before = count_threads ();

  for (int i = 0; i < 20; i++)
    {
      const prosoft_entry_t *entry = NULL;
      const prosoft_plugin_factory_t *factory;
      char reason[256];
      HMODULE module = guest_load (words[0], &entry, reason);

      if (module == NULL)
        return say (1, "round %d: %s", i, reason);
      if (count_threads () != before)
        return say (1, "round %d: a thread was started while Windows loads", i);
      entry->init (guest_utf8 (words[0]), NULL);
      factory = entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
      if (factory == NULL
          || strcmp (factory->descriptor (factory, 0)->id, "be.teletask.ttecomm") != 0)
        return say (1, "round %d: it does not say who it is", i);
      entry->deinit ();
      if (!FreeLibrary (module) || is_there (words[0]))
        return say (1, "round %d: it stays mapped", i);
      /* Windows raises an exception for it: a handler that was left behind would be called. */
      OutputDebugStringA ("a host goes on\n");
    }
  return say (0, "ok");
}

static const char *
start (const wchar_t *path, const wchar_t *folder, HMODULE *module, const prosoft_entry_t **entry)
{
  static char reason[256];

  *module = guest_load (path, entry, reason);
  if (*module == NULL)
    return reason;
  if ((*entry)->init (guest_utf8 (path), NULL) < 0)
    return "entry.init() failed";
  return guest_start (&host, *entry, folder);
}

/* Asks TTcloud where one signs in, which takes TLS, and does not sign in. */
static const char *
sign_in_halfway (void)
{
  static char why[600];
  prosoft_op_t op;

  if (!guest_await (&host, "\"sign-in\"", WAIT_MS))
    return "the page offers no sign-in";
  op = guest_invoke (&host, "sign-in");
  if (op == 0)
    return "sign-in is refused";
  for (int i = 0; i < WAIT_MS / 20 && host.n_opened == 0; i++)
    guest_pump (&host, 20, op);
  snprintf (why, sizeof why, "the browser was called %u times; sign-in ended with %d: %s",
            host.n_opened, (int)host.result, host.message);
  return host.n_opened == 1 ? NULL : why;
}

/* Loaded, used and let go, again and again: it stays mapped, since its libraries' threads stay. */
static int
live (wchar_t **words)
{
  for (int i = 0; i < 20; i++)
    {
      const prosoft_entry_t *entry = NULL;
      HMODULE module = NULL;
      const char *why = start (words[0], words[1], &module, &entry);

      if (why == NULL)
        why = sign_in_halfway ();
      if (why != NULL)
        return say (1, "round %d: %s", i, why);
      guest_stop (&host);
      entry->deinit ();
      FreeLibrary (module);
      if (!is_there (words[0]))
        return say (1, "round %d: it was unmapped under its threads", i);
    }
  /* Threads that waited for work end meanwhile, in code that must still be there. */
  Sleep (1000);
  return host.n_wrong == 0 ? say (0, "ok") : say (1, "%ld calls broke a rule", host.n_wrong);
}

/* The host ends without a word, in the middle of whatever goes on. */
static int
leave (wchar_t **words)
{
  const prosoft_entry_t *entry = NULL;
  HMODULE module = NULL;
  const char *why = start (words[0], words[1], &module, &entry);

  if (why != NULL || !guest_await (&host, "\"sign-in\"", WAIT_MS)
      || guest_invoke (&host, "sign-in") == 0)
    return say (1, "%s", why != NULL ? why : "sign-in is refused");
  guest_pump (&host, (DWORD)_wtoi (words[2]), 0);
  /* By the C library, or past it. */
  if (_wtoi (words[2]) % 2 != 0)
    return EXIT_STATUS;
  ExitProcess (EXIT_STATUS);
}

/* What lies beside the host as a module of GIO is not ours, and stays out. */
static int
planted (wchar_t **words)
{
  const prosoft_entry_t *entry = NULL;
  HMODULE module = NULL;
  const char *why = start (words[0], words[1], &module, &entry);

  if (why == NULL)
    why = sign_in_halfway ();
  if (why != NULL)
    return say (1, "%s", why);
  if (GetModuleHandleW (L"planted.dll") != NULL)
    return say (1, "planted.dll was loaded");
  guest_stop (&host);
  /* It could have been. */
  return LoadLibraryW (words[2]) != NULL ? say (0, "ok") : say (1, "planted.dll cannot be loaded");
}

static DWORD WINAPI
call_from_elsewhere (void *data)
{
  host.plugin->on_main_thread (host.plugin);
  return host.plugin->get_extension (host.plugin, PROSOFT_EXT_PAGES) != NULL;
}

static bool
call_from_threads (int n)
{
  for (int i = 0; i < n; i++)
    {
      DWORD served = 1;
      HANDLE thread = CreateThread (NULL, 0, call_from_elsewhere, NULL, 0, NULL);

      WaitForSingleObject (thread, INFINITE);
      GetExitCodeThread (thread, &served);
      CloseHandle (thread);
      if (served != 0)
        return false;
    }
  return true;
}

static long
count_blocks (void)
{
  _HEAPINFO info = { 0 };
  long n = 0;

  while (_heapwalk (&info) == _HEAPOK)
    n += info._useflag == _USEDENTRY;
  return n;
}

/* Threads of the host that call in are told off, and leave nothing behind when they end. */
static int
threads (wchar_t **words)
{
  const prosoft_entry_t *entry = NULL;
  HMODULE module = NULL;
  const char *why = start (words[0], words[1], &module, &entry);
  long before, grown;

  if (why != NULL || !guest_await (&host, "\"sign-in\"", WAIT_MS))
    return say (1, "%s", why != NULL ? why : "no page");
  if (!call_from_threads (50))
    return say (1, "another thread was served");
  before = count_blocks ();
  if (!call_from_threads (400))
    return say (1, "another thread was served");
  grown = count_blocks () - before;
  if (host.n_blamed != 900)
    return say (1, "the log blames the host %ld times, not 900", host.n_blamed);
  guest_stop (&host);
  return grown < 100 ? say (0, "ok (%ld blocks more)", grown)
                     : say (1, "400 threads left %ld blocks of memory", grown);
}

/* A second copy, from another folder, is no second module. */
static int
twice (wchar_t **words)
{
  const prosoft_entry_t *first = NULL, *second = NULL;
  HMODULE module = NULL;
  GuestHost *other = calloc (1, sizeof *other);
  const char *why = start (words[0], words[1], &module, &first);
  char reason[256];

  if (why != NULL)
    return say (1, "%s", why);
  if (guest_load (words[2], &second, reason) == NULL)
    return say (1, "the second: %s", reason);
  if (second == first)
    return say (1, "Windows took the second for the first");
  why = guest_start (other, second, words[1]);
  if (why == NULL || strstr (why, "restart PROSOFT") == NULL)
    return say (1, "the second answers: %s", why != NULL ? why : "here I am");
  guest_stop (&host);
  /* Nor when the first one has no instance any more: it stays mapped. */
  why = guest_start (other, second, words[1]);
  if (why == NULL)
    return say (1, "the second takes over");
  why = guest_start (&host, first, words[1]);
  if (why != NULL)
    return say (1, "the first does not come back: %s", why);
  guest_stop (&host);
  return say (0, "ok");
}

/* Floating-point exceptions unmasked, as Delphi runs, both units. */
#define DELPHI_X87 0x1332u
#define DELPHI_SSE 0x1900u

static void
set_floating (unsigned short x87, unsigned sse)
{
  __asm__ volatile("fnclex; fldcw %0" : : "m"(x87));
  __builtin_ia32_ldmxcsr (sse);
}

static bool
is_floating (unsigned short x87, unsigned sse)
{
  unsigned short now = 0;

  __asm__ volatile("fnstcw %0" : "=m"(now));
  return (now & 0x1f3fu) == (x87 & 0x1f3fu) && (__builtin_ia32_stmxcsr () & 0xffc0u) == sse;
}

static int
floating (wchar_t **words)
{
  const prosoft_entry_t *entry = NULL;
  HMODULE module = NULL;
  const char *why;

  set_floating (DELPHI_X87, DELPHI_SSE);
  why = start (words[0], words[1], &module, &entry);
  if (why == NULL)
    why = sign_in_halfway ();
  if (why == NULL && !is_floating (DELPHI_X87, DELPHI_SSE))
    why = "the control words were changed";
  if (why != NULL)
    return say (1, "%s", why);
  guest_stop (&host);
  return is_floating (DELPHI_X87, DELPHI_SSE) ? say (0, "ok")
                                              : say (1, "destroy() changed the control words");
}

/* One life, whatever surrounds it: a console or none, a language or none, folders of any name. */
static int
once (wchar_t **words)
{
  const prosoft_entry_t *entry = NULL;
  HMODULE module = NULL;
  const char *why = start (words[0], words[1], &module, &entry);

  if (why == NULL)
    why = sign_in_halfway ();
  if (why != NULL)
    return say (1, "%s", why);
  guest_stop (&host);
  return host.n_wrong == 0 ? say (0, "ok") : say (1, "%ld calls broke a rule", host.n_wrong);
}

static const struct
{
  const wchar_t *name;
  int n_words;
  int (*run) (wchar_t **words);
} commands[] = {
  { L"scan", 1, scan },         { L"live", 2, live },       { L"leave", 3, leave },
  { L"planted", 3, planted },   { L"threads", 2, threads }, { L"twice", 3, twice },
  { L"floating", 2, floating }, { L"once", 2, once },
};

int wmain (int argc, wchar_t **argv);

int
wmain (int argc, wchar_t **argv)
{
  /* No box for a person to close when something crashes. */
  SetErrorMode (SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
  if (argc < 3)
    return 2;
  report = _wfopen (argv[1], L"w");
  for (size_t i = 0; report != NULL && i < sizeof commands / sizeof commands[0]; i++)
    if (wcscmp (commands[i].name, argv[2]) == 0 && argc == 3 + commands[i].n_words)
      return commands[i].run (argv + 3);
  return 2;
}
