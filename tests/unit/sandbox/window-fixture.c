/* SPDX-License-Identifier: MIT */
#include "tests/unit/sandbox/window-fixture.h"

#include <string.h>

#include "tests/harness/harness.h"

/* So that what happens in the world is seen soon. */
#define POLL_MS 50

void
window_fixture_start_sandbox (WindowFixture *self)
{
  g_autofree char *seed = harness_source_path ("tests/sandbox/showcase.json");
  TtecommSandboxOptions options = { .world.seed = seed };
  g_autoptr (GError) error = NULL;

  self->sandbox = ttecomm_sandbox_start (self->folder, &options, &error);
  g_assert_no_error (error);
}

void
window_fixture_stop_sandbox (WindowFixture *self)
{
  if (self->sandbox == NULL)
    return;
  ttecomm_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
}

void
window_fixture_set_up (WindowFixture *self, gconstpointer data)
{
  const WindowLanguage *language = data;

  if (!gtk_init_check ())
    g_error ("there is no display: run this with tests/tools/with-display");
  /* A picture in the middle of a fade would be one of luck. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  self->folder = g_build_filename (harness_tmpdir (), "sandbox", NULL);
  self->remote = sandbox_remote_new (self->folder);
  window_fixture_start_sandbox (self);
  self->window = sandbox_window_new (
      &(SandboxWindowOptions){ .folder = self->folder,
                               .language = language != NULL ? *language : WINDOW_LANGUAGE_EN,
                               .poll_ms = POLL_MS });
  gtk_window_present (GTK_WINDOW (self->window));
  window_fixture_rest (self);
}

void
window_fixture_tear_down (WindowFixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->remote);
  window_fixture_stop_sandbox (self);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_free (self->folder);
}

static gboolean
is_at_rest (gpointer window)
{
  return sandbox_window_is_at_rest (window);
}

void
window_fixture_rest (WindowFixture *self)
{
  g_assert_true (harness_wait_until (is_at_rest, self->window, WINDOW_PATIENCE_MS));
}

void
window_fixture_each (GtkWidget *widget, void (*func) (GtkWidget *, gpointer), gpointer data)
{
  func (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    window_fixture_each (child, func, data);
}

typedef struct
{
  const char *name;
  GtkWidget *found; /* (unowned) (nullable) */
} Wanted;

static void
look (GtkWidget *widget, gpointer data)
{
  Wanted *wanted = data;

  if (g_str_equal (gtk_widget_get_name (widget), wanted->name))
    wanted->found = widget;
}

GtkWidget *
window_fixture_find (WindowFixture *self, const char *name)
{
  Wanted wanted = { .name = name };

  window_fixture_each (GTK_WIDGET (self->window), look, &wanted);
  if (wanted.found == NULL)
    g_error ("there is no widget \"%s\"", name);
  return wanted.found;
}

void
window_fixture_click (WindowFixture *self, const char *name)
{
  GtkWidget *button = window_fixture_find (self, name);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

typedef struct
{
  GtkWidget *label;
  const char *begins; /* (nullable): it is not to be seen */
} Expected;

static gboolean
says (gpointer data)
{
  const Expected *expected = data;

  if (expected->begins == NULL)
    return !gtk_widget_get_visible (expected->label);
  return gtk_widget_get_visible (expected->label)
         && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (expected->label)), expected->begins);
}

static void
wait_label (WindowFixture *self, const char *name, const char *begins)
{
  Expected expected = { window_fixture_find (self, name), begins };

  if (!harness_wait_until (says, &expected, WINDOW_PATIENCE_MS))
    g_error ("%s says \"%s\", not \"%s\"", name, gtk_label_get_text (GTK_LABEL (expected.label)),
             begins != NULL ? begins : "");
}

void
window_fixture_wait_label (WindowFixture *self, const char *name, const char *begins)
{
  wait_label (self, name, begins);
}

void
window_fixture_wait_hidden (WindowFixture *self, const char *name)
{
  wait_label (self, name, NULL);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *)data != NULL;
}

JsonObject *
window_fixture_ask (WindowFixture *self, const char *method, const char *path, const char *body)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  sandbox_remote_ask_async (self->remote, method, path, body, NULL, asked_cb, &result);
  g_assert_true (harness_wait_until (is_set, &result, WINDOW_PATIENCE_MS));
  object = sandbox_remote_ask_finish (self->remote, result, &error);
  g_assert_no_error (error);
  return object;
}

void
window_fixture_communicate (GSubprocess *process, char **err)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_async (process, NULL, NULL, asked_cb, &result);
  g_assert_true (harness_wait_until (is_set, &result, WINDOW_PATIENCE_MS));
  g_subprocess_communicate_utf8_finish (process, result, NULL, err, &error);
  g_assert_no_error (error);
}
