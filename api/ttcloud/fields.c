/* SPDX-License-Identifier: MIT */
#include "api/ttcloud/fields.h"

#include "base/json.h"

#include <string.h>

/* More than any closed list of the contract has. */
#define MAX_SET 32

static gboolean
refuse (const char *name, const char *what, GError **error)
{
  g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, "member \"%s\" %s", name, what);
  return FALSE;
}

gboolean
ttecomm_field_matches (const char *value, const char *chars, gsize min, gsize max)
{
  gsize length = strlen (value);

  return length >= min && length <= max && strspn (value, chars) == length;
}

static gboolean
has_control_character (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static gboolean
check_text (const char *name, const char *value, char **out, GError **error)
{
  if (value != NULL && has_control_character (value))
    return refuse (name, "holds a control character", error);
  *out = g_strdup (value);
  return TRUE;
}

gboolean
ttecomm_field_text (JsonObject *object, const char *name, gsize max, char **out, GError **error)
{
  const char *value = NULL;

  return ttecomm_json_get_string (object, name, max, &value, error)
         && check_text (name, value, out, error);
}

gboolean
ttecomm_field_optional_text (JsonObject *object,
                             const char *name,
                             gsize max,
                             char **out,
                             GError **error)
{
  const char *value = NULL;

  return ttecomm_json_get_optional_string (object, name, max, &value, error)
         && check_text (name, value, out, error);
}

static gboolean
check_word (const char *name,
            const char *value,
            const char *chars,
            gsize min,
            gsize max,
            char **out,
            GError **error)
{
  if (value != NULL && !ttecomm_field_matches (value, chars, min, max))
    return refuse (name, "has a character or a length that is not allowed", error);
  *out = g_strdup (value);
  return TRUE;
}

gboolean
ttecomm_field_word (JsonObject *object,
                    const char *name,
                    const char *chars,
                    gsize min,
                    gsize max,
                    char **out,
                    GError **error)
{
  const char *value = NULL;

  return ttecomm_json_get_string (object, name, max, &value, error)
         && check_word (name, value, chars, min, max, out, error);
}

gboolean
ttecomm_field_optional_word (JsonObject *object,
                             const char *name,
                             const char *chars,
                             gsize min,
                             gsize max,
                             char **out,
                             GError **error)
{
  const char *value = NULL;

  return ttecomm_json_get_optional_string (object, name, max, &value, error)
         && check_word (name, value, chars, min, max, out, error);
}

gboolean
ttecomm_field_id (JsonObject *object, const char *name, char **out, GError **error)
{
  return ttecomm_field_word (object, name, TTECOMM_CHARS_ID, 1, TTECOMM_ID_MAX, out, error);
}

gboolean
ttecomm_field_service (JsonObject *object, const char *name, char **out, GError **error)
{
  return ttecomm_field_word (object, name, TTECOMM_CHARS_UPPER, 2, 16, out, error);
}

gboolean
ttecomm_field_order_reference (JsonObject *object, const char *name, char **out, GError **error)
{
  const char *value = NULL;

  if (!ttecomm_json_get_string (object, name, 8, &value, error))
    return FALSE;
  if (!g_str_has_prefix (value, "TSF")
      || !ttecomm_field_matches (value + 3, TTECOMM_CHARS_DIGIT, 5, 5))
    return refuse (name, "is not an order reference (TSF and five digits)", error);
  *out = g_strdup (value);
  return TRUE;
}

gboolean
ttecomm_field_currency (JsonObject *object, const char *name, char out[4], GError **error)
{
  const char *value = NULL;

  if (!ttecomm_json_get_string (object, name, 3, &value, error))
    return FALSE;
  if (!ttecomm_field_matches (value, TTECOMM_CHARS_UPPER, 3, 3))
    return refuse (name, "is not a currency (three capitals)", error);
  g_strlcpy (out, value, 4);
  return TRUE;
}

gboolean
ttecomm_field_cents (JsonObject *object, const char *name, gint64 *out, GError **error)
{
  return ttecomm_json_get_int (object, name, 0, TTECOMM_CENTS_MAX, out, error);
}

static int
index_of (const char *const *names, const char *value)
{
  for (int i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], value) == 0)
      return i;
  return -1;
}

static gboolean
check_enum (const char *name, const char *value, const char *const *names, int *out, GError **error)
{
  int index = value != NULL ? index_of (names, value) : -1;

  if (value != NULL && index < 0)
    return refuse (name, "has a value that this version does not know", error);
  *out = index;
  return TRUE;
}

gboolean
ttecomm_field_enum (JsonObject *object,
                    const char *name,
                    const char *const *names,
                    int *out,
                    GError **error)
{
  const char *value = NULL;

  return ttecomm_json_get_string (object, name, TTECOMM_NAME_MAX, &value, error)
         && check_enum (name, value, names, out, error);
}

gboolean
ttecomm_field_optional_enum (JsonObject *object,
                             const char *name,
                             const char *const *names,
                             int *out,
                             GError **error)
{
  const char *value = NULL;

  return ttecomm_json_get_optional_string (object, name, TTECOMM_NAME_MAX, &value, error)
         && check_enum (name, value, names, out, error);
}

static gboolean
read_set (JsonArray *array, const char *name, const char *const *names, guint *out, GError **error)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;
  guint bits = 0;

  for (guint i = 0; i < length; i++)
    {
      const char *value = NULL;
      int index = -1;

      if (!ttecomm_json_array_get_string (array, i, TTECOMM_NAME_MAX, &value, error))
        {
          g_prefix_error (error, "member \"%s\": ", name);
          return FALSE;
        }
      if (!check_enum (name, value, names, &index, error))
        return FALSE;
      bits |= 1u << index;
    }
  *out = bits;
  return TRUE;
}

gboolean
ttecomm_field_set (JsonObject *object,
                   const char *name,
                   const char *const *names,
                   guint *out,
                   GError **error)
{
  JsonArray *array = NULL;

  return ttecomm_json_get_array (object, name, MAX_SET, &array, error)
         && read_set (array, name, names, out, error);
}

gboolean
ttecomm_field_optional_set (JsonObject *object,
                            const char *name,
                            const char *const *names,
                            guint *out,
                            GError **error)
{
  JsonArray *array = NULL;

  return ttecomm_json_get_optional_array (object, name, MAX_SET, &array, error)
         && read_set (array, name, names, out, error);
}

static gboolean
read_strings (JsonArray *array, const char *name, gsize max_bytes, GStrv *out, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      const char *value = NULL;

      if (!ttecomm_json_array_get_string (array, i, max_bytes, &value, error))
        {
          g_prefix_error (error, "member \"%s\": ", name);
          return FALSE;
        }
      if (has_control_character (value))
        return refuse (name, "holds a control character", error);
      g_strv_builder_add (builder, value);
    }
  *out = g_strv_builder_end (builder);
  return TRUE;
}

gboolean
ttecomm_field_strings (JsonObject *object,
                       const char *name,
                       guint max_items,
                       gsize max_bytes,
                       GStrv *out,
                       GError **error)
{
  JsonArray *array = NULL;

  return ttecomm_json_get_array (object, name, max_items, &array, error)
         && read_strings (array, name, max_bytes, out, error);
}

gboolean
ttecomm_field_optional_strings (JsonObject *object,
                                const char *name,
                                guint max_items,
                                gsize max_bytes,
                                GStrv *out,
                                GError **error)
{
  JsonArray *array = NULL;

  return ttecomm_json_get_optional_array (object, name, max_items, &array, error)
         && read_strings (array, name, max_bytes, out, error);
}

gboolean
ttecomm_field_list (JsonObject *object,
                    const char *name,
                    guint min,
                    guint max,
                    TtecommFieldParse parse,
                    GDestroyNotify free_item,
                    GPtrArray **out,
                    GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  JsonArray *array = NULL;
  guint length;

  if (!ttecomm_json_get_array (object, name, max, &array, error))
    return FALSE;
  length = json_array_get_length (array);
  if (length < min)
    return refuse (name, "has too few elements", error);

  for (guint i = 0; i < length; i++)
    {
      JsonObject *element = NULL;
      gpointer item = NULL;

      if (ttecomm_json_array_get_object (array, i, &element, error))
        item = parse (element, error);
      if (item == NULL)
        {
          g_prefix_error (error, "member \"%s\" %u: ", name, i + 1);
          return FALSE;
        }
      g_ptr_array_add (items, item);
    }
  *out = g_steal_pointer (&items);
  return TRUE;
}

static gboolean
read_object (JsonObject *member,
             const char *name,
             TtecommFieldParse parse,
             gpointer *out,
             GError **error)
{
  gpointer parsed = parse (member, error);

  if (parsed == NULL)
    {
      g_prefix_error (error, "member \"%s\": ", name);
      return FALSE;
    }
  *out = parsed;
  return TRUE;
}

gboolean
ttecomm_field_object (JsonObject *object,
                      const char *name,
                      TtecommFieldParse parse,
                      gpointer *out,
                      GError **error)
{
  JsonObject *member = NULL;

  return ttecomm_json_get_object (object, name, &member, error)
         && read_object (member, name, parse, out, error);
}

gboolean
ttecomm_field_optional_object (JsonObject *object,
                               const char *name,
                               TtecommFieldParse parse,
                               gpointer *out,
                               GError **error)
{
  JsonObject *member = NULL;

  if (!ttecomm_json_get_optional_object (object, name, &member, error))
    return FALSE;
  if (member != NULL)
    return read_object (member, name, parse, out, error);
  *out = NULL;
  return TRUE;
}
