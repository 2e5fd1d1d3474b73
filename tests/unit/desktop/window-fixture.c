/* SPDX-License-Identifier: MIT */
#include "tests/unit/desktop/window-fixture.h"

#include <string.h>

#include "tests/host/desktop/style.h"
#include "tests/host/page-tree.h"
#include "tests/unit/desktop/screen.h"

void
window_fixture_open (WindowFixture *self,
                     const char *module,
                     const char *sandbox,
                     const char *browser)
{
  g_autofree char *path = harness_build_path (module);
  g_autofree char *home = NULL;
  g_autofree char *secrets = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  DesktopCoreOptions options = { .theme = "light", .sandbox = sandbox };

  /* A second window of a test is the same person's. */
  if (self->folder == NULL)
    self->folder = harness_tmpdir ();
  home = g_build_filename (self->folder, "home", NULL);
  secrets = g_build_filename (self->folder, "secrets", NULL);
  options.home = home;
  if (sandbox != NULL)
    options.secrets_dir = secrets;
  if (browser != NULL)
    g_assert_true (g_shell_parse_argv (browser, NULL, &words, NULL));
  options.browser = (const char *const *)words;
  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  desktop_style_set_theme ("light");
  self->window = desktop_window_new (NULL, &options, path, &error);
  g_assert_no_error (error);
  gtk_window_present (desktop_window_get_window (self->window));
}

void
window_fixture_set_up (WindowFixture *self, gconstpointer data)
{
  window_fixture_open (self, "plugin/ttecomm.so", NULL, NULL);
}

void
window_fixture_tear_down (WindowFixture *self, gconstpointer data)
{
  g_clear_pointer (&self->window, desktop_window_free);
}

DesktopCore *
window_fixture_core (WindowFixture *self)
{
  return desktop_window_get_core (self->window);
}

char *
window_fixture_bar_text (WindowFixture *self, const char *name)
{
  GtkWidget *bar = screen_search (GTK_WIDGET (desktop_window_get_window (self->window)), name);

  g_assert_nonnull (bar);
  return gtk_widget_get_visible (bar) ? screen_widget_text (bar) : g_strdup ("");
}

static gboolean
bar_says (gpointer data)
{
  WindowFixture *self = data;
  g_autofree char *text = window_fixture_bar_text (self, self->name);

  return self->text != NULL ? strstr (text, self->text) != NULL : *text == '\0';
}

void
window_fixture_expect_bar (WindowFixture *self, const char *name, const char *part)
{
  g_autofree char *text = NULL;

  self->name = name;
  self->text = part;
  if (harness_wait_until (bar_says, self, WINDOW_FIXTURE_PATIENCE_MS))
    return;
  text = window_fixture_bar_text (self, name);
  g_error ("\"%s\" says \"%s\", not \"%s\"", name, text, part != NULL ? part : "nothing");
}

void
window_fixture_expect_hidden (WindowFixture *self, const char *name)
{
  window_fixture_expect_bar (self, name, NULL);
}

static gboolean
page_says (gpointer data)
{
  WindowFixture *self = data;
  g_autofree char *text
      = screen_widget_text (desktop_page_get_widget (desktop_window_get_page (self->window)));

  return strstr (text, self->text) != NULL;
}

void
window_fixture_expect_page (WindowFixture *self, const char *part)
{
  self->text = part;
  if (!harness_wait_until (page_says, self, WINDOW_FIXTURE_PATIENCE_MS))
    g_error ("the page does not say \"%s\"", part);
}

static gboolean
has_answer (gpointer data)
{
  WindowFixture *self = data;

  return desktop_window_get_answer (self->window) != NULL;
}

gboolean
window_fixture_wait_answer (WindowFixture *self)
{
  return harness_wait_until (has_answer, self, WINDOW_FIXTURE_PATIENCE_MS);
}

static gboolean
can_act (gpointer data)
{
  WindowFixture *self = data;
  JsonObject *page = desktop_core_get_page (window_fixture_core (self));

  return page != NULL && host_page_can_invoke (page, self->name, NULL);
}

void
window_fixture_act (WindowFixture *self, const char *action, const char *inputs)
{
  self->name = action;
  if (!harness_wait_until (can_act, self, WINDOW_FIXTURE_PATIENCE_MS))
    g_error ("the page does not offer \"%s\"", action);
  desktop_core_invoke (window_fixture_core (self), action, inputs);
}
