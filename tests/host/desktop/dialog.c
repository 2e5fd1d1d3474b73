/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/dialog.h"

#include "tests/host/desktop/flow-layout.h"
#include "tests/host/desktop/labels.h"

#define TEXT_WIDTH 58
#define TEXT_HEIGHT 360

typedef struct
{
  DesktopDialogDone done;
  gpointer data;
  int answer;
} Dialog;

static void
dialog_gone (GtkWidget *window, Dialog *self)
{
  DesktopDialogDone done = self->done;

  self->done = NULL;
  if (done != NULL)
    done (self->data, self->answer);
}

static void
clicked (GtkButton *button, GtkWindow *window)
{
  Dialog *self = g_object_get_data (G_OBJECT (window), "dialog");

  self->answer = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "answer"));
  gtk_window_destroy (window);
}

static gboolean
escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (widget));
  return TRUE;
}

static void
listen_for_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (escape, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

static GtkWidget *
make_head (const DesktopDialogContent *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *title = desktop_label_new (GTK_ACCESSIBLE_ROLE_HEADING);

  if (content->severity != NULL && content->word != NULL)
    {
      GtkWidget *pill = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);
      g_autofree char *word
          = g_strdup_printf ("%s %s", desktop_severity_symbol (content->severity), content->word);

      gtk_label_set_text (GTK_LABEL (pill), word);
      gtk_widget_add_css_class (pill, "pill");
      gtk_widget_set_halign (pill, GTK_ALIGN_START);
      desktop_set_severity (pill, content->severity);
      gtk_box_append (GTK_BOX (box), pill);
    }
  gtk_label_set_text (GTK_LABEL (title), content->title);
  gtk_widget_add_css_class (title, "dialog-title");
  gtk_box_append (GTK_BOX (box), title);
  return box;
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = desktop_label_new (GTK_ACCESSIBLE_ROLE_LABEL);

  gtk_label_set_text (GTK_LABEL (label), text);
  /* One width for all, since its height is asked for before the width is known. */
  gtk_label_set_width_chars (GTK_LABEL (label), TEXT_WIDTH);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TEXT_WIDTH);
  return label;
}

/* However long it is, the buttons stay on the screen. */
static GtkWidget *
make_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), TEXT_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  return scrolled;
}

static GtkWidget *
make_details (const DesktopDialogContent *content)
{
  GtkWidget *expander = gtk_expander_new (content->details_title);
  GtkWidget *label = make_text (content->details);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "quiet");
  gtk_expander_set_child (GTK_EXPANDER (expander), make_scrolled (label));
  return expander;
}

static GtkWidget *
make_button (GtkWindow *window, const DesktopDialogButton *from, int answer)
{
  GtkWidget *button = gtk_button_new_with_label (from->label);

  gtk_widget_add_css_class (button, from->style);
  g_object_set_data (G_OBJECT (button), "answer", GINT_TO_POINTER (answer));
  if (from->name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    from->name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked), window);
  return button;
}

/* In the order that they were given, at the right edge; on more lines where there are many. */
static GtkWidget *
make_buttons (GtkWindow *window, const DesktopDialogContent *content, GtkWidget **focus)
{
  GtkWidget *box = desktop_flow_new ();
  GtkWidget *first = NULL;

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_set_margin_top (box, 10);
  for (guint i = 0; i < content->n_buttons; i++)
    {
      const DesktopDialogButton *from = &content->buttons[i];
      GtkWidget *button = make_button (window, from, (int)i);

      desktop_flow_set_inline (button, TRUE);
      gtk_widget_insert_before (button, box, NULL);
      if (first == NULL && content->focus == (int)i)
        first = button;
    }
  if (first == NULL)
    first = gtk_widget_get_last_child (box);
  *focus = first;
  return box;
}

GtkWindow *
desktop_dialog_show (GtkWindow *parent,
                     const char *name,
                     const DesktopDialogContent *content,
                     DesktopDialogDone done,
                     gpointer data)
{
  GtkWindow *window
      = g_object_new (GTK_TYPE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT_DIALOG, "title",
                      content->title, "resizable", FALSE, "modal", TRUE, "destroy-with-parent",
                      TRUE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *focus = NULL;
  Dialog *self = g_new0 (Dialog, 1);

  self->done = done;
  self->data = data;
  self->answer = DESKTOP_DIALOG_CLOSED;
  g_object_set_data_full (G_OBJECT (window), "dialog", self, g_free);
  g_signal_connect (window, "destroy", G_CALLBACK (dialog_gone), self);
  gtk_widget_set_name (GTK_WIDGET (window), name);
  gtk_widget_add_css_class (GTK_WIDGET (window), "dialog");
  gtk_window_set_transient_for (window, parent);
  gtk_widget_add_css_class (box, "dialog-content");
  gtk_window_set_child (window, box);
  gtk_box_append (GTK_BOX (box), make_head (content));
  gtk_box_append (GTK_BOX (box), make_scrolled (make_text (content->text)));
  if (content->details != NULL && *content->details != '\0')
    gtk_box_append (GTK_BOX (box), make_details (content));
  gtk_box_append (GTK_BOX (box), make_buttons (window, content, &focus));
  if (focus != NULL)
    {
      gtk_window_set_default_widget (window, focus);
      gtk_window_set_focus (window, focus);
    }
  listen_for_escape (GTK_WIDGET (window));
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  content->title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  content->text, -1);
  gtk_window_present (window);
  return window;
}
