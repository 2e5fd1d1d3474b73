/* SPDX-License-Identifier: MIT */
#include "base/json.h"

G_DEFINE_QUARK (ttecomm - json - error - quark, ttecomm_json_error)

JsonNode *
ttecomm_json_parse (const char *text, gsize length, gsize max_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  JsonNode *root;

  if (!ttecomm_json_scan (text, length, max_bytes, error))
    return NULL;

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize)length, &local_error))
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_SYNTAX,
                   "the JSON text cannot be parsed: %s", local_error->message);
      return NULL;
    }
  root = json_parser_steal_root (parser);
  /* A text that is just `null` leaves the parser without a root. */
  return root != NULL ? root : json_node_new (JSON_NODE_NULL);
}

JsonObject *
ttecomm_json_parse_object (const char *text, gsize length, gsize max_bytes, GError **error)
{
  g_autoptr (JsonNode) root = ttecomm_json_parse (text, length, max_bytes, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE,
                           "the JSON text is not an object");
      return NULL;
    }
  return json_node_dup_object (root);
}

JsonArray *
ttecomm_json_parse_array (const char *text,
                          gsize length,
                          gsize max_bytes,
                          guint max_items,
                          GError **error)
{
  g_autoptr (JsonNode) root = ttecomm_json_parse (text, length, max_bytes, error);
  guint n;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (root))
    {
      g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE,
                           "the JSON text is not an array");
      return NULL;
    }
  n = json_array_get_length (json_node_get_array (root));
  if (n > max_items)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "the JSON array has %u elements; at most %u are accepted", n, max_items);
      return NULL;
    }
  return json_node_dup_array (root);
}
