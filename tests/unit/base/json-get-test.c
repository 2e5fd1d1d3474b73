/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "tests/harness/harness.h"

#include <string.h>

/* One of each type; every getter meets every one of them. */
static const char everything[]
    = "{\"string\":\"abc\",\"empty\":\"\",\"int\":7,\"negative\":-7,\"double\":7.0,\"true\":true,"
      "\"false\":false,\"null\":null,\"object\":{\"x\":1},\"array\":[{\"x\":1},\"two\",3]}";

static const char *const members[]
    = { "string", "int", "double", "true", "null", "object", "array", "absent" };

static JsonObject *
parse (void)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object
      = ttecomm_json_parse_object (everything, strlen (everything), sizeof everything, &error);

  g_assert_no_error (error);
  return object;
}

/* Each getter behind one signature; what it hands out is looked at in the other tests. */
typedef gboolean (*Getter) (JsonObject *object, const char *name, GError **error);

static gboolean
get_string (JsonObject *object, const char *name, GError **error)
{
  const char *out = NULL;
  return ttecomm_json_get_string (object, name, 10, &out, error);
}

static gboolean
get_optional_string (JsonObject *object, const char *name, GError **error)
{
  const char *out = NULL;
  return ttecomm_json_get_optional_string (object, name, 10, &out, error);
}

static gboolean
get_int (JsonObject *object, const char *name, GError **error)
{
  gint64 out = 0;
  return ttecomm_json_get_int (object, name, G_MININT64, G_MAXINT64, &out, error);
}

static gboolean
get_optional_int (JsonObject *object, const char *name, GError **error)
{
  gint64 out = 0;
  return ttecomm_json_get_optional_int (object, name, G_MININT64, G_MAXINT64, 1, &out, error);
}

static gboolean
get_boolean (JsonObject *object, const char *name, GError **error)
{
  gboolean out = FALSE;
  return ttecomm_json_get_boolean (object, name, &out, error);
}

static gboolean
get_optional_boolean (JsonObject *object, const char *name, GError **error)
{
  gboolean out = FALSE;
  return ttecomm_json_get_optional_boolean (object, name, TRUE, &out, error);
}

static gboolean
get_object (JsonObject *object, const char *name, GError **error)
{
  JsonObject *out = NULL;
  return ttecomm_json_get_object (object, name, &out, error);
}

static gboolean
get_optional_object (JsonObject *object, const char *name, GError **error)
{
  JsonObject *out = NULL;
  return ttecomm_json_get_optional_object (object, name, &out, error);
}

static gboolean
get_array (JsonObject *object, const char *name, GError **error)
{
  JsonArray *out = NULL;
  return ttecomm_json_get_array (object, name, 10, &out, error);
}

static gboolean
get_optional_array (JsonObject *object, const char *name, GError **error)
{
  JsonArray *out = NULL;
  return ttecomm_json_get_optional_array (object, name, 10, &out, error);
}

static const struct
{
  Getter getter;
  gboolean optional;
  const char *accepts;
} getters[] = {
  { get_string, FALSE, "string" }, { get_optional_string, TRUE, "string" },
  { get_int, FALSE, "int" },       { get_optional_int, TRUE, "int" },
  { get_boolean, FALSE, "true" },  { get_optional_boolean, TRUE, "true" },
  { get_object, FALSE, "object" }, { get_optional_object, TRUE, "object" },
  { get_array, FALSE, "array" },   { get_optional_array, TRUE, "array" },
};

static void
test_every_getter_meets_every_type (void)
{
  g_autoptr (JsonObject) object = parse ();

  for (guint i = 0; i < G_N_ELEMENTS (getters); i++)
    for (guint m = 0; m < G_N_ELEMENTS (members); m++)
      {
        gboolean is_absent = g_str_equal (members[m], "absent");
        gboolean is_nothing = is_absent || g_str_equal (members[m], "null");
        gboolean wanted
            = g_str_equal (members[m], getters[i].accepts) || (getters[i].optional && is_nothing);
        int wanted_code = is_absent ? TTECOMM_JSON_ERROR_MISSING : TTECOMM_JSON_ERROR_TYPE;
        g_autofree char *quoted = g_strdup_printf ("\"%s\"", members[m]);
        g_autoptr (GError) error = NULL;
        gboolean got = getters[i].getter (object, members[m], &error);

        g_test_message ("getter %u, member %s", i, members[m]);
        g_assert_cmpint (got, ==, wanted);
        if (wanted)
          {
            g_assert_no_error (error);
            continue;
          }
        g_assert_error (error, TTECOMM_JSON_ERROR, wanted_code);
        g_assert_nonnull (strstr (error->message, quoted));
      }
}

static void
test_hands_out_values (void)
{
  g_autoptr (JsonObject) object = parse ();
  const char *string = NULL;
  gint64 number = 0;
  gboolean flag = TRUE;
  JsonObject *child = NULL;
  JsonArray *array = NULL;

  g_assert_true (ttecomm_json_get_string (object, "string", 3, &string, NULL));
  g_assert_cmpstr (string, ==, "abc");
  g_assert_true (ttecomm_json_get_string (object, "empty", 0, &string, NULL));
  g_assert_cmpstr (string, ==, "");
  g_assert_true (ttecomm_json_get_int (object, "negative", -7, -7, &number, NULL));
  g_assert_cmpint (number, ==, -7);
  g_assert_true (ttecomm_json_get_boolean (object, "false", &flag, NULL));
  g_assert_false (flag);
  g_assert_true (ttecomm_json_get_boolean (object, "true", &flag, NULL));
  g_assert_true (flag);
  g_assert_true (ttecomm_json_get_object (object, "object", &child, NULL));
  g_assert_true (ttecomm_json_get_int (child, "x", 0, 9, &number, NULL));
  g_assert_cmpint (number, ==, 1);
  g_assert_true (ttecomm_json_get_array (object, "array", 3, &array, NULL));
  g_assert_true (ttecomm_json_array_get_object (array, 0, &child, NULL));
  g_assert_true (json_object_has_member (child, "x"));
  g_assert_true (ttecomm_json_array_get_string (array, 1, 3, &string, NULL));
  g_assert_cmpstr (string, ==, "two");
}

static void
test_optional_members_that_are_absent (void)
{
  static const char *const names[] = { "absent", "null" };
  g_autoptr (JsonObject) object = parse ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *string = "before";
      gint64 number = 0;
      gboolean flag = FALSE;
      JsonObject *child = object;
      JsonArray *array = (JsonArray *)object;

      g_assert_true (ttecomm_json_get_optional_string (object, names[i], 9, &string, NULL));
      g_assert_null (string);
      g_assert_true (ttecomm_json_get_optional_int (object, names[i], 0, 9, -5, &number, NULL));
      g_assert_cmpint (number, ==, -5);
      g_assert_true (ttecomm_json_get_optional_boolean (object, names[i], TRUE, &flag, NULL));
      g_assert_true (flag);
      g_assert_true (ttecomm_json_get_optional_object (object, names[i], &child, NULL));
      g_assert_null (child);
      g_assert_true (ttecomm_json_get_optional_array (object, names[i], 9, &array, NULL));
      g_assert_null (array);
    }
}

static void
assert_range (GError **error, const char *fragment)
{
  g_assert_error (*error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE);
  g_assert_nonnull (strstr ((*error)->message, fragment));
  g_clear_error (error);
}

static void
test_checks_ranges (void)
{
  g_autoptr (JsonObject) object = parse ();
  g_autoptr (GError) error = NULL;
  const char *string = "before";
  gint64 number = 99;
  JsonArray *array = NULL;

  g_assert_false (ttecomm_json_get_string (object, "string", 2, &string, &error));
  assert_range (&error, "\"string\" has 3 bytes; at most 2");
  g_assert_cmpstr (string, ==, "before");
  g_assert_false (ttecomm_json_get_int (object, "int", 8, 10, &number, &error));
  assert_range (&error, "\"int\" is 7; it must be from 8 to 10");
  g_assert_false (ttecomm_json_get_int (object, "int", 0, 6, &number, &error));
  assert_range (&error, "\"int\" is 7");
  g_assert_false (ttecomm_json_get_optional_int (object, "int", 0, 6, 3, &number, &error));
  assert_range (&error, "\"int\" is 7");
  g_assert_cmpint (number, ==, 99);
  g_assert_false (ttecomm_json_get_array (object, "array", 2, &array, &error));
  assert_range (&error, "\"array\" has 3 elements; at most 2");
  g_assert_null (array);
}

static void
test_checks_elements (void)
{
  g_autoptr (JsonObject) object = parse ();
  g_autoptr (GError) error = NULL;
  JsonArray *array = NULL;
  JsonObject *child = NULL;
  const char *string = NULL;

  g_assert_true (ttecomm_json_get_array (object, "array", 3, &array, NULL));
  g_assert_false (ttecomm_json_array_get_object (array, 1, &child, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE);
  g_assert_nonnull (strstr (error->message, "[1]"));
  g_clear_error (&error);
  g_assert_false (ttecomm_json_array_get_string (array, 2, 9, &string, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_false (ttecomm_json_array_get_string (array, 1, 2, &string, &error));
  assert_range (&error, "[1]");
}

static void
test_parses_objects_and_arrays (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) array = ttecomm_json_parse_array ("[1,2]", 5, 5, 2, &error);
  g_autoptr (JsonNode) null_root = ttecomm_json_parse ("null", 4, 4, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (array), ==, 2);
  g_assert_true (JSON_NODE_HOLDS_NULL (null_root));

  g_assert_null (ttecomm_json_parse_object ("[1,2]", 5, 5, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_null (ttecomm_json_parse_object ("null", 4, 4, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_null (ttecomm_json_parse_array ("{}", 2, 2, 1, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_null (ttecomm_json_parse_array ("[1,2]", 5, 5, 1, &error));
  assert_range (&error, "2 elements; at most 1");
  g_assert_null (ttecomm_json_parse_array ("[1,", 3, 5, 1, &error));
  g_assert_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_SYNTAX);
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "json-get", "every-getter-meets-every-type",
               test_every_getter_meets_every_type);
  harness_add (harness, "json-get", "hands-out-values", test_hands_out_values);
  harness_add (harness, "json-get", "optional-members-that-are-absent",
               test_optional_members_that_are_absent);
  harness_add (harness, "json-get", "checks-ranges", test_checks_ranges);
  harness_add (harness, "json-get", "checks-elements", test_checks_elements);
  harness_add (harness, "json-get", "parses-objects-and-arrays", test_parses_objects_and_arrays);
}

HARNESS_MAIN (register_tests)
