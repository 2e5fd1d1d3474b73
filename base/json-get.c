/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <string.h>

static gboolean
fail_type (const char *name, const char *wanted, JsonNode *node, GError **error)
{
  g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE,
               "member \"%s\" must be %s, but is %s", name, wanted, json_node_type_name (node));
  return FALSE;
}

/* The member's node; NULL with @error set when it is absent. */
static JsonNode *
get_member (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_MISSING, "member \"%s\" is missing",
                 name);
  return node;
}

static gboolean
is_absent (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
string_from_node (JsonNode *node,
                  const char *name,
                  gsize max_length,
                  const char **out,
                  GError **error)
{
  const char *value;
  gsize length;

  if (!holds (node, G_TYPE_STRING))
    return fail_type (name, "a string", node, error);
  value = json_node_get_string (node);
  length = strlen (value);
  if (length > max_length)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "member \"%s\" has %" G_GSIZE_FORMAT " bytes; at most %" G_GSIZE_FORMAT
                   " are accepted",
                   name, length, max_length);
      return FALSE;
    }
  *out = value;
  return TRUE;
}

static gboolean
object_from_node (JsonNode *node, const char *name, JsonObject **out, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail_type (name, "an object", node, error);
  *out = json_node_get_object (node);
  return TRUE;
}

gboolean
ttecomm_json_get_string (JsonObject *object,
                         const char *name,
                         gsize max_length,
                         const char **out,
                         GError **error)
{
  JsonNode *node = get_member (object, name, error);

  return node != NULL && string_from_node (node, name, max_length, out, error);
}

gboolean
ttecomm_json_get_int (JsonObject *object,
                      const char *name,
                      gint64 min,
                      gint64 max,
                      gint64 *out,
                      GError **error)
{
  JsonNode *node = get_member (object, name, error);
  gint64 value;

  if (node == NULL)
    return FALSE;
  if (!holds (node, G_TYPE_INT64))
    return fail_type (name, "an integer", node, error);
  value = json_node_get_int (node);
  if (value < min || value > max)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "member \"%s\" is %" G_GINT64_FORMAT "; it must be from %" G_GINT64_FORMAT
                   " to %" G_GINT64_FORMAT,
                   name, value, min, max);
      return FALSE;
    }
  *out = value;
  return TRUE;
}

gboolean
ttecomm_json_get_boolean (JsonObject *object, const char *name, gboolean *out, GError **error)
{
  JsonNode *node = get_member (object, name, error);

  if (node == NULL)
    return FALSE;
  if (!holds (node, G_TYPE_BOOLEAN))
    return fail_type (name, "true or false", node, error);
  *out = json_node_get_boolean (node);
  return TRUE;
}

gboolean
ttecomm_json_get_object (JsonObject *object, const char *name, JsonObject **out, GError **error)
{
  JsonNode *node = get_member (object, name, error);

  return node != NULL && object_from_node (node, name, out, error);
}

gboolean
ttecomm_json_get_array (JsonObject *object,
                        const char *name,
                        guint max_items,
                        JsonArray **out,
                        GError **error)
{
  JsonNode *node = get_member (object, name, error);
  guint n;

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_type (name, "an array", node, error);
  n = json_array_get_length (json_node_get_array (node));
  if (n > max_items)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "member \"%s\" has %u elements; at most %u are accepted", name, n, max_items);
      return FALSE;
    }
  *out = json_node_get_array (node);
  return TRUE;
}

gboolean
ttecomm_json_get_optional_string (JsonObject *object,
                                  const char *name,
                                  gsize max_length,
                                  const char **out,
                                  GError **error)
{
  if (!is_absent (object, name))
    return ttecomm_json_get_string (object, name, max_length, out, error);
  *out = NULL;
  return TRUE;
}

gboolean
ttecomm_json_get_optional_int (JsonObject *object,
                               const char *name,
                               gint64 min,
                               gint64 max,
                               gint64 fallback,
                               gint64 *out,
                               GError **error)
{
  if (!is_absent (object, name))
    return ttecomm_json_get_int (object, name, min, max, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
ttecomm_json_get_optional_boolean (JsonObject *object,
                                   const char *name,
                                   gboolean fallback,
                                   gboolean *out,
                                   GError **error)
{
  if (!is_absent (object, name))
    return ttecomm_json_get_boolean (object, name, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
ttecomm_json_get_optional_object (JsonObject *object,
                                  const char *name,
                                  JsonObject **out,
                                  GError **error)
{
  if (!is_absent (object, name))
    return ttecomm_json_get_object (object, name, out, error);
  *out = NULL;
  return TRUE;
}

gboolean
ttecomm_json_get_optional_array (JsonObject *object,
                                 const char *name,
                                 guint max_items,
                                 JsonArray **out,
                                 GError **error)
{
  if (!is_absent (object, name))
    return ttecomm_json_get_array (object, name, max_items, out, error);
  *out = NULL;
  return TRUE;
}

/* An element has no name of its own: it is reported as "[index]". */
gboolean
ttecomm_json_array_get_string (JsonArray *array,
                               guint index,
                               gsize max_length,
                               const char **out,
                               GError **error)
{
  g_autofree char *name = g_strdup_printf ("[%u]", index);

  g_return_val_if_fail (index < json_array_get_length (array), FALSE);
  return string_from_node (json_array_get_element (array, index), name, max_length, out, error);
}

gboolean
ttecomm_json_array_get_object (JsonArray *array, guint index, JsonObject **out, GError **error)
{
  g_autofree char *name = g_strdup_printf ("[%u]", index);

  g_return_val_if_fail (index < json_array_get_length (array), FALSE);
  return object_from_node (json_array_get_element (array, index), name, out, error);
}
