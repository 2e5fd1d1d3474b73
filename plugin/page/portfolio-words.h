/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/blocks.h"
#include "plugin/page/portfolio-list.h"

G_BEGIN_DECLS

/* "1 payment failed, 4 subscriptions end this month", the worst first. (transfer full) (nullable):
 * NULL when nothing is wrong */
char *ttecomm_portfolio_tell (const TtecommText *text,
                              const TtecommPortfolioCounts *counts) G_GNUC_WARN_UNUSED_RESULT;
TtecommSeverity ttecomm_portfolio_severity (const TtecommPortfolioCounts *counts);

/**
 * TtecommPortfolioWords:
 *
 * The words of a list, each made once: a thousand installations end on two dozen days. What is
 * handed out is borrowed and lives as long as it does.
 */
typedef struct _TtecommPortfolioWords TtecommPortfolioWords;

TtecommPortfolioWords *ttecomm_portfolio_words_new (const TtecommText *text);
void ttecomm_portfolio_words_free (TtecommPortfolioWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPortfolioWords, ttecomm_portfolio_words_free)

/* "renews at 31/10/2027" (S34). @subscription: (nullable): never bought */
const char *ttecomm_portfolio_words_state (TtecommPortfolioWords *self,
                                           const TtecommSubscriptionSummary *subscription);
/* "31/10/2027"; a dash when there is none */
const char *ttecomm_portfolio_words_date (TtecommPortfolioWords *self, const GDate *date);
/* "€72.60 on 30/09/2027". @subscription: (nullable): nothing will be charged */
const char *ttecomm_portfolio_words_charge (TtecommPortfolioWords *self,
                                            const TtecommSubscriptionSummary *subscription);
/* "Mara Lind (you)", and who else pays for something that runs (S74) */
const char *ttecomm_portfolio_words_payers (TtecommPortfolioWords *self,
                                            const TtecommInstallationSummary *installation);

G_END_DECLS
