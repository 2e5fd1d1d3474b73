/* SPDX-License-Identifier: MIT */
#include "tests/tools/vectors.h"

#include "base/civil-date.h"
#include "base/json.h"

#define MAX_ROW (1024 * 1024)

JsonNode *
vectors_node_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

JsonNode *
vectors_node_int (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

JsonNode *
vectors_node_boolean (gboolean value)
{
  return json_node_init_boolean (json_node_alloc (), value);
}

JsonNode *
vectors_node_date (const GDate *date)
{
  char text[TTECOMM_DATE_SIZE];

  if (!g_date_valid (date))
    return json_node_init_null (json_node_alloc ());
  ttecomm_date_format (date, text);
  return vectors_node_string (text);
}

JsonNode *
vectors_node_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

JsonNode *
vectors_node_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static gboolean
arrays_equal (JsonArray *a, JsonArray *b)
{
  if (json_array_get_length (a) != json_array_get_length (b))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (a); i++)
    if (!vectors_node_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
objects_equal (JsonObject *a, JsonObject *b)
{
  g_autoptr (GList) names = json_object_get_members (a);

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;
  for (const GList *link = names; link != NULL; link = link->next)
    {
      JsonNode *other = json_object_get_member (b, link->data);

      if (other == NULL || !vectors_node_equal (json_object_get_member (a, link->data), other))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_number (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

static gboolean
values_equal (JsonNode *a, JsonNode *b)
{
  if (is_number (a) && is_number (b))
    {
      if (json_node_get_value_type (a) == json_node_get_value_type (b))
        return json_node_equal (a, b);
      return json_node_get_double (a) <= json_node_get_double (b)
             && json_node_get_double (a) >= json_node_get_double (b);
    }
  return json_node_equal (a, b);
}

gboolean
vectors_node_equal (JsonNode *a, JsonNode *b)
{
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  switch (json_node_get_node_type (a))
    {
    case JSON_NODE_OBJECT:
      return objects_equal (json_node_get_object (a), json_node_get_object (b));
    case JSON_NODE_ARRAY:
      return arrays_equal (json_node_get_array (a), json_node_get_array (b));
    case JSON_NODE_VALUE:
      return values_equal (a, b);
    case JSON_NODE_NULL:
    default:
      return TRUE;
    }
}

char *
vectors_node_print (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One past the element that begins at @at: its comma or bracket, or the end of the text. */
static gsize
element_end (const char *text, gsize length, gsize at)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (; at < length; at++)
    if (quoted)
      {
        if (text[at] == '\\' && at + 1 < length)
          at++;
        else if (text[at] == '"')
          quoted = FALSE;
      }
    else if (text[at] == '"')
      quoted = TRUE;
    else if (text[at] == '{' || text[at] == '[')
      depth++;
    else if (depth > 0 && (text[at] == '}' || text[at] == ']'))
      depth--;
    else if (depth == 0 && (text[at] == ',' || text[at] == ']'))
      return at;
  return length;
}

static gsize
skip_space (const char *text, gsize length, gsize at)
{
  while (at < length && is_space (text[at]))
    at++;
  return at;
}

static gboolean
fail (GError **error, const char *why)
{
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_SYNTAX, why);
  return FALSE;
}

/* Parses elements from @at on; leaves @at one past the array. */
static gboolean
parse_elements (const char *text, gsize length, gsize *at, GPtrArray *rows, GError **error)
{
  gsize end;

  do
    {
      JsonNode *row;

      end = element_end (text, length, *at);
      if (end == length)
        return fail (error, "the array of rows does not end");
      row = ttecomm_json_parse (text + *at, end - *at, MAX_ROW, error);
      if (row == NULL)
        {
          g_prefix_error (error, "row %u: ", rows->len + 1);
          return FALSE;
        }
      g_ptr_array_add (rows, row);
      *at = end + 1;
    }
  while (text[end] == ',');
  return TRUE;
}

GPtrArray *
vectors_parse_rows (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);
  gsize at = skip_space (text, length, 0);

  if (at == length || text[at] != '[')
    {
      fail (error, "not an array of rows");
      return NULL;
    }
  at = skip_space (text, length, at + 1);
  if (at < length && text[at] == ']')
    at++;
  else if (!parse_elements (text, length, &at, rows, error))
    return NULL;
  if (skip_space (text, length, at) != length)
    {
      fail (error, "something follows the array of rows");
      return NULL;
    }
  return g_steal_pointer (&rows);
}
