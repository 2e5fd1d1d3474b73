/* SPDX-License-Identifier: MIT */
#include "tests/host/json.h"

#include <string.h>

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  guint depth;
  const char *wrong; /* (nullable): what was expected where `at` is */
} Scan;

G_DEFINE_QUARK (host - json - error - quark, host_json_error)

static gboolean scan_value (Scan *scan);

static gboolean
wrong (Scan *scan, const char *what)
{
  if (scan->wrong == NULL)
    scan->wrong = what;
  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && strchr (" \t\r\n", *scan->at) != NULL)
    scan->at++;
}

static gboolean
accept (Scan *scan, char c)
{
  if (scan->at == scan->end || *scan->at != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize size = strlen (word);

  if ((gsize)(scan->end - scan->at) < size || memcmp (scan->at, word, size) != 0)
    return wrong (scan, "a value");
  scan->at += size;
  return TRUE;
}

static gboolean
scan_digits (Scan *scan)
{
  const char *from = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at > from || wrong (scan, "a digit");
}

static gboolean
scan_number (Scan *scan)
{
  g_autofree char *text = NULL;
  const char *from = scan->at;
  gboolean whole = TRUE, fits = TRUE;

  accept (scan, '-');
  if (!accept (scan, '0') && !scan_digits (scan))
    return FALSE;
  if (accept (scan, '.'))
    {
      whole = FALSE;
      if (!scan_digits (scan))
        return FALSE;
    }
  if (accept (scan, 'e') || accept (scan, 'E'))
    {
      whole = FALSE;
      if (!accept (scan, '+'))
        accept (scan, '-');
      if (!scan_digits (scan))
        return FALSE;
    }
  text = g_strndup (from, (gsize)(scan->at - from));
  if (whole)
    fits = g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL);
  else
    {
      double value = g_ascii_strtod (text, NULL);

      /* Too large a number is infinite. */
      fits = value >= -G_MAXDOUBLE && value <= G_MAXDOUBLE;
    }
  return fits || wrong (scan, "a number that fits");
}

/* Four hex digits; -1 when they are none. */
static gint32
scan_unit (Scan *scan)
{
  gint32 unit = 0;

  for (int i = 0; i < 4; i++)
    {
      if (scan->at == scan->end || !g_ascii_isxdigit (*scan->at))
        return -1;
      unit = unit * 16 + g_ascii_xdigit_value (*scan->at++);
    }
  return unit;
}

static gboolean
scan_unicode (Scan *scan, GString *text)
{
  gint32 unit = scan_unit (scan), low;

  if (unit <= 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return wrong (scan, "a character");
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (!accept (scan, '\\') || !accept (scan, 'u'))
        return wrong (scan, "the other half of a surrogate pair");
      low = scan_unit (scan);
      if (low < 0xdc00 || low > 0xdfff)
        return wrong (scan, "the other half of a surrogate pair");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (text, (gunichar)unit);
  return TRUE;
}

static gboolean
scan_escape (Scan *scan, GString *text)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (accept (scan, 'u'))
    return scan_unicode (scan, text);
  found = scan->at < scan->end && *scan->at != '\0' ? strchr (from, *scan->at) : NULL;
  if (found == NULL)
    return wrong (scan, "an escape");
  g_string_append_c (text, to[found - from]);
  scan->at++;
  return TRUE;
}

/* Leaves the unescaped string in `text`. */
static gboolean
scan_string (Scan *scan, GString *text)
{
  if (!accept (scan, '"'))
    return wrong (scan, "a string");
  while (scan->at < scan->end && *scan->at != '"')
    {
      if ((guchar)*scan->at < 0x20)
        return wrong (scan, "no control character");
      if (!accept (scan, '\\'))
        g_string_append_c (text, *scan->at++);
      else if (!scan_escape (scan, text))
        return FALSE;
    }
  return accept (scan, '"') || wrong (scan, "the end of the string");
}

static gboolean
scan_member (Scan *scan, GHashTable *names)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *from;

  skip_space (scan);
  from = scan->at;
  if (!scan_string (scan, name))
    return FALSE;
  if (!g_hash_table_add (names, g_strdup (name->str)))
    {
      scan->at = from;
      return wrong (scan, "another name: this member occurs a second time");
    }
  skip_space (scan);
  return (accept (scan, ':') || wrong (scan, "a colon")) && scan_value (scan);
}

static gboolean
scan_object (Scan *scan)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  skip_space (scan);
  if (accept (scan, '}'))
    return TRUE;
  do
    {
      if (!scan_member (scan, names))
        return FALSE;
      skip_space (scan);
    }
  while (accept (scan, ','));
  return accept (scan, '}') || wrong (scan, "a comma or the end of the object");
}

static gboolean
scan_array (Scan *scan)
{
  skip_space (scan);
  if (accept (scan, ']'))
    return TRUE;
  do
    {
      if (!scan_value (scan))
        return FALSE;
      skip_space (scan);
    }
  while (accept (scan, ','));
  return accept (scan, ']') || wrong (scan, "a comma or the end of the array");
}

static gboolean
scan_nested (Scan *scan, gboolean (*inside) (Scan *))
{
  gboolean good;

  if (scan->depth == HOST_JSON_MAX_DEPTH)
    return wrong (scan, "no deeper nesting");
  scan->at++;
  scan->depth++;
  good = inside (scan);
  scan->depth--;
  return good;
}

static gboolean
scan_value (Scan *scan)
{
  g_autoptr (GString) text = NULL;

  skip_space (scan);
  switch (scan->at < scan->end ? *scan->at : '\0')
    {
    case '{':
      return scan_nested (scan, scan_object);
    case '[':
      return scan_nested (scan, scan_array);
    case '"':
      text = g_string_new (NULL);
      return scan_string (scan, text);
    case 't':
      return scan_word (scan, "true");
    case 'f':
      return scan_word (scan, "false");
    case 'n':
      return scan_word (scan, "null");
    case '-':
    case '0' ... '9':
      return scan_number (scan);
    default:
      return wrong (scan, "a value");
    }
}

static gboolean
scan_text (const char *text, gsize length, GError **error)
{
  Scan scan = { text, text, text + length, 0, NULL };
  const char *end = text;
  gboolean good;

  if (!g_utf8_validate (text, (gssize)length, &end))
    {
      scan.at = end;
      good = wrong (&scan, "UTF-8");
    }
  else if (scan_value (&scan))
    {
      skip_space (&scan);
      good = scan.at == scan.end || wrong (&scan, "nothing more");
    }
  else
    good = FALSE;
  if (!good)
    g_set_error (error, HOST_JSON_ERROR, HOST_JSON_ERROR_SYNTAX,
                 "this is not JSON: at byte %" G_GSIZE_FORMAT " there should be %s",
                 (gsize)(scan.at - text), scan.wrong);
  return good;
}

JsonNode *
host_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (!scan_text (text, length, error)
      || !json_parser_load_from_data (parser, text, (gssize)length, error))
    return NULL;
  return json_parser_steal_root (parser);
}

JsonObject *
host_json_parse_object (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) node = host_json_parse (text, length, error);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_dup_object (node);
  g_set_error (error, HOST_JSON_ERROR, HOST_JSON_ERROR_MEMBER, "this is no JSON object");
  return NULL;
}

static gboolean
is_value_of (JsonNode *node, GType type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

gboolean
host_json_get_string (JsonObject *object, const char *name, const char **out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (is_value_of (node, G_TYPE_STRING))
    {
      *out = json_node_get_string (node);
      return TRUE;
    }
  g_set_error (error, HOST_JSON_ERROR, HOST_JSON_ERROR_MEMBER, "\"%s\" %s", name,
               node == NULL ? "is missing" : "is no string");
  return FALSE;
}

gboolean
host_json_get_int (JsonObject *object,
                   const char *name,
                   gint64 least,
                   gint64 most,
                   gint64 *out,
                   GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (is_value_of (node, G_TYPE_INT64) && json_node_get_int (node) >= least
      && json_node_get_int (node) <= most)
    {
      *out = json_node_get_int (node);
      return TRUE;
    }
  g_set_error (error, HOST_JSON_ERROR, HOST_JSON_ERROR_MEMBER, "\"%s\" %s", name,
               node == NULL ? "is missing" : "is no integer that can be");
  return FALSE;
}

char *
host_json_to_text (JsonNode *root)
{
  g_autofree char *text = json_to_string (root, FALSE);
  GString *out = g_string_new (text);

  /* json-glib 1.6 leaves this one control character as it is; it only occurs in strings. */
  g_string_replace (out, "\x1f", "\\u001f", 0);
  return g_string_free (out, FALSE);
}
