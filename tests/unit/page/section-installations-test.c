/* SPDX-License-Identifier: MIT */
/* All installations on the page: what is shown, what is offered, and that every page of them keeps
 * the rules. */
#include "plugin/page/page.h"
#include "plugin/purchase/basket.h"
#include "tests/harness/harness.h"
#include "tests/unit/page/many.h"
#include "tests/unit/page/schema-check.h"

#include <string.h>

static TtecommPage *
build (TtecommSnapshot *snapshot)
{
  TtecommPage *page = ttecomm_page_build (snapshot);

  schema_check (page);
  return page;
}

static JsonArray *
get_rows (JsonObject *table)
{
  return json_object_get_array_member (table, "rows");
}

static guint
count_rows (TtecommPage *page)
{
  g_autoptr (JsonObject) table = schema_find (page, "installations.table");

  return table != NULL ? json_array_get_length (get_rows (table)) : 0;
}

static void
assert_says (TtecommPage *page, const char *id, const char *text)
{
  g_autoptr (JsonObject) block = schema_find (page, id);

  if (block == NULL)
    g_error ("no block %s", id);
  g_assert_cmpstr (json_object_get_string_member (block, "text"), ==, text);
}

/* From none to more than a page holds: each keeps the rules and says how many there are. */
static void
test_sizes (void)
{
  static const struct
  {
    guint n;
    guint rows;
    const char *shown;
  } cases[] = {
    { 0, 0, NULL },
    { 1, 1, NULL },
    { 2, 2, "2 of 2 shown" },
    { 30, 30, "30 of 30 shown" },
    { 1000, 1000, "1000 of 1000 shown" },
    { 1001, 1000, "1 to 1000 of 1001 shown" },
    { 2300, 1000, "1 to 1000 of 2300 shown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TtecommSnapshot) snapshot = sample_new ();
      g_autoptr (TtecommPage) page = NULL;
      g_autoptr (JsonObject) group = NULL;

      many_set (snapshot, cases[i].n);
      page = build (snapshot);
      group = schema_find (page, "installations");
      g_assert_cmpuint (count_rows (page), ==, cases[i].rows);
      g_assert_cmpint (json_object_has_member (group, "collapsed"), ==, cases[i].n <= 1);
      if (cases[i].shown != NULL)
        assert_says (page, "installations.shown", cases[i].shown);
    }
}

/* Page by page everything is shown, each once. */
static void
test_paging (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  many_set (snapshot, 2300);
  for (guint first = 0; first < 2300; first += TTECOMM_PORTFOLIO_PAGE)
    {
      g_autoptr (TtecommPage) page = NULL;
      g_autoptr (JsonObject) table = NULL;

      snapshot->portfolio->first = first;
      page = build (snapshot);
      table = schema_find (page, "installations.table");
      for (guint i = 0; i < json_array_get_length (get_rows (table)); i++)
        {
          JsonObject *row = json_array_get_object_element (get_rows (table), i);

          g_assert_true (
              g_hash_table_add (seen, g_strdup (json_object_get_string_member (row, "id"))));
        }
      g_assert_cmpint (ttecomm_page_get_action (page, "installations.previous")->enabled, ==,
                       first > 0);
      g_assert_cmpint (ttecomm_page_get_action (page, "installations.next")->enabled, ==,
                       first < 2000);
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 2300);
  /* the list has become shorter meanwhile */
  many_set (snapshot, 1100);
  snapshot->portfolio->first = 2000;
  {
    g_autoptr (TtecommPage) page = build (snapshot);

    assert_says (page, "installations.shown", "1 to 1000 of 1100 shown");
  }
}

static void
test_filter (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommPage) all = NULL;
  g_autoptr (TtecommPage) some = NULL;
  g_autoptr (TtecommPage) none = NULL;
  g_autoptr (JsonObject) choice = NULL;
  g_autoptr (JsonObject) input = NULL;

  many_set (snapshot, 300);
  all = build (snapshot);
  g_assert_null (ttecomm_page_get_action (all, "installations.all"));
  snapshot->portfolio->words = g_strdup ("NUMBER 29");
  snapshot->portfolio->traits = TTECOMM_PORTFOLIO_NOT_ACTIVATED;
  some = build (snapshot);
  assert_says (some, "installations.shown", "3 of 300 shown");
  choice = schema_find (some, "installations.state");
  input = schema_find (some, "installations.text");
  g_assert_cmpstr (json_object_get_string_member (choice, "value"), ==, "not-activated");
  g_assert_cmpstr (json_object_get_string_member (input, "value"), ==, "NUMBER 29");
  g_assert_true (ttecomm_page_get_action (some, "installations.all")->enabled);
  g_free (snapshot->portfolio->words);
  snapshot->portfolio->words = g_strdup ("nowhere");
  none = build (snapshot);
  assert_says (none, "installations.shown", "0 of 300 shown");
  g_assert_cmpuint (count_rows (none), ==, 0);
}

/* A hostile TTcloud's and a hostile person's texts are texts. */
static void
test_hostile_texts (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (GPtrArray) installations
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_installation_summary_unref);
  g_autoptr (TtecommPage) page = NULL;
  g_autofree char *long_name = g_strnfill (200, 'W');
  GDate today;

  many_today (&today);
  g_ptr_array_add (installations, many_installation ("a", "<b>{n} {site}</b>", "[]"));
  g_ptr_array_add (installations, many_installation ("b",
                                                     "\xe2\x80\xae"
                                                     "drawkcab",
                                                     "[]"));
  g_ptr_array_add (installations, many_installation ("c", long_name, "[]"));
  g_ptr_array_add (installations, many_installation ("d", "", "[]"));
  g_ptr_array_add (installations, many_installation ("RS", "away", "[]"));
  snapshot->portfolio = ttecomm_portfolio_view_new ();
  snapshot->portfolio->list = ttecomm_portfolio_list_new (installations, &today);
  snapshot->portfolio->words = g_strdup ("");
  page = build (snapshot);
  g_assert_cmpuint (count_rows (page), ==, 5);
}

static void
test_offers (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommPage) page = NULL;
  g_autoptr (TtecommPage) offline = NULL;

  many_set (snapshot, 20);
  page = build (snapshot);
  g_assert_true (ttecomm_page_get_action (page, "basket.add.RS.site-00004")->enabled);
  g_assert_null (ttecomm_page_get_action (page, "basket.add.RS.site-00001"));
  g_assert_true (ttecomm_page_get_action (page, "installations.buy")->enabled);
  snapshot->state = TTECOMM_PAGE_OFFLINE;
  offline = build (snapshot);
  g_assert_false (ttecomm_page_get_action (offline, "basket.add.RS.site-00004")->enabled);
  g_assert_false (ttecomm_page_get_action (offline, "installations.buy")->enabled);
}

/* More than the basket holds: said, and the number in the label is what will be put in. */
static void
test_more_than_the_basket_holds (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommPage) page = NULL;
  g_autoptr (JsonObject) action = NULL;

  many_set (snapshot, 1000);
  page = build (snapshot);
  action = schema_find (page, "installations.buy");
  g_assert_cmpstr (json_object_get_string_member (action, "label"), ==,
                   "Put Remote Services for the 64 listed installations into the basket");
  assert_says (page, "installations.room",
               "Of 200 listed without Remote Services, the basket has room for 64, from the top of "
               "the list.");
}

/* What was known stays, with its age and why it is old; before, the page says what it waits for. */
static void
test_old_and_unknown (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommPage) old = NULL;
  g_autoptr (TtecommPage) unknown = NULL;
  g_autoptr (TtecommPage) waiting = NULL;
  g_autoptr (JsonObject) notice = NULL;
  g_autoptr (JsonObject) failed = NULL;

  many_set (snapshot, 30);
  snapshot->portfolio->asked_wall = snapshot->now_wall - 7200;
  snapshot->portfolio->error
      = g_error_new (TTECOMM_CLOUD_ERROR, TTECOMM_CLOUD_ERROR_OFFLINE, "unreachable");
  old = build (snapshot);
  notice = schema_find (old, "installations.error");
  g_assert_nonnull (strstr (json_object_get_string_member (notice, "text"), "2 hours ago"));
  g_assert_cmpuint (count_rows (old), ==, 30);

  g_clear_pointer (&snapshot->portfolio->list, ttecomm_portfolio_list_unref);
  unknown = build (snapshot);
  failed = schema_find (unknown, "installations.error");
  g_assert_nonnull (failed);

  g_clear_error (&snapshot->portfolio->error);
  snapshot->portfolio->refreshing = TRUE;
  snapshot->portfolio->so_far = 400;
  waiting = build (snapshot);
  assert_says (waiting, "installations.waiting",
               "Your installations are being asked for: 400 so far.");
}

/* Until TTecomm has said what it sells, the columns are what the installations have. */
static void
test_without_a_catalogue (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommPage) page = NULL;
  g_autoptr (JsonObject) table = NULL;

  many_set (snapshot, 10);
  g_clear_pointer (&snapshot->catalogue, ttecomm_catalogue_unref);
  page = build (snapshot);
  table = schema_find (page, "installations.table");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (table, "columns")), ==, 7);
}

static void
register_tests (Harness *harness)
{
  /* rules: S33 */
  harness_add (harness, "section-installations", "sizes", test_sizes);
  harness_add (harness, "section-installations", "paging", test_paging);
  harness_add (harness, "section-installations", "filter", test_filter);
  harness_add (harness, "section-installations", "hostile-texts", test_hostile_texts);
  harness_add (harness, "section-installations", "offers", test_offers);
  harness_add (harness, "section-installations", "more-than-the-basket-holds",
               test_more_than_the_basket_holds);
  harness_add (harness, "section-installations", "old-and-unknown", test_old_and_unknown);
  harness_add (harness, "section-installations", "without-a-catalogue", test_without_a_catalogue);
}

HARNESS_MAIN (register_tests)
