/* SPDX-License-Identifier: MIT */
#include "tests/host/desktop/window.h"

#include "tests/host/desktop/dialog.h"
#include "tests/host/desktop/recents.h"
#include "tests/host/desktop/style.h"
#include "tests/host/desktop/window-private.h"
#include "tests/host/page-tree.h"

#define WIDTH 1100
#define HEIGHT 820

const char *
desktop_window_word (DesktopWindow *self, DesktopWord word)
{
  return desktop_word (self->language, word);
}

DesktopWord
desktop_say_word (DesktopSay severity)
{
  static const DesktopWord words[]
      = { DESKTOP_WORD_NOTE, DESKTOP_WORD_GOOD, DESKTOP_WORD_WARNING, DESKTOP_WORD_PROBLEM };

  return words[severity];
}

const char *
desktop_say_severity (DesktopSay severity)
{
  static const char *const names[] = { "info", "good", "warning", "error" };

  return names[severity];
}

/* --- what is said ----------------------------------------------------------------------------- */

void
desktop_window_hide_said (DesktopWindow *self)
{
  desktop_bar_hide (self->said_bar);
}

static void
hide_said (gpointer data)
{
  desktop_window_hide_said (data);
}

void
desktop_window_say (DesktopWindow *self, DesktopSay severity, const char *text)
{
  desktop_bar_show (self->said_bar, desktop_say_severity (severity),
                    desktop_window_word (self, desktop_say_word (severity)), text);
  desktop_bar_set_button (self->said_bar, 0, NULL, NULL, NULL);
  desktop_bar_set_button (self->said_bar, 1, desktop_window_word (self, DESKTOP_WORD_HIDE),
                          hide_said, self);
}

static void
show_attention (gpointer data)
{
  desktop_window_show_view (data, DESKTOP_VIEW_PAGE);
}

static void
hide_attention (gpointer data)
{
  DesktopWindow *self = data;

  g_free (self->hidden_attention);
  self->hidden_attention = g_strdup (desktop_core_get_attention (self->core, NULL));
  desktop_bar_hide (self->attention_bar);
}

/* Also a badge at the menu, which stays when the line was put away. */
static void
update_attention (DesktopWindow *self)
{
  const char *severity = "info";
  const char *text = desktop_core_get_attention (self->core, &severity);
  gboolean is_urgent = g_strcmp0 (severity, "urgent") == 0;
  DesktopSay say = is_urgent                              ? DESKTOP_SAY_ERROR
                   : g_strcmp0 (severity, "warning") == 0 ? DESKTOP_SAY_WARNING
                                                          : DESKTOP_SAY_INFO;

  if ((text != NULL) != self->has_badge)
    {
      self->has_badge = text != NULL;
      desktop_window_update_menu (self);
    }
  if (text == NULL || g_strcmp0 (text, self->hidden_attention) == 0)
    {
      desktop_bar_hide (self->attention_bar);
      return;
    }
  desktop_bar_show (self->attention_bar, desktop_say_severity (say),
                    desktop_window_word (self, desktop_say_word (say)), text);
  desktop_bar_set_button (self->attention_bar, 0,
                          self->view != DESKTOP_VIEW_PAGE
                              ? desktop_window_word (self, DESKTOP_WORD_SHOW)
                              : NULL,
                          show_attention, self);
  desktop_bar_set_button (self->attention_bar, 1, desktop_window_word (self, DESKTOP_WORD_HIDE),
                          hide_attention, self);
}

static void
hide_trouble (gpointer data)
{
  DesktopWindow *self = data;

  g_free (self->hidden_trouble);
  self->hidden_trouble = g_strdup (desktop_core_get_trouble (self->core));
  desktop_bar_hide (self->trouble_bar);
}

static void
update_trouble (DesktopWindow *self)
{
  const char *text = desktop_core_get_trouble (self->core);

  if (text == NULL || g_strcmp0 (text, self->hidden_trouble) == 0)
    {
      desktop_bar_hide (self->trouble_bar);
      return;
    }
  desktop_bar_show (self->trouble_bar, "error", desktop_window_word (self, DESKTOP_WORD_PROBLEM),
                    text);
  desktop_bar_set_button (self->trouble_bar, 1, desktop_window_word (self, DESKTOP_WORD_HIDE),
                          hide_trouble, self);
}

static void
end_session (gpointer data)
{
  DesktopWindow *self = data;

  desktop_core_end_session (self->core);
  desktop_window_say (self, DESKTOP_SAY_INFO,
                      desktop_window_word (self, DESKTOP_WORD_SESSION_ENDED));
}

static void
update_session (DesktopWindow *self)
{
  const char *path = desktop_core_get_path (self->core);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : g_strdup ("–");
  g_autofree char *text = desktop_words_format (self->language, DESKTOP_WORD_SESSION_OPENED, name);
  g_autofree char *label = desktop_word_plain (self->language, DESKTOP_WORD_MENU_END_SESSION);

  if (desktop_core_get_session (self->core) == 0)
    {
      desktop_bar_hide (self->session_bar);
      return;
    }
  desktop_bar_show (self->session_bar, "good", desktop_window_word (self, DESKTOP_WORD_GOOD), text);
  desktop_bar_set_button (self->session_bar, 0, label, end_session, self);
}

/* What the page itself cannot say: that it is not fresh. */
static void
update_state (DesktopWindow *self)
{
  JsonObject *page = desktop_core_get_page (self->core);
  const char *state = page != NULL ? host_page_get_text (page, "state") : "ready";

  if (self->view != DESKTOP_VIEW_PAGE || g_str_equal (state, "ready"))
    desktop_bar_hide (self->state_bar);
  else if (g_str_equal (state, "offline"))
    desktop_bar_show (self->state_bar, "warning", desktop_window_word (self, DESKTOP_WORD_WARNING),
                      desktop_window_word (self, DESKTOP_WORD_OFFLINE));
  else if (g_str_equal (state, "error"))
    desktop_bar_show (self->state_bar, "error", desktop_window_word (self, DESKTOP_WORD_PROBLEM),
                      desktop_window_word (self, DESKTOP_WORD_ERROR));
  else
    desktop_bar_show (self->state_bar, "neutral", desktop_window_word (self, DESKTOP_WORD_NOTE),
                      desktop_window_word (self, DESKTOP_WORD_LOADING));
}

static void
update_work (DesktopWindow *self)
{
  double fraction = -1;
  const char *text = desktop_core_get_work (self->core, &fraction);

  gtk_widget_set_visible (self->work_line, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->work_text), text);
  if (fraction < 0)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->work_bar));
  else
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->work_bar), MIN (fraction, 1.0));
}

static void
update_status (DesktopWindow *self)
{
  const char *path = desktop_core_get_path (self->core);
  g_autofree char *date = desktop_core_get_sandbox_date (self->core);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *sandbox
      = date != NULL ? desktop_words_format (self->language, DESKTOP_WORD_SANDBOX, date) : NULL;
  g_autofree char *text
      = g_strconcat (name != NULL ? name : desktop_window_word (self, DESKTOP_WORD_NO_PROJECT),
                     sandbox != NULL ? "   ·   " : "", sandbox != NULL ? sandbox : "", NULL);

  gtk_label_set_text (GTK_LABEL (self->status_line), text);
}

static void
update (DesktopWindow *self)
{
  update_trouble (self);
  update_attention (self);
  update_session (self);
  update_state (self);
  update_work (self);
  update_status (self);
  desktop_window_update_actions (self);
  desktop_window_update_views (self);
}

/* --- what the core says ----------------------------------------------------------------------- */

static void
core_page (gpointer data, JsonObject *page)
{
  DesktopWindow *self = data;

  desktop_page_update (self->page, page);
  desktop_window_do_wanted (self);
}

static void
core_decided (gpointer data, const HostDecision *decision)
{
  desktop_window_show_decision (data, decision);
}

static void
core_say (gpointer data, DesktopSay severity, const char *text)
{
  desktop_window_say (data, severity, text);
}

static void
core_changed (gpointer data)
{
  update (data);
}

static const DesktopCoreListener core_listener
    = { core_page, core_decided, core_say, core_changed };

static void
page_invoke (gpointer data, const char *action, const char *inputs)
{
  DesktopWindow *self = data;

  desktop_window_hide_said (self);
  desktop_core_invoke (self->core, action, inputs);
}

static void
page_follow (gpointer data, const char *uri)
{
  DesktopWindow *self = data;

  desktop_core_follow (self->core, uri);
}

static const DesktopPageListener page_listener = { page_invoke, page_follow };

/* --- the window ------------------------------------------------------------------------------- */

static void
focus_changed (GtkWindow *window, GParamSpec *pspec, DesktopWindow *self)
{
  if (gtk_window_is_active (window))
    desktop_core_activated (self->core);
}

static void
cancel_clicked (GtkButton *button, DesktopWindow *self)
{
  desktop_core_cancel_work (self->core);
}

static GtkWidget *
make_work_line (DesktopWindow *self)
{
  self->work_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->work_text = gtk_label_new (NULL);
  self->work_bar = gtk_progress_bar_new ();
  self->work_cancel = gtk_button_new ();
  gtk_widget_set_name (self->work_line, "work");
  gtk_widget_set_name (self->work_cancel, "work-cancel");
  gtk_widget_add_css_class (self->work_line, "work-line");
  gtk_widget_add_css_class (self->work_cancel, "normal");
  gtk_label_set_wrap (GTK_LABEL (self->work_text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->work_text), 0);
  gtk_widget_set_hexpand (self->work_text, TRUE);
  gtk_widget_set_valign (self->work_bar, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->work_line, FALSE);
  g_signal_connect (self->work_cancel, "clicked", G_CALLBACK (cancel_clicked), self);
  gtk_box_append (GTK_BOX (self->work_line), self->work_text);
  gtk_box_append (GTK_BOX (self->work_line), self->work_bar);
  gtk_box_append (GTK_BOX (self->work_line), self->work_cancel);
  return self->work_line;
}

static void
make_window (DesktopWindow *self, GtkApplication *application)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar;
  DesktopBar **bars[] = { &self->trouble_bar, &self->attention_bar, &self->session_bar,
                          &self->said_bar, &self->state_bar };
  static const char *const names[] = { "trouble", "attention", "session", "said", "state" };

  self->window = g_object_ref_sink (
      g_object_new (GTK_TYPE_WINDOW, "title", "PROSOFT", "application", application, NULL));
  gtk_window_set_default_size (self->window, WIDTH, HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (self->window), 640, 480);
  self->menu = g_menu_new ();
  bar = gtk_popover_menu_bar_new_from_model (G_MENU_MODEL (self->menu));
  gtk_widget_set_name (bar, "menu");
  gtk_box_append (GTK_BOX (box), bar);
  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      *bars[i] = desktop_bar_new (names[i]);
      gtk_box_append (GTK_BOX (box), desktop_bar_get_widget (*bars[i]));
    }
  gtk_box_append (GTK_BOX (box), desktop_window_make_views (self));
  gtk_box_append (GTK_BOX (box), make_work_line (self));
  self->status_line = gtk_label_new (NULL);
  gtk_widget_set_name (self->status_line, "status");
  gtk_label_set_xalign (GTK_LABEL (self->status_line), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->status_line), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->status_line, "status-line");
  gtk_box_append (GTK_BOX (box), self->status_line);
  gtk_window_set_child (self->window, box);
  g_signal_connect (self->window, "notify::is-active", G_CALLBACK (focus_changed), self);
}

DesktopWindow *
desktop_window_new (GtkApplication *application,
                    const DesktopCoreOptions *options,
                    const char *module,
                    GError **error)
{
  DesktopCore *core;
  DesktopWindow *self = g_new0 (DesktopWindow, 1);

  core = desktop_core_new (options, &core_listener, self, error);
  if (core == NULL)
    {
      g_free (self);
      return NULL;
    }
  self->core = core;
  self->language = options->language;
  self->home = g_strdup (options->home);
  self->page = desktop_page_new (&page_listener, self, options->language);
  make_window (self, application);
  desktop_window_make_actions (self);
  desktop_window_set_language (self, options->language);
  desktop_core_load (self->core, module);
  desktop_window_show_view (self, DESKTOP_VIEW_START);
  return self;
}

void
desktop_window_free (DesktopWindow *self)
{
  DesktopBar *bars[] = { self->trouble_bar, self->attention_bar, self->session_bar, self->said_bar,
                         self->state_bar };

  /* First what a person could still touch: ending the core may take a moment in which GTK runs. */
  g_signal_handlers_disconnect_by_data (self->window, self);
  desktop_window_forget_decision (self);
  desktop_window_end_choosing (self);
  g_signal_handlers_disconnect_by_data (self->work_cancel, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "win", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    desktop_bar_free (bars[i]);
  desktop_page_free (self->page);
  gtk_window_destroy (self->window);
  desktop_core_free (self->core);
  g_object_unref (self->window);
  g_object_unref (self->actions);
  g_object_unref (self->menu);
  g_free (self->hidden_attention);
  g_free (self->hidden_trouble);
  g_free (self->wanted);
  g_free (self->home);
  g_free (self);
}

GtkWindow *
desktop_window_get_window (DesktopWindow *self)
{
  return self->window;
}

DesktopCore *
desktop_window_get_core (DesktopWindow *self)
{
  return self->core;
}

DesktopPage *
desktop_window_get_page (DesktopWindow *self)
{
  return self->page;
}

GtkWindow *
desktop_window_get_answer (DesktopWindow *self)
{
  return self->answer;
}

gboolean
desktop_window_open (DesktopWindow *self, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GError) error = NULL;

  desktop_window_hide_said (self);
  if (desktop_core_open (self->core, absolute, &error))
    {
      desktop_recents_add (self->home, absolute);
      if (self->view == DESKTOP_VIEW_START)
        desktop_window_show_view (self, DESKTOP_VIEW_PROJECT);
    }
  else
    {
      desktop_recents_remove (self->home, absolute);
      desktop_window_say (self, DESKTOP_SAY_ERROR, error->message);
      if (self->view == DESKTOP_VIEW_PROJECT)
        desktop_window_show_view (self, DESKTOP_VIEW_START);
    }
  desktop_window_update_menu (self);
  update (self);
  return error == NULL;
}

void
desktop_window_show_view (DesktopWindow *self, DesktopView view)
{
  static const char *const names[] = { "start", "project", "page" };

  if (view == DESKTOP_VIEW_PAGE && !desktop_core_show_page (self->core))
    view = desktop_core_get_path (self->core) != NULL ? DESKTOP_VIEW_PROJECT : DESKTOP_VIEW_START;
  self->view = view;
  if (view == DESKTOP_VIEW_START)
    desktop_window_refill_start (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), names[view]);
  update (self);
}

DesktopView
desktop_window_get_view (DesktopWindow *self)
{
  return self->view;
}

void
desktop_window_set_language (DesktopWindow *self, DesktopLanguage language)
{
  self->language = language;
  if (desktop_core_get_language (self->core) != language)
    desktop_core_set_language (self->core, language);
  desktop_page_set_language (self->page, language);
  desktop_bar_hide (self->said_bar);
  desktop_window_update_menu (self);
  gtk_button_set_label (GTK_BUTTON (self->work_cancel),
                        desktop_window_word (self, DESKTOP_WORD_CANCEL));
  desktop_window_refill_start (self);
  update (self);
}

void
desktop_window_set_theme (DesktopWindow *self, const char *theme)
{
  desktop_style_set_theme (theme);
  desktop_core_set_theme (self->core, desktop_style_get_theme ());
  desktop_window_update_actions (self);
}

void
desktop_window_open_session (DesktopWindow *self)
{
  desktop_window_hide_said (self);
  if (!desktop_core_check (self->core))
    desktop_window_show_decision (self, NULL);
  update (self);
}
