/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

#include "plugin/page/explain.h"
#include "plugin/page/viewer.h"
#include "plugin/text/when.h"

#include <string.h>

#define ADD_PREFIX "basket.add."

static TtecommSeverity
severity_of (const TtecommDecision *decision)
{
  switch (decision->outcome)
    {
    case 1:
      return TTECOMM_SEVERITY_GOOD;
    case 2:
      return TTECOMM_SEVERITY_INFO;
    case 4:
      return TTECOMM_SEVERITY_ERROR;
    default:
      return TTECOMM_SEVERITY_WARNING;
    }
}

static const char *
word_of (const TtecommText *text, const TtecommDecision *decision)
{
  switch (decision->outcome)
    {
    case 1:
    case 2:
      return ttecomm_text_get (text, "session", "may be opened");
    case 4:
      return ttecomm_text_get (text, "session", "refused");
    default:
      return ttecomm_text_get (text, "session", "not now");
    }
}

static char *
tell_decision (const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommDecision *decision = snapshot->decision;
  g_autofree char *when = NULL;
  const char *message = decision->message;

  if (message == NULL)
    message = decision->allowed
                  ? ttecomm_text_get (text, "session", "Remote Services is active.")
                  : ttecomm_text_get (text, "session", "The check was cancelled. Check again.");
  if (snapshot->decision_wall == 0)
    return g_strdup (message);
  when = ttecomm_text_instant (text, snapshot->decision_wall,
                               snapshot->now_wall != 0 ? snapshot->now_wall : G_MININT64);
  return ttecomm_text_fill (ttecomm_text_get (text, "session", "{message} (checked {when})"),
                            (const TtecommTextValue[]){ { "message", message, TRUE },
                                                        { "when", when, TRUE } },
                            2);
}

/* A button that is a local action stands here if nowhere else yet; what only a host's window can do
 * (date settings, update) is in the message. */
static void
add_button (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const TtecommButton *button)
{
  g_autofree char *id = g_strconcat ("session.", button->id, NULL);

  if (button->kind == TTECOMM_BUTTON_URI)
    ttecomm_blocks_link (blocks, id, button->label, button->target);
  else if (button->kind != TTECOMM_BUTTON_ACTION || button->target == NULL)
    return;
  else if (ttecomm_explain_exists (button->target))
    ttecomm_explain_add (blocks, snapshot, button->target);
  else if (g_str_has_prefix (button->target, ADD_PREFIX))
    ttecomm_section_offer (blocks, snapshot, button->target + strlen (ADD_PREFIX));
}

static void
add_last (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  const TtecommDecision *decision = snapshot->decision;
  g_autofree char *words = NULL;

  if (decision == NULL)
    {
      ttecomm_blocks_status (blocks, "session.last", TTECOMM_SEVERITY_NEUTRAL,
                             ttecomm_text_get (text, "session", "not checked yet"),
                             ttecomm_text_get (text, "session",
                                               "Choose Check now to see whether a remote session "
                                               "may be opened."));
      return;
    }
  words = tell_decision (snapshot);
  ttecomm_blocks_status (blocks, "session.last", severity_of (decision), word_of (text, decision),
                         words);
  for (guint i = 0; i < decision->buttons->len; i++)
    add_button (blocks, snapshot, decision->buttons->pdata[i]);
}

static const char *
check_refusal (const TtecommSnapshot *snapshot)
{
  if (snapshot->checking)
    return ttecomm_text_get (snapshot->text, "refusal", "A check runs already. Wait for it.");
  if (!snapshot->project_open)
    return ttecomm_text_get (snapshot->text, "refusal", "Open a project first.");
  return NULL;
}

void
ttecomm_section_session (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;
  g_autofree char *name = NULL;

  ttecomm_blocks_begin_group (blocks, "session",
                              ttecomm_text_get (text, "session", "Remote session"));
  add_last (blocks, snapshot);
  if (snapshot->checking)
    ttecomm_blocks_progress (blocks, "session.checking",
                             ttecomm_text_get (text, "session", "TTcloud is being asked."), NULL);
  name = ttecomm_text_format (text, "action",
                              "Check whether a remote session with {site} may be opened", "site",
                              ttecomm_viewer_site (snapshot), NULL);
  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = "session.check",
                                     .label = ttecomm_text_get (text, "action", "Check now"),
                                     .name = name,
                                     .disabled_reason = check_refusal (snapshot),
                                     .busy = snapshot->checking,
                                 });
  ttecomm_blocks_end_group (blocks);
}
