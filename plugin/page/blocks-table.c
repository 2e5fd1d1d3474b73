/* SPDX-License-Identifier: MIT */
#include "plugin/page/blocks.h"

#include "plugin/page/blocks-private.h"

#include <string.h>

/* Rows that the fallback_text of a table repeats. */
#define FALLBACK_ROWS 10
#define MAX_ROW_ID 100

void
ttecomm_blocks_begin_table (TtecommBlocks *self,
                            const char *id,
                            const TtecommColumn *columns,
                            gsize n_columns)
{
  gboolean is_new = ttecomm_blocks_begin (self, id, "table");

  g_return_if_fail (is_new && self->row_ids == NULL);
  self->row_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->table_words = g_string_new (NULL);
  self->n_table_rows = 0;
  ttecomm_json_writer_begin (&self->json, "columns", '[');
  for (gsize i = 0; i < n_columns; i++)
    {
      ttecomm_json_writer_begin (&self->json, NULL, '{');
      ttecomm_json_writer_string (&self->json, "id", columns[i].id);
      ttecomm_blocks_put (self, "title", columns[i].title);
      ttecomm_json_writer_end (&self->json, '}');
      g_string_append_printf (self->table_words, "%s%s", i > 0 ? ", " : "", columns[i].title);
    }
  ttecomm_json_writer_end (&self->json, ']');
  ttecomm_json_writer_begin (&self->json, "rows", '[');
}

static gboolean
is_fit (const char *id)
{
  if (!g_ascii_isalnum (*id) || strnlen (id, MAX_ROW_ID + 1) > MAX_ROW_ID)
    return FALSE;
  for (const char *p = id; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("._-", *p) == NULL)
      return FALSE;
  return TRUE;
}

/* An id of the schema's alphabet; the same for the same input, so that it is stable. A ':' is in no
 * fit id, so what is made here never meets one. */
static const char *
take_row_id (TtecommBlocks *self, const char *id)
{
  g_autofree char *base = NULL;
  g_autofree char *hash = NULL;
  char *unique;

  if (is_fit (id))
    base = g_strdup (id);
  else
    {
      hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
      base = g_strdup_printf ("x:%.16s", hash);
    }
  unique = g_strdup (base);
  for (guint n = 2; g_hash_table_contains (self->row_ids, unique); n++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s:%u", base, n);
    }
  g_hash_table_add (self->row_ids, unique);
  return unique;
}

guint
ttecomm_blocks_rows_left (const TtecommBlocks *self)
{
  return TTECOMM_BLOCKS_MAX_ROWS - self->n_rows;
}

gboolean
ttecomm_blocks_begin_row (TtecommBlocks *self, const char *id)
{
  if (self->n_rows >= TTECOMM_BLOCKS_MAX_ROWS)
    return FALSE;
  self->n_rows++;
  self->n_table_rows++;
  self->row_is_new = TRUE;
  ttecomm_json_writer_begin (&self->json, NULL, '{');
  ttecomm_json_writer_string (&self->json, "id", take_row_id (self, id));
  ttecomm_json_writer_begin (&self->json, "cells", '[');
  return TRUE;
}

static void
put_cell (TtecommBlocks *self, const char *name, const char *text)
{
  g_autofree char *clean = ttecomm_blocks_clean (text);

  ttecomm_json_writer_string (&self->json, name, clean);
  if (self->n_table_rows <= FALLBACK_ROWS)
    {
      g_string_append (self->table_words, self->row_is_new
                                              ? ttecomm_text_get (self->text, "between parts", "; ")
                                              : ", ");
      g_string_append (self->table_words, clean);
    }
  self->row_is_new = FALSE;
}

void
ttecomm_blocks_cell (TtecommBlocks *self, const char *text)
{
  put_cell (self, NULL, text);
}

void
ttecomm_blocks_status_cell (TtecommBlocks *self, TtecommSeverity severity, const char *text)
{
  ttecomm_json_writer_begin (&self->json, NULL, '{');
  ttecomm_json_writer_string (&self->json, "status", ttecomm_blocks_severity_name (severity));
  put_cell (self, "text", text);
  ttecomm_json_writer_end (&self->json, '}');
}

void
ttecomm_blocks_end_row (TtecommBlocks *self, const char *const *actions)
{
  ttecomm_json_writer_end (&self->json, ']');
  if (actions != NULL && actions[0] != NULL)
    ttecomm_blocks_put_ids (self, "actions", actions);
  ttecomm_json_writer_end (&self->json, '}');
}

void
ttecomm_blocks_end_table (TtecommBlocks *self)
{
  ttecomm_json_writer_end (&self->json, ']');
  if (self->n_table_rows > FALLBACK_ROWS)
    g_string_append (self->table_words, "; …");
  ttecomm_blocks_end (self, self->table_words->str);
  g_clear_pointer (&self->row_ids, g_hash_table_unref);
  g_string_free (g_steal_pointer (&self->table_words), TRUE);
}
