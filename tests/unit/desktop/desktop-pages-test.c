/* SPDX-License-Identifier: MIT */
/* The pages that the module makes, drawn: everything they say is there, in whatever order they
 * come. */
#include "tests/unit/desktop/screen.h"

#include <string.h>

#include "tests/host/page-tree.h"

/* --- everything is said ----------------------------------------------------------------------- */

typedef struct
{
  const char *shown;
  const char *page;
} Said;

static void
expect_said (const Said *said, const char *text)
{
  if (strstr (said->shown, text) == NULL)
    g_error ("%s: \"%s\" is not shown; this is:\n%s", said->page, text, said->shown);
}

static void
expect_member (const Said *said, JsonObject *block, const char *member)
{
  expect_said (said, host_page_get_text (block, member));
}

static void
expect_cells (const Said *said, JsonObject *table)
{
  JsonArray *rows = json_object_get_array_member (table, "rows");

  for (guint r = 0; r < MIN (json_array_get_length (rows), 100); r++)
    {
      JsonArray *cells
          = json_object_get_array_member (json_array_get_object_element (rows, r), "cells");

      for (guint c = 0; c < json_array_get_length (cells); c++)
        {
          JsonNode *cell = json_array_get_element (cells, c);

          if (JSON_NODE_HOLDS_OBJECT (cell))
            expect_member (said, json_node_get_object (cell), "text");
          else
            expect_said (said, json_node_get_string (cell));
        }
    }
}

static void
expect_rows (const Said *said, JsonObject *facts)
{
  JsonArray *rows = json_object_get_array_member (facts, "rows");

  for (guint r = 0; r < json_array_get_length (rows); r++)
    for (guint c = 0; c < 2; c++)
      expect_said (said, json_array_get_string_element (json_array_get_array_element (rows, r), c));
}

static void expect_blocks (const Said *said, JsonObject *object);

static void
expect_block (const Said *said, JsonObject *block)
{
  const char *type = host_page_get_text (block, "type");
  gboolean is_closed = json_object_get_boolean_member_with_default (block, "collapsed", FALSE);

  if (g_str_equal (type, "table"))
    expect_cells (said, block);
  else if (g_str_equal (type, "facts"))
    expect_rows (said, block);
  else
    {
      expect_member (said, block, "text");
      expect_member (said, block, "label");
      expect_member (said, block, "title");
      expect_member (said, block, "word");
    }
  if (!is_closed && g_str_equal (type, "group"))
    expect_blocks (said, block);
}

static void
expect_blocks (const Said *said, JsonObject *object)
{
  JsonArray *blocks = host_page_get_blocks (object);

  for (guint i = 0; i < json_array_get_length (blocks); i++)
    expect_block (said, json_array_get_object_element (blocks, i));
}

static void
test_says_everything (Screen *self, gconstpointer data)
{
  g_autoptr (GPtrArray) names = screen_list_pages ();

  g_assert_cmpuint (names->len, >, 40);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (JsonObject) page = screen_load (g_ptr_array_index (names, i));
      g_autofree char *shown = NULL;

      desktop_page_update (self->page, page);
      screen_settle (self);
      shown = screen_text (self, NULL);
      expect_blocks (&(Said){ shown, g_ptr_array_index (names, i) }, page);
    }
}

/* --- whatever was there before ---------------------------------------------------------------- */

static char *
draw_afresh (JsonObject *json)
{
  Screen fresh = { 0 };
  char *shown;

  screen_set_up (&fresh, NULL);
  desktop_page_update (fresh.page, json);
  shown = screen_text (&fresh, NULL);
  screen_tear_down (&fresh, NULL);
  return shown;
}

/* From page to page in a random order: each looks as if it had been the first. */
static void
test_looks_the_same_after_any_other (Screen *self, gconstpointer data)
{
  g_autoptr (GPtrArray) names = screen_list_pages ();

  for (guint i = 0; i < 25; i++)
    {
      const char *name = g_ptr_array_index (names, g_test_rand_int_range (0, (gint32)names->len));
      g_autoptr (JsonObject) page = screen_load (name);
      g_autofree char *expected = draw_afresh (page);
      g_autofree char *shown = NULL;

      desktop_page_update (self->page, page);
      shown = screen_text (self, NULL);
      g_test_message ("%s", name);
      g_assert_cmpstr (shown, ==, expected);
    }
}

/* --- what a person can do --------------------------------------------------------------------- */

static gboolean
has_name (GtkWidget *widget)
{
  g_autofree char *different
      = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                            "");

  return different != NULL
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
count_nameless (GtkWidget *widget, GString *nameless)
{
  gboolean is_ours = gtk_widget_has_css_class (widget, "normal")
                     || gtk_widget_has_css_class (widget, "primary")
                     || gtk_widget_has_css_class (widget, "danger") || GTK_IS_ENTRY (widget)
                     || GTK_IS_PASSWORD_ENTRY (widget) || GTK_IS_CHECK_BUTTON (widget)
                     || GTK_IS_DROP_DOWN (widget);

  if (is_ours && gtk_widget_get_visible (widget) && !has_name (widget)
      && !(GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL))
    g_string_append_printf (nameless, "%s %s\n", G_OBJECT_TYPE_NAME (widget),
                            gtk_widget_get_name (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count_nameless (child, nameless);
}

static void
test_every_control_has_a_name (Screen *self, gconstpointer data)
{
  g_autoptr (GPtrArray) names = screen_list_pages ();
  g_autoptr (GString) nameless = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (JsonObject) page = screen_load (g_ptr_array_index (names, i));

      desktop_page_update (self->page, page);
      count_nameless (desktop_page_get_widget (self->page), nameless);
    }
  g_assert_cmpstr (nameless->str, ==, "");
}

/* Tab goes through all of them, to none of them twice, and then begins anew. */
static void
test_everything_by_keyboard (Screen *self, gconstpointer data)
{
  g_autoptr (JsonObject) page = screen_load ("basket-quoted.json");
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkWidget *widget = GTK_WIDGET (self->window);
  GtkWidget *first = NULL;
  guint enabled = 0;

  desktop_page_update (self->page, page);
  screen_settle (self);
  while (gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD))
    {
      GtkWidget *focus = gtk_window_get_focus (self->window);

      if (first == NULL)
        first = focus;
      else if (focus == first)
        break;
      g_assert_true (g_hash_table_add (seen, focus) || focus == first);
      enabled += GTK_IS_BUTTON (focus) && gtk_widget_is_sensitive (focus);
      g_assert_cmpuint (g_hash_table_size (seen), <, 200);
    }
  g_assert_cmpuint (enabled, >=, 6);
  g_assert_true (g_hash_table_contains (seen, screen_find (self, "terms")));
}

/* Narrow as a window can be, nothing is wider than the page. */
static void
test_fits_a_narrow_window (Screen *self, gconstpointer data)
{
  g_autoptr (GPtrArray) names = screen_list_pages ();

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (JsonObject) page = screen_load (g_ptr_array_index (names, i));
      int least = 0;

      desktop_page_update (self->page, page);
      gtk_widget_measure (desktop_page_get_widget (self->page), GTK_ORIENTATION_HORIZONTAL, -1,
                          &least, NULL, NULL, NULL);
      g_test_message ("%s: %d", (const char *)g_ptr_array_index (names, i), least);
      g_assert_cmpint (least, <=, 640);
    }
}

/* Where the person has scrolled to stays in view over revisions. */
static void
test_keeps_its_scroll_position (Screen *self, gconstpointer data)
{
  static const char *const names[] = { "basket-quoted.json", "basket-accepted.json",
                                       "basket-waiting.json", "basket-quoted.json" };
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (desktop_page_get_widget (self->page)));

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonObject) page = screen_load (names[i]);

      desktop_page_update (self->page, page);
      screen_settle (self);
      if (i == 0)
        gtk_adjustment_set_value (adjustment, 250);
      screen_settle (self);
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 250);
    }
}

static void
test_clears (Screen *self, gconstpointer data)
{
  g_autoptr (JsonObject) page = screen_load ("warnings.json");
  g_autofree char *shown = NULL;

  desktop_page_update (self->page, page);
  desktop_page_clear (self->page);
  shown = screen_text (self, NULL);
  g_assert_cmpstr (shown, ==, "");
  g_assert_false (desktop_page_reveal (self->page, "notices"));
  g_assert_false (desktop_page_invoke (self->page, "refresh"));
}

static void
register_tests (Harness *harness)
{
#define ADD(name, test)                                                                            \
  harness_add_fixture (harness, "desktop-pages", name, Screen, NULL, screen_set_up, test,          \
                       screen_tear_down)
  ADD ("says-everything", test_says_everything);
  ADD ("looks-the-same-after-any-other", test_looks_the_same_after_any_other);
  ADD ("every-control-has-a-name", test_every_control_has_a_name);
  ADD ("everything-by-keyboard", test_everything_by_keyboard);
  ADD ("fits-a-narrow-window", test_fits_a_narrow_window);
  ADD ("keeps-its-scroll-position", test_keeps_its_scroll_position);
  ADD ("clears", test_clears);
#undef ADD
}

HARNESS_MAIN (register_tests)
