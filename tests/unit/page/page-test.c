/* SPDX-License-Identifier: MIT */
#include "plugin/page/page.h"

#include "tests/harness/harness.h"
#include "tests/unit/page/scenarios.h"
#include "tests/unit/page/schema-check.h"

/* Set it to write the pages instead of comparing them; then read the difference before committing.
 */
#define WRITE_PAGES "TTECOMM_WRITE_PAGES"

static char *
pretty (const TtecommPage *page)
{
  g_autoptr (JsonNode) root = schema_parse (page);
  g_autofree char *json = json_to_string (root, TRUE);

  return g_strconcat (json, "\n", NULL);
}

static void
test_page (gconstpointer data)
{
  const char *name = data;
  g_autoptr (TtecommPage) page = scenario_page (name);
  g_autofree char *file = g_strdup_printf ("pages/%s.json", name);
  g_autofree char *path = harness_data_path (file);
  g_autofree char *actual = pretty (page);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  schema_check (page);
  /* Only a hostile name may look like a placeholder. */
  if (!g_str_equal (name, "hostile"))
    g_assert_false (g_regex_match_simple ("[{][a-z_]+[}]", actual, 0, 0));
  if (g_getenv (WRITE_PAGES) != NULL)
    {
      g_file_set_contents (path, actual, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (actual, ==, expected);
}

/* The same place has the same name whatever happens to it: what two pages share stands in one
 * order. */
static void
test_keeps_ids_over_revisions (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommPage) before = ttecomm_page_build (snapshot);
  g_autoptr (TtecommPage) after = NULL;
  g_autoptr (GPtrArray) ids = schema_ids (before);
  g_autoptr (GPtrArray) ids_after = NULL;

  snapshot->revision++;
  after = ttecomm_page_build (snapshot);
  ids_after = schema_ids (after);
  g_assert_cmpuint (ids->len, ==, ids_after->len);
  for (guint i = 0; i < ids->len; i++)
    g_assert_cmpstr (ids->pdata[i], ==, ids_after->pdata[i]);
}

static void
test_has_one_meaning_per_id (void)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < scenario_count (); i++)
    {
      g_autoptr (TtecommPage) page = scenario_page (scenario_name (i));
      g_autoptr (GHashTable) types = schema_types (page);
      GHashTableIter iter;
      gpointer id, type;

      g_hash_table_iter_init (&iter, types);
      while (g_hash_table_iter_next (&iter, &id, &type))
        {
          const char *before = g_hash_table_lookup (known, id);

          if (before != NULL)
            g_assert_cmpstr (type, ==, before);
          else
            g_hash_table_insert (known, g_strdup (id), g_strdup (type));
        }
    }
}

static char *
many_people (guint n)
{
  g_autoptr (GString) json = g_string_new ("{'integrators':[],'people':[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (json,
                            "%s{'id':'p%u','name':'Person %u','email':'p%u@example.org',"
                            "'cloud_access':'user'}",
                            i > 0 ? "," : "", i, i, i);
  g_string_append (json, "]}");
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void
test_shows_a_thousand_people (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autofree char *users = many_people (1000);
  g_autoptr (TtecommPage) page = NULL;
  g_autoptr (JsonObject) table = NULL;

  sample_set_installation (snapshot, sample_inst, users, TRUE);
  page = ttecomm_page_build (snapshot);
  schema_check (page);
  table = schema_find (page, "people");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (table, "rows")), ==, 1000);
  g_assert_cmpuint (g_bytes_get_size (ttecomm_page_get_json (page)), <, 512 * 1024);
}

static void
test_bounds_the_rows (void)
{
  g_autoptr (TtecommSnapshot) snapshot = sample_new ();
  g_autoptr (TtecommPage) page = NULL;
  g_autoptr (JsonObject) more = NULL;
  g_autoptr (JsonObject) subscriptions = NULL;
  g_autofree char *users = NULL;

  users = many_people (2000);
  sample_set_installation (snapshot, sample_inst, users, TRUE);
  page = ttecomm_page_build (snapshot);
  schema_check (page);
  more = schema_find (page, "people.more");
  g_assert_nonnull (more);
  /* What the page is about is never crowded out. */
  subscriptions = schema_find (page, "subscriptions");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (subscriptions, "rows")),
                    ==, 2);
}

static void
test_folds_and_unfolds (void)
{
  g_autoptr (TtecommSnapshot) snapshot = scenario_new ("no-owner");
  g_autoptr (TtecommPage) folded = NULL;
  g_autoptr (TtecommPage) unfolded = NULL;
  g_autoptr (JsonObject) none = NULL;
  g_autoptr (JsonObject) words = NULL;

  folded = ttecomm_page_build (snapshot);
  none = schema_find (folded, "explanation.no-owner");
  g_assert_null (none);
  snapshot->explained = g_strsplit ("no-owner", ",", -1);
  unfolded = ttecomm_page_build (snapshot);
  words = schema_find (unfolded, "explanation.no-owner");
  g_assert_nonnull (words);
  g_assert_true (g_strrstr (json_object_get_string_member (words, "text"), "Villa Picos") != NULL);
}

static void
test_survives_knowing_nothing (void)
{
  static const TtecommPageState states[]
      = { TTECOMM_PAGE_LOADING, TTECOMM_PAGE_READY, TTECOMM_PAGE_OFFLINE, TTECOMM_PAGE_ERROR };
  static const TtecommSignedIn sign_ins[]
      = { TTECOMM_SIGNED_OUT, TTECOMM_SIGNING_IN, TTECOMM_SIGNED_IN, TTECOMM_SIGN_IN_REFUSED };
  g_autoptr (TtecommText) text = ttecomm_text_new ("en");

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (sign_ins); k++)
      for (guint open = 0; open < 2; open++)
        {
          g_autoptr (TtecommSnapshot) snapshot = ttecomm_snapshot_new (text);
          g_autoptr (TtecommPage) page = NULL;

          snapshot->state = states[i];
          snapshot->sign_in = sign_ins[k];
          snapshot->project_open = open == 1;
          page = ttecomm_page_build (snapshot);
          schema_check (page);
        }
}

static void
register_tests (Harness *harness)
{
  for (guint i = 0; i < scenario_count (); i++)
    harness_add_full (harness, "page", scenario_name (i), test_page, (gpointer)scenario_name (i),
                      NULL);
  harness_add (harness, "page", "keeps-ids-over-revisions", test_keeps_ids_over_revisions);
  harness_add (harness, "page", "has-one-meaning-per-id", test_has_one_meaning_per_id);
  harness_add (harness, "page", "shows-a-thousand-people", test_shows_a_thousand_people);
  harness_add (harness, "page", "bounds-the-rows", test_bounds_the_rows);
  harness_add (harness, "page", "folds-and-unfolds", test_folds_and_unfolds);
  harness_add (harness, "page", "survives-knowing-nothing", test_survives_knowing_nothing);
}

HARNESS_MAIN (register_tests)
