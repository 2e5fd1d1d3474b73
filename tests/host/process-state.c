/* SPDX-License-Identifier: MIT */
#include "tests/host/process-state.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fenv.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

#define MAX_SIGNALS 65
#define MAX_CONTEXT_FDS 16

/* GPollFD; this library does not include GLib. */
typedef struct ContextFd
{
  int fd;
  unsigned short events;
  unsigned short revents;
} ContextFd;

typedef struct ContextUse
{
  bool known;
  bool owned; /* by another thread */
  int n_fds;
  bool timed; /* a time-out or idle source is attached */
} ContextUse;

struct HostProcessState
{
  char *locale;     /* (owned) */
  char *folder;     /* (owned) */
  char **variables; /* (owned) NULL-terminated */
  struct sigaction signals[MAX_SIGNALS];
  unsigned floating;
  ContextUse context;
};

static char *
current_folder (void)
{
  char *folder = getcwd (NULL, 0);

  return folder != NULL ? folder : host_strdup ("(gone)");
}

static char **
copy_variables (void)
{
  size_t count = 0;
  char **copy;

  while (environ != NULL && environ[count] != NULL)
    count++;
  copy = host_alloc ((count + 1) * sizeof *copy);
  for (size_t i = 0; i < count; i++)
    copy[i] = host_strdup (environ[i]);
  return copy;
}

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

#define SA_RESTORER_FLAG 0x04000000

static void
note_signals (struct sigaction *signals)
{
  memset (signals, 0, sizeof *signals * MAX_SIGNALS);
  for (int number = 1; number < MAX_SIGNALS; number++)
    {
      sigaction (number, NULL, &signals[number]);
      /* The C library's own, set by whoever puts a disposition back; it changes nothing. */
      signals[number].sa_flags &= ~SA_RESTORER_FLAG;
    }
}

HostProcessState *
host_process_state_new (void)
{
  HostProcessState *state = host_alloc (sizeof *state);

  state->locale = host_strdup (setlocale (LC_ALL, NULL));
  state->folder = current_folder ();
  state->variables = copy_variables ();
  note_signals (state->signals);
  state->floating = floating_control ();
  return state;
}

void
host_process_state_free (HostProcessState *state)
{
  free (state->locale);
  free (state->folder);
  free_variables (state->variables);
  free (state);
}

static void
add (HostFindings *findings, HostCheck check, const char *format, ...)
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
  char **now = copy_variables ();
  const char *other = first_missing (now, state->variables);

  if (other == NULL)
    other = first_missing (state->variables, now);
  /* The name only: a value may be a secret. */
  if (other != NULL)
    add (findings, HOST_CHECK_VARIABLES, "%s changed the environment variable %.*s", when,
         (int)strcspn (other, "="), other);
  free_variables (state->variables);
  state->variables = now;
}

static void
compare_signals (HostProcessState *state, const char *when, HostFindings *findings)
{
  struct sigaction now[MAX_SIGNALS];

  note_signals (now);
  for (int number = 1; number < MAX_SIGNALS; number++)
    if (now[number].sa_handler != state->signals[number].sa_handler
        || now[number].sa_flags != state->signals[number].sa_flags)
      add (findings, HOST_CHECK_SIGNALS, "%s changed what signal %d (%s) does", when, number,
           strsignal (number));
  memcpy (state->signals, now, sizeof now);
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
    add (findings, check, "%s changed the %s from \"%s\" to \"%s\"", when, what, *noted, now);
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
                current_folder ());
  compare_variables (state, when, findings);
  compare_signals (state, when, findings);
  if (floating != state->floating)
    add (findings, HOST_CHECK_FLOATING,
         "%s changed the floating-point control word from 0x%08x to 0x%08x", when, state->floating,
         floating);
  state->floating = floating;
}

static void *
symbol (void *module, const char *name)
{
  void *found = dlsym (module, name);

  return found != NULL ? found : dlsym (RTLD_DEFAULT, name);
}

static ContextUse
look_at_context (void *module)
{
  void *(*get) (void);
  int (*acquire) (void *);
  void (*release) (void *);
  int (*prepare) (void *, int *);
  int (*query) (void *, int, int *, ContextFd *, int);
  ContextFd fds[MAX_CONTEXT_FDS];
  ContextUse use = { false, false, 0, false };
  int priority = 0, timeout = -1;
  void *context;

  *(void **)&get = symbol (module, "g_main_context_default");
  *(void **)&acquire = symbol (module, "g_main_context_acquire");
  *(void **)&release = symbol (module, "g_main_context_release");
  *(void **)&prepare = symbol (module, "g_main_context_prepare");
  *(void **)&query = symbol (module, "g_main_context_query");
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
                                  void *module,
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
    add (findings, HOST_CHECK_MAIN_CONTEXT, "%s: another thread runs GLib's default main context",
         when);
  else if (now.n_fds > before.n_fds || (now.timed && !before.timed))
    add (findings, HOST_CHECK_MAIN_CONTEXT,
         "%s: a source was attached to GLib's default main context", when);
}

int
host_count_threads (void)
{
  DIR *tasks = opendir ("/proc/self/task");
  const struct dirent *entry;
  int count = 0;

  if (tasks == NULL)
    return -1;
  while ((entry = readdir (tasks)) != NULL)
    count += entry->d_name[0] != '.';
  closedir (tasks);
  return count;
}
