/* SPDX-License-Identifier: MIT */
/*
 * Remote sessions without a TTcloud, and the open file (session-gate/1, project/1). Whatever a file
 * or a reader is like: the page says what is wrong, and nobody is let in.
 */
#include <string.h>

#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

#define SLICE (256 * 1024)

static void
assert_refused (const HostDecision *decision, const char *code)
{
  g_assert_cmpint (decision->allowed, ==, 0);
  g_assert_cmpuint (decision->session, ==, 0);
  g_assert_cmpint (decision->valid_until, ==, 0);
  g_assert_cmpint (decision->outcome, ==, PROSOFT_GATE_WAIT);
  g_assert_cmpstr (decision->code, ==, code);
  g_assert_cmpstr (decision->message, !=, NULL);
  g_assert_cmpstr (decision->details, !=, NULL);
}

/* --- the files of tests/data --- */

typedef struct
{
  const char *name;
  const char *file;
  const char *code;
  const char *cause; /* (nullable) */
  const char *shown; /* on the page */
} File;

static const File files[] = {
  { "nothing-set-up", "villa-picos.nbt", "flag_unknown", "setup", "Villa Picos" },
  { "never-connected", "never-connected.nbt", "never_connected", NULL, "never been connected" },
  /* rules: H18 */
  { "protected", "protected.nbt", "flag_unknown", "setup", "password" },
  /* rules: S80 */
  { "not-transmitted", "not-transmitted.nbt", "flag_unknown", "setup", "transmitted" },
  { "no-owner", "no-owner.nbt", "flag_unknown", "setup", "owner" },
};

static void
test_file (gconstpointer data)
{
  const File *row = data;
  Host *host = module_host_new (NULL);
  prosoft_view_t view;
  const HostDecision *decision;

  module_host_start (host);
  module_host_open_data (host, row->file);
  view = module_host_open_page (host);
  module_host_wait_page (host, view, row->shown);
  decision = module_host_check (host, NULL);
  assert_refused (decision, row->code);
  g_assert_cmpstr (decision->cause, ==, row->cause);
  module_host_free (host);
}

/* The check comes before the file has been read, so it waits for it (abi.md). */
static void
test_file_asked_at_once (gconstpointer data)
{
  const File *row = data;
  HostOptions options = { .short_reads = true };
  Host *host = module_host_new (&options);
  const HostDecision *decision;

  module_host_start (host);
  module_host_open_data (host, row->file);
  decision = module_host_check (host, NULL);
  assert_refused (decision, row->code);
  g_assert_cmpstr (decision->cause, ==, row->cause);
  module_host_free (host);
}

/* --- no file at all --- */

static void
test_no_project (void)
{
  Host *host = module_host_new (NULL);
  prosoft_op_t op = 0;

  module_host_start (host);
  g_assert_cmpint (host_check_session (host, NULL, NULL, 0, &op), ==, PROSOFT_E_NOT_FOUND);
  g_assert_cmpuint (op, ==, 0);
  /* An installation named by the host needs no file. */
  assert_refused (module_host_check (host, "b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3"), "flag_unknown");
  module_host_open_data (host, "villa-picos.nbt");
  host_close_project (host);
  g_assert_cmpint (host_check_session (host, NULL, NULL, 0, &op), ==, PROSOFT_E_NOT_FOUND);
  module_host_free (host);
}

/* Closed while the check waits for it. */
static void
test_project_closed_under_a_check (void)
{
  Host *host = module_host_new (NULL);
  prosoft_op_t op = 0;

  module_host_start (host);
  module_host_open_data (host, "villa-picos.nbt");
  g_assert_cmpint (host_check_session (host, NULL, NULL, 0, &op), ==, PROSOFT_OK);
  host_close_project (host);
  assert_refused (module_host_wait (host, op)->decision, "flag_unknown");
  module_host_free (host);
}

static void
test_a_hundred_checks (void)
{
  Host *host = module_host_new (NULL);
  prosoft_op_t ops[100];

  module_host_start (host);
  module_host_open_data (host, "villa-picos.nbt");
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    g_assert_cmpint (host_check_session (host, NULL, "Villa", 1, &ops[i]), ==, PROSOFT_OK);
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    assert_refused (module_host_wait (host, ops[i])->decision, "flag_unknown");
  module_host_free (host);
}

static void
test_a_changed_file_is_read_again (void)
{
  Host *host = module_host_new (NULL);
  g_autofree char *path = g_build_filename (harness_tmpdir (), "site.nbt", NULL);
  g_autoptr (GBytes) before = module_load_data ("never-connected.nbt");
  g_autoptr (GBytes) after = module_load_data ("villa-picos.nbt");
  prosoft_error_t error = { 0 };
  prosoft_view_t view;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (before, NULL),
                                      (gssize)g_bytes_get_size (before), NULL));
  module_host_start (host);
  view = module_host_open_page (host);
  module_host_open_path (host, path);
  module_host_wait_page (host, view, "Chalet Duna");
  /* In place: Windows lets nobody replace a file that is open. */
  g_assert_true (g_file_set_contents_full (path, g_bytes_get_data (after, NULL),
                                           (gssize)g_bytes_get_size (after),
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_cmpint (host_change_project (host, &error), ==, PROSOFT_OK);
  module_host_wait_page (host, view, "Villa Picos");
  assert_refused (module_host_check (host, NULL), "flag_unknown");
  module_host_free (host);
}

/* --- files that are none --- */

typedef struct
{
  const char *name;
  const char *text;
  gsize size;
} Garbage;

static const Garbage garbage[] = {
  { "empty", "", 0 },
  { "one-byte", "\xff", 1 },
  { "text", "this is no project file, it is a letter to the editor of a newspaper....", 72 },
  { "zeros", NULL, 100000 },
};

static void
test_garbage (gconstpointer data)
{
  const Garbage *row = data;
  Host *host = module_host_new (NULL);
  g_autofree char *path = g_build_filename (harness_tmpdir (), "garbage.nbt", NULL);
  g_autofree char *zeros = g_malloc0 (row->size + 1);
  prosoft_view_t view;
  const HostDecision *decision;

  g_assert_true (
      g_file_set_contents (path, row->text != NULL ? row->text : zeros, (gssize)row->size, NULL));
  module_host_start (host);
  view = module_host_open_page (host);
  module_host_open_path (host, path);
  module_host_wait_page (host, view, "\"id\":\"notice.file\"");
  module_host_wait_page (host, view, "\"state\":\"error\"");
  decision = module_host_check (host, NULL);
  assert_refused (decision, "flag_unknown");
  g_assert_cmpstr (decision->cause, ==, "file");
  module_host_free (host);
}

/* --- readers that are none --- */

static gint64
read_fails (gint64 offset, void *buffer, gint64 capacity)
{
  return PROSOFT_E_IO;
}

static gint64
read_too_much (gint64 offset, void *buffer, gint64 capacity)
{
  return capacity + 1;
}

static gint64
read_far_too_much (gint64 offset, void *buffer, gint64 capacity)
{
  return G_MAXINT64;
}

static gint64
read_unknown_code (gint64 offset, void *buffer, gint64 capacity)
{
  return G_MININT64;
}

static gint64
read_nothing (gint64 offset, void *buffer, gint64 capacity)
{
  return 0;
}

static gint64
read_noise (gint64 offset, void *buffer, gint64 capacity)
{
  memset (buffer, 0xa5, (gsize)capacity);
  return capacity;
}

typedef struct
{
  const char *name;
  gint64 (*read) (gint64 offset, void *buffer, gint64 capacity); /* (nullable): the true file */
  gint64 size;                                                   /* 0: the true one */
} BadReader;

static const BadReader bad_readers[] = {
  { "fails", read_fails, 0 },
  { "gives-too-much", read_too_much, 0 },
  { "gives-far-too-much", read_far_too_much, 0 },
  { "gives-an-unknown-code", read_unknown_code, 0 },
  { "gives-nothing", read_nothing, 0 },
  { "gives-noise", read_noise, 0 },
  { "size-fails", NULL, PROSOFT_E_IO },
  { "size-is-less-than-nothing", NULL, G_MININT64 },
  { "size-is-huge", NULL, G_MAXINT64 },
  { "size-is-a-terabyte-of-noise", read_noise, G_GINT64_CONSTANT (1) << 40 },
  { "size-is-too-small", NULL, 100 },
  { "size-is-too-large", NULL, 10000000 },
};

static void
test_bad_reader (gconstpointer data)
{
  const BadReader *row = data;
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  RawReader reader;
  prosoft_op_t op = 0;

  raw_reader_init (&reader, bytes);
  reader.read = row->read;
  if (row->size != 0)
    reader.size = row->size;
  raw_host_start (host);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  /* What is wrong with a file is a notice on the page (project.h). */
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  raw_host_wait_page (host, 1, "\"id\":\"notice.file\"");
  g_assert_cmpint (raw_host_check (host, NULL, &op), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (host, op)->allowed, ==, 0);
  g_assert_cmpstr (raw_host_wait (host, op)->code, ==, "flag_unknown");
  g_assert_true (raw_host_has_line (host, "WARNING", "project"));
  g_assert_false (reader.off_main);
  g_assert_cmpint (reader.largest, <=, SLICE);
  host->project->closed (host->plugin, "p");
}

static gint64
read_one_byte (gint64 offset, void *buffer, gint64 capacity)
{
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  gsize size;
  const guint8 *file = g_bytes_get_data (bytes, &size);

  if (offset >= (gint64)size)
    return 0;
  *(guint8 *)buffer = file[offset];
  return 1;
}

static void
test_a_reader_that_gives_a_byte_at_a_time (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  RawReader reader;

  raw_reader_init (&reader, bytes);
  reader.read = read_one_byte;
  raw_host_start (host);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_open_project (host, "p", &reader), ==, PROSOFT_OK);
  raw_host_wait_page (host, 1, "Villa Picos");
  g_assert_false (reader.off_main);
  g_assert_cmpuint (reader.n_reads, >, 100);
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      harness_add_full (harness, "module-gate-file", files[i].name, test_file, (gpointer)&files[i],
                        NULL);
      harness_add_full (harness, "module-gate-at-once", files[i].name, test_file_asked_at_once,
                        (gpointer)&files[i], NULL);
    }
  harness_add (harness, "module-gate", "no-project", test_no_project);
  harness_add (harness, "module-gate", "project-closed-under-a-check",
               test_project_closed_under_a_check);
  /* rules: S25 */
  harness_add (harness, "module-gate", "a-hundred-checks", test_a_hundred_checks);
  /* rules: S25 */
  harness_add (harness, "module-gate", "a-changed-file-is-read-again",
               test_a_changed_file_is_read_again);
  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    harness_add_full (harness, "module-garbage", garbage[i].name, test_garbage,
                      (gpointer)&garbage[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad_readers); i++)
    harness_add_full (harness, "module-reader", bad_readers[i].name, test_bad_reader,
                      (gpointer)&bad_readers[i], NULL);
  harness_add (harness, "module-reader", "a-byte-at-a-time",
               test_a_reader_that_gives_a_byte_at_a_time);
}

HARNESS_MAIN (register_tests)
