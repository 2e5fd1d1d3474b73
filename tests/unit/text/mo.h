/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One text of a catalogue to build; the first must be the header: no context, empty text. */
typedef struct
{
  const char *context; /* (nullable) */
  const char *one;
  const char *many;     /* (nullable): has plural forms */
  const char *forms[7]; /* up to the first NULL */
} MoText;

/* A compiled catalogue as msgfmt writes it; @swapped for a machine of the other byte order. */
GBytes *mo_build (const MoText *texts, gsize n_texts, gboolean swapped);

/* A loader that gives what is no catalogue. */
GBytes *mo_load_garbage (const char *language, gpointer data);

G_END_DECLS
