/* SPDX-License-Identifier: MIT */
#include "plugin/purchase/order-record.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "api/ttcloud/client.h"
#include "base/json.h"
#include "base/platform.h"

#define VERSION 2
#define OLD_VERSION 1
#define MAX_SIZE (256 * 1024)
#define MAX_RECORDS 100
#define MAX_NAMES 1000
#define MAX_LINES 64
#define MAX_ID 64
#define MAX_NAME 200
#define PREFIX "order-"
#define SUFFIX ".json"

void
ttecomm_order_record_free (TtecommOrderRecord *record)
{
  g_free (record->origin);
  g_free (record->account);
  g_clear_pointer (&record->lines, g_ptr_array_unref);
  g_free (record->po);
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

TtecommOrderRecord *
ttecomm_order_record_new (const char *origin, const char *account, const char *quote_id)
{
  TtecommOrderRecord *record = g_new0 (TtecommOrderRecord, 1);

  record->origin = g_strdup (origin);
  record->account = g_strdup (account);
  record->quote_id = g_strdup (quote_id);
  record->key = ttecomm_order_record_derive_key (account, quote_id);
  record->lines = ttecomm_basket_lines_new ();
  return record;
}

TtecommOrderRecord *
ttecomm_order_record_new_for_order (const char *origin,
                                    const char *account,
                                    const TtecommOrder *order)
{
  TtecommOrderRecord *record = ttecomm_order_record_new (origin, account, order->quote_id);

  /* Another program may have made its key as it likes. */
  g_free (record->key);
  record->key = g_strdup (order->key);
  g_ptr_array_unref (record->lines);
  record->lines = ttecomm_basket_lines_of_order (order);
  if (order->po_reference != NULL && ttecomm_basket_is_po (order->po_reference))
    record->po = g_strdup (order->po_reference);
  record->order_id = g_strdup (order->id);
  return record;
}

static char *
path_of (const TtecommOrderRecord *record, const char *folder)
{
  g_autofree char *name = g_strconcat (PREFIX, record->key, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

/* @value: (nullable): then there is no such member */
static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_lines (JsonBuilder *builder, const GPtrArray *lines)
{
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lines->len; i++)
    {
      const TtecommBasketLine *line = lines->pdata[i];

      json_builder_begin_object (builder);
      add_string (builder, "installation", line->installation);
      add_string (builder, "name", line->name);
      add_string (builder, "service", line->service);
      add_string (builder, "period", line->period);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
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
  add_lines (builder, record->lines);
  add_string (builder, "po", record->po);
  add_string (builder, "key", record->key);
  add_string (builder, "quote_id", record->quote_id);
  add_string (builder, "terms", record->terms);
  add_string (builder, "order_id", record->order_id);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return ttecomm_json_to_text (root);
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
dup_optional (JsonObject *object, const char *name, gsize max, char **out, GError **error)
{
  const char *value;

  if (!ttecomm_json_get_optional_string (object, name, max, &value, error))
    return FALSE;
  *out = g_strdup (value);
  return TRUE;
}

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error_literal (error, TTECOMM_JSON_ERROR, TTECOMM_JSON_ERROR_RANGE, what);
  return FALSE;
}

/* Both go into questions to TTcloud and into the page's ids. */
static gboolean
add_line (TtecommOrderRecord *record, TtecommBasketLine *line, GError **error)
{
  g_ptr_array_add (record->lines, line);
  if (!ttecomm_client_is_id (line->installation) || !ttecomm_client_is_id (line->service))
    return refuse ("lines: not the id of an installation or of a service", error);
  return TRUE;
}

static gboolean
read_line (JsonObject *object, TtecommOrderRecord *record, GError **error)
{
  g_autoptr (TtecommBasketLine) line = g_new0 (TtecommBasketLine, 1);

  return dup_string (object, "installation", MAX_ID, &line->installation, error)
         && dup_string (object, "service", MAX_ID, &line->service, error)
         && dup_optional (object, "name", MAX_NAME, &line->name, error)
         && dup_optional (object, "period", MAX_ID, &line->period, error)
         && add_line (record, g_steal_pointer (&line), error);
}

static gboolean
read_lines (JsonObject *object, TtecommOrderRecord *record, GError **error)
{
  JsonArray *array;
  JsonObject *line;

  if (!ttecomm_json_get_array (object, "lines", MAX_LINES, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!ttecomm_json_array_get_object (array, i, &line, error) || !read_line (line, record, error))
      return FALSE;
  return TRUE;
}

/* Version 1: one installation and its services. */
static gboolean
read_services (JsonObject *object, TtecommOrderRecord *record, GError **error)
{
  JsonArray *array;
  const char *installation;
  const char *service;

  if (!ttecomm_json_get_string (object, "installation", MAX_ID, &installation, error)
      || !ttecomm_json_get_array (object, "services", MAX_LINES, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!ttecomm_json_array_get_string (array, i, MAX_ID, &service, error)
        || !add_line (record, ttecomm_basket_line_new (installation, service), error))
      return FALSE;
  return TRUE;
}

/* What is sent again must be what was sent before, or TTcloud takes it for another order. */
static gboolean
check (const TtecommOrderRecord *record, GError **error)
{
  g_autofree char *key = ttecomm_order_record_derive_key (record->account, record->quote_id);

  if (record->lines->len == 0)
    return refuse ("lines: none", error);
  if (record->po != NULL && !ttecomm_basket_is_po (record->po))
    return refuse ("po: not a PO reference", error);
  if (record->order_id != NULL && !ttecomm_client_is_id (record->order_id))
    return refuse ("order_id: not the id of an order", error);
  /* The key is the file's name and goes into a header: only the one that this quote really has. */
  if (!g_str_equal (key, record->key))
    return refuse ("key: not that of its quote", error);
  return TRUE;
}

static gboolean
read_record (JsonObject *object, TtecommOrderRecord *record, GError **error)
{
  gint64 version;

  if (!ttecomm_json_get_int (object, "version", OLD_VERSION, VERSION, &version, error)
      || !dup_string (object, "origin", 2048, &record->origin, error)
      || !dup_string (object, "account", MAX_ID, &record->account, error)
      || !dup_string (object, "key", MAX_ID, &record->key, error)
      || !dup_string (object, "quote_id", MAX_ID, &record->quote_id, error)
      || !dup_string (object, "terms", 32, &record->terms, error)
      || !dup_optional (object, "order_id", MAX_ID, &record->order_id, error))
    return FALSE;
  if (version == OLD_VERSION)
    return read_services (object, record, error);
  return dup_optional (object, "po", TTECOMM_BASKET_PO_MAX, &record->po, error)
         && read_lines (object, record, error);
}

static TtecommOrderRecord *
record_from_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (TtecommOrderRecord) record = g_new0 (TtecommOrderRecord, 1);
  g_autoptr (JsonObject) object = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  record->lines = ttecomm_basket_lines_new ();
  object = ttecomm_json_parse_object (text, size, MAX_SIZE, error);
  if (object == NULL || !read_record (object, record, error) || !check (record, error))
    return NULL;
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
  return strcmp (((const TtecommPlatformEntry *)a)->name, ((const TtecommPlatformEntry *)b)->name);
}

GPtrArray *
ttecomm_order_record_load_all (const char *folder,
                               const char *origin,
                               const char *account,
                               guint *n_odd)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)ttecomm_order_record_free);
  g_autoptr (GArray) entries = NULL;

  *n_odd = 0;
  ttecomm_platform_remove_stale_temps (folder);
  entries = ttecomm_platform_list (folder, PREFIX, MAX_NAMES);
  g_array_sort (entries, compare_names);
  for (guint i = 0; i < entries->len && records->len < MAX_RECORDS; i++)
    {
      const char *name = g_array_index (entries, TtecommPlatformEntry, i).name;
      TtecommOrderRecord *record;

      if (!g_str_has_suffix (name, SUFFIX))
        continue;
      record = load (folder, name);
      if (record == NULL)
        (*n_odd)++;
      else if (g_str_equal (record->origin, origin) && g_str_equal (record->account, account))
        g_ptr_array_add (records, record);
      else
        ttecomm_order_record_free (record);
    }
  return g_steal_pointer (&records);
}

/* Returns how many went; @error is the first of those that did not. */
static guint
remove_each (GPtrArray *records, const char *folder, GError **error)
{
  guint n_removed = 0;

  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (ttecomm_order_record_remove (records->pdata[i], folder, &local_error))
        n_removed++;
      else if (error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
    }
  return n_removed;
}

gboolean
ttecomm_order_record_remove_all (const char *folder,
                                 const char *origin,
                                 const char *account,
                                 GError **error)
{
  g_autoptr (GError) first_error = NULL;
  guint n_odd = 0;

  /* They come in portions. */
  for (;;)
    {
      g_autoptr (GPtrArray) records
          = ttecomm_order_record_load_all (folder, origin, account, &n_odd);

      if (records->len == 0 || remove_each (records, folder, &first_error) < records->len)
        break;
    }
  if (first_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first_error));
  return FALSE;
}
