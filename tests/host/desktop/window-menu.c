/* SPDX-License-Identifier: MIT */
/* The menu bar, and what its items do. */
#include "tests/host/desktop/dialog.h"
#include "tests/host/desktop/recents.h"
#include "tests/host/desktop/style.h"
#include "tests/host/desktop/window-private.h"

/* --- what items do ---------------------------------------------------------------------------- */

void
desktop_window_end_choosing (DesktopWindow *self)
{
  g_autoptr (GtkNativeDialog) chooser = g_steal_pointer (&self->chooser);

  if (chooser == NULL)
    return;
  g_signal_handlers_disconnect_by_data (chooser, self);
  gtk_native_dialog_destroy (chooser);
}

static void
file_chosen (GtkNativeDialog *dialog, int response, DesktopWindow *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  desktop_window_end_choosing (self);
  if (path != NULL)
    desktop_window_open (self, path);
}

void
desktop_window_choose_file (DesktopWindow *self)
{
  g_autofree char *title = desktop_word_plain (self->language, DESKTOP_WORD_START_OPEN);
  g_autofree char *open = desktop_word_plain (self->language, DESKTOP_WORD_OPEN);
  GtkFileChooserNative *chooser;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  desktop_window_end_choosing (self);
  chooser = gtk_file_chooser_native_new (title, self->window, GTK_FILE_CHOOSER_ACTION_OPEN, open,
                                         desktop_window_word (self, DESKTOP_WORD_CANCEL));
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_file_filter_add_suffix (filter, "nbt");
  gtk_file_filter_set_name (filter, "PROSOFT .nbt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  g_signal_connect (chooser, "response", G_CALLBACK (file_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
open_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  desktop_window_choose_file (data);
}

static void
recent_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  desktop_window_open (data, g_variant_get_string (parameter, NULL));
}

static void
close_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DesktopWindow *self = data;

  desktop_core_close (self->core);
  desktop_window_hide_said (self);
  desktop_window_show_view (self, DESKTOP_VIEW_START);
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DesktopWindow *self = data;

  gtk_window_close (self->window);
}

static void
users_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  desktop_window_show_view (data, DESKTOP_VIEW_PAGE);
}

static void
back_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DesktopWindow *self = data;

  desktop_window_show_view (self, desktop_core_get_path (self->core) != NULL ? DESKTOP_VIEW_PROJECT
                                                                             : DESKTOP_VIEW_START);
}

static void
session_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  desktop_window_open_session (data);
}

static void
end_session_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DesktopWindow *self = data;

  desktop_core_end_session (self->core);
  desktop_window_say (self, DESKTOP_SAY_INFO,
                      desktop_window_word (self, DESKTOP_WORD_SESSION_ENDED));
}

static void
language_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  desktop_window_set_language (data, desktop_language_parse (g_variant_get_string (state, NULL)));
}

static void
dark_changed (GSimpleAction *action, GVariant *state, gpointer data)
{
  desktop_window_set_theme (data, g_variant_get_boolean (state) ? "dark" : "light");
}

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DesktopWindow *self = data;
  g_autofree char *diagnostics = desktop_core_diagnose (self->core);
  DesktopDialogButton button = { desktop_window_word (self, DESKTOP_WORD_CLOSE), NULL, "primary" };
  DesktopDialogContent content
      = { .title = "PROSOFT " TTECOMM_VERSION,
          .text = desktop_window_word (self, DESKTOP_WORD_ABOUT_TEXT),
          .details = diagnostics,
          .details_title = desktop_window_word (self, DESKTOP_WORD_DETAILS),
          .buttons = &button,
          .n_buttons = 1 };

  desktop_dialog_show (self->window, "about", &content, NULL, NULL);
}

static void
diagnostics_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DesktopWindow *self = data;
  g_autofree char *diagnostics = desktop_core_diagnose (self->core);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)), diagnostics);
  desktop_window_say (self, DESKTOP_SAY_INFO, desktop_window_word (self, DESKTOP_WORD_COPIED));
}

static const GActionEntry entries[] = {
  { .name = "open", .activate = open_activated },
  { .name = "recent", .activate = recent_activated, .parameter_type = "s" },
  { .name = "close", .activate = close_activated },
  { .name = "quit", .activate = quit_activated },
  { .name = "users", .activate = users_activated },
  { .name = "back", .activate = back_activated },
  { .name = "session", .activate = session_activated },
  { .name = "end-session", .activate = end_session_activated },
  { .name = "language", .state = "'en'", .parameter_type = "s", .change_state = language_changed },
  { .name = "dark", .state = "false", .change_state = dark_changed },
  { .name = "about", .activate = about_activated },
  { .name = "diagnostics", .activate = diagnostics_activated },
};

static const struct
{
  const char *action, *keys;
} shortcuts[] = {
  { "win.open", "<Control>o" },  { "win.close", "<Control>w" },   { "win.quit", "<Control>q" },
  { "win.users", "<Control>u" }, { "win.session", "<Control>r" }, { "win.back", "<Alt>Left" },
};

void
desktop_window_make_actions (DesktopWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "win", G_ACTION_GROUP (self->actions));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                          gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self->window), controller);
}

static void
enable (DesktopWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  if (g_action_get_enabled (action) != enabled)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (DesktopWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

void
desktop_window_update_actions (DesktopWindow *self)
{
  gboolean has_project = desktop_core_get_path (self->core) != NULL;
  gboolean runs = host_is_running (desktop_core_get_host (self->core));

  enable (self, "close", has_project);
  enable (self, "users", runs);
  enable (self, "back", self->view == DESKTOP_VIEW_PAGE);
  enable (self, "session", runs && has_project && !desktop_core_is_checking (self->core));
  enable (self, "end-session", desktop_core_get_session (self->core) != 0);
  set_state (self, "language", g_variant_new_string (desktop_language_code (self->language)));
  set_state (self, "dark",
             g_variant_new_boolean (g_str_equal (desktop_style_get_theme (), "dark")));
}

/* --- the menu --------------------------------------------------------------------------------- */

static void
add (DesktopWindow *self, GMenu *menu, DesktopWord word, const char *action)
{
  g_menu_append (menu, desktop_window_word (self, word), action);
}

static GMenu *
add_menu (DesktopWindow *self, DesktopWord word)
{
  GMenu *menu = g_menu_new ();

  g_menu_append_submenu (self->menu, desktop_window_word (self, word), G_MENU_MODEL (menu));
  return menu;
}

static GMenu *
make_recents (DesktopWindow *self)
{
  GMenu *menu = g_menu_new ();
  g_auto (GStrv) recents = desktop_recents_load (self->home);

  for (gsize i = 0; recents[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_basename (recents[i]);
      g_autoptr (GString) label = g_string_new (name);
      g_autoptr (GMenuItem) item = NULL;

      /* A "_" of a name is no mnemonic. */
      g_string_replace (label, "_", "__", 0);
      item = g_menu_item_new (label->str, NULL);
      g_menu_item_set_action_and_target (item, "win.recent", "s", recents[i]);
      g_menu_append_item (menu, item);
    }
  if (recents[0] == NULL)
    g_menu_append (menu, desktop_window_word (self, DESKTOP_WORD_MENU_NO_RECENT), "win.none");
  return menu;
}

static void
add_file (DesktopWindow *self)
{
  g_autoptr (GMenu) menu = add_menu (self, DESKTOP_WORD_MENU_FILE);
  g_autoptr (GMenu) recents = make_recents (self);

  add (self, menu, DESKTOP_WORD_MENU_OPEN, "win.open");
  g_menu_append_submenu (menu, desktop_window_word (self, DESKTOP_WORD_MENU_RECENT),
                         G_MENU_MODEL (recents));
  add (self, menu, DESKTOP_WORD_MENU_CLOSE, "win.close");
  add (self, menu, DESKTOP_WORD_MENU_QUIT, "win.quit");
}

static GMenu *
make_languages (void)
{
  GMenu *menu = g_menu_new ();

  for (int i = 0; i < DESKTOP_N_LANGUAGES; i++)
    {
      g_autoptr (GMenuItem) item
          = g_menu_item_new (desktop_language_name ((DesktopLanguage)i), NULL);

      g_menu_item_set_action_and_target (item, "win.language", "s",
                                         desktop_language_code ((DesktopLanguage)i));
      g_menu_append_item (menu, item);
    }
  return menu;
}

/* The badge is a sign in the menu's own name and in the item's. */
static void
add_extra (DesktopWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) languages = make_languages ();
  const char *badge = self->has_badge ? " ●" : "";
  g_autofree char *title
      = g_strconcat (desktop_window_word (self, DESKTOP_WORD_MENU_EXTRA), badge, NULL);
  g_autofree char *users
      = g_strconcat (desktop_window_word (self, DESKTOP_WORD_MENU_USERS), badge, NULL);

  g_menu_append_submenu (self->menu, title, G_MENU_MODEL (menu));
  g_menu_append (menu, users, "win.users");
  g_menu_append_submenu (menu, desktop_window_word (self, DESKTOP_WORD_MENU_LANGUAGE),
                         G_MENU_MODEL (languages));
  add (self, menu, DESKTOP_WORD_MENU_DARK, "win.dark");
}

void
desktop_window_update_menu (DesktopWindow *self)
{
  g_menu_remove_all (self->menu);
  add_file (self);
  add_extra (self);
  {
    g_autoptr (GMenu) remote = add_menu (self, DESKTOP_WORD_MENU_REMOTE);
    g_autoptr (GMenu) help = add_menu (self, DESKTOP_WORD_MENU_HELP);

    add (self, remote, DESKTOP_WORD_MENU_SESSION, "win.session");
    add (self, remote, DESKTOP_WORD_MENU_END_SESSION, "win.end-session");
    add (self, help, DESKTOP_WORD_MENU_ABOUT, "win.about");
    add (self, help, DESKTOP_WORD_MENU_DIAGNOSTICS, "win.diagnostics");
  }
}
