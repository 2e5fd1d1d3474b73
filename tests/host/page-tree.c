/* SPDX-License-Identifier: MIT */
#include "tests/host/page-tree.h"

#include "tests/host/json.h"

/* Returns FALSE to stop the walk. */
typedef gboolean (*BlockFunc) (JsonObject *block, gpointer data);

static gboolean
walk (JsonObject *object, BlockFunc func, gpointer data)
{
  JsonArray *blocks = host_page_get_blocks (object);

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonNode *node = json_array_get_element (blocks, i);

      if (JSON_NODE_HOLDS_OBJECT (node)
          && (!func (json_node_get_object (node), data)
              || !walk (json_node_get_object (node), func, data)))
        return FALSE;
    }
  return TRUE;
}

JsonArray *
host_page_get_blocks (JsonObject *object)
{
  JsonNode *blocks = json_object_get_member (object, "blocks");

  /* What an unknown type of block has inside is its own. */
  if (json_object_has_member (object, "type")
      && !g_str_equal (host_page_get_text (object, "type"), "group"))
    return NULL;
  return blocks != NULL && JSON_NODE_HOLDS_ARRAY (blocks) ? json_node_get_array (blocks) : NULL;
}

const char *
host_page_get_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return "";
  return json_node_get_string (node);
}

typedef struct
{
  const char *id;
  JsonObject *found; /* (unowned) (nullable) */
} Search;

static gboolean
has_other_id (JsonObject *block, gpointer data)
{
  Search *search = data;

  if (!g_str_equal (host_page_get_text (block, "id"), search->id))
    return TRUE;
  search->found = block;
  return FALSE;
}

JsonObject *
host_page_find (JsonObject *page, const char *id)
{
  Search search = { id, NULL };

  walk (page, has_other_id, &search);
  return search.found;
}

/* Actions without a block of their own: a toggle's, and what stops a progress. */
static gboolean
names_no_action (JsonObject *block, gpointer data)
{
  Search *search = data;
  const char *type = host_page_get_text (block, "type");
  const char *member = g_str_equal (type, "toggle") ? "action" : "cancel";

  if ((!g_str_equal (type, "toggle") && !g_str_equal (type, "progress"))
      || !g_str_equal (host_page_get_text (block, member), search->id))
    return TRUE;
  search->found = block;
  return FALSE;
}

gboolean
host_page_can_invoke (JsonObject *page, const char *action_id, const char **reason)
{
  JsonObject *block = host_page_find (page, action_id);
  Search search = { action_id, NULL };
  const char *why = NULL;

  if (block == NULL)
    walk (page, names_no_action, &search);
  if (block == NULL && search.found == NULL)
    why = "it is not on the page";
  else if (block != NULL && g_str_equal (host_page_get_text (block, "type"), "action")
           && !json_object_get_boolean_member_with_default (block, "enabled", FALSE))
    why = host_page_get_text (block, "disabled_reason");
  if (reason != NULL)
    *reason = why;
  return why == NULL;
}

static void
collect_actions (JsonObject *object, GHashTable *drawn)
{
  JsonNode *node = json_object_get_member (object, "actions");
  JsonArray *actions
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; actions != NULL && i < json_array_get_length (actions); i++)
    {
      JsonNode *action = json_array_get_element (actions, i);

      if (JSON_NODE_HOLDS_VALUE (action) && json_node_get_string (action) != NULL)
        g_hash_table_add (drawn, (gpointer)json_node_get_string (action));
    }
}

static gboolean
collect (JsonObject *block, gpointer data)
{
  JsonNode *rows = json_object_get_member (block, "rows");
  const char *type = host_page_get_text (block, "type");

  if (g_str_equal (type, "notice"))
    collect_actions (block, data);
  if (g_str_equal (type, "table") && rows != NULL && JSON_NODE_HOLDS_ARRAY (rows))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (rows)); i++)
      {
        JsonNode *row = json_array_get_element (json_node_get_array (rows), i);

        if (JSON_NODE_HOLDS_OBJECT (row))
          collect_actions (json_node_get_object (row), data);
      }
  return TRUE;
}

GHashTable *
host_page_collect_drawn (JsonObject *object)
{
  GHashTable *drawn = g_hash_table_new (g_str_hash, g_str_equal);

  collect (object, drawn);
  walk (object, collect, drawn);
  return drawn;
}

/* --- what a schema cannot say ----------------------------------------------------------------- */

typedef struct
{
  JsonObject *page; /* (unowned) */
  GHashTable *ids;  /* (owned) (element-type utf8 JsonObject) of blocks; borrows */
  GError **error;
} Check;

static gboolean
wrong (Check *check, JsonObject *block, const char *what, const char *which)
{
  g_set_error (check->error, HOST_SCHEMA_ERROR, HOST_SCHEMA_ERROR_VALUE, "block \"%s\": %s%s",
               host_page_get_text (block, "id"), what, which);
  return FALSE;
}

static gboolean
check_rows (Check *check, JsonObject *table)
{
  JsonArray *rows = json_object_get_array_member (table, "rows");
  guint columns = json_array_get_length (json_object_get_array_member (table, "columns"));
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *id = host_page_get_text (row, "id");

      if (!g_hash_table_add (ids, (gpointer)id))
        return wrong (check, table, "two rows have the id ", id);
      if (json_array_get_length (json_object_get_array_member (row, "cells")) != columns)
        return wrong (check, table, "not as many cells as columns in row ", id);
    }
  return TRUE;
}

static gboolean
check_block (JsonObject *block, gpointer data)
{
  Check *check = data;

  if (!g_hash_table_insert (check->ids, (gpointer)host_page_get_text (block, "id"), block))
    return wrong (check, block, "the id occurs twice", "");
  return !g_str_equal (host_page_get_text (block, "type"), "table") || check_rows (check, block);
}

static gboolean
check_drawn (Check *check)
{
  g_autoptr (GHashTable) drawn = host_page_collect_drawn (check->page);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, drawn);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      JsonObject *block = g_hash_table_lookup (check->ids, id);
      const char *type = block != NULL ? host_page_get_text (block, "type") : "";

      if (block == NULL)
        return wrong (check, check->page, "no block has the id of the action ", id);
      /* A notice that draws a notice could draw itself. */
      if (!g_str_equal (type, "action") && !g_str_equal (type, "link"))
        return wrong (check, block, "it is drawn as an action and is a ", type);
    }
  return TRUE;
}

static gboolean
check_page (JsonNode *node, HostSchema *schema, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  Check check = { NULL, ids, error };

  if (!host_schema_check (schema, node, error))
    return FALSE;
  check.page = json_node_get_object (node);
  return walk (check.page, check_block, &check) && check_drawn (&check);
}

JsonObject *
host_page_parse (const char *text, gsize length, HostSchema *schema, GError **error)
{
  g_autoptr (JsonNode) root = host_json_parse (text, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, HOST_SCHEMA_ERROR, HOST_SCHEMA_ERROR_VALUE, "/: must be an object");
      return NULL;
    }
  if (schema != NULL && !check_page (root, schema, error))
    return NULL;
  return json_node_dup_object (root);
}
