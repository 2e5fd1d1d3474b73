/* SPDX-License-Identifier: MIT */
#include "plugin/page/sections.h"

/* Where the password of a protected project is asked for (H17). What is typed comes back with
 * lock.open and never stands on a page. */

static void
add_open (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  ttecomm_blocks_action (
      blocks,
      &(TtecommActionSpec){
          .id = "lock.open",
          .label = ttecomm_text_get (text, "action", "Open"),
          .name = ttecomm_text_get (text, "action", "Open the project with this password"),
          .style = TTECOMM_STYLE_PRIMARY,
          .disabled_reason
          = snapshot->unlocking
                ? ttecomm_text_get (text, "refusal", "A password is being checked. Wait a moment.")
                : NULL,
          .busy = snapshot->unlocking,
      });
}

static void
add_progress (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  ttecomm_blocks_progress (blocks, "lock.opening",
                           ttecomm_text_get (text, "lock", "The password is being checked."),
                           "lock.cancel");
  ttecomm_blocks_action (blocks, &(TtecommActionSpec){
                                     .id = "lock.cancel",
                                     .label = ttecomm_text_get (text, "action", "Cancel"),
                                     .name = ttecomm_text_get (text, "action",
                                                               "Do not open the project now"),
                                 });
}

void
ttecomm_section_lock (TtecommBlocks *blocks, const TtecommSnapshot *snapshot)
{
  const TtecommText *text = snapshot->text;

  if (snapshot->installation == NULL || !snapshot->installation->is_protected
      || snapshot->installation->roles_known)
    return;
  ttecomm_blocks_begin_group (blocks, "lock", ttecomm_text_get (text, "lock", "Protected project"));
  ttecomm_blocks_secret (blocks, "lock.password",
                         ttecomm_text_get (text, "lock", "Password of the project"),
                         snapshot->unlocking ? NULL
                                             : ttecomm_lock_words (text, snapshot->lock_trouble));
  if (snapshot->unlocking)
    add_progress (blocks, snapshot);
  add_open (blocks, snapshot);
  ttecomm_blocks_end_group (blocks);
}
