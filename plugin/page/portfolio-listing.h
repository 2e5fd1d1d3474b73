/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/portfolio-words.h"
#include "plugin/page/snapshot.h"

G_BEGIN_DECLS

#define TTECOMM_LISTING_MAX_SERVICES 8

/* The service that is offered in the list. */
#define TTECOMM_LISTING_SERVICE "RS"

/**
 * TtecommListing:
 *
 * What of the account's installations the page lists: the person's filter, and one page of what
 * matches. Made for one drawing; borrows from the snapshot.
 */
typedef struct
{
  const TtecommSnapshot *snapshot;
  TtecommPortfolioWords *words;                       /* (owned) */
  GPtrArray *found;                                   /* (owned): items that match, borrowed */
  guint first;                                        /* where the page of these begins */
  guint n_shown;                                      /* and how many it has */
  const char *services[TTECOMM_LISTING_MAX_SERVICES]; /* a column each */
  gsize n_services;
} TtecommListing;

/* @snapshot: whose portfolio has a list; @rows_left: that the host's page still takes */
void ttecomm_listing_init (TtecommListing *self, const TtecommSnapshot *snapshot, guint rows_left);
void ttecomm_listing_clear (TtecommListing *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TtecommListing, ttecomm_listing_clear)

/* The @i-th of the page. */
const TtecommPortfolioItem *ttecomm_listing_get (const TtecommListing *self, guint i);

/* Its name, or else its id. Borrowed. */
const char *ttecomm_listing_name (const TtecommPortfolioItem *item);

/* It is the project that is open. */
gboolean ttecomm_listing_is_open (const TtecommListing *self, const TtecommPortfolioItem *item);
gboolean ttecomm_listing_is_in_basket (const TtecommListing *self,
                                       const TtecommPortfolioItem *item);

/* How many of the page could be put into the basket, and are not there yet. */
guint ttecomm_listing_count_offers (const TtecommListing *self);

/* The parts of the page that draw it: the table, and the action for all of it. */
void ttecomm_section_listing (TtecommBlocks *blocks, const TtecommListing *listing);
void ttecomm_section_listing_offer (TtecommBlocks *blocks, const TtecommListing *listing);

G_END_DECLS
