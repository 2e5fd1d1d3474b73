/* SPDX-License-Identifier: MIT */
#include "tests/unit/desktop/screen.h"

#include <string.h>

#include "tests/host/desktop/picture.h"
#include "tests/host/desktop/style.h"
#include "tests/host/page-tree.h"

static void
invoked (gpointer data, const char *action, const char *inputs)
{
  Screen *self = data;

  g_ptr_array_add (self->invoked, g_strdup_printf ("%s %s", action, inputs));
}

static void
followed (gpointer data, const char *uri)
{
  Screen *self = data;

  g_ptr_array_add (self->followed, g_strdup (uri));
}

static const DesktopPageListener listener = { invoked, followed };

void
screen_set_up (Screen *self, gconstpointer data)
{
  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  desktop_style_set_theme ("light");
  self->page = desktop_page_new (&listener, self, DESKTOP_LANGUAGE_EN);
  self->invoked = g_ptr_array_new_with_free_func (g_free);
  self->followed = g_ptr_array_new_with_free_func (g_free);
  self->window = GTK_WINDOW (g_object_ref_sink (gtk_window_new ()));
  gtk_window_set_default_size (self->window, 1000, 800);
  gtk_window_set_child (self->window, desktop_page_get_widget (self->page));
  gtk_window_present (self->window);
}

void
screen_tear_down (Screen *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  g_object_unref (self->window);
  desktop_page_free (self->page);
  g_ptr_array_unref (self->invoked);
  g_ptr_array_unref (self->followed);
}

static HostSchema *
load_schema (void)
{
  g_autoptr (GError) error = NULL;
  HostSchema *schema = host_schema_load ("page", &error);

  g_assert_no_error (error);
  return schema;
}

static JsonObject *
parse (const char *text, const char *what)
{
  g_autoptr (HostSchema) schema = load_schema ();
  g_autoptr (GError) error = NULL;
  JsonObject *page = host_page_parse (text, strlen (text), schema, &error);

  if (page == NULL)
    g_error ("%s: %s", what, error->message);
  return page;
}

void
screen_draw (Screen *self, const char *blocks)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonObject) page = NULL;

  g_string_printf (text, "{'page':'p','title':'A page','revision':1,'state':'ready','blocks':[%s]}",
                   blocks);
  g_string_replace (text, "'", "\"", 0);
  page = parse (text->str, blocks);
  desktop_page_update (self->page, page);
  screen_settle (self);
}

JsonObject *
screen_load (const char *name)
{
  g_autofree char *file = g_strconcat ("pages/", name, NULL);
  g_autofree char *path = harness_data_path (file);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return parse (text, name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
screen_list_pages (void)
{
  g_autofree char *folder = harness_data_path ("pages");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* --- looking ---------------------------------------------------------------------------------- */

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
search (GtkWidget *widget, Match match, gconstpointer data)
{
  if (match (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = search (child, match, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_named (GtkWidget *widget, gconstpointer name)
{
  return g_strcmp0 (gtk_widget_get_name (widget), name) == 0;
}

static gboolean
is_of_type (GtkWidget *widget, gconstpointer type)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, *(const GType *)type);
}

static gboolean
says (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

GtkWidget *
screen_find (Screen *self, const char *id)
{
  GtkWidget *found = search (desktop_page_get_widget (self->page), is_named, id);

  if (found == NULL)
    g_error ("no widget is named %s", id);
  return found;
}

GtkWidget *
screen_find_in (Screen *self, const char *id, GType type)
{
  GtkWidget *found = search (screen_find (self, id), is_of_type, &type);

  if (found == NULL)
    g_error ("%s has no %s", id, g_type_name (type));
  return found;
}

GtkWidget *
screen_search_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = search (widget, is_of_type, &type);

  if (found == NULL)
    g_error ("there is no %s", g_type_name (type));
  return found;
}

static void
add_text (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_EDITABLE (widget) && *gtk_editable_get_text (GTK_EDITABLE (widget)) != '\0')
    g_string_append_printf (text, "[%s]\n", gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (GTK_IS_EDITABLE (widget))
    return;
  if (GTK_IS_CHECK_BUTTON (widget))
    g_string_append (text,
                     gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)) ? "[x]\n" : "[ ]\n");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_text (child, text);
}

char *
screen_widget_text (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);

  add_text (widget, text);
  return g_string_free (text, FALSE);
}

char *
screen_text (Screen *self, const char *id)
{
  return screen_widget_text (id != NULL ? screen_find (self, id)
                                        : desktop_page_get_widget (self->page));
}

GtkWidget *
screen_search (GtkWidget *widget, const char *name)
{
  return search (widget, is_named, name);
}

gboolean
screen_click (GtkWidget *button)
{
  if (!gtk_widget_is_sensitive (button))
    return FALSE;
  g_signal_emit_by_name (button, "clicked");
  return TRUE;
}

void
screen_settle (Screen *self)
{
  desktop_picture_settle (self->window);
}

GtkWindow *
screen_find_dialog (const char *name)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_strcmp0 (gtk_widget_get_name (l->data), name) == 0)
      return l->data;
  return NULL;
}

void
screen_press (GtkWindow *dialog, const char *label)
{
  GtkWidget *button = search (GTK_WIDGET (dialog), says, label);

  if (button == NULL)
    g_error ("no button says %s", label);
  g_assert_true (screen_click (button));
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}
