/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/system-clock.h"
#include "plugin/gate/gate.h"
#include "tests/unit/gate/fake-source.h"

#define INSTALLATION "TT-0001"
#define MS 1e6

typedef struct
{
  TtecommClock *clock;       /* (owned) */
  TtecommFakeSource *source; /* (owned) */
  char *folder;              /* (owned) */
  GPtrArray *files;          /* (owned) (element-type utf8) what the cache consists of */
} Fixture;

static TtecommGate *
new_gate (Fixture *f)
{
  TtecommGateConfig config = {
    .clock = f->clock,
    .source = TTECOMM_GATE_SOURCE (f->source),
    .trust = f->source->signer->trust,
    .cache_folder = f->folder,
    .prosoft = "5.1.2.0",
    .budgets = TTECOMM_GATE_BUDGETS,
  };

  return ttecomm_gate_new (&config);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TtecommGateVerdict **verdict = user_data;

  *verdict = ttecomm_gate_check_finish (TTECOMM_GATE (source), result, NULL);
}

static TtecommGateFrom
check (TtecommGate *gate)
{
  g_autoptr (TtecommGateVerdict) verdict = NULL;

  ttecomm_gate_set_account (gate, TTECOMM_FAKE_ACCOUNT);
  ttecomm_gate_check_async (gate, INSTALLATION, TTECOMM_GATE_CLICK, 0, NULL, checked_cb, &verdict);
  while (verdict == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!ttecomm_gate_outcome_opens (verdict->decision.outcome))
    g_error ("bench: the gate does not open: %s", verdict->details);
  return verdict->from;
}

static void
list_files (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (f->files, g_build_filename (f->folder, name, NULL));
}

/* The process before: it asked, was answered, and kept that. */
static void
fixture_init (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommGate) gate = NULL;

  f->clock = ttecomm_system_clock_new ();
  f->source = ttecomm_fake_source_new (g_get_real_time () / G_USEC_PER_SEC);
  f->folder = g_dir_make_tmp ("ttecomm-bench-XXXXXX", &error);
  if (f->folder == NULL)
    g_error ("bench: %s", error->message);
  f->files = g_ptr_array_new_with_free_func (g_free);
  gate = new_gate (f);
  if (check (gate) != TTECOMM_GATE_FROM_NET)
    g_error ("bench: the first answer is not from TTcloud");
  ttecomm_gate_shutdown (gate);
  list_files (f);
  f->source->fail = TTECOMM_GATE_CAUSE_OFFLINE;
}

static void
fixture_clear (Fixture *f)
{
  for (guint i = 0; i < f->files->len; i++)
    g_remove (g_ptr_array_index (f->files, i));
  g_rmdir (f->folder);
  g_ptr_array_unref (f->files);
  g_free (f->folder);
  g_object_unref (f->source);
  g_object_unref (f->clock);
}

static double
time_restart (Fixture *f)
{
  gint64 begin = bench_now_ns ();
  g_autoptr (TtecommGate) gate = new_gate (f);
  TtecommGateFrom from = check (gate);
  gint64 end = bench_now_ns ();

  if (from != TTECOMM_GATE_FROM_DISK)
    g_error ("bench: the cache did not decide");
  ttecomm_gate_shutdown (gate);
  return (double)(end - begin);
}

/* Every file read, and one signature checked. */
static double
time_floor (Fixture *f)
{
  gint64 begin = bench_now_ns ();
  g_autoptr (TtecommKeySet) keys = NULL;

  for (guint i = 0; i < f->files->len; i++)
    {
      g_autofree char *text = NULL;

      if (!g_file_get_contents (g_ptr_array_index (f->files, i), &text, NULL, NULL))
        g_error ("bench: the cache cannot be read");
    }
  keys = ttecomm_key_set_verify (f->source->signer->keys_jws, strlen (f->source->signer->keys_jws),
                                 f->source->signer->trust, 0, NULL);
  return (double)(bench_now_ns () - begin);
}

void
bench_restart (Bench *bench)
{
  g_autoptr (BenchSeries) subject = bench_series_new ();
  g_autoptr (BenchSeries) least = bench_series_new ();
  Fixture f;

  fixture_init (&f);
  for (guint i = 0; i < bench->rounds; i++)
    {
      bench_series_add (least, time_floor (&f));
      bench_series_add (subject, time_restart (&f));
    }
  bench_report (bench, &(BenchRow){ .name = "restart with a cache, TTcloud offline",
                                    .unit = BENCH_UNIT_MS,
                                    .subject = subject,
                                    .floor = least,
                                    .floor_name = "read the files, check one signature",
                                    .high = 0.9,
                                    .target = 1 * MS });
  bench_note ("%u files; two signatures must be checked: the key set's and the statement's",
              f.files->len);
  fixture_clear (&f);
}
