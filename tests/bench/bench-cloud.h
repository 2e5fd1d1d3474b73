/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/bench/bench-host.h"

G_BEGIN_DECLS

/* What TTcloud does with a question. */
typedef enum
{
  BENCH_CLOUD_ANSWER, /* a statement */
  BENCH_CLOUD_CLOSE,  /* the same, and the connection is closed */
  BENCH_CLOUD_BUSY,   /* 503 */
  BENCH_CLOUD_RESET,  /* a TCP reset */
  BENCH_CLOUD_STALL,  /* nothing */
} BenchCloudMode;

/* A TTcloud that knows one call, and answers it at once. TLS with a certificate of its own. */
typedef struct _BenchCloud BenchCloud;

BenchCloud *bench_cloud_new (void);
void bench_cloud_free (BenchCloud *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchCloud, bench_cloud_free)

void bench_cloud_set_mode (BenchCloud *self, BenchCloudMode mode);
/* The subscription ends so many seconds from the answer. */
#define BENCH_CLOUD_HALF_A_DAY 43200 /* at first: never decided from memory */
#define BENCH_CLOUD_HUNDRED_DAYS 8640000
void bench_cloud_set_life (BenchCloud *self, gint64 seconds);
guint16 bench_cloud_get_port (BenchCloud *self);
const char *bench_cloud_get_ca (BenchCloud *self);
/* (transfer full): the last question about a service flag, as it came. */
char *bench_cloud_dup_question (BenchCloud *self);

/* Tells @host of the cloud, as if it were at @port. */
void bench_cloud_declare (BenchCloud *self, BenchHost *host, guint16 port);

/* A signed-in instance of @entry that asks @self at @port (transfer full) */
BenchHost *bench_cloud_start_host (BenchCloud *self, const prosoft_entry_t *entry, guint16 port);

#define BENCH_INSTALLATION "TT-0001"

G_END_DECLS
