/* SPDX-License-Identifier: MIT */
#include "plugin/page/labels.h"

#include "plugin/text/amount.h"
#include "plugin/text/when.h"

/* What is said with the end date and, if TTcloud names none, without. */
static const struct
{
  const char *context;
  const char *dated;
  const char *plain_context;
  const char *plain;
  TtecommSeverity severity;
} labels[] = {
  [TTECOMM_CLOUD_STATE_NONE]
  = { TTECOMM_TEXT_MARK ("state", "not activated yet"),
      TTECOMM_TEXT_MARK ("state", "not activated yet"), TTECOMM_SEVERITY_NEUTRAL },
  [TTECOMM_CLOUD_STATE_REQUESTED]
  = { TTECOMM_TEXT_MARK ("state", "awaiting approval"),
      TTECOMM_TEXT_MARK ("state", "awaiting approval"), TTECOMM_SEVERITY_INFO },
  [TTECOMM_CLOUD_STATE_REJECTED]
  = { TTECOMM_TEXT_MARK ("state", "rejected"), TTECOMM_TEXT_MARK ("state", "rejected"),
      TTECOMM_SEVERITY_ERROR },
  [TTECOMM_CLOUD_STATE_SCHEDULED]
  = { TTECOMM_TEXT_MARK ("state", "starts later"), TTECOMM_TEXT_MARK ("state", "starts later"),
      TTECOMM_SEVERITY_INFO },
  [TTECOMM_CLOUD_STATE_ACTIVE] = { TTECOMM_TEXT_MARK ("state", "renews at {date}"),
                                   TTECOMM_TEXT_MARK ("state", "renews"), TTECOMM_SEVERITY_GOOD },
  [TTECOMM_CLOUD_STATE_ENDING]
  = { TTECOMM_TEXT_MARK ("state", "expires at {date}"), TTECOMM_TEXT_MARK ("state", "expires"),
      TTECOMM_SEVERITY_WARNING },
  [TTECOMM_CLOUD_STATE_PAST_DUE]
  = { TTECOMM_TEXT_MARK ("state", "payment failed, expires at {date}"),
      TTECOMM_TEXT_MARK ("state", "payment failed"), TTECOMM_SEVERITY_ERROR },
  [TTECOMM_CLOUD_STATE_EXPIRED]
  = { TTECOMM_TEXT_MARK ("state", "expired at {date}"), TTECOMM_TEXT_MARK ("state", "expired"),
      TTECOMM_SEVERITY_ERROR },
};

char *
ttecomm_label (const TtecommText *text, TtecommCloudState state, const GDate *end)
{
  g_autofree char *date = NULL;

  if (end == NULL || !g_date_valid (end))
    return g_strdup (ttecomm_text_get (text, labels[state].plain_context, labels[state].plain));
  date = ttecomm_text_date (text, end);
  return ttecomm_text_format (text, labels[state].context, labels[state].dated, "date", date, NULL);
}

TtecommSeverity
ttecomm_label_severity (TtecommCloudState state)
{
  return labels[state].severity;
}

char *
ttecomm_label_charge (const TtecommText *text, const TtecommCharge *charge)
{
  g_autofree char *gross = ttecomm_text_money (text, charge->gross_cents, charge->currency);
  g_autofree char *net = ttecomm_text_money (text, charge->net_cents, charge->currency);
  g_autofree char *date = ttecomm_text_date (text, &charge->date);

  return ttecomm_text_format (text, "charge", "{gross} on {date} ({net} net)", "gross", gross,
                              "date", date, "net", net, NULL);
}

char *
ttecomm_label_payer (const TtecommText *text, const TtecommPayer *payer)
{
  const char *name = *payer->name != '\0' ? payer->name : payer->email;

  if (payer->you)
    return ttecomm_text_format (text, "payer", "{name} (you)", "name", name, NULL);
  return g_strdup (name);
}

char *
ttecomm_label_card (const TtecommText *text, const TtecommCard *card)
{
  g_autofree char *month = g_strdup_printf ("%02u/%04u", card->expires_month, card->expires_year);

  return ttecomm_text_format (text, "card", "{brand} ending in {digits}, valid until {month}",
                              "brand", card->brand == TTECOMM_CARD_VISA ? "Visa" : "Mastercard",
                              "digits", card->last4, "month", month, NULL);
}

gboolean
ttecomm_label_card_lives (const TtecommCard *card, const GDate *day)
{
  guint year = g_date_get_year (day);
  guint month = (guint)g_date_get_month (day);

  return card->expires_year > year || (card->expires_year == year && card->expires_month >= month);
}
