/* SPDX-License-Identifier: MIT */
/*
 * The vectors tool: runs the rows of a file of inputs and expected outputs.
 *
 * A row is {"n", "fn", "terms", "in", "out"}. A room adds its functions in a file of its own,
 * vectors-ROOM.c, as a table of VectorEntry, and names the table in vectors.c.
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The member under which a row that names terms of sale is given their object. */
#define VECTORS_TERMS "@terms"

/*
 * Runs one row. `got` is what the row's function answers (transfer full). FALSE: the row itself is
 * wrong, or the answer cannot be computed; an error of the terms' own domain counts as the answer
 * "error:CODE".
 */
typedef gboolean (*VectorFn) (JsonObject *row, JsonNode **got, GError **error);

typedef struct
{
  const char *fn;
  VectorFn run;
} VectorEntry;

/* Tables, each ended by an entry without a name. */
extern const VectorEntry vectors_dates[];
extern const VectorEntry vectors_terms[];
extern const VectorEntry vectors_simulate[];
extern const VectorEntry vectors_gate[];

/* Answers. (transfer full); a JsonObject or JsonArray given is taken. */
JsonNode *vectors_node_string (const char *text);
JsonNode *vectors_node_int (gint64 value);
JsonNode *vectors_node_boolean (gboolean value);
JsonNode *vectors_node_date (const GDate *date); /* null for no date */
JsonNode *vectors_node_array (JsonArray *array);
JsonNode *vectors_node_object (JsonObject *object);

/* By value: members in any order, 1 equal to 1.0. */
gboolean vectors_node_equal (JsonNode *a, JsonNode *b);

/* On one line. (transfer full) */
char *vectors_node_print (JsonNode *node);

/*
 * Splits the text of an array into its elements and parses each strictly, so that the limits of
 * base/json.h hold for a row and not for the file. (transfer container) (element-type JsonNode)
 */
GPtrArray *
vectors_parse_rows (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
