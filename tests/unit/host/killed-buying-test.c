/* SPDX-License-Identifier: MIT */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/host/host-driver.h"
#include "tests/host/page-tree.h"
#include "tests/support/sandbox-process.h"
#include "tests/tools/nbt-packer.h"

/*
 * The host is killed (SIGKILL) at any call that touches disk or network, from the first step of
 * buying to the payment's arrival, each time with another installation. At the next start the order
 * is found or was never made; one person goes on buying; in the end each is bought exactly once
 * (S39).
 */

#define INTEGRATOR "mara@example.org"
/* 100 in all, in parts, since a test's time is limited. */
#define PARTS 10
#ifdef __SANITIZE_ADDRESS__
#define KILLS 2 /* a program starts five times slower */
#else
#define KILLS 10
#endif
/* How many installations a part may need for its kills. */
#define SITES (KILLS + 6)
/* Of the world's many installations every twelfth has nothing yet. */
#define NUMBER(i) (12 * (i) + 5)

typedef struct
{
  SandboxProcess *sandbox; /* (owned) */
  char *home;              /* (owned) */
  char *module;            /* (owned) */
  char *browser;           /* (owned) */
  guint n_calls;           /* of one purchase that nobody disturbs */
} Fixture;

static char *
dup_site (guint i)
{
  return g_strdup_printf ("many-%05u", NUMBER (i));
}

/* (transfer full): a .nbt of that installation */
static char *
make_file (Fixture *self, guint i)
{
  g_autofree char *sample = harness_data_path ("villa-picos.json");
  g_autofree char *site = dup_site (i);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (self->home, "site.nbt", NULL);

  g_assert_true (g_file_get_contents (sample, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, "b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3", site, 0), ==,
                    1);
  file = nbt_packer_pack_text (changed->str, changed->len, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (file, NULL),
                                      (gssize)g_bytes_get_size (file), NULL));
  return path;
}

static HostDriver *
start_host (Fixture *self)
{
  HostDriverOptions options = { .module = self->module,
                                .home = self->home,
                                .sandbox = sandbox_process_get_folder (self->sandbox),
                                .browser = self->browser };
  g_autoptr (GError) error = NULL;
  HostDriver *driver = host_driver_new (&options, &error);

  g_assert_no_error (error);
  return driver;
}

static void
sign_in (Fixture *self)
{
  g_autoptr (HostDriver) driver = start_host (self);
  g_autoptr (GError) error = NULL;
  gboolean done = host_driver_open (driver, NULL, &error) && host_driver_sign_in (driver, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpuint (host_driver_stop (driver), ==, 0);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *sandbox = harness_build_path ("tests/sandbox/ttcloud-sandbox");
  g_autofree char *person = harness_build_path ("tests/sandbox/sandbox-person");
  g_autofree char *quoted = g_shell_quote (person);
  g_autoptr (GError) error = NULL;

  self->home = g_strdup (harness_tmpdir ());
  self->module = harness_build_path ("plugin/ttecomm.so");
  self->browser = g_strconcat (quoted, " --as " INTEGRATOR, NULL);
  self->sandbox = sandbox_process_start (sandbox, harness_tmpdir (), NUMBER (SITES), &error);
  g_assert_no_error (error);
  sign_in (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sandbox_process_free (self->sandbox);
  g_free (self->home);
  g_free (self->module);
  g_free (self->browser);
}

/* Buys Remote Services for installation @i in a process that is killed at call @nth; (transfer
 * full): what it printed, %NULL when it was killed. */
static char *
buy_and_die (Fixture *self, guint i, const char *when, guint nth)
{
  g_autofree char *program = harness_build_path ("tests/unit/host/killable");
  g_autofree char *file = make_file (self, i);
  g_autofree char *number = g_strdup_printf ("%u", nth);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;
  g_autofree char *said = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                              &error, program, self->module, self->home,
                              sandbox_process_get_folder (self->sandbox), self->browser, file, "RS",
                              when, number, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &said, &error));
  if (g_subprocess_get_if_signaled (process))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (process), ==, 9);
      return NULL;
    }
  g_test_message ("%s", said);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return g_steal_pointer (&out);
}

static gboolean
is_offered (JsonObject *page, gpointer data)
{
  return host_page_find (page, "basket.add.RS") != NULL;
}

/* Nothing is under way, whatever an order of before has come to. */
static gboolean
is_quiet (JsonObject *page, gpointer data)
{
  return g_str_equal (host_page_get_text (page, "state"), "ready")
         && (host_page_find (page, "basket.waiting") == NULL
             || host_page_find (page, "basket.checkout") != NULL);
}

/* As the person would: look, and go on where it stopped. */
static void
finish_buying (Fixture *self, guint i)
{
  g_autofree char *file = make_file (self, i);
  g_autoptr (HostDriver) driver = start_host (self);
  g_autoptr (GError) error = NULL;
  JsonObject *page;

  if (host_driver_open (driver, file, &error) && host_driver_wait_loaded (driver, &error)
      && host_driver_wait_page (driver, is_quiet, NULL, "the order of before", 60000, &error))
    {
      page = host_driver_get_page (driver, &error);
      if (page != NULL
          && (is_offered (page, NULL) || host_page_find (page, "basket.checkout") != NULL
              || host_page_find (page, "basket.remove.RS") != NULL)
          && !host_driver_buy (driver, (const char *const[]){ "RS", NULL }, NULL, NULL, NULL,
                               &error))
        g_prefix_error (&error, "going on: ");
    }
  g_assert_no_error (error);
  g_assert_cmpuint (host_driver_stop (driver), ==, 0);
}

static void
assert_bought_once (Fixture *self, guint i)
{
  g_autofree char *site = dup_site (i);
  g_autofree char *subscription = g_strconcat (site, "/RS", NULL);
  g_autoptr (GError) error = NULL;
  guint n_this = 0, n_all = 0;

  g_assert_true (sandbox_process_count_events (self->sandbox, "purchase_invoice", subscription,
                                               &n_this, &error));
  g_assert_true (
      sandbox_process_count_events (self->sandbox, "purchase_invoice", NULL, &n_all, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_this, ==, 1);
  g_assert_cmpuint (n_all, ==, i + 1);
}

static void
test_killed (Fixture *self, gconstpointer data)
{
  guint part = GPOINTER_TO_UINT (data);
  g_autofree char *undisturbed = buy_and_die (self, 0, "before", 0);
  guint n_calls = (guint)strtoul (undisturbed, NULL, 10);
  guint n_killed = 0;

  g_test_message ("%u calls in one purchase", n_calls);
  g_assert_cmpuint (n_calls, >, 20);
  assert_bought_once (self, 0);
  for (guint i = 1; n_killed < KILLS; i++)
    {
      /* From the first call to the last, killed before it and after it in turn. How often a
       * purchase waits and reads varies: one that had finished by then is no kill, and the next
       * dies a little earlier. */
      guint nth = 1 + (n_killed * PARTS + part) * n_calls / (KILLS * PARTS);
      g_autofree char *out = NULL;

      g_assert_cmpuint (i, <=, SITES);
      out = buy_and_die (self, i, n_killed % 2 == 0 ? "before" : "after", nth);
      g_test_message ("%u: call %u: %s", i, nth, out == NULL ? "killed" : "had finished");
      if (out == NULL)
        n_killed++;
      else
        n_calls = n_calls * 9 / 10;
      finish_buying (self, i);
      assert_bought_once (self, i);
    }
}

static void
register_tests (Harness *harness)
{
  for (guint part = 0; part < PARTS; part++)
    {
      g_autofree char *name = g_strdup_printf ("part-%u", part + 1);

      harness_add_fixture (harness, "killed-buying", name, Fixture, GUINT_TO_POINTER (part), set_up,
                           test_killed, tear_down);
    }
}

HARNESS_MAIN (register_tests)
