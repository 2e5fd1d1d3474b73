/* SPDX-License-Identifier: MIT */
/* Blocks that say something: heading, text, facts, status, progress, link, and what is not known.
 */
#include "tests/host/desktop/block.h"
#include "tests/host/desktop/labels.h"
#include "tests/host/desktop/page.h"
#include "tests/host/page-tree.h"

/* --- heading ---------------------------------------------------------------------------------- */

static GtkWidget *
create_heading (DesktopBlock *self)
{
  return desktop_label_new (GTK_ACCESSIBLE_ROLE_HEADING);
}

static void
update_heading (DesktopBlock *self, JsonObject *before)
{
  gint64 level = json_object_get_int_member_with_default (self->json, "level", 2);

  gtk_label_set_text (GTK_LABEL (self->widget), desktop_block_text (self, "text"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  (int)CLAMP (level, 1, 6), -1);
  gtk_widget_remove_css_class (self->widget, "small");
  if (level > 2)
    gtk_widget_add_css_class (self->widget, "small");
}

const DesktopBlockKind desktop_kind_heading
    = { .type = "heading", .create = create_heading, .update = update_heading };

/* --- text, and what is not known -------------------------------------------------------------- */

static GtkWidget *
create_text (DesktopBlock *self)
{
  return desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
update_text (DesktopBlock *self, JsonObject *before)
{
  gtk_label_set_text (GTK_LABEL (self->widget), desktop_block_text (self, "text"));
}

const DesktopBlockKind desktop_kind_text
    = { .type = "text", .create = create_text, .update = update_text };

static void
update_fallback (DesktopBlock *self, JsonObject *before)
{
  gtk_label_set_text (GTK_LABEL (self->widget), desktop_block_text (self, "fallback_text"));
}

const DesktopBlockKind desktop_kind_fallback
    = { .type = "fallback", .create = create_text, .update = update_fallback };

/* --- facts ------------------------------------------------------------------------------------ */

static GtkWidget *
create_facts (DesktopBlock *self)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  return grid;
}

static GtkWidget *
fact_at (GtkGrid *grid, int column, int row)
{
  GtkWidget *label = gtk_grid_get_child_at (grid, column, row);

  if (label != NULL)
    return label;
  label = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_add_css_class (label, column == 0 ? "fact-name" : "fact-value");
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, column == 1);
  if (column == 0)
    gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_grid_attach (grid, label, column, row, 1, 1);
  return label;
}

static void
update_facts (DesktopBlock *self, JsonObject *before)
{
  GtkGrid *grid = GTK_GRID (self->widget);
  JsonArray *rows = json_object_get_array_member (self->json, "rows");
  guint n = json_array_get_length (rows);

  for (guint r = 0; r < n; r++)
    for (guint c = 0; c < 2; c++)
      {
        JsonArray *row = json_array_get_array_element (rows, r);
        GtkWidget *label = fact_at (grid, (int)c, (int)r);

        gtk_label_set_text (GTK_LABEL (label), json_array_get_string_element (row, c));
      }
  while (gtk_grid_get_child_at (grid, 0, (int)n) != NULL)
    gtk_grid_remove_row (grid, (int)n);
}

const DesktopBlockKind desktop_kind_facts
    = { .type = "facts", .create = create_facts, .update = update_facts };

/* --- status ----------------------------------------------------------------------------------- */

static GtkWidget *
create_status (DesktopBlock *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                 "orientation", GTK_ORIENTATION_HORIZONTAL, "spacing", 10, NULL);
  GtkWidget *pill = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  GtkWidget *text = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);

  gtk_widget_add_css_class (pill, "pill");
  gtk_widget_set_valign (pill, GTK_ALIGN_START);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), pill);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static void
update_status (DesktopBlock *self, JsonObject *before)
{
  GtkWidget *pill = gtk_widget_get_first_child (self->widget);
  g_autofree char *word = g_strdup_printf ("%s %s", desktop_block_text (self, "symbol"),
                                           desktop_block_text (self, "word"));

  desktop_set_severity (pill, desktop_block_text (self, "severity"));
  gtk_label_set_text (GTK_LABEL (pill), word);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (self->widget)),
                      desktop_block_text (self, "text"));
}

const DesktopBlockKind desktop_kind_status
    = { .type = "status", .create = create_status, .update = update_status };

/* --- progress --------------------------------------------------------------------------------- */

static gboolean
pulse (gpointer bar)
{
  gtk_progress_bar_pulse (bar);
  return G_SOURCE_CONTINUE;
}

static GtkWidget *
create_progress (DesktopBlock *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *text = desktop_label_new (GTK_ACCESSIBLE_ROLE_STATUS);
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), bar);
  return box;
}

static void
stop_pulse (DesktopBlock *self)
{
  guint source = GPOINTER_TO_UINT (self->state);

  if (source != 0)
    g_source_remove (source);
  self->state = NULL;
}

static void
update_progress (DesktopBlock *self, JsonObject *before)
{
  GtkWidget *bar = gtk_widget_get_last_child (self->widget);
  const char *text = desktop_block_text (self, "text");

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (self->widget)), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (json_object_get_null_member (self->json, "fraction"))
    {
      if (self->state == NULL)
        self->state = GUINT_TO_POINTER (g_timeout_add (120, pulse, bar));
      return;
    }
  stop_pulse (self);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar),
                                 CLAMP (json_object_get_double_member (self->json, "fraction"), 0,
                                        1));
}

const DesktopBlockKind desktop_kind_progress = { .type = "progress",
                                                 .create = create_progress,
                                                 .update = update_progress,
                                                 .clear = stop_pulse };

/* --- link ------------------------------------------------------------------------------------- */

static void
follow (GtkButton *button, DesktopBlock *self)
{
  desktop_page_tell_follow (self->page, desktop_block_text (self, "uri"));
}

static GtkWidget *
create_link (DesktopBlock *self)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_LINK,
                                    "has-frame", FALSE, NULL);

  g_signal_connect (button, "clicked", G_CALLBACK (follow), self);
  return button;
}

static void
update_link (DesktopBlock *self, JsonObject *before)
{
  g_autofree char *label = g_strdup_printf ("%s ↗", desktop_block_text (self, "label"));

  gtk_button_set_label (GTK_BUTTON (self->widget), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  desktop_block_text (self, "label"), -1);
  gtk_widget_set_tooltip_text (self->widget, desktop_block_text (self, "uri"));
}

const DesktopBlockKind desktop_kind_link
    = { .type = "link", .is_inline = TRUE, .create = create_link, .update = update_link };
