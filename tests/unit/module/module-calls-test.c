/* SPDX-License-Identifier: MIT */
/* Every argument that a host can get wrong: a code, a text, and nothing happens (R3, R8, R9). */
#include <string.h>

#include "tests/unit/module/module-host.h"
#include "tests/unit/module/raw-host.h"

#define MAX_INPUTS (64 * 1024)

/* --- pages ------------------------------------------------------------------------------------ */

static void
test_open_refuses (void)
{
  static const struct
  {
    const char *page;
    prosoft_view_t view;
    prosoft_result_t code;
  } rows[] = {
    { NULL, 1, PROSOFT_E_INVALID },
    { "", 1, PROSOFT_E_NOT_FOUND },
    { "subscriptions ", 1, PROSOFT_E_NOT_FOUND },
    { "subscriptions/1", 1, PROSOFT_E_NOT_FOUND },
    { "Subscriptions", 1, PROSOFT_E_NOT_FOUND },
    { "\xff\xfe", 1, PROSOFT_E_NOT_FOUND },
    { "subscriptions", 0, PROSOFT_E_INVALID },
    { "subscriptions", 7, PROSOFT_E_INVALID },
  };
  g_autoptr (RawHost) host = raw_host_new ();

  raw_host_start (host);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 7, NULL), ==, PROSOFT_OK);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      prosoft_error_t error = { 0 };

      g_assert_cmpint (host->pages->open (host->plugin, rows[i].page, rows[i].view, &error), ==,
                       rows[i].code);
      module_assert_error (&error, rows[i].code);
      g_assert_cmpint (host->pages->open (host->plugin, rows[i].page, rows[i].view, NULL), ==,
                       rows[i].code);
    }
}

static void
test_seventy_views (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  prosoft_error_t error = { 0 };
  guint n_open = 0;

  raw_host_start (host);
  for (prosoft_view_t view = 1; view <= 70; view++)
    {
      prosoft_result_t result = host->pages->open (host->plugin, "subscriptions", view, &error);

      if (result == PROSOFT_OK)
        n_open++;
      else
        module_assert_error (&error, PROSOFT_E_TOO_LARGE);
    }
  g_assert_cmpuint (n_open, >=, 8);
  g_assert_cmpuint (n_open, <, 70);
  /* A closed one makes room, and its number may come again. */
  host->pages->close (host->plugin, 3);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 3, NULL), ==, PROSOFT_OK);
}

static void
test_info_of_other_pages (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  const prosoft_page_info_t *info;

  raw_host_start (host);
  info = host->pages->info (host->plugin, 0);
  g_assert_cmpuint (info->struct_size, >=, PROSOFT_PAGE_INFO_SIZE_V1);
  g_assert_cmpstr (info->id, ==, "subscriptions");
  g_assert_cmpstr (info->menu_path, ==, PROSOFT_MENU_USERS_AND_SETTINGS);
  g_assert_cmpstr (info->title, !=, "");
  g_assert_null (host->pages->info (host->plugin, 1));
  g_assert_null (host->pages->info (host->plugin, G_MAXUINT32));
}

static prosoft_result_t
fail_to_write (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  guint *n = writer->writer_data;

  (*n)++;
  return PROSOFT_E_IO;
}

static prosoft_result_t
count_bytes (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  gint64 *total = writer->writer_data;

  *total += size;
  return PROSOFT_OK;
}

static void
test_render_refuses (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  guint n = 0;
  prosoft_writer_t failing = { &n, fail_to_write };
  prosoft_writer_t nothing = { NULL, NULL };
  gint64 revision = -5;

  raw_host_start (host);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  g_assert_cmpint (host->pages->render (host->plugin, 2, &failing, &revision), ==,
                   PROSOFT_E_NOT_FOUND);
  g_assert_cmpint (host->pages->render (host->plugin, 1, NULL, &revision), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (host->pages->render (host->plugin, 1, &nothing, &revision), ==,
                   PROSOFT_E_INVALID);
  g_assert_cmpint (host->pages->render (host->plugin, 1, &failing, NULL), ==, PROSOFT_E_INVALID);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpint (revision, ==, -5);
  host->pages->activated (host->plugin, 2);
  host->pages->close (host->plugin, 2);
  g_assert_true (raw_host_has_line (host, "HOST_MISBEHAVING", "pages.close"));
}

/* "A writer that fails: its code, and nothing is lost." */
static void
test_a_writer_that_fails (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  guint n = 0;
  gint64 total = 0, revision;
  prosoft_writer_t failing = { &n, fail_to_write };
  prosoft_writer_t good = { &total, count_bytes };

  raw_host_start (host);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  g_assert_cmpint (host->pages->render (host->plugin, 1, &failing, &revision), ==, PROSOFT_E_IO);
  /* After one failure it is not called again. */
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (host->pages->render (host->plugin, 1, &good, &revision), ==, PROSOFT_OK);
  g_assert_cmpint (total, >, 0);
  g_assert_cmpint (revision, >=, 1);
}

typedef struct
{
  const char *name;
  guint struct_size; /* 0: the full one */
  prosoft_view_t view;
  gint64 revision; /* added to the page's */
  const char *action;
  prosoft_result_t code;
} BadCall;

static const BadCall bad_calls[] = {
  { "small-struct", PROSOFT_PAGE_CALL_SIZE_V1 - 1, 1, 0, "session.check", PROSOFT_E_INVALID },
  { "tiny-struct", 4, 1, 0, "session.check", PROSOFT_E_INVALID },
  { "no-action", 0, 1, 0, NULL, PROSOFT_E_INVALID },
  { "action-that-is-no-text", 0, 1, 0, "session.check\xff", PROSOFT_E_INVALID },
  { "unknown-view", 0, 9, 0, "session.check", PROSOFT_E_NOT_FOUND },
  { "view-0", 0, 0, 0, "session.check", PROSOFT_E_NOT_FOUND },
  { "empty-action", 0, 1, 0, "", PROSOFT_E_STALE },
  { "unknown-action", 0, 1, 0, "format-disk", PROSOFT_E_STALE },
  { "action-with-more-behind", 0, 1, 0, "session.check ", PROSOFT_E_STALE },
  { "hidden-action", 0, 1, 0, "basket.pay", PROSOFT_E_STALE },
  { "disabled-action", 0, 1, 0, "sign-in", PROSOFT_E_STALE },
  { "revision-of-the-future", 0, 1, 1000, "session.check", PROSOFT_E_STALE },
  { "revision-of-the-past", 0, 1, -1000, "session.check", PROSOFT_E_STALE },
  { "revision-overflow", 0, 1, G_MAXINT64 - 1000000, "session.check", PROSOFT_E_STALE },
};

/* A page with one action that can be invoked: nothing is set up, a file is open. */
static void
show_page (RawHost *host, GBytes *bytes, RawReader *reader)
{
  raw_host_start (host);
  raw_reader_init (reader, bytes);
  g_assert_cmpint (raw_host_open_project (host, "p", reader), ==, PROSOFT_OK);
  g_assert_cmpint (host->pages->open (host->plugin, "subscriptions", 1, NULL), ==, PROSOFT_OK);
  raw_host_wait_page (host, 1, "Villa Picos");
}

static void
test_invoke_refuses (gconstpointer data)
{
  const BadCall *row = data;
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  RawReader reader;
  prosoft_op_t op = 77;
  prosoft_error_t error = { 0 };
  prosoft_page_call_t call = { 0 };

  show_page (host, bytes, &reader);
  g_free (raw_host_render (host, 1, &call.revision));
  call.revision += row->revision;
  call.struct_size = row->struct_size != 0 ? row->struct_size : sizeof call;
  call.view = row->view;
  call.action_id = row->action;
  g_assert_cmpint (host->pages->invoke (host->plugin, &call, &op, &error), ==, row->code);
  module_assert_error (&error, row->code);
  /* R10: an error, and no op. */
  g_assert_cmpuint (op, ==, 0);
  g_assert_cmpint (host->pages->invoke (host->plugin, &call, &op, NULL), ==, row->code);
  g_assert_cmpuint (host->endings->len, ==, 0);
}

static void
test_invoke_without_arguments (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  prosoft_page_call_t call
      = { .struct_size = sizeof call, .view = 1, .action_id = "session.check" };
  prosoft_error_t error = { 0 };
  prosoft_op_t op = 77;
  RawReader reader;

  show_page (host, bytes, &reader);
  g_assert_cmpint (host->pages->invoke (host->plugin, NULL, &op, &error), ==, PROSOFT_E_INVALID);
  module_assert_error (&error, PROSOFT_E_INVALID);
  g_assert_cmpuint (op, ==, 0);
  error = (prosoft_error_t){ 0 };
  g_assert_cmpint (host->pages->invoke (host->plugin, &call, NULL, &error), ==, PROSOFT_E_INVALID);
  module_assert_error (&error, PROSOFT_E_INVALID);
  g_assert_cmpint (host->pages->invoke (host->plugin, NULL, NULL, NULL), ==, PROSOFT_E_INVALID);
}

/* A struct of a later host, with more behind: what is known of it is read, the rest left alone. */
static void
test_a_larger_struct_is_welcome (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  struct
  {
    prosoft_page_call_t call;
    guint8 more[64];
  } larger = { .call = { .struct_size = sizeof larger, .view = 1, .action_id = "session.check" } };
  prosoft_op_t op = 0;
  RawReader reader;

  memset (larger.more, 0xa5, sizeof larger.more);
  show_page (host, bytes, &reader);
  g_free (raw_host_render (host, 1, &larger.call.revision));
  g_assert_cmpint (host->pages->invoke (host->plugin, &larger.call, &op, NULL), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (host, op)->result, ==, PROSOFT_OK);
}

static char *
make_inputs (gsize size)
{
  GString *text = g_string_new ("{\"note\":\"");

  while (text->len < size - 2)
    g_string_append_c (text, 'x');
  g_string_append (text, "\"}");
  return g_string_free (text, FALSE);
}

static void
test_inputs_up_to_64_kib (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  g_autofree char *most = make_inputs (MAX_INPUTS);
  g_autofree char *more = make_inputs (MAX_INPUTS + 1);
  prosoft_error_t error = { 0 };
  prosoft_op_t op = 0;
  RawReader reader;

  g_assert_cmpuint (strlen (more), ==, MAX_INPUTS + 1);
  show_page (host, bytes, &reader);
  g_assert_cmpint (raw_host_invoke (host, 1, "session.check", more, &op, &error), ==,
                   PROSOFT_E_TOO_LARGE);
  module_assert_error (&error, PROSOFT_E_TOO_LARGE);
  g_assert_cmpint (raw_host_invoke (host, 1, "session.check", most, &op, NULL), ==, PROSOFT_OK);
  g_assert_cmpint (raw_host_wait (host, op)->result, ==, PROSOFT_OK);
}

/* Bad JSON is seen by the worker, and told by the one completion. */
static void
test_inputs_that_are_no_object (void)
{
  static const char *const texts[] = {
    "",
    "{",
    "[]",
    "null",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1e400}",
    "{\"a\":\"\xff\"}",
    "{} {}",
    "{\"a\":nul}",
    "\xef\xbb\xbf{}",
  };
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  RawReader reader;

  show_page (host, bytes, &reader);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      prosoft_op_t op = 0;

      g_assert_cmpint (raw_host_invoke (host, 1, "session.check", texts[i], &op, NULL), ==,
                       PROSOFT_OK);
      g_assert_cmpint (raw_host_wait (host, op)->result, ==, PROSOFT_E_INVALID);
    }
}

/* --- project ---------------------------------------------------------------------------------- */

static void
test_opened_refuses (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  g_autofree char *long_id = g_strnfill (100000, 'p');
  RawReader reader, broken;
  const struct
  {
    const prosoft_reader_t *reader;
    guint struct_size;
    const char *id;
  } rows[] = {
    { NULL, sizeof (prosoft_project_info_t), "p" },
    { &broken.reader, sizeof (prosoft_project_info_t), "p" },
    { &reader.reader, PROSOFT_PROJECT_INFO_SIZE_V1 - 1, "p" },
    { &reader.reader, 0, "p" },
    { &reader.reader, sizeof (prosoft_project_info_t), NULL },
    { &reader.reader, sizeof (prosoft_project_info_t), "\xff" },
    { &reader.reader, sizeof (prosoft_project_info_t), long_id },
  };
  prosoft_error_t error = { 0 };

  raw_reader_init (&reader, bytes);
  raw_reader_init (&broken, bytes);
  broken.reader.read = NULL;
  raw_host_start (host);
  g_assert_cmpint (host->project->opened (host->plugin, NULL, &reader.reader, &error), ==,
                   PROSOFT_E_INVALID);
  module_assert_error (&error, PROSOFT_E_INVALID);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      prosoft_project_info_t info = { .struct_size = rows[i].struct_size, .id = rows[i].id };

      error = (prosoft_error_t){ 0 };
      g_assert_cmpint (host->project->opened (host->plugin, &info, rows[i].reader, &error), ==,
                       PROSOFT_E_INVALID);
      module_assert_error (&error, PROSOFT_E_INVALID);
      g_assert_cmpint (host->project->changed (host->plugin, &info, rows[i].reader), ==,
                       PROSOFT_E_INVALID);
    }
  g_assert_cmpuint (reader.n_reads + broken.n_reads, ==, 0);
}

static void
test_one_project_at_a_time (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  g_autoptr (GBytes) bytes = module_load_data ("villa-picos.nbt");
  prosoft_project_info_t info = { .struct_size = sizeof info, .id = "q" };
  prosoft_error_t error = { 0 };
  RawReader reader, other;

  show_page (host, bytes, &reader);
  raw_reader_init (&other, bytes);
  g_assert_cmpint (host->project->opened (host->plugin, &info, &other.reader, &error), ==,
                   PROSOFT_E_BUSY);
  module_assert_error (&error, PROSOFT_E_BUSY);
  g_assert_cmpint (host->project->changed (host->plugin, &info, &other.reader), ==,
                   PROSOFT_E_NOT_FOUND);
  host->project->closed (host->plugin, "q");
  host->project->closed (host->plugin, NULL);
  g_assert_true (raw_host_has_line (host, "HOST_MISBEHAVING", "project.closed"));
  g_assert_cmpuint (other.n_reads, ==, 0);
  host->project->closed (host->plugin, "p");
  g_assert_cmpint (host->project->changed (host->plugin, &info, &other.reader), ==,
                   PROSOFT_E_NOT_FOUND);
  g_assert_cmpint (raw_host_open_project (host, "q", &other), ==, PROSOFT_OK);
}

/* --- the rest --------------------------------------------------------------------------------- */

static void
test_check_refuses (void)
{
  g_autofree char *long_id = g_strnfill (65, 'a');
  g_autofree char *long_name = g_strnfill (100000, 'n');
  const struct
  {
    guint struct_size;
    int32_t kind;
    const char *id;
    const char *site;
    int32_t timeout;
    prosoft_result_t code;
  } rows[] = {
    { PROSOFT_GATE_REQUEST_SIZE_V1 - 1, PROSOFT_SESSION_REMOTE, "x", NULL, 0, PROSOFT_E_INVALID },
    { 0, PROSOFT_SESSION_REMOTE, "x", NULL, 0, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), 0, "x", NULL, 0, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), 2, "x", NULL, 0, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, "x", NULL, -1, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, "x", NULL, G_MININT32,
      PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, "\xff", NULL, 0, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, "", NULL, 0, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, "../x", NULL, 0, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, "x y", NULL, 0, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, long_id, NULL, 0,
      PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, "x", "\xff", 0, PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, "x", long_name, 0,
      PROSOFT_E_INVALID },
    { sizeof (prosoft_gate_request_t), PROSOFT_SESSION_REMOTE, NULL, "Villa", 0,
      PROSOFT_E_NOT_FOUND },
  };
  g_autoptr (RawHost) host = raw_host_new ();
  prosoft_op_t op = 77;

  raw_host_start (host);
  g_assert_cmpint (host->gate->check (host->plugin, NULL, 0, &op), ==, PROSOFT_E_INVALID);
  g_assert_cmpuint (op, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      prosoft_gate_request_t request = { .struct_size = rows[i].struct_size,
                                         .kind = rows[i].kind,
                                         .installation_id = rows[i].id,
                                         .site_name = rows[i].site };

      op = 77;
      g_test_message ("row %u", i);
      g_assert_cmpint (host->gate->check (host->plugin, &request, rows[i].timeout, &op), ==,
                       rows[i].code);
      g_assert_cmpuint (op, ==, 0);
      g_assert_cmpint (host->gate->check (host->plugin, &request, rows[i].timeout, NULL), ==,
                       PROSOFT_E_INVALID);
    }
  g_assert_true (raw_host_has_line (host, "HOST_MISBEHAVING", "session_gate.check"));
  g_assert_cmpuint (host->endings->len, ==, 0);
}

static void
test_a_session_that_never_was (void)
{
  g_autoptr (RawHost) host = raw_host_new ();

  raw_host_start (host);
  host->gate->session_ended (host->plugin, 0);
  host->gate->session_ended (host->plugin, G_MAXUINT64);
  g_assert_true (raw_host_has_line (host, "HOST_MISBEHAVING", "session_ended"));
}

static void
test_plugin_null (void)
{
  g_autoptr (RawHost) host = raw_host_new ();
  prosoft_error_t error = { 0 };
  prosoft_op_t op = 0;

  raw_host_start (host);
  g_assert_cmpint (host->pages->open (NULL, "subscriptions", 1, &error), ==, PROSOFT_E_INVALID);
  module_assert_error (&error, PROSOFT_E_INVALID);
  g_assert_cmpuint (host->pages->count (NULL), ==, 0);
  g_assert_null (host->pages->info (NULL, 0));
  g_assert_cmpint (host->pages->invoke (NULL, NULL, &op, NULL), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (host->gate->check (NULL, NULL, 0, &op), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (host->operations->cancel (NULL, 1), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (host->project->opened (NULL, NULL, NULL, NULL), ==, PROSOFT_E_INVALID);
  host->environment->changed (NULL, NULL);
  host->project->closed (NULL, NULL);
  host->secrets->stored (NULL, 0, PROSOFT_OK);
  g_assert_null (host->plugin->get_extension (NULL, PROSOFT_EXT_PAGES));
  host->plugin->on_main_thread (NULL);
  host->plugin->destroy (NULL);
  g_assert_cmpint (host->plugin->init (NULL, &error), ==, PROSOFT_E_INVALID);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "module-pages", "open-refuses", test_open_refuses);
  harness_add (harness, "module-pages", "seventy-views", test_seventy_views);
  harness_add (harness, "module-pages", "info-of-other-pages", test_info_of_other_pages);
  harness_add (harness, "module-pages", "render-refuses", test_render_refuses);
  harness_add (harness, "module-pages", "a-writer-that-fails", test_a_writer_that_fails);
  for (guint i = 0; i < G_N_ELEMENTS (bad_calls); i++)
    harness_add_full (harness, "module-invoke-refuses", bad_calls[i].name, test_invoke_refuses,
                      (gpointer)&bad_calls[i], NULL);
  harness_add (harness, "module-invoke", "without-arguments", test_invoke_without_arguments);
  harness_add (harness, "module-invoke", "a-larger-struct-is-welcome",
               test_a_larger_struct_is_welcome);
  harness_add (harness, "module-invoke", "inputs-up-to-64-kib", test_inputs_up_to_64_kib);
  harness_add (harness, "module-invoke", "inputs-that-are-no-object",
               test_inputs_that_are_no_object);
  harness_add (harness, "module-project-calls", "opened-refuses", test_opened_refuses);
  harness_add (harness, "module-project-calls", "one-project-at-a-time",
               test_one_project_at_a_time);
  harness_add (harness, "module-gate-calls", "check-refuses", test_check_refuses);
  harness_add (harness, "module-gate-calls", "a-session-that-never-was",
               test_a_session_that_never_was);
  harness_add (harness, "module-calls", "plugin-null", test_plugin_null);
}

HARNESS_MAIN (register_tests)
