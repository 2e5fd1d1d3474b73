/* SPDX-License-Identifier: MIT */
#include "plugin/page/labels.h"
#include "plugin/page/portfolio-listing.h"
#include "plugin/page/viewer.h"
#include "plugin/purchase/basket.h"

static void
add_name (TtecommBlocks *blocks, const TtecommListing *listing, const TtecommPortfolioItem *item)
{
  const TtecommText *text = listing->snapshot->text;
  g_autofree char *words = NULL;

  if (!item->installation->connected)
    words = ttecomm_text_format (text, "installations", "{site}, not connected", "site",
                                 ttecomm_listing_name (item), NULL);
  else if (ttecomm_listing_is_open (listing, item))
    words = ttecomm_text_format (text, "installations", "{site}, open now", "site",
                                 ttecomm_listing_name (item), NULL);
  ttecomm_blocks_cell (blocks, words != NULL ? words : ttecomm_listing_name (item));
}

/* Of the open installation the subscriptions above say more, and sell. */
static gboolean
has_offer (const TtecommListing *listing, const TtecommPortfolioItem *item)
{
  return ttecomm_portfolio_item_is_on_offer (item) && !ttecomm_listing_is_open (listing, item);
}

static void
add_row (TtecommBlocks *blocks, const TtecommListing *listing, const TtecommPortfolioItem *item)
{
  const TtecommInstallationSummary *installation = item->installation;
  g_autofree char *action = NULL;
  const char *actions[2] = { NULL };

  if (!ttecomm_blocks_begin_row (blocks, installation->id))
    return;
  add_name (blocks, listing, item);
  for (gsize i = 0; i < listing->n_services; i++)
    {
      const TtecommSubscriptionSummary *subscription
          = ttecomm_installation_summary_find (installation, listing->services[i]);

      ttecomm_blocks_status_cell (blocks,
                                  ttecomm_label_severity (subscription != NULL
                                                              ? subscription->state
                                                              : TTECOMM_CLOUD_STATE_NONE),
                                  ttecomm_portfolio_words_state (listing->words, subscription));
    }
  ttecomm_blocks_cell (blocks, ttecomm_portfolio_words_date (listing->words, &item->soonest));
  ttecomm_blocks_cell (blocks, ttecomm_portfolio_words_charge (listing->words, item->charge));
  ttecomm_blocks_cell (blocks, ttecomm_portfolio_words_payers (listing->words, installation));
  if (has_offer (listing, item))
    actions[0] = action
        = g_strconcat ("basket.add." TTECOMM_LISTING_SERVICE ".", installation->id, NULL);
  ttecomm_blocks_end_row (blocks, actions);
}

/* Why nothing can be put into the basket now; (nullable). Borrowed. */
static const char *
tell_no_basket (const TtecommSnapshot *snapshot)
{
  const char *cut_off = ttecomm_viewer_cut_off (snapshot);

  if (cut_off == NULL && ttecomm_viewer_is_paying (snapshot))
    return ttecomm_text_get (snapshot->text, "refusal",
                             "A payment is under way. Finish it in the browser, or cancel "
                             "the order.");
  return cut_off;
}

static void
add_offer (TtecommBlocks *blocks,
           const TtecommListing *listing,
           const TtecommPortfolioItem *item,
           const char *service,
           const char *refusal)
{
  const TtecommText *text = listing->snapshot->text;
  g_autofree char *id
      = g_strconcat ("basket.add." TTECOMM_LISTING_SERVICE ".", item->installation->id, NULL);
  g_autofree char *name
      = ttecomm_text_format (text, "action", "Put {service} for {site} into the basket", "service",
                             service, "site", ttecomm_listing_name (item), NULL);
  g_autofree char *taken = NULL;

  if (refusal == NULL && ttecomm_listing_is_in_basket (listing, item))
    refusal = taken
        = ttecomm_text_format (text, "refusal", "{service} is in the basket already; see above.",
                               "service", service, NULL);
  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = id,
                                     .label = ttecomm_text_get (text, "action", "Buy"),
                                     .name = name,
                                     .disabled_reason = refusal,
                                 });
}

static void
add_offers (TtecommBlocks *blocks, const TtecommListing *listing)
{
  const char *service = ttecomm_viewer_product (listing->snapshot, TTECOMM_LISTING_SERVICE);
  const char *refusal = tell_no_basket (listing->snapshot);

  for (guint i = 0; i < listing->n_shown; i++)
    {
      const TtecommPortfolioItem *item = ttecomm_listing_get (listing, i);

      if (has_offer (listing, item))
        add_offer (blocks, listing, item, service, refusal);
    }
}

void
ttecomm_section_listing (TtecommBlocks *blocks, const TtecommListing *listing)
{
  const TtecommText *text = listing->snapshot->text;
  TtecommColumn columns[TTECOMM_LISTING_MAX_SERVICES + 4];
  gsize n = 0;

  columns[n++]
      = (TtecommColumn){ "installation", ttecomm_text_get (text, "installations", "Installation") };
  for (gsize i = 0; i < listing->n_services; i++)
    columns[n++]
        = (TtecommColumn){ listing->services[i],
                           ttecomm_viewer_product (listing->snapshot, listing->services[i]) };
  columns[n++]
      = (TtecommColumn){ "soonest-end", ttecomm_text_get (text, "installations", "Soonest end") };
  columns[n++]
      = (TtecommColumn){ "next-charge", ttecomm_text_get (text, "installations", "Next charge") };
  columns[n++] = (TtecommColumn){ "payer", ttecomm_text_get (text, "installations", "Payer") };
  ttecomm_blocks_begin_table (blocks, "installations.table", columns, n);
  for (guint i = 0; i < listing->n_shown; i++)
    add_row (blocks, listing, ttecomm_listing_get (listing, i));
  ttecomm_blocks_end_table (blocks);
  add_offers (blocks, listing);
}

/* --- many at once --- */

static guint
room_in_basket (const TtecommSnapshot *snapshot)
{
  guint n = snapshot->purchase != NULL ? snapshot->purchase->lines->len : 0;

  return TTECOMM_BASKET_MAX - MIN (n, TTECOMM_BASKET_MAX);
}

void
ttecomm_section_listing_offer (TtecommBlocks *blocks, const TtecommListing *listing)
{
  const TtecommText *text = listing->snapshot->text;
  const char *service = ttecomm_viewer_product (listing->snapshot, TTECOMM_LISTING_SERVICE);
  guint room = room_in_basket (listing->snapshot);
  guint n_offered = ttecomm_listing_count_offers (listing);
  guint n = MIN (n_offered, room);
  const char *refusal = tell_no_basket (listing->snapshot);
  g_autofree char *label = NULL;
  g_autofree char *all = g_strdup_printf ("%u", n_offered);
  g_autofree char *fit = NULL;
  g_autofree char *words = NULL;

  if (n_offered < 2)
    return;
  if (refusal == NULL && room == 0)
    refusal = ttecomm_text_get (text, "refusal",
                                "The basket is full. Buy what is in it, or take something out.");
  label = ttecomm_text_format_plural (
      text, "action", "Put {service} for {n} listed installation into the basket",
      "Put {service} for the {n} listed installations into the basket", MAX (n, 1), "service",
      service, NULL);
  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = "installations.buy",
                                     .label = label,
                                     .disabled_reason = refusal,
                                     .promise = all,
                                 });
  if (n == n_offered || refusal != NULL)
    return;
  fit = g_strdup_printf ("%u", n);
  words = ttecomm_text_format (
      text, "installations",
      "Of {all} listed without {service}, the basket has room for {n}, from the top of the list.",
      "all", all, "service", service, "n", fit, NULL);
  ttecomm_blocks_text (blocks, "installations.room", words);
}
