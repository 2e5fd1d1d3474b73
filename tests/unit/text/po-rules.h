/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/unit/text/po-file.h"

G_BEGIN_DECLS

/**
 * po_rules_check:
 * @template: every text of the code, as po/template writes it
 * @catalogue: (nullable): a language; %NULL to look at the English texts only
 * @language: its name, "fr"
 *
 * Complaints as `RULE: context: "text": what is wrong`. The rules:
 *
 *   header        the language, UTF-8, and plural forms that can be computed
 *   missing       every text of the code is there
 *   unknown       and no other, nor a text twice
 *   obsolete      nothing is kept for later
 *   fuzzy         nothing is a guess
 *   empty         nothing is left out
 *   forms         as many forms as the language has
 *   placeholders  the same {names} in every form
 *   spaces        the same at both ends, and no two together
 *   markup        texts are plain: no tags, entities, control characters
 *   ending        the same kind of punctuation at the end
 *   untranslated  no text is as in English, but for some single words
 *   names         products are called what they are called
 *   typography    spaces, quotes and numbers as the language prints them
 *   formality     the person is "vous", "u", "Sie"
 *   spelling      words that are often written wrongly
 *
 * Returns: (transfer full) (element-type utf8)
 */
GPtrArray *po_rules_check (const PoFile *template,
                           const PoFile *catalogue,
                           const char *language) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
