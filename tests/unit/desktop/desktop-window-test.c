/* SPDX-License-Identifier: MIT */
/* The window around the real module, without a cloud: projects, files that go, plug-ins that
 * misbehave, themes and languages. */
#include <glib/gstdio.h>
#include <string.h>

#include "tests/host/desktop/style.h"
#include "tests/host/desktop/window.h"
#include "tests/host/page-tree.h"
#include "tests/unit/desktop/screen.h"
#include "tests/unit/desktop/window-fixture.h"

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
test_opens_a_project (WindowFixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");

  g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_START);
  g_assert_true (desktop_window_open (self->window, path));
  g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_PROJECT);
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  window_fixture_expect_page (self, "Villa Picos");
  window_fixture_expect_page (self, "mara@example.org");
  g_assert_true (desktop_window_open (self->window, path));
}

static void
test_refuses_what_is_no_file (WindowFixture *self, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (harness_tmpdir (), "nothing.nbt", NULL);

  g_assert_false (desktop_window_open (self->window, missing));
  window_fixture_expect_bar (self, "said", "The file cannot be opened");
  g_assert_false (desktop_window_open (self->window, harness_tmpdir ()));
  window_fixture_expect_bar (self, "said", "is not a file");
  g_assert_null (desktop_core_get_path (window_fixture_core (self)));
  g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_START);
}

/* A file of something else opens; its page says what is wrong. */
static void
test_shows_what_is_wrong_with_a_file (WindowFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), "odd.nbt", NULL);

  g_assert_true (g_file_set_contents (path, "PK\3\4 no project at all", -1, NULL));
  g_assert_true (desktop_window_open (self->window, path));
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  window_fixture_expect_page (self, "✕ Problem");
}

static void
test_says_when_the_file_has_gone (WindowFixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");
  g_autofree char *other = copy_project ("no-owner.nbt");

  g_assert_true (desktop_window_open (self->window, path));
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  window_fixture_expect_page (self, "Villa Picos");
  g_assert_cmpint (g_unlink (path), ==, 0);
  window_fixture_expect_bar (self, "said", "villa-picos.nbt is no longer on disk.");
  window_fixture_expect_page (self, "Villa Picos");
  /* It comes back, with something else in it. */
  g_assert_cmpint (g_rename (other, path), ==, 0);
  window_fixture_expect_bar (self, "said", "was saved again");
  window_fixture_expect_page (self, "owner");
}

static void
test_remembers_recent_projects (WindowFixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");
  g_autofree char *other = copy_project ("no-owner.nbt");
  GtkWidget *window = GTK_WIDGET (desktop_window_get_window (self->window));
  g_autofree char *text = NULL;

  g_assert_true (desktop_window_open (self->window, path));
  g_assert_true (desktop_window_open (self->window, other));
  g_assert_true (gtk_widget_activate_action (window, "win.close", NULL));
  g_assert_null (desktop_core_get_path (window_fixture_core (self)));
  text = screen_widget_text (window);
  g_assert_nonnull (strstr (text, "no-owner.nbt\nvilla-picos.nbt\n"));
  g_assert_true (gtk_widget_activate_action (window, "win.recent", "s", path));
  g_assert_cmpstr (desktop_core_get_path (window_fixture_core (self)), ==, path);
}

/* --- a remote session ------------------------------------------------------------------------- */

static void
test_refusal_says_what_to_do (WindowFixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");
  g_autofree char *text = NULL;

  g_assert_true (desktop_window_open (self->window, path));
  desktop_window_open_session (self->window);
  g_assert_true (window_fixture_wait_answer (self));
  text = screen_widget_text (GTK_WIDGET (desktop_window_get_answer (self->window)));
  g_assert_nonnull (strstr (text, "The session cannot be opened yet"));
  g_assert_nonnull (strstr (text, "ℹ Note"));
  g_assert_cmpuint (desktop_core_get_session (window_fixture_core (self)), ==, 0);
  screen_press (desktop_window_get_answer (self->window), "Close");
  g_assert_null (desktop_window_get_answer (self->window));
}

/* A button of the answer leads to the page, also when that was never shown. */
static void
test_buttons_of_a_refusal_work (WindowFixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("protected.nbt");
  GtkWindow *answer;
  g_autofree char *text = NULL;

  g_assert_true (desktop_window_open (self->window, path));
  desktop_window_open_session (self->window);
  g_assert_true (window_fixture_wait_answer (self));
  answer = desktop_window_get_answer (self->window);
  text = screen_widget_text (GTK_WIDGET (answer));
  g_test_message ("%s", text);
  screen_press (answer, "Details");
  g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_PAGE);
  window_fixture_expect_page (self, "Remote session");
}

static void
test_no_session_without_a_project (WindowFixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (desktop_window_get_window (self->window));

  gtk_widget_activate_action (window, "win.session", NULL);
  g_assert_false (desktop_core_is_checking (window_fixture_core (self)));
}

/* --- plug-ins that misbehave ------------------------------------------------------------------ */

#define SPECIMENS "tests/unit/host/specimens/"

static void
test_goes_on_without_a_module (WindowFixture *self, gconstpointer data)
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
      window_fixture_open (self, modules[i], NULL, NULL);
      window_fixture_expect_bar (self, "trouble", "could not be loaded");
      g_assert_true (desktop_window_open (self->window, path));
      desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
      g_assert_cmpint (desktop_window_get_view (self->window), ==, DESKTOP_VIEW_PROJECT);
      desktop_window_open_session (self->window);
      g_assert_nonnull (desktop_window_get_answer (self->window));
      g_assert_cmpuint (desktop_core_get_session (window_fixture_core (self)), ==, 0);
      g_clear_pointer (&self->window, desktop_window_free);
    }
}

static void
test_says_that_a_page_cannot_be_shown (WindowFixture *self, gconstpointer data)
{
  g_autofree char *diagnostics = NULL;

  window_fixture_open (self, SPECIMENS "specimen-page.so", NULL, NULL);
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  window_fixture_expect_bar (self, "trouble", "sent a page that cannot be shown");
  /* Nothing is done by a page that nobody sees. */
  desktop_core_invoke (window_fixture_core (self), "act", "{}");
  window_fixture_expect_bar (self, "said", "sent a page that cannot be shown");
  /* Said in the language of the moment. */
  desktop_window_set_language (self->window, DESKTOP_LANGUAGE_NL);
  window_fixture_expect_bar (self, "trouble", "stuurde een pagina");
  diagnostics = desktop_core_diagnose (window_fixture_core (self));
  g_assert_nonnull (strstr (diagnostics, "the plug-in broke"));
}

static void
test_says_that_rules_are_broken (WindowFixture *self, gconstpointer data)
{
  static const char *const modules[]
      = { "specimen-view.so", "specimen-revision.so", "specimen-text.so", "specimen-uri.so" };

  for (gsize i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autofree char *module = g_strconcat (SPECIMENS, modules[i], NULL);
      g_autofree char *path = copy_project ("villa-picos.nbt");

      g_test_message ("%s", modules[i]);
      window_fixture_open (self, module, NULL, NULL);
      desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
      desktop_window_open (self->window, path);
      desktop_core_invoke (window_fixture_core (self), "act", "{}");
      desktop_window_open_session (self->window);
      window_fixture_expect_bar (self, "trouble", "has broken the rules");
      g_clear_pointer (&self->window, desktop_window_free);
    }
}

/* --- themes and languages --------------------------------------------------------------------- */

static void
test_speaks_four_languages (WindowFixture *self, gconstpointer data)
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
  window_fixture_expect_page (self, "Personnes et rôles");
}

static void
test_takes_light_for_a_theme_that_is_not (WindowFixture *self, gconstpointer data)
{
  g_assert_true (desktop_style_set_theme ("dark"));
  g_assert_cmpstr (desktop_style_get_theme (), ==, "dark");
  g_assert_false (desktop_style_set_theme ("../../etc/passwd"));
  g_assert_cmpstr (desktop_style_get_theme (), ==, "light");
  g_assert_false (desktop_style_set_theme (NULL));
  desktop_window_set_theme (self->window, "dark");
  g_assert_cmpstr (host_get_environment (desktop_core_get_host (window_fixture_core (self)),
                                         PROSOFT_ENV_THEME),
                   ==, "dark");
}

/* --- the plug-in sees a good host ------------------------------------------------------------- */

static void
test_our_module_finds_no_fault (WindowFixture *self, gconstpointer data)
{
  g_autofree char *path = copy_project ("villa-picos.nbt");
  g_autofree char *diagnostics = NULL;

  desktop_window_open (self->window, path);
  desktop_window_show_view (self->window, DESKTOP_VIEW_PAGE);
  window_fixture_expect_page (self, "Villa Picos");
  desktop_window_open_session (self->window);
  g_assert_true (window_fixture_wait_answer (self));
  diagnostics = desktop_core_diagnose (window_fixture_core (self));
  g_assert_nonnull (strstr (diagnostics, "no broken rule was seen"));
  g_assert_nonnull (strstr (diagnostics, "be.teletask.ttecomm"));
  g_assert_null (strstr (diagnostics, harness_tmpdir ()));
  g_assert_null (desktop_core_get_trouble (window_fixture_core (self)));
}

static void
register_tests (Harness *harness)
{
#define ADD(name, before, test)                                                                    \
  harness_add_fixture (harness, "desktop-window", name, WindowFixture, NULL, before, test,         \
                       window_fixture_tear_down)
  ADD ("opens-a-project", window_fixture_set_up, test_opens_a_project);
  ADD ("refuses-what-is-no-file", window_fixture_set_up, test_refuses_what_is_no_file);
  ADD ("shows-what-is-wrong-with-a-file", window_fixture_set_up,
       test_shows_what_is_wrong_with_a_file);
  ADD ("says-when-the-file-has-gone", window_fixture_set_up, test_says_when_the_file_has_gone);
  ADD ("remembers-recent-projects", window_fixture_set_up, test_remembers_recent_projects);
  ADD ("refusal-says-what-to-do", window_fixture_set_up, test_refusal_says_what_to_do);
  ADD ("buttons-of-a-refusal-work", window_fixture_set_up, test_buttons_of_a_refusal_work);
  ADD ("no-session-without-a-project", window_fixture_set_up, test_no_session_without_a_project);
  ADD ("goes-on-without-a-module", NULL, test_goes_on_without_a_module);
  ADD ("says-that-a-page-cannot-be-shown", NULL, test_says_that_a_page_cannot_be_shown);
  ADD ("says-that-rules-are-broken", NULL, test_says_that_rules_are_broken);
  ADD ("speaks-four-languages", window_fixture_set_up, test_speaks_four_languages);
  ADD ("takes-light-for-a-theme-that-is-not", window_fixture_set_up,
       test_takes_light_for_a_theme_that_is_not);
  ADD ("our-module-finds-no-fault", window_fixture_set_up, test_our_module_finds_no_fault);
#undef ADD
}

HARNESS_MAIN (register_tests)
