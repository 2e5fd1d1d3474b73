/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A page as text for a terminal, at most @width columns where lines can be broken. With @ids each
 * action is followed by the id that invoke takes. Control characters are not passed on.
 * (transfer full) */
char *host_page_to_text (JsonObject *page, guint width, gboolean ids) G_GNUC_WARN_UNUSED_RESULT;

/* One block of it, and what it holds. (transfer full) */
char *
host_page_block_to_text (JsonObject *page, const char *id, guint width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
