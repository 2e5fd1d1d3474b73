/* SPDX-License-Identifier: MIT */
#pragma once

#include "api/ttcloud/installation-summary.h"

G_BEGIN_DECLS

/* What a list can be narrowed down to; a set, since several may hold for one installation. */
typedef enum
{
  TTECOMM_PORTFOLIO_ALL = 0,
  TTECOMM_PORTFOLIO_ENDS_SOON = 1 << 0,      /* within 60 days, and does not renew */
  TTECOMM_PORTFOLIO_RENEWAL_OFF = 1 << 1,    /* of something that still runs */
  TTECOMM_PORTFOLIO_PAYMENT_FAILED = 1 << 2, /* of something that still runs */
  TTECOMM_PORTFOLIO_NOT_ACTIVATED = 1 << 3,  /* Remote Services was never bought */
  TTECOMM_PORTFOLIO_NOT_CONNECTED = 1 << 4,
} TtecommPortfolioTraits;

/* Rows of one page of the list at most; the people and the subscriptions above want some, too. */
#define TTECOMM_PORTFOLIO_PAGE 1000

/* Days ahead of which TTECOMM_PORTFOLIO_ENDS_SOON tells. */
#define TTECOMM_PORTFOLIO_SOON_DAYS 60

/* One installation, with what would be too slow to find out for a thousand at each drawing. */
typedef struct
{
  TtecommInstallationSummary *installation; /* (owned) */
  char *needle; /* (owned): what is searched, case folded: name, id, payers */
  TtecommPortfolioTraits traits;
  GDate soonest; /* end of what runs and ends first; not valid when nothing runs */
  GDate last;    /* the latest end of what is over; not valid when nothing is */
  const TtecommSubscriptionSummary *charge; /* (nullable): whose next charge comes first */
} TtecommPortfolioItem;

/* For a word without opening the page; subscriptions, not installations. */
typedef struct
{
  guint payment_failed;
  guint end_this_month;   /* with renewal off */
  guint ended_this_month; /* already over */
} TtecommPortfolioCounts;

/**
 * TtecommPortfolioList:
 *
 * All installations of an account on one day: what ends first comes first, then what ended (the
 * latest first), then the others by name. Sorted once, when it comes; immutable, counted, any
 * thread.
 */
typedef struct
{
  GPtrArray *items; /* (owned) (element-type TtecommPortfolioItem) */
  GDate today;      /* TTcloud's, when it told the list */
  TtecommPortfolioCounts counts;
} TtecommPortfolioList;

/* @installations: (element-type TtecommInstallationSummary): referenced. Pure. */
TtecommPortfolioList *ttecomm_portfolio_list_new (const GPtrArray *installations,
                                                  const GDate *today) G_GNUC_WARN_UNUSED_RESULT;
TtecommPortfolioList *ttecomm_portfolio_list_ref (TtecommPortfolioList *self);
void ttecomm_portfolio_list_unref (TtecommPortfolioList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPortfolioList, ttecomm_portfolio_list_unref)

/* Whether @item is one of those looked for. @needle: case folded, "" for any; @traits: of which one
 * must hold, ALL for any */
gboolean ttecomm_portfolio_item_matches (const TtecommPortfolioItem *item,
                                         const char *needle,
                                         TtecommPortfolioTraits traits);

/* What is paid for runs: scheduled, active, ending or past due. */
gboolean ttecomm_portfolio_is_running (TtecommCloudState state);

/* Whether Remote Services could be put into the basket for it, as far as is known here. */
gboolean ttecomm_portfolio_item_is_on_offer (const TtecommPortfolioItem *item);

/* (nullable): borrowed; that of TTcloud's @id */
const TtecommPortfolioItem *ttecomm_portfolio_list_find (const TtecommPortfolioList *self,
                                                         const char *id);

/* (transfer container): ids, borrowed, of at most @max installations that have Remote Services, up
 * to a NULL; what ends first comes first */
const char **ttecomm_portfolio_list_get_remote (const TtecommPortfolioList *self,
                                                guint max) G_GNUC_WARN_UNUSED_RESULT;

/**
 * TtecommPortfolioView:
 *
 * The list as the page shows it. Owns what it points to; every pointer may be %NULL.
 */
typedef struct
{
  TtecommPortfolioList *list; /* (owned) (nullable): not known yet */
  GError *error;              /* (owned) (nullable): why the last question was not answered */
  gint64 asked_wall;          /* Unix s: when @list came */
  gboolean refreshing;
  guint so_far;                  /* installations that have come while refreshing */
  char *words;                   /* (owned) (nullable): what the person looks for */
  TtecommPortfolioTraits traits; /* one, or ALL */
  guint first;                   /* of those that match, where the page begins */
} TtecommPortfolioView;

TtecommPortfolioView *ttecomm_portfolio_view_new (void);
void ttecomm_portfolio_view_free (TtecommPortfolioView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPortfolioView, ttecomm_portfolio_view_free)

/* (transfer full) (element-type TtecommPortfolioItem): what matches, borrowed from the list; none
 * without one */
GPtrArray *ttecomm_portfolio_view_find (const TtecommPortfolioView *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
