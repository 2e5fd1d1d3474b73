/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ttecomm_packed_join:
 * @texts: what can be said, a `context\004text` a line; the first line is empty
 * @translations: the same in another language, line by line, forms parted by NUL, an empty line for
 *   what it lacks; the first line is `Plural-Forms: ...`
 *
 * The languages lie in the resources as po/pack.py writes them, because the module has a budget of
 * its size: the English texts are half of a compiled catalogue, and the same in each. Thread: any.
 *
 * Returns: (transfer full): the catalogue (.mo) for ttecomm_messages_new(), not yet checked; %NULL
 *   when the two do not belong together
 */
GBytes *ttecomm_packed_join (GBytes *texts, GBytes *translations) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
