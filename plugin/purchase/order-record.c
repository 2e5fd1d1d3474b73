/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/order-record.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "api/ttcloud/client.h"
#include "base/json.h"
#include "base/platform.h"

#define VERSION 1
#define MAX_SIZE (64 * 1024)
#define MAX_RECORDS 100
#define MAX_SERVICES 64
#define MAX_SERVICE 64
#define PREFIX "order-"
#define SUFFIX ".json"

void
ttecomm_order_record_free (TtecommOrderRecord *record)
{
  g_free (record->origin);
  g_free (record->account);
  g_free (record->installation);
  g_strfreev (record->services);
  g_free (record->key);
  g_free (record->quote_id);
  g_free (record->terms);
  g_free (record->order_id);
  g_free (record);
}

char *
ttecomm_order_record_derive_key (const char *account, const char *quote_id)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  char *key;

  g_checksum_update (checksum, (const guchar *)"ttecomm-order", -1);
  g_checksum_update (checksum, (const guchar *)"|", 1);
  g_checksum_update (checksum, (const guchar *)account, -1);
  g_checksum_update (checksum, (const guchar *)"|", 1);
  g_checksum_update (checksum, (const guchar *)quote_id, -1);
  g_checksum_get_digest (checksum, digest, &size);
  key = g_base64_encode (digest, size);
  g_strdelimit (key, "+", '-');
  g_strdelimit (key, "/", '_');
  key[strcspn (key, "=")] = '\0';
  return key;
}

static char *
path_of (const TtecommOrderRecord *record, const char *folder)
{
  g_autofree char *name = g_strconcat (PREFIX, record->key, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static char *
record_to_text (const TtecommOrderRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, VERSION);
  add_string (builder, "origin", record->origin);
  add_string (builder, "account", record->account);
  add_string (builder, "installation", record->installation);
  json_builder_set_member_name (builder, "services");
  json_builder_begin_array (builder);
  for (gsize i = 0; record->services[i] != NULL; i++)
    json_builder_add_string_value (builder, record->services[i]);
  json_builder_end_array (builder);
  add_string (builder, "key", record->key);
  add_string (builder, "quote_id", record->quote_id);
  add_string (builder, "terms", record->terms);
  if (record->order_id != NULL)
    add_string (builder, "order_id", record->order_id);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

gboolean
ttecomm_order_record_save (const TtecommOrderRecord *record, const char *folder, GError **error)
{
  g_autofree char *path = path_of (record, folder);
  g_autofree char *text = record_to_text (record);

  return ttecomm_platform_make_private_folder (folder, error)
         && ttecomm_platform_replace_file (path, text, strlen (text), NULL, error);
}

gboolean
ttecomm_order_record_remove (const TtecommOrderRecord *record, const char *folder, GError **error)
{
  g_autofree char *path = path_of (record, folder);

  return ttecomm_platform_remove_file (path, error);
}

static gboolean
dup_string (JsonObject *object, const char *name, gsize max, char **out, GError **error)
{
  const char *value;

  if (!ttecomm_json_get_string (object, name, max, &value, error))
    return FALSE;
  *out = g_strdup (value);
  return TRUE;
}

static gboolean
read_services (JsonObject *object, GStrv *out, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;
  const char *service;

  if (!ttecomm_json_get_array (object, "services", MAX_SERVICES, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!ttecomm_json_array_get_string (array, i, MAX_SERVICE, &service, error))
        return FALSE;
      g_strv_builder_add (builder, service);
    }
  *out = g_strv_builder_end (builder);
  return TRUE;
}

static TtecommOrderRecord *
record_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (TtecommOrderRecord) record = g_new0 (TtecommOrderRecord, 1);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *key = NULL;
  JsonObject *object;
  const char *order_id;
  gint64 version;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  root = ttecomm_json_parse (text, size, MAX_SIZE, error);
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_TYPE, "not an object");
      return NULL;
    }
  object = json_node_get_object (root);
  if (!ttecomm_json_get_int (object, "version", VERSION, VERSION, &version, error)
      || !dup_string (object, "origin", 2048, &record->origin, error)
      || !dup_string (object, "account", 64, &record->account, error)
      || !dup_string (object, "installation", 64, &record->installation, error)
      || !read_services (object, &record->services, error)
      || !dup_string (object, "key", 64, &record->key, error)
      || !dup_string (object, "quote_id", 64, &record->quote_id, error)
      || !dup_string (object, "terms", 32, &record->terms, error)
      || !ttecomm_json_get_optional_string (object, "order_id", 64, &order_id, error))
    return NULL;
  if (order_id != NULL && !ttecomm_client_is_id (order_id))
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "order_id: not the id of an order");
      return NULL;
    }
  record->order_id = g_strdup (order_id);
  /* The key is the file's name and goes into a header: only the one that this quote really has. */
  key = ttecomm_order_record_derive_key (record->account, record->quote_id);
  if (g_strcmp0 (key, record->key) != 0)
    {
      g_set_error (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE,
                   "key: not that of its quote");
      return NULL;
    }
  return g_steal_pointer (&record);
}

static TtecommOrderRecord *
load (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GBytes) bytes = ttecomm_platform_read_file (path, MAX_SIZE, NULL);
  g_autoptr (TtecommOrderRecord) record = NULL;

  if (bytes != NULL)
    record = record_from_bytes (bytes, NULL);
  if (record == NULL)
    return NULL;
  expected = g_strconcat (PREFIX, record->key, SUFFIX, NULL);
  return g_str_equal (expected, name) ? g_steal_pointer (&record) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
ttecomm_order_record_load_all (const char *folder,
                               const char *origin,
                               const char *account,
                               guint *n_odd)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_order_record_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  *n_odd = 0;
  while (dir != NULL && names->len < 1000 && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len && records->len < MAX_RECORDS; i++)
    {
      TtecommOrderRecord *record = load (folder, g_ptr_array_index (names, i));

      if (record == NULL)
        (*n_odd)++;
      else if (g_str_equal (record->origin, origin) && g_str_equal (record->account, account))
        g_ptr_array_add (records, record);
      else
        ttecomm_order_record_free (record);
    }
  return g_steal_pointer (&records);
}
