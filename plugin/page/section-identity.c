/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/page/labels.h"
#include "plugin/page/viewer.h"
#include "plugin/text/when.h"

static void
add_fact (GPtrArray *rows, const char *label, char *value)
{
  g_ptr_array_add (rows, g_strdup (label));
  g_ptr_array_add (rows, value);
}

static char *
tell_installation (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  guint n_units;

  if (!snapshot->project_open)
    return g_strdup (ttecomm_text_get (text, "identity", "no project is open"));
  if (snapshot->installation == NULL)
    return g_strdup (snapshot->project_error != NULL
                         ? ttecomm_text_get (text, "identity", "the open project cannot be read")
                         : ttecomm_text_get (text, "identity", "the project is being read"));
  n_units = snapshot->installation->units->len;
  if (!snapshot->installation->roles_known || n_units == 0)
    return g_strdup (ttecomm_viewer_site (snapshot));
  return ttecomm_text_format_plural (text, "identity", "{site}, {n} central unit",
                                     "{site}, {n} central units", n_units, "site",
                                     ttecomm_viewer_site (snapshot), NULL);
}

static char *
tell_person (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const char *role = ttecomm_viewer_words (text, ttecomm_viewer_of (snapshot));

  if (snapshot->sign_in == TTECOMM_SIGNED_OUT)
    return g_strdup (ttecomm_text_get (text, "identity", "nobody"));
  if (snapshot->account == NULL && snapshot->sign_in_email != NULL)
    return g_strdup (snapshot->sign_in_email);
  if (snapshot->account == NULL)
    return g_strdup (snapshot->sign_in == TTECOMM_SIGNING_IN
                         ? ttecomm_text_get (text, "identity", "nobody yet; sign in in the browser")
                         : ttecomm_text_get (text, "identity", "your account is being asked for"));
  return ttecomm_text_format (text, "identity", "{email}, {role}", "email",
                              snapshot->account->email, "role", role, NULL);
}

static char *
tell_account (const TtecommSnapshot *snapshot)
{
  const TtecommAccount *account = snapshot->account;

  if (account->company == NULL || *account->company == '\0')
    return g_strdup (account->name);
  return ttecomm_text_format (snapshot->text, "identity", "{name}, {company}", "name",
                              account->name, "company", account->company, NULL);
}

static char *
tell_age (const TtecommSnapshot *snapshot)
{
  g_autofree char *ago = NULL;

  if (snapshot->now_wall == 0)
    return ttecomm_text_instant (snapshot->text, snapshot->asked_wall, G_MININT64);
  ago = ttecomm_text_ago (snapshot->text, snapshot->now_wall - snapshot->asked_wall);
  return g_steal_pointer (&ago);
}

static void
add_facts (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  add_fact (rows, ttecomm_text_get (text, "identity", "Installation"),
            tell_installation (snapshot));
  add_fact (rows, ttecomm_text_get (text, "identity", "Signed in as"), tell_person (snapshot));
  if (snapshot->account != NULL)
    add_fact (rows, ttecomm_text_get (text, "identity", "TTcloud account"),
              tell_account (snapshot));
  if (snapshot->account != NULL && snapshot->account->card != NULL)
    add_fact (rows, ttecomm_text_get (text, "identity", "Card"),
              ttecomm_label_card (text, snapshot->account->card));
  if (snapshot->asked_wall != 0 && snapshot->info != NULL)
    add_fact (rows, ttecomm_text_get (text, "identity", "Data from TTcloud"), tell_age (snapshot));
  ttecomm_blocks_facts (blocks, "identity", rows);
}

static void
add_sign_in (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  gboolean held = snapshot->account != NULL || snapshot->sign_in == TTECOMM_SIGNED_IN;
  gboolean again = snapshot->sign_in == TTECOMM_SIGN_IN_REFUSED;
  const char *label = held && !again ? ttecomm_text_get (text, "action", "Switch account")
                                     : ttecomm_text_get (text, "action", "Sign in");

  ttecomm_blocks_action (
      blocks,
      &(TtecommActionSpec){
          .id = "sign-in",
          .label = label,
          .name = held && !again
                      ? ttecomm_text_get (text, "action", "Sign in to TTcloud with another account")
                      : ttecomm_text_get (text, "action", "Sign in to TTcloud in the browser"),
          .style = held && !again ? TTECOMM_STYLE_NORMAL : TTECOMM_STYLE_PRIMARY,
          .disabled_reason
          = snapshot->config_error != NULL ? ttecomm_viewer_cut_off (snapshot) : NULL,
      });
}

static void
add_signing_in (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  ttecomm_blocks_progress (
      blocks, "signing-in",
      ttecomm_text_get (text, "identity",
                        "To sign in, go on in the browser window that has opened. Choose "
                        "Sign in once more to open it again."),
      "sign-in.cancel");
  ttecomm_blocks_action (blocks,
                         &(TtecommActionSpec){
                             .id = "sign-in.cancel",
                             .label = ttecomm_text_get (text, "action", "Cancel"),
                             .name = ttecomm_text_get (text, "action", "Cancel the sign-in"),
                         });
}

static void
add_links (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  g_autofree char *create = NULL;
  g_autofree char *forgot = NULL;

  if (snapshot->ttecomm_url == NULL)
    return;
  create = g_strconcat (snapshot->ttecomm_url, "/create-account", NULL);
  forgot = g_strconcat (snapshot->ttecomm_url, "/forgot-password", NULL);
  ttecomm_blocks_link (blocks, "create-account",
                       ttecomm_text_get (snapshot->text, "link", "Create an account"), create);
  ttecomm_blocks_link (blocks, "forgot-password",
                       ttecomm_text_get (snapshot->text, "link", "Forgot password"), forgot);
}

static void
add_refresh (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const char *reason = NULL;

  if (snapshot->refreshing)
    reason = ttecomm_text_get (text, "refusal", "TTcloud is being asked just now. Wait a moment.");
  else if (snapshot->config_error != NULL)
    reason = ttecomm_viewer_cut_off (snapshot);
  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = "refresh",
                                     .label = ttecomm_text_get (text, "action", "Refresh"),
                                     .name = ttecomm_text_get (text, "action",
                                                               "Ask TTcloud again for everything"),
                                     .disabled_reason = reason,
                                     .busy = snapshot->refreshing,
                                 });
}

void
ttecomm_section_identity (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  add_facts (blocks, snapshot);
  if (snapshot->sign_in == TTECOMM_SIGNING_IN)
    add_signing_in (blocks, snapshot);
  add_sign_in (blocks, snapshot);
  if (snapshot->account != NULL || snapshot->sign_in == TTECOMM_SIGNED_IN
      || snapshot->sign_in == TTECOMM_SIGN_IN_REFUSED)
    ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                       .id = "sign-out",
                                       .label = ttecomm_text_get (text, "action", "Sign out"),
                                       .name = ttecomm_text_get (text, "action",
                                                                 "Sign out of TTcloud on this PC"),
                                   });
  add_refresh (blocks, snapshot);
  if (snapshot->account == NULL && snapshot->sign_in != TTECOMM_SIGNED_IN)
    add_links (blocks, snapshot);
}
