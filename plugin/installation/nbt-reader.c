/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-reader.h"

#include "base/json.h"
#include "plugin/installation/nbt-content.h"
#include "plugin/installation/nbt-lock.h"
#include "plugin/installation/nbt-table.h"

typedef enum
{
  STEP_HEADER,
  STEP_TABLE,
  STEP_SECTIONS,
  STEP_DONE,
  STEP_FAILED,
} Step;

struct _TtecommNbtReader
{
  guint64 file_size;
  Step step;
  GError *failure; /* (owned) (nullable): set in STEP_FAILED */

  TtecommNbtHeader header;
  TtecommNbtTable table;
  TtecommNbtSection queue[TTECOMM_NBT_N_SECTIONS]; /* what is wanted, in the order of the file */
  guint n_queued;
  guint n_done;

  guint64 wanted_offset; /* of the part being read: header, table or one section */
  gsize wanted_length;
  GByteArray *part;                  /* (owned): what came of it so far */
  TtecommInstallation *installation; /* (owned) (nullable): from the table on until handed out */
  TtecommNbtSealed *sealed;          /* (owned) (nullable): of a protected file */
};

static void
want (TtecommNbtReader *self, Step step, guint64 offset, gsize length)
{
  self->step = step;
  self->wanted_offset = offset;
  self->wanted_length = length;
  g_byte_array_set_size (self->part, 0);
}

/* Keeps the first error and hands a copy to the caller. */
static gboolean
refuse (TtecommNbtReader *self, GError *failure, GError **error)
{
  self->step = STEP_FAILED;
  self->failure = failure;
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  g_clear_pointer (&self->sealed, ttecomm_nbt_sealed_unref);
  g_byte_array_set_size (self->part, 0);
  g_propagate_error (error, g_error_copy (failure));
  return FALSE;
}

TtecommNbtReader *
ttecomm_nbt_reader_new (guint64 file_size)
{
  TtecommNbtReader *self = g_new0 (TtecommNbtReader, 1);

  self->file_size = file_size;
  self->part = g_byte_array_new ();
  want (self, STEP_HEADER, 0, TTECOMM_NBT_HEADER_SIZE);
  /* Nothing to ask for then: parsing no bytes gives the error for a file that is too short. */
  if (file_size < TTECOMM_NBT_HEADER_SIZE
      && !ttecomm_nbt_header_parse (NULL, 0, file_size, &self->header, &self->failure))
    self->step = STEP_FAILED;
  return self;
}

void
ttecomm_nbt_reader_free (TtecommNbtReader *self)
{
  g_clear_error (&self->failure);
  g_byte_array_unref (self->part);
  g_clear_pointer (&self->installation, ttecomm_installation_unref);
  g_clear_pointer (&self->sealed, ttecomm_nbt_sealed_unref);
  g_free (self);
}

gboolean
ttecomm_nbt_reader_next (TtecommNbtReader *self, guint64 *offset, gsize *length)
{
  if (self->step == STEP_DONE || self->step == STEP_FAILED)
    return FALSE;
  *offset = self->wanted_offset + self->part->len;
  *length = MIN (self->wanted_length - self->part->len, TTECOMM_NBT_SLICE_SIZE);
  return TRUE;
}

static int
compare_offsets (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const TtecommNbtTable *table = user_data;
  guint64 left = table->entries[*(const TtecommNbtSection *)a].offset;
  guint64 right = table->entries[*(const TtecommNbtSection *)b].offset;

  return left < right ? -1 : left > right;
}

static void
fill_queue (TtecommNbtReader *self)
{
  for (guint i = 0; i < TTECOMM_NBT_N_SECTIONS; i++)
    if (self->table.entries[i].present)
      self->queue[self->n_queued++] = (TtecommNbtSection)i;
  g_qsort_with_data (self->queue, (int)self->n_queued, sizeof self->queue[0], compare_offsets,
                     &self->table);
}

/* SHA-256 of the plain bytes of USER in hex; NULL when they cannot be known. */
static char *
dup_users_digest (const TtecommNbtReader *self)
{
  const TtecommNbtEntry *entry = &self->table.entries[TTECOMM_NBT_SECTION_USER];
  GString *hex;

  if (entry->encrypted)
    return NULL;
  hex = g_string_sized_new (2 * TTECOMM_NBT_DIGEST_SIZE);
  for (guint i = 0; i < TTECOMM_NBT_DIGEST_SIZE; i++)
    g_string_append_printf (hex, "%02x", entry->digest[i]);
  return g_string_free (hex, FALSE);
}

/* A lock that cannot be used is reported while the file is opened, not when the password comes. */
static gboolean
take_lock (TtecommNbtReader *self, const TtecommNbtEntry *entry, GError **error)
{
  g_autoptr (GError) lock_error = NULL;
  gsize length = self->part->len;
  g_autoptr (JsonObject) object
      = ttecomm_json_parse_object ((const char *)self->part->data, length, length, &lock_error);
  TtecommNbtLock lock;

  if (object == NULL || !ttecomm_nbt_lock_parse (object, &lock, &lock_error))
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_LOCK, entry->offset, "section LOCK: %s",
                             lock_error->message);
  ttecomm_nbt_sealed_set_lock (self->sealed, &lock);
  return TRUE;
}

static gboolean
take_content (TtecommNbtReader *self,
              TtecommNbtSection section,
              const TtecommNbtEntry *entry,
              GError **error)
{
  g_autofree char *users_digest = dup_users_digest (self);

  if (self->sealed != NULL)
    ttecomm_nbt_sealed_add (self->sealed, section, self->part->data, self->part->len);
  return entry->encrypted
         || ttecomm_nbt_content_take (self->installation, section, entry,
                                      (const char *)self->part->data, self->part->len, users_digest,
                                      error);
}

static gboolean
take_section (TtecommNbtReader *self, TtecommNbtSection section, GError **error)
{
  const TtecommNbtEntry *entry = &self->table.entries[section];

  if (!ttecomm_nbt_digest_matches (self->part->data, self->part->len, entry->digest))
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_SECTION_DIGEST, entry->offset,
                             "section %s does not match its digest",
                             ttecomm_nbt_section_get_tag (section));
  return section == TTECOMM_NBT_SECTION_LOCK ? take_lock (self, entry, error)
                                             : take_content (self, section, entry, error);
}

/* Goes on to the next section; those without bytes are taken on the way. */
static gboolean
advance (TtecommNbtReader *self, GError **error)
{
  while (self->n_done < self->n_queued)
    {
      TtecommNbtSection section = self->queue[self->n_done];
      const TtecommNbtEntry *entry = &self->table.entries[section];

      want (self, STEP_SECTIONS, entry->offset, entry->stored_length);
      if (self->wanted_length > 0)
        return TRUE;
      if (!take_section (self, section, error))
        return FALSE;
      self->n_done++;
    }
  want (self, STEP_DONE, 0, 0);
  return TRUE;
}

static gboolean
take_header (TtecommNbtReader *self, GError **error)
{
  if (!ttecomm_nbt_header_parse (self->part->data, self->part->len, self->file_size, &self->header,
                                 error))
    return FALSE;
  want (self, STEP_TABLE, TTECOMM_NBT_HEADER_SIZE,
        ttecomm_nbt_header_get_table_size (&self->header));
  return TRUE;
}

static gboolean
take_table (TtecommNbtReader *self, GError **error)
{
  if (!ttecomm_nbt_table_parse (&self->header, self->part->data, self->part->len, &self->table,
                                error))
    return FALSE;
  self->installation = ttecomm_installation_new (self->header.is_protected);
  if (self->header.is_protected)
    self->sealed = ttecomm_nbt_sealed_new (&self->table);
  fill_queue (self);
  return advance (self, error);
}

static gboolean
take_part (TtecommNbtReader *self, GError **error)
{
  if (self->step == STEP_HEADER)
    return take_header (self, error);
  if (self->step == STEP_TABLE)
    return take_table (self, error);
  if (!take_section (self, self->queue[self->n_done], error))
    return FALSE;
  self->n_done++;
  return advance (self, error);
}

gboolean
ttecomm_nbt_reader_feed (TtecommNbtReader *self, const guint8 *data, gsize length, GError **error)
{
  GError *failure = NULL;
  guint64 offset = 0;
  gsize wanted = 0;

  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!ttecomm_nbt_reader_next (self, &offset, &wanted))
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_READ, 0,
                             "bytes were given that nobody asked for");
  if (length != wanted)
    {
      ttecomm_nbt_fail (&failure, TTECOMM_NBT_ERROR_READ, offset,
                        "%" G_GSIZE_FORMAT " bytes were read, not %" G_GSIZE_FORMAT, length,
                        wanted);
      return refuse (self, failure, error);
    }
  g_byte_array_append (self->part, data, (guint)length);
  if (self->part->len < self->wanted_length)
    return TRUE;
  if (!take_part (self, &failure))
    return refuse (self, failure, error);
  return TRUE;
}

TtecommInstallation *
ttecomm_nbt_reader_finish (TtecommNbtReader *self, GError **error)
{
  if (self->step == STEP_DONE && self->installation != NULL)
    return g_steal_pointer (&self->installation);
  if (self->failure != NULL)
    g_propagate_error (error, g_error_copy (self->failure));
  else
    ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_READ, self->wanted_offset,
                      self->step == STEP_DONE ? "the installation was handed out before"
                                              : "the file was not read to its end");
  return NULL;
}

TtecommNbtSealed *
ttecomm_nbt_reader_get_sealed (TtecommNbtReader *self)
{
  return self->step == STEP_DONE ? self->sealed : NULL;
}
