/* SPDX-License-Identifier: MIT */
#include "plugin/terms/member.h"

#include "base/json.h"

#define MAX_ITEMS 32

gboolean
ttecomm_member_refuse (GError **error, TtecommTermsError code, const char *name, const char *why)
{
  g_set_error (error, TTECOMM_TERMS_ERROR, code, "member \"%s\" %s", name, why);
  return FALSE;
}

gboolean
ttecomm_member_get_text (JsonObject *object, const char *name, char **out, GError **error)
{
  const char *text;

  if (!ttecomm_json_get_string (object, name, TTECOMM_MEMBER_MAX_TEXT, &text, error))
    return FALSE;
  if (*text == '\0')
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, name, "is empty");
  *out = g_strdup (text);
  return TRUE;
}

gboolean
ttecomm_member_get_optional_text (JsonObject *object, const char *name, char **out, GError **error)
{
  const char *text;

  if (!ttecomm_json_get_optional_string (object, name, TTECOMM_MEMBER_MAX_TEXT, &text, error))
    return FALSE;
  *out = g_strdup (text);
  return TRUE;
}

gboolean
ttecomm_member_get_word (JsonObject *object,
                         const char *name,
                         const char *const *words,
                         guint *out,
                         GError **error)
{
  const char *text;

  if (!ttecomm_json_get_string (object, name, TTECOMM_MEMBER_MAX_TEXT, &text, error))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (text, words[i]))
      {
        *out = i;
        return TRUE;
      }
  return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_UNSUPPORTED, name,
                                "has a value unknown here");
}

gboolean
ttecomm_member_get_texts (JsonObject *object, const char *name, GStrv *out, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!ttecomm_json_get_array (object, name, MAX_ITEMS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text;

      if (!ttecomm_json_array_get_string (array, i, TTECOMM_MEMBER_MAX_TEXT, &text, error))
        {
          g_prefix_error (error, "member \"%s\": ", name);
          return FALSE;
        }
      g_strv_builder_add (builder, text);
    }
  *out = g_strv_builder_end (builder);
  return TRUE;
}

gboolean
ttecomm_member_get_offset (JsonObject *object, const char *name, TtecommOffset *out, GError **error)
{
  JsonObject *offset;
  gboolean months;

  if (!ttecomm_json_get_optional_object (object, name, &offset, error))
    return FALSE;
  *out = (TtecommOffset){ TTECOMM_OFFSET_NONE, 0 };
  if (offset == NULL)
    return TRUE;

  months = json_object_has_member (offset, "months");
  if (months == json_object_has_member (offset, "days"))
    return ttecomm_member_refuse (error, TTECOMM_TERMS_ERROR_INVALID, name,
                                  "needs either \"months\" or \"days\"");
  if (!ttecomm_json_get_int (offset, months ? "months" : "days", 0,
                             months ? TTECOMM_TERMS_MAX_MONTHS : TTECOMM_MEMBER_MAX_DAYS,
                             &out->count, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  out->unit = months ? TTECOMM_OFFSET_MONTHS : TTECOMM_OFFSET_DAYS;
  return TRUE;
}
