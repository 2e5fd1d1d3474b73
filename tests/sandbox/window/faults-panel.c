/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/window/panels.h"

/* Everything that can go wrong, as switches, in words. */
struct _SandboxFaultsPanel
{
  GtkBox parent;

  SandboxPanelHost host;
  GHashTable *switches; /* (owned) (element-type utf8 GtkSwitch): borrowed widgets by fault */
  GtkLabel *count;      /* (unowned): children are the box's */
  GtkWidget *all_off;   /* (unowned) */
  GtkWidget *list;      /* (unowned) */
};

G_DEFINE_FINAL_TYPE (SandboxFaultsPanel, sandbox_faults_panel, GTK_TYPE_BOX)

static void
sandbox_faults_panel_finalize (GObject *object)
{
  g_hash_table_unref (SANDBOX_FAULTS_PANEL (object)->switches);
  G_OBJECT_CLASS (sandbox_faults_panel_parent_class)->finalize (object);
}

static void
sandbox_faults_panel_class_init (SandboxFaultsPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sandbox_faults_panel_finalize;
}

static void
sandbox_faults_panel_init (SandboxFaultsPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  self->switches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
all_off_cb (GtkButton *button, SandboxFaultsPanel *self)
{
  self->host.act (self->host.window, "DELETE", "/sandbox/faults", NULL);
}

static void
switched_cb (GtkSwitch *widget, GParamSpec *pspec, SandboxFaultsPanel *self)
{
  const char *name = g_object_get_data (G_OBJECT (widget), "fault");

  if (gtk_switch_get_active (widget))
    {
      /* A tenth of a second would not be noticed. */
      g_autofree char *body = g_str_equal (name, "slow")
                                  ? g_strdup ("{\"name\":\"slow\",\"ms\":4000}")
                                  : sandbox_body ("name", name, NULL);

      self->host.act (self->host.window, "POST", "/sandbox/faults", body);
    }
  else
    {
      g_autofree char *path = g_strconcat ("/sandbox/faults?name=", name, NULL);

      self->host.act (self->host.window, "DELETE", path, NULL);
    }
}

static GtkWidget *
make_top (SandboxFaultsPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->count = GTK_LABEL (sandbox_label_new (NULL, "heading"));
  self->all_off
      = sandbox_button_new (window_word (self->host.language, WINDOW_WORD_ALL_OFF), "all-off");
  gtk_widget_set_name (GTK_WIDGET (self->count), "faults-count");
  gtk_widget_set_hexpand (GTK_WIDGET (self->count), TRUE);
  g_signal_connect (self->all_off, "clicked", G_CALLBACK (all_off_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (box), self->all_off);
  return box;
}

SandboxFaultsPanel *
sandbox_faults_panel_new (const SandboxPanelHost *host)
{
  SandboxFaultsPanel *self = g_object_new (SANDBOX_TYPE_FAULTS_PANEL, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->host = *host;
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (self), make_top (self));
  gtk_box_append (GTK_BOX (self),
                  sandbox_label_new (window_word (host->language, WINDOW_WORD_FAULTS_INTRO),
                                     "quiet"));
  gtk_box_append (GTK_BOX (self), scroller);
  return self;
}

static void
add_fault (SandboxFaultsPanel *self, const char *name, const char *words)
{
  g_autofree char *id = g_strconcat ("fault.", name, NULL);
  GtkSwitch *widget;
  GtkWidget *row = sandbox_switch_row_new (words, id, &widget);

  g_object_set_data_full (G_OBJECT (widget), "fault", g_strdup (name), g_free);
  g_signal_connect (widget, "notify::active", G_CALLBACK (switched_cb), self);
  g_hash_table_insert (self->switches, g_strdup (name), widget);
  gtk_box_append (GTK_BOX (self->list), row);
}

static void
add_heading (SandboxFaultsPanel *self, WindowWord group)
{
  gtk_box_append (GTK_BOX (self->list),
                  sandbox_label_new (window_word (self->host.language, group), "group"));
}

static gboolean
is_known (const SandboxView *view, const char *name)
{
  return g_ptr_array_find_with_equal_func (view->faults, name, g_str_equal, NULL);
}

/* Those with words in their order, under their headings; then whatever else the sandbox names. */
static void
add_faults (SandboxFaultsPanel *self, const SandboxView *view)
{
  WindowWord last = WINDOW_WORD_TITLE;
  WindowWord group;
  const char *name;

  for (guint i = 0; (name = window_words_nth_fault (i)) != NULL; i++)
    if (is_known (view, name))
      {
        const char *words = window_words_fault (self->host.language, name, &group);

        if (group != last)
          add_heading (self, group);
        last = group;
        add_fault (self, name, words);
      }
  for (guint i = 0; i < view->faults->len; i++)
    {
      name = g_ptr_array_index (view->faults, i);
      window_words_fault (self->host.language, name, &group);
      if (group != WINDOW_WORD_GROUP_OTHER)
        continue;
      if (group != last)
        add_heading (self, group);
      last = group;
      add_fault (self, name, name);
    }
}

static void
count (SandboxFaultsPanel *self, guint n)
{
  WindowWord word = n == 0   ? WINDOW_WORD_FAULTS_NONE
                    : n == 1 ? WINDOW_WORD_FAULTS_ONE
                             : WINDOW_WORD_FAULTS_MANY;
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *text = window_words_fill (self->host.language, word, "n", number, NULL);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_sensitive (self->all_off, n > 0);
}

void
sandbox_faults_panel_show (SandboxFaultsPanel *self, const SandboxView *view)
{
  GHashTableIter iter;
  gpointer name;
  gpointer widget;

  if (g_hash_table_size (self->switches) == 0)
    add_faults (self, view);
  g_hash_table_iter_init (&iter, self->switches);
  while (g_hash_table_iter_next (&iter, &name, &widget))
    sandbox_switch_set_quietly (widget, g_hash_table_contains (view->on, name), switched_cb, self);
  count (self, g_hash_table_size (view->on));
}
