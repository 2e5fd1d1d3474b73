/* SPDX-License-Identifier: MIT */
/* The search through what a run said: a specimen of each kind of secret is found, what only looks
 * like one is not; and a run does collect what it says. */
#include "tests/harness/harness.h"
#include "tests/unit/harness/run.h"

#include <glib/gstdio.h>
#include <string.h>

/* One of each kind that the test clouds note. */
#define NOTED                                                                                      \
  "access AAAAaccessAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"                                           \
  "checkout BBBBcheckoutBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB\n"                                         \
  "code CCCCcodeCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC\n"                                             \
  "cookie DDDDcookieDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD\n"                                           \
  "form EEEEformEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE\n"                                             \
  "nonce FFFFnonceFFFFFFFFFFFFF\n"                                                                 \
  "refresh GGGGrefreshGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG\n"                                          \
  "verifier HHHHverifierHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH\n"

typedef struct
{
  const char *name;
  const char *file; /* where it is planted: in the witness's folder, or "report" beside it */
  const char *text;
  const char *kind; /* that is found; NULL: nothing is */
} Specimen;

static const Specimen specimens[] = {
  { "access", "module.log", "sent AAAAaccessAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA to TTcloud",
    "access" },
  { "access-in-longer", "a-test.output", "xx_AAAAaccessAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-yy",
    "access" },
  { "checkout-in-log", "module.log", "/checkout/BBBBcheckoutBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB",
    "checkout" },
  { "checkout-in-debug", "a-test.output",
    "# sandbox-DEBUG: GET /checkout/BBBBcheckoutBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB", "checkout" },
  { "checkout-on-page", "a-test.output",
    "Checkout page: /checkout/BBBBcheckoutBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB", NULL },
  { "code", "report", "?code=CCCCcodeCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC&state=1", "code" },
  { "cookie", "report", "Cookie: x=DDDDcookieDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD", "cookie" },
  { "form", "report", "value=\"EEEEformEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE\"", "form" },
  { "nonce", "module.log", "nonce=FFFFnonceFFFFFFFFFFFFF", "nonce" },
  { "refresh", "a-test.output", "GGGGrefreshGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG", "refresh" },
  { "verifier", "a-test.output", "HHHHverifierHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH", "verifier" },
  { "statement", "module.log", "got eyJhbGciOiJFZERTQSIsInR5cCI6.eyJpc3MiOiJ", "statement" },
  { "card", "a-test.output", "pays with 4242424242424242", "card" },
  { "card-in-groups", "report", "5555 5555 5555 4444", "card" },
  { "card-with-dashes", "report", "3782-822463-10005 3782-8224-6310-005", "card" },
  { "bearer", "module.log", "Authorization: Bearer abcdef123", "bearer" },
  { "token-of-a-fixture", "module.log", "access-12", "token" },
  { "password", "a-test.output", "typed serena 2026", "password" },
  { "address-in-log", "module.log", "for mara@example.org", "address" },
  { "address-in-debug", "a-test.output", "# ttecomm-DEBUG: for mara@example.org", "address" },
  { "address-on-page", "a-test.output", "Signed in as mara@example.org", NULL },
  { "address-on-page-message", "a-test.output", "# Signed in as mara@example.org", NULL },
  { "no-card", "a-test.output", "4242424242424241 1790000000000000 0.4242424242424242", NULL },
  { "names", "a-test.output", "refresh-waits-for-its-own access-of-integrators", NULL },
  { "other-bytes", "a-test.output", "IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII", NULL },
};

/* Plants, and what the search says. */
static char *
search (const char *noted, const char *file, const char *text, gboolean complete, int *status)
{
  const char *root = harness_tmpdir ();
  g_autofree char *script = harness_source_path ("tests/harness/leaks.py");
  g_autofree char *witness = g_build_filename (root, "witness", NULL);
  g_autofree char *secrets = g_build_filename (witness, "secrets", NULL);
  g_autofree char *log = g_build_filename (witness, "module.log", NULL);
  g_autofree char *report = g_build_filename (root, "report", NULL);
  g_autofree char *at
      = g_build_filename (g_str_equal (file, "report") ? root : witness, file, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  g_assert_cmpint (g_mkdir (witness, 0700), ==, 0);
  g_assert_true (g_file_set_contents (secrets, noted, -1, NULL));
  g_assert_true (g_file_set_contents (log, "outcome=ALLOW code=ok\n", -1, NULL));
  g_assert_true (g_file_set_contents (report, "", -1, NULL));
  g_assert_true (g_file_set_contents (at, text, -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3", script,
                              complete ? "--complete" : witness, complete ? witness : report,
                              complete ? report : NULL, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error));
  g_assert_no_error (error);
  *status = g_subprocess_get_exit_status (process);
  return out;
}

static void
test_specimen (gconstpointer data)
{
  const Specimen *specimen = data;
  int status = -1;
  g_autofree char *out = search (NOTED, specimen->file, specimen->text, TRUE, &status);
  g_autofree char *wanted = g_strdup_printf ("FAILED %s: 1 found, such as in ",
                                             specimen->kind != NULL ? specimen->kind : "");

  g_test_message ("kind %s, %" G_GSIZE_FORMAT " bytes",
                  specimen->kind != NULL ? specimen->kind : "none", strlen (out));
  g_assert_cmpint (status, ==, specimen->kind != NULL ? 1 : 0);
  g_assert_true (g_str_has_suffix (out, specimen->kind != NULL ? "0 passed, 1 failed\n"
                                                               : "1 passed, 0 failed\n"));
  g_assert_true (g_str_has_prefix (out, specimen->kind != NULL ? wanted : "1 passed"));
  /* What is found is not said again. */
  g_assert_null (strstr (out, specimen->text));
}

/* A search for nothing finds nothing: that is no pass. */
static void
test_incomplete (void)
{
  static const char one[] = "nonce FFFFnonceFFFFFFFFFFFFF\n";
  int status = -1;
  g_autofree char *missing = search (one, "report", "", TRUE, &status);
  g_autofree char *silent = NULL;
  g_autofree char *partial = NULL;

  g_assert_cmpint (status, ==, 1);
  g_assert_nonnull (strstr (missing, "FAILED access: the run used none"));
  g_assert_null (strstr (missing, "FAILED nonce"));
  silent = search (NOTED, "module.log", "", TRUE, &status);
  g_assert_cmpint (status, ==, 1);
  g_assert_nonnull (strstr (silent, "the module logged nothing"));
  partial = search (one, "module.log", "", FALSE, &status);
  g_assert_cmpstr (partial, ==, "1 passed, 0 failed\n");
  g_assert_cmpint (status, ==, 0);
}

static void
assert_holds (const char *folder, const char *name, const char *wanted)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, wanted));
}

/* All that a test prints is kept, also of one that passes; and what its host was given to log. */
static void
test_collects (void)
{
  const char *folder = harness_tmpdir ();
  g_autofree char *variable = g_strconcat ("HARNESS_WITNESS=", folder, NULL);
  g_autoptr (Run) run = run_specimen ("--gtest_filter=Other_things.has_data", variable);

  g_assert_cmpint (run->status, ==, 0);
  assert_holds (folder, "specimen.output", "it spoke");
  assert_holds (folder, "module.log", "a line for the host\n");
  assert_holds (folder, "secrets", "nonce specimen-of-a-nonce\n");
  g_assert_null (strstr (run->out, "it spoke"));
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (specimens); i++)
    harness_add_full (harness, "leaks", specimens[i].name, test_specimen, (gpointer)&specimens[i],
                      NULL);
  harness_add (harness, "leaks", "incomplete", test_incomplete);
  harness_add (harness, "leaks", "collects", test_collects);
}

HARNESS_MAIN (register_tests)
