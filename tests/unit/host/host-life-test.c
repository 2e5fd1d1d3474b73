/* SPDX-License-Identifier: MIT */
/* A good plug-in in the host: everything that the extensions are for, once. */
#include "tests/unit/host/support.h"

#include <glib/gstdio.h>

typedef struct
{
  const char *dir; /* owned by the harness */
  Host *host;      /* (owned) */
  prosoft_view_t view;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  HostOptions options = { .short_reads = true };

  fixture->dir = harness_tmpdir ();
  fixture->host = test_host_new (fixture->dir, &options);
  test_host_run (fixture->host, "good");
  g_assert_cmpint (host_open_page (fixture->host, "specimen", &fixture->view, NULL), ==,
                   PROSOFT_OK);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  HostFindings *findings = host_get_findings (fixture->host);

  host_stop (fixture->host);
  for (gsize i = 0; host_findings_get (findings, i) != NULL; i++)
    g_test_message ("%s", host_findings_get (findings, i)->text);
  g_assert_cmpuint (host_findings_total (findings), ==, 0);
  host_free (fixture->host);
}

static const HostOperation *
do_action (Fixture *fixture, const char *action)
{
  prosoft_op_t op = 0;

  g_assert_cmpint (host_invoke (fixture->host, fixture->view, action, NULL, &op, NULL), ==,
                   PROSOFT_OK);
  return test_host_wait (fixture->host, op);
}

typedef struct
{
  Fixture *fixture;
  const char *text;
} Shown;

static bool
is_shown (void *data)
{
  const Shown *shown = data;
  Host *host = shown->fixture->host;
  const HostView *view = host_get_view (host, shown->fixture->view);

  host_refresh_view (host, shown->fixture->view);
  return view->page != NULL && strstr (view->page, shown->text) != NULL;
}

static void
assert_shows (Fixture *fixture, const char *text)
{
  Shown shown = { fixture, text };

  g_assert_true (host_run_until (fixture->host, is_shown, &shown, 5000));
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  const prosoft_page_info_t *info = host_get_page_info (fixture->host, 0);
  const HostOperation *work;
  prosoft_error_t error = { 0 };
  prosoft_view_t other = 0;
  prosoft_op_t op = 0;

  g_assert_cmpuint (host_count_pages (fixture->host), ==, 1);
  g_assert_cmpstr (info->id, ==, "specimen");
  g_assert_null (host_get_page_info (fixture->host, 1));
  assert_shows (fixture, "new");
  work = do_action (fixture, "work");
  g_assert_cmpint (work->result, ==, PROSOFT_OK);
  g_assert_cmpstr (work->message, ==, "Done.");

  g_assert_cmpint (host_invoke (fixture->host, fixture->view, "forbidden", NULL, &op, &error), ==,
                   PROSOFT_E_STALE);
  g_assert_nonnull (strstr (error.message, "the action is disabled"));
  g_assert_cmpint (host_open_page (fixture->host, "nowhere", &other, &error), ==,
                   PROSOFT_E_NOT_FOUND);
  g_assert_cmpint (host_activate_page (fixture->host, fixture->view), ==, PROSOFT_OK);
  assert_shows (fixture, "activated");
  host_close_page (fixture->host, fixture->view);
  g_assert_null (host_get_view (fixture->host, fixture->view));
  g_assert_cmpint (host_invoke (fixture->host, fixture->view, "work", NULL, &op, &error), ==,
                   PROSOFT_E_INVALID);
}

static void
test_project (Fixture *fixture, gconstpointer data)
{
  prosoft_error_t error = { 0 };

  test_host_open_project (fixture->host, fixture->dir, 10000);
  assert_shows (fixture, "read 10000 of 10000 bytes");
  g_assert_cmpint (host_open_project (fixture->host, "/dev/null", &error), ==, PROSOFT_E_BUSY);
  g_assert_cmpint (host_change_project (fixture->host, &error), ==, PROSOFT_OK);
  host_close_project (fixture->host);

  g_assert_cmpint (host_open_project (fixture->host, "/nonexistent/x.nbt", &error), ==,
                   PROSOFT_E_NOT_FOUND);
  g_assert_nonnull (strstr (error.message, "/nonexistent/x.nbt"));
  g_assert_cmpint (host_open_project (fixture->host, fixture->dir, &error), ==, PROSOFT_E_INVALID);
  g_assert_nonnull (strstr (error.message, "is not a file"));
  g_assert_cmpint (host_change_project (fixture->host, &error), ==, PROSOFT_E_INVALID);
}

static void
test_operations (Fixture *fixture, gconstpointer data)
{
  prosoft_op_t hanging = 0, left = 0;
  const HostOperation *operation;

  g_assert_cmpint (host_invoke (fixture->host, fixture->view, "hang", NULL, &hanging, NULL), ==,
                   PROSOFT_OK);
  g_assert_cmpint (host_invoke (fixture->host, fixture->view, "hang", NULL, &left, NULL), ==,
                   PROSOFT_OK);
  do_action (fixture, "work");
  g_assert_cmpuint (host_count_open_operations (fixture->host), ==, 2);
  g_assert_cmpint (host_cancel (fixture->host, 999), ==, PROSOFT_E_INVALID);
  g_assert_cmpint (host_cancel (fixture->host, hanging), ==, PROSOFT_OK);
  g_assert_cmpint (host_cancel (fixture->host, hanging), ==, PROSOFT_OK);
  g_assert_cmpint (test_host_wait (fixture->host, hanging)->result, ==, PROSOFT_E_CANCELLED);

  operation = host_get_operation (fixture->host, left);
  host_stop (fixture->host);
  g_assert_true (operation->done);
  g_assert_cmpint (operation->result, ==, PROSOFT_E_CANCELLED);
}

static const HostOperation *
ask (Fixture *fixture, const char *installation)
{
  prosoft_op_t op = 0;

  g_assert_cmpint (host_check_session (fixture->host, installation, "Villa", 0, &op), ==,
                   PROSOFT_OK);
  return test_host_wait (fixture->host, op);
}

static void
test_gate (Fixture *fixture, gconstpointer data)
{
  const HostOperation *good = ask (fixture, "good"), *bad = ask (fixture, NULL);
  prosoft_op_t op = 0;

  g_assert_true (host_operation_admits (good));
  g_assert_cmpuint (good->decision->session, !=, 0);
  g_assert_cmpstr (good->decision->code, ==, "ok");
  g_assert_cmpint (host_end_session (fixture->host, good->decision->session), ==, PROSOFT_OK);
  assert_shows (fixture, "session ended");

  g_assert_false (host_operation_admits (bad));
  g_assert_cmpint (bad->decision->outcome, ==, PROSOFT_GATE_DENY);
  g_assert_cmpuint (bad->decision->n_buttons, ==, 1);
  g_assert_cmpstr (bad->decision->buttons[0].label, ==, "Try again");

  g_assert_cmpint (host_check_session (fixture->host, "slow", NULL, 0, &op), ==, PROSOFT_OK);
  g_assert_false (host_operation_admits (host_get_operation (fixture->host, op)));
  g_assert_cmpint (host_cancel (fixture->host, op), ==, PROSOFT_OK);
  g_assert_cmpstr (test_host_wait (fixture->host, op)->decision->code, ==, "cancelled");
  g_assert_cmpint (host_check_session (fixture->host, "x", NULL, -1, &op), ==, PROSOFT_E_INVALID);
  g_assert_false (host_operation_admits (NULL));
  g_assert_false (host_operation_admits (do_action (fixture, "work")));
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (host_set_environment (fixture->host, "theme", "dark"), ==, PROSOFT_OK);
  assert_shows (fixture, "dark");
  g_assert_cmpstr (host_get_environment (fixture->host, "theme"), ==, "dark");
  g_assert_cmpstr (host_get_environment (fixture->host, "prosoft-version"), ==, "5.1.2.0");
  g_assert_null (host_get_environment (fixture->host, "locale"));
}

static void
test_secrets (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path
      = g_build_filename (fixture->dir, "secrets", "7369676e2d696e", NULL); /* "sign-in" */
  GStatBuf status;

  do_action (fixture, "recall");
  assert_shows (fixture, "loaded -12");
  do_action (fixture, "keep");
  assert_shows (fixture, "stored");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, TEST_FILE_MODE);
  do_action (fixture, "recall");
  assert_shows (fixture, "loaded 0 s3cret");
  do_action (fixture, "forget");
  g_assert_cmpint (g_stat (path, &status), !=, 0);
}

static void
test_saves_and_warns (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "saved", "list.csv", NULL);
  g_autofree char *text = NULL;

  do_action (fixture, "save");
  assert_shows (fixture, "saved");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "a;b\r\n");
  /* A file that is there already is not replaced. */
  do_action (fixture, "save");
  assert_shows (fixture, "not saved");
  g_assert_null (host_get_attention (fixture->host, "specimen"));
  do_action (fixture, "warn");
  g_assert_cmpstr (host_get_attention (fixture->host, "specimen"), ==, "Look here.");
}

static void
test_browser (Fixture *fixture, gconstpointer data)
{
  do_action (fixture, "browse");
  g_assert_cmpstr (host_get_opened_uri (fixture->host, 0), ==, "https://example.invalid/checkout");
  g_assert_null (host_get_opened_uri (fixture->host, 1));
}

static void
test_starts_again (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 3; i++)
    {
      prosoft_error_t error = { 0 };

      host_stop (fixture->host);
      g_assert_false (host_is_running (fixture->host));
      host_unload (fixture->host);
      test_host_run (fixture->host, "good");
      g_assert_cmpint (host_start (fixture->host, NULL, &error), ==, PROSOFT_E_INVALID);
      g_assert_cmpint (host_load (fixture->host, "x", &error), ==, PROSOFT_E_BUSY);
    }
}

/* A minimal host lacks these: a plug-in must do without. */
static void
test_leaves_extensions_out (void)
{
  static const char *const optional[]
      = { PROSOFT_EXT_ATTENTION, PROSOFT_EXT_FILES, PROSOFT_EXT_SECRETS, NULL };
  static const char *const required[] = { PROSOFT_EXT_LOG, NULL };
  g_autofree char *path = test_specimen_path ("good");
  HostOptions options = { .missing = optional };
  Host *host = test_host_new (harness_tmpdir (), &options);
  prosoft_error_t error = { 0 };

  test_host_run (host, "good");
  host_free (host);

  options.missing = required;
  host = test_host_new (harness_tmpdir (), &options);
  g_assert_cmpint (host_load (host, path, &error), ==, PROSOFT_OK);
  g_assert_cmpint (host_start (host, NULL, &error), ==, PROSOFT_E_UNSUPPORTED);
  g_assert_false (host_is_running (host));
  g_assert_cmpuint (host_findings_total (host_get_findings (host)), ==, 0);
  host_free (host);
}

static void
test_measures (Fixture *fixture, gconstpointer data)
{
  const HostTiming *timing = host_get_timing (fixture->host);

  do_action (fixture, "work");
  g_assert_cmpuint (timing->calls, >, 5);
  g_assert_cmpint (host_timing_p999 (timing), <=, timing->max_us);
  g_assert_nonnull (timing->slowest);
  g_assert_cmpint (timing->init_us, >=, 0);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "host-life", name, Fixture, NULL, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("page", test_page);
  ADD ("project", test_project);
  ADD ("operations", test_operations);
  ADD ("gate", test_gate);
  ADD ("values", test_values);
  ADD ("secrets", test_secrets);
  ADD ("saves-and-warns", test_saves_and_warns);
  ADD ("browser", test_browser);
  ADD ("starts-again", test_starts_again);
  ADD ("measures", test_measures);
  harness_add (harness, "host-life", "leaves-extensions-out", test_leaves_extensions_out);
}

HARNESS_MAIN (register_tests)
