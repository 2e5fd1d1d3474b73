/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A second reader of strict JSON, written apart from base/json-scan.c and as plainly as can be: it
 * recurses, compares every name with every other and builds what it reads. */

/* (transfer full) (nullable): NULL for what base/json.h says is refused */
JsonNode *reference_json_parse (const char *text, gsize length);

/* The same members in the same order with the same values; a number with a fraction or an exponent
 * is the same double. */
gboolean reference_json_equal (JsonNode *a, JsonNode *b);

G_END_DECLS
