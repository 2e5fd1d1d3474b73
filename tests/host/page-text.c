/* SPDX-License-Identifier: MIT */
#include "tests/host/page-text.h"

#include "tests/host/page-tree.h"

#define INDENT 2

typedef struct
{
  JsonObject *page;  /* (unowned) */
  GHashTable *drawn; /* (owned): actions that a row or notice draws */
  GString *out;      /* (owned) */
  guint width;
  gboolean ids;
} Writer;

typedef void (*BlockFunc) (Writer *writer, JsonObject *block, guint indent);

static void write_blocks (Writer *writer, JsonObject *object, guint indent);

/* --- lines ------------------------------------------------------------------------------------ */

static guint
columns_of (const char *text)
{
  guint columns = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_iszerowidth (c))
        columns += g_unichar_iswide (c) ? 2 : 1;
    }
  return columns;
}

/* Plain text is what a page promises; a terminal must not be told to do anything. */
static char *
tame (const char *text)
{
  g_autoptr (GString) tamed = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (tamed, c != '\n' && g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (g_steal_pointer (&tamed), FALSE);
}

static void
pad (GString *out, guint columns)
{
  for (guint i = 0; i < columns; i++)
    g_string_append_c (out, ' ');
}

/* @first before the first line, its width in blanks before the next ones. */
static void
write_wrapped (Writer *writer, guint indent, const char *first, const char *text)
{
  g_autofree char *tamed = tame (text);
  /* An empty text is one empty line. */
  g_auto (GStrv) lines = g_strsplit (*tamed != '\0' ? tamed : " ", "\n", -1);
  guint start = indent + columns_of (first);

  for (guint l = 0; lines[l] != NULL; l++)
    {
      g_auto (GStrv) words = g_strsplit (lines[l], " ", -1);
      guint column = start;

      pad (writer->out, l == 0 ? indent : start);
      if (l == 0)
        g_string_append (writer->out, first);
      for (guint i = 0; words[i] != NULL; i++)
        {
          guint size = columns_of (words[i]);

          if (column > start && column + 1 + size > writer->width)
            {
              g_string_append_c (writer->out, '\n');
              pad (writer->out, start);
              column = start;
            }
          else if (column > start)
            {
              g_string_append_c (writer->out, ' ');
              column++;
            }
          g_string_append (writer->out, words[i]);
          column += size;
        }
      while (g_str_has_suffix (writer->out->str, " "))
        g_string_truncate (writer->out, writer->out->len - 1);
      g_string_append_c (writer->out, '\n');
    }
}

static const char *
symbol_of (const char *severity)
{
  if (g_str_equal (severity, "good"))
    return "✓";
  if (g_str_equal (severity, "info"))
    return "i";
  if (g_str_equal (severity, "warning"))
    return "!";
  return g_str_equal (severity, "error") ? "✗" : "·";
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
write_action (Writer *writer, JsonObject *block, guint indent)
{
  const char *id = host_page_get_text (block, "id");
  g_autofree char *label = tame (host_page_get_text (block, "label"));
  gboolean enabled = json_object_get_boolean_member_with_default (block, "enabled", FALSE);
  gboolean busy = json_object_get_boolean_member_with_default (block, "busy", FALSE);
  g_autofree char *shown
      = g_strdup_printf ("[%s]%s%s%s%s ", label, busy ? " …" : "", writer->ids ? " <" : "",
                         writer->ids ? id : "", writer->ids ? ">" : "");

  if (enabled)
    write_wrapped (writer, indent, shown, "");
  else
    {
      g_autofree char *reason
          = g_strconcat ("not available: ", host_page_get_text (block, "disabled_reason"), NULL);

      write_wrapped (writer, indent, shown, reason);
    }
}

/* The actions that a notice or row names, each on its line. */
static void
write_named_actions (Writer *writer, JsonObject *object, guint indent)
{
  JsonArray *actions = json_object_has_member (object, "actions")
                           ? json_object_get_array_member (object, "actions")
                           : NULL;

  for (guint i = 0; actions != NULL && i < json_array_get_length (actions); i++)
    {
      JsonObject *block = host_page_find (writer->page, json_array_get_string_element (actions, i));

      if (block == NULL)
        continue;
      if (g_str_equal (host_page_get_text (block, "type"), "link"))
        {
          g_autofree char *label = g_strdup_printf ("%s: ", host_page_get_text (block, "label"));
          write_wrapped (writer, indent, label, host_page_get_text (block, "uri"));
        }
      else
        write_action (writer, block, indent);
    }
}

/* --- tables ----------------------------------------------------------------------------------- */

static char *
cell_text (JsonNode *cell)
{
  g_autofree char *text = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (cell))
    return tame (json_node_get_string (cell));
  text = tame (host_page_get_text (json_node_get_object (cell), "text"));
  return g_strdup_printf ("%s %s",
                          symbol_of (host_page_get_text (json_node_get_object (cell), "status")),
                          text);
}

static char *
cell_at (JsonObject *table, guint row, guint column)
{
  JsonObject *object
      = json_array_get_object_element (json_object_get_array_member (table, "rows"), row);
  JsonArray *cells = json_object_get_array_member (object, "cells");

  return column < json_array_get_length (cells) ? cell_text (json_array_get_element (cells, column))
                                                : g_strdup ("");
}

static void
write_cell (Writer *writer, JsonObject *column, const char *text, guint width, gboolean last)
{
  const char *align = host_page_get_text (column, "align");
  guint used = MIN (columns_of (text), width), before = 0;

  if (g_str_equal (align, "end"))
    before = width - used;
  else if (g_str_equal (align, "center"))
    before = (width - used) / 2;
  pad (writer->out, before);
  g_string_append (writer->out, text);
  if (!last)
    pad (writer->out, width - used - before + 2);
}

static guint *
measure (JsonObject *table, JsonArray *columns, guint rows)
{
  guint *widths = g_new0 (guint, json_array_get_length (columns) + 1);

  for (guint c = 0; c < json_array_get_length (columns); c++)
    {
      JsonObject *column = json_array_get_object_element (columns, c);

      widths[c] = columns_of (host_page_get_text (column, "title"));
      for (guint r = 0; r < rows; r++)
        {
          g_autofree char *text = cell_at (table, r, c);
          widths[c] = MAX (widths[c], columns_of (text));
        }
    }
  return widths;
}

static void
write_table (Writer *writer, JsonObject *block, guint indent)
{
  JsonArray *columns = json_object_get_array_member (block, "columns");
  JsonArray *rows = json_object_get_array_member (block, "rows");
  guint n_columns = json_array_get_length (columns), n_rows = json_array_get_length (rows);
  g_autofree guint *widths = measure (block, columns, n_rows);

  pad (writer->out, indent);
  for (guint c = 0; c < n_columns; c++)
    {
      JsonObject *column = json_array_get_object_element (columns, c);
      g_autofree char *title = tame (host_page_get_text (column, "title"));

      write_cell (writer, column, title, widths[c], c + 1 == n_columns);
    }
  g_string_append_c (writer->out, '\n');
  pad (writer->out, indent);
  for (guint c = 0; c < n_columns; c++)
    {
      for (guint i = 0; i < widths[c]; i++)
        g_string_append_c (writer->out, '-');
      g_string_append (writer->out, c + 1 < n_columns ? "  " : "\n");
    }
  for (guint r = 0; r < n_rows; r++)
    {
      pad (writer->out, indent);
      for (guint c = 0; c < n_columns; c++)
        {
          g_autofree char *text = cell_at (block, r, c);

          write_cell (writer, json_array_get_object_element (columns, c), text, widths[c],
                      c + 1 == n_columns);
        }
      g_string_append_c (writer->out, '\n');
      write_named_actions (writer, json_array_get_object_element (rows, r), indent + INDENT);
    }
}

/* --- the other blocks ------------------------------------------------------------------------- */

static void
write_heading (Writer *writer, JsonObject *block, guint indent)
{
  g_string_append_c (writer->out, '\n');
  write_wrapped (writer, indent, "", host_page_get_text (block, "text"));
}

static void
write_text (Writer *writer, JsonObject *block, guint indent)
{
  write_wrapped (writer, indent, "", host_page_get_text (block, "text"));
}

static void
write_notice (Writer *writer, JsonObject *block, guint indent)
{
  const char *severity = host_page_get_text (block, "severity");
  g_autofree char *first = g_strdup_printf ("%s %s: ", symbol_of (severity), severity);

  write_wrapped (writer, indent, first, host_page_get_text (block, "text"));
  write_named_actions (writer, block, indent + INDENT);
}

static void
write_facts (Writer *writer, JsonObject *block, guint indent)
{
  JsonArray *rows = json_object_get_array_member (block, "rows");
  guint widest = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonArray *row = json_array_get_array_element (rows, i);

      widest = MAX (widest, columns_of (json_array_get_string_element (row, 0)));
    }
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonArray *row = json_array_get_array_element (rows, i);
      g_autofree char *label = tame (json_array_get_string_element (row, 0));
      g_autoptr (GString) first = g_string_new (label);

      pad (first, widest - MIN (columns_of (label), widest) + 2);
      write_wrapped (writer, indent, first->str, json_array_get_string_element (row, 1));
    }
}

static void
write_status (Writer *writer, JsonObject *block, guint indent)
{
  g_autofree char *symbol = tame (host_page_get_text (block, "symbol"));
  g_autofree char *word = tame (host_page_get_text (block, "word"));
  g_autofree char *first = g_strdup_printf ("%s %s  ", symbol, word);

  write_wrapped (writer, indent, first, host_page_get_text (block, "text"));
}

static void
write_choice (Writer *writer, JsonObject *block, guint indent)
{
  JsonArray *options = json_object_get_array_member (block, "options");
  const char *value = host_page_get_text (block, "value");

  write_wrapped (writer, indent, "", host_page_get_text (block, "label"));
  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      JsonObject *option = json_array_get_object_element (options, i);
      gboolean chosen = g_str_equal (host_page_get_text (option, "id"), value);

      write_wrapped (writer, indent + INDENT, chosen ? "(x) " : "( ) ",
                     host_page_get_text (option, "label"));
    }
}

static void
write_toggle (Writer *writer, JsonObject *block, guint indent)
{
  gboolean on = json_object_get_boolean_member_with_default (block, "value", FALSE);

  write_wrapped (writer, indent, on ? "[x] " : "[ ] ", host_page_get_text (block, "label"));
}

static void
write_input (Writer *writer, JsonObject *block, guint indent)
{
  gboolean secret = g_str_equal (host_page_get_text (block, "kind"), "secret");
  const char *value = host_page_get_text (block, "value");
  g_autofree char *first = g_strdup_printf ("%s: ", host_page_get_text (block, "label"));

  if (*value == '\0')
    value = host_page_get_text (block, "placeholder");
  else if (secret)
    value = "****";
  write_wrapped (writer, indent, first, *value != '\0' ? value : "____");
  if (*host_page_get_text (block, "error") != '\0')
    write_wrapped (writer, indent + INDENT, "✗ ", host_page_get_text (block, "error"));
}

static void
write_progress (Writer *writer, JsonObject *block, guint indent)
{
  g_autofree char *first = g_strdup ("… ");

  if (json_object_has_member (block, "fraction")
      && !json_object_get_null_member (block, "fraction"))
    {
      double fraction = json_object_get_double_member (block, "fraction");

      g_free (first);
      first = g_strdup_printf ("%3.0f %% ", CLAMP (fraction, 0, 1) * 100);
    }
  write_wrapped (writer, indent, first, host_page_get_text (block, "text"));
}

static void
write_link (Writer *writer, JsonObject *block, guint indent)
{
  g_autofree char *first = g_strdup_printf ("%s: ", host_page_get_text (block, "label"));

  write_wrapped (writer, indent, first, host_page_get_text (block, "uri"));
}

static void
write_group (Writer *writer, JsonObject *block, guint indent)
{
  gboolean closed = json_object_get_boolean_member_with_default (block, "collapsed", FALSE);
  const char *title = host_page_get_text (block, "title");

  if (*title == '\0')
    {
      write_blocks (writer, block, indent);
      return;
    }
  g_string_append_c (writer->out, '\n');
  write_wrapped (writer, indent, closed ? "▸ " : "▾ ", title);
  if (!closed)
    write_blocks (writer, block, indent + INDENT);
}

static const struct
{
  const char *type;
  BlockFunc write;
} types[] = {
  { "heading", write_heading }, { "text", write_text },     { "notice", write_notice },
  { "facts", write_facts },     { "table", write_table },   { "status", write_status },
  { "choice", write_choice },   { "toggle", write_toggle }, { "input", write_input },
  { "action", write_action },   { "link", write_link },     { "progress", write_progress },
  { "group", write_group },
};

static void
write_block (Writer *writer, JsonObject *block, guint indent)
{
  const char *type = host_page_get_text (block, "type");

  if (g_hash_table_contains (writer->drawn, host_page_get_text (block, "id")))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].type, type))
      {
        types[i].write (writer, block, indent);
        return;
      }
  write_wrapped (writer, indent, "", host_page_get_text (block, "fallback_text"));
}

static void
write_blocks (Writer *writer, JsonObject *object, guint indent)
{
  JsonArray *blocks = host_page_get_blocks (object);

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    write_block (writer, json_array_get_object_element (blocks, i), indent);
}

static Writer
writer_new (JsonObject *page, guint width, gboolean ids)
{
  Writer writer = { page, host_page_collect_drawn (page), g_string_new (NULL), width, ids };

  return writer;
}

static char *
writer_end (Writer *writer)
{
  g_hash_table_unref (writer->drawn);
  return g_string_free (writer->out, FALSE);
}

char *
host_page_to_text (JsonObject *page, guint width, gboolean ids)
{
  Writer writer = writer_new (page, width, ids);
  g_autofree char *state = g_strdup_printf ("  (%s)", host_page_get_text (page, "state"));
  g_autofree char *title = g_strconcat (host_page_get_text (page, "title"),
                                        g_str_equal (state, "  (ready)") ? "" : state, NULL);

  write_wrapped (&writer, 0, "", title);
  for (guint i = 0; i < columns_of (title); i++)
    g_string_append_c (writer.out, '=');
  g_string_append_c (writer.out, '\n');
  write_blocks (&writer, page, 0);
  return writer_end (&writer);
}

char *
host_page_block_to_text (JsonObject *page, const char *id, guint width)
{
  JsonObject *block = host_page_find (page, id);
  Writer writer = writer_new (page, width, FALSE);

  if (block != NULL)
    write_block (&writer, block, 0);
  return writer_end (&writer);
}
