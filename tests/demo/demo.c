/* SPDX-License-Identifier: MIT */
/*
 * The main job, watched: a host loads the module, opens a .nbt, a person signs in, buys, opens a
 * session, and comes back when the subscription is over and when TTcloud is gone. Each step states
 * what is expected and compares; the program succeeds only if every step is as stated.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/civil-date.h"
#include "tests/demo/sandbox-process.h"
#include "tests/host/host-driver.h"
#include "tests/host/page-text.h"
#include "tests/host/page-tree.h"

#define INSTALLATION "b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3"
#define INTEGRATOR "mara@example.org"
#define WIDTH 100
#define WAIT_MS 15000

typedef struct
{
  char *folder;            /* (owned) everything that the demo writes */
  SandboxProcess *sandbox; /* (owned) (nullable) */
  HostDriver *driver;      /* (owned) (nullable) */
  guint n_steps;
  guint n_failed;
  gint64 started;
} Demo;

/* The page is UTF-8, whatever the terminal's locale says. */
static void G_GNUC_PRINTF (1, 2) print (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vfprintf (stdout, format, args);
  va_end (args);
  fflush (stdout);
}

static void
demo_step (Demo *demo, gboolean ok, const char *what, const char *expected, const char *got)
{
  demo->n_steps++;
  if (!ok)
    demo->n_failed++;
  print ("%s %2u. %s\n       expected: %s\n       happened: %s\n", ok ? " ok " : "FAIL",
         demo->n_steps, what, expected, got);
}

/* The first lines of a text, indented, as a picture of what the person sees. */
static void
show (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' || lines[i + 1] != NULL)
      print ("       | %s\n", lines[i]);
}

static gboolean
failed (Demo *demo, const char *what, const char *expected, GError *error)
{
  g_autoptr (GError) owned = error;

  demo_step (demo, FALSE, what, expected, owned != NULL ? owned->message : "nothing came");
  return FALSE;
}

static char *
program_path (const char *name)
{
  return g_build_filename (BUILD_ROOT, "tests", "sandbox", name, NULL);
}

static gboolean
step_sandbox (Demo *demo)
{
  g_autofree char *program = program_path ("ttcloud-sandbox");
  g_autofree char *folder = g_build_filename (demo->folder, "sandbox", NULL);
  g_autofree char *got = NULL;
  GError *error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return failed (demo, "the sandbox starts", "a folder for it", NULL);
  demo->sandbox = sandbox_process_start (program, folder, &error);
  if (demo->sandbox == NULL)
    return failed (demo, "the sandbox starts", "TTcloud and TTecomm answer on this PC", error);
  got = g_strdup_printf ("TTcloud at %s, TTecomm at %s",
                         sandbox_process_get_ttcloud_url (demo->sandbox),
                         sandbox_process_get_ttecomm_url (demo->sandbox));
  demo_step (demo, TRUE, "the sandbox starts (its prices are fiction)",
             "TTcloud and TTecomm answer on this PC", got);
  return TRUE;
}

static gboolean
step_load (Demo *demo)
{
  g_autofree char *module = g_build_filename (BUILD_ROOT, "plugin", "ttecomm.so", NULL);
  g_autofree char *person = program_path ("sandbox-person");
  g_autofree char *quoted = g_shell_quote (person);
  g_autofree char *browser = g_strconcat (quoted, " --as ", INTEGRATOR, NULL);
  g_autofree char *home = g_build_filename (demo->folder, "home", NULL);
  HostDriverOptions options = {
    .module = module,
    .home = home,
    .sandbox = sandbox_process_get_folder (demo->sandbox),
    .locale = "en",
    .browser = browser,
  };
  const prosoft_plugin_descriptor_t *plugin;
  g_autofree char *got = NULL;
  GError *error = NULL;

  demo->driver = host_driver_new (&options, &error);
  if (demo->driver == NULL)
    return failed (demo, "the host loads the module", "be.teletask.ttecomm", error);
  plugin = host_describe_plugin (host_driver_get_host (demo->driver), 0);
  got = g_strdup_printf ("%s %s, \"%s\"", plugin->id, plugin->version, plugin->name);
  demo_step (demo, strcmp (plugin->id, "be.teletask.ttecomm") == 0,
             "the host loads ttecomm.so through its C interface", "be.teletask.ttecomm", got);
  return TRUE;
}

static const char *
cell_text (JsonObject *page, const char *row_id, guint column)
{
  JsonObject *table = host_page_find (page, "subscriptions");
  JsonArray *rows = table != NULL && json_object_has_member (table, "rows")
                        ? json_object_get_array_member (table, "rows")
                        : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      JsonNode *cell;

      if (strcmp (host_page_get_text (row, "id"), row_id) != 0)
        continue;
      cell = json_array_get_element (json_object_get_array_member (row, "cells"), column);
      if (JSON_NODE_HOLDS_OBJECT (cell))
        return host_page_get_text (json_node_get_object (cell), "text");
      return json_node_get_string (cell);
    }
  return "(no such row)";
}

static gboolean
step_open (Demo *demo)
{
  g_autofree char *file = g_build_filename (SOURCE_ROOT, "tests", "data", "villa-picos.nbt", NULL);
  g_autofree char *text = NULL;
  JsonObject *page;
  GError *error = NULL;

  if (!host_driver_open (demo->driver, file, &error)
      || !host_driver_wait_loaded (demo->driver, &error))
    return failed (demo, "villa-picos.nbt is opened", "the page", error);
  page = host_driver_get_page (demo->driver, &error);
  if (page == NULL)
    return failed (demo, "villa-picos.nbt is opened", "the page", error);
  text = host_page_to_text (page, WIDTH, FALSE);
  demo_step (demo,
             strstr (text, "Villa Picos") != NULL && strstr (text, "Alexa Picos") != NULL
                 && strstr (text, INTEGRATOR) != NULL,
             "villa-picos.nbt is opened; Extra -> Users and settings -> Subscriptions",
             "the installation, its owner and its integrators, read from the file", "this page:");
  show (text);
  return TRUE;
}

static gboolean
step_sign_in (Demo *demo)
{
  g_autofree char *identity = NULL;
  JsonObject *page;
  GError *error = NULL;

  if (!host_driver_sign_in (demo->driver, &error)
      || !host_driver_wait_loaded (demo->driver, &error))
    return failed (demo, "sign in as the integrator, in the browser", INTEGRATOR, error);
  page = host_driver_get_page (demo->driver, &error);
  if (page == NULL)
    return failed (demo, "sign in as the integrator, in the browser", INTEGRATOR, error);
  identity = host_page_block_to_text (page, "identity", WIDTH);
  g_strdelimit (identity, "\n", ';');
  demo_step (demo, strstr (identity, INTEGRATOR) != NULL && strstr (identity, "integrator") != NULL,
             "sign in as the integrator, in the browser (OAuth 2.0 with PKCE)",
             INTEGRATOR ", system integrator", g_strstrip (identity));
  return TRUE;
}

/* Asks the gate; @was is (nullable). */
static gboolean
step_session (Demo *demo,
              const char *what,
              prosoft_gate_outcome_t outcome,
              const char *code,
              const char *was,
              const char *in_text)
{
  static const char *const words[] = { "?", "ALLOW", "NOTE", "WAIT", "DENY" };
  g_autofree char *expected = NULL;
  g_autofree char *got = NULL;
  const HostDecision *decision;
  GError *error = NULL;
  gboolean ok;

  expected = g_strdup_printf ("%s %s%s%s%s%s%s", words[outcome], code, was != NULL ? " (was " : "",
                              was != NULL ? was : "", was != NULL ? ")" : "",
                              in_text != NULL ? ", and the text says: " : "",
                              in_text != NULL ? in_text : "");
  decision = host_driver_check (demo->driver, NULL, &error);
  if (decision == NULL)
    return failed (demo, what, expected, error);
  ok = decision->outcome == outcome && g_strcmp0 (decision->code, code) == 0
       && g_strcmp0 (decision->was, was) == 0
       && decision->allowed == (outcome <= PROSOFT_GATE_NOTE ? 1 : 0)
       && (decision->session != 0) == (decision->allowed == 1)
       && (in_text == NULL
           || (decision->message != NULL && strstr (decision->message, in_text) != NULL));
  got = g_strdup_printf ("%s %s%s%s%s%s", words[CLAMP (decision->outcome, 0, 4)], decision->code,
                         decision->was != NULL ? " (was " : "",
                         decision->was != NULL ? decision->was : "",
                         decision->was != NULL ? ")" : "",
                         in_text != NULL && ok ? ", and the text says so" : "");
  demo_step (demo, ok, what, expected, got);
  /* The person closes it again; what follows is about the next opening. */
  if (decision->session != 0)
    host_end_session (host_driver_get_host (demo->driver), decision->session);
  if (decision->message != NULL)
    show (decision->message);
  for (guint i = 0; i < decision->n_buttons; i++)
    print ("       | [%s]\n", decision->buttons[i].label);
  return ok;
}

static char *
format_dmy (const GDate *date)
{
  return g_strdup_printf ("%02u/%02u/%04u", (guint)g_date_get_day (date),
                          (guint)g_date_get_month (date), (guint)g_date_get_year (date));
}

/* What TTecomm's terms make of a purchase today: rules S55 and S60, worked out here by hand. */
typedef struct
{
  char *end;         /* (owned) dd/mm/yyyy */
  char *after_end;   /* (owned) yyyy-mm-dd */
  char *next_charge; /* (owned) dd/mm/yyyy */
  guint free_days;
} Expected;

static void
expect_of_today (Expected *expected)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Brussels");
  g_autoptr (GDateTime) local = g_date_time_to_timezone (now, zone);
  GDateMonth month = (GDateMonth)g_date_time_get_month (local);
  GDateYear year = (GDateYear)g_date_time_get_year (local);
  guint days = g_date_get_days_in_month (month, year);
  GDate end, charge, after;
  char iso[11];

  g_date_clear (&end, 1);
  g_date_set_dmy (&end, g_date_get_days_in_month (month, (GDateYear)(year + 1)), month,
                  (GDateYear)(year + 1));
  charge = end;
  g_date_subtract_months (&charge, 1);
  after = end;
  g_date_add_days (&after, 1);
  ttecomm_date_format (&after, iso);
  expected->end = format_dmy (&end);
  expected->next_charge = format_dmy (&charge);
  expected->after_end = g_strdup (iso);
  expected->free_days = days - (guint)g_date_time_get_day_of_month (local) + 1;
}

static void
expected_clear (Expected *expected)
{
  g_free (expected->end);
  g_free (expected->after_end);
  g_free (expected->next_charge);
}

typedef struct
{
  Demo *demo;
  const Expected *expected;
  gboolean saw_quote;
} Buying;

static gboolean
check_quote (const char *shown, const Expected *expected, GString *missing)
{
  g_autofree char *days = g_strdup_printf ("%u", expected->free_days);
  const char *const parts[] = {
    "60.00", "12.60", "72.60", expected->end, expected->next_charge, days,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (shown, parts[i]) == NULL)
      g_string_append_printf (missing, " %s", parts[i]);
  return missing->len == 0;
}

static void
buying_step (const char *what, const char *shown, gpointer data)
{
  Buying *buying = data;
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *got = NULL;

  if (strstr (what, "price") == NULL)
    {
      print ("       ... %s\n", what);
      return;
    }
  buying->saw_quote = check_quote (shown, buying->expected, missing);
  text = g_strdup_printf (
      "net 60.00, VAT 12.60, gross 72.60; until %s; %u free days; next charge %s",
      buying->expected->end, buying->expected->free_days, buying->expected->next_charge);
  got = buying->saw_quote ? g_strdup ("this quote:")
                          : g_strconcat ("not on the page:", missing->str, NULL);
  demo_step (buying->demo, buying->saw_quote, "Remote Services into the basket; the quote", text,
             got);
  show (shown);
}

static gboolean
says_renews (JsonObject *page, gpointer data)
{
  return strstr (cell_text (page, "RS", 1), data) != NULL;
}

static gboolean
step_buy (Demo *demo, const Expected *expected)
{
  static const char *const services[] = { "RS", NULL };
  Buying buying = { demo, expected, FALSE };
  g_autofree char *label = g_strconcat ("renews at ", expected->end, NULL);
  JsonObject *page;
  GError *error = NULL;

  if (!host_driver_buy (demo->driver, services, buying_step, &buying, &error))
    return failed (demo, "terms accepted, checkout page paid in the browser", "paid", error);
  demo_step (demo, TRUE, "terms accepted, checkout page paid in the browser", "paid", "paid");
  if (!host_driver_wait_page (demo->driver, says_renews, label, "the page to say that it renews",
                              WAIT_MS, &error))
    return failed (demo, "the page says so", label, error);
  page = host_driver_get_page (demo->driver, &error);
  if (page == NULL)
    return failed (demo, "the page says so", label, error);
  demo_step (demo, TRUE, "the page says so", label, cell_text (page, "RS", 1));
  return buying.saw_quote;
}

/* The person goes to TTecomm's account page and switches renewal off there (C7). */
static gboolean
switch_renewal_off (Demo *demo, GError **error)
{
  g_autofree char *person = program_path ("sandbox-person");
  g_autofree char *url
      = g_strconcat (sandbox_process_get_ttecomm_url (demo->sandbox), "/account", NULL);
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, error, person, url, "--as", INTEGRATOR,
                          "--switch-renewal-off", INSTALLATION "/RS", NULL);

  return process != NULL && g_subprocess_wait_check (process, NULL, error);
}

static gboolean
says_expired (JsonObject *page, gpointer data)
{
  return strstr (cell_text (page, "RS", 1), "expired at") != NULL;
}

static gboolean
step_travel (Demo *demo, const Expected *expected)
{
  const char *what = "renewal switched off on the account page, a year goes by, refresh";
  g_autofree char *label = g_strconcat ("expired at ", expected->end, NULL);
  JsonObject *page;
  GError *error = NULL;

  if (!switch_renewal_off (demo, &error)
      || !sandbox_process_travel (demo->sandbox, expected->after_end, &error)
      || !host_driver_sync_clock (demo->driver, &error)
      || !host_driver_invoke (demo->driver, "refresh", NULL, NULL, &error)
      || !host_driver_wait_page (demo->driver, says_expired, NULL,
                                 "the page to say that it expired", WAIT_MS, &error))
    return failed (demo, what, label, error);
  page = host_driver_get_page (demo->driver, &error);
  if (page == NULL)
    return failed (demo, what, label, error);
  demo_step (demo, strcmp (cell_text (page, "RS", 1), label) == 0, what, label,
             cell_text (page, "RS", 1));
  return TRUE;
}

static gboolean
step_findings (Demo *demo)
{
  Host *host = host_driver_get_host (demo->driver);
  gsize n = host_findings_total (host_get_findings (host));
  g_autofree char *got = NULL;

  n = MAX (n, host_driver_stop (demo->driver));
  got = g_strdup_printf ("%" G_GSIZE_FORMAT " broken", n);
  demo_step (demo, n == 0, "the host watched the rules of the interface all the time", "0 broken",
             got);
  return n == 0;
}

static gboolean
run (Demo *demo)
{
  Expected expected = { 0 };
  gboolean ok;

  expect_of_today (&expected);
  ok = step_sandbox (demo) && step_load (demo) && step_open (demo) && step_sign_in (demo)
       && step_session (demo, "remote session, nothing bought yet", PROSOFT_GATE_DENY,
                        "not_activated", NULL, NULL)
       && step_buy (demo, &expected)
       && step_session (demo, "remote session, paid", PROSOFT_GATE_ALLOW, "ok", NULL, NULL)
       && step_travel (demo, &expected)
       && step_session (demo, "remote session, the subscription is over", PROSOFT_GATE_DENY,
                        "ended", NULL, NULL);
  if (ok)
    {
      sandbox_process_stop (demo->sandbox);
      ok = step_session (demo, "TTcloud is gone; remote session", PROSOFT_GATE_WAIT,
                         "unknown_was_no", "ended", "TTcloud could not be reached");
    }
  if (demo->driver != NULL)
    step_findings (demo);
  expected_clear (&expected);
  return ok;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  Demo demo = { .started = g_get_monotonic_time () };
  gboolean ok;

  demo.folder = g_dir_make_tmp ("ttecomm-demo-XXXXXX", &error);
  if (demo.folder == NULL)
    {
      g_printerr ("demo: no temporary folder: %s\n", error->message);
      return 1;
    }
  ok = run (&demo) && demo.n_failed == 0;
  g_clear_pointer (&demo.driver, host_driver_free);
  g_clear_pointer (&demo.sandbox, sandbox_process_free);
  print ("\n%u of %u steps as stated, in %.1f s\n", demo.n_steps - demo.n_failed, demo.n_steps,
         (double)(g_get_monotonic_time () - demo.started) / G_USEC_PER_SEC);
  if (ok)
    remove_tree (demo.folder);
  else
    print ("what was written is in %s\n", demo.folder);
  g_free (demo.folder);
  return ok ? 0 : 1;
}
