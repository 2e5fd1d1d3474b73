/* SPDX-License-Identifier: MIT */
#include "base/civil-date.h"
#include "tests/sandbox/window/panels.h"

#define SHOWN_LINES 4

/* What happened: since the last travel began, or ever. */
struct _SandboxEventsPanel
{
  GtkBox parent;

  SandboxPanelHost host;
  GDate from;          /* where the last travel began; none before the first */
  GDate today;         /* of the last view */
  GtkLabel *heading;   /* (unowned): children are the box's */
  GtkLabel *nothing;   /* (unowned) */
  GtkListBox *list;    /* (unowned) */
  GtkWidget *scroller; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (SandboxEventsPanel, sandbox_events_panel, GTK_TYPE_BOX)

static void
sandbox_events_panel_class_init (SandboxEventsPanelClass *klass)
{
}

static void
sandbox_events_panel_init (SandboxEventsPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
}

SandboxEventsPanel *
sandbox_events_panel_new (const SandboxPanelHost *host)
{
  SandboxEventsPanel *self = g_object_new (SANDBOX_TYPE_EVENTS_PANEL, NULL);

  self->host = *host;
  self->heading = GTK_LABEL (sandbox_label_new (NULL, "heading"));
  self->nothing = GTK_LABEL (sandbox_label_new (NULL, "quiet"));
  self->scroller
      = sandbox_list_new ("events", window_word (host->language, WINDOW_WORD_EVENTS_SO_FAR),
                          &self->list);
  gtk_widget_set_name (GTK_WIDGET (self->heading), "events-heading");
  gtk_widget_set_name (GTK_WIDGET (self->nothing), "events-nothing");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->nothing));
  gtk_box_append (GTK_BOX (self), self->scroller);
  return self;
}

/* (transfer full) */
static char *
describe (SandboxEventsPanel *self, const SandboxViewEvent *event)
{
  static const struct
  {
    const char *kind;
    WindowWord word;
  } kinds[] = {
    { "purchase_invoice", WINDOW_WORD_EVENT_BOUGHT },
    { "reminder", WINDOW_WORD_EVENT_REMINDED },
    { "renewal_invoice", WINDOW_WORD_EVENT_RENEWED },
    { "charge_failed", WINDOW_WORD_EVENT_FAILED },
    { "deactivated", WINDOW_WORD_EVENT_DEACTIVATED },
    { "reactivated", WINDOW_WORD_EVENT_REACTIVATED },
    { "expired", WINDOW_WORD_EVENT_EXPIRED },
  };
  g_autofree char *money = window_words_money (self->host.language, event->cents);
  WindowWord word = WINDOW_WORD_EVENT_OTHER;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, event->kind))
      word = kinds[i].word;
  return window_words_fill (self->host.language, word, "money", money, "payer", event->payer,
                            "event", event->kind, NULL);
}

/* (transfer full): "Remote Services, Villa Picos", one a line */
static char *
list_subscriptions (SandboxEventsPanel *self,
                    const SandboxView *view,
                    const SandboxViewEvent *event)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint shown = 0;

  for (; shown < SHOWN_LINES && event->subscriptions[shown] != NULL; shown++)
    {
      g_auto (GStrv) parts = g_strsplit (event->subscriptions[shown], "/", 2);
      const SandboxViewSite *site = sandbox_view_find_site (view, parts[0]);
      const char *id = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";
      const char *service = g_hash_table_lookup (view->services, id);
      g_autofree char *line = window_words_fill (self->host.language, WINDOW_WORD_EVENT_LINE,
                                                 "service", service != NULL ? service : id, "site",
                                                 site != NULL ? site->name : parts[0], NULL);

      g_string_append_printf (text, "%s%s", shown > 0 ? "\n" : "", line);
    }
  if (event->n > shown)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, event->n - shown);
      g_autofree char *more
          = window_words_fill (self->host.language, WINDOW_WORD_AND_MORE, "n", number, NULL);

      g_string_append_printf (text, "\n%s", more);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_row (SandboxEventsPanel *self, const SandboxView *view, const SandboxViewEvent *event)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *date = window_words_short_date (self->host.language, &event->day);
  g_autofree char *what = describe (self, event);
  g_autofree char *lines = list_subscriptions (self, view, event);
  g_autofree char *all = g_strdup_printf ("%s. %s. %s", date, what, lines);
  gboolean is_bad
      = g_str_equal (event->kind, "charge_failed") || g_str_equal (event->kind, "expired");

  gtk_box_append (GTK_BOX (box), sandbox_label_new (date, "quiet"));
  gtk_box_append (GTK_BOX (box), sandbox_label_new (what, is_bad ? "strong-bad" : "strong"));
  gtk_box_append (GTK_BOX (box), sandbox_label_new (lines, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
  return row;
}

static void
set_heading (SandboxEventsPanel *self)
{
  WindowLanguage language = self->host.language;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *text = NULL;

  if (!g_date_valid (&self->from))
    {
      gtk_label_set_text (self->heading, window_word (language, WINDOW_WORD_EVENTS_SO_FAR));
      return;
    }
  from = window_words_short_date (language, &self->from);
  to = window_words_short_date (language, &self->today);
  text = window_words_fill (language, WINDOW_WORD_EVENTS_TRAVEL, "from", from, "to", to, NULL);
  gtk_label_set_text (self->heading, text);
}

/* A later day is a travel; an earlier one a reset. */
static void
note_day (SandboxEventsPanel *self, const GDate *today)
{
  int order = g_date_valid (&self->today) ? g_date_compare (today, &self->today) : 0;

  if (order > 0)
    self->from = self->today;
  else if (order < 0)
    g_date_clear (&self->from, 1);
  self->today = *today;
}

void
sandbox_events_panel_show (SandboxEventsPanel *self, const SandboxView *view)
{
  guint n = 0;

  note_day (self, &view->today);
  sandbox_list_clear (self->list);
  for (guint i = 0; i < view->events->len; i++)
    {
      const SandboxViewEvent *event = g_ptr_array_index (view->events, i);

      if (g_date_valid (&self->from) && g_date_compare (&event->day, &self->from) < 0)
        continue;
      gtk_list_box_append (self->list, make_row (self, view, event));
      n++;
    }
  set_heading (self);
  gtk_label_set_text (self->nothing,
                      window_word (self->host.language, g_date_valid (&self->from)
                                                            ? WINDOW_WORD_EVENTS_NONE_TRAVEL
                                                            : WINDOW_WORD_EVENTS_NONE_SO_FAR));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), n == 0);
  gtk_widget_set_visible (self->scroller, n > 0);
}
