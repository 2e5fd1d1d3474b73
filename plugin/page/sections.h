/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/blocks.h"

G_BEGIN_DECLS

/* The parts of the page, in the order in which they stand. Each writes its blocks; none knows
 * another. */
void ttecomm_section_identity (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_notices (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_lock (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_people (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_subscriptions (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_basket (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_session (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_installations (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);

/* Of the basket: what is in it, what the quote says, and what stands in the way. */
void ttecomm_section_lines (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
/* Whether @purchase is where its quote counts. */
gboolean ttecomm_section_quote_counts (const TtecommPurchaseView *purchase);
/* What must be read first, when the quote can be ordered: ttecomm_section_summary(). */
void ttecomm_section_quote_summary (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_quote (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_checklist (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);

/* Of the basket: the order that is on its way, and how the last one ended. */
void ttecomm_section_order_summary (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_order_waiting (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);
void ttecomm_section_order_result (TtecommBlocks *blocks, const TtecommSnapshot *snapshot);

/**
 * ttecomm_section_summary:
 * @lines: (element-type TtecommQuoteLine): what is paid for
 *
 * Who pays, how much, when, and how to stop it: the one line that must be read. The same words
 * before an order and while it waits.
 */
char *ttecomm_section_summary (const TtecommText *text,
                               const char *payer,
                               gint64 due_now_cents,
                               const char *currency,
                               const GPtrArray *lines) G_GNUC_WARN_UNUSED_RESULT;

/* The meaning of an option of the list's filter; FALSE: it has no such option. */
gboolean ttecomm_section_installations_filter (const char *id, TtecommPortfolioTraits *traits);

/* The action basket.add.SERVICE, enabled or with its reason; once a page is enough. */
void
ttecomm_section_offer (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const char *service);

G_END_DECLS
