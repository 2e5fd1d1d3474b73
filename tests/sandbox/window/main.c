/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/window/shot.h"
#include "tests/sandbox/window/window.h"

#define SHOT_PATIENCE_US (20 * G_USEC_PER_SEC)

typedef struct
{
  char *directory; /* (owned) */
  char *locale;    /* (owned) */
  char *theme;     /* (owned) */
  char *tab;       /* (owned) */
  char *shot;      /* (owned) */
  WindowLanguage language;
} Arguments;

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->directory);
  g_free (arguments->locale);
  g_free (arguments->theme);
  g_free (arguments->tab);
  g_free (arguments->shot);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
parse (Arguments *arguments, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &arguments->directory,
      "The folder that ttcloud-sandbox writes urls.json to", "DIR" },
    { "locale", 0, 0, G_OPTION_ARG_STRING, &arguments->locale, "en, fr, nl or de", "LOCALE" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &arguments->theme, "The desktop's without it",
      "light|dark" },
    { "tab", 0, 0, G_OPTION_ARG_STRING, &arguments->tab, "What is shown first",
      "events|faults|mails|world" },
    { "shot", 0, 0, G_OPTION_ARG_FILENAME, &arguments->shot, "Draw the window and end",
      "FILE.png" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "The clock, the faults and the e-mails of a sandbox.");
  return g_option_context_parse (context, argc, argv, error);
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, why);
  return FALSE;
}

static gboolean
check (Arguments *arguments, int argc, char **argv, GError **error)
{
  if (argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s is not an option", argv[1]);
      return FALSE;
    }
  if (arguments->directory == NULL)
    return refuse (error, "--dir is needed: the folder of the sandbox");
  if (!window_language_from_locale (arguments->locale != NULL ? arguments->locale : "en",
                                    &arguments->language))
    return refuse (error, "--locale takes en, fr, nl or de");
  if (arguments->theme != NULL && !g_str_equal (arguments->theme, "light")
      && !g_str_equal (arguments->theme, "dark"))
    return refuse (error, "--theme takes light or dark");
  return TRUE;
}

static gboolean
late_cb (gpointer is_late)
{
  *(gboolean *)is_late = TRUE;
  return G_SOURCE_REMOVE;
}

static void
drawn_cb (GdkFrameClock *clock, gpointer n_frames)
{
  ++*(guint *)n_frames;
}

/* When the world is shown and drawn. */
static gboolean
shoot (SandboxWindow *window, const char *path, GError **error)
{
  gboolean is_late = FALSE;
  guint n_frames = 0;
  guint timeout = g_timeout_add (SHOT_PATIENCE_US / 1000, late_cb, &is_late);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gulong handler = 0;

  while (!is_late && n_frames < 2)
    {
      g_main_context_iteration (NULL, TRUE);
      if (handler == 0 && sandbox_window_is_at_rest (window))
        {
          handler = g_signal_connect (clock, "after-paint", G_CALLBACK (drawn_cb), &n_frames);
          gdk_frame_clock_begin_updating (clock);
        }
    }
  if (handler != 0)
    {
      gdk_frame_clock_end_updating (clock);
      g_signal_handler_disconnect (clock, handler);
    }
  if (!is_late)
    g_source_remove (timeout);
  else if (handler == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no sandbox answers there");
      return FALSE;
    }
  return sandbox_shot (GTK_WINDOW (window), path, error);
}

static gboolean
closed_cb (GtkWindow *window, gpointer loop)
{
  g_main_loop_quit (loop);
  return TRUE;
}

static int
fail (const GError *error, int status)
{
  g_printerr ("ttcloud-sandbox-window: %s\n", error->message);
  return status;
}

static int
run (const Arguments *arguments)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  SandboxWindow *window;
  gboolean good = TRUE;

  if (arguments->theme != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme",
                  g_str_equal (arguments->theme, "dark"), NULL);
  /* A picture shows how things are, not how they come. */
  if (arguments->shot != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  window = sandbox_window_new (
      &(SandboxWindowOptions){ .folder = arguments->directory, .language = arguments->language });
  if (arguments->tab != NULL && !sandbox_window_show_tab (window, arguments->tab))
    good = refuse (&error, "--tab takes events, faults, mails or world");
  if (good)
    gtk_window_present (GTK_WINDOW (window));
  if (good && arguments->shot != NULL)
    good = shoot (window, arguments->shot, &error);
  else if (good)
    {
      g_signal_connect (window, "close-request", G_CALLBACK (closed_cb), loop);
      g_main_loop_run (loop);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  return good ? 0
              : fail (error,
                      g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE) ? 2 : 1);
}

int
main (int argc, char **argv)
{
  g_auto (Arguments) arguments = { 0 };
  g_autoptr (GError) error = NULL;

  if (!parse (&arguments, &argc, &argv, &error) || !check (&arguments, argc, argv, &error))
    return fail (error, 2);
  if (!gtk_init_check ())
    {
      g_printerr ("ttcloud-sandbox-window: there is no display\n");
      return 1;
    }
  return run (&arguments);
}
