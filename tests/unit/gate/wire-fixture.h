/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/gate.h"
#include "plugin/gate/gate-source-client.h"
#include "tests/support/fake-clock.h"
#include "tests/unit/gate/wire-cloud.h"
#include "tests/unit/ttcloud/fake-store.h"

G_BEGIN_DECLS

#define WIRE_NOW G_GINT64_CONSTANT (1790000000)
#define WIRE_SITE "TT-0001"
#define WIRE_NO_CACHE G_GINT64_CONSTANT (-1)

/*
 * A gate as the module has it, from the decision down to the socket: its source, client, sign-in,
 * transport, cache and keyring are the real ones. Only the clock and TTcloud are a test's. Nothing
 * here needs the harness, so a benchmark can use it as well.
 */
typedef struct
{
  GMainContext *context; /* thread-default while it lives */
  TtecommFakeClock *clock;
  WireCloud *cloud;
  FakeStore *store;
  TtecommTransport *transport;
  TtecommSignIn *sign_in;
  TtecommClient *client;
  TtecommGateSource *source;
  TtecommGate *gate;
  TtecommLimits limits;
  TtecommGateBudgets budgets;
  char *folder;
  GString *log;         /* one line a signal */
  GResolver *resolvers; /* (nullable): the process's own one */
} WireFixture;

/* @limits, @budgets: (nullable): out of reach, so that nothing ends by time. @row's own end, if it
 * has one, comes after @short_ms. @folder: an empty one of the caller's */
void wire_fixture_init (WireFixture *self, const WireRow *row, const char *folder, guint short_ms);
void wire_fixture_clear (WireFixture *self);

/* What a former run of the module left on disk: a good statement received @age seconds ago and the
 * key set; for %WIRE_NO_CACHE nothing. */
void wire_fixture_put_cache (WireFixture *self, gint64 age);

/* The client, signed in as below, for a test that makes its own gate. */
void wire_fixture_start_client (WireFixture *self, gboolean token_is_good);

/* Client and gate, signed in with an access token that is good (or with one that is over). To be
 * called after the limits are set, and again after wire_fixture_stop() for a restart. */
void wire_fixture_start (WireFixture *self, gboolean token_is_good);
/* Ends them and asserts that nothing keeps them alive. */
void wire_fixture_stop (WireFixture *self);

/* A check that is waited for. */
typedef struct
{
  TtecommGateVerdict *verdict; /* (owned) (nullable): NULL while it waits */
  gint64 at_us;                /* monotonic time at which it came */
} WireWait;

void wire_check_begin (WireFixture *self,
                       WireWait *wait,
                       TtecommGateFlags flags,
                       guint timeout_ms,
                       GCancellable *cancellable);
/* Patiently: 60 s. */
void wire_wait (WireFixture *self, WireWait *wait);
void wire_wait_clear (WireWait *wait);
/* Both. (transfer full) */
TtecommGateVerdict *wire_check (WireFixture *self, TtecommGateFlags flags);

typedef gboolean (*WireCondition) (gpointer data);
/* Iterates until @condition holds; FALSE after 60 s. */
gboolean wire_run_until (WireFixture *self, WireCondition condition, gpointer data);

G_END_DECLS
