/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Strings of a .nbt on their way to a page or a comparison. Pure functions; any thread. */

/**
 * ttecomm_clean_text:
 * @text: (nullable): UTF-8
 *
 * Control characters become spaces, since a name is one line on a page and in a log; spaces at
 * both ends go.
 *
 * Returns: (transfer full): %NULL for %NULL
 */
char *ttecomm_clean_text (const char *text);

/**
 * ttecomm_clean_address:
 * @address: (nullable): UTF-8
 *
 * The form in which addresses are compared (S40, H12): trimmed and case-folded.
 *
 * Returns: (transfer full) (nullable): %NULL when nothing is left
 */
char *ttecomm_clean_address (const char *address);

/*
 * A member's string, cleaned. A required one may be empty; an optional one that is absent, null or
 * empty is NULL. On FALSE @out is untouched.
 */
gboolean ttecomm_clean_take_text (JsonObject *object,
                                  const char *name,
                                  gsize max_length,
                                  char **out,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_clean_take_optional_text (JsonObject *object,
                                           const char *name,
                                           gsize max_length,
                                           char **out,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
