/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/page.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Asserts what api/prosoft/page.schema.json and design.md say of a page: members and their types
 * for every block, ids of the right form and the only one of their kind, cells as many as columns,
 * a reason for every disabled action, actions that exist and are drawn once, no markup and no
 * control character in any text, no more rows than allowed. Also that the table of actions says the
 * same.
 */
void schema_check (const TtecommPage *page);

/* All ids of blocks and rows ("table/row"), in order. (transfer full) (element-type utf8) */
GPtrArray *schema_ids (const TtecommPage *page);

/* The type of every block by its id. (transfer full) (element-type utf8 utf8) */
GHashTable *schema_types (const TtecommPage *page);

/* (transfer full) */
JsonNode *schema_parse (const TtecommPage *page);

/* The block of this id, or NULL. (transfer full) */
JsonObject *schema_find (const TtecommPage *page, const char *id);

G_END_DECLS
