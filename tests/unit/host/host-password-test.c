/* SPDX-License-Identifier: MIT */
/* prosoft-mock with protected projects, the real module, and no TTcloud. */
#include <string.h>

#include "tests/harness/harness.h"

#define SMALL "protected-small.nbt"

typedef struct
{
  const char *name;
  const char *file; /* of tests/data */
  const char *password;
  gssize length; /* of it, or -1 */
  int status;
  const char *out;     /* (nullable): a part of stdout */
  const char *not_out; /* (nullable): no part of it */
  const char *err;     /* (nullable): a part of stderr */
} Row;

static const Row rows[] = {
  { "right", SMALL, "klein", -1, 0, "ana@example.org", "Password of the project", NULL },
  { "line", SMALL, "klein\n", -1, 0, "ana@example.org", "Password of the project", NULL },
  { "two-lines", SMALL, "klein\n\n", -1, 1, NULL, "ana@example.org",
    "This is not the password of this project." },
  { "wrong", SMALL, "groot", -1, 1, NULL, "ana@example.org",
    "This is not the password of this project." },
  { "quotes", SMALL, "\"\\\t", -1, 1, NULL, "ana@example.org",
    "This is not the password of this project." },
  { "accents", "protected.nbt", "serena 2026 \xc3\xa9", -1, 0, "alexa@example.org", NULL, NULL },
  { "not-needed", "villa-picos.nbt", "klein", -1, 0, "Villa Picos", NULL, NULL },
  { "empty", SMALL, "", -1, 2, NULL, NULL, "it is empty" },
  { "nul", SMALL, "kl\0ein", 6, 2, NULL, NULL, "it is not UTF-8 text" },
  { "latin-1", SMALL, "\xe9", -1, 2, NULL, NULL, "it is not UTF-8 text" },
};

static void
run (const Row *row, const char *from, const char *input, int status)
{
  g_autofree char *program = harness_build_path ("tests/host/prosoft-mock");
  g_autofree char *module = harness_build_path ("plugin/ttecomm.so");
  g_autofree char *home = g_build_filename (harness_tmpdir (), "home", NULL);
  g_autofree char *file = harness_data_path (row->file);
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                              | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                          &error, program, "--module", module, "--home", home, "page", file,
                          "--password-from", from, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &out, &err, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != status)
    g_error ("status %d: %s%s", g_subprocess_get_exit_status (process), out, err);
  if (row->out != NULL && strstr (out, row->out) == NULL)
    g_error ("not on the page: %s", out);
  g_assert_true (row->not_out == NULL || strstr (out, row->not_out) == NULL);
  g_assert_true (row->err == NULL || strstr (err, row->err) != NULL);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *from = g_build_filename (harness_tmpdir (), "password", NULL);

  g_assert_true (g_file_set_contents (from, row->password, row->length, NULL));
  run (row, from, "", row->status);
  /* The same from standard input, as far as a C string goes. */
  if (row->length < 0 && g_utf8_validate (row->password, -1, NULL))
    run (row, "-", row->password, row->status);
}

static void
test_no_such_file (void)
{
  static const Row row = { "", SMALL, "", -1, 2, NULL, NULL, "it cannot be read" };

  run (&row, "/nonexistent/password", "", 2);
}

static void
test_too_long (void)
{
  static const Row row = { "", SMALL, "", -1, 2, NULL, NULL, "it is longer than 4096 bytes" };
  g_autofree char *long_one = g_strnfill (4097, 'x');

  run (&row, "-", long_one, 2);
}

static void
register_tests (Harness *harness)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    harness_add_full (harness, "host-password", rows[i].name, test_row, (gpointer)&rows[i], NULL);
  harness_add (harness, "host-password", "no-such-file", test_no_such_file);
  harness_add (harness, "host-password", "too-long", test_too_long);
}

HARNESS_MAIN (register_tests)
