/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench-cloud.h"
#include "tests/bench/bench.h"
#include "tests/bench/nbt-sample.h"

#include <string.h>

#define MS 1e6
#define PEOPLE 1000
#define VIEW 1
#define QUIET_MS 15
/* So many calls of on_main_thread() a session at the most: the rest are left to the next. */
#define MOST_PUMPS 64

/* One host, its plug-in, and what its calls took. */
typedef struct
{
  BenchHost *host;    /* (owned) */
  BenchSeries *calls; /* (owned) by the wall clock */
  BenchSeries *cpu;   /* (owned) by the thread's own */
  prosoft_reader_t reader;
  const NbtSample *sample; /* (unowned) */
  GString *page;           /* (owned) */
} Party;

#define TIMED(party, call)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 cpu_begin = bench_cpu_now_ns ();                                                        \
    gint64 begin = bench_now_ns ();                                                                \
    call;                                                                                          \
    bench_series_add ((party)->calls, (double)(bench_now_ns () - begin));                          \
    bench_series_add ((party)->cpu, (double)(bench_cpu_now_ns () - cpu_begin));                    \
  }                                                                                                \
  G_STMT_END

static int64_t
reader_size (const prosoft_reader_t *reader)
{
  Party *party = reader->reader_data;

  return (int64_t)party->sample->size;
}

static int64_t
reader_read (const prosoft_reader_t *reader, int64_t offset, void *buffer, int64_t capacity)
{
  Party *party = reader->reader_data;
  int64_t n = MIN (capacity, (int64_t)party->sample->head->len - offset);

  memcpy (buffer, party->sample->head->data + offset, (gsize)n);
  return n;
}

static prosoft_result_t
append (const prosoft_writer_t *writer, const void *data, int64_t size)
{
  g_string_append_len (writer->writer_data, data, (gssize)size);
  return PROSOFT_OK;
}

static void
render (Party *party)
{
  BenchHost *host = party->host;
  prosoft_writer_t writer = { party->page, append };

  g_string_truncate (party->page, 0);
  TIMED (party, host->pages->render (host->plugin, VIEW, &writer, &host->revision));
}

/* What the worker has ready; whoever waits for nothing does not hold the main thread. */
static void
pump (Party *party)
{
  for (guint i = 0; i < MOST_PUMPS && bench_host_pump (party->host, 0); i++)
    ;
}

static void
start_operations (Party *party)
{
  BenchHost *host = party->host;
  const prosoft_plugin_t *plugin = host->plugin;
  prosoft_gate_request_t request = { .struct_size = sizeof request,
                                     .kind = PROSOFT_SESSION_REMOTE,
                                     .installation_id = BENCH_INSTALLATION };
  prosoft_page_call_t call = {
    .struct_size = sizeof call, .view = VIEW, .revision = host->revision, .action_id = "refresh"
  };
  prosoft_op_t op = 0;

  TIMED (party, host->gate->check (plugin, &request, 0, &op));
  TIMED (party, host->pages->invoke (plugin, &call, &op, NULL));
  TIMED (party, host->operations->cancel (plugin, op));
  pump (party);
}

/* What a person and a program do with an open file, without waiting for anything: so the worker is
 * always behind, reading a file of a thousand people, building their page, asking TTcloud. */
static void
play (Party *party)
{
  BenchHost *host = party->host;
  const prosoft_plugin_t *plugin = host->plugin;
  const prosoft_project_info_t info = { .struct_size = sizeof info, .id = "project" };

  TIMED (party, host->project->opened (plugin, &info, &party->reader, NULL));
  TIMED (party, host->pages->count (plugin));
  TIMED (party, host->pages->info (plugin, 0));
  TIMED (party, host->pages->open (plugin, "subscriptions", VIEW, NULL));
  pump (party);
  render (party);
  start_operations (party);
  TIMED (party, host->environment->changed (plugin, PROSOFT_ENV_LOCALE));
  TIMED (party, host->pages->activated (plugin, VIEW));
  pump (party);
  render (party);
  /* The file is read in the meantime, slice by slice, on this thread. */
  bench_host_settle (host, QUIET_MS);
  render (party);
  TIMED (party, host->project->changed (plugin, &info, &party->reader));
  start_operations (party);
  if (host->session != 0)
    TIMED (party, host->gate->session_ended (plugin, host->session));
  host->session = 0;
  TIMED (party, host->pages->close (plugin, VIEW));
  TIMED (party, host->project->closed (plugin, "project"));
  pump (party);
}

static void
party_init (Party *party, BenchHost *host, const NbtSample *sample)
{
  party->host = host;
  party->sample = sample;
  party->calls = bench_series_new ();
  party->cpu = bench_series_new ();
  party->page = g_string_new (NULL);
  party->reader = (prosoft_reader_t){ party, reader_size, reader_read };
  host->calls = party->calls;
  host->cpu = party->cpu;
}

static void
party_clear (Party *party)
{
  bench_host_free (party->host);
  bench_series_free (party->calls);
  bench_series_free (party->cpu);
  g_string_free (party->page, TRUE);
}

static void
report (Bench *bench, const char *name, BenchSeries *subject, BenchSeries *least, gboolean judged)
{
  bench_report (bench, &(BenchRow){ .name = name,
                                    .unit = BENCH_UNIT_US,
                                    .subject = subject,
                                    .floor = least,
                                    .floor_name = "the same calls of a plug-in that does nothing",
                                    .high = 0.999,
                                    .target = judged ? 1 * MS : 0,
                                    .target_words = judged ? "p99.9 <= 1 ms" : NULL,
                                    .judged = BENCH_HIGH });
}

void
bench_calls (Bench *bench)
{
  g_autoptr (NbtSample) sample = nbt_sample_new (PEOPLE, 64);
  g_autoptr (BenchCloud) cloud = bench_cloud_new ();
  BenchHost *least_host = bench_host_new (bench_host_open_module (bench_host_empty_module ()));
  Party subject, least;

  party_init (&subject,
              bench_cloud_start_host (cloud, bench_host_open_module (bench_host_module ()),
                                      bench_cloud_get_port (cloud)),
              sample);
  bench_host_create (least_host);
  bench_host_init (least_host);
  bench_host_fetch_tables (least_host);
  party_init (&least, least_host, sample);
  for (guint i = 0; i < bench->rounds; i++)
    {
      play (&least);
      play (&subject);
    }
  report (bench, "any call on the host's main thread, worker busy", subject.calls, least.calls,
          TRUE);
  report (bench, "  the same by the thread's own CPU clock", subject.cpu, least.cpu, FALSE);
  bench_note ("%u calls; p99.9 of the floor: %.1f us by the wall clock",
              bench_series_get_length (subject.calls),
              bench_series_get_quantile (least.calls, 0.999) / 1e3);
  party_clear (&subject);
  party_clear (&least);
}
