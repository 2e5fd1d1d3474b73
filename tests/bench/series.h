/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The measurements of one thing: nanoseconds, bytes, or plain numbers. On a busy computer a mean
 * says nothing; what is asked for here is a quantile.
 */
typedef struct _BenchSeries BenchSeries;

BenchSeries *bench_series_new (void);
void bench_series_free (BenchSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchSeries, bench_series_free)

void bench_series_add (BenchSeries *self, double value);
guint bench_series_get_length (const BenchSeries *self);

/* The value that @fraction (0..1) of the others do not exceed; 0 of none. */
double bench_series_get_quantile (BenchSeries *self, double fraction);
double bench_series_get_median (BenchSeries *self);

/* Nanoseconds of a clock that no one sets. */
gint64 bench_now_ns (void);
/* The same of the clock of this thread, which stands while others run. */
gint64 bench_cpu_now_ns (void);

G_END_DECLS
