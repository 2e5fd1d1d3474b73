/* SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The kinds of member that openapi.yaml has, on top of base/json.h. For this room only. All fail
 * with a TTECOMM_JSON_ERROR that names the member and leave @out alone; strings are copied.
 */

#define TTECOMM_CHARS_UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define TTECOMM_CHARS_DIGIT "0123456789"
#define TTECOMM_CHARS_ALNUM TTECOMM_CHARS_UPPER "abcdefghijklmnopqrstuvwxyz" TTECOMM_CHARS_DIGIT
#define TTECOMM_CHARS_ID TTECOMM_CHARS_ALNUM "_-"

/* Names at most 200 bytes (openapi.yaml). */
#define TTECOMM_NAME_MAX 200
#define TTECOMM_EMAIL_MAX 254
#define TTECOMM_ID_MAX 64
#define TTECOMM_CENTS_MAX G_GINT64_CONSTANT (1000000000000)

/* min to max bytes, all of them in @chars. */
gboolean ttecomm_field_matches (const char *value, const char *chars, gsize min, gsize max);

/* Text for people: at most @max bytes, no control characters. */
gboolean ttecomm_field_text (JsonObject *object,
                             const char *name,
                             gsize max,
                             char **out,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_field_optional_text (JsonObject *object,
                                      const char *name,
                                      gsize max,
                                      char **out,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Text for machines: @min to @max bytes of @chars. */
gboolean ttecomm_field_word (JsonObject *object,
                             const char *name,
                             const char *chars,
                             gsize min,
                             gsize max,
                             char **out,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_field_optional_word (JsonObject *object,
                                      const char *name,
                                      const char *chars,
                                      gsize min,
                                      gsize max,
                                      char **out,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* ^[A-Za-z0-9_-]{1,64}$ */
gboolean ttecomm_field_id (JsonObject *object, const char *name, char **out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* ^[A-Z]{2,16}$ */
gboolean ttecomm_field_service (JsonObject *object, const char *name, char **out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* ^TSF[0-9]{5}$ */
gboolean ttecomm_field_order_reference (JsonObject *object,
                                        const char *name,
                                        char **out,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* ^[A-Z]{3}$ */
gboolean ttecomm_field_currency (JsonObject *object, const char *name, char out[4], GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* 0 to TTECOMM_CENTS_MAX */
gboolean ttecomm_field_cents (JsonObject *object, const char *name, gint64 *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* YYYY-MM-DD; the optional one gives an invalid date for none. */
gboolean ttecomm_field_date (JsonObject *object, const char *name, GDate *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_field_optional_date (JsonObject *object,
                                      const char *name,
                                      GDate *out,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* RFC 3339 in UTC ("Z"), as unix seconds; a fraction is dropped; the optional one gives -1. */
gboolean ttecomm_field_instant (JsonObject *object, const char *name, gint64 *out, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_field_optional_instant (JsonObject *object,
                                         const char *name,
                                         gint64 *out,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The index in @names (NULL ends it); the optional one gives -1. */
gboolean ttecomm_field_enum (JsonObject *object,
                             const char *name,
                             const char *const *names,
                             int *out,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_field_optional_enum (JsonObject *object,
                                      const char *name,
                                      const char *const *names,
                                      int *out,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* An array of them as bits; a word that comes twice counts once. */
gboolean ttecomm_field_set (JsonObject *object,
                            const char *name,
                            const char *const *names,
                            guint *out,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_field_optional_set (JsonObject *object,
                                     const char *name,
                                     const char *const *names,
                                     guint *out,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Texts of at most @max_bytes; absent or null gives an empty list for the optional one. */
gboolean ttecomm_field_strings (JsonObject *object,
                                const char *name,
                                guint max_items,
                                gsize max_bytes,
                                GStrv *out,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_field_optional_strings (JsonObject *object,
                                         const char *name,
                                         guint max_items,
                                         gsize max_bytes,
                                         GStrv *out,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef gpointer (*TtecommFieldParse) (JsonObject *object, GError **error);

/* An array of @min to @max objects, each through @parse; errors say which. */
gboolean ttecomm_field_list (JsonObject *object,
                             const char *name,
                             guint min,
                             guint max,
                             TtecommFieldParse parse,
                             GDestroyNotify free_item,
                             GPtrArray **out,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One object through @parse; the error says in which member. The optional one gives NULL. */
gboolean ttecomm_field_object (JsonObject *object,
                               const char *name,
                               TtecommFieldParse parse,
                               gpointer *out,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ttecomm_field_optional_object (JsonObject *object,
                                        const char *name,
                                        TtecommFieldParse parse,
                                        gpointer *out,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
