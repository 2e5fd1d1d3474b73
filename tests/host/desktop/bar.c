/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/bar.h"

#include "tests/host/desktop/labels.h"

#define N_BUTTONS 2

struct DesktopBar
{
  GtkWidget *box;                /* (owned) */
  GtkWidget *word, *text;        /* (unowned): of the box */
  GtkWidget *buttons[N_BUTTONS]; /* (unowned): of the box */
  DesktopBarClicked clicked[N_BUTTONS];
  gpointer data[N_BUTTONS]; /* (unowned) */
};

static void
button_clicked (GtkWidget *button, DesktopBar *self)
{
  for (guint i = 0; i < N_BUTTONS; i++)
    if (self->buttons[i] == button && self->clicked[i] != NULL)
      {
        self->clicked[i](self->data[i]);
        return;
      }
}

DesktopBar *
desktop_bar_new (const char *name)
{
  DesktopBar *self = g_new0 (DesktopBar, 1);

  self->box
      = g_object_ref_sink (g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                         "spacing", 12, "visible", FALSE, "name", name, NULL));
  gtk_widget_add_css_class (self->box, "bar");
  self->word = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  self->text = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_label_set_wrap (GTK_LABEL (self->word), FALSE);
  gtk_widget_add_css_class (self->word, "bar-word");
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->word);
  gtk_box_append (GTK_BOX (self->box), self->text);
  for (guint i = 0; i < N_BUTTONS; i++)
    {
      self->buttons[i] = gtk_button_new ();
      gtk_widget_add_css_class (self->buttons[i], "normal");
      gtk_widget_set_valign (self->buttons[i], GTK_ALIGN_CENTER);
      gtk_widget_set_visible (self->buttons[i], FALSE);
      g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (button_clicked), self);
      gtk_box_append (GTK_BOX (self->box), self->buttons[i]);
    }
  return self;
}

void
desktop_bar_free (DesktopBar *self)
{
  for (guint i = 0; i < N_BUTTONS; i++)
    g_signal_handlers_disconnect_by_data (self->buttons[i], self);
  g_object_unref (self->box);
  g_free (self);
}

GtkWidget *
desktop_bar_get_widget (DesktopBar *self)
{
  return self->box;
}

void
desktop_bar_show (DesktopBar *self, const char *severity, const char *word, const char *text)
{
  g_autofree char *sign = g_strdup_printf ("%s %s", desktop_severity_symbol (severity), word);
  g_autofree char *name = g_strdup_printf ("%s: %s", word, text);

  desktop_set_severity (self->box, severity);
  gtk_label_set_text (GTK_LABEL (self->word), sign);
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_widget_set_visible (self->box, TRUE);
}

void
desktop_bar_hide (DesktopBar *self)
{
  gtk_widget_set_visible (self->box, FALSE);
}

void
desktop_bar_set_button (DesktopBar *self,
                        guint number,
                        const char *label,
                        DesktopBarClicked clicked,
                        gpointer data)
{
  g_return_if_fail (number < N_BUTTONS);

  self->clicked[number] = clicked;
  self->data[number] = data;
  gtk_widget_set_visible (self->buttons[number], label != NULL);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->buttons[number]), label);
}
