/* SPDX-License-Identifier: MIT */
/* What a host is asked, from one thread and from many. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/check/hostcheck/hostcheck.h"

#define SLOW_US 4000000
#define PATIENCE_US 5000000
#define ROUNDS 50
#define CANARY 0x5a

/* --- extensions ------------------------------------------------------------------------------ */

void
hostcheck_probe_extensions (Hostcheck *self)
{
  static const char *const must[]
      = { PROSOFT_EXT_LOG,        PROSOFT_EXT_THREAD_CHECK, PROSOFT_EXT_ENVIRONMENT,
          PROSOFT_EXT_OPERATIONS, PROSOFT_EXT_PAGES,        PROSOFT_EXT_SESSION_GATE,
          PROSOFT_EXT_OPEN_URI };
  static const char *const unknown[] = { "",
                                         "prosoft.log",
                                         "prosoft.log/10",
                                         "prosoft.log/1 ",
                                         "prosoft.log/2",
                                         "Prosoft.log/1",
                                         "prosoft.pages/1/",
                                         "org.example.nothing/1" };
  const prosoft_host_t *host = self->host;

  for (size_t i = 0; i < sizeof must / sizeof *must; i++)
    {
      const void *table = host->get_extension (host, must[i]);

      hostcheck_expect (self, HOSTCHECK_EXTENSIONS, table != NULL, "the host has no %s", must[i]);
      hostcheck_expect (self, HOSTCHECK_TABLES, table == host->get_extension (host, must[i]),
                        "%s is another table each time", must[i]);
    }
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
    hostcheck_expect (self, HOSTCHECK_IDS, host->get_extension (host, unknown[i]) == NULL,
                      "get_extension (\"%s\") gives a table", unknown[i]);
}

void
hostcheck_probe_tables (Hostcheck *self)
{
  hostcheck_expect (self, HOSTCHECK_TABLES,
                    memcmp (&self->host_copy, self->host, sizeof self->host_copy) == 0,
                    "the host's struct is another one than in init()");
  hostcheck_expect (self, HOSTCHECK_TABLES,
                    self->host->get_extension (self->host, PROSOFT_EXT_PAGES)
                        == (const void *)self->pages,
                    PROSOFT_EXT_PAGES " is another table than in init()");
}

/* --- the environment ------------------------------------------------------------------------- */

static bool
all_canary (const char *bytes, size_t size)
{
  for (size_t i = 0; i < size; i++)
    if (bytes[i] != CANARY)
      return false;
  return true;
}

static void
probe_value (Hostcheck *self, const char *key)
{
  const prosoft_host_environment_t *table = self->environment;
  int32_t needed = table->get (self->host, key, NULL, 0), again;
  char *buffer;

  if (needed <= 0)
    {
      hostcheck_expect (self, HOSTCHECK_BUFFERS, needed == 0, "get (\"%s\") returns %d", key,
                        (int)needed);
      return;
    }
  buffer = malloc ((size_t)needed + 16);
  if (buffer == NULL)
    return;
  memset (buffer, CANARY, (size_t)needed + 16);
  again = table->get (self->host, key, buffer, needed - 1);
  hostcheck_expect (self, HOSTCHECK_BUFFERS,
                    again == needed && all_canary (buffer, (size_t)needed + 16),
                    "get (\"%s\") with one byte too few writes, or returns another size", key);
  memset (buffer, CANARY, (size_t)needed + 16);
  again = table->get (self->host, key, buffer, needed);
  hostcheck_expect (self, HOSTCHECK_BUFFERS,
                    again == needed && memchr (buffer, '\0', (size_t)needed) == buffer + needed - 1
                        && all_canary (buffer + needed, 16),
                    "get (\"%s\") with an exact buffer is not the %d bytes it said", key,
                    (int)needed);
  buffer[needed] = '\0';
  hostcheck_text (self, key, buffer, false);
  free (buffer);
}

static void
note_path (Hostcheck *self)
{
  char folder[900];
  int32_t needed = self->environment->get (self->host, PROSOFT_ENV_DATA_DIR, folder, sizeof folder);

  if (needed <= 0 || needed > (int32_t)sizeof folder)
    return;
  platform_ensure_folder (folder);
  snprintf (self->path, sizeof self->path, "%s/" HOSTCHECK_FILE, folder);
}

void
hostcheck_probe_environment (Hostcheck *self)
{
  static const char *const keys[]
      = { PROSOFT_ENV_LOCALE,      PROSOFT_ENV_THEME,       PROSOFT_ENV_DATA_DIR,
          PROSOFT_ENV_CACHE_DIR,   PROSOFT_ENV_PROXY,       PROSOFT_ENV_PROSOFT_VERSION,
          PROSOFT_ENV_TTCLOUD_URL, PROSOFT_ENV_TTECOMM_URL, PROSOFT_ENV_TTCLOUD_TRUST,
          PROSOFT_ENV_TTCLOUD_CA };

  if (self->environment == NULL)
    return;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    probe_value (self, keys[i]);
  hostcheck_expect (self, HOSTCHECK_BUFFERS,
                    self->environment->get (self->host, "no-such-key", NULL, 0) == 0,
                    "get (\"no-such-key\") is not 0");
  note_path (self);
}

void
hostcheck_probe_addresses (Hostcheck *self)
{
  static const char *const addresses[] = { "http://example.org/",
                                           "file:///etc/passwd",
                                           "javascript:alert(1)",
                                           "",
                                           "example.org",
                                           "http://127.0.0.1.example.org/",
                                           "http://user@127.0.0.1/",
                                           "ftp://example.org/" };

  if (self->open_uri == NULL)
    return;
  for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
    {
      prosoft_result_t result = self->open_uri->open (self->host, addresses[i]);

      hostcheck_expect (self, HOSTCHECK_ADDRESSES, result == PROSOFT_E_INVALID,
                        "open_uri (\"%s\") returns %d", addresses[i], (int)result);
    }
}

/* --- readers --------------------------------------------------------------------------------- */

void
hostcheck_probe_reader (Hostcheck *self, const prosoft_reader_t *reader)
{
  int64_t size = reader->size (reader), got;
  char bytes[64];

  hostcheck_expect (self, HOSTCHECK_READER, size == reader->size (reader),
                    "a reader has another size each time");
  if (size < 0)
    return;
  memset (bytes, CANARY, sizeof bytes);
  got = reader->read (reader, 0, bytes, 16);
  hostcheck_expect (self, HOSTCHECK_READER,
                    got <= 16 && (got > 0) == (size > 0) && all_canary (bytes + 16, 48),
                    "read (0, 16) of %lld bytes gives %lld, or writes more than 16",
                    (long long)size, (long long)got);
  got = reader->read (reader, size, bytes, 16);
  hostcheck_expect (self, HOSTCHECK_READER, got == 0, "read at the end gives %lld, not 0",
                    (long long)got);
}

/* --- threads --------------------------------------------------------------------------------- */

static void
work (void *data)
{
  HostcheckJob *job = data;
  Hostcheck *self = job->self;
  int64_t longest = 0;
  int traps;

  /* As R13 has it: a thread inherits the traps of the one that makes it. */
  platform_mask_floating ();
  traps = platform_floating_traps ();
  for (int i = 0; i < ROUNDS; i++)
    {
      int64_t before = platform_now_us (), took;

      if (self->log != NULL)
        self->log->log (self->host, PROSOFT_LOG_DEBUG, "hostcheck", "from a thread");
      self->host->request_callback (self->host);
      if (self->host->get_extension (self->host, PROSOFT_EXT_LOG) != (const void *)self->log)
        hostcheck_find (self, HOSTCHECK_ANY, "get_extension() gives something else on a thread");
      if (self->thread_check != NULL)
        hostcheck_expect (self, HOSTCHECK_IS_MAIN,
                          self->thread_check->is_main_thread (self->host) == 0,
                          "is_main_thread() is not 0 on another thread");
      took = platform_now_us () - before;
      longest = took > longest ? took : longest;
    }
  hostcheck_seen (self, HOSTCHECK_ANY);
  hostcheck_expect (self, HOSTCHECK_FLOATING, platform_floating_traps () == traps,
                    "a function of the host turned floating-point traps on or off in a thread of "
                    "the plug-in");
  hostcheck_expect (self, HOSTCHECK_LOCK, longest < SLOW_US,
                    "log() and request_callback() took %lld ms on another thread",
                    (long long)longest / 1000);
  atomic_fetch_sub (&job->left, 1);
}

/* [main] is inside a call of the host's all the while: whoever waits for it waits in vain. */
void
hostcheck_probe_threads (Hostcheck *self)
{
  PlatformThread *threads[HOSTCHECK_THREADS];
  HostcheckJob *job = self->stuck == NULL ? malloc (sizeof *job) : NULL;
  int64_t deadline = platform_now_us () + PATIENCE_US;

  if (job == NULL)
    return;
  job->self = self;
  atomic_init (&job->left, HOSTCHECK_THREADS);
  for (int i = 0; i < HOSTCHECK_THREADS; i++)
    threads[i] = platform_thread_new (work, job);
  while (atomic_load (&job->left) > 0 && platform_now_us () < deadline)
    platform_sleep_ms (1);
  if (atomic_load (&job->left) > 0)
    {
      hostcheck_find (self, HOSTCHECK_LOCK,
                      "log() or request_callback() waits while the plug-in is being called: the "
                      "host holds a lock");
      self->stuck = job;
      return;
    }
  for (int i = 0; i < HOSTCHECK_THREADS; i++)
    platform_thread_join (threads[i]);
  free (job);
}
