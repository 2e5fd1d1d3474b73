/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/json.h"
#include "base/secret.h"

G_BEGIN_DECLS

/**
 * ttecomm_json_take_secret:
 * @text: JSON from outside; changed in place
 * @max_bytes: the most bytes the caller is ready to take
 * @name: of a string member of the outermost object
 * @out: (out) (nullable): its characters, unescaped; %NULL when there is no such string
 *
 * Takes a secret out of a text before anything else reads it: json-glib would copy it to places
 * that nobody wipes. In @text, the characters between its quotes become asterisks; what is left is
 * still JSON. The text is judged by ttecomm_json_scan() first, so NUL can be no part of a secret.
 *
 * Returns: %FALSE when the text is no strict JSON; it is unchanged then
 */
gboolean ttecomm_json_take_secret (TtecommSecret *text,
                                   gsize max_bytes,
                                   const char *name,
                                   TtecommSecret **out,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
