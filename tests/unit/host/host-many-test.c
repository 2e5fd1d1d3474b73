/* SPDX-License-Identifier: MIT */
/* The real module with a thousand installations behind it: the host's main thread goes on, whatever
 * comes in meanwhile, and in the end all of it is there. */
#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/host/host-driver.h"
#include "tests/host/page-tree.h"

#define MANY 1000
#define PATIENCE_MS 120000
#define ADDRESS "mara@example.org"
#define PAGE "subscriptions"

typedef struct
{
  GSubprocess *sandbox; /* (owned) */
  char *folder;         /* (owned) */
  HostDriver *driver;   /* (owned) */
} Fixture;

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
start_sandbox (Fixture *self)
{
  g_autofree char *program = harness_build_path ("tests/sandbox/ttcloud-sandbox");
  g_autofree char *urls = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_build_filename (harness_tmpdir (), "sandbox", NULL);
  urls = g_build_filename (self->folder, "urls.json", NULL);
  self->sandbox = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--dir",
                                    self->folder, "--many", G_STRINGIFY (MANY), NULL);
  g_assert_no_error (error);
  g_assert_true (harness_wait_until (is_there, urls, PATIENCE_MS));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *module = harness_build_path ("plugin/ttecomm.so");
  g_autofree char *person = harness_build_path ("tests/sandbox/sandbox-person");
  g_autofree char *browser = g_strdup_printf ("%s --as " ADDRESS, person);
  g_autofree char *home = g_build_filename (harness_tmpdir (), "home", NULL);
  g_autoptr (GError) error = NULL;

  start_sandbox (self);
  self->driver = host_driver_new (&(HostDriverOptions){ .module = module,
                                                        .home = home,
                                                        .sandbox = self->folder,
                                                        .address = ADDRESS,
                                                        .browser = browser },
                                  &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  /* Whatever rule a call broke, the host has seen it. */
  g_assert_cmpuint (host_driver_stop (self->driver), ==, 0);
  host_driver_free (self->driver);
  g_subprocess_send_signal (self->sandbox, SIGTERM);
  g_assert_true (g_subprocess_wait (self->sandbox, NULL, &error));
  g_object_unref (self->sandbox);
  g_free (self->folder);
}

static gboolean
has_list (JsonObject *page, gpointer data)
{
  return host_page_find (page, "installations.table") != NULL;
}

static void
wait_for_list (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  gboolean good
      = host_driver_wait_page (self->driver, has_list, NULL, "the list", PATIENCE_MS, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

static void
invoke (Fixture *self, const char *action, const char *inputs)
{
  g_autoptr (GError) error = NULL;
  gboolean good = host_driver_invoke (self->driver, action, inputs, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

static void
assert_shown (Fixture *self, const char *words)
{
  g_autoptr (GError) error = NULL;
  JsonObject *page = host_driver_get_page (self->driver, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (host_page_get_text (host_page_find (page, "installations.shown"), "text"), ==,
                   words);
}

static void
open_and_sign_in (Fixture *self)
{
  g_autofree char *file = harness_source_path ("tests/data/villa-picos.nbt");
  g_autoptr (GError) error = NULL;
  gboolean good
      = host_driver_open (self->driver, file, &error) && host_driver_sign_in (self->driver, &error);

  g_assert_no_error (error);
  g_assert_true (good);
}

/* Sessions are decided while the list and its thousand statements are on their way, and after. */
static void
test_goes_on (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *site;
    int allowed;
  } rows[] = { { NULL, 0 },         { "many-00001", 1 },  { "many-00500", 1 },
               { "many-01000", 1 }, { "site-active", 1 }, { "site-nl", 0 } };

  open_and_sign_in (self);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      const HostDecision *decision = host_driver_check (self->driver, rows[i].site, &error);

      g_assert_no_error (error);
      g_test_message ("%s: %s", rows[i].site, decision->code);
      g_assert_cmpint (decision->allowed, ==, rows[i].allowed);
    }
  wait_for_list (self);
  assert_shown (self, "1 to 1000 of 1010 shown");
  g_assert_nonnull (host_get_attention (host_driver_get_host (self->driver), PAGE));
}

/* The person works with the list: each step shows what it should. */
static void
test_works (Fixture *self, gconstpointer data)
{
  open_and_sign_in (self);
  wait_for_list (self);
  invoke (self, "installations.next", NULL);
  assert_shown (self, "1001 to 1010 of 1010 shown");
  invoke (self, "installations.previous", NULL);
  invoke (self, "installations.filter",
          "{\"installations.text\":\"zeezicht 10\",\"installations.state\":\"all\"}");
  assert_shown (self, "3 of 1010 shown");
  invoke (self, "installations.filter",
          "{\"installations.text\":\"\",\"installations.state\":\"not-activated\"}");
  invoke (self, "installations.buy", NULL);
  invoke (self, "installations.all", NULL);
  assert_shown (self, "1 to 1000 of 1010 shown");
  invoke (self, "refresh", NULL);
}

/* The end comes in the middle of it: nothing is waited for, nothing is heard afterwards. */
static void
test_ends_in_between (Fixture *self, gconstpointer data)
{
  open_and_sign_in (self);
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "host-many", name, Fixture, NULL, set_up, func, tear_down)
  ADD ("goes-on", test_goes_on);
  ADD ("works", test_works);
  ADD ("ends-in-between", test_ends_in_between);
}

HARNESS_MAIN (register_tests)
