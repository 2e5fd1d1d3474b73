/* SPDX-License-Identifier: MIT */
/* The control window against a sandbox: what a person does there happens, and is seen. */
#include <string.h>

#include "tests/harness/harness.h"
#include "tests/sandbox/window/words-table.h"
#include "tests/unit/sandbox/window-fixture.h"

/* -- time -- */

static void
test_steps_forward (WindowFixture *self, gconstpointer data)
{
  window_fixture_wait_label (self, "date", "Wednesday 17 March 2027");
  window_fixture_wait_label (self, "events-nothing", "Nothing has happened yet.");
  window_fixture_click (self, "plus-day");
  window_fixture_wait_label (self, "date", "Thursday 18 March 2027");
  window_fixture_rest (self);
  window_fixture_wait_label (self, "events-heading", "From 17/03/2027 to 18/03/2027");
  window_fixture_wait_label (self, "events-nothing", "Nothing happened in these days.");
  window_fixture_click (self, "plus-week");
  window_fixture_wait_label (self, "date", "Thursday 25 March 2027");
  window_fixture_rest (self);
  window_fixture_click (self, "plus-month");
  window_fixture_wait_label (self, "date", "Sunday 25 April 2027");
  window_fixture_wait_hidden (self, "banner");
}

static void
add_text (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (data, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
}

/* (transfer full): all that is written in the widget of that name */
static char *
text_in (WindowFixture *self, const char *name)
{
  GString *text = g_string_new (NULL);

  window_fixture_each (window_fixture_find (self, name), add_text, text);
  return g_string_free (text, FALSE);
}

static void
assert_says (WindowFixture *self, const char *name, const char *words)
{
  g_autofree char *text = text_in (self, name);

  if (strstr (text, words) == NULL)
    g_error ("\"%s\" is not in %s: %s", words, name, text);
}

static void
test_events_in_words (WindowFixture *self, gconstpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (self, "to-date")), "30/04/2027");
  window_fixture_click (self, "go");
  window_fixture_wait_label (self, "date", "Friday 30 April 2027");
  assert_says (self, "events", "Subscription of mara@example.org has ended");
  assert_says (self, "events", "Remote Services, Chalet Edelweiss, Garmisch");
  assert_says (self, "events", "Reminder sent to mara@example.org: ");
  assert_says (self, "events", "Renewed: ");
  assert_says (self, "events", "30/04/2027");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (window_fixture_find (self, "to-date"))), ==,
                   "");
}

static void
test_dates_that_cannot_be (WindowFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    const char *trouble;
  } rows[] = {
    { "soon", "Write the date as dd/mm/yyyy, for example 31/12/2027." },
    { "", "Write the date" },
    { "16/03/2027", "Time only goes forward: choose a day after 17/03/2027." },
    { "17/03/2027", "Time only goes forward" },
    { "01/01/2100", "The sandbox ends on 31/12/2099" },
  };
  GtkEditable *entry = GTK_EDITABLE (window_fixture_find (self, "to-date"));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_editable_set_text (entry, rows[i].typed);
      window_fixture_click (self, "go");
      window_fixture_wait_label (self, "trouble", rows[i].trouble);
      gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                        GTK_ACCESSIBLE_INVALID_TRUE);
    }
  window_fixture_wait_label (self, "date", "Wednesday 17 March 2027");
  window_fixture_click (self, "plus-day");
  window_fixture_wait_hidden (self, "trouble");
}

/* -- faults -- */

static guint
n_faults (WindowFixture *self)
{
  g_autoptr (JsonObject) answer = window_fixture_ask (self, "GET", "/sandbox/faults", NULL);

  return json_array_get_length (json_object_get_array_member (answer, "faults"));
}

static void
flip (WindowFixture *self, const char *name, gboolean on)
{
  GtkSwitch *widget = GTK_SWITCH (window_fixture_find (self, name));

  g_assert_cmpint (gtk_switch_get_active (widget), !=, on);
  g_assert_true (gtk_widget_activate (GTK_WIDGET (widget)));
  g_assert_cmpint (gtk_switch_get_active (widget), ==, on);
}

static void
test_faults (WindowFixture *self, gconstpointer data)
{
  window_fixture_wait_label (self, "faults-count", "Nothing goes wrong now.");
  g_assert_false (gtk_widget_is_sensitive (window_fixture_find (self, "all-off")));
  flip (self, "fault.refuse-503", TRUE);
  window_fixture_wait_label (self, "faults-count", "1 fault is on.");
  flip (self, "fault.stall", TRUE);
  window_fixture_wait_label (self, "faults-count", "2 faults are on.");
  g_assert_cmpuint (n_faults (self), ==, 2);
  flip (self, "fault.refuse-503", FALSE);
  window_fixture_wait_label (self, "faults-count", "1 fault is on.");
  g_assert_cmpuint (n_faults (self), ==, 1);
  window_fixture_click (self, "all-off");
  window_fixture_wait_label (self, "faults-count", "Nothing goes wrong now.");
  g_assert_cmpuint (n_faults (self), ==, 0);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (window_fixture_find (self, "fault.stall"))));
}

/* What others switch is seen, and each fault there is has words and a switch. */
static void
test_faults_of_others (WindowFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) answer
      = window_fixture_ask (self, "POST", "/sandbox/faults", "{\"name\":\"html-200\",\"times\":3}");
  JsonArray *names = json_object_get_array_member (answer, "names");

  window_fixture_wait_label (self, "faults-count", "1 fault is on.");
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (window_fixture_find (self, "fault.html-200"))));
  g_assert_cmpuint (json_array_get_length (names), ==, window_n_fault_words);
  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      const char *name = json_array_get_string_element (names, i);
      g_autofree char *id = g_strconcat ("fault.", name, NULL);
      GtkWidget *widget = window_fixture_find (self, id);
      WindowWord group;

      g_assert_cmpstr (window_words_fault (WINDOW_LANGUAGE_EN, name, &group), !=, name);
      gtk_test_accessible_assert_role (widget, GTK_ACCESSIBLE_ROLE_SWITCH);
      g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                                       GTK_ACCESSIBLE_RELATION_LABELLED_BY));
    }
}

/* What the sandbox will not do is said, and the switch goes back. */
static void
test_refused (WindowFixture *self, gconstpointer data)
{
  GtkSwitch *stall = GTK_SWITCH (window_fixture_find (self, "fault.stall"));

  for (guint i = 0; i < 64; i++)
    json_object_unref (window_fixture_ask (self, "POST", "/sandbox/faults", "{\"name\":\"slow\"}"));
  flip (self, "fault.stall", TRUE);
  window_fixture_wait_label (self, "banner", "The sandbox refused: There are 64 faults already.");
  window_fixture_rest (self);
  g_assert_false (gtk_switch_get_active (stall));
  window_fixture_click (self, "all-off");
  window_fixture_wait_hidden (self, "banner");
}

/* -- e-mails -- */

static gboolean
has_rows (gpointer list)
{
  return gtk_list_box_get_row_at_index (list, 0) != NULL;
}

static void
test_mails (WindowFixture *self, gconstpointer data)
{
  GtkListBox *list = GTK_LIST_BOX (window_fixture_find (self, "mails"));
  g_autoptr (JsonObject) travel = NULL;
  g_autoptr (JsonObject) later = NULL;
  g_autofree char *subject = NULL;

  sandbox_window_show_tab (self->window, "mails");
  window_fixture_wait_label (self, "mails-nothing", "No e-mail yet.");
  travel = window_fixture_ask (self, "POST", "/sandbox/clock/advance", "{\"to\":\"2027-03-31\"}");
  g_assert_true (harness_wait_until (has_rows, list, WINDOW_PATIENCE_MS));
  window_fixture_wait_label (self, "mail-subject", "Choose an e-mail to read it.");
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
  window_fixture_wait_label (self, "mail-subject", "Your subscriptions renew in two months");
  window_fixture_wait_label (self, "mail-body", "- ");
  assert_says (self, "mails", "To mara@example.org");
  assert_says (self, "mails", "31/03/2027");
  assert_says (self, "mail-body", "Nothing needs to be done.");
  subject = text_in (self, "mail-body");

  /* Newer ones come on top; what is read stays. */
  later = window_fixture_ask (self, "POST", "/sandbox/clock/advance", "{\"to\":\"2027-04-30\"}");
  window_fixture_wait_label (self, "date", "Friday 30 April 2027");
  assert_says (self, "mails", "Invoice ");
  assert_says (self, "mail-body", subject);
  g_assert_cmpint (gtk_list_box_row_get_index (gtk_list_box_get_selected_row (list)), >, 0);
}

/* -- the world -- */

static JsonObject *
first_of (JsonObject *object, const char *name)
{
  return json_array_get_object_element (json_object_get_array_member (object, name), 0);
}

static void
test_switches_of_an_installation (WindowFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *site;

  sandbox_window_show_tab (self->window, "world");
  flip (self, "connected", FALSE);
  window_fixture_rest (self);
  flip (self, "si-access", FALSE);
  window_fixture_rest (self);
  flip (self, "suspended", TRUE);
  window_fixture_rest (self);
  answer = window_fixture_ask (self, "GET", "/sandbox/overview", NULL);
  site = first_of (answer, "installations");
  g_assert_cmpstr (json_object_get_string_member (site, "name"), ==, "Villa Lindehof, Brasschaat");
  g_assert_false (json_object_get_boolean_member (site, "connected"));
  g_assert_false (json_object_get_boolean_member (site, "si_access"));
  g_assert_true (json_object_get_boolean_member (site, "suspended"));

  /* Another one has its own. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (window_fixture_find (self, "site")), 1);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (window_fixture_find (self, "connected"))));
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (window_fixture_find (self, "suspended"))));
  window_fixture_rest (self);
  window_fixture_wait_hidden (self, "banner");
}

static void
test_card (WindowFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) answer = NULL;

  sandbox_window_show_tab (self->window, "world");
  window_fixture_wait_label (self, "card", "Card ending in 4242, valid through 12/2027");
  flip (self, "card-good", FALSE);
  window_fixture_rest (self);
  answer = window_fixture_ask (self, "GET", "/sandbox/overview", NULL);
  g_assert_cmpstr (json_object_get_string_member (first_of (answer, "accounts"), "email"), ==,
                   "mara@example.org");
  g_assert_false (json_object_get_boolean_member (first_of (answer, "accounts"), "card_good"));
}

static void
test_reset_asks_first (WindowFixture *self, gconstpointer data)
{
  sandbox_window_show_tab (self->window, "world");
  window_fixture_click (self, "plus-week");
  window_fixture_wait_label (self, "date", "Wednesday 24 March 2027");
  window_fixture_rest (self);
  window_fixture_click (self, "reset");
  window_fixture_click (self, "reset-no");
  window_fixture_rest (self);
  window_fixture_wait_label (self, "date", "Wednesday 24 March 2027");
  window_fixture_click (self, "reset");
  window_fixture_click (self, "reset-yes");
  window_fixture_wait_label (self, "date", "Wednesday 17 March 2027");
  window_fixture_wait_label (self, "events-heading", "So far");
}

/* -- when it is not there -- */

static void
test_gone_and_back (WindowFixture *self, gconstpointer data)
{
  window_fixture_stop_sandbox (self);
  window_fixture_wait_label (self, "banner", "The sandbox has gone. Start it again");
  g_assert_false (gtk_widget_is_sensitive (window_fixture_find (self, "plus-day")));
  window_fixture_start_sandbox (self);
  window_fixture_wait_hidden (self, "banner");
  window_fixture_click (self, "plus-day");
  window_fixture_wait_label (self, "date", "Thursday 18 March 2027");
}

static void
write_urls (WindowFixture *self, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, "urls.json", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Something else answers in its place for a while. */
static void
test_unreadable (WindowFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "urls.json", NULL);
  g_autofree char *good = NULL;

  g_assert_true (g_file_get_contents (path, &good, NULL, NULL));
  write_urls (self, "{\"control_url\":\"http://example.org\"}");
  window_fixture_wait_label (self, "banner", "The sandbox's answer cannot be read: ");
  write_urls (self, good);
  window_fixture_wait_hidden (self, "banner");
}

/* It goes while something is wanted of it. */
static void
test_gone_under_a_click (WindowFixture *self, gconstpointer data)
{
  window_fixture_click (self, "plus-day");
  window_fixture_stop_sandbox (self);
  window_fixture_wait_label (self, "banner", "The sandbox has gone.");
  window_fixture_start_sandbox (self);
  window_fixture_wait_hidden (self, "banner");
  window_fixture_rest (self);
}

static gboolean
tick_cb (gpointer n)
{
  ++*(guint *)n;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_enough (gpointer n)
{
  return *(guint *)n >= 10;
}

/* Nobody is asked for what nobody sees. */
static void
test_hidden_it_asks_nothing (WindowFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) travel = NULL;
  guint n = 0;
  guint source;

  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  travel = window_fixture_ask (self, "POST", "/sandbox/clock/advance", "{\"to\":\"2027-03-19\"}");
  source = g_timeout_add (50, tick_cb, &n);
  g_assert_true (harness_wait_until (is_enough, &n, WINDOW_PATIENCE_MS));
  g_source_remove (source);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (window_fixture_find (self, "date"))), ==,
                   "Wednesday 17 March 2027");
  gtk_window_present (GTK_WINDOW (self->window));
  window_fixture_wait_label (self, "date", "Friday 19 March 2027");
}

static void
register_tests (Harness *harness)
{
#define ADD(name, func)                                                                            \
  harness_add_fixture (harness, "sandbox-window", name, WindowFixture, NULL,                       \
                       window_fixture_set_up, func, window_fixture_tear_down)
  ADD ("steps-forward", test_steps_forward);
  ADD ("events-in-words", test_events_in_words);
  ADD ("dates-that-cannot-be", test_dates_that_cannot_be);
  ADD ("faults", test_faults);
  ADD ("faults-of-others", test_faults_of_others);
  ADD ("refused", test_refused);
  ADD ("unreadable", test_unreadable);
  ADD ("mails", test_mails);
  ADD ("switches-of-an-installation", test_switches_of_an_installation);
  ADD ("card", test_card);
  ADD ("reset-asks-first", test_reset_asks_first);
  ADD ("gone-and-back", test_gone_and_back);
  ADD ("gone-under-a-click", test_gone_under_a_click);
  ADD ("hidden-it-asks-nothing", test_hidden_it_asks_nothing);
}

HARNESS_MAIN (register_tests)
