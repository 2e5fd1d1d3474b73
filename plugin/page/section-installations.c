/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include <string.h>

#include "plugin/page/error-words.h"
#include "plugin/page/portfolio-listing.h"
#include "plugin/text/when.h"

/* --- the filter --- */

static const struct
{
  const char *id;
  TtecommPortfolioTraits traits;
  const char *context;
  const char *label;
} filters[] = {
  { "all", TTECOMM_PORTFOLIO_ALL, TTECOMM_TEXT_MARK ("installations", "all") },
  { "ends-soon", TTECOMM_PORTFOLIO_ENDS_SOON,
    TTECOMM_TEXT_MARK ("installations", "something ends within 60 days") },
  { "renewal-off", TTECOMM_PORTFOLIO_RENEWAL_OFF,
    TTECOMM_TEXT_MARK ("installations", "renewal is off") },
  { "payment-failed", TTECOMM_PORTFOLIO_PAYMENT_FAILED,
    TTECOMM_TEXT_MARK ("installations", "a payment failed") },
  { "not-activated", TTECOMM_PORTFOLIO_NOT_ACTIVATED,
    TTECOMM_TEXT_MARK ("installations", "Remote Services not activated yet") },
  { "not-connected", TTECOMM_PORTFOLIO_NOT_CONNECTED,
    TTECOMM_TEXT_MARK ("installations", "not connected to TTcloud") },
};

gboolean
ttecomm_section_installations_filter (const char *id, TtecommPortfolioTraits *traits)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    if (strcmp (filters[i].id, id) == 0)
      {
        *traits = filters[i].traits;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_filtered (const TtecommPortfolioView *view)
{
  return view->traits != TTECOMM_PORTFOLIO_ALL || (view->words != NULL && *view->words != '\0');
}

static void
add_filter (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommPortfolioView *view = snapshot->portfolio;
  const char *options[2 * G_N_ELEMENTS (filters) + 1] = { NULL };
  const char *chosen = filters[0].id;

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      options[2 * i] = filters[i].id;
      options[2 * i + 1] = ttecomm_text_get (text, filters[i].context, filters[i].label);
      if (filters[i].traits == view->traits)
        chosen = filters[i].id;
    }
  ttecomm_blocks_input (blocks, "installations.text", "text",
                        ttecomm_text_get (text, "installations", "Name or payer"), view->words);
  ttecomm_blocks_choice (blocks, "installations.state",
                         ttecomm_text_get (text, "installations", "Show"), chosen, options);
  ttecomm_blocks_action (
      blocks, &(TtecommActionSpec){
                  .id = "installations.filter",
                  .label = ttecomm_text_get (text, "action", "Apply"),
                  .name = ttecomm_text_get (text, "action",
                                            "Show the installations that match name and state"),
              });
  if (is_filtered (view))
    ttecomm_blocks_action (blocks,
                           &(TtecommActionSpec){
                               .id = "installations.all",
                               .label = ttecomm_text_get (text, "action", "Show all"),
                               .name = ttecomm_text_get (text, "action", "Show all installations"),
                           });
}

/* "12 of 300 shown" */
static void
add_shown (TtecommBlocks *blocks, const TtecommListing *listing)
{
  const TtecommText *text = listing->snapshot->text;
  g_autofree char *shown = g_strdup_printf ("%u", listing->found->len);
  g_autofree char *total = g_strdup_printf ("%u", listing->snapshot->portfolio->list->items->len);
  g_autofree char *from = g_strdup_printf ("%u", listing->first + 1);
  g_autofree char *to = g_strdup_printf ("%u", listing->first + listing->n_shown);
  g_autofree char *words = NULL;

  if (listing->n_shown == listing->found->len)
    words = ttecomm_text_format (text, "installations", "{shown} of {total} shown", "shown", shown,
                                 "total", total, NULL);
  else if (is_filtered (listing->snapshot->portfolio))
    words = ttecomm_text_format (text, "installations",
                                 "{from} to {to} of {shown} that match shown; {total} in all",
                                 "from", from, "to", to, "shown", shown, "total", total, NULL);
  else
    words = ttecomm_text_format (text, "installations", "{from} to {to} of {total} shown", "from",
                                 from, "to", to, "total", total, NULL);
  ttecomm_blocks_text (blocks, "installations.shown", words);
}

static void
add_paging (TtecommBlocks *blocks, const TtecommListing *listing)
{
  const TtecommText *text = listing->snapshot->text;
  gboolean is_last = listing->first + listing->n_shown >= listing->found->len;

  if (listing->n_shown == listing->found->len)
    return;
  ttecomm_blocks_action (
      blocks,
      &(TtecommActionSpec){
          .id = "installations.previous",
          .label = ttecomm_text_get (text, "action", "Previous page"),
          .name = ttecomm_text_get (text, "action", "Show the installations before these"),
          .disabled_reason = listing->first > 0
                                 ? NULL
                                 : ttecomm_text_get (text, "refusal", "This is the first page."),
      });
  ttecomm_blocks_action (
      blocks, &(TtecommActionSpec){
                  .id = "installations.next",
                  .label = ttecomm_text_get (text, "action", "Next page"),
                  .name = ttecomm_text_get (text, "action", "Show the installations after these"),
                  .disabled_reason
                  = is_last ? ttecomm_text_get (text, "refusal", "This is the last page.") : NULL,
              });
}

/* --- around it --- */

static void
add_trouble (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommPortfolioView *view = snapshot->portfolio;
  const TtecommText *text = snapshot->text;
  g_autofree char *cause = NULL;
  g_autofree char *ago = NULL;
  g_autofree char *words = NULL;

  if (view->error == NULL)
    return;
  cause = ttecomm_error_words (text, view->error);
  if (view->list == NULL)
    {
      ttecomm_blocks_notice (blocks, "installations.error", TTECOMM_SEVERITY_WARNING, cause,
                             "refresh");
      return;
    }
  ago = ttecomm_text_ago (text, MAX (snapshot->now_wall - view->asked_wall, 0));
  words = ttecomm_text_format (text, "installations",
                               "The list below is as TTcloud said {ago}. {cause}", "ago", ago,
                               "cause", cause, NULL);
  ttecomm_blocks_notice (blocks, "installations.error", TTECOMM_SEVERITY_WARNING, words, "refresh");
}

static void
add_waiting (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommPortfolioView *view = snapshot->portfolio;
  const TtecommText *text = snapshot->text;
  g_autofree char *so_far = g_strdup_printf ("%u", view->so_far);
  g_autofree char *words = NULL;

  if (view->so_far > 0)
    words = ttecomm_text_format (text, "installations",
                                 "Your installations are being asked for: {n} so far.", "n", so_far,
                                 NULL);
  ttecomm_blocks_progress (blocks, "installations.waiting",
                           words != NULL ? words
                                         : ttecomm_text_get (text, "installations",
                                                             "Your installations are being asked "
                                                             "for."),
                           NULL);
}

/* What a person with hundreds of them wants to know first. */
static void
add_summary (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommPortfolioCounts *counts = &snapshot->portfolio->list->counts;
  g_autofree char *told = ttecomm_portfolio_tell (text, counts);

  if (told != NULL)
    ttecomm_blocks_status (blocks, "installations.summary", ttecomm_portfolio_severity (counts),
                           ttecomm_text_get (text, "installations", "attention"), told);
  else
    ttecomm_blocks_status (blocks, "installations.summary", TTECOMM_SEVERITY_GOOD,
                           ttecomm_text_get (text, "installations", "in order"),
                           ttecomm_text_get (text, "installations",
                                             "No payment failed, and nothing ends this month."));
}

static void
add_list (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  g_auto (TtecommListing) listing = { 0 };
  guint n = snapshot->portfolio->list->items->len;

  if (n == 0)
    {
      ttecomm_blocks_text (blocks, "installations.none",
                           ttecomm_text_get (text, "installations",
                                             "TTcloud knows no installation of yours. One appears "
                                             "here when it is connected to TTcloud and its users "
                                             "were transmitted with your address among them."));
      return;
    }
  ttecomm_listing_init (&listing, snapshot, ttecomm_blocks_rows_left (blocks));
  add_summary (blocks, snapshot);
  if (n > 1)
    {
      add_filter (blocks, snapshot);
      add_shown (blocks, &listing);
    }
  if (listing.n_shown > 0)
    ttecomm_section_listing (blocks, &listing);
  add_paging (blocks, &listing);
  ttecomm_section_listing_offer (blocks, &listing);
}

void
ttecomm_section_installations (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommPortfolioView *view = snapshot->portfolio;
  const TtecommText *text = snapshot->text;
  g_autofree char *title = NULL;

  if (view == NULL)
    return;
  if (view->list != NULL)
    {
      g_autofree char *n = g_strdup_printf ("%u", view->list->items->len);

      title = ttecomm_text_format (text, "installations", "All installations ({n})", "n", n, NULL);
    }
  else
    title = g_strdup (ttecomm_text_get (text, "installations", "All installations"));
  if (view->list != NULL && view->list->items->len <= 1)
    ttecomm_blocks_begin_closed_group (blocks, "installations", title);
  else
    ttecomm_blocks_begin_group (blocks, "installations", title);
  add_trouble (blocks, snapshot);
  if (view->list != NULL)
    add_list (blocks, snapshot);
  else if (view->refreshing)
    add_waiting (blocks, snapshot);
  ttecomm_blocks_end_group (blocks);
}
