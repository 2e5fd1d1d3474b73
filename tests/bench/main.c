/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench.h"
#include "tests/bench/child.h"

#include <gio/gio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>

#define ROUNDS 200
#define FEWEST_ROUNDS 1

static const struct
{
  const char *name;
  const char *what;
  BenchFunc func;
} benches[] = {
  { "gate", "decisions without a question", bench_gate },
  { "restart", "the first decision of a process, from the cache on disk", bench_restart },
  { "check", "a question to TTcloud, near and 20 ms away", bench_check },
  { "faults", "what is known at once, and what never comes", bench_faults },
  { "wire", "every way in which asking TTcloud goes wrong", bench_wire },
  { "calls", "the host's calls while the worker is busy", bench_calls },
  { "load", "loading the module, and what it takes", bench_load },
  { "nbt", "reading roles from a file", bench_nbt },
  { "page", "building a large page", bench_page },
};

BenchFunc
bench_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    if (g_str_equal (benches[i].name, name))
      return benches[i].func;
  return NULL;
}

static gboolean
is_wanted (const char *name, char **names)
{
  return names == NULL || names[0] == NULL || g_strv_contains ((const char *const *)names, name);
}

static void
print_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    g_print ("  %-10s %s\n", benches[i].name, benches[i].what);
}

static gboolean
check_names (char **names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (bench_find (names[i]) == NULL)
      {
        g_printerr ("bench: there is no bench \"%s\"; there are:\n", names[i]);
        print_names ();
        return FALSE;
      }
  return TRUE;
}

/* What all benches came to. */
typedef struct
{
  guint n_rows;
  GPtrArray *missed; /* (owned) (element-type utf8): names of rows */
} Total;

/* Passes on what a bench prints, line by line as it comes. */
static gboolean
run_one (const char *name, const char *rounds, Total *total)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", BENCH_CHILD,
                          "run", name, rounds, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  char *line;

  if (process == NULL)
    g_error ("bench: %s", error->message);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      g_autofree char *owned = line;
      char *missed = bench_dup_missed (line);

      g_print ("%s\n", line);
      total->n_rows += bench_is_row (line);
      if (missed != NULL)
        g_ptr_array_add (total->missed, missed);
    }
  if (g_subprocess_wait_check (process, NULL, &error))
    return TRUE;
  g_printerr ("bench: %s: %s\n", name, error->message);
  return FALSE;
}

/* Whether everything could be measured. */
static gboolean
run (guint rounds, char **names)
{
  g_autoptr (GPtrArray) missed = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *rounds_text = g_strdup_printf ("%u", rounds);
  Total total = { .missed = missed };
  gboolean well = TRUE;

  g_print ("%u rounds a row; medians; the floor is measured in the same loop\n\n", rounds);
  bench_report_head ();
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    if (is_wanted (benches[i].name, names))
      well &= run_one (benches[i].name, rounds_text, &total);
  g_print ("\n%u rows, %u miss their target\n", total.n_rows, missed->len);
  for (guint i = 0; i < missed->len; i++)
    g_print ("  misses: %s\n", (const char *)g_ptr_array_index (missed, i));
  return well;
}

int
main (int argc, char **argv)
{
  int rounds = ROUNDS;
  gboolean list = FALSE;
  g_auto (GStrv) names = NULL;
  const GOptionEntry entries[] = {
    { "rounds", 0, 0, G_OPTION_ARG_INT, &rounds, "How often each row is measured", "N" },
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, "What there is", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, NULL },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[NAME...]");
  g_autoptr (GError) error = NULL;

  /* The benches' own server may write to a client that has gone. */
  signal (SIGPIPE, SIG_IGN);
  if (argc > 1 && g_str_equal (argv[1], BENCH_CHILD))
    return bench_child_main (argc - 2, argv + 2);
  setlocale (LC_ALL, "C");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("bench: %s\n", error->message);
      return 2;
    }
  if (list)
    print_names ();
  else if (rounds < FEWEST_ROUNDS || !check_names (names))
    return 2;
  else if (!run ((guint)rounds, names))
    return 1;
  return 0;
}
