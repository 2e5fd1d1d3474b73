/* SPDX-License-Identifier: MIT */
#include "plugin/page/explain.h"

#include "plugin/page/viewer.h"

#include <string.h>

typedef enum
{
  LINK_NONE,
  LINK_ACCOUNT,
} Link;

typedef struct
{
  const char *name;
  const char *subject_context;
  const char *subject; /* what the action's name says it explains */
  const char *context;
  const char *words;
  Link link;
} Explanation;

static const Explanation explanations[] = {
  { "no-owner", TTECOMM_TEXT_MARK ("explain", "why an owner matters"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Without an owner nobody at {site} receives security and technical e-mails, nobody there can "
        "buy or manage subscriptions, and TTcloud may disconnect the installation. In PROSOFT, open "
        "Extra → Users and settings, give one person the cloud access owner with an e-mail address, "
        "and transmit."),
    LINK_NONE },
  { "card", TTECOMM_TEXT_MARK ("explain", "the card and the next charge"),
    TTECOMM_TEXT_MARK (
        "explain",
        "The renewal is charged one month before the end. A card that is no longer valid on that day "
        "is refused, and the service stops at its end date. Replace the card on the account page; "
        "nothing is charged by replacing it."),
    LINK_ACCOUNT },
  { "not-transmitted", TTECOMM_TEXT_MARK ("explain", "transmitting the roles"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Who is owner or system integrator counts in TTcloud only once this file has been "
        "transmitted. Until then TTcloud goes by the roles that were transmitted last. Connect to "
        "{site} and transmit the users, then choose Refresh."),
    LINK_NONE },
  { "not-in-file", TTECOMM_TEXT_MARK ("explain", "the address that is missing in the file"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Use one e-mail address: the TTcloud account must be the address of the owner or system "
        "integrator in Extra → Users and settings. Add the address there and transmit, or sign in "
        "with the account that the file names."),
    LINK_NONE },
  { "payer-leaves", TTECOMM_TEXT_MARK ("explain", "a payer without a role"),
    TTECOMM_TEXT_MARK (
        "explain",
        "The subscription goes on and its payer keeps paying until somebody else switches the renewal "
        "off and on again, which makes that person the payer. Do that before you take the role "
        "away, so that nobody pays for an installation they no longer look after."),
    LINK_NONE },
  { "several-payers", TTECOMM_TEXT_MARK ("explain", "several payers"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Different people may pay for the services of one installation, but that is "
        "easily overlooked when a card or a role changes. Normally one system integrator or the "
        "owner pays for all. Whoever switches a renewal on again becomes its payer."),
    LINK_NONE },
  { "file", TTECOMM_TEXT_MARK ("explain", "the file that cannot be read"),
    TTECOMM_TEXT_MARK (
        "explain",
        "The subscriptions belong to the installation of the open project, so the project must be "
        "readable first. Save it again with PROSOFT or open a backup. Nothing was changed in the "
        "file or in TTcloud."),
    LINK_NONE },
  { "protected", TTECOMM_TEXT_MARK ("explain", "the protected project"),
    TTECOMM_TEXT_MARK (
        "explain",
        "This project is protected by a password, so who is owner, system integrator or user cannot be "
        "read from it. That does not mean that nobody has a role: this page goes by the roles that "
        "TTcloud knows, as they were transmitted last. The password is asked for each time the "
        "project is opened, stays on this PC, and is not kept. One that is lost cannot be found "
        "again: it takes a factory reset of the central units and a new project."),
    LINK_NONE },
  { "never-connected", TTECOMM_TEXT_MARK ("explain", "connecting to TTcloud"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Subscriptions exist only for installations that are connected to TTcloud. Connect {site} to "
        "TTcloud with PROSOFT, transmit, and open the project again."),
    LINK_NONE },
  { "reconnect", TTECOMM_TEXT_MARK ("explain", "reconnecting to TTcloud"),
    TTECOMM_TEXT_MARK (
        "explain",
        "The central unit of {site} does not reach TTcloud. Check on site that it has power and "
        "internet, and that its network lets it out; it connects again by itself. An installation "
        "without an active owner is disconnected by TTcloud: see People and roles."),
    LINK_NONE },
  { "prosoft-old", TTECOMM_TEXT_MARK ("explain", "the PROSOFT version"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Open the project with the current PROSOFT and transmit it. The central unit then upgrades "
        "itself; that and its restart take 15 minutes at most. The subscriptions are not affected."),
    LINK_NONE },
  { "configuration", TTECOMM_TEXT_MARK ("explain", "the set-up"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Without its set-up this module does not talk to TTcloud at all: it could not tell TTcloud "
        "from somebody who pretends to be it. Update PROSOFT, or contact support with this message. "
        "Local work is not affected."),
    LINK_NONE },
  { "payment", TTECOMM_TEXT_MARK ("explain", "the payment that failed"),
    TTECOMM_TEXT_MARK (
        "explain",
        "The card of the payer was refused. The service runs until its end date; a good card on the "
        "payer's account page is charged by itself, and the end date moves on."),
    LINK_ACCOUNT },
  { "si-access", TTECOMM_TEXT_MARK ("explain", "the access of system integrators"),
    TTECOMM_TEXT_MARK (
        "explain",
        "The owner of {site} decides in TTcloud whether system integrators may open remote sessions. "
        "Ask the owner to switch the access on; nothing has to be transmitted."),
    LINK_NONE },
  { "role", TTECOMM_TEXT_MARK ("explain", "roles and remote sessions"),
    TTECOMM_TEXT_MARK (
        "explain",
        "A user has access with the ATMOS app only. Remote sessions and subscriptions are for the "
        "owner and the system integrators, as given in Extra → Users and settings. Ask one of them, "
        "or have your role changed there and transmitted."),
    LINK_NONE },
  { "check", TTECOMM_TEXT_MARK ("explain", "a check that could not be done"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Before each remote session TTcloud is asked whether Remote Services is on. When it does not "
        "answer and there is no recent answer to go by, the session is not opened, and nothing is "
        "said about your payment. Check the network of this PC, then try again. Local work is not "
        "affected."),
    LINK_NONE },
  { "renewal", TTECOMM_TEXT_MARK ("explain", "the renewal"),
    TTECOMM_TEXT_MARK (
        "explain",
        "With renewal off the service stops after its end date. Switch it on again on the account "
        "page; whoever does so becomes the payer, and the card is charged one month before the "
        "end."),
    LINK_ACCOUNT },
  { "support", TTECOMM_TEXT_MARK ("explain", "contacting support"),
    TTECOMM_TEXT_MARK (
        "explain",
        "Contact TELETASK support as usual. Mention the name of the installation and copy "
        "the details of the check; they hold no secrets."),
    LINK_ACCOUNT },
};

static const Explanation *
find (const char *id)
{
  if (!g_str_has_prefix (id, TTECOMM_EXPLAIN_PREFIX))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (explanations); i++)
    if (g_str_equal (explanations[i].name, id + strlen (TTECOMM_EXPLAIN_PREFIX)))
      return &explanations[i];
  return NULL;
}

gboolean
ttecomm_explain_exists (const char *id)
{
  return find (id) != NULL;
}

GStrv
ttecomm_explain_names (void)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (explanations); i++)
    g_strv_builder_add (names, explanations[i].name);
  return g_strv_builder_end (names);
}

static void
add_words (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const Explanation *explanation)
{
  g_autofree char *id = g_strconcat ("explanation.", explanation->name, NULL);
  g_autofree char *link_id = g_strconcat (id, ".link", NULL);
  g_autofree char *words = NULL;
  TtecommTextValue site = { "site", ttecomm_viewer_site (snapshot), FALSE };
  const char *pattern = ttecomm_text_get (snapshot->text, explanation->context, explanation->words);

  words = ttecomm_text_fill (pattern, &site, 1);
  ttecomm_blocks_text (blocks, id, words);
  if (explanation->link == LINK_ACCOUNT)
    ttecomm_blocks_link (blocks, link_id, ttecomm_text_get (snapshot->text, "link", "Account page"),
                         snapshot->account != NULL ? snapshot->account->account_url
                                                   : snapshot->ttecomm_url);
}

void
ttecomm_explain_add (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const char *id)
{
  const Explanation *explanation = find (id);
  const TtecommText *text = snapshot->text;
  g_autofree char *name = NULL;
  const char *subject;
  gboolean unfolded;

  g_return_if_fail (explanation != NULL);
  if (ttecomm_blocks_has (blocks, id))
    return;
  unfolded = snapshot->explained != NULL
             && g_strv_contains ((const char *const *)snapshot->explained, explanation->name);
  subject = ttecomm_text_get (text, explanation->subject_context, explanation->subject);
  if (unfolded)
    name = ttecomm_text_format (text, "explain", "Hide the explanation: {subject}", "subject",
                                subject, NULL);
  else
    name = ttecomm_text_format (text, "explain", "Explain: {subject}", "subject", subject, NULL);
  ttecomm_blocks_action (blocks,
                         &(TtecommActionSpec){
                             .id = id,
                             .label = unfolded ? ttecomm_text_get (text, "explain", "Hide")
                                               : ttecomm_text_get (text, "explain", "Explain"),
                             .name = name,
                         });
  if (unfolded)
    add_words (blocks, snapshot, explanation);
}
