/* SPDX-License-Identifier: MIT */
#include "tests/host/schema.h"

#include "tests/host/json.h"

/* Steps through rules, of which a group in a group takes some six; the text itself is nested to
 * HOST_JSON_MAX_DEPTH at most. */
#define MAX_DEPTH 512
#define DEFINITIONS "#/definitions/"

struct _HostSchema
{
  JsonNode *root;      /* (owned) */
  GHashTable *regexes; /* (owned) (element-type utf8 GRegex) */
};

/* Where the check is: the value's path, and how deep the schema has been followed. */
typedef struct
{
  HostSchema *schema; /* (unowned) */
  GString *path;      /* (owned) */
  guint depth;
} Walk;

typedef gboolean (*KeywordFunc) (Walk *walk, JsonObject *rules, JsonNode *value, GError **error);

G_DEFINE_QUARK (host - schema - error - quark, host_schema_error)

static gboolean check (Walk *walk, JsonNode *rules, JsonNode *value, GError **error);

static gboolean wrong (const Walk *walk, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Always FALSE, for `return wrong (...)`. */
static gboolean
wrong (const Walk *walk, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, HOST_SCHEMA_ERROR, HOST_SCHEMA_ERROR_VALUE, "%s: %s",
               walk->path->len > 0 ? walk->path->str : "/", text);
  return FALSE;
}

static gboolean
check_below (Walk *walk, const char *step, JsonNode *rules, JsonNode *value, GError **error)
{
  gsize length = walk->path->len;
  gboolean good;

  g_string_append_printf (walk->path, "/%s", step);
  good = check (walk, rules, value, error);
  if (good)
    g_string_truncate (walk->path, length);
  return good;
}

/* Without the error and with the path as it was: for anyOf and if. */
static gboolean
fits (Walk *walk, JsonNode *rules, JsonNode *value)
{
  g_autoptr (GError) ignored = NULL;
  gsize length = walk->path->len;
  gboolean good = check (walk, rules, value, &ignored);

  g_string_truncate (walk->path, length);
  return good;
}

static gboolean
is_string (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING;
}

static gboolean
is_number (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value)
         && (json_node_get_value_type (value) == G_TYPE_INT64
             || json_node_get_value_type (value) == G_TYPE_DOUBLE);
}

static gboolean
has_type (JsonNode *value, const char *type)
{
  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (value);
  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (value);
  if (g_str_equal (type, "null"))
    return JSON_NODE_HOLDS_NULL (value);
  if (g_str_equal (type, "string"))
    return is_string (value);
  if (g_str_equal (type, "number"))
    return is_number (value);
  if (g_str_equal (type, "integer"))
    return is_number (value) && json_node_get_value_type (value) == G_TYPE_INT64;
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN;
}

static gboolean
check_type (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  JsonNode *type = json_object_get_member (rules, "type");
  g_autofree char *wanted = NULL;

  if (!JSON_NODE_HOLDS_ARRAY (type))
    {
      if (has_type (value, json_node_get_string (type)))
        return TRUE;
    }
  else
    for (guint i = 0; i < json_array_get_length (json_node_get_array (type)); i++)
      if (has_type (value, json_array_get_string_element (json_node_get_array (type), i)))
        return TRUE;
  wanted = json_to_string (type, FALSE);
  return wrong (walk, error, "must be of type %s", wanted);
}

static gboolean
check_enum (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  JsonArray *choices = json_object_get_array_member (rules, "enum");
  g_autofree char *all = json_to_string (json_object_get_member (rules, "enum"), FALSE);

  for (guint i = 0; i < json_array_get_length (choices); i++)
    if (json_node_equal (json_array_get_element (choices, i), value))
      return TRUE;
  return wrong (walk, error, "must be one of %s", all);
}

static gboolean
check_const (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  g_autofree char *only = json_to_string (json_object_get_member (rules, "const"), FALSE);

  return json_node_equal (json_object_get_member (rules, "const"), value)
         || wrong (walk, error, "must be %s", only);
}

static gboolean
check_pattern (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  const char *pattern = json_object_get_string_member (rules, "pattern");
  const GRegex *regex = g_hash_table_lookup (walk->schema->regexes, pattern);

  return !is_string (value) || g_regex_match (regex, json_node_get_string (value), 0, NULL)
         || wrong (walk, error, "must match %s", pattern);
}

/* -1 where `value` is not of the kind that the keyword is about. */
static gint64
size_of (JsonNode *value, const char *keyword)
{
  if (g_str_has_suffix (keyword, "Length") && is_string (value))
    return g_utf8_strlen (json_node_get_string (value), -1);
  if (g_str_has_suffix (keyword, "Items") && JSON_NODE_HOLDS_ARRAY (value))
    return json_array_get_length (json_node_get_array (value));
  if (g_str_has_suffix (keyword, "Properties") && JSON_NODE_HOLDS_OBJECT (value))
    return json_object_get_size (json_node_get_object (value));
  return -1;
}

static gboolean
check_sizes (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  static const char *const keywords[]
      = { "minLength", "maxLength", "minItems", "maxItems", "minProperties" };

  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (json_object_has_member (rules, keywords[i]))
      {
        gint64 limit = json_object_get_int_member (rules, keywords[i]);
        gint64 size = size_of (value, keywords[i]);
        gboolean least = g_str_has_prefix (keywords[i], "min");

        if (size >= 0 && (least ? size < limit : size > limit))
          return wrong (walk, error, "%s is %" G_GINT64_FORMAT ", it has %" G_GINT64_FORMAT,
                        keywords[i], limit, size);
      }
  return TRUE;
}

static gboolean
check_range (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  double number;

  if (!is_number (value))
    return TRUE;
  number = json_node_get_double (value);
  if (json_object_has_member (rules, "minimum")
      && number < json_object_get_double_member (rules, "minimum"))
    return wrong (walk, error, "is below its minimum");
  if (json_object_has_member (rules, "maximum")
      && number > json_object_get_double_member (rules, "maximum"))
    return wrong (walk, error, "is above its maximum");
  return TRUE;
}

static gboolean
check_required (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  JsonArray *required = json_object_get_array_member (rules, "required");

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return TRUE;
  for (guint i = 0; i < json_array_get_length (required); i++)
    if (!json_object_has_member (json_node_get_object (value),
                                 json_array_get_string_element (required, i)))
      return wrong (walk, error, "the member \"%s\" is missing",
                    json_array_get_string_element (required, i));
  return TRUE;
}

static gboolean
check_members (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  JsonNode *others = json_object_get_member (rules, "additionalProperties");
  JsonObject *properties = NULL;
  g_autoptr (GList) members = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return TRUE;
  if (json_object_has_member (rules, "properties"))
    properties = json_object_get_object_member (rules, "properties");
  members = json_object_get_members (json_node_get_object (value));
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *member = json_object_get_member (json_node_get_object (value), l->data);
      JsonNode *below = others;

      if (properties != NULL && json_object_has_member (properties, l->data))
        below = json_object_get_member (properties, l->data);
      if (below != NULL && !check_below (walk, l->data, below, member, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_items (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  JsonNode *items = json_object_get_member (rules, "items");
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (value))
    return TRUE;
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *step = g_strdup_printf ("%u", i);

      if (!check_below (walk, step, items, json_array_get_element (array, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_unique (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (value) || !json_object_get_boolean_member (rules, "uniqueItems"))
    return TRUE;
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    for (guint j = 0; j < i; j++)
      if (json_node_equal (json_array_get_element (array, i), json_array_get_element (array, j)))
        return wrong (walk, error, "element %u occurs twice", i);
  return TRUE;
}

static gboolean
check_all_of (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  JsonArray *all = json_object_get_array_member (rules, "allOf");

  for (guint i = 0; i < json_array_get_length (all); i++)
    if (!check (walk, json_array_get_element (all, i), value, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_any_of (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  JsonArray *any = json_object_get_array_member (rules, "anyOf");

  for (guint i = 0; i < json_array_get_length (any); i++)
    if (fits (walk, json_array_get_element (any, i), value))
      return TRUE;
  return wrong (walk, error, "is none of the %u forms that it may have",
                json_array_get_length (any));
}

static gboolean
check_if (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  return !fits (walk, json_object_get_member (rules, "if"), value)
         || check (walk, json_object_get_member (rules, "then"), value, error);
}

static gboolean
check_reference (Walk *walk, JsonObject *rules, JsonNode *value, GError **error)
{
  const char *name = json_object_get_string_member (rules, "$ref") + strlen (DEFINITIONS);
  JsonObject *root = json_node_get_object (walk->schema->root);

  return check (walk,
                json_object_get_member (json_object_get_object_member (root, "definitions"), name),
                value, error);
}

/* What says nothing about a value, or belongs to the keyword beside it, has no function. */
static const struct
{
  const char *name;
  KeywordFunc func; /* (nullable) */
} keywords[] = {
  { "type", check_type },
  { "enum", check_enum },
  { "const", check_const },
  { "pattern", check_pattern },
  { "minLength", check_sizes },
  { "maxLength", check_sizes },
  { "minItems", check_sizes },
  { "maxItems", check_sizes },
  { "minProperties", check_sizes },
  { "minimum", check_range },
  { "maximum", check_range },
  { "required", check_required },
  { "properties", check_members },
  { "additionalProperties", check_members },
  { "items", check_items },
  { "uniqueItems", check_unique },
  { "allOf", check_all_of },
  { "anyOf", check_any_of },
  { "if", check_if },
  { "$ref", check_reference },
  { "then", NULL },
  { "$schema", NULL },
  { "$id", NULL },
  { "title", NULL },
  { "description", NULL },
  { "definitions", NULL },
};

static gboolean
check (Walk *walk, JsonNode *rules, JsonNode *value, GError **error)
{
  JsonObject *object = json_node_get_object (rules);
  gboolean good = TRUE;

  if (walk->depth >= MAX_DEPTH)
    return wrong (walk, error, "is nested too deeply");
  walk->depth++;
  for (gsize i = 0; good && i < G_N_ELEMENTS (keywords); i++)
    if (keywords[i].func != NULL && json_object_has_member (object, keywords[i].name))
      good = keywords[i].func (walk, object, value, error);
  walk->depth--;
  return good;
}

gboolean
host_schema_check (HostSchema *schema, JsonNode *value, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  Walk walk = { schema, path, 0 };

  return check (&walk, schema->root, value, error);
}

/* --- loading ---------------------------------------------------------------------------------- */

static gboolean look_at (HostSchema *schema, JsonNode *rules, GError **error);

static gboolean
look_at_keyword (HostSchema *schema, const char *name, JsonNode *node, GError **error)
{
  if (g_str_equal (name, "pattern"))
    {
      GRegex *regex = g_regex_new (json_node_get_string (node), G_REGEX_OPTIMIZE, 0, error);

      if (regex == NULL)
        return FALSE;
      g_hash_table_insert (schema->regexes, json_node_dup_string (node), regex);
    }
  if (g_str_equal (name, "$ref")
      && (!g_str_has_prefix (json_node_get_string (node), DEFINITIONS)
          || !json_object_has_member (
              json_object_get_object_member (json_node_get_object (schema->root), "definitions"),
              json_node_get_string (node) + strlen (DEFINITIONS))))
    {
      g_set_error (error, HOST_SCHEMA_ERROR, HOST_SCHEMA_ERROR_SCHEMA, "$ref %s leads nowhere",
                   json_node_get_string (node));
      return FALSE;
    }
  return TRUE;
}

/* Follows the schemas inside a keyword's value. */
static gboolean
look_below (HostSchema *schema, const char *name, JsonNode *node, GError **error)
{
  static const char *const one[] = { "if", "then", "items", "additionalProperties", NULL };
  static const char *const named[] = { "properties", "definitions", NULL };
  static const char *const many[] = { "allOf", "anyOf", NULL };
  g_autoptr (GList) nodes = NULL;

  if (g_strv_contains (one, name))
    return look_at (schema, node, error);
  if (g_strv_contains (named, name) && JSON_NODE_HOLDS_OBJECT (node))
    nodes = json_object_get_values (json_node_get_object (node));
  else if (g_strv_contains (many, name) && JSON_NODE_HOLDS_ARRAY (node))
    nodes = json_array_get_elements (json_node_get_array (node));
  for (GList *l = nodes; l != NULL; l = l->next)
    if (!look_at (schema, l->data, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_known (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_str_equal (keywords[i].name, name))
      return TRUE;
  return FALSE;
}

static gboolean
look_at (HostSchema *schema, JsonNode *rules, GError **error)
{
  g_autoptr (GList) names = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (rules))
    {
      g_set_error (error, HOST_SCHEMA_ERROR, HOST_SCHEMA_ERROR_SCHEMA, "a schema is no object");
      return FALSE;
    }
  names = json_object_get_members (json_node_get_object (rules));
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (json_node_get_object (rules), l->data);

      if (!is_known (l->data))
        {
          g_set_error (error, HOST_SCHEMA_ERROR, HOST_SCHEMA_ERROR_SCHEMA,
                       "the keyword \"%s\" is not supported", (char *)l->data);
          return FALSE;
        }
      if (!look_at_keyword (schema, l->data, node, error)
          || !look_below (schema, l->data, node, error))
        return FALSE;
    }
  return TRUE;
}

HostSchema *
host_schema_new (const char *text, gsize length, GError **error)
{
  g_autoptr (HostSchema) schema = g_new0 (HostSchema, 1);

  schema->root = host_json_parse (text, length, error);
  schema->regexes
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_regex_unref);
  if (schema->root == NULL || !look_at (schema, schema->root, error))
    return NULL;
  return g_steal_pointer (&schema);
}

HostSchema *
host_schema_load (const char *name, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/host/%s.schema.json", name);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes == NULL)
    return NULL;
  return host_schema_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

void
host_schema_free (HostSchema *schema)
{
  g_clear_pointer (&schema->root, json_node_unref);
  g_clear_pointer (&schema->regexes, g_hash_table_unref);
  g_free (schema);
}
