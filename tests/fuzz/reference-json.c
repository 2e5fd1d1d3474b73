/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/reference-json.h"

#include "base/json.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *p; /* up to a NUL, which can be nowhere else */
  guint depth;
  guint n_values;
} Reader;

static JsonNode *read_value (Reader *self);

static void
skip_space (Reader *self)
{
  self->p += strspn (self->p, " \t\r\n");
}

/* Goes over @text if it stands here. */
static gboolean
take (Reader *self, const char *text)
{
  gsize length = strlen (text);

  if (strncmp (self->p, text, length) != 0)
    return FALSE;
  self->p += length;
  return TRUE;
}

static gboolean
read_unit (Reader *self, guint *unit)
{
  char digits[5] = { 0 };

  strncpy (digits, self->p, 4);
  if (strlen (digits) != 4 || strspn (digits, "0123456789abcdefABCDEF") != 4)
    return FALSE;
  *unit = (guint)strtoul (digits, NULL, 16);
  self->p += 4;
  return TRUE;
}

/* Behind "\u". */
static gboolean
read_unicode (Reader *self, GString *out)
{
  guint high = 0, low = 0;

  if (!read_unit (self, &high) || high == 0)
    return FALSE;
  if (high < 0xd800 || high > 0xdfff)
    {
      g_string_append_unichar (out, high);
      return TRUE;
    }
  if (high > 0xdbff || !take (self, "\\u") || !read_unit (self, &low) || low < 0xdc00
      || low > 0xdfff)
    return FALSE;
  g_string_append_unichar (out, 0x10000 + (high - 0xd800) * 0x400 + (low - 0xdc00));
  return TRUE;
}

static gboolean
read_escape (Reader *self, GString *out)
{
  switch (*self->p++)
    {
    case '"':
    case '\\':
    case '/':
      g_string_append_c (out, self->p[-1]);
      return TRUE;
    case 'b':
      g_string_append_c (out, '\b');
      return TRUE;
    case 'f':
      g_string_append_c (out, '\f');
      return TRUE;
    case 'n':
      g_string_append_c (out, '\n');
      return TRUE;
    case 'r':
      g_string_append_c (out, '\r');
      return TRUE;
    case 't':
      g_string_append_c (out, '\t');
      return TRUE;
    case 'u':
      return read_unicode (self, out);
    default:
      return FALSE;
    }
}

/* (transfer full) (nullable) */
static char *
read_string (Reader *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!take (self, "\""))
    return NULL;
  while (*self->p != '"')
    {
      if ((guchar)*self->p < 0x20)
        return NULL;
      if (*self->p != '\\')
        g_string_append_c (out, *self->p++);
      else if (self->p++, *self->p == '\0' || !read_escape (self, out))
        return NULL;
    }
  self->p++;
  return g_strdup (out->str);
}

static JsonNode *
read_object (Reader *self)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), NULL);
  g_autoptr (JsonObject) object = json_object_new ();

  json_node_set_object (node, object);
  skip_space (self);
  if (take (self, "}"))
    return g_steal_pointer (&node);
  do
    {
      g_autofree char *name = (skip_space (self), read_string (self));
      JsonNode *value;

      skip_space (self);
      if (name == NULL || !take (self, ":") || json_object_has_member (object, name)
          || json_object_get_size (object) >= TTECOMM_JSON_MAX_MEMBERS)
        return NULL;
      value = read_value (self);
      if (value == NULL)
        return NULL;
      json_object_set_member (object, name, value);
      skip_space (self);
    }
  while (take (self, ","));
  return take (self, "}") ? g_steal_pointer (&node) : NULL;
}

static JsonNode *
read_array (Reader *self)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), NULL);
  g_autoptr (JsonArray) array = json_array_new ();

  json_node_set_array (node, array);
  skip_space (self);
  if (take (self, "]"))
    return g_steal_pointer (&node);
  do
    {
      JsonNode *value = read_value (self);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);
      skip_space (self);
    }
  while (take (self, ","));
  return take (self, "]") ? g_steal_pointer (&node) : NULL;
}

/* By a regular expression and the C library, which is how nobody would write a scanner. */
static JsonNode *
read_number (Reader *self)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("\\A-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?(?![0-9])", G_REGEX_RAW,
                     G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL;

  if (!g_regex_match (regex, self->p, G_REGEX_MATCH_DEFAULT, &match))
    return NULL;
  text = g_match_info_fetch (match, 0);
  self->p += strlen (text);
  errno = 0;
  if (strpbrk (text, ".eE") != NULL)
    {
      double value = g_ascii_strtod (text, NULL);

      return isfinite (value) ? json_node_init_double (json_node_alloc (), value) : NULL;
    }
  else
    {
      gint64 value = g_ascii_strtoll (text, NULL, 10);

      return errno == 0 ? json_node_init_int (json_node_alloc (), value) : NULL;
    }
}

static JsonNode *
read_container (Reader *self)
{
  JsonNode *node;

  if (++self->depth > TTECOMM_JSON_MAX_DEPTH)
    return NULL;
  node = *self->p++ == '{' ? read_object (self) : read_array (self);
  self->depth--;
  return node;
}

static JsonNode *
read_value (Reader *self)
{
  skip_space (self);
  if (++self->n_values > TTECOMM_JSON_MAX_VALUES)
    return NULL;
  if (*self->p == '{' || *self->p == '[')
    return read_container (self);
  if (*self->p == '"')
    {
      g_autofree char *text = read_string (self);

      return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
    }
  if (take (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (take (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (take (self, "null"))
    return json_node_init_null (json_node_alloc ());
  return read_number (self);
}

JsonNode *
reference_json_parse (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autoptr (JsonNode) node = NULL;
  Reader self = { .p = copy };

  /* A byte order mark is no JSON, so only what is no text at all is left to ask for. */
  if (strlen (copy) != length || !g_utf8_validate (copy, -1, NULL))
    return NULL;
  node = read_value (&self);
  skip_space (&self);
  return *self.p == '\0' ? g_steal_pointer (&node) : NULL;
}

static gboolean
arrays_equal (JsonArray *a, JsonArray *b)
{
  if (json_array_get_length (a) != json_array_get_length (b))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (a); i++)
    if (!reference_json_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
objects_equal (JsonObject *a, JsonObject *b)
{
  g_autoptr (GList) a_names = json_object_get_members (a);
  g_autoptr (GList) b_names = json_object_get_members (b);
  GList *j = b_names;

  if (g_list_length (a_names) != g_list_length (b_names))
    return FALSE;
  for (GList *i = a_names; i != NULL; i = i->next, j = j->next)
    if (strcmp (i->data, j->data) != 0
        || !reference_json_equal (json_object_get_member (a, i->data),
                                  json_object_get_member (b, j->data)))
      return FALSE;
  return TRUE;
}

static gboolean
values_equal (JsonNode *a, JsonNode *b)
{
  GType type = json_node_get_value_type (a);

  if (type != json_node_get_value_type (b))
    return FALSE;
  if (type == G_TYPE_STRING)
    return strcmp (json_node_get_string (a), json_node_get_string (b)) == 0;
  if (type == G_TYPE_INT64)
    return json_node_get_int (a) == json_node_get_int (b);
  if (type == G_TYPE_BOOLEAN)
    return json_node_get_boolean (a) == json_node_get_boolean (b);
  return memcmp (&(double){ json_node_get_double (a) }, &(double){ json_node_get_double (b) },
                 sizeof (double))
         == 0;
}

gboolean
reference_json_equal (JsonNode *a, JsonNode *b)
{
  JsonNodeType type = json_node_get_node_type (a);

  if (type != json_node_get_node_type (b))
    return FALSE;
  if (type == JSON_NODE_OBJECT)
    return objects_equal (json_node_get_object (a), json_node_get_object (b));
  if (type == JSON_NODE_ARRAY)
    return arrays_equal (json_node_get_array (a), json_node_get_array (b));
  return type == JSON_NODE_NULL || values_equal (a, b);
}
