/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TtecommNbtError:
 *
 * Why a .nbt is not read. Every message names the field, what was found and its offset in hex, and
 * ends with what to do next.
 *
 * @TTECOMM_NBT_ERROR_TRUNCATED: too short for its header or section table
 * @TTECOMM_NBT_ERROR_MAGIC: not a .nbt at all
 * @TTECOMM_NBT_ERROR_VERSION: another format major version
 * @TTECOMM_NBT_ERROR_FLAGS: a file flag this version does not know
 * @TTECOMM_NBT_ERROR_SIZE: the size in the header is not the real one
 * @TTECOMM_NBT_ERROR_COUNT: no section, or more than 256
 * @TTECOMM_NBT_ERROR_RESERVED: bytes that must be zero are not
 * @TTECOMM_NBT_ERROR_TABLE_DIGEST: the section table does not match its digest
 * @TTECOMM_NBT_ERROR_TAG: a tag that is not four of A-Z 0-9
 * @TTECOMM_NBT_ERROR_SECTION_FLAGS: an unknown section flag, or `encrypted` where it cannot be
 * @TTECOMM_NBT_ERROR_OFFSET: a section that is misaligned, inside the table, or out of order
 * @TTECOMM_NBT_ERROR_OVERLAP: a section that begins before the one in front of it ends
 * @TTECOMM_NBT_ERROR_BOUNDS: a section that ends behind the end of the file
 * @TTECOMM_NBT_ERROR_LENGTH: stored and plain length that do not belong together
 * @TTECOMM_NBT_ERROR_DUPLICATE: a tag that occurs twice
 * @TTECOMM_NBT_ERROR_CRITICAL: an unknown section marked critical
 * @TTECOMM_NBT_ERROR_MISSING: INST, UNIT or USER is absent, or LOCK in a protected file
 * @TTECOMM_NBT_ERROR_UNEXPECTED: LOCK in a file that is not protected
 * @TTECOMM_NBT_ERROR_TOO_LARGE: a section larger than its limit
 * @TTECOMM_NBT_ERROR_SECTION_DIGEST: a section does not match its digest
 * @TTECOMM_NBT_ERROR_CONTENT: the JSON of a section is not what it must be
 * @TTECOMM_NBT_ERROR_LOCK: the parameters of the password are unknown or dangerous
 * @TTECOMM_NBT_ERROR_READ: the file's reader gave other bytes than were asked for
 * @TTECOMM_NBT_ERROR_PASSWORD: the password, or the key that follows from it, opens no section
 * @TTECOMM_NBT_ERROR_SEAL: a section was not sealed with the key that opens the others
 * @TTECOMM_NBT_ERROR_KEY: the key cannot be derived on this machine: too little memory
 */
typedef enum
{
  TTECOMM_NBT_ERROR_TRUNCATED,
  TTECOMM_NBT_ERROR_MAGIC,
  TTECOMM_NBT_ERROR_VERSION,
  TTECOMM_NBT_ERROR_FLAGS,
  TTECOMM_NBT_ERROR_SIZE,
  TTECOMM_NBT_ERROR_COUNT,
  TTECOMM_NBT_ERROR_RESERVED,
  TTECOMM_NBT_ERROR_TABLE_DIGEST,
  TTECOMM_NBT_ERROR_TAG,
  TTECOMM_NBT_ERROR_SECTION_FLAGS,
  TTECOMM_NBT_ERROR_OFFSET,
  TTECOMM_NBT_ERROR_OVERLAP,
  TTECOMM_NBT_ERROR_BOUNDS,
  TTECOMM_NBT_ERROR_LENGTH,
  TTECOMM_NBT_ERROR_DUPLICATE,
  TTECOMM_NBT_ERROR_CRITICAL,
  TTECOMM_NBT_ERROR_MISSING,
  TTECOMM_NBT_ERROR_UNEXPECTED,
  TTECOMM_NBT_ERROR_TOO_LARGE,
  TTECOMM_NBT_ERROR_SECTION_DIGEST,
  TTECOMM_NBT_ERROR_CONTENT,
  TTECOMM_NBT_ERROR_LOCK,
  TTECOMM_NBT_ERROR_READ,
  TTECOMM_NBT_ERROR_PASSWORD,
  TTECOMM_NBT_ERROR_SEAL,
  TTECOMM_NBT_ERROR_KEY,
} TtecommNbtError;

#define TTECOMM_NBT_ERROR (ttecomm_nbt_error_quark ())
GQuark ttecomm_nbt_error_quark (void);

/**
 * ttecomm_nbt_fail:
 * @offset: where in the file the wrong field or section begins
 * @format: (not nullable): field and found value, as in "format major version is 2, not 1"
 *
 * Sets @error to the formatted text, the offset, and what to do next for this @code.
 *
 * Returns: always %FALSE, for `return ttecomm_nbt_fail (...)`
 */
gboolean
ttecomm_nbt_fail (GError **error, TtecommNbtError code, guint64 offset, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

G_END_DECLS
