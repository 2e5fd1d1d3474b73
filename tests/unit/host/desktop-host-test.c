/* SPDX-License-Identifier: MIT */
/* A plug-in in the host, its secrets in a Secret Service: the whole way. */
#include "tests/host/desktop/safe.h"
#include "tests/unit/host/mock-secrets.h"
#include "tests/unit/host/support.h"

typedef struct
{
  const char *dir;      /* owned by the harness */
  GTestDBus *bus;       /* (owned) */
  MockSecrets *service; /* (owned) */
  DesktopSafe *safe;    /* (owned) (nullable) */
  Host *host;           /* (owned) (nullable) */
  prosoft_view_t view;
  const char *text; /* (nullable) what the page must show */
} Fixture;

static void
start (Fixture *fixture)
{
  HostOptions options = { .has_main_context = true };

  fixture->safe = desktop_safe_new ();
  options.safe = desktop_safe_get (fixture->safe);
  fixture->host = test_host_new (fixture->dir, &options);
  test_host_run (fixture->host, "good");
  g_assert_cmpint (host_open_page (fixture->host, "specimen", &fixture->view, NULL), ==,
                   PROSOFT_OK);
}

static void
assert_blameless (Fixture *fixture)
{
  HostFindings *findings = host_get_findings (fixture->host);

  for (gsize i = 0; host_findings_get (findings, i) != NULL; i++)
    g_test_message ("%s", host_findings_get (findings, i)->text);
  g_assert_cmpuint (host_findings_total (findings), ==, 0);
}

static void
stop (Fixture *fixture)
{
  host_stop (fixture->host);
  g_clear_pointer (&fixture->safe, desktop_safe_free);
  assert_blameless (fixture);
  g_clear_pointer (&fixture->host, host_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = harness_tmpdir ();
  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->service = mock_secrets_new (g_test_dbus_get_bus_address (fixture->bus));
  mock_secrets_appear (fixture->service);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->host, host_free);
  g_clear_pointer (&fixture->safe, desktop_safe_free);
  mock_secrets_free (fixture->service);
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
}

/* As a desktop does: the host's loop inside the toolkit's. */
static gboolean
is_shown (gpointer data)
{
  Fixture *fixture = data;
  const HostView *view = host_get_view (fixture->host, fixture->view);

  host_loop_iterate (host_get_loop (fixture->host), 0);
  host_refresh_view (fixture->host, fixture->view);
  return view->page != NULL && strstr (view->page, fixture->text) != NULL;
}

static void
act (Fixture *fixture, const char *action)
{
  prosoft_op_t op = 0;

  g_assert_cmpint (host_invoke (fixture->host, fixture->view, action, NULL, &op, NULL), ==,
                   PROSOFT_OK);
  test_host_wait (fixture->host, op);
}

static void
act_until (Fixture *fixture, const char *action, const char *text)
{
  act (fixture, action);
  fixture->text = text;
  g_assert_true (harness_wait_until (is_shown, fixture, 20000));
}

static void
test_lasts_over_a_restart (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = NULL;

  act_until (fixture, "recall", "loaded -12");
  act_until (fixture, "keep", "stored");
  g_assert_true (desktop_safe_lasts (fixture->safe));
  stop (fixture);
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 1);
  start (fixture);
  act_until (fixture, "recall", "loaded 0 s3cret");
  act (fixture, "forget");
  act_until (fixture, "recall", "loaded -12");
  stop (fixture);
  g_assert_cmpuint (mock_secrets_count (fixture->service), ==, 0);
  log = test_host_log (fixture->dir);
  g_assert_null (strstr (log, "s3cret"));
}

static void
test_lasts_for_the_process_only (Fixture *fixture, gconstpointer data)
{
  mock_secrets_vanish (fixture->service);
  act_until (fixture, "keep", "stored");
  g_assert_false (desktop_safe_lasts (fixture->safe));
  act_until (fixture, "recall", "loaded 0 s3cret");
  stop (fixture);
  start (fixture);
  act_until (fixture, "recall", "loaded -12");
  mock_secrets_appear (fixture->service);
}

/* The window is closed while the service still thinks; whichever is freed first. */
static void
test_ends_with_open_calls (Fixture *fixture, gconstpointer data)
{
  mock_secrets_set_mood (fixture->service, "SearchItems", MOCK_HANGS);
  act (fixture, "recall");
  act (fixture, "forget");
  stop (fixture);
  start (fixture);
  act (fixture, "recall");
  host_stop (fixture->host);
  assert_blameless (fixture);
  g_clear_pointer (&fixture->host, host_free);
  g_clear_pointer (&fixture->safe, desktop_safe_free);
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "desktop-host", name, Fixture, NULL, set_up, func, tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("lasts-over-a-restart", test_lasts_over_a_restart);
  ADD ("lasts-for-the-process-only", test_lasts_for_the_process_only);
  ADD ("ends-with-open-calls", test_ends_with_open_calls);
}

HARNESS_MAIN (register_tests)
