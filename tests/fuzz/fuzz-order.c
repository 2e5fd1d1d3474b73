/* SPDX-License-Identifier: MIT */
/*
 * The record of an order on disk (plugin/purchase/order-record.h): a digit, then
 *   0  the file, as it is, under the name of the order of a certain quote
 *   1  the file, into which the key that its quote has is put first, and under that name
 *   2  the file, as it is, under the name of the key that it holds
 *
 * What is loaded could be sent again as it was sent before: its key is that of its quote, it has
 * lines, and it is the same after it was saved and loaded again. Signing out removes it.
 */
#include "tests/fuzz/fuzz.h"

#include "api/ttcloud/client.h"
#include "base/json.h"
#include "plugin/purchase/basket.h"
#include "plugin/purchase/order-record.h"

#include <glib/gstdio.h>
#include <string.h>

#define ORIGIN "https://api.test:443"
#define ACCOUNT "acct-1"
#define QUOTE "quote-1"
#define MAX_LINES 64

static void
assert_record (const TtecommOrderRecord *record)
{
  g_autofree char *key = ttecomm_order_record_derive_key (record->account, record->quote_id);

  g_assert_cmpstr (record->origin, ==, ORIGIN);
  g_assert_cmpstr (record->account, ==, ACCOUNT);
  g_assert_cmpstr (record->key, ==, key);
  g_assert_nonnull (record->terms);
  g_assert_true (record->po == NULL || ttecomm_basket_is_po (record->po));
  g_assert_true (record->order_id == NULL || ttecomm_client_is_id (record->order_id));
  g_assert_cmpuint (record->lines->len, >=, 1);
  g_assert_cmpuint (record->lines->len, <=, MAX_LINES);
  for (guint i = 0; i < record->lines->len; i++)
    {
      const TtecommBasketLine *line = record->lines->pdata[i];

      g_assert_true (ttecomm_client_is_id (line->installation));
      g_assert_true (ttecomm_client_is_id (line->service));
    }
}

static void
assert_same_lines (GPtrArray *a, GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const TtecommBasketLine *left = a->pdata[i];
      const TtecommBasketLine *right = b->pdata[i];

      g_assert_cmpstr (left->installation, ==, right->installation);
      g_assert_cmpstr (left->service, ==, right->service);
      g_assert_cmpstr (left->name, ==, right->name);
      g_assert_cmpstr (left->period, ==, right->period);
    }
}

static void
assert_saved_again (const TtecommOrderRecord *record, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  const TtecommOrderRecord *again;
  guint n_odd = 0;

  g_assert_true (ttecomm_order_record_save (record, folder, &error));
  g_assert_no_error (error);
  records = ttecomm_order_record_load_all (folder, ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (records->len, ==, 1);
  again = records->pdata[0];
  g_assert_cmpstr (record->key, ==, again->key);
  g_assert_cmpstr (record->quote_id, ==, again->quote_id);
  g_assert_cmpstr (record->po, ==, again->po);
  g_assert_cmpstr (record->terms, ==, again->terms);
  g_assert_cmpstr (record->order_id, ==, again->order_id);
  assert_same_lines (record->lines, again->lines);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return "";
  return json_node_get_string (node);
}

/* (transfer full): the text with its right key, which goes into @key, too. */
static char *
put_key (char *text, gsize *length, char **key)
{
  g_autofree char *before = text;
  g_autoptr (JsonNode) root = ttecomm_json_parse (text, *length, G_MAXSIZE, NULL);
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return g_steal_pointer (&before);
  object = json_node_get_object (root);
  g_free (*key);
  *key = ttecomm_order_record_derive_key (get_text (object, "account"),
                                          get_text (object, "quote_id"));
  json_object_set_string_member (object, "key", *key);
  text = ttecomm_json_to_text (root);
  *length = strlen (text);
  return text;
}

/* Into @key what the text says, if that can be part of a file's name. */
static void
take_key (const char *text, gsize length, char **key)
{
  g_autoptr (JsonObject) object = ttecomm_json_parse_object (text, length, G_MAXSIZE, NULL);
  const char *found = object != NULL ? get_text (object, "key") : "";

  if (!ttecomm_client_is_id (found))
    return;
  g_free (*key);
  *key = g_strdup (found);
}

int
ttecomm_fuzz_order (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint choice = fuzz_input_take_choice (&input, 3);
  gsize length = 0;
  char *text = (char *)fuzz_input_take_rest (&input, &length);
  g_autofree char *key = ttecomm_order_record_derive_key (ACCOUNT, QUOTE);
  g_autofree char *file = choice == 1 ? put_key (text, &length, &key) : text;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  guint n_odd = 0;

  if (choice == 2)
    take_key (file, length, &key);
  name = g_strdup_printf ("order-%s.json", key);
  path = g_build_filename (fuzz_folder (), name, NULL);
  fuzz_write_file (path, file, length);
  records = ttecomm_order_record_load_all (fuzz_folder (), ORIGIN, ACCOUNT, &n_odd);
  g_assert_cmpuint (records->len + n_odd, <=, 1);
  if (records->len == 1)
    {
      assert_record (records->pdata[0]);
      assert_saved_again (records->pdata[0], fuzz_folder ());
    }
  g_assert_true (ttecomm_order_record_remove_all (fuzz_folder (), ORIGIN, ACCOUNT, &error));
  g_assert_no_error (error);
  /* What is not known to be ours stays where it is. */
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, records->len == 0);
  (void)g_remove (path);
  return 0;
}
