/* SPDX-License-Identifier: MIT */
#include "plugin/installation/nbt-table.h"
#include "tests/harness/harness.h"
#include "tests/tools/nbt-packer.h"
#include "tests/unit/installation/nbt-file.h"

#include <string.h>

/* Every field of header and table, wrong in every way. */

#define HEADER 64
#define ENTRY 64

/* Where a change is made: in the header, or in the table entry of a section. */
typedef struct
{
  const char *tag; /* (nullable): NULL is the header */
  gsize offset;
  gsize size;
  guint64 value;
  TtecommNbtError code;
  const char *fragment;
} Change;

static const Change header_changes[] = {
  { NULL, 0, 1, 0x88, TTECOMM_NBT_ERROR_MAGIC, "begins with 88 4e 42 54" },
  { NULL, 0, 8, 0, TTECOMM_NBT_ERROR_MAGIC, "begins with 00 00 00 00" },
  { NULL, 4, 2, 0x0a0a, TTECOMM_NBT_ERROR_MAGIC, "not with the mark" },
  { NULL, 7, 1, 0x0d, TTECOMM_NBT_ERROR_MAGIC, "(at offset 0x0)" },
  { NULL, 8, 2, 0, TTECOMM_NBT_ERROR_VERSION, "version is 0, not 1 (at offset 0x8)" },
  { NULL, 8, 2, 2, TTECOMM_NBT_ERROR_VERSION, "version is 2, not 1" },
  { NULL, 8, 2, 65535, TTECOMM_NBT_ERROR_VERSION, "version is 65535" },
  { NULL, 8, 2, 0x0100, TTECOMM_NBT_ERROR_VERSION, "version is 256" },
  { NULL, 12, 4, 2, TTECOMM_NBT_ERROR_FLAGS, "flags are 0x2; only bit 0 is known (at offset 0xc)" },
  { NULL, 12, 4, 3, TTECOMM_NBT_ERROR_FLAGS, "0x3" },
  { NULL, 12, 4, 0x80000000, TTECOMM_NBT_ERROR_FLAGS, "0x80000000" },
  { NULL, 16, 8, 0, TTECOMM_NBT_ERROR_SIZE,
    "given as 0 bytes, but the file has 5584 (at offset 0x10)" },
  { NULL, 16, 8, 5583, TTECOMM_NBT_ERROR_SIZE, "5583" },
  { NULL, 16, 8, 5585, TTECOMM_NBT_ERROR_SIZE, "5585" },
  { NULL, 16, 8, G_MAXINT64, TTECOMM_NBT_ERROR_SIZE, "9223372036854775807" },
  { NULL, 16, 8, G_MAXUINT64, TTECOMM_NBT_ERROR_SIZE, "18446744073709551615" },
  { NULL, 16, 8, 5584 + (G_GUINT64_CONSTANT (1) << 32), TTECOMM_NBT_ERROR_SIZE, "4294972880" },
  { NULL, 24, 4, 0, TTECOMM_NBT_ERROR_COUNT,
    "count is 0; it must be from 1 to 256 (at offset 0x18)" },
  { NULL, 24, 4, 257, TTECOMM_NBT_ERROR_COUNT, "count is 257" },
  { NULL, 24, 4, 0x04000001, TTECOMM_NBT_ERROR_COUNT, "count is 67108865" },
  { NULL, 24, 4, G_MAXUINT32, TTECOMM_NBT_ERROR_COUNT, "count is 4294967295" },
  { NULL, 24, 4, 256, TTECOMM_NBT_ERROR_TRUNCATED, "too few for a table of 256 sections" },
  { NULL, 24, 4, 3, TTECOMM_NBT_ERROR_TABLE_DIGEST, "does not match its digest (at offset 0x40)" },
  { NULL, 24, 4, 5, TTECOMM_NBT_ERROR_TABLE_DIGEST, "" },
  { NULL, 28, 4, 1, TTECOMM_NBT_ERROR_RESERVED,
    "reserved bytes are 0x1, not zero (at offset 0x1c)" },
  { NULL, 28, 4, 0x01000000, TTECOMM_NBT_ERROR_RESERVED, "0x1000000" },
  { NULL, 32, 8, 0, TTECOMM_NBT_ERROR_TABLE_DIGEST, "" },
  { NULL, 63, 1, 0, TTECOMM_NBT_ERROR_TABLE_DIGEST, "" },
};

/* The file is sealed again after each of these. villa-picos.nbt: INST 0x140, UNIT 0x2a0, USER
 * 0x3b0, PROJ 0x5d0. */
static const Change table_changes[] = {
  { "INST", 0, 1, 'i', TTECOMM_NBT_ERROR_TAG,
    "tag is 69 4e 53 54, not four of A-Z and 0-9 (at offset 0x40)" },
  { "UNIT", 3, 1, 0, TTECOMM_NBT_ERROR_TAG, "55 4e 49 00" },
  { "PROJ", 0, 4, 0, TTECOMM_NBT_ERROR_TAG, "00 00 00 00" },
  { "PROJ", 1, 1, ' ', TTECOMM_NBT_ERROR_TAG, "50 20 4f 4a" },
  { "PROJ", 2, 1, 0xc3, TTECOMM_NBT_ERROR_TAG, "50 52 c3 4a" },
  { "PROJ", 3, 1, '@', TTECOMM_NBT_ERROR_TAG, "50 52 4f 40" },
  { "PROJ", 3, 1, '[', TTECOMM_NBT_ERROR_TAG, "5b" },
  { "PROJ", 3, 1, '/', TTECOMM_NBT_ERROR_TAG, "2f" },
  { "PROJ", 3, 1, ':', TTECOMM_NBT_ERROR_TAG, "3a" },
  { "INST", 0, 4, 0x52455355, TTECOMM_NBT_ERROR_DUPLICATE,
    "section USER occurs twice (at offset 0xc0)" },
  { "PROJ", 0, 4, 0x54534e49, TTECOMM_NBT_ERROR_DUPLICATE,
    "section INST occurs twice (at offset 0x100)" },
  { "INST", 3, 1, 'U', TTECOMM_NBT_ERROR_MISSING, "no section INST (at offset 0x40)" },
  { "UNIT", 3, 1, 'U', TTECOMM_NBT_ERROR_MISSING, "no section UNIT" },
  { "USER", 3, 1, 'U', TTECOMM_NBT_ERROR_MISSING, "no section USER" },
  { "PROJ", 0, 4, 0x4b434f4c, TTECOMM_NBT_ERROR_UNEXPECTED,
    "section LOCK is present, but the file is not" },
  { "INST", 4, 4, 4, TTECOMM_NBT_ERROR_SECTION_FLAGS,
    "flags of section INST are 0x4; only bits 0 and 1 are known (at offset 0x44)" },
  { "PROJ", 4, 4, 0x80000000, TTECOMM_NBT_ERROR_SECTION_FLAGS, "0x80000000" },
  { "USER", 4, 4, 1, TTECOMM_NBT_ERROR_SECTION_FLAGS,
    "section USER is encrypted, but the file is not marked" },
  { "PROJ", 4, 4, 1, TTECOMM_NBT_ERROR_SECTION_FLAGS, "section PROJ is encrypted" },
  { "PROJ", 4, 4, 2, TTECOMM_NBT_ERROR_CRITICAL,
    "section PROJ is unknown and marked critical (at offset 0x100)" },
  { "INST", 8, 8, 0, TTECOMM_NBT_ERROR_OFFSET,
    "offset of section INST is 0x0; it must be a multiple of 8" },
  { "INST", 8, 8, 0x40, TTECOMM_NBT_ERROR_OFFSET, "0x40" },
  { "INST", 8, 8, 0x138, TTECOMM_NBT_ERROR_OFFSET, "0x138" },
  { "INST", 8, 8, 0x141, TTECOMM_NBT_ERROR_OFFSET,
    "0x141; it must be a multiple of 8, behind the table and ascending (at offset 0x48)" },
  { "INST", 8, 8, 0x144, TTECOMM_NBT_ERROR_OFFSET, "0x144" },
  { "UNIT", 8, 8, 0x140, TTECOMM_NBT_ERROR_OFFSET, "section UNIT is 0x140" },
  { "UNIT", 8, 8, 0x138, TTECOMM_NBT_ERROR_OFFSET, "section UNIT is 0x138" },
  { "UNIT", 8, 8, 0x148, TTECOMM_NBT_ERROR_OVERLAP,
    "0x148, but the section in front of it ends at 0x" },
  { "USER", 8, 8, 0x3a8, TTECOMM_NBT_ERROR_OVERLAP, "section USER is 0x3a8" },
  { "UNIT", 8, 8, 0x2a8, TTECOMM_NBT_ERROR_OVERLAP, "section USER is 0x3b0" },
  { "PROJ", 8, 8, 0x5d8, TTECOMM_NBT_ERROR_BOUNDS,
    "section PROJ of 4096 bytes from 0x5d8 does not fit in a file of 5584 bytes" },
  { "PROJ", 8, 8, 0x15d0, TTECOMM_NBT_ERROR_BOUNDS, "from 0x15d0" },
  { "PROJ", 8, 8, 0x15d8, TTECOMM_NBT_ERROR_BOUNDS, "from 0x15d8" },
  { "PROJ", 8, 8, 0x7ffffffffffffff8, TTECOMM_NBT_ERROR_BOUNDS, "from 0x7ffffffffffffff8" },
  { "PROJ", 8, 8, 0x8000000000000000, TTECOMM_NBT_ERROR_BOUNDS, "from 0x8000000000000000" },
  { "PROJ", 8, 8, 0xfffffffffffffff8, TTECOMM_NBT_ERROR_BOUNDS, "from 0xfffffffffffffff8" },
  { "INST", 16, 8, 0, TTECOMM_NBT_ERROR_LENGTH,
    "plain length of section INST is 350, stored length 0; they must be equal (at offset 0x58)" },
  { "INST", 24, 8, 0, TTECOMM_NBT_ERROR_LENGTH, "is 0, stored" },
  { "PROJ", 16, 8, 4095, TTECOMM_NBT_ERROR_LENGTH, "stored length 4095" },
  { "PROJ", 16, 8, G_MAXUINT64, TTECOMM_NBT_ERROR_LENGTH, "18446744073709551615" },
  { "PROJ", 24, 8, G_MAXUINT64, TTECOMM_NBT_ERROR_LENGTH, "18446744073709551615" },
  { "PROJ", 24, 8, 4096 - 28, TTECOMM_NBT_ERROR_LENGTH, "is 4068" },
};

static void
apply (GByteArray *file, const Change *change)
{
  gsize base = change->tag != NULL ? nbt_file_find_entry (file, change->tag) : 0;

  nbt_file_put (file, base + change->offset, change->size, change->value);
}

static void
test_header_fields (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (header_changes); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");

      g_test_message ("header, row %u", i);
      apply (file, &header_changes[i]);
      nbt_file_assert_refused (file, (int)header_changes[i].code, header_changes[i].fragment);
    }
}

static void
test_table_fields (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (table_changes); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");

      g_test_message ("table, row %u", i);
      apply (file, &table_changes[i]);
      nbt_packer_reseal (file, FALSE);
      nbt_file_assert_refused (file, (int)table_changes[i].code, table_changes[i].fragment);
    }
}

/* Both lengths at once: nothing but the bounds can catch these. */
static void
test_lengths_beyond_the_file (void)
{
  static const guint64 lengths[] = {
    4097,
    5584,
    G_MAXUINT32,
    0x7fffffffffffffff,
    0x8000000000000000,
    0xfffffffffffffa30, /* offset + length is 2^64 */
    0xfffffffffffffa31,
    G_MAXUINT64 - 7,
    G_MAXUINT64,
  };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");
      gsize entry = nbt_file_find_entry (file, "PROJ");

      nbt_file_put (file, entry + 16, 8, lengths[i]);
      nbt_file_put (file, entry + 24, 8, lengths[i]);
      nbt_packer_reseal (file, FALSE);
      nbt_file_assert_refused (file, TTECOMM_NBT_ERROR_BOUNDS, "does not fit");
    }
}

static void
test_limits_of_sections (void)
{
  static const char *const tags[] = { "INST", "UNIT", "USER" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      gsize limit = ttecomm_nbt_section_get_limit ((TtecommNbtSection)i);
      g_autofree char *spaces = g_strnfill (limit + 1, ' ');
      g_autoptr (GByteArray) file = NULL;

      g_assert_cmpstr (ttecomm_nbt_section_get_tag ((TtecommNbtSection)i), ==, tags[i]);
      file = nbt_file_pack_texts (i == 0 ? spaces : NULL, i == 1 ? spaces : NULL,
                                  i == 2 ? spaces : NULL);
      nbt_file_assert_refused (file, TTECOMM_NBT_ERROR_TOO_LARGE, "bytes; at most");
      /* One less is read, and refused for what it says only. */
      spaces[limit] = '\0';
      g_byte_array_unref (file);
      file = nbt_file_pack_texts (i == 0 ? spaces : NULL, i == 1 ? spaces : NULL,
                                  i == 2 ? spaces : NULL);
      nbt_file_assert_refused (file, TTECOMM_NBT_ERROR_CONTENT, "ends where a value is expected");
    }
}

static void
test_protection (void)
{
  static const struct
  {
    const char *tag;
    guint32 flags;
    TtecommNbtError code;
    const char *fragment;
  } rows[] = {
    /* A protected file whose roles could be read would be a way around the password. */
    { "USER", 0, TTECOMM_NBT_ERROR_SECTION_FLAGS, "USER is not encrypted, but the file is marked" },
    { "UNIT", 0, TTECOMM_NBT_ERROR_SECTION_FLAGS, "UNIT is not encrypted" },
    { "LOCK", 1, TTECOMM_NBT_ERROR_SECTION_FLAGS, "section LOCK is encrypted" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_load ("protected.nbt");
      gsize entry = nbt_file_find_entry (file, rows[i].tag);
      guint64 stored = nbt_file_get (file, entry + 16, 8);

      nbt_file_put (file, entry + 4, 4, rows[i].flags);
      nbt_file_put (file, entry + 24, 8, stored - (rows[i].flags == 1 ? 28 : 0));
      nbt_packer_reseal (file, FALSE);
      nbt_file_assert_refused (file, (int)rows[i].code, rows[i].fragment);
    }
}

static void
test_protection_of_the_whole (void)
{
  g_autoptr (GByteArray) no_flag = nbt_file_load ("protected.nbt");
  g_autoptr (GByteArray) no_lock = nbt_file_load ("protected.nbt");
  g_autoptr (GByteArray) flag_only = nbt_file_load ("villa-picos.nbt");
  g_autoptr (GByteArray) short_seal = nbt_file_load ("protected.nbt");
  gsize entry = nbt_file_find_entry (short_seal, "UNIT");

  nbt_file_put (no_flag, 12, 4, 0);
  nbt_file_assert_refused (no_flag, TTECOMM_NBT_ERROR_SECTION_FLAGS, "UNIT is encrypted, but");
  nbt_file_put (no_lock, nbt_file_find_entry (no_lock, "LOCK"), 1, 'K');
  nbt_packer_reseal (no_lock, FALSE);
  nbt_file_assert_refused (no_lock, TTECOMM_NBT_ERROR_MISSING, "no section LOCK");
  nbt_file_put (flag_only, 12, 4, 1);
  nbt_file_assert_refused (flag_only, TTECOMM_NBT_ERROR_MISSING, "no section LOCK");

  /* Shorter than the seal itself: 27 - 28 must not wrap around. */
  nbt_file_put (short_seal, entry + 16, 8, 27);
  nbt_file_put (short_seal, entry + 24, 8, G_MAXUINT64);
  nbt_packer_reseal (short_seal, FALSE);
  nbt_file_assert_refused (short_seal, TTECOMM_NBT_ERROR_LENGTH, "stores 28 bytes more");
}

/* Changes that must not matter. */
static void
test_accepts_what_it_may (void)
{
  static const Change harmless[] = {
    { NULL, 10, 2, 1, 0, NULL },           { NULL, 10, 2, 65535, 0, NULL },
    { "INST", 4, 4, 2, 0, NULL },          { "USER", 4, 4, 2, 0, NULL },
    { "PROJ", 0, 4, 0x39303041, 0, NULL }, /* A009 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");

      apply (file, &harmless[i]);
      nbt_packer_reseal (file, FALSE);
      nbt_file_assert_accepted (file);
    }
}

/* A good file with @n_more sections of @length bytes in front of the known ones. */
static GByteArray *
pack_with_more (guint n_more, guint length)
{
  g_autoptr (GString) text = g_string_new ("{\"sections\":[");

  for (guint i = 0; i < n_more; i++)
    g_string_append_printf (text, "{\"tag\":\"P%03u\",\"opaque\":%u},", i, length);
  g_string_append (text,
                   "{\"tag\":\"USER\",\"json\":{\"people\":[],\"integrators\":[]}},"
                   "{\"tag\":\"UNIT\",\"json\":[]},"
                   "{\"tag\":\"INST\",\"json\":{\"id\":\"3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10\","
                   "\"name\":\"N\",\"prosoft\":\"5\",\"ttcloud\":{\"connected\":false}}}]}");
  return nbt_file_pack (text->str);
}

static void
test_count_of_sections (void)
{
  g_autoptr (GByteArray) fewest = pack_with_more (0, 0);
  g_autoptr (GByteArray) most = pack_with_more (253, 1);
  g_autoptr (GByteArray) too_many = pack_with_more (254, 1);

  nbt_file_assert_accepted (fewest);
  g_assert_cmpuint (nbt_file_get (most, 24, 4), ==, 256);
  nbt_file_assert_accepted (most);
  nbt_file_assert_refused (too_many, TTECOMM_NBT_ERROR_COUNT, "count is 257");
}

/* An empty section has no bytes to overlap with, but a place of its own. */
static void
test_empty_sections (void)
{
  g_autoptr (GByteArray) at_one_place = pack_with_more (1, 0);
  g_autoptr (GByteArray) empty_user = nbt_file_pack_texts (NULL, NULL, "");

  nbt_file_assert_refused (at_one_place, TTECOMM_NBT_ERROR_OFFSET, "section USER");
  nbt_file_assert_refused (empty_user, TTECOMM_NBT_ERROR_CONTENT,
                           "section USER: the JSON text ends");
}

/* Whether a changed byte of header or table, sealed again, may leave a good file. */
static gboolean
may_change (const GByteArray *file, gsize at)
{
  gsize entry = at >= HEADER ? (at - HEADER) % ENTRY : 0;

  if (at < HEADER)
    return at == 10 || at == 11 || at >= 32; /* minor version; digest, sealed again */
  if (entry >= 32)
    return TRUE; /* digests, sealed again */
  if (entry == 4)
    return TRUE; /* critical, on a known section */
  return at - entry == nbt_file_find_entry (file, "PROJ") && entry < 4;
}

/* Every byte of header and table, eight bits and the extremes: refused, unless it may change. */
static void
test_every_byte_sealed_again (void)
{
  g_autoptr (GByteArray) good = nbt_file_load ("villa-picos.nbt");
  guint n_refused = 0;

  for (gsize at = 0; at < HEADER + 4 * ENTRY; at++)
    for (guint k = 0; k < 10; k++)
      {
        g_autoptr (GByteArray) file = g_byte_array_sized_new (good->len);
        g_autoptr (TtecommInstallation) installation = NULL;
        g_autoptr (GError) error = NULL;
        guint8 byte = k < 8 ? (guint8)(good->data[at] ^ 1u << k) : k == 8 ? 0x00 : 0xff;

        if (byte == good->data[at])
          continue;
        g_byte_array_append (file, good->data, good->len);
        file->data[at] = byte;
        nbt_packer_reseal (file, FALSE);
        installation = nbt_file_read (file, &error);
        n_refused += installation == NULL;
        if (installation != NULL && !may_change (good, at))
          g_error ("accepted with 0x%02x at 0x%" G_GSIZE_MODIFIER "x", byte, at);
        if (installation == NULL)
          g_assert_true (error != NULL && error->domain == TTECOMM_NBT_ERROR);
      }
  g_assert_cmpuint (n_refused, >, 1000);
}

/* The same without sealing: any change of what is read is seen. */
static void
test_every_byte_of_what_is_read (void)
{
  g_autoptr (GByteArray) file = nbt_file_load ("villa-picos.nbt");
  gsize end = nbt_file_find_entry (file, "USER");

  end = (gsize)(nbt_file_get (file, end + 8, 8) + nbt_file_get (file, end + 16, 8));
  for (gsize at = 0; at < end; at++)
    {
      g_autoptr (TtecommInstallation) installation = NULL;
      gboolean is_free = at == 10 || at == 11; /* minor version */

      /* The gaps that align the sections mean nothing. */
      for (guint i = 0; i < 2; i++)
        {
          gsize entry = HEADER + ENTRY * (gsize)i;
          gsize gap
              = (gsize)(nbt_file_get (file, entry + 8, 8) + nbt_file_get (file, entry + 16, 8));

          is_free |= at >= gap && at < nbt_file_get (file, entry + ENTRY + 8, 8);
        }
      file->data[at] ^= 0x01;
      installation = nbt_file_read (file, NULL);
      file->data[at] ^= 0x01;
      if ((installation != NULL) != is_free)
        g_error ("byte 0x%" G_GSIZE_MODIFIER "x: %s", at, is_free ? "refused" : "accepted");
    }
}

static void
register_tests (Harness *harness)
{
  harness_add (harness, "nbt-table", "header-fields", test_header_fields);
  harness_add (harness, "nbt-table", "table-fields", test_table_fields);
  harness_add (harness, "nbt-table", "lengths-beyond-the-file", test_lengths_beyond_the_file);
  harness_add (harness, "nbt-table", "limits-of-sections", test_limits_of_sections);
  harness_add (harness, "nbt-table", "protection", test_protection);
  harness_add (harness, "nbt-table", "protection-of-the-whole", test_protection_of_the_whole);
  harness_add (harness, "nbt-table", "accepts-what-it-may", test_accepts_what_it_may);
  harness_add (harness, "nbt-table", "count-of-sections", test_count_of_sections);
  harness_add (harness, "nbt-table", "empty-sections", test_empty_sections);
  harness_add (harness, "nbt-table", "every-byte-sealed-again", test_every_byte_sealed_again);
  harness_add (harness, "nbt-table", "every-byte-of-what-is-read", test_every_byte_of_what_is_read);
}

HARNESS_MAIN (register_tests)
