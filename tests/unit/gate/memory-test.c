/* SPDX-License-Identifier: MIT */
#include "plugin/gate/memory.h"

#include "tests/harness/harness.h"
#include "tests/support/fake-clock.h"
#include "tests/support/fake-signer.h"

#define IAT G_GINT64_CONSTANT (1790000000)
#define SITE "TT-0001"

static TtecommGateRecord *
make_record (TtecommFakeSigner *signer, TtecommFakeStatement *fake, TtecommFakeClock *clock)
{
  TtecommStatementExpected expected
      = { signer->keys, fake->installation, TTECOMM_FAKE_ACCOUNT, TTECOMM_FAKE_NONCE, 0 };
  g_autofree char *text = ttecomm_fake_signer_sign (signer, fake);
  g_autoptr (TtecommStatement) statement
      = ttecomm_statement_verify (text, strlen (text), &expected, NULL);

  g_assert_nonnull (statement);
  return ttecomm_gate_record_new_now (statement, TTECOMM_CLOCK (clock));
}

static gboolean
decides (TtecommGateRecord *record, TtecommFakeClock *clock, TtecommGateDecision *decision)
{
  const guint8 salt[TTECOMM_GATE_SALT_SIZE] = { 0 };
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (TtecommGateMemory) memory = NULL;
  const TtecommGateRecord *found = NULL;
  gboolean decided;

  g_ptr_array_add (records, record);
  memory = ttecomm_gate_memory_new (records, salt);
  g_assert_cmpuint (ttecomm_gate_memory_get_size (memory), ==, 1);
  decided
      = ttecomm_gate_memory_decide (memory, TTECOMM_CLOCK (clock), SITE, "5.1", decision, &found);
  if (decided)
    g_assert_true (found == record);
  g_assert_false (
      ttecomm_gate_memory_decide (memory, TTECOMM_CLOCK (clock), "TT-0002", "5.1", decision, NULL));
  return decided;
}

static void
test_fresh_yes_only (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  static const struct
  {
    gint64 until;
    const char *state;
    gint64 passed;
    gboolean decided;
  } rows[] = {
    { 100 * 86400, "active", 0, TRUE },         { 100 * 86400, "active", 299, TRUE },
    { 100 * 86400, "active", 300, FALSE },      { 86400 + 1, "active", 0, TRUE },
    { 86400 + 1, "active", 1, FALSE },          { 86400, "active", 0, FALSE },
    { 100 * 86400, "suspended", 0, FALSE },     { 100 * 86400, "ended", 0, FALSE },
    { 100 * 86400, "payment_failed", 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TtecommFakeClock) clock = ttecomm_fake_clock_new (IAT);
      g_autoptr (TtecommGateRecord) record = NULL;
      TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
      TtecommGateDecision decision = { 0 };

      g_test_message ("row %u", i);
      fake.until_ts = IAT + rows[i].until;
      fake.state = rows[i].state;
      record = make_record (signer, &fake, clock);
      ttecomm_fake_clock_advance (clock, rows[i].passed);
      g_assert_cmpint (decides (record, clock, &decision), ==, rows[i].decided);
      if (rows[i].decided)
        g_assert_cmpint (decision.time, ==, IAT + rows[i].passed);
    }
}

/* The wall clock plays no part; a boot clock that does not go on in one boot is no clock. */
static void
test_clocks (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (TtecommFakeClock) clock = ttecomm_fake_clock_new (IAT);
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autoptr (TtecommGateRecord) record = make_record (signer, &fake, clock);
  TtecommGateDecision decision = { 0 };

  ttecomm_fake_clock_set_wall (clock, 0);
  g_assert_true (decides (record, clock, &decision));
  g_assert_cmpint (decision.code, ==, TTECOMM_GATE_CODE_OK);
  ttecomm_fake_clock_break_wall (clock);
  g_assert_true (decides (record, clock, &decision));

  ttecomm_fake_clock_reboot (clock, "boot-1", 999 * G_USEC_PER_SEC);
  g_assert_false (decides (record, clock, &decision));
  ttecomm_fake_clock_reboot (clock, "boot-1", 1000 * G_USEC_PER_SEC - 1);
  g_assert_false (decides (record, clock, &decision));
  ttecomm_fake_clock_reboot (clock, "boot-2", 1001 * G_USEC_PER_SEC);
  g_assert_false (decides (record, clock, &decision));
  ttecomm_fake_clock_reboot (clock, "boot-1", -1);
  g_assert_false (decides (record, clock, &decision));
  ttecomm_fake_clock_reboot (clock, NULL, 1001 * G_USEC_PER_SEC);
  g_assert_false (decides (record, clock, &decision));
}

/* A15 looks at the wall clock as it was at receipt, not as it is now. */
static void
test_wall_at_receipt (void)
{
  g_autoptr (TtecommFakeSigner) signer = ttecomm_fake_signer_new ();
  g_autoptr (TtecommFakeClock) clock = ttecomm_fake_clock_new (IAT + 601);
  TtecommFakeStatement fake = ttecomm_fake_statement (SITE, IAT);
  g_autoptr (TtecommGateRecord) record = make_record (signer, &fake, clock);
  TtecommGateDecision decision = { 0 };

  ttecomm_fake_clock_set_wall (clock, IAT);
  ttecomm_fake_clock_advance (clock, 100);
  g_assert_true (decides (record, clock, &decision));
  g_assert_cmpint (decision.code, ==, TTECOMM_GATE_CODE_CLOCK);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "memory", "fresh-yes-only", test_fresh_yes_only);
  harness_add (harness, "memory", "clocks", test_clocks);
  harness_add (harness, "memory", "wall-at-receipt", test_wall_at_receipt);
}

HARNESS_MAIN (register_tests)
