/* SPDX-License-Identifier: MIT */
/* What belongs to the whole process stays as the host had it (R13, E3). */
#include <errno.h>
#include <fenv.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

#define N_SIGNALS 65

static void
handle_sigpipe (int number)
{
}

/* Everything that R13 names, and what a host could notice besides. */
typedef struct
{
  char *locale;
  char *folder;
  char **variables;
  void (*handlers[N_SIGNALS]) (int);
  sigset_t blocked;
  mode_t mask;
  int rounding;
} Process;

static void
process_note (Process *self)
{
  self->locale = g_strdup (setlocale (LC_ALL, NULL));
  self->folder = g_get_current_dir ();
  self->variables = g_get_environ ();
  for (int i = 1; i < N_SIGNALS; i++)
    {
      struct sigaction action = { 0 };

      sigaction (i, NULL, &action);
      self->handlers[i] = action.sa_handler;
    }
  g_assert_cmpint (pthread_sigmask (SIG_BLOCK, NULL, &self->blocked), ==, 0);
  self->mask = umask (0);
  umask (self->mask);
  self->rounding = fegetround ();
}

static void
process_clear (Process *self)
{
  g_free (self->locale);
  g_free (self->folder);
  g_strfreev (self->variables);
}

static void
process_compare (const Process *before, const char *when)
{
  Process now = { 0 };

  g_test_message ("after %s", when);
  process_note (&now);
  g_assert_cmpstr (now.locale, ==, before->locale);
  g_assert_cmpstr (now.folder, ==, before->folder);
  g_assert_cmpstrv (now.variables, before->variables);
  for (int i = 1; i < N_SIGNALS; i++)
    if (now.handlers[i] != before->handlers[i])
      g_error ("%s changed what signal %d does", when, i);
  for (int i = 1; i < N_SIGNALS; i++)
    g_assert_cmpint (sigismember (&now.blocked, i), ==, sigismember (&before->blocked, i));
  g_assert_cmpuint (now.mask, ==, before->mask);
  g_assert_cmpint (now.rounding, ==, before->rounding);
  process_clear (&now);
  /* The default context is the host's: nobody else runs it, or has put anything into it. */
  g_assert_true (g_main_context_acquire (NULL));
  g_assert_false (g_main_context_pending (NULL));
  g_main_context_release (NULL);
}

static gboolean
is_asked (RawHost *host, gpointer data)
{
  return silent_server_is_asked (data);
}

/* @sigpipe: what the host has set; the socket class wants to ignore it. */
static void
live (void (*sigpipe) (int))
{
  g_autoptr (SilentServer) server = silent_server_new ();
  g_autoptr (RawHost) host = NULL;
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  Process before = { 0 };
  prosoft_op_t op = 0;
  RawReader reader;

  signal (SIGPIPE, sigpipe);
  g_assert_cmpint (chdir (harness_tmpdir ()), ==, 0);
  process_note (&before);
  host = raw_host_new ();
  process_compare (&before, "load");
  raw_host_declare_sandbox (host, silent_server_get_origin (server), NULL);
  raw_reader_init (&reader, bytes);
  raw_host_start (host);
  process_compare (&before, "init");
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  raw_host_sign_in (host);
  raw_host_wait_page (host, 1, "Villa Picos");
  g_assert_true (raw_host_run_until (host, is_asked, server));
  process_compare (&before, "the network");
  g_assert_cmpint (raw_host_check (host, NULL, &op), ==, PROSOFT_OK);
  g_assert_cmpint (host->operations->cancel (host->plugin, op), ==, PROSOFT_OK);
  raw_host_wait (host, op);
  process_compare (&before, "a check");
  raw_host_stop (host);
  process_compare (&before, "destroy");
  process_clear (&before);
}

static void
test_nothing_changes (void)
{
  live (SIG_DFL);
}

static void
test_a_handler_of_sigpipe_stays (void)
{
  live (handle_sigpipe);
}

static void
test_an_ignored_sigpipe_stays (void)
{
  live (SIG_IGN);
}

/* --- floating point ----------------------------------------------------------------------------
 */

#define TRAPS (FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW)
#define HOSTILE "{\"env\":\"sandbox\",\"keys\":[],\"x\":1e400,\"y\":[1e-400,-1e400,0.1]}"

/* A Pascal host: division by zero and overflow are exceptions there, and every new thread inherits
 * that. FALSE, and the test is skipped, where that cannot be had (valgrind). */
static gboolean
unmask (void)
{
  feclearexcept (FE_ALL_EXCEPT);
  if (feenableexcept (TRAPS) == -1 || fegetexcept () != TRAPS)
    {
      g_test_skip ("floating-point exceptions cannot be unmasked here");
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_refused_trust (RawHost *host, gpointer data)
{
  return raw_host_has_line (host, "WARNING", "ttcloud-trust");
}

/* E3: numbers beyond a double in everything that is parsed; the first exception would be SIGFPE. */
static void
test_hostile_numbers_in_a_pascal_host (void)
{
  g_autoptr (RawHost) host = NULL;
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  prosoft_op_t op = 0;
  RawReader reader;

  if (!unmask ())
    return;
  host = raw_host_new ();
  g_hash_table_insert (host->values, g_strdup (PROSOFT_ENV_TTCLOUD_TRUST), g_strdup (HOSTILE));
  g_hash_table_insert (host->values, g_strdup (PROSOFT_ENV_CLOCK_OFFSET), g_strdup ("1e400"));
  raw_reader_init (&reader, bytes);
  raw_host_start (host);
  g_assert_cmpint (fegetexcept (), ==, TRAPS);
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  raw_host_wait_page (host, 1, "Villa Picos");
  g_assert_true (raw_host_run_until (host, has_refused_trust, NULL));
  g_assert_cmpint (raw_host_invoke (host, 1, "session.check", "{\"a\":1e400}", &op, NULL), ==,
                   PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (host, op)->result, ==, PROSOFT_E_INVALID);
  g_assert_cmpint (fegetexcept (), ==, TRAPS);
  raw_host_stop (host);
  g_assert_cmpint (fegetexcept (), ==, TRAPS);
  fedisableexcept (TRAPS);
}

/* --- what is used up ---------------------------------------------------------------------------
 */

static guint
count_files (void)
{
  g_autoptr (GDir) files = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files) != NULL)
    n++;
  return n;
}

static void
live_shortly (SilentServer *server)
{
  g_autoptr (RawHost) host = raw_host_new ();

  raw_host_declare_sandbox (host, silent_server_get_origin (server), NULL);
  raw_host_start (host);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  raw_host_sign_in (host);
  g_assert_true (raw_host_run_until (host, is_asked, server));
  raw_host_wait_page (host, 1, "ines.claes@example.com");
}

/* Sockets, pipes and locks of an instance go with it. The libraries open some of their own now and
 * then and keep them; that is less than one each time. */
static void
test_files_are_closed (void)
{
  g_autoptr (SilentServer) server = silent_server_new ();
  guint before;

  live_shortly (server);
  before = count_files ();
  for (guint i = 0; i < 12; i++)
    live_shortly (server);
  g_assert_cmpuint (count_files (), <, before + 12);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "module-process", "nothing-changes", test_nothing_changes);
  harness_add (harness, "module-process", "a-handler-of-sigpipe-stays",
               test_a_handler_of_sigpipe_stays);
  harness_add (harness, "module-process", "an-ignored-sigpipe-stays",
               test_an_ignored_sigpipe_stays);
  harness_add (harness, "module-process", "hostile-numbers-in-a-pascal-host",
               test_hostile_numbers_in_a_pascal_host);
  harness_add (harness, "module-process", "files-are-closed", test_files_are_closed);
}

HARNESS_MAIN (register_tests)
