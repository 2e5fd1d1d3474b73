/* SPDX-License-Identifier: MIT */
#include "tests/bench/series.h"

#include <time.h>

struct _BenchSeries
{
  GArray *values; /* (owned) (element-type double) */
  gboolean sorted;
};

BenchSeries *
bench_series_new (void)
{
  BenchSeries *self = g_new0 (BenchSeries, 1);

  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

void
bench_series_free (BenchSeries *self)
{
  g_array_unref (self->values);
  g_free (self);
}

void
bench_series_add (BenchSeries *self, double value)
{
  g_array_append_val (self->values, value);
  self->sorted = FALSE;
}

guint
bench_series_get_length (const BenchSeries *self)
{
  return self->values->len;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return (left > right) - (left < right);
}

double
bench_series_get_quantile (BenchSeries *self, double fraction)
{
  guint n = self->values->len;
  guint rank;

  if (n == 0)
    return 0;
  if (!self->sorted)
    g_array_sort (self->values, compare);
  self->sorted = TRUE;
  /* The nearest rank: always something that was measured. */
  rank = (guint)(fraction * n);
  return g_array_index (self->values, double, MIN (rank, n - 1));
}

double
bench_series_get_median (BenchSeries *self)
{
  return bench_series_get_quantile (self, 0.5);
}

static gint64
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

gint64
bench_now_ns (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

gint64
bench_cpu_now_ns (void)
{
  return read_clock (CLOCK_THREAD_CPUTIME_ID);
}
