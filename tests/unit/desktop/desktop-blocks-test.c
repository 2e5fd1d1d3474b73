/* SPDX-License-Identifier: MIT */
/* Each type of block as GTK's controls: what it shows, what it is called, what the person does. */
#include "tests/unit/desktop/screen.h"

#include <string.h>

#include "tests/host/desktop/picture.h"

#define ACTION(id, more)                                                                           \
  "{'id':'" id                                                                                     \
  "','type':'action','label':'Do it','name':'Do it to the house','style':'normal'," more           \
  ",'fallback_text':''}"
#define ENABLED "'enabled':true"

static void
expect_text (Screen *self, const char *id, const char *expected)
{
  g_autofree char *text = screen_text (self, id);

  g_assert_cmpstr (text, ==, expected);
}

static void
expect_invoked (Screen *self, const char *expected)
{
  g_assert_cmpuint (self->invoked->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (self->invoked, 0), ==, expected);
  g_ptr_array_set_size (self->invoked, 0);
}

static GtkWidget *
button_of (Screen *self, const char *id)
{
  return screen_find_in (self, id, GTK_TYPE_BUTTON);
}

static void
expect_name (GtkWidget *widget, const char *name)
{
  g_autofree char *different
      = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                            name);

  g_assert_cmpstr (different, ==, NULL);
}

/* --- what is said ----------------------------------------------------------------------------- */

static void
test_heading_and_text (Screen *self, gconstpointer data)
{
  screen_draw (self, "{'id':'h','type':'heading','text':'<b>People</b> & roles','level':2,"
                     "'fallback_text':''},"
                     "{'id':'t','type':'text','text':'Two\\nlines','fallback_text':''}");
  expect_text (self, "h", "<b>People</b> & roles\n");
  expect_text (self, "t", "Two\nlines\n");
  gtk_test_accessible_assert_role (screen_find (self, "h"), GTK_ACCESSIBLE_ROLE_HEADING);
}

static void
test_unknown_shows_its_fallback (Screen *self, gconstpointer data)
{
  screen_draw (self, "{'id':'c','type':'chart','bars':[1,2],'fallback_text':'Two bars'},"
                     "{'id':'g','type':'group','title':'G','blocks':[{'id':'d','type':'map',"
                     "'fallback_text':'A map of Gent'}],'fallback_text':''}");
  expect_text (self, "c", "Two bars\n");
  expect_text (self, "d", "A map of Gent\n");
}

static void
test_facts (Screen *self, gconstpointer data)
{
  screen_draw (self, "{'id':'f','type':'facts','rows':[['Card','Visa'],['Until','2031']],"
                     "'fallback_text':''}");
  expect_text (self, "f", "Card\nVisa\nUntil\n2031\n");
  screen_draw (self, "{'id':'f','type':'facts','rows':[['Card','None']],'fallback_text':''}");
  expect_text (self, "f", "Card\nNone\n");
}

static void
test_status_has_sign_and_word (Screen *self, gconstpointer data)
{
  screen_draw (self, "{'id':'s','type':'status','severity':'good','symbol':'+','word':'active',"
                     "'text':'until May','fallback_text':''}");
  expect_text (self, "s", "+ active\nuntil May\n");
  gtk_test_accessible_assert_role (screen_find (self, "s"), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
test_notice_has_sign_word_and_actions (Screen *self, gconstpointer data)
{
  static const char *const words[][2] = { { "error", "✕ Problem" },
                                          { "warning", "▲ Warning" },
                                          { "info", "ℹ Note" },
                                          { "good", "✓ All right" } };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *blocks = g_strdup_printf (
          "{'id':'n','type':'notice','severity':'%s','text':'Look','actions':['a'],"
          "'fallback_text':''},%s",
          words[i][0], ACTION ("a", ENABLED));
      g_autofree char *expected = g_strdup_printf ("%s\nLook\nDo it\n", words[i][1]);

      screen_draw (self, blocks);
      expect_text (self, "n", expected);
      g_assert_true (gtk_widget_has_css_class (screen_find (self, "n"), words[i][0]));
    }
  /* It is drawn there and nowhere else. */
  expect_text (self, NULL, "✓ All right\nLook\nDo it\n");
  gtk_test_accessible_assert_role (screen_find (self, "n"), GTK_ACCESSIBLE_ROLE_ALERT);
  expect_name (screen_find (self, "n"), "All right: Look");
  g_assert_true (screen_click (button_of (self, "a")));
  expect_invoked (self, "a {}");
}

static void
test_progress (Screen *self, gconstpointer data)
{
  GtkWidget *bar;

  screen_draw (self, "{'id':'p','type':'progress','fraction':0.25,'text':'Asking','fallback_text':"
                     "''}");
  bar = screen_find_in (self, "p", GTK_TYPE_PROGRESS_BAR);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), ==, 0.25);
  expect_text (self, "p", "Asking\n");
  screen_draw (self, "{'id':'p','type':'progress','fraction':null,'text':'Waiting',"
                     "'fallback_text':''}");
  expect_text (self, "p", "Waiting\n");
  g_assert_true (screen_find_in (self, "p", GTK_TYPE_PROGRESS_BAR) == bar);
}

/* What stops it may have no block of its own. */
static void
test_progress_can_be_cancelled (Screen *self, gconstpointer data)
{
  GtkWidget *button;

  screen_draw (self, "{'id':'p','type':'progress','fraction':null,'text':'Waiting','cancel':'stop',"
                     "'fallback_text':''}");
  expect_text (self, "p", "Waiting\nCancel\n");
  button = screen_find_in (self, "p", GTK_TYPE_BUTTON);
  g_assert_true (screen_click (button));
  expect_invoked (self, "stop {}");
  screen_draw (self, "{'id':'p','type':'progress','fraction':null,'text':'Waiting','cancel':'stop',"
                     "'fallback_text':''}," ACTION ("stop", ENABLED));
  expect_text (self, "p", "Waiting\n");
}

static void
test_link (Screen *self, gconstpointer data)
{
  screen_draw (self, "{'id':'l','type':'link','label':'Terms','uri':'https://example.org/t',"
                     "'fallback_text':''}");
  gtk_test_accessible_assert_role (screen_find (self, "l"), GTK_ACCESSIBLE_ROLE_LINK);
  expect_name (screen_find (self, "l"), "Terms");
  g_assert_true (screen_click (screen_find (self, "l")));
  g_assert_cmpuint (self->followed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (self->followed, 0), ==, "https://example.org/t");
}

/* --- actions ---------------------------------------------------------------------------------- */

static void
test_action_is_called_by_its_name (Screen *self, gconstpointer data)
{
  screen_draw (self, ACTION ("a", ENABLED));
  expect_name (button_of (self, "a"), "Do it to the house");
  expect_text (self, "a", "Do it\n");
  g_assert_true (screen_click (button_of (self, "a")));
  expect_invoked (self, "a {}");
}

static void
test_disabled_action_says_why (Screen *self, gconstpointer data)
{
  screen_draw (self, ACTION ("a", "'enabled':false,'disabled_reason':'Sign in first.'"));
  expect_text (self, "a", "Do it\nSign in first.\n");
  g_assert_false (gtk_widget_is_sensitive (button_of (self, "a")));
  g_assert_false (desktop_page_invoke (self->page, "a"));
  g_assert_cmpuint (self->invoked->len, ==, 0);
  screen_draw (self, ACTION ("a", ENABLED));
  g_assert_true (gtk_widget_is_sensitive (button_of (self, "a")));
  expect_text (self, "a", "Do it\n");
}

static void
test_busy_action_keeps_the_focus (Screen *self, gconstpointer data)
{
  GtkWidget *button;

  screen_draw (self, ACTION ("a", ENABLED));
  button = button_of (self, "a");
  g_assert_true (gtk_widget_grab_focus (button));
  screen_draw (self,
               ACTION ("a", "'enabled':false,'busy':true,'disabled_reason':'It is under way.'"));
  g_assert_true (gtk_window_get_focus (self->window) == button);
  g_assert_true (screen_click (button));
  g_assert_cmpuint (self->invoked->len, ==, 0);
  gtk_test_accessible_assert_state (button, GTK_ACCESSIBLE_STATE_BUSY, TRUE);
}

#define CONFIRM(amount)                                                                            \
  ENABLED ",'confirm':{'title':'Pay?','text':'You pay " amount ".','ok':'Pay " amount              \
          "','cancel':'Not now'}"

static void
test_confirm_is_asked (Screen *self, gconstpointer data)
{
  GtkWidget *focus;

  screen_draw (self, ACTION ("a", CONFIRM ("5")));
  g_assert_true (screen_click (button_of (self, "a")));
  g_assert_cmpuint (self->invoked->len, ==, 0);
  g_assert_nonnull (screen_find_dialog ("confirm"));
  /* A Return that was held too long pays nothing. */
  focus = gtk_window_get_focus (screen_find_dialog ("confirm"));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "Not now");
  screen_press (screen_find_dialog ("confirm"), "Not now");
  g_assert_null (screen_find_dialog ("confirm"));
  g_assert_cmpuint (self->invoked->len, ==, 0);
  g_assert_true (screen_click (button_of (self, "a")));
  screen_press (screen_find_dialog ("confirm"), "Pay 5");
  expect_invoked (self, "a {}");
}

/* Text that fits the screen is seen to its end; text that does not can be scrolled to it, and the
 * answers stay where they are. */
static void
test_confirm_shows_all_of_its_text (Screen *self, gconstpointer data)
{
  static const guint lengths[] = { 1, 12, 24, 31, 36, 41, 46, 51, 56, 61, 1500 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);
      g_autofree char *blocks = NULL;
      GtkWindow *dialog;
      GtkAdjustment *adjustment;

      for (guint n = 0; n < lengths[i]; n++)
        g_string_append (words, n % 3 == 0 ? "renewal " : "is off ");
      blocks = g_strdup_printf (
          ACTION ("a", ENABLED ",'confirm':{'title':'Pay?','text':'%s','ok':'Yes','cancel':'No'}"),
          words->str);
      screen_draw (self, blocks);
      g_assert_true (screen_click (button_of (self, "a")));
      dialog = screen_find_dialog ("confirm");
      desktop_picture_settle (dialog);
      adjustment = gtk_scrolled_window_get_vadjustment (
          GTK_SCROLLED_WINDOW (screen_search_type (GTK_WIDGET (dialog), GTK_TYPE_SCROLLED_WINDOW)));
      if (lengths[i] < 100)
        g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=,
                           gtk_adjustment_get_page_size (adjustment));
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (dialog)), <, 600);
      screen_press (dialog, "No");
    }
}

/* Nobody pays another amount than the one they said yes to. */
static void
test_confirm_of_another_amount_is_asked_anew (Screen *self, gconstpointer data)
{
  screen_draw (self, ACTION ("a", CONFIRM ("5")));
  g_assert_true (screen_click (button_of (self, "a")));
  screen_draw (self, ACTION ("a", CONFIRM ("9")));
  screen_press (screen_find_dialog ("confirm"), "Pay 5");
  g_assert_cmpuint (self->invoked->len, ==, 0);
  g_assert_nonnull (screen_find_dialog ("confirm"));
  screen_press (screen_find_dialog ("confirm"), "Pay 9");
  expect_invoked (self, "a {}");
}

static void
test_confirm_of_what_has_gone_does_nothing (Screen *self, gconstpointer data)
{
  static const char *const pages[]
      = { "", ACTION ("a", ENABLED),
          ACTION ("a", "'enabled':true,'busy':true,'confirm':{'title':'Pay?','text':'You pay 5.',"
                       "'ok':'Pay 5','cancel':'Not now'}"),
          ACTION ("a", "'enabled':false,'disabled_reason':'Paid.','confirm':{'title':'Pay?','text':"
                       "'You pay 5.','ok':'Pay 5','cancel':'Not now'}") };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      screen_draw (self, ACTION ("a", CONFIRM ("5")));
      g_assert_true (screen_click (button_of (self, "a")));
      screen_draw (self, pages[i]);
      screen_press (screen_find_dialog ("confirm"), "Pay 5");
      g_assert_cmpuint (self->invoked->len, ==, 0);
    }
}

static void
test_confirm_of_a_page_that_was_freed (Screen *self, gconstpointer data)
{
  GtkWindow *dialog;

  screen_draw (self, ACTION ("a", CONFIRM ("5")));
  g_assert_true (screen_click (button_of (self, "a")));
  dialog = screen_find_dialog ("confirm");
  desktop_page_free (self->page);
  screen_press (dialog, "Pay 5");
  g_assert_cmpuint (self->invoked->len, ==, 0);
  /* For the tear-down. */
  self->page = desktop_page_new (&(DesktopPageListener){ NULL, NULL }, NULL, DESKTOP_LANGUAGE_EN);
}

/* --- what is filled in ------------------------------------------------------------------------ */

#define GROUP(more, blocks)                                                                        \
  "{'id':'g','type':'group'," more "'blocks':[" blocks "],'fallback_text':''}"
#define TEXT(id) "{'id':'" id "','type':'text','text':'" id "','fallback_text':''}"

#define INPUT(kind, value)                                                                         \
  "{'id':'i','type':'input','label':'Name','kind':'" kind "','value':'" value                      \
  "','fallback_text':''}"
#define PRIMARY                                                                                    \
  "{'id':'go','type':'action','label':'Go','name':'Go','style':'primary','enabled':true,"          \
  "'fallback_text':''}"

static GtkEditable *
field_of (Screen *self, const char *id)
{
  return GTK_EDITABLE (screen_find_in (self, id, GTK_TYPE_EDITABLE));
}

static void
test_input_keeps_what_was_typed (Screen *self, gconstpointer data)
{
  screen_draw (self, INPUT ("text", "old") "," PRIMARY);
  gtk_editable_set_text (field_of (self, "i"), "typed");
  screen_draw (self, "{'id':'t','type':'text','text':'new','fallback_text':''}," INPUT (
                         "text", "old") "," PRIMARY);
  g_assert_cmpstr (gtk_editable_get_text (field_of (self, "i")), ==, "typed");
  g_assert_true (screen_click (button_of (self, "go")));
  expect_invoked (self, "go {\"i\":\"typed\"}");
  /* Another value of the plug-in's replaces it. */
  screen_draw (self, INPUT ("text", "other") "," PRIMARY);
  g_assert_cmpstr (gtk_editable_get_text (field_of (self, "i")), ==, "other");
}

static void
test_enter_does_the_one_primary_action (Screen *self, gconstpointer data)
{
  screen_draw (self, INPUT ("email", "a@b") "," PRIMARY);
  g_signal_emit_by_name (field_of (self, "i"), "activate");
  expect_invoked (self, "go {\"i\":\"a@b\"}");
  screen_draw (self, INPUT ("email", "a@b") "," ACTION ("a", ENABLED));
  g_signal_emit_by_name (field_of (self, "i"), "activate");
  g_assert_cmpuint (self->invoked->len, ==, 0);
}

static void
test_secret_is_never_shown (Screen *self, gconstpointer data)
{
  GtkWidget *entry;

  screen_draw (self, INPUT ("secret", "") "," PRIMARY);
  entry = screen_find_in (self, "i", GTK_TYPE_PASSWORD_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (field_of (self, "i"), "open sesame");
  /* A field of texts under the same id is another one, and has nothing of it. */
  screen_draw (self, INPUT ("text", "") "," PRIMARY);
  g_assert_cmpstr (gtk_editable_get_text (field_of (self, "i")), ==, "");
}

static void
test_error_of_an_input (Screen *self, gconstpointer data)
{
  screen_draw (self, "{'id':'i','type':'input','label':'Name','kind':'text','error':'Too long.',"
                     "'fallback_text':''}");
  expect_text (self, "i", "Name\n✕ Too long.\n");
  gtk_test_accessible_assert_state (GTK_WIDGET (field_of (self, "i")), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  screen_draw (self, INPUT ("text", ""));
  expect_text (self, "i", "Name\n");
}

static void
test_control_characters_of_an_input (Screen *self, gconstpointer data)
{
  screen_draw (self, INPUT ("text", "") "," PRIMARY);
  gtk_editable_set_text (field_of (self, "i"), "a\x1f\"b");
  g_assert_true (screen_click (button_of (self, "go")));
  expect_invoked (self, "go {\"i\":\"a\\u001f\\\"b\"}");
}

#define TOGGLE(value, more)                                                                        \
  "{'id':'t','type':'toggle','label':'I agree','value':" value more ",'fallback_text':''}"

static void
test_toggle (Screen *self, gconstpointer data)
{
  screen_draw (self, TOGGLE ("false", ",'action':'agree'"));
  g_assert_true (gtk_widget_activate (screen_find (self, "t")));
  expect_invoked (self, "agree {\"t\":true}");
  /* What the plug-in says counts. */
  screen_draw (self, TOGGLE ("false", ",'action':'agree'"));
  expect_text (self, "t", "[ ]\nI agree\n");
  g_assert_cmpuint (self->invoked->len, ==, 0);

  screen_draw (self, TOGGLE ("false", "") "," PRIMARY);
  g_assert_true (gtk_widget_activate (screen_find (self, "t")));
  g_assert_cmpuint (self->invoked->len, ==, 0);
  screen_draw (self, TOGGLE ("false", "") "," PRIMARY);
  g_assert_true (screen_click (button_of (self, "go")));
  expect_invoked (self, "go {\"t\":true}");
}

/* One that stands for an action of the page asks as that does, and is not switched before. */
static void
test_toggle_of_an_action_asks (Screen *self, gconstpointer data)
{
  screen_draw (self, TOGGLE ("false", ",'action':'a'") "," ACTION ("a", CONFIRM ("5")));
  g_assert_true (gtk_widget_activate (screen_find (self, "t")));
  g_assert_cmpuint (self->invoked->len, ==, 0);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (screen_find (self, "t"))));
  screen_press (screen_find_dialog ("confirm"), "Pay 5");
  expect_invoked (self, "a {\"t\":true}");
  screen_draw (self, TOGGLE ("false", ",'action':'a'") "," ACTION (
                         "a", "'enabled':false,'disabled_reason':'Not today.'"));
  g_assert_true (gtk_widget_activate (screen_find (self, "t")));
  g_assert_cmpuint (self->invoked->len, ==, 0);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (screen_find (self, "t"))));
}

/* By its name, as a button of the gate does: with what stands beside it. */
static void
test_action_by_name_takes_its_inputs (Screen *self, gconstpointer data)
{
  screen_draw (self, GROUP ("'title':'Lock','collapsed':true,", INPUT ("text", "abc") "," PRIMARY));
  g_assert_true (desktop_page_invoke (self->page, "go"));
  expect_invoked (self, "go {\"i\":\"abc\"}");
  g_assert_false (desktop_page_invoke (self->page, "i"));
  /* Shown, it is seen. */
  g_assert_true (desktop_page_reveal (self->page, "i"));
  g_assert_true (
      gtk_expander_get_expanded (GTK_EXPANDER (screen_find_in (self, "g", GTK_TYPE_EXPANDER))));
  g_assert_false (desktop_page_invoke (self->page, "gone"));
}

static void
test_many_facts (Screen *self, gconstpointer data)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autofree char *block = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 1500; i++)
    g_string_append_printf (rows, "%s['name %d','value']", i > 0 ? "," : "", i);
  block = g_strdup_printf ("{'id':'f','type':'facts','rows':[%s],'fallback_text':''}", rows->str);
  screen_draw (self, block);
  text = screen_text (self, "f");
  g_assert_nonnull (strstr (text, "name 1499\nvalue\n"));
}

#define CHOICE(value)                                                                              \
  "{'id':'c','type':'choice','label':'Show','value':'" value                                       \
  "','options':[{'id':'all','label':'all'},{'id':'few','label':'a few'}],'fallback_text':''}"

static void
test_choice (Screen *self, gconstpointer data)
{
  GtkDropDown *list;

  screen_draw (self, CHOICE ("") "," PRIMARY);
  list = GTK_DROP_DOWN (screen_find_in (self, "c", GTK_TYPE_DROP_DOWN));
  g_assert_cmpuint (gtk_drop_down_get_selected (list), ==, GTK_INVALID_LIST_POSITION);
  gtk_drop_down_set_selected (list, 1);
  screen_draw (self, CHOICE ("") "," PRIMARY);
  g_assert_true (screen_click (button_of (self, "go")));
  expect_invoked (self, "go {\"c\":\"few\"}");
  screen_draw (self, CHOICE ("all") "," PRIMARY);
  g_assert_cmpuint (gtk_drop_down_get_selected (list), ==, 0);
  /* What was chosen is no option any more. */
  gtk_drop_down_set_selected (list, 1);
  screen_draw (self, "{'id':'c','type':'choice','label':'Show','value':'all','options':["
                     "{'id':'all','label':'all'}],'fallback_text':''}");
  g_assert_cmpuint (gtk_drop_down_get_selected (list), ==, 0);
}

/* --- groups and tables ------------------------------------------------------------------------ */

static void
test_group_stays_open (Screen *self, gconstpointer data)
{
  GtkExpander *expander;

  screen_draw (self, GROUP ("'title':'More','collapsed':true,", TEXT ("x")));
  expander = GTK_EXPANDER (screen_find_in (self, "g", GTK_TYPE_EXPANDER));
  g_assert_false (gtk_expander_get_expanded (expander));
  gtk_expander_set_expanded (expander, TRUE);
  screen_draw (self, GROUP ("'title':'More (2)','collapsed':true,", TEXT ("x") "," TEXT ("y")));
  g_assert_true (gtk_expander_get_expanded (expander));
  expect_text (self, "g", "More (2)\nx\ny\n");
  screen_draw (self, GROUP ("'title':'More','collapsed':false,", TEXT ("x")));
  screen_draw (self, GROUP ("'title':'More','collapsed':true,", TEXT ("x")));
  g_assert_false (gtk_expander_get_expanded (expander));
}

static void
test_group_with_and_without_a_title (Screen *self, gconstpointer data)
{
  GtkWidget *inside;

  screen_draw (self, GROUP ("", TEXT ("x")));
  expect_text (self, "g", "x\n");
  inside = screen_find (self, "x");
  screen_draw (self, GROUP ("'title':'Now',", TEXT ("x")));
  expect_text (self, "g", "Now\nx\n");
  screen_draw (self, GROUP ("'title':'',", TEXT ("x")));
  expect_text (self, "g", "x\n");
  g_assert_true (screen_find (self, "x") == inside);
}

#define TABLE(rows)                                                                                \
  "{'id':'t','type':'table','columns':[{'id':'n','title':'Name'},{'id':'s','title':'State',"       \
  "'align':'end'}],'rows':[" rows "],'fallback_text':''}"
#define ROW(id) "{'id':'" id "','cells':['" id "',{'status':'good','text':'fine'}]}"
#define ROW_WITH_ACTION(id, action)                                                                \
  "{'id':'" id "','cells':['" id "','-'],'actions':['" action "']}"

static void
test_table (Screen *self, gconstpointer data)
{
  screen_draw (self, TABLE (ROW ("a") "," ROW_WITH_ACTION ("b", "do")) "," ACTION ("do", ENABLED));
  expect_text (self, "t", "Name\nState\na\n✓ fine\nb\n-\nDo it\n");
  expect_text (self, NULL, "Name\nState\na\n✓ fine\nb\n-\nDo it\n");
  gtk_test_accessible_assert_role (screen_find_in (self, "t", GTK_TYPE_GRID),
                                   GTK_ACCESSIBLE_ROLE_TABLE);
  g_assert_true (screen_click (button_of (self, "do")));
  expect_invoked (self, "do {}");
  screen_draw (self, TABLE (""));
  expect_text (self, "t", "Name\nState\n");
}

/* A row that moves keeps its button, and so the focus. */
static void
test_rows_move (Screen *self, gconstpointer data)
{
  GtkWidget *button;

  screen_draw (self, TABLE (ROW ("a") "," ROW_WITH_ACTION ("b", "do")) "," ACTION ("do", ENABLED));
  button = button_of (self, "do");
  g_assert_true (gtk_widget_grab_focus (button));
  screen_draw (self, TABLE (ROW_WITH_ACTION ("b", "do") "," ROW ("c") "," ROW (
                         "a")) "," ACTION ("do", ENABLED));
  g_assert_true (button_of (self, "do") == button);
  g_assert_true (gtk_window_get_focus (self->window) == button);
}

static void
test_columns_come_and_go (Screen *self, gconstpointer data)
{
  screen_draw (self, TABLE (ROW ("a")));
  screen_draw (self, "{'id':'t','type':'table','columns':[{'id':'n','title':'One'}],'rows':["
                     "{'id':'a','cells':['x']}],'fallback_text':''}");
  expect_text (self, "t", "One\nx\n");
  screen_draw (self, TABLE (ROW ("a")));
  expect_text (self, "t", "Name\nState\na\n✓ fine\n");
}

static void
test_long_table_shows_more (Screen *self, gconstpointer data)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autofree char *table = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (rows, "%s{'id':'r%d','cells':['row %d','-']}", i > 0 ? "," : "", i, i);
  table = g_strdup_printf (TABLE ("%s"), rows->str);
  screen_draw (self, table);
  before = screen_text (self, "t");
  g_assert_nonnull (strstr (before, "row 99\n"));
  g_assert_null (strstr (before, "row 100\n"));
  g_assert_nonnull (strstr (before, "Show more (900)"));
  g_assert_true (screen_click (gtk_widget_get_last_child (screen_find (self, "t"))));
  after = screen_text (self, "t");
  g_assert_nonnull (strstr (after, "row 199\n"));
  g_assert_nonnull (strstr (after, "Show more (800)"));
}

static void
register_tests (Harness *harness)
{
#define ADD(name, test)                                                                            \
  harness_add_fixture (harness, "desktop-blocks", name, Screen, NULL, screen_set_up, test,         \
                       screen_tear_down)
  ADD ("heading-and-text", test_heading_and_text);
  ADD ("unknown-shows-its-fallback", test_unknown_shows_its_fallback);
  ADD ("facts", test_facts);
  ADD ("status-has-sign-and-word", test_status_has_sign_and_word);
  ADD ("notice-has-sign-word-and-actions", test_notice_has_sign_word_and_actions);
  ADD ("progress", test_progress);
  ADD ("progress-can-be-cancelled", test_progress_can_be_cancelled);
  ADD ("link", test_link);
  ADD ("action-is-called-by-its-name", test_action_is_called_by_its_name);
  ADD ("disabled-action-says-why", test_disabled_action_says_why);
  ADD ("busy-action-keeps-the-focus", test_busy_action_keeps_the_focus);
  ADD ("confirm-is-asked", test_confirm_is_asked);
  ADD ("confirm-shows-all-of-its-text", test_confirm_shows_all_of_its_text);
  ADD ("confirm-of-another-amount-is-asked-anew", test_confirm_of_another_amount_is_asked_anew);
  ADD ("confirm-of-what-has-gone-does-nothing", test_confirm_of_what_has_gone_does_nothing);
  ADD ("confirm-of-a-page-that-was-freed", test_confirm_of_a_page_that_was_freed);
  ADD ("input-keeps-what-was-typed", test_input_keeps_what_was_typed);
  ADD ("enter-does-the-one-primary-action", test_enter_does_the_one_primary_action);
  ADD ("secret-is-never-shown", test_secret_is_never_shown);
  ADD ("error-of-an-input", test_error_of_an_input);
  ADD ("control-characters-of-an-input", test_control_characters_of_an_input);
  ADD ("toggle", test_toggle);
  ADD ("toggle-of-an-action-asks", test_toggle_of_an_action_asks);
  ADD ("action-by-name-takes-its-inputs", test_action_by_name_takes_its_inputs);
  ADD ("many-facts", test_many_facts);
  ADD ("choice", test_choice);
  ADD ("group-stays-open", test_group_stays_open);
  ADD ("group-with-and-without-a-title", test_group_with_and_without_a_title);
  ADD ("table", test_table);
  ADD ("rows-move", test_rows_move);
  ADD ("columns-come-and-go", test_columns_come_and_go);
  ADD ("long-table-shows-more", test_long_table_shows_more);
#undef ADD
}

HARNESS_MAIN (register_tests)
