/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/model-private.h"

G_BEGIN_DECLS

/* All installations of the account: when they are asked for, what the person looks for among them,
 * and the word that is said without opening the page. */

void ttecomm_model_portfolio_open (TtecommModel *self);
void ttecomm_model_portfolio_close (TtecommModel *self);

/* The language is another: what was said without opening the page and still stands is said in it.
 */
void ttecomm_model_portfolio_say_again (TtecommModel *self);

/* Another account, or none: what was known is not its. */
void ttecomm_model_portfolio_account_changed (TtecommModel *self);

/* @afresh: something has changed, what is under way comes too early. Nothing without an account. */
void ttecomm_model_portfolio_refresh (TtecommModel *self, gboolean afresh);
/* The person came back to the page: asked for again when it is old. */
void ttecomm_model_portfolio_activated (TtecommModel *self);
/* TTcloud's date is another one than that of the list. */
void ttecomm_model_portfolio_note_today (TtecommModel *self);

/* (transfer full) (nullable): NULL when there is no account to have any */
TtecommPortfolioView *ttecomm_model_portfolio_view (TtecommModel *self);

/* Takes `installations.text` and `installations.state`. */
void ttecomm_model_portfolio_filter (TtecommModel *self,
                                     TtecommModelOperation *operation,
                                     const char *argument,
                                     JsonObject *inputs);
void ttecomm_model_portfolio_show_all (TtecommModel *self,
                                       TtecommModelOperation *operation,
                                       const char *argument,
                                       JsonObject *inputs);
void ttecomm_model_portfolio_next (TtecommModel *self,
                                   TtecommModelOperation *operation,
                                   const char *argument,
                                   JsonObject *inputs);
void ttecomm_model_portfolio_previous (TtecommModel *self,
                                       TtecommModelOperation *operation,
                                       const char *argument,
                                       JsonObject *inputs);
/* Puts Remote Services for all that are listed without it into the basket, as far as there is room.
 */
void ttecomm_model_portfolio_buy (TtecommModel *self,
                                  TtecommModelOperation *operation,
                                  const char *argument,
                                  JsonObject *inputs);

G_END_DECLS
