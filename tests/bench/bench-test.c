/* SPDX-License-Identifier: MIT */
/* That ./dev bench still measures every row. What the figures are is not for a test to say: it
 * would fail on a busy computer, and a test that may fail for no reason is no test. */
#include "tests/harness/harness.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  const char *bench;
  const char *rows[16];
} Expected;

static const Expected benches[] = {
  { "gate", { "decision from memory, of 1,000 installations", "the decision itself (pure)" } },
  { "restart", { "restart with a cache, TTcloud offline" } },
  { "check",
    { "check, answered from memory on main", "check, warm, loopback", "check, cold, loopback",
      "check, warm, RTT 20 ms", "check, cold, RTT 20 ms" } },
  { "faults",
    { "verdict when the connection is refused", "verdict after a TLS alert", "verdict after a 503",
      "verdict after a reset", "a stall, beyond its budget" } },
  { "wire",
    { "verdict: bad-signature", "verdict: certificate-expired", "verdict: tls-1-1",
      "verdict: refused", "verdict: stall, beyond its limit", "verdict: drip, beyond its limit" } },
  { "calls", { "any call on the host's main thread, worker busy" } },
  { "load",
    { "module load (dlopen, create, init)", "module load beside no libraries", "init",
      "module, stripped", "threads begun before init",
      "resident beyond its libraries, page shown" } },
  { "nbt",
    { "roles from a .nbt with 100 people", "roles from a .nbt of 1 GiB (sparse), 100 people",
      "roles from a .nbt of 1 GiB (sparse), 2,000 people", "memory held for 1 GiB, 100 people",
      "memory held for 1 GiB, 2,000 people" } },
  { "page", { "page with a table of 1,000 people", "page with 1,000 installations x 3 services" } },
};

/* What a run prints; it must end well unless @status is another. (transfer full) */
static char *
run (const char *argument, const char *name, int status)
{
  g_autofree char *program = harness_build_path ("tests/bench/ttecomm-bench");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error,
                          program, argument, name, NULL);
  char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", output);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
  return output;
}

/* The row is there, with a figure in the column of medians. */
static void
assert_row (char **lines, const char *row)
{
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], row) && lines[i][strlen (row)] == ' ')
      {
        const char *figure = lines[i] + strlen (row);

        figure += strspn (figure, " ");
        /* What came before a limit of its own is less than nothing. */
        figure += *figure == '-' ? 1 : 0;
        g_assert_true (g_ascii_isdigit (*figure));
        return;
      }
  g_test_message ("no row \"%s\"", row);
  g_test_fail ();
}

static void
test_prints_every_row (gconstpointer data)
{
  const Expected *expected = data;
  g_autofree char *output = run ("--rounds=1", expected->bench, 0);
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (expected->rows) && expected->rows[i] != NULL; i++)
    assert_row (lines, expected->rows[i]);
}

/* A bench that nobody runs here could rot. */
static void
test_every_bench_is_run (void)
{
  g_autofree char *output = run ("--list", NULL, 0);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (output), "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (benches));
  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    g_assert_nonnull (strstr (lines[i], benches[i].bench));
}

static void
test_refuses_what_it_does_not_know (void)
{
  g_autofree char *unknown = run ("--rounds=1", "gait", 2);
  g_autofree char *none = run ("--rounds=0", "gate", 2);

  g_assert_nonnull (strstr (unknown, "there is no bench \"gait\""));
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    harness_add_full (harness, "bench", benches[i].bench, test_prints_every_row,
                      (gpointer)&benches[i], NULL);
  harness_add (harness, "bench", "every-bench-is-run", test_every_bench_is_run);
  harness_add (harness, "bench", "refuses-what-it-does-not-know",
               test_refuses_what_it_does_not_know);
}

HARNESS_MAIN (register_tests)
