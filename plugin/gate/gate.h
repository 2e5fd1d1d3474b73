/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/gate-source.h"
#include "plugin/gate/memory.h"
#include "plugin/gate/verdict.h"

G_BEGIN_DECLS

/**
 * TtecommGateBudgets:
 *
 * How long things may take, in milliseconds (gate.md, section 4). Tests state smaller ones.
 */
typedef struct
{
  guint with_cache_ms;    /* 2,500: wait for the network when the cache would open */
  guint after_timeout_ms; /* 1,500: the same when the server was slow in the last 10 minutes */
  guint without_cache_ms; /* 8,000: wait for the network else */
  guint request_ms;       /* 30,000: a request behind a decision is given up */
  guint retry_min_ms;     /* 1,000: background retries, decorrelated jitter between the two */
  guint retry_max_ms;     /* 60,000 */
  guint poll_min_ms;      /* 60,000: watched installations are not polled more often */
} TtecommGateBudgets;

#define TTECOMM_GATE_BUDGETS ((TtecommGateBudgets){ 2500, 1500, 8000, 30000, 1000, 60000, 60000 })

/* Fills @buffer with random bytes; %FALSE when there are none, and then nothing is asked. */
typedef gboolean (*TtecommGateRandom) (guint8 *buffer, gsize length, gpointer user_data);

/**
 * TtecommGateConfig:
 * @cache_folder: (nullable): UTF-8; without one nothing outlives the process
 * @prosoft: (nullable): the host's version
 * @random: (nullable): OpenSSL's when %NULL
 *
 * What a gate is made of; everything is copied or referenced.
 */
typedef struct
{
  TtecommClock *clock;
  TtecommGateSource *source;
  TtecommTrust *trust;
  const char *cache_folder;
  const char *prosoft;
  TtecommGateBudgets budgets;
  TtecommGateRandom random;
  gpointer random_data; /* outlives the gate */
} TtecommGateConfig;

/**
 * TtecommGateFlags:
 * @TTECOMM_GATE_CLICK: a person opens the installation: memory, then network, then cache
 * @TTECOMM_GATE_PREFETCH: nobody waits: the file was opened, the click will come (gate.md, section
 * 4)
 * @TTECOMM_GATE_REFRESH: "check now", an order was paid: the network is asked, whatever memory and
 *   an earlier Retry-After say
 */
typedef enum
{
  TTECOMM_GATE_CLICK = 0,
  TTECOMM_GATE_PREFETCH = 1 << 0,
  TTECOMM_GATE_REFRESH = 1 << 1,
} TtecommGateFlags;

/**
 * TtecommGate:
 *
 * May this remote session start? Asks TTcloud, verifies, decides, remembers (gate.md; S24, S25,
 * C26). The decision itself is ttecomm_gate_decide(); this object brings it its inputs in time.
 *
 * Signals, edge-triggered: each is emitted when something has become so, not while it stays so.
 * @installation is TTcloud's id.
 * - `changed` (installation, old, new, cause): the codes of two decisions in a row; the first
 *   decision about an installation changes nothing
 * - `ends-soon` (installation, days): A14, and each time the number of days falls
 * - `ended` (installation, code): a verified answer says that it is over
 * - `stale` (installation, since): C8: nothing newer than the server time @since
 * - `fresh` (installation): a verified answer after `stale`
 * - `clock-suspect` (installation, difference): the PC's clock is more than 10 minutes wrong at a
 *   verified answer, in seconds; 0 when it kept the gate from deciding (C2, C3, B7)
 * - `verified` (installation, const #TtecommGateVerdict *): each verified answer, whoever waited
 *   for it, or nobody; not an edge. Borrowed for the call
 * - `memory-changed`: ttecomm_gate_get_memory() returns another snapshot
 * - `log` (#GLogLevelFlags, text): what a log should hold: each verdict's details, and once what is
 *   wrong with the disk. Never a secret
 *
 * Thread: the worker; everything runs on the thread-default main context of construction.
 */
#define TTECOMM_TYPE_GATE (ttecomm_gate_get_type ())
G_DECLARE_FINAL_TYPE (TtecommGate, ttecomm_gate, TTECOMM, GATE, GObject)

TtecommGate *ttecomm_gate_new (const TtecommGateConfig *config);

/**
 * ttecomm_gate_set_account:
 * @account: (nullable): the opaque id of the account that is held; %NULL when the person has signed
 *   out. Not %NULL while only a token refresh was refused
 *
 * Another account, or none, deletes what was kept of the one before, in memory and on disk; checks
 * that wait are asked again for the new account, or told to sign in.
 */
void ttecomm_gate_set_account (TtecommGate *self, const char *account);
void ttecomm_gate_set_prosoft (TtecommGate *self, const char *prosoft);

/**
 * ttecomm_gate_check_async:
 * @installation: TTcloud's id
 * @timeout_ms: 0 for the budgets, else the smaller of the two
 * @cancellable: (nullable): of this check alone; others that wait for the same answer go on
 *
 * Checks in flight share one request for each installation; it ends with the last of them that is
 * cancelled, but goes on behind a budget that is spent. A click after that asks anew: the older
 * answer is used if it comes first and opens, and never in the place of a newer one. The callback
 * never runs inside this call.
 */
void ttecomm_gate_check_async (TtecommGate *self,
                               const char *installation,
                               TtecommGateFlags flags,
                               guint timeout_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* Returns: (transfer full): always a verdict, also when cancelled (row 0) or after shutdown */
TtecommGateVerdict *ttecomm_gate_check_finish (TtecommGate *self,
                                               GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_gate_watch:
 *
 * The installation matters now (its file is open, a session runs): it is asked about again when the
 * server welcomes it, and until an answer comes. Counted; as many ttecomm_gate_unwatch() end it.
 */
void ttecomm_gate_watch (TtecommGate *self, const char *installation);
void ttecomm_gate_unwatch (TtecommGate *self, const char *installation);

/* Somebody else decided about it from ttecomm_gate_get_memory(): it is in use, as after a click. */
void ttecomm_gate_note_use (TtecommGate *self, const char *installation);

/* Installations kept ready at most: a few of those that are known at once are others. */
#define TTECOMM_GATE_MAX_READY 1000

/**
 * ttecomm_gate_keep_ready:
 * @installations: TTcloud's ids, up to a %NULL; the most important first
 *
 * In the place of those before: their answers are fetched, many at once, kept in memory and on
 * disk, and fetched again about when the server welcomes it. Nobody who clicks waits for that.
 * Nothing while nobody is signed in; another account keeps none ready.
 */
void ttecomm_gate_keep_ready (TtecommGate *self, const char *const *installations);

/* An order was paid, or something else makes what is in memory old: every next check asks, also one
 * whose request is in flight. */
void ttecomm_gate_drop_answers (TtecommGate *self);

/* An API answer said this date; another one than before drops the answers. @date: YYYY-MM-DD */
void ttecomm_gate_note_server_today (TtecommGate *self, const char *date);

/* (transfer none): the snapshot now; take a reference and give it to the host's main thread. */
TtecommGateMemory *ttecomm_gate_get_memory (TtecommGate *self);

/* The line that stands for an installation in logs: four characters. (transfer full) */
char *ttecomm_gate_dup_pseudonym (TtecommGate *self, const char *installation);

/**
 * ttecomm_gate_shutdown:
 *
 * Tells every waiting check that it is cancelled, gives up all requests, writes high water and
 * waits for the disk. Nothing is asked and no signal is emitted afterwards. Run by dispose too.
 */
void ttecomm_gate_shutdown (TtecommGate *self);

G_END_DECLS
