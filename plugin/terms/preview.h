/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/price.h"
#include "plugin/terms/subscription.h"

G_BEGIN_DECLS

/*
 * What one basket line would do. A preview and the order that confirms it call the same function
 * and compare the results (4a, round trip): nothing is bought that was not shown.
 */
typedef struct
{
  GDate start;
  GDate end;                /* none for what never ends */
  gint64 free_days;         /* S60: days of the first month that cost nothing, today included */
  gint64 net_cents;         /* due now */
  GDate next_charge;        /* none when nothing more will be charged */
  gint64 next_cents;        /* net; 0 without a next charge */
  TtecommState state_after; /* with `end`: ttecomm_state_label() */
} TtecommPreview;

/* Buying today. Fails as ttecomm_terms_quote() and ttecomm_terms_end_date() do. */
gboolean ttecomm_preview_purchase (const TtecommTerms *terms,
                                   const TtecommPriceInput *input,
                                   const GDate *today,
                                   TtecommPreview *out,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_preview_renewal:
 * @renew: renewal is switched on, or off
 *
 * Switching costs nothing by itself (S86); inside the charge window the next charge is today's
 * (C18).
 */
gboolean ttecomm_preview_renewal (const TtecommSubscription *subscription,
                                  gboolean renew,
                                  const GDate *today,
                                  TtecommPreview *out,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean ttecomm_preview_equal (const TtecommPreview *a, const TtecommPreview *b);

G_END_DECLS
