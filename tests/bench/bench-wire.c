/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench.h"

#include <gio/gio.h>
#include <string.h>

#define MS 1e6
#define KNOWABLE (50 * MS)
#define OVERSHOOT (20 * MS)

/* @line: what tests/unit/gate/gate-wire-bench.c prints of a row. */
static void
report (Bench *bench, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 3);
  g_auto (GStrv) figures = NULL;
  g_autofree char *name = NULL;
  g_autoptr (BenchSeries) times = bench_series_new ();
  gboolean is_limit;

  if (g_strv_length (fields) != 3)
    g_error ("bench: this is no row: %s", line);
  is_limit = g_str_equal (fields[1], "limit");
  name = g_strconcat ("verdict: ", fields[0], is_limit ? ", beyond its limit" : "", NULL);
  figures = g_strsplit (fields[2], " ", -1);
  for (guint i = 0; figures[i] != NULL; i++)
    bench_series_add (times, g_ascii_strtod (figures[i], NULL) * MS);
  bench_report (bench, &(BenchRow){ .name = name,
                                    .unit = BENCH_UNIT_MS,
                                    .subject = times,
                                    .high = 0.9,
                                    .target = is_limit ? OVERSHOOT : KNOWABLE,
                                    .judged = BENCH_HIGH });
}

void
bench_wire (Bench *bench)
{
  g_autofree char *rounds = g_strdup_printf ("%u", bench->rounds);
  const char *argv[] = { BENCH_MODULES "/tests/unit/gate/gate-wire-bench", rounds, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_autoptr (GDataInputStream) lines = NULL;
  char *line;

  if (process == NULL)
    g_error ("bench: %s cannot be run: %s", argv[0], error->message);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  while ((line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL)) != NULL)
    {
      report (bench, line);
      g_free (line);
    }
  if (!g_subprocess_wait_check (process, NULL, &error))
    g_error ("bench: %s: %s", argv[0], error->message);
  bench_note ("from the server's misdeed on, where it can be told from the connecting before it");
}
