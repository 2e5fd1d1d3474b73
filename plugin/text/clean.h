/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many characters of one value a text shows; a name of TTcloud has at most 200 bytes. */
#define TTECOMM_TEXT_VALUE_CHARS 200

/**
 * ttecomm_text_clean:
 * @text: (nullable): from outside, perhaps not even UTF-8
 * @max_chars: at least 1
 *
 * Makes one harmless line of plain text: control characters and line separators become spaces,
 * characters that reorder or hide text (bidirectional controls, zero-width marks, noncharacters)
 * become U+FFFD, so that a name cannot pass for another one; spaces at both ends go; what is longer
 * than
 * @max_chars ends with an ellipsis. Thread: any.
 *
 * Returns: (transfer full): never %NULL, perhaps empty
 */
char *ttecomm_text_clean (const char *text, gsize max_chars) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
