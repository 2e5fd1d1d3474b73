/* SPDX-License-Identifier: MIT */
#include "tests/unit/terms/support.h"

#include "base/civil-date.h"
#include "base/json.h"
#include "tests/harness/harness.h"

GDate
support_date (const char *iso)
{
  g_autoptr (GError) error = NULL;
  gboolean parsed;
  GDate date;

  g_date_clear (&date, 1);
  parsed = ttecomm_date_parse (iso, &date, &error);
  g_assert_no_error (error);
  g_assert_true (parsed);
  return date;
}

JsonObject *
support_terms_object (const char *id)
{
  g_autofree char *path = harness_data_path ("vectors/terms-of-sale.json");
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) all = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object = NULL;
  gboolean found;
  gsize length;

  found = g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  g_assert_true (found);
  all = ttecomm_json_parse_object (text, length, 1024 * 1024, &error);
  g_assert_no_error (error);
  found = ttecomm_json_get_object (all, id, &object, &error);
  g_assert_no_error (error);
  g_assert_true (found);
  return json_object_ref (object);
}

TtecommTerms *
support_terms (const char *id)
{
  g_autoptr (JsonObject) object = support_terms_object (id);
  g_autoptr (GError) error = NULL;
  TtecommTerms *terms = ttecomm_terms_new_from_json (object, &error);

  g_assert_no_error (error);
  g_assert_nonnull (terms);
  return terms;
}

char *
support_date_text (const GDate *date)
{
  char text[TTECOMM_DATE_SIZE];

  if (!g_date_valid (date))
    return g_strdup ("none");
  ttecomm_date_format (date, text);
  return g_strdup (text);
}
