/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/page/labels.h"
#include "plugin/page/viewer.h"
#include "plugin/text/when.h"

/* What can be bought is offered, or says why it is not; what runs is no offer. */
static gboolean
is_on_offer (const TtecommSubscription *subscription)
{
  return subscription->state == TTECOMM_CLOUD_STATE_NONE
         || subscription->state == TTECOMM_CLOUD_STATE_EXPIRED
         || subscription->state == TTECOMM_CLOUD_STATE_REJECTED;
}

void
ttecomm_section_offer (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const char *service)
{
  const char *installation = ttecomm_viewer_installation (snapshot);
  g_autofree char *id = g_strconcat ("basket.add.", service, NULL);
  g_autofree char *reason = ttecomm_viewer_refusal (snapshot, service);
  g_autofree char *name = NULL;

  if (ttecomm_blocks_has (blocks, id))
    return;
  if (reason == NULL && ttecomm_viewer_in_basket (snapshot, installation, service))
    reason = ttecomm_text_format (snapshot->text, "refusal",
                                  "{service} is in the basket already; see below.", "service",
                                  ttecomm_viewer_product (snapshot, service), NULL);
  name = ttecomm_text_format (snapshot->text, "action", "Put {service} for {site} into the basket",
                              "service", ttecomm_viewer_product (snapshot, service), "site",
                              ttecomm_viewer_site (snapshot), NULL);
  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = id,
                                     .label = ttecomm_text_get (snapshot->text, "action", "Buy"),
                                     .name = name,
                                     .disabled_reason = reason,
                                     .promise = installation,
                                 });
}

static void
add_row (TtecommBlocks *blocks,
         const TtecommSnapshot *snapshot,
         const TtecommSubscription *subscription)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *action = g_strconcat ("basket.add.", subscription->service, NULL);
  g_autofree char *label = ttecomm_label (text, subscription->state, &subscription->end);
  g_autofree char *service
      = ttecomm_text_format (text, "subscriptions", "{name} ({reference})", "name",
                             subscription->name, "reference", subscription->order_reference, NULL);
  g_autofree char *until
      = g_date_valid (&subscription->end) ? ttecomm_text_date (text, &subscription->end) : NULL;
  g_autofree char *charge = subscription->next_charge != NULL
                                ? ttecomm_label_charge (text, subscription->next_charge)
                                : NULL;
  g_autofree char *payer
      = subscription->payer != NULL ? ttecomm_label_payer (text, subscription->payer) : NULL;
  const char *const actions[] = { is_on_offer (subscription) ? action : NULL, NULL };

  if (!ttecomm_blocks_begin_row (blocks, subscription->service))
    return;
  ttecomm_blocks_cell (blocks, service);
  ttecomm_blocks_status_cell (blocks, ttecomm_label_severity (subscription->state), label);
  ttecomm_blocks_cell (blocks, until != NULL ? until : "–");
  ttecomm_blocks_cell (blocks, charge != NULL ? charge : "–");
  ttecomm_blocks_cell (blocks, payer != NULL ? payer : "–");
  ttecomm_blocks_end_row (blocks, actions);
}

static void
add_table (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const GPtrArray *subscriptions = snapshot->info->subscriptions;
  const TtecommColumn columns[] = {
    { "service", ttecomm_text_get (text, "subscriptions", "Service") },
    { "state", ttecomm_text_get (text, "subscriptions", "State") },
    { "until", ttecomm_text_get (text, "subscriptions", "Until") },
    { "next-charge", ttecomm_text_get (text, "subscriptions", "Next charge") },
    { "payer", ttecomm_text_get (text, "subscriptions", "Payer") },
  };

  ttecomm_blocks_begin_table (blocks, "subscriptions", columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < subscriptions->len; i++)
    add_row (blocks, snapshot, subscriptions->pdata[i]);
  ttecomm_blocks_end_table (blocks);
  for (guint i = 0; i < subscriptions->len; i++)
    if (is_on_offer (subscriptions->pdata[i]))
      ttecomm_section_offer (blocks, snapshot,
                             ((TtecommSubscription *)subscriptions->pdata[i])->service);
}

/* Why there is no table. */
static const char *
tell_nothing (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const char *cut_off = ttecomm_viewer_cut_off (snapshot);

  if (!snapshot->project_open)
    return ttecomm_text_get (text, "subscriptions",
                             "Open a project to see the subscriptions of its installation.");
  if (snapshot->project_error != NULL)
    return ttecomm_text_get (text, "subscriptions",
                             "The subscriptions cannot be shown while the project cannot be read. "
                             "See the notice above.");
  if (snapshot->installation != NULL && snapshot->installation->name != NULL
      && !snapshot->installation->connected)
    return ttecomm_text_get (
        text, "subscriptions",
        "There are none: this installation has never been connected to TTcloud. "
        "Connect it first.");
  if (cut_off != NULL)
    return cut_off;
  if (snapshot->cloud_error != NULL)
    return ttecomm_text_get (text, "subscriptions",
                             "The subscriptions could not be asked for. Choose Refresh.");
  return ttecomm_text_get (text, "subscriptions",
                           "The subscriptions are being asked for. Wait a moment, or choose "
                           "Refresh.");
}

void
ttecomm_section_subscriptions (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  ttecomm_blocks_heading (blocks, "subscriptions.heading", 2,
                          ttecomm_text_get (text, "subscriptions", "Subscriptions"));
  if (snapshot->info == NULL)
    ttecomm_blocks_text (blocks, "subscriptions.unknown", tell_nothing (snapshot));
  else if (snapshot->info->subscriptions->len == 0)
    ttecomm_blocks_text (blocks, "subscriptions.none",
                         ttecomm_text_get (text, "subscriptions",
                                           "TTcloud offers no service for this installation. "
                                           "Contact support if you expect one."));
  else
    add_table (blocks, snapshot);
  if (snapshot->catalogue != NULL && snapshot->catalogue->fiction)
    ttecomm_blocks_text (blocks, "subscriptions.fiction",
                         ttecomm_text_get (text, "subscriptions",
                                           "All prices are invented: this is the sandbox, not a "
                                           "shop."));
}
