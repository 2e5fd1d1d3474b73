/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/state.h"
#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/*
 * One subscription as the scheduler keeps it. All of its state is here, so that whoever stores it
 * (one row of a table) can put it back as it was.
 */
typedef struct
{
  char *id;            /* (owned): unique, at most 128 bytes: installation and service, say */
  TtecommTerms *terms; /* (owned) */
  char *period;        /* (owned): an id of the terms' periods */
  gint64 months;       /* where the period leaves them free, otherwise 0 */
  char *payer;         /* (owned): at most 320 bytes */
  gint64 cents;        /* net, of one term: what the next renewal costs (C27) */

  GDate start;         /* the original start; never changes while it runs */
  gint64 n;            /* the term that is paid, from 1 */
  GDate end;           /* that term's last day: paid through */
  gboolean auto_renew; /* renewal is on */

  gboolean failed;      /* the charge for the next term failed and waits for a good card */
  guint reminded;       /* bit i: reminders[i] went out in this term */
  gboolean to_invoice;  /* bought today, the purchase invoice not yet written */
  gboolean end_is_told; /* the expiry was reported */
} TtecommSubscription;

/**
 * ttecomm_subscription_new:
 *
 * A first term that starts on @start, renewal as the terms have it, nothing told, nothing to
 * invoice. Fails with #TtecommTermsError for a period, price or name that cannot be.
 *
 * Returns: (transfer full)
 */
TtecommSubscription *ttecomm_subscription_new (const char *id,
                                               TtecommTerms *terms,
                                               const TtecommTermChoice *choice,
                                               const char *payer,
                                               gint64 cents,
                                               const GDate *start,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

TtecommSubscription *ttecomm_subscription_copy (const TtecommSubscription *subscription);
void ttecomm_subscription_free (TtecommSubscription *subscription);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommSubscription, ttecomm_subscription_free)

/* Whether the members fit together: what comes from a store is not trusted. */
gboolean ttecomm_subscription_check (const TtecommSubscription *subscription,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The period and months, borrowed. */
TtecommTermChoice ttecomm_subscription_choice (const TtecommSubscription *subscription);

/* Rule 4a-15. */
TtecommState ttecomm_subscription_state (const TtecommSubscription *subscription,
                                         const GDate *today);

/* Whether it still serves on @today: the end date is the last day of service (S50, C25). */
gboolean ttecomm_subscription_runs (const TtecommSubscription *subscription, const GDate *today);

/**
 * ttecomm_subscription_next_charge:
 * @today: (nullable): not earlier than this
 * @out: (out): none when renewal is off or it is over
 *
 * The day of the next charge, of `cents`.
 */
gboolean ttecomm_subscription_next_charge (const TtecommSubscription *subscription,
                                           const GDate *today,
                                           GDate *out,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
