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
add_waiting (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommOrder *order = snapshot->purchase->order;
  g_autofree char *due = NULL;
  g_autofree char *words = NULL;

  if (order != NULL)
    due = ttecomm_text_money (text, order->due_now_cents, order->currency);
  if (order == NULL || snapshot->purchase->state == TTECOMM_PURCHASE_ORDERING)
    {
      ttecomm_blocks_progress (blocks, "basket.waiting",
                               ttecomm_text_get (text, "basket", "The order is being sent."), NULL);
      return;
    }
  words
      = ttecomm_text_format (text, "basket",
                             "Waiting for the payment of {due} in the browser. You may close this "
                             "page; the order is not lost and never paid twice.",
                             "due", due, NULL);
  ttecomm_blocks_progress (blocks, "basket.waiting", words, "basket.cancel-order");
  ttecomm_blocks_link (blocks, "basket.checkout", ttecomm_text_get (text, "link", "Checkout page"),
                       order->checkout_url);
  ttecomm_blocks_action (
      blocks,
      &(TtecommActionSpec){
          .id = "basket.cancel-order",
          .label = ttecomm_text_get (text, "action", "Cancel the order"),
          .name = ttecomm_text_get (text, "action", "Cancel the order that waits for its payment"),
          .disabled_reason = ttecomm_viewer_cut_off (snapshot),
      });
}

/* What the order says, or else what its end says. */
static const char *
tell_reason (const TtecommText *text, const TtecommPurchaseView *purchase)
{
  switch (purchase->order != NULL ? purchase->order->reason : TTECOMM_ORDER_REASON_NONE)
    {
    case TTECOMM_ORDER_REASON_CARD_DECLINED:
      return ttecomm_text_get (text, "order", "The card was declined.");
    case TTECOMM_ORDER_REASON_CARD_REFUSED_BRAND:
      return ttecomm_text_get (text, "order", "Only VISA and MasterCard are accepted.");
    case TTECOMM_ORDER_REASON_CONFIRMATION_FAILED:
      return ttecomm_text_get (text, "order", "The payment was not confirmed with the bank.");
    case TTECOMM_ORDER_REASON_CANCELLED_BY_PERSON:
    case TTECOMM_ORDER_REASON_TIMED_OUT:
    case TTECOMM_ORDER_REASON_NONE:
    default:
      break;
    }
  if (purchase->state == TTECOMM_PURCHASE_CANCELLED)
    return ttecomm_text_get (text, "order", "The order was cancelled.");
  if (purchase->state == TTECOMM_PURCHASE_EXPIRED)
    return ttecomm_text_get (text, "order", "Nobody paid in time.");
  return ttecomm_text_get (text, "order", "The payment did not succeed.");
}

static char *
tell_failure (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  return ttecomm_text_fill (
      ttecomm_text_get (text, "order",
                        "{reason} Nothing was bought, and the basket is kept. Ask for the price "
                        "again to try once more, or take the service out."),
      &(TtecommTextValue){ "reason", tell_reason (text, snapshot->purchase), TRUE }, 1);
}

static char *
tell_paid (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommOrder *order = snapshot->purchase->order;
  g_autofree char *due = NULL;

  if (order == NULL)
    return g_strdup (
        ttecomm_text_get (text, "order", "The service is on. See the subscriptions above."));
  due = ttecomm_text_money (text, order->due_now_cents, order->currency);
  if (order->invoice == NULL)
    return ttecomm_text_format (
        text, "order",
        "{due} was paid and the service is on. The invoice comes by e-mail; "
        "see the subscriptions above.",
        "due", due, NULL);
  return ttecomm_text_format (text, "order",
                              "{due} was paid and the service is on. Invoice {invoice} comes by "
                              "e-mail; see the subscriptions above.",
                              "due", due, "invoice", order->invoice, NULL);
}

/* How the last order ended. */
static void
add_result (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  TtecommSeverity severity = TTECOMM_SEVERITY_ERROR;
  g_autofree char *words = NULL;
  const char *word;

  switch (snapshot->purchase->state)
    {
    case TTECOMM_PURCHASE_PAID:
      severity = TTECOMM_SEVERITY_GOOD;
      word = ttecomm_text_get (text, "order", "paid");
      words = tell_paid (snapshot);
      break;
    case TTECOMM_PURCHASE_FAILED:
      word = ttecomm_text_get (text, "order", "payment failed");
      break;
    case TTECOMM_PURCHASE_CANCELLED:
      severity = TTECOMM_SEVERITY_INFO;
      word = ttecomm_text_get (text, "order", "order cancelled");
      break;
    case TTECOMM_PURCHASE_EXPIRED:
      severity = TTECOMM_SEVERITY_WARNING;
      word = ttecomm_text_get (text, "order", "order expired");
      break;
    case TTECOMM_PURCHASE_EMPTY:
    case TTECOMM_PURCHASE_FILLED:
    case TTECOMM_PURCHASE_QUOTING:
    case TTECOMM_PURCHASE_BLOCKED:
    case TTECOMM_PURCHASE_QUOTED:
    case TTECOMM_PURCHASE_ORDERING:
    case TTECOMM_PURCHASE_WAITING:
    default:
      return;
    }
  if (words == NULL)
    words = tell_failure (snapshot);
  ttecomm_blocks_status (blocks, "basket.result", severity, word, words);
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
  add_result (blocks, snapshot);
  add_trouble (blocks, snapshot);
  add_contents (blocks, snapshot);
  if (ttecomm_viewer_is_paying (snapshot))
    add_waiting (blocks, snapshot);
  ttecomm_blocks_end_group (blocks);
}
