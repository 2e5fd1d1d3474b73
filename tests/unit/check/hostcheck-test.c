/* SPDX-License-Identifier: MIT */
/* prosoft-hostcheck finds exactly what each bad host does wrong, and nothing in our mock host. */
#include <string.h>

#include "tests/host/host.h"
#include "tests/unit/check/support.h"

#define MODULE "tests/check/hostcheck/prosoft-hostcheck.so"
#define REPORT "prosoft-hostcheck.xml"
#define PATIENCE_MS 30000

/* What a report says. */
typedef struct
{
  guint n_tests;
  guint n_skipped;
  char *broken; /* (owned) rules with blanks between them, each once */
} Verdict;

static void
verdict_clear (Verdict *verdict)
{
  g_free (verdict->broken);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, verdict_clear)

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  Verdict *verdict = data;

  verdict->n_tests += g_str_equal (element, "testcase");
  verdict->n_skipped += g_str_equal (element, "skipped");
  for (gsize i = 0; g_str_equal (element, "failure") && names[i] != NULL; i++)
    if (g_str_equal (names[i], "type") && strstr (verdict->broken, values[i]) == NULL)
      {
        g_autofree char *before = g_steal_pointer (&verdict->broken);

        verdict->broken
            = *before == '\0' ? g_strdup (values[i]) : g_strjoin (" ", before, values[i], NULL);
      }
}

static Verdict
read_verdict (const char *folder)
{
  static const GMarkupParser parser = { .start_element = start_element };
  g_autofree char *path = g_build_filename (folder, REPORT, NULL), *text = NULL;
  Verdict verdict = { 0, 0, g_strdup ("") };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &verdict, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_test_message ("%s", text);
  g_assert_true (g_markup_parse_context_parse (context, text, -1, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  return verdict;
}

/* --- hosts that are bad on purpose ----------------------------------------------------------- */

static void
run_host (const char *name, const char *folder)
{
  g_autofree char *file = g_strdup_printf ("tests/check/specimens/%s", name);
  g_autofree char *program = harness_build_path (file), *module = harness_build_path (MODULE);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  /* Who never destroys the plug-in, say, leaks it: that is no news. */
  if (!g_str_equal (name, "host-good"))
    g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, module, folder, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_true (g_subprocess_get_successful (process));
}

/* "R6" for "host-r6-changed". (transfer full) */
static char *
rule_of (const char *name)
{
  const char *from = strchr (name, '-') + 1;
  g_autofree char *rule = g_strndup (from, strcspn (from, "-"));

  if (rule[0] == 'r' && g_ascii_isdigit (rule[1]))
    rule[0] = 'R';
  return g_steal_pointer (&rule);
}

static void
test_bad_host (gconstpointer data)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *rule = rule_of (data);
  g_auto (Verdict) verdict = { 0 };

  run_host (data, folder);
  verdict = read_verdict (folder);
  g_assert_cmpstr (verdict.broken, ==, rule);
}

/* Everything was looked at, and nothing found. */
static void
test_good_host (void)
{
  const char *folder = harness_tmpdir ();
  g_auto (Verdict) verdict = { 0 };

  run_host ("host-good", folder);
  verdict = read_verdict (folder);
  g_assert_cmpstr (verdict.broken, ==, "");
  g_assert_cmpuint (verdict.n_skipped, ==, 0);
  g_assert_cmpuint (verdict.n_tests, >=, 18);
}

/* --- our mock host --------------------------------------------------------------------------- */

static bool
is_done (void *data)
{
  return ((const HostOperation *)data)->done;
}

static void
act (Host *host, prosoft_view_t view, const char *action)
{
  prosoft_error_t error = { 0 };
  prosoft_op_t op = 0;

  g_assert_cmpint (host_refresh_view (host, view), ==, PROSOFT_OK);
  host_invoke (host, view, action, NULL, &op, &error);
  g_assert_cmpstr (error.message, ==, "");
  g_assert_true (
      host_run_until (host, is_done, (void *)host_get_operation (host, op), PATIENCE_MS));
}

/* Six times: refused, refused late, allowed = 2, never answered, allowed, allowed. */
static void
ask_gate (Host *host)
{
  static const gboolean admits[] = { FALSE, FALSE, FALSE, FALSE, TRUE, TRUE };
  prosoft_op_t ops[G_N_ELEMENTS (admits)];

  for (gsize i = 0; i < G_N_ELEMENTS (admits); i++)
    g_assert_cmpint (host_check_session (host, "site", "Villa", 0, &ops[i]), ==, PROSOFT_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (admits); i++)
    {
      const HostOperation *operation = host_get_operation (host, ops[i]);

      if (i != 3)
        g_assert_true (host_run_until (host, is_done, (void *)operation, PATIENCE_MS));
      g_assert_cmpint (host_operation_admits (operation), ==, admits[i]);
      if (host_operation_admits (operation))
        host_end_session (host, operation->decision->session);
    }
}

static void
use (Host *host)
{
  g_autofree char *project = harness_data_path ("villa-picos.nbt");
  prosoft_error_t error = { 0 };
  prosoft_view_t view = 0;

  host_open_project (host, project, &error);
  host_change_project (host, &error);
  host_open_page (host, "hostcheck", &view, &error);
  g_assert_cmpstr (error.message, ==, "");
  act (host, view, "threads");
  act (host, view, "inside");
  act (host, view, "addresses");
  host_activate_page (host, view);
  host_set_environment (host, PROSOFT_ENV_LOCALE, "nl-BE");
  ask_gate (host);
  host_close_page (host, view);
  host_close_project (host);
}

static void
test_the_mock_host_passes (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *log = g_build_filename (folder, "log", NULL);
  g_autofree char *module = harness_build_path (MODULE);
  HostOptions options = { .sandbox = true, .log_threshold = PROSOFT_LOG_INFO };
  g_auto (Verdict) verdict = { 0 };
  prosoft_error_t error = { 0 };
  Host *host;

  options.log_file = fopen (log, "we");
  g_assert_nonnull (options.log_file);
  host = host_new (&options);
  host_set_environment (host, PROSOFT_ENV_LOCALE, "en");
  host_set_environment (host, PROSOFT_ENV_DATA_DIR, folder);
  host_load (host, module, &error);
  host_start (host, NULL, &error);
  g_assert_cmpstr (error.message, ==, "");
  use (host);
  host_stop (host);
  /* The plug-in's own misdeeds are seen, and no others: its addresses, its one odd decision. */
  for (int check = 0; check < HOST_N_CHECKS; check++)
    if (check == HOST_CHECK_URI)
      g_assert_cmpuint (host_findings_count (host_get_findings (host), check), >, 0);
    else
      g_assert_cmpuint (host_findings_count (host_get_findings (host), check), ==,
                        check == HOST_CHECK_DECISION ? 1 : 0);
  host_free (host);
  verdict = read_verdict (folder);
  g_assert_cmpstr (verdict.broken, ==, "");
  g_assert_cmpuint (verdict.n_skipped, ==, 0);
}

/* As a person does it: the page is drawn, and the report is there when the program has ended. */
static void
test_on_the_command_line (void)
{
  g_autofree char *program = harness_build_path ("tests/host/prosoft-mock");
  g_autofree char *module = harness_build_path (MODULE), *output = NULL, *folder = NULL;
  g_autofree char *home = g_build_filename (harness_tmpdir (), "home", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_auto (Verdict) verdict = { 0 };

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--module", module,
                              "--home", home, "page", "-", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error));
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_nonnull (strstr (output, "Check of this host"));
  g_assert_nonnull (strstr (output, "not seen yet"));
  folder = g_build_filename (home, "data", NULL);
  verdict = read_verdict (folder);
  g_assert_cmpstr (verdict.broken, ==, "");
}

/* It is a plug-in, too: all that the checker finds in it is what it tries on purpose, the addresses
 * (R9). Its odd decision comes with the third check of the gate, which these rules do not need. */
static void
test_passes_the_checker (void)
{
  g_autofree char *module = harness_build_path (MODULE), *text = NULL, *broken = NULL;
  const char *arguments[]
      = { "plugin",         module,    "--format", "json",    "--jobs",  "12",      "--patience",
          CHECKER_PATIENCE, "--group", "R2",       "--group", "R3",      "--group", "R7",
          "--group",        "R8",      "--group",  "R11",     "--group", "R12",     NULL };
  g_autoptr (JsonNode) report = NULL;
  int status;

  text = checker_run (arguments, &status);
  g_test_message ("%s", text);
  report = checker_parse (text);
  broken = checker_broken_rules (report);
  g_assert_cmpstr (broken, ==, "R9");
}

static void
register_tests (Harness *harness)
{
  g_auto (GStrv) names = checker_list_hosts ();

  harness_add (harness, "hostcheck", "good-host", test_good_host);
  harness_add (harness, "hostcheck", "the-mock-host-passes", test_the_mock_host_passes);
  harness_add (harness, "hostcheck", "on-the-command-line", test_on_the_command_line);
  harness_add (harness, "hostcheck", "passes-the-checker", test_passes_the_checker);
  for (gsize i = 0; names[i] != NULL; i++)
    if (!g_str_equal (names[i], "host-good"))
      harness_add_full (harness, "hostcheck-breaks", names[i], test_bad_host, g_strdup (names[i]),
                        g_free);
}

HARNESS_MAIN (register_tests)
