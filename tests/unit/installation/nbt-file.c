/* SPDX-License-Identifier: MIT */
#include "tests/unit/installation/nbt-file.h"

#include "tests/harness/harness.h"
#include "tests/tools/nbt-packer.h"

#include <string.h>

#define HEADER 64
#define ENTRY 64

static const char good_inst[] = "{\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10\",\"name\":\"N\","
                                "\"prosoft\":\"5.1.2.0\",\"ttcloud\":{\"connected\":false}}";
static const char good_unit[] = "[]";
static const char good_user[] = "{\"people\":[],\"integrators\":[]}";

GByteArray *
nbt_file_load (const char *name)
{
  g_autofree char *path = harness_data_path (name);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length = 0;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *)data, length);
}

GByteArray *
nbt_file_pack (const char *description)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = nbt_packer_pack_text (description, strlen (description), &error);

  g_assert_no_error (error);
  return g_bytes_unref_to_array (bytes);
}

static void
append_section (GByteArray *file, guint index, const char *tag, const char *text)
{
  gsize entry = HEADER + ENTRY * (gsize)index;
  gsize length = strlen (text);

  while (file->len % 8 != 0)
    g_byte_array_append (file, (const guint8 *)"", 1);
  memcpy (file->data + entry, tag, 4);
  nbt_file_put (file, entry + 8, 8, file->len);
  nbt_file_put (file, entry + 16, 8, length);
  nbt_file_put (file, entry + 24, 8, length);
  g_byte_array_append (file, (const guint8 *)text, (guint)length);
}

GByteArray *
nbt_file_pack_texts (const char *inst, const char *unit, const char *user)
{
  /* Not through the packer: the texts here may be anything but JSON. */
  GByteArray *file = nbt_file_load ("villa-picos.nbt");

  g_byte_array_set_size (file, HEADER + 3 * ENTRY);
  nbt_file_put (file, 24, 4, 3);
  append_section (file, 0, "INST", inst != NULL ? inst : good_inst);
  append_section (file, 1, "UNIT", unit != NULL ? unit : good_unit);
  append_section (file, 2, "USER", user != NULL ? user : good_user);
  nbt_packer_reseal (file, TRUE);
  return file;
}

void
nbt_file_replace_last (GByteArray *file, const char *text)
{
  gsize entry = HEADER + ENTRY * (gsize)(nbt_file_get (file, 24, 4) - 1);
  char tag[5] = { 0 };

  memcpy (tag, file->data + entry, 4);
  g_byte_array_set_size (file, (guint)nbt_file_get (file, entry + 8, 8));
  append_section (file, (guint)nbt_file_get (file, 24, 4) - 1, tag, text);
  nbt_packer_reseal (file, TRUE);
}

guint64
nbt_file_get (const GByteArray *file, gsize offset, gsize size)
{
  guint64 value = 0;

  g_assert_cmpuint (offset + size, <=, file->len);
  for (gsize i = size; i > 0; i--)
    value = value << 8 | file->data[offset + i - 1];
  return value;
}

void
nbt_file_put (GByteArray *file, gsize offset, gsize size, guint64 value)
{
  g_assert_cmpuint (offset + size, <=, file->len);
  for (gsize i = 0; i < size; i++)
    file->data[offset + i] = (guint8)(value >> (8 * i));
}

gsize
nbt_file_find_entry (const GByteArray *file, const char *tag)
{
  guint64 n = nbt_file_get (file, 24, 4);

  for (gsize at = HEADER; at < HEADER + ENTRY * n; at += ENTRY)
    if (memcmp (file->data + at, tag, 4) == 0)
      return at;
  g_assert_not_reached ();
}

/* Feeds all that is asked for. */
static void
read_all (TtecommNbtReader *reader, const GByteArray *file, NbtFileCount *count)
{
  guint64 offset = 0;
  gsize length = 0;

  while (ttecomm_nbt_reader_next (reader, &offset, &length))
    {
      /* A copy of exactly this length, so that reading past it is seen. */
      g_autofree guint8 *slice = NULL;
      g_autoptr (GError) local_error = NULL;

      g_assert_cmpuint (length, >, 0);
      g_assert_cmpuint (length, <=, TTECOMM_NBT_SLICE_SIZE);
      g_assert_cmpuint (offset, <=, file->len);
      g_assert_cmpuint (length, <=, file->len - offset);
      slice = g_memdup2 (file->data + offset, length);
      if (count != NULL)
        {
          count->n_calls++;
          count->n_bytes += length;
          count->largest = MAX (count->largest, length);
        }
      if (!ttecomm_nbt_reader_feed (reader, slice, length, &local_error))
        {
          g_assert_nonnull (local_error);
          g_assert_false (ttecomm_nbt_reader_next (reader, &offset, &length));
        }
    }
}

TtecommInstallation *
nbt_file_read_sparse (const GByteArray *file, guint64 size, NbtFileCount *count, GError **error)
{
  g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (size);

  read_all (reader, file, count);
  return ttecomm_nbt_reader_finish (reader, error);
}

TtecommNbtSealed *
nbt_file_read_sealed (const GByteArray *file, GError **error)
{
  g_autoptr (TtecommNbtReader) reader = ttecomm_nbt_reader_new (file->len);
  g_autoptr (TtecommInstallation) locked = NULL;
  TtecommNbtSealed *sealed;

  read_all (reader, file, NULL);
  sealed = ttecomm_nbt_reader_get_sealed (reader);
  locked = ttecomm_nbt_reader_finish (reader, error);
  if (locked == NULL)
    return NULL;
  g_assert_true (locked->is_protected);
  g_assert_false (locked->roles_known);
  g_assert_cmpuint (locked->units->len + locked->people->len + locked->integrators->len, ==, 0);
  return ttecomm_nbt_sealed_ref (sealed);
}

TtecommInstallation *
nbt_file_unlock (const GByteArray *file, const char *password, gssize length, GError **error)
{
  g_autoptr (TtecommNbtSealed) sealed = nbt_file_read_sealed (file, error);
  g_autoptr (TtecommSecret) typed
      = ttecomm_secret_new_from (password, length < 0 ? strlen (password) : (gsize)length);
  g_autoptr (TtecommSecret) key = NULL;

  if (sealed == NULL)
    return NULL;
  key = ttecomm_nbt_key_derive (ttecomm_nbt_sealed_get_lock (sealed), typed, error);
  return key != NULL ? ttecomm_nbt_sealed_open (sealed, key, error) : NULL;
}

TtecommInstallation *
nbt_file_read (const GByteArray *file, GError **error)
{
  return nbt_file_read_sparse (file, file->len, NULL, error);
}

void
nbt_file_assert_refused (const GByteArray *file, int code, const char *fragment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommInstallation) installation = nbt_file_read (file, &error);

  g_assert_null (installation);
  g_assert_error (error, TTECOMM_NBT_ERROR, code);
  if (strstr (error->message, fragment) == NULL)
    g_error ("\"%s\" does not hold \"%s\"", error->message, fragment);
  /* Where, and what to do next. */
  g_assert_nonnull (strstr (error->message, "(at offset 0x"));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

void
nbt_file_assert_accepted (const GByteArray *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TtecommInstallation) installation = nbt_file_read (file, &error);

  g_assert_no_error (error);
  g_assert_nonnull (installation);
}
