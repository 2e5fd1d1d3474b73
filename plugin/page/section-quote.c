/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/page/labels.h"
#include "plugin/page/viewer.h"
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

gboolean
ttecomm_section_quote_counts (const TtecommPurchaseView *purchase)
{
  return purchase->quote != NULL
         && (purchase->state == TTECOMM_PURCHASE_BLOCKED
             || purchase->state == TTECOMM_PURCHASE_QUOTED
             || purchase->state == TTECOMM_PURCHASE_ORDERING
             || purchase->state == TTECOMM_PURCHASE_WAITING);
}

static void
add_fact (GPtrArray *rows, const char *label, char *value)
{
  g_ptr_array_add (rows, g_strdup (label));
  g_ptr_array_add (rows, value);
}

/* The earliest charge, what all lines take on that day, and whether any is charged on another;
 * NULL when nothing will be charged. */
static const TtecommCharge *
first_charge (const GPtrArray *lines, gint64 *gross_cents, gboolean *others)
{
  const TtecommCharge *first = NULL;

  *others = FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const TtecommCharge *charge = ((const TtecommQuoteLine *)lines->pdata[i])->next_charge;
      int order;

      if (charge == NULL)
        continue;
      order = first != NULL ? g_date_compare (&charge->date, &first->date) : -1;
      *others = *others || (first != NULL && order != 0);
      if (order > 0)
        continue;
      if (order < 0)
        *gross_cents = 0;
      first = charge;
      *gross_cents += charge->gross_cents;
    }
  return first;
}

char *
ttecomm_section_summary (const TtecommText *text,
                         const char *payer,
                         gint64 due_now_cents,
                         const char *currency,
                         const GPtrArray *lines)
{
  g_autofree char *due = ttecomm_text_money (text, due_now_cents, currency);
  gint64 next_cents = 0;
  gboolean others;
  const TtecommCharge *next = first_charge (lines, &next_cents, &others);
  g_autofree char *date = NULL;
  g_autofree char *amount = NULL;

  if (next == NULL)
    return ttecomm_text_format (text, "quote",
                                "{payer} pays {due} now, VAT included, and nothing later: nothing "
                                "renews by itself.",
                                "payer", payer, "due", due, NULL);
  date = ttecomm_text_date (text, &next->date);
  amount = ttecomm_text_money (text, next_cents, next->currency);
  if (others)
    return ttecomm_text_format (
        text, "quote",
        "{payer} pays {due} now, VAT included, and {amount} on {date}, the rest on the days in the "
        "table, then again at each renewal, by card. To stop it, switch renewal off on the account "
        "page before that day.",
        "payer", payer, "due", due, "amount", amount, "date", date, NULL);
  return ttecomm_text_format (
      text, "quote",
      "{payer} pays {due} now, VAT included, and {amount} on {date}, then "
      "again at each renewal, by card. To stop it, switch renewal off on the "
      "account page before that day.",
      "payer", payer, "due", due, "amount", amount, "date", date, NULL);
}

static char *
tell_vat (const TtecommText *text, const TtecommVatLine *vat, const char *currency)
{
  g_autofree char *cents = ttecomm_text_money (text, vat->vat_cents, currency);
  g_autofree char *net = ttecomm_text_money (text, vat->net_cents, currency);

  switch (vat->kind)
    {
    case TTECOMM_VAT_REVERSE_CHARGE:
      return ttecomm_text_format (text, "quote",
                                  "{vat}: reverse charge, you account for it on {net}", "vat",
                                  cents, "net", net, NULL);
    case TTECOMM_VAT_OUTSIDE:
      return ttecomm_text_format (text, "quote", "{vat}: none outside the VAT countries", "vat",
                                  cents, NULL);
    case TTECOMM_VAT_STANDARD:
    default:
      return ttecomm_text_format (text, "quote", "{vat} on {net}", "vat", cents, "net", net, NULL);
    }
}

static void
add_vat (GPtrArray *rows, const TtecommText *text, const TtecommQuote *quote)
{
  for (guint i = 0; i < quote->vat->len; i++)
    {
      const TtecommVatLine *vat = &g_array_index (quote->vat, TtecommVatLine, i);
      g_autofree char *rate = ttecomm_text_rate (text, vat->rate_bp);
      g_autofree char *label
          = ttecomm_text_format (text, "quote", "VAT {rate}", "rate", rate, NULL);

      add_fact (rows, label, tell_vat (text, vat, quote->currency));
    }
}

/* What a single line says stands with the sums; several have their columns. */
static void
add_single (GPtrArray *rows, const TtecommText *text, const TtecommQuoteLine *line)
{
  const GDate *date = g_date_valid (&line->label_date) ? &line->label_date : NULL;

  if (g_date_valid (&line->end))
    add_fact (rows, ttecomm_text_get (text, "quote", "Runs until"),
              ttecomm_text_date (text, &line->end));
  add_fact (rows, ttecomm_text_get (text, "quote", "Free this month"),
            ttecomm_text_format_plural (text, "quote", "{n} day", "{n} days", line->free_days,
                                        NULL));
  if (line->next_charge != NULL)
    add_fact (rows, ttecomm_text_get (text, "quote", "Next charge"),
              ttecomm_label_charge (text, line->next_charge));
  add_fact (rows, ttecomm_text_get (text, "quote", "State afterwards"),
            ttecomm_label (text, line->label_state, date));
}

static void
add_sums (TtecommBlocks *blocks, const TtecommText *text, const TtecommQuote *quote)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  add_fact (rows, ttecomm_text_get (text, "quote", "Net"),
            ttecomm_text_money (text, quote->net_cents, quote->currency));
  add_vat (rows, text, quote);
  add_fact (rows, ttecomm_text_get (text, "quote", "Gross"),
            ttecomm_text_money (text, quote->gross_cents, quote->currency));
  if (quote->quote_id != NULL)
    add_fact (rows, ttecomm_text_get (text, "quote", "To pay now"),
              ttecomm_text_money (text, quote->due_now_cents, quote->currency));
  if (quote->card != NULL)
    add_fact (rows, ttecomm_text_get (text, "quote", "Card"),
              ttecomm_label_card (text, quote->card));
  if (quote->lines->len == 1)
    add_single (rows, text, quote->lines->pdata[0]);
  if (quote->quote_id != NULL)
    add_fact (rows, ttecomm_text_get (text, "quote", "Price valid until"),
              ttecomm_text_date (text, &quote->valid_on));
  ttecomm_blocks_facts (blocks, "basket.quote-facts", rows);
}

static void
add_terms (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommQuote *quote = snapshot->purchase->quote;
  const TtecommTermsOfSale *terms = quote->terms_of_sale;
  g_autofree char *label
      = ttecomm_text_format (text, "quote", "I accept the terms of sale, version {version}",
                             "version", terms->version, NULL);
  g_autofree char *link = ttecomm_text_format (text, "link", "Terms of sale, version {version}",
                                               "version", terms->version, NULL);
  g_autofree char *promise = g_strconcat (quote->quote_id, " ", terms->version, NULL);

  ttecomm_blocks_link (blocks, "basket.terms", link, terms->url);
  ttecomm_blocks_toggle (blocks, "terms", label, snapshot->purchase->terms_accepted,
                         "basket.accept");
  ttecomm_blocks_hidden_action (blocks, &(TtecommActionSpec){
                                            .id = "basket.accept",
                                            .disabled_reason = ttecomm_viewer_cut_off (snapshot),
                                            .promise = promise,
                                        });
}

static const char *
pay_refusal (const TtecommSnapshot *snapshot)
{
  const char *cut_off = ttecomm_viewer_cut_off (snapshot);

  if (cut_off != NULL)
    return cut_off;
  if (!snapshot->purchase->terms_accepted)
    return ttecomm_text_get (snapshot->text, "refusal", "Accept the terms of sale first.");
  return NULL;
}

static char *
tell_confirm (const TtecommText *text, const TtecommQuote *quote, const char *summary)
{
  g_autofree char *gross = ttecomm_text_money (text, quote->due_now_cents, quote->currency);

  return ttecomm_text_fill (
      ttecomm_text_get (text, "quote",
                        "{summary} The checkout page opens in the browser; {due} is charged only "
                        "there. A term that is paid cannot be given back."),
      (const TtecommTextValue[]){ { "summary", summary, TRUE }, { "due", gross, TRUE } }, 2);
}

static void
add_pay (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const char *summary)
{
  const TtecommText *text = snapshot->text;
  const TtecommQuote *quote = snapshot->purchase->quote;
  g_autofree char *due = ttecomm_text_money (text, quote->due_now_cents, quote->currency);
  g_autofree char *label = ttecomm_text_format (text, "action", "Pay {due}", "due", due, NULL);
  g_autofree char *name
      = ttecomm_text_format (text, "action", "Pay {due} for the basket, in the browser", "due", due,
                             NULL);
  g_autofree char *title = ttecomm_text_format (text, "quote", "Pay {due}?", "due", due, NULL);
  g_autofree char *confirm = tell_confirm (text, quote, summary);

  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = "basket.pay",
                                     .label = label,
                                     .name = name,
                                     .style = TTECOMM_STYLE_PRIMARY,
                                     .disabled_reason = pay_refusal (snapshot),
                                     .confirm_title = title,
                                     .confirm_text = confirm,
                                     .confirm_ok = label,
                                     .confirm_cancel = ttecomm_text_get (text, "action", "Not now"),
                                     .promise = quote->quote_id,
                                 });
}

static char *
tell_summary (const TtecommText *text, const TtecommQuote *quote)
{
  g_autofree char *payer = ttecomm_label_payer (text, quote->payer);

  return ttecomm_section_summary (text, payer, quote->due_now_cents, quote->currency, quote->lines);
}

void
ttecomm_section_quote_summary (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  g_autofree char *summary = NULL;

  if (!ttecomm_section_quote_counts (snapshot->purchase)
      || snapshot->purchase->quote->quote_id == NULL)
    return;
  summary = tell_summary (snapshot->text, snapshot->purchase->quote);
  ttecomm_blocks_text (blocks, "basket.summary", summary);
}

/* The sums of what cannot be ordered as it is. */
static const char *
tell_blocked (const TtecommSnapshot *snapshot)
{
  guint n_blocked = snapshot->purchase->n_blocked;

  if (n_blocked > 0 && n_blocked < snapshot->purchase->lines->len)
    return ttecomm_text_get (snapshot->text, "quote",
                             "All of this together cannot be bought until the open points above "
                             "are done; without the lines that have them the rest can be bought "
                             "now. All of it would cost:");
  return ttecomm_text_get (snapshot->text, "quote",
                           "This cannot be bought until the open points above are done. It would "
                           "cost:");
}

void
ttecomm_section_quote (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommQuote *quote = snapshot->purchase->quote;
  g_autofree char *summary = NULL;

  if (quote->quote_id == NULL)
    ttecomm_blocks_text (blocks, "basket.blocked", tell_blocked (snapshot));
  add_sums (blocks, snapshot->text, quote);
  if (snapshot->purchase->state != TTECOMM_PURCHASE_QUOTED || quote->quote_id == NULL)
    return;
  summary = tell_summary (snapshot->text, quote);
  add_terms (blocks, snapshot);
  add_pay (blocks, snapshot, summary);
}
