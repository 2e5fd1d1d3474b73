/* SPDX-License-Identifier: MIT */
/*
 * How a product is sold is data. Whose terms those are, the code does not know: no vendor is named
 * in it; and where things are priced and bought, no product and no terms of sale by their id.
 */
#include "tests/harness/harness.h"
#include "tests/unit/harness/tree.h"

#include <string.h>

/* Vendors whose terms are in tests/data/vectors, and the firm that handles cards. */
static const char vendors[] = "dexma|tmas|airthings|storetraffic|mollie";

/* Order references and services. The rooms above know the one service that they guard. */
static const char products[] = "\\bT[SD][SF]\\d|\\b(rs|vc|atmos)\\b";

/* The platform's own name is the name of everything here; in the room of the terms it may stand in
 * identifiers and paths only: never as a word that something is compared with. */
static const char own_name[] = "\"[^\"\\n]*ttecomm[^\"\\n]*\"";

/* Outside of comments, where examples may help a reader. (transfer full) */
static char *
without_comments (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("/\\*.*?\\*/", G_REGEX_DOTALL, 0, NULL);

  return g_regex_replace_literal (regex, text, -1, 0, "", 0, NULL);
}

/* (transfer full): without #include lines, which name files */
static char *
code_of (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("^#include.*$", G_REGEX_MULTILINE, 0, NULL);
  g_autofree char *bare = without_comments (text);

  return g_regex_replace_literal (regex, bare, -1, 0, "", 0, NULL);
}

/* The first of the names in `code`, or NULL. (transfer full) */
static char *
find_name (const char *code, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_nonnull (regex);
  return g_regex_match (regex, code, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}

static gboolean
is_code_in (const char *path, const char *folder)
{
  return g_str_has_prefix (path, folder)
         && (g_str_has_suffix (path, ".c") || g_str_has_suffix (path, ".h"));
}

static guint
look_through (const char *folder, const char *pattern, GString *wrong)
{
  g_autoptr (GPtrArray) files = tree_list_files ();
  guint count = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      g_autofree char *text = NULL;
      g_autofree char *code = NULL;
      g_autofree char *found = NULL;

      if (!is_code_in (path, folder))
        continue;
      text = tree_read (path);
      code = code_of (text);
      found = find_name (code, pattern);
      count++;
      if (found != NULL)
        g_string_append_printf (wrong, "%s: %s\n", path, found);
    }
  return count;
}

static void
test_the_search_finds (void)
{
  static const struct
  {
    const char *code;
    const char *pattern;
    gboolean found;
  } rows[] = {
    { "if (g_str_equal (terms->id, \"Airthings\"))", vendors, TRUE },
    { "is_dexma (terms)", vendors, TRUE },
    { "TMAS_MODE", vendors, TRUE },
    { "\"TSF16100\"", products, TRUE },
    { "\"TDS16120\"", products, TRUE },
    { "g_str_has_prefix (value, \"TSF\")", products, FALSE },
    { "strcmp (id, \"RS\")", products, TRUE },
    { "errs, vcard", products, FALSE },
    { "/* as DEXMA does */ x", vendors, FALSE },
    { "#include \"plugin/terms/terms.h\"\nttecomm_terms_ref ();", own_name, FALSE },
    { "g_str_equal (terms->id, \"ttecomm-long\")", own_name, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *code = code_of (rows[i].code);
      g_autofree char *found = find_name (code, rows[i].pattern);

      g_test_message ("%s", rows[i].code);
      g_assert_cmpint (found != NULL, ==, rows[i].found);
    }
}

static void
test_code_names_no_vendor (void)
{
  static const char *const folders[] = { "plugin/", "api/", "base/" };
  g_autoptr (GString) wrong = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_assert_cmpuint (look_through (folders[i], vendors, wrong), >, 5);
  g_assert_cmpstr (wrong->str, ==, "");
}

static void
test_terms_know_no_ids (void)
{
  g_autoptr (GString) wrong = g_string_new (NULL);

  g_assert_cmpuint (look_through ("plugin/terms/", own_name, wrong), >, 20);
  g_assert_cmpuint (look_through ("plugin/terms/", products, wrong), >, 20);
  g_assert_cmpuint (look_through ("plugin/purchase/", products, wrong), >, 10);
  g_assert_cmpstr (wrong->str, ==, "");
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "names", "the-search-finds", test_the_search_finds);
  harness_add (harness, "names", "code-names-no-vendor", test_code_names_no_vendor);
  harness_add (harness, "names", "terms-know-no-ids", test_terms_know_no_ids);
}

HARNESS_MAIN (register_tests)
