/* SPDX-License-Identifier: MIT */
#include "tests/bench/child.h"
#include "tests/bench/nbt-sample.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "plugin/installation/nbt-reader.h"
#include "plugin/installation/nbt-table.h"
#include "plugin/installation/roles.h"

#define GIB G_GUINT64_CONSTANT (1073741824)
#define KIB 1024
#define MIB 1048576
#define ADDRESS "alexa.picos.0@example.org"
#define HELD (6.0 * MIB)
/* As many as a file may have of this size. */
#define MOST_PEOPLE 2000

/* As the bridge reads: the slices that are asked for, and who is who in them. */
static TtecommInstallation *
read_file (const char *path, guint64 size)
{
  g_autofree guint8 *slice = g_malloc (TTECOMM_NBT_SLICE_SIZE);
  g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (size);
  g_autoptr (GError) error = NULL;
  TtecommInstallation *installation;
  guint64 offset;
  gsize length;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  while (ttecomm_nbt_reader_next (reader, &offset, &length))
    if (pread (fd, slice, length, (off_t)offset) != (gssize)length
        || !ttecomm_nbt_reader_feed (reader, slice, length, &error))
      g_error ("bench: %s", error != NULL ? error->message : g_strerror (errno));
  close (fd);
  installation = ttecomm_nbt_reader_finish (reader, &error);
  if (installation == NULL)
    g_error ("bench: %s", error->message);
  return installation;
}

static double
time_roles (const NbtSample *sample)
{
  gint64 begin = bench_now_ns ();
  g_autoptr (TtecommInstallation) installation = read_file (sample->path, sample->size);

  if (ttecomm_roles_of (installation, ADDRESS).role != TTECOMM_INSTALLATION_ROLE_OWNER)
    g_error ("bench: the owner is not found");
  return (double)(bench_now_ns () - begin);
}

static double
time_copy (const NbtSample *sample, guint8 *buffer)
{
  gint64 begin = bench_now_ns ();

  memcpy (buffer, sample->sections->data, sample->sections->len);
  __asm__ volatile("" : : "r"(buffer) : "memory");
  return (double)(bench_now_ns () - begin);
}

static double
time_digest (const NbtSample *sample)
{
  gint64 begin = bench_now_ns ();
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, sample->sections->data,
                                                         sample->sections->len);

  return (double)(bench_now_ns () - begin);
}

/* What json-glib alone needs for the people: a tree, and its end. */
static double
time_tree (const NbtSample *sample)
{
  gint64 begin = bench_now_ns ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonNode) tree = NULL;

  if (!json_parser_load_from_data (parser, sample->users, -1, NULL))
    g_error ("bench: json-glib does not read the people");
  tree = json_parser_steal_root (parser);
  g_clear_pointer (&tree, json_node_unref);
  return (double)(bench_now_ns () - begin);
}

static void
bench_roles (Bench *bench, const char *name, const NbtSample *sample, double target)
{
  g_autoptr (BenchSeries) subject = bench_series_new ();
  g_autoptr (BenchSeries) copy = bench_series_new ();
  g_autoptr (BenchSeries) digest = bench_series_new ();
  g_autoptr (BenchSeries) tree = bench_series_new ();
  g_autofree guint8 *buffer = g_malloc0 (sample->sections->len);
  BenchRow row = { .name = name,
                   .unit = BENCH_UNIT_US,
                   .subject = subject,
                   .floor = copy,
                   .floor_name = "memcpy of the three sections",
                   .high = 0.9,
                   .target = target };

  for (guint i = 0; i < bench->rounds; i++)
    {
      bench_series_add (copy, time_copy (sample, buffer));
      bench_series_add (digest, time_digest (sample));
      bench_series_add (tree, time_tree (sample));
      bench_series_add (subject, time_roles (sample));
    }
  bench_report (bench, &row);
  row.name = "  the same beside another floor";
  row.floor = digest;
  row.floor_name = "SHA-256 of the three sections (GLib)";
  row.target = 0;
  bench_report (bench, &row);
  row.name = "  and beside a third";
  row.floor = tree;
  row.floor_name = "json-glib alone, section USER";
  bench_report (bench, &row);
}

int
bench_nbt_child (int argc, char **argv)
{
  const guint8 nothing[TTECOMM_NBT_DIGEST_SIZE] = { 0 };
  g_autoptr (TtecommInstallation) installation = NULL;
  double before;

  if (argc != 2)
    return 2;
  /* What the module has long made by then: json-glib's types, OpenSSL's tables. */
  g_type_ensure (JSON_TYPE_PARSER);
  if (ttecomm_nbt_digest_matches (nothing, sizeof nothing, nothing))
    g_error ("bench: a digest of zeros");
  before = bench_get_resident ();
  bench_reset_peak ();
  installation = read_file (argv[0], g_ascii_strtoull (argv[1], NULL, 10));
  bench_child_say (MAX (bench_get_peak () - before, 0));
  return 0;
}

static void
bench_held (Bench *bench, const char *name, const NbtSample *sample)
{
  g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, sample->size);
  const char *arguments[] = { "/proc/self/exe", BENCH_CHILD, "nbt", sample->path, size, NULL };
  g_autoptr (BenchSeries) subject = bench_series_new ();

  for (guint i = 0; i < bench->rounds; i++)
    {
      g_autoptr (GArray) numbers = bench_run (arguments);

      bench_series_add (subject, g_array_index (numbers, double, 0));
    }
  bench_report (bench, &(BenchRow){ .name = name,
                                    .unit = BENCH_UNIT_MIB,
                                    .subject = subject,
                                    .high = 0.9,
                                    .target = HELD,
                                    .judged = BENCH_HIGH });
}

void
bench_nbt (Bench *bench)
{
  g_autoptr (NbtSample) small = nbt_sample_new (100, 64 * KIB);
  g_autoptr (NbtSample) sparse = nbt_sample_new (100, GIB);
  g_autoptr (NbtSample) large = nbt_sample_new (MOST_PEOPLE, GIB);

  bench_roles (bench, "roles from a .nbt with 100 people", small, 300e3);
  bench_roles (bench, "roles from a .nbt of 1 GiB (sparse), 100 people", sparse, 300e3);
  bench_roles (bench, "roles from a .nbt of 1 GiB (sparse), 2,000 people", large, 0);
  bench_held (bench, "memory held for 1 GiB, 100 people", sparse);
  bench_held (bench, "memory held for 1 GiB, 2,000 people", large);
}
