/* SPDX-License-Identifier: MIT */
#include "plugin/page/viewer.h"

#include "plugin/installation/roles.h"
#include "plugin/page/labels.h"
#include "plugin/page/offer.h"

static TtecommViewer
viewer_in_file (const TtecommSnapshot *snapshot)
{
  switch (ttecomm_roles_of (snapshot->installation, snapshot->account->email).role)
    {
    case TTECOMM_INSTALLATION_ROLE_OWNER:
      return TTECOMM_VIEWER_OWNER;
    case TTECOMM_INSTALLATION_ROLE_INTEGRATOR:
      return TTECOMM_VIEWER_INTEGRATOR;
    case TTECOMM_INSTALLATION_ROLE_USER:
      return TTECOMM_VIEWER_USER;
    case TTECOMM_INSTALLATION_ROLE_NONE:
      return TTECOMM_VIEWER_STRANGER;
    case TTECOMM_INSTALLATION_ROLE_UNKNOWN:
    default:
      return TTECOMM_VIEWER_UNKNOWN;
    }
}

static TtecommViewer
viewer_in_cloud (const TtecommInstallationInfo *info)
{
  switch (info->role)
    {
    case TTECOMM_CLOUD_ROLE_OWNER:
      return TTECOMM_VIEWER_OWNER;
    case TTECOMM_CLOUD_ROLE_INTEGRATOR:
      return TTECOMM_VIEWER_INTEGRATOR;
    case TTECOMM_CLOUD_ROLE_USER:
      return TTECOMM_VIEWER_USER;
    case TTECOMM_CLOUD_ROLE_UNKNOWN:
    default:
      return TTECOMM_VIEWER_UNKNOWN;
    }
}

TtecommViewer
ttecomm_viewer_of (const TtecommSnapshot *snapshot)
{
  TtecommViewer viewer = TTECOMM_VIEWER_UNKNOWN;

  if (snapshot->account == NULL)
    return viewer;
  if (snapshot->installation != NULL)
    viewer = viewer_in_file (snapshot);
  if (viewer == TTECOMM_VIEWER_UNKNOWN && snapshot->info != NULL)
    viewer = viewer_in_cloud (snapshot->info);
  return viewer;
}

const char *
ttecomm_viewer_role (TtecommViewer viewer)
{
  static const char *const names[] = { "unknown", "none", "user", "integrator", "owner" };

  return names[viewer];
}

const char *
ttecomm_viewer_words (const TtecommText *text, TtecommViewer viewer)
{
  switch (viewer)
    {
    case TTECOMM_VIEWER_OWNER:
      return ttecomm_text_get (text, "role", "owner");
    case TTECOMM_VIEWER_INTEGRATOR:
      return ttecomm_text_get (text, "role", "system integrator");
    case TTECOMM_VIEWER_USER:
      return ttecomm_text_get (text, "role", "user");
    case TTECOMM_VIEWER_STRANGER:
      return ttecomm_text_get (text, "role", "no role in this file");
    case TTECOMM_VIEWER_UNKNOWN:
    default:
      return ttecomm_text_get (text, "role", "role not known");
    }
}

const char *
ttecomm_viewer_site (const TtecommSnapshot *snapshot)
{
  const char *name = NULL;

  if (snapshot->installation != NULL)
    name = snapshot->installation->name;
  if (name == NULL && snapshot->info != NULL)
    name = snapshot->info->name;
  if (name == NULL || *name == '\0')
    name = ttecomm_text_get (snapshot->text, "identity", "this installation");
  return name;
}

static const TtecommProduct *
find_product (const TtecommSnapshot *snapshot, const char *service)
{
  return snapshot->catalogue != NULL ? ttecomm_catalogue_find (snapshot->catalogue, service) : NULL;
}

static const TtecommSubscription *
find_subscription (const TtecommSnapshot *snapshot, const char *service)
{
  return snapshot->info != NULL ? ttecomm_installation_info_find (snapshot->info, service) : NULL;
}

JsonObject *
ttecomm_viewer_terms (const TtecommSnapshot *snapshot, const char *service)
{
  const TtecommProduct *product = find_product (snapshot, service);
  JsonNode *node = NULL;

  if (product != NULL)
    node = json_object_get_member (snapshot->catalogue->terms, product->terms);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

const char *
ttecomm_viewer_product (const TtecommSnapshot *snapshot, const char *service)
{
  const TtecommSubscription *subscription = find_subscription (snapshot, service);
  const TtecommProduct *product = find_product (snapshot, service);

  if (subscription != NULL)
    return subscription->name;
  return product != NULL ? product->name : service;
}

static gboolean
is_running (const TtecommSubscription *subscription)
{
  switch (subscription->state)
    {
    case TTECOMM_CLOUD_STATE_ACTIVE:
    case TTECOMM_CLOUD_STATE_ENDING:
    case TTECOMM_CLOUD_STATE_PAST_DUE:
    case TTECOMM_CLOUD_STATE_SCHEDULED:
      return TRUE;
    case TTECOMM_CLOUD_STATE_NONE:
    case TTECOMM_CLOUD_STATE_REQUESTED:
    case TTECOMM_CLOUD_STATE_REJECTED:
    case TTECOMM_CLOUD_STATE_EXPIRED:
    default:
      return FALSE;
    }
}

GStrv
ttecomm_viewer_blockers (const TtecommSnapshot *snapshot, const char *service, char **minimum)
{
  const TtecommSubscription *subscription = find_subscription (snapshot, service);
  const TtecommAccount *account = snapshot->account;
  TtecommOfferBuyer buyer;

  *minimum = NULL;
  if (account == NULL || snapshot->info == NULL)
    return NULL;
  buyer = (TtecommOfferBuyer){
    .role = ttecomm_viewer_role (ttecomm_viewer_of (snapshot)),
    .prosoft = snapshot->info->prosoft,
    .connected = snapshot->info->connected,
    .verified_card = account->card != NULL && account->card->verified,
    .has_active = subscription != NULL && is_running (subscription),
    .account_complete = account->complete,
  };
  return ttecomm_offer_blockers (ttecomm_viewer_terms (snapshot, service), &buyer, minimum);
}

const char *
ttecomm_viewer_cut_off (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  if (snapshot->config_error != NULL)
    return ttecomm_text_get (text, "refusal",
                             "This PROSOFT is not set up for TTcloud; see the "
                             "notice above.");
  if (snapshot->sign_in == TTECOMM_SIGNED_OUT
      || (snapshot->sign_in == TTECOMM_SIGNING_IN && snapshot->account == NULL))
    return ttecomm_text_get (text, "refusal", "Sign in to TTcloud first.");
  if (snapshot->sign_in == TTECOMM_SIGN_IN_REFUSED)
    return ttecomm_text_get (text, "refusal",
                             "TTcloud wants you to sign in again. Choose Sign in.");
  if (snapshot->state == TTECOMM_PAGE_OFFLINE)
    return ttecomm_text_get (text, "refusal",
                             "TTcloud cannot be reached just now. Check the "
                             "network, then choose Refresh.");
  if (snapshot->account == NULL)
    return ttecomm_text_get (text, "refusal",
                             "Your account is still being asked for. Wait a "
                             "moment, or choose Refresh.");
  return NULL;
}

const char *
ttecomm_viewer_installation (const TtecommSnapshot *snapshot)
{
  return snapshot->installation != NULL ? snapshot->installation->ttcloud_id : NULL;
}

gboolean
ttecomm_viewer_in_basket (const TtecommSnapshot *snapshot,
                          const char *installation,
                          const char *service)
{
  return snapshot->purchase != NULL && installation != NULL
         && ttecomm_basket_lines_find (snapshot->purchase->lines, installation, service, NULL);
}

const char *
ttecomm_viewer_line_site (const TtecommSnapshot *snapshot, const TtecommBasketLine *line)
{
  if (g_strcmp0 (ttecomm_viewer_installation (snapshot), line->installation) == 0)
    return ttecomm_viewer_site (snapshot);
  return line->name != NULL ? line->name : line->installation;
}

gboolean
ttecomm_viewer_is_paying (const TtecommSnapshot *snapshot)
{
  return snapshot->purchase != NULL
         && (snapshot->purchase->state == TTECOMM_PURCHASE_ORDERING
             || snapshot->purchase->state == TTECOMM_PURCHASE_WAITING);
}

static char *
refuse_by_role (const TtecommSnapshot *snapshot)
{
  TtecommViewer viewer = ttecomm_viewer_of (snapshot);
  const char *site = ttecomm_viewer_site (snapshot);

  if (viewer == TTECOMM_VIEWER_OWNER || viewer == TTECOMM_VIEWER_INTEGRATOR)
    return NULL;
  if (viewer == TTECOMM_VIEWER_STRANGER)
    return ttecomm_text_format (snapshot->text, "refusal",
                                "{account} has no role in {site}. Add the address in Extra → Users "
                                "and settings and transmit, or sign in with another account.",
                                "account", snapshot->account->email, "site", site, NULL);
  if (viewer == TTECOMM_VIEWER_USER)
    return ttecomm_text_format (
        snapshot->text, "refusal",
        "Your role in {site} is user. Only its owner or a system integrator "
        "can buy; ask one of them.",
        "site", site, NULL);
  return ttecomm_text_format (
      snapshot->text, "refusal",
      "Your role in {site} is not known. Enter the password of the project, "
      "or transmit its users, then choose Refresh.",
      "site", site, NULL);
}

static char *
refuse_by_state (const TtecommSnapshot *snapshot, const TtecommSubscription *subscription)
{
  g_autofree char *label = NULL;

  if (ttecomm_offer_may_buy (ttecomm_viewer_terms (snapshot, subscription->service),
                             ttecomm_viewer_role (ttecomm_viewer_of (snapshot)),
                             ttecomm_cloud_state_to_string (subscription->state)))
    return NULL;
  if (ttecomm_viewer_terms (snapshot, subscription->service) == NULL)
    return g_strdup (ttecomm_text_get (snapshot->text, "refusal",
                                       "Its terms of sale are not known. Choose Refresh."));
  label = ttecomm_label (snapshot->text, subscription->state, &subscription->end);
  return ttecomm_text_format (snapshot->text, "refusal",
                              "{service} cannot be bought now: {label}. Choose Refresh if this is "
                              "not what you expect.",
                              "service", subscription->name, "label", label, NULL);
}

char *
ttecomm_viewer_refusal (const TtecommSnapshot *snapshot, const char *service)
{
  const TtecommSubscription *subscription = find_subscription (snapshot, service);
  const char *cut_off = ttecomm_viewer_cut_off (snapshot);
  char *reason;

  if (cut_off != NULL)
    return g_strdup (cut_off);
  if (snapshot->installation != NULL && !snapshot->installation->connected
      && snapshot->installation->name != NULL)
    return ttecomm_text_format (snapshot->text, "refusal",
                                "{site} has never been connected to TTcloud. Connect it first.",
                                "site", ttecomm_viewer_site (snapshot), NULL);
  if (ttecomm_viewer_is_paying (snapshot))
    return g_strdup (
        ttecomm_text_get (snapshot->text, "refusal",
                          "A payment is under way. Finish it in the browser, or cancel "
                          "the order."));
  if (subscription == NULL)
    return g_strdup (ttecomm_text_get (snapshot->text, "refusal",
                                       "The subscriptions are not known yet. Choose Refresh."));
  reason = refuse_by_role (snapshot);
  return reason != NULL ? reason : refuse_by_state (snapshot, subscription);
}
