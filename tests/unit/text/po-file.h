/* SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The most forms a text may have here, and one for the end. */
#define PO_MAX_FORMS 7

/* One text of a .po or .pot file. All strings are owned. */
typedef struct
{
  char *context; /* "" without one */
  char *one;
  char *many; /* (nullable): has plural forms */
  char *forms[PO_MAX_FORMS];
  gboolean is_fuzzy;
  gboolean is_obsolete; /* #~, which its tools keep for later */
} PoText;

typedef struct
{
  GPtrArray *texts; /* (owned) (element-type PoText): in the order of the file; not the header */
  char *header;     /* (owned): the translation of the empty text */
} PoFile;

/* Reads what the gettext tools write; (transfer full), or %NULL with G_IO_ERROR_INVALID_DATA that
 * names the line. */
PoFile *po_file_parse (const char *content, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void po_file_free (PoFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PoFile, po_file_free)

/* (nullable): the text that is not obsolete */
const PoText *po_file_find (const PoFile *self, const char *context, const char *one);

/* The number of forms that are there. */
guint po_text_count_forms (const PoText *text);

/* (transfer full) (nullable): the value of a field of the header, "Language" */
char *po_file_dup_field (const PoFile *self, const char *field);

G_END_DECLS
