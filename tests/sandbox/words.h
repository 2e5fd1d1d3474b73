/* SPDX-License-Identifier: MIT */
#pragma once

#include "tests/sandbox/language.h"

G_BEGIN_DECLS

/*
 * What pages say, in each language: one WORD (NAME, English, French, Dutch, German) for each text
 * in the lists below. A placeholder is {name}.
 */
typedef enum
{
#define WORD(name, en, fr, nl, de) SANDBOX_WORD_##name,
#include "tests/sandbox/words-account.h"
#include "tests/sandbox/words-checkout.h"
#include "tests/sandbox/words-pages.h"
#undef WORD
  SANDBOX_N_WORDS,
} SandboxWord;

/* Static: as it stands in the list, and what the list calls it. */
const char *sandbox_word (SandboxWord word, SandboxLanguage language);
const char *sandbox_word_id (SandboxWord word);

/* (transfer full): the text as a person reads it, with each {NAME} replaced by its value. Values
 * are pairs of NAME, VALUE and end with NULL; a value stays what it is, braces included. */
char *sandbox_word_fill (SandboxWord word,
                         SandboxLanguage language,
                         ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
char *sandbox_word_fill_valist (SandboxWord word,
                                SandboxLanguage language,
                                va_list values) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
