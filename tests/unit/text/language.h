/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/text/text.h"

G_BEGIN_DECLS

/* What the tests of each language that is compiled in have in common. */

#define LANGUAGE_NOON_18_SEP_2026 G_GINT64_CONSTANT (1789732800)

typedef struct
{
  gint64 cents;
  const char *currency; /* (nullable) */
  const char *expected;
} LanguageMoney;

typedef struct
{
  gint64 seconds;
  const char *expected;
} LanguageSpan;

/* (transfer full): @language as it is compiled in, in the zone of Brussels */
TtecommText *language_new (const char *language);

void language_take_equal (char *owned, const char *expected);

/* The host gets @language, "xx", for every tag of it, and English for what only looks like one. */
void language_check_tags (const char *language);

void language_check_money (const char *language, const LanguageMoney *rows, gsize n_rows);
void language_check_spans (const char *language, const LanguageSpan *rows, gsize n_rows);

/* A hostile name of an installation changes nothing around it. @before and @after: what stands
 * around {site} in "Remote Services is not activated yet for {site}." */
void language_check_names (const char *language, const char *before, const char *after);

/* R13: whatever the process speaks, @language says this, and the process speaks as it did. */
void language_check_process (const char *language,
                             const char *money,
                             const char *ago,
                             const char *refresh);

G_END_DECLS
