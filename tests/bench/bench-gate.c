/* SPDX-License-Identifier: MIT */
#include "tests/bench/bench.h"

#include "base/platform.h"
#include "base/system-clock.h"
#include "plugin/gate/memory.h"
#include "tests/support/fake-signer.h"

#include <string.h>

/* A clock that ticks in nanoseconds cannot time one call of a hundred: so many at once. */
#define BATCH 2000
#define N_RECORDS 1000
#define PROSOFT "5.1.2.0"

typedef struct
{
  TtecommClock *clock;       /* (owned) */
  TtecommGateMemory *memory; /* (owned) */
  char *installation;        /* (owned) one of the thousand */
} Fixture;

static TtecommGateRecord *
make_record (TtecommFakeSigner *signer, const char *installation, TtecommClock *clock)
{
  TtecommStatementExpected expected
      = { signer->keys, installation, TTECOMM_FAKE_ACCOUNT, TTECOMM_FAKE_NONCE, 0 };
  TtecommFakeStatement fake
      = ttecomm_fake_statement (installation, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *text = ttecomm_fake_signer_sign (signer, &fake);
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommStatement) statement
      = ttecomm_statement_verify (text, strlen (text), &expected, &error);

  g_assert_no_error (error);
  return ttecomm_gate_record_new_now (statement, clock);
}

static void
fixture_init (Fixture *f)
{
  const guint8 salt[TTECOMM_GATE_SALT_SIZE] = { 0 };
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_gate_record_unref);

  f->clock = ttecomm_system_clock_new ();
  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autofree char *installation = g_strdup_printf ("TT-%04u", i);

      g_ptr_array_add (records, make_record (signer, installation, f->clock));
    }
  f->memory = ttecomm_gate_memory_new (records, salt);
  f->installation = g_strdup ("TT-0500");
}

static void
fixture_clear (Fixture *f)
{
  g_object_unref (f->clock);
  ttecomm_gate_memory_unref (f->memory);
  g_free (f->installation);
}

static double
time_memory (Fixture *f)
{
  gint64 begin = bench_now_ns ();
  TtecommGateDecision decision;

  for (guint i = 0; i < BATCH; i++)
    if (!ttecomm_gate_memory_decide (f->memory, f->clock, f->installation, PROSOFT, &decision,
                                     NULL))
      g_error ("bench: memory does not decide");
  return (double)(bench_now_ns () - begin) / BATCH;
}

/* What no decision from memory can do without: finding a pointer, and knowing what time it is. */
static double
time_pointer_and_clocks (gpointer volatile *pointer)
{
  gint64 begin = bench_now_ns ();
  gint64 now;

  for (guint i = 0; i < BATCH; i++)
    if (*pointer == NULL || ttecomm_platform_get_boottime_us () < 0
        || !ttecomm_platform_get_wall (&now))
      g_error ("bench: no clock");
  return (double)(bench_now_ns () - begin) / BATCH;
}

static void
bench_memory (Bench *bench, Fixture *f)
{
  g_autoptr (BenchSeries) subject = bench_series_new ();
  g_autoptr (BenchSeries) least = bench_series_new ();
  gpointer volatile pointer = f->memory;

  for (guint i = 0; i < bench->rounds; i++)
    {
      bench_series_add (least, time_pointer_and_clocks (&pointer));
      bench_series_add (subject, time_memory (f));
    }
  bench_report (bench, &(BenchRow){
                           .name = "decision from memory, of 1,000 installations",
                           .unit = BENCH_UNIT_NS,
                           .subject = subject,
                           .floor = least,
                           .floor_name = "read a pointer and two clocks",
                           .high = 0.9,
                           .target = 100,
                       });
}

static TtecommGateDecision G_GNUC_NO_INLINE
decide_nothing (const TtecommGateInputs *inputs)
{
  /* Kept by the compiler, for it must be thought to have an effect. */
  __asm__ volatile("" : : "r"(inputs) : "memory");
  return (TtecommGateDecision){ .outcome = TTECOMM_GATE_WAIT };
}

static double
time_decide (TtecommGateDecision (*decide) (const TtecommGateInputs *), TtecommGateInputs *inputs)
{
  gint64 begin = bench_now_ns ();
  guint n = 0;

  for (guint i = 0; i < BATCH; i++)
    {
      inputs->answer_age = i % TTECOMM_GATE_ANSWER_MAX_AGE;
      n += decide (inputs).outcome == TTECOMM_GATE_ALLOW;
    }
  if (n != BATCH && decide == ttecomm_gate_decide)
    g_error ("bench: the decision is not what it should be");
  return (double)(bench_now_ns () - begin) / BATCH;
}

static void
bench_pure (Bench *bench, Fixture *f)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (TtecommGateRecord) record = make_record (signer, f->installation, f->clock);
  g_autoptr (BenchSeries) subject = bench_series_new ();
  g_autoptr (BenchSeries) least = bench_series_new ();
  TtecommGateInputs inputs = { .signed_in = TRUE, .prosoft = PROSOFT };

  ttecomm_gate_inputs_set_answer (&inputs, record, 0);
  for (guint i = 0; i < bench->rounds; i++)
    {
      bench_series_add (least, time_decide (decide_nothing, &inputs));
      bench_series_add (subject, time_decide (ttecomm_gate_decide, &inputs));
    }
  bench_report (bench, &(BenchRow){
                           .name = "the decision itself (pure)",
                           .unit = BENCH_UNIT_NS,
                           .subject = subject,
                           .floor = least,
                           .floor_name = "call a function that does nothing",
                           .high = 0.9,
                       });
}

void
bench_gate (Bench *bench)
{
  Fixture f;

  fixture_init (&f);
  bench_memory (bench, &f);
  bench_pure (bench, &f);
  fixture_clear (&f);
}
