/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/page/viewer.h"

/* One thing that buying needs; the ids are the contract's. */
typedef struct
{
  TtecommBlockers blocker;
  gboolean always; /* listed when it is done, too */
  const char *context;
  const char *title;
  const char *help_context;
  const char *help;
} Item;

static const Item items[] = {
  { TTECOMM_BLOCKER_ROLE, TRUE,
    TTECOMM_TEXT_MARK ("checklist", "You are owner or system integrator"),
    TTECOMM_TEXT_MARK ("checklist",
                       "Only the owner or a system integrator can buy. Have your address added in "
                       "Extra → Users and settings and transmitted, or ask one of them.") },
  { TTECOMM_BLOCKER_NOT_CONNECTED, TRUE,
    TTECOMM_TEXT_MARK ("checklist", "The installation is connected to TTcloud"),
    TTECOMM_TEXT_MARK ("checklist",
                       "Connect the installation to TTcloud, then ask for the price "
                       "again.") },
  { TTECOMM_BLOCKER_PROSOFT_TOO_OLD, TRUE,
    TTECOMM_TEXT_MARK ("checklist", "Its PROSOFT is new enough"),
    TTECOMM_TEXT_MARK ("checklist",
                       "Open the project with the present PROSOFT, transmit it, then "
                       "ask for the price again.") },
  { TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE, TRUE,
    TTECOMM_TEXT_MARK ("checklist", "Your account is complete"),
    TTECOMM_TEXT_MARK ("checklist",
                       "Fill in what is missing on the account page, then ask for the "
                       "price again.") },
  { TTECOMM_BLOCKER_CARD_NOT_VERIFIED, TRUE,
    TTECOMM_TEXT_MARK ("checklist", "Your card is verified"),
    TTECOMM_TEXT_MARK ("checklist",
                       "Add a VISA or MasterCard on the account page; it is tested with "
                       "0.01. Then ask for the price again.") },
  { TTECOMM_BLOCKER_ALREADY_SUBSCRIBED, TRUE,
    TTECOMM_TEXT_MARK ("checklist", "The service does not run yet"),
    TTECOMM_TEXT_MARK ("checklist",
                       "It runs already and is not bought twice. Take it out of the "
                       "basket.") },
  { TTECOMM_BLOCKER_NOT_FOUND, FALSE,
    TTECOMM_TEXT_MARK ("checklist", "TTcloud knows the installation and the service"),
    TTECOMM_TEXT_MARK ("checklist",
                       "Transmit the project with PROSOFT, or take the service out of "
                       "the basket.") },
  { TTECOMM_BLOCKER_CONFLICT, FALSE,
    TTECOMM_TEXT_MARK ("checklist", "The change fits the present state"),
    TTECOMM_TEXT_MARK ("checklist",
                       "The subscription has changed meanwhile. Choose Refresh, then "
                       "look again.") },
};

/* The quote's word counts; before there is one, what is known here. */
static TtecommBlockers
blockers_of_quote (const TtecommQuote *quote)
{
  guint blockers = quote->blockers;

  for (guint i = 0; i < quote->lines->len; i++)
    blockers |= ((const TtecommQuoteLine *)quote->lines->pdata[i])->blockers;
  return (TtecommBlockers)blockers;
}

static TtecommBlockers
blockers_known_here (const TtecommSnapshot *snapshot)
{
  GStrv services = snapshot->purchase->services;
  guint found = TTECOMM_BLOCKERS_NONE;

  for (gsize i = 0; services != NULL && services[i] != NULL; i++)
    {
      g_autofree char *minimum = NULL;
      g_auto (GStrv) words = ttecomm_viewer_blockers (snapshot, services[i], &minimum);

      for (gsize k = 0; words != NULL && k < G_N_ELEMENTS (items); k++)
        if (g_strv_contains ((const char *const *)words,
                             ttecomm_blocker_to_string (items[k].blocker)))
          found |= items[k].blocker;
    }
  return (TtecommBlockers)found;
}

static char *
tell_missing (const TtecommText *text, TtecommMissing missing)
{
  static const struct
  {
    TtecommMissing missing;
    const char *context;
    const char *word;
  } words[] = {
    { TTECOMM_MISSING_ADDRESS, TTECOMM_TEXT_MARK ("missing", "address") },
    { TTECOMM_MISSING_COUNTRY, TTECOMM_TEXT_MARK ("missing", "country") },
    { TTECOMM_MISSING_COMPANY, TTECOMM_TEXT_MARK ("missing", "company") },
    { TTECOMM_MISSING_TAX_ID, TTECOMM_TEXT_MARK ("missing", "VAT or GST number") },
    { TTECOMM_MISSING_INVOICE_EMAIL, TTECOMM_TEXT_MARK ("missing", "e-mail for invoices") },
  };
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((missing & words[i].missing) != 0)
      g_string_append_printf (out, "%s%s",
                              out->len > 0 ? ttecomm_text_get (text, "in a list", ", ") : "",
                              ttecomm_text_get (text, words[i].context, words[i].word));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
tell_help (const TtecommSnapshot *snapshot, const Item *item)
{
  const TtecommText *text = snapshot->text;
  const char *help = ttecomm_text_get (text, item->help_context, item->help);
  g_autofree char *missing = NULL;

  if (item->blocker != TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE || snapshot->account == NULL
      || snapshot->account->missing == TTECOMM_MISSING_NONE)
    return g_strdup (help);
  missing = tell_missing (text, snapshot->account->missing);
  return ttecomm_text_fill (ttecomm_text_get (text, "checklist", "{help} Missing: {missing}."),
                            (const TtecommTextValue[]){ { "help", help, TRUE },
                                                        { "missing", missing, TRUE } },
                            2);
}

static void
add_item (TtecommBlocks *blocks,
          const TtecommSnapshot *snapshot,
          const Item *item,
          gboolean is_open)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *help = is_open ? tell_help (snapshot, item) : g_strdup ("–");

  if (!ttecomm_blocks_begin_row (blocks, ttecomm_blocker_to_string (item->blocker)))
    return;
  ttecomm_blocks_cell (blocks, ttecomm_text_get (text, item->context, item->title));
  if (is_open)
    ttecomm_blocks_status_cell (blocks, TTECOMM_SEVERITY_ERROR,
                                ttecomm_text_get (text, "checklist", "open"));
  else
    ttecomm_blocks_status_cell (blocks, TTECOMM_SEVERITY_GOOD,
                                ttecomm_text_get (text, "checklist", "done"));
  ttecomm_blocks_cell (blocks, help);
  ttecomm_blocks_end_row (blocks, NULL);
}

void
ttecomm_section_checklist (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommQuote *quote = snapshot->purchase->quote;
  TtecommBlockers found
      = quote != NULL ? blockers_of_quote (quote) : blockers_known_here (snapshot);
  const TtecommColumn columns[] = {
    { "requirement", ttecomm_text_get (text, "checklist", "Needed for buying") },
    { "state", ttecomm_text_get (text, "checklist", "State") },
    { "help", ttecomm_text_get (text, "checklist", "What to do") },
  };

  if (found == TTECOMM_BLOCKERS_NONE)
    return;
  ttecomm_blocks_begin_table (blocks, "basket.checklist", columns, G_N_ELEMENTS (columns));
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (items[i].always || (found & items[i].blocker) != 0)
      add_item (blocks, snapshot, &items[i], (found & items[i].blocker) != 0);
  ttecomm_blocks_end_table (blocks);
  if ((found & (TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE | TTECOMM_BLOCKER_CARD_NOT_VERIFIED)) != 0
      && snapshot->account != NULL)
    ttecomm_blocks_link (blocks, "basket.account", ttecomm_text_get (text, "link", "Account page"),
                         snapshot->account->account_url);
}
