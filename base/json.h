/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Strict JSON: the one way in for everything that comes from outside (a server, a file, the host).
 *
 * json-glib alone cannot be trusted with such text: it overflows the stack on deep nesting, takes
 * comments, single quotes and duplicate members, answers 0 for a wrong type and leaks on malformed
 * input. So a scanner that refuses all of this runs first, and the getters below check the type,
 * the range and the length of what they hand out, and name the member in the error.
 *
 * Thread: any, nothing is shared. Unknown members are ignored.
 */

/* What is accepted at most, whatever max_bytes the caller states. */
#define TTECOMM_JSON_MAX_DEPTH 32
#define TTECOMM_JSON_MAX_VALUES 20000
/* json-glib's member table is not seeded: this keeps members chosen to collide cheap. */
#define TTECOMM_JSON_MAX_MEMBERS 2048

/**
 * TtecommJsonError:
 * @TTECOMM_JSON_ERROR_TOO_LARGE: more bytes, levels, values or members than allowed
 * @TTECOMM_JSON_ERROR_SYNTAX: not JSON as RFC 8259 has it
 * @TTECOMM_JSON_ERROR_ENCODING: not UTF-8, a byte order mark, a NUL, or half a surrogate pair
 * @TTECOMM_JSON_ERROR_DUPLICATE: a member occurs twice in one object, after unescaping
 * @TTECOMM_JSON_ERROR_NUMBER: a number that fits neither int64 nor a finite double
 * @TTECOMM_JSON_ERROR_MISSING: a required member is absent
 * @TTECOMM_JSON_ERROR_TYPE: a member or element has another type
 * @TTECOMM_JSON_ERROR_RANGE: a member is too long, too small or too large
 */
typedef enum
{
  TTECOMM_JSON_ERROR_TOO_LARGE,
  TTECOMM_JSON_ERROR_SYNTAX,
  TTECOMM_JSON_ERROR_ENCODING,
  TTECOMM_JSON_ERROR_DUPLICATE,
  TTECOMM_JSON_ERROR_NUMBER,
  TTECOMM_JSON_ERROR_MISSING,
  TTECOMM_JSON_ERROR_TYPE,
  TTECOMM_JSON_ERROR_RANGE,
} TtecommJsonError;

#define TTECOMM_JSON_ERROR (ttecomm_json_error_quark ())
GQuark ttecomm_json_error_quark (void);

/**
 * ttecomm_json_scan:
 * @text: (array length=length): need not be NUL-terminated
 * @max_bytes: the most bytes the caller is ready to take
 *
 * Checks @text without building anything: grammar, UTF-8, the limits above, duplicate members,
 * numbers. Integers (no fraction, no exponent) must fit int64, others a finite double. `\u0000` is
 * refused like a NUL byte, since C strings would end there. Errors give the offset in hex.
 */
gboolean ttecomm_json_scan (const char *text, gsize length, gsize max_bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_json_parse:
 *
 * ttecomm_json_scan(), then json-glib.
 *
 * Returns: (transfer full): the root, never %NULL without @error; free with json_node_unref()
 */
JsonNode *ttecomm_json_parse (const char *text, gsize length, gsize max_bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_json_parse_object:
 *
 * ttecomm_json_parse() for a text that must be an object (%TTECOMM_JSON_ERROR_TYPE otherwise).
 *
 * Returns: (transfer full): free with json_object_unref()
 */
JsonObject *ttecomm_json_parse_object (const char *text,
                                       gsize length,
                                       gsize max_bytes,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_json_parse_array:
 * @max_items: the most elements the caller is ready to take
 *
 * Returns: (transfer full): free with json_array_unref()
 */
JsonArray *ttecomm_json_parse_array (const char *text,
                                     gsize length,
                                     gsize max_bytes,
                                     guint max_items,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_json_to_text:
 *
 * The one way out: what json-glib writes, without its fault (it leaves U+001F unescaped, which no
 * strict reader takes). A number must be an integer: json-glib writes some doubles as what is no
 * JSON.
 *
 * Returns: (transfer full): one line, without a line break at its end
 */
char *ttecomm_json_to_text (JsonNode *root) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Required members: absent is MISSING, null is TYPE. What is handed out is borrowed from the
 * object. On FALSE, @out is untouched. @max_length is in bytes without the NUL; an integer is a
 * JSON number without fraction and exponent.
 */
gboolean ttecomm_json_get_string (JsonObject *object,
                                  const char *name,
                                  gsize max_length,
                                  const char **out,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_get_int (JsonObject *object,
                               const char *name,
                               gint64 min,
                               gint64 max,
                               gint64 *out,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_get_boolean (JsonObject *object,
                                   const char *name,
                                   gboolean *out,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_get_object (JsonObject *object,
                                  const char *name,
                                  JsonObject **out,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_get_array (JsonObject *object,
                                 const char *name,
                                 guint max_items,
                                 JsonArray **out,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Optional members: absent or null gives NULL (or @fallback) and TRUE; anything else as above. */
gboolean ttecomm_json_get_optional_string (JsonObject *object,
                                           const char *name,
                                           gsize max_length,
                                           const char **out,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_get_optional_int (JsonObject *object,
                                        const char *name,
                                        gint64 min,
                                        gint64 max,
                                        gint64 fallback,
                                        gint64 *out,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_get_optional_boolean (JsonObject *object,
                                            const char *name,
                                            gboolean fallback,
                                            gboolean *out,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_get_optional_object (JsonObject *object,
                                           const char *name,
                                           JsonObject **out,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_get_optional_array (JsonObject *object,
                                          const char *name,
                                          guint max_items,
                                          JsonArray **out,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Elements of an array; @index must be below json_array_get_length(). Borrowed. */
gboolean ttecomm_json_array_get_string (JsonArray *array,
                                        guint index,
                                        gsize max_length,
                                        const char **out,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_json_array_get_object (JsonArray *array,
                                        guint index,
                                        JsonObject **out,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
