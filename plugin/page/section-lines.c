/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/page/labels.h"
#include "plugin/page/viewer.h"
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

/* What is in the basket, or was ordered: one row a service and installation. */

#define MAX_COLUMNS 6

/* Where the lines' prices stand: in the quote, else in the order. */
static const GPtrArray *
find_prices (const TtecommPurchaseView *purchase, const char **currency)
{
  if (ttecomm_section_quote_counts (purchase))
    {
      *currency = purchase->quote->currency;
      return purchase->quote->lines;
    }
  if (purchase->state == TTECOMM_PURCHASE_WAITING && purchase->order != NULL)
    {
      *currency = purchase->order->currency;
      return purchase->order->lines;
    }
  return NULL;
}

static const TtecommQuoteLine *
find_line (const GPtrArray *prices, const TtecommBasketLine *line)
{
  for (guint i = 0; prices != NULL && i < prices->len; i++)
    {
      const TtecommQuoteLine *priced = prices->pdata[i];

      if (g_str_equal (priced->installation, line->installation)
          && g_str_equal (priced->service, line->service))
        return priced;
    }
  return NULL;
}

static void
add_prices (TtecommBlocks *blocks,
            const TtecommText *text,
            const TtecommQuoteLine *line,
            const char *currency)
{
  g_autofree char *net = NULL;
  g_autofree char *end = NULL;
  g_autofree char *charge = NULL;

  if (line != NULL)
    net = ttecomm_text_money (text, line->net_cents, currency);
  if (line != NULL && g_date_valid (&line->end))
    end = ttecomm_text_date (text, &line->end);
  if (line != NULL && line->next_charge != NULL)
    charge = ttecomm_label_charge (text, line->next_charge);
  ttecomm_blocks_cell (blocks, net != NULL ? net : "–");
  ttecomm_blocks_cell (blocks, end != NULL ? end : "–");
  ttecomm_blocks_cell (blocks, charge != NULL ? charge : "–");
}

static void
add_state (TtecommBlocks *blocks, const TtecommText *text, const TtecommQuoteLine *line)
{
  g_autofree char *words = NULL;
  guint n = 0;

  for (guint rest = line != NULL ? line->blockers : 0; rest != 0; rest &= rest - 1)
    n++;
  if (n == 0)
    {
      ttecomm_blocks_status_cell (blocks, TTECOMM_SEVERITY_GOOD,
                                  ttecomm_text_get (text, "basket", "yes"));
      return;
    }
  words = ttecomm_text_format_plural (text, "basket", "not yet: {n} open point",
                                      "not yet: {n} open points", n, NULL);
  ttecomm_blocks_status_cell (blocks, TTECOMM_SEVERITY_ERROR, words);
}

/* The open installation's need not be named. */
static char *
remove_id (const TtecommSnapshot *snapshot, const TtecommBasketLine *line)
{
  if (g_strcmp0 (ttecomm_viewer_installation (snapshot), line->installation) == 0)
    return g_strconcat ("basket.remove.", line->service, NULL);
  return g_strconcat ("basket.remove.", line->service, ".", line->installation, NULL);
}

static void
add_remove (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const TtecommBasketLine *line)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *id = remove_id (snapshot, line);
  g_autofree char *name
      = ttecomm_text_format (text, "action", "Take {service} for {site} out of the basket",
                             "service", ttecomm_viewer_product (snapshot, line->service), "site",
                             ttecomm_viewer_line_site (snapshot, line), NULL);

  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = id,
                                     .label = ttecomm_text_get (text, "action", "Take out"),
                                     .name = name,
                                     .promise = line->installation,
                                 });
}

static gboolean
begin_row (TtecommBlocks *blocks, const TtecommBasketLine *line)
{
  g_autofree char *id = g_strconcat (line->service, ".", line->installation, NULL);

  return ttecomm_blocks_begin_row (blocks, id);
}

static void
add_row (TtecommBlocks *blocks,
         const TtecommSnapshot *snapshot,
         const TtecommBasketLine *line,
         gboolean with_state)
{
  const char *currency = NULL;
  const TtecommQuoteLine *priced = find_line (find_prices (snapshot->purchase, &currency), line);
  g_autofree char *remove = ttecomm_viewer_is_paying (snapshot) ? NULL : remove_id (snapshot, line);
  const char *const actions[] = { remove, NULL };

  if (!begin_row (blocks, line))
    return;
  ttecomm_blocks_cell (blocks, ttecomm_viewer_line_site (snapshot, line));
  ttecomm_blocks_cell (blocks, ttecomm_viewer_product (snapshot, line->service));
  if (with_state)
    add_state (blocks, snapshot->text, priced);
  add_prices (blocks, snapshot->text, priced, currency);
  ttecomm_blocks_end_row (blocks, actions);
}

static void
begin_table (TtecommBlocks *blocks, const TtecommText *text, gboolean with_state)
{
  TtecommColumn columns[MAX_COLUMNS];
  gsize n = 0;

  columns[n++]
      = (TtecommColumn){ "installation", ttecomm_text_get (text, "basket", "Installation") };
  columns[n++] = (TtecommColumn){ "service", ttecomm_text_get (text, "basket", "Service") };
  if (with_state)
    columns[n++] = (TtecommColumn){ "state", ttecomm_text_get (text, "basket", "Can be bought") };
  columns[n++] = (TtecommColumn){ "net", ttecomm_text_get (text, "basket", "Net price") };
  columns[n++] = (TtecommColumn){ "until", ttecomm_text_get (text, "basket", "Runs until") };
  columns[n++] = (TtecommColumn){ "next-charge", ttecomm_text_get (text, "basket", "Next charge") };
  ttecomm_blocks_begin_table (blocks, "basket.lines", columns, n);
}

void
ttecomm_section_lines (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const GPtrArray *lines = snapshot->purchase->lines;
  gboolean with_state = snapshot->purchase->state == TTECOMM_PURCHASE_BLOCKED;

  begin_table (blocks, snapshot->text, with_state);
  for (guint i = 0; i < lines->len; i++)
    add_row (blocks, snapshot, lines->pdata[i], with_state);
  ttecomm_blocks_end_table (blocks);
  /* What was ordered stays as it was ordered. */
  for (guint i = 0; !ttecomm_viewer_is_paying (snapshot) && i < lines->len; i++)
    add_remove (blocks, snapshot, lines->pdata[i]);
}
