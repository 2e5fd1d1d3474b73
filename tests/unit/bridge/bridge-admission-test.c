/* SPDX-License-Identifier: MIT */
/* Decisions on the host's main thread: when they may be made there, and that the host cannot tell.
 */
#include <string.h>

#include "plugin/bridge/bridge.h"
#include "tests/harness/harness.h"
#include "tests/support/fake-clock.h"
#include "tests/support/fake-signer.h"

#define IAT G_GINT64_CONSTANT (1790000000)
#define SITE "TT-0001"
#define VIEW 7
#define PATIENCE_MS 30000

typedef struct
{
  prosoft_host_t host; /* host_data: this */
  TtecommBridge *bridge;
  const prosoft_plugin_t *plugin; /* of bridge */
  TtecommAdmission *admission;    /* (owned) lets SITE in, and the open file, which is SITE */

  GMutex lock; /* of the rest */
  GCond turned;
  gboolean blocked; /* the worker waits in block() */
  gboolean in_call; /* of a function of the plug-in's that may not call back */
  guint n_ran;      /* jobs of the worker's */
  guint n_decided;
  prosoft_op_t op; /* of the last decision, as the rest */
  int32_t allowed;
  prosoft_session_t session;
  char *code; /* (owned) (nullable) */
} Fixture;

/* --- the host --- */

static void
on_decided (const prosoft_host_t *host,
            prosoft_op_t op,
            const prosoft_gate_decision_t *decision,
            prosoft_session_t session)
{
  Fixture *self = host->host_data;

  g_assert_false (self->in_call);
  self->n_decided++;
  self->op = op;
  self->allowed = decision->allowed;
  self->session = session;
  g_free (self->code);
  self->code = g_strdup (decision->code);
}

static void
on_completed (const prosoft_host_t *host, const prosoft_completion_t *completion)
{
}

static void
on_changed (const prosoft_host_t *host, prosoft_view_t view, int64_t revision)
{
}

static void
on_rescan (const prosoft_host_t *host)
{
}

static const void *
get_extension (const prosoft_host_t *host, const char *id)
{
  static const prosoft_host_session_gate_t gate = { .decided = on_decided };
  static const prosoft_host_operations_t operations = { .completed = on_completed };
  static const prosoft_host_pages_t pages = { on_rescan, on_changed };

  if (g_str_equal (id, PROSOFT_EXT_SESSION_GATE))
    return &gate;
  if (g_str_equal (id, PROSOFT_EXT_OPERATIONS))
    return &operations;
  return g_str_equal (id, PROSOFT_EXT_PAGES) ? &pages : NULL;
}

static void
request_callback (const prosoft_host_t *host)
{
}

/* --- the worker --- */

static void
has_run (Fixture *self)
{
  g_mutex_lock (&self->lock);
  self->n_ran++;
  g_cond_broadcast (&self->turned);
  g_mutex_unlock (&self->lock);
}

static void
note_run (TtecommModel *model, gpointer data)
{
  has_run (data);
}

static void
learn_yes (TtecommModel *model, gpointer data)
{
  Fixture *self = data;

  ttecomm_bridge_sink.admission (self->bridge, self->admission);
  has_run (self);
}

static void
learn_no (TtecommModel *model, gpointer data)
{
  Fixture *self = data;

  ttecomm_bridge_sink.admission (self->bridge, NULL);
  has_run (self);
}

static void
block (TtecommModel *model, gpointer data)
{
  Fixture *self = data;

  g_mutex_lock (&self->lock);
  while (self->blocked)
    g_cond_wait (&self->turned, &self->lock);
  g_mutex_unlock (&self->lock);
}

/* Runs @func on the worker, and waits until it and all before it have run. No letter is opened. */
static void
run (Fixture *self, TtecommModelFunc func)
{
  guint n_ran = self->n_ran;

  ttecomm_bridge_tell (self->bridge, func, self, NULL);
  g_mutex_lock (&self->lock);
  while (self->n_ran == n_ran)
    g_cond_wait (&self->turned, &self->lock);
  g_mutex_unlock (&self->lock);
}

static void
hold_worker (Fixture *self)
{
  self->blocked = TRUE;
  ttecomm_bridge_tell (self->bridge, block, self, NULL);
}

static void
release_worker (Fixture *self)
{
  g_mutex_lock (&self->lock);
  self->blocked = FALSE;
  g_cond_broadcast (&self->turned);
  g_mutex_unlock (&self->lock);
}

static void
pump (Fixture *self)
{
  self->plugin->on_main_thread (self->plugin);
}

/* --- the fixture --- */

static TtecommAdmission *
make_admission (void)
{
  const guint8 salt[TTECOMM_GATE_SALT_SIZE] = { 0 };
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (TtecommFakeClock) clock = ttecomm_fake_clock_new (IAT);
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_gate_record_unref);
  g_autoptr (TtecommGateMemory) memory = NULL;
  TtecommStatementExpected expected
      = { signer->keys, SITE, TTECOMM_FAKE_ACCOUNT, TTECOMM_FAKE_NONCE, 0 };
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autofree char *text = ttecomm_fake_signer_sign (signer, &fake);
  g_autoptr (TtecommStatement) statement
      = ttecomm_statement_verify (text, strlen (text), &expected, NULL);

  g_ptr_array_add (records, ttecomm_gate_record_new_now (statement, TTECOMM_CLOCK (clock)));
  memory = ttecomm_gate_memory_new (records, salt);
  return ttecomm_admission_new (memory, TTECOMM_CLOCK (clock), "5.1.2.0", SITE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->turned);
  self->admission = make_admission ();
  self->host = (prosoft_host_t){ .host_data = self,
                                 .name = "host",
                                 .version = "5.1.2.0",
                                 .get_extension = get_extension,
                                 .request_callback = request_callback };
  self->bridge = ttecomm_bridge_new (&self->host, NULL);
  self->plugin = &self->bridge->plugin;
  g_assert_cmpint (self->plugin->init (self->plugin, NULL), ==, PROSOFT_OK);
  run (self, note_run);
  pump (self);
}

static void
stop (Fixture *self)
{
  release_worker (self);
  if (self->plugin != NULL)
    self->plugin->destroy (self->plugin);
  self->plugin = NULL;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  stop (self);
  ttecomm_admission_unref (self->admission);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->turned);
  g_free (self->code);
}

static gboolean
admits (Fixture *self, const char *installation)
{
  g_autoptr (TtecommDecision) decision = ttecomm_bridge_admit (self->bridge, installation, NULL);

  return decision != NULL;
}

static void
learn_and_open (Fixture *self)
{
  run (self, learn_yes);
  pump (self);
  g_assert_true (admits (self, SITE));
}

static prosoft_op_t
start_check (Fixture *self)
{
  const prosoft_plugin_session_gate_t *gate
      = self->plugin->get_extension (self->plugin, PROSOFT_EXT_SESSION_GATE);
  prosoft_gate_request_t request
      = { .struct_size = sizeof request, .kind = PROSOFT_SESSION_REMOTE, .installation_id = SITE };
  prosoft_op_t op = 0;

  self->in_call = TRUE;
  g_assert_cmpint (gate->check (self->plugin, &request, 0, &op), ==, PROSOFT_OK);
  self->in_call = FALSE;
  g_assert_cmpuint (op, !=, 0);
  return op;
}

/* --- the host cannot tell (R10) --- */

static void
test_decides_while_the_worker_is_busy (Fixture *self, gconstpointer data)
{
  prosoft_op_t first, second;
  prosoft_session_t session;

  learn_and_open (self);
  hold_worker (self);
  first = start_check (self);
  g_assert_cmpuint (self->n_decided, ==, 0);
  pump (self);
  g_assert_cmpuint (self->n_decided, ==, 1);
  g_assert_cmpuint (self->op, ==, first);
  g_assert_cmpint (self->allowed, ==, 1);
  g_assert_cmpuint (self->session, !=, 0);
  g_assert_cmpstr (self->code, ==, "ok");
  session = self->session;
  second = start_check (self);
  g_assert_cmpuint (second, !=, first);
  pump (self);
  g_assert_cmpuint (self->n_decided, ==, 2);
  g_assert_cmpuint (self->op, ==, second);
  g_assert_cmpuint (self->session, !=, session);
  release_worker (self);
  run (self, note_run);
  pump (self);
  g_assert_cmpuint (self->n_decided, ==, 2);
}

static void
test_destroyed_before_it_is_told (Fixture *self, gconstpointer data)
{
  prosoft_op_t op;

  learn_and_open (self);
  op = start_check (self);
  stop (self);
  g_assert_cmpuint (self->n_decided, ==, 1);
  g_assert_cmpuint (self->op, ==, op);
  g_assert_cmpint (self->allowed, ==, 0);
  g_assert_cmpuint (self->session, ==, 0);
  g_assert_cmpstr (self->code, ==, "cancelled");
}

static void
test_cancelled_before_it_is_told (Fixture *self, gconstpointer data)
{
  const prosoft_plugin_operations_t *operations
      = self->plugin->get_extension (self->plugin, PROSOFT_EXT_OPERATIONS);
  prosoft_op_t op;

  learn_and_open (self);
  op = start_check (self);
  g_assert_cmpint (operations->cancel (self->plugin, op), ==, PROSOFT_OK);
  run (self, note_run);
  pump (self);
  g_assert_cmpuint (self->n_decided, ==, 1);
  g_assert_cmpuint (self->op, ==, op);
  g_assert_cmpint (operations->cancel (self->plugin, op), ==, PROSOFT_E_INVALID);
}

static gboolean
is_decided (gpointer data)
{
  Fixture *self = data;

  pump (self);
  return self->n_decided > 0;
}

/* What is not admitted goes to the worker, which has no TTcloud here. */
static void
test_anything_else_is_the_workers (Fixture *self, gconstpointer data)
{
  prosoft_op_t op = start_check (self);

  g_assert_false (admits (self, SITE));
  g_assert_true (harness_wait_until (is_decided, self, PATIENCE_MS));
  g_assert_cmpuint (self->n_decided, ==, 1);
  g_assert_cmpuint (self->op, ==, op);
  g_assert_cmpint (self->allowed, ==, 0);
  g_assert_cmpstr (self->code, ==, "flag_unknown");
}

/* --- what the worker learns --- */

/* Void from the moment on when the worker has learnt it: the letter may lie unopened. */
static void
test_void_before_the_letter_is_opened (Fixture *self, gconstpointer data)
{
  learn_and_open (self);
  run (self, learn_no);
  g_assert_false (admits (self, SITE));
  pump (self);
  g_assert_false (admits (self, SITE));
  learn_and_open (self);
  /* Also when what is learnt is a "yes": it may be one about another time. */
  run (self, learn_yes);
  g_assert_false (admits (self, SITE));
  pump (self);
  g_assert_true (admits (self, SITE));
}

static void
test_letters_out_of_date (Fixture *self, gconstpointer data)
{
  run (self, learn_yes);
  run (self, learn_no);
  pump (self);
  g_assert_false (admits (self, SITE));
}

/* --- what the host says --- */

static int64_t
no_size (const prosoft_reader_t *reader)
{
  return -1;
}

static int64_t
no_bytes (const prosoft_reader_t *reader, int64_t offset, void *buffer, int64_t capacity)
{
  return -1;
}

static const prosoft_reader_t reader = { NULL, no_size, no_bytes };
static const prosoft_project_info_t info = { .struct_size = sizeof info, .id = "project" };

static void
say_environment (Fixture *self)
{
  ttecomm_bridge_environment.changed (self->plugin, NULL);
}

static void
say_opened (Fixture *self)
{
  g_assert_cmpint (ttecomm_bridge_project.opened (self->plugin, &info, &reader, NULL), ==,
                   PROSOFT_OK);
}

static void
say_changed (Fixture *self)
{
  g_assert_cmpint (ttecomm_bridge_project.changed (self->plugin, &info, &reader), ==, PROSOFT_OK);
}

static void
say_closed (Fixture *self)
{
  ttecomm_bridge_project.closed (self->plugin, "project");
}

static void
say_view (Fixture *self)
{
  g_assert_cmpint (ttecomm_bridge_pages.open (self->plugin, "subscriptions", VIEW, NULL), ==,
                   PROSOFT_OK);
}

static void
say_activated (Fixture *self)
{
  ttecomm_bridge_pages.activated (self->plugin, VIEW);
}

static void
do_nothing (TtecommModel *model, gpointer data)
{
}

/* Any action: "refresh", "session.check", "sign-out" and "basket.pay" are actions like this one. */
static void
say_action (Fixture *self)
{
  ttecomm_bridge_ask (self->bridge, do_nothing, NULL, NULL);
}

static void
say_secret (Fixture *self)
{
  ttecomm_bridge_tell_secret (self->bridge, "another", NULL);
}

typedef struct
{
  const char *name;
  void (*before) (Fixture *self); /* (nullable) */
  void (*say) (Fixture *self);
} Saying;

static const Saying sayings[] = {
  { "environment-changed", NULL, say_environment },
  { "project-opened", NULL, say_opened },
  { "project-changed", say_opened, say_changed },
  { "project-closed", say_opened, say_closed },
  { "page-opened", NULL, say_view },
  { "page-activated", say_view, say_activated },
  { "page-action", NULL, say_action },
  { "secret-loaded", NULL, say_secret },
};

/* However far behind the worker is: whatever the host has said comes first. */
static void
test_void_once_the_host_spoke (Fixture *self, gconstpointer data)
{
  const Saying *row = data;

  if (row->before != NULL)
    row->before (self);
  run (self, note_run);
  learn_and_open (self);
  hold_worker (self);
  row->say (self);
  g_assert_false (admits (self, SITE));
  pump (self);
  g_assert_false (admits (self, SITE));
  release_worker (self);
  run (self, learn_yes);
  pump (self);
  g_assert_true (admits (self, SITE));
}

/* A letter that was sent before the worker heard what the host said does not count after it. */
static void
test_void_by_a_letter_on_its_way (Fixture *self, gconstpointer data)
{
  run (self, learn_yes);
  hold_worker (self);
  say_action (self);
  pump (self);
  g_assert_false (admits (self, SITE));
  release_worker (self);
  run (self, note_run);
  pump (self);
  g_assert_true (admits (self, SITE));
}

static void
register_tests (Harness *harness)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "decides-while-the-worker-is-busy", test_decides_while_the_worker_is_busy },
    { "destroyed-before-it-is-told", test_destroyed_before_it_is_told },
    { "cancelled-before-it-is-told", test_cancelled_before_it_is_told },
    { "anything-else-is-the-workers", test_anything_else_is_the_workers },
    { "void-before-the-letter-is-opened", test_void_before_the_letter_is_opened },
    { "letters-out-of-date", test_letters_out_of_date },
    { "void-by-a-letter-on-its-way", test_void_by_a_letter_on_its_way },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    harness_add_fixture (harness, "bridge-admission", tests[i].name, Fixture, NULL, set_up,
                         tests[i].func, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++)
    harness_add_fixture (harness, "bridge-admission-void", sayings[i].name, Fixture, &sayings[i],
                         set_up, test_void_once_the_host_spoke, tear_down);
}

HARNESS_MAIN (register_tests)
