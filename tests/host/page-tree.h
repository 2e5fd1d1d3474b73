/* SPDX-License-Identifier: MIT */
/* A rendered page as a tree of blocks: what is on it, and whether it keeps the rules. */
#pragma once

#include <json-glib/json-glib.h>

#include "tests/host/schema.h"

G_BEGIN_DECLS

/* Strict JSON of a page. @schema: (nullable): when given, the page is checked against it, and for
 * what a schema cannot say: ids that occur once, as many cells as columns, actions that exist. */
JsonObject *host_page_parse (const char *text, gsize length, HostSchema *schema, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* The block of that id, at any depth; NULL when it is not there. Borrowed. */
JsonObject *host_page_find (JsonObject *page, const char *id);

/* The blocks of a page or group; NULL for any other. Borrowed. */
JsonArray *host_page_get_blocks (JsonObject *object);

/* A string member of a block or page, "" when it is not there. Borrowed. */
const char *host_page_get_text (JsonObject *object, const char *member);

/* Whether it is an action that can be invoked now. @reason: (out) (optional): why not, borrowed. */
gboolean host_page_can_invoke (JsonObject *page, const char *action_id, const char **reason);

/* (element-type utf8 utf8): the ids of all actions that a row or notice of a page or block draws.
 * Borrows. */
GHashTable *host_page_collect_drawn (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
