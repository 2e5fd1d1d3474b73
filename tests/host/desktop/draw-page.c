/* SPDX-License-Identifier: MIT */
/*
 * usage: draw-page PAGE.json PICTURE.png [--dark] [--width N] [--height N] [--locale L]
 * Draws a page of the schema as the desktop host would, for whoever changes a page or its drawing.
 */
#include <gtk/gtk.h>
#include <stdlib.h>

#include "tests/host/desktop/page.h"
#include "tests/host/desktop/picture.h"
#include "tests/host/desktop/style.h"
#include "tests/host/page-tree.h"

static void
ignore_invoke (gpointer data, const char *action, const char *inputs)
{
}

static void
ignore_follow (gpointer data, const char *uri)
{
}

static const DesktopPageListener listener = { ignore_invoke, ignore_follow };

static JsonObject *
load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (HostSchema) schema = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  schema = host_schema_load ("page", error);
  return schema != NULL ? host_page_parse (text, length, schema, error) : NULL;
}

static gboolean
draw (JsonObject *json, const char *path, int width, int height, const char *locale, GError **error)
{
  g_autoptr (DesktopPage) page
      = desktop_page_new (&listener, NULL, desktop_language_parse (locale));
  GtkWidget *window = gtk_window_new ();
  gboolean ok;

  desktop_page_update (page, json);
  gtk_window_set_child (GTK_WINDOW (window), desktop_page_get_widget (page));
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  ok = desktop_picture_save (GTK_WINDOW (window), NULL, path, error);
  gtk_window_destroy (GTK_WINDOW (window));
  return ok;
}

int
main (int argc, char **argv)
{
  gboolean dark = FALSE;
  int width = 1100, height = 1200;
  g_autofree char *locale = NULL;
  GOptionEntry entries[]
      = { { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "dark colours", NULL },
          { "width", 0, 0, G_OPTION_ARG_INT, &width, "in pixels", "N" },
          { "height", 0, 0, G_OPTION_ARG_INT, &height, "in pixels", "N" },
          { "locale", 0, 0, G_OPTION_ARG_STRING, &locale, "en, fr, nl, de", "L" },
          { NULL, 0, 0, 0, NULL, NULL, NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new ("PAGE.json PICTURE.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) json = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3)
    {
      g_printerr ("draw-page: %s\n", error != NULL ? error->message : "see --help");
      return 2;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("draw-page: there is no display; run it by tests/tools/with-display\n");
      return 2;
    }
  desktop_style_set_theme (dark ? "dark" : "light");
  json = load (argv[1], &error);
  if (json == NULL || !draw (json, argv[2], width, height, locale, &error))
    {
      g_printerr ("draw-page: %s\n", error->message);
      return EXIT_FAILURE;
    }
  return EXIT_SUCCESS;
}
