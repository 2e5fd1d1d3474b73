/* SPDX-License-Identifier: MIT */
/* Whose answers the gate keeps: a refused sign-in, another window that signs out. */
#include "plugin/gate/cache.h"
#include "tests/harness/harness.h"
#include "tests/unit/gate/gate-fixture.h"

#define CODE(name) TTECOMM_GATE_CODE_##name
#define CAUSE(name) TTECOMM_GATE_CAUSE_##name
#define FROM(name) TTECOMM_GATE_FROM_##name

/* A refused sign-in: the account is held, so part C decides, and what was verified opens. Row 1 is
 * for nobody. */
static void
test_refused_is_not_signed_out (GateFixture *f, gconstpointer data)
{
  f->source->fail = CAUSE (SIGN_IN);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (SIGN_IN), FROM (NOTHING));
  f->source->fail = CAUSE (NONE);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  f->source->fail = CAUSE (SIGN_IN);
  gate_expect (f, TTECOMM_GATE_REFRESH, CODE (RECENT), CAUSE (SIGN_IN), FROM (MEMORY));
  gate_fixture_restart (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (RECENT), CAUSE (SIGN_IN), FROM (DISK));
  ttecomm_gate_set_account (f->gate, NULL);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (SIGN_IN), CAUSE (NONE), FROM (NOTHING));
}

/* Another window signed out and removed what was kept: closing this one does not bring it back. */
static void
test_removed_elsewhere_stays_removed (GateFixture *f, gconstpointer data)
{
  g_autoptr (TtecommGateCache) cache = ttecomm_gate_cache_new (f->folder, 5);
  g_autoptr (GError) error = NULL;

  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  gate_fixture_restart (f);
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (RECENT), CAUSE (OFFLINE), FROM (DISK));
  g_assert_true (ttecomm_gate_cache_clear (cache, TTECOMM_FAKE_ACCOUNT, &error));
  ttecomm_fake_clock_advance (f->clock, 3600);
  gate_fixture_restart (f);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (OFFLINE), FROM (NOTHING));
}

/* Whom the host watches is still watched for the next account; what the first one was told is not
 * the next one's. */
static void
test_watched_answers_go_too (GateFixture *f, gconstpointer data)
{
  ttecomm_gate_watch (f->gate, GATE_SITE);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (OK), CAUSE (NONE), FROM (NET));
  ttecomm_gate_set_account (f->gate, "acct-2");
  g_assert_cmpuint (ttecomm_gate_memory_get_size (ttecomm_gate_get_memory (f->gate)), ==, 0);
  f->source->fail = CAUSE (OFFLINE);
  gate_expect (f, TTECOMM_GATE_CLICK, CODE (FLAG_UNKNOWN), CAUSE (OFFLINE), FROM (NOTHING));
}

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "gate-account", name, GateFixture, NULL, gate_fixture_set_up,      \
                       func, gate_fixture_tear_down)

static void
register_tests (Harness *harness)
{
  ADD ("refused-is-not-signed-out", test_refused_is_not_signed_out);
  ADD ("watched-answers-go-too", test_watched_answers_go_too);
  ADD ("removed-elsewhere-stays-removed", test_removed_elsewhere_stays_removed);
}

HARNESS_MAIN (register_tests)
