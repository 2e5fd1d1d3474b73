/* SPDX-License-Identifier: MIT */
/* How the control window looks and is reached: nothing is cut off, in any language, and all of it
 * is there for the keyboard. */
#include <gio/gio.h>
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/window/shot.h"
#include "tests/unit/sandbox/window-fixture.h"

static const WindowLanguage languages[WINDOW_N_LANGUAGES]
    = { WINDOW_LANGUAGE_EN, WINDOW_LANGUAGE_FR, WINDOW_LANGUAGE_NL, WINDOW_LANGUAGE_DE };
static const char *const tabs[] = { "events", "faults", "mails", "world" };

#define WIDTH 420

/* -- nothing is cut off -- */

static void
assert_whole (GtkWidget *widget, gpointer data)
{
  PangoLayout *layout;
  int width;
  int height;

  if (!GTK_IS_LABEL (widget) || !gtk_widget_get_mapped (widget))
    return;
  layout = gtk_label_get_layout (GTK_LABEL (widget));
  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout) || width > gtk_widget_get_width (widget)
      || height > gtk_widget_get_height (widget))
    g_error ("\"%s\" needs %dx%d and has %dx%d", gtk_label_get_text (GTK_LABEL (widget)), width,
             height, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

/* Whether it lies within its window, from left to right. */
static void
assert_inside (GtkWidget *widget, gpointer window)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) || !GTK_IS_LABEL (widget)
      || !gtk_widget_compute_bounds (widget, window, &bounds))
    return;
  if (bounds.origin.x < 0 || bounds.origin.x + bounds.size.width > WIDTH)
    g_error ("\"%s\" lies outside", gtk_label_get_text (GTK_LABEL (widget)));
}

static gboolean
is_drawn (gpointer n)
{
  return *(guint *)n >= 2;
}

static void
drawn_cb (GdkFrameClock *clock, gpointer n)
{
  ++*(guint *)n;
}

/* Two frames on, what was asked for has its place. */
static void
wait_for_frames (WindowFixture *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  guint n = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (drawn_cb), &n);

  gdk_frame_clock_begin_updating (clock);
  g_assert_true (harness_wait_until (is_drawn, &n, WINDOW_PATIENCE_MS));
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, handler);
}

static gboolean
has_travelled (gpointer date)
{
  return strstr (gtk_label_get_text (date), "2028") != NULL;
}

static void
assert_tab_fits (WindowFixture *self, const char *tab)
{
  int minimum;

  g_assert_true (sandbox_window_show_tab (self->window, tab));
  wait_for_frames (self);
  gtk_widget_measure (GTK_WIDGET (self->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, WIDTH);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->window)), ==, WIDTH);
  window_fixture_each (GTK_WIDGET (self->window), assert_whole, NULL);
  window_fixture_each (GTK_WIDGET (self->window), assert_inside, self->window);
}

/* With much to show, and with something to say. */
static void
test_fits (WindowFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) travel
      = window_fixture_ask (self, "POST", "/sandbox/clock/advance", "{\"to\":\"2028-09-27\"}");
  GtkWidget *date = window_fixture_find (self, "date");

  g_assert_true (harness_wait_until (has_travelled, date, WINDOW_PATIENCE_MS));
  window_fixture_click (self, "go");
  for (gsize i = 0; i < G_N_ELEMENTS (tabs); i++)
    assert_tab_fits (self, tabs[i]);
  window_fixture_click (self, "reset");
  assert_tab_fits (self, "world");
  window_fixture_stop_sandbox (self);
  window_fixture_wait_label (self, "banner", "");
  assert_tab_fits (self, "mails");
}

/* -- by keyboard -- */

static void
note_focus (WindowFixture *self, GHashTable *seen)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  /* An entry gives the focus to the text in it. */
  for (; focus != NULL; focus = gtk_widget_get_parent (focus))
    g_hash_table_add (seen, g_strdup (gtk_widget_get_name (focus)));
}

static void
test_tab_key (WindowFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *tab;
    const char *names[8];
  } rows[] = {
    { "faults",
      { "plus-day", "plus-month", "to-date", "go", "all-off", "fault.stall", "fault.long-exp" } },
    { "world", { "site", "connected", "suspended", "account", "card-good", "reset" } },
  };
  g_autoptr (JsonObject) fault
      = window_fixture_ask (self, "POST", "/sandbox/faults", "{\"name\":\"stall\"}");

  window_fixture_wait_label (self, "faults-count", "1 fault");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      sandbox_window_show_tab (self->window, rows[i].tab);
      gtk_window_set_focus (GTK_WINDOW (self->window), window_fixture_find (self, "plus-day"));
      for (guint n = 0; n < 60; n++)
        {
          note_focus (self, seen);
          gtk_widget_child_focus (GTK_WIDGET (self->window), GTK_DIR_TAB_FORWARD);
        }
      for (gsize n = 0; rows[i].names[n] != NULL; n++)
        if (!g_hash_table_contains (seen, rows[i].names[n]))
          g_error ("the Tab key does not come to %s", rows[i].names[n]);
    }
}

/* Space on a switch, Return in the entry: what GTK calls activation. */
static void
test_activation (WindowFixture *self, gconstpointer data)
{
  GtkWidget *entry = window_fixture_find (self, "to-date");

  gtk_editable_set_text (GTK_EDITABLE (entry), "2027-03-20");
  g_signal_emit_by_name (entry, "activate");
  window_fixture_wait_label (self, "date", "Saturday 20 March 2027");
  window_fixture_rest (self);
  g_assert_true (gtk_widget_mnemonic_activate (window_fixture_find (self, "plus-day"), FALSE));
  window_fixture_wait_label (self, "date", "Sunday 21 March 2027");
  gtk_test_accessible_assert_role (window_fixture_find (self, "plus-day"),
                                   GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (window_fixture_find (self, "mails"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "What the shop would have sent, newest first.");
}

/* -- pictures -- */

static char *
shoot (WindowFixture *self, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (harness_tmpdir (), name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gboolean good;

  wait_for_frames (self);
  good = sandbox_shot (GTK_WINDOW (self->window), path, &error)
         && g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  g_assert_true (good);
  return bytes;
}

/* The theme is followed while the window is open, there and back. */
static void
test_themes (WindowFixture *self, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gsize lengths[3];
  g_autofree char *light = shoot (self, "light.png", &lengths[0]);
  g_autofree char *dark = NULL;
  g_autofree char *again = NULL;

  g_object_set (settings, "gtk-application-prefer-dark-theme", TRUE, NULL);
  dark = shoot (self, "dark.png", &lengths[1]);
  g_object_set (settings, "gtk-application-prefer-dark-theme", FALSE, NULL);
  again = shoot (self, "again.png", &lengths[2]);
  g_assert_true (lengths[0] != lengths[1] || memcmp (light, dark, lengths[0]) != 0);
  g_assert_cmpmem (light, (int)lengths[0], again, (int)lengths[2]);
}

static void
test_a_picture_that_cannot_be (WindowFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sandbox_shot (GTK_WINDOW (self->window), "/nonexistent/folder/shot.png", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_false (sandbox_window_show_tab (self->window, "nowhere"));
}

/* -- the program -- */

typedef struct
{
  const char *arguments[6];
  int status;
  const char *err; /* what it says begins so, after its name */
} Call;

static void
run (WindowFixture *self, const char *const *arguments, int status, const char *says)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *program = harness_build_path ("tests/sandbox/window/ttcloud-sandbox-window");
  g_autofree char *err = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;

  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **)arguments);
  argv = g_strv_builder_end (builder);
  process
      = g_subprocess_newv ((const char *const *)argv,
                           G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  window_fixture_communicate (process, &err);
  g_test_message ("%s", err);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
  g_assert_nonnull (strstr (err, says));
}

static void
test_program (WindowFixture *self, gconstpointer data)
{
  g_autofree char *shot = g_build_filename (harness_tmpdir (), "shot.png", NULL);
  const Call calls[] = {
    { { "--dir", self->folder, "--locale", "it" }, 2, "--locale takes en, fr, nl or de" },
    { { "--dir", self->folder, "--theme", "blue" }, 2, "--theme takes light or dark" },
    { { "--dir", self->folder, "--tab", "nowhere" }, 2, "--tab takes events" },
    { { "--dir", self->folder, "more" }, 2, "more is not an option" },
    { { "--nonsense" }, 2, "nonsense" },
    { { NULL }, 2, "--dir is needed" },
    { { "--dir", self->folder, "--theme=dark", "--locale=nl-BE", "--shot", shot }, 0, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      const char *const arguments[] = { calls[i].arguments[0],
                                        calls[i].arguments[1],
                                        calls[i].arguments[2],
                                        calls[i].arguments[3],
                                        calls[i].arguments[4],
                                        calls[i].arguments[5],
                                        NULL };

      run (self, arguments, calls[i].status, calls[i].err);
    }
  g_assert_true (g_file_test (shot, G_FILE_TEST_EXISTS));
}

static void
register_tests (Harness *harness)
{
  static const char *const names[WINDOW_N_LANGUAGES]
      = { "fits-in-english", "fits-in-french", "fits-in-dutch", "fits-in-german" };

#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "sandbox-window-looks", name, WindowFixture, NULL,                 \
                       window_fixture_set_up, func, window_fixture_tear_down)
  for (gsize i = 0; i < WINDOW_N_LANGUAGES; i++)
    harness_add_fixture (harness, "sandbox-window-looks", names[i], WindowFixture, &languages[i],
                         window_fixture_set_up, test_fits, window_fixture_tear_down);
  ADD ("tab-key", test_tab_key);
  ADD ("activation", test_activation);
  ADD ("themes", test_themes);
  ADD ("a-picture-that-cannot-be", test_a_picture_that_cannot_be);
  ADD ("program", test_program);
}

HARNESS_MAIN (register_tests)
