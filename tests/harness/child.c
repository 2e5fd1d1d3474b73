/* SPDX-License-Identifier: MIT */
#include "tests/harness/child.h"

#include "tests/harness/directory.h"
#include "tests/harness/environment.h"
#include "tests/harness/process.h"
#include "tests/harness/tap.h"
#include "tests/harness/witness.h"

#define MAX_OUTPUT (256 * 1024)

typedef struct
{
  GString *output;       /* (owned): its last MAX_OUTPUT bytes at least */
  const char *witness;   /* (unowned): where all of it is kept, if it is collected */
  HarnessProcessEnd end; /* (owned) */
} Child;

static void
child_free (Child *child)
{
  g_string_free (child->output, TRUE);
  g_free (child->end.ending);
  g_free (child);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Child, child_free)

static void
on_output (const char *text, gsize length, gpointer user_data)
{
  Child *child = user_data;

  g_string_append_len (child->output, text, (gssize)length);
  harness_witness_append (child->witness, text, length);
  /* The verdict and a sanitizer's report come last: a flood loses its beginning. */
  if (child->output->len > 2 * MAX_OUTPUT)
    g_string_erase (child->output, 0, (gssize)(child->output->len - MAX_OUTPUT));
}

static char **
command_new (const char *program, const char *path)
{
  const char *wrapper = g_getenv ("HARNESS_WRAPPER");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  if (wrapper != NULL && g_shell_parse_argv (wrapper, NULL, &words, NULL))
    g_strv_builder_addv (builder, (const char **)words);
  g_strv_builder_add_many (builder, program, "-p", path, NULL);
  return g_strv_builder_end (builder);
}

static char **
environment_new (const char *tmpdir, gboolean run_disabled)
{
  static const char *const places[] = { "TMPDIR", "TEMP", "TMP" };
  char **environment = g_get_environ ();

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    environment = g_environ_setenv (environment, places[i], tmpdir, TRUE);
  if (run_disabled)
    return g_environ_setenv (environment, HARNESS_RUN_DISABLED, "1", TRUE);
  return g_environ_unsetenv (environment, HARNESS_RUN_DISABLED);
}

/* A NUL that a test printed must not hide the lines after it. */
static void
replace_nuls (GString *text)
{
  for (gsize i = 0; i < text->len; i++)
    {
      if (text->str[i] == '\0')
        text->str[i] = ' ';
    }
}

/* GLib says where its isolated directories are, eight lines a test; nobody asked. */
static char *
readable_output (const GString *output)
{
  g_autofree char *valid = g_utf8_make_valid (output->str, (gssize)output->len);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (!g_str_has_prefix (lines[i], "# GLib-DEBUG: g_set_user_dirs"))
        g_string_append_printf (text, "%s\n", lines[i]);
    }
  return g_strchomp (g_string_free (text, FALSE));
}

/* How the process ended, when that alone makes it a failure; NULL if it ended well. */
static char *
describe_end (const Child *child)
{
  if (child->end.timed_out)
    return g_strdup_printf ("took longer than %u s and was stopped",
                            harness_environment_test_timeout_ms () / 1000);
  return g_strdup (child->end.ending);
}

static void
fail (HarnessResult *result, const HarnessTap *tap, const char *end)
{
  g_autofree char *message = NULL;

  if (tap->reason != NULL && end != NULL)
    message = g_strdup_printf ("%s\n%s", tap->reason, end);
  else if (tap->reason != NULL)
    message = g_strdup (tap->reason);
  else if (end != NULL && tap->ok)
    message = g_strdup_printf ("%s after the test had passed", end);
  else
    message = g_strdup (end != NULL ? end : "failed");
  harness_result_fail (result, tap->file, tap->line, message);
}

static void
judge (HarnessResult *result, const Child *child)
{
  g_autoptr (HarnessTap) tap = harness_tap_parse (child->output->str, result->test->path);
  g_autofree char *end = describe_end (child);

  if (end != NULL || tap->not_ok)
    fail (result, tap, end);
  else if (!tap->ok)
    harness_result_fail (result, NULL, 0, "ended without a verdict; did it call exit()?");
  else if (tap->skipped)
    {
      result->verdict = HARNESS_VERDICT_SKIPPED;
      result->message = g_strdup (tap->reason);
    }
  else
    result->verdict = HARNESS_VERDICT_PASSED;

  if (result->verdict == HARNESS_VERDICT_FAILED)
    result->output = readable_output (child->output);
}

static gboolean
run (HarnessResult *result,
     const char *program,
     const char *tmpdir,
     gboolean run_disabled,
     GError **error)
{
  g_autoptr (Child) child = g_new0 (Child, 1);
  g_autofree char *name = g_path_get_basename (program);
  g_autofree char *witness = g_strconcat (name, ".output", NULL);
  g_auto (GStrv) command = command_new (program, result->test->path);
  g_auto (GStrv) environment = environment_new (tmpdir, run_disabled);

  child->output = g_string_new (NULL);
  child->witness = witness;
  if (!harness_process_run ((const char *const *)command, (const char *const *)environment,
                            harness_environment_test_timeout_ms (), on_output, child, &child->end,
                            error))
    return FALSE;
  replace_nuls (child->output);
  judge (result, child);
  return TRUE;
}

HarnessResult *
harness_child_run (const char *program, const HarnessTest *test, gboolean run_disabled)
{
  HarnessResult *result = harness_result_new (test);
  g_autoptr (GError) error = NULL;
  char *tmpdir = g_dir_make_tmp ("harness-XXXXXX", &error); /* (owned) */
  gint64 start = g_get_monotonic_time ();

  if (tmpdir == NULL || !run (result, program, tmpdir, run_disabled, &error))
    harness_result_fail (result, NULL, 0, error->message);
  if (tmpdir != NULL)
    harness_directory_remove_and_free (tmpdir);
  result->duration_us = g_get_monotonic_time () - start;
  return result;
}
