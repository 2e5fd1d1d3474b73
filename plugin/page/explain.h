/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/blocks.h"

G_BEGIN_DECLS

/*
 * The explanations: what a notice or a refusal means and what to do about it, kept folded. The
 * action `explain.NAME` folds and unfolds the text block `explanation.NAME`; it is local, no one is
 * asked.
 */

#define TTECOMM_EXPLAIN_PREFIX "explain."

/* Whether there is an explanation for the action @id ("explain.no-owner"). */
gboolean ttecomm_explain_exists (const char *id);

/* The action, and the text when the snapshot has it unfolded. Once a page is enough. */
void ttecomm_explain_add (TtecommBlocks *blocks, const TtecommSnapshot *snapshot, const char *id);

/* Every NAME there is, up to a NULL. */
GStrv ttecomm_explain_names (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
