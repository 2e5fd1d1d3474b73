/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/bench/series.h"

G_BEGIN_DECLS

/*
 * ./dev bench: what design.md, section 10, and gate.md, section 7, promise, measured. Beside each
 * row stands a floor: the least that any program would need for the same work on this computer,
 * measured in the same loop, so that the noise of the moment falls on both. The ratio of the two is
 * what can be compared between computers.
 */

typedef enum
{
  BENCH_UNIT_NS,
  BENCH_UNIT_US,
  BENCH_UNIT_MS,
  BENCH_UNIT_KIB,
  BENCH_UNIT_MIB,
  BENCH_UNIT_NUMBER,
} BenchUnit;

/* Which figure a target is about. */
typedef enum
{
  BENCH_MEDIAN,
  BENCH_HIGH,
} BenchFigure;

/**
 * BenchRow:
 * @name: what was measured
 * @unit: for the print; times are measured in nanoseconds, sizes in bytes
 * @subject: ours
 * @floor: (nullable): the least
 * @floor_name: (nullable): what the floor is
 * @high: the quantile printed beside the median: 0.9, 0.999
 * @target: in nanoseconds or bytes; 0 when none was promised
 * @target_words: (nullable): the target as promised, when it is not just a figure
 * @judged: what the target is about
 */
typedef struct
{
  const char *name;
  BenchUnit unit;
  BenchSeries *subject;
  BenchSeries *floor;
  const char *floor_name;
  double high;
  double target;
  const char *target_words;
  BenchFigure judged;
} BenchRow;

/**
 * Bench:
 * @rounds: how often a row is measured: 200 when the figures are to mean something
 *
 * One run of one bench, in a process of its own: none finds the caches, threads and types of
 * another.
 */
typedef struct
{
  guint rounds;
} Bench;

/* Prints the row. */
void bench_report (const Bench *bench, const BenchRow *row);

/* The columns' names. */
void bench_report_head (void);
/* A line under the rows: what a reader must know of them. */
void bench_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Whether a line that was printed is a row that misses, and then its name. (transfer full)
 * (nullable) */
char *bench_dup_missed (const char *line);
/* Whether it is a row. */
gboolean bench_is_row (const char *line);

/* Runs a program (NULL-terminated) for what needs a process of its own, and returns the numbers it
 * printed, one a line. Fails the run when it fails. (element-type double) (transfer full) */
GArray *bench_run (const char *const *argv);

/* The measurements, by name. */
typedef void (*BenchFunc) (Bench *bench);

void bench_calls (Bench *bench);
void bench_check (Bench *bench);
void bench_faults (Bench *bench);
void bench_gate (Bench *bench);
void bench_load (Bench *bench);
void bench_nbt (Bench *bench);
void bench_page (Bench *bench);
void bench_restart (Bench *bench);
void bench_wire (Bench *bench);

/* The bench of that name; NULL when there is none. */
BenchFunc bench_find (const char *name);

G_END_DECLS
