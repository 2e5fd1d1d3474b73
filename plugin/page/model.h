/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/clock.h"
#include "plugin/page/model-sink.h"
#include "plugin/page/settings.h"

G_BEGIN_DECLS

/**
 * TtecommModel:
 *
 * What the subscription page stands on: the open file, the account, the basket, the gate. Commands
 * come in, effects go out through the sink; after each change that a person can see it hands out a
 * new page.
 *
 * Lives on one thread with a thread-default main context of its own; every function is called
 * there.
 */
#define TTECOMM_TYPE_MODEL (ttecomm_model_get_type ())
G_DECLARE_FINAL_TYPE (TtecommModel, ttecomm_model, TTECOMM, MODEL, GObject)

TtecommModel *ttecomm_model_new (TtecommClock *clock,
                                 const TtecommSettings *settings,
                                 const TtecommModelSink *sink,
                                 gpointer sink_data);

/* The page before anything is known: state "loading", revision 1. Any thread, no I/O. */
TtecommPage *ttecomm_model_first_page (const TtecommSettings *settings);

/* The host's environment is another now; clock-offset alone drops what was decided in memory. */
void ttecomm_model_set_settings (TtecommModel *self, const TtecommSettings *settings);

/* The open file: `size` bytes, read through sink->read_project (a generation is one reader). */
void
ttecomm_model_project_opened (TtecommModel *self, guint generation, const char *path, gint64 size);
/* @bytes: (nullable): NULL with @problem (English) when the host's reader failed. */
void ttecomm_model_project_bytes (TtecommModel *self,
                                  guint generation,
                                  GBytes *bytes,
                                  const char *problem);
void ttecomm_model_project_closed (TtecommModel *self, guint generation);

/* A page was opened or has the focus again: what may have changed in a browser is asked for. */
void ttecomm_model_activated (TtecommModel *self);

/* Starts `action` of the page; ends with one sink->completed for @op. @inputs_json is (nullable).
 */
void
ttecomm_model_invoke (TtecommModel *self, guint64 op, const char *action, const char *inputs_json);

/* Starts a gate check; ends with one sink->decided for @op. @installation is (nullable): the open
 * file's. */
void ttecomm_model_check (TtecommModel *self,
                          guint64 op,
                          const char *installation,
                          const char *site_name,
                          guint timeout_ms);
/* The same, of a check that the sink's admission decided: it has got its one decision already. */
void ttecomm_model_admitted (TtecommModel *self,
                             guint64 op,
                             const char *installation,
                             TtecommDecision *decision);
void ttecomm_model_session_started (TtecommModel *self, guint64 session, guint64 op);
void ttecomm_model_session_ended (TtecommModel *self, guint64 session);

/* A request; an op that is over is ignored. */
void ttecomm_model_cancel (TtecommModel *self, guint64 op);

/* The answer to sink->load_secret for @key; one that is about another TTcloud than the present is
 * ignored. @secret: (nullable): NULL when there is none. */
void ttecomm_model_secret_loaded (TtecommModel *self, const char *key, GBytes *secret);

/* The host cannot answer that question. */
void ttecomm_model_secret_failed (TtecommModel *self, const char *key);
/* How the last sink->store_secret or sink->erase_secret of @key ended. */
void ttecomm_model_secret_saved (TtecommModel *self, const char *key, gboolean good);

/* Sets @busy to an object that lives until the last answer of TTcloud has come, if one may be out.
 * For after ttecomm_model_shut_down(). */
void ttecomm_model_watch_busy (TtecommModel *self, GWeakRef *busy);

/* The last call: cancels everything, writes what must last. Nothing reaches the sink any more but
 * log lines. */
void ttecomm_model_shut_down (TtecommModel *self);

G_END_DECLS
