/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/text/fill.h"

G_BEGIN_DECLS

/**
 * TtecommText:
 *
 * What the module says, in one language. Every text is written in the code in English, with a
 * context that says where it stands, and looked up in the catalogue of the language; what a
 * catalogue lacks is said in English. Nothing process-wide is used or changed (R13): no
 * setlocale(), no LANGUAGE.
 *
 * Immutable and reference counted atomically. Thread: any.
 */
typedef struct _TtecommText TtecommText;

/* Where catalogues come from: the compiled catalogue (.mo) of "fr" or "nl-be", or %NULL. */
typedef GBytes *(*TtecommTextLoader) (const char *language, gpointer data);

/**
 * ttecomm_text_new:
 * @locale: (nullable): BCP 47 as the host says it, "nl-BE"; anything unusable is English
 *
 * With the catalogues among the resources (text/LANGUAGE) and the PC's own time zone.
 */
TtecommText *ttecomm_text_new (const char *locale);

/* As ttecomm_text_new(), in another zone. */
TtecommText *ttecomm_text_new_in_zone (const char *locale, GTimeZone *zone);

/**
 * ttecomm_text_new_full:
 * @loader: (nullable): asked for "nl-be", then for "nl"; never for English. A catalogue that
 *   cannot be read counts as none
 * @zone: (nullable): in which instants are told; the PC's own when %NULL
 */
TtecommText *ttecomm_text_new_full (const char *locale,
                                    TtecommTextLoader loader,
                                    gpointer data,
                                    GTimeZone *zone);
TtecommText *ttecomm_text_ref (TtecommText *self);
void ttecomm_text_unref (TtecommText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommText, ttecomm_text_unref)

/* The language of the catalogue in use, "en" without one. */
const char *ttecomm_text_get_language (const TtecommText *self);
GTimeZone *ttecomm_text_get_zone (const TtecommText *self);

/* Marks a pair { context, text } of a table for ./dev texts; looked up later with
 * ttecomm_text_get().
 */
#define TTECOMM_TEXT_MARK(context, text) context, text

/**
 * ttecomm_text_get:
 * @context: where the text stands, "gate" or "basket"
 * @text: the English text
 *
 * Returns: (transfer none): lives as long as @self and @text
 */
const char *ttecomm_text_get (const TtecommText *self, const char *context, const char *text);

/* As ttecomm_text_get(), in the form that goes with @n. */
const char *ttecomm_text_get_plural (const TtecommText *self,
                                     const char *context,
                                     const char *one,
                                     const char *many,
                                     guint64 n);

/**
 * ttecomm_text_format:
 * @...: name, value, name, value, ..., %NULL: see ttecomm_text_fill()
 *
 * Returns: (transfer full)
 */
char *ttecomm_text_format (const TtecommText *self, const char *context, const char *text, ...)
    G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

/* As ttecomm_text_format(); {n} is @n as the language writes numbers. */
char *ttecomm_text_format_plural (const TtecommText *self,
                                  const char *context,
                                  const char *one,
                                  const char *many,
                                  guint64 n,
                                  ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
