/* SPDX-License-Identifier: MIT */
#include "tests/sandbox/window/panels.h"

typedef enum
{
  CONNECTED,
  SI_ACCESS,
  SUSPENDED,
  N_FLAGS,
} Flag;

static const struct
{
  const char *name;   /* of the widget */
  const char *member; /* of the request */
  WindowWord word;
} flags[N_FLAGS] = {
  [CONNECTED] = { "connected", "connected", WINDOW_WORD_CONNECTED },
  [SI_ACCESS] = { "si-access", "si_access", WINDOW_WORD_SI_ACCESS },
  [SUSPENDED] = { "suspended", "suspended", WINDOW_WORD_SUSPENDED },
};

/* One installation's switches, one account's card, and the way back to the first day. */
struct _SandboxWorldPanel
{
  GtkBox parent;

  SandboxPanelHost host;
  GPtrArray *site_ids;       /* (owned) (element-type utf8): as in the menu */
  GPtrArray *emails;         /* (owned) (element-type utf8): likewise */
  GPtrArray *sites;          /* (owned) (element-type SiteState): likewise */
  GtkDropDown *site;         /* (unowned): children are the box's */
  GtkSwitch *flags[N_FLAGS]; /* (unowned) */
  GtkDropDown *account;      /* (unowned) */
  GtkLabel *card;            /* (unowned) */
  GtkSwitch *card_good;      /* (unowned) */
  GtkWidget *card_row;       /* (unowned) */
  GPtrArray *cards;          /* (owned) (element-type CardState) */
  GtkWidget *reset;          /* (unowned) */
  GtkWidget *question;       /* (unowned) */
  GtkWidget *rest;           /* (unowned): all but the question */
};

typedef struct
{
  gboolean is_on[N_FLAGS];
} SiteState;

typedef struct
{
  char *words; /* (owned) */
  gboolean is_there;
  gboolean good;
} CardState;

static void
card_state_free (gpointer data)
{
  g_free (((CardState *)data)->words);
  g_free (data);
}

G_DEFINE_FINAL_TYPE (SandboxWorldPanel, sandbox_world_panel, GTK_TYPE_BOX)

static void
sandbox_world_panel_finalize (GObject *object)
{
  SandboxWorldPanel *self = SANDBOX_WORLD_PANEL (object);

  g_ptr_array_unref (self->site_ids);
  g_ptr_array_unref (self->emails);
  g_ptr_array_unref (self->sites);
  g_ptr_array_unref (self->cards);
  G_OBJECT_CLASS (sandbox_world_panel_parent_class)->finalize (object);
}

static void
sandbox_world_panel_class_init (SandboxWorldPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sandbox_world_panel_finalize;
}

static void
sandbox_world_panel_init (SandboxWorldPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->site_ids = g_ptr_array_new_with_free_func (g_free);
  self->emails = g_ptr_array_new_with_free_func (g_free);
  self->sites = g_ptr_array_new_with_free_func (g_free);
  self->cards = g_ptr_array_new_with_free_func (card_state_free);
}

/* -- what the person wants -- */

/* (nullable): the element of the chosen item */
static gpointer
chosen (GtkDropDown *menu, GPtrArray *array)
{
  guint i = gtk_drop_down_get_selected (menu);

  return i < array->len ? g_ptr_array_index (array, i) : NULL;
}

static void
flag_cb (GtkSwitch *widget, GParamSpec *pspec, SandboxWorldPanel *self)
{
  const char *id = chosen (self->site, self->site_ids);

  for (gsize i = 0; id != NULL && i < N_FLAGS; i++)
    if (self->flags[i] == widget)
      {
        g_autofree char *body
            = sandbox_body ("id", id, flags[i].member,
                            gtk_switch_get_active (widget) ? "true" : "false", NULL);

        self->host.act (self->host.window, "POST", "/sandbox/installations", body);
      }
}

static void
card_cb (GtkSwitch *widget, GParamSpec *pspec, SandboxWorldPanel *self)
{
  const char *email = chosen (self->account, self->emails);
  g_autofree char *body = NULL;

  if (email == NULL)
    return;
  body = sandbox_body ("email", email, "card_good",
                       gtk_switch_get_active (widget) ? "true" : "false", NULL);
  self->host.act (self->host.window, "POST", "/sandbox/users", body);
}

static void
show_site (SandboxWorldPanel *self)
{
  const SiteState *state = chosen (self->site, self->sites);

  for (gsize i = 0; i < N_FLAGS; i++)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->flags[i]), state != NULL);
      sandbox_switch_set_quietly (self->flags[i], state != NULL && state->is_on[i], flag_cb, self);
    }
}

static void
show_card (SandboxWorldPanel *self)
{
  const CardState *state = chosen (self->account, self->cards);

  gtk_label_set_text (self->card, state != NULL ? state->words : "");
  gtk_widget_set_visible (self->card_row, state != NULL && state->is_there);
  sandbox_switch_set_quietly (self->card_good, state != NULL && state->good, card_cb, self);
}

static void
ask (SandboxWorldPanel *self, gboolean asking)
{
  gtk_widget_set_visible (self->question, asking);
  gtk_widget_set_visible (self->rest, !asking);
}

static void
reset_cb (GtkButton *button, SandboxWorldPanel *self)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (button));

  if (g_str_equal (name, "reset"))
    {
      ask (self, TRUE);
      gtk_widget_child_focus (self->question, GTK_DIR_TAB_FORWARD);
      return;
    }
  ask (self, FALSE);
  gtk_widget_grab_focus (self->reset);
  if (g_str_equal (name, "reset-yes"))
    self->host.act (self->host.window, "POST", "/sandbox/reset", "{}");
}

/* -- building -- */

static void
item_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, sandbox_label_new (NULL, NULL));
}

static void
item_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (text));
}

/* A menu whose words break their lines, which GTK's own would not. */
static GtkWidget *
make_menu (SandboxWorldPanel *self,
           WindowWord word,
           const char *name,
           void (*show) (SandboxWorldPanel *),
           GtkDropDown **out)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = gtk_label_new_with_mnemonic (window_word (self->host.language, word));
  GtkWidget *menu
      = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (NULL)),
                           gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (item_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (item_bind_cb), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (menu), factory);
  g_object_unref (factory);
  gtk_widget_set_name (menu, name);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (menu), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "strong");
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), menu);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
  g_signal_connect_swapped (menu, "notify::selected", G_CALLBACK (show), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), menu);
  *out = GTK_DROP_DOWN (menu);
  return box;
}

static GtkWidget *
make_card (GtkWidget *first)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "padded");
  gtk_box_append (GTK_BOX (card), first);
  return card;
}

static GtkWidget *
make_site (SandboxWorldPanel *self)
{
  GtkWidget *card
      = make_card (make_menu (self, WINDOW_WORD_INSTALLATION, "site", show_site, &self->site));

  for (gsize i = 0; i < N_FLAGS; i++)
    {
      const char *words = window_word (self->host.language, flags[i].word);

      gtk_box_append (GTK_BOX (card),
                      sandbox_switch_row_new (words, flags[i].name, &self->flags[i]));
      g_signal_connect (self->flags[i], "notify::active", G_CALLBACK (flag_cb), self);
    }
  return card;
}

static GtkWidget *
make_account (SandboxWorldPanel *self)
{
  GtkWidget *card
      = make_card (make_menu (self, WINDOW_WORD_ACCOUNT, "account", show_card, &self->account));

  self->card = GTK_LABEL (sandbox_label_new (NULL, "quiet"));
  gtk_widget_set_name (GTK_WIDGET (self->card), "card");
  self->card_row = sandbox_switch_row_new (window_word (self->host.language, WINDOW_WORD_CARD_GOOD),
                                           "card-good", &self->card_good);
  g_signal_connect (self->card_good, "notify::active", G_CALLBACK (card_cb), self);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->card));
  gtk_box_append (GTK_BOX (card), self->card_row);
  return card;
}

static GtkWidget *
make_button (SandboxWorldPanel *self, WindowWord word, const char *name, const char *style)
{
  GtkWidget *button = sandbox_button_new (window_word (self->host.language, word), name);

  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", G_CALLBACK (reset_cb), self);
  return button;
}

static GtkWidget *
make_question (SandboxWorldPanel *self)
{
  GtkWidget *card = make_card (
      sandbox_label_new (window_word (self->host.language, WINDOW_WORD_RESET_ASK), "strong"));
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (buttons), make_button (self, WINDOW_WORD_RESET_NO, "reset-no", NULL));
  gtk_box_append (GTK_BOX (buttons),
                  make_button (self, WINDOW_WORD_RESET_YES, "reset-yes", "danger"));
  gtk_box_append (GTK_BOX (card), buttons);
  return card;
}

SandboxWorldPanel *
sandbox_world_panel_new (const SandboxPanelHost *host)
{
  SandboxWorldPanel *self = g_object_new (SANDBOX_TYPE_WORLD_PANEL, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->host = *host;
  self->reset = make_button (self, WINDOW_WORD_RESET, "reset", NULL);
  self->question = make_question (self);
  self->rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->rest), make_site (self));
  gtk_box_append (GTK_BOX (self->rest), make_account (self));
  gtk_box_append (GTK_BOX (self->rest), self->reset);
  gtk_box_append (GTK_BOX (box), self->rest);
  gtk_box_append (GTK_BOX (box), self->question);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self), scroller);
  ask (self, FALSE);
  return self;
}

/* -- showing -- */

/* The same item stays chosen, wherever it has gone. @ids is replaced by @new_ids. */
static void
fill_menu (GtkDropDown *menu, GPtrArray **ids, GPtrArray *new_ids, GPtrArray *names)
{
  const char *id = chosen (menu, *ids);
  g_autofree char *before = g_strdup (id);
  GtkStringList *list = GTK_STRING_LIST (gtk_drop_down_get_model (menu));
  gboolean same = new_ids->len == (*ids)->len;
  guint position = 0;

  for (guint i = 0; i < new_ids->len; i++)
    {
      same = same && g_str_equal (g_ptr_array_index (*ids, i), g_ptr_array_index (new_ids, i))
             && g_str_equal (gtk_string_list_get_string (list, i), g_ptr_array_index (names, i));
      if (g_strcmp0 (before, g_ptr_array_index (new_ids, i)) == 0)
        position = i;
    }
  g_ptr_array_unref (*ids);
  *ids = new_ids;
  if (same)
    return;
  g_ptr_array_add (names, NULL);
  gtk_string_list_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)),
                          (const char *const *)names->pdata);
  gtk_drop_down_set_selected (menu, position);
}

static void
take_sites (SandboxWorldPanel *self, const SandboxView *view)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_set_size (self->sites, 0);
  for (guint i = 0; i < view->sites->len; i++)
    {
      const SandboxViewSite *site = g_ptr_array_index (view->sites, i);
      SiteState *state = g_new0 (SiteState, 1);

      state->is_on[CONNECTED] = site->connected;
      state->is_on[SI_ACCESS] = site->si_access;
      state->is_on[SUSPENDED] = site->suspended;
      g_ptr_array_add (self->sites, state);
      g_ptr_array_add (ids, g_strdup (site->id));
      g_ptr_array_add (names, site->name);
    }
  fill_menu (self->site, &self->site_ids, ids, names);
}

/* (transfer full) */
static char *
describe_card (SandboxWorldPanel *self, const SandboxViewAccount *account)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *month = NULL;

  if (account->last4 == NULL || account->expires == NULL)
    return g_strdup (window_word (self->host.language, WINDOW_WORD_NO_CARD));
  parts = g_strsplit (account->expires, "-", 2);
  month = g_strdup_printf ("%s/%s", parts[1] != NULL ? parts[1] : "", parts[0]);
  return window_words_fill (self->host.language, WINDOW_WORD_CARD, "last4", account->last4, "month",
                            month, NULL);
}

static void
take_accounts (SandboxWorldPanel *self, const SandboxView *view)
{
  GPtrArray *emails = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_set_size (self->cards, 0);
  for (guint i = 0; i < view->accounts->len; i++)
    {
      const SandboxViewAccount *account = g_ptr_array_index (view->accounts, i);
      CardState *state = g_new0 (CardState, 1);

      state->is_there = account->last4 != NULL;
      state->good = account->card_good;
      state->words = describe_card (self, account);
      g_ptr_array_add (self->cards, state);
      g_ptr_array_add (emails, g_strdup (account->email));
      g_ptr_array_add (names, account->email);
    }
  fill_menu (self->account, &self->emails, emails, names);
}

void
sandbox_world_panel_show (SandboxWorldPanel *self, const SandboxView *view)
{
  take_sites (self, view);
  take_accounts (self, view);
  show_site (self);
  show_card (self);
}
