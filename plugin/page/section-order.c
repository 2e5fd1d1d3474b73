/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/page/labels.h"
#include "plugin/page/viewer.h"
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

/* The order: on its way, waiting for its payment, or ended. */

static void
add_fact (GPtrArray *rows, const char *label, char *value)
{
  g_ptr_array_add (rows, g_strdup (label));
  g_ptr_array_add (rows, value);
}

/* -- on its way -- */

static void
add_sending (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  ttecomm_blocks_progress (
      blocks, "basket.waiting",
      snapshot->purchase->found
          ? ttecomm_text_get (text, "basket",
                              "An earlier order was found. TTcloud is asked what became of it.")
          : ttecomm_text_get (text, "basket", "The order is being sent."),
      NULL);
}

/* An order that nobody made just now says where it comes from. */
static void
add_found (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;

  if (!snapshot->purchase->found)
    return;
  when = ttecomm_text_instant (text, snapshot->purchase->order->created,
                               snapshot->now_wall != 0 ? snapshot->now_wall : G_MININT64);
  words
      = ttecomm_text_format (text, "basket",
                             "This order was made {when} and is not paid yet: PROSOFT was closed "
                             "meanwhile, or it was made on another PC. Pay it, or cancel it; what "
                             "else is in your basket is kept.",
                             "when", when, NULL);
  ttecomm_blocks_notice (blocks, "basket.found", TTECOMM_SEVERITY_INFO, words, NULL);
}

/* An order that was found has no quote. */
static gboolean
has_money_of_its_own (const TtecommPurchaseView *purchase)
{
  return purchase->state == TTECOMM_PURCHASE_WAITING && purchase->order != NULL
         && !ttecomm_section_quote_counts (purchase);
}

void
ttecomm_section_order_summary (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommOrder *order = snapshot->purchase->order;
  const char *name = snapshot->account != NULL ? snapshot->account->name : NULL;
  g_autofree char *payer = NULL;
  g_autofree char *summary = NULL;

  if (!has_money_of_its_own (snapshot->purchase))
    return;
  payer = name != NULL && *name != '\0'
              ? ttecomm_text_format (text, "payer", "{name} (you)", "name", name, NULL)
              : g_strdup (ttecomm_text_get (text, "payer", "Your account"));
  summary
      = ttecomm_section_summary (text, payer, order->due_now_cents, order->currency, order->lines);
  add_found (blocks, snapshot);
  ttecomm_blocks_text (blocks, "basket.summary", summary);
}

/* Net is what the lines say, and gross is what is paid: the rest is VAT. */
static void
add_money (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommOrder *order = snapshot->purchase->order;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  gint64 net_cents = 0;

  for (guint i = 0; i < order->lines->len; i++)
    net_cents += ((const TtecommQuoteLine *)order->lines->pdata[i])->net_cents;
  add_fact (rows, ttecomm_text_get (text, "quote", "Net"),
            ttecomm_text_money (text, net_cents, order->currency));
  add_fact (rows, ttecomm_text_get (text, "quote", "VAT"),
            ttecomm_text_money (text, order->gross_cents - net_cents, order->currency));
  add_fact (rows, ttecomm_text_get (text, "quote", "Gross"),
            ttecomm_text_money (text, order->gross_cents, order->currency));
  add_fact (rows, ttecomm_text_get (text, "quote", "To pay now"),
            ttecomm_text_money (text, order->due_now_cents, order->currency));
  ttecomm_blocks_facts (blocks, "basket.quote-facts", rows);
}

static void
add_order_facts (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommOrder *order = snapshot->purchase->order;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (order->po_reference != NULL)
    add_fact (rows, ttecomm_text_get (text, "basket", "PO reference"),
              g_strdup (order->po_reference));
  add_fact (rows, ttecomm_text_get (text, "basket", "Can be paid until"),
            ttecomm_text_instant (text, order->expires,
                                  snapshot->now_wall != 0 ? snapshot->now_wall : G_MININT64));
  ttecomm_blocks_facts (blocks, "basket.order-facts", rows);
}

static void
add_pay_or_cancel (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommOrder *order = snapshot->purchase->order;
  g_autofree char *due = ttecomm_text_money (text, order->due_now_cents, order->currency);
  g_autofree char *words
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
          .promise = order->id,
      });
}

void
ttecomm_section_order_waiting (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommPurchaseView *purchase = snapshot->purchase;

  if (purchase->order == NULL || purchase->state == TTECOMM_PURCHASE_ORDERING)
    {
      add_sending (blocks, snapshot);
      return;
    }
  if (has_money_of_its_own (purchase))
    add_money (blocks, snapshot);
  add_order_facts (blocks, snapshot);
  add_pay_or_cancel (blocks, snapshot);
}

/* -- ended -- */

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
    case TTECOMM_ORDER_REASON_ALREADY_SUBSCRIBED:
      return ttecomm_text_get (text, "order",
                               "A service of this order was bought with another order meanwhile, "
                               "so this one was closed.");
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
                        "{reason} Nothing was charged, nothing was bought, and the basket is kept. "
                        "Ask for the price again to try once more, or take out what is not "
                        "wanted any more."),
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
    return ttecomm_text_format_plural (
        text, "order",
        "{due} was paid and the service is on. The invoice comes by e-mail; see the subscriptions "
        "above.",
        "{due} was paid and all services are on. The invoice comes by e-mail; see the "
        "subscriptions above.",
        order->lines->len, "due", due, NULL);
  return ttecomm_text_format_plural (
      text, "order",
      "{due} was paid and the service is on. Invoice {invoice} comes by e-mail; see the "
      "subscriptions above.",
      "{due} was paid and all services are on. Invoice {invoice} comes by e-mail; see the "
      "subscriptions above.",
      order->lines->len, "due", due, "invoice", order->invoice, NULL);
}

/* What was bought, when it was more than one thing; the page above may be of one installation. */
static void
add_bought (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommOrder *order = snapshot->purchase->order;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  if (snapshot->purchase->state != TTECOMM_PURCHASE_PAID || order == NULL)
    return;
  for (guint i = 0; order->lines->len > 1 && i < order->lines->len; i++)
    {
      const TtecommQuoteLine *line = order->lines->pdata[i];
      const TtecommBasketLine wanted
          = { line->installation, line->installation_name, line->service, NULL };
      const GDate *date = g_date_valid (&line->label_date) ? &line->label_date : NULL;
      g_autofree char *label
          = ttecomm_text_format (text, "checklist", "{service}, {site}", "service",
                                 ttecomm_viewer_product (snapshot, line->service), "site",
                                 ttecomm_viewer_line_site (snapshot, &wanted), NULL);

      add_fact (rows, label, ttecomm_label (text, line->label_state, date));
    }
  if (order->po_reference != NULL)
    add_fact (rows, ttecomm_text_get (text, "basket", "PO reference"),
              g_strdup (order->po_reference));
  ttecomm_blocks_facts (blocks, "basket.bought", rows);
}

void
ttecomm_section_order_result (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
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
  add_bought (blocks, snapshot);
}
