/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench-host.h"
#include "tests/bench/bench.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define MIB 1048576.0
#define KIB 1024.0
#define MS 1e6

/* What load-child.c says of a module, in this order. */
typedef enum
{
  SAYS_OPEN,
  SAYS_CREATE,
  SAYS_INIT,
  SAYS_THREADS,
  SAYS_RESIDENT,
  SAYS_ANONYMOUS,
  N_SAYS
} Says;

typedef struct
{
  BenchSeries *load[3]; /* (owned) of ours, of the linked one, of the empty one */
  BenchSeries *init;
  BenchSeries *init_floor;
  BenchSeries *threads;
  BenchSeries *resident;
  BenchSeries *anonymous;
} Results;

static void
results_init (Results *r)
{
  for (guint i = 0; i < G_N_ELEMENTS (r->load); i++)
    r->load[i] = bench_series_new ();
  r->init = bench_series_new ();
  r->init_floor = bench_series_new ();
  r->threads = bench_series_new ();
  r->resident = bench_series_new ();
  r->anonymous = bench_series_new ();
}

static void
results_clear (Results *r)
{
  for (guint i = 0; i < G_N_ELEMENTS (r->load); i++)
    bench_series_free (r->load[i]);
  bench_series_free (r->init);
  bench_series_free (r->init_floor);
  bench_series_free (r->threads);
  bench_series_free (r->resident);
  bench_series_free (r->anonymous);
}

static void
measure (Results *r)
{
  const char *modules[]
      = { bench_host_module (), bench_host_linked_module (), bench_host_empty_module () };
  double said[G_N_ELEMENTS (modules)][N_SAYS];

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      const char *arguments[] = { BENCH_MODULES "/tests/bench/bench-load-child", modules[i], NULL };
      g_autoptr (GArray) numbers = bench_run (arguments);

      if (numbers->len != N_SAYS)
        g_error ("bench: a child says too little");
      for (guint j = 0; j < N_SAYS; j++)
        said[i][j] = g_array_index (numbers, double, j);
      bench_series_add (r->load[i], said[i][SAYS_OPEN] + said[i][SAYS_CREATE] + said[i][SAYS_INIT]);
    }
  bench_series_add (r->init, said[0][SAYS_INIT]);
  bench_series_add (r->init_floor, said[1][SAYS_INIT]);
  bench_series_add (r->threads, said[0][SAYS_THREADS]);
  bench_series_add (r->resident, said[0][SAYS_RESIDENT] - said[1][SAYS_RESIDENT]);
  bench_series_add (r->anonymous, said[0][SAYS_ANONYMOUS] - said[1][SAYS_ANONYMOUS]);
}

/* Bytes of a module without its symbols, as it is installed. */
static double
stripped_size (const char *module)
{
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) strip = NULL;
  GStatBuf status;
  int fd = g_file_open_tmp ("ttecomm-bench-XXXXXX.so", &copy, &error);

  if (fd >= 0)
    {
      g_close (fd, NULL);
      strip = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "strip", "-o", copy, module, NULL);
    }
  if (strip == NULL || !g_subprocess_wait_check (strip, NULL, &error))
    g_error ("bench: strip: %s", error->message);
  if (g_stat (copy, &status) != 0)
    g_error ("bench: the stripped module cannot be found");
  g_remove (copy);
  return (double)status.st_size;
}

static void
report_size (Bench *bench)
{
  g_autoptr (BenchSeries) subject = bench_series_new ();
  g_autoptr (BenchSeries) least = bench_series_new ();

  bench_series_add (subject, stripped_size (bench_host_module ()));
  bench_series_add (least, stripped_size (bench_host_empty_module ()));
  bench_report (bench, &(BenchRow){ .name = "module, stripped",
                                    .unit = BENCH_UNIT_KIB,
                                    .subject = subject,
                                    .floor = least,
                                    .floor_name = "a module that does nothing",
                                    .high = 0.9,
                                    .target = 500 * KIB });
}

static void
report_times (Bench *bench, const Results *r)
{
  bench_report (bench, &(BenchRow){ .name = "module load (dlopen, create, init)",
                                    .unit = BENCH_UNIT_MS,
                                    .subject = r->load[0],
                                    .floor = r->load[1],
                                    .floor_name = "a module that does nothing, same libraries",
                                    .high = 0.9 });
  bench_report (bench, &(BenchRow){ .name = "module load beside no libraries",
                                    .unit = BENCH_UNIT_MS,
                                    .subject = r->load[0],
                                    .floor = r->load[2],
                                    .floor_name = "a module that does nothing, no libraries",
                                    .high = 0.9 });
  bench_report (bench, &(BenchRow){ .name = "init",
                                    .unit = BENCH_UNIT_MS,
                                    .subject = r->init,
                                    .floor = r->init_floor,
                                    .floor_name = "init of a module that does nothing",
                                    .high = 0.9,
                                    .target = 10 * MS,
                                    .judged = BENCH_HIGH });
}

static void
report_sizes (Bench *bench, const Results *r)
{
  /* A target of none at all; half a thread does not exist. */
  bench_report (bench, &(BenchRow){ .name = "threads begun before init",
                                    .unit = BENCH_UNIT_NUMBER,
                                    .subject = r->threads,
                                    .high = 1,
                                    .target = 0.5,
                                    .target_words = "0",
                                    .judged = BENCH_HIGH });
  bench_report (bench, &(BenchRow){ .name = "resident beyond its libraries, page shown",
                                    .unit = BENCH_UNIT_MIB,
                                    .subject = r->resident,
                                    .high = 0.9,
                                    .target = 6 * MIB });
  bench_report (bench, &(BenchRow){ .name = "  of which heap and stacks",
                                    .unit = BENCH_UNIT_MIB,
                                    .subject = r->anonymous,
                                    .high = 0.9 });
}

void
bench_load (Bench *bench)
{
  Results r;

  results_init (&r);
  for (guint i = 0; i < bench->rounds; i++)
    measure (&r);
  report_times (bench, &r);
  report_size (bench);
  report_sizes (bench, &r);
  results_clear (&r);
}
