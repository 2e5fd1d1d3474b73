/* SPDX-License-Identifier: MIT */
/* Every page in other languages: no English is left, and nothing but words changes. */
#include "plugin/page/page.h"

#include "tests/harness/harness.h"
#include "tests/unit/page/scenarios.h"
#include "tests/unit/page/schema-check.h"
#include "tests/unit/text/po-template.h"
#include "tests/unit/text/pseudo.h"
#include "tests/support/zone.h"

#include <string.h>

/* Each as a host of the country asks for it. */
static const struct
{
  const char *locale;
  const char *language;
  const char *title;
} languages[] = {
  { "de-AT", "de", "Abonnements" },
  { "fr-BE", "fr", "Abonnements" },
  { "nl-BE", "nl", "Abonnementen" },
};

static TtecommText *
speak (const char *locale, const char *language)
{
  g_autoptr (GTimeZone) zone = test_zone_new ("Europe/Brussels");
  g_autoptr (TtecommText) text = ttecomm_text_new_in_zone (locale, zone);

  g_assert_cmpstr (ttecomm_text_get_language (text), ==, language);
  return g_steal_pointer (&text);
}

/* Members that are for the host, not for a person. */
static gboolean
is_word (JsonObject *object, const char *member)
{
  static const char *const others[]
      = { "page",  "state", "id",      "type",   "severity", "status", "symbol",
          "style", "uri",   "actions", "action", "kind",     "value",  NULL };

  /* A confirmation's button; a progress names the action that cancels it. */
  if (g_str_equal (member, "cancel"))
    return json_object_has_member (object, "ok");
  return !g_strv_contains (others, member);
}

typedef void (*Visit) (const char *words, gpointer data);

static void walk (JsonNode *node, Visit visit, gpointer data);

static void
walk_member (JsonObject *object, const char *member, JsonNode *node, gpointer user_data)
{
  gpointer *args = user_data;

  if (is_word (object, member))
    walk (node, (Visit)args[0], args[1]);
}

static void
walk_element (JsonArray *array, guint i, JsonNode *node, gpointer user_data)
{
  gpointer *args = user_data;

  walk (node, (Visit)args[0], args[1]);
}

static void
walk (JsonNode *node, Visit visit, gpointer data)
{
  gpointer args[] = { (gpointer)visit, data };

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), walk_member, args);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), walk_element, args);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    visit (json_node_get_string (node), data);
}

/* What comes from TTcloud, from the project and from the host, and is said as it is. */
static const char data[]
    = "https?://[-a-z./0-9]+|[A-Za-z]+@[A-Za-z]+\\.org|Villa Picos|Mara( Peeters, Domo bv| Peeters)?|"
      "Hoeve Linde|PO 2026/7|Jan Maes|Alexa Picos|Tom Picos|Oma|Eve|Old Installer|Remote Services|Voice Control|ATMOS app|"
      "TSF[0-9]{5}|Visa|Mastercard";

static void
expect_no_english (const char *words, gpointer name)
{
  g_autoptr (GRegex) regex = g_regex_new (data, 0, 0, NULL);
  g_autofree char *rest = g_regex_replace_literal (regex, words, -1, 0, "", 0, NULL);

  if (g_regex_match_simple ("[A-Za-z]", rest, 0, 0))
    g_error ("%s: said in English whatever the language: %s", (char *)name, words);
}

static void
test_leaves_no_english (void)
{
  g_autoptr (PoFile) template = po_template_load ();
  g_autoptr (TtecommText) text = NULL;

  if (template == NULL)
    return;
  text = pseudo_text_new (template);
  for (guint i = 0; i < scenario_count (); i++)
    {
      const char *name = scenario_name (i);
      g_autoptr (TtecommSnapshot) snapshot = scenario_new_in (text, name);
      g_autoptr (TtecommPage) page = NULL;
      g_autoptr (JsonNode) root = NULL;

      if (g_str_equal (name, "hostile"))
        continue;
      page = ttecomm_page_build (snapshot);
      root = schema_parse (page);
      walk (root, expect_no_english, (gpointer)name);
    }
}

/* The same places with other words in them. */
static void
check_scenario (TtecommText *text, const char *name, const char *title)
{
  g_autoptr (TtecommSnapshot) snapshot = scenario_new_in (text, name);
  g_autoptr (TtecommPage) page = ttecomm_page_build (snapshot);
  g_autoptr (TtecommPage) english = scenario_page (name);
  g_autoptr (GPtrArray) ids = schema_ids (page);
  g_autoptr (GPtrArray) ids_english = schema_ids (english);

  schema_check (page);
  g_assert_cmpstr (ttecomm_page_get_title (page), ==, title);
  g_assert_cmpuint (ids->len, ==, ids_english->len);
  for (guint k = 0; k < ids->len; k++)
    g_assert_cmpstr (ids->pdata[k], ==, ids_english->pdata[k]);
}

static void
test_changes_nothing_but_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (TtecommText) text = speak (languages[i].locale, languages[i].language);

      for (guint k = 0; k < scenario_count (); k++)
        check_scenario (text, scenario_name (k), languages[i].title);
    }
}

static void
collect (const char *words, gpointer seen)
{
  g_hash_table_add (seen, g_strdup (words));
}

static GHashTable *
words_of (TtecommText *text, const char *name)
{
  g_autoptr (TtecommSnapshot) snapshot = text != NULL ? scenario_new_in (text, name) : NULL;
  g_autoptr (TtecommPage) page
      = text != NULL ? ttecomm_page_build (snapshot) : scenario_page (name);
  g_autoptr (JsonNode) root = schema_parse (page);
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  walk (root, collect, words);
  return words;
}

/* A sentence that two languages share was forgotten in one of them. */
static void
check_no_shared_sentence (TtecommText *text, const char *name)
{
  g_autoptr (GHashTable) english = words_of (NULL, name);
  g_autoptr (GHashTable) words = words_of (text, name);
  g_autoptr (GRegex) regex = g_regex_new (data, 0, 0, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *rest = g_regex_replace_literal (regex, key, -1, 0, "", 0, NULL);

      if (g_hash_table_contains (english, key)
          && g_regex_match_simple ("[A-Za-z]+[ ,;]+[A-Za-z]+.*[ ,;]+[A-Za-z]+", rest, 0, 0))
        g_error ("%s, %s: %s", ttecomm_text_get_language (text), name, (char *)key);
    }
}

static void
test_shares_no_sentence_with_english (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (TtecommText) text = speak (languages[i].locale, languages[i].language);

      for (guint k = 0; k < scenario_count (); k++)
        if (!g_str_equal (scenario_name (k), "hostile"))
          check_no_shared_sentence (text, scenario_name (k));
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "page-languages", "leaves-no-english", test_leaves_no_english);
  harness_add (harness, "page-languages", "changes-nothing-but-words",
               test_changes_nothing_but_words);
  harness_add (harness, "page-languages", "shares-no-sentence-with-english",
               test_shares_no_sentence_with_english);
}

HARNESS_MAIN (register_tests)
