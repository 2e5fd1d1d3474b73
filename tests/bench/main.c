/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench.h"
#include "tests/bench/child.h"

#include <locale.h>
#include <string.h>

#define ROUNDS 400
#define FEWEST_ROUNDS 1

static const struct
{
  const char *name;
  const char *what;
  BenchFunc func;
} benches[] = {
  { "gate", "decisions without a question", bench_gate },
  { "nbt", "reading roles from a file", bench_nbt },
};

static gboolean
is_wanted (const char *name, char **names)
{
  return names == NULL || names[0] == NULL || g_strv_contains ((const char *const *)names, name);
}

static gboolean
is_known (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    if (g_str_equal (benches[i].name, name))
      return TRUE;
  return FALSE;
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
    if (!is_known (names[i]))
      {
        g_printerr ("bench: there is no bench \"%s\"; there are:\n", names[i]);
        print_names ();
        return FALSE;
      }
  return TRUE;
}

static void
run (guint rounds, char **names)
{
  g_autoptr (GPtrArray) missed = g_ptr_array_new_with_free_func (g_free);
  Bench bench = { .rounds = rounds, .missed = missed };

  g_print ("%u rounds a row; medians; the floor is measured in the same loop\n\n", rounds);
  bench_report_head ();
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    if (is_wanted (benches[i].name, names))
      benches[i].func (&bench);
  g_print ("\n%u rows, %u miss their target\n", bench.n_rows, missed->len);
  for (guint i = 0; i < missed->len; i++)
    g_print ("  misses: %s\n", (const char *)g_ptr_array_index (missed, i));
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
  else
    run ((guint)rounds, names);
  return 0;
}
