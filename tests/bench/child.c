/* SPDX-License-Identifier: MIT */
#include "tests/bench/child.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

/* A whole bench: its name, and how many rounds. */
static int
bench_run_main (int argc, char **argv)
{
  BenchFunc func = argc == 2 ? bench_find (argv[0]) : NULL;
  Bench bench = { .rounds = argc == 2 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 0 };

  if (func == NULL || bench.rounds == 0)
    return 2;
  func (&bench);
  return 0;
}

static const struct
{
  const char *name;
  int (*func) (int argc, char **argv);
} parts[] = {
  { "nbt", bench_nbt_child },
  { "run", bench_run_main },
};

int
bench_child_main (int argc, char **argv)
{
  for (gsize i = 0; argc > 0 && i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].name, argv[0]))
      return parts[i].func (argc - 1, argv + 1);
  return 2;
}

void
bench_child_say (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_print ("%s\n", g_ascii_dtostr (text, sizeof text, value));
}

GArray *
bench_run (const char *const *argv)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));

  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  if (process == NULL
      || !g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error))
    g_error ("bench: %s cannot be run: %s", argv[0], error->message);
  if (!g_subprocess_get_successful (process))
    g_error ("bench: %s failed", argv[0]);
  lines = g_strsplit (g_strchomp (output), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      double number = g_ascii_strtod (lines[i], NULL);

      g_array_append_val (numbers, number);
    }
  return numbers;
}

/* A line of /proc/self/status, in kB there. */
static double
get_status (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    g_error ("bench: no /proc/self/status");
  line = strstr (text, name);
  if (line == NULL)
    g_error ("bench: no %s in /proc/self/status", name);
  return (double)g_ascii_strtoll (line + strlen (name), NULL, 10) * 1024;
}

double
bench_get_resident (void)
{
  return get_status ("\nVmRSS:");
}

double
bench_get_peak (void)
{
  return get_status ("\nVmHWM:");
}

void
bench_reset_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");

  if (file == NULL || fputs ("5", file) < 0 || fclose (file) != 0)
    g_error ("bench: the peak of memory cannot be reset");
}
