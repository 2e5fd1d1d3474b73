/* SPDX-License-Identifier: MIT */
#include <stdarg.h>

#include "base/json.h"
#include "tests/sandbox/window/panels.h"

GtkWidget *
sandbox_label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
sandbox_button_new (const char *label, const char *name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_name (button, name);
  return button;
}

GtkWidget *
sandbox_switch_row_new (const char *label, const char *name, GtkSwitch **out)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = sandbox_label_new (label, NULL);
  GtkWidget *widget = gtk_switch_new ();

  gtk_widget_set_name (widget, name);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row, "switch-row");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  words, NULL, -1);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), widget);
  *out = GTK_SWITCH (widget);
  return row;
}

void
sandbox_switch_set_quietly (GtkSwitch *widget, gboolean active, gpointer func, gpointer data)
{
  if (gtk_switch_get_active (widget) == active)
    return;
  g_signal_handlers_block_by_func (widget, func, data);
  gtk_switch_set_active (widget, active);
  g_signal_handlers_unblock_by_func (widget, func, data);
}

GtkWidget *
sandbox_list_new (const char *name, const char *accessible, GtkListBox **out)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_set_name (list, name);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible,
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "card");
  *out = GTK_LIST_BOX (list);
  return scroller;
}

void
sandbox_list_clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

char *
sandbox_body (const char *name, ...)
{
  g_autoptr (JsonBuilder) builder = json_builder_begin_object (json_builder_new ());
  g_autoptr (JsonNode) root = NULL;
  va_list list;

  va_start (list, name);
  for (const char *key = name; key != NULL; key = va_arg (list, const char *))
    {
      const char *value = va_arg (list, const char *);
      gboolean is_true = g_str_equal (value, "true");

      json_builder_set_member_name (builder, key);
      if (is_true || g_str_equal (value, "false"))
        json_builder_add_boolean_value (builder, is_true);
      else
        json_builder_add_string_value (builder, value);
    }
  va_end (list);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return ttecomm_json_to_text (root);
}
