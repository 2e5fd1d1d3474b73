/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/page/error-words.h"
#include "plugin/page/labels.h"
#include "plugin/page/viewer.h"
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

static gboolean
is_empty (const TtecommPurchaseView *purchase)
{
  return purchase->lines->len == 0;
}

static gboolean
offers_price (const TtecommPurchaseView *purchase)
{
  return !is_empty (purchase) && purchase->state != TTECOMM_PURCHASE_ORDERING
         && purchase->state != TTECOMM_PURCHASE_WAITING;
}

static void
add_ask (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  gboolean busy = snapshot->purchase->state == TTECOMM_PURCHASE_QUOTING;
  gboolean again = ttecomm_section_quote_counts (snapshot->purchase);
  const char *reason = ttecomm_viewer_cut_off (snapshot);

  if (busy)
    reason = ttecomm_text_get (text, "refusal", "The price is being asked for. Wait a moment.");
  ttecomm_blocks_action (
      blocks, &(TtecommActionSpec){
                  .id = "basket.quote",
                  .label = again ? ttecomm_text_get (text, "action", "Ask for the price again")
                                 : ttecomm_text_get (text, "action", "Show the price"),
                  .name = ttecomm_text_get (text, "action",
                                            "Ask TTcloud what the basket costs; nothing is bought"),
                  .style = again ? TTECOMM_STYLE_NORMAL : TTECOMM_STYLE_PRIMARY,
                  .disabled_reason = reason,
                  .busy = busy,
              });
}

/* The person's own number for this purchase; it comes with the next click and stands on the
 * invoice. */
static void
add_po (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const char *po = snapshot->purchase->po;

  ttecomm_blocks_input (blocks, "basket.po", "text",
                        ttecomm_text_get (snapshot->text, "basket",
                                          "PO reference for the invoice (optional, at most 64 "
                                          "characters)"),
                        po != NULL ? po : "");
}

static void
add_trouble (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *words = NULL;

  if (snapshot->purchase->offline)
    ttecomm_blocks_notice (blocks, "basket.offline", TTECOMM_SEVERITY_WARNING,
                           ttecomm_text_get (text, "basket",
                                             "TTcloud cannot be asked about the order just now. It "
                                             "is asked again by itself; nothing is lost."),
                           NULL);
  if (snapshot->purchase->error == NULL)
    return;
  words = ttecomm_error_words (text, snapshot->purchase->error);
  ttecomm_blocks_notice (blocks, "basket.error", TTECOMM_SEVERITY_ERROR, words,
                         offers_price (snapshot->purchase) ? "basket.quote" : NULL);
}

static void
add_contents (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  if (is_empty (snapshot->purchase))
    {
      if (!ttecomm_viewer_is_paying (snapshot))
        ttecomm_blocks_text (
            blocks, "basket.empty",
            ttecomm_text_get (snapshot->text, "basket",
                              "The basket is empty. Choose Buy beside a service to "
                              "see what it costs; nothing is bought by that."));
      return;
    }
  ttecomm_section_quote_summary (blocks, snapshot);
  ttecomm_section_order_summary (blocks, snapshot);
  ttecomm_section_lines (blocks, snapshot);
  if (!ttecomm_viewer_is_paying (snapshot))
    {
      ttecomm_section_checklist (blocks, snapshot);
      add_po (blocks, snapshot);
    }
  if (ttecomm_section_quote_counts (snapshot->purchase))
    ttecomm_section_quote (blocks, snapshot);
  if (offers_price (snapshot->purchase))
    add_ask (blocks, snapshot);
}

void
ttecomm_section_basket (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  if (snapshot->purchase == NULL)
    return;
  ttecomm_blocks_begin_group (blocks, "basket",
                              ttecomm_text_get (snapshot->text, "basket", "Basket"));
  ttecomm_section_order_result (blocks, snapshot);
  add_trouble (blocks, snapshot);
  add_contents (blocks, snapshot);
  if (ttecomm_viewer_is_paying (snapshot))
    ttecomm_section_order_waiting (blocks, snapshot);
  ttecomm_blocks_end_group (blocks);
}
