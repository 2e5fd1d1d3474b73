/* SPDX-License-Identifier: MIT */
/* Exactly one ending for each operation, whatever happens to it, and none after destroy (R10, R11).
 */
#include <string.h>

#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

/* Signed in, a file and its page open, and a TTcloud that never answers: whatever asks it, waits.
 */
typedef struct
{
  SilentServer *server; /* (owned) */
  RawHost *host;        /* (owned) */
  GBytes *bytes;        /* (owned) */
  RawReader reader;
} Stuck;

static gboolean
is_asked (RawHost *host, gpointer data)
{
  return silent_server_is_asked (data);
}

static void
stuck_set_up (Stuck *self, gconstpointer data)
{
  self->server = silent_server_new ();
  self->host = raw_host_new ();
  self->bytes = module_load_data ("villa-picos.nbt");
  raw_host_declare_sandbox (self->host, silent_server_get_origin (self->server), NULL);
  raw_host_start (self->host);
  raw_reader_init (&self->reader, self->bytes);
  g_assert_cmpint (raw_host_open_project (self->host, "p", &self->reader), ==, PROSOFT_OK);
  g_assert_cmpint (self->host->pages->open (self->host->plugin, "subscriptions", 1, NULL), ==,
                   PROSOFT_OK);
  raw_host_sign_in (self->host);
  raw_host_wait_page (self->host, 1, "ines.claes@example.com");
  raw_host_wait_page (self->host, 1, "Villa Picos");
  g_assert_true (raw_host_run_until (self->host, is_asked, self->server));
}

static void
stuck_tear_down (Stuck *self, gconstpointer data)
{
  raw_host_free (self->host);
  silent_server_free (self->server);
  g_bytes_unref (self->bytes);
}

static prosoft_op_t
invoke (RawHost *host, const char *action)
{
  prosoft_op_t op = 0;
  prosoft_error_t error = { 0 };

  raw_host_invoke (host, 1, action, NULL, &op, &error);
  g_assert_cmpstr (error.message, ==, "");
  g_assert_cmpuint (op, !=, 0);
  return op;
}

static prosoft_op_t
check (RawHost *host)
{
  prosoft_op_t op = 0;

  g_assert_cmpint (raw_host_check (host, NULL, &op), ==, PROSOFT_OK);
  g_assert_cmpuint (op, !=, 0);
  return op;
}

static prosoft_result_t
cancel (RawHost *host, prosoft_op_t op)
{
  return host->operations->cancel (host->plugin, op);
}

static void
assert_refused (const RawEnding *ending)
{
  g_assert_true (ending->is_decision);
  g_assert_cmpint (ending->allowed, ==, 0);
  g_assert_cmpuint (ending->session, ==, 0);
  g_assert_cmpint (ending->outcome, ==, PROSOFT_GATE_WAIT);
  g_assert_cmpstr (ending->code, ==, "cancelled");
}

static void
test_unknown_operations_cannot_be_cancelled (Stuck *self, gconstpointer data)
{
  static const prosoft_op_t ops[] = { 0, 1000, G_MAXUINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    g_assert_cmpint (cancel (self->host, ops[i]), ==, PROSOFT_E_INVALID);
  g_assert_cmpuint (self->host->endings->len, ==, 0);
}

/* Between the start and the cancel nobody has done anything: not even the worker has heard. */
static void
test_check_cancelled_at_once (Stuck *self, gconstpointer data)
{
  prosoft_op_t op = check (self->host);

  g_assert_cmpint (cancel (self->host, op), ==, PROSOFT_OK);
  assert_refused (raw_host_wait (self->host, op));
  g_assert_cmpuint (raw_host_count_endings (self->host, op), ==, 1);
}

static gboolean
says_checking (RawHost *host, gpointer data)
{
  gint64 revision;
  g_autofree char *page = raw_host_render (host, 1, &revision);

  return strstr (page, data) != NULL;
}

static void
test_check_cancelled_on_its_way (Stuck *self, gconstpointer data)
{
  prosoft_op_t op = check (self->host);
  prosoft_op_t other = check (self->host);

  g_assert_true (raw_host_run_until (self->host, says_checking, (gpointer) "checking"));
  g_assert_cmpint (cancel (self->host, op), ==, PROSOFT_OK);
  g_assert_cmpint (cancel (self->host, op), ==, PROSOFT_OK);
  assert_refused (raw_host_wait (self->host, op));
  g_assert_cmpint (cancel (self->host, op), ==, PROSOFT_E_INVALID);
  /* The other one goes on by itself, and ends by its own clock. */
  g_assert_cmpuint (raw_host_count_endings (self->host, other), ==, 0);
  g_assert_cmpstr (raw_host_wait (self->host, other)->code, ==, "flag_unknown");
  g_assert_cmpint (raw_host_wait (self->host, other)->allowed, ==, 0);
  g_assert_cmpuint (raw_host_count_endings (self->host, op), ==, 1);
  g_assert_cmpuint (raw_host_count_endings (self->host, other), ==, 1);
}

static void
test_actions_are_cancelled (gconstpointer data)
{
  Stuck stuck = { 0 };
  prosoft_op_t op;

  stuck_set_up (&stuck, NULL);
  op = invoke (stuck.host, data);
  g_assert_cmpint (cancel (stuck.host, op), ==, PROSOFT_OK);
  g_assert_cmpint (cancel (stuck.host, op), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (stuck.host, op)->result, ==, PROSOFT_E_CANCELLED);
  g_assert_false (raw_host_wait (stuck.host, op)->is_decision);
  g_assert_cmpint (cancel (stuck.host, op), ==, PROSOFT_E_INVALID);
  g_assert_cmpuint (raw_host_count_endings (stuck.host, op), ==, 1);
  stuck_tear_down (&stuck, NULL);
}

/* The file is not read as long as the host's main thread does not come round. */
static void
test_check_cancelled_while_the_file_is_read (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  RawReader reader;
  prosoft_op_t op;

  raw_reader_init (&reader, bytes);
  raw_host_start (host);
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  op = check (host);
  g_assert_cmpint (cancel (host, op), ==, PROSOFT_OK);
  assert_refused (raw_host_wait (host, op));
  g_assert_cmpuint (raw_host_count_endings (host, op), ==, 1);
}

static void
test_local_actions_end_too (Stuck *self, gconstpointer data)
{
  prosoft_op_t last = 0;

  for (guint i = 0; i < 20; i++)
    {
      prosoft_op_t op = invoke (self->host, i % 2 == 0 ? "sign-in" : "sign-in.cancel");

      g_assert_cmpuint (op, >, last);
      last = op;
      if (i % 2 == 1)
        g_assert_cmpint (raw_host_wait (self->host, op)->result, ==, PROSOFT_OK);
      else
        raw_host_wait_page (self->host, 1, "sign-in.cancel");
    }
}

/* E5: what is open when the host goes away ends before it is gone. */
static void
test_destroy_ends_everything (Stuck *self, gconstpointer data)
{
  prosoft_op_t pages[2], gates[2];

  pages[0] = invoke (self->host, "sign-in");
  pages[1] = invoke (self->host, "session.check");
  gates[0] = check (self->host);
  g_assert_true (raw_host_run_until (self->host, says_checking, (gpointer) "checking"));
  gates[1] = check (self->host);
  g_assert_cmpint (cancel (self->host, gates[0]), ==, PROSOFT_OK);
  raw_host_stop (self->host);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (raw_host_count_endings (self->host, pages[i]), ==, 1);
      g_assert_cmpint (raw_host_wait (self->host, pages[i])->result, ==, PROSOFT_E_CANCELLED);
      g_assert_cmpuint (raw_host_count_endings (self->host, gates[i]), ==, 1);
      assert_refused (raw_host_wait (self->host, gates[i]));
    }
}

static gboolean
wants_to_be_called (gpointer data)
{
  RawHost *host = data;
  gboolean wanted;

  g_mutex_lock (&host->lock);
  wanted = host->wanted;
  g_mutex_unlock (&host->lock);
  return wanted;
}

/* The answer is there and nobody has fetched it: destroy still owes the one ending. */
static void
test_destroy_with_an_answer_on_its_way (Stuck *self, gconstpointer data)
{
  prosoft_op_t op;

  while (wants_to_be_called (self->host))
    self->host->plugin->on_main_thread (self->host->plugin), self->host->wanted = FALSE;
  op = check (self->host);
  g_assert_cmpint (cancel (self->host, op), ==, PROSOFT_OK);
  g_assert_true (harness_wait_until (wants_to_be_called, self->host, 20000));
  g_assert_cmpuint (raw_host_count_endings (self->host, op), ==, 0);
  raw_host_stop (self->host);
  g_assert_cmpuint (raw_host_count_endings (self->host, op), ==, 1);
  assert_refused (raw_host_wait (self->host, op));
}

static void
test_destroy_at_once (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (RawHost) host = raw_host_new ();
      g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
      RawReader reader;
      prosoft_op_t op = 0;

      raw_reader_init (&reader, bytes);
      raw_host_start (host);
      g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
      g_assert_cmpint (raw_host_check (host, NULL, &op), ==, PROSOFT_OK);
      raw_host_stop (host);
      g_assert_cmpuint (raw_host_count_endings (host, op), ==, 1);
      assert_refused (raw_host_wait (host, op));
    }
}

static void
test_spurious_calls_do_nothing (Stuck *self, gconstpointer data)
{
  for (guint i = 0; i < 1000; i++)
    self->host->plugin->on_main_thread (self->host->plugin);
  g_assert_cmpuint (self->host->endings->len, ==, 0);
}

/* Closed: nothing for this view arrives any more (pages/1). */
static void
test_a_closed_view_hears_nothing (Stuck *self, gconstpointer data)
{
  guint n;

  self->host->pages->close (self->host->plugin, 1);
  n = self->host->n_changed;
  self->host->project->closed (self->host->plugin, "p");
  g_assert_cmpint (raw_host_open_project (self->host, "q", &self->reader), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (self->host, check (self->host))->allowed, ==, 0);
  g_assert_cmpuint (self->host->n_changed, ==, n);
  g_assert_cmpint (self->host->pages->open (self->host->plugin, "subscriptions", 1, NULL), ==,
                   PROSOFT_OK);
  raw_host_wait_page (self->host, 1, "Villa Picos");
}

static void
test_closed_reader_is_left_alone (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  RawReader first, second;
  guint n;

  raw_reader_init (&first, bytes);
  raw_reader_init (&second, bytes);
  raw_host_start (host);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_open_project (host, "p", &first), ==, PROSOFT_OK);
  host->project->closed (host->plugin, "p");
  n = first.n_reads;
  g_assert_cmpint (raw_host_open_project (host, "p", &second), ==, PROSOFT_OK);
  raw_host_wait_page (host, 1, "Villa Picos");
  g_assert_cmpuint (first.n_reads, ==, n);
  g_assert_cmpuint (second.n_reads, >, 0);
}

#define add_stuck(harness, name, func)                                                             \
  harness_add_fixture ((harness), "module-operations", (name), Stuck, NULL, stuck_set_up, (func),  \
                       stuck_tear_down)

static void
register_tests (Harness *harness)
{
  add_stuck (harness, "unknown-ones-cannot-be-cancelled",
             test_unknown_operations_cannot_be_cancelled);
  add_stuck (harness, "check-cancelled-at-once", test_check_cancelled_at_once);
  add_stuck (harness, "check-cancelled-on-its-way", test_check_cancelled_on_its_way);
  add_stuck (harness, "local-actions-end-too", test_local_actions_end_too);
  add_stuck (harness, "destroy-ends-everything", test_destroy_ends_everything);
  add_stuck (harness, "destroy-with-an-answer-on-its-way", test_destroy_with_an_answer_on_its_way);
  add_stuck (harness, "spurious-calls-do-nothing", test_spurious_calls_do_nothing);
  add_stuck (harness, "a-closed-view-hears-nothing", test_a_closed_view_hears_nothing);
  harness_add_full (harness, "module-operations", "sign-in-cancelled", test_actions_are_cancelled,
                    (gpointer) "sign-in", NULL);
  harness_add_full (harness, "module-operations", "session-check-cancelled",
                    test_actions_are_cancelled, (gpointer) "session.check", NULL);
  harness_add (harness, "module-operations", "check-cancelled-while-the-file-is-read",
               test_check_cancelled_while_the_file_is_read);
  harness_add (harness, "module-operations", "destroy-at-once", test_destroy_at_once);
  harness_add (harness, "module-operations", "closed-reader-is-left-alone",
               test_closed_reader_is_left_alone);
}

HARNESS_MAIN (register_tests)
