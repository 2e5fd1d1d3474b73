/* SPDX-License-Identifier: MIT */
#include "tests/host/process-state-private.h"

#include <fenv.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CONTEXT_FDS 16

typedef struct ContextUse
{
  bool known;
  bool owned; /* by another thread */
  int n_fds;
  bool timed; /* a time-out or idle source is attached */
} ContextUse;

struct HostProcessState
{
  char *locale;           /* (owned) */
  char *folder;           /* (owned) */
  char **variables;       /* (owned) NULL-terminated */
  HostHandlers *handlers; /* (owned) */
  unsigned floating;
  ContextUse context;
};

static void
free_variables (char **variables)
{
  for (size_t i = 0; variables[i] != NULL; i++)
    free (variables[i]);
  free (variables);
}

/* Rounding and exception mask, without the sticky flags that any computation may raise. */
static unsigned
floating_control (void)
{
#if defined(__x86_64__) || defined(__i386__)
  unsigned short x87 = 0;

  __asm__ volatile("fnstcw %0" : "=m"(x87));
#if defined(__SSE__)
  return (unsigned)x87 << 16 | (__builtin_ia32_stmxcsr () & 0xffc0u);
#else
  return x87;
#endif
#else
  return (unsigned)fegetround ();
#endif
}

HostProcessState *
host_process_state_new (void)
{
  HostProcessState *state = host_alloc (sizeof *state);

  state->locale = host_strdup (setlocale (LC_ALL, NULL));
  state->folder = host_process_current_folder ();
  state->variables = host_process_variables ();
  state->handlers = host_handlers_new ();
  state->floating = floating_control ();
  return state;
}

void
host_process_state_free (HostProcessState *state)
{
  free (state->locale);
  free (state->folder);
  free_variables (state->variables);
  host_handlers_free (state->handlers);
  free (state);
}

void
host_process_add (HostFindings *findings, HostCheck check, const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = host_format_va (format, arguments);
  va_end (arguments);
  host_findings_add (findings, check, false, text);
  free (text);
}

/* The first entry of `list` that is not in `other`. */
static const char *
first_missing (char *const *list, char *const *other)
{
  for (size_t i = 0; list[i] != NULL; i++)
    {
      bool found = false;

      for (size_t j = 0; !found && other[j] != NULL; j++)
        found = strcmp (list[i], other[j]) == 0;
      if (!found)
        return list[i];
    }
  return NULL;
}

static void
compare_variables (HostProcessState *state, const char *when, HostFindings *findings)
{
  char **now = host_process_variables ();
  const char *other = first_missing (now, state->variables);

  if (other == NULL)
    other = first_missing (state->variables, now);
  /* The name only: a value may be a secret. */
  if (other != NULL)
    host_process_add (findings, HOST_CHECK_VARIABLES, "%s changed the environment variable %.*s",
                      when, (int)strcspn (other, "="), other);
  free_variables (state->variables);
  state->variables = now;
}

static void
compare_text (HostFindings *findings,
              HostCheck check,
              const char *what,
              const char *when,
              char **noted,
              char *now)
{
  if (strcmp (*noted, now) != 0)
    host_process_add (findings, check, "%s changed the %s from \"%s\" to \"%s\"", when, what,
                      *noted, now);
  free (*noted);
  *noted = now;
}

void
host_process_state_compare (HostProcessState *state, const char *when, HostFindings *findings)
{
  unsigned floating = floating_control ();

  compare_text (findings, HOST_CHECK_LOCALE, "locale", when, &state->locale,
                host_strdup (setlocale (LC_ALL, NULL)));
  compare_text (findings, HOST_CHECK_FOLDER, "current folder", when, &state->folder,
                host_process_current_folder ());
  compare_variables (state, when, findings);
  host_handlers_compare (state->handlers, when, findings);
  if (floating != state->floating)
    host_process_add (findings, HOST_CHECK_FLOATING,
                      "%s changed the floating-point control word from 0x%08x to 0x%08x", when,
                      state->floating, floating);
  state->floating = floating;
}

static ContextUse
look_at_context (HostLibrary *module)
{
  void *(*get) (void);
  int (*acquire) (void *);
  void (*release) (void *);
  int (*prepare) (void *, int *);
  int (*query) (void *, int, int *, void *, int);
  /* Room for a GPollFD of any system; this library does not include GLib, and only counts them. */
  int64_t fds[2 * MAX_CONTEXT_FDS];
  ContextUse use = { false, false, 0, false };
  int priority = 0, timeout = -1;
  void *context;

  *(void **)&get = host_library_find_anywhere (module, "g_main_context_default");
  *(void **)&acquire = host_library_find_anywhere (module, "g_main_context_acquire");
  *(void **)&release = host_library_find_anywhere (module, "g_main_context_release");
  *(void **)&prepare = host_library_find_anywhere (module, "g_main_context_prepare");
  *(void **)&query = host_library_find_anywhere (module, "g_main_context_query");
  if (get == NULL || acquire == NULL || release == NULL || prepare == NULL || query == NULL)
    return use;

  use.known = true;
  context = get ();
  use.owned = !acquire (context);
  if (use.owned)
    return use;
  use.timed = prepare (context, &priority) != 0;
  use.n_fds = query (context, 0x7fffffff, &timeout, fds, MAX_CONTEXT_FDS);
  use.timed = use.timed || timeout >= 0;
  release (context);
  return use;
}

void
host_process_state_check_context (HostProcessState *state,
                                  HostLibrary *module,
                                  const char *when,
                                  HostFindings *findings)
{
  ContextUse before = state->context, now = look_at_context (module);

  if (now.owned)
    now = (ContextUse){ now.known, true, before.n_fds, before.timed };
  state->context = now;
  if (!now.known || !before.known)
    return;
  if (now.owned && !before.owned)
    host_process_add (findings, HOST_CHECK_MAIN_CONTEXT,
                      "%s: another thread runs GLib's default main context", when);
  else if (now.n_fds > before.n_fds || (now.timed && !before.timed))
    host_process_add (findings, HOST_CHECK_MAIN_CONTEXT,
                      "%s: a source was attached to GLib's default main context", when);
}
