/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/card.h"
#include "api/ttcloud/charge.h"
#include "api/ttcloud/enums.h"
#include "api/ttcloud/payer.h"
#include "plugin/page/blocks.h"

G_BEGIN_DECLS

/* The small words of the page. All results are (transfer full). */

/* "renews at 31/10/2027" (S34, S83, C14). @end: not valid when there is none. */
char *ttecomm_label (const TtecommText *text,
                     TtecommCloudState state,
                     const GDate *end) G_GNUC_WARN_UNUSED_RESULT;
TtecommSeverity ttecomm_label_severity (TtecommCloudState state);

/* "€72.60 on 30/09/2027 (€60.00 net)" */
char *ttecomm_label_charge (const TtecommText *text,
                            const TtecommCharge *charge) G_GNUC_WARN_UNUSED_RESULT;

/* "Mara Peeters (you)" */
char *ttecomm_label_payer (const TtecommText *text,
                           const TtecommPayer *payer) G_GNUC_WARN_UNUSED_RESULT;

/* "Visa ending in 4242, valid until 03/2028" */
char *ttecomm_label_card (const TtecommText *text,
                          const TtecommCard *card) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the card can be charged on @day (S46): through the last day of its month. */
gboolean ttecomm_label_card_lives (const TtecommCard *card, const GDate *day);

G_END_DECLS
