/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/gate/gate.h"
#include "plugin/installation/installation.h"
#include "plugin/page/cloud.h"
#include "plugin/page/model-sink.h"
#include "plugin/text/text.h"

G_BEGIN_DECLS

/**
 * TtecommDesk:
 *
 * Where remote sessions are asked for: finds out which installation is meant, lets the gate decide,
 * and puts the answer into words. The last answer about the open file is kept for the page.
 *
 * Signals:
 * - `changed`: the last answer, or whether one is being looked for.
 *
 * Thread: the worker only.
 */
#define TTECOMM_TYPE_DESK (ttecomm_desk_get_type ())
G_DECLARE_FINAL_TYPE (TtecommDesk, ttecomm_desk, TTECOMM, DESK, GObject)

TtecommDesk *
ttecomm_desk_new (TtecommClock *clock, const TtecommModelSink *sink, gpointer sink_data);

/* TRUE: it is another language, and what was decided before is forgotten. */
gboolean ttecomm_desk_set_text (TtecommDesk *self, TtecommText *text);
/* @version: (nullable): of PROSOFT; @ttecomm_url: (nullable) */
void ttecomm_desk_set_host (TtecommDesk *self, const char *version, const char *ttecomm_url);

/* Another cloud or folder (nullable both): what was decided before is forgotten. */
void ttecomm_desk_set_cloud (TtecommDesk *self, const TtecommCloud *cloud, const char *cache_dir);

/* Why there is no TTcloud to ask, in the host's language; (nullable): there is one. */
void ttecomm_desk_set_problem (TtecommDesk *self, const char *words);

/**
 * ttecomm_desk_set_account:
 * @is_held: somebody is signed in, even if @account_id is not known yet
 * @account_id: (nullable): opaque id
 * @email: (nullable): for the words
 *
 * Nobody, or another account: what was kept of the one before is removed, on disk too.
 */
void ttecomm_desk_set_account (TtecommDesk *self,
                               gboolean is_held,
                               const char *account_id,
                               const char *email);

/* The open file; (nullable) both: none is open, or it is not read yet. */
void
ttecomm_desk_set_project (TtecommDesk *self, gboolean is_open, TtecommInstallation *installation);

/* Another file is being read: until ttecomm_desk_set_project(), nobody is let into "the open file"
 * at once. */
void ttecomm_desk_expect_project (TtecommDesk *self);

/* A session that the sink's admission let in, which @decision says: the same as after a check. */
void
ttecomm_desk_note_admitted (TtecommDesk *self, const char *installation, TtecommDecision *decision);

/* Fetches the statement of the open file ahead of the click. */
void ttecomm_desk_prefetch (TtecommDesk *self);

/* How many installations may be kept ready. */
#define TTECOMM_DESK_MAX_READY TTECOMM_GATE_MAX_READY

/* Their answers are fetched and kept up behind the scenes, in the place of those before.
 * @installations: TTcloud's ids, up to a NULL */
void ttecomm_desk_keep_ready (TtecommDesk *self, const char *const *installations);
/* Drops what is decided in memory; with @fetch, asks anew (an order was paid, "check now"). */
void ttecomm_desk_refresh (TtecommDesk *self, gboolean fetch);
/* TTcloud's date: another one than before drops what is decided in memory, and leaves the questions
 * on their way alone: their answers may be what told it. */
void ttecomm_desk_note_today (TtecommDesk *self, const GDate *today);

/**
 * ttecomm_desk_check_async:
 * @installation: (nullable): TTcloud's id; NULL: the open file
 * @site_name: (nullable): for the words
 * @afresh: ask whatever is in memory ("check now")
 * @timeout_ms: 0: the gate's own budgets
 *
 * Never fails: whatever happens is a decision, and only a verified one admits. Cancelled: WAIT
 * cancelled.
 */
void ttecomm_desk_check_async (TtecommDesk *self,
                               const char *installation,
                               const char *site_name,
                               gboolean afresh,
                               guint timeout_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TtecommDecision *ttecomm_desk_check_finish (TtecommDesk *self, GAsyncResult *result);

/* A session that a decision about @installation let in; it hears once of a verified "no", and goes
 * on. */
void ttecomm_desk_session_started (TtecommDesk *self, guint64 session, const char *installation);
void ttecomm_desk_session_ended (TtecommDesk *self, guint64 session);

/* (nullable) (transfer none): the last answer about the open file, and when (Unix s). */
TtecommDecision *ttecomm_desk_get_decision (TtecommDesk *self, gint64 *wall);
gboolean ttecomm_desk_is_checking (TtecommDesk *self);

/* The last call: high water is written, nothing is signalled any more. */
void ttecomm_desk_stop (TtecommDesk *self);

G_END_DECLS
