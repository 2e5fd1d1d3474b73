/* SPDX-License-Identifier: MIT */
/* prosoft-mock as a person calls it: answers, exit statuses, and one line for what is wrong. */
#include "tests/unit/host/support.h"

#include <glib/gstdio.h>

typedef struct
{
  int status;
  char *out;  /* (owned) */
  char *said; /* (owned): stderr */
} Run;

static void
clear_run (Run *run)
{
  g_free (run->out);
  g_free (run->said);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, clear_run)

/* `module`: a specimen's name, or NULL for no --module. */
static Run
run_mock (const char *home, const char *module, const char *const *words)
{
  g_autofree char *program = harness_build_path ("tests/host/prosoft-mock" HOST_PROGRAM_SUFFIX);
  g_autofree char *path = module != NULL ? test_specimen_path (module) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Run run = { -1, NULL, NULL };

  g_strv_builder_add_many (builder, program, "--home", home, NULL);
  if (path != NULL)
    g_strv_builder_add_many (builder, "--module", path, NULL);
  g_strv_builder_addv (builder, (const char **)words);
  argv = g_strv_builder_end (builder);
  process
      = g_subprocess_newv ((const char *const *)argv,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &run.out, &run.said, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run.status = g_subprocess_get_exit_status (process);
  g_test_message ("%d: %s%s", run.status, run.out, run.said);
  return run;
}

typedef struct
{
  const char *name;
  const char *module;
  const char *words[6]; /* NULL-terminated */
  int status;
  const char *out;  /* part of stdout */
  const char *said; /* part of stderr, which is then one line; NULL: it is empty */
} Row;

static const Row rows[] = {
  { "page", "good", { "page", "-" }, 0, "Specimen\n========\nnew\n[Work]\n", NULL },
  { "page-ids", "good", { "page", "-", "--ids" }, 0, "[Work] <work>\n", NULL },
  { "page-json", "good", { "--json", "page", "-" }, 0, "\"id\" : \"forbidden\"", NULL },
  { "allow", "good", { "session", "good" }, 0, "outcome  ALLOW\ncode     ok\n", NULL },
  { "deny", "good", { "session", "bad" }, 4, "[Try again] retry", NULL },
  { "deny-json", "good", { "session", "bad", "--json" }, 4, "\"outcome\" : \"deny\"", NULL },
  { "invoke", "good", { "invoke", "-", "work" }, 0, "Done.\n", NULL },
  { "invoke-inputs", "good", { "invoke", "-", "work", "{\"terms\":true}" }, 0, "Done.\n", NULL },
  { "list-empty", NULL, { "list" }, 0, "No plug-in is registered", NULL },
  { "help", NULL, { "--help" }, 0, "session FILE|INSTALLATION [--json]", NULL },

  { "no-command", NULL, { NULL }, 2, "", "give a command" },
  { "unknown-command", NULL, { "frob" }, 2, "", "no command \"frob\"" },
  { "unknown-option", NULL, { "--frob", "list" }, 2, "", "--frob" },
  { "option-without-value", NULL, { "list", "--as" }, 2, "", "--as" },
  { "too-few", NULL, { "page" }, 2, "", "usage: prosoft-mock [OPTION...] page FILE" },
  { "too-many", NULL, { "list", "x" }, 2, "", "usage: prosoft-mock [OPTION...] list" },
  { "bad-address", NULL, { "--as", "mara", "list" }, 2, "", "give an e-mail address" },
  { "bad-address-two", NULL, { "--as", "a@b@c", "list" }, 2, "", "give an e-mail address" },
  { "bad-locale", NULL, { "--locale", "../x", "list" }, 2, "", "give a language" },
  { "empty-browser", NULL, { "--browser", " ", "list" }, 2, "", "give a command" },
  { "bad-service", "good", { "buy", "-", "R S" }, 2, "", "is no service" },
  { "no-service", "good", { "buy", "-", "@site-2" }, 2, "", "is no service" },
  { "bad-installation", "good", { "buy", "-", "RS", "RS@../2" }, 2, "", "is no service" },
  { "empty-installation", "good", { "buy", "-", "RS@" }, 2, "", "is no service" },
  { "bad-inputs", "good", { "invoke", "-", "work", "{terms}" }, 2, "", "is no JSON object" },
  { "inputs-array", "good", { "invoke", "-", "work", "[]" }, 2, "", "is no JSON object" },

  { "missing-file", "good", { "page", "/nonexistent/a.nbt" }, 1, "", "there is no file" },
  { "folder-as-file", "good", { "page", "/" }, 1, "", "there is no file /" },
  { "missing-session-file", "good", { "session", "gone.nbt" }, 1, "", "there is no file" },
  { "unquoted-browser",
    "good",
    { "--browser", "'x", "page", "-" },
    1,
    "",
    "browser command cannot be read" },
  { "missing-sandbox",
    "good",
    { "--sandbox", "/nonexistent", "page", "-" },
    1,
    "",
    "no sandbox runs in /nonexistent" },
  { "disabled", "good", { "invoke", "-", "forbidden" }, 1, "", "Ask the owner first." },
  { "unknown-action", "good", { "invoke", "-", "gone" }, 1, "", "it is not on the page" },
  { "not-for-sale", "good", { "buy", "-", "RS" }, 1, "", "basket.add.RS" },
  { "no-entry", "nothing", { "page", "-" }, 1, "", "does not export prosoft_entry" },
  { "other-major", "other-major", { "page", "-" }, 1, "", "version 2 of the plug-in interface" },
  { "no-factory", "no-factory", { "page", "-" }, 1, "", "prosoft.plugin-factory/1" },
  { "no-create", "refuse-create", { "page", "-" }, 1, "", "restart PROSOFT" },
  { "no-init", "refuse-init", { "page", "-" }, 1, "", "no worker" },
  { "no-module",
    "gone",
    { "page", "-" },
    1,
    "",
    "specimen-gone" HOST_MODULE_SUFFIX ": No such file" },
  { "bad-page", "page", { "page", "-" }, 1, "", "rendered no valid page" },
  { "sign-in", "shop", { "--browser", "true", "sign-in" }, 0, "Somebody@Example.org", NULL },
  { "sign-in-first",
    "shop",
    { "--browser", "true", "--as", "somebody@example.org", "page", "-" },
    0,
    "Somebody@Example.org",
    NULL },
  { "buy-signed-out",
    "shop",
    { "--browser", "true", "buy", "-", "RS" },
    1,
    "",
    "basket.add.RS: it is not on the page" },
  { "not-sold",
    "shop",
    { "--browser=true", "--as=somebody@example.org", "buy", "-", "NONE" },
    1,
    "",
    "basket.add.NONE" },
  { "pay-too-early",
    "shop",
    { "--browser=true", "--as=somebody@example.org", "invoke", "-", "basket.pay" },
    1,
    "",
    "it is not on the page" },
  { "buy-declined",
    "shop",
    { "--browser=true", "--as=somebody@example.org", "buy", "-", "DEAR" },
    1,
    "opened the checkout page",
    "it was not paid; the basket says: Basket: the card was declined" },
  { "broken-rule", "view", { "page", "-" }, 1, "Specimen", "broke pages/1 (view)" },
  { "broken-decision", "decision", { "session", "good" }, 1, "DENY", "(decision)" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_auto (Run) run = run_mock (harness_tmpdir (), row->module, row->words);

  g_assert_cmpint (run.status, ==, row->status);
  g_assert_nonnull (strstr (run.out, row->out));
  if (row->said == NULL)
    g_assert_cmpstr (run.said, ==, "");
  else
    {
      g_assert_nonnull (strstr (run.said, row->said));
      g_assert_true (g_str_has_prefix (run.said, "prosoft-mock: "));
      g_assert_true (strchr (run.said, '\n') == run.said + strlen (run.said) - 1);
    }
}

static void
test_text_file_as_module (void)
{
  const char *dir = harness_tmpdir ();
  g_autofree char *path = g_build_filename (dir, "text" HOST_MODULE_SUFFIX, NULL);
  const char *const words[] = { "--module", path, "page", "-", NULL };
  g_auto (Run) run = { 0 };

  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  run = run_mock (dir, NULL, words);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.said, "is not a module that can be loaded"));
}

/* --- a project, and its page ------------------------------------------------------------------ */

static void
test_opens_a_file (void)
{
  const char *dir = harness_tmpdir ();
  g_autofree char *path = g_build_filename (dir, "villa.nbt", NULL);
  const char *const page[] = { "page", path, NULL };
  const char *const session[] = { "session", path, NULL };
  g_auto (Run) shown = { 0 };
  g_auto (Run) asked = { 0 };

  g_assert_true (g_file_set_contents (path, "0123456789", 10, NULL));
  shown = run_mock (dir, "good", page);
  g_assert_cmpint (shown.status, ==, 0);
  g_assert_nonnull (strstr (shown.out, "read 10 of 10 bytes"));
  asked = run_mock (dir, "good", session);
  g_assert_cmpint (asked.status, ==, 4);
}

static gboolean
is_opened (gpointer data)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (data, &text, NULL, NULL)
         && g_str_equal (text, "https://example.invalid/checkout");
}

static void
test_opens_the_browser (void)
{
  const char *dir = harness_tmpdir ();
  g_autofree char *opened = g_build_filename (dir, "opened", NULL);
  g_autofree char *browser = g_strdup_printf ("sh -c 'printf %%s \"$0\" > %s'", opened);
  const char *const words[] = { "--browser", browser, "invoke", "-", "browse", NULL };
  g_auto (Run) run = run_mock (dir, "good", words);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpstr (run.said, ==, "");
  g_assert_true (harness_wait_until (is_opened, opened, 5000));
}

static void
test_browser_that_does_not_start (void)
{
  const char *dir = harness_tmpdir ();
  const char *const words[]
      = { "--verbose", "--browser", "/nonexistent/browser", "invoke", "-", "browse", NULL };
  g_auto (Run) run = run_mock (dir, "good", words);

  g_assert_nonnull (strstr (run.said, "cannot start the browser command /nonexistent/browser"));
}

static gboolean
is_written (gpointer data)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (data, &text, NULL, NULL) && g_str_has_suffix (text, "\n");
}

/* `sign-in` with --as asks twice, and the page says the second time who is signed in. */
static void
test_signs_in_once (void)
{
  const char *dir = harness_tmpdir ();
  g_autofree char *opened = g_build_filename (dir, "opened", NULL);
  g_autofree char *browser = g_strdup_printf ("sh -c 'echo \"$0\" >> %s'", opened);
  g_autofree char *text = NULL;
  const char *const words[]
      = { "--browser", browser, "--as", "SOMEBODY@example.org", "sign-in", NULL };
  g_auto (Run) run = run_mock (dir, "shop", words);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (harness_wait_until (is_written, opened, 5000));
  g_assert_true (g_file_get_contents (opened, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "https://example.invalid/authorize\n");
}

static void
test_buys (void)
{
  const char *const words[]
      = { "--browser", "true", "--as", "somebody@example.org", "buy", "-", "RS", NULL };
  g_auto (Run) run = run_mock (harness_tmpdir (), "shop", words);

  g_assert_cmpstr (run.said, ==, "");
  g_assert_cmpstr (run.out, ==,
                   "* put RS into the basket\n"
                   "* asked for the price\nBasket: basket.quote\n"
                   "* accepted the terms of sale\n"
                   "* opened the checkout page in the browser\n"
                   "* paid\n"
                   "Service    State\n"
                   "---------  -----\n"
                   "RS         on\n"
                   "DEAR       off\n"
                   "  [basket.add.DEAR]\n"
                   "VC.site-2  off\n"
                   "  [basket.add.VC.site-2]\n");
  g_assert_cmpint (run.status, ==, 0);
}

/* The buyer's own reference is typed where the page asks for it. */
static void
test_buys_under_a_reference (void)
{
  const char *const words[]
      = { "--browser", "true", "--as", "somebody@example.org", "--po", "4711 \"b\"", "buy",
          "-",         "RS",   NULL };
  g_auto (Run) run = run_mock (harness_tmpdir (), "shop", words);

  g_assert_cmpstr (run.said, ==, "");
  g_assert_nonnull (strstr (run.out, "Basket: basket.quote, reference 4711\n"));
  g_assert_cmpint (run.status, ==, 0);
}

/* For another installation than the open one. */
static void
test_buys_for_another (void)
{
  const char *const words[]
      = { "--browser", "true", "--as", "somebody@example.org", "buy", "-", "VC@site-2", NULL };
  g_auto (Run) run = run_mock (harness_tmpdir (), "shop", words);

  g_assert_cmpstr (run.said, ==, "");
  g_assert_true (g_str_has_prefix (run.out, "* put VC@site-2 into the basket\n"));
  g_assert_nonnull (strstr (run.out, "VC.site-2  on\n"));
  g_assert_cmpint (run.status, ==, 0);
}

/* --- registration ----------------------------------------------------------------------------- */

#define REGISTRATION(id, abi, file)                                                                \
  "{\"id\":\"" id "\",\"name\":\"Specimen\",\"version\":\"1.0\",\"abi\":\"" abi                    \
  "\",\"files\":{\"" HOST_PLATFORM "\":\"" file                                                    \
  "\"},\"pages\":[{\"id\":\"specimen\",\"menu_path\":\"extra/users-and-settings\"}]}"

static void
put (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
copy_specimen (const char *dir)
{
  g_autofree char *from = test_specimen_path ("good");
  g_autofree char *to = g_build_filename (dir, "specimen.so", NULL);
  g_autofree char *bytes = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (from, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize)size, NULL));
}

static void
test_registers (void)
{
  const char *dir = harness_tmpdir (), *home = harness_tmpdir ();
  const char *const registers[] = { "register", dir, NULL };
  const char *const lists[] = { "list", NULL };
  const char *const page[] = { "page", "-", NULL };
  g_auto (Run) run = { 0 };
  g_auto (Run) again = { 0 };
  g_auto (Run) listed = { 0 };
  g_auto (Run) shown = { 0 };

  copy_specimen (dir);
  put (dir, "specimen.plugin.json", REGISTRATION ("org.example.specimen", "1.0", "specimen.so"));
  run = run_mock (home, NULL, registers);
  g_assert_cmpint (run.status, ==, 0);
  again = run_mock (home, NULL, registers);
  g_assert_cmpint (again.status, ==, 0);
  listed = run_mock (home, NULL, lists);
  g_assert_cmpstr (listed.out, ==, run.out);
  g_assert_nonnull (strstr (listed.out, "extra/users-and-settings/specimen"));

  /* What is registered is the plug-in of this home. */
  shown = run_mock (home, NULL, page);
  g_assert_cmpint (shown.status, ==, 0);
  g_assert_nonnull (strstr (shown.out, "Specimen"));
}

/* No code is loaded to register, and what it says is checked when it is. */
static void
test_registers_another_id (void)
{
  const char *dir = harness_tmpdir (), *home = harness_tmpdir ();
  const char *const registers[] = { "register", dir, NULL };
  const char *const page[] = { "page", "-", NULL };
  g_auto (Run) run = { 0 };
  g_auto (Run) shown = { 0 };

  copy_specimen (dir);
  put (dir, "x.plugin.json", REGISTRATION ("org.example.other", "1.0", "specimen.so"));
  run = run_mock (home, NULL, registers);
  g_assert_cmpint (run.status, ==, 0);
  shown = run_mock (home, NULL, page);
  g_assert_cmpint (shown.status, ==, 1);
  g_assert_nonnull (strstr (shown.said, "org.example.other was not made"));
}

static void
test_refuses_registrations (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } bad[] = {
    { "{", "x.plugin.json" },
    { "{}", "\"id\" is missing" },
    { REGISTRATION ("nodots", "1.0", "specimen.so"), "/id: must match" },
    { REGISTRATION ("org.example.specimen", "one", "specimen.so"), "/abi: must match" },
    { REGISTRATION ("org.example.specimen", "2.0", "specimen.so"), "version 2.0" },
    { REGISTRATION ("org.example.specimen", "1.0", "../specimen.so"), "must match" },
    { REGISTRATION ("org.example.specimen", "1.0", "gone.so"), "gone.so is not there" },
    { "{\"id\":\"a.b\",\"name\":\"n\",\"version\":\"1.0\",\"abi\":\"1.0\",\"files\":{\"linux-"
      "sparc\":\"a.so\"},\"pages\":[]}",
      "no module for " HOST_PLATFORM },
  };
  const char *dir = harness_tmpdir (), *home = harness_tmpdir ();
  const char *const words[] = { "register", dir, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (Run) run = { 0 };

      put (dir, "x.plugin.json", bad[i].text);
      run = run_mock (home, NULL, words);
      g_assert_cmpint (run.status, ==, 1);
      g_assert_nonnull (strstr (run.said, bad[i].says));
    }
}

/* The registration of this project's own plug-in. */
static void
test_own_registration (void)
{
  const char *dir = harness_tmpdir (), *home = harness_tmpdir ();
  g_autofree char *built = harness_build_path ("plugin/ttecomm.plugin.json");
  g_autofree char *text = NULL;
  const char *const words[] = { "register", dir, NULL };
  g_auto (Run) run = { 0 };

  g_assert_true (g_file_get_contents (built, &text, NULL, NULL));
  put (dir, "ttecomm.plugin.json", text);
  put (dir, "ttecomm" HOST_MODULE_SUFFIX, "");
  run = run_mock (home, NULL, words);
  g_assert_cmpint (run.status, ==, 0);
  g_assert_true (g_str_has_prefix (run.out, "be.teletask.ttecomm " TTECOMM_VERSION));
}

static void
test_broken_list (void)
{
  const char *home = harness_tmpdir ();
  const char *const words[] = { "list", NULL };
  g_auto (Run) run = { 0 };

  put (home, "plugins.json", "{}");
  run = run_mock (home, NULL, words);
  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.said, "is no list of plug-ins"));
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    harness_add_full (harness, "host-mock", rows[i].name, test_row, (gpointer)&rows[i], NULL);
  harness_add (harness, "host-mock", "text-file-as-module", test_text_file_as_module);
  harness_add (harness, "host-mock", "opens-a-file", test_opens_a_file);
  harness_add (harness, "host-mock", "opens-the-browser", test_opens_the_browser);
  harness_add (harness, "host-mock", "browser-that-does-not-start",
               test_browser_that_does_not_start);
  harness_add (harness, "host-mock", "signs-in-once", test_signs_in_once);
  harness_add (harness, "host-mock", "buys", test_buys);
  harness_add (harness, "host-mock", "buys-under-a-reference", test_buys_under_a_reference);
  harness_add (harness, "host-mock", "buys-for-another", test_buys_for_another);
  harness_add (harness, "host-mock", "registers", test_registers);
  harness_add (harness, "host-mock", "registers-another-id", test_registers_another_id);
  harness_add (harness, "host-mock", "refuses-registrations", test_refuses_registrations);
  harness_add (harness, "host-mock", "own-registration", test_own_registration);
  harness_add (harness, "host-mock", "broken-list", test_broken_list);
}

HARNESS_MAIN (register_tests)
