/* SPDX-License-Identifier: MIT */
/* What the window shows below its menu: the start, a project, or the page. */
#include "tests/host/desktop/labels.h"
#include "tests/host/desktop/recents.h"
#include "tests/host/desktop/window-private.h"
#include "tests/host/page-tree.h"

static GtkWidget *
make_button (const char *name, const char *style, const char *action)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_name (button, name);
  gtk_widget_add_css_class (button, style);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
add_label (GtkWidget *box, const char *style, GtkAccessibleRole role)
{
  GtkWidget *label = desktop_label_new (role);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* A card in the middle. */
static GtkWidget *
make_card (GtkWidget **around)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  *around = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (card, "start-card");
  gtk_widget_set_halign (card, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (card, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (card, 520, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (*around), card);
  return card;
}

/* --- the start -------------------------------------------------------------------------------- */

static void
open_recent (GtkButton *button, DesktopWindow *self)
{
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (button), "path"));

  desktop_window_open (self, path);
}

static void
add_recents (DesktopWindow *self)
{
  g_auto (GStrv) recents = desktop_recents_load (self->home);
  GtkWidget *title;

  if (recents[0] == NULL)
    return;
  title = add_label (self->start_box, "heading", GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_label_set_text (GTK_LABEL (title), desktop_window_word (self, DESKTOP_WORD_START_RECENT));
  for (gsize i = 0; recents[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_basename (recents[i]);
      GtkWidget *button = gtk_button_new ();
      GtkWidget *label = gtk_label_new (name);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_add_css_class (button, "recent");
      gtk_widget_set_tooltip_text (button, recents[i]);
      g_object_set_data_full (G_OBJECT (button), "path", g_strdup (recents[i]), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (open_recent), self);
      gtk_box_append (GTK_BOX (self->start_box), button);
    }
}

/* Made anew each time it comes up: it is small, and the recent ones are others. */
static void
fill_start (DesktopWindow *self)
{
  GtkWidget *child, *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *open, *all;

  while ((child = gtk_widget_get_first_child (self->start_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->start_box), child);
  gtk_label_set_text (GTK_LABEL (
                          add_label (self->start_box, "start-title", GTK_ACCESSIBLE_ROLE_HEADING)),
                      desktop_window_word (self, DESKTOP_WORD_START_TITLE));
  gtk_label_set_text (GTK_LABEL (add_label (self->start_box, NULL, GTK_ACCESSIBLE_ROLE_LABEL)),
                      desktop_window_word (self, DESKTOP_WORD_START_TEXT));
  open = make_button ("start-open", "primary", "win.open");
  all = make_button ("start-all", "normal", "win.users");
  gtk_button_set_label (GTK_BUTTON (open), desktop_window_word (self, DESKTOP_WORD_START_OPEN));
  gtk_button_set_label (GTK_BUTTON (all), desktop_window_word (self, DESKTOP_WORD_START_ALL));
  gtk_box_append (GTK_BOX (row), open);
  gtk_box_append (GTK_BOX (row), all);
  gtk_box_append (GTK_BOX (self->start_box), row);
  add_recents (self);
}

static GtkWidget *
make_start (DesktopWindow *self)
{
  GtkWidget *around;

  self->start_box = make_card (&around);
  return around;
}

/* --- a project -------------------------------------------------------------------------------- */

static GtkWidget *
make_project (DesktopWindow *self)
{
  GtkWidget *around, *card = make_card (&around);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->project_title = add_label (card, "start-title", GTK_ACCESSIBLE_ROLE_HEADING);
  self->project_text = add_label (card, "quiet", GTK_ACCESSIBLE_ROLE_LABEL);
  self->project_session = make_button ("project-session", "primary", "win.session");
  self->project_users = make_button ("project-users", "normal", "win.users");
  gtk_box_append (GTK_BOX (row), self->project_session);
  gtk_box_append (GTK_BOX (row), self->project_users);
  gtk_box_append (GTK_BOX (card), row);
  return around;
}

static void
update_project (DesktopWindow *self)
{
  const char *path = desktop_core_get_path (self->core);
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : g_strdup ("");
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : g_strdup ("");
  g_autofree char *shown = g_filename_display_name (folder);

  desktop_label_set_whole_words (self->project_title, name);
  gtk_label_set_text (GTK_LABEL (self->project_text), shown);
  gtk_button_set_label (GTK_BUTTON (self->project_session),
                        desktop_window_word (self, DESKTOP_WORD_OPEN_SESSION));
  gtk_button_set_label (GTK_BUTTON (self->project_users),
                        desktop_window_word (self, DESKTOP_WORD_USERS_AND_SETTINGS));
}

/* --- the page --------------------------------------------------------------------------------- */

static GtkWidget *
make_page (DesktopWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);

  gtk_widget_add_css_class (line, "title-line");
  self->page_back = make_button ("page-back", "normal", "win.back");
  self->page_title = add_label (line, "page-title", GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_box_prepend (GTK_BOX (line), self->page_back);
  gtk_widget_set_hexpand (self->page_title, TRUE);
  self->page_session = make_button ("page-session", "normal", "win.session");
  gtk_box_append (GTK_BOX (line), self->page_session);
  gtk_widget_set_valign (self->page_back, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->page_session, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), desktop_page_get_widget (self->page));
  return box;
}

static void
update_page (DesktopWindow *self)
{
  JsonObject *page = desktop_core_get_page (self->core);
  g_autofree char *back = g_strdup_printf ("← %s", desktop_window_word (self, DESKTOP_WORD_BACK));

  gtk_label_set_text (GTK_LABEL (self->page_title),
                      page != NULL ? host_page_get_text (page, "title")
                                   : desktop_window_word (self, DESKTOP_WORD_USERS_AND_SETTINGS));
  gtk_button_set_label (GTK_BUTTON (self->page_back), back);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->page_back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  desktop_window_word (self, DESKTOP_WORD_BACK), -1);
  gtk_button_set_label (GTK_BUTTON (self->page_session),
                        desktop_window_word (self, DESKTOP_WORD_OPEN_SESSION));
}

/* --- all -------------------------------------------------------------------------------------- */

GtkWidget *
desktop_window_make_views (DesktopWindow *self)
{
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_start (self), "start");
  gtk_stack_add_named (GTK_STACK (self->stack), make_project (self), "project");
  gtk_stack_add_named (GTK_STACK (self->stack), make_page (self), "page");
  return self->stack;
}

void
desktop_window_update_views (DesktopWindow *self)
{
  if (self->view == DESKTOP_VIEW_PROJECT)
    update_project (self);
  else if (self->view == DESKTOP_VIEW_PAGE)
    update_page (self);
}

void
desktop_window_refill_start (DesktopWindow *self)
{
  fill_start (self);
}
