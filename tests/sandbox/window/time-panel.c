/* SPDX-License-Identifier: MIT */
#include "base/civil-date.h"
#include "tests/sandbox/clock.h"
#include "tests/sandbox/window/panels.h"

/* The date, large, and the ways forward from it. */
struct _SandboxTimePanel
{
  GtkBox parent;

  SandboxPanelHost host;
  GDate today;       /* none before the first view */
  GtkLabel *date;    /* (unowned): children are the box's */
  GtkEntry *entry;   /* (unowned) */
  GtkLabel *trouble; /* (unowned) */
  GtkWidget *ways;   /* (unowned) */
};

G_DEFINE_FINAL_TYPE (SandboxTimePanel, sandbox_time_panel, GTK_TYPE_BOX)

static void
sandbox_time_panel_class_init (SandboxTimePanelClass *klass)
{
}

static void
sandbox_time_panel_init (SandboxTimePanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
}

static void
travel_to (SandboxTimePanel *self, const GDate *day)
{
  char text[TTECOMM_DATE_SIZE];
  g_autofree char *body = NULL;

  ttecomm_date_format (day, text);
  body = sandbox_body ("to", text, NULL);
  self->host.act (self->host.window, "POST", "/sandbox/clock/advance", body);
}

/* @word: none when -1; with @date (nullable) in it */
static void
complain (SandboxTimePanel *self, int word, const GDate *date)
{
  g_autofree char *day
      = date != NULL ? window_words_short_date (self->host.language, date) : g_strdup ("");
  g_autofree char *text = word >= 0 ? window_words_fill (self->host.language, (WindowWord)word,
                                                         "date", day, "example", day, NULL)
                                    : NULL;

  gtk_label_set_text (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
  if (text == NULL)
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
  else
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
step_cb (GtkButton *button, SandboxTimePanel *self)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (button));
  GDate day;
  gboolean good;

  if (!g_date_valid (&self->today))
    return;
  if (g_str_equal (name, "plus-month"))
    good = ttecomm_date_add_months (&self->today, 1, &day, NULL);
  else
    good
        = ttecomm_date_add_days (&self->today, g_str_equal (name, "plus-week") ? 7 : 1, &day, NULL);
  complain (self, -1, NULL);
  if (good)
    travel_to (self, &day);
}

static void
go (SandboxTimePanel *self)
{
  GDate day;
  GDate last;

  if (!g_date_valid (&self->today) || !ttecomm_date_parse (SANDBOX_CLOCK_LAST_DAY, &last, NULL))
    return;
  if (!window_words_read_date (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &day))
    {
      GDate example;

      g_date_set_dmy (&example, 31, G_DATE_DECEMBER, g_date_get_year (&self->today));
      complain (self, WINDOW_WORD_BAD_DATE, &example);
    }
  else if (g_date_compare (&day, &self->today) <= 0)
    complain (self, WINDOW_WORD_PAST_DATE, &self->today);
  else if (g_date_compare (&day, &last) > 0)
    complain (self, WINDOW_WORD_FAR_DATE, &last);
  else
    {
      complain (self, -1, NULL);
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      travel_to (self, &day);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static GtkWidget *
make_steps (SandboxTimePanel *self)
{
  static const struct
  {
    const char *name;
    WindowWord word;
  } steps[] = { { "plus-day", WINDOW_WORD_PLUS_DAY },
                { "plus-week", WINDOW_WORD_PLUS_WEEK },
                { "plus-month", WINDOW_WORD_PLUS_MONTH } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkWidget *button
          = sandbox_button_new (window_word (self->host.language, steps[i].word), steps[i].name);

      gtk_widget_add_css_class (button, "primary");
      g_signal_connect (button, "clicked", G_CALLBACK (step_cb), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
make_entry (SandboxTimePanel *self)
{
  WindowLanguage language = self->host.language;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new_with_mnemonic (window_word (language, WINDOW_WORD_TO_DATE));
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = sandbox_button_new (window_word (language, WINDOW_WORD_GO), "go");

  gtk_widget_set_name (entry, "to-date");
  gtk_entry_set_max_length (GTK_ENTRY (entry), 20);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 11);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry),
                                  window_word (language, WINDOW_WORD_TO_DATE_HINT));
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (go), self);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (go), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  self->entry = GTK_ENTRY (entry);
  return box;
}

SandboxTimePanel *
sandbox_time_panel_new (const SandboxPanelHost *host)
{
  SandboxTimePanel *self = g_object_new (SANDBOX_TYPE_TIME_PANEL, NULL);
  GtkBox *box = GTK_BOX (self);

  self->host = *host;
  self->date = GTK_LABEL (sandbox_label_new ("…", "date"));
  self->trouble = GTK_LABEL (sandbox_label_new (NULL, "trouble"));
  self->ways = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_name (GTK_WIDGET (self->date), "date");
  gtk_widget_set_name (GTK_WIDGET (self->trouble), "trouble");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "padded");
  gtk_box_append (box, sandbox_label_new (window_word (host->language, WINDOW_WORD_DATE_CAPTION),
                                          "quiet"));
  gtk_box_append (box, GTK_WIDGET (self->date));
  gtk_box_append (GTK_BOX (self->ways), make_steps (self));
  gtk_box_append (GTK_BOX (self->ways), make_entry (self));
  gtk_box_append (box, self->ways);
  gtk_box_append (box, GTK_WIDGET (self->trouble));
  return self;
}

void
sandbox_time_panel_show (SandboxTimePanel *self, const SandboxView *view)
{
  g_autofree char *date = window_words_long_date (self->host.language, &view->today);

  self->today = view->today;
  gtk_label_set_text (self->date, date);
}

void
sandbox_time_panel_set_busy (SandboxTimePanel *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->ways, !busy);
}
