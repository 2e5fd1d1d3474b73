/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench-cloud.h"
#include "tests/bench/bench.h"
#include "tests/bench/fault-port.h"

#define MS 1e6
#define KNOWABLE (50 * MS)
#define OVERSHOOT (20 * MS)
/* The host's own budget for a stall: the plug-in's would take seconds, two hundred times. */
#define BUDGET_MS 60

/* From the question to the verdict, in which everything happens: connection, TLS, request, fault.
 */
static void
measure (Bench *bench, BenchHost *host, int32_t timeout_ms, BenchSeries *times)
{
  for (guint i = 0; i < bench->rounds; i++)
    {
      bench_series_add (times, bench_host_time_check (host, BENCH_INSTALLATION, timeout_ms)
                                   - timeout_ms * MS);
      if (host->allowed == 1 || !g_str_equal (host->code, "flag_unknown"))
        g_error ("bench: a fault is answered with %s", host->code);
    }
}

static void
report (Bench *bench, const char *name, BenchSeries *times, double target)
{
  bench_report (bench, &(BenchRow){ .name = name,
                                    .unit = BENCH_UNIT_MS,
                                    .subject = times,
                                    .high = 0.999,
                                    .target = target,
                                    .judged = BENCH_HIGH });
}

static void
bench_port (Bench *bench,
            BenchCloud *cloud,
            const prosoft_entry_t *entry,
            FaultPortKind kind,
            const char *name)
{
  g_autoptr (FaultPort) port = fault_port_new (kind);
  g_autoptr (BenchSeries) times = bench_series_new ();
  g_autoptr (BenchHost) host = bench_cloud_start_host (cloud, entry, fault_port_get_number (port));

  measure (bench, host, 0, times);
  report (bench, name, times, KNOWABLE);
}

static void
bench_mode (Bench *bench,
            BenchCloud *cloud,
            const prosoft_entry_t *entry,
            BenchCloudMode mode,
            const char *name)
{
  g_autoptr (BenchSeries) times = bench_series_new ();
  g_autoptr (BenchHost) host = NULL;
  gboolean stalls = mode == BENCH_CLOUD_STALL;

  bench_cloud_set_mode (cloud, mode);
  host = bench_cloud_start_host (cloud, entry, bench_cloud_get_port (cloud));
  measure (bench, host, stalls ? BUDGET_MS : 0, times);
  report (bench, name, times, stalls ? OVERSHOOT : KNOWABLE);
}

void
bench_faults (Bench *bench)
{
  const prosoft_entry_t *entry = bench_host_open_module (bench_host_module ());
  g_autoptr (BenchCloud) cloud = bench_cloud_new ();

  bench_port (bench, cloud, entry, FAULT_PORT_REFUSED, "verdict when the connection is refused");
  bench_port (bench, cloud, entry, FAULT_PORT_ALERT, "verdict after a TLS alert");
  bench_mode (bench, cloud, entry, BENCH_CLOUD_BUSY, "verdict after a 503");
  bench_mode (bench, cloud, entry, BENCH_CLOUD_RESET, "verdict after a reset");
  bench_mode (bench, cloud, entry, BENCH_CLOUD_STALL, "a stall, beyond its budget");
  bench_note ("from the question on, connection and TLS included; the budget of the stall is %d ms",
              BUDGET_MS);
}
