/* SPDX-License-Identifier: MIT */
/* Notices, and groups: blocks that hold others. */
#include "tests/host/desktop/block.h"

#include "tests/host/desktop/labels.h"

typedef struct
{
  GtkWidget *word, *text;  /* (unowned): of the block's widget */
  DesktopActions *actions; /* (owned) */
} Notice;

static DesktopWord
word_of (const char *severity)
{
  if (g_str_equal (severity, "error"))
    return DESKTOP_WORD_PROBLEM;
  if (g_str_equal (severity, "warning"))
    return DESKTOP_WORD_WARNING;
  return g_str_equal (severity, "good") ? DESKTOP_WORD_GOOD : DESKTOP_WORD_NOTE;
}

static GtkWidget *
create_notice (DesktopBlock *self)
{
  Notice *notice = g_new0 (Notice, 1);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                 "orientation", GTK_ORIENTATION_HORIZONTAL, "spacing", 16, NULL);
  GtkWidget *said = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->state = notice;
  notice->word = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  notice->text = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  notice->actions = desktop_actions_new (self->page, self->siblings);
  gtk_widget_add_css_class (notice->word, "notice-word");
  gtk_widget_set_hexpand (said, TRUE);
  gtk_widget_set_valign (desktop_actions_get_widget (notice->actions), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (said), notice->word);
  gtk_box_append (GTK_BOX (said), notice->text);
  gtk_box_append (GTK_BOX (box), said);
  gtk_box_append (GTK_BOX (box), desktop_actions_get_widget (notice->actions));
  return box;
}

static void
update_notice (DesktopBlock *self, JsonObject *before)
{
  Notice *notice = self->state;
  const char *severity = desktop_block_text (self, "severity");
  const char *word = desktop_word (desktop_block_language (self), word_of (severity));
  g_autofree char *sign = g_strdup_printf ("%s %s", desktop_severity_symbol (severity), word);
  g_autofree char *name = g_strdup_printf ("%s: %s", word, desktop_block_text (self, "text"));

  gtk_label_set_text (GTK_LABEL (notice->word), sign);
  gtk_label_set_text (GTK_LABEL (notice->text), desktop_block_text (self, "text"));
  desktop_set_severity (self->widget, severity);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  desktop_actions_update (notice->actions,
                          json_object_has_member (self->json, "actions")
                              ? json_object_get_array_member (self->json, "actions")
                              : NULL);
}

static void
clear_notice (DesktopBlock *self)
{
  Notice *notice = self->state;

  desktop_actions_free (notice->actions);
  g_free (notice);
}

const DesktopBlockKind desktop_kind_notice
    = { .type = "notice", .create = create_notice, .update = update_notice, .clear = clear_notice };

/* --- group ------------------------------------------------------------------------------------ */

typedef struct
{
  GtkWidget *expander;   /* (unowned): of the block's widget; hidden in a group without a title */
  GtkWidget *title;      /* (unowned): the expander's */
  DesktopBlocks *blocks; /* (owned) */
} Group;

static GtkWidget *
create_group (DesktopBlock *self)
{
  Group *group = g_new0 (Group, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *inside;

  self->state = group;
  group->blocks = desktop_blocks_new (self->page);
  inside = desktop_blocks_get_widget (group->blocks);
  gtk_widget_add_css_class (inside, "inside");
  group->expander = gtk_expander_new (NULL);
  group->title = desktop_label_new (GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_widget_add_css_class (group->title, "group-title");
  gtk_expander_set_label_widget (GTK_EXPANDER (group->expander), group->title);
  gtk_expander_set_expanded (GTK_EXPANDER (group->expander), TRUE);
  gtk_box_append (GTK_BOX (box), group->expander);
  return box;
}

static gboolean
is_collapsed (JsonObject *json)
{
  return json_object_get_boolean_member_with_default (json, "collapsed", FALSE);
}

/* Inside the expander when there is a title to close it by, else just there. */
static void
place_blocks (DesktopBlock *self, gboolean has_title)
{
  Group *group = self->state;
  GtkWidget *inside = desktop_blocks_get_widget (group->blocks);
  gboolean is_inside = gtk_expander_get_child (GTK_EXPANDER (group->expander)) != NULL;

  gtk_widget_set_visible (group->expander, has_title);
  if (gtk_widget_get_parent (inside) != NULL && is_inside == has_title)
    return;
  g_object_ref (inside);
  if (is_inside)
    gtk_expander_set_child (GTK_EXPANDER (group->expander), NULL);
  else if (gtk_widget_get_parent (inside) != NULL)
    gtk_box_remove (GTK_BOX (self->widget), inside);
  if (has_title)
    gtk_expander_set_child (GTK_EXPANDER (group->expander), inside);
  else
    gtk_box_append (GTK_BOX (self->widget), inside);
  g_object_unref (inside);
}

static void
update_group (DesktopBlock *self, JsonObject *before)
{
  Group *group = self->state;
  const char *title = desktop_block_text (self, "title");

  place_blocks (self, *title != '\0');
  gtk_label_set_text (GTK_LABEL (group->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group->expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  /* What the person opened or closed stays so, until the plug-in says something else. */
  if (before == NULL || is_collapsed (before) != is_collapsed (self->json))
    gtk_expander_set_expanded (GTK_EXPANDER (group->expander), !is_collapsed (self->json));
  desktop_blocks_update (group->blocks, json_object_get_array_member (self->json, "blocks"));
}

static void
clear_group (DesktopBlock *self)
{
  Group *group = self->state;

  desktop_blocks_free (group->blocks);
  g_free (group);
}

void
desktop_block_open (DesktopBlock *self)
{
  Group *group = self->state;

  if (self->kind == &desktop_kind_group)
    gtk_expander_set_expanded (GTK_EXPANDER (group->expander), TRUE);
}

const DesktopBlockKind desktop_kind_group
    = { .type = "group", .create = create_group, .update = update_group, .clear = clear_group };
