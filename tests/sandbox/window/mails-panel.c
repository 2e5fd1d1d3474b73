/* SPDX-License-Identifier: MIT */
#include "base/civil-date.h"
#include "tests/sandbox/window/panels.h"

/* The e-mails, newest first, and the one that was chosen. */
struct _SandboxMailsPanel
{
  GtkBox parent;

  SandboxPanelHost host;
  char *chosen;        /* (owned) (nullable): the key of the mail that is shown */
  GtkLabel *nothing;   /* (unowned): children are the box's */
  GtkListBox *list;    /* (unowned) */
  GtkLabel *subject;   /* (unowned) */
  GtkLabel *facts;     /* (unowned) */
  GtkLabel *body;      /* (unowned) */
  GtkWidget *parts[2]; /* (unowned): what is there only with mails */
};

G_DEFINE_FINAL_TYPE (SandboxMailsPanel, sandbox_mails_panel, GTK_TYPE_BOX)

static void
sandbox_mails_panel_finalize (GObject *object)
{
  g_free (SANDBOX_MAILS_PANEL (object)->chosen);
  G_OBJECT_CLASS (sandbox_mails_panel_parent_class)->finalize (object);
}

static void
sandbox_mails_panel_class_init (SandboxMailsPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sandbox_mails_panel_finalize;
}

static void
sandbox_mails_panel_init (SandboxMailsPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
}

/* Owned by a row. */
typedef struct
{
  char *key;     /* (owned) */
  char *subject; /* (owned) */
  char *facts;   /* (owned) */
  char *body;    /* (owned) */
} Letter;

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  g_free (letter->key);
  g_free (letter->subject);
  g_free (letter->facts);
  g_free (letter->body);
  g_free (letter);
}

/* (transfer full): its day */
static char *
when (SandboxMailsPanel *self, const char *sent)
{
  g_autofree char *day = g_strndup (sent, 10);
  GDate date;

  return ttecomm_date_parse (day, &date, NULL)
             ? window_words_short_date (self->host.language, &date)
             : g_strdup (sent);
}

static void
show_letter (SandboxMailsPanel *self, const Letter *letter)
{
  gtk_label_set_text (self->subject,
                      letter != NULL ? letter->subject
                                     : window_word (self->host.language, WINDOW_WORD_MAIL_CHOOSE));
  gtk_label_set_text (self->facts, letter != NULL ? letter->facts : "");
  gtk_label_set_text (self->body, letter != NULL ? letter->body : "");
  gtk_widget_set_visible (GTK_WIDGET (self->facts), letter != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->body), letter != NULL);
}

static void
chosen_cb (GtkListBox *list, GtkListBoxRow *row, SandboxMailsPanel *self)
{
  const Letter *letter = row != NULL ? g_object_get_data (G_OBJECT (row), "letter") : NULL;

  if (letter == NULL)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (letter->key);
  show_letter (self, letter);
}

static GtkWidget *
make_reader (SandboxMailsPanel *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->subject = GTK_LABEL (sandbox_label_new (NULL, "strong"));
  self->facts = GTK_LABEL (sandbox_label_new (NULL, "quiet"));
  self->body = GTK_LABEL (sandbox_label_new (NULL, NULL));
  gtk_widget_set_name (GTK_WIDGET (self->subject), "mail-subject");
  gtk_widget_set_name (GTK_WIDGET (self->body), "mail-body");
  /* So that it can be copied, and scrolled by keyboard. */
  gtk_label_set_selectable (self->body, TRUE);
  gtk_widget_add_css_class (box, "padded");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->subject));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->body));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (scroller, "card");
  return scroller;
}

SandboxMailsPanel *
sandbox_mails_panel_new (const SandboxPanelHost *host)
{
  SandboxMailsPanel *self = g_object_new (SANDBOX_TYPE_MAILS_PANEL, NULL);
  const char *intro = window_word (host->language, WINDOW_WORD_MAILS_INTRO);

  self->host = *host;
  self->nothing = GTK_LABEL (
      sandbox_label_new (window_word (host->language, WINDOW_WORD_MAILS_NONE), "quiet"));
  self->parts[0] = sandbox_list_new ("mails", intro, &self->list);
  self->parts[1] = make_reader (self);
  gtk_widget_set_name (GTK_WIDGET (self->nothing), "mails-nothing");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  g_signal_connect (self->list, "row-selected", G_CALLBACK (chosen_cb), self);
  gtk_box_append (GTK_BOX (self), sandbox_label_new (intro, "quiet"));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->nothing));
  for (gsize i = 0; i < G_N_ELEMENTS (self->parts); i++)
    gtk_box_append (GTK_BOX (self), self->parts[i]);
  show_letter (self, NULL);
  return self;
}

static Letter *
make_letter (SandboxMailsPanel *self, const SandboxViewMail *mail)
{
  Letter *letter = g_new0 (Letter, 1);
  g_autofree char *date = when (self, mail->sent);
  g_autofree char *to
      = window_words_fill (self->host.language, WINDOW_WORD_MAIL_TO, "to", mail->to, NULL);

  letter->key = g_strdup_printf ("%s %s %s %s", mail->sent, mail->to, mail->subject, mail->body);
  letter->subject = g_strdup (mail->subject);
  letter->facts = g_strdup_printf ("%s · %s", to, date);
  letter->body = g_strdup (mail->body);
  return letter;
}

static GtkWidget *
make_row (Letter *letter)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *all = g_strdup_printf ("%s. %s", letter->subject, letter->facts);

  gtk_box_append (GTK_BOX (box), sandbox_label_new (letter->subject, "strong"));
  gtk_box_append (GTK_BOX (box), sandbox_label_new (letter->facts, "quiet"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
  g_object_set_data_full (G_OBJECT (row), "letter", letter, letter_free);
  return row;
}

void
sandbox_mails_panel_show (SandboxMailsPanel *self, const SandboxView *view)
{
  g_autofree char *chosen = g_strdup (self->chosen);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
  gboolean found = FALSE;

  sandbox_list_clear (self->list);
  for (guint i = 0; i < view->mails->len; i++)
    {
      Letter *letter = make_letter (self, g_ptr_array_index (view->mails, i));
      GtkWidget *row = make_row (letter);

      gtk_list_box_append (self->list, row);
      if (found || g_strcmp0 (letter->key, chosen) != 0)
        continue;
      found = TRUE;
      gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
      if (had_focus)
        gtk_widget_grab_focus (row);
    }
  if (!found)
    {
      g_clear_pointer (&self->chosen, g_free);
      show_letter (self, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), view->mails->len == 0);
  for (gsize i = 0; i < G_N_ELEMENTS (self->parts); i++)
    gtk_widget_set_visible (self->parts[i], view->mails->len > 0);
}
