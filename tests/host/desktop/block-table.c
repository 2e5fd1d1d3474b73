/* SPDX-License-Identifier: MIT */
/*
 * Tables: a grid of a line of titles and the rows, each with its actions in the last column. A row
 * keeps its widgets by its id, also when it moves. The first hundred are drawn; more when asked
 * for, since a thousand rows of widgets make a window slow.
 */
#include "tests/host/desktop/block.h"

#include "tests/host/desktop/labels.h"
#include "tests/host/desktop/sideways.h"
#include "tests/host/page-tree.h"

#define ROWS_AT_ONCE 100

typedef struct
{
  GtkWidget *grid, *more; /* (unowned): of the block's widget */
  GPtrArray *titles;      /* (owned) (element-type GtkWidget): unowned widgets */
  GHashTable *rows;       /* (owned) (element-type utf8 Row) */
  guint shown;            /* at most so many rows */
} Table;

typedef struct
{
  GtkWidget *grid;         /* (unowned) */
  char *id;                /* (owned) */
  GPtrArray *cells;        /* (owned) (element-type GtkWidget): unowned widgets */
  GtkWidget *line;         /* (unowned): above it */
  DesktopActions *actions; /* (owned) */
} Row;

/* --- cells ------------------------------------------------------------------------------------ */

static float
alignment_of (JsonObject *column)
{
  const char *align = host_page_get_text (column, "align");

  if (g_str_equal (align, "end"))
    return 1.0f;
  return g_str_equal (align, "center") ? 0.5f : 0.0f;
}

static void
align (GtkWidget *label, JsonObject *column)
{
  static const GtkJustification justifications[]
      = { GTK_JUSTIFY_LEFT, GTK_JUSTIFY_CENTER, GTK_JUSTIFY_RIGHT };
  float alignment = alignment_of (column);

  gtk_label_set_xalign (GTK_LABEL (label), alignment);
  gtk_label_set_justify (GTK_LABEL (label), justifications[(int)(alignment * 2)]);
}

static void
update_cell (GtkWidget *cell, JsonObject *column, JsonNode *json)
{
  GtkWidget *label = gtk_widget_get_first_child (cell);
  JsonObject *status = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  g_autofree char *text = NULL;

  align (label, column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  status != NULL ? host_page_get_text (status, "text")
                                                 : json_node_get_string (json),
                                  -1);
  if (status == NULL)
    {
      gtk_widget_remove_css_class (label, "pill");
      desktop_label_set_whole_words (label, json_node_get_string (json));
      gtk_widget_set_halign (label, GTK_ALIGN_FILL);
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      gtk_widget_set_hexpand (label, TRUE);
      return;
    }
  text = g_strdup_printf ("%s %s", desktop_severity_symbol (host_page_get_text (status, "status")),
                          host_page_get_text (status, "text"));
  gtk_widget_add_css_class (label, "pill");
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  desktop_set_severity (label, host_page_get_text (status, "status"));
  desktop_label_set_whole_words (label, text);
}

/* A box with a label: what is around the label is the cell's, what is in a pill the label's. */
static GtkWidget *
make_cell (GtkAccessibleRole role)
{
  GtkWidget *cell = g_object_new (GTK_TYPE_BOX, "accessible-role", role, NULL);

  gtk_box_append (GTK_BOX (cell), desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL));
  gtk_widget_add_css_class (cell, "cell");
  return cell;
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
row_free (gpointer data)
{
  Row *self = data;

  for (guint i = 0; i < self->cells->len; i++)
    gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->cells, i));
  gtk_grid_remove (GTK_GRID (self->grid), self->line);
  gtk_grid_remove (GTK_GRID (self->grid), desktop_actions_get_widget (self->actions));
  desktop_actions_free (self->actions);
  g_ptr_array_unref (self->cells);
  g_free (self->id);
  g_free (self);
}

static Row *
row_new (DesktopBlock *block, const char *id)
{
  Table *table = block->state;
  Row *self = g_new0 (Row, 1);
  GtkWidget *actions;

  self->grid = table->grid;
  self->id = g_strdup (id);
  self->cells = g_ptr_array_new ();
  self->line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  self->actions = desktop_actions_new (block->page, block->siblings);
  actions = desktop_actions_get_widget (self->actions);
  gtk_widget_add_css_class (actions, "cell");
  gtk_widget_set_valign (actions, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (table->grid), self->line, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (table->grid), actions, 0, 0, 1, 1);
  return self;
}

/* Without taking it out, which would take the focus from what is in it. Children follow each other
 * as they are read, behind @last, which becomes the child: a screen reader goes by that. */
static void
move_to (GtkWidget *grid, GtkWidget *child, int column, int row, int width, GtkWidget **last)
{
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (grid);
  GtkLayoutChild *place = gtk_layout_manager_get_layout_child (manager, child);

  g_object_set (place, "column", column, "row", row, "column-span", width, NULL);
  if (gtk_widget_get_prev_sibling (child) != *last)
    gtk_widget_insert_after (child, grid, *last);
  *last = child;
}

/* As the @at-th row of the table. */
static void
row_update (Row *self, guint at, JsonArray *columns, JsonObject *json, GtkWidget **last)
{
  JsonArray *cells = json_object_get_array_member (json, "cells");
  guint n = json_array_get_length (columns);
  int line = (int)(2 * at + 1);

  while (self->cells->len > n)
    {
      gtk_grid_remove (GTK_GRID (self->grid),
                       g_ptr_array_index (self->cells, self->cells->len - 1));
      g_ptr_array_set_size (self->cells, (int)self->cells->len - 1);
    }
  while (self->cells->len < n)
    {
      GtkWidget *cell = make_cell (GTK_ACCESSIBLE_ROLE_CELL);

      gtk_grid_attach (GTK_GRID (self->grid), cell, 0, 0, 1, 1);
      g_ptr_array_add (self->cells, cell);
    }
  move_to (self->grid, self->line, 0, line, (int)n + 1, last);
  for (guint c = 0; c < n; c++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, c);

      move_to (self->grid, cell, (int)c, line + 1, 1, last);
      update_cell (cell, json_array_get_object_element (columns, c),
                   json_array_get_element (cells, c));
    }
  move_to (self->grid, desktop_actions_get_widget (self->actions), (int)n, line + 1, 1, last);
  desktop_actions_update (self->actions, json_object_has_member (json, "actions")
                                             ? json_object_get_array_member (json, "actions")
                                             : NULL);
}

/* --- the table -------------------------------------------------------------------------------- */

static void
show_titles (Table *table, JsonArray *columns)
{
  GtkWidget *last = NULL;
  guint n = json_array_get_length (columns);

  while (table->titles->len > n)
    {
      gtk_grid_remove (GTK_GRID (table->grid),
                       g_ptr_array_index (table->titles, table->titles->len - 1));
      g_ptr_array_set_size (table->titles, (int)table->titles->len - 1);
    }
  for (guint c = 0; c < n; c++)
    {
      JsonObject *column = json_array_get_object_element (columns, c);
      GtkWidget *cell, *label;

      if (c >= table->titles->len)
        {
          cell = make_cell (GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
          gtk_widget_add_css_class (cell, "title");
          gtk_grid_attach (GTK_GRID (table->grid), cell, (int)c, 0, 1, 1);
          g_ptr_array_add (table->titles, cell);
        }
      cell = g_ptr_array_index (table->titles, c);
      move_to (table->grid, cell, (int)c, 0, 1, &last);
      label = gtk_widget_get_first_child (cell);
      desktop_label_set_whole_words (label, host_page_get_text (column, "title"));
      align (label, column);
      gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      host_page_get_text (column, "title"), -1);
      gtk_widget_set_hexpand (label, TRUE);
    }
}

static void
show_rows (DesktopBlock *self)
{
  Table *table = self->state;
  JsonArray *columns = json_object_get_array_member (self->json, "columns");
  JsonArray *rows = json_object_get_array_member (self->json, "rows");
  g_autoptr (GHashTable) former = g_steal_pointer (&table->rows);
  guint n = json_array_get_length (rows), shown = MIN (n, table->shown);
  GtkWidget *last
      = table->titles->len > 0 ? g_ptr_array_index (table->titles, table->titles->len - 1) : NULL;
  g_autofree char *more
      = desktop_words_format (desktop_block_language (self), DESKTOP_WORD_SHOW_MORE, n - shown);

  table->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, row_free);
  for (guint i = 0; i < shown; i++)
    {
      JsonObject *json = json_array_get_object_element (rows, i);
      const char *id = host_page_get_text (json, "id");
      Row *row = g_hash_table_lookup (former, id);

      if (row != NULL)
        g_hash_table_steal (former, id);
      else
        row = row_new (self, id);
      g_hash_table_insert (table->rows, row->id, row);
      row_update (row, i, columns, json, &last);
    }
  gtk_button_set_label (GTK_BUTTON (table->more), more);
  gtk_widget_set_visible (table->more, shown < n);
}

static void
show_more (GtkButton *button, DesktopBlock *self)
{
  Table *table = self->state;

  table->shown += ROWS_AT_ONCE;
  show_rows (self);
}

static GtkWidget *
create_table (DesktopBlock *self)
{
  Table *table = g_new0 (Table, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *sideways;

  self->state = table;
  table->grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_TABLE, NULL);
  table->more = gtk_button_new ();
  table->titles = g_ptr_array_new ();
  table->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, row_free);
  table->shown = ROWS_AT_ONCE;
  gtk_widget_add_css_class (table->more, "normal");
  gtk_widget_set_halign (table->more, GTK_ALIGN_START);
  g_signal_connect (table->more, "clicked", G_CALLBACK (show_more), self);
  sideways = desktop_sideways_new (table->grid);
  gtk_widget_add_css_class (sideways, "card");
  gtk_box_append (GTK_BOX (box), sideways);
  gtk_box_append (GTK_BOX (box), table->more);
  return box;
}

static void
update_table (DesktopBlock *self, JsonObject *before)
{
  show_titles (self->state, json_object_get_array_member (self->json, "columns"));
  show_rows (self);
}

static void
clear_table (DesktopBlock *self)
{
  Table *table = self->state;

  g_signal_handlers_disconnect_by_data (table->more, self);
  g_hash_table_unref (table->rows);
  g_ptr_array_unref (table->titles);
  g_free (table);
}

const DesktopBlockKind desktop_kind_table
    = { .type = "table", .create = create_table, .update = update_table, .clear = clear_table };
