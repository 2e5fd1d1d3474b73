/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/bench/bench.h"

G_BEGIN_DECLS

/* The first argument of a run that bench_run_child() started. */
#define BENCH_CHILD "--child"

/* @argv: the name of a part, and its arguments. */
int bench_child_main (int argc, char **argv);

/* The parts. Each prints its numbers, one a line, by bench_child_say(). */
int bench_nbt_child (int argc, char **argv);

void bench_child_say (double value);

/* Bytes of this process that are in memory: now, and at the most since the last reset. */
double bench_get_resident (void);
void bench_reset_peak (void);
double bench_get_peak (void);

G_END_DECLS
