/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "tests/check/platform.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#ifdef __SSE__
#include <xmmintrin.h>
#endif
#include <ftw.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define N_SIGNALS 65

extern char **environ;

static void
must (bool holds, const char *what)
{
  if (holds)
    return;
  perror (what);
  platform_quit (70);
}

static int64_t
clock_us (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t
platform_now_us (void)
{
  return clock_us (CLOCK_MONOTONIC);
}

int64_t
platform_thread_cpu_us (void)
{
  return clock_us (CLOCK_THREAD_CPUTIME_ID);
}

void
platform_sleep_ms (int ms)
{
  struct timespec left = { ms / 1000, (long)(ms % 1000) * 1000000 };

  while (nanosleep (&left, &left) != 0 && errno == EINTR)
    ;
}

/* --- modules --------------------------------------------------------------------------------- */

void *
platform_module_open (const char *path, const char **why)
{
  void *module = dlopen (path, RTLD_NOW | RTLD_LOCAL);

  *why = module == NULL ? dlerror () : NULL;
  return module;
}

void *
platform_module_symbol (void *module, const char *name)
{
  return dlsym (module, name);
}

void
platform_module_close (void *module)
{
  dlclose (module);
}

bool
platform_module_is_loaded (const char *path)
{
  void *module = dlopen (path, RTLD_NOW | RTLD_NOLOAD);

  if (module != NULL)
    dlclose (module);
  return module != NULL;
}

/* --- memory ---------------------------------------------------------------------------------- */

size_t
platform_page_size (void)
{
  return (size_t)sysconf (_SC_PAGESIZE);
}

char *
platform_pages_new (size_t size, size_t *whole)
{
  size_t page = platform_page_size ();
  char *pages;

  *whole = (size + page - 1) / page * page;
  pages = mmap (NULL, *whole + page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must (pages != MAP_FAILED, "memory");
  platform_pages_protect (pages, *whole, PLATFORM_ACCESS_WRITE);
  return pages;
}

void
platform_pages_protect (char *pages, size_t whole, PlatformAccess access)
{
  int flags = access == PLATFORM_ACCESS_NONE   ? PROT_NONE
              : access == PLATFORM_ACCESS_READ ? PROT_READ
                                               : PROT_READ | PROT_WRITE;

  if (whole > 0)
    must (mprotect (pages, whole, flags) == 0, "memory protection");
}

void
platform_pages_free (char *pages, size_t whole)
{
  munmap (pages, whole + platform_page_size ());
}

/* --- threads --------------------------------------------------------------------------------- */

struct PlatformThread
{
  pthread_t thread;
  PlatformThreadFunc func;
  void *data;
};

static void *
run_thread (void *data)
{
  PlatformThread *thread = data;

  thread->func (thread->data);
  return NULL;
}

PlatformThread *
platform_thread_new (PlatformThreadFunc func, void *data)
{
  PlatformThread *thread = calloc (1, sizeof *thread);

  must (thread != NULL, "memory");
  thread->func = func;
  thread->data = data;
  must (pthread_create (&thread->thread, NULL, run_thread, thread) == 0, "a thread");
  return thread;
}

void
platform_thread_join (PlatformThread *thread)
{
  pthread_join (thread->thread, NULL);
  free (thread);
}

uintptr_t
platform_thread_id (void)
{
  return (uintptr_t)pthread_self ();
}

int
platform_count_threads (void)
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

/* --- the state of the process ---------------------------------------------------------------- */

struct PlatformState
{
  char *locale;     /* (owned) */
  char *folder;     /* (owned) */
  char **variables; /* (owned) NULL-terminated */
  struct sigaction signals[N_SIGNALS];
  mode_t mask;
  unsigned floating;
};

/* Rounding and exception mask, without the sticky flags that any computation may raise. */
static unsigned
floating_control (void)
{
#if defined(__x86_64__)
  return __builtin_ia32_stmxcsr () & 0xffc0u;
#else
  return (unsigned)fegetround () | (unsigned)fegetexcept () << 16;
#endif
}

static mode_t
file_mask (void)
{
  mode_t mask = umask (077);

  umask (mask);
  return mask;
}

static char **
copy_variables (void)
{
  size_t count = 0;
  char **copy;

  while (environ != NULL && environ[count] != NULL)
    count++;
  copy = calloc (count + 1, sizeof *copy);
  must (copy != NULL, "memory");
  for (size_t i = 0; i < count; i++)
    copy[i] = strdup (environ[i]);
  return copy;
}

PlatformState *
platform_state_new (void)
{
  PlatformState *state = calloc (1, sizeof *state);

  must (state != NULL, "memory");
  state->locale = strdup (setlocale (LC_ALL, NULL));
  state->folder = getcwd (NULL, 0);
  state->variables = copy_variables ();
  for (int number = 1; number < N_SIGNALS; number++)
    sigaction (number, NULL, &state->signals[number]);
  state->mask = file_mask ();
  state->floating = floating_control ();
  return state;
}

void
platform_state_free (PlatformState *state)
{
  free (state->locale);
  free (state->folder);
  for (size_t i = 0; state->variables[i] != NULL; i++)
    free (state->variables[i]);
  free (state->variables);
  free (state);
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

/* The numbers and names of what differs; a variable's value may be a secret. */
static void
compare_lists (const PlatformState *state,
               const PlatformState *now,
               PlatformReport report,
               void *data)
{
  const char *other = first_missing (now->variables, state->variables);
  char text[256];

  if (other == NULL)
    other = first_missing (state->variables, now->variables);
  if (other != NULL)
    {
      snprintf (text, sizeof text, "the environment variable %.*s",
                (int)(strcspn (other, "=") & 127), other);
      report (data, text);
    }
  for (int number = 1; number < N_SIGNALS; number++)
    if (now->signals[number].sa_handler != state->signals[number].sa_handler)
      {
        snprintf (text, sizeof text, "what signal %d (%s) does", number, strsignal (number));
        report (data, text);
      }
}

static bool
same_text (const char *one, const char *other)
{
  return one == other || (one != NULL && other != NULL && strcmp (one, other) == 0);
}

void
platform_state_compare (PlatformState *state, PlatformReport report, void *data)
{
  PlatformState *now = platform_state_new ();
  char text[256];

  if (!same_text (state->locale, now->locale))
    {
      snprintf (text, sizeof text, "the locale, from \"%.80s\" to \"%.80s\"", state->locale,
                now->locale);
      report (data, text);
    }
  if (!same_text (state->folder, now->folder))
    report (data, "the current folder");
  if (state->mask != now->mask)
    report (data, "the mask of new files (umask)");
  if (state->floating != now->floating)
    report (data, "the rounding or the mask of floating-point exceptions");
  compare_lists (state, now, report, data);
  platform_state_free (now);
}

void
platform_unmask_floating (void)
{
  feenableexcept (FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
}

void
platform_mask_floating (void)
{
  fesetenv (FE_DFL_ENV);
}

/* glibc asks the old unit only, and on x86 numbers go through the other. */
int
platform_floating_traps (void)
{
#ifdef __SSE__
  return fegetexcept () | (int)(~_mm_getcsr () & _MM_MASK_MASK);
#else
  return fegetexcept ();
#endif
}

bool
platform_is_terminal (void)
{
  return isatty (STDERR_FILENO) == 1;
}

/* --- files ----------------------------------------------------------------------------------- */

char *
platform_absolute (const char *path)
{
  return realpath (path, NULL);
}

void
platform_ensure_folder (const char *path)
{
  mkdir (path, 0700);
}

char *
platform_make_folder (void)
{
  const char *parent = getenv ("TMPDIR");
  char *path = malloc (PATH_MAX);

  must (path != NULL, "memory");
  snprintf (path, PATH_MAX, "%s/prosoft-check-XXXXXX", parent != NULL ? parent : "/tmp");
  if (mkdtemp (path) != NULL)
    return path;
  free (path);
  return NULL;
}

static int
remove_one (const char *path, const struct stat *status, int kind, struct FTW *where)
{
  return remove (path);
}

void
platform_remove_folder (const char *path)
{
  nftw (path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
