/* SPDX-License-Identifier: MIT */
#include "tests/unit/gate/gate-fixture.h"

/*
 * What opens and what does not when time does what it should not: the PC's clock set back, forward,
 * to 1970 or 2099, or broken; the PC asleep, or started again (gate.md, sections 3 and 5). TTcloud
 * answered once, at GATE_IAT.
 */

#define HOUR 3600
#define DAY (24 * HOUR)
#define Y2099 G_GINT64_CONSTANT (4070908800)

#define CODE(name) TTECOMM_GATE_CODE_##name
#define CAUSE(name) TTECOMM_GATE_CAUSE_##name

typedef enum
{
  END,
  PASS,      /* seconds go by on both clocks: the PC runs, or sleeps */
  SET,       /* somebody sets the wall clock: seconds from GATE_IAT */
  SET_TO,    /* the same, to a Unix time */
  BREAK,     /* the wall clock cannot be read */
  HOST_ENDS, /* PROSOFT is closed and started again */
  REBOOT,    /* and the PC too; the boot clock begins at 10 s */
  REBOOT_NO_ID,
  UNPLUG, /* TTcloud cannot be reached from here on */
  ANSWER, /* a check that TTcloud answers */
} Op;

typedef struct
{
  const char *name;
  gint64 until; /* the end of the subscription, from GATE_IAT */
  gboolean renew;
  struct
  {
    Op op;
    gint64 value;
  } steps[8];
  TtecommGateCode code;
} Row;

/* clang-format off */
static const Row offline_rows[] = {
  /* one start of the PC: only the boot clock counts, whatever the wall clock shows */
  { "an-hour-later", 100 * DAY, TRUE, { { PASS, HOUR }, { HOST_ENDS } }, CODE (RECENT) },
  { "a-day-later", 100 * DAY, TRUE, { { PASS, DAY }, { HOST_ENDS } }, CODE (RECENT) },
  { "a-day-and-a-second", 100 * DAY, TRUE, { { PASS, DAY + 1 }, { HOST_ENDS } }, CODE (STALE) },
  { "slept-to-the-last-second", 100 * DAY, TRUE, { { PASS, 72 * HOUR } }, CODE (STALE) },
  { "slept-a-second-too-long", 100 * DAY, TRUE, { { PASS, 72 * HOUR + 1 } }, CODE (GRACE_OVER) },
  { "set-back", 100 * DAY, TRUE, { { PASS, HOUR }, { SET, -400 * DAY } }, CODE (RECENT) },
  { "set-back-does-not-stretch", 100 * DAY, TRUE, { { PASS, 73 * HOUR }, { SET, 0 } }, CODE (GRACE_OVER) },
  { "set-back-does-not-save-the-end", 30 * HOUR, TRUE, { { PASS, 30 * HOUR }, { SET, 0 } }, CODE (RENEWAL_UNCONFIRMED) },
  { "the-same-without-renewal", 30 * HOUR, FALSE, { { PASS, 30 * HOUR }, { SET, 0 } }, CODE (ENDED_UNCONFIRMED) },
  { "a-second-before-the-end", 30 * HOUR, FALSE, { { PASS, 30 * HOUR - 1 }, { SET, 0 } }, CODE (STALE) },
  { "1970", 100 * DAY, TRUE, { { PASS, HOUR }, { SET_TO, 0 } }, CODE (RECENT) },
  { "before-1970", 100 * DAY, TRUE, { { PASS, HOUR }, { SET_TO, -86400 } }, CODE (RECENT) },
  { "2099", 100 * DAY, TRUE, { { PASS, HOUR }, { SET_TO, Y2099 } }, CODE (RECENT) },
  { "a-trip-to-2099", 100 * DAY, TRUE, { { SET_TO, Y2099 }, { HOST_ENDS }, { SET, HOUR }, { HOST_ENDS } }, CODE (RECENT) },
  { "unreadable", 100 * DAY, TRUE, { { PASS, HOUR }, { BREAK }, { HOST_ENDS } }, CODE (RECENT) },
  /* started again: only the wall clock is left, and the last time that is known to have passed */
  { "rebooted", 100 * DAY, TRUE, { { PASS, HOUR }, { REBOOT } }, CODE (RECENT) },
  { "rebooted-and-set-back", 100 * DAY, TRUE, { { PASS, 5 * HOUR }, { REBOOT }, { SET, 4 * HOUR } }, CODE (CLOCK_BACK) },
  { "rebooted-and-a-little-back", 100 * DAY, TRUE, { { PASS, 5 * HOUR }, { REBOOT }, { SET, 5 * HOUR - 600 } }, CODE (RECENT) },
  { "rebooted-and-too-far-back", 100 * DAY, TRUE, { { PASS, 5 * HOUR }, { REBOOT }, { SET, 5 * HOUR - 601 } }, CODE (CLOCK_BACK) },
  { "set-back-before-the-end-of-the-host", 100 * DAY, TRUE, { { PASS, 5 * HOUR }, { SET, 0 }, { REBOOT } }, CODE (CLOCK_BACK) },
  { "a-little-back-does-not-save-the-end", 5 * HOUR, FALSE, { { PASS, 5 * HOUR }, { REBOOT }, { SET, 5 * HOUR - 600 } }, CODE (ENDED_UNCONFIRMED) },
  { "rebooted-in-1970", 100 * DAY, TRUE, { { PASS, HOUR }, { REBOOT }, { SET_TO, 0 } }, CODE (CLOCK_BACK) },
  { "rebooted-in-2099", 100 * DAY, TRUE, { { PASS, HOUR }, { REBOOT }, { SET_TO, Y2099 } }, CODE (GRACE_OVER) },
  { "rebooted-in-2099-and-set-right", 100 * DAY, TRUE, { { PASS, HOUR }, { REBOOT }, { SET_TO, Y2099 }, { HOST_ENDS }, { SET, 2 * HOUR }, { HOST_ENDS } }, CODE (RECENT) },
  { "rebooted-after-the-end", 30 * HOUR, TRUE, { { PASS, 31 * HOUR }, { REBOOT } }, CODE (RENEWAL_UNCONFIRMED) },
  { "rebooted-after-the-grace", 100 * DAY, TRUE, { { PASS, 73 * HOUR }, { REBOOT } }, CODE (GRACE_OVER) },
  { "rebooted-without-a-clock", 100 * DAY, TRUE, { { PASS, HOUR }, { REBOOT }, { BREAK } }, CODE (CLOCK_UNREADABLE) },
  { "no-boot-id-any-more", 100 * DAY, TRUE, { { PASS, 2 * HOUR }, { REBOOT_NO_ID }, { SET, HOUR } }, CODE (CLOCK_BACK) },
  { "rebooted-twice", 100 * DAY, TRUE, { { PASS, 5 * HOUR }, { REBOOT }, { PASS, HOUR }, { REBOOT }, { SET, 4 * HOUR } }, CODE (CLOCK_BACK) },
  { "a-new-answer-after-the-reboot", 100 * DAY, TRUE, { { PASS, 5 * HOUR }, { REBOOT }, { SET, -400 * DAY }, { ANSWER, 5 * HOUR }, { UNPLUG }, { PASS, 71 * HOUR } }, CODE (STALE) },
};

/* TTcloud answers: by its own time, with one line about the clock at most. */
static const Row online_rows[] = {
  { "right", 100 * DAY, TRUE, { { SET, 600 } }, CODE (OK) },
  { "a-little-back", 100 * DAY, TRUE, { { SET, -600 } }, CODE (OK) },
  { "ahead", 100 * DAY, TRUE, { { SET, 601 } }, CODE (CLOCK) },
  { "behind", 100 * DAY, TRUE, { { SET, -601 } }, CODE (CLOCK) },
  { "1970", 100 * DAY, TRUE, { { SET_TO, 0 } }, CODE (CLOCK) },
  { "2099", 100 * DAY, TRUE, { { SET_TO, Y2099 } }, CODE (CLOCK) },
  { "unreadable", 100 * DAY, TRUE, { { BREAK } }, CODE (OK) },
  { "the-past-saves-nothing", 0, TRUE, { { SET, -400 * DAY } }, CODE (ENDED_CHECK) },
  { "2099-ends-nothing", 10 * DAY, FALSE, { { SET_TO, Y2099 } }, CODE (ENDS_SOON) },
  { "rebooted-in-1970", 100 * DAY, TRUE, { { REBOOT }, { SET_TO, 0 } }, CODE (CLOCK) },
  { "no-boot-clock", 100 * DAY, TRUE, { { REBOOT_NO_ID } }, CODE (OK) },
};
/* clang-format on */

static void
answer (GateFixture *f, gint64 iat)
{
  f->source->fail = CAUSE (NONE);
  f->source->statement.iat = GATE_IAT + iat;
  f->source->statement.exp = GATE_IAT + iat + 72 * HOUR;
  ttecomm_gate_verdict_free (gate_check (f, TTECOMM_GATE_REFRESH));
}

/* One that was not there before. */
static const char *
new_boot_id (void)
{
  g_autofree char *id = g_uuid_string_random ();

  return g_intern_string (id);
}

static void
happen (GateFixture *f, Op op, gint64 value)
{
  switch (op)
    {
    case PASS:
      ttecomm_fake_clock_advance (f->clock, value);
      break;
    case SET:
      ttecomm_fake_clock_set_wall (f->clock, GATE_IAT + value);
      break;
    case SET_TO:
      ttecomm_fake_clock_set_wall (f->clock, value);
      break;
    case BREAK:
      ttecomm_fake_clock_break_wall (f->clock);
      break;
    case HOST_ENDS:
      gate_fixture_restart (f);
      break;
    case REBOOT:
    case REBOOT_NO_ID:
      gate_fixture_end (f);
      ttecomm_fake_clock_reboot (f->clock, op == REBOOT ? new_boot_id () : NULL,
                                 op == REBOOT ? 10 * G_USEC_PER_SEC : -1);
      gate_fixture_begin (f);
      break;
    case UNPLUG:
      f->source->fail = CAUSE (OFFLINE);
      break;
    case ANSWER:
      answer (f, value);
      break;
    case END:
    default:
      g_assert_not_reached ();
    }
}

static void
play (GateFixture *f, const Row *row)
{
  for (guint i = 0; i < G_N_ELEMENTS (row->steps) && row->steps[i].op != END; i++)
    happen (f, row->steps[i].op, row->steps[i].value);
}

static void
test_offline (GateFixture *f, gconstpointer data)
{
  const Row *row = data;
  g_autoptr (TtecommGateVerdict) verdict = NULL;

  f->source->statement.until_ts = GATE_IAT + row->until;
  f->source->statement.renew = row->renew;
  answer (f, 0);
  f->source->fail = CAUSE (OFFLINE);
  play (f, row);
  verdict = gate_check (f, TTECOMM_GATE_CLICK);
  g_test_message ("%s", verdict->details);
  g_assert_cmpstr (ttecomm_gate_code_to_string (verdict->decision.code), ==,
                   ttecomm_gate_code_to_string (row->code));
  g_assert_cmpint (verdict->decision.cause, ==, CAUSE (OFFLINE));
}

static void
test_online (GateFixture *f, gconstpointer data)
{
  const Row *row = data;

  f->source->statement.until_ts = GATE_IAT + row->until;
  f->source->statement.renew = row->renew;
  play (f, row);
  gate_expect (f, TTECOMM_GATE_CLICK, row->code, CAUSE (NONE), TTECOMM_GATE_FROM_NET);
}

/* -- any order of things -- */

/* What a witness who saw all of it knows. */
typedef struct
{
  gint64 passed;   /* really, since GATE_IAT */
  gboolean reboot; /* since the answer */
  gint64 end;      /* of subscription or grace, from GATE_IAT */
} Truth;

static void
anything (GateFixture *f, Truth *truth)
{
  static const gint64 walls[] = { -400 * DAY, -601, 0, HOUR, 3 * DAY, 400 * DAY };
  gint64 seconds = g_test_rand_int_range (0, 9 * HOUR);

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
      happen (f, SET, walls[g_test_rand_int_range (0, G_N_ELEMENTS (walls))]);
      break;
    case 1:
      happen (f, BREAK, 0);
      break;
    case 2:
      happen (f, HOST_ENDS, 0);
      break;
    case 3:
      happen (f, REBOOT, 0);
      truth->reboot = TRUE;
      break;
    default:
      happen (f, PASS, seconds);
      truth->passed += seconds;
    }
}

/* Offline, within one start of the PC a session opens exactly until the end, whatever the wall
 * clock does. After another start it opens only at a time that the wall clock claims and that is
 * not before what is known to have passed; never at a claimed time past the end. */
static void
assert_bounds (const TtecommGateVerdict *verdict, const Truth *truth, gint64 known)
{
  gboolean opens = ttecomm_gate_outcome_opens (verdict->decision.outcome);
  gint64 time = verdict->decision.time - GATE_IAT;

  if (!truth->reboot)
    {
      g_assert_cmpint (opens, ==, truth->passed < truth->end);
      g_assert_cmpint (time, ==, truth->passed);
    }
  if (opens)
    {
      g_assert_cmpint (time, <, truth->end);
      g_assert_cmpint (time, >=, known);
    }
  g_assert_cmpint (verdict->decision.outcome, !=, TTECOMM_GATE_DENY);
}

static void
test_any_order (GateFixture *f, gconstpointer data)
{
  for (guint run = 0; run < 60; run++)
    {
      Truth truth = { .end = g_test_rand_int_range (1, 72 * HOUR) };
      gint64 known = 0;

      ttecomm_fake_clock_reboot (f->clock, new_boot_id (), G_USEC_PER_SEC);
      ttecomm_fake_clock_set_wall (f->clock, GATE_IAT);
      f->source->statement.ver++;
      f->source->statement.until_ts = GATE_IAT + truth.end;
      answer (f, 0);
      f->source->fail = CAUSE (OFFLINE);
      for (guint step = 0; step < 12; step++)
        {
          g_autoptr (TtecommGateVerdict) verdict = NULL;

          anything (f, &truth);
          if (!truth.reboot)
            known = truth.passed;
          verdict = gate_check (f, TTECOMM_GATE_REFRESH);
          assert_bounds (verdict, &truth, known);
        }
    }
}

static void
register_rows (Harness *harness,
               const char *prefix,
               const Row *rows,
               gsize n_rows,
               void (*test) (GateFixture *, gconstpointer))
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *name = g_strconcat (prefix, rows[i].name, NULL);

      harness_add_fixture (harness, "gate-time", name, GateFixture, &rows[i], gate_fixture_set_up,
                           test, gate_fixture_tear_down);
    }
}

static void
register_tests (Harness *harness)
{
  register_rows (harness, "offline-", offline_rows, G_N_ELEMENTS (offline_rows), test_offline);
  register_rows (harness, "online-", online_rows, G_N_ELEMENTS (online_rows), test_online);
  /* rules: S50 C26 */
  harness_add_fixture (harness, "gate-time", "any-order", GateFixture, NULL, gate_fixture_set_up,
                       test_any_order, gate_fixture_tear_down);
}

HARNESS_MAIN (register_tests)
