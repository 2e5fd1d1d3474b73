/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The languages that pages speak, and which of them somebody wants. Pure: whatever a header or an
 * address says, the answer is one of these.
 */
typedef enum
{
  SANDBOX_LANGUAGE_UNKNOWN,
  SANDBOX_LANGUAGE_EN,
  SANDBOX_LANGUAGE_FR,
  SANDBOX_LANGUAGE_NL,
  SANDBOX_LANGUAGE_DE,
} SandboxLanguage;

#define SANDBOX_LAST_LANGUAGE SANDBOX_LANGUAGE_DE

/* "fr", and its own name of itself: "Français". Static. */
const char *sandbox_language_tag (SandboxLanguage language);
const char *sandbox_language_name (SandboxLanguage language);

/* Of a tag like "fr" or "nl-BE", in any case; (nullable). */
SandboxLanguage sandbox_language_from_tag (const char *tag);

/* Of a list of tags, the dearest first, with blanks between them: ui_locales of OpenID Connect.
 * (nullable). */
SandboxLanguage sandbox_language_from_list (const char *list);

/**
 * sandbox_language_negotiate:
 * @accept: (nullable): an Accept-Language header (RFC 9110, 12.5.4); 1024 bytes and 32 ranges of it
 *   are read, and a range that is not well formed is passed over
 *
 * Returns: the language with the highest weight, of equal ones the first; English when the header
 *   leaves the choice, or wants none of ours
 */
SandboxLanguage sandbox_language_negotiate (const char *accept);

/* (transfer full): "€72.60", "72,60 €", "€ 72,60". */
char *sandbox_language_money (SandboxLanguage language, gint64 cents) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): dd/mm/yyyy or dd.mm.yyyy of YYYY-MM-DD; "-" of anything else. */
char *sandbox_language_date (SandboxLanguage language, const char *iso) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
