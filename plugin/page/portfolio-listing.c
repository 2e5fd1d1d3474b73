/* SPDX-License-Identifier: MIT */
#include "plugin/page/portfolio-listing.h"

#include <string.h>

#include "plugin/page/viewer.h"

static void
add_service (TtecommListing *self, const char *service)
{
  for (gsize i = 0; i < self->n_services; i++)
    if (strcmp (self->services[i], service) == 0)
      return;
  if (self->n_services < TTECOMM_LISTING_MAX_SERVICES)
    self->services[self->n_services++] = service;
}

static void
add_services_of (TtecommListing *self, const TtecommInstallationSummary *installation)
{
  for (guint i = 0; i < installation->subscriptions->len; i++)
    {
      const TtecommSubscriptionSummary *subscription = installation->subscriptions->pdata[i];

      add_service (self, subscription->service);
    }
}

/* What TTecomm sells; until that is known, what the installations have. */
static void
find_services (TtecommListing *self)
{
  const TtecommCatalogue *catalogue = self->snapshot->catalogue;
  const GPtrArray *items = self->snapshot->portfolio->list->items;

  for (guint i = 0; catalogue != NULL && i < catalogue->products->len; i++)
    add_service (self, ((const TtecommProduct *)catalogue->products->pdata[i])->id);
  if (self->n_services > 0)
    return;
  for (guint i = 0; i < items->len; i++)
    add_services_of (self, ((const TtecommPortfolioItem *)items->pdata[i])->installation);
}

static void
find_items (TtecommListing *self, guint rows_left)
{
  const TtecommPortfolioView *view = self->snapshot->portfolio;
  guint rows = MIN (TTECOMM_PORTFOLIO_PAGE, rows_left);

  self->found = ttecomm_portfolio_view_find (view);
  self->first = view->first < self->found->len ? view->first : 0;
  self->n_shown = MIN (rows, self->found->len - self->first);
}

void
ttecomm_listing_init (TtecommListing *self, const TtecommSnapshot *snapshot, guint rows_left)
{
  self->snapshot = snapshot;
  self->words = ttecomm_portfolio_words_new (snapshot->text);
  find_services (self);
  find_items (self, rows_left);
}

void
ttecomm_listing_clear (TtecommListing *self)
{
  g_clear_pointer (&self->words, ttecomm_portfolio_words_free);
  g_clear_pointer (&self->found, g_ptr_array_unref);
}

const TtecommPortfolioItem *
ttecomm_listing_get (const TtecommListing *self, guint i)
{
  g_return_val_if_fail (i < self->n_shown, NULL);

  return self->found->pdata[self->first + i];
}

const char *
ttecomm_listing_name (const TtecommPortfolioItem *item)
{
  return *item->installation->name != '\0' ? item->installation->name : item->installation->id;
}

gboolean
ttecomm_listing_is_open (const TtecommListing *self, const TtecommPortfolioItem *item)
{
  return g_strcmp0 (ttecomm_viewer_installation (self->snapshot), item->installation->id) == 0;
}

gboolean
ttecomm_listing_is_in_basket (const TtecommListing *self, const TtecommPortfolioItem *item)
{
  return ttecomm_viewer_in_basket (self->snapshot, item->installation->id, TTECOMM_LISTING_SERVICE);
}

guint
ttecomm_listing_count_offers (const TtecommListing *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_shown; i++)
    {
      const TtecommPortfolioItem *item = ttecomm_listing_get (self, i);

      if (ttecomm_portfolio_item_is_on_offer (item) && !ttecomm_listing_is_in_basket (self, item))
        n++;
    }
  return n;
}
