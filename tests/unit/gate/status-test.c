/* SPDX-License-Identifier: MIT */
#include "plugin/gate/status.h"

#include "tests/harness/harness.h"

#define ONLINE TRUE
#define OFFLINE FALSE

/* A day in the life of one installation: what is decided, and what is new about it. */
static void
test_edges (void)
{
  static const struct
  {
    TtecommGateCode code;
    TtecommGateCause cause;
    gboolean online;
    gint64 days;
    gint64 difference;
    guint events;
  } rows[] = {
    { TTECOMM_GATE_CODE_SIGN_IN, 0, OFFLINE, 0, 0, 0 },
    { TTECOMM_GATE_CODE_OK, 0, ONLINE, 40, 0, 0 },
    { TTECOMM_GATE_CODE_OK, 0, ONLINE, 39, 0, 0 },
    { TTECOMM_GATE_CODE_CANCELLED, 0, OFFLINE, 0, 0, 0 },
    { TTECOMM_GATE_CODE_ENDS_SOON, 0, ONLINE, 30, 0,
      TTECOMM_GATE_NEWS_CHANGED | TTECOMM_GATE_NEWS_ENDS_SOON },
    { TTECOMM_GATE_CODE_ENDS_SOON, 0, ONLINE, 30, 0, 0 },
    { TTECOMM_GATE_CODE_ENDS_SOON, 0, ONLINE, 29, 0, TTECOMM_GATE_NEWS_ENDS_SOON },
    { TTECOMM_GATE_CODE_RECENT, TTECOMM_GATE_CAUSE_OFFLINE, OFFLINE, 29, 0,
      TTECOMM_GATE_NEWS_CHANGED },
    { TTECOMM_GATE_CODE_ENDS_SOON, 0, ONLINE, 29, 0, TTECOMM_GATE_NEWS_CHANGED },
    { TTECOMM_GATE_CODE_STALE, TTECOMM_GATE_CAUSE_SLOW, OFFLINE, 28, 0,
      TTECOMM_GATE_NEWS_CHANGED | TTECOMM_GATE_NEWS_STALE },
    { TTECOMM_GATE_CODE_STALE, TTECOMM_GATE_CAUSE_SLOW, OFFLINE, 28, 0, 0 },
    { TTECOMM_GATE_CODE_GRACE_OVER, TTECOMM_GATE_CAUSE_TLS_CLOCK, OFFLINE, 27, 0,
      TTECOMM_GATE_NEWS_CHANGED | TTECOMM_GATE_NEWS_CLOCK_SUSPECT },
    { TTECOMM_GATE_CODE_ENDED, 0, ONLINE, 0, 601,
      TTECOMM_GATE_NEWS_CHANGED | TTECOMM_GATE_NEWS_ENDED | TTECOMM_GATE_NEWS_FRESH },
    { TTECOMM_GATE_CODE_ENDED, 0, ONLINE, 0, 600, 0 },
    { TTECOMM_GATE_CODE_ENDED, 0, ONLINE, 0, -601, TTECOMM_GATE_NEWS_CLOCK_SUSPECT },
    { TTECOMM_GATE_CODE_UNKNOWN_WAS_NO, TTECOMM_GATE_CAUSE_BUSY, OFFLINE, 0, 0,
      TTECOMM_GATE_NEWS_CHANGED },
    { TTECOMM_GATE_CODE_PAYMENT, 0, ONLINE, 0, 0, TTECOMM_GATE_NEWS_CHANGED },
    { TTECOMM_GATE_CODE_OK, 0, ONLINE, 365, 0, TTECOMM_GATE_NEWS_CHANGED },
    { TTECOMM_GATE_CODE_ENDED_CHECK, 0, ONLINE, 0, 0,
      TTECOMM_GATE_NEWS_CHANGED | TTECOMM_GATE_NEWS_ENDED },
    { TTECOMM_GATE_CODE_CLOCK_BACK, 0, OFFLINE, 0, 0,
      TTECOMM_GATE_NEWS_CHANGED | TTECOMM_GATE_NEWS_CLOCK_SUSPECT },
    { TTECOMM_GATE_CODE_CLOCK_UNREADABLE, 0, OFFLINE, 0, 0, TTECOMM_GATE_NEWS_CHANGED },
    /* set right, and wrong once more */
    { TTECOMM_GATE_CODE_RECENT, TTECOMM_GATE_CAUSE_OFFLINE, OFFLINE, 0, 0,
      TTECOMM_GATE_NEWS_CHANGED },
    { TTECOMM_GATE_CODE_RECENT, TTECOMM_GATE_CAUSE_TLS_CLOCK, OFFLINE, 0, 0,
      TTECOMM_GATE_NEWS_CLOCK_SUSPECT },
    /* a failure of another kind clears no clock */
    { TTECOMM_GATE_CODE_RECENT, TTECOMM_GATE_CAUSE_SLOW, OFFLINE, 0, 0, 0 },
    { TTECOMM_GATE_CODE_RECENT, TTECOMM_GATE_CAUSE_TLS_CLOCK, OFFLINE, 0, 0, 0 },
    /* hidden behind another row, and back: not said twice */
    { TTECOMM_GATE_CODE_ENDS_SOON, 0, ONLINE, 14, 0,
      TTECOMM_GATE_NEWS_CHANGED | TTECOMM_GATE_NEWS_ENDS_SOON },
    { TTECOMM_GATE_CODE_NOT_CONNECTED, 0, ONLINE, 14, 0, TTECOMM_GATE_NEWS_CHANGED },
    { TTECOMM_GATE_CODE_ENDS_SOON, 0, ONLINE, 14, 0, TTECOMM_GATE_NEWS_CHANGED },
    /* renewed, and the renewal switched off again */
    { TTECOMM_GATE_CODE_OK, 0, ONLINE, 379, 0, TTECOMM_GATE_NEWS_CHANGED },
    { TTECOMM_GATE_CODE_ENDS_SOON, 0, ONLINE, 14, 0,
      TTECOMM_GATE_NEWS_CHANGED | TTECOMM_GATE_NEWS_ENDS_SOON },
  };
  TtecommGateStatus status = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TtecommGateDecision decision = { .code = rows[i].code, .cause = rows[i].cause };

      g_test_message ("row %u", i);
      g_assert_cmpuint (ttecomm_gate_status_update (&status, &decision, rows[i].online,
                                                    rows[i].days, rows[i].difference),
                        ==, rows[i].events);
    }
}

static void
register_tests (Harness *harness)
{
  /* rules: C25 */
  harness_add (harness, "status", "edges", test_edges);
}

HARNESS_MAIN (register_tests)
