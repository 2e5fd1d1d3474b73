/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/window/style.h"

#include "tests/sandbox/window/window-resources.h"

struct _SandboxStyle
{
  GdkDisplay *display;    /* (owned) */
  GtkSettings *settings;  /* (unowned): the display's */
  GtkCssProvider *colors; /* (owned) */
  GtkCssProvider *shapes; /* (owned) */
};

/* Once a process: they lie in the program and stay. */
static void
register_resources (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      sandbox_window_register_resource ();
      g_once_init_leave (&done, 1);
    }
}

char *
sandbox_style_get_tokens (gboolean dark)
{
  g_autoptr (GBytes) bytes = NULL;

  register_resources ();
  bytes = g_resources_lookup_data (dark ? "/ttecomm/sandbox/window/dark.css"
                                        : "/ttecomm/sandbox/window/light.css",
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : g_strdup ("");
}

static void
theme_cb (SandboxStyle *self)
{
  g_autofree char *tokens = NULL;
  gboolean dark;

  g_object_get (self->settings, "gtk-application-prefer-dark-theme", &dark, NULL);
  tokens = sandbox_style_get_tokens (dark);
  gtk_css_provider_load_from_data (self->colors, tokens, -1);
}

SandboxStyle *
sandbox_style_new (GdkDisplay *display)
{
  SandboxStyle *self = g_new0 (SandboxStyle, 1);

  register_resources ();
  self->display = g_object_ref (display);
  self->settings = gtk_settings_get_for_display (display);
  self->colors = gtk_css_provider_new ();
  self->shapes = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (self->shapes, "/ttecomm/sandbox/window/style.css");
  g_signal_connect_swapped (self->settings, "notify::gtk-application-prefer-dark-theme",
                            G_CALLBACK (theme_cb), self);
  theme_cb (self);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->colors),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->shapes),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return self;
}

void
sandbox_style_free (SandboxStyle *self)
{
  g_signal_handlers_disconnect_by_func (self->settings, theme_cb, self);
  gtk_style_context_remove_provider_for_display (self->display, GTK_STYLE_PROVIDER (self->colors));
  gtk_style_context_remove_provider_for_display (self->display, GTK_STYLE_PROVIDER (self->shapes));
  g_object_unref (self->colors);
  g_object_unref (self->shapes);
  g_object_unref (self->display);
  g_free (self);
}
