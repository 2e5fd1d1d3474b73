/* SPDX-License-Identifier: MIT */
/* What of ./dev bench means something under Wine: work of the processor, and files of the cache.
 * Wine's sockets come in two speeds, so nothing with a network is here. windows/bench sets the rows
 * beside those of the other system. */
#include "tests/bench/bench.h"

static const struct
{
  const char *name;
  BenchFunc func;
} benches[] = {
  { "gate", bench_gate },
  { "restart", bench_restart },
  { "page", bench_page },
};

int
main (int argc, char **argv)
{
  Bench bench = { .rounds = argc == 2 ? (guint)g_ascii_strtoull (argv[1], NULL, 10) : 0 };

  if (bench.rounds == 0)
    {
      g_printerr ("usage: ttecomm-bench ROUNDS\n");
      return 2;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    benches[i].func (&bench);
  return 0;
}
