/* SPDX-License-Identifier: MIT */
/* A protected project through the interface: its host goes on while the key is derived, and keeps
 * no copy of a password that the module made. */
#include <string.h>

#include "base/secret.h"
#include "tests/support/memory-search.h"
#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

#define PATIENCE_MS 60000

#define VIEW 1
#define HEAVY_INPUTS "{\"lock.password\":\"zwaar als lood \xc3\xa9\xc3\xa8\"}"

typedef struct
{
  RawHost *host;
  GBytes *bytes; /* of the open project */
  RawReader reader;
} Locked;

static void
set_up (Locked *self, gconstpointer data)
{
  self->host = raw_host_new ();
  self->bytes = module_load_data (data);
  raw_reader_init (&self->reader, self->bytes);
  raw_host_start (self->host);
  g_assert_cmpint (self->host->pages->open (self->host->plugin, "subscriptions", VIEW, NULL), ==,
                   PROSOFT_OK);
  g_assert_cmpint (raw_host_open_project (self->host, "p", &self->reader), ==, PROSOFT_OK);
  raw_host_wait_page (self->host, VIEW, "lock.password");
}

static void
tear_down (Locked *self, gconstpointer data)
{
  raw_host_free (self->host);
  g_bytes_unref (self->bytes);
}

static prosoft_op_t
invoke (RawHost *host, const char *action, const char *inputs)
{
  prosoft_op_t op = 0;

  g_assert_cmpint (raw_host_invoke (host, VIEW, action, inputs, &op, NULL), ==, PROSOFT_OK);
  return op;
}

typedef struct
{
  prosoft_op_t op;
  guint n_turns;
  gint64 longest; /* call into the module, in us */
} Turns;

static gboolean
has_ended (RawHost *host, gpointer data)
{
  Turns *turns = data;
  gint64 before = g_get_monotonic_time (), revision;
  g_autofree char *page = raw_host_render (host, VIEW, &revision);

  turns->longest = MAX (turns->longest, g_get_monotonic_time () - before);
  turns->n_turns++;
  host->plugin->on_main_thread (host->plugin);
  return raw_host_count_endings (host, turns->op) > 0;
}

/* 64 MiB are worked through while the main thread renders and pumps: were it held, it would come
 * round twice. */
static void
test_the_main_thread_goes_on (Locked *self, gconstpointer data)
{
  Turns turns = { .op = invoke (self->host, "lock.open", HEAVY_INPUTS) };
  gint64 started = g_get_monotonic_time ();

  while (!has_ended (self->host, &turns))
    g_assert_cmpint (g_get_monotonic_time () - started, <, 60 * G_USEC_PER_SEC);
  g_test_message ("%" G_GINT64_FORMAT " ms, %u turns, the longest render took %" G_GINT64_FORMAT
                  " us",
                  (g_get_monotonic_time () - started) / 1000, turns.n_turns, turns.longest);
  g_assert_cmpint (raw_host_wait (self->host, turns.op)->result, ==, PROSOFT_OK);
  g_assert_cmpuint (turns.n_turns, >, 50);
  raw_host_wait_page (self->host, VIEW, "ana@example.org");
}

static void
test_cancel (Locked *self, gconstpointer data)
{
  prosoft_op_t op = invoke (self->host, "lock.open", HEAVY_INPUTS);

  g_assert_cmpint (self->host->operations->cancel (self->host->plugin, op), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (self->host, op)->result, ==, PROSOFT_E_CANCELLED);
  g_assert_cmpuint (raw_host_count_endings (self->host, op), ==, 1);
  raw_host_wait_page (self->host, VIEW, "lock.password");
}

/* Every operation ends before destroy() returns, and nothing arrives after it (R10, R11). */
static void
test_destroy (Locked *self, gconstpointer data)
{
  prosoft_op_t op = invoke (self->host, "lock.open", HEAVY_INPUTS);

  raw_host_stop (self->host);
  g_assert_cmpuint (raw_host_count_endings (self->host, op), ==, 1);
  g_assert_cmpint (raw_host_wait (self->host, op)->result, ==, PROSOFT_E_CANCELLED);
}

static void
test_closed_meanwhile (Locked *self, gconstpointer data)
{
  prosoft_op_t op = invoke (self->host, "lock.open", HEAVY_INPUTS);

  self->host->project->closed (self->host->plugin, "p");
  g_assert_cmpint (raw_host_wait (self->host, op)->result, ==, PROSOFT_E_CANCELLED);
  raw_host_wait_page (self->host, VIEW, "no project is open");
}

static void
test_wrong (Locked *self, gconstpointer data)
{
  prosoft_op_t op = invoke (self->host, "lock.open", "{\"lock.password\":\"groot\"}");
  const RawEnding *ending = raw_host_wait (self->host, op);

  g_assert_cmpint (ending->result, ==, PROSOFT_E_FAILED);
  g_assert_nonnull (strstr (ending->message, "This is not the password of this project."));
  g_assert_null (strstr (ending->message, "groot"));
  g_assert_false (raw_host_has_line (self->host, "", "groot"));
  op = invoke (self->host, "lock.open", "{\"lock.password\":\"klein\"}");
  g_assert_cmpint (raw_host_wait (self->host, op)->result, ==, PROSOFT_OK);
  raw_host_wait_page (self->host, VIEW, "ana@example.org");
}

/* --- nothing stays ---------------------------------------------------------------------------- */

enum
{
  LENGTH = 700,
  FROM = 300,
  SOUGHT = 64
};

static char
character_at (gsize i)
{
  return (char)('A' + (i * 2246822519u >> 11) % 26);
}

static void
fill_inputs (char *text)
{
  char *out = g_stpcpy (text, "{\"lock.password\":\"");

  for (gsize i = 0; i < LENGTH; i++)
    *out++ = character_at (i);
  g_stpcpy (out, "\"}");
}

static int
count_copies (void)
{
  guint8 masked[SOUGHT];

  for (gsize i = 0; i < SOUGHT; i++)
    masked[i] = (guint8)character_at (FROM + i) ^ MEMORY_SEARCH_MASK;
  return memory_search_count (masked, SOUGHT);
}

/* Whether what is freed and not wiped is found: not where something overwrites it. */
static gboolean
can_search (void)
{
  char *blocks[4];
  gboolean found;

  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      blocks[i] = g_malloc (LENGTH + 64);
      fill_inputs (blocks[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    g_free (blocks[i]);
  found = count_copies () > 0;
  /* The same memory again, to leave nothing in it. */
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    blocks[i] = g_malloc (LENGTH + 64);
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      ttecomm_wipe (blocks[i], LENGTH + 64);
      g_free (blocks[i]);
    }
  if (found && count_copies () == 0)
    return TRUE;
  g_test_skip ("freed memory of this process cannot be searched");
  return FALSE;
}

static gboolean
is_wiped (gpointer data)
{
  return count_copies () <= *(const int *)data;
}

/* There are no more copies than the host has itself, all the way through bridge and worker. The
 * host may hear the answer a moment before the thread that found it has wiped its own. */
static void
assert_wiped (int own)
{
  g_assert_true (harness_wait_until (is_wiped, &own, PATIENCE_MS));
}

static void
test_nothing_stays (Locked *self, gconstpointer data)
{
  char inputs[LENGTH + 64];
  int own;

  if (!can_search ())
    return;
  fill_inputs (inputs);
  own = count_copies ();
  g_assert_cmpint (own, >, 0);
  for (guint i = 0; i < 3; i++)
    {
      prosoft_op_t op = invoke (self->host, "lock.open", inputs);

      g_assert_cmpint (raw_host_wait (self->host, op)->result, ==, PROSOFT_E_FAILED);
      assert_wiped (own);
    }
  /* Sent along with something else, and with what cannot be done. */
  raw_host_wait (self->host, invoke (self->host, "explain.protected", inputs));
  assert_wiped (own);
  raw_host_stop (self->host);
  g_assert_cmpint (count_copies (), <=, own);
}

#define ADD(name, func, file)                                                                      \
  harness_add_fixture (h, "module-lock", name, Locked, file, set_up, func, tear_down)

static void
register_tests (Harness *h)
{
  ADD ("the-main-thread-goes-on", test_the_main_thread_goes_on, "protected-heavy.nbt");
  ADD ("cancel", test_cancel, "protected-heavy.nbt");
  ADD ("destroy", test_destroy, "protected-heavy.nbt");
  ADD ("closed-meanwhile", test_closed_meanwhile, "protected-heavy.nbt");
  ADD ("wrong", test_wrong, "protected-small.nbt");
  ADD ("nothing-stays", test_nothing_stays, "protected-small.nbt");
}

HARNESS_MAIN (register_tests)
