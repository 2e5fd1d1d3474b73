/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/client-many.h"
#include "base/clock.h"
#include "plugin/page/portfolio-list.h"

G_BEGIN_DECLS

/* A list with more is not taken: no account has so many, and somebody means no good. */
#define TTECOMM_PORTFOLIO_MAX 10000

/**
 * TtecommPortfolio:
 *
 * All installations of the account (S33), as TTcloud last listed them. Asked for page by page; the
 * list that was known stays, with its age, until all pages of a newer one are there. A list that
 * repeats itself, or never ends, is refused as a whole.
 *
 * Signals:
 * - `changed`: a list came, a page came, a question began or ended.
 * - `listed`: a list came, before `changed`.
 *
 * Thread: the worker only.
 */
#define TTECOMM_TYPE_PORTFOLIO (ttecomm_portfolio_get_type ())
G_DECLARE_FINAL_TYPE (TtecommPortfolio, ttecomm_portfolio, TTECOMM, PORTFOLIO, GObject)

TtecommPortfolio *ttecomm_portfolio_new (TtecommClient *client, TtecommClock *clock);

/* Borrowed, (nullable): not known. */
TtecommPortfolioList *ttecomm_portfolio_get_list (TtecommPortfolio *self);
/* Why the last refresh brought no list; NULL when it did. */
const GError *ttecomm_portfolio_get_error (TtecommPortfolio *self);
/* Unix s, by the PC's clock, when the list came; 0 when none did. */
gint64 ttecomm_portfolio_get_asked (TtecommPortfolio *self);
gboolean ttecomm_portfolio_is_refreshing (TtecommPortfolio *self);
/* Installations that have come of the list that is being asked for. */
guint ttecomm_portfolio_get_so_far (TtecommPortfolio *self);

/* Asks for the list, unless it is being asked for already. */
void ttecomm_portfolio_refresh (TtecommPortfolio *self);

/* The same after something has changed: what is under way is begun anew. */
void ttecomm_portfolio_refresh_afresh (TtecommPortfolio *self);

/* Forgets everything: another account. */
void ttecomm_portfolio_clear (TtecommPortfolio *self);

/* Nothing is asked and no signal emitted afterwards. */
void ttecomm_portfolio_stop (TtecommPortfolio *self);

G_END_DECLS
