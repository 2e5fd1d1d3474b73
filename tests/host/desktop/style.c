/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/style.h"

#define FOLDER "/be/teletask/prosoft-desktop/"
#define PROVIDER "desktop-style"

/* The display keeps the provider under this name, so that nothing here has to. */
static void
replace_provider (GdkDisplay *display, const char *theme)
{
  g_autofree char *name = g_strdup_printf (FOLDER "%s.css", theme);
  g_autoptr (GBytes) colours = g_resources_lookup_data (name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GBytes) forms
      = g_resources_lookup_data (FOLDER "style.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *css
      = g_strconcat (g_bytes_get_data (colours, NULL), g_bytes_get_data (forms, NULL), NULL);
  GtkCssProvider *provider = gtk_css_provider_new ();
  GtkStyleProvider *former = g_object_get_data (G_OBJECT (display), PROVIDER);

  gtk_css_provider_load_from_data (provider, css, -1);
  if (former != NULL)
    gtk_style_context_remove_provider_for_display (display, former);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_set_data_full (G_OBJECT (display), PROVIDER, provider, g_object_unref);
}

gboolean
desktop_style_set_theme (const char *theme)
{
  gboolean is_dark = g_strcmp0 (theme, "dark") == 0;
  gboolean is_known = is_dark || g_strcmp0 (theme, "light") == 0;

  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", is_dark, NULL);
  replace_provider (gdk_display_get_default (), is_dark ? "dark" : "light");
  return is_known;
}

const char *
desktop_style_get_theme (void)
{
  gboolean is_dark = FALSE;

  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &is_dark, NULL);
  return is_dark ? "dark" : "light";
}
