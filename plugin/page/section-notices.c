/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "base/version.h"
#include "plugin/installation/clean.h"
#include "plugin/installation/roles.h"
#include "plugin/page/error-words.h"
#include "plugin/page/explain.h"
#include "plugin/page/labels.h"
#include "plugin/page/viewer.h"
#include "plugin/text/amount.h"
#include "plugin/text/when.h"

typedef struct
{
  TtecommSeverity severity;
  const char *id;
  char *text;         /* (owned) */
  const char *action; /* (nullable): an explanation, or an action of the identity section */
} Notice;

static void
notice_clear (gpointer data)
{
  g_free (((Notice *)data)->text);
}

/* Takes @text; NULL: nothing to say. */
static void
tell (GArray *notices, TtecommSeverity severity, const char *id, char *text, const char *action)
{
  const Notice notice = { severity, id, text, action };

  if (text != NULL)
    g_array_append_val (notices, notice);
}

static const TtecommSubscription *
subscription_at (const TtecommSnapshot *snapshot, guint i)
{
  return snapshot->info->subscriptions->pdata[i];
}

static guint
n_subscriptions (const TtecommSnapshot *snapshot)
{
  return snapshot->info != NULL ? snapshot->info->subscriptions->len : 0;
}

static char *
tell_offline (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *why = NULL;
  g_autofree char *ago = NULL;

  if (snapshot->cloud_error == NULL)
    return snapshot->state == TTECOMM_PAGE_OFFLINE ? g_strdup (
               ttecomm_text_get (text, "notice", "TTcloud could not be reached. Choose Refresh."))
                                                   : NULL;
  why = ttecomm_error_words (text, snapshot->cloud_error);
  if (snapshot->asked_wall == 0 || snapshot->info == NULL)
    return g_steal_pointer (&why);
  ago = snapshot->now_wall != 0 ? ttecomm_text_ago (text, snapshot->now_wall - snapshot->asked_wall)
                                : ttecomm_text_instant (text, snapshot->asked_wall, G_MININT64);
  return ttecomm_text_fill (
      ttecomm_text_get (text, "notice", "{why} What is shown is from the last answer: {ago}."),
      (const TtecommTextValue[]){ { "why", why, TRUE }, { "ago", ago, TRUE } }, 2);
}

/* What the person should know about where the sign-in is kept. */
static void
tell_of_keeping (GArray *notices, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  switch (snapshot->sign_in_trouble)
    {
    case TTECOMM_SIGN_IN_NOT_KEPT:
      tell (notices, TTECOMM_SEVERITY_WARNING, "sign-in-not-kept",
            g_strdup (ttecomm_text_get (
                text, "notice",
                "You will have to sign in again next time: this PC could not keep the sign-in.")),
            NULL);
      break;
    case TTECOMM_SIGN_IN_NOT_ERASED:
      tell (notices, TTECOMM_SEVERITY_INFO, "sign-in-not-erased",
            g_strdup (ttecomm_text_get (
                text, "notice",
                "You are signed out. This PC could not erase the sign-in that it kept, but TTcloud "
                "no longer accepts it: nobody can use it.")),
            NULL);
      break;
    case TTECOMM_SIGN_IN_NOT_ENDED:
      tell (notices, TTECOMM_SEVERITY_ERROR, "sign-in-not-ended",
            g_strdup (ttecomm_text_get (
                text, "notice",
                "You are signed out, but this PC could not erase the sign-in that it kept, and "
                "TTcloud could not be told. Go online, sign in and sign out once more.")),
            "sign-in");
      break;
    case TTECOMM_SIGN_IN_NO_TROUBLE:
    default:
      break;
    }
}

static void
tell_of_connection (GArray *notices, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  tell (notices, TTECOMM_SEVERITY_ERROR, "configuration", g_strdup (snapshot->config_error),
        "explain.configuration");
  if (snapshot->project_error != NULL)
    tell (notices, TTECOMM_SEVERITY_ERROR, "file",
          ttecomm_error_words (text, snapshot->project_error), "explain.file");
  if (snapshot->sign_in == TTECOMM_SIGN_IN_REFUSED)
    tell (notices, TTECOMM_SEVERITY_ERROR, "sign-in-again",
          g_strdup (
              ttecomm_text_get (text, "notice",
                                "TTcloud wants you to sign in again. Until then the page shows "
                                "what was known, and remote sessions open by their last check "
                                "while that is valid.")),
          "sign-in");
  else if (snapshot->sign_in_error != NULL && snapshot->sign_in != TTECOMM_SIGNING_IN)
    tell (notices, TTECOMM_SEVERITY_WARNING, "sign-in-failed",
          ttecomm_error_words (text, snapshot->sign_in_error), "sign-in");
  if (snapshot->config_error == NULL && snapshot->sign_in != TTECOMM_SIGNED_OUT
      && snapshot->sign_in != TTECOMM_SIGN_IN_REFUSED)
    tell (notices, TTECOMM_SEVERITY_WARNING, "offline", tell_offline (snapshot), "refresh");
}

/* S2: the version that transmitted last, against what the services ask for. */
static char *
tell_prosoft (const TtecommSnapshot *snapshot)
{
  for (guint i = 0; i < n_subscriptions (snapshot); i++)
    {
      g_autofree char *minimum = NULL;
      g_auto (GStrv) blockers
          = ttecomm_viewer_blockers (snapshot, subscription_at (snapshot, i)->service, &minimum);

      if (blockers != NULL && g_strv_contains ((const char *const *)blockers, "prosoft_too_old"))
        return ttecomm_text_format (snapshot->text, "notice",
                                    "{site} was last transmitted with PROSOFT {version}; "
                                    "subscriptions need {minimum} or newer. Transmit it with the "
                                    "current PROSOFT.",
                                    "site", ttecomm_viewer_site (snapshot), "version",
                                    snapshot->info->prosoft, "minimum", minimum, NULL);
    }
  return NULL;
}

static char *
tell_not_in_file (const TtecommSnapshot *snapshot)
{
  if (snapshot->account == NULL || !snapshot->installation->roles_known
      || ttecomm_viewer_of (snapshot) != TTECOMM_VIEWER_STRANGER)
    return NULL;
  return ttecomm_text_format (snapshot->text, "notice",
                              "{account} has no role in this project. Use the address of its owner "
                              "or system integrator, or add this one and transmit.",
                              "account", snapshot->account->email, NULL);
}

static void
tell_of_file (GArray *notices, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommInstallation *installation = snapshot->installation;

  if (installation->name != NULL && !installation->connected)
    tell (notices, TTECOMM_SEVERITY_WARNING, "never-connected",
          ttecomm_text_format (text, "notice",
                               "{site} has never been connected to TTcloud, so it cannot have "
                               "subscriptions. Connect it first.",
                               "site", installation->name, NULL),
          "explain.never-connected");
  if (ttecomm_roles_get_owner_state (installation) == TTECOMM_OWNER_MISSING)
    tell (notices, TTECOMM_SEVERITY_WARNING, "no-owner",
          g_strdup (ttecomm_text_get (text, "notice",
                                      "No owner is configured: nobody at the installation gets the "
                                      "technical e-mails, and TTcloud may disconnect it. Configure "
                                      "an owner with an e-mail address.")),
          "explain.no-owner");
  tell (notices, TTECOMM_SEVERITY_WARNING, "not-in-file", tell_not_in_file (snapshot),
        "explain.not-in-file");
  if (installation->roles_known && installation->connected && !installation->users_transmitted)
    tell (notices, TTECOMM_SEVERITY_WARNING, "not-transmitted",
          g_strdup (ttecomm_text_get (text, "notice",
                                      "The roles in this project have not been transmitted yet, so "
                                      "TTcloud goes by the earlier ones. Transmit the project.")),
          "explain.not-transmitted");
  if (!installation->roles_known)
    tell (notices, TTECOMM_SEVERITY_INFO, "protected",
          g_strdup (ttecomm_text_get (text, "notice",
                                      "This project is protected by a password. Enter it to see "
                                      "people and roles.")),
          "explain.protected");
}

/* S46: the card of the person who is signed in, against what it will be charged for. */
static char *
tell_card (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  if (snapshot->account == NULL || snapshot->account->card == NULL)
    return NULL;
  for (guint i = 0; i < n_subscriptions (snapshot); i++)
    {
      const TtecommSubscription *subscription = subscription_at (snapshot, i);
      g_autofree char *card = NULL;
      g_autofree char *charge = NULL;

      if (subscription->payer == NULL || !subscription->payer->you
          || subscription->next_charge == NULL
          || ttecomm_label_card_lives (snapshot->account->card, &subscription->next_charge->date))
        continue;
      card = ttecomm_label_card (text, snapshot->account->card);
      charge = ttecomm_label_charge (text, subscription->next_charge);
      return ttecomm_text_format (
          text, "notice",
          "Your card ({card}) will not be valid any more at the next charge "
          "for {service}: {charge}. Replace it on the account page.",
          "card", card, "service", subscription->name, "charge", charge, NULL);
    }
  return NULL;
}

static char *
tell_payment (const TtecommSnapshot *snapshot)
{
  for (guint i = 0; i < n_subscriptions (snapshot); i++)
    {
      const TtecommSubscription *subscription = subscription_at (snapshot, i);
      g_autofree char *until = NULL;

      if (subscription->state != TTECOMM_CLOUD_STATE_PAST_DUE || !g_date_valid (&subscription->end))
        continue;
      until = ttecomm_text_date (snapshot->text, &subscription->end);
      return ttecomm_text_format (
          snapshot->text, "notice",
          "The renewal payment for {service} did not succeed. It runs until "
          "{until}; its payer must replace the card before.",
          "service", subscription->name, "until", until, NULL);
    }
  return NULL;
}

/* C20: a payer who is no longer owner or integrator in this file. */
static char *
tell_payer_leaves (const TtecommSnapshot *snapshot)
{
  for (guint i = 0; i < n_subscriptions (snapshot); i++)
    {
      const TtecommSubscription *subscription = subscription_at (snapshot, i);
      TtecommRoles roles;

      if (subscription->payer == NULL || !subscription->auto_renew)
        continue;
      roles = ttecomm_roles_of (snapshot->installation, subscription->payer->email);
      if (roles.is_owner || roles.is_integrator)
        continue;
      return ttecomm_text_format (snapshot->text, "notice",
                                  "{payer} pays for {service} and is neither owner nor system "
                                  "integrator in this project. Let somebody else take over the "
                                  "payment first.",
                                  "payer",
                                  *subscription->payer->name != '\0' ? subscription->payer->name
                                                                     : subscription->payer->email,
                                  "service", subscription->name, NULL);
    }
  return NULL;
}

/* S74: more than one payer whose card is charged next. */
static char *
tell_several_payers (const TtecommSnapshot *snapshot)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *list = NULL;

  for (guint i = 0; i < n_subscriptions (snapshot); i++)
    {
      const TtecommPayer *payer = subscription_at (snapshot, i)->payer;
      char *address = payer != NULL ? ttecomm_clean_address (payer->email) : NULL;

      if (address != NULL && g_hash_table_add (seen, address))
        g_ptr_array_add (names, *payer->name != '\0' ? payer->name : payer->email);
    }
  if (names->len < 2)
    return NULL;
  g_ptr_array_add (names, NULL);
  list = ttecomm_text_list (snapshot->text, (const char *const *)names->pdata);
  return ttecomm_text_format (
      snapshot->text, "notice",
      "Several people pay for this installation: {names}. One payer for all "
      "is easier to keep in order.",
      "names", list, NULL);
}

static void
tell_of_subscriptions (GArray *notices, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  tell (notices, TTECOMM_SEVERITY_ERROR, "payment", tell_payment (snapshot), "explain.payment");
  tell (notices, TTECOMM_SEVERITY_ERROR, "prosoft-old", tell_prosoft (snapshot),
        "explain.prosoft-old");
  tell (notices, TTECOMM_SEVERITY_WARNING, "card", tell_card (snapshot), "explain.card");
  if (snapshot->installation != NULL && snapshot->installation->roles_known)
    tell (notices, TTECOMM_SEVERITY_WARNING, "payer-leaves", tell_payer_leaves (snapshot),
          "explain.payer-leaves");
  if (!snapshot->info->si_access && ttecomm_viewer_of (snapshot) == TTECOMM_VIEWER_INTEGRATOR)
    tell (
        notices, TTECOMM_SEVERITY_WARNING, "si-access",
        ttecomm_text_format (text, "notice",
                             "The owner of {site} has switched off access for system integrators. "
                             "Ask the owner.",
                             "site", ttecomm_viewer_site (snapshot), NULL),
        "explain.si-access");
  if (!snapshot->info->connected)
    tell (notices, TTECOMM_SEVERITY_WARNING, "not-connected",
          ttecomm_text_format (text, "notice",
                               "{site} is not connected to TTcloud just now. Check its power and "
                               "internet on site.",
                               "site", ttecomm_viewer_site (snapshot), NULL),
          "explain.reconnect");
  tell (notices, TTECOMM_SEVERITY_INFO, "several-payers", tell_several_payers (snapshot),
        "explain.several-payers");
}

static void
write_notices (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const GArray *notices)
{
  static const TtecommSeverity worst_first[]
      = { TTECOMM_SEVERITY_ERROR, TTECOMM_SEVERITY_WARNING, TTECOMM_SEVERITY_INFO };

  for (gsize s = 0; s < G_N_ELEMENTS (worst_first); s++)
    for (guint i = 0; i < notices->len; i++)
      {
        const Notice *notice = &g_array_index (notices, Notice, i);
        g_autofree char *id = g_strconcat ("notice.", notice->id, NULL);

        if (notice->severity != worst_first[s])
          continue;
        ttecomm_blocks_notice (blocks, id, notice->severity, notice->text, notice->action);
        if (notice->action != NULL && ttecomm_explain_exists (notice->action))
          ttecomm_explain_add (blocks, snapshot, notice->action);
      }
}

void
ttecomm_section_notices (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  g_autoptr (GArray) notices = g_array_new (FALSE, FALSE, sizeof (Notice));

  g_array_set_clear_func (notices, notice_clear);
  tell_of_connection (notices, snapshot);
  tell_of_keeping (notices, snapshot);
  if (snapshot->info != NULL)
    tell_of_subscriptions (notices, snapshot);
  if (snapshot->installation != NULL)
    tell_of_file (notices, snapshot);
  if (notices->len == 0)
    return;
  ttecomm_blocks_begin_group (blocks, "notices",
                              ttecomm_text_get (snapshot->text, "notice", "Notices"));
  write_notices (blocks, snapshot, notices);
  ttecomm_blocks_end_group (blocks);
}
