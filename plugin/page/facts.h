/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client.h"
#include "base/clock.h"

G_BEGIN_DECLS

/**
 * TtecommFacts:
 *
 * What TTcloud last said of the account, the catalogue and the open installation, and when. What
 * was known stays, with its age, while it cannot be asked; only an answer takes its place.
 *
 * Signals:
 * - `changed`: a fact came, a question began or ended.
 *
 * Thread: the worker only.
 */
#define TTECOMM_TYPE_FACTS (ttecomm_facts_get_type ())
G_DECLARE_FINAL_TYPE (TtecommFacts, ttecomm_facts, TTECOMM, FACTS, GObject)

TtecommFacts *ttecomm_facts_new (TtecommClient *client, TtecommClock *clock);

/* @installation: (nullable): TTcloud's id; another one makes the old info unknown, and a refresh
 * that runs asks about the new one. */
void ttecomm_facts_set_installation (TtecommFacts *self, const char *installation);

/* All borrowed, (nullable). */
TtecommAccount *ttecomm_facts_get_account (TtecommFacts *self);
TtecommCatalogue *ttecomm_facts_get_catalogue (TtecommFacts *self);
TtecommInstallationInfo *ttecomm_facts_get_info (TtecommFacts *self);
/* Why the last refresh that ended did not bring everything; NULL when it did. */
const GError *ttecomm_facts_get_error (TtecommFacts *self);
/* Unix s, by the PC's clock, when the newest answer came; 0 when none did. */
gint64 ttecomm_facts_get_asked (TtecommFacts *self);
gboolean ttecomm_facts_is_refreshing (TtecommFacts *self);
/* Whether all of it is known: account, catalogue and, when one is set, the installation. */
gboolean ttecomm_facts_is_complete (TtecommFacts *self);

/**
 * ttecomm_facts_refresh_async:
 *
 * Asks for everything again. Those who ask while it runs share it. Fails with the first error.
 */
void
ttecomm_facts_refresh_async (TtecommFacts *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean ttecomm_facts_refresh_finish (TtecommFacts *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same after something has changed: those who ask already get the later answers. */
void ttecomm_facts_refresh_afresh_async (TtecommFacts *self,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

/* Forgets the account and all that was seen with it. */
void ttecomm_facts_clear (TtecommFacts *self);

/* The last call: no signal comes any more. */
void ttecomm_facts_stop (TtecommFacts *self);

G_END_DECLS
