/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench.h"

#include <string.h>

#include "plugin/page/page.h"
#include "tests/unit/page/many.h"

#define MS 1e6
#define PEOPLE 1000
#define INSTALLATIONS 1000

/* A file of a thousand people, one owner among them. (transfer full) */
static char *
describe_people (void)
{
  GString *text = g_string_new ("{'people':[");

  for (guint i = 0; i < PEOPLE; i++)
    g_string_append_printf (text,
                            "%s{'id':'p%u','name':'Alexa Picos %u','email':'alexa.%u@example.org',"
                            "'group':'parents','cloud_access':'%s','integrator':false}",
                            i > 0 ? "," : "", i, i, i, i == 0 ? "owner" : "user");
  g_string_append (text, "],'integrators':[]}");
  return g_string_free (text, FALSE);
}

static double
time_build (const TtecommSnapshot *snapshot, GBytes **json)
{
  gint64 begin = bench_now_ns ();
  g_autoptr (TtecommPage) page = ttecomm_page_build (snapshot);
  gint64 end = bench_now_ns ();

  g_clear_pointer (json, g_bytes_unref);
  *json = g_bytes_ref (ttecomm_page_get_json (page));
  return (double)(end - begin);
}

static double
time_copy (GBytes *json, guint8 *buffer)
{
  gint64 begin = bench_now_ns ();

  memcpy (buffer, g_bytes_get_data (json, NULL), g_bytes_get_size (json));
  __asm__ volatile("" : : "r"(buffer) : "memory");
  return (double)(bench_now_ns () - begin);
}

static void
bench_build (Bench *bench, const char *name, const TtecommSnapshot *snapshot)
{
  g_autoptr (BenchSeries) subject = bench_series_new ();
  g_autoptr (BenchSeries) least = bench_series_new ();
  g_autoptr (GBytes) json = NULL;
  g_autofree guint8 *buffer = NULL;

  time_build (snapshot, &json);
  buffer = g_malloc0 (g_bytes_get_size (json));
  for (guint i = 0; i < bench->rounds; i++)
    {
      bench_series_add (least, time_copy (json, buffer));
      bench_series_add (subject, time_build (snapshot, &json));
    }
  bench_report (bench, &(BenchRow){ .name = name,
                                    .unit = BENCH_UNIT_MS,
                                    .subject = subject,
                                    .floor = least,
                                    .floor_name = "memcpy of its JSON",
                                    .high = 0.9,
                                    .target = 5 * MS });
  bench_note ("%" G_GSIZE_FORMAT " KiB of JSON", g_bytes_get_size (json) / 1024);
}

static void
bench_installations (Bench *bench)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();

  many_set (snapshot, INSTALLATIONS);
  bench_build (bench, "page with 1,000 installations x 3 services", snapshot);
}

void
bench_page (Bench *bench)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autofree char *people = describe_people ();

  sample_set_installation (snapshot, sample_inst, people, TRUE);
  bench_build (bench, "page with a table of 1,000 people", snapshot);
  bench_installations (bench);
}
