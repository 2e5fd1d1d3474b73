/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/text/text.h"
#include "tests/unit/text/po-file.h"

G_BEGIN_DECLS

/**
 * pseudo_text_new:
 * @template: every text of the code
 *
 * A language that nobody speaks, in which every text is the English one with other letters: what
 * still has letters of A to Z did not come from the catalogue. Dates are told as in Brussels.
 *
 * Returns: (transfer full)
 */
TtecommText *pseudo_text_new (const PoFile *template);

/* @text with other letters, but for its placeholders. (transfer full) */
char *pseudo_translate (const char *text);

G_END_DECLS
