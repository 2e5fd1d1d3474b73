/* SPDX-License-Identifier: MIT */
#include "tests/bench/bare-client.h"
#include "tests/bench/bench-cloud.h"
#include "tests/bench/bench.h"
#include "tests/bench/delay-proxy.h"

#define MS 1e6
#define RTT_NS (20 * G_GINT64_CONSTANT (1000000))
#define WARM_RTTS 1
#define QUIET_MS 100
#define VIEW 1
#define COLD_RTTS 3

/* One way to TTcloud. */
typedef struct
{
  BenchCloud *cloud; /* (unowned) */
  BenchHost *host;   /* (owned) */
  BareClient *bare;  /* (owned) */
  char *question;    /* (owned) what the module asks, byte for byte */
  double rtt;        /* nanoseconds, measured */
} Route;

static void
route_init (Route *route, BenchCloud *cloud, const prosoft_entry_t *entry, guint16 port)
{
  route->cloud = cloud;
  route->host = bench_cloud_start_host (cloud, entry, port);
  route->bare = bare_client_new (bench_cloud_get_ca (cloud), port);
  bench_host_time_check (route->host, BENCH_INSTALLATION, 0);
  if (route->host->allowed != 1)
    g_error ("bench: a good answer does not open a session: %s", route->host->code);
  route->question = bench_cloud_dup_question (cloud);
}

static void
route_clear (Route *route)
{
  bench_host_free (route->host);
  bare_client_free (route->bare);
  g_free (route->question);
}

static void
measure (Route *route, guint rounds, gboolean cold, BenchSeries *subject, BenchSeries *least)
{
  bench_cloud_set_mode (route->cloud, cold ? BENCH_CLOUD_CLOSE : BENCH_CLOUD_ANSWER);
  /* The connection that the other kind left behind. */
  bench_host_time_check (route->host, BENCH_INSTALLATION, 0);
  bare_client_close (route->bare);
  bare_client_ask (route->bare, route->question);
  for (guint i = 0; i < rounds; i++)
    {
      if (cold)
        bare_client_close (route->bare);
      bench_series_add (least, bare_client_ask (route->bare, route->question));
      bench_series_add (subject, bench_host_time_check (route->host, BENCH_INSTALLATION, 0));
      if (route->host->allowed != 1)
        g_error ("bench: a good answer does not open a session: %s", route->host->code);
    }
}

static void
bench_kind (Bench *bench, Route *route, gboolean cold, const char *name)
{
  g_autoptr (BenchSeries) subject = bench_series_new ();
  g_autoptr (BenchSeries) least = bench_series_new ();
  double rtts = cold ? COLD_RTTS : WARM_RTTS;
  double allowance = cold ? 10 * MS : 1 * MS;

  measure (route, bench->rounds, cold, subject, least);
  bench_report (bench, &(BenchRow){
                           .name = name,
                           .unit = BENCH_UNIT_MS,
                           .subject = subject,
                           .floor = least,
                           .floor_name = cold ? "bare OpenSSL client, same bytes, new connection"
                                              : "bare OpenSSL client, same bytes, kept connection",
                           .high = 0.9,
                           .target = rtts * route->rtt + allowance,
                           .target_words = cold ? "<= 3 RTT + 10 ms" : "<= 1 RTT + 1 ms" });
  bench_note ("%s = %g RTT %+.2f ms, floor = %g RTT %+.2f ms, RTT = %.2f ms",
              cold ? "cold" : "warm", rtts,
              (bench_series_get_median (subject) - rtts * route->rtt) / MS, rtts,
              (bench_series_get_median (least) - rtts * route->rtt) / MS, route->rtt / MS);
}

/* Answered before, and asked again within five minutes: no network, and no worker. */
static void
bench_memory (Bench *bench, BenchCloud *cloud, const prosoft_entry_t *entry)
{
  g_autoptr (BenchSeries) subject = bench_series_new ();
  g_autoptr (BenchSeries) worker = bench_series_new ();
  g_autoptr (BenchSeries) least = bench_series_new ();
  g_autoptr (BenchHost) nothing
      = bench_host_new (bench_host_open_module (bench_host_empty_module ()));
  g_autoptr (BenchHost) host = NULL;

  bench_cloud_set_life (cloud, BENCH_CLOUD_HUNDRED_DAYS);
  host = bench_cloud_start_host (cloud, entry, bench_cloud_get_port (cloud));
  bench_host_create (nothing);
  bench_host_init (nothing);
  bench_host_fetch_tables (nothing);
  bench_host_time_check (host, BENCH_INSTALLATION, 0);
  if (host->pages->open (host->plugin, "subscriptions", VIEW, NULL) != PROSOFT_OK)
    g_error ("bench: the page does not open");
  bench_host_settle (host, QUIET_MS);
  for (guint i = 0; i < bench->rounds; i++)
    {
      bench_series_add (least, bench_host_time_check (nothing, BENCH_INSTALLATION, 0));
      bench_series_add (subject, bench_host_time_check (host, BENCH_INSTALLATION, 0));
      /* What the host says comes first, so the worker has to look. */
      host->pages->activated (host->plugin, VIEW);
      bench_series_add (worker, bench_host_time_check (host, BENCH_INSTALLATION, 0));
      if (host->allowed != 1)
        g_error ("bench: memory does not open a session: %s", host->code);
      bench_host_settle (host, 1);
    }
  bench_report (bench, &(BenchRow){ .name = "check, answered from memory on main",
                                    .unit = BENCH_UNIT_US,
                                    .subject = subject,
                                    .floor = least,
                                    .floor_name = "a check of a plug-in that does nothing",
                                    .high = 0.9,
                                    .target = 1 * MS,
                                    .target_words = "<= 1 ms" });
  bench_report (bench, &(BenchRow){ .name = "  the same through the worker",
                                    .unit = BENCH_UNIT_US,
                                    .subject = worker,
                                    .floor = least,
                                    .floor_name = "a check of a plug-in that does nothing",
                                    .high = 0.9 });
  bench_cloud_set_life (cloud, BENCH_CLOUD_HALF_A_DAY);
}

static double
measure_rtt (guint rounds, gint64 delay)
{
  g_autoptr (DelayProxy) echo = delay_proxy_new (0, delay);
  g_autoptr (BenchSeries) times = bench_series_new ();

  for (guint i = 0; i < rounds; i++)
    bench_series_add (times, bare_client_time_echo (delay_proxy_get_port (echo)));
  return bench_series_get_median (times);
}

void
bench_check (Bench *bench)
{
  const prosoft_entry_t *entry = bench_host_open_module (bench_host_module ());
  g_autoptr (BenchCloud) cloud = bench_cloud_new ();
  g_autoptr (DelayProxy) proxy = delay_proxy_new (bench_cloud_get_port (cloud), RTT_NS / 2);
  Route near = { 0 };
  Route far = { 0 };

  bench_memory (bench, cloud, entry);
  near.rtt = measure_rtt (bench->rounds, 0);
  route_init (&near, cloud, entry, bench_cloud_get_port (cloud));
  bench_kind (bench, &near, FALSE, "check, warm, loopback");
  bench_kind (bench, &near, TRUE, "check, cold, loopback");
  route_clear (&near);
  bench_cloud_set_mode (cloud, BENCH_CLOUD_ANSWER);
  far.rtt = measure_rtt (bench->rounds, RTT_NS / 2);
  route_init (&far, cloud, entry, delay_proxy_get_port (proxy));
  bench_kind (bench, &far, FALSE, "check, warm, RTT 20 ms");
  bench_kind (bench, &far, TRUE, "check, cold, RTT 20 ms");
  route_clear (&far);
}
