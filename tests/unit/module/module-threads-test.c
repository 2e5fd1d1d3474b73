/* SPDX-License-Identifier: MIT */
/* Which thread may call what, and that nothing waits (R4, R5, R6). */
#include <string.h>

#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

/* --- another thread than init()'s --------------------------------------------------------------
 */

/* Functions without a result code answer WRONG_THREAD here when they did nothing that shows. */
typedef struct
{
  const char *name;
  prosoft_result_t (*call) (RawHost *host, prosoft_error_t *error);
  gboolean has_error; /* the function fills in an error */
} Function;

static prosoft_result_t
nothing_if (gboolean nothing)
{
  return nothing ? PROSOFT_E_WRONG_THREAD : PROSOFT_OK;
}

static prosoft_result_t
call_init (RawHost *host, prosoft_error_t *error)
{
  return nothing_if (host->plugin->init (host->plugin, error) < 0);
}

static prosoft_result_t
call_destroy (RawHost *host, prosoft_error_t *error)
{
  host->plugin->destroy (host->plugin);
  return PROSOFT_E_WRONG_THREAD;
}

static prosoft_result_t
call_get_extension (RawHost *host, prosoft_error_t *error)
{
  return nothing_if (host->plugin->get_extension (host->plugin, PROSOFT_EXT_PAGES) == NULL);
}

static prosoft_result_t
call_on_main_thread (RawHost *host, prosoft_error_t *error)
{
  host->plugin->on_main_thread (host->plugin);
  return PROSOFT_E_WRONG_THREAD;
}

static prosoft_result_t
call_environment_changed (RawHost *host, prosoft_error_t *error)
{
  host->environment->changed (host->plugin, PROSOFT_ENV_LOCALE);
  return PROSOFT_E_WRONG_THREAD;
}

static prosoft_result_t
call_cancel (RawHost *host, prosoft_error_t *error)
{
  return host->operations->cancel (host->plugin, 1);
}

static prosoft_result_t
call_opened (RawHost *host, prosoft_error_t *error)
{
  prosoft_project_info_t info = { .struct_size = sizeof info, .id = "q" };
  RawReader reader = { 0 };

  return host->project->opened (host->plugin, &info, &reader.reader, error);
}

static prosoft_result_t
call_project_changed (RawHost *host, prosoft_error_t *error)
{
  prosoft_project_info_t info = { .struct_size = sizeof info, .id = "p" };
  RawReader reader = { 0 };

  return host->project->changed (host->plugin, &info, &reader.reader);
}

static prosoft_result_t
call_closed (RawHost *host, prosoft_error_t *error)
{
  host->project->closed (host->plugin, "p");
  return PROSOFT_E_WRONG_THREAD;
}

static prosoft_result_t
call_count (RawHost *host, prosoft_error_t *error)
{
  return nothing_if (host->pages->count (host->plugin) == 0);
}

static prosoft_result_t
call_info (RawHost *host, prosoft_error_t *error)
{
  return nothing_if (host->pages->info (host->plugin, 0) == NULL);
}

static prosoft_result_t
call_open (RawHost *host, prosoft_error_t *error)
{
  return host->pages->open (host->plugin, "subscriptions", 2, error);
}

static prosoft_result_t
write_nowhere (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  g_assert_not_reached ();
}

static prosoft_result_t
call_render (RawHost *host, prosoft_error_t *error)
{
  prosoft_writer_t writer = { NULL, write_nowhere };
  int64_t revision;

  return host->pages->render (host->plugin, 1, &writer, &revision);
}

static prosoft_result_t
call_invoke (RawHost *host, prosoft_error_t *error)
{
  prosoft_page_call_t call
      = { .struct_size = sizeof call, .view = 1, .action_id = "session.check" };
  prosoft_op_t op = 0;
  prosoft_result_t result = host->pages->invoke (host->plugin, &call, &op, error);

  g_assert_cmpuint (op, ==, 0);
  return result;
}

static prosoft_result_t
call_activated (RawHost *host, prosoft_error_t *error)
{
  host->pages->activated (host->plugin, 1);
  return PROSOFT_E_WRONG_THREAD;
}

static prosoft_result_t
call_close (RawHost *host, prosoft_error_t *error)
{
  host->pages->close (host->plugin, 1);
  return PROSOFT_E_WRONG_THREAD;
}

static prosoft_result_t
call_check (RawHost *host, prosoft_error_t *error)
{
  prosoft_gate_request_t request
      = { .struct_size = sizeof request, .kind = PROSOFT_SESSION_REMOTE };
  prosoft_op_t op = 0;
  prosoft_result_t result = host->gate->check (host->plugin, &request, 0, &op);

  g_assert_cmpuint (op, ==, 0);
  return result;
}

static prosoft_result_t
call_session_ended (RawHost *host, prosoft_error_t *error)
{
  host->gate->session_ended (host->plugin, 1);
  return PROSOFT_E_WRONG_THREAD;
}

static prosoft_result_t
call_loaded (RawHost *host, prosoft_error_t *error)
{
  host->secrets->loaded (host->plugin, 1, PROSOFT_OK, "{}", 2);
  return PROSOFT_E_WRONG_THREAD;
}

static prosoft_result_t
call_stored (RawHost *host, prosoft_error_t *error)
{
  host->secrets->stored (host->plugin, 1, PROSOFT_OK);
  return PROSOFT_E_WRONG_THREAD;
}

static const Function functions[] = {
  { "destroy", call_destroy, FALSE },
  { "get_extension", call_get_extension, FALSE },
  { "on_main_thread", call_on_main_thread, FALSE },
  { "environment.changed", call_environment_changed, FALSE },
  { "operations.cancel", call_cancel, FALSE },
  { "project.opened", call_opened, TRUE },
  { "project.changed", call_project_changed, FALSE },
  { "project.closed", call_closed, FALSE },
  { "pages.count", call_count, FALSE },
  { "pages.info", call_info, FALSE },
  { "pages.open", call_open, TRUE },
  { "pages.render", call_render, FALSE },
  { "pages.invoke", call_invoke, TRUE },
  { "pages.activated", call_activated, FALSE },
  { "pages.close", call_close, FALSE },
  { "session_gate.check", call_check, FALSE },
  { "session_gate.session_ended", call_session_ended, FALSE },
  { "secrets.loaded", call_loaded, FALSE },
  { "secrets.stored", call_stored, FALSE },
};

typedef struct
{
  RawHost *host;
  const Function *function;
  prosoft_error_t error;
} Elsewhere;

static gpointer
call_elsewhere (gpointer data)
{
  Elsewhere *call = data;

  return GINT_TO_POINTER (call->function->call (call->host, &call->error));
}

/* The project "p" and the view 1 are open before and after: nothing was done. */
static void
test_wrong_thread (gconstpointer data)
{
  const Function *function = data;
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  Elsewhere call = { host, function, { 0 } };
  RawReader reader;

  raw_reader_init (&reader, bytes);
  raw_host_start (host);
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  raw_host_wait_page (host, 1, "Villa Picos");
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (g_thread_new ("rude", call_elsewhere, &call))),
                   ==, PROSOFT_E_WRONG_THREAD);
  if (function->has_error)
    module_assert_error (&call.error, PROSOFT_E_WRONG_THREAD);
  g_assert_true (raw_host_has_line (host, "HOST_MISBEHAVING", function->name));
  g_assert_cmpuint (host->endings->len, ==, 0);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==,
                   PROSOFT_E_INVALID);
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_E_BUSY);
  raw_host_wait_page (host, 1, "Villa Picos");
}

/* init() has no earlier call to compare with, but the host has said which thread is which. */
static void
test_init_off_the_main_thread (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  prosoft_error_t error = { 0 };

  host->denies_main = TRUE;
  host->plugin = host->factory->create (host->factory, &host->table, "be.teletask.ttecomm", NULL);
  g_assert_nonnull (host->plugin);
  g_assert_cmpint (host->plugin->init (host->plugin, &error), ==, PROSOFT_E_WRONG_THREAD);
  module_assert_error (&error, PROSOFT_E_WRONG_THREAD);
  g_assert_true (raw_host_has_line (host, "HOST_MISBEHAVING", "init"));
  g_assert_null (host->plugin->get_extension (host->plugin, PROSOFT_EXT_PAGES));
  /* "On failure the host must call destroy() and nothing else." */
  raw_host_stop (host);
}

static void
test_init_twice_elsewhere (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  const Function function = { "init", call_init, FALSE };
  Elsewhere call = { host, &function, { 0 } };

  raw_host_start (host);
  g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (g_thread_new ("rude", call_elsewhere, &call))),
                   ==, PROSOFT_E_WRONG_THREAD);
  module_assert_error (&call.error, PROSOFT_E_INVALID);
  /* Still the first thread's. */
  g_assert_cmpuint (host->pages->count (host->plugin), ==, 1);
}

/* --- a network that hangs ----------------------------------------------------------------------
 */

/* Far beyond any figure of R5, and far below the time after which a hanging network is given up:
 * only a call that waits takes so long. */
#define NO_WAITING_US (G_USEC_PER_SEC)

static gboolean
is_asked (RawHost *host, gpointer data)
{
  return silent_server_is_asked (data);
}

typedef struct
{
  RawHost *host;
  gint64 began;
  gint64 longest;
} Stopwatch;

static void
lap (Stopwatch *watch)
{
  gint64 now = g_get_monotonic_time ();

  watch->longest = MAX (watch->longest, now - watch->began);
  watch->began = now;
}

static void
call_everything (Stopwatch *watch, const RawReader *reader)
{
  RawHost *host = watch->host;
  prosoft_project_info_t info = { .struct_size = sizeof info, .id = "p" };
  prosoft_op_t op = 0;
  gint64 revision;

  watch->began = g_get_monotonic_time ();
  raw_host_check (host, NULL, &op);
  lap (watch);
  host->operations->cancel (host->plugin, op);
  lap (watch);
  raw_host_check (host, "b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3", &op);
  lap (watch);
  raw_host_invoke (host, 1, "session.check", NULL, &op, NULL);
  lap (watch);
  raw_host_invoke (host, 1, "sign-in", NULL, &op, NULL);
  lap (watch);
  g_free (raw_host_render (host, 1, &revision));
  lap (watch);
  host->pages->activated (host->plugin, 1);
  lap (watch);
  host->plugin->on_main_thread (host->plugin);
  lap (watch);
  host->environment->changed (host->plugin, NULL);
  lap (watch);
  host->project->changed (host->plugin, &info, &reader->reader);
  lap (watch);
  host->plugin->on_main_thread (host->plugin);
  lap (watch);
  host->gate->session_ended (host->plugin, 1);
  lap (watch);
}

static void
test_nothing_waits_for_the_network (void)
{
  g_autoptr (SilentServer) server = silent_server_new ();
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  Stopwatch watch = { host, 0, 0 };
  RawReader reader;

  raw_reader_init (&reader, bytes);
  raw_host_declare_sandbox (host, silent_server_get_origin (server), NULL);
  watch.began = g_get_monotonic_time ();
  raw_host_start (host);
  lap (&watch);
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  lap (&watch);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  lap (&watch);
  raw_host_sign_in (host);
  raw_host_wait_page (host, 1, "Villa Picos");
  g_assert_true (raw_host_run_until (host, is_asked, server));
  for (guint i = 0; i < 5; i++)
    call_everything (&watch, &reader);
  g_assert_cmpint (watch.longest, <, NO_WAITING_US);
  /* destroy() may take 5 s; the questions that hang would take longer. */
  watch.began = g_get_monotonic_time ();
  raw_host_stop (host);
  g_assert_cmpint (g_get_monotonic_time () - watch.began, <, 5 * G_USEC_PER_SEC);
  for (guint i = 0; i < host->endings->len; i++)
    g_assert_cmpint (((RawEnding *)g_ptr_array_index (host->endings, i))->allowed, ==, 0);
}

/* --- which thread the plug-in uses --------------------------------------------------------------
 */

static guint
count_threads (const char *name)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *entry;
  guint n = 0;

  g_assert_nonnull (tasks);
  while ((entry = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", entry, "comm", NULL);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        n += name == NULL || g_str_equal (g_strchomp (text), name);
    }
  return n;
}

/* "init counts nested calls, no threads" (entry.h); create() neither. */
static void
test_no_thread_before_init (void)
{
  guint before = count_threads (NULL);
  g_autoptr (RawHost) host = raw_host_new ();

  host->factory->descriptor (host->factory, 0);
  host->plugin = host->factory->create (host->factory, &host->table, "be.teletask.ttecomm", NULL);
  g_assert_nonnull (host->plugin);
  g_assert_cmpuint (count_threads (NULL), ==, before);
}

static gboolean
has_one_worker (gpointer data)
{
  return count_threads ("ttecomm") == 1;
}

static gboolean
has_no_worker (gpointer data)
{
  return count_threads ("ttecomm") == 0;
}

/* R11: with the worker gone, nobody is left to call. Library threads may live on (E7). A thread
 * that was joined may stand in /proc for a moment more. */
static void
test_the_worker_is_gone_after_destroy (void)
{
  g_autoptr (SilentServer) server = silent_server_new ();
  g_autoptr (RawHost) host = raw_host_new ();

  raw_host_declare_sandbox (host, silent_server_get_origin (server), NULL);
  raw_host_start (host);
  g_assert_true (harness_wait_until (has_one_worker, NULL, 20000));
  raw_host_stop (host);
  g_assert_true (harness_wait_until (has_no_worker, NULL, 30000));
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (functions[i].name), "._", '-');

      harness_add_full (harness, "module-wrong-thread", name, test_wrong_thread,
                        (gpointer)&functions[i], NULL);
    }
  harness_add (harness, "module-wrong-thread", "init", test_init_off_the_main_thread);
  harness_add (harness, "module-wrong-thread", "init-twice", test_init_twice_elsewhere);
  harness_add (harness, "module-threads", "nothing-waits-for-the-network",
               test_nothing_waits_for_the_network);
  harness_add (harness, "module-threads", "no-thread-before-init", test_no_thread_before_init);
  harness_add (harness, "module-threads", "the-worker-is-gone-after-destroy",
               test_the_worker_is_gone_after_destroy);
}

HARNESS_MAIN (register_tests)
