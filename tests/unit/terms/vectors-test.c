/* SPDX-License-Identifier: MIT */
#include "tests/harness/harness.h"

/* Runs the vectors tool on `content`; hands out its exit status and what it printed. */
static int
run_tool (const char *content, char **out, char **err)
{
  g_autofree char *tool = harness_build_path ("tests/tools/vectors");
  g_autofree char *file = g_build_filename (harness_tmpdir (), "rows.json", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (content != NULL)
    {
      g_assert_true (g_file_set_contents (file, content, -1, &error));
      g_assert_no_error (error);
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                              &error, tool, file, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, out, err, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

#define GOOD_ROW                                                                                   \
  "{\"n\":1,\"fn\":\"renewal_date\",\"terms\":\"ttecomm\",\"in\":{\"end\":\"2026-09-30\"},"        \
  "\"out\":\"2026-10-01\"}"

static void
test_passes (void)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (run_tool (" [ " GOOD_ROW " , " GOOD_ROW " ] \n", &out, &err), ==, 0);
  g_assert_cmpstr (out, ==, "2 passed, 0 failed\n");
  g_assert_cmpstr (err, ==, "");
}

/* Each is one bad row beside a good one, and what must be said of it. */
static void
test_fails (void)
{
  static const struct
  {
    const char *row;
    const char *said;
  } rows[] = {
    { "{\"n\":9,\"fn\":\"renewal_date\",\"terms\":\"ttecomm\",\"in\":{\"end\":\"2026-09-30\"},"
      "\"out\":\"2026-10-02\"}",
      "expected \"2026-10-02\", got \"2026-10-01\"" },
    { "{\"n\":9,\"fn\":\"renewal_date\",\"terms\":\"ttecomm\",\"in\":{\"end\":\"2026-09-31\"},"
      "\"out\":\"2026-10-01\"}",
      "2026-09-31" },
    { "{\"n\":9,\"fn\":\"magic\",\"terms\":\"ttecomm\",\"in\":{},\"out\":1}", "unknown fn" },
    { "{\"n\":9,\"fn\":\"label\",\"terms\":\"nobody\",\"in\":{},\"out\":1}",
      "unknown terms of sale" },
    { "{\"n\":9,\"terms\":\"ttecomm\",\"in\":{},\"out\":1}", "fn" },
    { "{\"n\":9,\"fn\":\"end_date\",\"in\":{\"end\":\"2026-09-30\"},\"out\":null}", "no answer" },
    { "{\"n\":9,\"fn\":\"renewal_date\",\"terms\":\"ttecomm\",\"in\":{\"end\":\"2026-09-30\"}}",
      "expected -" },
    { "{\"fn\":7}", "fn" },
    { "{}", "fn" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *content = g_strdup_printf ("[%s,%s]", rows[i].row, GOOD_ROW);
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run_tool (content, &out, &err), ==, 1);
      if (strstr (out, rows[i].said) == NULL)
        g_error ("\"%s\" does not say %s", out, rows[i].said);
      g_assert_true (g_str_has_suffix (out, "\n1 passed, 1 failed\n"));
      g_assert_cmpstr (err, ==, "");
    }
}

static void
test_refuses_unreadable_files (void)
{
  static const char *const contents[] = { NULL,
                                          "",
                                          "{}",
                                          "[",
                                          "[1]",
                                          "[{}",
                                          "[{},]",
                                          "[,]",
                                          "[{}]x",
                                          "[{} {}]",
                                          "[{\"a\":1}",
                                          "[\"]\"",
                                          "[{\"a\":1,\"a\":2}]",
                                          "\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_cmpint (run_tool (contents[i], &out, &err), ==, 2);
      g_assert_cmpstr (out, ==, "");
      g_assert_true (g_str_has_prefix (err, "vectors: "));
      g_assert_true (strchr (err, '\n') == err + strlen (err) - 1);
    }
}

static void
test_an_empty_array_passes (void)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (run_tool ("[]", &out, &err), ==, 0);
  g_assert_cmpstr (out, ==, "0 passed, 0 failed\n");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "vectors", "passes", test_passes);
  harness_add (harness, "vectors", "fails", test_fails);
  harness_add (harness, "vectors", "refuses-unreadable-files", test_refuses_unreadable_files);
  harness_add (harness, "vectors", "an-empty-array-passes", test_an_empty_array_passes);
}

HARNESS_MAIN (register_tests)
