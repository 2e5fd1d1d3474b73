/* SPDX-License-Identifier: MIT */
#include "tests/unit/page/schema-check.h"

#include "base/json.h"
#include "tests/host/page-keeper.h"

#include <string.h>

#define MAX_BYTES (8 * 1024 * 1024)
#define MAX_WORDS 8192
#define MAX_ROWS 2000

typedef struct
{
  const TtecommPage *page;
  GHashTable *ids;     /* (owned) (element-type utf8 utf8): types of blocks by id */
  GHashTable *actions; /* (owned): of action blocks, and of toggles */
  GPtrArray *named;    /* (owned): ids that rows, notices and progress name */
  GHashTable *drawn;   /* (owned): ids that rows and notices draw */
  GPtrArray *all;      /* (owned): ids of blocks and rows, in order */
  guint n_rows;
} Walk;

static void walk_blocks (Walk *walk, JsonArray *blocks);

JsonNode *
schema_parse (const TtecommPage *page)
{
  gsize size;
  const char *json = g_bytes_get_data (ttecomm_page_get_json (page), &size);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  host_keep_page (json, size);
  /* Thousands of rows hold more values than anything from outside may. */
  g_assert_cmpuint (size, <=, MAX_BYTES);
  g_assert_true (g_utf8_validate_len (json, size, NULL));
  json_parser_load_from_data (parser, json, (gssize)size, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static void
check_id (const char *id)
{
  g_assert_true (g_regex_match_simple ("^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$", id, 0, 0));
}

/* Plain text, never markup. */
static const char *
words_of (JsonObject *object, const char *name, gboolean may_be_empty)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text;

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_VALUE (node));
  g_assert_cmpint ((gint64)json_node_get_value_type (node), ==, (gint64)G_TYPE_STRING);
  text = json_node_get_string (node);
  g_assert_cmpuint (strlen (text), <=, MAX_WORDS);
  g_assert_true (may_be_empty || *text != '\0');
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (g_unichar_type (g_utf8_get_char (p)) != G_UNICODE_CONTROL);
  return text;
}

static void
check_one_of (JsonObject *object, const char *name, const char *const *allowed)
{
  g_assert_true (g_strv_contains (allowed, words_of (object, name, FALSE)));
}

static void
name_action (Walk *walk, const char *id, gboolean draws)
{
  check_id (id);
  g_ptr_array_add (walk->named, g_strdup (id));
  if (draws)
    g_assert_true (g_hash_table_add (walk->drawn, g_strdup (id)));
}

static void
check_actions (Walk *walk, JsonObject *object)
{
  JsonArray *actions;

  if (!json_object_has_member (object, "actions"))
    return;
  actions = json_object_get_array_member (object, "actions");
  for (guint i = 0; i < json_array_get_length (actions); i++)
    name_action (walk, json_array_get_string_element (actions, i), TRUE);
}

static const char *const severities[] = { "good", "info", "warning", "error", "neutral", NULL };

static void
check_row (Walk *walk, JsonObject *row, guint n_columns, GHashTable *row_ids, const char *table)
{
  JsonArray *cells = json_object_get_array_member (row, "cells");
  const char *id = words_of (row, "id", FALSE);

  check_id (id);
  g_assert_true (g_hash_table_add (row_ids, g_strdup (id)));
  g_ptr_array_add (walk->all, g_strdup_printf ("%s/%s", table, id));
  g_assert_cmpuint (json_array_get_length (cells), ==, n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      JsonNode *cell = json_array_get_element (cells, i);

      if (JSON_NODE_HOLDS_VALUE (cell))
        continue;
      check_one_of (json_node_get_object (cell), "status", severities);
      words_of (json_node_get_object (cell), "text", FALSE);
    }
  check_actions (walk, row);
  walk->n_rows++;
}

static void
check_table (Walk *walk, JsonObject *block)
{
  g_autoptr (GHashTable) row_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *columns = json_object_get_array_member (block, "columns");
  JsonArray *rows = json_object_get_array_member (block, "rows");
  guint n_columns = json_array_get_length (columns);

  g_assert_cmpuint (n_columns, >=, 1);
  for (guint i = 0; i < n_columns; i++)
    {
      JsonObject *column = json_array_get_object_element (columns, i);

      check_id (words_of (column, "id", FALSE));
      words_of (column, "title", FALSE);
    }
  for (guint i = 0; i < json_array_get_length (rows); i++)
    check_row (walk, json_array_get_object_element (rows, i), n_columns, row_ids,
               json_object_get_string_member (block, "id"));
}

static void
check_facts (JsonObject *block)
{
  JsonArray *rows = json_object_get_array_member (block, "rows");

  g_assert_cmpuint (json_array_get_length (rows), >=, 1);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    g_assert_cmpuint (json_array_get_length (json_array_get_array_element (rows, i)), ==, 2);
}

static void
check_confirm (JsonObject *block)
{
  JsonObject *confirm = json_object_get_object_member (block, "confirm");

  words_of (confirm, "title", FALSE);
  words_of (confirm, "text", FALSE);
  words_of (confirm, "ok", FALSE);
  words_of (confirm, "cancel", FALSE);
}

static void
check_action (Walk *walk, JsonObject *block)
{
  static const char *const styles[] = { "normal", "primary", "danger", NULL };
  const char *id = json_object_get_string_member (block, "id");
  const TtecommPageAction *action = ttecomm_page_get_action (walk->page, id);

  words_of (block, "label", FALSE);
  words_of (block, "name", FALSE);
  check_one_of (block, "style", styles);
  g_assert_nonnull (action);
  g_assert_cmpint (json_object_get_boolean_member (block, "enabled"), ==, action->enabled);
  if (!action->enabled)
    g_assert_cmpstr (words_of (block, "disabled_reason", FALSE), ==, action->disabled_reason);
  else
    g_assert_false (json_object_has_member (block, "disabled_reason"));
  if (json_object_has_member (block, "confirm"))
    {
      check_confirm (block);
      g_assert_nonnull (action->fingerprint);
    }
  g_hash_table_add (walk->actions, g_strdup (id));
}

static void
check_progress (Walk *walk, JsonObject *block)
{
  g_assert_true (json_object_get_null_member (block, "fraction"));
  words_of (block, "text", FALSE);
  if (json_object_has_member (block, "cancel"))
    name_action (walk, words_of (block, "cancel", FALSE), FALSE);
}

static void
check_toggle (Walk *walk, JsonObject *block)
{
  const char *action = words_of (block, "action", FALSE);

  words_of (block, "label", FALSE);
  json_object_get_boolean_member (block, "value");
  g_assert_nonnull (ttecomm_page_get_action (walk->page, action));
  g_hash_table_add (walk->actions, g_strdup (action));
}

static void
check_choice (JsonObject *block)
{
  JsonArray *options = json_object_get_array_member (block, "options");
  const char *value = json_object_get_string_member (block, "value");
  guint n_chosen = 0;

  words_of (block, "label", FALSE);
  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      JsonObject *option = json_array_get_object_element (options, i);

      words_of (option, "label", FALSE);
      n_chosen += g_str_equal (json_object_get_string_member (option, "id"), value) ? 1 : 0;
    }
  g_assert_cmpuint (n_chosen, ==, 1);
}

static void
check_notice (Walk *walk, JsonObject *block)
{
  check_one_of (block, "severity", severities);
  words_of (block, "text", FALSE);
  check_actions (walk, block);
}

static void
check_status (JsonObject *block)
{
  check_one_of (block, "severity", severities);
  words_of (block, "symbol", FALSE);
  words_of (block, "word", FALSE);
  words_of (block, "text", FALSE);
}

static void
check_input (JsonObject *block)
{
  static const char *const kinds[] = { "text", "secret", "email", "date", NULL };

  words_of (block, "label", FALSE);
  check_one_of (block, "kind", kinds);
  if (json_object_has_member (block, "value"))
    words_of (block, "value", TRUE);
  if (json_object_has_member (block, "error"))
    words_of (block, "error", FALSE);
  /* What was typed is the host's. */
  if (g_str_equal (words_of (block, "kind", FALSE), "secret"))
    g_assert_false (json_object_has_member (block, "value"));
}

static void
check_typed (Walk *walk, JsonObject *block)
{
  const char *type = words_of (block, "type", FALSE);

  if (g_str_equal (type, "heading") || g_str_equal (type, "text"))
    words_of (block, "text", FALSE);
  else if (g_str_equal (type, "notice"))
    check_notice (walk, block);
  else if (g_str_equal (type, "facts"))
    check_facts (block);
  else if (g_str_equal (type, "table"))
    check_table (walk, block);
  else if (g_str_equal (type, "status"))
    check_status (block);
  else if (g_str_equal (type, "toggle"))
    check_toggle (walk, block);
  else if (g_str_equal (type, "choice"))
    check_choice (block);
  else if (g_str_equal (type, "input"))
    check_input (block);
  else if (g_str_equal (type, "action"))
    check_action (walk, block);
  else if (g_str_equal (type, "progress"))
    check_progress (walk, block);
  else if (g_str_equal (type, "link"))
    g_assert_true (g_str_has_prefix (words_of (block, "uri", FALSE), "http"));
  else if (g_str_equal (type, "group"))
    walk_blocks (walk, json_object_get_array_member (block, "blocks"));
  else
    g_error ("block of unknown type %s", type);
}

static void
walk_blocks (Walk *walk, JsonArray *blocks)
{
  for (guint i = 0; i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = json_array_get_object_element (blocks, i);
      const char *id = words_of (block, "id", FALSE);

      check_id (id);
      if (!g_hash_table_insert (walk->ids, g_strdup (id),
                                g_strdup (words_of (block, "type", FALSE))))
        g_error ("two blocks are called %s", id);
      g_ptr_array_add (walk->all, g_strdup (id));
      words_of (block, "fallback_text", FALSE);
      check_typed (walk, block);
    }
}

static void
check_named (Walk *walk)
{
  for (guint i = 0; i < walk->named->len; i++)
    if (!g_hash_table_contains (walk->actions, walk->named->pdata[i]))
      g_error ("%s is named and is not there", (char *)walk->named->pdata[i]);
}

static void
walk_init (Walk *walk, const TtecommPage *page)
{
  *walk = (Walk){ .page = page };
  walk->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  walk->actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  walk->named = g_ptr_array_new_with_free_func (g_free);
  walk->drawn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  walk->all = g_ptr_array_new_with_free_func (g_free);
}

static void
walk_clear (Walk *walk)
{
  g_clear_pointer (&walk->ids, g_hash_table_unref);
  g_clear_pointer (&walk->actions, g_hash_table_unref);
  g_clear_pointer (&walk->named, g_ptr_array_unref);
  g_clear_pointer (&walk->drawn, g_hash_table_unref);
  g_clear_pointer (&walk->all, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static void
walk_page (Walk *walk, const TtecommPage *page)
{
  static const char *const states[] = { "loading", "ready", "offline", "error", NULL };
  g_autoptr (JsonNode) root = schema_parse (page);
  JsonObject *object = json_node_get_object (root);

  walk_init (walk, page);
  g_assert_cmpstr (words_of (object, "page", FALSE), ==, TTECOMM_PAGE_ID);
  g_assert_cmpstr (words_of (object, "title", FALSE), ==, ttecomm_page_get_title (page));
  g_assert_cmpint (json_object_get_int_member (object, "revision"), ==,
                   ttecomm_page_get_revision (page));
  check_one_of (object, "state", states);
  walk_blocks (walk, json_object_get_array_member (object, "blocks"));
  check_named (walk);
  g_assert_cmpuint (walk->n_rows, <=, MAX_ROWS);
}

void
schema_check (const TtecommPage *page)
{
  g_auto (Walk) walk = { 0 };

  walk_page (&walk, page);
}

GPtrArray *
schema_ids (const TtecommPage *page)
{
  g_auto (Walk) walk = { 0 };

  walk_page (&walk, page);
  return g_steal_pointer (&walk.all);
}

GHashTable *
schema_types (const TtecommPage *page)
{
  g_auto (Walk) walk = { 0 };

  walk_page (&walk, page);
  return g_steal_pointer (&walk.ids);
}

static JsonObject *
find_in (JsonArray *blocks, const char *id)
{
  for (guint i = 0; i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = json_array_get_object_element (blocks, i);
      JsonObject *found = NULL;

      if (g_str_equal (json_object_get_string_member (block, "id"), id))
        return block;
      if (json_object_has_member (block, "blocks"))
        found = find_in (json_object_get_array_member (block, "blocks"), id);
      if (found != NULL)
        return found;
    }
  return NULL;
}

JsonObject *
schema_find (const TtecommPage *page, const char *id)
{
  g_autoptr (JsonNode) root = schema_parse (page);
  JsonObject *found
      = find_in (json_object_get_array_member (json_node_get_object (root), "blocks"), id);

  return found != NULL ? json_object_ref (found) : NULL;
}
