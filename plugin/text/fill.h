/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One named value of a text: {name} becomes value. Both borrowed. */
typedef struct
{
  const char *name;
  const char *value; /* (nullable): as if it were not given */
  gboolean is_text;  /* a finished text of this module, made of clean values: taken whole */
} TtecommTextValue;

/**
 * ttecomm_text_fill:
 * @pattern: text with placeholders, {name} of a-z and _
 * @values: (array length=n_values): what they stand for
 *
 * Replaces every placeholder in one pass: a value is plain text, cleaned (see clean.h) and never
 * looked into again, so "{site}" as the name of a site stays those six characters. Where a sentence
 * begins with a finished text, this gets a capital: "This installation is ...". A placeholder
 * without a value is a fault of the program or of a catalogue: it stays, with a warning.
 * Thread: any.
 *
 * Returns: (transfer full): the text
 */
char *ttecomm_text_fill (const char *pattern,
                         const TtecommTextValue *values,
                         gsize n_values) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
