/* SPDX-License-Identifier: MIT */
/*
 * usage: desktop-shot --module M --sandbox DIR --files DIR --person CMD --outage CMD OUTPUT
 * Plays a person in front of prosoft-desktop and takes a picture of each main view. --files has the
 * projects; --person is the browser that signs in; --outage ends the sandbox, for the pictures
 * without it. `./dev window --shot DIR` gives it all of this. One line a picture.
 */
#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <stdlib.h>

#include "tests/host/desktop/picture.h"
#include "tests/host/desktop/style.h"
#include "tests/host/desktop/window.h"
#include "tests/host/page-tree.h"

#define PATIENCE_MS 20000

/* Of tests/data/showcase: all well, with warnings, ended, about to end, nothing bought yet,
 * protected. */
#define WELL "villa-lindehof.nbt"
#define WARNED "kasteelhoeve-deinze.nbt"
#define ENDED "bakkerij-de-molen.nbt"
#define ENDING "chalet-edelweiss.nbt"
#define NEW "haus-am-deich.nbt"
#define PROTECTED "maison-des-vignes.nbt"

typedef struct
{
  char *module, *sandbox, *files, *person, *outage, *home; /* (owned) */
  char *output;                                            /* (owned) */
  DesktopWindow *window;                                   /* (owned) (nullable) */
  guint n_failed;
} Shot;

typedef gboolean (*Predicate) (Shot *shot, const char *id);

/* --- waiting ---------------------------------------------------------------------------------- */

static gboolean
time_is_up (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
wait_for (Shot *shot, Predicate predicate, const char *id)
{
  gboolean up = FALSE;
  guint timer = g_timeout_add (PATIENCE_MS, time_is_up, &up);

  while (!up && !predicate (shot, id))
    g_main_context_iteration (NULL, TRUE);
  if (!up)
    {
      g_source_remove (timer);
      return TRUE;
    }
  g_printerr ("desktop-shot: waited in vain for %s\n", id);
  shot->n_failed++;
  return FALSE;
}

static JsonObject *
page_of (Shot *shot)
{
  return desktop_core_get_page (desktop_window_get_core (shot->window));
}

static gboolean
has_block (Shot *shot, const char *id)
{
  JsonObject *page = page_of (shot);

  return page != NULL && host_page_find (page, id) != NULL;
}

static gboolean
can_do (Shot *shot, const char *id)
{
  JsonObject *page = page_of (shot);

  return page != NULL && host_page_can_invoke (page, id, NULL);
}

static gboolean
has_state (Shot *shot, const char *state)
{
  JsonObject *page = page_of (shot);

  return page != NULL && g_str_equal (host_page_get_text (page, "state"), state);
}

static gboolean
has_answer (Shot *shot, const char *what)
{
  return desktop_window_get_answer (shot->window) != NULL
         || desktop_core_get_session (desktop_window_get_core (shot->window)) != 0;
}

static void
act (Shot *shot, const char *action, const char *inputs)
{
  if (wait_for (shot, can_do, action))
    desktop_core_invoke (desktop_window_get_core (shot->window), action, inputs);
}

/* --- pictures --------------------------------------------------------------------------------- */

static void
take (Shot *shot, const char *name, int width, int height, GtkWindow *front)
{
  GtkWindow *window = desktop_window_get_window (shot->window);
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (shot->output, file, NULL);
  g_autoptr (GError) error = NULL;

  gtk_window_set_default_size (window, width, height);
  if (desktop_picture_save (window, front, path, &error))
    g_print ("%s\n", path);
  else
    {
      g_printerr ("desktop-shot: %s\n", error->message);
      shot->n_failed++;
    }
}

static void
open_file (Shot *shot, const char *name)
{
  g_autofree char *path = g_build_filename (shot->files, name, NULL);

  if (!desktop_window_open (shot->window, path))
    shot->n_failed++;
  desktop_window_show_view (shot->window, DESKTOP_VIEW_PAGE);
}

static void
settle_page (Shot *shot)
{
  if (!has_state (shot, "offline"))
    wait_for (shot, has_state, "ready");
}

static void
top (Shot *shot)
{
  GtkWidget *scrolled = desktop_page_get_widget (desktop_window_get_page (shot->window));

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                            0);
}

/* --- the story -------------------------------------------------------------------------------- */

static gboolean
start (Shot *shot, const char *browser)
{
  g_autofree char *secrets = g_build_filename (shot->home, "secrets", NULL);
  g_auto (GStrv) words = NULL;
  DesktopCoreOptions options = { .home = shot->home,
                                 .sandbox = shot->sandbox,
                                 .secrets_dir = secrets,
                                 .theme = "light",
                                 .language = DESKTOP_LANGUAGE_EN };
  g_autoptr (GError) error = NULL;

  if (!g_shell_parse_argv (browser, NULL, &words, &error))
    {
      g_printerr ("desktop-shot: %s\n", error->message);
      return FALSE;
    }
  options.browser = (const char *const *)words;
  g_clear_pointer (&shot->window, desktop_window_free);
  desktop_style_set_theme ("light");
  shot->window = desktop_window_new (NULL, &options, shot->module, &error);
  if (shot->window == NULL)
    {
      g_printerr ("desktop-shot: %s\n", error->message);
      return FALSE;
    }
  gtk_window_present (desktop_window_get_window (shot->window));
  return TRUE;
}

static void
take_page (Shot *shot)
{
  static const char *const names[] = { "page-light", "page-fr", "page-nl", "page-de" };

  open_file (shot, WELL);
  wait_for (shot, has_block, "subscriptions");
  settle_page (shot);
  for (int i = 0; i < DESKTOP_N_LANGUAGES; i++)
    {
      desktop_window_set_language (shot->window, (DesktopLanguage)i);
      settle_page (shot);
      top (shot);
      take (shot, names[i], 1100, 900, NULL);
    }
  desktop_window_set_language (shot->window, DESKTOP_LANGUAGE_DE);
  settle_page (shot);
  take (shot, "page-narrow-de", 800, 1200, NULL);
  desktop_window_set_language (shot->window, DESKTOP_LANGUAGE_EN);
  settle_page (shot);
  take (shot, "page-narrow", 800, 1200, NULL);
  take (shot, "page-wide", 1600, 900, NULL);
  desktop_window_set_theme (shot->window, "dark");
  take (shot, "page-dark", 1100, 900, NULL);
  desktop_window_set_theme (shot->window, "light");
}

static void
take_session (Shot *shot, const char *name)
{
  desktop_window_open_session (shot->window);
  if (wait_for (shot, has_answer, "the gate's answer"))
    take (shot, name, 1100, 820, desktop_window_get_answer (shot->window));
  if (desktop_window_get_answer (shot->window) != NULL)
    gtk_window_destroy (desktop_window_get_answer (shot->window));
}

static GtkWindow *
find_dialog (Shot *shot)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_strcmp0 (gtk_widget_get_name (l->data), "confirm") == 0)
      return l->data;
  return NULL;
}

static void
take_basket (Shot *shot)
{
  open_file (shot, NEW);
  act (shot, "basket.add.RS", "{}");
  act (shot, "basket.add.VC", "{}");
  act (shot, "basket.quote", "{}");
  if (!wait_for (shot, has_block, "basket.pay"))
    return;
  act (shot, "basket.accept", "{\"terms\":true}");
  wait_for (shot, can_do, "basket.pay");
  desktop_picture_settle (desktop_window_get_window (shot->window));
  desktop_page_reveal (desktop_window_get_page (shot->window), "basket");
  take (shot, "basket", 1100, 900, NULL);
  desktop_page_invoke (desktop_window_get_page (shot->window), "basket.pay");
  take (shot, "basket-confirm", 1100, 900, find_dialog (shot));
  if (find_dialog (shot) != NULL)
    gtk_window_destroy (find_dialog (shot));
  act (shot, "basket.pay", "{}");
  if (!wait_for (shot, has_block, "basket.waiting"))
    return;
  desktop_page_reveal (desktop_window_get_page (shot->window), "basket");
  take (shot, "waiting-for-payment", 1100, 900, NULL);
  act (shot, "basket.cancel-order", "{}");
  wait_for (shot, can_do, "session.check");
}

static void
take_installations (Shot *shot)
{
  desktop_core_close (desktop_window_get_core (shot->window));
  desktop_window_show_view (shot->window, DESKTOP_VIEW_PAGE);
  wait_for (shot, has_block, "installations");
  settle_page (shot);
  desktop_picture_settle (desktop_window_get_window (shot->window));
  desktop_page_reveal (desktop_window_get_page (shot->window), "installations");
  take (shot, "installations", 1100, 1000, NULL);
  desktop_window_set_theme (shot->window, "dark");
  take (shot, "installations-dark", 1100, 1000, NULL);
  desktop_window_set_theme (shot->window, "light");
  desktop_window_show_view (shot->window, DESKTOP_VIEW_START);
  take (shot, "start", 1100, 820, NULL);
}

static void
take_outage (Shot *shot)
{
  g_autoptr (GError) error = NULL;

  open_file (shot, WELL);
  wait_for (shot, has_block, "subscriptions");
  settle_page (shot);
  if (!g_spawn_command_line_sync (shot->outage, NULL, NULL, NULL, &error))
    {
      g_printerr ("desktop-shot: %s\n", error->message);
      shot->n_failed++;
      return;
    }
  act (shot, "refresh", "{}");
  wait_for (shot, has_state, "offline");
  top (shot);
  take (shot, "offline", 1100, 900, NULL);
  take_session (shot, "session-offline");
}

static void
play (Shot *shot)
{
  if (!start (shot, shot->person))
    {
      shot->n_failed++;
      return;
    }
  take (shot, "start-first", 1100, 820, NULL);
  open_file (shot, WELL);
  act (shot, "sign-in", "{}");
  wait_for (shot, has_block, "sign-out");
  settle_page (shot);
  /* From here on nobody is in the browser. */
  if (!start (shot, "true"))
    {
      shot->n_failed++;
      return;
    }
  take_page (shot);
  open_file (shot, WARNED);
  wait_for (shot, has_block, "notice.payer-leaves");
  top (shot);
  take (shot, "page-warnings", 1100, 900, NULL);
  open_file (shot, ENDED);
  wait_for (shot, has_block, "subscriptions");
  settle_page (shot);
  take_session (shot, "session-refused");
  open_file (shot, ENDING);
  wait_for (shot, has_block, "subscriptions");
  settle_page (shot);
  take_session (shot, "session-note");
  desktop_core_end_session (desktop_window_get_core (shot->window));
  desktop_window_hide_said (shot->window);
  take_basket (shot);
  take_installations (shot);
  open_file (shot, PROTECTED);
  wait_for (shot, has_block, "lock.password");
  top (shot);
  take (shot, "protected", 1100, 820, NULL);
  take_outage (shot);
}

static gboolean
parse (Shot *shot, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "module", 0, 0, G_OPTION_ARG_FILENAME, &shot->module, "The plug-in", "M" },
    { "sandbox", 0, 0, G_OPTION_ARG_FILENAME, &shot->sandbox, "A running sandbox's folder", "DIR" },
    { "files", 0, 0, G_OPTION_ARG_FILENAME, &shot->files, "The projects", "DIR" },
    { "person", 0, 0, G_OPTION_ARG_STRING, &shot->person, "The browser that signs in", "CMD" },
    { "outage", 0, 0, G_OPTION_ARG_STRING, &shot->outage, "Ends the sandbox", "CMD" },
    { "home", 0, 0, G_OPTION_ARG_FILENAME, &shot->home, "An empty folder", "DIR" },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("OUTPUT");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc == 2 && shot->module != NULL && shot->sandbox != NULL && shot->files != NULL
      && shot->person != NULL && shot->outage != NULL && shot->home != NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "it takes all of its options and a folder; see --help");
  return FALSE;
}

static void
shot_clear (Shot *shot)
{
  g_clear_pointer (&shot->window, desktop_window_free);
  g_free (shot->module);
  g_free (shot->sandbox);
  g_free (shot->files);
  g_free (shot->person);
  g_free (shot->outage);
  g_free (shot->home);
  g_free (shot->output);
}

int
main (int argc, char **argv)
{
  Shot shot = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok = parse (&shot, &argc, &argv, &error);

  if (!ok || !gtk_init_check ())
    {
      g_printerr ("desktop-shot: %s\n", ok ? "there is no display" : error->message);
      shot_clear (&shot);
      return 2;
    }
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  shot.output = g_strdup (argv[1]);
  if (g_mkdir_with_parents (shot.output, 0755) == 0)
    play (&shot);
  else
    {
      g_printerr ("desktop-shot: cannot make the folder %s\n", shot.output);
      shot.n_failed++;
    }
  shot_clear (&shot);
  return shot.n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
