/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/terms/terms.h"

G_BEGIN_DECLS

/*
 * The kinds of members terms of sale are made of, for terms-parse.c only. As the getters of
 * base/json.h: errors name the member, and on FALSE @out is untouched unless said otherwise.
 */

#define TTECOMM_MEMBER_MAX_TEXT 64
#define TTECOMM_MEMBER_MAX_DAYS 3660

/* Sets @error to 'member "name" why'. Always FALSE. */
gboolean
ttecomm_member_refuse (GError **error, TtecommTermsError code, const char *name, const char *why);

/* A text that is not empty. (transfer full) */
gboolean ttecomm_member_get_text (JsonObject *object, const char *name, char **out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* NULL when it is null or absent. (transfer full) */
gboolean ttecomm_member_get_optional_text (JsonObject *object,
                                           const char *name,
                                           char **out,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One word of a closed list; @words ends with NULL, @out is the word's index. */
gboolean ttecomm_member_get_word (JsonObject *object,
                                  const char *name,
                                  const char *const *words,
                                  guint *out,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An array of texts. (transfer full) */
gboolean ttecomm_member_get_texts (JsonObject *object, const char *name, GStrv *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* {"months": n} or {"days": n}, exactly one of them; none when it is null or absent. On FALSE @out
 * is none. */
gboolean ttecomm_member_get_offset (JsonObject *object,
                                    const char *name,
                                    TtecommOffset *out,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
