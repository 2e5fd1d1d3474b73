/* SPDX-License-Identifier: MIT */
/*
 * Loads one module, starts it, shows its page, and prints one number a line: nanoseconds of dlopen,
 * create and init; threads that were there before init; bytes resident, and those of them that are
 * of no file. It is linked with nothing, so that every library a module needs is loaded here and
 * now.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/prosoft/prosoft.h"

#define ID "be.teletask.ttecomm"
#define QUIET_NS 40000000L
#define SECOND_NS 1000000000L

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t woken = PTHREAD_COND_INITIALIZER;
static int wanted;

static void
fail (const char *what)
{
  fprintf (stderr, "bench: %s\n", what);
  exit (1);
}

static int64_t
now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * (int64_t)SECOND_NS + now.tv_nsec;
}

static int32_t
get_nothing (const prosoft_host_t *host, const char *key, char *buffer, int32_t capacity)
{
  return 0;
}

static int32_t
is_main_thread (const prosoft_host_t *host)
{
  return 1;
}

static void
rescan (const prosoft_host_t *host)
{
}

static void
changed (const prosoft_host_t *host, prosoft_view_t view, int64_t revision)
{
}

static const void *
get_extension (const prosoft_host_t *host, const char *id)
{
  static const prosoft_host_environment_t environment = { get_nothing };
  static const prosoft_host_thread_check_t thread_check = { is_main_thread };
  static const prosoft_host_pages_t pages = { rescan, changed };

  if (strcmp (id, PROSOFT_EXT_ENVIRONMENT) == 0)
    return &environment;
  if (strcmp (id, PROSOFT_EXT_THREAD_CHECK) == 0)
    return &thread_check;
  return strcmp (id, PROSOFT_EXT_PAGES) == 0 ? &pages : NULL;
}

static void
request_callback (const prosoft_host_t *host)
{
  pthread_mutex_lock (&lock);
  wanted = 1;
  pthread_cond_signal (&woken);
  pthread_mutex_unlock (&lock);
}

/* Whether a call was wanted before all was quiet. */
static int
take_wanted (void)
{
  struct timespec until;
  int result;

  clock_gettime (CLOCK_REALTIME, &until);
  until.tv_nsec += QUIET_NS;
  until.tv_sec += until.tv_nsec / SECOND_NS;
  until.tv_nsec %= SECOND_NS;
  pthread_mutex_lock (&lock);
  while (!wanted && pthread_cond_timedwait (&woken, &lock, &until) == 0)
    ;
  result = wanted;
  wanted = 0;
  pthread_mutex_unlock (&lock);
  return result;
}

static int
count_threads (void)
{
  DIR *dir = opendir ("/proc/self/task");
  const struct dirent *entry;
  int n = 0;

  while (dir != NULL && (entry = readdir (dir)) != NULL)
    n += entry->d_name[0] != '.';
  if (dir != NULL)
    closedir (dir);
  return n;
}

static long
get_status (const char *name)
{
  FILE *file = fopen ("/proc/self/status", "r");
  char line[256];
  long kib = -1;

  while (file != NULL && fgets (line, sizeof line, file) != NULL)
    if (strncmp (line, name, strlen (name)) == 0)
      kib = strtol (line + strlen (name), NULL, 10);
  if (file == NULL || kib < 0)
    fail ("/proc/self/status cannot be read");
  fclose (file);
  return kib * 1024;
}

static const prosoft_entry_t *
load (const char *path)
{
  void *module = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  const prosoft_entry_t *entry;

  if (module == NULL)
    fail (dlerror ());
  entry = dlsym (module, PROSOFT_ENTRY_SYMBOL);
  if (entry == NULL || entry->init (path, NULL) != PROSOFT_OK)
    fail ("the module is no plug-in");
  return entry;
}

static const prosoft_plugin_t *
create (const prosoft_entry_t *entry, const prosoft_host_t *host)
{
  const prosoft_plugin_factory_t *factory = entry->get_factory (PROSOFT_PLUGIN_FACTORY_ID);
  const prosoft_plugin_t *plugin = factory->create (factory, host, ID, NULL);

  if (plugin == NULL)
    fail ("the module makes no plug-in");
  return plugin;
}

/* Until nothing happens any more. */
static void
show_page (const prosoft_plugin_t *plugin)
{
  const prosoft_plugin_pages_t *pages = plugin->get_extension (plugin, PROSOFT_EXT_PAGES);

  if (pages == NULL || pages->open (plugin, "subscriptions", 1, NULL) != PROSOFT_OK)
    fail ("the page does not open");
  while (take_wanted ())
    plugin->on_main_thread (plugin);
}

int
main (int argc, char **argv)
{
  static const prosoft_host_t host = { .abi = { PROSOFT_ABI_MAJOR, PROSOFT_ABI_MINOR },
                                       .name = "bench",
                                       .version = "5.1.2.0",
                                       .get_extension = get_extension,
                                       .request_callback = request_callback };
  const prosoft_entry_t *entry;
  const prosoft_plugin_t *plugin;
  int64_t begin, loaded, created, ready;
  int threads;

  if (argc != 2)
    return 2;
  begin = now_ns ();
  entry = load (argv[1]);
  loaded = now_ns ();
  plugin = create (entry, &host);
  created = now_ns ();
  threads = count_threads ();
  ready = now_ns ();
  if (plugin->init (plugin, NULL) != PROSOFT_OK)
    fail ("init fails");
  printf ("%lld\n%lld\n", (long long)(loaded - begin), (long long)(created - loaded));
  printf ("%lld\n%d\n", (long long)(now_ns () - ready), threads - 1);
  show_page (plugin);
  printf ("%ld\n%ld\n", get_status ("VmRSS:"), get_status ("RssAnon:"));
  plugin->destroy (plugin);
  entry->deinit ();
  return 0;
}
