/* SPDX-License-Identifier: MIT */
#pragma once

#include "plugin/installation/nbt-error.h"

G_BEGIN_DECLS

/*
 * The header and the section table of a .nbt (api/nbt/nbt.ksy), from bytes that are hostile until
 * checked. Pure functions; any thread.
 */

#define TTECOMM_NBT_HEADER_SIZE 64
#define TTECOMM_NBT_ENTRY_SIZE 64
#define TTECOMM_NBT_MAX_SECTIONS 256
#define TTECOMM_NBT_DIGEST_SIZE 32
/* How much of a table entry, from its tag to its plain length, an encrypted section vouches for. */
#define TTECOMM_NBT_AAD_SIZE 32
/* What AES-256-GCM adds to an encrypted section: 12 bytes of nonce, 16 of tag. */
#define TTECOMM_NBT_SEAL_SIZE 28

/* The sections that are read; whatever else a file holds is never asked for. */
typedef enum
{
  TTECOMM_NBT_SECTION_INST,
  TTECOMM_NBT_SECTION_UNIT,
  TTECOMM_NBT_SECTION_USER,
  TTECOMM_NBT_SECTION_LOCK,
} TtecommNbtSection;

#define TTECOMM_NBT_N_SECTIONS 4

typedef struct
{
  guint64 file_size;
  guint n_sections; /* 1..256 */
  gboolean is_protected;
  guint8 table_digest[TTECOMM_NBT_DIGEST_SIZE]; /* SHA-256 */
} TtecommNbtHeader;

typedef struct
{
  gboolean present;
  gboolean encrypted;
  guint64 entry_offset; /* of its table entry, for messages */
  guint64 offset;
  gsize stored_length;
  gsize plain_length;                     /* at most the limit of this section */
  guint8 aad[TTECOMM_NBT_AAD_SIZE];       /* the first bytes of its table entry, as they stand */
  guint8 digest[TTECOMM_NBT_DIGEST_SIZE]; /* SHA-256 of the stored bytes */
} TtecommNbtEntry;

typedef struct
{
  TtecommNbtEntry entries[TTECOMM_NBT_N_SECTIONS]; /* by TtecommNbtSection */
} TtecommNbtTable;

/* "INST" and so on; and the most plain bytes it may have. */
const char *ttecomm_nbt_section_get_tag (TtecommNbtSection section);
gsize ttecomm_nbt_section_get_limit (TtecommNbtSection section);

/* Bytes of the table that follows this header: 64 to 16,384. */
gsize ttecomm_nbt_header_get_table_size (const TtecommNbtHeader *header);

/**
 * ttecomm_nbt_header_parse:
 * @data: (array length=length): the first 64 bytes of the file
 * @real_size: size of the file, from whoever reads it
 * @out: (out): untouched on failure
 *
 * Accepts a higher minor version; refuses everything else it does not know.
 */
gboolean ttecomm_nbt_header_parse (const guint8 *data,
                                   gsize length,
                                   guint64 real_size,
                                   TtecommNbtHeader *out,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ttecomm_nbt_table_parse:
 * @data: (array length=length): the bytes from offset 64,
 *   ttecomm_nbt_header_get_table_size() of them
 * @out: (out): untouched on failure
 *
 * Checks the table's digest, then every entry, unknown ones too; keeps the known ones. After
 * success, offsets and lengths lie within the file and lengths within the limits. INST, UNIT and
 * USER are present; LOCK exactly when the file is protected, and then UNIT and USER are encrypted,
 * so that a protected file can never show roles without its password (H18).
 */
gboolean ttecomm_nbt_table_parse (const TtecommNbtHeader *header,
                                  const guint8 *data,
                                  gsize length,
                                  TtecommNbtTable *out,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @length bytes at @data have this SHA-256. */
gboolean ttecomm_nbt_digest_matches (const guint8 *data,
                                     gsize length,
                                     const guint8 digest[TTECOMM_NBT_DIGEST_SIZE]);

G_END_DECLS
