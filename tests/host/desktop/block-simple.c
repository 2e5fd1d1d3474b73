/* SPDX-License-Identifier: MIT */
/* Blocks that say something: heading, text, facts, status, progress, link, and what is not known.
 */
#include "tests/host/desktop/block.h"
#include "tests/host/desktop/labels.h"
#include "tests/host/desktop/page.h"
#include "tests/host/page-tree.h"

/* A block of facts is to be read at a glance; this is only against a window that never comes. */
#define MAX_FACTS 2000

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

/* The label of that number, two to a row: the grid itself would look through all of them. */
static GtkWidget *
fact_at (DesktopBlock *self, guint number)
{
  GPtrArray *labels = self->state;
  GtkWidget *label;

  if (number < labels->len)
    return g_ptr_array_index (labels, number);
  label = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_add_css_class (label, number % 2 == 0 ? "fact-name" : "fact-value");
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, number % 2 == 1);
  if (number % 2 == 0)
    gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_grid_attach (GTK_GRID (self->widget), label, (int)(number % 2), (int)(number / 2), 1, 1);
  g_ptr_array_add (labels, label);
  return label;
}

static void
update_facts (DesktopBlock *self, JsonObject *before)
{
  JsonArray *rows = json_object_get_array_member (self->json, "rows");
  guint n = MIN (json_array_get_length (rows), MAX_FACTS);
  GPtrArray *labels;

  if (self->state == NULL)
    self->state = g_ptr_array_new ();
  labels = self->state;
  for (guint r = 0; r < n; r++)
    for (guint c = 0; c < 2; c++)
      gtk_label_set_text (GTK_LABEL (fact_at (self, 2 * r + c)),
                          json_array_get_string_element (json_array_get_array_element (rows, r),
                                                         c));
  while (labels->len > 2 * n)
    {
      gtk_grid_remove (GTK_GRID (self->widget), g_ptr_array_index (labels, labels->len - 1));
      g_ptr_array_set_size (labels, (int)labels->len - 1);
    }
}

static void
clear_facts (DesktopBlock *self)
{
  g_ptr_array_unref (self->state);
}

const DesktopBlockKind desktop_kind_facts
    = { .type = "facts", .create = create_facts, .update = update_facts, .clear = clear_facts };

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

typedef struct
{
  GtkWidget *text, *bar, *cancel; /* (unowned): of the block's widget */
  guint pulse;                    /* source; 0: none */
} Progress;

static gboolean
pulse (gpointer bar)
{
  gtk_progress_bar_pulse (bar);
  return G_SOURCE_CONTINUE;
}

static void
cancelled (GtkButton *button, DesktopBlock *self)
{
  g_autofree char *id = g_strdup (desktop_block_text (self, "cancel"));

  desktop_page_tell_invoke (self->page, id, "{}");
}

static GtkWidget *
create_progress (DesktopBlock *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  Progress *progress = g_new0 (Progress, 1);

  self->state = progress;
  progress->text = desktop_label_new (GTK_ACCESSIBLE_ROLE_STATUS);
  progress->bar = gtk_progress_bar_new ();
  progress->cancel = gtk_button_new ();
  gtk_widget_add_css_class (progress->cancel, "normal");
  gtk_widget_set_halign (progress->cancel, GTK_ALIGN_START);
  g_signal_connect (progress->cancel, "clicked", G_CALLBACK (cancelled), self);
  gtk_box_append (GTK_BOX (box), progress->text);
  gtk_box_append (GTK_BOX (box), progress->bar);
  gtk_box_append (GTK_BOX (box), progress->cancel);
  return box;
}

static void
stop_pulse (Progress *progress)
{
  if (progress->pulse != 0)
    g_source_remove (progress->pulse);
  progress->pulse = 0;
}

static void
show_fraction (Progress *progress, JsonObject *json)
{
  if (!json_object_has_member (json, "fraction") || json_object_get_null_member (json, "fraction"))
    {
      if (progress->pulse == 0)
        progress->pulse = g_timeout_add (120, pulse, progress->bar);
      return;
    }
  stop_pulse (progress);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (progress->bar),
                                 CLAMP (json_object_get_double_member (json, "fraction"), 0, 1));
}

static void
update_progress (DesktopBlock *self, JsonObject *before)
{
  Progress *progress = self->state;
  const char *text = desktop_block_text (self, "text");
  const char *cancel = desktop_block_text (self, "cancel");

  gtk_label_set_text (GTK_LABEL (progress->text), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (progress->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  gtk_button_set_label (GTK_BUTTON (progress->cancel),
                        desktop_word (desktop_block_language (self), DESKTOP_WORD_CANCEL));
  /* An action that has a block of its own is drawn by that. */
  gtk_widget_set_visible (progress->cancel,
                          *cancel != '\0' && desktop_page_find (self->page, cancel) == NULL);
  show_fraction (progress, self->json);
}

static void
clear_progress (DesktopBlock *self)
{
  Progress *progress = self->state;

  stop_pulse (progress);
  g_signal_handlers_disconnect_by_data (progress->cancel, self);
  g_free (progress);
}

const DesktopBlockKind desktop_kind_progress = { .type = "progress",
                                                 .create = create_progress,
                                                 .update = update_progress,
                                                 .clear = clear_progress };

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
