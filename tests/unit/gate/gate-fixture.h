/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/gate.h"
#include "tests/harness/harness.h"
#include "tests/support/fake-clock.h"
#include "tests/unit/gate/fake-source.h"

G_BEGIN_DECLS

#define GATE_IAT G_GINT64_CONSTANT (1790000000)
#define GATE_SITE "TT-0001"

/* A gate with a fake clock, a fake TTcloud and a cache folder of its own. */
typedef struct
{
  GMainContext *context; /* (owned): thread-default during the test */
  TtecommFakeClock *clock;
  TtecommFakeSource *source;
  TtecommGate *gate;
  char *folder;
  TtecommGateConfig config;
  GString *events; /* one line a signal, oldest first; "log" apart */
  GString *log;
  gboolean no_random;
} GateFixture;

void gate_fixture_set_up (GateFixture *f, gconstpointer data);
void gate_fixture_tear_down (GateFixture *f, gconstpointer data);

/* Ends the gate as the host would, and begins another one on the same folder. */
void gate_fixture_restart (GateFixture *f);
/* The two halves of it, for what happens in between. */
void gate_fixture_end (GateFixture *f);
void gate_fixture_begin (GateFixture *f);

/* A check that is waited for. */
typedef struct
{
  TtecommGateVerdict *verdict; /* (owned) (nullable): NULL while it waits */
} GateWait;

void gate_check_begin (GateFixture *f,
                       GateWait *wait,
                       const char *installation,
                       TtecommGateFlags flags,
                       guint timeout_ms,
                       GCancellable *cancellable);
void gate_wait (GateWait *wait);
void gate_wait_clear (GateWait *wait);

/* Lets everything run that is ready to run. */
void gate_fixture_settle (GateFixture *f);

/* A check of GATE_SITE from begin to end. (transfer full) */
TtecommGateVerdict *gate_check (GateFixture *f, TtecommGateFlags flags);

/* The same, asserting what comes out. */
void gate_expect (GateFixture *f,
                  TtecommGateFlags flags,
                  TtecommGateCode code,
                  TtecommGateCause cause,
                  TtecommGateFrom from);

G_END_DECLS
