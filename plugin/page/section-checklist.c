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
                       "Open the project with the current PROSOFT, transmit it, then "
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
                       "a debit of €0.01. Then ask for the price again.") },
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
    TTECOMM_TEXT_MARK ("checklist", "No order for it waits for its payment"),
    TTECOMM_TEXT_MARK ("checklist",
                       "An order of yours for it waits already. Pay that one or cancel it, or take "
                       "this line out.") },
};

/* What a blocker is about. */
static gboolean
is_of_person (TtecommBlockers blocker)
{
  return blocker == TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE
         || blocker == TTECOMM_BLOCKER_CARD_NOT_VERIFIED;
}

/* Of the open installation, before there is a quote. */
static guint
blockers_known_here (const TtecommSnapshot *snapshot, const TtecommBasketLine *line)
{
  g_autofree char *minimum = NULL;
  g_auto (GStrv) words = NULL;
  guint found = TTECOMM_BLOCKERS_NONE;

  if (g_strcmp0 (ttecomm_viewer_installation (snapshot), line->installation) != 0)
    return found;
  words = ttecomm_viewer_blockers (snapshot, line->service, &minimum);
  for (gsize i = 0; words != NULL && i < G_N_ELEMENTS (items); i++)
    if (g_strv_contains ((const char *const *)words, ttecomm_blocker_to_string (items[i].blocker)))
      found |= items[i].blocker;
  return found;
}

/* The quote's word counts; its lines are those of the basket. */
static guint
blockers_of_line (const TtecommSnapshot *snapshot, guint index)
{
  const TtecommPurchaseView *purchase = snapshot->purchase;

  if (purchase->quote == NULL)
    return blockers_known_here (snapshot, purchase->lines->pdata[index]);
  if (index >= purchase->quote->lines->len)
    return TTECOMM_BLOCKERS_NONE;
  return ((const TtecommQuoteLine *)purchase->quote->lines->pdata[index])->blockers;
}

static guint
blockers_of_all (const TtecommSnapshot *snapshot)
{
  const TtecommQuote *quote = snapshot->purchase->quote;
  guint found = quote != NULL ? quote->blockers : 0;

  for (guint i = 0; i < snapshot->purchase->lines->len; i++)
    found |= blockers_of_line (snapshot, i);
  return found;
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

/* @line: (nullable): the row is about all of them */
static gboolean
begin_row (TtecommBlocks *blocks, const Item *item, const TtecommBasketLine *line)
{
  const char *blocker = ttecomm_blocker_to_string (item->blocker);
  g_autofree char *id
      = line != NULL ? g_strconcat (blocker, ".", line->service, ".", line->installation, NULL)
                     : g_strdup (blocker);

  return ttecomm_blocks_begin_row (blocks, id);
}

static void
add_item (TtecommBlocks *blocks,
          const TtecommSnapshot *snapshot,
          const Item *item,
          gboolean is_open)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *help = is_open ? tell_help (snapshot, item) : g_strdup ("–");

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

/* One line: everything that buying needs, done or open. */
static void
add_all_items (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, guint found)
{
  const TtecommText *text = snapshot->text;
  const TtecommColumn columns[] = {
    { "requirement", ttecomm_text_get (text, "checklist", "Needed for buying") },
    { "state", ttecomm_text_get (text, "checklist", "State") },
    { "help", ttecomm_text_get (text, "checklist", "What to do") },
  };

  ttecomm_blocks_begin_table (blocks, "basket.checklist", columns, G_N_ELEMENTS (columns));
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if ((items[i].always || (found & items[i].blocker) != 0) && begin_row (blocks, &items[i], NULL))
      add_item (blocks, snapshot, &items[i], (found & items[i].blocker) != 0);
  ttecomm_blocks_end_table (blocks);
}

static void
add_open_item (TtecommBlocks *blocks,
               const TtecommSnapshot *snapshot,
               const Item *item,
               const TtecommBasketLine *line)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *what
      = line != NULL ? ttecomm_text_format (text, "checklist", "{service}, {site}", "service",
                                            ttecomm_viewer_product (snapshot, line->service),
                                            "site", ttecomm_viewer_line_site (snapshot, line), NULL)
                     : g_strdup (ttecomm_text_get (text, "checklist", "All of the basket"));

  if (!begin_row (blocks, item, line))
    return;
  ttecomm_blocks_cell (blocks, what);
  add_item (blocks, snapshot, item, TRUE);
}

static void
add_open_items_of_line (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, guint index)
{
  guint found = blockers_of_line (snapshot, index);

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if ((found & items[i].blocker) != 0 && !is_of_person (items[i].blocker))
      add_open_item (blocks, snapshot, &items[i], snapshot->purchase->lines->pdata[index]);
}

static gboolean
is_on_a_line (const TtecommSnapshot *snapshot, TtecommBlockers blocker)
{
  for (guint i = 0; i < snapshot->purchase->lines->len; i++)
    if ((blockers_of_line (snapshot, i) & blocker) != 0)
      return TRUE;
  return FALSE;
}

/* Several lines: what is open, line by line; what is about none of them, or about the person, is
 * said once. */
static void
add_open_items (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, guint found)
{
  const TtecommText *text = snapshot->text;
  const TtecommColumn columns[] = {
    { "line", ttecomm_text_get (text, "checklist", "For") },
    { "requirement", ttecomm_text_get (text, "checklist", "Needed for buying") },
    { "state", ttecomm_text_get (text, "checklist", "State") },
    { "help", ttecomm_text_get (text, "checklist", "What to do") },
  };

  ttecomm_blocks_begin_table (blocks, "basket.checklist", columns, G_N_ELEMENTS (columns));
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if ((found & items[i].blocker) != 0
        && (is_of_person (items[i].blocker) || !is_on_a_line (snapshot, items[i].blocker)))
      add_open_item (blocks, snapshot, &items[i], NULL);
  for (guint i = 0; i < snapshot->purchase->lines->len; i++)
    add_open_items_of_line (blocks, snapshot, i);
  ttecomm_blocks_end_table (blocks);
}

/* Some can be bought and some cannot: those go, and the rest is offered at once. */
static void
add_remove_blocked (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  guint n = snapshot->purchase->n_blocked;
  g_autofree char *name = NULL;

  if (n == 0 || n >= snapshot->purchase->lines->len)
    return;
  name = ttecomm_text_format_plural (
      text, "action",
      "Take {n} line that cannot be bought out of the basket, and show the price of the rest",
      "Take {n} lines that cannot be bought out of the basket, and show the price of the rest", n,
      NULL);
  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = "basket.remove-blocked",
                                     .label = ttecomm_text_get (text, "action",
                                                                "Take out what cannot be bought"),
                                     .name = name,
                                     .style = TTECOMM_STYLE_PRIMARY,
                                     .disabled_reason = ttecomm_viewer_cut_off (snapshot),
                                 });
}

void
ttecomm_section_checklist (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  guint found = blockers_of_all (snapshot);

  if (found == TTECOMM_BLOCKERS_NONE)
    return;
  if (snapshot->purchase->lines->len == 1)
    add_all_items (blocks, snapshot, found);
  else
    add_open_items (blocks, snapshot, found);
  add_remove_blocked (blocks, snapshot);
  if ((found & (TTECOMM_BLOCKER_ACCOUNT_INCOMPLETE | TTECOMM_BLOCKER_CARD_NOT_VERIFIED)) != 0
      && snapshot->account != NULL)
    ttecomm_blocks_link (blocks, "basket.account",
                         ttecomm_text_get (snapshot->text, "link", "Account page"),
                         snapshot->account->account_url);
}
