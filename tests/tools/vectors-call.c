/* SPDX-License-Identifier: MIT */
#include "tests/tools/vectors-call.h"

#include "base/civil-date.h"
#include "base/json.h"

void
vectors_call_clear (VectorsCall *call)
{
  g_clear_pointer (&call->terms, ttecomm_terms_unref);
}

gboolean
vectors_call_init (VectorsCall *call, JsonObject *row, GError **error)
{
  JsonObject *terms;

  *call = (VectorsCall){ NULL, NULL };
  if (!ttecomm_json_get_object (row, "in", &call->in, error)
      || !ttecomm_json_get_object (row, VECTORS_TERMS, &terms, error))
    return FALSE;
  call->terms = ttecomm_terms_new_from_json (terms, error);
  return call->terms != NULL;
}

gboolean
vectors_get_optional_date (JsonObject *in, const char *name, GDate *out, GError **error)
{
  const char *text;

  if (!ttecomm_json_get_optional_string (in, name, VECTORS_MAX_TEXT, &text, error))
    return FALSE;
  g_date_clear (out, 1);
  return text == NULL || ttecomm_date_parse (text, out, error);
}

gboolean
vectors_get_date (JsonObject *in, const char *name, GDate *out, GError **error)
{
  const char *text;

  return ttecomm_json_get_string (in, name, VECTORS_MAX_TEXT, &text, error)
         && ttecomm_date_parse (text, out, error);
}

gboolean
vectors_get_int (JsonObject *in, const char *name, gint64 *out, GError **error)
{
  return ttecomm_json_get_int (in, name, G_MININT64, G_MAXINT64, out, error);
}

gboolean
vectors_get_choice (JsonObject *in, TtecommTermChoice *choice, GError **error)
{
  return ttecomm_json_get_string (in, "period", VECTORS_MAX_TEXT, &choice->period, error)
         && ttecomm_json_get_optional_int (in, "months", G_MININT64, G_MAXINT64, 0, &choice->months,
                                           error);
}
