/* SPDX-License-Identifier: MIT */
/* The window around the real module, without a cloud: projects, files that go, plug-ins that
 * misbehave, themes and languages. */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/host/desktop/style.h"
#include "tests/host/desktop/window.h"
#include "tests/host/page-tree.h"
#include "tests/unit/desktop/screen.h"

#define PATIENCE_MS 20000

typedef struct
{
  DesktopWindow *window; /* (owned) */
  const char *name;      /* (unowned): of what is waited for */
  const char *text;      /* (unowned) */
} Fixture;

static void
open_window (Fixture *self, const char *module)
{
  g_autofree char *path = harness_build_path (module);
  g_autofree char *home = g_build_filename (harness_tmpdir (), "home", NULL);
  g_autoptr (GError) error = NULL;
  DesktopCoreOptions options = { .home = home, .theme = "light" };

  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  desktop_style_set_theme ("light");
  self->window = desktop_window_new (NULL, &options, path, &error);
  g_assert_no_error (error);
  gtk_window_present (desktop_window_get_window (self->window));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  open_window (self, "plugin/ttecomm.so");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->window, desktop_window_free);
}

static DesktopCore *
core_of (Fixture *self)
{
  return desktop_window_get_core (self->window);
}

/* What the bar of that name says; "" while it is hidden. (transfer full) */
static char *
bar_text (Fixture *self, const char *name)
{
  GtkWidget *bar = screen_search (GTK_WIDGET (desktop_window_get_window (self->window)), name);

  g_assert_nonnull (bar);
  return gtk_widget_get_visible (bar) ? screen_widget_text (bar) : g_strdup ("");
}

static gboolean
bar_says (gpointer data)
{
  Fixture *self = data;
  g_autofree char *text = bar_text (self, self->name);

  return strstr (text, self->text) != NULL;
}

static void
expect_bar (Fixture *self, const char *name, const char *part)
{
  g_autofree char *text = NULL;

  self->name = name;
  self->text = part;
  if (harness_wait_until (bar_says, self, PATIENCE_MS))
    return;
  text = bar_text (self, name);
  g_error ("\"%s\" says \"%s\", not \"%s\"", name, text, part);
}

static gboolean
page_says (gpointer data)
{
  Fixture *self = data;
  g_autofree char *text
      = screen_widget_text (desktop_page_get_widget (desktop_window_get_page (self->window)));

  return strstr (text, self->text) != NULL;
}

static void
expect_page (Fixture *self, const char *part)
{
  self->text = part;
  if (!harness_wait_until (page_says, self, PATIENCE_MS))
    g_error ("the page does not say \"%s\"", part);
}

static gboolean
has_answer (gpointer data)
{
  Fixture *self = data;

  return desktop_window_get_answer (self->window) != NULL;
}

/* A copy that the test may change. (transfer full) */
static char *
copy_project (const char *name)
{
  g_autofree char *from = harness_data_path (name);
  char *to = g_build_filename (harness_tmpdir (), name, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize)size, NULL));
  return to;
}

/* --- projects --------------------------------------------------------------------------------- */

static void
test_opens_a_project (Fixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");

  g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_START);
  g_assert_true (desktop_window_open (self->window, path));
  g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_PROJECT);
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  expect_page (self, "Villa Picos");
  expect_page (self, "mara@example.org");
  g_assert_true (desktop_window_open (self->window, path));
}

static void
test_refuses_what_is_no_file (Fixture *self, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (harness_tmpdir (), "nothing.nbt", NULL);

  g_assert_false (desktop_window_open (self->window, missing));
  expect_bar (self, "said", "The file cannot be opened");
  g_assert_false (desktop_window_open (self->window, harness_tmpdir ()));
  expect_bar (self, "said", "is not a file");
  g_assert_null (desktop_core_get_path (core_of (self)));
  g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_START);
}

/* A file of something else opens; its page says what is wrong. */
static void
test_shows_what_is_wrong_with_a_file (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), "odd.nbt", NULL);

  g_assert_true (g_file_set_contents (path, "PK\3\4 no project at all", -1, NULL));
  g_assert_true (desktop_window_open (self->window, path));
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  expect_page (self, "✕ Problem");
}

static void
test_says_when_the_file_has_gone (Fixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");
  g_autofree char *other = copy_project ("no-owner.nbt");

  g_assert_true (desktop_window_open (self->window, path));
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  expect_page (self, "Villa Picos");
  g_assert_cmpint (g_unlink (path), ==, 0);
  expect_bar (self, "said", "villa-picos.nbt is no longer on disk.");
  expect_page (self, "Villa Picos");
  /* It comes back, with something else in it. */
  g_assert_cmpint (g_rename (other, path), ==, 0);
  expect_bar (self, "said", "was saved again");
  expect_page (self, "owner");
}

static void
test_remembers_recent_projects (Fixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");
  g_autofree char *other = copy_project ("no-owner.nbt");
  GtkWidget *window = GTK_WIDGET (desktop_window_get_window (self->window));
  g_autofree char *text = NULL;

  g_assert_true (desktop_window_open (self->window, path));
  g_assert_true (desktop_window_open (self->window, other));
  g_assert_true (gtk_widget_activate_action (window, "win.close", NULL));
  g_assert_null (desktop_core_get_path (core_of (self)));
  text = screen_widget_text (window);
  g_assert_nonnull (strstr (text, "no-owner.nbt\nvilla-picos.nbt\n"));
  g_assert_true (gtk_widget_activate_action (window, "win.recent", "s", path));
  g_assert_cmpstr (desktop_core_get_path (core_of (self)), ==, path);
}

/* --- a remote session ------------------------------------------------------------------------- */

static void
test_refusal_says_what_to_do (Fixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");
  g_autofree char *text = NULL;

  g_assert_true (desktop_window_open (self->window, path));
  desktop_window_open_session (self->window);
  g_assert_true (harness_wait_until (has_answer, self, PATIENCE_MS));
  text = screen_widget_text (GTK_WIDGET (desktop_window_get_answer (self->window)));
  g_assert_nonnull (strstr (text, "The session cannot be opened yet"));
  g_assert_nonnull (strstr (text, "ℹ Note"));
  g_assert_cmpuint (desktop_core_get_session (core_of (self)), ==, 0);
  screen_press (desktop_window_get_answer (self->window), "Close");
  g_assert_null (desktop_window_get_answer (self->window));
}

static void
test_no_session_without_a_project (Fixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (desktop_window_get_window (self->window));

  gtk_widget_activate_action (window, "win.session", NULL);
  g_assert_false (desktop_core_is_checking (core_of (self)));
}

/* --- plug-ins that misbehave ------------------------------------------------------------------ */

#define SPECIMENS "tests/unit/host/specimens/"

static void
test_goes_on_without_a_module (Fixture *self, gconstpointer data)
{
  static const char *const modules[] = {
    "no-such-module.so",
    SPECIMENS "specimen-nothing.so",
    SPECIMENS "specimen-other-major.so",
    SPECIMENS "specimen-no-factory.so",
    SPECIMENS "specimen-refuse-create.so",
    SPECIMENS "specimen-refuse-init.so",
  };
  g_autofree char *path = copy_project ("villa-picos.nbt");

  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_test_message ("%s", modules[i]);
      open_window (self, modules[i]);
      expect_bar (self, "trouble", "could not be loaded");
      g_assert_true (desktop_window_open (self->window, path));
      desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
      g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_PROJECT);
      desktop_window_open_session (self->window);
      g_assert_nonnull (desktop_window_get_answer (self->window));
      g_assert_cmpuint (desktop_core_get_session (core_of (self)), ==, 0);
      g_clear_pointer (&self->window, desktop_window_free);
    }
}

static void
test_says_that_a_page_cannot_be_shown (Fixture *self, gconstpointer data)
{
  g_autofree char *diagnostics = NULL;

  open_window (self, SPECIMENS "specimen-page.so");
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  expect_bar (self, "trouble", "sent a page that cannot be shown");
  diagnostics = desktop_core_diagnose (core_of (self));
  g_assert_nonnull (strstr (diagnostics, "the plug-in broke"));
}

static void
test_says_that_rules_are_broken (Fixture *self, gconstpointer data)
{
  static const char *const modules[]
      = { "specimen-view.so", "specimen-revision.so", "specimen-text.so", "specimen-uri.so" };

  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autofree char *module = g_strconcat (SPECIMENS, modules[i], NULL);
      g_autofree char *path = copy_project ("villa-picos.nbt");

      g_test_message ("%s", modules[i]);
      open_window (self, module);
      desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
      desktop_window_open (self->window, path);
      desktop_core_invoke (core_of (self), "act", "{}");
      desktop_window_open_session (self->window);
      expect_bar (self, "trouble", "has broken the rules");
      g_clear_pointer (&self->window, desktop_window_free);
    }
}

/* --- themes and languages --------------------------------------------------------------------- */

static void
test_speaks_four_languages (Fixture *self, gconstpointer data)
{
  static const char *const session[] = { "Open remote session", "Ouvrir une session à distance",
                                         "Sessie op afstand openen", "Fernsitzung öffnen" };
  GtkWidget *window = GTK_WIDGET (desktop_window_get_window (self->window));
  g_autofree char *path = copy_project ("villa-picos.nbt");

  g_assert_true (desktop_window_open (self->window, path));
  for (int i = 0; i < DESKTOP_N_LANGUAGES; i++)
    {
      g_autofree char *text = NULL;

      desktop_window_set_language (self->window, (DesktopLanguage)i);
      text = screen_widget_text (window);
      g_assert_nonnull (strstr (text, session[i]));
    }
  desktop_window_set_language (self->window, DESKTOP_LANGUAGE_FR);
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  expect_page (self, "Personnes et rôles");
}

static void
test_takes_light_for_a_theme_that_is_not (Fixture *self, gconstpointer data)
{
  g_assert_true (desktop_style_set_theme ("dark"));
  g_assert_cmpstr (desktop_style_get_theme (), ==, "dark");
  g_assert_false (desktop_style_set_theme ("../../etc/passwd"));
  g_assert_cmpstr (desktop_style_get_theme (), ==, "light");
  g_assert_false (desktop_style_set_theme (NULL));
  desktop_window_set_theme (self->window, "dark");
  g_assert_cmpstr (host_get_environment (desktop_core_get_host (core_of (self)), PROSOFT_ENV_THEME),
                   ==, "dark");
}

/* --- the plug-in sees a good host ------------------------------------------------------------- */

static void
test_our_module_finds_no_fault (Fixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");
  g_autofree char *diagnostics = NULL;

  desktop_window_open (self->window, path);
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  expect_page (self, "Villa Picos");
  desktop_window_open_session (self->window);
  g_assert_true (harness_wait_until (has_answer, self, PATIENCE_MS));
  diagnostics = desktop_core_diagnose (core_of (self));
  g_assert_nonnull (strstr (diagnostics, "no broken rule was seen"));
  g_assert_nonnull (strstr (diagnostics, "be.teletask.ttecomm"));
  g_assert_null (strstr (diagnostics, harness_tmpdir ()));
  g_assert_null (desktop_core_get_trouble (core_of (self)));
}

static void
register_tests (Harness *harness)
{
#define ADD(name, before, test)                                                                    \
  harness_add_fixture (harness, "desktop-window", name, Fixture, NULL, before, test, tear_down)
  ADD ("opens-a-project", set_up, test_opens_a_project);
  ADD ("refuses-what-is-no-file", set_up, test_refuses_what_is_no_file);
  ADD ("shows-what-is-wrong-with-a-file", set_up, test_shows_what_is_wrong_with_a_file);
  ADD ("says-when-the-file-has-gone", set_up, test_says_when_the_file_has_gone);
  ADD ("remembers-recent-projects", set_up, test_remembers_recent_projects);
  ADD ("refusal-says-what-to-do", set_up, test_refusal_says_what_to_do);
  ADD ("no-session-without-a-project", set_up, test_no_session_without_a_project);
  ADD ("goes-on-without-a-module", NULL, test_goes_on_without_a_module);
  ADD ("says-that-a-page-cannot-be-shown", NULL, test_says_that_a_page_cannot_be_shown);
  ADD ("says-that-rules-are-broken", NULL, test_says_that_rules_are_broken);
  ADD ("speaks-four-languages", set_up, test_speaks_four_languages);
  ADD ("takes-light-for-a-theme-that-is-not", set_up, test_takes_light_for_a_theme_that_is_not);
  ADD ("our-module-finds-no-fault", set_up, test_our_module_finds_no_fault);
#undef ADD
}

HARNESS_MAIN (register_tests)
