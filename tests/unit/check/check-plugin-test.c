/* SPDX-License-Identifier: MIT */
/* prosoft-check finds exactly what each specimen does wrong, and nothing where nothing is. */
#include <string.h>

#include "tests/unit/check/support.h"

/* "R10" for "r10-twice", "pages" for "pages-back". (transfer full) */
static char *
rule_of (const char *specimen)
{
  g_autofree char *rule = g_strndup (specimen, strcspn (specimen, "-"));

  if (rule[0] == 'r' && g_ascii_isdigit (rule[1]))
    rule[0] = 'R';
  return g_steal_pointer (&rule);
}

/* The report of a run at `module`. (transfer full) */
static JsonNode *
check (const char *module, const char *level, const char *patience, int *status)
{
  g_autofree char *project = harness_data_path ("villa-picos.nbt");
  g_autofree char *sign_in = harness_source_path ("tests/check/ttecomm-sign-in.json");
  const char *arguments[]
      = { "plugin",     module,   "--format",  "json",  "--jobs",    "12",    "--level", level,
          "--patience", patience, "--project", project, "--sign-in", sign_in, NULL };
  g_autofree char *text = NULL;

  /* A specimen asks no cloud, so a sign-in would be missed. */
  if (strstr (module, "specimens") != NULL)
    arguments[12] = NULL;
  text = checker_run (arguments, status);
  g_test_message ("%s", text);
  return checker_parse (text);
}

static void
test_breaks_its_rule (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = checker_specimen (name), *rule = rule_of (name), *broken = NULL;
  g_autoptr (JsonNode) report = NULL;
  int status;

  report = check (path, "5", CHECKER_PATIENCE, &status);
  broken = checker_broken_rules (report);
  g_assert_cmpstr (broken, ==, rule);
  g_assert_cmpint (status, ==, 1);
}

static void
assert_passes (const char *module, const char *patience)
{
  g_autoptr (JsonNode) report = NULL;
  g_autofree char *broken = NULL;
  JsonObject *root;
  int status;

  report = check (module, "10", patience, &status);
  root = json_node_get_object (report);
  broken = checker_broken_rules (report);
  g_assert_cmpstr (broken, ==, "");
  g_assert_cmpint (json_object_get_int_member (root, "failed"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (root, "skipped"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (root, "passed"), >=, 60);
  g_assert_cmpint (status, ==, 0);
}

static void
test_the_good_one_passes (void)
{
  g_autofree char *path = checker_specimen ("good");

  assert_passes (path, CHECKER_PATIENCE);
}

static void
test_our_module_passes (void)
{
  g_autofree char *path = harness_build_path ("plugin/ttecomm.so");

  assert_passes (path, CHECKER_MODULE_PATIENCE);
}

/* --- rules and specimens --------------------------------------------------------------------- */

static gboolean
has_specimen (const char *rule)
{
  g_auto (GStrv) names = checker_list_specimens ();
  gboolean found = FALSE;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *own = rule_of (names[i]);

      found = found || strcmp (own, rule) == 0;
    }
  return found;
}

/* A rule without a specimen that breaks it does not count: here each has a plug-in that does. */
static void
test_every_rule_has_a_specimen (void)
{
  const char *const arguments[] = { "--list", NULL };
  int status;
  g_autofree char *text = checker_run (arguments, &status);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_rules = 0, n_tests = 0;

  g_assert_cmpint (status, ==, 0);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *rule = g_strndup (lines[i], strcspn (lines[i], " "));

      n_tests += lines[i][0] == ' ';
      if (*rule == '\0')
        continue;
      n_rules++;
      g_test_message ("%s", lines[i]);
      g_assert_true (has_specimen (rule));
      /* And a test of its own. */
      g_assert_true (lines[i + 1] != NULL && lines[i + 1][0] == ' ');
    }
  g_assert_false (has_specimen ("R15"));
  g_assert_cmpuint (n_rules, ==, 14 + 2);
  g_assert_cmpuint (n_tests, >, 60);
}

/* --- crashes and hangs ----------------------------------------------------------------------- */

typedef struct
{
  const char *specimen;
  const char *test;
  const char *what;
  const char *where;
} Accident;

static const Accident accidents[] = {
  { "crashes", "short-reads", "the process died of \"Segmentation fault\"", "project.opened" },
  { "hangs", "flags-and-kinds", "it did not return", "pages.activated" },
  { "r9-exit", "flags-and-kinds", "exit()", "pages.activated" },
  { "r7-writes", "flags-and-kinds", "the plug-in wrote into the host's tables", "plugin.init" },
  { "r7-keeps", "odd-files", "used an argument after the call", "pages.render" },
  { "r11-late", "silent-after-destroy", "touched the host's tables after destroy()",
    "entry.deinit" },
};

static JsonObject *
first_finding (JsonNode *report)
{
  JsonArray *tests = json_object_get_array_member (json_node_get_object (report), "tests");
  JsonObject *test;
  JsonArray *findings;

  g_assert_cmpuint (json_array_get_length (tests), ==, 1);
  test = json_array_get_object_element (tests, 0);
  findings = json_object_get_array_member (test, "findings");
  g_assert_cmpuint (json_array_get_length (findings), ==, 1);
  return json_array_get_object_element (findings, 0);
}

/* What the plug-in does to its process is a finding that names the call, and not the end. */
static void
test_accident (gconstpointer data)
{
  const Accident *accident = data;
  g_autofree char *path = checker_specimen (accident->specimen);
  const char *arguments[]
      = { "plugin", path, "--test", accident->test, "--format", "json", "--timeout", "2", NULL };
  int status;
  g_autofree char *text = checker_run (arguments, &status);
  g_autoptr (JsonNode) report = checker_parse (text);
  JsonObject *finding = first_finding (report);

  g_test_message ("%s", text);
  g_assert_cmpint (status, ==, 1);
  g_assert_nonnull (strstr (json_object_get_string_member (finding, "what"), accident->what));
  g_assert_cmpstr (json_object_get_string_member (finding, "where"), ==, accident->where);
}

/* The others are run all the same. */
static void
test_the_others_go_on (void)
{
  g_autofree char *path = checker_specimen ("crashes");
  g_autoptr (JsonNode) report = NULL;
  JsonObject *root;
  int status;

  report = check (path, "2", CHECKER_PATIENCE, &status);
  root = json_node_get_object (report);
  g_assert_cmpint (status, ==, 1);
  g_assert_cmpint (json_object_get_int_member (root, "passed"), >, 10);
  g_assert_cmpint (json_object_get_int_member (root, "failed"), >, 5);
}

static void
register_tests (Harness *harness)
{
  g_auto (GStrv) names = checker_list_specimens ();

  harness_add (harness, "check", "the-good-one-passes", test_the_good_one_passes);
  harness_add (harness, "check", "our-module-passes", test_our_module_passes);
  harness_add (harness, "check", "every-rule-has-a-specimen", test_every_rule_has_a_specimen);
  harness_add (harness, "check", "the-others-go-on", test_the_others_go_on);
  for (gsize i = 0; i < G_N_ELEMENTS (accidents); i++)
    harness_add_full (harness, "check-accident", accidents[i].specimen, test_accident,
                      (gpointer)&accidents[i], NULL);
  for (gsize i = 0; names[i] != NULL; i++)
    if (strchr (names[i], '-') != NULL)
      harness_add_full (harness, "check-breaks", names[i], test_breaks_its_rule,
                        g_strdup (names[i]), g_free);
}

HARNESS_MAIN (register_tests)
