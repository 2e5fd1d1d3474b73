/* SPDX-License-Identifier: MIT */
/*
 * Strict JSON for the host: RFC 8259 by a scanner of its own, since a plug-in must not be judged by
 * the code that it was written with; json-glib builds the tree of what the scanner let through.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define HOST_JSON_ERROR (host_json_error_quark ())
GQuark host_json_error_quark (void);

typedef enum
{
  HOST_JSON_ERROR_SYNTAX, /* not RFC 8259, not UTF-8, too deep, a member twice */
  HOST_JSON_ERROR_MEMBER, /* missing, of another type or out of range */
} HostJsonError;

/* Nesting beyond this is refused: what builds and walks the tree is recursive. */
#define HOST_JSON_MAX_DEPTH 64

/* The root of `length` bytes; free with json_node_unref(). */
JsonNode *
host_json_parse (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for a text that must be an object; free with json_object_unref(). */
JsonObject *
host_json_parse_object (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A string member, borrowed. */
gboolean host_json_get_string (JsonObject *object,
                               const char *name,
                               const char **out,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* An integer member between the limits, both allowed. */
gboolean host_json_get_int (JsonObject *object,
                            const char *name,
                            gint64 least,
                            gint64 most,
                            gint64 *out,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* On one line, as any strict reader takes it. (transfer full) */
char *host_json_to_text (JsonNode *root) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
