/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/window/window.h"

#include "base/json.h"
#include "tests/sandbox/window/panels.h"
#include "tests/sandbox/window/remote.h"
#include "tests/sandbox/window/style.h"

#define POLL_MS 2000
#define WIDTH 420
#define HEIGHT 720

typedef enum
{
  SEARCHING, /* nothing is known yet */
  SHOWN,
  GONE,
} State;

struct _SandboxWindow
{
  GtkWindow parent;

  WindowLanguage language;
  guint poll_ms;
  SandboxRemote *remote;     /* (owned) */
  SandboxStyle *style;       /* (owned) */
  GCancellable *cancellable; /* (owned): of the question that is under way */
  guint tick;                /* source; 0 while nobody can see the window */
  gboolean is_asking;        /* the overview */
  guint n_acts;              /* what the person wanted and is not done */
  State state;
  gboolean cannot_ask; /* and the banner says so */
  char *shown;         /* (owned) (nullable): the overview that is shown, as text */

  GtkLabel *banner;                 /* (unowned): children are the window's */
  GtkWidget *all;                   /* (unowned) */
  GtkStack *stack;                  /* (unowned) */
  SandboxTimePanel *time_panel;     /* (unowned) */
  SandboxEventsPanel *events_panel; /* (unowned) */
  SandboxFaultsPanel *faults_panel; /* (unowned) */
  SandboxMailsPanel *mails_panel;   /* (unowned) */
  SandboxWorldPanel *world_panel;   /* (unowned) */
};

G_DEFINE_FINAL_TYPE (SandboxWindow, sandbox_window, GTK_TYPE_WINDOW)

static void ask (SandboxWindow *self);

/* -- what is said -- */

/* @text: (nullable): nothing to say */
static void
set_banner (SandboxWindow *self, const char *text, gboolean is_bad)
{
  gtk_label_set_text (self->banner, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->banner), text != NULL);
  if (is_bad)
    gtk_widget_add_css_class (GTK_WIDGET (self->banner), "bad");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->banner), "bad");
}

static void
set_state (SandboxWindow *self, State state)
{
  self->state = state;
  gtk_widget_set_sensitive (self->all, state == SHOWN);
}

static void
say_error (SandboxWindow *self, const GError *error)
{
  WindowWord word = g_error_matches (error, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_REFUSED)
                        ? WINDOW_WORD_REFUSED
                        : WINDOW_WORD_UNREADABLE;
  g_autofree char *text = window_words_fill (self->language, word, "why", error->message, NULL);

  set_banner (self, text, TRUE);
}

/* Before the first answer it may just be starting. */
static void
note_gone (SandboxWindow *self)
{
  g_clear_pointer (&self->shown, g_free);
  if (self->state == SEARCHING)
    {
      set_banner (self, window_word (self->language, WINDOW_WORD_SEARCHING), FALSE);
      return;
    }
  set_state (self, GONE);
  set_banner (self, window_word (self->language, WINDOW_WORD_GONE), TRUE);
}

static void
note_error (SandboxWindow *self, const GError *error)
{
  g_debug ("%s", error->message);
  if (g_error_matches (error, SANDBOX_REMOTE_ERROR, SANDBOX_REMOTE_ERROR_GONE))
    note_gone (self);
  else
    say_error (self, error);
}

/* -- asking -- */

static void
show_view (SandboxWindow *self, const SandboxView *view)
{
  sandbox_time_panel_show (self->time_panel, view);
  sandbox_events_panel_show (self->events_panel, view);
  sandbox_faults_panel_show (self->faults_panel, view);
  sandbox_mails_panel_show (self->mails_panel, view);
  sandbox_world_panel_show (self->world_panel, view);
}

/* What did not change is not drawn again: a choice, the focus and a place in a list stay. */
static void
take_overview (SandboxWindow *self, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = ttecomm_json_to_text (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxView) view = NULL;

  if (self->cannot_ask)
    set_banner (self, NULL, FALSE);
  self->cannot_ask = FALSE;
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  view = sandbox_view_from_json (object, &error);
  if (view == NULL)
    {
      self->cannot_ask = TRUE;
      say_error (self, error);
      return;
    }
  if (self->state != SHOWN)
    set_banner (self, NULL, FALSE);
  set_state (self, SHOWN);
  show_view (self, view);
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SandboxWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object
      = sandbox_remote_ask_finish (SANDBOX_REMOTE (source), result, &error);

  self->is_asking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* It may be from before what the person has done since. */
  if (self->n_acts > 0)
    return;
  if (object != NULL)
    take_overview (self, object);
  else
    {
      self->cannot_ask = TRUE;
      note_error (self, error);
    }
}

static void
ask (SandboxWindow *self)
{
  if (self->is_asking || self->n_acts > 0)
    return;
  self->is_asking = TRUE;
  sandbox_remote_ask_async (self->remote, "GET", "/sandbox/overview", NULL, self->cancellable,
                            asked_cb, g_object_ref (self));
}

/* -- doing -- */

static void
note_acts (SandboxWindow *self, int change)
{
  self->n_acts = (guint)((int)self->n_acts + change);
  sandbox_time_panel_set_busy (self->time_panel, self->n_acts > 0);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SandboxWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object
      = sandbox_remote_ask_finish (SANDBOX_REMOTE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  note_acts (self, -1);
  set_banner (self, NULL, FALSE);
  if (object == NULL)
    note_error (self, error);
  /* Whatever came of it is shown, also that nothing did. */
  g_clear_pointer (&self->shown, g_free);
  ask (self);
}

static void
act (gpointer data, const char *method, const char *path, const char *body)
{
  SandboxWindow *self = data;

  note_acts (self, 1);
  if (g_str_equal (path, "/sandbox/clock/advance"))
    set_banner (self, window_word (self->language, WINDOW_WORD_TRAVELLING), FALSE);
  sandbox_remote_ask_async (self->remote, method, path, body, self->cancellable, acted_cb,
                            g_object_ref (self));
}

/* -- seen or not -- */

static gboolean
is_minimized (SandboxWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  return surface != NULL && GDK_IS_TOPLEVEL (surface)
         && (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;
}

static gboolean
tick_cb (gpointer data)
{
  SandboxWindow *self = data;

  if (!is_minimized (self))
    ask (self);
  return G_SOURCE_CONTINUE;
}

static void
sandbox_window_map (GtkWidget *widget)
{
  SandboxWindow *self = SANDBOX_WINDOW (widget);

  GTK_WIDGET_CLASS (sandbox_window_parent_class)->map (widget);
  if (self->tick == 0)
    /* After what is to be drawn, so that a slow computer shows an answer before it asks again. */
    self->tick = g_timeout_add_full (G_PRIORITY_LOW, self->poll_ms, tick_cb, self, NULL);
  ask (self);
}

static void
sandbox_window_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&SANDBOX_WINDOW (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (sandbox_window_parent_class)->unmap (widget);
}

/* -- life -- */

static void
sandbox_window_dispose (GObject *object)
{
  SandboxWindow *self = SANDBOX_WINDOW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->remote);
  g_clear_pointer (&self->style, sandbox_style_free);
  G_OBJECT_CLASS (sandbox_window_parent_class)->dispose (object);
}

static void
sandbox_window_finalize (GObject *object)
{
  SandboxWindow *self = SANDBOX_WINDOW (object);

  g_object_unref (self->cancellable);
  g_free (self->shown);
  G_OBJECT_CLASS (sandbox_window_parent_class)->finalize (object);
}

static void
sandbox_window_class_init (SandboxWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sandbox_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sandbox_window_finalize;
  GTK_WIDGET_CLASS (klass)->map = sandbox_window_map;
  GTK_WIDGET_CLASS (klass)->unmap = sandbox_window_unmap;
}

static void
sandbox_window_init (SandboxWindow *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
add_tab (SandboxWindow *self, GtkWidget *panel, const char *name, WindowWord word)
{
  GtkStackPage *page
      = gtk_stack_add_titled (self->stack, panel, name, window_word (self->language, word));

  gtk_stack_page_set_use_underline (page, TRUE);
}

static void
add_tabs (SandboxWindow *self, const SandboxPanelHost *host)
{
  self->events_panel = sandbox_events_panel_new (host);
  self->faults_panel = sandbox_faults_panel_new (host);
  self->mails_panel = sandbox_mails_panel_new (host);
  self->world_panel = sandbox_world_panel_new (host);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, TRUE);
  add_tab (self, GTK_WIDGET (self->events_panel), "events", WINDOW_WORD_TAB_EVENTS);
  add_tab (self, GTK_WIDGET (self->faults_panel), "faults", WINDOW_WORD_TAB_FAULTS);
  add_tab (self, GTK_WIDGET (self->mails_panel), "mails", WINDOW_WORD_TAB_MAILS);
  add_tab (self, GTK_WIDGET (self->world_panel), "world", WINDOW_WORD_TAB_WORLD);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
}

static void
build (SandboxWindow *self)
{
  const SandboxPanelHost host = { self->language, act, self };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->banner = GTK_LABEL (sandbox_label_new (NULL, "banner"));
  gtk_widget_set_name (GTK_WIDGET (self->banner), "banner");
  self->all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->time_panel = sandbox_time_panel_new (&host);
  add_tabs (self, &host);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_vexpand (self->all, TRUE);
  gtk_box_append (GTK_BOX (self->all), GTK_WIDGET (self->time_panel));
  gtk_box_append (GTK_BOX (self->all), switcher);
  gtk_box_append (GTK_BOX (self->all), GTK_WIDGET (self->stack));
  gtk_widget_add_css_class (box, "page");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), self->all);
  gtk_window_set_child (GTK_WINDOW (self), box);
}

SandboxWindow *
sandbox_window_new (const SandboxWindowOptions *options)
{
  SandboxWindow *self = g_object_new (SANDBOX_TYPE_WINDOW, NULL);

  self->language = options->language;
  self->poll_ms = options->poll_ms > 0 ? options->poll_ms : POLL_MS;
  self->remote = sandbox_remote_new (options->folder);
  self->style = sandbox_style_new (gtk_widget_get_display (GTK_WIDGET (self)));
  gtk_widget_add_css_class (GTK_WIDGET (self), "sandbox");
  gtk_window_set_title (GTK_WINDOW (self), window_word (self->language, WINDOW_WORD_TITLE));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  build (self);
  set_state (self, SEARCHING);
  set_banner (self, window_word (self->language, WINDOW_WORD_SEARCHING), FALSE);
  return self;
}

gboolean
sandbox_window_show_tab (SandboxWindow *self, const char *name)
{
  if (gtk_stack_get_child_by_name (self->stack, name) == NULL)
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, name);
  return TRUE;
}

gboolean
sandbox_window_is_at_rest (SandboxWindow *self)
{
  return self->state == SHOWN && self->shown != NULL && self->n_acts == 0;
}
