/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-table.h"

#include <openssl/evp.h>
#include <string.h>

#define MAGIC "\x89NBT\r\n\x1a\n"
#define FORMAT_MAJOR 1

#define FILE_PROTECTED (1u << 0)
#define SECTION_ENCRYPTED (1u << 0)
#define SECTION_CRITICAL (1u << 1)

/* The largest table is 16 KiB: nothing a file says makes it larger. */
G_STATIC_ASSERT (TTECOMM_NBT_MAX_SECTIONS *TTECOMM_NBT_ENTRY_SIZE == 16384);

static const struct
{
  char tag[5];
  gsize limit;
} sections[TTECOMM_NBT_N_SECTIONS] = {
  [TTECOMM_NBT_SECTION_INST] = { "INST", 64 * 1024 },
  [TTECOMM_NBT_SECTION_UNIT] = { "UNIT", 256 * 1024 },
  [TTECOMM_NBT_SECTION_USER] = { "USER", 512 * 1024 },
  [TTECOMM_NBT_SECTION_LOCK] = { "LOCK", 4 * 1024 },
};

/* One table entry as it stands in the file. */
typedef struct
{
  guint64 at; /* its own offset in the file */
  char tag[5];
  guint32 flags;
  guint64 offset;
  guint64 stored_length;
  guint64 plain_length;
  const guint8 *aad;    /* (unowned): the entry up to its digest */
  const guint8 *digest; /* (unowned) */
} RawEntry;

typedef struct
{
  const TtecommNbtHeader *header; /* (unowned) */
  guint64 previous_offset;
  guint64 previous_end; /* of the table at first */
} Walk;

const char *
ttecomm_nbt_section_get_tag (TtecommNbtSection section)
{
  g_return_val_if_fail ((guint)section < TTECOMM_NBT_N_SECTIONS, NULL);
  return sections[section].tag;
}

gsize
ttecomm_nbt_section_get_limit (TtecommNbtSection section)
{
  g_return_val_if_fail ((guint)section < TTECOMM_NBT_N_SECTIONS, 0);
  return sections[section].limit;
}

gsize
ttecomm_nbt_header_get_table_size (const TtecommNbtHeader *header)
{
  return (gsize)header->n_sections * TTECOMM_NBT_ENTRY_SIZE;
}

gboolean
ttecomm_nbt_digest_matches (const guint8 *data,
                            gsize length,
                            const guint8 digest[TTECOMM_NBT_DIGEST_SIZE])
{
  guint8 found[TTECOMM_NBT_DIGEST_SIZE];

  /* OpenSSL's, which knows the processor: GLib's takes a tenth of the time a file takes to read. */
  return EVP_Digest (data, length, found, NULL, EVP_sha256 (), NULL) == 1
         && memcmp (found, digest, sizeof found) == 0;
}

/* The callers hold whole headers and entries, so these offsets are constants inside them. */
static guint16
get_u16 (const guint8 *data, gsize offset)
{
  guint16 value;

  memcpy (&value, data + offset, sizeof value);
  return GUINT16_FROM_LE (value);
}

static guint32
get_u32 (const guint8 *data, gsize offset)
{
  guint32 value;

  memcpy (&value, data + offset, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
get_u64 (const guint8 *data, gsize offset)
{
  guint64 value;

  memcpy (&value, data + offset, sizeof value);
  return GUINT64_FROM_LE (value);
}

static gboolean
check_header_layout (const guint8 *data, guint64 real_size, GError **error)
{
  guint16 major = get_u16 (data, 8);
  guint32 flags = get_u32 (data, 12);
  guint64 size = get_u64 (data, 16);
  guint32 reserved = get_u32 (data, 28);

  if (memcmp (data, MAGIC, 8) != 0)
    return ttecomm_nbt_fail (
        error, TTECOMM_NBT_ERROR_MAGIC, 0,
        "the file begins with %02x %02x %02x %02x, not with the mark of a .nbt", data[0], data[1],
        data[2], data[3]);
  if (major != FORMAT_MAJOR)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_VERSION, 8,
                             "format major version is %u, not %d", major, FORMAT_MAJOR);
  if ((flags & ~FILE_PROTECTED) != 0)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_FLAGS, 12,
                             "file flags are 0x%x; only bit 0 is known", flags);
  if (size != real_size)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_SIZE, 16,
                             "file size is given as %" G_GUINT64_FORMAT
                             " bytes, but the file has %" G_GUINT64_FORMAT,
                             size, real_size);
  if (reserved != 0)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_RESERVED, 28,
                             "reserved bytes are 0x%x, not zero", reserved);
  return TRUE;
}

gboolean
ttecomm_nbt_header_parse (const guint8 *data,
                          gsize length,
                          guint64 real_size,
                          TtecommNbtHeader *out,
                          GError **error)
{
  TtecommNbtHeader header = { .file_size = real_size };

  if (length < TTECOMM_NBT_HEADER_SIZE || real_size < TTECOMM_NBT_HEADER_SIZE)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_TRUNCATED, 0,
                             "the file has %" G_GUINT64_FORMAT " bytes; its header alone has %d",
                             real_size < TTECOMM_NBT_HEADER_SIZE ? real_size : (guint64)length,
                             TTECOMM_NBT_HEADER_SIZE);
  if (!check_header_layout (data, real_size, error))
    return FALSE;

  header.is_protected = (get_u32 (data, 12) & FILE_PROTECTED) != 0;
  header.n_sections = get_u32 (data, 24);
  if (header.n_sections < 1 || header.n_sections > TTECOMM_NBT_MAX_SECTIONS)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_COUNT, 24,
                             "section count is %u; it must be from 1 to %d", header.n_sections,
                             TTECOMM_NBT_MAX_SECTIONS);
  if (real_size - TTECOMM_NBT_HEADER_SIZE < ttecomm_nbt_header_get_table_size (&header))
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_TRUNCATED, TTECOMM_NBT_HEADER_SIZE,
                             "the file has %" G_GUINT64_FORMAT
                             " bytes, too few for a table of %u sections",
                             real_size, header.n_sections);
  memcpy (header.table_digest, data + 32, sizeof header.table_digest);
  *out = header;
  return TRUE;
}

static RawEntry
read_entry (const guint8 *table, guint index)
{
  const guint8 *data = table + (gsize)index * TTECOMM_NBT_ENTRY_SIZE;
  RawEntry entry = {
    .at = TTECOMM_NBT_HEADER_SIZE + (guint64)index * TTECOMM_NBT_ENTRY_SIZE,
    .flags = get_u32 (data, 4),
    .offset = get_u64 (data, 8),
    .stored_length = get_u64 (data, 16),
    .plain_length = get_u64 (data, 24),
    .aad = data,
    .digest = data + TTECOMM_NBT_AAD_SIZE,
  };

  memcpy (entry.tag, data, 4);
  return entry;
}

static gboolean
check_tag (const RawEntry *entry, GError **error)
{
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_isupper (entry->tag[i]) && !g_ascii_isdigit (entry->tag[i]))
      return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_TAG, entry->at,
                               "section tag is %02x %02x %02x %02x, not four of A-Z and 0-9",
                               (guint8)entry->tag[0], (guint8)entry->tag[1], (guint8)entry->tag[2],
                               (guint8)entry->tag[3]);
  return TRUE;
}

static gboolean
check_flags (const TtecommNbtHeader *header, const RawEntry *entry, GError **error)
{
  if ((entry->flags & ~(SECTION_ENCRYPTED | SECTION_CRITICAL)) != 0)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_SECTION_FLAGS, entry->at + 4,
                             "flags of section %s are 0x%x; only bits 0 and 1 are known",
                             entry->tag, entry->flags);
  if ((entry->flags & SECTION_ENCRYPTED) != 0 && !header->is_protected)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_SECTION_FLAGS, entry->at + 4,
                             "section %s is encrypted, but the file is not marked as protected",
                             entry->tag);
  return TRUE;
}

static gboolean
check_lengths (const RawEntry *entry, GError **error)
{
  gboolean encrypted = (entry->flags & SECTION_ENCRYPTED) != 0;
  guint64 seal = encrypted ? TTECOMM_NBT_SEAL_SIZE : 0;

  /* Subtracted, not added: plain_length may be anything up to 2^64 - 1. */
  if (entry->stored_length >= seal && entry->stored_length - seal == entry->plain_length)
    return TRUE;
  return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_LENGTH, entry->at + 24,
                           "plain length of section %s is %" G_GUINT64_FORMAT
                           ", stored length %" G_GUINT64_FORMAT "; %s",
                           entry->tag, entry->plain_length, entry->stored_length,
                           encrypted
                               ? "an encrypted section stores 28 bytes more than its plain ones"
                               : "they must be equal");
}

static gboolean
check_place (Walk *walk, const RawEntry *entry, GError **error)
{
  guint64 file_size = walk->header->file_size;
  gboolean is_first = walk->previous_offset == 0;

  if (entry->offset % 8 != 0 || (is_first && entry->offset < walk->previous_end)
      || entry->offset <= walk->previous_offset)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_OFFSET, entry->at + 8,
                             "offset of section %s is 0x%" G_GINT64_MODIFIER
                             "x; it must be a multiple of 8, behind the table and ascending",
                             entry->tag, entry->offset);
  if (entry->offset < walk->previous_end)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_OVERLAP, entry->at + 8,
                             "offset of section %s is 0x%" G_GINT64_MODIFIER
                             "x, but the section in front of it ends at 0x%" G_GINT64_MODIFIER "x",
                             entry->tag, entry->offset, walk->previous_end);
  if (entry->offset > file_size || entry->stored_length > file_size - entry->offset)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_BOUNDS, entry->at + 16,
                             "section %s of %" G_GUINT64_FORMAT " bytes from 0x%" G_GINT64_MODIFIER
                             "x does not fit in a file of %" G_GUINT64_FORMAT " bytes",
                             entry->tag, entry->stored_length, entry->offset, file_size);
  walk->previous_offset = entry->offset;
  walk->previous_end = entry->offset + entry->stored_length;
  return TRUE;
}

/* At most 256 entries: comparing each with those before it costs nothing worth a table. */
static gboolean
check_unique (const guint8 *table, guint index, const RawEntry *entry, GError **error)
{
  for (guint i = 0; i < index; i++)
    if (memcmp (table + (gsize)i * TTECOMM_NBT_ENTRY_SIZE, entry->tag, 4) == 0)
      return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_DUPLICATE, entry->at,
                               "section %s occurs twice", entry->tag);
  return TRUE;
}

static gboolean
keep_known (const RawEntry *entry, TtecommNbtTable *table, GError **error)
{
  guint i = 0;

  while (i < TTECOMM_NBT_N_SECTIONS && strcmp (entry->tag, sections[i].tag) != 0)
    i++;
  if (i == TTECOMM_NBT_N_SECTIONS)
    {
      if ((entry->flags & SECTION_CRITICAL) == 0)
        return TRUE;
      return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_CRITICAL, entry->at,
                               "section %s is unknown and marked critical", entry->tag);
    }
  if (entry->plain_length > sections[i].limit)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_TOO_LARGE, entry->at + 24,
                             "plain length of section %s is %" G_GUINT64_FORMAT
                             " bytes; at most %" G_GSIZE_FORMAT " are accepted",
                             entry->tag, entry->plain_length, sections[i].limit);

  table->entries[i].present = TRUE;
  table->entries[i].encrypted = (entry->flags & SECTION_ENCRYPTED) != 0;
  table->entries[i].entry_offset = entry->at;
  table->entries[i].offset = entry->offset;
  table->entries[i].stored_length = (gsize)entry->stored_length;
  table->entries[i].plain_length = (gsize)entry->plain_length;
  memcpy (table->entries[i].aad, entry->aad, TTECOMM_NBT_AAD_SIZE);
  memcpy (table->entries[i].digest, entry->digest, TTECOMM_NBT_DIGEST_SIZE);
  return TRUE;
}

static gboolean
check_protection (const TtecommNbtTable *table, gboolean is_protected, GError **error)
{
  const TtecommNbtEntry *lock = &table->entries[TTECOMM_NBT_SECTION_LOCK];

  if (lock->present && !is_protected)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_UNEXPECTED, lock->entry_offset,
                             "section LOCK is present, but the file is not marked as protected");
  if (lock->encrypted)
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_SECTION_FLAGS, lock->entry_offset + 4,
                             "section LOCK is encrypted");
  for (guint i = TTECOMM_NBT_SECTION_UNIT; i <= TTECOMM_NBT_SECTION_USER && is_protected; i++)
    if (!table->entries[i].encrypted)
      return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_SECTION_FLAGS,
                               table->entries[i].entry_offset + 4,
                               "section %s is not encrypted, but the file is marked as protected",
                               sections[i].tag);
  return TRUE;
}

static gboolean
check_complete (const TtecommNbtTable *table, gboolean is_protected, GError **error)
{
  for (guint i = 0; i < TTECOMM_NBT_N_SECTIONS; i++)
    {
      gboolean needed = i != TTECOMM_NBT_SECTION_LOCK || is_protected;

      if (needed && !table->entries[i].present)
        return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_MISSING, TTECOMM_NBT_HEADER_SIZE,
                                 "the section table has no section %s", sections[i].tag);
    }
  return check_protection (table, is_protected, error);
}

gboolean
ttecomm_nbt_table_parse (const TtecommNbtHeader *header,
                         const guint8 *data,
                         gsize length,
                         TtecommNbtTable *out,
                         GError **error)
{
  TtecommNbtTable table = { 0 };
  Walk walk = { .header = header };

  g_return_val_if_fail (length == ttecomm_nbt_header_get_table_size (header), FALSE);

  walk.previous_end = TTECOMM_NBT_HEADER_SIZE + length;
  if (!ttecomm_nbt_digest_matches (data, length, header->table_digest))
    return ttecomm_nbt_fail (error, TTECOMM_NBT_ERROR_TABLE_DIGEST, TTECOMM_NBT_HEADER_SIZE,
                             "the section table does not match its digest");
  for (guint i = 0; i < header->n_sections; i++)
    {
      RawEntry entry = read_entry (data, i);

      if (!check_tag (&entry, error) || !check_unique (data, i, &entry, error)
          || !check_flags (header, &entry, error) || !check_lengths (&entry, error)
          || !check_place (&walk, &entry, error) || !keep_known (&entry, &table, error))
        return FALSE;
    }
  if (!check_complete (&table, header->is_protected, error))
    return FALSE;
  *out = table;
  return TRUE;
}
