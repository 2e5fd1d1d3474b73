/* SPDX-License-Identifier: MIT */
/*
 * Strict JSON (base/json.h): the text as it is.
 *
 * A second reader must give the same verdict and the same values as the scanner and json-glib do
 * together; what is refused is never handed on; what is accepted and written again is the same; and
 * a secret taken out of it leaves nothing of itself behind.
 */
#include "tests/fuzz/fuzz.h"

#include "base/json-secret.h"
#include "base/json.h"
#include "tests/fuzz/reference-json.h"

#include <string.h>

/* As the getters are used: whatever a member is, they give what it is or an error. */
static void
read_member (JsonObject *object, const char *name, JsonNode *node)
{
  const char *text = NULL;
  gint64 number = 0;
  gboolean flag = FALSE;
  JsonObject *inner = NULL;
  JsonArray *array = NULL;
  gboolean is_string = ttecomm_json_get_string (object, name, G_MAXSIZE, &text, NULL);
  gboolean is_int = ttecomm_json_get_int (object, name, G_MININT64, G_MAXINT64, &number, NULL);
  gboolean is_flag = ttecomm_json_get_boolean (object, name, &flag, NULL);
  gboolean is_object = ttecomm_json_get_object (object, name, &inner, NULL);
  gboolean is_array = ttecomm_json_get_array (object, name, G_MAXUINT, &array, NULL);

  g_assert_cmpint (is_string, ==, json_node_get_value_type (node) == G_TYPE_STRING);
  g_assert_cmpint (is_int, ==, json_node_get_value_type (node) == G_TYPE_INT64);
  g_assert_cmpint (is_flag, ==, json_node_get_value_type (node) == G_TYPE_BOOLEAN);
  g_assert_cmpint (is_object, ==, JSON_NODE_HOLDS_OBJECT (node));
  g_assert_cmpint (is_array, ==, JSON_NODE_HOLDS_ARRAY (node));
  if (is_string)
    g_assert_false (ttecomm_json_get_string (object, name, strlen (text) - 1, &text, NULL)
                    && *text != '\0');
  if (is_int && number < G_MAXINT64)
    g_assert_false (ttecomm_json_get_int (object, name, number + 1, G_MAXINT64, &number, NULL));
}

static void
read_members (JsonNode *root)
{
  g_autoptr (GList) names = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    return;
  object = json_node_get_object (root);
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next)
    read_member (object, l->data, json_object_get_member (object, l->data));
}

static gboolean has_double (JsonNode *node);

static void
note_double (JsonArray *array, guint index, JsonNode *node, gpointer found)
{
  *(gboolean *)found |= has_double (node);
}

static void
note_double_member (JsonObject *object, const char *name, JsonNode *node, gpointer found)
{
  *(gboolean *)found |= has_double (node);
}

static gboolean
has_double (JsonNode *node)
{
  gboolean found = json_node_get_value_type (node) == G_TYPE_DOUBLE;

  if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), note_double, &found);
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), note_double_member, &found);
  return found;
}

/* json-glib writes some doubles as what is no JSON ("1e+40.0"); we write none. */
static void
check_written_again (JsonNode *root)
{
  g_autofree char *text = ttecomm_json_to_text (root);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = ttecomm_json_parse (text, strlen (text), G_MAXSIZE, &error);

  g_assert_no_error (error);
  g_assert_true (reference_json_equal (root, again));
}

/* Takes the member "s" out of the text. */
static void
check_secret (const char *text, gsize length, JsonNode *root)
{
  g_autoptr (TtecommSecret) copy = ttecomm_secret_new_from (text, length);
  g_autoptr (TtecommSecret) secret = NULL;
  g_autoptr (JsonNode) left = NULL;
  JsonNode *member = NULL;
  gboolean is_json = ttecomm_json_take_secret (copy, length, "s", &secret, NULL);

  g_assert_cmpint (is_json, ==, root != NULL);
  if (!is_json)
    {
      g_assert_true (length == 0 || memcmp (ttecomm_secret_get_data (copy), text, length) == 0);
      return;
    }
  if (JSON_NODE_HOLDS_OBJECT (root))
    member = json_object_get_member (json_node_get_object (root), "s");
  g_assert_cmpint (secret != NULL, ==,
                   member != NULL && json_node_get_value_type (member) == G_TYPE_STRING);
  left = ttecomm_json_parse ((const char *)ttecomm_secret_get_data (copy), length, length, NULL);
  g_assert_nonnull (left);
  if (secret == NULL)
    {
      g_assert_true (reference_json_equal (left, root));
      return;
    }
  g_assert_cmpstr ((const char *)ttecomm_secret_get_data (secret), ==,
                   json_node_get_string (member));
  /* Only that member is another now, and it is asterisks. */
  member = json_object_get_member (json_node_get_object (left), "s");
  g_assert_cmpuint (strspn (json_node_get_string (member), "*"), ==,
                    strlen (json_node_get_string (member)));
  json_object_set_string_member (json_node_get_object (left), "s",
                                 (const char *)ttecomm_secret_get_data (secret));
  g_assert_true (reference_json_equal (left, root));
}

int
ttecomm_fuzz_json (const guint8 *data, gsize size)
{
  const char *text = (const char *)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) scan_error = NULL;
  g_autoptr (JsonNode) expected = reference_json_parse (text, size);
  g_autoptr (JsonNode) root = ttecomm_json_parse (text, size, size, &error);
  gboolean is_good = ttecomm_json_scan (text, size, size, &scan_error);

  g_assert_cmpint (is_good, ==, expected != NULL);
  g_assert_cmpint (root != NULL, ==, is_good);
  check_secret (text, size, root);
  if (root == NULL)
    {
      fuzz_assert_error (error, TTECOMM_JSON_ERROR);
      g_assert_cmpstr (error->message, ==, scan_error->message);
      return 0;
    }
  g_assert_true (reference_json_equal (root, expected));
  g_assert_false (size > 0 && ttecomm_json_scan (text, size, size - 1, NULL));
  read_members (root);
  if (!has_double (root))
    check_written_again (root);
  return 0;
}
