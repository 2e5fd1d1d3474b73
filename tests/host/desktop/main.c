/* SPDX-License-Identifier: MIT */
/* prosoft-desktop: a window in which PROSOFT's plug-ins live. */
#include <gtk/gtk.h>
#include <locale.h>
#include <stdlib.h>

#include "tests/host/desktop/style.h"
#include "tests/host/desktop/window.h"

typedef struct
{
  char *module, *sandbox, *home, *locale, *theme, *browser, *secrets_dir; /* (owned) (nullable) */
  GStrv files;                                                            /* (owned) (nullable) */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->module);
  g_free (options->sandbox);
  g_free (options->home);
  g_free (options->locale);
  g_free (options->theme);
  g_free (options->browser);
  g_free (options->secrets_dir);
  g_strfreev (options->files);
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "module", 0, 0, G_OPTION_ARG_FILENAME, &options->module, "The plug-in", "M" },
    { "sandbox", 0, 0, G_OPTION_ARG_FILENAME, &options->sandbox,
      "The folder that ttcloud-sandbox was given as --dir", "DIR" },
    { "home", 0, 0, G_OPTION_ARG_FILENAME, &options->home,
      "Where data and cache are kept (~/.local/state/prosoft-desktop)", "DIR" },
    { "secrets-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->secrets_dir,
      "Keep secrets in this folder instead of the desktop's own safe place", "DIR" },
    { "locale", 0, 0, G_OPTION_ARG_STRING, &options->locale,
      "Language: en, fr, nl, de (the session's, else English)", "L" },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &options->theme, "light or dark (light)", "T" },
    { "browser", 0, 0, G_OPTION_ARG_STRING, &options->browser,
      "Command that opens an address, which is appended (xdg-open)", "CMD" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, "[FILE.nbt]" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "A window in which PROSOFT's plug-ins live.");
  return g_option_context_parse (context, argc, argv, error);
}

/* The plug-in beside this program in the build folder. */
static char *
default_module (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");

  g_autofree char *path = g_build_filename (folder, "..", "..", "..", "plugin", "ttecomm.so", NULL);

  return g_canonicalize_filename (path, NULL);
}

static gboolean
fill_in (Options *options, GStrv *browser, GError **error)
{
  if (options->module == NULL)
    options->module = default_module ();
  if (options->home == NULL)
    options->home = g_build_filename (g_get_user_state_dir (), "prosoft-desktop", NULL);
  if (options->locale == NULL)
    options->locale = g_strdup (g_get_language_names ()[0]);
  if (options->theme == NULL)
    options->theme = g_strdup ("light");
  return g_shell_parse_argv (options->browser != NULL ? options->browser : "xdg-open", NULL,
                             browser, error);
}

static gboolean
closed (GtkWindow *window, GMainLoop *loop)
{
  g_main_loop_quit (loop);
  return TRUE;
}

static int
run (Options *options, const char *const *browser)
{
  DesktopCoreOptions core = { .home = options->home,
                              .sandbox = options->sandbox,
                              .secrets_dir = options->secrets_dir,
                              .browser = browser,
                              .language = desktop_language_parse (options->locale) };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (DesktopWindow) window = NULL;

  if (!desktop_style_set_theme (options->theme))
    g_printerr ("prosoft-desktop: there is no theme \"%s\"; taking light\n", options->theme);
  core.theme = desktop_style_get_theme ();
  window = desktop_window_new (NULL, &core, options->module, &error);
  if (window == NULL)
    {
      g_printerr ("prosoft-desktop: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_signal_connect (desktop_window_get_window (window), "close-request", G_CALLBACK (closed), loop);
  gtk_window_present (desktop_window_get_window (window));
  if (options->files != NULL && options->files[0] != NULL)
    desktop_window_open (window, options->files[0]);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_auto (GStrv) browser = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  if (!parse (&options, &argc, &argv, &error) || !fill_in (&options, &browser, &error))
    {
      g_printerr ("prosoft-desktop: %s\n", error->message);
      options_clear (&options);
      return 2;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("prosoft-desktop: there is no display to open a window on. On a machine without "
                  "one, run \"./dev window --shot DIR\" for pictures.\n");
      options_clear (&options);
      return 2;
    }
  status = run (&options, (const char *const *)browser);
  options_clear (&options);
  return status;
}
