/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most forms any language has. */
#define TTECOMM_PLURAL_MAX_FORMS 6

/**
 * TtecommPlural:
 *
 * Which of a text's plural forms goes with a number: the `Plural-Forms` of a catalogue, as
 * `nplurals=2; plural=(n != 1);`. Immutable. Thread: any.
 */
typedef struct _TtecommPlural TtecommPlural;

/**
 * ttecomm_plural_new:
 * @rule: (nullable): the value of `Plural-Forms`
 *
 * Takes the expressions that gettext knows (n, numbers, ?: || && == != < > <= >= + - * / % ! and
 * brackets), at most 512 bytes; for every number up to 1,000 the form must exist.
 *
 * Returns: (transfer full): or %NULL with %G_IO_ERROR_INVALID_DATA
 */
TtecommPlural *ttecomm_plural_new (const char *rule, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_plural_free (TtecommPlural *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TtecommPlural, ttecomm_plural_free)

guint ttecomm_plural_get_n_forms (const TtecommPlural *self);

/* The form of @n, always below ttecomm_plural_get_n_forms(). */
guint ttecomm_plural_get_form (const TtecommPlural *self, guint64 n);

G_END_DECLS
