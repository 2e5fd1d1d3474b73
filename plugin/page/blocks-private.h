/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/page/blocks.h"
#include "plugin/page/json-writer.h"

G_BEGIN_DECLS

/* The longest text of a page, in characters; the schema allows 8,192 bytes. */
#define TTECOMM_BLOCKS_MAX_CHARS 2000

/* For blocks.c and blocks-table.c. */
struct _TtecommBlocks
{
  const TtecommText *text; /* borrowed */
  TtecommJsonWriter json;
  GHashTable *ids;     /* (owned) (element-type utf8): of all blocks so far */
  GHashTable *actions; /* (owned) (nullable) (element-type utf8 TtecommPageAction) */
  guint n_rows;        /* of all tables so far */

  /* The table that is being written. */
  GHashTable *row_ids;  /* (owned) (nullable) (element-type utf8) */
  GString *table_words; /* (owned) (nullable): its fallback_text so far */
  guint n_table_rows;
  gboolean row_is_new; /* no cell of the row is there yet */
};

/* FALSE: the page has a block of this id already. */
gboolean ttecomm_blocks_begin (TtecommBlocks *self,
                               const char *id,
                               const char *type) G_GNUC_WARN_UNUSED_RESULT;
void ttecomm_blocks_end (TtecommBlocks *self, const char *fallback);
/* A string member, cleaned. */
void ttecomm_blocks_put (TtecommBlocks *self, const char *name, const char *text);
void ttecomm_blocks_put_ids (TtecommBlocks *self, const char *name, const char *const *ids);
char *ttecomm_blocks_clean (const char *text) G_GNUC_WARN_UNUSED_RESULT;
const char *ttecomm_blocks_severity_name (TtecommSeverity severity);

G_END_DECLS
